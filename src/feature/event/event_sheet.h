/* event_sheet.h: the parts that the papers of an event share: each puts what is known of the event behind
 * what stands on the paper already. All of it is computed; nobody is named. */
#ifndef SUNWAI_EVENT_SHEET_H
#define SUNWAI_EVENT_SHEET_H

#include "event_close.h"
#include "event_pages.h"
#include "paper.h"

/* A paper being written. */
struct sheet {
    struct web *w;
    struct paper_draft *d;
    struct event_view v;
    struct close_state s;
};

str sheet_said(const struct sheet *p, enum msg m);
struct paper_words sheet_plain(const struct sheet *p, str text);
struct paper_words sheet_figure(const struct sheet *p, int64_t n);
struct paper_words sheet_wide(struct paper_words w, uint8_t share);
struct paper_words sheet_code(str text);
void sheet_fact(const struct sheet *p, enum msg name, str value);
void sheet_fact_said(const struct sheet *p, enum msg name, str value);
void sheet_fact_number(const struct sheet *p, enum msg name, int64_t n);
str sheet_words(const struct sheet *p, const struct case_word *words, size_t n, str coded);
str sheet_title(const struct sheet *p);
void sheet_head(const struct sheet *p);
err sheet_came(const struct sheet *p);
void sheet_attendance(const struct sheet *p);
void sheet_later(const struct sheet *p); /* what devices brought after closing, if anything */
err sheet_women(const struct sheet *p);
err sheet_answers(const struct sheet *p);
err sheet_needs(const struct sheet *p);
err sheet_decisions(const struct sheet *p);
void sheet_direction_row(const struct sheet *p, const struct direction_view *v, bool owner);
void sheet_direction_heads(const struct sheet *p, bool owner);
err sheet_directions(const struct sheet *p);
err sheet_followed(const struct sheet *p);
void sheet_minutes(const struct sheet *p);
void sheet_signs(const struct sheet *p);
void sheet_state(const struct sheet *p);

#endif
