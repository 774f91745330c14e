/* report_one_pages.c: one indicator: its cells, the versions of its figures, and the records they were
 * counted from as far as whoever looks reaches them. */
#include <stdlib.h>

#include "attendance.sql.h"
#include "case_scope.h"
#include "direction.h"
#include "event.h"
#include "format.h"
#include "report.html.h"
#include "report_pages.h"
#include "snapshot.h"

enum { HASH_SHOWN = 8, RECORDS_SHOWN = 200, RECORDS_LOOKED_AT = 1000, HEX = 16 };

struct asked {
    const struct indicator *of;
    struct report_query q;
    struct id_set homes;
    bool one; /* a single district and quarter: versions and records are there */
};

/* ---- cells ---- */

enum { C_ROLE, C_SEX, C_PART, C_VALUE, C_COLS };

/* Of a median's cells each is a value and how often it was; of others what it adds up to. */
static str value_words(struct web *w, const struct indicator *i, const struct figure_cell *cell)
{
    return i->measure == MEASURE_MEDIAN ? format_number(w->arena, w->lang, cell->num)
                                        : figure_words(&w->ctx, i, cell->num, cell->den);
}

static err cells_view(struct web *w, const struct indicator *i, const struct figure *f,
                      struct table_view *out)
{
    static const enum msg heads[C_COLS] = {MSG_REPORT_CELL_PART, MSG_REPORT_CELL_ROLE, MSG_REPORT_CELL_SEX,
                                           MSG_REPORT_CELL_VALUE};
    struct figure all;
    struct q_report_services *services;
    size_t services_n;
    TRY(figure_together(&w->ctx, f, &all));
    TRY(q_report_services(w->ctx.db, w->arena, lang_table[w->lang].code, &services, &services_n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, all.cells_n * C_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < all.cells_n; k++) {
        const struct figure_cell *c = &all.cells[k];
        struct cell_view *row = &cells[k * C_COLS];
        row[0].text = c->part.n > 0 ? report_part_words(w->lang, services, services_n, c->part)
                                    : page_msg(&w->page, MSG_REPORT_ALL);
        row[1].text = c->role.n > 0 ? report_part_words(w->lang, services, services_n, c->role) : S("");
        row[2].text = c->sex.n > 0 ? report_part_words(w->lang, services, services_n, c->sex) : S("");
        row[3].text = value_words(w, i, c);
    }
    return web_table(w, heads, C_COLS, cells, all.cells_n, MSG_REPORT_CELLS, MSG_REPORT_NOTHING, out);
}

/* ---- quarters and versions ---- */

static str hash_words(struct web *w, str hash)
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * HASH_SHOWN];
    for (size_t i = 0; i < HASH_SHOWN && i < hash.n; i++) {
        const unsigned byte = (unsigned char)hash.p[i];
        text[2 * i] = digits[byte / HEX];
        text[2 * i + 1] = digits[byte % HEX];
    }
    return arena_str(w->arena, (str){text, hash.n < HASH_SHOWN ? 2 * hash.n : sizeof text});
}

static str number_words(struct web *w, int64_t n)
{
    return format_number(w->arena, w->lang, n);
}

static str path_of(struct web *w, const struct indicator *i)
{
    return arena_printf(w->arena, "/reports/indicators/%.*s", STR_F(i->code));
}

enum { Q_DISTRICT, Q_QUARTER, Q_VALUE, Q_VERSION, Q_RECORDS, Q_APPROVED, Q_HASH, Q_COLS };
enum { QUARTERS_MOST = 400 };

struct quarters {
    struct q_report_snapshots *v;
    size_t n;
};

static int newest_first(const void *pa, const void *pb)
{
    const struct q_report_snapshots *a = pa;
    const struct q_report_snapshots *b = pb;
    const int day = (a->from_day < b->from_day) - (a->from_day > b->from_day);
    return day != 0 ? day : str_cmp(a->unit_code, b->unit_code);
}

static bool is_one_of(const struct id_set *s, int64_t id)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->ids[i] == id) {
            return true;
        }
    }
    return false;
}

static err quarters_read(struct web *w, const struct asked *a, const int64_t *homes, size_t homes_n,
                         struct quarters *out)
{
    *out = (struct quarters){.v = arena_array_of(w->arena, struct q_report_snapshots,
                                                 (homes_n / ID_LIST_MAX + 1) * (size_t)QUARTERS_MOST + 1)};
    if (out->v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_report_snapshots *rows;
        size_t n;
        const struct q_report_snapshots_in in = {.homes = homes + at,
                                                 .homes_n =
                                                     homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX,
                                                 .indicator_code = a->of->code,
                                                 .from_day = a->q.period.from_day,
                                                 .to_day = a->q.period.to_day};
        TRY(q_report_snapshots(w->ctx.db, w->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            out->v[out->n++] = rows[i];
        }
    }
    qsort(out->v, out->n, sizeof *out->v, newest_first);
    out->n = out->n < QUARTERS_MOST ? out->n : QUARTERS_MOST;
    return OK;
}

/* Of a single district that was made of others, or became others, each quarter is told on by what stood there
 * then: with its own name, for its figure is of another land. */
static err quarters_of(struct web *w, const struct asked *a, struct quarters *out)
{
    struct place_stood *stood;
    size_t n;
    size_t kept = 0;
    if (a->homes.n != 1) {
        return quarters_read(w, a, a->homes.ids, a->homes.n, out);
    }
    TRY(place_lineage(&w->ctx, a->homes.ids[0], &stood, &n));
    int64_t *ids = arena_array_of(w->arena, int64_t, n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = stood[i].unit;
    }
    TRY(quarters_read(w, a, ids, n, out));
    for (size_t i = 0; i < out->n; i++) {
        bool then = false;
        for (size_t k = 0; k < n; k++) {
            then = then || (stood[k].unit == out->v[i].home && stood[k].from_day <= out->v[i].to_day &&
                            stood[k].to_day >= out->v[i].from_day);
        }
        if (then) {
            out->v[kept++] = out->v[i];
        }
    }
    out->n = kept;
    return OK;
}

/* From the first to the last quarter with a figure of these districts themselves; false: there is none. */
static bool quarters_span(const struct asked *a, const struct quarters *all, struct period *out)
{
    bool some = false;
    for (size_t i = 0; i < all->n; i++) {
        if (is_one_of(&a->homes, all->v[i].home)) {
            out->to_day = some ? out->to_day : all->v[i].from_day; /* the newest first */
            out->from_day = all->v[i].from_day;
            some = true;
        }
    }
    return some;
}

static err quarters_view(struct web *w, const struct asked *a, struct figure_view *m)
{
    static const enum msg heads[Q_COLS] = {
        MSG_REPORT_DISTRICT,    MSG_REPORT_PERIOD,      MSG_REPORT_CELL_VALUE, MSG_REPORT_VERSION,
        MSG_REPORT_COL_RECORDS, MSG_REPORT_APPROVED_ON, MSG_REPORT_HASH};
    struct quarters all;
    struct period span;
    TRY(quarters_of(w, a, &all));
    if (quarters_span(a, &all, &span)) {
        TRY(report_trend(w, a->of, &a->q, &a->homes, span, m));
    }
    const struct q_report_snapshots *rows = all.v;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, all.n * Q_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < all.n; i++) {
        struct cell_view *row = &cells[i * Q_COLS];
        const struct report_query quarter = {{rows[i].from_day, rows[i].to_day}, rows[i].unit_code};
        TRY(label_find(&w->ctx, S("unit"), rows[i].home, &row[Q_DISTRICT].text));
        if (is_one_of(&a->homes, rows[i].home)) {
            row[Q_DISTRICT].to = report_url(w, path_of(w, a->of), &quarter);
        }
        row[Q_QUARTER].text = period_code(w->arena, quarter.period);
        row[Q_QUARTER].dir = S("ltr");
        row[Q_VALUE].text = a->of->measure == MEASURE_MEDIAN
                                ? number_words(w, rows[i].num_n)
                                : figure_words(&w->ctx, a->of, rows[i].num_n, rows[i].den_n);
        row[Q_VERSION].text = number_words(w, rows[i].version_no);
        row[Q_RECORDS].text = number_words(w, rows[i].rows_n);
        row[Q_APPROVED].text = format_time(w->arena, w->lang, rows[i].made_ms);
        row[Q_HASH] = (struct cell_view){.text = hash_words(w, rows[i].content_hash), .dir = S("ltr")};
    }
    return web_table(w, heads, Q_COLS, cells, all.n, MSG_REPORT_QUARTERS, MSG_REPORT_NOT_APPROVED,
                     &m->quarters);
}

enum { V_VERSION, V_VALUE, V_RECORDS, V_APPROVED, V_HASH, V_COLS };

/* *out_id: the snapshot whose version is asked for, else the one in force; 0: there is none. */
static err versions_view(struct web *w, const struct asked *a, int64_t *out_id, struct table_view *out)
{
    static const enum msg heads[V_COLS] = {MSG_REPORT_VERSION, MSG_REPORT_CELL_VALUE, MSG_REPORT_COL_RECORDS,
                                           MSG_REPORT_APPROVED_ON, MSG_REPORT_HASH};
    struct q_snapshot_versions *rows;
    size_t n;
    TRY(snapshot_versions(&w->ctx, a->homes.ids[0], a->of->code, a->q.period.from_day, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * V_COLS + 1);
    *out_id = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *row = &cells[i * V_COLS];
        const str version = arena_printf(w->arena, "%lld", (long long)rows[i].version_no);
        const bool meant = w->in[R_VERSION].given ? w->in[R_VERSION].n == rows[i].version_no : i == 0;
        *out_id = meant ? rows[i].id : *out_id;
        row[V_VERSION].text = number_words(w, rows[i].version_no);
        row[V_VERSION].to =
            url_with(w->arena, report_url(w, path_of(w, a->of), &a->q), S("version"), version);
        row[V_VERSION].note = rows[i].last_flag == 1 ? page_msg(&w->page, MSG_REPORT_IN_FORCE) : S("");
        row[V_VALUE].text = a->of->measure == MEASURE_MEDIAN
                                ? number_words(w, rows[i].num_n)
                                : figure_words(&w->ctx, a->of, rows[i].num_n, rows[i].den_n);
        row[V_RECORDS].text = number_words(w, rows[i].rows_n);
        row[V_RECORDS].note = rows[i].source_hash.n > 0 ? page_msg(&w->page, MSG_EXCHANGE_PAST) : S("");
        row[V_APPROVED].text = format_time(w->arena, w->lang, rows[i].made_ms);
        row[V_HASH] = (struct cell_view){.text = hash_words(w, rows[i].content_hash), .dir = S("ltr")};
    }
    return web_table(w, heads, V_COLS, cells, n, MSG_REPORT_VERSIONS, MSG_REPORT_NOT_APPROVED, out);
}

/* ---- records ---- */

/* A case whose number she may know. */
static err case_cell(struct web *w, const struct figure_row *r, struct cell_view *out, bool *out_some)
{
    struct q_case_get row;
    struct q_flow_get flow;
    case_ref ref;
    *out_some = false;
    if (q_case_get(w->ctx.db, w->arena, r->home, r->subject_id, &row).code != ERR_OK) {
        return OK; /* erased since */
    }
    TRY(q_flow_get(w->ctx.db, w->arena, &(struct q_flow_get_in){r->home, r->kind_no, r->subject_id}, &flow));
    TRY(scope_reaches(&w->ctx, &row, &flow, out_some));
    TRY(case_ref_of(w->arena, row.ref_code, &ref));
    *out = (struct cell_view){.text = case_ref_text(w->arena, ref), .dir = S("ltr")};
    out->to = url_local(w->arena, arena_printf(w->arena, "/cases/%.*s", STR_F(row.ref_code)));
    return OK;
}

static err event_cell(struct web *w, const struct figure_row *r, struct cell_view *out, bool *out_some)
{
    struct event_view v;
    const err e = event_find_id(&w->ctx, r->home, r->subject_id, &v);
    *out_some = e.code == ERR_OK;
    if (*out_some) {
        *out = (struct cell_view){.text = v.row.event_code, .dir = S("ltr")};
        out->to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s", STR_F(v.row.event_code)));
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err direction_cell(struct web *w, const struct figure_row *r, struct cell_view *out, bool *out_some)
{
    struct q_direction_get row;
    struct direction_view v;
    *out_some = false;
    if (q_direction_get(w->ctx.db, w->arena, r->home, r->subject_id, &row).code != ERR_OK) {
        return OK;
    }
    const err e = direction_find(&w->ctx, row.event_code, row.direction_no, &v);
    *out_some = e.code == ERR_OK;
    if (*out_some) {
        *out = (struct cell_view){.text = v.number, .dir = S("ltr")};
        out->to = url_local(w->arena, arena_printf(w->arena, "/directions/%.*s", STR_F(v.number)));
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* Figures of a desk have no record but their month. */
static err month_cell(struct web *w, const struct figure_row *r, struct cell_view *out, bool *out_some)
{
    *out = (struct cell_view){.text = format_month(w->arena, w->lang, r->version_no)};
    *out_some = true;
    return OK;
}

static err record_cell(struct web *w, const struct figure_row *r, struct cell_view *out, bool *out_some)
{
    const bool of_case = r->kind_no == complaint_kind.kind_no;
    return of_case                                ? case_cell(w, r, out, out_some)
           : r->kind_no == event_kind.kind_no     ? event_cell(w, r, out, out_some)
           : r->kind_no == direction_kind.kind_no ? direction_cell(w, r, out, out_some)
                                                  : month_cell(w, r, out, out_some);
}

static err records_view(struct web *w, const struct figure_row *rows, size_t n, struct figure_view *out)
{
    static const enum msg heads[] = {MSG_REPORT_RECORD};
    const size_t looked_at = n < RECORDS_LOOKED_AT ? n : RECORDS_LOOKED_AT;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, RECORDS_SHOWN);
    size_t shown = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < looked_at && shown < RECORDS_SHOWN; i++) {
        bool some;
        TRY(record_cell(w, &rows[i], &cells[shown], &some));
        shown += some ? 1 : 0;
    }
    if (shown < n) {
        out->records_more = page_msg_args(&w->page, MSG_REPORT_RECORDS_MORE, (int64_t)(n - shown), NULL, 0);
    }
    return web_table(w, heads, 1, cells, shown, MSG_REPORT_RECORDS, MSG_REPORT_NOTHING, &out->records);
}

/* ---- the page ---- */

static err asked_of(struct web *w, struct asked *out)
{
    const struct indicator *i = indicator_find(w->in[R_NAME].text);
    if (i == NULL) {
        return FAIL(NOT_FOUND);
    }
    *out = (struct asked){.of = i};
    report_query_of(w, &out->q);
    TRY(report_homes_in(&w->ctx, out->q.unit, out->q.period, &out->homes));
    const struct period p = out->q.period;
    const struct period quarter = period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day));
    out->one = out->homes.n == 1 && period_same(p, quarter);
    return OK;
}

static err approved_fill(struct web *w, const struct asked *a, struct figure *out_cells, bool *out_some,
                         struct figure_view *m)
{
    const struct figure_pick any = {.from_month = 0};
    struct snapshot_sum sum = {.found = 0};
    int64_t num, den;
    if (period_whole_months(a->q.period)) {
        TRY(snapshot_read(&w->ctx, a->of, a->homes.ids, a->homes.n, a->q.period, &sum));
    }
    *out_some = sum.found > 0;
    *out_cells = sum.figure;
    figure_sum(a->of, &sum.figure, &any, &num, &den);
    m->approved =
        *out_some ? figure_words(&w->ctx, a->of, num, den) : page_msg(&w->page, MSG_REPORT_NOT_APPROVED);
    m->code_hash = *out_some ? hash_words(w, (str){(const char *)sum.hash, DIGEST_LEN}) : S("");
    return OK;
}

static err now_fill(struct web *w, const struct asked *a, struct figure *out_now, struct figure_view *m)
{
    const struct figure_pick any = {.from_month = 0};
    int64_t num, den;
    bool some;
    *out_now = (struct figure){.cells_n = 0};
    TRY(figure_now(&w->ctx, a->of, &a->homes, a->q.period, out_now, &some));
    figure_sum(a->of, out_now, &any, &num, &den);
    m->now = some ? figure_words(&w->ctx, a->of, num, den) : page_msg(&w->page, MSG_REPORT_NOT_COUNTED);
    return OK;
}

static err records_fill(struct web *w, const struct asked *a, int64_t snapshot, const struct figure *now,
                        struct figure_view *m)
{
    struct figure_row *rows = now->rows;
    size_t n = now->rows_n;
    if (snapshot != 0) {
        TRY(snapshot_rows(&w->ctx, a->homes.ids[0], snapshot, &rows, &n));
    }
    m->records_asked = true;
    return records_view(w, rows, n, m);
}

err show_figure(struct web *w)
{
    struct asked a;
    struct figure approved, now;
    bool some;
    int64_t snapshot = 0;
    TRY(asked_of(w, &a));
    struct figure_view m = {.title = page_msg(&w->page, a.of->title), .how = page_msg(&w->page, a.of->how)};
    TRY(approved_fill(w, &a, &approved, &some, &m));
    TRY(now_fill(w, &a, &now, &m));
    m.cells_provisional = !some;
    TRY(cells_view(w, a.of, some ? &approved : &now, &m.cells));
    m.versions = a.one;
    TRY(a.one ? versions_view(w, &a, &snapshot, &m.quarters) : quarters_view(w, &a, &m));
    TRY(a.one ? records_fill(w, &a, snapshot, &now, &m) : OK);
    TRY(report_of_words(w, &a.q, false, &m.of));
    TRY(report_ask_of(w, &a.q, path_of(w, a.of), &m.ask));
    w->page.title = m.title;
    w->page.back = report_url(w, S("/reports/indicators"), &a.q);
    figure_page(&w->page, &m);
    return web_html(w, 200);
}
