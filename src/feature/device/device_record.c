/* device_record.c: see device_record.h. */
#include "device_record.h"

#include <string.h>

#include "audit.h"
#include "clock.h"
#include "device_seq.h"
#include "msg.h"

/* ---- as it comes ---- */

static err record_audit(struct ctx *c, const struct q_device_record_get *r, str event, str detail)
{
    const struct q_device_get d = {.home = r->home, .id = r->device_id};
    return device_audit(c, &d, event, detail);
}

/* By a file its clock is not said: it is taken for what it was last. */
static int64_t skew_of(const struct ctx *c, const struct q_device_get *d, const struct record_part *p)
{
    return p->clock.n > 0 ? device_skew(c, p->clock) : d->skew_ms;
}

/* It stays on the device when there is no room here, and comes again. */
static err room_for(struct ctx *c, const struct q_device_get *d, int64_t bytes)
{
    struct q_device_record_kept kept;
    TRY(q_device_record_kept(c->db, c->arena, d->home, d->id, &kept));
    if (kept.kept_n >= RECORDS_KEPT_MAX || kept.bytes_n + bytes > RECORDS_BYTES_MAX) {
        return fail_set(c->fail, ERR_LIMIT, MSG_DEVICE_BYTES_ENOUGH, NULL);
    }
    return store_has_room(c->store, RECORDS_ROOM + bytes)
               ? OK
               : fail_set(c->fail, ERR_LIMIT, MSG_DEVICE_NO_ROOM, NULL);
}

static err record_begin(struct ctx *c, const struct q_device_get *d, const struct record_part *p,
                        struct q_device_record_get *out)
{
    const struct q_device_record_add_in row = {.record_code = p->ulid,
                                               .home = d->home,
                                               .device_id = d->id,
                                               .sealed_hash = {(const char *)p->hash, sizeof p->hash},
                                               .total_n = p->total,
                                               .skew_ms = skew_of(c, d, p),
                                               .begun_ms = c->now_ms};
    TRY(q_device_record_add(c->db, &row, NULL));
    return q_device_record_get(c->db, c->arena, p->ulid, out);
}

static bool part_fits(const struct record_part *p)
{
    const int64_t n = (int64_t)p->bytes.n;
    return ulid_valid(p->ulid) && p->total > 0 && p->total <= RECORD_MAX && n > 0 && n <= RECORD_CHUNK_MAX &&
           p->offset >= 0 && p->offset <= p->total && n <= p->total - p->offset;
}

/* Bytes that are not what was announced would be no record: it begins again, while the device has its own. */
static err is_announced(struct ctx *c, const struct q_device_record_get *r, bool *out)
{
    str all;
    const err e = record_bytes(c, r, &all);
    *out = e.code == ERR_OK;
    return e.code == ERR_IO ? OK : e;
}

static err part_keep(struct ctx *c, const struct q_device_get *d, const struct q_device_record_get *r,
                     const struct record_part *p, enum record_verdict *out)
{
    const size_t known = (size_t)(r->have_n - p->offset); /* what comes twice is not kept twice */
    const struct q_device_part_add_in part = {r->record_code, r->have_n,
                                              str_sub(p->bytes, known, p->bytes.n)};
    TRY(q_device_part_add(c->db, &part, NULL));
    struct q_device_record_grow_in row = {.have_n = p->offset + (int64_t)p->bytes.n,
                                          .record_state_code = S("partial"),
                                          .why_code = S(""),
                                          .skew_ms = skew_of(c, d, p),
                                          .begun_ms = r->have_n == 0 ? c->now_ms : r->begun_ms,
                                          .record_code = r->record_code};
    *out = RECORD_HAD;
    if (row.have_n == r->total_n) {
        bool same;
        TRY(is_announced(c, r, &same));
        if (!same) {
            *out = RECORD_GAP;
            TRY(q_device_part_remove(c->db, r->record_code, NULL));
            row.have_n = 0;
            return q_device_record_grow(c->db, &row, NULL);
        }
        row.came_ms = SOME(c->now_ms);
        row.record_state_code = d->revoked_ms.given ? S("quarantined") : S("waiting");
        row.why_code = d->revoked_ms.given ? S("revoked") : S("");
    }
    return q_device_record_grow(c->db, &row, NULL);
}

err record_add(struct ctx *c, const struct q_device_get *d, const struct record_part *p,
               enum record_verdict *out)
{
    struct q_device_record_get r;
    if (!part_fits(p)) {
        return fail_set(c->fail, ERR_INVALID, MSG_DEVICE_PART_ODD, "bytes");
    }
    err e = q_device_record_get(c->db, c->arena, p->ulid, &r);
    if (e.code == ERR_NOT_FOUND && p->offset > 0) {
        *out = RECORD_GAP;
        return OK;
    }
    if (e.code == ERR_NOT_FOUND) {
        e = record_begin(c, d, p, &r);
    }
    TRY(e);
    const bool anew = r.have_n == 0 && p->offset == 0 && str_eq(r.record_state_code, S("partial"));
    TRY(anew ? room_for(c, d, p->total) : OK); /* none of it counts: it was thrown away, or only begins */
    struct q_device_record_get hers;
    e = record_of_desk(c, d, p->ulid, &hers);
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
    }
    if (e.code == ERR_NOT_FOUND || r.total_n != p->total || r.sealed_hash.n != sizeof p->hash ||
        memcmp(r.sealed_hash.p, p->hash, sizeof p->hash) != 0) {
        *out = RECORD_OTHER;
        return OK;
    }
    TRY(device_seen(c, d, p->clock));
    *out = p->offset > r.have_n ? RECORD_GAP : RECORD_HAD;
    const bool fresh = p->offset <= r.have_n && p->offset + (int64_t)p->bytes.n > r.have_n;
    return fresh && str_eq(r.record_state_code, S("partial")) ? part_keep(c, d, &r, p, out) : OK;
}

err record_read(struct ctx *c, str ulid, struct q_device_record_get *out)
{
    return ulid_valid(ulid) ? q_device_record_get(c->db, c->arena, ulid, out) : FAIL(NOT_FOUND);
}

err record_of_desk(struct ctx *c, const struct q_device_get *d, str ulid, struct q_device_record_get *out)
{
    struct q_device_record_get r;
    struct q_device_get from;
    TRY(record_read(c, ulid, &r));
    TRY(q_device_get(c->db, c->arena, r.home, r.device_id, &from));
    if (from.home != d->home || from.desk_id != d->desk_id) {
        return FAIL(NOT_FOUND);
    }
    *out = r;
    return OK;
}

err record_bytes(struct ctx *c, const struct q_device_record_get *r, str *out)
{
    struct q_device_part_list *parts;
    size_t n;
    size_t at = 0;
    char hex[HEX_OF_32];
    uint8_t hash[RECORD_HASH_LEN];
    TRY(q_device_part_list(c->db, c->arena, r->record_code, &parts, &n));
    char *all = arena_array_of(c->arena, char, (size_t)r->total_n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if ((size_t)parts[i].from_n != at || parts[i].part_packed.n > (size_t)r->total_n - at) {
            return FAIL(IO);
        }
        memcpy(all + at, parts[i].part_packed.p, parts[i].part_packed.n);
        at += parts[i].part_packed.n;
    }
    sha256_hex((str){all, at}, hex);
    const bool same =
        hex_to((str){hex, sizeof hex}, hash, sizeof hash) && memcmp(hash, r->sealed_hash.p, sizeof hash) == 0;
    if (at != (size_t)r->total_n || !same) {
        return FAIL(IO);
    }
    *out = (str){all, at};
    return OK;
}

err records_expire(struct ctx *c, int64_t *out_done)
{
    struct q_device_record_get *rows;
    size_t n;
    const int64_t before = c->now_ms - (int64_t)RECORD_PART_DAYS * 86400000;
    TRY(q_device_record_stale(c->db, c->arena, before, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_device_record_expire_in row = {str_of(msg_key(MSG_DEVICE_WHY_EXPIRED)), c->now_ms,
                                                      rows[i].record_code};
        TRY(q_device_part_remove(c->db, rows[i].record_code, NULL));
        TRY(q_device_record_expire(c->db, &row, NULL));
        TRY(record_audit(c, &rows[i], S("device.expired"),
                         arena_printf(c->arena, "record=%.*s", STR_F(rows[i].record_code))));
    }
    *out_done = (int64_t)n;
    return OK;
}

/* ---- how it ended ---- */

err records_next(struct ctx *c, int64_t most, struct q_device_record_get **out, size_t *out_n)
{
    return q_device_record_next(c->db, c->arena, most, out, out_n);
}

static err numbered(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e)
{
    if (e->seq == 0) {
        return OK;
    }
    TRY(q_device_record_numbered(c->db, SOME(e->seq), r->record_code, NULL));
    return device_seq_saw(c, r->home, r->device_id, e->seq, e->told.given ? e->told.v : c->now_ms);
}

static err end(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e, str state,
               str why)
{
    const struct q_device_record_end_in row = {.record_state_code = state,
                                               .why_code = why,
                                               .done_ms = SOME(c->now_ms),
                                               .told_ms = e->told,
                                               .kind_code = e->kind.n == 0 ? S("") : e->kind,
                                               .of_code = e->of.n == 0 ? S("") : e->of,
                                               .by_id = e->by,
                                               .case_id = e->case_id,
                                               .record_code = r->record_code};
    TRY(q_device_record_end(c->db, &row, NULL));
    return numbered(c, r, e);
}

/* Who let it in, for it stands in another's name; and what was not believed all the same. */
static err taken_more(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                      struct buf *out)
{
    struct q_account_get by;
    if (r->let_in_by_id.given) {
        TRY(q_account_get(c->db, c->arena, r->let_in_by_id.v, &by));
        buf_printf(out, " let_in=%.*s", STR_F(by.login_code));
    }
    if (e->left.n > 0) {
        buf_printf(out, " left=%.*s", STR_F(e->left));
    }
    return OK;
}

err record_taken(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e)
{
    TRY(end(c, r, e, S("taken"), S("")));
    TRY(q_device_part_remove(c->db, r->record_code, NULL));
    SCOPED(buf_free) struct buf more = buf_new(400);
    TRY(taken_more(c, r, e, &more));
    return record_audit(c, r, S("device.record"),
                        arena_printf(c->arena, "record=%.*s kind=%.*s%.*s", STR_F(r->record_code),
                                     STR_F(e->kind), STR_F(buf_str(&more))));
}

err record_mended(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                  str changed)
{
    TRY(record_audit(
        c, r, S("device.mended"),
        arena_printf(c->arena, "record=%.*s changed=%.*s", STR_F(r->record_code), STR_F(changed))));
    return record_taken(c, r, e);
}

err record_stopped(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                   bool quarantine, str why)
{
    TRY(end(c, r, e, quarantine ? S("quarantined") : S("refused"), why));
    TRY(e->ref.n > 0 ? q_device_record_ref(c->db, e->ref, r->record_code, NULL) : OK);
    return record_audit(c, r, quarantine ? S("device.quarantined") : S("device.refused"),
                        arena_printf(c->arena, "record=%.*s why=%.*s", STR_F(r->record_code), STR_F(why)));
}

err record_destroyed(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                     str why)
{
    TRY(end(c, r, e, S("refused"), why));
    if (str_eq(why, S("pointed"))) { /* of that nothing stays */
        TRY(q_device_record_ref(c->db, S(""), r->record_code, NULL));
    }
    TRY(q_device_part_remove(c->db, r->record_code, NULL));
    return record_audit(c, r, S("device.destroyed"),
                        arena_printf(c->arena, "record=%.*s why=%.*s", STR_F(r->record_code), STR_F(why)));
}

err record_belongs(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e)
{
    const struct q_device_record_belongs_in row = {e->kind, e->of, r->record_code};
    TRY(q_device_record_belongs(c->db, &row, NULL));
    return numbered(c, r, e);
}

/* ---- what was deleted where it was recorded ---- */

static err gone_one(struct ctx *c, const struct q_device_record_get *r)
{
    const struct record_ended e = {
        .kind = r->kind_code, .of = r->of_code, .by = r->by_id, .told = r->told_ms};
    return record_destroyed(c, r, &e, S("gone"));
}

err record_gone(struct ctx *c, const struct q_device_record_get *teller, str ulid)
{
    struct q_device_record_get r;
    struct q_device_record_get *files;
    size_t n;
    const struct q_device_record_of_gone_in of = {teller->home, ulid, teller->device_id};
    const err e = record_read(c, ulid, &r);
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
        const bool hers = r.home == teller->home && r.device_id == teller->device_id;
        const bool open =
            str_eq(r.record_state_code, S("partial")) || str_eq(r.record_state_code, S("waiting"));
        if (!hers || (!open && !record_is_no_more(&r))) { /* it was taken, or somebody decides about it */
            return OK;
        }
        TRY(open ? gone_one(c, &r) : OK);
    }
    TRY(q_device_record_of_gone(c->db, c->arena, &of, &files, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(gone_one(c, &files[i]));
    }
    return OK;
}

/* ---- what somebody has to look at ---- */

static bool above(const struct ctx *c)
{
    return c->actor.role == ROLE_SUPERVISOR || c->actor.role == ROLE_ADC;
}

err records_stopped(struct ctx *c, struct q_device_record_stopped **out, size_t *out_n)
{
    return q_device_record_stopped(c->db, c->arena, c->actor.home, above(c) ? 0 : c->actor.office_id, out,
                                   out_n);
}

bool record_is_no_more(const struct q_device_record_get *r)
{
    return str_eq(r->why_code, S("pointed")) || str_eq(r->why_code, S("dropped")) ||
           str_eq(r->why_code, S("gone"));
}

err record_find(struct ctx *c, str ulid, struct q_device_record_get *out)
{
    struct q_device_record_get r;
    struct q_device_get d;
    TRY(record_read(c, ulid, &r));
    TRY(q_device_get(c->db, c->arena, r.home, r.device_id, &d));
    TRY(device_find(c, d.device_code, &d));
    const bool kept =
        str_eq(r.record_state_code, S("refused")) || str_eq(r.record_state_code, S("quarantined"));
    if (!kept || record_is_no_more(&r)) {
        return FAIL(NOT_FOUND);
    }
    *out = r;
    return OK;
}

/* Who decides: of quarantine whoever manages devices, of what was refused the desk too. */
static err record_of_hers(struct ctx *c, str ulid, struct q_device_record_get *out)
{
    struct q_device_record_get r;
    TRY(record_find(c, ulid, &r));
    if (str_eq(r.record_state_code, S("quarantined")) && !above(c)) {
        return fail_set(c->fail, ERR_DENIED, MSG_DEVICE_QUARANTINE_ABOVE, NULL);
    }
    *out = r;
    return OK;
}

err record_again(struct ctx *c, str ulid)
{
    struct q_device_record_get r;
    TRY(record_of_hers(c, ulid, &r));
    TRY(q_device_record_again(c->db, SOME(c->actor.user_id), r.record_code, NULL));
    return record_audit(c, &r, S("device.let_in"),
                        arena_printf(c->arena, "record=%.*s", STR_F(r.record_code)));
}

err record_drop(struct ctx *c, str ulid, str why)
{
    struct q_device_record_get r;
    TRY(record_of_hers(c, ulid, &r));
    if (str_trim(why).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_DEVICE_WHY_MISSING, "why");
    }
    const struct record_ended e = {
        .kind = r.kind_code, .of = r.of_code, .by = r.by_id, .told = r.told_ms, .case_id = r.case_id};
    TRY(q_device_record_why(c->db, str_trim(why), r.record_code, NULL));
    return record_destroyed(c, &r, &e, S("dropped"));
}
