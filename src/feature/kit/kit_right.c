#include "kit_right.h"

#include "kit_sound.h"
#include "kit_stands.h"
#include "msg.h"
#include "prompt.h"
#include "random.h"

enum form {
    FORM_LINE,
    FORM_WORDS,
    FORM_NUMBER,
    FORM_FLAG,
    FORM_CODE,
    FORM_CODES,
    FORM_CHOICE,
    FORM_CHOICES,
    FORM_DAYS,
    FORM_DAY
};
enum {
    LINE_LETTERS = 2000,
    ORDER_MOST = 100000,
    DAYS_MOST = 3650,
    FEE_MOST = 10000000,
    LEAST_MOST = 100000,
    SECONDS_MOST = 600
};

/* Which fields an entry may have. `each`: in every language, NAME.LANG. */
static const struct known {
    enum kit_kind kind;
    const char *name;
    enum form form;
    bool needed, each;
    int64_t most;
    const char *choices; /* parted by spaces */
} knowns[] = {
    {KIT_GROUP, "icon", FORM_CODE, true, false, 0, NULL},
    {KIT_GROUP, "order", FORM_NUMBER, true, false, ORDER_MOST, NULL},
    {KIT_GROUP, "name", FORM_LINE, false, true, 0, NULL},
    {KIT_DOCUMENT, "name", FORM_LINE, false, true, 0, NULL},
    {KIT_SERVICE, "group", FORM_CODE, true, false, 0, NULL},
    {KIT_SERVICE, "municipal", FORM_FLAG, true, false, 0, NULL},
    {KIT_SERVICE, "application", FORM_FLAG, true, false, 0, NULL},
    {KIT_SERVICE, "sensitivity", FORM_CHOICE, true, false, 0, "N P X"},
    {KIT_SERVICE, "office", FORM_CODE, false, false, 0, NULL},
    {KIT_SERVICE, "icon", FORM_CODE, true, false, 0, NULL},
    {KIT_SERVICE, "order", FORM_NUMBER, true, false, ORDER_MOST, NULL},
    {KIT_SERVICE, "documents", FORM_CODES, false, false, 0, NULL},
    {KIT_SERVICE, "name", FORM_LINE, false, true, 0, NULL},
    {KIT_TERM, "days", FORM_NUMBER, false, false, DAYS_MOST, NULL},
    {KIT_TERM, "basis", FORM_LINE, false, false, 0, NULL},
    {KIT_TERM, "basis", FORM_LINE, false, true, 0, NULL},
    {KIT_TERM, "verify", FORM_FLAG, true, false, 0, NULL},
    {KIT_TERM, "helpline", FORM_LINE, false, false, 0, NULL},
    {KIT_TERM, "fee", FORM_NUMBER, false, false, FEE_MOST, NULL},
    {KIT_TERM, "answers", FORM_LINE, false, true, 0, NULL},
    {KIT_TERM, "appeal", FORM_LINE, false, true, 0, NULL},
    {KIT_MESSAGE, "unit", FORM_CODE, true, false, 0, NULL},
    {KIT_MESSAGE, "topic", FORM_CHOICE, true, false, 0, "rts rti desk kacheri municipal other"},
    {KIT_MESSAGE, "author", FORM_LINE, true, false, 0, NULL},
    {KIT_MESSAGE, "channel", FORM_CHOICE, true, false, 0,
     "notice_board leaflet event desk radio cable loudspeaker sms social other"},
    {KIT_MESSAGE, "audience", FORM_CHOICE, true, false, 0,
     "everybody women young_women members officials students"},
    {KIT_MESSAGE, "title", FORM_LINE, false, true, 0, NULL},
    {KIT_MESSAGE, "words", FORM_WORDS, false, true, 0, NULL},
    {KIT_MESSAGE, "basis", FORM_LINE, false, true, 0, NULL},
    {KIT_MESSAGE, "approved", FORM_LINE, false, true, 0, NULL},
    {KIT_MESSAGE, "approved_day", FORM_DAY, false, true, 0, NULL},
    {KIT_BYLAW, "unit", FORM_CODE, true, false, 0, NULL},
    {KIT_BYLAW, "basis", FORM_LINE, true, false, 0, NULL},
    {KIT_BYLAW, "title", FORM_LINE, false, true, 0, NULL},
    {KIT_BYLAW, "words", FORM_WORDS, false, true, 0, NULL},
    {KIT_READY, "from", FORM_CHOICE, true, false, 0,
     "stated desk letter staff rota devices trainings opened"},
    {KIT_READY, "least", FORM_NUMBER, true, false, LEAST_MOST, NULL},
    {KIT_READY, "order", FORM_NUMBER, true, false, ORDER_MOST, NULL},
    {KIT_READY, "name", FORM_LINE, false, true, 0, NULL},
    {KIT_CURRICULUM, "unit", FORM_CODE, true, false, 0, NULL},
    {KIT_CURRICULUM, "title", FORM_LINE, false, true, 0, NULL},
    {KIT_CURRICULUM, "topics", FORM_WORDS, false, true, 0, NULL},
    {KIT_PROMPT, "bytes", FORM_NUMBER, true, false, KIT_SOUND_MAX, NULL},
    {KIT_PROMPT, "hash", FORM_CODE, true, false, 0, NULL},
    {KIT_PROMPT, "machine", FORM_FLAG, true, false, 0, NULL},
    {KIT_PROMPT, "seconds", FORM_NUMBER, true, false, SECONDS_MOST, NULL},
    {KIT_PROMPT, "speaker", FORM_LINE, false, false, 0, NULL},
    {KIT_PROMPT, "type", FORM_CHOICE, true, false, 0, "audio/webm"},
    {KIT_PORTAL, "unit", FORM_CODE, true, false, 0, NULL},
    {KIT_PORTAL, "way", FORM_CHOICE, true, false, 0, "form call letter"},
    {KIT_PORTAL, "account", FORM_FLAG, true, false, 0, NULL},
    {KIT_PORTAL, "looks", FORM_DAYS, true, false, DAYS_MOST, NULL},
    {KIT_PORTAL, "escalated", FORM_NUMBER, false, false, DAYS_MOST, NULL},
    {KIT_PORTAL, "helpline", FORM_LINE, false, false, 0, NULL},
    {KIT_PORTAL, "lang", FORM_CHOICE, true, false, 0, "en ur ps"},
    {KIT_PORTAL, "fields", FORM_CHOICES, true, false, 0,
     "category subject words area place name relation cnic phone address office consumer affirm sign ours"},
    {KIT_PORTAL, "verify", FORM_FLAG, true, false, 0, NULL},
    {KIT_PORTAL, "order", FORM_NUMBER, true, false, ORDER_MOST, NULL},
    {KIT_PORTAL, "services", FORM_CODES, false, false, 0, NULL},
    {KIT_PORTAL, "name", FORM_LINE, false, true, 0, NULL},
    {KIT_PORTAL, "place", FORM_LINE, false, true, 0, NULL},
    {KIT_PORTAL, "outcome", FORM_CHOICE, false, false, 0, "granted partly not_granted no_answer"},
    {KIT_PORTAL, "outcome", FORM_LINE, false, true, 0, NULL},
};
enum { KNOWNS = sizeof knowns / sizeof knowns[0] };

struct checking {
    struct ctx *c;
    const struct kit *theirs, *ours;
    const struct kit_entry *entry;
};

static err wrong(const struct checking *k, enum msg m, str field)
{
    const err e = fail_set(k->c->fail, ERR_INVALID, (int)m, "file");
    k->c->fail->args[0] = (struct fail_arg){"kind", kit_kind_codes[k->entry->kind]};
    k->c->fail->args[1] = (struct fail_arg){"code", k->entry->code};
    k->c->fail->args[2] = (struct fail_arg){"field", field};
    return e;
}

/* "ur" of "name.ur"; a draft's mark belongs to names only. */
static bool lang_right(str lang, bool *out_draft)
{
    const str code = str_cut(&lang, '.');
    *out_draft = lang.p != NULL;
    return (code.n == 2 || code.n == 3) && (lang.p == NULL || str_eq(lang, S("draft")));
}

static const struct known *known_of(const struct kit_entry *e, str name, bool *out_draft)
{
    str rest = name;
    str prefix = str_cut(&rest, '.');
    *out_draft = false;
    if (e->kind == KIT_PORTAL && str_starts(prefix, S("outcome")) && prefix.n == sizeof "outcome1" - 1 &&
        prefix.p[prefix.n - 1] >= '1' && prefix.p[prefix.n - 1] <= '0' + KIT_OUTCOMES_MAX) {
        prefix.n--;
    }
    for (size_t i = 0; i < KNOWNS; i++) {
        const struct known *k = &knowns[i];
        if (k->kind == e->kind && str_eq(prefix, str_of(k->name)) && k->each == (rest.p != NULL) &&
            (!k->each || lang_right(rest, out_draft))) {
            return k;
        }
    }
    return NULL;
}

static bool one_of(str value, const char *choices)
{
    str rest = str_of(choices);
    str word;
    while (str_word(&rest, &word)) {
        if (str_eq(word, value)) {
            return true;
        }
    }
    return false;
}

/* "name,cnic,area" */
static bool all_of(str value, const char *choices)
{
    while (value.p != NULL) {
        if (!one_of(str_cut(&value, ','), choices)) {
            return false;
        }
    }
    return true;
}

/* "20,41": days, rising. */
static bool days_rise(str value, int64_t most)
{
    enum { LOOKS_MOST = 8 };
    int64_t last = 0;
    size_t n = 0;
    while (value.p != NULL) {
        int64_t day;
        if (!str_i64(str_cut(&value, ','), &day) || day <= last || day > most || ++n > LOOKS_MOST) {
            return false;
        }
        last = day;
    }
    return true;
}

static bool code_like(str s, bool several)
{
    for (size_t i = 0; i < s.n; i++) {
        const char ch = s.p[i];
        const bool fine = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
                          ch == '_' || ch == '-' || ch == '.' || (several && ch == ' ');
        if (!fine) {
            return false;
        }
    }
    return s.n <= (several ? LINE_LETTERS : KIT_CODE_MAX);
}

static bool value_right(const struct known *k, str value)
{
    int64_t n;
    size_t at;
    switch (k->form) {
    case FORM_LINE:
        return value.n <= LINE_LETTERS && !str_find(value, '\n', &at);
    case FORM_WORDS:
        return true; /* the bound of every value */
    case FORM_NUMBER:
        return str_i64(value, &n) && n >= 0 && n <= k->most;
    case FORM_FLAG:
        return str_eq(value, S("0")) || str_eq(value, S("1"));
    case FORM_DAY:
        return str_i64(value, &n) && day_valid(n);
    case FORM_CODE:
        return code_like(value, false);
    case FORM_CODES:
        return code_like(value, true);
    case FORM_CHOICE:
        return one_of(value, k->choices);
    case FORM_CHOICES:
        return all_of(value, k->choices);
    case FORM_DAYS:
        return days_rise(value, k->most);
    }
    return false;
}

static err fields_right(const struct checking *k)
{
    for (size_t i = 0; i < k->entry->fields_n; i++) {
        const struct kit_field *f = &k->entry->fields[i];
        bool draft;
        if (k->entry->kind == KIT_PROMPT && kit_sound_field(f->name)) {
            continue; /* prompt_right() looks at them */
        }
        const struct known *known = known_of(k->entry, f->name, &draft);
        if (known == NULL) {
            return wrong(k, MSG_KIT_FIELD_UNKNOWN, f->name);
        }
        if (draft ? !str_eq(f->value, S("1")) : !value_right(known, f->value)) {
            return wrong(k, MSG_KIT_FIELD_WRONG, f->name);
        }
    }
    for (size_t i = 0; i < KNOWNS; i++) {
        if (knowns[i].kind == k->entry->kind && knowns[i].needed &&
            kit_value(k->entry, str_of(knowns[i].name)).n == 0) {
            return wrong(k, MSG_KIT_FIELD_MISSING, str_of(knowns[i].name));
        }
    }
    return OK;
}

/* ---- what it names ---- */

static bool there(const struct checking *k, enum kit_kind kind, str code)
{
    return kit_find(k->theirs, kind, code) != NULL || kit_find(k->ours, kind, code) != NULL;
}

/* A unit that lies around what the kit was made for, or is it. */
static err unit_right(const struct checking *k, str code)
{
    struct q_place_by_code unit;
    struct q_place_by_code around;
    bool in = false;
    const err e = place_find(k->c, code, &unit);
    if (e.code == ERR_NOT_FOUND) {
        return wrong(k, MSG_KIT_NAMES_UNKNOWN, code);
    }
    TRY(e);
    if (str_eq(k->theirs->unit, k->theirs->country)) {
        return unit.level_no <= LEVEL_PROVINCE ? OK : wrong(k, MSG_KIT_NAMES_UNKNOWN, code);
    }
    TRY(place_find(k->c, k->theirs->unit, &around));
    TRY(place_lies_in(k->c, around.id, unit.id, &in));
    return in ? OK : wrong(k, MSG_KIT_NAMES_UNKNOWN, code);
}

static err service_right(const struct checking *k)
{
    const struct kit_entry *ours = kit_find(k->ours, KIT_SERVICE, k->entry->code);
    const str group = kit_value(k->entry, S("group"));
    str papers = kit_value(k->entry, S("documents"));
    str word;
    if (!there(k, KIT_GROUP, group)) {
        return wrong(k, MSG_KIT_NAMES_UNKNOWN, group);
    }
    while (str_word(&papers, &word)) {
        if (!there(k, KIT_DOCUMENT, word)) {
            return wrong(k, MSG_KIT_NAMES_UNKNOWN, word);
        }
    }
    /* What is only pointed to would be written down from now on. */
    if (ours != NULL && str_eq(kit_value(ours, S("sensitivity")), S("X")) &&
        !str_eq(kit_value(k->entry, S("sensitivity")), S("X"))) {
        return wrong(k, MSG_KIT_UNPROTECTS, S("sensitivity"));
    }
    return OK;
}

/* "new.kind/ur", and bytes that are what the checksum says, and a recording as our worker makes them. */
static err prompt_right(const struct checking *k)
{
    SCOPED(buf_free) struct buf sound = buf_new(KIT_SOUND_MAX);
    uint8_t hash[32];
    char hex[HEX_OF_32];
    int64_t n = 0;
    str lang = k->entry->code;
    const str key = str_cut(&lang, '/');
    bool known = false;
    for (size_t i = 0; i < PROMPTS_N; i++) {
        known = known || str_eq(key, prompt_keys[i].key);
    }
    if (!known || lang.p == NULL || !one_of(lang, "en ur ps")) {
        return wrong(k, MSG_KIT_NAMES_UNKNOWN, k->entry->code);
    }
    if (kit_sound_get(k->entry, &sound).code != ERR_OK || !str_i64(kit_value(k->entry, S("bytes")), &n) ||
        (size_t)n != sound.n || !kit_sound_right(buf_str(&sound))) {
        return wrong(k, MSG_KIT_SOUND_WRONG, S("sound"));
    }
    content_hash(buf_str(&sound), hash);
    hex_of(hash, sizeof hash, hex);
    return str_eq(kit_value(k->entry, S("hash")), (str){hex, HEX_OF_32})
               ? OK
               : wrong(k, MSG_KIT_SOUND_WRONG, S("hash"));
}

/* Services that are known; outcomes one behind the other. */
static err portal_right(const struct checking *k)
{
    str services = kit_value(k->entry, S("services"));
    str word;
    bool ended = false;
    while (str_word(&services, &word)) {
        if (!there(k, KIT_SERVICE, word)) {
            return wrong(k, MSG_KIT_NAMES_UNKNOWN, word);
        }
    }
    for (size_t i = 0; i < KIT_OUTCOMES_MAX; i++) {
        const str name = kit_outcome_field(k->c->arena, i);
        const bool some = kit_value(k->entry, name).n > 0;
        if (some && ended) {
            return wrong(k, MSG_KIT_FIELD_WRONG, name);
        }
        ended = !some;
    }
    return unit_right(k, kit_value(k->entry, S("unit")));
}

static err named_right(const struct checking *k)
{
    str rest = k->entry->code;
    const str service = str_cut(&rest, '/');
    if (k->entry->kind == KIT_SERVICE) {
        return service_right(k);
    }
    if (k->entry->kind == KIT_PROMPT) {
        return prompt_right(k);
    }
    if (k->entry->kind == KIT_PORTAL) {
        return portal_right(k);
    }
    if (k->entry->kind == KIT_MESSAGE || k->entry->kind == KIT_BYLAW || k->entry->kind == KIT_CURRICULUM) {
        return unit_right(k, kit_value(k->entry, S("unit")));
    }
    if (k->entry->kind != KIT_TERM) {
        return OK;
    }
    return there(k, KIT_SERVICE, service) ? unit_right(k, rest.p == NULL ? S("") : rest)
                                          : wrong(k, MSG_KIT_NAMES_UNKNOWN, service);
}

/* Words without a title, or a title without words. */
static err titled(const struct checking *k)
{
    for (size_t i = 0; i < k->entry->fields_n; i++) {
        str lang = k->entry->fields[i].name;
        const str first = str_cut(&lang, '.');
        const char *body = k->entry->kind == KIT_CURRICULUM ? "topics" : "words";
        const bool words = str_eq(first, str_of(body));
        if (!words && !str_eq(first, S("title"))) {
            continue;
        }
        const str other = arena_printf(k->c->arena, "%s.%.*s", words ? "title" : body, STR_F(lang));
        if (kit_value(k->entry, other).n == 0) {
            return wrong(k, MSG_KIT_FIELD_MISSING, other);
        }
    }
    return OK;
}

err kit_right(struct ctx *c, const struct kit *theirs, const struct kit *ours)
{
    if (theirs->n == 0) { /* all that was ever taken would end */
        return fail_set(c->fail, ERR_INVALID, MSG_KIT_EMPTY, "file");
    }
    for (size_t i = 0; i < theirs->n; i++) {
        const struct checking k = {c, theirs, ours, &theirs->entries[i]};
        TRY(fields_right(&k));
        TRY(titled(&k));
        TRY(named_right(&k));
    }
    return OK;
}
