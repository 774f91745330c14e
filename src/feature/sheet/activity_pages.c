/* activity_pages.c: one Activity Monitoring Sheet: what is written in it, what is computed, and its steps. */
#include "activity.h"
#include "sheet.html.h"
#include "sheet_pages.h"

#include "clock.h"
#include "event_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In the order of SHEET_DO_…, and behind them what only this sheet has. */
static const char *const dos[] = {"submit",      "verify",      "approve", "return", "lock",
                                  "unlock",      "justify",     "write",   "follow", "follow_done",
                                  "follow_open", "follow_drop", "value",   NULL};
enum { DO_WRITE = SHEET_DOS, DO_FOLLOW, DO_FOLLOW_DONE, DO_FOLLOW_OPEN, DO_FOLLOW_DROP, DO_VALUE };

enum {
    AC_PLAN,
    AC_NO,
    AC_UNIT,
    AC_PERIOD,
    AC_DONE,
    AC_CHANGED,
    AC_PROGRESS,
    AC_BEGAN,
    AC_ENDED,
    AC_WHY,
    AC_DELIVERED,
    AC_NARRATIVE,
    AC_FOLLOW_WORDS,
    AC_FOLLOW_POST,
    AC_FOLLOW_DUE,
    AC_FOLLOW_NO,
    AC_VALUE_OF,
    AC_VALUE_ROLE,
    AC_VALUE_SEX,
    AC_VALUE_N,
    AC_VALUE_DEN,
    AC_VALUE_MEANS,
    AC_BASE,
    AC_WORDS = AC_BASE + SHEET_IN_WORDS,
    AC_DO = AC_BASE + SHEET_IN_DO
};
const struct input sheet_activity_inputs[SHEET_ACTIVITY_INPUTS_N] = {
    [AC_PLAN] = {"plan", IN_CODE, MSG_PLAN_CODE, 80, .required = true},
    [AC_NO] = {"no", IN_NUMBER, MSG_PLAN_ACTIVITY, PLAN_ACTIONS_MAX, .required = true},
    [AC_UNIT] = {"unit", IN_CODE, MSG_SHEET_COL_DISTRICT, 40, .required = true},
    [AC_PERIOD] = {"period", IN_CODE, MSG_SHEET_COL_QUARTER, 40, .required = true},
    [AC_DONE] = {"recorded", IN_FLAG, MSG_CASE_RECORDED},
    [AC_CHANGED] = {"changed", IN_NUMBER, MSG_SHEET_VERSION},
    [AC_PROGRESS] = {"progress", IN_CHOICE, MSG_ACTIVITY_PROGRESS, .choices = activity_progress_codes},
    [AC_BEGAN] = {"began", IN_DAY, MSG_ACTIVITY_BEGAN},
    [AC_ENDED] = {"ended", IN_DAY, MSG_ACTIVITY_ENDED},
    [AC_WHY] = {"why", IN_WORDS, MSG_ACTIVITY_WHY, ACTIVITY_TEXT_MAX},
    [AC_DELIVERED] = {"done", IN_WORDS, MSG_ACTIVITY_DONE, ACTIVITY_TEXT_MAX},
    [AC_NARRATIVE] = {"narrative", IN_WORDS, MSG_ACTIVITY_NARRATIVE, ACTIVITY_TEXT_MAX},
    [AC_FOLLOW_WORDS] = {"follow_words", IN_LINE, MSG_ACTIVITY_FOLLOW_WORDS},
    [AC_FOLLOW_POST] = {"follow_post", IN_LINE, MSG_ACTIVITY_FOLLOW_POST},
    [AC_FOLLOW_DUE] = {"follow_due", IN_DAY, MSG_ACTIVITY_FOLLOW_DUE},
    [AC_FOLLOW_NO] = {"follow_no", IN_NUMBER, MSG_ACTIVITY_FOLLOW_WHICH, 9999},
    [AC_VALUE_OF] = {"value_of", IN_NUMBER, MSG_ACTIVITY_VALUE_OF, PLAN_INDICATORS_MAX},
    [AC_VALUE_ROLE] = {"value_role", IN_CHOICE, MSG_PLAN_ROLE, .choices = event_role_codes},
    [AC_VALUE_SEX] = {"value_sex", IN_CHOICE, MSG_PLAN_SEX, .choices = event_sex_codes},
    [AC_VALUE_N] = {"value_n", IN_NUMBER, MSG_ACTIVITY_VALUE_N, PLAN_RUPEES_MAX},
    [AC_VALUE_DEN] = {"value_den", IN_NUMBER, MSG_ACTIVITY_VALUE_DEN, PLAN_RUPEES_MAX},
    [AC_VALUE_MEANS] = {"value_means", IN_LINE, MSG_ACTIVITY_VALUE_MEANS, PLAN_LINE_MAX},
    SHEET_INPUTS_OF(AC_BASE, dos),
};

static err activity_of(struct ctx *c, const struct given *in, struct activity *out)
{
    struct period quarter;
    if (period_of(in[AC_PERIOD].text, &quarter).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    return activity_find(c, in[AC_PLAN].text, in[AC_NO].n, in[AC_UNIT].text, quarter, out);
}

/* ---- what was computed ---- */

static const struct {
    str name;
    enum msg text;
} sums[] = {{S_INIT("events"), MSG_ACTIVITY_SUM_EVENTS},
            {S_INIT("cases"), MSG_SHEET_SUM_CASES},
            {S_INIT("answered"), MSG_SHEET_SUM_ANSWERED},
            {S_INIT("needs"), MSG_SHEET_SUM_NEEDS},
            {S_INIT("directions"), MSG_SHEET_SUM_DIRECTIONS}};
static const struct {
    str name;
    enum msg text;
} written[] = {{S_INIT("progress"), MSG_ACTIVITY_PROGRESS}, {S_INIT("began"), MSG_ACTIVITY_BEGAN},
               {S_INIT("ended"), MSG_ACTIVITY_ENDED},       {S_INIT("why"), MSG_ACTIVITY_WHY},
               {S_INIT("done"), MSG_ACTIVITY_DONE},         {S_INIT("narrative"), MSG_ACTIVITY_NARRATIVE}};
enum {
    SUMS_N = sizeof sums / sizeof sums[0],
    WRITTEN_N = sizeof written / sizeof written[0],
    CELLS_N = EVENT_role_n * EVENT_sex_n,
    LINES_N = WRITTEN_N + CELLS_N + SUMS_N
};

/* What a version may say otherwise than the one before. */
static err lines_of(struct web *w, struct sheet_line **out)
{
    const struct page *p = &w->page;
    struct sheet_line *l = arena_array_of(w->arena, struct sheet_line, LINES_N);
    size_t n = 0;
    if (l == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < WRITTEN_N; i++) {
        l[n++] = (struct sheet_line){
            .name = written[i].name, .label = page_msg(p, written[i].text), .words = true};
    }
    for (size_t i = 0; i < CELLS_N; i++) {
        const size_t r = i / EVENT_sex_n;
        const size_t s = i % EVENT_sex_n;
        l[n].name = arena_printf(w->arena, "cell %s %s", event_role_codes[r], event_sex_codes[s]);
        l[n++].label = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_msg(p, event_role_words[r].text)),
                                    STR_F(page_msg(p, event_sex_words[s].text)));
    }
    for (size_t i = 0; i < SUMS_N; i++) {
        l[n++] = (struct sheet_line){.name = sums[i].name, .label = page_msg(p, sums[i].text)};
    }
    *out = l;
    return OK;
}

static int64_t planned_people(const struct activity *a, const char *role, const char *sex)
{
    int64_t n = 0;
    for (size_t i = 0; i < a->whole.people_n; i++) {
        const struct q_plan_people *p = &a->whole.people[i];
        if (p->action_id == a->line->id && str_eq(p->role_code, str_of(role)) &&
            str_eq(p->sex_code, str_of(sex))) {
            n += p->people_n;
        }
    }
    return n;
}

enum { CC_WHAT, CC_NOW, CC_PLANNED, CCS };

static void computed_row(struct web *w, str what, int64_t now, str note, int64_t planned, struct cell_view *c)
{
    c[CC_WHAT].text = what;
    c[CC_NOW] = (struct cell_view){.text = sheet_number(w, now), .note = note};
    c[CC_PLANNED].text = planned > 0 ? sheet_number(w, planned) : S("");
}

/* Nobody of a role and sex is left out, unless somebody was planned. */
static void people_rows(struct web *w, const struct activity *a, const struct activity_figures *f,
                        struct cell_view *cells, size_t *n)
{
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct event_cell *cell = &f->cells.at[r][s];
            const int64_t planned = planned_people(a, event_role_codes[r], event_sex_codes[s]);
            if (cell->people == 0 && planned == 0) {
                continue;
            }
            const str note =
                cell->spoke > 0 ? page_msg_args(&w->page, MSG_SHEET_SPOKE, cell->spoke, NULL, 0) : S("");
            const str what =
                arena_printf(w->arena, "%.*s · %.*s", STR_F(page_msg(&w->page, event_role_words[r].text)),
                             STR_F(page_msg(&w->page, event_sex_words[s].text)));
            computed_row(w, what, cell->people, note, planned, &cells[(*n)++ * CCS]);
        }
    }
}

static err computed_table(struct web *w, const struct activity *a, struct table_view *out)
{
    static const enum msg heads[CCS] = {[CC_WHAT] = MSG_SHEET_COL_WHAT,
                                        [CC_NOW] = MSG_ACTIVITY_COL_QUARTER,
                                        [CC_PLANNED] = MSG_ACTIVITY_COL_PLANNED};
    struct activity_figures f;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (CELLS_N + SUMS_N + 1) * CCS);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(activity_figures(&w->ctx, a, &f));
    const int64_t values[SUMS_N] = {f.sums.events_n, f.sums.cases_n, f.sums.answered_n, f.sums.needs_n,
                                    f.sums.directions_n};
    const struct msg_arg args[] = {{"part", page_isolate(&w->page, sheet_number(w, f.sums.approved_n))}};
    const str approved = f.sums.events_n > 0
                             ? page_msg_args(&w->page, MSG_ACTIVITY_SUM_APPROVED, f.sums.approved_n, args, 1)
                             : S("");
    for (size_t i = 0; i < SUMS_N; i++) {
        computed_row(w, page_msg(&w->page, sums[i].text), values[i], i == 0 ? approved : S(""),
                     i == 0 ? a->line->events_n : 0, &cells[n++ * CCS]);
    }
    people_rows(w, a, &f, cells, &n);
    computed_row(w, page_msg(&w->page, MSG_SHEET_SUM_PEOPLE), f.cells.all.people, S(""), 0,
                 &cells[n++ * CCS]);
    return web_table(w, heads, CCS, cells, n, MSG_ACTIVITY_COMPUTED, MSG_SHEET_NOTHING, out);
}

static err events_table(struct web *w, const struct activity *a, struct table_view *out)
{
    enum { E_TITLE, E_DAY, E_SHEET, E_COLS };
    static const enum msg heads[E_COLS] = {
        [E_TITLE] = MSG_PLAN_EVENT, [E_DAY] = MSG_EVENT_DAY, [E_SHEET] = MSG_SHEET_EVENT};
    struct q_activity_events *rows;
    size_t n;
    TRY(activity_events(&w->ctx, a, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * E_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * E_COLS];
        c[E_TITLE] =
            (struct cell_view){.text = event_title(&w->page, rows[i].event_kind_code, rows[i].title_text),
                               .to = event_url(w, rows[i].event_code, S("")),
                               .note = page_isolate(&w->page, rows[i].event_code)};
        c[E_DAY].text = format_day(w->arena, w->lang, rows[i].event_day);
        const struct chip_view chip =
            rows[i].sheet_state.given
                ? sheet_chip(&w->page, (unsigned)rows[i].sheet_state.v)
                : (struct chip_view){S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)};
        c[E_SHEET] = (struct cell_view){.text = chip.text,
                                        .chip = chip.kind,
                                        .to = rows[i].flow_state == EVENT_CLOSED
                                                  ? sheet_event_url(w, rows[i].event_code)
                                                  : (struct url){S("")}};
    }
    return web_table(w, heads, E_COLS, cells, n, MSG_ACTIVITY_EVENTS, MSG_ACTIVITY_EVENTS_NONE, out);
}

/* ---- what is to follow ---- */

static err follows_fill(struct web *w, const struct sheet_view *v, struct activity_view *m)
{
    enum { F_WORDS, F_POST, F_DUE, F_STATE, F_COLS };
    static const enum msg heads[F_COLS] = {[F_WORDS] = MSG_ACTIVITY_FOLLOW_WORDS,
                                           [F_POST] = MSG_ACTIVITY_FOLLOW_POST,
                                           [F_DUE] = MSG_ACTIVITY_FOLLOW_DUE,
                                           [F_STATE] = MSG_SHEET_COL_STATE};
    struct q_activity_follows *rows = NULL;
    size_t n = 0;
    if (v != NULL) {
        TRY(activity_follows(&w->ctx, v, &rows, &n));
    }
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * F_COLS + 1);
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (cells == NULL || choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * F_COLS];
        const bool late = !rows[i].done_day.given && rows[i].due_day < local_day(w->ctx.now_ms);
        const enum msg state = rows[i].done_day.given ? MSG_ACTIVITY_FOLLOW_IS_DONE
                               : late                 ? MSG_ACTIVITY_FOLLOW_IS_LATE
                                                      : MSG_ACTIVITY_FOLLOW_IS_OPEN;
        c[F_WORDS] = (struct cell_view){.text = rows[i].words_text, .dir = S("auto")};
        c[F_POST] = (struct cell_view){.text = rows[i].post_text, .dir = S("auto")};
        c[F_DUE].text = format_day(w->arena, w->lang, rows[i].due_day);
        c[F_STATE] = (struct cell_view){.text = page_msg(&w->page, state),
                                        .chip = rows[i].done_day.given ? S("done")
                                                : late                 ? S("late")
                                                                       : S("wait")};
        choices[i] =
            (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)rows[i].follow_no),
                                 .text = rows[i].words_text};
    }
    m->follow_words = web_field(w, AC_FOLLOW_WORDS, MSG_NONE);
    m->follow_post = web_field(w, AC_FOLLOW_POST, MSG_ACTIVITY_FOLLOW_POST_HINT);
    m->follow_due = web_field(w, AC_FOLLOW_DUE, MSG_NONE);
    m->follow_no = web_field(w, AC_FOLLOW_NO, MSG_NONE);
    m->follow_words.optional = m->follow_post.optional = m->follow_due.optional = m->follow_no.optional =
        false;
    m->follow_no.choices = choices;
    m->follow_no.choices_n = n;
    m->follow_open = w->in[AC_DO].given && w->in[AC_DO].n == DO_FOLLOW;
    return web_table(w, heads, F_COLS, cells, n, MSG_ACTIVITY_FOLLOWS, MSG_ACTIVITY_FOLLOWS_NONE,
                     &m->follows);
}

/* ---- what nothing computes ---- */

static void value_cells(struct web *w, const struct q_activity_values *row, struct cell_view *c)
{
    const bool share = str_eq(row->measure_code, S("percentage"));
    const str n = sheet_number(w, row->num_n);
    const struct msg_arg args[] = {{"part", page_isolate(&w->page, n)},
                                   {"whole", page_isolate(&w->page, sheet_number(w, row->den_n))}};
    const str role = event_words_of(&w->page, event_role_words, EVENT_role_n, row->role_code);
    const str sex = event_words_of(&w->page, event_sex_words, EVENT_sex_n, row->sex_code);
    const str both = arena_printf(w->arena, "%.*s · %.*s", STR_F(role), STR_F(sex));
    c[0] = (struct cell_view){.text = row->title_text,
                              .dir = S("auto"),
                              .note = role.n > 0 && sex.n > 0 ? both
                                      : role.n > 0            ? role
                                                              : sex};
    c[1] = (struct cell_view){.text = share ? page_msg_args(&w->page, MSG_SHEET_PART_OF, 0, args, 2) : n,
                              .note = page_msg(&w->page, MSG_SHEET_REPORTED_NOT_COMPUTED)};
    c[2] = (struct cell_view){.text = row->means_text, .dir = S("auto")};
    c[3].text = row->said_ms.given ? format_time(w->arena, w->lang, row->said_ms.v) : S("");
}

/* A choice that may be left: then the value is of all. */
static err split_choices(struct web *w, size_t input, const struct case_word *words, size_t n,
                         struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = words[i].code, .text = page_msg(&w->page, words[i].text)};
    }
    web_choose(w, input, c, n, STR_NONE);
    *out = web_field(w, input, MSG_ACTIVITY_VALUE_SPLIT_HINT);
    out->optional = true;
    out->choices = c;
    out->choices_n = n;
    return OK;
}

/* Only where the plan has such an indicator, or something was said of one. */
static err values_fill(struct web *w, const struct activity *a, const struct sheet_view *v,
                       struct activity_view *m)
{
    static const enum msg heads[] = {MSG_ACTIVITY_VALUE_OF, MSG_ACTIVITY_VALUE_N, MSG_ACTIVITY_VALUE_MEANS,
                                     MSG_ACTIVITY_VALUE_SAID};
    struct q_activity_values *rows = NULL;
    size_t n = 0;
    size_t of = 0;
    TRY(v != NULL ? activity_values(&w->ctx, v, &rows, &n) : OK);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COUNT(heads) + 1);
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, a->whole.indicators_n + 1);
    if (cells == NULL || choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        value_cells(w, &rows[i], &cells[i * COUNT(heads)]);
    }
    for (size_t i = 0; i < a->whole.indicators_n; i++) {
        const struct q_plan_indicators *p = &a->whole.indicators[i];
        if (activity_reports(p)) {
            choices[of++] = (struct choice_view){
                .value = arena_printf(w->arena, "%lld", (long long)p->indicator_no), .text = p->title_text};
        }
    }
    m->values_shown = n > 0 || of > 0;
    m->value_asked = m->edit && of > 0;
    m->value_open = w->in[AC_DO].given && w->in[AC_DO].n == DO_VALUE;
    web_choose(w, AC_VALUE_OF, choices, of, STR_NONE);
    m->value_of = web_field(w, AC_VALUE_OF, MSG_NONE);
    m->value_of.choices = choices;
    m->value_of.choices_n = of;
    TRY(split_choices(w, AC_VALUE_ROLE, event_role_words, EVENT_role_n, &m->value_role));
    TRY(split_choices(w, AC_VALUE_SEX, event_sex_words, EVENT_sex_n, &m->value_sex));
    m->value_n = web_field(w, AC_VALUE_N, MSG_ACTIVITY_VALUE_N_HINT);
    m->value_den = web_field(w, AC_VALUE_DEN, MSG_ACTIVITY_VALUE_DEN_HINT);
    m->value_means = web_field(w, AC_VALUE_MEANS, MSG_ACTIVITY_VALUE_MEANS_HINT);
    m->value_n.inputmode = m->value_den.inputmode = S("numeric");
    m->value_n.dir = m->value_den.dir = S("ltr");
    m->value_of.optional = false;
    return web_table(w, heads, COUNT(heads), cells, n, MSG_ACTIVITY_VALUES, MSG_ACTIVITY_VALUES_NONE,
                     &m->values);
}

/* ---- what is written ---- */

static str day_words(struct web *w, struct opt_i64 day)
{
    return day.given ? format_day(w->arena, w->lang, day.v) : S("");
}

static err written_fill(struct web *w, const struct sheet_view *v, struct activity_view *m)
{
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, WRITTEN_N);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    m->written = (struct facts_view){f, 0};
    if (v == NULL) {
        return OK;
    }
    const enum msg progress =
        case_word_of(activity_progress_words, ACTIVITY_progress_n, v->row.progress_code);
    const str values[WRITTEN_N] = {progress == MSG_NONE ? S("") : page_msg(&w->page, progress),
                                   day_words(w, v->row.began_day),
                                   day_words(w, v->row.ended_day),
                                   v->row.why_text,
                                   v->row.done_text,
                                   v->row.narrative_text};
    for (size_t i = 0; i < WRITTEN_N; i++) {
        if (values[i].n > 0) {
            f[m->written.rows_n++] = (struct fact_view){.name = page_msg(&w->page, written[i].text),
                                                        .value = values[i],
                                                        .dir = i < 3 ? STR_NONE : S("auto")};
        }
    }
    return OK;
}

/* What was typed and came back, else what stands. */
static struct field_view field_of(struct web *w, size_t input, enum msg hint, str now)
{
    struct field_view f = web_field(w, input, hint);
    if (f.value.p == NULL) {
        f.value = now;
    }
    return f;
}

static err form_fill(struct web *w, const struct sheet_view *v, struct activity_view *m)
{
    static const struct q_sheet_get none = {.progress_code = S_INIT(""),
                                            .why_text = S_INIT(""),
                                            .done_text = S_INIT(""),
                                            .narrative_text = S_INIT("")};
    const struct q_sheet_get *row = v != NULL ? &v->row : &none;
    m->seen = arena_printf(w->arena, "%lld", (long long)row->changed_n);
    m->progress = web_field(w, AC_PROGRESS, MSG_NONE);
    TRY(choices_words(w, AC_PROGRESS, activity_progress_words, ACTIVITY_progress_n, row->progress_code,
                      &m->progress));
    m->began = field_of(w, AC_BEGAN, MSG_NONE,
                        row->began_day.given ? format_day_iso(w->arena, row->began_day.v) : S(""));
    m->ended = field_of(w, AC_ENDED, MSG_ACTIVITY_ENDED_HINT,
                        row->ended_day.given ? format_day_iso(w->arena, row->ended_day.v) : S(""));
    m->why = field_of(w, AC_WHY, MSG_ACTIVITY_WHY_HINT, row->why_text);
    m->done = field_of(w, AC_DELIVERED, MSG_ACTIVITY_DONE_HINT, row->done_text);
    m->narrative = field_of(w, AC_NARRATIVE, MSG_ACTIVITY_NARRATIVE_HINT, row->narrative_text);
    m->progress.optional = false;
    m->why.rows = m->done.rows = 3;
    return OK;
}

/* ---- the page ---- */

static err title_set(struct web *w, const struct activity *a)
{
    str name;
    TRY(place_name(&w->ctx, &a->unit, &name));
    const struct msg_arg args[] = {{"line", page_isolate_words(&w->page, a->line->title_text)},
                                   {"district", page_isolate_words(&w->page, name)},
                                   {"quarter", sheet_quarter_words(w, a->quarter)}};
    w->page.title = page_msg_args(&w->page, MSG_ACTIVITY_TITLE, 0, args, COUNT(args));
    w->page.back = url_with(w->arena, url_local(w->arena, S("/sheets")), S("quarter"),
                            period_code(w->arena, a->quarter));
    return OK;
}

/* The planned dates, beside which the real ones stand. */
static err plan_fact_add(struct web *w, const struct activity *a, struct facts_view *io)
{
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, io->rows_n + 1);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const struct msg_arg args[] = {{"from", format_day(w->arena, w->lang, a->line->from_day)},
                                   {"to", format_day(w->arena, w->lang, a->line->to_day)}};
    f[0] = (struct fact_view){.name = page_msg(&w->page, MSG_ACTIVITY_PLANNED_DATES),
                              .value = page_msg_args(&w->page, MSG_ACTIVITY_SPAN, 0, args, 2)};
    for (size_t i = 0; i < io->rows_n; i++) {
        f[i + 1] = io->rows[i];
    }
    *io = (struct facts_view){f, io->rows_n + 1};
    return OK;
}

static err seen_fill(struct web *w, const struct sheet_view *v, struct sheet_page_view *m)
{
    uint8_t hash[DIGEST_LEN];
    TRY(sheet_now_says(&w->ctx, v, hash));
    m->act.seen = sheet_hash_text(w, hash);
    return OK;
}

static err sheet_fill(struct web *w, const struct activity *a, const struct sheet_view *v,
                      struct sheet_page_view *m)
{
    struct sheet_line *lines;
    struct q_sheet_versions *versions = NULL;
    size_t n = 0;
    *m = (struct sheet_page_view){.recorded = S(""),
                                  .about = {S("")},
                                  .note = S(""),
                                  .act.post = sheet_activity_url(w, a->plan.row.plan_code, a->line->action_no,
                                                                 a->unit.unit_code, a->quarter),
                                  .act.words = web_field(w, AC_WORDS, MSG_SHEET_WHY_HINT)};
    if (!w->step && w->in[AC_DONE].given) {
        m->recorded = page_msg(&w->page, MSG_CASE_RECORDED);
    }
    TRY(sheet_page_fill(w, v, v != NULL ? v->row.due_day : day_add(a->quarter.to_day, SHEET_QUARTER_DAYS),
                        AC_BASE, m));
    TRY(plan_fact_add(w, a, &m->facts));
    TRY(lines_of(w, &lines));
    if (v != NULL) {
        TRY(sheet_versions(&w->ctx, v, &versions, &n));
    }
    TRY(sheet_versions_table(w, lines, LINES_N, versions, n, &m->versions));
    TRY(computed_table(w, a, &m->content));
    const struct sheet_view none = {.row = {.home = a->unit.id, .sheet_kind_code = S("activity")},
                                    .state = SHEET_SUBMITTED};
    TRY(v != NULL ? seen_fill(w, v, m) : OK);
    return sheet_checks_fill(w, v != NULL ? v : &none, AC_BASE, m);
}

/* Whether she may write here: in a draft, or begin it. */
static bool edits(struct web *w, const struct activity *a, const struct sheet_view *v)
{
    if (v != NULL) {
        return sheet_may(&w->ctx, v, SHEET_EDIT);
    }
    return a->plan.state == PLAN_APPROVED && a->quarter.from_day <= local_day(w->ctx.now_ms) &&
           flow_can(&sheet_kind, SHEET_DRAFT, SHEET_EDIT, w->ctx.actor.role);
}

err show_activity(struct web *w)
{
    struct activity a;
    struct sheet_view found;
    struct activity_view m = {.seen = S("")};
    TRY(activity_of(&w->ctx, w->in, &a));
    const err e = activity_sheet(&w->ctx, &a, &found);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const struct sheet_view *v = e.code == ERR_OK ? &found : NULL;
    const str rest = arena_printf(w->arena, "/plans/%.*s/activities/%lld", STR_F(a.plan.row.plan_code),
                                  (long long)a.line->action_no);
    m.line = url_local(w->arena, rest);
    m.edit = edits(w, &a, v);
    TRY(sheet_fill(w, &a, v, &m.sheet));
    if (v == NULL && !m.edit && a.quarter.from_day > local_day(w->ctx.now_ms)) {
        m.sheet.note = page_msg(&w->page, MSG_ACTIVITY_TO_COME);
    }
    TRY(written_fill(w, v, &m));
    m.written_shown = !m.edit || w->fail.message == MSG_ACTIVITY_WRITTEN_MEANWHILE;
    TRY(form_fill(w, v, &m));
    TRY(events_table(w, &a, &m.events));
    TRY(follows_fill(w, v, &m));
    TRY(values_fill(w, &a, v, &m));
    TRY(title_set(w, &a));
    w->page.form_id = m.edit ? S("activity") : S("");
    activity_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- writing ---- */

static str words_given(const struct given *g)
{
    return g->given ? g->text : S("");
}

static err write_words(struct ctx *c, struct sheet_view *io, const struct given *in)
{
    const struct given *p = &in[AC_PROGRESS];
    const struct activity_edit e = {.seen = in[AC_CHANGED].given ? in[AC_CHANGED].n : -1,
                                    .progress = p->given ? str_of(activity_progress_codes[p->n]) : S(""),
                                    .began = in[AC_BEGAN].given ? SOME(in[AC_BEGAN].n) : NONE_I64,
                                    .ended = in[AC_ENDED].given ? SOME(in[AC_ENDED].n) : NONE_I64,
                                    .why = words_given(&in[AC_WHY]),
                                    .done = words_given(&in[AC_DELIVERED]),
                                    .narrative = words_given(&in[AC_NARRATIVE])};
    return activity_write(c, io, &e);
}

static err write_value(struct ctx *c, const struct activity *a, struct sheet_view *io, const struct given *in)
{
    const struct activity_value value = {
        .indicator = in[AC_VALUE_OF].given ? in[AC_VALUE_OF].n : 0,
        .role = in[AC_VALUE_ROLE].given ? str_of(event_role_codes[in[AC_VALUE_ROLE].n]) : S(""),
        .sex = in[AC_VALUE_SEX].given ? str_of(event_sex_codes[in[AC_VALUE_SEX].n]) : S(""),
        .n = in[AC_VALUE_N].given ? SOME(in[AC_VALUE_N].n) : NONE_I64,
        .den = in[AC_VALUE_DEN].given ? SOME(in[AC_VALUE_DEN].n) : NONE_I64,
        .means = words_given(&in[AC_VALUE_MEANS])};
    return activity_value_put(c, a, io, &value);
}

static err write_step(struct ctx *c, struct sheet_view *io, const struct given *in)
{
    switch (in[AC_DO].n) {
    case DO_WRITE:
        return write_words(c, io, in);
    case DO_FOLLOW:
        return activity_follow_add(c, io, words_given(&in[AC_FOLLOW_WORDS]), words_given(&in[AC_FOLLOW_POST]),
                                   in[AC_FOLLOW_DUE].given ? in[AC_FOLLOW_DUE].n : 0);
    case DO_FOLLOW_DONE:
        return activity_follow_set(c, io, in[AC_FOLLOW_NO].n, FOLLOW_DONE);
    case DO_FOLLOW_OPEN:
        return activity_follow_set(c, io, in[AC_FOLLOW_NO].n, FOLLOW_OPEN);
    case DO_FOLLOW_DROP:
        return activity_follow_set(c, io, in[AC_FOLLOW_NO].n, FOLLOW_DROP);
    case SHEET_DO_APPROVE:
        TRY(sheet_form_holds(c, io, &in[AC_BASE]));
        return sheet_approve(c, io, NULL, NULL);
    default:
        TRY(sheet_form_holds(c, io, &in[AC_BASE]));
        return sheet_do(c, io, &in[AC_BASE]);
    }
}

err write_activity(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct activity a;
    struct sheet_view v;
    TRY(activity_of(c, in, &a));
    TRY(in[AC_DO].n == DO_WRITE || in[AC_DO].n == DO_FOLLOW || in[AC_DO].n == DO_VALUE
            ? activity_begin(c, &a, &v)
            : activity_sheet(c, &a, &v));
    TRY(in[AC_DO].n == DO_VALUE ? write_value(c, &a, &v, in) : write_step(c, &v, in));
    out->note = arena_printf(c->arena, "%.*s/%lld/%.*s/%.*s", STR_F(in[AC_PLAN].text), (long long)in[AC_NO].n,
                             STR_F(in[AC_UNIT].text), STR_F(in[AC_PERIOD].text));
    return OK;
}

err answer_activity(struct web *w)
{
    const str path = arena_printf(w->arena, "/sheets/activity/%.*s", STR_F(w->receipt.note));
    return web_redirect(w, url_with(w->arena, url_local(w->arena, path), S("recorded"), S("1")));
}

/* ---- on the page of the line ---- */

enum { AS_QUARTER, AS_WHERE, AS_PROGRESS, AS_STATE, AS_COLS };

static err aside_rows(struct web *w, const struct q_activity_line *line, const struct q_activity_sheets *rows,
                      size_t n, struct cell_view *cells)
{
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * AS_COLS];
        const struct period quarter = {rows[i].from_day, rows[i].to_day};
        const struct chip_view chip = sheet_chip(&w->page, (unsigned)rows[i].flow_state);
        const enum msg progress =
            case_word_of(activity_progress_words, ACTIVITY_progress_n, rows[i].progress_code);
        c[AS_QUARTER] = (struct cell_view){
            .text = sheet_quarter_words(w, quarter),
            .to = sheet_activity_url(w, line->plan_code, line->action_no, rows[i].unit_code, quarter)};
        TRY(label_find(&w->ctx, S("unit"), rows[i].home, &c[AS_WHERE].text));
        c[AS_PROGRESS].text = progress == MSG_NONE ? S("") : page_msg(&w->page, progress);
        c[AS_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    }
    return OK;
}

/* Quarters of the line's own district that have begun and have no sheet yet: where it is begun. */
static err aside_begin(struct web *w, const struct q_activity_line *line,
                       const struct q_activity_sheets *rows, size_t rows_n, struct cell_view *cells,
                       size_t *io_n)
{
    struct q_place_names *unit;
    size_t unit_n;
    const int64_t home = w->ctx.actor.home;
    const int64_t today = local_day(w->ctx.now_ms);
    if (home == 0) {
        return OK;
    }
    TRY(place_names(&w->ctx, &home, 1, &unit, &unit_n));
    for (int q = 1; q <= QUARTERS && unit_n == 1; q++) {
        const struct period quarter = period_quarter(line->fiscal_no, q);
        bool known =
            quarter.from_day > today || quarter.from_day > line->to_day || quarter.to_day < line->from_day;
        for (size_t i = 0; i < rows_n; i++) {
            known = known || (rows[i].home == home && rows[i].from_day == quarter.from_day);
        }
        struct activity a;
        if (known ||
            activity_find(&w->ctx, line->plan_code, line->action_no, unit[0].unit_code, quarter, &a).code !=
                ERR_OK) {
            continue;
        }
        struct cell_view *c = &cells[(*io_n)++ * AS_COLS];
        c[AS_QUARTER] = (struct cell_view){
            .text = sheet_quarter_words(w, quarter),
            .to = sheet_activity_url(w, line->plan_code, line->action_no, unit[0].unit_code, quarter)};
        c[AS_WHERE].text = unit[0].name_text;
        c[AS_STATE] = (struct cell_view){.text = page_msg(&w->page, MSG_SHEET_STATE_NONE), .chip = S("new")};
    }
    return OK;
}

err activity_aside(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                   bool *out_some)
{
    static const enum msg heads[AS_COLS] = {[AS_QUARTER] = MSG_SHEET_COL_QUARTER,
                                            [AS_WHERE] = MSG_SHEET_COL_DISTRICT,
                                            [AS_PROGRESS] = MSG_ACTIVITY_PROGRESS,
                                            [AS_STATE] = MSG_SHEET_COL_STATE};
    struct q_activity_line line;
    struct q_activity_sheets *rows;
    struct planned plan;
    size_t n;
    *out_some = false;
    if (kind_no != action_kind.kind_no || !permission_of(w->ctx.actor.role, P_SHEET_READ)) {
        return OK;
    }
    TRY(q_activity_line(w->ctx.db, w->arena, home, id, &line));
    TRY(plan_find(&w->ctx, line.plan_code, &plan));
    TRY(activity_sheets(&w->ctx, &plan, line.action_no, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (n + QUARTERS) * AS_COLS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(aside_rows(w, &line, rows, n, cells));
    size_t shown = n;
    TRY(aside_begin(w, &line, rows, n, cells, &shown));
    *out_some = true;
    out->title = page_msg(&w->page, MSG_ACTIVITY_SHEETS);
    return web_table(w, heads, AS_COLS, cells, shown, MSG_ACTIVITY_SHEETS, MSG_ACTIVITY_ASIDE_NONE,
                     &out->table);
}
