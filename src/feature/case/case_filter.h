/* case_filter.h: what a list of cases is asked by, as inputs of a route, as an address that can be kept and
 * shared, and in words: one table for pages, files and the API.
 *
 * No telephone number stands in an address: whoever types one is told where numbers are looked up.
 */
#ifndef SUNWAI_CASE_FILTER_H
#define SUNWAI_CASE_FILTER_H

#include "case.h"
#include "case_words.h"
#include "web.h"

enum list_input {
    L_WORDS,
    L_STATE,
    L_KIND,
    L_SERVICE,
    L_UNIT,
    L_OFFICE,
    L_OFFICER,
    L_REASON,
    L_SEX,
    L_DUE,
    L_OLDER,
    L_UNASSIGNED,
    L_RETURNED,
    L_NEW,
    L_MARK,
    L_FROM,
    L_TO,
    L_SORT,
    L_AFTER,
    L_N
};

extern const char *const choices_list_state[];  /* open, any, then the states in their order */
extern const char *const choices_list_reason[]; /* any, then CASE_REASONS */
extern const char *const choices_list_due[];    /* late, today, week */
extern const char *const choices_list_mark[];
extern const char *const choices_list_sort[]; /* due, newest */

/* in[0] to in[L_N - 1] of a route; what stands behind is the route's own. */
#define LIST_INPUTS                                                                                         \
    [L_WORDS] = {"q", IN_LINE, MSG_DESK_SEARCH_LABEL},                                                      \
    [L_STATE] = {"status", IN_CHOICE, MSG_DESK_FILTER_STATE, .choices = choices_list_state},                \
    [L_KIND] = {"kind", IN_CHOICE, MSG_LIST_KIND, .choices = case_kind_codes},                              \
    [L_SERVICE] = {"service", IN_CODE, MSG_DESK_FILTER_SERVICE},                                            \
    [L_UNIT] = {"unit", IN_CODE, MSG_DESK_FILTER_UNIT}, [L_OFFICE] = {"office", IN_CODE, MSG_CASE_OFFICE},  \
    [L_OFFICER] = {"officer", IN_CODE, MSG_LIST_OFFICER},                                                   \
    [L_REASON] = {"reason", IN_CHOICE, MSG_LIST_REASON, .choices = choices_list_reason},                    \
    [L_SEX] = {"sex", IN_CHOICE, MSG_CASE_SEX, .choices = case_sex_codes},                                  \
    [L_DUE] = {"due", IN_CHOICE, MSG_LIST_DUE, .choices = choices_list_due},                                \
    [L_OLDER] = {"older", IN_NUMBER, MSG_LIST_OLDER, 3650},                                                 \
    [L_UNASSIGNED] = {"unassigned", IN_FLAG, MSG_LIST_UNASSIGNED},                                          \
    [L_RETURNED] = {"returned", IN_FLAG, MSG_LIST_RETURNED}, [L_NEW] = {"new", IN_FLAG, MSG_LIST_NEW},      \
    [L_MARK] = {"mark", IN_CHOICE, MSG_LIST_MARK, .choices = choices_list_mark},                            \
    [L_FROM] = {"from", IN_NUMBER, MSG_LIST_FROM, 999912}, [L_TO] = {"to", IN_NUMBER, MSG_LIST_TO, 999912}, \
    [L_SORT] = {"sort", IN_CHOICE, MSG_LIST_SORT, .choices = choices_list_sort},                            \
    [L_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE}

/* What was asked. When no state is: open ones (`open_first`) or those of any state. Searching finds any. */
err filter_of(struct web *w, bool open_first, struct case_filter *out);
/* The same filter at `path`, without cursor and limit: filter_of() of it gives the same again. */
struct url filter_url(struct arena *a, str path, const struct case_filter *f);
/* With where the list goes on behind its last row. */
struct url filter_next(struct web *w, struct url u, const struct q_case_list *last);
/* What is in the list, for people: "Open · Street light · Late". */
err filter_words(struct web *w, const struct case_filter *f, str *out);
/* Whether something is asked besides which are open. */
bool filter_asks(const struct case_filter *f);
/* Whether somebody typed a telephone number where words and numbers of cases are looked for. */
bool filter_is_phone(struct arena *a, str typed);

/* "No funds": of a code of CASE_REASONS. */
str reason_words(const struct page *p, str code);
/* "Complaint" … of a kind's code. */
str kind_words(const struct page *p, str code);

#endif
