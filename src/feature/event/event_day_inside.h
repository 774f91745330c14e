/* event_day_inside.h: what the files of the day share. */
#ifndef SUNWAI_EVENT_DAY_INSIDE_H
#define SUNWAI_EVENT_DAY_INSIDE_H

#include "audit.h"
#include "event_day.h"

enum { DAY_TEXTS = 40, DAY_NUMBERS = 6 };

/* All that was brought, in one reading, for the row that says it was taken. */
struct day_content {
    char what[24];
    str texts[DAY_TEXTS];
    int64_t numbers[DAY_NUMBERS];
};
/* What a record became: a case, a person or a need of that number, or nothing that has one. */
struct day_became {
    bool again; /* it was taken before */
    bool later; /* the day is closed already */
    struct opt_i64 case_id, no;
};
/* The common beginning: *out says whether it was brought before, and what it became then, also when the day
 * is over by now: who brings it again did not hear that it was taken. What is new needs a day that is open to
 * this person. CONFLICT: other content under that record. */
err day_begin(struct ctx *c, const struct event_view *v, const struct day_record *from,
              const struct day_content *content, struct day_became *out);
err day_take(struct ctx *c, const struct event_view *v, const struct day_record *from,
             const struct day_content *content, const struct day_became *became);
err day_audit(struct ctx *c, const struct event_view *v, str event, str detail);
#define day_refuse(c, code, m, field) fail_set((c)->fail, (code), (int)(m), (field))
/* Index in a set; its size when it is none of them. */
size_t day_index(const struct case_word *words, size_t n, str code);
/* All who came in a role, and the most that told one thing in private of it. */
int64_t day_role_total(const struct event_cells *cells, size_t role);
err day_margin_most(struct ctx *c, const struct event_view *v, str role, int64_t *out);
/* CONFLICT when fewer would be left in a role than told something in private. */
err day_role_keeps(struct ctx *c, const struct event_view *v, str role, int64_t left);
/* The keyed hash of a number on the roster, as a person of it or as nobody's any more. */
err day_number_index(struct ctx *c, const struct event_view *v, int64_t no, str e164);
err day_number_forget(struct ctx *c, const struct event_view *v, int64_t no);
/* day_token_set() of a day that was asked about already. */
err day_token_put(struct ctx *c, const struct event_view *v, int64_t no, str code);
err day_service(struct ctx *c, str code, struct opt_i64 *out);
err day_office(struct ctx *c, const struct event_view *v, str code, struct opt_i64 *out);

#endif
