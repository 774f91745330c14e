/* document_annex_pages.c: what tells how far the figures can be trusted: how complete and timely sheets were,
 * what they went on with, what changed since, what shows that events were held, and which approved quarters
 * all of it stands on. */
#include "clock.h"
#include "document_feature.h"
#include "document.sql.h"
#include "event.h"
#include "format.h"
#include "period_words.h"
#include "place.h"
#include "sheet.h"

enum { YEAR_MONTHS = 100, QUARTERS_MAX = 160 };
enum {
    CHANGES_MAX = 400,
    WARNINGS_MAX = 300,
    EVENTS_MAX = 1000
}; /* of so many districts as one list holds */

static size_t few_of(size_t at, size_t n)
{
    return n - at < ID_LIST_MAX ? n - at : ID_LIST_MAX;
}

static const struct document_place *district(const struct document_made *m, int64_t home)
{
    const struct document_figures *f = &m->figures;
    for (size_t i = 0; i < f->places_n; i++) {
        if (!f->places[i].province && f->places[i].id == home) {
            return &f->places[i];
        }
    }
    return NULL;
}

static str district_name(const struct document_made *m, int64_t home)
{
    const struct document_place *at = district(m, home);
    return at != NULL ? at->name : S("");
}

static str district_code(const struct document_made *m, int64_t home)
{
    const struct document_place *at = district(m, home);
    return at != NULL ? at->code : S("");
}

/* Who owes quarters: districts with figures, then those asked for that have a record and none. */
struct owing {
    int64_t *homes;
    size_t homes_n;
    int64_t from_month; /* of the first of all their records; 0: there is none */
};

static err owing_add(struct ctx *c, struct owing *io, int64_t home)
{
    struct q_document_first first;
    TRY(q_document_first(c->db, c->arena, home, &first));
    const int64_t day = first.first_day / YEAR_MONTHS;
    const int64_t month =
        first.first_month == 0 || (day != 0 && day < first.first_month) ? day : first.first_month;
    io->from_month = io->from_month == 0 || (month != 0 && month < io->from_month) ? month : io->from_month;
    io->homes[io->homes_n++] = home;
    return OK;
}

static err owing_of(struct ctx *c, const struct document_made *m, struct owing *out)
{
    const struct document_figures *f = &m->figures;
    const struct id_set asked = f->asked;
    *out = (struct owing){.homes = arena_array_of(c->arena, int64_t, f->homes_n + asked.n + 1),
                          .from_month = f->from_month};
    if (out->homes == NULL) {
        return FAIL(LIMIT);
    }
    for (; out->homes_n < f->homes_n; out->homes_n++) {
        out->homes[out->homes_n] = f->homes[out->homes_n];
    }
    for (size_t at = 0; at < asked.n && f->approved; at += ID_LIST_MAX) {
        struct q_document_homes_approved *rows;
        size_t n;
        TRY(q_document_homes_now(c->db, c->arena, asked.ids + at, few_of(at, asked.n), &rows, &n));
        for (size_t i = 0; i < n; i++) {
            if (district(m, rows[i].home) == NULL) {
                TRY(owing_add(c, out, rows[i].home));
            }
        }
    }
    return OK;
}

/* Of the period what has records and is over. */
static struct period looked_at(struct ctx *c, const struct document_made *m, int64_t from_month)
{
    struct period p = m->ask.period;
    const int64_t first = from_month * YEAR_MONTHS + 1;
    const int64_t today = local_day(c->now_ms);
    p.from_day = p.from_day < first ? first : p.from_day;
    p.to_day = p.to_day > today ? today : p.to_day;
    return p;
}

static size_t quarters_in(struct ctx *c, const struct document_made *m, int64_t from_month,
                          struct period out[QUARTERS_MAX])
{
    const struct period p = looked_at(c, m, from_month);
    size_t n = 0;
    if (from_month == 0) {
        return 0;
    }
    struct period q = period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day));
    while (q.from_day <= p.to_day && n < QUARTERS_MAX) {
        out[n++] = q;
        const int64_t next = day_add(q.to_day, 1);
        q = period_quarter(period_year_of(next), period_quarter_of(next));
    }
    return n;
}

/* ---- complete, and on time ---- */

enum { Q_PLACE, Q_CODE, Q_OWED, Q_APPROVED, Q_EVENTS, Q_SUBMITTED, Q_TIMELY, Q_EVENTS_APPROVED, Q_COLS };
static const struct document_column quality_columns[Q_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("quarters_owed"), MSG_DOCUMENT_QUARTERS_OWED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("quarters_approved"), MSG_DOCUMENT_QUARTERS_APPROVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("sheets_expected"), MSG_DOCUMENT_SHEETS_EXPECTED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("sheets_submitted"), MSG_DOCUMENT_SHEETS_SUBMITTED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("sheets_timely"), MSG_DOCUMENT_SHEETS_TIMELY, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("sheets_approved"), MSG_DOCUMENT_SHEETS_APPROVED, COLUMN_NUMBER, IN_BOTH},
};

/* A quarter is owed where an event was held, a case was taken down, or its sheet was begun. */
static err is_owed(struct ctx *c, const struct sheet_district *d, struct period quarter, bool *out)
{
    struct q_document_cases cases;
    *out = d->begun || d->events > 0;
    if (!*out) {
        TRY(q_document_cases(c->db, c->arena,
                             &(struct q_document_cases_in){d->home, quarter.from_day / YEAR_MONTHS,
                                                           quarter.to_day / YEAR_MONTHS},
                             &cases));
        *out = cases.cases_n > 0;
    }
    return OK;
}

static err quarter_add(struct ctx *c, const struct owing *f, struct document_part *io, struct period quarter)
{
    struct sheet_district *rows;
    size_t n;
    TRY(sheet_districts(c, f->homes, f->homes_n, quarter, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool owed;
        size_t at = 0;
        while (at < f->homes_n && f->homes[at] != rows[i].home) {
            at++;
        }
        struct cell *row = &io->cells[at * Q_COLS];
        TRY(is_owed(c, &rows[i], quarter, &owed));
        owed = owed && quarter.to_day < local_day(c->now_ms); /* what still runs is not due */
        const bool approved = rows[i].begun && rows[i].quarter.flow_state >= SHEET_APPROVED;
        row[Q_OWED].n += owed ? 1 : 0;
        row[Q_APPROVED].n += approved ? 1 : 0;
        row[Q_EVENTS].n += rows[i].events;
        row[Q_SUBMITTED].n += rows[i].submitted;
        row[Q_TIMELY].n += rows[i].timely;
        row[Q_EVENTS_APPROVED].n += rows[i].approved;
    }
    return OK;
}

static err quality_sum(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct cell *all = document_row(io, c->arena);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    all[Q_PLACE] = document_words(msg_text((enum lang)c->lang, MSG_REPORT_ALL));
    for (size_t k = Q_OWED; k < Q_COLS; k++) {
        all[k] = document_number(0);
        for (size_t i = 0; i + 1 < io->rows_n; i++) {
            all[k].n += io->cells[i * Q_COLS + k].n;
        }
    }
    m->owed = all[Q_OWED].n;
    m->approved = all[Q_APPROVED].n;
    io->sums_n = 1;
    if (io->rows_n == 2) { /* one district is its own sum */
        io->rows_n = 1;
        io->sums_n = 0;
    }
    return OK;
}

static err quality_row(struct ctx *c, const struct q_place_names *names, size_t n, int64_t home,
                       struct document_part *io)
{
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < n; k++) {
        if (names[k].id == home) {
            row[Q_PLACE] = document_words(names[k].name_text);
            row[Q_CODE] = document_words(names[k].unit_code);
        }
    }
    for (size_t k = Q_OWED; k < Q_COLS; k++) {
        row[k] = document_number(0);
    }
    return OK;
}

/* Districts without figures stand there only for what they owe. */
static void quality_trim(struct document_part *io, size_t figured)
{
    size_t kept = figured;
    for (size_t h = figured; h < io->rows_n; h++) {
        const struct cell *row = &io->cells[h * Q_COLS];
        for (size_t k = 0; row[Q_OWED].n > 0 && k < Q_COLS; k++) {
            io->cells[kept * Q_COLS + k] = row[k];
        }
        kept += row[Q_OWED].n > 0 ? 1 : 0;
    }
    io->rows_n = kept;
}

err document_quality(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct period quarters[QUARTERS_MAX];
    struct owing of;
    struct q_place_names *names;
    size_t names_n;
    TRY(owing_of(c, m, &of));
    TRY(place_names(c, of.homes, of.homes_n, &names, &names_n));
    const size_t n = quarters_in(c, m, of.from_month, quarters);
    io->columns = quality_columns;
    io->columns_n = Q_COLS;
    for (size_t h = 0; h < of.homes_n; h++) {
        TRY(quality_row(c, names, names_n, of.homes[h], io));
    }
    for (size_t i = 0; i < n; i++) {
        const struct arena_mark mark = arena_mark(c->arena);
        TRY(quarter_add(c, &of, io, quarters[i]));
        arena_reset(c->arena, mark);
    }
    quality_trim(io, m->figures.homes_n);
    document_note(c, io, MSG_DOCUMENT_QUALITY_HOW, 0);
    const struct figure_pick within = document_within(m->ask.period);
    const int64_t brought = document_brought(&m->figures, NULL, NULL, &within);
    if (brought > 0) {
        document_note(c, io, MSG_DOCUMENT_BROUGHT, brought);
    }
    return of.homes_n == 0 ? OK : quality_sum(c, m, io);
}

/* ---- warnings that were answered ---- */

enum { W_PLACE, W_CODE, W_SHEET, W_RULE, W_WHY, W_COLS };
static const struct document_column warning_columns[W_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("sheet"), MSG_DOCUMENT_SHEET, COLUMN_TEXT, IN_BOTH},
    {S_INIT("rule"), MSG_DOCUMENT_RULE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("answer"), MSG_DOCUMENT_ANSWER, COLUMN_TEXT, IN_BOTH},
};

/* An event by its number, a quarter by its code. */
static str sheet_words(struct ctx *c, str event, struct period p)
{
    return document_isolate(c, event.p != NULL && event.n > 0 ? event : period_code(c->arena, p));
}

err document_warnings(struct ctx *c, struct document_made *m, struct document_part *io)
{
    const struct document_figures *f = &m->figures;
    bool cut = false;
    io->columns = warning_columns;
    io->columns_n = W_COLS;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_warnings *rows;
        size_t n;
        const struct q_document_warnings_in in = {.homes = f->homes + at,
                                                  .homes_n = few_of(at, f->homes_n),
                                                  .from_day = m->ask.period.from_day,
                                                  .to_day = m->ask.period.to_day,
                                                  .limit = WARNINGS_MAX};
        TRY(q_document_warnings(c->db, c->arena, &in, &rows, &n));
        cut = cut || n == WARNINGS_MAX;
        for (size_t i = 0; i < n; i++) {
            struct cell *row = document_row(io, c->arena);
            if (row == NULL) {
                return FAIL(LIMIT);
            }
            const struct period p = {rows[i].from_day, rows[i].to_day};
            row[W_PLACE] = document_words(district_name(m, rows[i].home));
            row[W_CODE] = document_words(district_code(m, rows[i].home));
            row[W_SHEET] = document_words(sheet_words(c, rows[i].event_code, p));
            row[W_RULE] = document_words(document_word(c, S("sheet.rule_"), rows[i].rule_code));
            row[W_WHY] = document_words(rows[i].why_text);
        }
    }
    if (cut) {
        document_note(c, io, MSG_DOCUMENT_WARNINGS_CUT, WARNINGS_MAX);
    }
    return OK;
}

/* ---- what changed ---- */

enum { C_PLACE, C_CODE, C_WHAT, C_INDICATOR, C_PERIOD, C_BEFORE, C_NOW, C_WHEN, C_WHY, C_COLS };
static const struct document_column change_columns[C_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("what"), MSG_DOCUMENT_WHAT, COLUMN_TEXT, IN_BOTH},
    {S_INIT("indicator"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_BOTH},
    {S_INIT("before"), MSG_DOCUMENT_WAS, COLUMN_TEXT, IN_BOTH},
    {S_INIT("now"), MSG_DOCUMENT_BECAME, COLUMN_TEXT, IN_BOTH},
    {S_INIT("approved_on"), MSG_DOCUMENT_WHEN, COLUMN_TIME, IN_BOTH},
    {S_INIT("why"), MSG_DOCUMENT_WHY, COLUMN_TEXT, IN_BOTH},
};

err document_change_put(struct ctx *c, struct document_part *io, const struct document_change *change)
{
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    row[C_PLACE] = document_words(change->place);
    row[C_CODE] = document_words(change->unit);
    row[C_WHAT] = document_words(change->what);
    row[C_WHAT].to = change->to;
    row[C_INDICATOR] = (struct cell){.text = change->indicator, .empty = change->indicator.n == 0};
    row[C_PERIOD] = document_words(change->period);
    row[C_BEFORE] = (struct cell){.text = change->before, .empty = change->before.n == 0};
    row[C_NOW] = (struct cell){.text = change->now, .empty = change->now.n == 0};
    row[C_WHEN] = document_number(change->when_ms);
    row[C_WHY] = (struct cell){.text = change->why, .empty = change->why.n == 0};
    return OK;
}

static err figure_change(struct ctx *c, struct document_made *m, struct document_part *io,
                         const struct q_document_changes *r)
{
    const struct indicator *of = document_indicator(&m->figures, r->indicator_code);
    const struct period p = {r->from_day, r->to_day};
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    const bool sums = of != NULL && of->measure != MEASURE_MEDIAN;
    row[C_PLACE] = document_words(district_name(m, r->home));
    row[C_CODE] = document_words(district_code(m, r->home));
    row[C_WHAT] = document_words(of != NULL ? msg_text((enum lang)c->lang, of->title) : r->indicator_code);
    row[C_WHAT].to = document_url(c, r->indicator_code, p, district_code(m, r->home));
    row[C_INDICATOR] = document_words(r->indicator_code);
    row[C_PERIOD] = document_words(document_isolate(c, period_code(c->arena, p)));
    if (sums) {
        row[C_BEFORE] = document_words(figure_words(c, of, r->old_num_n, r->old_den_n));
        row[C_NOW] = document_words(figure_words(c, of, r->num_n, r->den_n));
    }
    row[C_WHEN] = document_number(r->made_ms);
    row[C_WHY] = document_words(r->unlock_text);
    return OK;
}

static err sheet_change(struct ctx *c, struct document_made *m, struct document_part *io,
                        const struct q_document_unlocked *r)
{
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    row[C_PLACE] = document_words(district_name(m, r->home));
    row[C_CODE] = document_words(district_code(m, r->home));
    row[C_WHAT] = document_words(msg_text((enum lang)c->lang, MSG_DOCUMENT_UNLOCKED));
    row[C_PERIOD] = document_words(sheet_words(c, r->event_code, (struct period){r->from_day, r->to_day}));
    row[C_WHEN] = document_number(r->unlocked_ms.v);
    row[C_WHY] = document_words(r->unlock_text);
    return OK;
}

err document_changes(struct ctx *c, struct document_made *m, struct document_part *io)
{
    const struct document_figures *f = &m->figures;
    bool cut = false;
    io->columns = change_columns;
    io->columns_n = C_COLS;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_changes *figures;
        struct q_document_unlocked *sheets;
        size_t figures_n;
        size_t sheets_n;
        const struct q_document_changes_in in = {.homes = f->homes + at,
                                                 .homes_n = few_of(at, f->homes_n),
                                                 .since_ms = m->ask.since_ms,
                                                 .from_day = m->ask.period.from_day,
                                                 .to_day = m->ask.period.to_day,
                                                 .limit = CHANGES_MAX};
        const struct q_document_unlocked_in also = {.homes = in.homes,
                                                    .homes_n = in.homes_n,
                                                    .since_ms = in.since_ms,
                                                    .from_day = in.from_day,
                                                    .to_day = in.to_day,
                                                    .limit = CHANGES_MAX};
        TRY(q_document_unlocked(c->db, c->arena, &also, &sheets, &sheets_n));
        TRY(q_document_changes(c->db, c->arena, &in, &figures, &figures_n));
        cut = cut || sheets_n == CHANGES_MAX || figures_n == CHANGES_MAX;
        for (size_t i = sheets_n; i-- > 0;) { /* read newest first, told as it went */
            TRY(sheet_change(c, m, io, &sheets[i]));
        }
        for (size_t i = figures_n; i-- > 0;) {
            TRY(figure_change(c, m, io, &figures[i]));
        }
    }
    TRY(document_plan_changes(c, m, io));
    if (cut) {
        document_note(c, io, MSG_DOCUMENT_CHANGES_CUT, CHANGES_MAX);
    }
    if (io->rows_n == 0) {
        document_note(c, io, MSG_DOCUMENT_NO_CHANGES, 0);
    }
    return OK;
}

/* ---- what shows that events were held ---- */

enum { E_PLACE, E_CODE, E_EVENT, E_DAY, E_KIND, E_SIGNED, E_PHOTOS, E_CLOSED, E_PAPERS, E_COLS };
static const struct document_column evidence_columns[E_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("event"), MSG_REPORT_COL_EVENT_CODE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("day"), MSG_REPORT_COL_EVENT_DAY, COLUMN_DAY, IN_BOTH},
    {S_INIT("kind"), MSG_REPORT_COL_KIND_CODE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("signed"), MSG_DOCUMENT_SIGNED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("photos"), MSG_DOCUMENT_PHOTOS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("photos_closed"), MSG_DOCUMENT_PHOTOS_CLOSED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("papers"), MSG_DOCUMENT_PAPERS, COLUMN_NUMBER, IN_BOTH},
};

static err evidence_row(struct ctx *c, struct document_made *m, struct document_part *io,
                        const struct q_document_evidence *r)
{
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    const str path = arena_printf(c->arena, "/events/%.*s", STR_F(r->event_code));
    row[E_PLACE] = document_words(district_name(m, r->home));
    row[E_CODE] = document_words(district_code(m, r->home));
    row[E_EVENT] = document_words(r->event_code);
    row[E_EVENT].to = url_local(c->arena, path);
    row[E_DAY] = document_number(r->event_day);
    row[E_KIND] = document_words(document_word(c, S("event.kind_"), r->event_kind_code));
    row[E_SIGNED] = document_number(r->signed_n);
    row[E_PHOTOS] = document_number(r->photos_n);
    row[E_CLOSED] = document_number(r->closed_n);
    row[E_PAPERS] = document_number(r->papers_n);
    return OK;
}

err document_evidence(struct ctx *c, struct document_made *m, struct document_part *io)
{
    const struct document_figures *f = &m->figures;
    bool cut = false;
    io->columns = evidence_columns;
    io->columns_n = E_COLS;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_evidence *rows;
        size_t n;
        const struct q_document_evidence_in in = {.homes = f->homes + at,
                                                  .homes_n = few_of(at, f->homes_n),
                                                  .event_kind_no = event_kind.kind_no,
                                                  .from_day = m->ask.period.from_day,
                                                  .to_day = m->ask.period.to_day,
                                                  .limit = EVENTS_MAX};
        TRY(q_document_evidence(c->db, c->arena, &in, &rows, &n));
        cut = cut || n == EVENTS_MAX;
        for (size_t i = 0; i < n; i++) {
            TRY(evidence_row(c, m, io, &rows[i]));
        }
    }
    document_note(c, io, MSG_DOCUMENT_EVIDENCE_HOW, 0);
    if (cut) {
        document_note(c, io, MSG_DOCUMENT_EVIDENCE_CUT, EVENTS_MAX);
    }
    return OK;
}

/* ---- the files among it ---- */

enum { G_PLACE, G_CODE, G_EVENT, G_NO, G_KIND, G_SEEN, G_OPEN, G_SHORT, G_HASH, G_COLS };
static const struct document_column file_columns[G_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("event"), MSG_REPORT_COL_EVENT_CODE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("no"), MSG_EVIDENCE_NUMBER, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("kind"), MSG_DOCUMENT_FILE_KIND, COLUMN_TEXT, IN_BOTH},
    {S_INIT("seen_by"), MSG_DOCUMENT_FILE_SEEN, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("seen"), MSG_DOCUMENT_FILE_SEEN, COLUMN_TEXT, IN_DATA},
    {S_INIT("hash"), MSG_DOCUMENT_FILE_RECEIVED, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("sha256"), MSG_DOCUMENT_FILE_RECEIVED, COLUMN_TEXT, IN_DATA},
};

/* Known by the SHA-256 of its bytes as they were received: whoever has the file can compute it. */
static err file_row(struct ctx *c, struct document_made *m, struct document_part *io,
                    const struct q_document_files *r)
{
    enum { SHORT = 16 };
    char hex[DIGEST_HEX + 1];
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    if (r->received_hash.n != DIGEST_LEN) {
        return fail_log(c->fail, ERR_IO, "the hash of a piece of evidence is malformed");
    }
    digest_hex((const uint8_t *)r->received_hash.p, hex);
    row[G_PLACE] = document_words(district_name(m, r->home));
    row[G_CODE] = document_words(district_code(m, r->home));
    row[G_EVENT] = document_words(r->event_code);
    row[G_EVENT].to = url_local(c->arena, arena_printf(c->arena, "/events/%.*s", STR_F(r->event_code)));
    row[G_NO] = document_number(r->piece_no);
    row[G_KIND] = document_words(document_word(c, S("event_file.paper_"), r->paper_code));
    row[G_SEEN] = document_words(document_word(c, S("event_file.seen_"), r->seen_code));
    row[G_OPEN] = document_words(r->seen_code);
    row[G_HASH] = document_words(arena_str(c->arena, (str){hex, DIGEST_HEX}));
    row[G_SHORT] = document_words(document_isolate(c, (str){row[G_HASH].text.p, SHORT}));
    return OK;
}

err document_files_shown(struct ctx *c, struct document_made *m, struct document_part *io)
{
    const struct document_figures *f = &m->figures;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_files *rows;
        size_t n;
        const struct q_document_files_in in = {.homes = f->homes + at,
                                               .homes_n = few_of(at, f->homes_n),
                                               .event_kind_no = event_kind.kind_no,
                                               .from_day = m->ask.period.from_day,
                                               .to_day = m->ask.period.to_day};
        TRY(q_document_files(c->db, c->arena, &in, &rows, &n));
        if (n > 0) { /* without files there is no such part */
            io->columns = file_columns;
            io->columns_n = G_COLS;
        }
        for (size_t i = 0; i < n; i++) {
            TRY(file_row(c, m, io, &rows[i]));
        }
    }
    if (io->rows_n > 0) {
        document_note(c, io, MSG_DOCUMENT_FILES_HOW, 0);
    }
    return OK;
}

/* ---- the approved quarters it stands on ---- */

enum { H_PLACE, H_CODE, H_PERIOD, H_VERSION, H_CHAIN, H_FIGURES, H_BROUGHT, H_WHEN, H_SHORT, H_HASH, H_COLS };
static const struct document_column quarter_columns[H_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_BOTH},
    {S_INIT("version"), MSG_REPORT_VERSION, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("chain_no"), MSG_DOCUMENT_CHAIN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("figures"), MSG_DOCUMENT_FIGURES_N, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("brought_in"), MSG_DOCUMENT_BROUGHT_IN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("approved_on"), MSG_REPORT_APPROVED_ON, COLUMN_TIME, IN_BOTH},
    {S_INIT("hash"), MSG_REPORT_HASH, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("sha256"), MSG_REPORT_HASH, COLUMN_TEXT, IN_DATA},
};

/* One row for each quarter: its figures stand next to each other. */
static err quarters_of(struct ctx *c, struct document_made *m, struct document_part *io, int64_t home)
{
    enum { SHORT = 16 };
    struct q_document_heads *rows;
    size_t n;
    const struct q_document_heads_in in = {
        .home = home, .to_day = m->ask.period.to_day, .from_day = m->ask.period.from_day};
    TRY(q_document_heads(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n && m->quarters_n < m->figures.homes_n * QUARTERS_MAX;) {
        const size_t first = i;
        struct digest d;
        uint8_t hash[DIGEST_LEN];
        char hex[DIGEST_HEX + 1];
        struct cell *row = document_row(io, c->arena);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        digest_begin(&d);
        row[H_CHAIN] = row[H_VERSION] = row[H_WHEN] = row[H_BROUGHT] = document_number(0);
        for (; i < n && rows[i].from_day == rows[first].from_day; i++) {
            digest_put(&d, rows[i].content_hash);
            row[H_BROUGHT].n += rows[i].source_hash.n > 0 ? 1 : 0;
            row[H_CHAIN].n = rows[i].snapshot_no > row[H_CHAIN].n ? rows[i].snapshot_no : row[H_CHAIN].n;
            row[H_VERSION].n =
                rows[i].sheet_version_no > row[H_VERSION].n ? rows[i].sheet_version_no : row[H_VERSION].n;
            row[H_WHEN].n = rows[i].made_ms > row[H_WHEN].n ? rows[i].made_ms : row[H_WHEN].n;
        }
        digest_end(&d, hash);
        digest_hex(hash, hex);
        const struct period p = {rows[first].from_day, rows[first].to_day};
        row[H_PLACE] = document_words(district_name(m, home));
        row[H_CODE] = document_words(district_code(m, home));
        row[H_PERIOD] = document_words(document_isolate(c, period_code(c->arena, p)));
        row[H_FIGURES] = document_number((int64_t)(i - first));
        row[H_HASH] = document_words(arena_str(c->arena, (str){hex, DIGEST_HEX}));
        m->quarters[m->quarters_n++] = (struct q_kept_quarter_list){
            .district_id = home,
            .from_day = p.from_day,
            .to_day = p.to_day,
            .sheet_version_no = row[H_VERSION].n,
            .snapshot_no = row[H_CHAIN].n,
            .content_hash = arena_str(c->arena, (str){(const char *)hash, DIGEST_LEN})};
        row[H_SHORT] = document_words(document_isolate(c, (str){row[H_HASH].text.p, SHORT}));
    }
    return OK;
}

err document_quarters(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = quarter_columns;
    io->columns_n = H_COLS;
    m->quarters = arena_array_of(c->arena, struct q_kept_quarter_list, m->figures.homes_n * QUARTERS_MAX + 1);
    if (m->quarters == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = 0; h < m->figures.homes_n; h++) {
        TRY(quarters_of(c, m, io, m->figures.homes[h]));
    }
    document_note(c, io, MSG_DOCUMENT_QUARTERS_HOW, 0);
    return OK;
}
