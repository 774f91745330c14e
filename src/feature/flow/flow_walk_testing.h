/* flow_walk_testing.h: holds the table of a kind against its reviewed file, cell by cell. For tests.
 *
 * The file: a header `state action result ROLE …`, then a row for each state and action, once for each of the
 * action's results ("-": it has none). A cell is the next state, `denied` (not for this role) or `conflict`
 * (for nobody). A role without a column takes no step, and neither does anybody with a result that is not the
 * action's own.
 */
#ifndef SUNWAI_FLOW_WALK_TESTING_H
#define SUNWAI_FLOW_WALK_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "flow.h"

enum {
    WALK_FIELDS = 16,
    WALK_FIRST_ROLE = 3,
    WALK_LINE = 400,
    WALK_STATES = 32,
    WALK_ACTIONS = 40,
    WALK_RESULTS = 24
};

struct flow_walk {
    const struct flow_kind *kind;
    enum role columns[WALK_FIELDS];
    size_t fields; /* 0: the header was not seen yet */
    bool seen[WALK_STATES][WALK_ACTIONS][WALK_RESULTS];
};

static inline str flow_walk_verdict(const struct flow_kind *kind, unsigned state, unsigned action,
                                    unsigned result, enum role role)
{
    unsigned to = UINT32_MAX;
    const err e = flow_next(kind, state, action, result, role, &to);
    if (e.code == ERR_OK) {
        assert_true(to < kind->states_n);
        return str_of(kind->states[to]);
    }
    assert_int_equal(to, UINT32_MAX); /* untouched on failure */
    return e.code == ERR_DENIED ? S("denied") : e.code == ERR_CONFLICT ? S("conflict") : S("?");
}

static inline enum role flow_walk_role(str name)
{
    for (enum role r = ROLE_NOBODY; r < ROLE_N; r++) {
        if (str_eq(str_of(role_name(r)), name)) {
            return r;
        }
    }
    fail_msg("no role is called %.*s", STR_F(name));
    return ROLE_N;
}

static inline void flow_walk_row(struct flow_walk *w, const str *f)
{
    unsigned state;
    unsigned action;
    unsigned result = FLOW_ANY_RESULT;
    assert_int_equal(flow_state_of(w->kind, f[0], &state).code, ERR_OK);
    assert_int_equal(flow_action_of(w->kind, f[1], &action).code, ERR_OK);
    if (!str_eq(f[2], S("-"))) {
        assert_int_equal(flow_result_of(w->kind, f[2], &result).code, ERR_OK);
    }
    assert_false(w->seen[state][action][result]);
    w->seen[state][action][result] = true;
    for (size_t i = WALK_FIRST_ROLE; i < w->fields; i++) {
        const str got = flow_walk_verdict(w->kind, state, action, result, w->columns[i]);
        if (!str_eq(got, f[i])) {
            fail_msg("%.*s %.*s %.*s by %s: the code says %.*s, the reviewed file %.*s", STR_F(f[0]),
                     STR_F(f[1]), STR_F(f[2]), role_name(w->columns[i]), STR_F(got), STR_F(f[i]));
        }
    }
}

static inline void flow_walk_line(struct flow_walk *w, str line)
{
    str f[WALK_FIELDS];
    size_t n = 0;
    if (line.n == 0 || line.p[0] == '#') {
        return;
    }
    while (line.p != NULL) {
        assert_true(n < WALK_FIELDS);
        f[n++] = str_cut(&line, '\t');
    }
    if (w->fields != 0) {
        assert_int_equal(n, w->fields);
        flow_walk_row(w, f);
        return;
    }
    assert_true(str_eq(f[0], S("state")) && str_eq(f[1], S("action")) && str_eq(f[2], S("result")));
    for (size_t i = WALK_FIRST_ROLE; i < n; i++) {
        w->columns[i] = flow_walk_role(f[i]);
    }
    w->fields = n;
}

static inline bool flow_walk_column(const struct flow_walk *w, enum role r)
{
    for (size_t i = WALK_FIRST_ROLE; i < w->fields; i++) {
        if (w->columns[i] == r) {
            return true;
        }
    }
    return false;
}

/* Whether the table knows an action with this result in any state; `results` 0 asks for any at all. */
static inline bool flow_walk_knows(const struct flow_kind *kind, unsigned action, unsigned result)
{
    for (size_t i = 0; i < kind->table_n; i++) {
        const struct flow_transition *t = &kind->table[i];
        if (t->action == action && (result == 0 ? t->result != 0 : t->result == result)) {
            return true;
        }
    }
    return false;
}

/* Every state and action stands in the file with each of its results; what does not stand there nobody can.
 */
static inline void flow_walk_whole(const struct flow_walk *w)
{
    const struct flow_kind *k = w->kind;
    for (unsigned s = 0; s < k->states_n; s++) {
        for (unsigned a = 0; a < k->actions_n; a++) {
            const bool results = flow_walk_knows(k, a, 0);
            for (unsigned r = 0; r < k->results_n; r++) {
                const bool belongs = r == 0 ? !results : flow_walk_knows(k, a, r);
                if (w->seen[s][a][r] != belongs) {
                    fail_msg("%s %s %s: %s", k->states[s], k->actions[a], k->results[r],
                             belongs ? "no row in the reviewed file" : "a row that means nothing");
                }
                for (enum role role = ROLE_NOBODY; role < ROLE_N && !belongs; role++) {
                    assert_true(str_eq(flow_walk_verdict(k, s, a, r, role), S("conflict")));
                }
            }
        }
    }
}

static inline void flow_walk_rows_apart(const struct flow_walk *w)
{
    const struct flow_kind *k = w->kind;
    for (size_t i = 0; i < k->table_n; i++) {
        for (enum role r = ROLE_NOBODY; r < ROLE_N; r++) {
            assert_true((k->table[i].roles & (1u << r)) == 0 || flow_walk_column(w, r));
        }
        for (size_t n = i + 1; n < k->table_n; n++) {
            const struct flow_transition *a = &k->table[i];
            const struct flow_transition *b = &k->table[n];
            const bool same = a->from == b->from && a->action == b->action && a->result == b->result;
            assert_true(!same || (a->roles & b->roles) == 0); /* the second would never be used */
        }
    }
}

/* Run from the top folder. */
static inline void flow_walk(const struct flow_kind *kind, const char *reviewed)
{
    struct flow_walk w = {.kind = kind};
    char line[WALK_LINE];
    assert_true(kind->states_n <= WALK_STATES && kind->actions_n <= WALK_ACTIONS &&
                kind->results_n <= WALK_RESULTS);
    FILE *file = fopen(reviewed, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        assert_true(str_ends(str_of(line), S("\n"))); /* no line is longer than it may be */
        flow_walk_line(&w, str_sub(str_of(line), 0, strlen(line) - 1));
    }
    assert_int_equal(ferror(file), 0);
    (void)fclose(file);
    flow_walk_whole(&w);
    flow_walk_rows_apart(&w);
}

#endif
