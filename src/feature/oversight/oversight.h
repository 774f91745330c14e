/* oversight.h: what those who answer for many cases look at: figures by service and district, what waits,
 * what is due.
 *
 * All of it is of the actor's scope (case_scope.h): a tehsil, a district, the districts of a division or
 * province. Complaints, applications and suggestions are never added up. Figures come from summary rows,
 * which are written with the fact; they are as of now, and nobody has approved them. Every number is that of
 * a list: problem_filter() says of which. A rate is not told when fewer than FEW are behind it.
 */
#ifndef SUNWAI_OVERSIGHT_H
#define SUNWAI_OVERSIGHT_H

#include "case_list.h"
#include "oversight.sql.h"

enum { FEW = 5 };

/* ---- problem services ---- */

enum figure {
    FIG_ALL,
    FIG_WOMEN, /* of districts and the whole, not of single services */
    FIG_OPEN,
    FIG_REOPENED,    /* at least once */
    FIG_ASKED,       /* she was asked whether it is solved … */
    FIG_ANSWERED,    /* … and said something */
    FIG_SOLVED,      /* she says so, and has not taken it back */
    FIG_UNCONFIRMED, /* closed, and nobody knows: neither solved nor not */
    FIG_HANDED_OVER, /* another institution has it now */
    FIG_NO_FUNDS,    /* the last word of the office was that there are no funds */
    FIG_N
};

struct problem_query {
    enum case_kind kind;
    int64_t from_month, to_month; /* filed; yyyymm; 0: any */
    str unit;                     /* code of a district or tehsil within the scope; empty: all of it */
};

struct problem_line {
    int64_t id; /* service or district; 0: all together */
    str code, name;
    int64_t n[FIG_N];
    /* Twice the median of the days from filing to her "solved", of those that are solved: exact, for of an
     * even number it lies between two days. */
    struct opt_i64 median_twice;
};

struct problem_lines {
    struct problem_line *rows;
    size_t rows_n;
    struct problem_line all;
};

/* By service: those with a case in the span. NOT_FOUND: the unit is not within the scope. */
err problems_by_service(struct ctx *c, const struct problem_query *q, struct problem_lines *out);
/* By district, in the order of the tree: those where a desk stands or a case was filed. */
err problems_by_district(struct ctx *c, const struct problem_query *q, struct problem_lines *out);
/* Whether the actor's scope is more than one district. */
err problems_many(struct ctx *c, bool *out);
/* The list that a number counts; service may be empty. `unit` of the query is taken over. */
void problem_filter(const struct problem_query *q, str service, enum figure f, struct case_filter *out);

/* A share in whole per cent, rounded; not given when fewer than FEW are behind it. */
struct opt_i64 share_of(int64_t part, int64_t whole);
/* The fiscal year of a month runs from July to June: its first month. */
int64_t fiscal_from(int64_t month);
int64_t month_add(int64_t month, int64_t months);

/* ---- what waits for a supervisor ---- */

enum waiting {
    WAIT_UNASSIGNED, /* registered, or sent back by a department */
    WAIT_REOPENED,
    WAIT_CONTESTED, /* of these, what was rejected */
    WAIT_PARTLY,
    WAIT_NOT_SOLVED,
    WAIT_NO_FUNDS,
    WAIT_ANSWER, /* she is asked */
    WAIT_HANDED_OVER,
    WAIT_N
};
enum { CONTESTED_MOST = 200 }; /* counted up to here */

struct late_office {
    struct opt_i64 office; /* none: nobody has it yet */
    str code, name;
    int64_t late[CASE_KINDS];
};

struct overview {
    int64_t n[WAIT_N][CASE_KINDS];
    int64_t all[CASE_KINDS], women[CASE_KINDS];
    struct late_office *late; /* most first */
    size_t late_n;
};
err overview_of(struct ctx *c, struct overview *out);
/* Whom the actor's own office has to call about what goes past the desk, by today: its ADC alone, for nobody
 * else may (case_calls_for). */
enum { PAST_CALLS_MOST = 50 };
err overview_calls(struct ctx *c, struct q_past_calls **out, size_t *out_n);
void waiting_filter(enum waiting what, enum case_kind kind, struct case_filter *out);

/* ---- what is due ---- */

enum { DIGEST_LATE_ROWS = 10, DIGEST_SOON_ROWS = 14, DIGEST_PROMISED_ROWS = 6 };

/* One sheet: of an office, or of what nobody has yet. No person on it. */
struct digest_sheet {
    int64_t home;
    struct opt_i64 office; /* none: not assigned yet */
    str unit, district;    /* code and name of the home */
    str code, name;
    int64_t late_n, today_n, soon_n; /* soon: within seven days and not late, today's too */
    int64_t unassigned_n;            /* of the sheet without an office */
    struct q_case_list *late, *soon; /* the first of them */
    size_t late_rows, soon_rows;
    struct q_digest_promised *promised; /* not possible now; to be looked at again by today */
    size_t promised_rows;
    int64_t calls_n; /* women to be called by today about what this office has */
};
/* Sheets with something on them, the one without office first; of an officer his own office's, or what was
 * given or marked to himself. *out_quiet: offices that have nothing. */
err digest_of(struct ctx *c, bool mine, struct digest_sheet **out, size_t *out_n, size_t *out_quiet);

#endif
