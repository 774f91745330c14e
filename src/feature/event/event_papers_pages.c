/* event_papers_pages.c: what is printed of an event: minutes, closing sheet, Event Data Sheet, and a letter
 * to each office with its directions. All of it is computed from the event; nobody is named. */
#include "clock.h"
#include "direction_parts.h"
#include "event_close_pages.h"
#include "event_day.h"
#include "format.h"
#include "web_paper.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input event_paper_inputs[PAPER_INPUTS] = {EVENT_CODE_INPUT};

/* A paper being written. */
struct sheet {
    struct web *w;
    struct paper_draft *d;
    struct event_view v;
    struct close_state s;
};

static str said(const struct sheet *p, enum msg m)
{
    return page_msg(&p->w->page, m);
}

static str number(const struct sheet *p, int64_t n)
{
    return format_number(p->w->arena, p->w->lang, n);
}

static struct paper_words plain(const struct sheet *p, str text)
{
    return paper_in(p->w->lang, text);
}

static struct paper_words figure(const struct sheet *p, int64_t n)
{
    return paper_figure(p->w->lang, number(p, n));
}

static struct paper_words wide(struct paper_words w, uint8_t share)
{
    w.share = share;
    return w;
}

/* References and numbers of events keep their own direction in a sentence of another one. */
static struct paper_words code(str text)
{
    return paper_in(LANG_EN, text);
}

static void fact(const struct sheet *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, said(p, name), plain(p, value));
    }
}

static void fact_said(const struct sheet *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, said(p, name), paper_said(p->w->lang, value));
    }
}

static void fact_number(const struct sheet *p, enum msg name, int64_t n)
{
    paper_fact(p->d, said(p, name), plain(p, number(p, n)));
}

static str words_of(const struct sheet *p, const struct case_word *words, size_t n, str coded)
{
    return event_words_of(&p->w->page, words, n, coded);
}

static str title_of(const struct sheet *p)
{
    return event_title(&p->w->page, p->v.row.event_kind_code, p->v.row.title_text);
}

/* ---- parts that papers share ---- */

static str venue_of(const struct sheet *p)
{
    const str kind = words_of(p, event_venue_words, EVENT_venue_n, p->v.row.venue_kind_code);
    return p->v.row.venue_text.n > 0
               ? arena_printf(p->w->arena, "%.*s · %.*s", STR_F(p->v.row.venue_text), STR_F(kind))
               : kind;
}

static void head_facts(const struct sheet *p)
{
    const struct q_event_get *r = &p->v.row;
    paper_fact(p->d, said(p, MSG_EVENT_CODE), code(r->event_code));
    fact(p, MSG_EVENT_KIND, words_of(p, event_kind_words, EVENT_kind_n, r->event_kind_code));
    fact(p, MSG_EVENT_AUDIENCE, words_of(p, event_audience_words, EVENT_audience_n, r->audience_code));
    fact(p, MSG_EVENT_COL_WHEN, event_when_words(p->w, r->event_day, r->from_min_n, r->to_min_n));
    fact(p, MSG_CASE_UNIT, p->v.unit_name);
    fact_said(p, MSG_EVENT_VENUE, venue_of(p));
    fact_said(p, MSG_EVENT_CHAIR, r->chair_text);
}

static err came_facts(const struct sheet *p)
{
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_summoned(&p->w->ctx, &p->v, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, said(p, MSG_CLOSE_OFFICES));
    for (size_t i = 0; i < n; i++) {
        const str came = words_of(p, event_came_words, EVENT_came_n, rows[i].came_code);
        const bool post = rows[i].post_text.n > 0;
        paper_fact(
            p->d, rows[i].name_text,
            plain(p, post ? arena_printf(p->w->arena, "%.*s · %.*s", STR_F(came), STR_F(rows[i].post_text))
                          : came));
    }
    return OK;
}

/* Role × sex; sexes in columns, with the sum. */
static void attendance(const struct sheet *p)
{
    enum { COLS = EVENT_sex_n + 2 };
    const enum lang lang = p->w->lang;
    struct paper_words cells[COLS];
    int64_t sums[EVENT_sex_n] = {0};
    paper_heading(p->d, said(p, MSG_CLOSE_ATTENDANCE));
    cells[0] = wide(plain(p, said(p, MSG_CLOSE_WHO)), 2);
    for (size_t x = 0; x < EVENT_sex_n; x++) {
        cells[x + 1] = paper_figure(lang, said(p, event_sex_words[x].text));
    }
    cells[COLS - 1] = paper_figure(lang, said(p, MSG_CLOSE_ALL));
    paper_table(p->d, cells, COLS);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        int64_t all = 0;
        cells[0] = plain(p, said(p, event_role_words[r].text));
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            cells[x + 1] = figure(p, p->s.cells.at[r][x].people);
            sums[x] += p->s.cells.at[r][x].people;
            all += p->s.cells.at[r][x].people;
        }
        cells[COLS - 1] = figure(p, all);
        paper_row(p->d, cells, COLS);
    }
    cells[0] = paper_strong(plain(p, said(p, MSG_CLOSE_ALL)));
    for (size_t x = 0; x < EVENT_sex_n; x++) {
        cells[x + 1] = paper_strong(figure(p, sums[x]));
    }
    cells[COLS - 1] = paper_strong(figure(p, p->s.cells.all.people));
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

static err women_facts(const struct sheet *p)
{
    struct day_filed filed;
    TRY(day_filed(&p->w->ctx, &p->v, &filed));
    fact_number(p, MSG_CLOSE_WOMEN_CAME, women_all(p));
    fact_number(p, MSG_CLOSE_WOMEN_SPOKE, women_spoke(p));
    fact_number(p, MSG_CLOSE_WOMEN_FILED, filed.by_sex[EVENT_sex_woman]);
    return OK;
}

/* Matters of the day by what was answered to them. */
static err answers_table(const struct sheet *p)
{
    enum { COLS = 3 };
    const enum lang lang = p->w->lang;
    struct q_close_case_answers *rows;
    size_t n;
    TRY(q_close_case_answers(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    paper_heading(p->d, said(p, MSG_CLOSE_MATTERS));
    if (n == 0) {
        paper_text(p->d, plain(p, said(p, MSG_CLOSE_MATTERS_NONE)));
        return OK;
    }
    paper_table(p->d,
                (struct paper_words[COLS]){wide(plain(p, said(p, MSG_CLOSE_ANSWERED)), 3),
                                           paper_figure(lang, said(p, MSG_CLOSE_MATTERS_N)),
                                           paper_figure(lang, said(p, MSG_CLOSE_BY_WOMEN))},
                COLS);
    int64_t all = 0, women = 0;
    for (size_t i = 0; i < n; i++) {
        const bool none = rows[i].answered_code.n == 0;
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      plain(p, none ? said(p, MSG_CLOSE_NO_ANSWER)
                                    : words_of(p, day_answer_words, DAY_answer_n, rows[i].answered_code)),
                      figure(p, rows[i].cases_n), figure(p, rows[i].women_n)},
                  COLS);
        all += rows[i].cases_n;
        women += rows[i].women_n;
    }
    paper_row(p->d,
              (struct paper_words[COLS]){paper_strong(plain(p, said(p, MSG_CLOSE_ALL))),
                                         paper_strong(figure(p, all)), paper_strong(figure(p, women))},
              COLS);
    return OK;
}

static err needs_table(const struct sheet *p)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    struct q_close_need_list *rows;
    size_t n;
    TRY(q_close_need_list(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, said(p, MSG_CLOSE_NEEDS));
    paper_table(p->d,
                (struct paper_words[COLS]){paper_figure(lang, said(p, MSG_CLOSE_RANK)),
                                           wide(plain(p, said(p, MSG_CLOSE_NEED)), 5),
                                           paper_figure(lang, said(p, MSG_CLOSE_WOMEN)),
                                           paper_figure(lang, said(p, MSG_CLOSE_OTHERS))},
                COLS);
    for (size_t i = 0; i < n; i++) {
        paper_row(p->d,
                  (struct paper_words[COLS]){figure(p, (int64_t)i + 1), paper_said(lang, rows[i].words_text),
                                             figure(p, rows[i].women_n), figure(p, rows[i].others_n)},
                  COLS);
    }
    return OK;
}

static err decisions_list(const struct sheet *p)
{
    struct q_close_decision_list *rows;
    size_t n;
    TRY(q_close_decision_list(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &rows, &n));
    if (n > 0) {
        paper_heading(p->d, said(p, MSG_CLOSE_DECISIONS));
    }
    for (size_t i = 0; i < n; i++) {
        paper_fact(p->d, number(p, rows[i].decision_no), paper_said(p->w->lang, rows[i].words_text));
    }
    return OK;
}

static void direction_row(const struct sheet *p, const struct direction_view *v, bool owner)
{
    const enum lang lang = p->w->lang;
    struct paper_words cells[4];
    size_t n = 0;
    cells[n++] = figure(p, v->row.direction_no);
    cells[n++] = paper_said(lang, v->row.words_text);
    if (owner) {
        cells[n++] = plain(p, direction_owner(p->w, v));
    }
    cells[n++] =
        plain(p, arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(format_day(p->w->arena, lang, v->row.due_day)),
                              STR_F(said(p, case_word_of(direction_horizon_words, DIRECTION_horizon_n,
                                                         v->row.horizon_code)))));
    paper_row(p->d, cells, n);
}

static void direction_heads(const struct sheet *p, bool owner)
{
    struct paper_words cells[4];
    size_t n = 0;
    cells[n++] = paper_figure(p->w->lang, said(p, MSG_CLOSE_NO));
    cells[n++] = wide(plain(p, said(p, MSG_DIRECTION_COL_WORDS)), 5);
    if (owner) {
        cells[n++] = wide(plain(p, said(p, MSG_DIRECTION_COL_OWNER)), 4);
    }
    cells[n++] = wide(plain(p, said(p, MSG_DIRECTION_COL_DUE)), 2);
    paper_table(p->d, cells, n);
}

/* What this person may read of them: an officer those of his office. */
static err directions_table(const struct sheet *p)
{
    struct direction_view *rows;
    size_t n;
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, said(p, MSG_DIRECTION_LIST));
    direction_heads(p, true);
    for (size_t i = 0; i < n; i++) {
        direction_row(p, &rows[i], true);
    }
    if (p->w->who.actor.role == ROLE_OFFICER) {
        paper_note(p->d, said(p, MSG_CLOSE_ONLY_YOURS));
    }
    return OK;
}

static str women_said(const struct sheet *p, struct opt_i64 women)
{
    if (!women.given) {
        return said(p, MSG_CLOSE_WOMEN_UNASKED);
    }
    return said(p, women.v == 1 ? MSG_CLOSE_WOMEN_SAY_YES : MSG_CLOSE_WOMEN_SAY_NO);
}

static err follow_table(const struct sheet *p)
{
    enum { COLS = 3 };
    const enum lang lang = p->w->lang;
    struct follow_row *rows;
    size_t n;
    TRY(follow_list(&p->w->ctx, &p->v, &rows, &n));
    if (n == 0) {
        return OK;
    }
    paper_heading(p->d, said(p, MSG_CLOSE_FOLLOWED));
    paper_table(p->d,
                (struct paper_words[COLS]){wide(plain(p, said(p, MSG_DIRECTION_COL_NO)), 2),
                                           wide(plain(p, said(p, MSG_DIRECTION_COL_WORDS)), 3),
                                           wide(plain(p, said(p, MSG_CLOSE_WHAT_BECAME)), 3)},
                COLS);
    for (size_t i = 0; i < n; i++) {
        const str became = words_of(p, direction_answer_words, DIRECTION_answer_n, rows[i].answer);
        const bool any = rows[i].answer.n > 0;
        const str told = any ? arena_printf(p->w->arena, "%.*s\n%.*s%s%.*s", STR_F(became),
                                            STR_F(women_said(p, rows[i].women)),
                                            rows[i].words.n > 0 ? "\n" : "", STR_F(rows[i].words))
                             : said(p, MSG_CLOSE_NO_ANSWER);
        paper_row(p->d,
                  (struct paper_words[COLS]){code(rows[i].direction.number),
                                             paper_said(lang, rows[i].direction.row.words_text),
                                             plain(p, told)},
                  COLS);
    }
    return OK;
}

/* One paragraph of the minutes after the other, none longer than a text of a paper may be. */
static void minutes_words(const struct sheet *p)
{
    enum { PARAGRAPH = 3900 };
    str rest = p->v.row.minutes_text;
    if (rest.n == 0) {
        return;
    }
    paper_heading(p->d, said(p, MSG_CLOSE_MINUTES));
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

static void sign_lines(const struct sheet *p)
{
    paper_sign(
        p->d,
        (str[]){said(p, MSG_CLOSE_SIGN_CHAIR), said(p, MSG_CLOSE_SIGN_DESK), said(p, MSG_CLOSE_SIGN_WOMAN)},
        3);
}

/* Open, planned and cancelled ones are said to be so: what is printed then may still change. */
static void state_note(const struct sheet *p)
{
    if (p->v.state != EVENT_CLOSED) {
        const struct msg_arg arg = {"state", said(p, event_state_words[p->v.state].text)};
        paper_note(p->d, page_msg_args(&p->w->page, MSG_CLOSE_NOT_FINAL, 0, &arg, 1));
    }
    if (str_eq(p->v.row.source_code, S("imported"))) {
        paper_note(p->d, said(p, MSG_EVENT_IMPORTED));
    }
}

/* ---- minutes ---- */

static err minutes_fill(const struct sheet *p)
{
    head_facts(p);
    state_note(p);
    TRY(came_facts(p));
    attendance(p);
    TRY(women_facts(p));
    minutes_words(p);
    TRY(needs_table(p));
    TRY(answers_table(p));
    TRY(decisions_list(p));
    TRY(follow_table(p));
    TRY(directions_table(p));
    sign_lines(p);
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
                  plain(p, arena_printf(p->w->arena, "%.*s · %.*s", STR_F(said(p, event_role_words[r].text)),
                                        STR_F(said(p, event_sex_words[x].text)))),
                  figure(p, counted), paper.given ? figure(p, paper.v) : plain(p, S("")),
                  p->s.on_paper ? figure(p, counted - paper.v) : plain(p, S(""))},
              COLS);
}

static void compared(const struct sheet *p)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    paper_heading(p->d, said(p, MSG_CLOSE_COUNTS));
    paper_table(p->d,
                (struct paper_words[COLS]){wide(plain(p, said(p, MSG_CLOSE_WHO)), 3),
                                           paper_figure(lang, said(p, MSG_CLOSE_COUNTED)),
                                           paper_figure(lang, said(p, MSG_CLOSE_ON_PAPER)),
                                           paper_figure(lang, said(p, MSG_CLOSE_DIFFERENCE))},
                COLS);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            compared_row(p, r, x);
        }
    }
    paper_row(p->d,
              (struct paper_words[COLS]){
                  paper_strong(plain(p, said(p, MSG_CLOSE_ALL))),
                  paper_strong(figure(p, p->s.cells.all.people)),
                  p->s.on_paper ? paper_strong(figure(p, p->s.paper_all)) : plain(p, S("")),
                  p->s.on_paper ? paper_strong(figure(p, p->s.cells.all.people - p->s.paper_all))
                                : plain(p, S(""))},
              COLS);
    fact_said(p, MSG_CLOSE_EXPLAINED, p->v.row.explained_text);
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
    paper_table(p->d,
                (struct paper_words[COLS]){wide(paper_figure(lang, said(p, MSG_CLOSE_TOKEN)), 3),
                                           wide(plain(p, said(p, MSG_CLOSE_REF)), 4),
                                           wide(plain(p, said(p, MSG_CLOSE_SERVICE)), 6),
                                           wide(plain(p, said(p, MSG_CLOSE_ANSWERED)), 5),
                                           wide(plain(p, said(p, MSG_CLOSE_ANSWERED_BY)), 9)},
                COLS);
    for (size_t i = 0; i < n; i++) {
        const struct q_close_case_list *r = &rows[i];
        case_ref ref;
        TRY(case_ref_of(p->w->arena, r->ref_code, &ref));
        str answer = r->answer_code.n == 0 ? said(p, MSG_CLOSE_NO_ANSWER)
                                           : words_of(p, day_answer_words, DAY_answer_n, r->answer_code);
        if (r->answer_day.given) {
            answer = arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(answer),
                                  STR_F(format_day(p->w->arena, lang, r->answer_day.v)));
        }
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      r->token_no.given ? figure(p, r->token_no.v) : plain(p, S("")),
                      code(case_ref_text(p->w->arena, ref)), plain(p, r->service_name), plain(p, answer),
                      plain(p, arena_printf(p->w->arena, "%.*s%s%.*s", STR_F(r->post_text),
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
    head_facts(p);
    state_note(p);
    compared(p);
    TRY(q_close_tokens(p->w->ctx.db, p->w->arena, p->v.row.home, p->v.row.id, &tokens));
    fact_number(p, MSG_CLOSE_TOKENS, tokens.tokens_n);
    if (p->s.waiting > 0) {
        fact_number(p, MSG_CLOSE_STILL_WAIT, p->s.waiting);
    }
    TRY(answers_table(p));
    TRY(matters_list(p));
    TRY(directions_table(p));
    paper_heading(p->d, said(p, MSG_CLOSE_SIGNATURES));
    for (size_t i = 0; i < p->s.signs_n; i++) {
        paper_fact(p->d, p->s.signs[i].post_text,
                   plain(p, words_of(p, close_how_words, CLOSE_how_n, p->s.signs[i].how_code)));
    }
    sign_lines(p);
    TRY(close_seal(&p->w->ctx, &p->v, &figures));
    const struct msg_arg arg = {"seal",
                                page_isolate(&p->w->page, arena_str(p->w->arena, seal_text(&figures)))};
    paper_note(p->d, page_msg_args(&p->w->page, MSG_CLOSE_SEAL, 0, &arg, 1));
    return OK;
}

/* ---- Event Data Sheet ---- */

static void plan_facts(const struct sheet *p)
{
    const struct q_event_get *r = &p->v.row;
    fact_said(p, MSG_EVENT_SERIES, r->series_text);
    fact_said(p, MSG_EVENT_PLAN_LINE, r->plan_text);
    fact_said(p, MSG_EVENT_WHY, r->why_text);
    if (r->female_from_n.given && r->female_to_n.given) {
        fact(p, MSG_CLOSE_FEMALE_HOURS, event_hours_words(p->w, r->female_from_n.v, r->female_to_n.v));
    }
    fact(p, MSG_EVENT_SPOKEN, words_of(p, case_spoken_words, CASE_spoken_n, r->spoken_code));
    fact(p, MSG_EVENT_SEATING, words_of(p, event_seating_words, EVENT_seating_n, r->seating_code));
    const struct {
        enum msg name;
        int64_t flag;
    } flags[] = {{MSG_EVENT_TRANSPORT, r->transport_flag},
                 {MSG_EVENT_CHILDCARE, r->childcare_flag},
                 {MSG_EVENT_PURDAH, r->purdah_flag}};
    for (size_t i = 0; i < COUNT(flags); i++) {
        fact(p, flags[i].name, said(p, flags[i].flag != 0 ? MSG_CASE_YES : MSG_CASE_NO));
    }
    fact_number(p, MSG_EVENT_FEMALE_STAFF, r->female_staff_n);
    fact_said(p, MSG_EVENT_CURRICULUM, r->curriculum_text);
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
    paper_heading(p->d, said(p, MSG_CLOSE_MARGINS));
    paper_table(p->d,
                (struct paper_words[COLS]){wide(plain(p, said(p, MSG_CLOSE_WHO)), 2),
                                           wide(plain(p, said(p, MSG_CLOSE_MARGIN)), 2),
                                           wide(plain(p, said(p, MSG_CLOSE_VALUE)), 2),
                                           paper_figure(lang, said(p, MSG_CLOSE_PEOPLE))},
                COLS);
    for (size_t i = 0; i < n; i++) {
        const str age = words_of(p, case_age_words, CASE_age_n, rows[i].value_code);
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      plain(p, words_of(p, event_role_words, EVENT_role_n, rows[i].role_code)),
                      plain(p, words_of(p, day_margin_words, DAY_margin_n, rows[i].margin_code)),
                      plain(p, age.n > 0 ? age : said(p, MSG_CASE_YES)), figure(p, rows[i].people_n)},
                  COLS);
    }
    paper_note(p->d, said(p, MSG_CLOSE_MARGINS_NOTE));
    return OK;
}

static err data_fill(const struct sheet *p)
{
    struct direction_view *directions;
    size_t n;
    int64_t open = 0;
    head_facts(p);
    plan_facts(p);
    state_note(p);
    TRY(came_facts(p));
    attendance(p);
    TRY(women_facts(p));
    TRY(margins_table(p));
    TRY(answers_table(p));
    TRY(needs_table(p));
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &directions, &n));
    for (size_t i = 0; i < n; i++) {
        open += flow_open(&direction_kind, directions[i].state);
    }
    paper_heading(p->d, said(p, MSG_DIRECTION_LIST));
    fact_number(p, MSG_CLOSE_DIRECTIONS_GIVEN, (int64_t)n);
    fact_number(p, MSG_CLOSE_DIRECTIONS_OPEN, open);
    TRY(follow_table(p));
    paper_note(p->d, said(p, MSG_CLOSE_COMPUTED));
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
    const struct msg_arg args[] = {{"event", title_of(p)},
                                   {"day", format_day(p->w->arena, p->w->lang, p->v.row.event_day)}};
    paper_heading(p->d, to->office_name.n > 0 ? to->office_name
                                              : said(p, case_word_of(direction_side_words, DIRECTION_side_n,
                                                                     to->row.side_code)));
    paper_text(p->d, plain(p, page_msg_args(&p->w->page, MSG_CLOSE_LETTER, 0, args, COUNT(args))));
    direction_heads(p, true);
    for (size_t i = first; i < n; i++) {
        if (same_owner(&rows[i], to)) {
            direction_row(p, &rows[i], true);
        }
    }
    paper_text(p->d, plain(p, said(p, MSG_CLOSE_LETTER_END)));
    paper_sign(p->d, (str[]){said(p, MSG_CLOSE_SIGN_CHAIR), said(p, MSG_CLOSE_SIGN_TAKEN)}, 2);
}

static err letters_fill(const struct sheet *p)
{
    struct direction_view *rows;
    size_t n;
    TRY(direction_of_event(&p->w->ctx, p->v.row.home, p->v.row.id, &rows, &n));
    if (n == 0) {
        paper_text(p->d, plain(p, said(p, MSG_CLOSE_LETTERS_NONE)));
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
    const struct msg_arg args[] = {{"paper", said(&p, papers[which].title)}, {"event", title_of(&p)}};
    paper_begin(p.d, w->arena, w->lang, PAPER_A4, 0,
                page_msg_args(&w->page, MSG_CLOSE_PAPER_TITLE, 0, args, COUNT(args)));
    p.d->paper.above = plain(&p, p.v.unit_name);
    p.d->paper.foot = code(p.v.row.event_code);
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
