/* sheet.c: sheets from their beginning to their approval, and back. */
#include "sheet.h"

#include <string.h>

#include "case_scope.h"
#include "clock.h"
#include "made_by.h"
#include "msg.h"
#include "place.h"
#include "sheet_inside.h"

enum { CONTENT_MAX = 64 << 10 };

/* ---- finding ---- */

err sheet_reaches(struct ctx *c, int64_t home, bool *out)
{
    struct scope scope;
    *out = c->actor.role == ROLE_SYSTEM;
    TRY(scope_of(c, &scope));
    for (size_t i = 0; i < scope.homes_n; i++) {
        *out = *out || scope.homes[i] == home;
    }
    return OK;
}

/* Who wrote in a sheet, or justified what it says, is its author too. */
static err wrote(struct ctx *c, const struct sheet_view *v, bool *out)
{
    const bool asked = c->actor.user_id != 0 && (v->state == SHEET_SUBMITTED || v->state == SHEET_VERIFIED);
    *out = false;
    return asked ? flow_done_by(c, &v->subject, SHEET_EDIT, c->actor.user_id, 0, out) : OK;
}

static err view_of(struct ctx *c, const struct q_sheet_get *row, struct sheet_view *out)
{
    bool mine;
    struct sheet_view v = {.row = *row, .subject = {&sheet_kind, row->home, row->id}};
    TRY(sheet_reaches(c, row->home, &mine));
    if (!mine) {
        return FAIL(NOT_FOUND);
    }
    TRY(flow_now(c, &v.subject, &v.flow));
    v.state = (enum sheet_state)v.flow.flow_state;
    TRY(wrote(c, &v, &v.hers));
    *out = v;
    return OK;
}

err sheet_find(struct ctx *c, int64_t home, int64_t id, struct sheet_view *out)
{
    struct q_sheet_get row;
    TRY(q_sheet_get(c->db, c->arena, home, id, &row));
    return view_of(c, &row, out);
}

err sheet_of_event(struct ctx *c, const struct event_view *e, struct sheet_view *out)
{
    struct q_sheet_get row;
    TRY(q_sheet_of_event(c->db, c->arena, e->row.home, e->row.id, &row));
    return view_of(c, &row, out);
}

static bool is_quarter(struct period p)
{
    return period_same(p, period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day)));
}

err sheet_of_quarter(struct ctx *c, int64_t home, struct period quarter, struct sheet_view *out)
{
    struct q_sheet_get row;
    if (!is_quarter(quarter)) {
        return FAIL(INVALID);
    }
    TRY(q_sheet_of_quarter(c->db, c->arena, home, quarter.from_day, &row));
    return view_of(c, &row, out);
}

/* ---- beginning ---- */

err sheet_start(struct ctx *c, const struct q_sheet_add_in *in, int64_t unit, int64_t before)
{
    const struct subject s = {.kind = &sheet_kind, .home = in->home, .id = in->id};
    const struct q_flow_get facets = {.unit_id = unit, .due_ms = day_at_ms(in->due_day, 16, 0)};
    struct seal says;
    const struct q_sheet_follows_carry_in carried = {.new_id = in->id, .home = in->home, .sheet_id = before};
    TRY(q_sheet_add(c->db, in, NULL));
    TRY(q_sheet_follows_carry(c->db, &carried, NULL));
    TRY(sheet_seal(c, in->home, in->id, &says));
    const struct flow_step_in step = {.action = SHEET_BEGIN,
                                      .via = STR_NONE,
                                      .detail = in->sheet_kind_code,
                                      .reason = STR_NONE,
                                      .words = STR_NONE,
                                      .inside = true,
                                      .content = seal_text(&says)};
    return flow_start(c, &s, SHEET_DRAFT, &facets, &step);
}

err sheet_begin_event(struct ctx *c, const struct event_view *e, struct sheet_view *out)
{
    const err known = sheet_of_event(c, e, out);
    if (known.code != ERR_NOT_FOUND) {
        return known;
    }
    if (e->state != EVENT_CLOSED) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_EVENT_OPEN, "action");
    }
    const struct q_sheet_add_in in = {.home = e->row.home,
                                      .id = id_next(c),
                                      .sheet_kind_code = S("event"),
                                      .event_id = SOME(e->row.id),
                                      .from_day = e->row.event_day,
                                      .to_day = e->row.event_day,
                                      .due_day = day_add(e->row.event_day, SHEET_EVENT_DAYS)};
    TRY(sheet_start(c, &in, e->row.unit_id, 0));
    TRY(sheet_find(c, in.home, in.id, out));
    out->fresh = true;
    return OK;
}

err sheet_begin_quarter(struct ctx *c, int64_t home, struct period quarter, struct sheet_view *out)
{
    bool mine;
    const err known = sheet_of_quarter(c, home, quarter, out);
    if (known.code != ERR_NOT_FOUND) {
        return known;
    }
    TRY(sheet_reaches(c, home, &mine));
    if (!mine) {
        return FAIL(NOT_FOUND);
    }
    if (quarter.to_day >= local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_QUARTER_RUNS, "action");
    }
    const struct q_sheet_add_in in = {.home = home,
                                      .id = id_next(c),
                                      .sheet_kind_code = S("quarter"),
                                      .from_day = quarter.from_day,
                                      .to_day = quarter.to_day,
                                      .due_day = day_add(quarter.to_day, SHEET_QUARTER_DAYS)};
    TRY(sheet_start(c, &in, home, 0));
    TRY(sheet_find(c, home, in.id, out));
    out->fresh = true;
    return OK;
}

/* ---- what it says ---- */

static void line_number(struct buf *b, const char *name, int64_t n)
{
    buf_printf(b, "%s %lld\n", name, (long long)n);
}

err sheet_event_content(struct ctx *c, const struct event_view *e, str *out)
{
    struct event_cells cells;
    struct q_sheet_event_sums sums;
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    TRY(event_cells(c, e->row.home, e->row.id, &cells));
    TRY(q_sheet_event_sums(c->db, c->arena, e->row.home, e->row.id, &sums));
    buf_printf(&b, "sunwai-sheet 1\nevent %.*s\nkind %.*s\naudience %.*s\n", STR_F(e->row.event_code),
               STR_F(e->row.event_kind_code), STR_F(e->row.audience_code));
    line_number(&b, "day", e->row.event_day);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct event_cell *cell = &cells.at[r][s];
            if (cell->people != 0 || cell->spoke != 0) {
                buf_printf(&b, "cell %s %s %lld %lld\n", event_role_codes[r], event_sex_codes[s],
                           (long long)cell->people, (long long)cell->spoke);
            }
        }
    }
    line_number(&b, "cases", sums.cases_n);
    line_number(&b, "answered", sums.answered_n);
    line_number(&b, "needs", sums.needs_n);
    line_number(&b, "women", sums.women_n);
    line_number(&b, "directions", sums.directions_n);
    line_number(&b, "summoned", sums.summoned_n);
    line_number(&b, "came", sums.came_n);
    *out = arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

err sheet_quarter_content(struct ctx *c, const struct snapshot_set *set, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    buf_printf(&b, "sunwai-sheet 1\nquarter %lld %lld\n", (long long)set->period.from_day,
               (long long)set->period.to_day);
    for (size_t i = 0; i < set->n; i++) {
        char hex[DIGEST_HEX + 1];
        digest_hex(set->v[i].hash, hex);
        buf_printf(&b, "figure %.*s %lld %lld %s\n", STR_F(set->v[i].of->code),
                   (long long)set->v[i].figure.num, (long long)set->v[i].figure.den, hex);
    }
    *out = arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

void sheet_hash(str content, uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_put(&d, content);
    digest_end(&d, out);
}

str sheet_says(str content, str name)
{
    for (str rest = content; rest.n > 0;) {
        const str line = str_cut(&rest, '\n');
        if (line.n > name.n && line.p[name.n] == ' ' && str_starts(line, name)) {
            return str_sub(line, name.n + 1, line.n);
        }
    }
    return STR_NONE;
}

/* A quarter is counted before the write job (snapshot_count); the others say what they say at once. */
static bool said_at_once(const struct sheet_view *v)
{
    return v->row.event_id.given || v->row.action_id.given;
}

/* What the sheet of an event or an activity says now. */
static err content_now(struct ctx *c, const struct sheet_view *v, str *out_content, uint8_t out[DIGEST_LEN])
{
    struct event_view e;
    if (v->row.action_id.given) {
        TRY(activity_content(c, v, out_content));
        sheet_hash(*out_content, out);
        return OK;
    }
    TRY(event_find_id(c, v->row.home, v->row.event_id.v, &e));
    if (e.state != EVENT_CLOSED) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_EVENT_OPEN, "action");
    }
    TRY(sheet_event_content(c, &e, out_content));
    sheet_hash(*out_content, out);
    return OK;
}

static err unchanged(struct ctx *c, const struct sheet_view *v, str *out_content, uint8_t out[DIGEST_LEN])
{
    TRY(content_now(c, v, out_content, out));
    return str_eq(v->row.content_hash, (str){(const char *)out, DIGEST_LEN})
               ? OK
               : fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_CHANGED, "action");
}

err sheet_now_says(struct ctx *c, const struct sheet_view *v, uint8_t out[DIGEST_LEN])
{
    str content;
    return content_now(c, v, &content, out);
}

/* ---- who may ---- */

static bool is(struct opt_i64 a, int64_t b)
{
    return a.given && a.v == b;
}

/* Approving, closing the period and unlocking is the province's: whoever has no district of her own. */
static bool place_fits(const struct ctx *c, enum sheet_action action)
{
    return (action != SHEET_APPROVE && action != SHEET_LOCK && action != SHEET_UNLOCK) || c->actor.home == 0;
}

static bool hands_fit(const struct ctx *c, const struct sheet_view *v, enum sheet_action action)
{
    const int64_t me = c->actor.user_id;
    if (v->hers && (action == SHEET_VERIFY || action == SHEET_APPROVE)) {
        return false;
    }
    return (action != SHEET_VERIFY || !is(v->row.author_id, me)) &&
           (action != SHEET_APPROVE || (!is(v->row.author_id, me) && !is(v->row.verifier_id, me)));
}

bool sheet_may(const struct ctx *c, const struct sheet_view *v, enum sheet_action action)
{
    return flow_can(&sheet_kind, v->state, action, c->actor.role) && place_fits(c, action) &&
           hands_fit(c, v, action);
}

/* Refused whatever the sheet says: not her role in this state, not her place, or she had it in her hands. */
static err hers(struct ctx *c, const struct sheet_view *v, enum sheet_action action)
{
    unsigned to;
    const err e = flow_next(&sheet_kind, v->state, action, FLOW_ANY_RESULT, c->actor.role, &to);
    if (e.code == ERR_CONFLICT) {
        return OK; /* nobody's now */
    }
    if (e.code != ERR_OK) {
        return fail_set(c->fail, e.code, MSG_FLOW_NOT_YOURS, "action");
    }
    if (!place_fits(c, action)) {
        return fail_set(c->fail, ERR_DENIED, MSG_SHEET_PROVINCE, "action");
    }
    return hands_fit(c, v, action) ? OK : fail_set(c->fail, ERR_DENIED, MSG_SHEET_OWN, "action");
}

err sheet_open_for(struct ctx *c, const struct sheet_view *v, enum sheet_action action)
{
    unsigned to;
    TRY(hers(c, v, action));
    return flow_next(&sheet_kind, v->state, action, FLOW_ANY_RESULT, c->actor.role, &to).code == ERR_OK
               ? OK
               : fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_NOT_NOW, "action");
}

/* ---- what she saw ---- */

err sheet_as_seen(struct ctx *c, const struct sheet_view *v, enum sheet_action action,
                  const struct sheet_seen *seen)
{
    uint8_t said[DIGEST_LEN];
    TRY(hers(c, v, action));
    TRY(flow_as_seen(c, v->fresh ? 0 : v->flow.step_no, seen->step));
    if (!said_at_once(v) || (action != SHEET_SUBMIT && action != SHEET_EDIT)) {
        return OK;
    }
    TRY(sheet_now_says(c, v, said));
    return seen->said != NULL && memcmp(said, seen->said, DIGEST_LEN) == 0
               ? OK
               : fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_SAYS_OTHER, "action");
}

/* ---- steps ---- */

/* Behind everything that the step changes: its row of the audit chain seals what the sheet then says. */
static err step_said(struct ctx *c, struct sheet_view *io, enum sheet_action action, str words, str detail)
{
    struct seal says;
    TRY(sheet_seal(c, io->row.home, io->row.id, &says));
    const struct flow_step_in step = {.action = action,
                                      .via = STR_NONE,
                                      .detail = detail,
                                      .reason = STR_NONE,
                                      .words = words,
                                      .inside = true,
                                      .content = seal_text(&says)};
    TRY(flow_act(c, &io->subject, &io->flow, &step));
    TRY(io->row.event_id.given ? event_tally(c, io->row.home, io->row.from_day) : OK);
    return sheet_find(c, io->row.home, io->row.id, io);
}

static err step_take(struct ctx *c, struct sheet_view *io, enum sheet_action action, str words)
{
    return step_said(c, io, action, words, STR_NONE);
}

err sheet_step(struct ctx *c, struct sheet_view *io, enum sheet_action action, str detail)
{
    return step_said(c, io, action, STR_NONE, detail);
}

static err submit(struct ctx *c, struct sheet_view *io)
{
    uint8_t hash[DIGEST_LEN];
    str content;
    struct q_sheet_set_author_in in = {.home = io->row.home,
                                       .id = io->row.id,
                                       .author_id = made_by(c),
                                       .author_ms = SOME(c->now_ms),
                                       .first_day = local_day(c->now_ms),
                                       .content_hash = STR_NONE};
    TRY(sheet_rules_hold(c, io, SHEET_SUBMIT));
    if (said_at_once(io)) {
        TRY(content_now(c, io, &content, hash));
        in.content_hash = (str){(const char *)hash, DIGEST_LEN};
    }
    TRY(q_sheet_set_author(c->db, &in, NULL));
    return step_take(c, io, SHEET_SUBMIT, STR_NONE);
}

static err verify(struct ctx *c, struct sheet_view *io)
{
    uint8_t hash[DIGEST_LEN];
    str content;
    TRY(sheet_rules_hold(c, io, SHEET_VERIFY));
    if (said_at_once(io)) {
        TRY(unchanged(c, io, &content, hash));
    }
    const struct q_sheet_set_verifier_in in = {
        .home = io->row.home, .id = io->row.id, .verifier_id = made_by(c), .verifier_ms = SOME(c->now_ms)};
    TRY(q_sheet_set_verifier(c->db, &in, NULL));
    return step_take(c, io, SHEET_VERIFY, STR_NONE);
}

static err unlock(struct ctx *c, struct sheet_view *io, str why)
{
    const struct q_sheet_version_unlock_in in = {.home = io->row.home,
                                                 .sheet_id = io->row.id,
                                                 .version_no = io->row.version_no,
                                                 .unlock_text = why,
                                                 .unlocked_by_id = made_by(c),
                                                 .unlocked_ms = SOME(c->now_ms)};
    TRY(q_sheet_version_unlock(c->db, &in, NULL));
    TRY(q_sheet_set_unlocked(c->db, io->row.home, io->row.id, NULL));
    return step_take(c, io, SHEET_UNLOCK, why);
}

err sheet_act(struct ctx *c, struct sheet_view *io, enum sheet_action action, str words)
{
    const str why = str_trim(words);
    TRY(sheet_open_for(c, io, action));
    if ((action == SHEET_RETURN || action == SHEET_UNLOCK) && why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACT_REASON_MISSING, "words");
    }
    switch (action) {
    case SHEET_SUBMIT:
        return submit(c, io);
    case SHEET_VERIFY:
        return verify(c, io);
    case SHEET_RETURN:
        TRY(q_sheet_set_returned(c->db, io->row.home, io->row.id, NULL));
        return step_take(c, io, action, why);
    case SHEET_UNLOCK:
        return unlock(c, io, why);
    case SHEET_LOCK:
        return step_take(c, io, action, STR_NONE);
    case SHEET_BEGIN:
    case SHEET_EDIT:
    case SHEET_APPROVE:
    case SHEET_ACTIONS:
        break;
    }
    return FAIL(BUG);
}

err sheet_justify(struct ctx *c, struct sheet_view *io, str rule, str place, str why)
{
    const str words = str_trim(why);
    TRY(sheet_open_for(c, io, SHEET_EDIT));
    if (words.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACT_REASON_MISSING, "words");
    }
    TRY(sheet_why_keep(c, io, rule, place, words));
    return step_take(c, io, SHEET_EDIT, words);
}

err sheet_approve(struct ctx *c, struct sheet_view *io, const struct snapshot_set *set,
                  const uint8_t seen[DIGEST_LEN])
{
    uint8_t hash[DIGEST_LEN];
    str content;
    int64_t frozen;
    TRY(sheet_open_for(c, io, SHEET_APPROVE));
    if (set == NULL) {
        TRY(unchanged(c, io, &content, hash));
    } else {
        TRY(sheet_quarter_content(c, set, &content));
        sheet_hash(content, hash);
        if (memcmp(hash, seen, DIGEST_LEN) != 0) {
            return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_FIGURES_CHANGED, "action");
        }
        TRY(snapshot_freeze(c, set, io->row.id, io->row.version_no, &frozen));
    }
    const struct q_sheet_version_add_in version = {.home = io->row.home,
                                                   .sheet_id = io->row.id,
                                                   .version_no = io->row.version_no,
                                                   .content_text = content,
                                                   .content_hash = {(const char *)hash, DIGEST_LEN},
                                                   .approved_ms = c->now_ms};
    const struct q_sheet_set_approver_in in = {.home = io->row.home,
                                               .id = io->row.id,
                                               .approver_id = made_by(c),
                                               .approver_ms = SOME(c->now_ms),
                                               .content_hash = {(const char *)hash, DIGEST_LEN}};
    TRY(q_sheet_version_add(c->db, &version, NULL));
    TRY(q_sheet_set_approver(c->db, &in, NULL));
    return step_take(c, io, SHEET_APPROVE, STR_NONE);
}

/* ---- lists ---- */

err sheet_versions(struct ctx *c, const struct sheet_view *v, struct q_sheet_versions **out, size_t *out_n)
{
    return q_sheet_versions(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

enum { OWED_MOST = 500, OWED_MONTHS = 120, MONTH_OF_DAY = 100 };

/* The months of a period in which something is owed, from summary rows: what was approved is not gone through
 * for the little that was not. */
struct owed_months {
    int64_t months[OWED_MONTHS];
    size_t n;
};

static err owed_months(struct ctx *c, const int64_t *homes, size_t n, struct period p,
                       struct owed_months *out)
{
    const struct q_event_tallies_in in = {.homes = homes,
                                          .homes_n = n,
                                          .from_month = p.from_day / MONTH_OF_DAY,
                                          .to_month = p.to_day / MONTH_OF_DAY};
    struct q_event_tallies *rows;
    size_t rows_n;
    TRY(q_event_tallies(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        size_t at = 0;
        while (at < out->n && out->months[at] != rows[i].fact_month) {
            at++;
        }
        if (rows[i].held_n > rows[i].approved_n && at == out->n && out->n < OWED_MONTHS) {
            out->months[out->n++] = rows[i].fact_month;
        }
    }
    return OK;
}

/* Adds those of one month, up to OWED_MOST. */
static err owed_add(struct ctx *c, const int64_t *homes, size_t n, struct period p, int64_t month,
                    struct q_sheet_owed_events *all, size_t *io_n)
{
    const int64_t first = month * MONTH_OF_DAY, past = first + MONTH_OF_DAY;
    struct q_sheet_owed_events *rows;
    size_t rows_n;
    const struct q_sheet_owed_events_in in = {.homes = homes,
                                              .homes_n = n,
                                              .from_day = first > p.from_day ? first : p.from_day,
                                              .to_day = past < p.to_day ? past : p.to_day,
                                              .event_kind_no = event_kind.kind_no,
                                              .closed_state = EVENT_CLOSED,
                                              .sheet_kind_no = sheet_kind.kind_no,
                                              .approved_state = SHEET_APPROVED};
    TRY(q_sheet_owed_events(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n && *io_n < OWED_MOST; i++) {
        all[(*io_n)++] = rows[i];
    }
    return OK;
}

err sheet_owed(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
               struct q_sheet_owed_events **out, size_t *out_n)
{
    const size_t parts = homes_n / ID_LIST_MAX + 1;
    struct q_sheet_owed_events *all =
        arena_array_of(c->arena, struct q_sheet_owed_events, parts * (size_t)OWED_MOST + 1);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        const size_t n = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX;
        struct owed_months owed = {.n = 0};
        size_t added = 0;
        TRY(owed_months(c, homes + at, n, p, &owed));
        for (size_t i = 0; i < owed.n; i++) {
            TRY(owed_add(c, homes + at, n, p, owed.months[i], all + all_n, &added));
        }
        all_n += added;
    }
    *out = all;
    *out_n = all_n;
    return OK;
}
