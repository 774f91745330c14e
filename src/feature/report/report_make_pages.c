/* report_make_pages.c: one list of all reports, and rows of a listing as a table for every way out. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "format.h"
#include "report_feature.h"

enum { WAYS_MAX = 40, WORD_MAX = 120, ADDRESS_MAX = 400, PERCENT = 100 };

static struct report_way ways[WAYS_MAX] = {
    {S_INIT("attendance"), P_FIGURES_READ, MSG_REPORT_ATTENDANCE, MSG_REPORT_ATTENDANCE_HOW, NULL,
     attendance_make},
    {S_INIT("indicators"), P_FIGURES_READ, MSG_REPORT_INDICATORS, MSG_REPORT_INDICATORS_HOW, NULL,
     indicators_make},
};
enum { WAYS_IN_C = 2 };
static size_t ways_n = WAYS_IN_C;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static enum permission permission_named(str name)
{
    enum permission p = P_UNSAID;
    do {
        p++;
        CHECK(p < P_N);
    } while (!str_eq(str_of(permission_name(p)), name));
    return p;
}

static void ways_make(void)
{
    size_t n;
    const struct report *all = report_all(&n);
    CHECK(WAYS_IN_C + n <= WAYS_MAX);
    for (size_t i = 0; i < n; i++) {
        ways[ways_n++] = (struct report_way){.name = all[i].name,
                                             .permission = permission_named(all[i].permission),
                                             .title = all[i].title,
                                             .how = all[i].how,
                                             .of = &all[i]};
    }
}

const struct report_way *report_ways(size_t *out_n)
{
    (void)pthread_once(&once, ways_make);
    *out_n = ways_n;
    return ways;
}

const struct report_way *report_way_find(str name)
{
    size_t n;
    const struct report_way *all = report_ways(&n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].name, name)) {
            return &all[i];
        }
    }
    return NULL;
}

/* ---- cells ---- */

static const enum column_type types[] = {[REPORT_TEXT] = COLUMN_TEXT,
                                         [REPORT_WORD] = COLUMN_TEXT,
                                         [REPORT_NUMBER] = COLUMN_NUMBER,
                                         [REPORT_DAY] = COLUMN_DAY,
                                         [REPORT_PERCENT] = COLUMN_PERCENT};

/* A code that has no words stays a code. */
static str words_of(struct ctx *c, str prefix, str code)
{
    char key[WORD_MAX];
    enum msg m;
    const int n = snprintf(key, sizeof key, "%.*s%.*s", STR_F(prefix), STR_F(code));
    const bool some = n > 0 && (size_t)n < sizeof key && msg_of_key((str){key, (size_t)n}, &m);
    return some ? msg_text((enum lang)c->lang, m) : code;
}

static struct cell percent_of(int64_t part, int64_t whole)
{
    if (whole < FIGURE_FEW) {
        return (struct cell){.empty = true};
    }
    return (struct cell){.n = (part * PERCENT + whole / 2) / whole};
}

static void filled_put(struct buf *b, const struct report *r, const struct report_cell *row, struct period p,
                       str name)
{
    size_t at;
    int64_t n;
    if (listing_column(r->of, name, &at)) {
        if (row[at].text.p != NULL) {
            buf_put(b, row[at].text);
        } else {
            buf_i64(b, row[at].n);
        }
    } else if (indicator_given(name, p, &n)) {
        buf_i64(b, n);
    }
}

/* "/cases?service={service_code}" with what the row has. */
static struct url link_of(struct ctx *c, const struct report *r, const struct report_cell *row,
                          struct period p, str pattern)
{
    SCOPED(buf_free) struct buf b = buf_new(ADDRESS_MAX);
    str rest = pattern;
    while (rest.p != NULL) {
        buf_put(&b, str_cut(&rest, '{'));
        if (rest.p != NULL) {
            filled_put(&b, r, row, p, str_cut(&rest, '}'));
        }
    }
    return b.full ? (struct url){STR_NONE} : url_local(c->arena, buf_str(&b));
}

static struct cell cell_of(struct ctx *c, const struct report_column *k, const struct report_cell *row)
{
    if (k->format == REPORT_PERCENT) {
        return percent_of(row[k->part].n, row[k->whole].n);
    }
    const struct report_cell *is = &row[k->at];
    if (is->nothing) {
        return (struct cell){.empty = true};
    }
    return (struct cell){.n = is->n,
                         .text = k->format == REPORT_WORD ? words_of(c, k->prefix, is->text) : is->text};
}

static void row_put(struct ctx *c, const struct report *r, const struct report_cell *row,
                    const struct report_query *q, bool page, struct cell *out)
{
    for (size_t k = 0; k < r->columns_n; k++) {
        const struct report_column *column = &r->columns[k];
        out[k] = cell_of(c, column, row);
        const bool leads = page && column->link.n > 0 && (column->format != REPORT_NUMBER || out[k].n > 0);
        if (leads) {
            out[k].to = link_of(c, r, row, q->period, column->link);
        }
    }
}

static int64_t summed(const struct report_rows *rows, size_t at)
{
    int64_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        n += rows->cells[i * rows->width + at].n;
    }
    return n;
}

/* The last row: sums of what can be added, shares of the sums. */
static bool total_put(struct ctx *c, const struct report *r, const struct report_rows *rows, struct cell *out)
{
    bool some = false;
    for (size_t k = 0; k < r->columns_n; k++) {
        const struct report_column *column = &r->columns[k];
        out[k] = (struct cell){.empty = true};
        if (column->sum) {
            out[k] = (struct cell){.n = summed(rows, column->at)};
            some = true;
        } else if (column->format == REPORT_PERCENT) {
            out[k] = percent_of(summed(rows, column->part), summed(rows, column->whole));
        }
    }
    out[0] = (struct cell){.text = msg_text((enum lang)c->lang, MSG_REPORT_ALL)};
    return some && rows->n > 1;
}

/* Of approved figures and nothing else. */
static bool of_approved(const struct report *r)
{
    return str_eq(listing_says(r->of, S("standing")), S("approved"));
}

static bool says_standing(const struct report *r)
{
    if (of_approved(r)) {
        return true;
    }
    for (size_t k = 0; k < r->columns_n; k++) {
        if (str_eq(r->columns[k].key, S("standing_code"))) {
            return true;
        }
    }
    return false;
}

/* In a file each row says that nobody approved it, when the report does not say it itself. */
static void columns_fill(const struct report *r, bool said, struct column *out)
{
    for (size_t k = 0; k < r->columns_n; k++) {
        out[k] = (struct column){
            .key = r->columns[k].key, .label = r->columns[k].label, .type = types[r->columns[k].format]};
    }
    if (!said) {
        out[r->columns_n] = (struct column){S("standing"), MSG_REPORT_STANDING, COLUMN_TEXT};
    }
}

static void chart_fill(const struct report *r, struct report_made *io)
{
    static const enum paper_drawn forms[] = {[REPORT_BARS] = PAPER_SIDE_BY_SIDE,
                                             [REPORT_STACKED] = PAPER_STACKED,
                                             [REPORT_LINES] = PAPER_OVER_TIME,
                                             [REPORT_FUNNEL] = PAPER_LESS_AND_LESS};
    io->charted = r->chart != REPORT_NO_CHART;
    if (io->charted) {
        io->chart = forms[r->chart];
        io->series_n = r->charted_n;
        memcpy(io->series, r->charted, sizeof io->series);
    }
}

/* Of one district there is nothing to compare. */
static err codes_fill(struct ctx *c, const struct report *r, const struct report_rows *rows,
                      struct report_made *io)
{
    str *codes = arena_array_of(c->arena, str, rows->n + 1);
    if (!r->mapped || rows->n < 2 || codes == NULL) {
        return codes == NULL ? FAIL(LIMIT) : OK;
    }
    for (size_t i = 0; i < rows->n; i++) {
        codes[i] = rows->cells[i * rows->width + r->map_code].text;
    }
    io->codes = codes;
    io->map_column = r->map_column;
    return OK;
}

static err listing_make(struct ctx *c, const struct report *r, const struct report_query *q, bool page,
                        struct report_made *out)
{
    struct report_rows rows;
    TRY(report_run(c, r, q, &rows));
    const bool said = page || says_standing(r);
    const size_t width = r->columns_n + (said ? 0 : 1);
    struct column *columns = arena_array_of(c->arena, struct column, width);
    struct cell *cells = arena_array_of(c->arena, struct cell, (rows.n + 1) * width);
    if (columns == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    columns_fill(r, said, columns);
    for (size_t i = 0; i < rows.n; i++) {
        row_put(c, r, &rows.cells[i * rows.width], q, page, &cells[i * width]);
    }
    const size_t n = rows.n + (total_put(c, r, &rows, &cells[rows.n * width]) ? 1 : 0);
    for (size_t i = 0; i < n && !said; i++) {
        cells[i * width + r->columns_n] =
            (struct cell){.text = msg_text((enum lang)c->lang, MSG_REPORT_STANDING_PROVISIONAL)};
    }
    *out =
        (struct report_made){.table = {.columns = columns, .columns_n = width, .cells = cells, .rows_n = n},
                             .sums_n = n - rows.n,
                             .approved = of_approved(r)};
    chart_fill(r, out);
    TRY(codes_fill(c, r, &rows, out));
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

err report_make(struct ctx *c, const struct report_way *r, const struct report_query *q, bool page,
                struct report_made *out)
{
    struct report_made made = {.bare = false};
    TRY(r->make != NULL ? r->make(c, q, page, &made) : listing_make(c, r->of, q, page, &made));
    made.table.title = msg_text((enum lang)c->lang, r->title);
    *out = made;
    return OK;
}

/* ---- files ---- */

void report_csv(struct ctx *c, const struct report_made *of, struct buf *out)
{
    table_csv(&of->table, (enum lang)c->lang, c->arena, out);
}

void report_json(struct ctx *c, const struct report_way *r, const struct report_query *q,
                 const struct report_made *of, struct buf *out)
{
    struct json j = json_to(out);
    if (of->bare) {
        table_json(&of->table, c->arena, &j);
        return;
    }
    json_object_begin(&j);
    json_member(&j, S("report"), r->name);
    json_member(&j, S("period"), period_code(c->arena, q->period));
    json_member(&j, S("unit"), q->unit.n > 0 ? q->unit : STR_NONE);
    json_member_flag(&j, S("provisional"), !of->approved);
    json_member(&j, S("made"), format_iso(c->arena, c->now_ms));
    json_key(&j, S("rows"));
    table_json(&of->table, c->arena, &j);
    json_end(&j);
}
