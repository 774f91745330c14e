/* case_parts.h: parts that the desk's and the public pages share: choices, dates, states, the timeline. */
#ifndef SUNWAI_CASE_PARTS_H
#define SUNWAI_CASE_PARTS_H

#include "case.h"
#include "web.h"

str sex_words(const struct page *p, str code);
str whose_words(const struct page *p, str code);
str role_words(const struct page *p, enum role r);

/* A state as words and shape; `staff`: said to those who work on it, not to her. */
struct chip_view state_chip(const struct page *p, unsigned state, bool staff);
str state_words(const struct page *p, unsigned state, bool staff);

/* Empty when there is no time limit. */
str due_words(const struct web *w, int64_t due_ms);
/* The date, and how many days are left or how late it is. */
str due_with_left(const struct web *w, int64_t due_ms);

/* What she or an office may see of the steps, newest first. */
err timeline_fill(struct web *w, const struct case_view *v, struct timeline_view *out);

/* Choices of an input, with the one that was sent chosen. district 0: the units of all districts. */
err choices_service(struct web *w, size_t input, struct field_view *out);
err choices_unit(struct web *w, size_t input, int64_t district, struct field_view *out);
err choices_of_sex(struct web *w, size_t input, struct field_view *out);
err choices_of_whose(struct web *w, size_t input, struct field_view *out);

/* Choices with words from a table, the preset one chosen when nothing was sent. */
struct choice_words {
    str value;
    enum msg text;
};
err choices_words(struct web *w, size_t input, const struct choice_words *words, size_t n, str preset,
                  struct field_view *out);

#endif
