/* device_opened_api.c: see device_opened.h. */
#include "device_opened.h"

#include <string.h>

#include "case_evidence.h"
#include "device_key.h"
#include "device_seq.h"
#include "event_day_pages.h"
#include "file_pages.h"

#include <sodium.h>

const char *const opened_kinds[OPENED_KINDS + 1] = {[OPENED_FILING] = "filing", [OPENED_MATTER] = "matter",
                                                    [OPENED_COUNT] = "count",   [OPENED_NEED] = "need",
                                                    [OPENED_PERSON] = "person", [OPENED_TOKEN] = "token",
                                                    [OPENED_ANSWER] = "answer", [OPENED_FILE] = "file",
                                                    [OPENED_GONE] = "gone",     NULL};

static const char *const token_states[] = {"waiting", "heard", "left", NULL};
static const char *const sights[] = {"woman", "man", "not_stated", NULL};

static const struct input extra_inputs[FILING_INPUTS - F_N] = {
    [OF_AGREED - F_N] = {"agreed", IN_FLAG, MSG_DESK_AGREED},
    [OF_ALONE - F_N] = {"alone", IN_FLAG, MSG_EVIDENCE_VOICE},
    [OF_TOKEN - F_N] = {"token", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
};
static const struct input token_inputs[TOKEN_BRING_INPUTS] = {
    [OT_NO] = {"no", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX, .required = true},
    [OT_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .required = true, .choices = sights},
    [OT_STATE] = {"state", IN_CHOICE, MSG_DAY_TOKEN, .required = true, .choices = token_states},
};
static const char *const gone_why[] = {"twice", "wrong", "asked", "test", NULL};
static const struct input gone_inputs[GONE_INPUTS] = {
    [OG_SEQ] = {"seq", IN_NUMBER, MSG_DEVICE_RECORD, DEVICE_SEQ_MAX, .required = true},
    [OG_KIND] = {"kind", IN_CHOICE, MSG_DEVICE_KIND, .required = true, .choices = opened_kinds},
    [OG_AT] = {"at", IN_CODE, MSG_DEVICE_TOLD, 20},
    [OG_REF] = {"ref", IN_CODE, MSG_DEVICE_REFS, 12},
    [OG_WHY] = {"why", IN_CHOICE, MSG_DEVICE_WHY, .required = true, .choices = gone_why},
    [OG_RECORD] = {"record", IN_CODE, MSG_DEVICE_RECORD, ULID_LEN},
};
static const struct input file_inputs[FILE_BRING_INPUTS] = {
    [OI_ALONE] = {"alone", IN_FLAG, MSG_EVIDENCE_VOICE},
};

/* ---- from bytes to text ---- */

err opened_plain(struct ctx *c, const struct q_device_record_get *r, str *out_json, str *out_content)
{
    uint8_t key[RECORD_KEY_LEN];
    struct record_pair pair;
    str sealed;
    str plain;
    TRY(record_bytes(c, r, &sealed));
    TRY(record_key_of(sealed, key));
    TRY(device_key_pair(c, key, &pair));
    const err e = record_open(c->arena, &pair, r->record_code, sealed, &plain);
    sodium_memzero(&pair, sizeof pair);
    TRY(e);
    return record_split(plain, out_json, out_content);
}

/* ---- from text to inputs ---- */

/* Its table has it: a test brings one of each kind. */
static const struct route *day_route(const char *pattern)
{
    size_t i = 0;
    while (i + 1 < DAY_API_ROUTES &&
           (strcmp(day_api_routes[i].pattern, pattern) != 0 || day_api_routes[i].method != HTTP_POST)) {
        i++;
    }
    return &day_api_routes[i];
}

static const char *const api_patterns[OPENED_KINDS] = {
    [OPENED_COUNT] = "/api/v1/events/{code}/counts",
    [OPENED_NEED] = "/api/v1/events/{code}/needs",
};

write_fn opened_write(enum opened_kind kind)
{
    if (api_patterns[kind] != NULL) {
        return day_route(api_patterns[kind])->write;
    }
    return kind == OPENED_PERSON ? write_name : NULL;
}

/* Which inputs a kind has; those of filing stand in two arrays. */
static const struct input *input_at(enum opened_kind kind, size_t i)
{
    switch (kind) {
    case OPENED_FILING:
    case OPENED_MATTER:
        return i < F_N ? &desk_inputs[i] : &extra_inputs[i - F_N];
    case OPENED_COUNT:
    case OPENED_NEED:
        return &day_route(api_patterns[kind])->inputs[i];
    case OPENED_PERSON:
        return &names_inputs[i];
    case OPENED_TOKEN:
        return &token_inputs[i];
    case OPENED_ANSWER:
        return &answer_inputs[i];
    case OPENED_GONE:
        return &gone_inputs[i];
    case OPENED_FILE:
    case OPENED_KINDS:
        break;
    }
    return &file_inputs[i];
}

static size_t inputs_of(enum opened_kind kind)
{
    static const size_t fixed[OPENED_KINDS] = {
        [OPENED_FILING] = FILING_INPUTS, [OPENED_MATTER] = FILING_INPUTS,
        [OPENED_PERSON] = NAMES_INPUTS,  [OPENED_TOKEN] = TOKEN_BRING_INPUTS,
        [OPENED_ANSWER] = ANSWER_INPUTS, [OPENED_FILE] = FILE_BRING_INPUTS,
        [OPENED_GONE] = GONE_INPUTS};
    return api_patterns[kind] != NULL ? day_route(api_patterns[kind])->inputs_n : fixed[kind];
}

static str text_at(const struct raws *r, str name)
{
    const struct raw *raw = raw_find(r, name);
    return raw == NULL || (raw->kind != RAW_TEXT && raw->kind != RAW_NUMBER) ? S("") : raw->value;
}

static bool kind_of(str code, enum opened_kind *out)
{
    for (size_t i = 0; i < OPENED_KINDS; i++) {
        if (str_eq(code, str_of(opened_kinds[i]))) {
            *out = (enum opened_kind)i;
            return true;
        }
    }
    return false;
}

/* Not before the last RECORD_LATE_DAYS and not ahead: else it counts from when it came. */
static int64_t told_of_clock(const struct ctx *c, const struct q_device_record_get *r, str at)
{
    int64_t ms;
    const int64_t came = r->came_ms.given ? r->came_ms.v : c->now_ms;
    if (!str_i64(at, &ms) || ms < 0 || ms > came + (int64_t)3650 * 86400000) {
        return came;
    }
    ms -= r->skew_ms;
    return ms > came || ms < came - (int64_t)RECORD_LATE_DAYS * 86400000 ? came : ms;
}

static int64_t seq_of(str text)
{
    int64_t n;
    return str_i64(text, &n) && n > 0 && n <= DEVICE_SEQ_MAX ? n : 0;
}

err opened_read(struct ctx *c, const struct q_device_record_get *r, str json, str content, enum lang lang,
                struct opened *out)
{
    struct json_place place;
    struct opened o = {.content = content};
    if (raw_json(&o.raws, c->arena, json, &place).code != ERR_OK) {
        return FAIL(INVALID);
    }
    o.kind_code = text_at(&o.raws, S("kind"));
    if (!kind_of(o.kind_code, &o.kind) || !str_eq(text_at(&o.raws, S("record")), r->record_code)) {
        return FAIL(INVALID);
    }
    o.by = text_at(&o.raws, S("by"));
    o.device = text_at(&o.raws, S("device"));
    o.event = text_at(&o.raws, S("event"));
    o.of = text_at(&o.raws, S("of"));
    o.reference = text_at(&o.raws, S("reference"));
    o.ticket = text_at(&o.raws, S("ticket"));
    o.service = text_at(&o.raws, S("fields.service"));
    o.hash = text_at(&o.raws, S("hash"));
    o.told_ms = told_of_clock(c, r, text_at(&o.raws, S("at")));
    o.seq = seq_of(text_at(&o.raws, S("seq")));
    TRY(opened_check(c->arena, lang, r->record_code, S(""), &o));
    *out = o;
    return OK;
}

/* What a form would have sent under this name; what the device itself says stands in the place of fields. */
static err raw_of(struct arena *a, const struct opened *o, str ulid, str ref, const struct input *input,
                  struct raw *out, bool *out_some)
{
    const str name = str_of(input->name);
    const struct {
        str name, value;
    } known[] = {{S("code"), o->event}, {S("device"), o->device}, {S("record"), ulid}, {S("ref"), ref}};
    const bool filing = o->kind == OPENED_FILING || o->kind == OPENED_MATTER;
    const bool own = filing || o->kind == OPENED_GONE; /* these names are its own */
    for (size_t i = 0; !own && i < sizeof known / sizeof known[0]; i++) {
        if (str_eq(name, known[i].name)) {
            *out = (struct raw){.name = name, .value = known[i].value};
            *out_some = known[i].value.n > 0;
            return OK;
        }
    }
    const str full = arena_printf(a, "fields.%.*s", STR_F(name));
    if (full.p == NULL) {
        return FAIL(LIMIT);
    }
    const struct raw *sent = raw_find(&o->raws, full);
    *out_some = sent != NULL && sent->kind != RAW_NULL && sent->kind != RAW_OTHER;
    if (*out_some) {
        *out = *sent;
        out->kind = sent->kind == RAW_LIST ? RAW_LIST : RAW_FORM;
    } else if (filing && str_eq(name, S("description")) &&
               str_eq(text_at(&o->raws, S("fields.alone")), S("1"))) {
        const struct ctx words = {.lang =
                                      LANG_UR}; /* what she said stands there once somebody has typed it */
        const bool past = str_eq(text_at(&o->raws, S("fields.past_desk")), S("1"));
        *out = (struct raw){.name = name, .value = case_evidence_alone(&words, past)};
        *out_some = true;
    }
    return OK;
}

err opened_check(struct arena *a, enum lang lang, str ulid, str ref, struct opened *io)
{
    const struct input_desk desk = {.arena = a, .lang = lang, .cursor_purpose = S("")};
    io->inputs_n = inputs_of(io->kind);
    io->in = arena_array_of(a, struct given, io->inputs_n + 1);
    struct input *inputs = arena_array_of(a, struct input, io->inputs_n + 1);
    if (io->in == NULL || inputs == NULL) {
        return FAIL(LIMIT);
    }
    io->faults = 0;
    for (size_t i = 0; i < io->inputs_n; i++) {
        struct raw raw = {0};
        bool some;
        inputs[i] = *input_at(io->kind, i);
        TRY(raw_of(a, io, ulid, ref, &inputs[i], &raw, &some));
        TRY(input_check(&desk, &inputs[i], some ? &raw : NULL, &io->in[i]));
        io->faults += io->in[i].fault.n > 0;
    }
    io->inputs = inputs;
    return OK;
}
