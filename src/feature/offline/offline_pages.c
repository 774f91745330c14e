/* offline_pages.c: the page that works without a signal, and what a browser needs to keep it: its worker and
 * its manifest. The page is the same for everybody: nothing on it is of a person, so that it may be kept. */
#include "offline_feature.h"

#include "event_day.h"
#include "event_day_pages.h"
#include "event_words.h"
#include "file_pages.h"
#include "format.h"
#include "offline.html.h"
#include "random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PAGE_MAX = 1 << 20, HASH = 32, TAG = 8, WORKER_MAX = 64 * 1024 };

/* ---- what is read to her ---- */

static const struct {
    enum msg name;
    const char *input;
} facts[] = {{MSG_CASE_PLACE, "place"},  {MSG_NEW_PAST_DESK_FACT, "past_desk"},
             {MSG_CASE_NAME, "name"},    {MSG_DESK_ALIAS, "alias"},
             {MSG_CASE_PHONE, "phone"},  {MSG_CASE_SAFE, "safe_call"},
             {MSG_NEW_WHEN, "call_when"}};

static str months_of(struct arena *a, enum lang lang)
{
    str all = S("");
    for (int month = 1; month <= 12; month++) {
        all = arena_printf(a, "%.*s%s%.*s", STR_F(all), month > 1 ? "|" : "",
                           STR_F(format_month_name(lang, month)));
    }
    return all;
}

/* Her receipt; what is read to her of when one may call. */
static err hers_fill(struct arena *a, enum lang lang, struct offline_said *out)
{
    struct offline_word *whens = arena_array_of(a, struct offline_word, CASE_when_n);
    if (whens == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CASE_when_n; i++) {
        whens[i] = (struct offline_word){case_when_words[i].code, msg_text(lang, case_when_words[i].text)};
    }
    out->whens = whens;
    out->whens_n = CASE_when_n;
    out->months = months_of(a, lang);
    out->slip = msg_text(lang, MSG_PAGE_SLIP_TITLE);
    out->day = msg_text(lang, MSG_PAGE_SLIP_DAY);
    out->help = msg_text(lang, MSG_PAGE_SLIP_HELP);
    out->how = msg_text(lang, MSG_SLIP_HOW);
    out->free = msg_text(lang, MSG_LAYOUT_FREE);
    out->demo = msg_text(lang, MSG_LAYOUT_DEMO);
    out->pin = msg_text(lang, MSG_PAGE_PIN);
    out->apart = msg_text(lang, MSG_SLIP_APART);
    return OK;
}

static err said_fill(struct arena *a, enum lang lang, struct offline_said *out)
{
    struct fact_view *f = arena_array_of(a, struct fact_view, COUNT(facts));
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(facts); i++) {
        f[i] = (struct fact_view){.name = msg_text(lang, facts[i].name), .value = str_of(facts[i].input)};
    }
    *out = (struct offline_said){
        .lang = lang_table[lang].code,
        .dir = lang_table[lang].dir,
        .complaint = msg_text(lang, MSG_DESK_READ_BACK_WORDS),
        .application = msg_text(lang, MSG_DESK_SAID_APPLICATION),
        .suggestion = msg_text(lang, MSG_DESK_SAID_SUGGESTION),
        .facts_title = msg_text(lang, MSG_DESK_SAID_FACTS),
        .facts = f,
        .facts_n = COUNT(facts),
        .none = msg_text(lang, MSG_NEW_NOT_GIVEN),
        .anonymous = msg_text(lang, MSG_DESK_SAID_ANONYMOUS),
        .yes = msg_text(lang, MSG_CASE_YES),
        .no = msg_text(lang, MSG_CASE_NO),
        .ask = msg_text(lang, MSG_DESK_SAID_ASK),
    };
    return hers_fill(a, lang, out);
}

/* ---- the fields, empty ---- */

/* `w` as if it had come to another route, with nothing sent. */
static struct web as_if(const struct web *w, const struct route *route, struct given *in)
{
    struct web other = *w;
    other.route = route;
    other.in = in;
    return other;
}

static struct field_view asked(struct web *w, size_t input, enum msg label)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.label = page_msg(&w->page, label);
    f.optional = false;
    f.complete = S("off");
    return f;
}

static err file_fill(const struct web *w, struct offline_view *m)
{
    static const struct route like = {.inputs = desk_inputs, .inputs_n = D_INPUTS};
    struct given in[D_INPUTS] = {0};
    struct web desk = as_if(w, &like, in);
    TRY(file_fields_fill(&desk, &m->file));
    m->file.room = asked(&desk, F_ROOM, MSG_DESK_ROOM);
    m->file.room.hint = page_msg(&w->page, MSG_DESK_ROOM_HINT);
    m->safe = m->file.safe;
    m->record = m->file.record;
    m->safe.type = m->record.type = S("pair");
    return OK;
}

static str beyond(struct web *w, int64_t most)
{
    const struct msg_arg max = {"max", format_number(w->arena, w->lang, most)};
    return page_msg_args(&w->page, MSG_WEB_FAULT_NUMBER, 0, &max, 1);
}

static err day_fill(struct web *w, struct offline_view *m)
{
    static const struct route roster = {.inputs = names_inputs, .inputs_n = NAMES_INPUTS};
    static const struct route spot = {.inputs = answer_inputs, .inputs_n = ANSWER_INPUTS};
    static const struct route wish = {.inputs = need_inputs, .inputs_n = NEED_INPUTS};
    static const struct route capture = {.inputs = capture_inputs, .inputs_n = CAPTURE_INPUTS};
    struct given in[ANSWER_INPUTS + NAMES_INPUTS + NEED_INPUTS + CAPTURE_INPUTS] = {0};
    struct web other = as_if(w, &roster, in);
    m->role = asked(&other, N_ROLE, MSG_DAY_ROSTER_WHO);
    TRY(choices_words(&other, N_ROLE, event_role_words, EVENT_role_n, S("citizen"), &m->role));
    m->spoke = asked(&other, N_SPOKE, MSG_DAY_SPOKE);
    other = as_if(w, &wish, in);
    m->need = asked(&other, NEED_WORDS, MSG_DAY_NEED_WORDS);
    m->need.rows = 2;
    m->women = asked(&other, NEED_WOMEN, MSG_DAY_NEED_HANDS_N);
    m->women_most = DAY_PEOPLE_MAX;
    m->women_odd = beyond(w, m->women_most);
    m->token_most = DAY_TOKENS_MAX;
    m->token_odd = beyond(w, m->token_most);
    other = as_if(w, &capture, in);
    m->token = asked(&other, CP_TOKEN, MSG_DAY_TOKEN);
    m->sex = asked(&other, CP_SEX, MSG_DAY_SEX);
    TRY(choices_words(&other, CP_SEX, case_sex_words, CASE_sex_n, STR_NONE, &m->sex));
    other = as_if(w, &spot, in);
    m->matter = asked(&other, AN_REF, MSG_NEW_REF);
    m->answer = asked(&other, AN_ANSWER, MSG_DAY_ANSWER);
    TRY(choices_words(&other, AN_ANSWER, day_answer_words, DAY_answer_n, STR_NONE, &m->answer));
    m->answered = asked(&other, AN_WORDS, MSG_DAY_ANSWER_SAID);
    m->by_day = asked(&other, AN_DAY, MSG_DAY_ANSWER_BY);
    m->reason = asked(&other, AN_REASON, MSG_ACT_REASON);
    return choices_words(&other, AN_REASON, case_reason_words, CASE_reason_n, STR_NONE, &m->reason);
}

static const struct offline_word *words_of(struct web *w, const struct case_word *set, size_t n)
{
    struct offline_word *out = arena_array_of(w->arena, struct offline_word, n);
    for (size_t i = 0; out != NULL && i < n; i++) {
        out[i] = (struct offline_word){set[i].code, page_msg(&w->page, set[i].text)};
    }
    return out;
}

/* Nobody's: no name in its frame, no way out of a session, no place that only her role opens. */
static void undress(struct page *p)
{
    p->staff = true;
    p->nav_n = 0;
    p->sign_out = p->leave = (struct url){STR_NONE};
    p->user_name = p->user_office = p->warning = STR_NONE;
    p->path = S("/offline");
    p->title = page_msg(p, MSG_OFFLINE_TITLE);
}

static err page_put(struct web *w)
{
    struct offline_view m = {
        .roles_n = EVENT_role_n, .sights_n = EVENT_sight_n, .kinds_n = EVENT_kind_n, .said_n = LANG_N};
    struct offline_said *said = arena_array_of(w->arena, struct offline_said, LANG_N);
    m.roles = words_of(w, event_role_words, EVENT_role_n);
    m.sights = words_of(w, event_sight_words, EVENT_sight_n);
    m.kinds = words_of(w, event_kind_words, EVENT_kind_n);
    if (said == NULL || m.kinds == NULL || m.roles == NULL || m.sights == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < LANG_N; i++) {
        TRY(said_fill(w->arena, (enum lang)i, &said[i]));
    }
    m.said = said;
    m.months = months_of(w->arena, w->page.lang);
    TRY(file_fill(w, &m));
    TRY(day_fill(w, &m));
    undress(&w->page);
    offline_page(&w->page, &m);
    return OK;
}

static err show_offline(struct web *w)
{
    TRY(page_put(w));
    return web_html(w, 200);
}

/* ---- the worker ---- */

/* As browsers keep it: asked for by nobody. */
static bool opens_nothing(void *asker, str address)
{
    (void)asker;
    (void)address;
    return false;
}

/* Its bytes change with the page in any language and with every file of the look: then browsers fetch all
 * anew. */
static err show_worker(struct web *w)
{
    uint8_t hash[HASH];
    SCOPED(buf_free) struct buf all = buf_new(PAGE_MAX);
    SCOPED(buf_free) struct buf out = buf_new(WORKER_MAX);
    str script;
    str tags;
    TRY(web_asset_text(w, S("sw.js"), &script, &tags));
    buf_put(&all, tags);
    for (size_t i = 0; i < LANG_N; i++) {
        struct web other = *w;
        other.lang = other.page.lang = (enum lang)i;
        other.page.out = &all;
        other.page.opens = opens_nothing;
        TRY(page_put(&other));
    }
    if (all.full) {
        return FAIL(LIMIT);
    }
    content_hash(buf_str(&all), hash);
    buf_put(&out, S("self.version = \""));
    for (size_t i = 0; i < TAG; i++) {
        buf_printf(&out, "%02x", hash[i]);
    }
    buf_put(&out, S("\";\n"));
    buf_put(&out, script);
    return web_text(w, 200, S("text/javascript; charset=utf-8"), &out);
}

static err show_manifest(struct web *w)
{
    return web_asset(w, S("manifest.webmanifest"));
}

static const struct route routes[] = {
    {HTTP_GET, "/offline", P_PUBLIC, ROUTE_MICROPHONE, .show = show_offline, .doc = MSG_OFFLINE_DOC_PAGE},
    {HTTP_GET, "/sw.js", P_PUBLIC, 0, .show = show_worker, .doc = MSG_OFFLINE_DOC_WORKER},
    {HTTP_GET, "/manifest.webmanifest", P_PUBLIC, ROUTE_STATIC, .show = show_manifest,
     .doc = MSG_OFFLINE_DOC_MANIFEST},
};

const struct feature offline_feature = {.name = "offline", .routes = routes, .routes_n = COUNT(routes)};
