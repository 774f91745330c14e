/* document_files_pages.c: a document as JSON, CSV, workbook and paper. */
#include <string.h>

#include "document_feature.h"
#include "iati.h"
#include "place.h"
#include "format.h"
#include "period_words.h"

enum { COLUMNS_MAX = 24, COLUMNS_WIDE = 12, LETTERS = 9, LETTERS_SMALL = 8, WORDS_MAX = 900, LINES = 5 };

/* ---- a part as a table ---- */

/* Marks that keep numbers in order are for readers; to programs they are part of the text. */
static str unmarked(struct arena *a, str text)
{
    enum { MARK = 3, FIRST = 0xA6, LAST = 0xA9 }; /* U+2066 to U+2069: E2 81 A6 to E2 81 A9 */
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    bool some = false;
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char *u = (const unsigned char *)text.p + i;
        const bool mark = i + MARK <= text.n && u[0] == 0xE2 && u[1] == 0x81 && u[2] >= FIRST && u[2] <= LAST;
        some = some || mark;
        i += mark ? MARK - 1 : 0;
        if (!mark) {
            buf_putc(&b, text.p[i]);
        }
    }
    return some && !b.full ? arena_str(a, buf_str(&b)) : text;
}

err document_table(const struct document_part *p, unsigned in, enum lang lang, struct arena *a,
                   struct table *out)
{
    struct column *columns = arena_array_of(a, struct column, p->columns_n + 1);
    size_t n = 0;
    for (size_t k = 0; k < p->columns_n && columns != NULL; k++) {
        if ((p->columns[k].in & in) != 0) {
            columns[n++] = (struct column){
                .key = p->columns[k].key, .label = p->columns[k].label, .type = p->columns[k].type};
        }
    }
    struct cell *cells = arena_array_of(a, struct cell, p->rows_n * n + 1);
    if (columns == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    size_t at = 0;
    for (size_t i = 0; i < p->rows_n; i++) {
        for (size_t k = 0; k < p->columns_n; k++) {
            if ((p->columns[k].in & in) != 0) {
                cells[at] = p->cells[i * p->columns_n + k];
                cells[at].text = in == IN_DATA ? unmarked(a, cells[at].text) : cells[at].text;
                at++;
            }
        }
    }
    *out = (struct table){.title = msg_text(lang, p->title),
                          .columns = columns,
                          .columns_n = n,
                          .cells = cells,
                          .rows_n = p->rows_n};
    return OK;
}

/* ---- for machines ---- */

const str document_standings[] = {[DOCUMENT_APPROVED] = S_INIT("approved"),
                                  [DOCUMENT_PARTLY] = S_INIT("partly"),
                                  [DOCUMENT_PROVISIONAL] = S_INIT("provisional")};

static void head_json(struct ctx *c, const struct document_made *m, struct json *j)
{
    json_member(j, S("document"), document_names[m->ask.kind]);
    json_member(j, S("title"), m->title);
    json_member(j, S("unit"), m->ask.unit.n > 0 ? m->ask.unit : STR_NONE);
    json_member(j, S("place"), m->place);
    json_member(j, S("period"), period_code(c->arena, m->ask.period));
    json_member(j, S("lang"), lang_table[c->lang].code);
    json_member(j, S("made"), format_iso(c->arena, c->now_ms));
    json_member(j, S("standing"), document_standings[m->standing]);
    json_member_flag(j, S("provisional"), m->standing == DOCUMENT_PROVISIONAL);
    json_member_i64(j, S("quarters_owed"), m->owed);
    json_member_i64(j, S("quarters_approved"), m->approved);
    json_member(j, S("note"), m->handed.n > 0 ? m->handed : STR_NONE);
    json_member(j, S("sha256"), m->hash.n > 0 ? m->hash : STR_NONE);
}

err document_json(struct ctx *c, const struct document_made *m, struct buf *out)
{
    struct json j = json_to(out);
    json_object_begin(&j);
    head_json(c, m, &j);
    document_story_json(m, &j);
    json_key(&j, S("parts"));
    json_object_begin(&j);
    for (size_t i = 0; i < m->parts_n; i++) {
        struct table t;
        const struct arena_mark mark = arena_mark(c->arena);
        if ((m->parts[i].in & IN_DATA) != 0) {
            TRY(document_table(&m->parts[i], IN_DATA, (enum lang)c->lang, c->arena, &t));
            json_key(&j, m->parts[i].key);
            table_json(&t, c->arena, &j);
        }
        if (arena_full(c->arena)) {
            return FAIL(LIMIT);
        }
        arena_reset(c->arena, mark);
    }
    json_end(&j);
    json_end(&j);
    return OK;
}

err document_csv(struct ctx *c, const struct document_made *m, struct buf *out)
{
    struct table t;
    TRY(document_table(document_part_of(m, S("figures")), IN_DATA, (enum lang)c->lang, c->arena, &t));
    table_csv(&t, (enum lang)c->lang, c->arena, out);
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

/* ---- words on every sheet ---- */

static str of_words(struct ctx *c, const struct document_made *m)
{
    return arena_printf(c->arena, "%.*s · %.*s", STR_F(m->place), STR_F(m->span));
}

/* At the foot: what it stands on, or that it stands on nothing. */
static str foot_words(struct ctx *c, const struct document_made *m)
{
    const struct msg_arg hash = {"hash", document_isolate(c, m->hash)};
    return m->hash.n == 0 ? m->standing_words : document_msg(c, MSG_DOCUMENT_FOOT, &hash, 1);
}

/* ---- as a workbook ---- */

/* Those above each sheet: the last only where something is handed down. */
static size_t lines_of(const struct document_made *m)
{
    return m->handed.n > 0 ? LINES : LINES - 1;
}

static err sheet_add(struct ctx *c, const struct document_made *m, struct book_draft *d, str key)
{
    const struct document_part *p = document_part_of(m, key);
    struct table t;
    if (p == NULL || p->rows_n == 0) {
        return OK;
    }
    TRY(document_table(p, IN_DATA, (enum lang)c->lang, c->arena, &t));
    const str lines[LINES] = {t.title, of_words(c, m), m->standing_words, m->title, m->handed};
    const struct book_place at = {
        .name = t.title, .above = lines, .above_n = lines_of(m), .sums_n = p->sums_n};
    book_tidy(d, &at, &t);
    return OK;
}

/* Places side by side: the totals of each indicator and period. */
static err matrix_add(struct ctx *c, const struct document_made *m, struct book_draft *d)
{
    enum { M_TITLE, M_PERIOD, M_PLACE, M_NUM, M_COLS };
    static const struct document_column columns[M_COLS] = {
        {S_INIT("title"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT, IN_DATA},
        {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_DATA},
        {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_DATA},
        {S_INIT("num"), MSG_DOCUMENT_NUM, COLUMN_NUMBER, IN_DATA}};
    static const str from[M_COLS] = {S_INIT("title"), S_INIT("period"), S_INIT("place"), S_INIT("num")};
    const struct document_part *tidy = document_part_of(m, S("figures"));
    struct document_part all = {
        .key = S("matrix"), .title = MSG_DOCUMENT_MATRIX, .columns = columns, .columns_n = M_COLS};
    size_t at[M_COLS] = {0};
    size_t role = 0;
    struct table t;
    for (size_t k = 0; k < tidy->columns_n; k++) {
        for (size_t i = 0; i < M_COLS; i++) {
            at[i] = str_eq(tidy->columns[k].key, from[i]) ? k : at[i];
        }
        role = str_eq(tidy->columns[k].key, S("role")) ? k : role;
    }
    for (size_t i = 0; i < tidy->rows_n; i++) {
        const struct cell *row = &tidy->cells[i * tidy->columns_n];
        struct cell *cell = row[role].empty ? document_row(&all, c->arena) : NULL;
        for (size_t k = 0; k < M_COLS && cell != NULL; k++) {
            cell[k] = row[at[k]];
        }
    }
    TRY(document_table(&all, IN_DATA, (enum lang)c->lang, c->arena, &t));
    const str lines[LINES] = {t.title, of_words(c, m), m->standing_words, m->title, m->handed};
    book_matrix(d, &(struct book_place){.name = t.title, .above = lines, .above_n = lines_of(m)}, &t, M_PLACE,
                M_NUM);
    return OK;
}

err document_as_book(struct ctx *c, const struct document_made *m, struct book_draft *d,
                     const struct book **out)
{
    static const str sheets[] = {S_INIT("attendance"), S_INIT("roles"),   S_INIT("years"),
                                 S_INIT("desks"),      S_INIT("funnel"),  S_INIT("indicators"),
                                 S_INIT("targets"),    S_INIT("changes"), S_INIT("files"),
                                 S_INIT("quarters"),   S_INIT("figures"), S_INIT("before_unit")};
    book_begin(d, c->arena, (enum lang)c->lang, m->title, foot_words(c, m));
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        TRY(sheet_add(c, m, d, sheets[i]));
    }
    TRY(matrix_add(c, m, d));
    return book_done(d, out);
}

/* ---- as a paper ---- */

/* The last row of a part in one line: "Received: 391 · Municipal: 250 …". */
static void key_figures(struct ctx *c, const struct document_made *m, str key, enum msg name,
                        struct paper_draft *d)
{
    const enum lang lang = (enum lang)c->lang;
    const struct document_part *p = document_part_of(m, key);
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    for (size_t k = 0; p != NULL && p->rows_n > 0 && k < p->columns_n; k++) {
        const struct cell *cell = &p->cells[(p->rows_n - 1) * p->columns_n + k];
        if (p->columns[k].type != COLUMN_NUMBER || cell->empty) {
            continue;
        }
        buf_put(&b, b.n == 0 ? S("") : S(" · "));
        buf_put(&b, msg_text(lang, p->columns[k].label));
        buf_put(&b, S(": "));
        buf_put(&b, document_isolate(c, format_number(c->arena, lang, cell->n)));
    }
    if (b.n > 0) {
        paper_fact(d, msg_text(lang, name), paper_in(lang, arena_str(c->arena, buf_str(&b))));
    }
}

static void cover_put(struct ctx *c, const struct document_made *m, struct paper_draft *d)
{
    const enum lang lang = (enum lang)c->lang;
    const str made = format_time(c->arena, lang, c->now_ms);
    paper_text(d, paper_strong(paper_in(lang, m->standing_words)));
    if (m->handed.n > 0) {
        paper_text(d, paper_in(lang, m->handed));
    }
    paper_fact(d, msg_text(lang, MSG_DOCUMENT_PLACE), paper_in(lang, m->place));
    paper_fact(d, msg_text(lang, MSG_REPORT_PERIOD), paper_in(lang, m->span));
    paper_fact(d, msg_text(lang, MSG_DOCUMENT_MADE_ON), paper_in(lang, made));
    if (m->hash.n > 0) {
        const str last = format_time(c->arena, lang, m->figures.last_ms);
        paper_fact(d, msg_text(lang, MSG_DOCUMENT_LAST_APPROVED), paper_in(lang, last));
        paper_fact(d, msg_text(lang, MSG_DOCUMENT_HASH), paper_in(LANG_EN, m->hash));
    }
    key_figures(c, m, S("attendance"), MSG_DOCUMENT_ATTENDANCE, d);
    key_figures(c, m, S("desks"), MSG_DOCUMENT_DESKS_KEY, d);
    paper_note(d, msg_text(lang, MSG_DOCUMENT_HOW));
}

/* ---- drawn beside their tables ---- */

static const struct {
    str key;
    enum paper_drawn form;
    const char *values[4]; /* keys of columns, NULL behind the last */
} charts[] = {
    {S_INIT("attendance"), PAPER_STACKED, {"councillors", "officials", "women_citizens", NULL}},
    {S_INIT("years"), PAPER_OVER_TIME, {"women_citizens", "total", NULL, NULL}},
    {S_INIT("desks"), PAPER_OVER_TIME, {"received", "municipal", "resolved_reported", NULL}},
    {S_INIT("funnel"), PAPER_SIDE_BY_SIDE, {"received", "municipal", "resolved_reported", NULL}},
};
enum { CHARTS = sizeof charts / sizeof charts[0], CHART_ROWS_MIN = 2, CHART_PERIODS_MIN = 3 };

static bool column_of(const struct table *t, str key, size_t *out)
{
    for (size_t k = 0; k < t->columns_n; k++) {
        if (str_eq(t->columns[k].key, key)) {
            *out = k;
            return true;
        }
    }
    return false;
}

/* A series of noughts alone is no bar and no line. */
static bool any_amount(const struct table *t, size_t column, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (t->cells[i * t->columns_n + column].n != 0) {
            return true;
        }
    }
    return false;
}

static err chart_put(const struct document_part *p, const struct table *t, struct paper_draft *d)
{
    size_t values[4];
    for (size_t i = 0; i < CHARTS; i++) {
        struct paper_chart_of of = {
            .form = charts[i].form, .title = t->title, .values = values, .rows = p->rows_n - p->sums_n};
        const size_t least = of.form == PAPER_OVER_TIME ? CHART_PERIODS_MIN : CHART_ROWS_MIN;
        if (!str_eq(charts[i].key, p->key) || of.rows < least) {
            continue;
        }
        for (size_t k = 0; charts[i].values[k] != NULL; k++) {
            size_t *const at = &values[of.values_n];
            of.values_n +=
                column_of(t, str_of(charts[i].values[k]), at) && any_amount(t, *at, of.rows) ? 1 : 0;
        }
        if (of.values_n == 0) {
            continue;
        }
        TRY(paper_chart_of_table(d, t, &of));
    }
    return OK;
}

/* Districts side by side as a map: women who came, and what was received. */
static const struct {
    str key, column;
} maps[] = {
    {S_INIT("districts"), S_INIT("women_citizens")},
    {S_INIT("attendance"), S_INIT("women_citizens")},
    {S_INIT("funnel"), S_INIT("received")},
};
enum { MAPS = sizeof maps / sizeof maps[0], MAP_DISTRICTS_MIN = 2 };

/* By its key, whether people see the column or not. */
static size_t column_at(const struct document_part *p, str key)
{
    size_t at = 0;
    while (at < p->columns_n && !str_eq(p->columns[at].key, key)) {
        at++;
    }
    return at;
}

static err map_put(struct ctx *c, const struct document_part *p, str column, struct paper_draft *d)
{
    const size_t n = p->rows_n - p->sums_n;
    const size_t amount = column_at(p, column);
    const size_t code = column_at(p, S("code"));
    struct paper_district *list = arena_array_of(c->arena, struct paper_district, n + 1);
    if (list == NULL) {
        return FAIL(LIMIT);
    }
    if (n < MAP_DISTRICTS_MIN || amount == p->columns_n || code == p->columns_n) {
        return OK;
    }
    for (size_t i = 0; i < n; i++) {
        const struct cell *row = &p->cells[i * p->columns_n];
        list[i] = (struct paper_district){.code = row[code].text,
                                          .name = row[0].text,
                                          .amount = row[amount].n,
                                          .nothing = row[amount].empty};
    }
    const str title = msg_text((enum lang)c->lang, p->columns[amount].label);
    paper_districts(d, &(struct paper_districts){.title = title, .list = list, .n = n});
    return OK;
}

static err maps_put(struct ctx *c, const struct document_part *p, struct paper_draft *d)
{
    for (size_t i = 0; i < MAPS; i++) {
        if (str_eq(maps[i].key, p->key)) {
            TRY(map_put(c, p, maps[i].column, d));
        }
    }
    return OK;
}

static err part_put(struct ctx *c, const struct document_part *p, struct paper_draft *d)
{
    struct table t;
    TRY(document_table(p, IN_PEOPLE, (enum lang)c->lang, c->arena, &t));
    paper_heading(d, t.title);
    if (p->rows_n > 0) {
        TRY(paper_of_table(d, &t, p->sums_n));
        TRY(chart_put(p, &t, d));
        TRY(maps_put(c, p, d));
    } else if (p->notes_n == 0) {
        paper_text(d, paper_in(d->lang, msg_text(d->lang, MSG_REPORT_NOTHING)));
    }
    for (size_t i = 0; i < p->notes_n; i++) {
        paper_note(d, p->notes[i]);
    }
    return OK;
}

static void signs_put(struct ctx *c, struct paper_draft *d)
{
    const enum lang lang = (enum lang)c->lang;
    const str below[] = {msg_text(lang, MSG_DOCUMENT_SIGN_MADE), msg_text(lang, MSG_DOCUMENT_SIGN_VERIFIED),
                         msg_text(lang, MSG_DOCUMENT_SIGN_APPROVED)};
    paper_heading(d, msg_text(lang, MSG_DOCUMENT_SIGNATURES));
    paper_sign(d, below, sizeof below / sizeof below[0]);
}

err document_as_paper(struct ctx *c, const struct document_made *m, struct paper_draft *d,
                      const struct paper **out)
{
    paper_begin(d, c->arena, (enum lang)c->lang, PAPER_A4_WIDE, LETTERS, m->title);
    d->paper.above = paper_in(d->lang, of_words(c, m));
    d->paper.foot = paper_in(d->lang, foot_words(c, m));
    cover_put(c, m, d);
    paper_break(d);
    for (size_t i = 0; i < m->parts_n; i++) {
        if (str_eq(m->parts[i].key,
                   S("quality"))) { /* what people say of it, before what shows how far it holds */
            document_story_put(c, m, d);
        }
        struct document_part part = m->parts[i];
        if (str_eq(part.key, S("services"))) {
            TRY(document_services_short(c, &m->parts[i], &part));
        }
        if ((part.in & IN_PEOPLE) != 0) {
            TRY(part_put(c, &part, d));
        }
    }
    signs_put(c, d);
    return paper_done(d, out);
}

/* ---- in any form ---- */

static err by_worker(struct ctx *c, const struct document_made *m, enum document_form form, struct buf *out)
{
    struct book_draft book_draft;
    struct paper_draft paper_draft;
    const struct book *book;
    const struct paper *paper;
    struct work_done done = {0};
    err e;
    if (form == FILE_AS_XLSX) {
        TRY(document_as_book(c, m, &book_draft, &book));
        e = book_xlsx(book, &done);
    } else {
        TRY(document_as_paper(c, m, &paper_draft, &paper));
        e = form == FILE_AS_PDF ? paper_pdf(paper, &done) : paper_docx(paper, &done);
    }
    if (e.code == ERR_OK) {
        buf_put(out, buf_str(&done.made[0]));
    }
    work_free(&done);
    return e;
}

static err as_iati(struct ctx *c, const struct document_made *m, struct buf *out)
{
    struct exchange_ask ask = {.period = m->ask.period};
    struct q_place_by_code unit;
    if (m->ask.unit.n > 0) {
        const err e = place_find(c, m->ask.unit, &unit);
        if (e.code != ERR_NOT_FOUND) {
            TRY(e);
            ask.unit = unit.id;
        } else { /* a named group */
            ask.among = m->figures.asked.ids;
            ask.among_n = m->figures.asked.n;
        }
    }
    return iati_write(c, &ask, out);
}

err document_bytes(struct ctx *c, const struct document_made *m, enum document_form form, struct buf *out)
{
    if (form == FILE_AS_JSON) {
        TRY(document_json(c, m, out));
        buf_putc(out, '\n');
    } else if (form == FILE_AS_CSV) {
        TRY(document_csv(c, m, out));
    } else if (form == FILE_AS_IATI) {
        TRY(as_iati(c, m, out));
    } else {
        TRY(by_worker(c, m, form, out));
    }
    return out->full ? FAIL(LIMIT) : OK;
}
