/* catalogue_board_pages.c: the service display board of an office, in the language of the page: on A4 a
 * column for each thing; on A3, for a wall, in letters that are read at 1.5 m, services of one officer
 * together. As a page, a PDF and a DOCX. */
#include "catalogue.h"
#include "catalogue_pages.h"
#include "clock.h"
#include "format.h"
#include "web_paper.h"

enum { I_OFFICE, I_SHEET };
enum { SHEET_A4, SHEET_A3 };
/* 16 points are read at 1.5 m. */
enum { A4_LETTERS = 11, A3_LETTERS = 16, WORDS_MAX = 3900 };

static const char *const sheets[] = {"a4", "a3", NULL};
const struct input board_inputs[BOARD_INPUTS] = {
    [I_OFFICE] = {"office", IN_CODE, MSG_BOARD_OFFICE, .max = 40},
    [I_SHEET] = {"sheet", IN_CHOICE, MSG_BOARD_SHEET, .choices = sheets},
};

/* ---- words of a row, in a language that need not be the page's ---- */

static str said(struct arena *a, enum lang lang, enum msg id, int64_t n, struct msg_arg arg)
{
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    msg_put(&out, lang, id, n, &arg, arg.name == NULL ? 0 : 1);
    return arena_str(a, buf_str(&out));
}

static str plain(enum lang lang, enum msg id)
{
    return msg_text(lang, id);
}

static str or_unknown(enum lang lang, str text)
{
    return text.n > 0 ? text : plain(lang, MSG_BOARD_NOT_KNOWN);
}

static str limit_of(struct arena *a, enum lang lang, const struct board_row *r)
{
    if (r->term.id == 0 || !r->term.limit_days.given) {
        return plain(lang, MSG_BOARD_NO_LIMIT);
    }
    const int64_t days = r->term.limit_days.v;
    if (days == 0) {
        return plain(lang, MSG_BOARD_SAME_DAY);
    }
    return said(a, lang, MSG_BOARD_DAYS, days, (struct msg_arg){"n", format_number(a, lang, days)});
}

static str fee_of(struct arena *a, enum lang lang, const struct board_row *r)
{
    const struct opt_i64 fee = r->term.id != 0 ? r->term.fee_no : NONE_I64;
    if (!r->application || (fee.given && fee.v == 0)) {
        return plain(lang, MSG_BOARD_FEE_NONE);
    }
    if (!fee.given) {
        return plain(lang, MSG_BOARD_FEE_NOT_KNOWN);
    }
    return said(a, lang, MSG_BOARD_FEE, fee.v, (struct msg_arg){"fee", format_number(a, lang, fee.v)});
}

/* The law, with the day on which it ends, and a mark while nobody has verified it. */
static str basis_of(struct arena *a, enum lang lang, const struct board_row *r)
{
    if (r->term.id == 0) {
        return plain(lang, MSG_BOARD_UNVERIFIED);
    }
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    buf_put(&out, r->term.basis_said_text);
    if (r->term.valid_to_day != DAY_OPEN) {
        const struct msg_arg day = {"day", format_day(a, lang, r->term.valid_to_day)};
        buf_putc(&out, '\n');
        msg_put(&out, lang, MSG_BOARD_UNTIL, 0, &day, 1);
    }
    if (r->term.verify_flag != 0) {
        buf_putc(&out, '\n');
        buf_put(&out, plain(lang, MSG_BOARD_UNVERIFIED));
    }
    return arena_str(a, buf_str(&out));
}

/* ---- A4: a column for each thing; what is applied for and what is told are two tables ---- */

enum { COL_SERVICE, COL_LIMIT, COL_OFFICER, COL_APPEAL, COL_BASIS, COL_PAPERS, COL_FEE, COLS };
enum { COLS_TOLD = COL_PAPERS }; /* who only tells something brings and pays nothing */
static const struct {
    enum msg head;
    uint8_t share;
} columns[COLS] = {
    [COL_SERVICE] = {MSG_BOARD_SERVICE, 20}, [COL_LIMIT] = {MSG_BOARD_LIMIT, 9},
    [COL_OFFICER] = {MSG_BOARD_OFFICER, 22}, [COL_APPEAL] = {MSG_BOARD_APPEAL, 15},
    [COL_BASIS] = {MSG_BOARD_BASIS, 15},     [COL_PAPERS] = {MSG_BOARD_PAPERS, 27},
    [COL_FEE] = {MSG_BOARD_COST, 13},
};

static void row_add(struct web *w, struct paper_draft *d, const struct board_row *r, size_t cols)
{
    const enum lang l = w->lang;
    const struct paper_words cells[COLS] = {
        [COL_SERVICE] = paper_strong(paper_in(l, r->name)),
        [COL_LIMIT] = paper_strong(paper_in(l, limit_of(w->arena, l, r))),
        [COL_OFFICER] = paper_in(l, or_unknown(l, r->term.answered_text)),
        [COL_APPEAL] = paper_in(l, or_unknown(l, r->term.appeal_text)),
        [COL_BASIS] = paper_in(l, basis_of(w->arena, l, r)),
        [COL_PAPERS] = paper_in(l, r->papers),
        [COL_FEE] = paper_in(l, fee_of(w->arena, l, r)),
    };
    paper_row(d, cells, cols);
}

static void table_add(struct web *w, struct paper_draft *d, const struct board_row *rows, size_t n,
                      bool application)
{
    struct paper_words heads[COLS];
    const size_t cols = application ? COLS : COLS_TOLD;
    bool begun = false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].application != application) {
            continue;
        }
        if (!begun) {
            for (size_t k = 0; k < cols; k++) {
                heads[k] = paper_in(w->lang, plain(w->lang, columns[k].head));
                heads[k].share = columns[k].share;
            }
            paper_heading(d, plain(w->lang, application ? MSG_BOARD_APPLIED : MSG_BOARD_TOLD));
            paper_table(d, heads, cols);
            begun = true;
        }
        row_add(w, d, &rows[i], cols);
    }
}

static err one_language(struct web *w, struct paper_draft *d, const struct q_board_office *office)
{
    struct board_row *rows;
    size_t n;
    TRY(board_rows(&w->ctx, office, &rows, &n));
    table_add(w, d, rows, n, false);
    table_add(w, d, rows, n, true);
    return OK;
}

/* ---- A3: what one officer answers for stands together ---- */

/* What is told needs two columns, so that two rows of them stand beside each other. */
enum { LARGE_SERVICE, LARGE_OFFICER, LARGE_PAPERS, LARGE_COLS, LARGE_PAIR = 2 * LARGE_PAPERS };
static const struct {
    enum msg head;
    uint8_t told, applied; /* how wide beside the others */
} large_columns[LARGE_COLS] = {[LARGE_SERVICE] = {MSG_BOARD_SERVICE, 43, 29},
                               [LARGE_OFFICER] = {MSG_BOARD_OFFICER, 41, 38},
                               [LARGE_PAPERS] = {MSG_BOARD_PAPERS, 0, 54}};

static void line(struct buf *out, enum lang lang, str name, str value)
{
    const struct msg_arg args[] = {{"name", name}, {"value", value}};
    if (value.n > 0) {
        buf_put(out, out->n > 0 ? S("\n") : S(""));
        msg_put(out, lang, MSG_BOARD_LINE, 0, args, 2);
    }
}

static str one_after_another(struct arena *a, str lines, str between)
{
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    for (str rest = lines; rest.p != NULL;) {
        buf_put(&out, str_cut(&rest, '\n'));
        buf_put(&out, rest.p != NULL ? between : S(""));
        buf_put(&out, rest.p != NULL ? S(" ") : S(""));
    }
    return arena_str(a, buf_str(&out));
}

/* The laws of a board, told once above it: a service says their number. */
struct bases {
    str *text;
    size_t n;
};

static size_t basis_no(struct bases *b, str text)
{
    size_t i = 0;
    while (i < b->n && !str_eq(b->text[i], text)) {
        i++;
    }
    if (i == b->n) {
        b->text[b->n++] = text;
    }
    return i + 1;
}

static str basis_line(struct arena *a, enum lang lang, const struct board_row *r)
{
    return one_after_another(a, basis_of(a, lang, r), plain(lang, MSG_BOARD_BETWEEN));
}

/* Whether two stand in one row: told alike, the same officer, appeal and papers. */
static bool together(const struct board_row *x, const struct board_row *y)
{
    return x->application == y->application && str_eq(x->term.answered_text, y->term.answered_text) &&
           str_eq(x->term.appeal_text, y->term.appeal_text) && str_eq(x->papers, y->papers);
}

/* "Street light not working: 7 days (2)", a line for each service; of an application what it costs. */
static void service_put(struct arena *a, enum lang lang, const struct board_row *r, struct bases *bases,
                        struct buf *out)
{
    const str basis = basis_line(a, lang, r);
    line(out, lang, r->name, limit_of(a, lang, r));
    buf_printf(out, " (%.*s)", STR_F(format_number(a, lang, (int64_t)basis_no(bases, basis))));
    if (r->application && r->term.fee_no.given) {
        line(out, lang, plain(lang, MSG_BOARD_COST), fee_of(a, lang, r));
    }
}

static str officer_of(struct arena *a, enum lang lang, const struct board_row *r)
{
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    buf_put(&out, or_unknown(lang, r->term.answered_text));
    line(&out, lang, plain(lang, MSG_BOARD_APPEAL), r->term.appeal_text);
    return arena_str(a, buf_str(&out));
}

/* A table being filled, a group at a time. */
struct large {
    const struct board_row *rows;
    size_t n;
    bool *done; /* stands in the table already */
    struct bases bases;
    struct paper_words cells[LARGE_PAIR];
    size_t filled;
};

/* What begins at `first`, and all behind it that stands with it. */
static void large_group(struct web *w, struct large *t, size_t first)
{
    const enum lang l = w->lang;
    const struct board_row *r = &t->rows[first];
    SCOPED(buf_free) struct buf services = buf_new(WORDS_MAX);
    for (size_t i = first; i < t->n; i++) {
        if (!t->done[i] && together(r, &t->rows[i])) {
            service_put(w->arena, l, &t->rows[i], &t->bases, &services);
            t->done[i] = true;
        }
    }
    t->cells[t->filled++] = paper_strong(paper_in(l, arena_str(w->arena, buf_str(&services))));
    t->cells[t->filled++] = paper_in(l, officer_of(w->arena, l, r));
    if (r->application) {
        const str papers = one_after_another(w->arena, r->papers, plain(l, MSG_BOARD_BETWEEN));
        t->cells[t->filled++] = paper_in(l, papers);
    }
}

static bool fee_unknown(const struct large *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (t->rows[i].application && !t->rows[i].term.fee_no.given) {
            return true;
        }
    }
    return false;
}

static void large_heads(struct web *w, struct paper_draft *d, bool application)
{
    struct paper_words heads[LARGE_PAIR];
    const size_t cols = application ? LARGE_COLS : LARGE_PAIR;
    for (size_t k = 0; k < cols; k++) {
        const size_t of = application ? k : k % LARGE_PAPERS;
        heads[k] = paper_in(w->lang, plain(w->lang, large_columns[of].head));
        heads[k].share = application ? large_columns[of].applied : large_columns[of].told;
    }
    paper_heading(d, plain(w->lang, application ? MSG_BOARD_APPLIED : MSG_BOARD_TOLD));
    paper_table(d, heads, cols);
}

static void large_table(struct web *w, struct paper_draft *d, struct large *t, bool application)
{
    const size_t cols = application ? LARGE_COLS : LARGE_PAIR;
    bool begun = false;
    t->filled = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->rows[i].application != application || t->done[i]) {
            continue;
        }
        if (!begun) {
            large_heads(w, d, application);
            begun = true;
        }
        large_group(w, t, i);
        if (t->filled == cols) {
            paper_row(d, t->cells, cols);
            t->filled = 0;
        }
    }
    if (t->filled > 0) { /* the last one stands alone */
        for (; t->filled < cols; t->filled++) {
            t->cells[t->filled] = paper_in(w->lang, S(""));
        }
        paper_row(d, t->cells, cols);
    }
}

/* "(1) … · (2) … · Where no fee is written …" */
static str told_once(struct arena *a, enum lang lang, const struct large *t)
{
    const struct bases *bases = &t->bases;
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    for (size_t i = 0; i < bases->n; i++) {
        const str number = format_number(a, lang, (int64_t)i + 1);
        buf_put(&out, i > 0 ? S(" · ") : S(""));
        buf_printf(&out, "(%.*s) %.*s", STR_F(number), STR_F(bases->text[i]));
    }
    if (fee_unknown(t)) {
        buf_put(&out, S(" · "));
        buf_put(&out, plain(lang, MSG_BOARD_FEE_ASK));
    }
    return arena_str(a, buf_str(&out));
}

static err in_large(struct web *w, struct paper_draft *d, const struct q_board_office *office)
{
    struct board_row *rows;
    struct large t = {.filled = 0};
    TRY(board_rows(&w->ctx, office, &rows, &t.n));
    t.rows = rows;
    t.done = arena_array_of(w->arena, bool, t.n + 1);
    t.bases.text = arena_array_of(w->arena, str, t.n + 1);
    if (t.done == NULL || t.bases.text == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t.n; i++) {
        (void)basis_no(&t.bases, basis_line(w->arena, w->lang, &rows[i]));
    }
    paper_text(d, paper_in(w->lang, told_once(w->arena, w->lang, &t)));
    large_table(w, d, &t, false);
    large_table(w, d, &t, true);
    return OK;
}

/* ---- the paper ---- */

static err board_paper(struct web *w, const struct q_board_office *office, const struct paper **out)
{
    struct paper_draft *d = arena_new_of(w->arena, struct paper_draft);
    const bool large = w->in[I_SHEET].n == SHEET_A3;
    const str day = format_day(w->arena, w->lang, local_day(w->ctx.now_ms));
    if (d == NULL) {
        return FAIL(LIMIT);
    }
    paper_begin(d, w->arena, w->lang, large ? PAPER_A3_WIDE : PAPER_A4_WIDE, large ? A3_LETTERS : A4_LETTERS,
                plain(w->lang, MSG_BOARD_TITLE));
    d->paper.above = paper_in(w->lang, office->name_text);
    d->paper.foot =
        paper_in(w->lang, said(w->arena, w->lang, MSG_BOARD_AS_OF, 0, (struct msg_arg){"day", day}));
    paper_note(d, plain(w->lang, MSG_BOARD_NOTE));
    TRY(large ? in_large(w, d, office) : one_language(w, d, office));
    return paper_done(d, out);
}

static err board_of(struct web *w, const struct paper **out)
{
    struct q_board_office office;
    TRY(board_office(&w->ctx, w->in[I_OFFICE].text, &office));
    return board_paper(w, &office, out);
}

static struct url board_url(struct web *w, str form, int64_t sheet)
{
    const str code = w->in[I_OFFICE].text;
    const struct url u =
        url_local(w->arena, arena_printf(w->arena, "/board/%.*s%.*s", STR_F(code), STR_F(form)));
    return sheet == SHEET_A3 ? url_with(w->arena, u, S("sheet"), str_of(sheets[sheet])) : u;
}

err show_board(struct web *w)
{
    const struct paper *paper;
    const int64_t sheet = w->in[I_SHEET].n;
    const int64_t other = sheet == SHEET_A3 ? SHEET_A4 : SHEET_A3;
    TRY(board_of(w, &paper));
    struct paper_ways ways = {
        .other = board_url(w, S(""), other),
        .other_text = plain(w->lang, other == SHEET_A3 ? MSG_BOARD_SHEET_A3 : MSG_BOARD_SHEET_A4)};
    if (w->page.staff) {
        ways.pdf = board_url(w, S("/pdf"), sheet);
        ways.docx = board_url(w, S("/docx"), sheet);
    }
    TRY(paper_html(&w->page, paper, &ways));
    return web_html(w, 200);
}

static err board_file(struct web *w, enum paper_form form)
{
    const struct paper *paper;
    TRY(board_of(w, &paper));
    return web_paper(w, paper, form, arena_printf(w->arena, "board-%.*s", STR_F(w->in[I_OFFICE].text)));
}

err show_board_pdf(struct web *w)
{
    return board_file(w, PAPER_AS_PDF);
}

err show_board_docx(struct web *w)
{
    return board_file(w, PAPER_AS_DOCX);
}
