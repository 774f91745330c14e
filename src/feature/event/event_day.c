/* event_day.c: what all that is recorded on the day begins with. */
#include "event_day_inside.h"

#include <string.h>

#include "clock.h"
#include "event_close.h"
#include "msg.h"
#include "random.h"
#include "vault.h"

#define COUNT_(x) (sizeof(x) / sizeof((x)[0]))

#define CODE_OF(code, text) code,
#define WORD_OF(code, text) {S_INIT(code), text},
#define DAY_SET_DEFINE(name, LIST)                                                   \
    const char *const day_##name##_codes[DAY_##name##_n + 1] = {LIST(CODE_OF) NULL}; \
    const struct case_word day_##name##_words[DAY_##name##_n] = {LIST(WORD_OF)};
DAY_SETS(DAY_SET_DEFINE)

enum { RECORD_MAX = 64, CONTENT_MAX = 1 << 18 };

/* Keyed: there are few enough telephone numbers to try them all. */
static str hash_of_content(struct ctx *c, const struct day_content *content)
{
    uint8_t hash[BLIND_LEN];
    char hex[2 * BLIND_LEN];
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    hashed_text(&b, str_of(content->what));
    for (size_t i = 0; i < DAY_TEXTS; i++) {
        hashed_text(&b, content->texts[i]);
    }
    for (size_t i = 0; i < DAY_NUMBERS; i++) {
        hashed_number(&b, content->numbers[i]);
    }
    vault_blind(store_vault(c->store), S("event_record"), buf_str(&b), hash);
    hex_of(hash, sizeof hash, hex);
    return arena_str(c->arena, (str){hex, sizeof hex});
}

static err brought_before(struct ctx *c, const struct event_view *v, const struct day_record *from,
                          const struct day_content *content, struct day_became *out)
{
    struct q_event_record_get row;
    const struct q_event_record_get_in in = {v->row.home, v->row.id, from->record};
    *out = (struct day_became){.again = false};
    if (from->record.n == 0) {
        return OK;
    }
    if (from->record.n > RECORD_MAX || from->device.n > DAY_DEVICE_MAX) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_RECORD_ODD, "record");
    }
    const err e = q_event_record_get(c->db, c->arena, &in, &row);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    if (!str_eq(row.content_code, hash_of_content(c, content))) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_RECORD_OTHER, "record");
    }
    *out = (struct day_became){.again = true, .case_id = row.case_id, .no = row.made_no};
    return OK;
}

err day_begin(struct ctx *c, const struct event_view *v, const struct day_record *from,
              const struct day_content *content, struct day_became *out)
{
    TRY(brought_before(c, v, from, content, out));
    return out->again ? OK : day_takes(c, v, from, &out->later);
}

err day_takes(struct ctx *c, const struct event_view *v, const struct day_record *from, bool *out_later)
{
    struct q_close_sheet_stands sheet;
    *out_later = v->state == EVENT_CLOSED && from->record.n > 0 && event_may(c, v, EVENT_BRING);
    if (!*out_later) {
        return event_recordable(c, v);
    }
    TRY(q_close_sheet_stands(c->db, c->arena, v->row.home, v->row.id, &sheet));
    return sheet.sheets_n == 0 ? OK : day_refuse(c, ERR_CONFLICT, MSG_DAY_LATER_SHEET, "record");
}

err day_bring(struct ctx *c, str code, str device, int64_t told_ms)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    const bool theirs = !v.row.desk_id.given || v.row.desk_id.v == c->actor.office_id;
    const bool that_day = local_day(told_ms) == v.row.event_day && told_ms <= c->now_ms;
    if (v.state != EVENT_PLANNED || !theirs || !that_day || !event_may(c, &v, EVENT_BRING)) {
        return OK;
    }
    return event_step(c, &v, EVENT_BRING, arena_printf(c->arena, "device=%.*s", STR_F(device)), STR_NONE);
}

/* The figures that it was closed with are no longer those: what stands now goes into the chain, too. */
static err came_later(struct ctx *c, const struct event_view *v, const struct day_record *from)
{
    struct seal figures;
    TRY(event_tally(c, v->row.home, v->row.event_day));
    TRY(close_seal(c, v, &figures));
    return day_audit(
        c, v, S("event.later"),
        arena_printf(c->arena, "record=%.*s figures=%.*s", STR_F(from->record), STR_F(seal_text(&figures))));
}

err day_take(struct ctx *c, const struct event_view *v, const struct day_record *from,
             const struct day_content *content, const struct day_became *became)
{
    if (from->record.n == 0) {
        return OK;
    }
    const struct q_event_record_add_in row = {.home = v->row.home,
                                              .event_id = v->row.id,
                                              .record_code = from->record,
                                              .content_code = hash_of_content(c, content),
                                              .case_id = became->case_id,
                                              .made_no = became->no,
                                              .device_code = from->device.n == 0 ? S("") : from->device,
                                              .taken_ms = c->now_ms,
                                              .later_flag = became->later};
    TRY(q_event_record_add(c->db, &row, NULL));
    return became->later ? came_later(c, v, from) : OK;
}

err day_audit(struct ctx *c, const struct event_view *v, str event, str detail)
{
    const struct audit_entry entry = {.event = event,
                                      .home = v->row.home,
                                      .subject_kind = str_of(event_kind.name),
                                      .subject_id = v->row.id,
                                      .detail = detail};
    return audit_add(c, &entry);
}

size_t day_index(const struct case_word *words, size_t n, str code)
{
    size_t i = 0;
    while (i < n && !str_eq(words[i].code, code)) {
        i++;
    }
    return i;
}

err day_service(struct ctx *c, str code, struct opt_i64 *out)
{
    struct q_service_by_code service;
    *out = NONE_I64;
    if (code.n == 0) {
        return OK;
    }
    const err e = catalogue_find(c, code, &service);
    if (e.code == ERR_NOT_FOUND) {
        return day_refuse(c, ERR_INVALID, MSG_CASE_SERVICE_UNKNOWN, "service");
    }
    TRY(e);
    if (!catalogue_takes_down(service.sensitivity_code)) {
        return day_refuse(c, ERR_INVALID, MSG_CASE_SERVICE_POINTED, "service");
    }
    *out = SOME(service.id);
    return OK;
}

err day_office(struct ctx *c, const struct event_view *v, str code, struct opt_i64 *out)
{
    struct q_event_body_by_code body;
    *out = NONE_I64;
    if (code.n == 0) {
        return OK;
    }
    const err e = q_event_body_by_code(c->db, c->arena, code, &body);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && (!body.home.given || body.home.v != v->row.home))) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_OFFICE_UNKNOWN, "office");
    }
    TRY(e);
    *out = SOME(body.id);
    return OK;
}
