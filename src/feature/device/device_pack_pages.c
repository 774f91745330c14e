/* device_pack_pages.c: what a device carries with it for a day without a signal: services, places, events,
 * helplines, and the keys to seal to. Nothing of it is about anybody but who asks. */
#include "device_pages.h"

#include "case.h"
#include "catalogue.h"
#include "clock.h"
#include "device_key.h"
#include "device_lease.h"
#include "device_record.h"
#include "device_ticket_api.h"
#include "event_day.h"
#include "fold.h"
#include "json.h"
#include "place.h"

enum {
    PACK_MAX = 400 * 1024,
    PACK_FULL = 199 * 1024, /* localities fill it up to here */
    PACK_EVENTS = 20,
    PACK_PLACES = 400,
    STATES_AT_ONCE = 200,
    GIVEN_AGAIN_MS = 600000,
    TICKET_SECONDS = 36000,
    POINT_TEXT = (RECORD_POINT_LEN + 2) / 3 * 4
};

const struct input pack_inputs[PACK_INPUTS] = {DEVICE_COOKIE_INPUT};

/* ---- that she has it ---- */

static bool is_hers(const struct ctx *c, const struct q_device_get *d)
{
    return d->home == c->actor.home && d->desk_id == c->actor.office_id;
}

static err asked(struct ctx *c, const struct given *in, struct q_device_get *out)
{
    TRY(device_by_cookie(c, in[0].given ? in[0].text : S(""), out));
    return is_hers(c, out) ? OK : FAIL(NOT_FOUND);
}

static bool keys_last(struct ctx *c)
{
    struct q_device_key_open *keys;
    size_t n;
    return device_keys(c, &keys, &n).code == ERR_OK && n > 0 &&
           keys[0].to_ms > c->now_ms + (int64_t)DEVICE_KEY_AHEAD_DAYS * 86400000;
}

static bool pack_unseen(struct ctx *c, const struct given *in)
{
    struct q_device_get d;
    struct q_device_person_get p;
    if (asked(c, in, &d).code != ERR_OK) {
        return false;
    }
    if (d.revoked_ms.given) {
        return !d.wiped_ms.given;
    }
    const struct q_device_person_get_in at = {d.home, d.id, c->actor.user_id};
    const err e = q_device_person_get(c->db, c->arena, &at, &p);
    return e.code != ERR_OK || p.last_ms < c->now_ms - GIVEN_AGAIN_MS || !keys_last(c);
}

static err pack_note(struct ctx *c, const struct given *in)
{
    struct q_device_get d;
    TRY(asked(c, in, &d));
    if (d.revoked_ms.given) {
        return device_wiped(c, &d);
    }
    TRY(device_key_ready(c));
    TRY(device_seen(c, &d, S("")));
    return device_given(c, &d);
}

const struct seen_fns pack_seen = {pack_unseen, pack_note};

/* ---- names in every language ---- */

static void put_name(struct json *j, str key, const str *names)
{
    json_key(j, key);
    json_object_begin(j);
    for (size_t l = 0; l < LANG_N; l++) {
        if (names[l].n > 0) {
            json_member(j, lang_table[l].code, names[l]);
        }
    }
    json_end(j);
}

static err put_label(struct web *w, struct json *j, str kind, int64_t id)
{
    str names[LANG_N];
    for (int l = 0; l < LANG_N; l++) {
        TRY(label_find_in(&w->ctx, kind, id, l, &names[l]));
    }
    put_name(j, S("name"), names);
    return OK;
}

/* ---- what it holds ---- */

static err put_keys(struct web *w, struct json *j)
{
    struct q_device_key_open *keys;
    size_t n;
    TRY(device_keys(&w->ctx, &keys, &n));
    json_key(j, S("keys"));
    json_array_begin(j);
    for (size_t i = 0; i < n && keys[i].point_packed.n == RECORD_POINT_LEN; i++) {
        char point[POINT_TEXT];
        const size_t point_n = base64url_of((const uint8_t *)keys[i].point_packed.p, RECORD_POINT_LEN, point);
        json_object_begin(j);
        json_member(j, S("id"), keys[i].key_code);
        json_member(j, S("point"), (str){point, point_n});
        json_member_i64(j, S("from"), keys[i].from_ms);
        json_member_i64(j, S("to"), keys[i].to_ms);
        json_end(j);
    }
    json_end(j);
    return OK;
}

/* The papers that an application for it brings along. */
static err put_papers(struct web *w, struct json *j, const struct q_service_all *s)
{
    struct q_service_documents *rows;
    size_t n;
    if (s->application_flag == 0) {
        return OK;
    }
    TRY(catalogue_documents(&w->ctx, s->id, &rows, &n));
    json_key(j, S("documents"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        int64_t id;
        TRY(catalogue_document_find(&w->ctx, rows[i].document_code, &id));
        json_object_begin(j);
        json_member(j, S("code"), rows[i].document_code);
        TRY(put_label(w, j, S("document"), id));
        json_end(j);
    }
    json_end(j);
    return OK;
}

static void put_service(struct json *j, const struct q_service_all *s, const struct q_service_terms_at *t,
                        int64_t no, const str *names)
{
    char number[4];
    const bool pointed = !catalogue_takes_down(s->sensitivity_code);
    json_object_begin(j);
    if (!pointed) {
        number[0] = (char)('0' + no / 10 % 10);
        number[1] = (char)('0' + no % 10);
        json_member(j, S("no"), (str){number, 2});
    }
    json_member(j, S("code"), s->service_code);
    json_member(j, S("group"), s->group_code);
    json_member(j, S("icon"), s->icon_code);
    put_name(j, S("name"), names);
    json_member_flag(j, S("pointed"), pointed);
    json_member_flag(j, S("municipal"), s->municipal_flag == 1);
    if (t->limit_days.given) {
        json_member_i64(j, S("days"), t->limit_days.v);
    }
    if (t->answered_text.n > 0) {
        json_member(j, S("office"), t->answered_text);
    }
}

static err put_services(struct web *w, struct json *j)
{
    struct q_service_all *rows[LANG_N];
    struct q_service_terms_at *terms;
    size_t n[LANG_N];
    struct ctx c = w->ctx;
    int64_t no = 0;
    for (int l = 0; l < LANG_N; l++) {
        c.lang = l;
        TRY(catalogue_list(&c, &rows[l], &n[l]));
    }
    TRY(catalogue_terms(&w->ctx, w->ctx.actor.home, rows[0], n[0], &terms));
    json_key(j, S("services"));
    json_array_begin(j);
    for (size_t i = 0; i < n[0]; i++) {
        str names[LANG_N];
        for (size_t l = 0; l < LANG_N; l++) {
            names[l] = i < n[l] && rows[l][i].id == rows[0][i].id ? rows[l][i].name_text : S("");
        }
        no += catalogue_takes_down(rows[0][i].sensitivity_code);
        put_service(j, &rows[0][i], &terms[i], no, names);
        TRY(put_papers(w, j, &rows[0][i]));
        json_end(j);
    }
    json_end(j);
    return OK;
}

static err put_points(struct web *w, struct json *j)
{
    struct pointed *rows[LANG_N];
    size_t n[LANG_N];
    struct ctx c = w->ctx;
    for (int l = 0; l < LANG_N; l++) {
        c.lang = l;
        TRY(catalogue_pointed(&c, c.actor.home, &rows[l], &n[l]));
    }
    json_key(j, S("points"));
    json_array_begin(j);
    for (size_t i = 0; i < n[0]; i++) {
        str names[LANG_N];
        str where[LANG_N];
        for (size_t l = 0; l < LANG_N; l++) {
            const bool same = i < n[l] && str_eq(rows[l][i].code, rows[0][i].code);
            names[l] = same ? rows[l][i].name : S("");
            where[l] = same ? rows[l][i].answered_by : S("");
        }
        json_object_begin(j);
        json_member(j, S("code"), rows[0][i].code);
        put_name(j, S("name"), names);
        put_name(j, S("where"), where);
        json_member(j, S("call"), rows[0][i].helpline.n > 0 ? rows[0][i].helpline : S(""));
        json_end(j);
    }
    json_end(j);
    return OK;
}

static err put_places(struct web *w, struct json *j)
{
    struct q_place_all *rows[LANG_N];
    size_t n[LANG_N];
    struct ctx c = w->ctx;
    for (int l = 0; l < LANG_N; l++) {
        c.lang = l;
        TRY(place_list_district(&c, c.actor.home, &rows[l], &n[l]));
    }
    json_key(j, S("places"));
    json_array_begin(j);
    for (size_t i = 0; i < n[0] && i < PACK_PLACES; i++) {
        str names[LANG_N];
        for (size_t l = 0; l < LANG_N; l++) {
            names[l] = i < n[l] && rows[l][i].id == rows[0][i].id ? rows[l][i].name_text : S("");
        }
        json_object_begin(j);
        json_member(j, S("code"), rows[0][i].unit_code);
        json_member(j, S("up"), rows[0][i].parent_code);
        json_member(j, S("kind"), str_of(level_name(rows[0][i].level_no)));
        put_name(j, S("name"), names);
        json_end(j);
    }
    json_end(j);
    return OK;
}

/* Each with its other spellings, folded, as far as the pack has room. What is left out is the end of the
 * alphabet: its tehsil can be chosen all the same. */
static err put_localities(struct web *w, struct json *j)
{
    struct q_device_localities *rows;
    size_t n;
    TRY(q_device_localities(w->ctx.db, w->arena, w->ctx.actor.home, &rows, &n));
    json_key(j, S("localities"));
    json_array_begin(j);
    for (size_t i = 0; i < n && buf_str(j->out).n < PACK_FULL;) {
        const struct q_device_localities *l = &rows[i];
        str own;
        TRY(fold(w->arena, l->name_text, &own));
        json_object_begin(j);
        json_member(j, S("name"), l->name_text);
        json_member(j, S("place"), l->unit_code);
        json_key(j, S("also"));
        json_array_begin(j);
        for (; i < n && rows[i].id == l->id; i++) {
            if (!str_eq(rows[i].folded_text, own)) {
                json_text(j, rows[i].folded_text);
            }
        }
        json_end(j);
        json_end(j);
    }
    json_end(j);
    return OK;
}

static err put_event(struct web *w, struct json *j, const struct q_event_list *row)
{
    struct event_view v;
    struct event_cells cells;
    TRY(event_find_id(&w->ctx, row->home, row->id, &v));
    TRY(event_cells(&w->ctx, row->home, row->id, &cells));
    json_object_begin(j);
    json_member(j, S("code"), row->event_code);
    json_member(j, S("title"), row->title_text);
    json_member(j, S("kind"), row->event_kind_code);
    json_member_i64(j, S("day"), row->event_day);
    json_member_i64(j, S("from"), row->from_min_n);
    json_member_i64(j, S("to"), row->to_min_n);
    json_member_flag(j, S("open"), row->flow_state == EVENT_OPEN);
    json_member(j, S("place"), v.unit_code);
    json_member(j, S("venue"), v.row.venue_text);
    if (v.row.female_from_n.given && v.row.female_to_n.given) {
        json_member_i64(j, S("women_from"), v.row.female_from_n.v);
        json_member_i64(j, S("women_to"), v.row.female_to_n.v);
    }
    json_key(j, S("named"));
    json_array_begin(j);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        if (cells.named[r]) {
            json_text(j, event_role_words[r].code);
        }
    }
    json_end(j);
    json_end(j);
    return OK;
}

/* Those of today and the next days that may still be recorded. */
static err put_events(struct web *w, struct json *j)
{
    struct q_event_list *rows;
    size_t n;
    const int64_t last = day_add(local_day(w->ctx.now_ms), DAY_AHEAD_DAYS);
    const struct event_filter f = {.from_day = local_day(w->ctx.now_ms), .limit = PACK_EVENTS};
    TRY(event_list(&w->ctx, &f, &rows, &n));
    json_key(j, S("events"));
    json_array_begin(j);
    for (size_t i = 0; i < n && rows[i].event_day <= last; i++) {
        if (rows[i].flow_state == EVENT_PLANNED || rows[i].flow_state == EVENT_OPEN) {
            TRY(put_event(w, j, &rows[i]));
        }
    }
    json_end(j);
    return OK;
}

static err put_who(struct web *w, struct json *j, const struct q_device_get *d)
{
    struct q_device_desk desk;
    const struct device_ticket t = {d->id, w->ctx.actor.user_id, w->ctx.now_ms};
    const str ticket = device_ticket_text(w->arena, &t);
    TRY(q_device_desk(w->ctx.db, w->arena, d->home, d->desk_id, &desk));
    json_key(j, S("device"));
    json_object_begin(j);
    json_member(j, S("code"), d->device_code);
    json_member(j, S("name"), d->name_text);
    json_end(j);
    json_key(j, S("desk"));
    json_object_begin(j);
    json_member(j, S("code"), desk.body_code);
    json_member(j, S("district"), desk.unit_code);
    TRY(put_label(w, j, S("body"), d->desk_id));
    json_end(j);
    json_key(j, S("person"));
    json_object_begin(j);
    json_member(j, S("code"), w->who.login);
    json_member(j, S("role"), str_of(role_name(w->ctx.actor.role)));
    json_member_flag(j, S("files"), permission_of(w->ctx.actor.role, P_CASE_FILE));
    json_end(j);
    json_member(j, S("ticket"), web_sign(w, DEVICE_TICKET, ticket, TICKET_SECONDS));
    return OK;
}

static void put_limits(struct json *j)
{
    json_key(j, S("limits"));
    json_object_begin(j);
    json_member_i64(j, S("words"), CASE_WORDS_MAX);
    json_member_i64(j, S("record_bytes"), RECORD_MAX);
    json_member_i64(j, S("chunk_bytes"), RECORD_CHUNK_MAX);
    json_member_i64(j, S("states"), STATES_AT_ONCE);
    json_member_i64(j, S("refs"), LEASE_REFS_MAX);
    json_end(j);
}

static err pack_put(struct web *w, struct json *j, const struct q_device_get *d)
{
    json_object_begin(j);
    json_member_i64(j, S("server_ms"), w->ctx.now_ms);
    json_member_i64(j, S("day"), local_day(w->ctx.now_ms));
    TRY(put_who(w, j, d));
    TRY(put_keys(w, j));
    TRY(put_services(w, j));
    TRY(put_points(w, j));
    TRY(put_places(w, j));
    TRY(put_events(w, j));
    put_limits(j);
    TRY(put_localities(w, j));
    json_end(j);
    return OK;
}

err show_pack(struct web *w)
{
    struct q_device_get d;
    SCOPED(buf_free) struct buf out = buf_new(PACK_MAX);
    struct json j = json_to(&out);
    const err e = asked(&w->ctx, w->in, &d);
    if (e.code == ERR_NOT_FOUND) {
        return web_problem(w, 409, MSG_DEVICE_UNKNOWN);
    }
    TRY(e);
    if (d.revoked_ms.given) {
        json_object_begin(&j);
        json_member_flag(&j, S("wipe"), true);
        json_end(&j);
        return web_json(w, 410, &out);
    }
    TRY(pack_put(w, &j, &d));
    return web_json(w, 200, &out);
}
