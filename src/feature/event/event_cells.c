/* event_cells.c: attendance, role × gender. */
#include "event.h"

/* Index of a code in a set; its size when it is none of them. */
static size_t index_of(const struct case_word *words, size_t n, str code)
{
    size_t i = 0;
    while (i < n && !str_eq(words[i].code, code)) {
        i++;
    }
    return i;
}

static void cell_set(struct event_cells *m, str role, str sex, int64_t people, int64_t spoke, bool named)
{
    const size_t r = index_of(event_role_words, EVENT_role_n, role);
    const size_t s = index_of(event_sex_words, EVENT_sex_n, sex);
    if (r == EVENT_role_n || s == EVENT_sex_n || (!named && m->named[r])) {
        return;
    }
    m->named[r] = named;
    m->at[r][s] = (struct event_cell){people, spoke};
    m->all.people += people;
    m->all.spoke += spoke;
}

err event_cells(struct ctx *c, int64_t home, int64_t event, struct event_cells *out)
{
    struct event_cells m = {.all = {0, 0}};
    struct q_event_named *named;
    struct q_event_counted *counted;
    size_t named_n;
    size_t counted_n;
    TRY(q_event_named(c->db, c->arena, home, event, &named, &named_n));
    TRY(q_event_counted(c->db, c->arena, home, event, &counted, &counted_n));
    for (size_t i = 0; i < named_n; i++) { /* first: a role with names is counted from these alone */
        cell_set(&m, named[i].role_code, named[i].sex_code, named[i].people_n, named[i].spoke_n, true);
    }
    for (size_t i = 0; i < counted_n; i++) {
        cell_set(&m, counted[i].role_code, counted[i].sex_code, counted[i].people_n, counted[i].spoke_n,
                 false);
    }
    *out = m;
    return OK;
}
