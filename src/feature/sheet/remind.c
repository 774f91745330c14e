/* remind.c: which sheets wait for whom, and telling them once. */
#include "remind.h"

#include "clock.h"
#include "sheet_inside.h"

/* ---- beginning what is due ---- */

static err start(struct ctx *c, struct q_sheet_add_in *in, int64_t unit, int64_t *io_done)
{
    in->id = id_next(c);
    (*io_done)++;
    return sheet_start(c, in, unit, 0);
}

static err events_begin(struct ctx *c, const int64_t *homes, size_t n, int64_t today, int64_t *io_done)
{
    struct q_remind_unbegun *rows;
    size_t rows_n;
    const struct q_remind_unbegun_in in = {.event_kind_no = event_kind.kind_no,
                                           .closed_state = EVENT_CLOSED,
                                           .limit = REMIND_AT_ONCE - *io_done,
                                           .homes = homes,
                                           .homes_n = n,
                                           .from_day = day_add(today, -REMIND_BACK_DAYS),
                                           .to_day = day_add(today, -SHEET_EVENT_DAYS - 1)};
    TRY(q_remind_unbegun(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        struct q_sheet_add_in add = {.home = rows[i].home,
                                     .sheet_kind_code = S("event"),
                                     .event_id = SOME(rows[i].id),
                                     .from_day = rows[i].event_day,
                                     .to_day = rows[i].event_day,
                                     .due_day = day_add(rows[i].event_day, SHEET_EVENT_DAYS)};
        TRY(start(c, &add, rows[i].unit_id, io_done));
    }
    return OK;
}

static err lines_begin(struct ctx *c, const int64_t *homes, size_t n, struct period quarter, int64_t *io_done)
{
    struct activity_due *due;
    size_t due_n;
    TRY(activity_due(c, homes, n, quarter, &due, &due_n));
    for (size_t i = 0; i < due_n && *io_done < REMIND_AT_ONCE; i++) {
        struct q_sheet_add_in add = {.home = due[i].line.home,
                                     .sheet_kind_code = S("activity"),
                                     .plan_home_id = SOME(due[i].line.plan_home_id),
                                     .action_id = SOME(due[i].line.action_id),
                                     .from_day = quarter.from_day,
                                     .to_day = quarter.to_day,
                                     .due_day = day_add(quarter.to_day, SHEET_QUARTER_DAYS)};
        if (!due[i].begun) {
            TRY(start(c, &add, add.home, io_done));
        }
    }
    return OK;
}

static err quarters_begin(struct ctx *c, const int64_t *homes, size_t n, struct period quarter,
                          int64_t *io_done)
{
    for (size_t i = 0; i < n && *io_done < REMIND_AT_ONCE; i++) {
        struct sheet_view v;
        const err known = sheet_of_quarter(c, homes[i], quarter, &v);
        if (known.code == ERR_OK) {
            continue;
        }
        if (known.code != ERR_NOT_FOUND) {
            return known;
        }
        TRY(sheet_begin_quarter(c, homes[i], quarter, &v));
        (*io_done)++;
    }
    return OK;
}

/* ---- who has to act ---- */

struct people {
    int64_t ids[REMIND_PEOPLE_MAX];
    size_t n;
};

static err person_add(struct ctx *c, const struct q_remind_waiting *row, int64_t account, struct people *io)
{
    const struct subject s = {&sheet_kind, row->home, row->id};
    bool wrote = false;
    const bool author = row->author_id.given && row->author_id.v == account;
    const bool verifier = row->verifier_id.given && row->verifier_id.v == account;
    if (!str_eq(row->stage_code, S("submit"))) {
        TRY(flow_done_by(c, &s, SHEET_EDIT, account, 0, &wrote));
        wrote = wrote || author || (verifier && str_eq(row->stage_code, S("approve")));
    }
    if (!wrote && io->n < REMIND_PEOPLE_MAX) {
        io->ids[io->n++] = account;
    }
    return OK;
}

static err people_of(struct ctx *c, const struct q_remind_waiting *row, enum role role, struct people *io)
{
    struct q_remind_people *rows;
    size_t n;
    TRY(q_remind_people(c->db, c->arena, row->home, role, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(person_add(c, row, rows[i].id, io));
    }
    return OK;
}

static err people_above(struct ctx *c, const struct q_remind_waiting *row, struct people *io)
{
    struct q_remind_above *rows;
    size_t n;
    TRY(q_remind_above(c->db, c->arena, 0, ROLE_MONITOR, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool hers = false;
        if (rows[i].unit_id.given) {
            TRY(place_lies_in(c, row->home, rows[i].unit_id.v, &hers));
        }
        if (hers) {
            TRY(person_add(c, row, rows[i].id, io));
        }
    }
    return OK;
}

/* Returned or unlocked: whoever put it forward knows it. */
static err author_first(struct ctx *c, const struct q_remind_waiting *row, struct people *io)
{
    struct q_remind_person who;
    if (!row->author_id.given) {
        return OK;
    }
    const err e = q_remind_person(c->db, c->arena, row->author_id.v, &who);
    if (e.code == ERR_OK && !who.disabled_ms.given) {
        return person_add(c, row, who.id, io);
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err who_acts(struct ctx *c, const struct q_remind_waiting *row, struct people *out)
{
    out->n = 0;
    if (str_eq(row->stage_code, S("submit"))) {
        TRY(author_first(c, row, out));
        if (out->n == 0) {
            TRY(people_of(c, row, ROLE_DESK, out));
        }
        return out->n > 0 ? OK : people_of(c, row, ROLE_SUPERVISOR, out);
    }
    if (str_eq(row->stage_code, S("verify"))) {
        TRY(people_of(c, row, ROLE_MONITOR, out));
    }
    return out->n > 0 ? OK : people_above(c, row, out);
}

/* ---- telling them ---- */

/* A row without anybody says that nobody is there to act: it is not looked for every night again. */
static err told(struct ctx *c, const struct q_remind_waiting *row, const struct people *people)
{
    const struct subject s = {&sheet_kind, row->home, row->id};
    struct q_remind_add_in in = {.home = row->home,
                                 .sheet_id = row->id,
                                 .version_no = row->version_no,
                                 .stage_code = row->stage_code,
                                 .made_ms = c->now_ms};
    for (size_t i = 0; i < people->n; i++) {
        in.account_id = people->ids[i];
        TRY(q_remind_add(c->db, &in, NULL));
    }
    if (people->n == 0) {
        return q_remind_add(c->db, &in, NULL);
    }
    return flow_news(c, &s, arena_printf(c->arena, "sheet.remind_%.*s", STR_F(row->stage_code)));
}

static err waiting_tell(struct ctx *c, const int64_t *homes, size_t n, int64_t today, int64_t *io_done)
{
    struct q_remind_waiting *rows;
    size_t rows_n;
    const struct q_remind_waiting_in in = {.sheet_kind_no = sheet_kind.kind_no,
                                           .draft_state = SHEET_DRAFT,
                                           .submitted_state = SHEET_SUBMITTED,
                                           .verified_state = SHEET_VERIFIED,
                                           .today_day = today,
                                           .before_ms = c->now_ms - (int64_t)REMIND_AFTER_DAYS * MS_PER_DAY,
                                           .limit = REMIND_AT_ONCE - *io_done,
                                           .homes = homes,
                                           .homes_n = n};
    TRY(q_remind_waiting(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        struct people people;
        TRY(who_acts(c, &rows[i], &people));
        TRY(told(c, &rows[i], &people));
        (*io_done)++;
    }
    return OK;
}

err sheet_remind(struct ctx *c, int64_t *out_done)
{
    struct q_desk_homes *desks;
    size_t desks_n;
    int64_t done = 0;
    const int64_t today = local_day(c->now_ms);
    const int64_t before =
        day_add(period_quarter(period_year_of(today), period_quarter_of(today)).from_day, -1);
    const struct period last = period_quarter(period_year_of(before), period_quarter_of(before));
    TRY(place_desk_homes(c, &desks, &desks_n));
    int64_t *homes = arena_array_of(c->arena, int64_t, desks_n + 1);
    if (homes == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < desks_n; i++) {
        homes[i] = desks[i].home;
    }
    for (size_t at = 0; at < desks_n && done < REMIND_AT_ONCE; at += ID_LIST_MAX) {
        const size_t n = desks_n - at < ID_LIST_MAX ? desks_n - at : ID_LIST_MAX;
        TRY(events_begin(c, homes + at, n, today, &done));
        if (today > day_add(last.to_day, SHEET_QUARTER_DAYS)) {
            TRY(lines_begin(c, homes + at, n, last, &done));
            TRY(quarters_begin(c, homes + at, n, last, &done));
        }
        if (done < REMIND_AT_ONCE) {
            TRY(waiting_tell(c, homes + at, n, today, &done));
        }
    }
    *out_done = done;
    return OK;
}

err sheet_reminders(struct ctx *c, struct q_remind_mine **out, size_t *out_n)
{
    const struct q_remind_mine_in in = {.sheet_kind_no = sheet_kind.kind_no,
                                        .draft_state = SHEET_DRAFT,
                                        .submitted_state = SHEET_SUBMITTED,
                                        .verified_state = SHEET_VERIFIED,
                                        .account_id = c->actor.user_id};
    return q_remind_mine(c->db, c->arena, &in, out, out_n);
}
