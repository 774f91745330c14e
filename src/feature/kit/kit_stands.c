#include "kit_stands.h"

#include <stdlib.h>

#include "bylaw.sql.h"
#include "clock.h"
#include "curriculum.sql.h"
#include "handover.sql.h"
#include "kit_sound.h"
#include "message.h"
#include "prompt.h"
#include "random.h"
#include "ready.sql.h"

const struct kit_names kit_group_names = {S_INIT("name"), S_INIT("service_group")};
const struct kit_names kit_document_names = {S_INIT("name"), S_INIT("document")};
const struct kit_names kit_service_names = {S_INIT("name"), S_INIT("service")};
const struct kit_names kit_term_names[3] = {{S_INIT("basis"), S_INIT("term_basis")},
                                            {S_INIT("answers"), S_INIT("term_body")},
                                            {S_INIT("appeal"), S_INIT("term_appeal")}};
const struct kit_names kit_ready_names = {S_INIT("name"), S_INIT("ready_item")};
const struct kit_names kit_portal_names[2] = {{S_INIT("name"), S_INIT("portal")},
                                              {S_INIT("place"), S_INIT("portal_place")}};

/* While one kit is put together. */
struct standing {
    struct ctx *c;
    struct kit *kit;
    struct kit_index *index;
    int64_t units[LEVEL_N + 64]; /* whose rows are in it */
    size_t units_n;
    int64_t day;
    bool sounds;     /* with the bytes of recordings */
    size_t sounds_n; /* how many bytes so far */
};

static int here_cmp(const void *a, const void *b)
{
    const struct kit_here *x = a;
    const struct kit_here *y = b;
    return x->kind != y->kind ? (x->kind > y->kind ? 1 : -1) : str_cmp(x->code, y->code);
}

const struct kit_here *kit_here_find(const struct kit_index *x, enum kit_kind kind, str code)
{
    const struct kit_here wanted = {.kind = kind, .code = code};
    return x->n == 0 ? NULL : bsearch(&wanted, x->all, x->n, sizeof *x->all, here_cmp);
}

static bool is_in(const struct standing *s, int64_t unit)
{
    for (size_t i = 0; i < s->units_n; i++) {
        if (s->units[i] == unit) {
            return true;
        }
    }
    return false;
}

static err begin(struct standing *s, const struct kit_here *h)
{
    TRY(kit_entry_add(s->kit, h->kind, h->code));
    s->index->all[s->index->n++] = *h;
    return OK;
}

/* ---- whose ---- */

static err units_around(struct standing *s, str code)
{
    struct q_place_by_code unit;
    struct place_at at;
    TRY(place_find(s->c, code, &unit));
    TRY(place_ancestors(s->c, unit.id, &at));
    for (int level = LEVEL_COUNTRY; level < LEVEL_N; level++) {
        if (at.at[level] != 0) {
            s->units[s->units_n++] = at.at[level];
        }
    }
    return OK;
}

static err units_find(struct standing *s, str code)
{
    struct q_kit_units *rows;
    size_t n;
    TRY(q_kit_units(s->c->db, s->c->arena, LEVEL_PROVINCE, s->day, &rows, &n));
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    s->kit->country = rows[0].unit_code;
    s->kit->unit = code.n > 0 ? code : rows[0].unit_code;
    if (code.n > 0) {
        return units_around(s, code);
    }
    for (size_t i = 0; i < n && s->units_n < sizeof s->units / sizeof s->units[0]; i++) {
        s->units[s->units_n++] = rows[i].id;
    }
    return OK;
}

/* ---- names ---- */

struct labels {
    const struct kit_names *as;
    struct q_kit_labels *rows;
    size_t n;
};

static err labels_read(struct standing *s, const struct kit_names *as, struct labels *out)
{
    out->as = as;
    return q_kit_labels(s->c->db, s->c->arena, as->kind, &out->rows, &out->n);
}

static size_t first_of(const struct labels *l, int64_t id)
{
    size_t low = 0;
    size_t high = l->n;
    while (low < high) {
        const size_t at = low + (high - low) / 2;
        if (l->rows[at].id < id) {
            low = at + 1;
        } else {
            high = at;
        }
    }
    return low;
}

static err labels_put(struct standing *s, const struct labels *l, int64_t id)
{
    for (size_t i = first_of(l, id); i < l->n && l->rows[i].id == id; i++) {
        const struct q_kit_labels *r = &l->rows[i];
        const str name = arena_printf(s->c->arena, "%.*s.%.*s", STR_F(l->as->prefix), STR_F(r->lang_code));
        TRY(kit_field_add(s->kit, name, r->label_text));
        if (r->draft_flag != 0 && r->label_text.n > 0) {
            TRY(kit_field_add(s->kit, arena_printf(s->c->arena, "%.*s.draft", STR_F(name)), S("1")));
        }
    }
    return OK;
}

static err number_put(struct standing *s, str name, int64_t n)
{
    return kit_field_number(s->kit, name, n);
}

static err option_put(struct standing *s, str name, struct opt_i64 n)
{
    return n.given ? number_put(s, name, n.v) : OK;
}

/* "title.ur" */
static err lang_field(struct standing *s, const char *prefix, str lang, str value)
{
    return kit_field_add(s->kit, arena_printf(s->c->arena, "%s.%.*s", prefix, STR_F(lang)), value);
}

/* ---- kind by kind ---- */

static err groups_put(struct standing *s)
{
    struct q_kit_groups *rows;
    struct labels names;
    size_t n;
    TRY(labels_read(s, &kit_group_names, &names));
    TRY(q_kit_groups(s->c->db, s->c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(begin(s, &(struct kit_here){.kind = KIT_GROUP, .code = rows[i].group_code, .id = rows[i].id}));
        TRY(kit_field_add(s->kit, S("icon"), rows[i].icon_code));
        TRY(number_put(s, S("order"), rows[i].sort_no));
        TRY(labels_put(s, &names, rows[i].id));
    }
    return OK;
}

static err documents_put(struct standing *s)
{
    struct q_kit_documents *rows;
    struct labels names;
    size_t n;
    TRY(labels_read(s, &kit_document_names, &names));
    TRY(q_kit_documents(s->c->db, s->c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(begin(s,
                  &(struct kit_here){.kind = KIT_DOCUMENT, .code = rows[i].document_code, .id = rows[i].id}));
        TRY(labels_put(s, &names, rows[i].id));
    }
    return OK;
}

struct papers {
    struct q_kit_service_papers *rows;
    size_t n;
};

/* "cnic_copy land_proof" */
static err papers_put(struct standing *s, const struct papers *p, int64_t service)
{
    str said = S("");
    for (size_t i = 0; i < p->n; i++) {
        if (p->rows[i].service_id == service) {
            said = said.n == 0
                       ? p->rows[i].document_code
                       : arena_printf(s->c->arena, "%.*s %.*s", STR_F(said), STR_F(p->rows[i].document_code));
        }
    }
    return said.p == NULL ? FAIL(LIMIT) : kit_field_add(s->kit, S("documents"), said);
}

static err services_put(struct standing *s)
{
    struct q_kit_services *rows;
    struct labels names;
    struct papers papers;
    size_t n;
    TRY(labels_read(s, &kit_service_names, &names));
    TRY(q_kit_service_papers(s->c->db, s->c->arena, s->day, &papers.rows, &papers.n));
    TRY(q_kit_services(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_kit_services *r = &rows[i];
        TRY(begin(s, &(struct kit_here){.kind = KIT_SERVICE, .code = r->service_code, .id = r->id}));
        TRY(kit_field_add(s->kit, S("group"), r->group_code));
        TRY(number_put(s, S("municipal"), r->municipal_flag));
        TRY(number_put(s, S("application"), r->application_flag));
        TRY(kit_field_add(s->kit, S("sensitivity"), r->sensitivity_code));
        TRY(kit_field_add(s->kit, S("office"), r->body_kind_code));
        TRY(kit_field_add(s->kit, S("icon"), r->icon_code));
        TRY(number_put(s, S("order"), r->sort_no));
        TRY(papers_put(s, &papers, r->id));
        TRY(labels_put(s, &names, r->id));
    }
    return OK;
}

static err terms_put(struct standing *s)
{
    struct q_kit_terms *rows;
    struct labels names[3];
    size_t n;
    for (size_t i = 0; i < 3; i++) {
        TRY(labels_read(s, &kit_term_names[i], &names[i]));
    }
    TRY(q_kit_terms(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_kit_terms *r = &rows[i];
        const str code = arena_printf(s->c->arena, "%.*s/%.*s", STR_F(r->service_code), STR_F(r->unit_code));
        if (!is_in(s, r->unit_id)) {
            continue;
        }
        TRY(begin(s,
                  &(struct kit_here){KIT_TERM, code, r->id, r->service_id, r->unit_id, r->valid_from_day}));
        TRY(option_put(s, S("days"), r->limit_days));
        TRY(kit_field_add(s->kit, S("basis"), r->basis_text));
        TRY(number_put(s, S("verify"), r->verify_flag));
        TRY(kit_field_add(s->kit, S("helpline"), r->helpline_text));
        TRY(option_put(s, S("fee"), r->fee_no));
        for (size_t k = 0; k < 3; k++) {
            TRY(labels_put(s, &names[k], r->id));
        }
    }
    return OK;
}

static err ready_put(struct standing *s)
{
    struct q_ready_items *rows;
    struct labels names;
    size_t n;
    TRY(labels_read(s, &kit_ready_names, &names));
    TRY(q_ready_items(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_ready_items *r = &rows[i];
        TRY(begin(s,
                  &(struct kit_here){
                      .kind = KIT_READY, .code = r->item_code, .id = r->id, .from_day = r->valid_from_day}));
        TRY(kit_field_add(s->kit, S("from"), r->ready_from_code));
        TRY(number_put(s, S("least"), r->least_n));
        TRY(number_put(s, S("order"), r->sort_no));
        TRY(labels_put(s, &names, r->id));
    }
    return OK;
}

static err models_put(struct standing *s)
{
    struct q_bylaw_models *rows;
    size_t n;
    TRY(q_bylaw_models(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_bylaw_models *r = &rows[i];
        struct q_bylaw_model_texts *texts;
        size_t texts_n;
        if (!is_in(s, r->unit_id)) {
            continue;
        }
        TRY(begin(s, &(struct kit_here){KIT_BYLAW, r->model_code, r->id, 0, r->unit_id, r->valid_from_day}));
        TRY(kit_field_add(s->kit, S("unit"), r->unit_code));
        TRY(kit_field_add(s->kit, S("basis"), r->basis_text));
        TRY(q_bylaw_model_texts(s->c->db, s->c->arena, r->id, &texts, &texts_n));
        for (size_t k = 0; k < texts_n; k++) {
            const str lang = texts[k].lang_code;
            TRY(kit_field_add(s->kit, arena_printf(s->c->arena, "title.%.*s", STR_F(lang)),
                              texts[k].title_text));
            TRY(kit_field_add(s->kit, arena_printf(s->c->arena, "words.%.*s", STR_F(lang)),
                              texts[k].words_text));
        }
    }
    return OK;
}

/* ---- ready-made curricula ---- */

static err curricula_put(struct standing *s)
{
    struct q_curriculum_models *rows;
    size_t n;
    TRY(q_curriculum_models(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_curriculum_models *r = &rows[i];
        struct q_curriculum_model_texts *texts;
        size_t texts_n;
        if (!is_in(s, r->unit_id)) {
            continue;
        }
        TRY(begin(
            s, &(struct kit_here){KIT_CURRICULUM, r->model_code, r->id, 0, r->unit_id, r->valid_from_day}));
        TRY(kit_field_add(s->kit, S("unit"), r->unit_code));
        TRY(q_curriculum_model_texts(s->c->db, s->c->arena, r->id, &texts, &texts_n));
        for (size_t k = 0; k < texts_n; k++) {
            TRY(lang_field(s, "title", texts[k].lang_code, texts[k].title_text));
            TRY(lang_field(s, "topics", texts[k].lang_code, texts[k].topics_text));
        }
    }
    return OK;
}

/* ---- recorded questions ---- */

static err prompt_fields(struct standing *s, const struct q_prompt_standing *r, str sound)
{
    uint8_t hash[32];
    char hex[HEX_OF_32];
    content_hash(sound, hash);
    hex_of(hash, sizeof hash, hex);
    TRY(number_put(s, S("bytes"), (int64_t)sound.n));
    TRY(kit_field_add(s->kit, S("hash"), arena_str(s->c->arena, (str){hex, HEX_OF_32})));
    TRY(number_put(s, S("machine"), r->machine_flag));
    TRY(number_put(s, S("seconds"), r->seconds_n));
    TRY(kit_field_add(s->kit, S("speaker"), r->speaker_text));
    TRY(kit_field_add(s->kit, S("type"), r->type_code));
    return s->sounds ? kit_sound_put(s->kit, sound) : OK;
}

/* What is too long for a kit, or all of them together, is not in it: whoever makes one is told how many. */
static err prompts_put(struct standing *s)
{
    struct q_prompt_standing *rows;
    size_t n;
    TRY(prompt_standing(s->c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_prompt_standing *r = &rows[i];
        const str code = arena_printf(s->c->arena, "%.*s/%.*s", STR_F(r->prompt_key), STR_F(r->lang_code));
        SCOPED(buf_free) struct buf sound = buf_new(BLOB_MAX);
        str type;
        TRY(prompt_sound(s->c, r->hash_code, &sound, &type));
        const bool fits = sound.n <= KIT_SOUND_MAX && s->sounds_n + sound.n <= KIT_SOUNDS_MAX &&
                          kit_sound_right(buf_str(&sound));
        if (s->sounds && !fits) {
            s->kit->silent++;
            continue;
        }
        s->sounds_n += sound.n;
        TRY(begin(s, &(struct kit_here){.kind = KIT_PROMPT, .code = code}));
        TRY(prompt_fields(s, r, buf_str(&sound)));
    }
    return OK;
}

/* ---- other institutions ---- */

struct portal_parts {
    struct q_portal_services_all *services;
    size_t services_n;
    struct labels names[2], words;
};

str kit_outcome_field(struct arena *a, size_t i)
{
    return arena_printf(a, "outcome%zu", i + 1);
}

static err outcomes_put(struct standing *s, const struct portal_parts *p, int64_t portal)
{
    struct q_portal_outcome_list *rows;
    size_t n;
    TRY(q_portal_outcome_list(s->c->db, s->c->arena, portal, &rows, &n));
    for (size_t i = 0; i < n && i < KIT_OUTCOMES_MAX; i++) {
        const struct kit_names as = {kit_outcome_field(s->c->arena, i), p->words.as->kind};
        const struct labels words = {&as, p->words.rows, p->words.n};
        TRY(kit_field_add(s->kit, as.prefix, rows[i].outcome_code));
        TRY(labels_put(s, &words, rows[i].id));
    }
    return OK;
}

static err portal_services_put(struct standing *s, const struct portal_parts *p, int64_t portal)
{
    str said = S("");
    for (size_t i = 0; i < p->services_n; i++) {
        if (p->services[i].portal_id == portal) {
            const str code = p->services[i].service_code;
            said = said.n == 0 ? code : arena_printf(s->c->arena, "%.*s %.*s", STR_F(said), STR_F(code));
        }
    }
    return said.p == NULL ? FAIL(LIMIT) : kit_field_add(s->kit, S("services"), said);
}

static err portal_fields(struct standing *s, const struct q_portal_all *r, const struct portal_parts *p)
{
    TRY(kit_field_add(s->kit, S("unit"), r->unit_code));
    TRY(kit_field_add(s->kit, S("way"), r->way_code));
    TRY(number_put(s, S("account"), r->account_flag));
    TRY(kit_field_add(s->kit, S("looks"), r->look_text));
    TRY(option_put(s, S("escalated"), r->escalated_days));
    TRY(kit_field_add(s->kit, S("helpline"), r->helpline_text));
    TRY(kit_field_add(s->kit, S("lang"), r->lang_code));
    TRY(kit_field_add(s->kit, S("fields"), r->fields_text));
    TRY(number_put(s, S("verify"), r->verify_flag));
    TRY(number_put(s, S("order"), r->sort_no));
    TRY(portal_services_put(s, p, r->id));
    TRY(labels_put(s, &p->names[0], r->id));
    TRY(labels_put(s, &p->names[1], r->id));
    return outcomes_put(s, p, r->id);
}

static err portals_put(struct standing *s)
{
    static const struct kit_names words = {S_INIT("outcome"), S_INIT("portal_outcome")};
    struct q_portal_all *rows;
    struct portal_parts p;
    size_t n;
    TRY(labels_read(s, &kit_portal_names[0], &p.names[0]));
    TRY(labels_read(s, &kit_portal_names[1], &p.names[1]));
    TRY(labels_read(s, &words, &p.words));
    TRY(q_portal_services_all(s->c->db, s->c->arena, &p.services, &p.services_n));
    TRY(q_portal_all(s->c->db, s->c->arena, s->day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (is_in(s, rows[i].unit_id)) {
            TRY(begin(s,
                      &(struct kit_here){.kind = KIT_PORTAL, .code = rows[i].portal_code, .id = rows[i].id}));
            TRY(portal_fields(s, &rows[i], &p));
        }
    }
    return OK;
}

/* ---- messages: their code here is another one elsewhere ---- */

/* What it was called in the kit that it came in; else a name made of what it says first, which never changes.
 */
static err message_code_of(struct standing *s, const struct q_kit_messages *m,
                           const struct q_version_all *first, const struct q_kit_taken_all *taken,
                           size_t taken_n, str *out)
{
    enum { SHORT_HEX = 12 };
    SCOPED(buf_free) struct buf said = buf_new(64 * 1024);
    uint8_t hash[32];
    char hex[HEX_OF_32];
    for (size_t i = 0; i < taken_n; i++) {
        if (taken[i].local_id.given && taken[i].local_id.v == m->id &&
            str_eq(taken[i].kit_kind_code, kit_kind_codes[KIT_MESSAGE])) {
            *out = taken[i].item_code;
            return OK;
        }
    }
    const str parts[] = {m->unit_code,     m->topic_code,    m->author_text,    m->channel_code,
                         m->audience_code, first->lang_code, first->title_text, first->words_text};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_put(&said, parts[i]);
        buf_putc(&said, '\0');
    }
    content_hash(buf_str(&said), hash);
    hex_of(hash, sizeof hash, hex);
    *out = arena_printf(s->c->arena, "%.*s/%.*s", STR_F(m->unit_code), SHORT_HEX, hex);
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* Of each language the newest version that was not withdrawn. */
static err versions_put(struct standing *s, const struct q_version_all *v, size_t n)
{
    str last = S("");
    for (size_t i = 0; i < n; i++) {
        if (v[i].withdrawn_day.given || str_eq(v[i].lang_code, last)) {
            continue;
        }
        last = v[i].lang_code;
        TRY(lang_field(s, "title", last, v[i].title_text));
        TRY(lang_field(s, "words", last, v[i].words_text));
        TRY(lang_field(s, "basis", last, v[i].basis_text));
        if (v[i].approved_day.given) {
            TRY(lang_field(s, "approved", last, v[i].approved_text));
            TRY(lang_field(s, "approved_day", last,
                           arena_printf(s->c->arena, "%lld", (long long)v[i].approved_day.v)));
        }
    }
    return OK;
}

static err message_put(struct standing *s, const struct q_kit_messages *m,
                       const struct q_kit_taken_all *taken, size_t taken_n)
{
    struct q_version_all *versions;
    size_t n;
    str code;
    TRY(q_version_all(s->c->db, s->c->arena, m->id, &versions, &n));
    size_t first = n;
    bool some = false;
    for (size_t i = 0; i < n; i++) { /* by language, the newest first: the last of the first language */
        some = some || !versions[i].withdrawn_day.given;
        first = str_eq(versions[i].lang_code, versions[0].lang_code) ? i : first;
    }
    if (!some) {
        return OK;
    }
    TRY(message_code_of(s, m, &versions[first], taken, taken_n, &code));
    for (size_t i = 0; i < s->index->n; i++) {
        if (s->index->all[i].kind == KIT_MESSAGE && str_eq(s->index->all[i].code, code)) {
            return OK; /* somebody wrote the very same one twice */
        }
    }
    TRY(begin(s, &(struct kit_here){.kind = KIT_MESSAGE, .code = code, .id = m->id, .unit_id = m->unit_id}));
    TRY(kit_field_add(s->kit, S("unit"), m->unit_code));
    TRY(kit_field_add(s->kit, S("topic"), m->topic_code));
    TRY(kit_field_add(s->kit, S("author"), m->author_text));
    TRY(kit_field_add(s->kit, S("channel"), m->channel_code));
    TRY(kit_field_add(s->kit, S("audience"), m->audience_code));
    return versions_put(s, versions, n);
}

static err messages_put(struct standing *s)
{
    struct q_kit_messages *rows;
    struct q_kit_taken_all *taken;
    size_t n;
    size_t taken_n;
    TRY(q_kit_taken_all(s->c->db, s->c->arena, &taken, &taken_n));
    TRY(q_kit_messages(s->c->db, s->c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (is_in(s, rows[i].unit_id)) {
            TRY(message_put(s, &rows[i], taken, taken_n));
        }
    }
    return OK;
}

void kit_entry_kept(const struct kit_entry *e, struct buf *out)
{
    struct kit_field fields[KIT_FIELDS_MAX];
    struct kit_entry kept = {.kind = e->kind, .code = e->code, .fields = fields};
    for (size_t i = 0; i < e->fields_n; i++) {
        if (e->kind != KIT_PROMPT || !kit_sound_field(e->fields[i].name)) {
            fields[kept.fields_n++] = e->fields[i];
        }
    }
    kit_entry_put(&kept, out);
}

static err put_together(struct ctx *c, str unit, int64_t day, bool sounds, struct kit *out,
                        struct kit_index *out_index)
{
    static err (*const puts[])(struct standing *
                               s) = {groups_put, documents_put, services_put,  terms_put,   messages_put,
                                     models_put, ready_put,     curricula_put, prompts_put, portals_put};
    struct kit kit;
    struct kit_index index = {.all = arena_array_of(c->arena, struct kit_here, KIT_ENTRIES_MAX)};
    struct standing s = {.c = c, .kit = &kit, .index = &index, .day = day, .sounds = sounds};
    if (index.all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(kit_new(c->arena, &kit));
    TRY(units_find(&s, unit));
    for (size_t i = 0; i < sizeof puts / sizeof puts[0]; i++) {
        TRY(puts[i](&s));
    }
    kit_sort(&kit);
    qsort(index.all, index.n, sizeof *index.all, here_cmp);
    *out = kit;
    *out_index = index;
    return OK;
}

err kit_stands_indexed(struct ctx *c, str unit, int64_t day, struct kit *out, struct kit_index *out_index)
{
    return put_together(c, unit, day, false, out, out_index);
}

err kit_stands(struct ctx *c, str unit, struct kit *out)
{
    struct kit_index index;
    return put_together(c, unit, local_day(c->now_ms), true, out, &index);
}
