/* activity.c: Activity Monitoring Sheets, from the line of a plan to what they say. */
#include "activity.h"

#include <string.h>

#include "case_scope.h"
#include "clock.h"
#include "sheet_inside.h"

enum { CONTENT_MAX = 64 << 10 };

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
const char *const activity_progress_codes[ACTIVITY_progress_n + 1] = {ACTIVITY_PROGRESSES(CODE) NULL};
const struct case_word activity_progress_words[ACTIVITY_progress_n] = {ACTIVITY_PROGRESSES(WORD)};

/* ---- the line ---- */

/* The districts that carry it: activity.h says which. */
static err carried_by(struct ctx *c, const struct activity *a, int64_t home, bool *out)
{
    struct q_desk_homes *desks;
    size_t desks_n;
    bool desk = false;
    *out = false;
    TRY(place_desk_homes(c, &desks, &desks_n));
    for (size_t i = 0; i < desks_n; i++) {
        desk = desk || desks[i].home == home;
    }
    for (size_t i = 0; i < a->whole.units_n && !*out; i++) {
        if (a->whole.units[i].action_id != a->line->id) {
            continue;
        }
        TRY(place_lies_in(c, a->whole.units[i].unit_id, home, out));
        if (!*out && desk) {
            TRY(place_lies_in(c, home, a->whole.units[i].unit_id, out));
        }
    }
    return OK;
}

static bool quarter_of_plan(const struct activity *a)
{
    const struct period p = a->quarter;
    return period_same(p, period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day))) &&
           period_year_of(p.from_day) == a->plan.row.fiscal_no;
}

err activity_find(struct ctx *c, str plan, int64_t line, str unit, struct period quarter,
                  struct activity *out)
{
    struct activity a = {.quarter = quarter};
    bool mine;
    bool carried;
    TRY(plan_find(c, plan, &a.plan));
    if ((a.plan.state != PLAN_APPROVED && a.plan.state != PLAN_SUPERSEDED) || !quarter_of_plan(&a)) {
        return FAIL(NOT_FOUND);
    }
    TRY(place_find_in(c, unit, quarter.from_day, quarter.to_day, &a.unit));
    TRY(sheet_reaches(c, a.unit.id, &mine));
    TRY(plan_whole(c, &a.plan, &a.whole));
    a.line = plan_action_of(&a.whole, line);
    if (!mine || a.line == NULL || a.unit.level_no != LEVEL_DISTRICT) {
        return FAIL(NOT_FOUND);
    }
    TRY(carried_by(c, &a, a.unit.id, &carried));
    *out = a;
    return carried ? OK : FAIL(NOT_FOUND);
}

/* ---- its sheet ---- */

static err sheet_at(struct ctx *c, const struct activity *a, int64_t from_day, struct sheet_view *out)
{
    struct q_sheet_get row;
    const struct q_sheet_of_line_in in = {.action_no = a->line->action_no,
                                          .home = a->unit.id,
                                          .from_day = from_day,
                                          .plan_home_id = a->plan.row.home,
                                          .plan_id = a->plan.row.id};
    TRY(q_sheet_of_line(c->db, c->arena, &in, &row));
    return sheet_find(c, row.home, row.id, out);
}

err activity_sheet(struct ctx *c, const struct activity *a, struct sheet_view *out)
{
    return sheet_at(c, a, a->quarter.from_day, out);
}

/* The sheet of the quarter before; 0: there is none. */
static err before_of(struct ctx *c, const struct activity *a, int64_t *out_id)
{
    struct sheet_view before;
    const int64_t day = day_add(a->quarter.from_day, -1);
    const struct period last = period_quarter(period_year_of(day), period_quarter_of(day));
    const err e = sheet_at(c, a, last.from_day, &before);
    *out_id = e.code == ERR_OK ? before.row.id : 0;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err activity_begin(struct ctx *c, const struct activity *a, struct sheet_view *out)
{
    int64_t before;
    const err known = activity_sheet(c, a, out);
    if (known.code != ERR_NOT_FOUND) {
        return known;
    }
    if (a->plan.state != PLAN_APPROVED) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_NOT_IN_FORCE, "action");
    }
    if (a->quarter.from_day > local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACTIVITY_TO_COME, "action");
    }
    const struct q_sheet_add_in in = {.home = a->unit.id,
                                      .id = id_next(c),
                                      .sheet_kind_code = S("activity"),
                                      .plan_home_id = SOME(a->plan.row.home),
                                      .action_id = SOME(a->line->id),
                                      .from_day = a->quarter.from_day,
                                      .to_day = a->quarter.to_day,
                                      .due_day = day_add(a->quarter.to_day, SHEET_QUARTER_DAYS)};
    TRY(before_of(c, a, &before));
    TRY(sheet_start(c, &in, a->unit.id, before));
    TRY(sheet_find(c, in.home, in.id, out));
    out->fresh = true;
    return OK;
}

/* ---- writing ---- */

static err edited(struct ctx *c, struct sheet_view *io, const char *what)
{
    return sheet_step(c, io, SHEET_EDIT, str_of(what));
}

err activity_write(struct ctx *c, struct sheet_view *io, const struct activity_edit *e)
{
    TRY(sheet_open_for(c, io, SHEET_EDIT));
    if (e->seen >= 0 && e->seen != io->row.changed_n) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACTIVITY_WRITTEN_MEANWHILE, "action");
    }
    const struct q_activity_set_in in = {.home = io->row.home,
                                         .id = io->row.id,
                                         .progress_code = e->progress,
                                         .began_day = e->began,
                                         .ended_day = e->ended,
                                         .why_text = str_trim(e->why),
                                         .done_text = str_trim(e->done),
                                         .narrative_text = str_trim(e->narrative)};
    TRY(q_activity_set(c->db, &in, NULL));
    return edited(c, io, "activity");
}

err activity_follows(struct ctx *c, const struct sheet_view *v, struct q_activity_follows **out,
                     size_t *out_n)
{
    return q_activity_follows(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

err activity_follow_add(struct ctx *c, struct sheet_view *io, str words, str post, int64_t due_day)
{
    struct q_activity_follows *rows;
    size_t n;
    TRY(sheet_open_for(c, io, SHEET_EDIT));
    if (str_trim(words).n == 0) {
        return refuse(c, MSG_ACTIVITY_FOLLOW_WORDS_MISSING, "follow_words");
    }
    if (str_trim(post).n == 0) {
        return refuse(c, MSG_ACTIVITY_FOLLOW_POST_MISSING, "follow_post");
    }
    if (due_day < io->row.from_day) {
        return refuse(c, MSG_ACTIVITY_FOLLOW_DUE_MISSING, "follow_due");
    }
    TRY(activity_follows(c, io, &rows, &n));
    if (n >= ACTIVITY_FOLLOWS_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_activity_follow_add_in in = {.home = io->row.home,
                                                .sheet_id = io->row.id,
                                                .follow_no = n == 0 ? 1 : rows[n - 1].follow_no + 1,
                                                .words_text = str_trim(words),
                                                .post_text = str_trim(post),
                                                .due_day = due_day};
    TRY(q_activity_follow_add(c->db, &in, NULL));
    TRY(q_activity_touched(c->db, io->row.home, io->row.id, NULL));
    return edited(c, io, "follow");
}

err activity_follow_set(struct ctx *c, struct sheet_view *io, int64_t no, enum activity_follow how)
{
    int64_t changed;
    TRY(sheet_open_for(c, io, SHEET_EDIT));
    const struct q_activity_follow_done_in done = {.done_day = how == FOLLOW_DONE ? SOME(local_day(c->now_ms))
                                                                                  : NONE_I64,
                                                   .home = io->row.home,
                                                   .sheet_id = io->row.id,
                                                   .follow_no = no};
    const struct q_activity_follow_drop_in drop = {
        .home = io->row.home, .sheet_id = io->row.id, .follow_no = no};
    TRY(how == FOLLOW_DROP ? q_activity_follow_drop(c->db, &drop, &changed)
                           : q_activity_follow_done(c->db, &done, &changed));
    if (changed == 0) {
        return FAIL(NOT_FOUND);
    }
    TRY(q_activity_touched(c->db, io->row.home, io->row.id, NULL));
    return edited(c, io, "follow");
}

/* ---- computed ---- */

/* Which events: those tied to the line, in one district and quarter. */
struct at {
    int64_t plan_home, plan, line, home;
    struct period quarter;
};

static struct at at_of(const struct activity *a)
{
    return (struct at){a->plan.row.home, a->plan.row.id, a->line->action_no, a->unit.id, a->quarter};
}

static size_t place_in(const char *const *codes, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(codes[i]), code)) {
            return i;
        }
    }
    return n;
}

static err figures_at(struct ctx *c, const struct at *at, struct activity_figures *out)
{
    struct q_activity_cells *rows;
    size_t n;
    struct activity_figures f = {.cells = {.all = {0, 0}}};
    const struct q_activity_sums_in in = {.event_kind_no = event_kind.kind_no,
                                          .closed_state = EVENT_CLOSED,
                                          .action_no = at->line,
                                          .home = at->home,
                                          .plan_home_id = at->plan_home,
                                          .plan_id = at->plan,
                                          .from_day = at->quarter.from_day,
                                          .to_day = at->quarter.to_day};
    const struct q_activity_cells_in cells = {.event_kind_no = event_kind.kind_no,
                                              .closed_state = EVENT_CLOSED,
                                              .action_no = at->line,
                                              .home = at->home,
                                              .plan_home_id = at->plan_home,
                                              .plan_id = at->plan,
                                              .from_day = at->quarter.from_day,
                                              .to_day = at->quarter.to_day};
    TRY(q_activity_sums(c->db, c->arena, &in, &f.sums));
    TRY(q_activity_cells(c->db, c->arena, &cells, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const size_t r = place_in(event_role_codes, EVENT_role_n, rows[i].role_code);
        const size_t s = place_in(event_sex_codes, EVENT_sex_n, rows[i].sex_code);
        if (r < EVENT_role_n && s < EVENT_sex_n) {
            f.cells.at[r][s] = (struct event_cell){rows[i].people_n, rows[i].spoke_n};
            f.cells.all.people += rows[i].people_n;
            f.cells.all.spoke += rows[i].spoke_n;
        }
    }
    *out = f;
    return OK;
}

err activity_figures(struct ctx *c, const struct activity *a, struct activity_figures *out)
{
    const struct at at = at_of(a);
    return figures_at(c, &at, out);
}

static err events_at(struct ctx *c, const struct at *at, struct q_activity_events **out, size_t *out_n)
{
    const struct q_activity_events_in in = {.event_kind_no = event_kind.kind_no,
                                            .sheet_kind_no = sheet_kind.kind_no,
                                            .action_no = at->line,
                                            .home = at->home,
                                            .plan_home_id = at->plan_home,
                                            .plan_id = at->plan,
                                            .from_day = at->quarter.from_day,
                                            .to_day = at->quarter.to_day};
    return q_activity_events(c->db, c->arena, &in, out, out_n);
}

err activity_events(struct ctx *c, const struct activity *a, struct q_activity_events **out, size_t *out_n)
{
    const struct at at = at_of(a);
    return events_at(c, &at, out, out_n);
}

/* ---- what it says ---- */

/* One line for each thing, whatever was typed. */
static void say(struct buf *b, const char *name, str words)
{
    if (words.n == 0) {
        return;
    }
    buf_printf(b, "%s ", name);
    for (size_t i = 0; i < words.n; i++) {
        buf_putc(b, words.p[i] == '\n' || words.p[i] == '\r' ? ' ' : words.p[i]);
    }
    buf_putc(b, '\n');
}

static void say_written(struct buf *b, const struct q_sheet_get *row)
{
    say(b, "progress", row->progress_code);
    if (row->began_day.given) {
        buf_printf(b, "began %lld\n", (long long)row->began_day.v);
    }
    if (row->ended_day.given) {
        buf_printf(b, "ended %lld\n", (long long)row->ended_day.v);
    }
    say(b, "why", row->why_text);
    say(b, "done", row->done_text);
    say(b, "narrative", row->narrative_text);
}

static void say_figures(struct buf *b, const struct activity_figures *f)
{
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct event_cell *cell = &f->cells.at[r][s];
            if (cell->people != 0 || cell->spoke != 0) {
                buf_printf(b, "cell %s %s %lld %lld\n", event_role_codes[r], event_sex_codes[s],
                           (long long)cell->people, (long long)cell->spoke);
            }
        }
    }
    buf_printf(b, "events %lld\ncases %lld\nanswered %lld\nneeds %lld\ndirections %lld\n",
               (long long)f->sums.events_n, (long long)f->sums.cases_n, (long long)f->sums.answered_n,
               (long long)f->sums.needs_n, (long long)f->sums.directions_n);
}

/* Events to come change nothing of it, and whether their own sheets are approved neither. */
static err say_events(struct ctx *c, struct buf *b, const struct at *at)
{
    struct q_activity_events *rows;
    size_t n;
    TRY(events_at(c, at, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].flow_state == EVENT_CLOSED) {
            buf_printf(b, "event %.*s %lld\n", STR_F(rows[i].event_code), (long long)rows[i].event_day);
        }
    }
    return OK;
}

err activity_content(struct ctx *c, const struct sheet_view *v, str *out)
{
    struct q_activity_of_sheet of;
    struct activity_figures f;
    struct q_activity_follows *follows;
    struct q_activity_values *values;
    size_t values_n;
    size_t n;
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    TRY(q_activity_of_sheet(c->db, c->arena, v->row.home, v->row.id, &of));
    const struct at at = {
        of.plan_home_id, of.plan_id, of.action_no, v->row.home, {v->row.from_day, v->row.to_day}};
    TRY(figures_at(c, &at, &f));
    TRY(activity_follows(c, v, &follows, &n));
    buf_printf(&b, "sunwai-sheet 1\nactivity %.*s %lld\nunit %.*s\nquarter %lld %lld\n", STR_F(of.plan_code),
               (long long)of.action_no, STR_F(of.unit_code), (long long)v->row.from_day,
               (long long)v->row.to_day);
    say_written(&b, &v->row);
    say_figures(&b, &f);
    TRY(say_events(c, &b, &at));
    TRY(activity_values(c, v, &values, &values_n));
    for (size_t i = 0; i < values_n; i++) {
        const struct q_activity_values *said = &values[i];
        buf_printf(&b, "value %lld %lld %lld", (long long)said->indicator_no, (long long)said->num_n,
                   (long long)said->den_n);
        if (said->role_code.n > 0 || said->sex_code.n > 0) {
            buf_printf(&b, " of %.*s/%.*s", STR_F(said->role_code), STR_F(said->sex_code));
        }
        buf_putc(&b, '\n');
        say(&b, "means", values[i].means_text);
    }
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "follow %lld %lld %lld ", (long long)follows[i].follow_no,
                   (long long)follows[i].due_day,
                   (long long)(follows[i].done_day.given ? follows[i].done_day.v : 0));
        say(&b, "by", follows[i].post_text);
        say(&b, "to", follows[i].words_text);
    }
    *out = arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

/* ---- lists ---- */

err activity_sheets(struct ctx *c, const struct planned *plan, int64_t line, struct q_activity_sheets **out,
                    size_t *out_n)
{
    struct scope scope;
    struct q_activity_sheets *all = NULL;
    size_t all_n = 0;
    TRY(scope_of(c, &scope));
    for (size_t at = 0; at < scope.homes_n; at += ID_LIST_MAX) {
        struct q_activity_sheets *rows;
        size_t n;
        const size_t left = scope.homes_n - at;
        const struct q_activity_sheets_in in = {.sheet_kind_no = sheet_kind.kind_no,
                                                .action_no = line,
                                                .homes = scope.homes + at,
                                                .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                                .plan_home_id = plan->row.home,
                                                .plan_id = plan->row.id};
        TRY(q_activity_sheets(c->db, c->arena, &in, &rows, &n));
        struct q_activity_sheets *more = arena_array_of(c->arena, struct q_activity_sheets, all_n + n + 1);
        if (more == NULL) {
            return FAIL(LIMIT);
        }
        if (all_n > 0) {
            memcpy(more, all, all_n * sizeof *all);
        }
        for (size_t i = 0; i < n; i++) {
            more[all_n++] = rows[i];
        }
        all = more;
    }
    *out = all;
    *out_n = all_n;
    return OK;
}

static bool same_line(const struct q_activity_due *d, const struct q_activity_of_quarter *s)
{
    return d->home == s->home && d->plan_home_id == s->plan_home_id && d->programme_id == s->programme_id &&
           str_eq(d->plan_kind_code, s->plan_kind_code) && d->fiscal_no == s->fiscal_no &&
           d->action_no == s->action_no;
}

err activity_due(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                 struct activity_due **out, size_t *out_n)
{
    struct q_activity_due *lines;
    struct q_activity_of_quarter *sheets;
    size_t lines_n;
    size_t sheets_n;
    const struct q_activity_due_in in = {.homes = homes,
                                         .homes_n = homes_n,
                                         .plan_kind_no = plan_kind.kind_no,
                                         .approved_state = PLAN_APPROVED,
                                         .action_kind_no = action_kind.kind_no,
                                         .cancelled_state = ACTION_CANCELLED,
                                         .on_day = local_day(c->now_ms),
                                         .from_day = quarter.from_day,
                                         .to_day = quarter.to_day};
    const struct q_activity_of_quarter_in of = {.homes = homes,
                                                .homes_n = homes_n,
                                                .sheet_kind_no = sheet_kind.kind_no,
                                                .due_day = day_add(quarter.to_day, SHEET_QUARTER_DAYS)};
    TRY(q_activity_due(c->db, c->arena, &in, &lines, &lines_n));
    TRY(q_activity_of_quarter(c->db, c->arena, &of, &sheets, &sheets_n));
    struct activity_due *all = arena_array_of(c->arena, struct activity_due, lines_n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < lines_n; i++) {
        all[i] = (struct activity_due){.line = lines[i]};
        for (size_t k = 0; k < sheets_n && !all[i].begun; k++) {
            if (same_line(&lines[i], &sheets[k])) {
                all[i].begun = true;
                all[i].sheet = sheets[k];
            }
        }
    }
    *out = all;
    *out_n = lines_n;
    return OK;
}
