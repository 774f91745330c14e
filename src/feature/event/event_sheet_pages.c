/* event_sheet_pages.c: see event_sheet.h. */
#include "event_sheet.h"

#include "clock.h"
#include "direction_parts.h"
#include "event_close_pages.h"
#include "event_day.h"
#include "format.h"

str sheet_said(const struct sheet *p, enum msg m)
{
    return page_msg(&p->w->page, m);
}

static str number(const struct sheet *p, int64_t n)
{
    return format_number(p->w->arena, p->w->lang, n);
}

struct paper_words sheet_plain(const struct sheet *p, str text)
{
    return paper_in(p->w->lang, text);
}

struct paper_words sheet_figure(const struct sheet *p, int64_t n)
{
    return paper_figure(p->w->lang, number(p, n));
}

struct paper_words sheet_wide(struct paper_words w, uint8_t share)
{
    w.share = share;
    return w;
}

/* References and numbers of events keep their own direction in a sentence of another one. */
struct paper_words sheet_code(str text)
{
    return paper_in(LANG_EN, text);
}

void sheet_fact(const struct sheet *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, sheet_said(p, name), sheet_plain(p, value));
    }
}

void sheet_fact_said(const struct sheet *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, sheet_said(p, name), paper_said(p->w->lang, value));
    }
}

void sheet_fact_number(const struct sheet *p, enum msg name, int64_t n)
{
    paper_fact(p->d, sheet_said(p, name), sheet_plain(p, number(p, n)));
}

str sheet_words(const struct sheet *p, const struct case_word *words, size_t n, str coded)
{
    return event_words_of(&p->w->page, words, n, coded);
}

str sheet_title(const struct sheet *p)
{
    return event_title(&p->w->page, p->v.row.event_kind_code, p->v.row.title_text);
}

/* ---- parts that papers share ---- */

static str venue_of(const struct sheet *p)
{
    const str kind = sheet_words(p, event_venue_words, EVENT_venue_n, p->v.row.venue_kind_code);
    return p->v.row.venue_text.n > 0
               ? arena_printf(p->w->arena, "%.*s · %.*s", STR_F(p->v.row.venue_text), STR_F(kind))
               : kind;
}

void sheet_head(const struct sheet *p)
{
    const struct q_event_get *r = &p->v.row;
    paper_fact(p->d, sheet_said(p, MSG_EVENT_CODE), sheet_code(r->event_code));
    sheet_fact(p, MSG_EVENT_KIND, sheet_words(p, event_kind_words, EVENT_kind_n, r->event_kind_code));
    sheet_fact(p, MSG_EVENT_AUDIENCE,
               sheet_words(p, event_audience_words, EVENT_audience_n, r->audience_code));
    sheet_fact(p, MSG_EVENT_COL_WHEN, event_when_words(p->w, r->event_day, r->from_min_n, r->to_min_n));
    sheet_fact(p, MSG_CASE_UNIT, p->v.unit_name);
    sheet_fact_said(p, MSG_EVENT_VENUE, venue_of(p));
    sheet_fact_said(p, MSG_EVENT_CHAIR, r->chair_text);
}

err sheet_came(const struct sheet *p)
{
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_summoned(&p->w->ctx, &p->v, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_OFFICES));
    for (size_t i = 0; i < n; i++) {
        const str came = sheet_words(p, event_came_words, EVENT_came_n, rows[i].came_code);
        const bool post = rows[i].post_text.n > 0;
        paper_fact(p->d, rows[i].name_text,
                   sheet_plain(p, post ? arena_printf(p->w->arena, "%.*s · %.*s", STR_F(came),
                                                      STR_F(rows[i].post_text))
                                       : came));
    }
    return OK;
}

/* Role × sex; sexes in columns, with the sum. */
void sheet_attendance(const struct sheet *p)
{
    enum { COLS = EVENT_sex_n + 2 };
    const enum lang lang = p->w->lang;
    struct paper_words cells[COLS];
    int64_t sums[EVENT_sex_n] = {0};
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_ATTENDANCE));
    cells[0] = sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_WHO)), 2);
    for (size_t x = 0; x < EVENT_sex_n; x++) {
        cells[x + 1] = paper_figure(lang, sheet_said(p, event_sex_words[x].text));
    }
    cells[COLS - 1] = paper_figure(lang, sheet_said(p, MSG_CLOSE_ALL));
    paper_table(p->d, cells, COLS);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        int64_t all = 0;
        cells[0] = sheet_plain(p, sheet_said(p, event_role_words[r].text));
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            cells[x + 1] = sheet_figure(p, p->s.cells.at[r][x].people);
            sums[x] += p->s.cells.at[r][x].people;
            all += p->s.cells.at[r][x].people;
        }
        cells[COLS - 1] = sheet_figure(p, all);
        paper_row(p->d, cells, COLS);
    }
    cells[0] = paper_strong(sheet_plain(p, sheet_said(p, MSG_CLOSE_ALL)));
    for (size_t x = 0; x < EVENT_sex_n; x++) {
        cells[x + 1] = paper_strong(sheet_figure(p, sums[x]));
    }
    cells[COLS - 1] = paper_strong(sheet_figure(p, p->s.cells.all.people));
    paper_row(p->d, cells, COLS);
}

static int64_t women_spoke(const struct sheet *p)
{
    int64_t n = 0;
    for (size_t r = 0; r < EVENT_role_n; r++) {
        n += p->s.cells.at[r][EVENT_sex_woman].spoke;
    }
    return n;
}

static int64_t women_all(const struct sheet *p)
{
    int64_t n = 0;
    for (size_t r = 0; r < EVENT_role_n; r++) {
        n += p->s.cells.at[r][EVENT_sex_woman].people;
    }
    return n;
}

void sheet_later(const struct sheet *p)
{
    if (p->s.later > 0) {
        paper_note(p->d, close_later_words(p->w, &p->s));
    }
}

err sheet_women(const struct sheet *p)
{
    struct day_filed filed;
    TRY(day_filed(&p->w->ctx, &p->v, &filed));
    sheet_fact_number(p, MSG_CLOSE_WOMEN_CAME, women_all(p));
    sheet_fact_number(p, MSG_CLOSE_WOMEN_SPOKE, women_spoke(p));
    sheet_fact_number(p, MSG_CLOSE_WOMEN_FILED, filed.by_sex[EVENT_sex_woman]);
    return OK;
}

/* Matters of the day by what was answered to them. */
err sheet_answers(const struct sheet *p)
{
    enum { COLS = 3 };
    const enum lang lang = p->w->lang;
    struct q_close_case_answers *rows;
    size_t n;
    TRY(q_close_case_answers(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_MATTERS));
    if (n == 0) {
        paper_text(p->d, sheet_plain(p, sheet_said(p, MSG_CLOSE_MATTERS_NONE)));
        return OK;
    }
    paper_table(p->d,
                (struct paper_words[COLS]){sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_ANSWERED)), 3),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_MATTERS_N)),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_BY_WOMEN))},
                COLS);
    int64_t all = 0, women = 0;
    for (size_t i = 0; i < n; i++) {
        const bool none = rows[i].answered_code.n == 0;
        paper_row(
            p->d,
            (struct paper_words[COLS]){
                sheet_plain(p, none ? sheet_said(p, MSG_CLOSE_NO_ANSWER)
                                    : sheet_words(p, day_answer_words, DAY_answer_n, rows[i].answered_code)),
                sheet_figure(p, rows[i].cases_n), sheet_figure(p, rows[i].women_n)},
            COLS);
        all += rows[i].cases_n;
        women += rows[i].women_n;
    }
    paper_row(p->d,
              (struct paper_words[COLS]){paper_strong(sheet_plain(p, sheet_said(p, MSG_CLOSE_ALL))),
                                         paper_strong(sheet_figure(p, all)),
                                         paper_strong(sheet_figure(p, women))},
              COLS);
    return OK;
}

err sheet_needs(const struct sheet *p)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    struct q_close_need_list *rows;
    size_t n;
    TRY(q_close_need_list(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_NEEDS));
    paper_table(p->d,
                (struct paper_words[COLS]){paper_figure(lang, sheet_said(p, MSG_CLOSE_RANK)),
                                           sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_NEED)), 5),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_WOMEN)),
                                           paper_figure(lang, sheet_said(p, MSG_CLOSE_OTHERS))},
                COLS);
    for (size_t i = 0; i < n; i++) {
        paper_row(
            p->d,
            (struct paper_words[COLS]){sheet_figure(p, (int64_t)i + 1), paper_said(lang, rows[i].words_text),
                                       sheet_figure(p, rows[i].women_n), sheet_figure(p, rows[i].others_n)},
            COLS);
    }
    return OK;
}

err sheet_decisions(const struct sheet *p)
{
    struct q_close_decision_list *rows;
    size_t n;
    TRY(q_close_decision_list(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    if (n > 0) {
        paper_heading(p->d, sheet_said(p, MSG_CLOSE_DECISIONS));
    }
    for (size_t i = 0; i < n; i++) {
        paper_fact(p->d, number(p, rows[i].decision_no), paper_said(p->w->lang, rows[i].words_text));
    }
    return OK;
}

void sheet_direction_row(const struct sheet *p, const struct direction_view *v, bool owner)
{
    const enum lang lang = p->w->lang;
    struct paper_words cells[4];
    size_t n = 0;
    cells[n++] = sheet_figure(p, v->row.direction_no);
    cells[n++] = paper_said(lang, v->row.words_text);
    if (owner) {
        cells[n++] = sheet_plain(p, direction_owner(p->w, v));
    }
    cells[n++] = sheet_plain(
        p, arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(format_day(p->w->arena, lang, v->row.due_day)),
                        STR_F(sheet_said(p, case_word_of(direction_horizon_words, DIRECTION_horizon_n,
                                                         v->row.horizon_code)))));
    paper_row(p->d, cells, n);
}

void sheet_direction_heads(const struct sheet *p, bool owner)
{
    struct paper_words cells[4];
    size_t n = 0;
    cells[n++] = paper_figure(p->w->lang, sheet_said(p, MSG_CLOSE_NO));
    cells[n++] = sheet_wide(sheet_plain(p, sheet_said(p, MSG_DIRECTION_COL_WORDS)), 5);
    if (owner) {
        cells[n++] = sheet_wide(sheet_plain(p, sheet_said(p, MSG_DIRECTION_COL_OWNER)), 4);
    }
    cells[n++] = sheet_wide(sheet_plain(p, sheet_said(p, MSG_DIRECTION_COL_DUE)), 2);
    paper_table(p->d, cells, n);
}

/* What this person may read of them: an officer those of his office. */
err sheet_directions(const struct sheet *p)
{
    struct direction_view *rows;
    size_t n;
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, sheet_said(p, MSG_DIRECTION_LIST));
    sheet_direction_heads(p, true);
    for (size_t i = 0; i < n; i++) {
        sheet_direction_row(p, &rows[i], true);
    }
    if (p->w->who.actor.role == ROLE_OFFICER) {
        paper_note(p->d, sheet_said(p, MSG_CLOSE_ONLY_YOURS));
    }
    return OK;
}

static str women_said(const struct sheet *p, struct opt_i64 women)
{
    if (!women.given) {
        return sheet_said(p, MSG_CLOSE_WOMEN_UNASKED);
    }
    return sheet_said(p, women.v == 1 ? MSG_CLOSE_WOMEN_SAY_YES : MSG_CLOSE_WOMEN_SAY_NO);
}

err sheet_followed(const struct sheet *p)
{
    enum { COLS = 3 };
    const enum lang lang = p->w->lang;
    struct follow_row *rows;
    size_t n;
    TRY(follow_list(&p->w->ctx, &p->v, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_FOLLOWED));
    paper_table(
        p->d,
        (struct paper_words[COLS]){sheet_wide(sheet_plain(p, sheet_said(p, MSG_DIRECTION_COL_NO)), 2),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_DIRECTION_COL_WORDS)), 3),
                                   sheet_wide(sheet_plain(p, sheet_said(p, MSG_CLOSE_WHAT_BECAME)), 3)},
        COLS);
    for (size_t i = 0; i < n; i++) {
        const str became = sheet_words(p, direction_answer_words, DIRECTION_answer_n, rows[i].answer);
        const bool any = rows[i].answer.n > 0;
        const str told = any ? arena_printf(p->w->arena, "%.*s\n%.*s%s%.*s", STR_F(became),
                                            STR_F(women_said(p, rows[i].women)),
                                            rows[i].words.n > 0 ? "\n" : "", STR_F(rows[i].words))
                             : sheet_said(p, MSG_CLOSE_NO_ANSWER);
        paper_row(p->d,
                  (struct paper_words[COLS]){sheet_code(rows[i].direction.number),
                                             paper_said(lang, rows[i].direction.row.words_text),
                                             sheet_plain(p, told)},
                  COLS);
    }
    return OK;
}

/* One paragraph of the minutes after the other, none longer than a text of a paper may be. */
void sheet_minutes(const struct sheet *p)
{
    enum { PARAGRAPH = 3900 };
    str rest = p->v.row.minutes_text;
    if (rest.n == 0) {
        return;
    }
    paper_heading(p->d, sheet_said(p, MSG_CLOSE_MINUTES));
    while (rest.p != NULL) {
        str line = str_trim(str_cut(&rest, '\n'));
        while (line.n > 0) {
            size_t n = line.n < PARAGRAPH ? line.n : PARAGRAPH;
            while (n < line.n && ((unsigned char)line.p[n] & 0xC0u) == 0x80u) {
                n--;
            }
            paper_text(p->d, paper_said(p->w->lang, str_sub(line, 0, n)));
            line = str_sub(line, n, line.n);
        }
    }
}

void sheet_signs(const struct sheet *p)
{
    paper_sign(p->d,
               (str[]){sheet_said(p, MSG_CLOSE_SIGN_CHAIR), sheet_said(p, MSG_CLOSE_SIGN_DESK),
                       sheet_said(p, MSG_CLOSE_SIGN_WOMAN)},
               3);
}

/* Open, planned and cancelled ones are said to be so: what is printed then may still change. */
void sheet_state(const struct sheet *p)
{
    if (p->v.state != EVENT_CLOSED) {
        const struct msg_arg arg = {"state", sheet_said(p, event_state_words[p->v.state].text)};
        paper_note(p->d, page_msg_args(&p->w->page, MSG_CLOSE_NOT_FINAL, 0, &arg, 1));
    }
    if (str_eq(p->v.row.source_code, S("imported"))) {
        paper_note(p->d, sheet_said(p, MSG_EVENT_IMPORTED));
    }
}
