#include "kit_right.h"

#include "msg.h"

enum form { FORM_LINE, FORM_WORDS, FORM_NUMBER, FORM_FLAG, FORM_CODE, FORM_CODES, FORM_CHOICE, FORM_DAY };
enum { LINE_MAX = 2000, ORDER_MOST = 100000, DAYS_MOST = 3650, FEE_MOST = 10000000, LEAST_MOST = 100000 };

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
    const str prefix = str_cut(&rest, '.');
    *out_draft = false;
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
    return s.n <= (several ? LINE_MAX : KIT_CODE_MAX);
}

static bool value_right(const struct known *k, str value)
{
    int64_t n;
    size_t at;
    switch (k->form) {
    case FORM_LINE:
        return value.n <= LINE_MAX && !str_find(value, '\n', &at);
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
    }
    return false;
}

static err fields_right(const struct checking *k)
{
    for (size_t i = 0; i < k->entry->fields_n; i++) {
        const struct kit_field *f = &k->entry->fields[i];
        bool draft;
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

static err named_right(const struct checking *k)
{
    str rest = k->entry->code;
    const str service = str_cut(&rest, '/');
    if (k->entry->kind == KIT_SERVICE) {
        return service_right(k);
    }
    if (k->entry->kind == KIT_MESSAGE || k->entry->kind == KIT_BYLAW) {
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
        const bool words = str_eq(first, S("words"));
        if (!words && !str_eq(first, S("title"))) {
            continue;
        }
        const str other = arena_printf(k->c->arena, "%s.%.*s", words ? "title" : "words", STR_F(lang));
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
