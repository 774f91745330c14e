/* print_pages.c: a pad as a PDF: a sheet for each form, with the slip that she tears off; and registers and
 * forms without numbers. The boxes stand in the order in which they are typed (pad.html). */
#include "pad_pages.h"

#include "clock.h"
#include "event_words.h"
#include "format.h"
#include "place.h"
#include "web_paper.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    LETTERS = 8,
    LETTERS_NASTALIQ = 7,
    ASKS_SHARE = 3,
    ANSWERS_SHARE = 4,
    ASKS_WIDE_SHARE = 2,
    ANSWERS_WIDE_SHARE = 9,
    WORDS_LINES = 7
};

/* A paper being written, in the language of those who fill it in. */
struct print {
    struct web *w;
    struct paper_draft *d;
    struct page page; /* in that language */
    enum lang lang;
    str desk;
};

static str said(const struct print *p, enum msg m)
{
    return page_msg(&p->page, m);
}

static struct paper_words plain(const struct print *p, str text)
{
    return paper_in(p->lang, text);
}

static err begun(struct web *w, enum lang lang, enum paper_size size, enum msg title, struct print *p)
{
    *p = (struct print){.w = w, .page = w->page, .lang = lang};
    p->page.lang = lang;
    p->d = arena_new_of(w->arena, struct paper_draft);
    if (p->d == NULL) {
        return FAIL(LIMIT);
    }
    TRY(label_find_in(&w->ctx, S("body"), w->ctx.actor.office_id, (int)lang, &p->desk));
    paper_begin(p->d, w->arena, lang, size, lang == LANG_UR ? LETTERS_NASTALIQ : LETTERS, said(p, title));
    p->d->paper.above = plain(p, p->desk);
    return OK;
}

/* ---- one form ---- */

/* "[   ] woman   [   ] man": what is marked. The words of a choice stand by their own. */
static str boxes(const struct print *p, const struct case_word *words, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(PAPER_TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        str left = said(p, words[i].text);
        buf_put(&b, i > 0 ? S("    [\u00a0\u00a0\u00a0]") : S("[\u00a0\u00a0\u00a0]"));
        while (left.n > 0) {
            buf_put(&b, S("\u00a0"));
            buf_put(&b, str_cut(&left, ' '));
        }
    }
    return arena_str(p->w->arena, buf_str(&b));
}

/* Two questions beside each other, each with room for a short answer. */
static void ask_two(const struct print *p, enum msg first, str answer, enum msg second, str other)
{
    paper_row(p->d,
              (struct paper_words[]){plain(p, said(p, first)), plain(p, answer), plain(p, said(p, second)),
                                     plain(p, other)},
              4);
}

/* A line to write on is as high in every language: a hand needs no more room for Urdu than for Pashto. */
static void ruled(const struct print *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        paper_row(p->d, &(struct paper_words){.text = S("\u00a0"), .lang = S("en")}, 1);
    }
}

static struct paper_words head(const struct print *p, enum msg what, uint8_t share)
{
    struct paper_words w = plain(p, said(p, what));
    w.share = share;
    return w;
}

/* The first two questions of a part stand where others have their heads. */
static void begin_two(const struct print *p, enum msg first, str answer, enum msg second, str other)
{
    struct paper_words heads[] = {head(p, first, ASKS_SHARE), plain(p, answer), head(p, second, ASKS_SHARE),
                                  plain(p, other)};
    heads[1].share = heads[3].share = ANSWERS_SHARE;
    paper_table(p->d, heads, COUNT(heads));
}

/* Who came, and where it is. */
static void asks_first(const struct print *p)
{
    const str line = S("\u00a0");
    begin_two(p, MSG_PAD_DAY, said(p, MSG_PAD_DAY_BLANK), MSG_PAD_TAKEN_PAPER, line);
    ask_two(p, MSG_NEW_PHONE, line, MSG_NEW_NAME, line);
    ask_two(p, MSG_DESK_SEX, boxes(p, case_sex_words, CASE_sex_n), MSG_CASE_SERVICE,
            said(p, MSG_PAD_SERVICE_BLANK));
    ask_two(p, MSG_CASE_UNIT, line, MSG_NEW_PLACE, line);
}

static void ask(const struct print *p, enum msg what, str answer)
{
    paper_row(p->d, (struct paper_words[]){plain(p, said(p, what)), plain(p, answer)}, 2);
}

/* Three short ones beside each other, each with its shares of the width. */
struct third {
    enum msg what;
    str answer;
    uint8_t share, answer_share;
};
static void ask_three(const struct print *p, const struct third thirds[3])
{
    struct paper_words heads[6];
    for (size_t i = 0; i < 3; i++) {
        heads[2 * i] = head(p, thirds[i].what, thirds[i].share);
        heads[2 * i + 1] = plain(p, thirds[i].answer);
        heads[2 * i + 1].share = thirds[i].answer_share;
    }
    paper_table(p->d, heads, COUNT(heads));
}

/* What she agrees to, and how she is reached: what has many boxes takes the whole width. */
static void asks_agreed(const struct print *p)
{
    const str yes_no = boxes(p, case_yes_no_words, CASE_yes_no_n);
    ask_three(p, (struct third[]){{MSG_PAD_PAST, yes_no, 6, 4},
                                  {MSG_DESK_CONSENT_RECORD, yes_no, 7, 4},
                                  {MSG_DESK_SAFE, yes_no, 6, 4}});
    struct paper_words heads[] = {head(p, MSG_NEW_WHOSE, ASKS_WIDE_SHARE),
                                  plain(p, boxes(p, case_whose_words, CASE_whose_n))};
    heads[1].share = ANSWERS_WIDE_SHARE;
    paper_table(p->d, heads, COUNT(heads));
    ask(p, MSG_NEW_WHEN, boxes(p, case_when_words, CASE_when_n));
    ask(p, MSG_NEW_AGE, boxes(p, case_age_words, CASE_age_n));
    ask(p, MSG_DESK_ADDRESS, S("\u00a0"));
}

/* What says who she is, and that it was read to her. */
static void asks_last(const struct print *p)
{
    const str line = S("\u00a0");
    ask_three(p, (struct third[]){{MSG_NEW_CNIC, line, 5, 7},
                                  {MSG_PAD_COL_RELATION, line, 4, 7},
                                  {MSG_PAD_READ_PAPER, boxes(p, case_yes_no_words, CASE_yes_no_n), 5, 4}});
}

static void asks(const struct print *p)
{
    asks_first(p);
    const str words = arena_printf(p->w->arena, "%.*s   (%.*s)", STR_F(said(p, MSG_CASE_WORDS)),
                                   STR_F(said(p, MSG_PAD_HEAD_NOTE)));
    paper_table(p->d, (struct paper_words[]){plain(p, words)}, 1);
    ruled(p, WORDS_LINES);
    asks_agreed(p);
    asks_last(p);
    paper_sign(p->d, (str[]){said(p, MSG_PAD_SIGN_HER), said(p, MSG_PAD_SIGN_TAKEN)}, 2);
}

/* What she takes away: nothing on it says what the matter is, or whose. */
static void slip(const struct print *p, const case_ref *ref)
{
    char pin[PIN_LEN];
    const str digits = case_ref_digits(ref);
    const str address = web_public(p->w, arena_printf(p->w->arena, "/track?ref=%.*s", STR_F(digits)));
    case_held_pin(&p->w->ctx, ref, pin);
    const struct msg_arg args[] = {
        {"desk", p->desk},
        {"ref", page_isolate(&p->page, case_ref_text(p->w->arena, *ref))},
        {"pin", page_isolate(&p->page, arena_str(p->w->arena, (str){pin, PIN_LEN}))},
        {"helpline", page_isolate(&p->page, p->w->page.helpline.n > 0 ? p->w->page.helpline : S("-"))}};
    paper_note(p->d, said(p, MSG_PAD_CUT));
    paper_qr(p->d, address.n > 0 ? address : digits,
             page_msg_args(&p->page, MSG_PAD_SLIP, 0, args, COUNT(args)));
}

static err form(const struct print *p, const struct q_pad_by_code *pad, const struct q_pad_forms *row)
{
    case_ref ref;
    TRY(case_ref_of(p->w->arena, row->ref_code, &ref));
    const struct msg_arg args[] = {{"ref", page_isolate(&p->page, case_ref_text(p->w->arena, ref))},
                                   {"pad", page_isolate(&p->page, pad->pad_code)},
                                   {"no", format_number(p->w->arena, p->lang, row->form_no)},
                                   {"all", format_number(p->w->arena, p->lang, pad->forms_n)}};
    paper_heading(p->d, page_msg_args(&p->page, MSG_PAD_HEAD, 0, args, COUNT(args)));
    asks(p);
    slip(p, &ref);
    return OK;
}

/* ---- a pad ---- */

const struct input print_inputs[PRINT_INPUTS] = {
    {"pad", IN_CODE, MSG_PAD_PAD, 40, .required = true},
};

err look_pad(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct q_pad_by_code pad;
    TRY(pad_find(c, in[0].text, &pad));
    io->event = S("pad.printed");
    io->home = pad.home;
    io->subject_kind = S("pad");
    io->subject_id = pad.id;
    return OK;
}

/* Only what is still to be filled in is printed; with it go the PINs, so the look stands in the audit chain.
 */
static err forms_print(const struct print *p, const struct q_pad_by_code *pad)
{
    struct q_pad_forms *rows;
    size_t n;
    bool first = true;
    TRY(pad_forms(&p->w->ctx, pad, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].form_code, S("blank"))) {
            continue;
        }
        if (!first) {
            paper_break(p->d);
        }
        first = false;
        TRY(form(p, pad, &rows[i]));
    }
    if (first) {
        paper_text(p->d, plain(p, said(p, MSG_PAD_NONE_BLANK)));
    }
    return OK;
}

err show_pad_print(struct web *w)
{
    struct q_pad_by_code pad;
    struct print p;
    enum lang lang = w->lang;
    const struct paper *paper;
    TRY(pad_find(&w->ctx, w->in[0].text, &pad));
    if (!w->ctx.may_show_identity) {
        return FAIL(IO);
    }
    IGNORE(lang_of(pad.lang_code, &lang) ? OK : FAIL(NOT_FOUND)); /* in the reader's then */
    TRY(begun(w, lang, PAPER_A4, MSG_PAD_FORM_TITLE, &p));
    p.d->paper.above = plain(&p, S("")); /* a form, with its slip, has one sheet: the slip names the desk */
    p.d->paper.foot = paper_in(LANG_EN, pad.pad_code);
    TRY(forms_print(&p, &pad));
    TRY(paper_done(p.d, &paper));
    return web_paper(w, paper, PAPER_AS_PDF, pad.pad_code);
}

/* ---- without numbers ---- */

enum { R_REGISTER, R_LANGUAGE, R_ROWS, COLUMNS_MOST = 9, ROWS_MOST = 200, ROWS_USUAL = 30 };
enum { DESK_REGISTER, ROSTER, NEEDS, TOKENS, ATTENDANCE, BLANK_FORM };

const struct register_name register_names[REGISTERS] = {
    [DESK_REGISTER] = {S_INIT("desk"), MSG_PAD_REGISTER_DESK},
    [ROSTER] = {S_INIT("roster"), MSG_PAD_REGISTER_ROSTER},
    [NEEDS] = {S_INIT("needs"), MSG_PAD_REGISTER_NEEDS},
    [TOKENS] = {S_INIT("tokens"), MSG_PAD_REGISTER_TOKENS},
    [ATTENDANCE] = {S_INIT("attendance"), MSG_PAD_REGISTER_ATTENDANCE},
    [BLANK_FORM] = {S_INIT("form"), MSG_PAD_REGISTER_FORM},
};
static const char *const choices_register[] = {"desk",       "roster", "needs", "tokens",
                                               "attendance", "form",   NULL};

const struct input register_inputs[REGISTER_INPUTS] = {
    [R_REGISTER] = {"register", IN_CHOICE, MSG_PAD_REGISTERS, .required = true, .choices = choices_register},
    [R_LANGUAGE] = {"language", IN_CHOICE, MSG_PAD_LANGUAGE, .choices = case_lang_codes},
    [R_ROWS] = {"rows", IN_NUMBER, MSG_PAD_ROWS, ROWS_MOST},
};

/* Its columns, the number of a row first, each with its width beside the others; MSG_NONE ends them. */
static const struct register_column {
    enum msg head;
    uint8_t share;
} columns[REGISTERS][COLUMNS_MOST] = {
    [DESK_REGISTER] = {{MSG_PAD_COL_NO, 2},
                       {MSG_PAD_DAY, 4},
                       {MSG_NEW_NAME, 6},
                       {MSG_PAD_COL_RELATION, 6},
                       {MSG_PAD_COL_ADDRESS, 7},
                       {MSG_NEW_PHONE, 5},
                       {MSG_PAD_COL_MATTER, 9},
                       {MSG_PAD_COL_OFFICE, 5},
                       {MSG_PAD_COL_NUMBER, 5}},
    [ROSTER] = {{MSG_PAD_COL_NO, 2},
                {MSG_NEW_NAME, 7},
                {MSG_PAD_COL_ROLE, 5},
                {MSG_PAD_COL_SEX, 3},
                {MSG_PAD_COL_FROM, 6},
                {MSG_PAD_COL_DISABILITY, 3},
                {MSG_PAD_COL_MINORITY, 3},
                {MSG_PAD_COL_SIGN, 6}},
    [NEEDS] = {{MSG_PAD_COL_NO, 2},
               {MSG_PAD_COL_NEED, 14},
               {MSG_NEW_PLACE, 7},
               {MSG_PAD_COL_WOMEN, 3},
               {MSG_PAD_COL_MEN, 3},
               {MSG_PAD_COL_OFFICE, 6}},
    [TOKENS] = {{MSG_PAD_COL_NO, 2},
                {MSG_PAD_COL_GIVEN, 4},
                {MSG_PAD_COL_FIRST, 3},
                {MSG_PAD_COL_CALLED, 4},
                {MSG_PAD_COL_SEX, 3},
                {MSG_PAD_COL_ENDED, 9}},
    [ATTENDANCE] = {{MSG_PAD_COL_ROLE, 5},
                    {MSG_PAD_COL_WOMEN, 6},
                    {MSG_PAD_COL_MEN, 6},
                    {MSG_PAD_COL_TRANSGENDER, 4},
                    {MSG_PAD_COL_DISABILITY, 4},
                    {MSG_PAD_COL_ALL, 3}},
};

/* A row to be written by hand: two lines high. */
static void empty_row(const struct print *p, str first, size_t n)
{
    struct paper_words cells[COLUMNS_MOST];
    for (size_t i = 0; i < n; i++) {
        cells[i] = plain(p, S("\u00a0"));
    }
    cells[0] = plain(p, arena_printf(p->w->arena, "%.*s\n\u00a0", STR_F(first)));
    paper_row(p->d, cells, n);
}

static void register_fill(const struct print *p, size_t which, int64_t rows)
{
    struct paper_words heads[COLUMNS_MOST];
    size_t n = 0;
    while (n < COLUMNS_MOST && columns[which][n].head != MSG_NONE) {
        heads[n] = plain(p, said(p, columns[which][n].head));
        heads[n].share = columns[which][n].share;
        n++;
    }
    paper_text(p->d, plain(p, said(p, MSG_PAD_REGISTER_HEAD)));
    paper_table(p->d, heads, n);
    if (which == ATTENDANCE) {
        for (size_t i = 0; i < EVENT_role_n; i++) {
            empty_row(p, said(p, event_role_words[i].text), n);
        }
        return;
    }
    for (int64_t i = 1; i <= rows; i++) {
        empty_row(p, format_number(p->w->arena, p->lang, i), n);
    }
}

err show_register(struct web *w)
{
    struct print p;
    enum lang lang = w->lang;
    const struct paper *paper;
    const size_t which = (size_t)w->in[R_REGISTER].n;
    if (w->in[R_LANGUAGE].given) {
        IGNORE(lang_of(w->in[R_LANGUAGE].text, &lang) ? OK : FAIL(NOT_FOUND)); /* in the reader's then */
    }
    TRY(begun(w, lang, which == BLANK_FORM ? PAPER_A4 : PAPER_A4_WIDE, register_names[which].title, &p));
    if (which == BLANK_FORM) {
        asks(&p);
    } else {
        register_fill(&p, which, w->in[R_ROWS].given && w->in[R_ROWS].n > 0 ? w->in[R_ROWS].n : ROWS_USUAL);
    }
    TRY(paper_done(p.d, &paper));
    return web_paper(w, paper, PAPER_AS_PDF,
                     arena_printf(w->arena, "register-%.*s", STR_F(register_names[which].code)));
}
