/* device_filed_api.c: filings and matters that a device took down, as cases: see device_opened.h. */
#include "device_opened.h"

#include "device_seq.h"
#include "event_day_pages.h"
#include "file_pages.h"

bool opened_told(const struct opened *o)
{
    return o->kind == OPENED_FILING || o->kind == OPENED_MATTER;
}

bool opened_past(const struct opened *o)
{
    const str past = opened_told(o) && o->in != NULL ? o->in[F_PAST].raw : S("");
    return past.n > 0 && !str_eq(past, S("0"));
}

err opened_past_case(struct ctx *c, int64_t home, struct opt_i64 case_id, bool *out)
{
    struct case_view v = {0};
    *out = false;
    TRY(case_id.given ? q_case_get(c->db, c->arena, home, case_id.v, &v.row) : OK);
    return case_id.given ? case_past_desk(c, &v, out) : OK;
}

/* Before it is a case: as it came. */
static err past_unfiled(struct ctx *c, const struct q_device_record_get *of, bool *out)
{
    struct opened first;
    str json;
    str content;
    err e = opened_plain(c, of, &json, &content);
    if (e.code == ERR_OK) {
        e = opened_read(c, of, json, content, LANG_EN, &first);
    }
    if (e.code == ERR_OK) {
        *out = opened_past(&first);
        return OK;
    }
    if (e.code != ERR_INVALID && e.code != ERR_NOT_FOUND && e.code != ERR_DENIED && e.code != ERR_IO) {
        return e;
    }
    *c->fail = (struct fail){0};
    *out = true;
    return OK;
}

err opened_past_of(struct ctx *c, const struct q_device_record_get *r, const struct opened *o, bool *out)
{
    struct q_device_record_get of;
    *out = false;
    if ((o->kind != OPENED_FILE && o->kind != OPENED_ANSWER) || !ulid_valid(o->of)) {
        return OK;
    }
    const err e = record_read(c, o->of, &of);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && of.home != r->home)) {
        *out = true;
        return OK;
    }
    TRY(e);
    return of.case_id.given ? opened_past_case(c, of.home, of.case_id, out) : past_unfiled(c, &of, out);
}

err opened_pointed(struct ctx *c, const struct opened *o, bool *out)
{
    *out = false;
    return o->service.n > 0 ? file_pointed(c, o->service, out) : OK;
}

static err told_make(struct ctx *c, const struct q_device_record_get *r, const struct opened *o,
                     const struct given *in, struct case_hold *hold, struct case_new *out)
{
    told_of(in, true, out);
    if (!in[F_LANG].given) {
        out->lang = S("ur");
    }
    out->filed_ms = o->told_ms < c->now_ms ? o->told_ms : 0;
    if (o->reference.n == 0) {
        return OK;
    }
    *hold = (struct case_hold){.home = r->home, .holder = CASE_HELD_DEVICE, .id = r->device_id};
    out->hold = hold;
    return case_ref_of(c->arena, o->reference, &out->ref).code == ERR_OK
               ? OK
               : fail_set(c->fail, ERR_INVALID, MSG_DEVICE_WHY_BROKEN, NULL);
}

/* A matter of a day that takes nothing any more is one of that event's channel, and of none of its lists: it
 * waits for nobody. */
static err file_matter(struct ctx *c, const struct q_device_record_get *r, const struct opened *o,
                       struct case_new *n, struct case_receipt *out)
{
    struct event_view v;
    const struct day_record from = {.device = o->device, .record = r->record_code};
    bool later;
    n->channel = S("event");
    TRY(event_find(c, o->event, &v));
    if (day_takes(c, &v, &from, &later).code == ERR_OK) {
        const int64_t token = o->in[OF_TOKEN].given ? o->in[OF_TOKEN].n : 0;
        return day_capture(c, &v, n, token, &from, out);
    }
    *c->fail = (struct fail){0};
    return case_file(c, n, out);
}

err opened_gone(struct ctx *c, const struct q_device_record_get *r, const struct opened *o, struct opt_i64 by)
{
    int64_t at;
    case_ref ref;
    const struct given *in = o->in;
    const bool timed =
        in[OG_AT].given && str_i64(in[OG_AT].text, &at) && at > 0 && at - r->skew_ms <= o->told_ms;
    const bool slip = in[OG_REF].given && case_ref_of(c->arena, in[OG_REF].text, &ref).code == ERR_OK;
    const bool named = in[OG_RECORD].given && ulid_valid(in[OG_RECORD].text);
    const struct q_device_gone_add_in row = {.home = r->home,
                                             .device_id = r->device_id,
                                             .gone_no = in[OG_SEQ].n,
                                             .kind_code = in[OG_KIND].text,
                                             .why_code = in[OG_WHY].text,
                                             .told_ms = timed ? at - r->skew_ms : o->told_ms,
                                             .by_id = by,
                                             .of_code = named ? in[OG_RECORD].text : r->record_code,
                                             .ref_code =
                                                 slip ? arena_str(c->arena, case_ref_digits(&ref)) : S("")};
    TRY(q_device_gone_add(c->db, &row, NULL));
    TRY(named ? record_gone(c, r, in[OG_RECORD].text) : OK);
    return row.gone_no == 0 ? OK : device_seq_saw(c, r->home, r->device_id, row.gone_no, row.told_ms);
}

/* What she only said, about the desk itself, needs somebody in the desk's stead who hears it: as online, it
 * is not filed without. */
static err somebody_hears(struct ctx *c, const struct case_receipt *filed)
{
    struct q_case_ref_get at;
    struct q_case_get row;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(&filed->ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &row));
    return row.past_id.given ? OK : fail_set(c->fail, ERR_INVALID, MSG_EVIDENCE_PAST_DESK, "voice");
}

err opened_file(struct ctx *c, const struct q_device_record_get *r, const struct opened *o,
                const struct given *in, struct case_receipt *out)
{
    struct case_new n;
    struct case_hold hold;
    TRY(told_make(c, r, o, in, &hold, &n));
    TRY(o->kind == OPENED_MATTER ? file_matter(c, r, o, &n, out) : case_file(c, &n, out));
    return n.past_desk && o->in[OF_ALONE].given && o->in[OF_ALONE].n == 1 ? somebody_hears(c, out) : OK;
}

err opened_case(struct ctx *c, const struct case_receipt *done, struct opt_i64 *out_id)
{
    struct q_case_ref_get at;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(&done->ref), &at));
    *out_id = SOME(at.case_id);
    return OK;
}
