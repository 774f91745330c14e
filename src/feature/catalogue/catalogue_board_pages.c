/* catalogue_board_pages.c: the service display board of an office: on A4 in one language, a column for each
 * thing; on A3 in all languages beside each other. As a page, a PDF and a DOCX. */
#include "catalogue.h"
#include "catalogue_pages.h"
#include "clock.h"
#include "format.h"
#include "web_paper.h"

enum { I_OFFICE, I_SHEET };
enum { SHEET_A4, SHEET_A3 };
enum { A4_LETTERS = 11, A3_LETTERS = 12, WORDS_MAX = 3900 };

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
    buf_put(&out, r->term.basis_text);
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
        [COL_BASIS] = paper_said(l, basis_of(w->arena, l, r)),
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

/* ---- A3: a column for each language ---- */

static void line(struct buf *out, enum lang lang, enum msg name, str value)
{
    const struct msg_arg args[] = {{"name", plain(lang, name)}, {"value", value}};
    if (value.n > 0) {
        buf_putc(out, '\n');
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

static struct paper_words block(struct arena *a, enum lang lang, const struct board_row *r)
{
    SCOPED(buf_free) struct buf out = buf_new(WORDS_MAX);
    const str between = plain(lang, MSG_BOARD_BETWEEN);
    buf_put(&out, r->name);
    line(&out, lang, MSG_BOARD_LIMIT, limit_of(a, lang, r));
    line(&out, lang, MSG_BOARD_OFFICER, r->term.answered_text);
    line(&out, lang, MSG_BOARD_APPEAL, r->term.appeal_text);
    line(&out, lang, MSG_BOARD_PAPERS, one_after_another(a, r->papers, between));
    line(&out, lang, MSG_BOARD_COST, r->application ? fee_of(a, lang, r) : S(""));
    line(&out, lang, MSG_BOARD_BASIS, one_after_another(a, basis_of(a, lang, r), between));
    struct paper_words words = paper_in(lang, arena_str(a, buf_str(&out)));
    words.flags |= PAPER_FIRST;
    return words;
}

/* The language of the page stands where its reader begins. */
static enum lang language_of(enum lang first, size_t i)
{
    return (enum lang)(((size_t)first + i) % LANG_N);
}

/* Above each column: whose board it is, in that language. */
static err head(struct web *w, struct ctx *in_lang, struct paper_words *out)
{
    struct q_board_office office;
    const enum lang lang = (enum lang)in_lang->lang;
    TRY(board_office(in_lang, w->in[I_OFFICE].text, &office));
    const str title = plain(lang, MSG_BOARD_TITLE);
    *out = paper_in(lang, arena_printf(w->arena, "%.*s\n%.*s", STR_F(title), STR_F(office.name_text)));
    out->flags |= PAPER_FIRST;
    return OK;
}

static err all_languages(struct web *w, struct paper_draft *d, const struct q_board_office *office)
{
    struct board_row *rows[LANG_N];
    struct paper_words cells[LANG_N];
    size_t n = 0;
    for (size_t i = 0; i < LANG_N; i++) {
        const enum lang lang = language_of(w->lang, i);
        struct ctx in_lang = w->ctx;
        in_lang.lang = (int)lang;
        TRY(board_rows(&in_lang, office, &rows[i], &n));
        TRY(head(w, &in_lang, &cells[i]));
    }
    paper_table(d, cells, LANG_N);
    for (size_t r = 0; r < n; r++) {
        for (size_t i = 0; i < LANG_N; i++) {
            cells[i] = block(w->arena, language_of(w->lang, i), &rows[i][r]);
        }
        paper_row(d, cells, LANG_N);
    }
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
    TRY(large ? all_languages(w, d, office) : one_language(w, d, office));
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
