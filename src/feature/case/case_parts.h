/* case_parts.h: parts that the desk's and the public pages share: choices, dates, states, the timeline. */
#ifndef SUNWAI_CASE_PARTS_H
#define SUNWAI_CASE_PARTS_H

#include "case.h"
#include "case_words.h"
#include "web.h"

str sex_words(const struct page *p, str code);
str whose_words(const struct page *p, str code);
str channel_words(const struct page *p, str code);
str role_words(const struct page *p, enum role r);

/* A state as words and shape; `staff`: said to those who work on it, not to her. */
/* `marks`: enum case_mark bits of the case; 0 where no single one is meant. */
struct chip_view state_chip(const struct page *p, unsigned state, int64_t marks, bool staff);
str state_words(const struct page *p, unsigned state, int64_t marks, bool staff);

/* Empty when there is no time limit. */
str due_words(const struct web *w, int64_t due_ms);
/* The date, and how many days are left or how late it is. */
str due_with_left(const struct web *w, int64_t due_ms);
/* Only how many days are left or how late it is. */
str due_left_words(const struct web *w, int64_t due_ms);

/* "No funds. It is looked at again on 3 December 2026."; empty when it is not so. */
str not_possible_words(struct web *w, str reason, struct opt_i64 next_day);
str told_words(const struct web *w, int64_t told_n);
/* What a step was, in a few words. */
str step_words(const struct web *w, const struct q_step_list *s);

/* Who took it: a role, or the office; never a person's name. */
err step_who(struct web *w, const struct q_step_list *s, str *out);

/* What she or an office may see of the steps, newest first. */
err timeline_fill(struct web *w, const struct case_view *v, struct timeline_view *out);

/* Choices of an input, with the one that was sent chosen; input SIZE_MAX: none was. district 0: the units of
 * all. */
err choices_service(struct web *w, size_t input, struct field_view *out);
err choices_unit(struct web *w, size_t input, int64_t district, struct field_view *out);
/* Of a set with words; `preset` is chosen when nothing was sent. */
err choices_words(struct web *w, size_t input, const struct case_word *words, size_t n, str preset,
                  struct field_view *out);
err choices_plain(struct web *w, const struct case_word *words, size_t n, struct field_view *out);

#endif
