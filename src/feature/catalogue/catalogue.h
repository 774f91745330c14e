/* catalogue.h: what a case can be about, how long it may take, who answers for it.
 *
 * Limits are calendar days, in force by place and day of filing, with the law or policy they come from and a
 * mark when nobody has verified that yet. They stand at a province or, for what is the same everywhere, at
 * the country: the nearest row up the tree holds. What is asked without a day is asked of the day of
 * ctx->now_ms, names are in ctx->lang, else English.
 */
#ifndef SUNWAI_CATALOGUE_H
#define SUNWAI_CATALOGUE_H

#include "catalogue.sql.h"
#include "store.h"

err catalogue_list(struct ctx *c, struct q_service_all **out, size_t *out_n);
err catalogue_find(struct ctx *c, str code, struct q_service_by_code *out); /* NOT_FOUND */
/* Whether there is such a service, but not on this day: it has ended, or begins later. */
bool catalogue_over(struct ctx *c, str code);
/* Codes and names for a list: of these services, in any order, also of those that have ended. */
err catalogue_names(struct ctx *c, const int64_t *ids, size_t n, struct q_service_names **out, size_t *out_n);
/* The pictures of the first page, in order; q_service_all.group_code says which one a service is under. */
err catalogue_groups(struct ctx *c, struct q_service_group_all **out, size_t *out_n);
/* Whether a matter of this sensitivity is taken down at all. X (violence, harassment, inheritance …) is only
 * pointed to until it has a sealed space of its own: its words must reach no table, index, slip, message,
 * export or log. */
bool catalogue_takes_down(str sensitivity);

/* The term in force on a local day in a unit; NOT_FOUND when there is none. */
err catalogue_term(struct ctx *c, int64_t service, int64_t unit, int64_t day, struct q_service_term_on *out);
/* Who answers and who hears appeals in words, of a term; empty when that is not known. */
err catalogue_term_words(struct ctx *c, int64_t term, str *out_answers, str *out_appeal);
/* The body that answers, looked for in the unit and then up the tree; NOT_FOUND when nobody does. */
err catalogue_body(struct ctx *c, int64_t service, int64_t unit, int64_t *out_body);

/* What is known of every service in a place (0: nowhere): the term in force today of each of
 * catalogue_list(), in its order. id 0: there is none. */
err catalogue_terms(struct ctx *c, int64_t unit, const struct q_service_all *services, size_t n,
                    struct q_service_terms_at **out);

/* The papers that an application for this service brings along, in order. */
err catalogue_documents(struct ctx *c, int64_t service, struct q_service_documents **out, size_t *out_n);
err catalogue_document_find(struct ctx *c, str code, int64_t *out_id); /* NOT_FOUND */

/* ---- the board on an office's wall: what it does, in how many days, who answers, what it costs ---- */

struct board_row {
    str code, name;
    bool application;               /* it is applied for; anything else is told, which costs nothing */
    struct q_service_terms_at term; /* id 0: none is known */
    str papers;                     /* one in each line */
};
/* The office of this code in ctx->lang; NOT_FOUND. */
err board_office(struct ctx *c, str code, struct q_board_office *out);
/* What its kind of office answers for (a desk: what any office does), as in force today where it stands,
 * without what is only pointed to. */
err board_rows(struct ctx *c, const struct q_board_office *office, struct board_row **out, size_t *out_n);

/* A matter that is not taken down, and where help is to be had. */
struct pointed {
    str code, name, icon;
    str answered_by; /* the named service; may be empty */
    str helpline;    /* telephone numbers in words; may be empty */
};
/* Those of a place (a unit of any level), in order. */
err catalogue_pointed(struct ctx *c, int64_t unit, struct pointed **out, size_t *out_n);
/* In a write job: somebody was pointed elsewhere. One number for the district and month, nothing else: what
 * it was about and who it was is written nowhere. */
err catalogue_point(struct ctx *c, int64_t home);

#endif
