/* report.c: what listings say of themselves, and their rows. */
#include "report.h"

#include <pthread.h>
#include <stdio.h>

#include "attendance.sql.h"
#include "case_scope.h"
#include "check.h"
#include "clock.h"

enum { REPORTS_MAX = 32, KEY_MAX = 120 };

extern const struct listings report_listings;

static struct report all[REPORTS_MAX];
static size_t all_n;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- what listings say of themselves ---- */

static enum msg text_of(const char *before, str name, const char *behind)
{
    char key[KEY_MAX];
    enum msg m = MSG_NONE;
    const int n = snprintf(key, sizeof key, "report.%s%.*s%s", before, STR_F(name), behind);
    CHECK(n > 0 && (size_t)n < sizeof key);
    CHECK(msg_of_key((str){key, (size_t)n}, &m));
    return m;
}

static size_t column_at(const struct listing *l, str name)
{
    size_t at = 0;
    CHECK(listing_column(l, name, &at));
    return at;
}

static enum report_format format_of(str word)
{
    static const str words[] = {[REPORT_TEXT] = S_INIT("text"),
                                [REPORT_WORD] = S_INIT("word"),
                                [REPORT_NUMBER] = S_INIT("number"),
                                [REPORT_DAY] = S_INIT("day"),
                                [REPORT_PERCENT] = S_INIT("percent")};
    enum report_format f = REPORT_TEXT;
    while (!str_eq(words[f], word)) {
        CHECK(f < REPORT_PERCENT);
        f++;
    }
    return f;
}

/* "filed_n number sum" */
static void column_make(const struct listing *l, str says, struct report *io)
{
    str rest = says;
    CHECK(io->columns_n < REPORT_COLUMNS_MAX);
    struct report_column *c = &io->columns[io->columns_n++];
    c->key = str_cut(&rest, ' ');
    c->label = text_of("col_", c->key, "");
    c->format = format_of(str_cut(&rest, ' '));
    if (c->format == REPORT_PERCENT) {
        c->part = column_at(l, str_cut(&rest, ' '));
        c->whole = column_at(l, rest);
        return;
    }
    c->at = column_at(l, c->key);
    c->sum = c->format == REPORT_NUMBER && str_eq(rest, S("sum"));
    c->prefix = c->format == REPORT_WORD ? rest : STR_NONE;
}

static size_t shown_at(const struct report *r, str key)
{
    size_t i = 0;
    while (i < r->columns_n && !str_eq(r->columns[i].key, key)) {
        i++;
    }
    CHECK(i < r->columns_n);
    return i;
}

static void link_make(str says, struct report *io)
{
    str rest = says;
    const str key = str_cut(&rest, ' ');
    io->columns[shown_at(io, key)].link = rest;
}

static bool can_be_drawn(enum report_format f)
{
    return f == REPORT_NUMBER || f == REPORT_PERCENT;
}

/* "stacked open_n solved_n", behind the columns it names */
static void chart_make(str says, struct report *io)
{
    static const str forms[] = {[REPORT_BARS] = S_INIT("bars"),
                                [REPORT_STACKED] = S_INIT("stacked"),
                                [REPORT_LINES] = S_INIT("lines"),
                                [REPORT_FUNNEL] = S_INIT("funnel")};
    str rest = says;
    const str form = str_cut(&rest, ' ');
    io->chart = REPORT_BARS;
    while (!str_eq(forms[io->chart], form)) {
        CHECK(io->chart < REPORT_FUNNEL);
        io->chart++;
    }
    while (rest.p != NULL) {
        const size_t at = shown_at(io, str_cut(&rest, ' '));
        CHECK(io->charted_n < REPORT_SERIES_MAX);
        CHECK(can_be_drawn(io->columns[at].format));
        io->charted[io->charted_n++] = at;
    }
    CHECK(io->charted_n > 0);
}

/* "filed_n unit_code" */
static void map_make(str says, struct report *io)
{
    str rest = says;
    io->map_column = shown_at(io, str_cut(&rest, ' '));
    io->map_code = column_at(io->of, rest);
    CHECK(can_be_drawn(io->columns[io->map_column].format));
    io->mapped = true;
}

/* "report_problem_services" is "problem-services". */
static str name_of(const struct listing *l, char *room, size_t room_n)
{
    const str name = str_sub(l->name, S("report_").n, l->name.n);
    CHECK(str_starts(l->name, S("report_")) && name.n < room_n);
    for (size_t i = 0; i < name.n; i++) {
        room[i] = name.p[i] == '_' ? '-' : name.p[i];
    }
    return (str){room, name.n};
}

static void all_make(void)
{
    static char names[REPORTS_MAX][KEY_MAX];
    CHECK(report_listings.n <= REPORTS_MAX);
    for (size_t k = 0; k < report_listings.n; k++) {
        const struct listing *l = report_listings.all[k];
        const str code = str_sub(l->name, S("report_").n, l->name.n);
        struct report *r = &all[all_n++];
        *r = (struct report){.of = l,
                             .name = name_of(l, names[k], KEY_MAX),
                             .permission = listing_says(l, S("permission")),
                             .chart = REPORT_NO_CHART,
                             .title = text_of("", code, ""),
                             .how = text_of("", code, "_how")};
        for (size_t i = 0; i < l->facts_n; i++) {
            const struct listing_fact *f = &l->facts[i];
            if (str_eq(f->key, S("column"))) {
                column_make(l, f->value, r);
            } else if (str_eq(f->key, S("link"))) {
                link_make(f->value, r);
            } else if (str_eq(f->key, S("chart"))) {
                chart_make(f->value, r);
            } else if (str_eq(f->key, S("map"))) {
                map_make(f->value, r);
            } else if (str_eq(f->key, S("key"))) {
                r->key = column_at(l, f->value);
                r->keyed = true;
            }
        }
        CHECK(r->columns_n > 0 && r->columns[0].format == REPORT_TEXT);
    }
}

const struct report *report_all(size_t *out_n)
{
    (void)pthread_once(&once, all_make);
    *out_n = all_n;
    return all;
}

const struct report *report_find(str name)
{
    size_t n;
    const struct report *list = report_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(list[i].name, name)) {
            return &list[i];
        }
    }
    return NULL;
}

/* ---- of which districts ---- */

static bool among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static err everywhere(struct ctx *c, struct id_set *out)
{
    int64_t *ids;
    size_t n;
    TRY(place_districts_all(c, &ids, &n));
    return id_set_of(c->arena, ids, n, out);
}

static err in_reach(struct ctx *c, struct id_set *out)
{
    struct scope scope;
    if (c->actor.role == ROLE_SYSTEM) {
        return everywhere(c, out);
    }
    TRY(scope_of(c, &scope));
    return id_set_of(c->arena, scope.homes, scope.homes_n, out);
}

static err more_of(struct ctx *c, const int64_t *more, size_t n, struct id_set *io)
{
    int64_t *ids = arena_array_of(c->arena, int64_t, io->n + n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->n; i++) {
        ids[i] = io->ids[i];
    }
    for (size_t i = 0; i < n; i++) {
        ids[io->n + i] = more[i];
    }
    return id_set_of(c->arena, ids, io->n + n, io);
}

static err of_group(struct ctx *c, str code, struct id_set *out)
{
    struct q_unit_group_members *rows;
    size_t n;
    *out = (struct id_set){.n = 0};
    TRY(place_group_members(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t *below;
        size_t below_n;
        if (str_eq(rows[i].group_code, code)) {
            TRY(place_districts(c, rows[i].unit_id, &below, &below_n));
            TRY(more_of(c, below, below_n, out));
        }
    }
    return out->n == 0 ? FAIL(NOT_FOUND) : OK;
}

/* All units that have borne the code: figures stay with the one in whose days they are, and add up over a
 * district that was made anew under its old code. An older one only where it is in reach too. */
static err of_unit(struct ctx *c, str code, const struct id_set *hers, struct id_set *out)
{
    struct q_place_vintages *rows;
    size_t n;
    *out = (struct id_set){.n = 0};
    TRY(q_place_vintages(c->db, c->arena, code, local_day(c->now_ms), &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t *below;
        size_t below_n;
        if (rows[i].level_no > LEVEL_DISTRICT) { /* figures are kept by district */
            return FAIL(NOT_FOUND);
        }
        TRY(place_districts(c, rows[i].id, &below, &below_n));
        if (i + 1 == n || below_n != 1 || among(hers->ids, hers->n, below[0])) {
            TRY(more_of(c, below, below_n, out));
        }
    }
    return n == 0 ? of_group(c, code, out) : OK;
}

err report_homes(struct ctx *c, str unit, struct id_set *out)
{
    struct id_set hers, asked;
    TRY(in_reach(c, &hers));
    if (unit.n == 0) {
        *out = hers;
        return OK;
    }
    TRY(of_unit(c, unit, &hers, &asked));
    for (size_t i = 0; i < asked.n; i++) {
        if (!among(hers.ids, hers.n, asked.ids[i])) {
            return FAIL(NOT_FOUND);
        }
    }
    *out = asked;
    return OK;
}

err report_homes_in(struct ctx *c, str unit, struct period p, struct id_set *out)
{
    struct q_place_vintages *rows;
    struct id_set asked;
    size_t n = 0;
    TRY(report_homes(c, unit, &asked));
    TRY(unit.n == 0 ? OK : q_place_vintages(c->db, c->arena, unit, local_day(c->now_ms), &rows, &n));
    int64_t last = 0;
    for (size_t i = 0; i < n; i++) { /* the oldest first */
        const bool then = last == 0 || rows[i].valid_from_day <= p.to_day;
        const bool one = rows[i].level_no == LEVEL_DISTRICT && among(asked.ids, asked.n, rows[i].id);
        last = then && one ? rows[i].id : last;
    }
    *out = asked;
    return last == 0 ? OK : id_set_of(c->arena, &last, 1, out);
}

static err group_name(struct ctx *c, str code, str *out)
{
    struct q_unit_group_all *rows;
    size_t n;
    TRY(place_groups(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].group_code, code)) {
            *out = rows[i].name_text;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

err report_unit_name(struct ctx *c, str unit, str *out)
{
    struct q_place_by_code row;
    const int64_t own = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (unit.n == 0) {
        *out = S("");
        return own == 0 ? OK : label_find(c, S("unit"), own, out);
    }
    const err e = place_find(c, unit, &row);
    if (e.code == ERR_NOT_FOUND) {
        struct q_place_vintages *rows;
        size_t n;
        TRY(q_place_vintages(c->db, c->arena, unit, local_day(c->now_ms), &rows, &n));
        return n == 0 ? group_name(c, unit, out) : label_find(c, S("unit"), rows[n - 1].id, out);
    }
    TRY(e);
    return label_find(c, S("unit"), row.id, out);
}

/* ---- words of cells ---- */

static bool word_of(const char *prefix, str code, enum msg *out)
{
    enum { WORD_MAX = 120 };
    char key[WORD_MAX];
    const int n = snprintf(key, sizeof key, "%s%.*s", prefix, STR_F(code));
    return n > 0 && (size_t)n < sizeof key && msg_of_key((str){key, (size_t)n}, out);
}

str report_part_words(enum lang lang, const struct q_report_services *services, size_t n, str code)
{
    static const struct {
        str code;
        enum msg text;
    } ages[] = {{S_INIT("0-30"), MSG_DOCUMENT_DAYS_30},
                {S_INIT("31-90"), MSG_DOCUMENT_DAYS_90},
                {S_INIT("91-365"), MSG_DOCUMENT_DAYS_365},
                {S_INIT("366-"), MSG_DOCUMENT_DAYS_MORE}};
    static const char *const prefixes[] = {"report.part_", "event.kind_",    "kind.",         "event.role_",
                                           "sex.",         "visit.outcome_", "visit.online_", "material."};
    enum msg m;
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        if (str_eq(ages[i].code, code)) {
            return msg_text(lang, ages[i].text);
        }
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (word_of(prefixes[i], code, &m)) {
            return msg_text(lang, m);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (str_eq(services[i].service_code, code)) {
            return services[i].service_text;
        }
    }
    return code;
}

/* ---- rows ---- */

struct running {
    struct ctx *c;
    const struct report *of;
    size_t room;
    struct report_rows rows;
};

static bool is_amount(const char *column)
{
    return str_ends(str_of(column), S("_n"));
}

static bool added(struct running *r, const struct listing_cell *cells)
{
    for (size_t i = 0; r->of->keyed && i < r->rows.n; i++) {
        struct report_cell *row = &r->rows.cells[i * r->rows.width];
        if (!str_eq(row[r->of->key].text, cells[r->of->key].text)) {
            continue;
        }
        for (size_t k = 0; k < r->rows.width; k++) {
            row[k].n += is_amount(r->of->of->columns[k]) ? cells[k].n : 0;
        }
        return true;
    }
    return false;
}

static err room_make(struct running *r)
{
    const size_t room = r->room == 0 ? 64 : r->room * 2;
    if (r->rows.n < r->room) {
        return OK;
    }
    struct report_cell *cells = arena_array_of(r->c->arena, struct report_cell, room * r->rows.width);
    if (cells == NULL || r->rows.n == REPORT_ROWS_MAX) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < r->rows.n * r->rows.width; i++) {
        cells[i] = r->rows.cells[i];
    }
    r->rows.cells = cells;
    r->room = room;
    return OK;
}

static err row_take(void *arg, const struct listing_cell *cells)
{
    struct running *r = arg;
    if (added(r, cells)) {
        return OK;
    }
    TRY(room_make(r));
    struct report_cell *row = &r->rows.cells[r->rows.n++ * r->rows.width];
    for (size_t k = 0; k < r->rows.width; k++) {
        row[k] = (struct report_cell){.nothing = cells[k].nothing, .n = cells[k].n};
        row[k].text = cells[k].text.p == NULL ? STR_NONE : arena_str(r->c->arena, cells[k].text);
    }
    return arena_full(r->c->arena) ? FAIL(LIMIT) : OK;
}

static err given_fill(struct ctx *c, const struct listing *l, struct period p, struct listing_given *out)
{
    int64_t barred = 0;
    int64_t also = 0;
    if (c->actor.role != ROLE_SYSTEM) {
        scope_barred(&c->actor, &barred, &also);
    }
    for (size_t i = 0; i < l->asks_n; i++) {
        const str name = str_of(l->asks[i]);
        out[i] = (struct listing_given){.name = l->asks[i]};
        if (str_eq(name, S("lang_code"))) {
            out[i].text = lang_table[c->lang].code;
        } else if (str_eq(name, S("now_ms"))) {
            out[i].n = c->now_ms;
        } else if (str_eq(name, S("barred_id"))) {
            out[i].n = barred;
        } else if (str_eq(name, S("also_id"))) {
            out[i].n = also;
        } else if (!str_eq(name, S("homes")) && !indicator_given(name, p, &out[i].n)) {
            return FAIL(BUG);
        }
    }
    return OK;
}

err report_run(struct ctx *c, const struct report *r, const struct report_query *q, struct report_rows *out)
{
    struct listing_given given[LISTING_ASKS_MAX];
    struct id_set homes;
    struct running run = {.c = c, .of = r, .rows = {.width = r->of->query->columns_n}};
    TRY(report_homes(c, q->unit, &homes));
    TRY(given_fill(c, r->of, q->period, given));
    for (size_t at = 0; at < homes.n; at += LISTING_LIST_MAX) {
        struct listing_given *list = &given[r->of->asks_n - 1];
        CHECK(r->of->list);
        list->list = homes.ids + at;
        list->list_n = homes.n - at < LISTING_LIST_MAX ? homes.n - at : LISTING_LIST_MAX;
        TRY(listing_run(c->db, r->of, given, r->of->asks_n, row_take, &run));
    }
    *out = run.rows;
    return OK;
}
