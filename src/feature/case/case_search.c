/* case_search.c: lists of cases, by date, newest first, by words, by number. */
#include "case_scope.h"
#include "case_text.h"
#include "clock.h"
#include "fold.h"
#include "terms.h"

enum { MONTH_FIRST = 0, MONTH_LAST = 999912 };

/* The filter with codes turned into ids; `none`: nothing can match. */
struct asked {
    const struct case_filter *f;
    struct scope scope;
    struct opt_i64 topic, tehsil;
    int64_t unit, officer; /* 0: any */
    int64_t only_home;     /* 0: all of the scope */
    int64_t from_month, to_month, filed_until_ms;
    int64_t due_from_ms, due_until_ms; /* both in it */
    bool open_only;
    bool none;
};

static err service_asked(struct ctx *c, struct asked *a)
{
    struct q_service_by_code service;
    if (a->f->service.n == 0) {
        return OK;
    }
    const err e = catalogue_find(c, a->f->service, &service);
    a->none = a->none || e.code == ERR_NOT_FOUND;
    a->topic = SOME(service.id);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* A tehsil has an index of its own; a council is a unit below one. */
static err unit_asked(struct ctx *c, struct asked *a)
{
    struct q_place_by_code unit;
    if (a->f->unit.n == 0) {
        return OK;
    }
    const err e = place_find(c, a->f->unit, &unit);
    if (e.code == ERR_NOT_FOUND) {
        a->none = true;
        return OK;
    }
    TRY(e);
    struct opt_i64 tehsil;
    if (unit.level_no < LEVEL_DISTRICT) { /* nothing is filtered by what stands above, but one's own whole */
        a->none = a->none || unit.id != c->actor.unit_id;
        return OK;
    }
    TRY(place_tehsil(c, unit.id, &tehsil));
    if (tehsil.given && a->tehsil.given && tehsil.v != a->tehsil.v) {
        a->none = true;
    }
    a->tehsil = tehsil.given ? tehsil : a->tehsil;
    a->unit = unit.level_no > LEVEL_TEHSIL ? unit.id : 0;
    a->only_home = unit.district_id.given ? unit.district_id.v : 0;
    return OK;
}

/* An officer sees no other office's. */
static err office_asked(struct ctx *c, struct asked *a)
{
    struct q_office_by_code office;
    if (a->f->office.n == 0) {
        return OK;
    }
    const err e = q_office_by_code(c->db, c->arena, a->f->office, local_day(c->now_ms), &office);
    if (e.code == ERR_NOT_FOUND) {
        a->none = true;
        return OK;
    }
    TRY(e);
    a->none = a->none || (a->scope.office.given && a->scope.office.v != office.id);
    a->scope.office = SOME(office.id);
    return OK;
}

static err officer_asked(struct ctx *c, struct asked *a)
{
    struct q_account_get officer; /* also one who is here no more: what was his still waits */
    if (a->f->officer.n == 0) {
        return OK;
    }
    const err e = q_account_by_login(c->db, c->arena, a->f->officer, &officer);
    a->none = a->none || e.code == ERR_NOT_FOUND;
    a->officer = officer.id;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

int64_t case_due_until(const struct ctx *c, int64_t days)
{
    return day_at_ms(day_add(local_day(c->now_ms), days), 0, 0);
}

/* What is late is not due today or this week any more. */
static void due_asked(struct ctx *c, const struct case_filter *f, struct asked *a)
{
    const bool coming = f->due == DUE_TODAY || f->due == DUE_WEEK;
    a->due_from_ms = coming ? c->now_ms : 0;
    a->due_until_ms = INT64_MAX;
    if (coming) {
        a->due_until_ms = case_due_until(c, f->due == DUE_WEEK ? CASE_WEEK_DAYS : 1) - 1;
    } else if (f->late || f->due == DUE_LATE) {
        a->due_until_ms = c->now_ms - 1;
    }
    a->open_only = f->open || f->late || f->due != DUE_ANY;
}

static err filter_resolve(struct ctx *c, const struct case_filter *f, struct asked *out)
{
    struct asked a = {.f = f};
    TRY(scope_of(c, &a.scope));
    a.tehsil = a.scope.tehsil;
    TRY(service_asked(c, &a));
    TRY(unit_asked(c, &a));
    TRY(office_asked(c, &a));
    TRY(officer_asked(c, &a));
    a.from_month = f->from_month == 0 ? MONTH_FIRST : f->from_month;
    a.to_month = f->to_month == 0 ? MONTH_LAST : f->to_month;
    a.filed_until_ms = f->min_age_days == 0 ? INT64_MAX : c->now_ms - f->min_age_days * MS_PER_DAY;
    due_asked(c, f, &a);
    *out = a;
    return OK;
}

static str or_empty(str s)
{
    return s.p == NULL ? S("") : s;
}

/* What is not one of the facets with an index, the same for each way of asking. */
#define ASKED_REST(a, c)                                                                                   \
    .office_id = (a)->scope.office, .topic_id = (a)->topic, .tehsil_id = (a)->tehsil,                      \
    .kind_code = or_empty((a)->f->kind), .sex_code = or_empty((a)->f->sex), .unit_id = (a)->unit,          \
    .officer_id = (a)->officer, .reason_code = or_empty((a)->f->reason), .unassigned = (a)->f->unassigned, \
    .returned_no = (a)->f->returned ? CASE_WRONG_DEPARTMENT : 0, .unseen = (a)->f->unseen,                 \
    .mark_bits = (int64_t)(a)->f->marks, .from_month = (a)->from_month, .to_month = (a)->to_month,         \
    .filed_until_ms = (a)->filed_until_ms, .viewer_id = (c)->actor.user_id, .at_desk = (a)->scope.desk,    \
    .barred_id = (a)->scope.barred, .also_id = (a)->scope.also

static err home_by_due(struct ctx *c, int64_t home, const struct asked *a, struct q_case_list **out,
                       size_t *out_n)
{
    /* A cursor stands behind where the dates begin. */
    const bool go_on = a->f->after_due_ms >= a->due_from_ms;
    const int64_t after_due = go_on ? a->f->after_due_ms : a->due_from_ms - 1;
    const int64_t after_id = go_on ? a->f->after_id : INT64_MAX;
    if (a->open_only) {
        const struct q_case_open_list_in in = {.home = home,
                                               ASKED_REST(a, c),
                                               .after_due_ms = after_due,
                                               .after_id = after_id,
                                               .due_until_ms = a->due_until_ms,
                                               .limit = a->f->limit + 1};
        return q_case_open_list(c->db, c->arena, &in, out, out_n);
    }
    const struct q_case_list_in in = {.home = home,
                                      .flow_state = a->f->state,
                                      ASKED_REST(a, c),
                                      .after_due_ms = after_due,
                                      .after_id = after_id,
                                      .due_until_ms = a->due_until_ms,
                                      .limit = a->f->limit + 1};
    return q_case_list(c->db, c->arena, &in, out, out_n);
}

/* Lists that are newest first go on behind the id of the last row. */
static int64_t before(const struct case_filter *f)
{
    return f->after_id == 0 ? INT64_MAX : f->after_id;
}

#define NEWEST_IN(at_home, a, c)                                                                         \
    {                                                                                                    \
        .home = (at_home), .flow_state = (a)->f->state, ASKED_REST(a, c), .before_id = before((a)->f),   \
        .open_flag = (a)->open_only, .due_from_ms = (a)->due_from_ms, .due_until_ms = (a)->due_until_ms, \
        .limit = (a)->f->limit + 1                                                                       \
    }

static err home_newest(struct ctx *c, int64_t home, const struct asked *a, struct q_case_list **out,
                       size_t *out_n)
{
    const struct q_case_newest_in in = NEWEST_IN(home, a, c);
    return q_case_newest(c->db, c->arena, &in, out, out_n);
}

/* ---- by words ---- */

enum {
    OFTEN = 200,     /* so many cases: words are taken as they stand */
    OFFICE_FEW = 500 /* an office's cases, looked through one by one */
};

/* A word also stands for what begins with it. But every case with such a beginning has to be gathered before
 * the newest is known, so where very many have the very words, these alone are meant: whoever finds too much
 * types more. Asked without where a list goes on, so that all its pages mean the same. */
static err terms_of(struct ctx *c, int64_t home, str words, str *out)
{
    struct q_case_words_some some;
    TRY(search_terms_of(c, home, words, false, out));
    TRY(q_case_words_some(c->db, c->arena, *out, OFTEN, &some));
    return some.cases_n < OFTEN ? search_terms_of(c, home, words, true, out) : OK;
}

/* Every word typed is the beginning of a word of the text; both are folded. */
static bool text_has(str text, str typed)
{
    for (int n = 0; typed.p != NULL && n < TERMS_MAX;) {
        const str word = str_cut(&typed, ' ');
        str rest = text;
        bool found = word.n == 0;
        n += word.n > 0;
        while (!found && rest.p != NULL) {
            found = str_starts(str_cut(&rest, ' '), word);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* The cases of an office with few of them are read themselves: the words of a whole district, of which it has
 * next to none, would be gone through for nothing. */
static err few_by_words(struct ctx *c, const struct q_case_newest_in *in, str words, struct q_case_list **out,
                        size_t *out_n)
{
    struct q_case_office_texts *texts;
    struct q_case_list *rows;
    size_t texts_n;
    size_t n;
    size_t kept = 0;
    struct q_case_newest_in all = *in;
    str typed;
    all.limit = OFFICE_FEW;
    TRY(fold(c->arena, words, &typed));
    const struct q_case_office_texts_in of = {
        .home = in->home, .office_id = in->office_id.v, .limit = OFFICE_FEW};
    TRY(q_case_office_texts(c->db, c->arena, &of, &texts, &texts_n));
    TRY(q_case_newest(c->db, c->arena, &all, &rows, &n));
    for (size_t i = 0, t = 0; i < n && (int64_t)kept < in->limit; i++) {
        while (t < texts_n && texts[t].id > rows[i].subject_id) {
            t++;
        }
        if (t < texts_n && texts[t].id == rows[i].subject_id && text_has(texts[t].search_text, typed)) {
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

static err office_is_few(struct ctx *c, int64_t home, const struct asked *a, bool *out)
{
    struct q_case_office_some some;
    *out = false;
    if (!a->scope.office.given) {
        return OK;
    }
    const struct q_case_office_some_in in = {
        .home = home, .office_id = a->scope.office.v, .limit = OFFICE_FEW + 1};
    TRY(q_case_office_some(c->db, c->arena, &in, &some));
    *out = some.cases_n <= OFFICE_FEW;
    return OK;
}

static err home_by_words(struct ctx *c, int64_t home, const struct asked *a, struct q_case_list **out,
                         size_t *out_n)
{
    bool few;
    str terms;
    const err e = terms_of(c, home, a->f->words, &terms);
    if (e.code == ERR_INVALID) { /* no word in it: nothing is found, which is no failure */
        *out_n = 0;
        return OK;
    }
    TRY(e);
    TRY(office_is_few(c, home, a, &few));
    if (few) {
        const struct q_case_newest_in in = NEWEST_IN(home, a, c);
        return few_by_words(c, &in, a->f->words, out, out_n);
    }
    const struct q_case_by_words_in in = {.home = home,
                                          .flow_state = a->f->state,
                                          ASKED_REST(a, c),
                                          .before_id = before(a->f),
                                          .open_flag = a->open_only,
                                          .due_from_ms = a->due_from_ms,
                                          .due_until_ms = a->due_until_ms,
                                          .terms_text = terms,
                                          .limit = a->f->limit + 1};
    return q_case_by_words(c->db, c->arena, &in, out, out_n);
}

/* A whole reference finds its case, if it is within reach. */
static err list_by_ref(struct ctx *c, const case_ref *ref, struct q_case_list **out, size_t *out_n)
{
    struct case_view v;
    struct q_case_list *row = arena_new_of(c->arena, struct q_case_list);
    *out = row;
    *out_n = 0;
    const err e = case_find(c, ref, &v);
    if (e.code == ERR_NOT_FOUND || row == NULL) {
        return row == NULL ? FAIL(LIMIT) : OK;
    }
    TRY(e);
    const struct q_case_row_in in = {.home = v.row.home, .id = v.row.id, .viewer_id = c->actor.user_id};
    TRY(q_case_row(c->db, c->arena, &in, row));
    *out_n = 1;
    return OK;
}

typedef err (*home_list)(struct ctx *c, int64_t home, const struct asked *a, struct q_case_list **out,
                         size_t *out_n);

static bool comes_first(const struct q_case_list *a, const struct q_case_list *b, bool newest)
{
    if (newest) {
        return a->subject_id > b->subject_id;
    }
    return a->due_ms < b->due_ms || (a->due_ms == b->due_ms && a->subject_id < b->subject_id);
}

/* Two lists in order become one. */
static err merge(struct ctx *c, struct q_case_list **io, size_t *io_n, const struct q_case_list *more,
                 size_t more_n, bool newest)
{
    struct q_case_list *all = arena_array_of(c->arena, struct q_case_list, *io_n + more_n + 1);
    size_t i = 0;
    size_t k = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    while (i < *io_n || k < more_n) {
        const bool left = k >= more_n || (i < *io_n && comes_first(&(*io)[i], &more[k], newest));
        all[i + k] = left ? (*io)[i] : more[k];
        i += left;
        k += !left;
    }
    *io = all;
    *io_n = i + k;
    return OK;
}

/* Each district has its own order; a wider scope merges them. */
static err list_of_homes(struct ctx *c, const struct asked *a, home_list list, bool newest,
                         struct q_case_list **out, size_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    for (size_t i = 0; i < a->scope.homes_n; i++) {
        struct q_case_list *rows = NULL;
        size_t n = 0;
        if (a->only_home != 0 && a->scope.homes[i] != a->only_home) {
            continue;
        }
        TRY(list(c, a->scope.homes[i], a, &rows, &n));
        if (a->scope.homes_n == 1) {
            *out = rows;
            *out_n = n;
            return OK;
        }
        TRY(merge(c, out, out_n, rows, n, newest));
        *out_n = *out_n > (size_t)a->f->limit + 1 ? (size_t)a->f->limit + 1 : *out_n;
    }
    return OK;
}

err case_list(struct ctx *c, const struct case_filter *f, struct q_case_list **out, size_t *out_n,
              bool *out_more)
{
    struct asked a;
    struct q_case_list *rows = NULL;
    size_t n = 0;
    case_ref ref;
    TRY(filter_resolve(c, f, &a));
    if (a.none || a.scope.homes_n == 0) {
        *out = NULL;
        *out_n = 0;
        *out_more = false;
        return OK;
    }
    if (f->words.n > 0 && case_ref_of(c->arena, f->words, &ref).code == ERR_OK) {
        TRY(list_by_ref(c, &ref, &rows, &n));
    } else if (f->words.n > 0) {
        TRY(list_of_homes(c, &a, home_by_words, true, &rows, &n));
    } else if (f->newest) {
        TRY(list_of_homes(c, &a, home_newest, true, &rows, &n));
    } else {
        TRY(list_of_homes(c, &a, home_by_due, false, &rows, &n));
    }
    *out_more = (int64_t)n > f->limit;
    *out = rows;
    *out_n = *out_more ? (size_t)f->limit : n;
    return OK;
}

err case_list_count(struct ctx *c, const struct case_filter *f, int64_t most, int64_t *out)
{
    struct case_filter counted = *f;
    struct q_case_list *rows;
    size_t n;
    bool more;
    counted.limit = most;
    TRY(case_list(c, &counted, &rows, &n, &more));
    *out = (int64_t)n;
    return OK;
}
