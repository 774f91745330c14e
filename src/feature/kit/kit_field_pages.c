/* kit_field_pages.c: what the fields of a kit are called by people. */
#include "kit_pages.h"
#include "lang.h"
#include "prompt.h"

static const struct {
    const char *name;
    enum msg text;
} named[] = {{"name", MSG_KIT_F_NAME},
             {"icon", MSG_KIT_F_ICON},
             {"order", MSG_KIT_F_ORDER},
             {"group", MSG_KIT_F_GROUP},
             {"municipal", MSG_KIT_F_MUNICIPAL},
             {"application", MSG_KIT_F_APPLICATION},
             {"sensitivity", MSG_KIT_F_SENSITIVITY},
             {"office", MSG_KIT_F_OFFICE},
             {"documents", MSG_KIT_F_DOCUMENTS},
             {"days", MSG_KIT_F_DAYS},
             {"basis", MSG_KIT_F_BASIS},
             {"verify", MSG_KIT_F_VERIFY},
             {"helpline", MSG_KIT_F_HELPLINE},
             {"fee", MSG_KIT_F_FEE},
             {"answers", MSG_KIT_F_ANSWERS},
             {"appeal", MSG_KIT_F_APPEAL},
             {"unit", MSG_KIT_F_UNIT},
             {"topic", MSG_KIT_F_TOPIC},
             {"author", MSG_KIT_F_AUTHOR},
             {"channel", MSG_KIT_F_CHANNEL},
             {"audience", MSG_KIT_F_AUDIENCE},
             {"title", MSG_KIT_F_TITLE},
             {"words", MSG_KIT_F_WORDS},
             {"approved", MSG_KIT_F_APPROVED},
             {"approved_day", MSG_KIT_F_APPROVED_DAY},
             {"from", MSG_KIT_F_FROM},
             {"least", MSG_KIT_F_LEAST},
             {"topics", MSG_KIT_F_TOPICS},
             {"bytes", MSG_KIT_F_BYTES},
             {"seconds", MSG_KIT_F_SECONDS},
             {"machine", MSG_KIT_F_MACHINE},
             {"speaker", MSG_KIT_F_SPEAKER},
             {"sound", MSG_KIT_F_SOUND},
             {"hash", MSG_KIT_F_HASH},
             {"type", MSG_KIT_F_TYPE},
             {"way", MSG_KIT_F_WAY},
             {"account", MSG_KIT_F_ACCOUNT},
             {"looks", MSG_KIT_F_LOOKS},
             {"escalated", MSG_KIT_F_ESCALATED},
             {"lang", MSG_KIT_F_LANG},
             {"fields", MSG_KIT_F_FIELDS},
             {"place", MSG_KIT_F_PLACE},
             {"services", MSG_KIT_F_SERVICES}};

static str plain_word(struct web *w, str name)
{
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (str_eq(name, str_of(named[i].name))) {
            return page_msg(&w->page, named[i].text);
        }
    }
    return str_starts(name, S("outcome")) ? page_msg(&w->page, MSG_KIT_F_OUTCOME) : name;
}

/* "Name, اردو (draft)" of "name.ur.draft". */
str kit_field_word(struct web *w, str name)
{
    str rest = name;
    str word = plain_word(w, str_cut(&rest, '.'));
    enum lang lang;
    const str code = rest.p == NULL ? S("") : str_cut(&rest, '.');
    if (code.n > 0) {
        const str own = lang_of(code, &lang) ? lang_table[lang].own_name : code;
        const struct msg_arg args[] = {{"what", word}, {"lang", page_isolate_words(&w->page, own)}};
        word = page_msg_args(&w->page, MSG_KIT_IN_LANG, 0, args, 2);
    }
    if (rest.p != NULL) {
        const struct msg_arg what = {"what", word};
        word = page_msg_args(&w->page, MSG_KIT_IN_DRAFT, 0, &what, 1);
    }
    return word;
}

/* The question, and in which language it is spoken. */
static str question_of(struct web *w, str code)
{
    str lang = code;
    const str key = str_cut(&lang, '/');
    enum lang spoken;
    if (!lang_of(lang, &spoken)) {
        return S("");
    }
    for (size_t i = 0; i < PROMPTS_N; i++) {
        if (str_eq(key, prompt_keys[i].key)) {
            const struct msg_arg args[] = {
                {"what", page_msg(&w->page, prompt_keys[i].words)},
                {"lang", page_isolate_words(&w->page, lang_table[spoken].own_name)}};
            return page_msg_args(&w->page, MSG_KIT_IN_LANG, 0, args, 2);
        }
    }
    return S("");
}

str kit_entry_name(struct web *w, const struct kit_entry *e)
{
    static const char *const names[] = {"name", "title"};
    if (e->kind == KIT_PROMPT) {
        return question_of(w, e->code);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const str own = arena_printf(w->arena, "%s.%.*s", names[i], STR_F(lang_table[w->lang].code));
        const str other = arena_printf(w->arena, "%s.en", names[i]);
        const str said = kit_value(e, own).n > 0 ? kit_value(e, own) : kit_value(e, other);
        if (said.n > 0) {
            return said;
        }
    }
    return S("");
}

str kit_field_said(struct web *w, str name, str value)
{
    static const str flags[] = {S_INIT("municipal"), S_INIT("application"), S_INIT("verify"),
                                S_INIT("machine"), S_INIT("account")};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (str_eq(name, flags[i]) && value.n == 1) {
            return page_msg(&w->page, value.p[0] == '1' ? MSG_CASE_YES : MSG_CASE_NO);
        }
    }
    return value;
}
