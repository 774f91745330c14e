/* case_list.h: codes and names of the ids in a list of cases, looked up once for the whole list: only what is
 * in it, also services, places, offices and people that are no longer valid; and how many cases wait. */
#ifndef SUNWAI_CASE_LIST_H
#define SUNWAI_CASE_LIST_H

#include "case.h"
#include "case_list.sql.h"

struct case_names {
    struct q_service_names *services;
    size_t services_n;
    struct q_place_names *units;
    size_t units_n;
    struct q_account_names *officers; /* to whom they are given or marked */
    size_t officers_n;
    struct q_body_names *offices;
    size_t offices_n;
};

err case_names_of(struct ctx *c, const struct q_case_list *rows, size_t n, struct case_names *out);
/* Names of offices by id, for other lists. */
err office_names(struct ctx *c, const int64_t *ids, size_t n, struct q_body_names **out, size_t *out_n);
/* Empty when the id is not among them. */
str case_service_code(const struct case_names *k, int64_t id);
str case_service_name(const struct case_names *k, int64_t id);
str case_unit_code(const struct case_names *k, int64_t id);
str case_unit_name(const struct case_names *k, int64_t id);
str case_officer_code(const struct case_names *k, struct opt_i64 id);
str case_officer_name(const struct case_names *k, struct opt_i64 id);
str case_office_name(const struct case_names *k, struct opt_i64 id);

/* Open cases of the actor's scope, of all kinds: the numbers on top of her list. In each district they are
 * counted up to CASE_WAITING_MOST + 1: a number above CASE_WAITING_MOST means "so many, and more". So a list
 * costs the same however much there is. */
struct case_waiting {
    int64_t late, today, week; /* week: within seven days and not late, today's too */
    int64_t unseen;            /* among the CASE_UNSEEN_MOST most urgent of each district */
    int64_t mine;              /* given or marked to herself; of an officer only */
};
enum { CASE_WAITING_MOST = 1000, CASE_UNSEEN_MOST = 1000 };
err case_waiting(struct ctx *c, struct case_waiting *out);

/* Officers whom a list can be filtered by: of one's own office, or of the district; nobody above districts.
 */
err case_list_officers(struct ctx *c, struct q_officer_of_home **out, size_t *out_n);

#endif
