/* sheet_list.c: sheets of many districts: how far they are, what waits, and a quarter approved for all of
 * them together. */
#include <string.h>

#include "activity.h"
#include "clock.h"
#include "msg.h"
#include "place.h"

enum { MONTH_OF_DAY = 100 };

static size_t few_of(size_t at, size_t n)
{
    return n - at < ID_LIST_MAX ? n - at : ID_LIST_MAX;
}

/* ---- what is on its way ---- */

err sheet_open(struct ctx *c, const int64_t *homes, size_t homes_n, struct q_sheet_open **out, size_t *out_n)
{
    struct q_sheet_open *all = NULL;
    size_t all_n = 0;
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_sheet_open *rows;
        size_t n;
        TRY(q_sheet_open(c->db, c->arena, homes + at, few_of(at, homes_n), sheet_kind.kind_no, &rows, &n));
        struct q_sheet_open *more = arena_array_of(c->arena, struct q_sheet_open, all_n + n + 1);
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

/* ---- complete, and on time ---- */

static struct sheet_district *district_of(struct sheet_district *rows, size_t n, int64_t home)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].home == home) {
            return &rows[i];
        }
    }
    return NULL;
}

static err events_put(struct ctx *c, struct sheet_district *rows, size_t n, const int64_t *homes, size_t few,
                      struct period quarter)
{
    struct q_event_tallies *counted;
    size_t counted_n;
    const struct q_event_tallies_in in = {.homes = homes,
                                          .homes_n = few,
                                          .from_month = quarter.from_day / MONTH_OF_DAY,
                                          .to_month = quarter.to_day / MONTH_OF_DAY};
    TRY(q_event_tallies(c->db, c->arena, &in, &counted, &counted_n));
    for (size_t i = 0; i < counted_n; i++) {
        struct sheet_district *d = district_of(rows, n, counted[i].home);
        if (d != NULL) {
            d->events += counted[i].held_n;
            d->submitted += counted[i].sent_n;
            d->timely += counted[i].timely_n;
            d->approved += counted[i].approved_n;
        }
    }
    return OK;
}

static err quarters_put(struct ctx *c, struct sheet_district *rows, size_t n, const int64_t *homes,
                        size_t few, struct period quarter)
{
    struct q_sheet_quarters *found;
    size_t found_n;
    const struct q_sheet_quarters_in in = {
        .homes = homes, .homes_n = few, .from_day = quarter.from_day, .sheet_kind_no = sheet_kind.kind_no};
    TRY(q_sheet_quarters(c->db, c->arena, &in, &found, &found_n));
    for (size_t i = 0; i < found_n; i++) {
        struct sheet_district *d = district_of(rows, n, found[i].home);
        if (d != NULL) {
            d->begun = true;
            d->quarter = found[i];
        }
    }
    return OK;
}

static err lines_put(struct ctx *c, struct sheet_district *rows, size_t n, const int64_t *homes, size_t few,
                     struct period quarter)
{
    struct activity_due *due;
    size_t due_n;
    TRY(activity_due(c, homes, few, quarter, &due, &due_n));
    for (size_t i = 0; i < due_n; i++) {
        struct sheet_district *d = district_of(rows, n, due[i].line.home);
        if (d == NULL) {
            continue;
        }
        const struct q_activity_of_quarter *s = &due[i].sheet;
        const bool sent = due[i].begun && s->first_day.given;
        d->lines.expected++;
        d->lines.submitted += sent;
        d->lines.timely += sent && s->first_day.v <= s->due_day;
        d->lines.approved += due[i].begun && s->flow_state >= SHEET_APPROVED;
    }
    return OK;
}

/* The quarter itself is expected once it is over. */
static void all_put(const struct ctx *c, struct sheet_district *d, struct period quarter)
{
    const bool over = quarter.to_day < local_day(c->now_ms);
    const bool sent = d->begun && d->quarter.first_day.given;
    d->all = (struct sheet_count){
        d->events + d->lines.expected + over, d->submitted + d->lines.submitted + (over && sent),
        d->timely + d->lines.timely + (over && sent && d->quarter.first_day.v <= d->quarter.due_day),
        d->approved + d->lines.approved + (over && d->begun && d->quarter.flow_state >= SHEET_APPROVED)};
}

/* Districts where a desk stands owe a quarter even when nothing happened. */
static err desks_put(struct ctx *c, struct sheet_district *rows, size_t n)
{
    struct q_desk_homes *desks;
    size_t desks_n;
    TRY(place_desk_homes(c, &desks, &desks_n));
    for (size_t i = 0; i < desks_n; i++) {
        struct sheet_district *d = district_of(rows, n, desks[i].home);
        if (d != NULL) {
            d->desk = true;
        }
    }
    return OK;
}

err sheet_districts(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                    struct sheet_district **out, size_t *out_n)
{
    struct sheet_district *rows = arena_array_of(c->arena, struct sheet_district, homes_n + 1);
    size_t kept = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < homes_n; i++) {
        rows[i] = (struct sheet_district){.home = homes[i]};
    }
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        TRY(events_put(c, rows, homes_n, homes + at, few_of(at, homes_n), quarter));
        TRY(quarters_put(c, rows, homes_n, homes + at, few_of(at, homes_n), quarter));
        TRY(lines_put(c, rows, homes_n, homes + at, few_of(at, homes_n), quarter));
    }
    TRY(desks_put(c, rows, homes_n));
    for (size_t i = 0; i < homes_n; i++) {
        if (rows[i].desk || rows[i].begun || rows[i].events > 0 || rows[i].lines.expected > 0) {
            all_put(c, &rows[i], quarter);
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

/* ---- a quarter of many districts, approved together ---- */

static err ready_one(struct ctx *c, int64_t home, struct period quarter, struct sheet_ready *out,
                     bool *out_some)
{
    str content;
    *out_some = false;
    const err e = sheet_of_quarter(c, home, quarter, &out->sheet);
    if (e.code != ERR_OK) {
        return e.code == ERR_NOT_FOUND ? OK : e;
    }
    if (!sheet_may(c, &out->sheet, SHEET_APPROVE)) {
        return OK;
    }
    TRY(snapshot_count(c, home, quarter, &out->set));
    TRY(sheet_quarter_content(c, &out->set, &content));
    sheet_hash(content, out->hash);
    *out_some = true;
    return OK;
}

err sheet_ready(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                struct sheet_ready_all *out)
{
    struct digest d;
    struct sheet_ready_all all = {.v = arena_array_of(c->arena, struct sheet_ready, homes_n + 1)};
    if (all.v == NULL) {
        return FAIL(LIMIT);
    }
    digest_begin(&d);
    for (size_t i = 0; i < homes_n; i++) {
        bool some;
        TRY(ready_one(c, homes[i], quarter, &all.v[all.n], &some));
        if (some) {
            digest_put(&d, (str){(const char *)all.v[all.n].hash, DIGEST_LEN});
            digest_put(&d, arena_printf(c->arena, " %lld", (long long)all.v[all.n].sheet.flow.step_no));
            all.n++;
        }
    }
    digest_end(&d, all.hash);
    *out = all;
    return OK;
}

err sheet_approve_ready(struct ctx *c, const struct sheet_ready_all *all, const uint8_t seen[DIGEST_LEN])
{
    if (all->n == 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_NOT_NOW, "action");
    }
    if (memcmp(all->hash, seen, DIGEST_LEN) != 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_FIGURES_CHANGED, "action");
    }
    for (size_t i = 0; i < all->n; i++) {
        struct sheet_view v; /* as it stands in this job, not as it was when they were counted */
        TRY(sheet_find(c, all->v[i].sheet.row.home, all->v[i].sheet.row.id, &v));
        TRY(flow_as_seen(c, v.flow.step_no, all->v[i].sheet.flow.step_no));
        TRY(sheet_approve(c, &v, &all->v[i].set, all->v[i].hash));
    }
    return OK;
}
