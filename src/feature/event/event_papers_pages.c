/* event_papers_pages.c: what is printed of an event: minutes, closing sheet, Event Data Sheet, and a letter
 * to each office with its directions. All of it is computed from the event; nobody is named. */
#include "curriculum_pages.h"
#include "clock.h"
#include "direction_parts.h"
#include "dialogue_pages.h"
#include "event_close_pages.h"
#include "event_day.h"
#include "event_file.h"
#include "event_sheet.h"
#include "format.h"
#include "web_paper.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input event_paper_inputs[PAPER_INPUTS] = {EVENT_CODE_INPUT};

/* ---- minutes ---- */

/* Whether all three sides were there and have answered, and what is missing. */
static err sides_said(const struct sheet *p)
{
    struct dialogue d;
    const str *lacks;
    size_t n;
    if (!dialogue_is(p->v.row.event_kind_code)) {
        return OK;
    }
    TRY(dialogue_of(&p->w->ctx, &p->v, &d));
    TRY(dialogue_lacks(p->w, &d, &lacks, &n));
    paper_heading(p->d, sheet_said(p, d.three_sided ? MSG_DIALOGUE_THREE_SIDED : MSG_DIALOGUE_NOT_YET));
    for (size_t i = 0; i < n; i++) {
        paper_text(p->d, sheet_plain(p, lacks[i]));
    }
    return OK;
}

static err minutes_fill(const struct sheet *p)
{
    sheet_head(p);
    sheet_state(p);
    TRY(sheet_came(p));
    sheet_attendance(p);
    TRY(sheet_women(p));
    sheet_minutes(p);
    TRY(sheet_needs(p));
    TRY(sheet_answers(p));
    TRY(sheet_decisions(p));
    TRY(sides_said(p));
    TRY(sheet_followed(p));
    TRY(sheet_directions(p));
    sheet_signs(p);
    return OK;
}

/* ---- closing sheet ---- */

static void compared_row(const struct sheet *p, size_t r, size_t x)
{
    enum { COLS = 4 };
    const int64_t counted = p->s.cells.at[r][x].people;
    const struct opt_i64 paper = p->s.paper.at[r][x];
    if (counted == 0 && paper.v == 0) {
        return;
    }
    paper_row(p->d,
              (struct paper_words[COLS]){
                  sheet_plain(p, arena_printf(p->w->arena, "%.*s · %.*s",
                                              STR_F(sheet_said(p, event_role_words[r].text)),
                                              STR_F(sheet_said(p, event_sex_words[x].text)))),
                  sheet_figure(p, counted), paper.given ? sheet_figure(p, paper.v) : sheet_plain(p, S("")),
                  p->s.on_paper ? sheet_figure(p, counted - paper.v) : sheet_plain(p, S(""))},
              COLS);
}

static void compared(const struct sheet *p)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_COUNTS));
    paper_table(p->d,
                (struct paper_words[COLS]){sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_WHO)), 3),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_COUNTED)),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_ON_PAPER)),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_DIFFERENCE))},
                COLS);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            compared_row(p, r, x);
        }
    }
    paper_row(p->d,
              (struct paper_words[COLS]){
                  paper_strong(sheet_plain(p, sheet_said(p, MSG_CLOSE_ALL))),
                  paper_strong(sheet_figure(p, p->s.cells.all.people)),
                  p->s.on_paper ? paper_strong(sheet_figure(p, p->s.paper_all)) : sheet_plain(p, S("")),
                  p->s.on_paper ? paper_strong(sheet_figure(p, p->s.cells.all.people - p->s.paper_all))
                                : sheet_plain(p, S(""))},
              COLS);
    sheet_fact_said(p, MSG_CLOSE_EXPLAINED, p->v.row.explained_text);
}

static err matters_list(const struct sheet *p)
{
    enum { COLS = 5 };
    const enum lang lang = p->w->lang;
    struct q_close_case_list *rows;
    size_t n;
    const struct q_close_case_list_in in = {
        .lang_code = lang_table[lang].code, .home = p->v.row.home, .event_id = p->v.row.id};
    TRY(q_close_case_list(p->w->ctx.db, p->w->arena, &in, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_table(
        p->d,
        (struct paper_words[COLS]){sheet_wide(paper_figure(lang, sheet_said(p, MSG_CLOSE_TOKEN)), 3),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_REF)), 4),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_SERVICE)), 6),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_ANSWERED)), 5),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_ANSWERED_BY)), 9)},
        COLS);
    for (size_t i = 0; i < n; i++) {
        const struct q_close_case_list *r = &rows[i];
        case_ref ref;
        TRY(case_ref_of(p->w->arena, r->ref_code, &ref));
        str answer = r->answer_code.n == 0 ? sheet_said(p, MSG_CLOSE_NO_ANSWER)
                                           : sheet_words(p, day_answer_words, DAY_answer_n, r->answer_code);
        if (r->answer_day.given) {
            answer = arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(answer),
                                  STR_F(format_day(p->w->arena, lang, r->answer_day.v)));
        }
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      r->token_no.given ? sheet_figure(p, r->token_no.v) : sheet_plain(p, S("")),
                      sheet_code(case_ref_text(p->w->arena, ref)), sheet_plain(p, r->service_name),
                      sheet_plain(p, answer),
                      sheet_plain(p, arena_printf(p->w->arena, "%.*s%s%.*s", STR_F(r->post_text),
                                                  r->post_text.n > 0 && r->office_name.n > 0 ? " · " : "",
                                                  STR_F(r->office_name)))},
                  COLS);
    }
    return OK;
}

static err closing_fill(const struct sheet *p)
{
    struct q_close_tokens tokens;
    struct seal figures;
    sheet_head(p);
    sheet_state(p);
    compared(p);
    sheet_later(p);
    TRY(q_close_tokens(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &tokens));
    sheet_fact_number(p, MSG_CLOSE_TOKENS, tokens.tokens_n);
    if (p->s.waiting > 0) {
        sheet_fact_number(p, MSG_CLOSE_STILL_WAIT, p->s.waiting);
    }
    TRY(sheet_answers(p));
    TRY(matters_list(p));
    TRY(sheet_directions(p));
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_SIGNATURES));
    for (size_t i = 0; i < p->s.signs_n; i++) {
        paper_fact(p->d, p->s.signs[i].post_text,
                   sheet_plain(p, sheet_words(p, close_how_words, CLOSE_how_n, p->s.signs[i].how_code)));
    }
    sheet_signs(p);
    TRY(close_seal(&p->w->ctx, &p->v, &figures));
    const struct msg_arg arg = {"seal",
                                page_isolate(&p->w->page, arena_str(p->w->arena, seal_text(&figures)))};
    paper_note(p->d, page_msg_args(&p->w->page, MSG_CLOSE_SEAL, 0, &arg, 1));
    return OK;
}

/* ---- Event Data Sheet ---- */

static err plan_facts(const struct sheet *p)
{
    str taught;
    const struct q_event_get *r = &p->v.row;
    sheet_fact_said(p, MSG_EVENT_SERIES, r->series_text);
    sheet_fact_said(p, MSG_EVENT_PLAN_LINE, r->plan_text);
    sheet_fact_said(p, MSG_EVENT_WHY, r->why_text);
    if (r->female_from_n.given && r->female_to_n.given) {
        sheet_fact(p, MSG_CLOSE_FEMALE_HOURS, event_hours_words(p->w, r->female_from_n.v, r->female_to_n.v));
    }
    sheet_fact(p, MSG_EVENT_SPOKEN, sheet_words(p, case_spoken_words, CASE_spoken_n, r->spoken_code));
    sheet_fact(p, MSG_EVENT_SEATING, sheet_words(p, event_seating_words, EVENT_seating_n, r->seating_code));
    const struct {
        enum msg name;
        int64_t flag;
    } flags[] = {{MSG_EVENT_TRANSPORT, r->transport_flag},
                 {MSG_EVENT_CHILDCARE, r->childcare_flag},
                 {MSG_EVENT_PURDAH, r->purdah_flag}};
    for (size_t i = 0; i < COUNT(flags); i++) {
        sheet_fact(p, flags[i].name, sheet_said(p, flags[i].flag != 0 ? MSG_CASE_YES : MSG_CASE_NO));
    }
    sheet_fact_number(p, MSG_EVENT_FEMALE_STAFF, r->female_staff_n);
    TRY(curriculum_words(p->w, r, &taught));
    sheet_fact_said(p, MSG_EVENT_CURRICULUM, taught);
    sheet_fact_said(p, MSG_EVENT_CURRICULUM, r->curriculum_text);
    return OK;
}

static err margins_table(const struct sheet *p)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    struct q_close_margin_list *rows;
    size_t n;
    TRY(q_close_margin_list(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_MARGINS));
    paper_table(p->d,
                (struct paper_words[COLS]){sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_WHO)), 2),
                                           sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_MARGIN)), 2),
                                           sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_VALUE)), 2),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_PEOPLE))},
                COLS);
    for (size_t i = 0; i < n; i++) {
        const str age = sheet_words(p, case_age_words, CASE_age_n, rows[i].value_code);
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      sheet_plain(p, sheet_words(p, event_role_words, EVENT_role_n, rows[i].role_code)),
                      sheet_plain(p, sheet_words(p, day_margin_words, DAY_margin_n, rows[i].margin_code)),
                      sheet_plain(p, age.n > 0 ? age : sheet_said(p, MSG_CASE_YES)),
                      sheet_figure(p, rows[i].people_n)},
                  COLS);
    }
    paper_note(p->d, sheet_said(p, MSG_CLOSE_MARGINS_NOTE));
    return OK;
}

/* What shows that it was held. */
static err counted_fact(const struct sheet *p)
{
    int64_t n;
    int64_t no = 0;
    TRY(event_file_counted(&p->w->ctx, &p->v, &n, &no));
    const struct msg_arg arg = {"n", format_number(p->w->arena, p->w->lang, no)};
    sheet_fact(p, MSG_EVENT_FILE_SHEET,
               n > 0 ? page_msg_args(&p->w->page, MSG_EVENT_FILE_SHEET_YES, 0, &arg, 1)
                     : sheet_said(p, MSG_EVENT_FILE_SHEET_NO));
    return OK;
}

static err data_fill(const struct sheet *p)
{
    struct direction_view *directions;
    size_t n;
    int64_t open = 0;
    sheet_head(p);
    TRY(plan_facts(p));
    sheet_state(p);
    TRY(counted_fact(p));
    TRY(sheet_came(p));
    sheet_attendance(p);
    sheet_later(p);
    TRY(sheet_women(p));
    TRY(margins_table(p));
    TRY(sheet_answers(p));
    TRY(sheet_needs(p));
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &directions, &n));
    for (size_t i = 0; i < n; i++) {
        open += flow_open(&direction_kind, directions[i].state);
    }
    paper_heading(p->d, sheet_said(p, MSG_DIRECTION_LIST));
    sheet_fact_number(p, MSG_CLOSE_DIRECTIONS_GIVEN, (int64_t)n);
    sheet_fact_number(p, MSG_CLOSE_DIRECTIONS_OPEN, open);
    TRY(sheet_followed(p));
    paper_note(p->d, sheet_said(p, MSG_CLOSE_COMPUTED));
    return OK;
}

/* ---- letters: to each office its own directions, one sheet each ---- */

static bool same_owner(const struct direction_view *a, const struct direction_view *b)
{
    const bool offices = a->row.body_id.given && b->row.body_id.given;
    return offices
               ? a->row.body_id.v == b->row.body_id.v
               : !a->row.body_id.given && !b->row.body_id.given && str_eq(a->row.side_code, b->row.side_code);
}

static void letter(const struct sheet *p, const struct direction_view *rows, size_t n, size_t first)
{
    const struct direction_view *to = &rows[first];
    const struct msg_arg args[] = {{"event", sheet_title(p)},
                                   {"day", format_day(p->w->arena, p->w->lang, p->v.row.event_day)}};
    paper_heading(
        p->d, to->office_name.n > 0
                  ? to->office_name
                  : sheet_said(p, case_word_of(direction_side_words, DIRECTION_side_n, to->row.side_code)));
    paper_text(p->d, sheet_plain(p, page_msg_args(&p->w->page, MSG_CLOSE_LETTER, 0, args, COUNT(args))));
    sheet_direction_heads(p, true);
    for (size_t i = first; i < n; i++) {
        if (same_owner(&rows[i], to)) {
            sheet_direction_row(p, &rows[i], true);
        }
    }
    paper_text(p->d, sheet_plain(p, sheet_said(p, MSG_CLOSE_LETTER_END)));
    paper_sign(p->d, (str[]){sheet_said(p, MSG_CLOSE_SIGN_CHAIR), sheet_said(p, MSG_CLOSE_SIGN_TAKEN)}, 2);
}

static err letters_fill(const struct sheet *p)
{
    struct direction_view *rows;
    size_t n;
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        paper_text(p->d, sheet_plain(p, sheet_said(p, MSG_CLOSE_LETTERS_NONE)));
    }
    for (size_t i = 0; i < n; i++) {
        bool written = false;
        for (size_t k = 0; k < i; k++) {
            written = written || same_owner(&rows[k], &rows[i]);
        }
        if (!written && i > 0) {
            paper_break(p->d);
        }
        if (!written) {
            letter(p, rows, n, i);
        }
    }
    return OK;
}

/* ---- each as page, PDF and DOCX ---- */

static const struct {
    str rest, name;
    enum msg title;
    err (*fill)(const struct sheet *p);
} papers[CLOSE_PAPERS] = {
    {S_INIT("/minutes"), S_INIT("minutes"), MSG_CLOSE_PAPER_MINUTES, minutes_fill},
    {S_INIT("/closing-sheet"), S_INIT("closing-sheet"), MSG_CLOSE_PAPER_SHEET, closing_fill},
    {S_INIT("/data-sheet"), S_INIT("data-sheet"), MSG_CLOSE_PAPER_DATA, data_fill},
    {S_INIT("/letters-directions"), S_INIT("directions"), MSG_CLOSE_PAPER_LETTERS, letters_fill},
};
enum { MINUTES, CLOSING, DATA, LETTERS };

err event_paper_links(struct web *w, const struct event_view *v, const struct page_link **out, size_t *out_n)
{
    struct page_link *rows = arena_array_of(w->arena, struct page_link, CLOSE_PAPERS);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CLOSE_PAPERS; i++) {
        rows[i] = (struct page_link){.to = event_url(w, v->row.event_code, papers[i].rest),
                                     .text = page_msg(&w->page, papers[i].title)};
    }
    *out = rows;
    *out_n = CLOSE_PAPERS;
    return OK;
}

static err paper_of(struct web *w, size_t which, const struct paper **out)
{
    struct sheet p = {.w = w, .d = arena_new_of(w->arena, struct paper_draft)};
    if (p.d == NULL) {
        return FAIL(LIMIT);
    }
    TRY(event_of(w, 0, papers[which].title, &p.v));
    TRY(close_state(&w->ctx, &p.v, &p.s));
    const struct msg_arg args[] = {{"paper", sheet_said(&p, papers[which].title)},
                                   {"event", sheet_title(&p)}};
    paper_begin(p.d, w->arena, w->lang, PAPER_A4, 0,
                page_msg_args(&w->page, MSG_CLOSE_PAPER_TITLE, 0, args, COUNT(args)));
    p.d->paper.above = sheet_plain(&p, p.v.unit_name);
    p.d->paper.foot = sheet_code(p.v.row.event_code);
    TRY(papers[which].fill(&p));
    return paper_done(p.d, out);
}

static err show_page(struct web *w, size_t which)
{
    const struct paper *paper;
    TRY(paper_of(w, which, &paper));
    const str event = w->in[0].text;
    const struct paper_ways ways = {
        .pdf = event_url(w, event, arena_printf(w->arena, "%.*s.pdf", STR_F(papers[which].rest))),
        .docx = event_url(w, event, arena_printf(w->arena, "%.*s.docx", STR_F(papers[which].rest)))};
    TRY(paper_html(&w->page, paper, &ways));
    return web_html(w, 200);
}

static err show_file(struct web *w, size_t which, enum paper_form form)
{
    const struct paper *paper;
    TRY(paper_of(w, which, &paper));
    return web_paper(w, paper, form,
                     arena_printf(w->arena, "%.*s-%.*s", STR_F(w->in[0].text), STR_F(papers[which].name)));
}

#define SHOWS(name, which)                         \
    err show_##name(struct web *w)                 \
    {                                              \
        return show_page(w, which);                \
    }                                              \
    err show_##name##_pdf(struct web *w)           \
    {                                              \
        return show_file(w, which, PAPER_AS_PDF);  \
    }                                              \
    err show_##name##_docx(struct web *w)          \
    {                                              \
        return show_file(w, which, PAPER_AS_DOCX); \
    }
SHOWS(minutes, MINUTES)
SHOWS(closing_sheet, CLOSING)
SHOWS(data_sheet, DATA)
SHOWS(direction_letters, LETTERS)
