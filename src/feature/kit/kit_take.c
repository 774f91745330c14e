/* kit_take.c: what a kit says becomes rows; see kit.h. */
#include "bylaw.sql.h"
#include "catalogue.h"
#include "curriculum.sql.h"
#include "handover.sql.h"
#include "kit.h"
#include "kit_sound.h"
#include "kit_stands.h"
#include "message.h"
#include "msg.h"
#include "prompt.h"
#include "ready.sql.h"

struct taking {
    struct ctx *c;
    const struct kit_plan *plan;
    int64_t no, from_day, today;
    const struct kit_difference *d;
    const struct kit_here *here; /* of ours; NULL: there is none */
};

static int64_t number_of(const struct kit_entry *e, str name)
{
    int64_t n = 0;
    return str_i64(kit_value(e, name), &n) ? n : 0; /* kit_right() has looked */
}

static struct opt_i64 option_of(const struct kit_entry *e, str name)
{
    return kit_value(e, name).n > 0 ? SOME(number_of(e, name)) : (struct opt_i64){.given = false};
}

static str text_or_none(str s)
{
    return s.n > 0 ? s : STR_NONE;
}

/* ---- names ---- */

/* "ur" of "name.ur"; empty: another field, or the mark of a draft. */
static str lang_of_field(str name, str prefix)
{
    str rest = name;
    const str first = str_cut(&rest, '.');
    const str lang = rest.p == NULL ? S("") : str_cut(&rest, '.');
    return str_eq(first, prefix) && rest.p == NULL ? lang : S("");
}

static err names_put(const struct taking *t, const struct kit_names *as, int64_t id)
{
    const struct kit_entry *e = t->d->theirs;
    for (size_t i = 0; i < e->fields_n; i++) {
        const str lang = lang_of_field(e->fields[i].name, as->prefix);
        if (lang.n == 0) {
            continue;
        }
        const str draft = arena_printf(t->c->arena, "%.*s.draft", STR_F(e->fields[i].name));
        const struct q_kit_label_put_in in = {.label_kind_code = as->kind,
                                              .id = id,
                                              .lang_code = lang,
                                              .label_text = e->fields[i].value,
                                              .draft_flag = kit_value(e, draft).n > 0};
        TRY(q_kit_label_put(t->c->db, &in, NULL));
    }
    return OK;
}

/* Those that the kit has no more. */
static err names_remove(const struct taking *t, const struct kit_names *as, int64_t id)
{
    const struct kit_entry *o = t->d->ours;
    for (size_t i = 0; o != NULL && i < o->fields_n; i++) {
        const str lang = lang_of_field(o->fields[i].name, as->prefix);
        if (lang.n == 0 || kit_value(t->d->theirs, o->fields[i].name).n > 0) {
            continue;
        }
        const struct q_kit_label_remove_in in = {as->kind, id, lang};
        TRY(q_kit_label_remove(t->c->db, &in, NULL));
    }
    return OK;
}

static err names_sync(const struct taking *t, const struct kit_names *as, int64_t id)
{
    TRY(names_remove(t, as, id));
    return names_put(t, as, id);
}

/* ---- kind by kind ---- */

static err group_take(const struct taking *t)
{
    const struct kit_entry *e = t->d->theirs;
    const struct q_kit_group_put_in in = {.id = t->here != NULL ? t->here->id : id_next(t->c),
                                          .group_code = e->code,
                                          .icon_code = kit_value(e, S("icon")),
                                          .sort_no = number_of(e, S("order"))};
    TRY(q_kit_group_put(t->c->db, &in, NULL));
    return names_sync(t, &kit_group_names, in.id);
}

static err document_take(const struct taking *t)
{
    const int64_t id = t->here != NULL ? t->here->id : id_next(t->c);
    if (t->here == NULL) {
        TRY(q_kit_document_add(t->c->db, id, t->d->theirs->code, NULL));
    }
    return names_sync(t, &kit_document_names, id);
}

static err papers_take(const struct taking *t, int64_t service)
{
    str papers = kit_value(t->d->theirs, S("documents"));
    str code;
    int64_t no = 0;
    if (t->d->ours != NULL && str_eq(papers, kit_value(t->d->ours, S("documents")))) {
        return OK;
    }
    TRY(q_kit_papers_end(t->c->db, t->from_day, service, NULL));
    while (str_word(&papers, &code)) {
        struct q_kit_paper_put_in in = {
            .service_id = service, .sort_no = ++no, .valid_from_day = t->from_day};
        TRY(catalogue_document_find(t->c, code, &in.document_id));
        TRY(q_kit_paper_put(t->c->db, &in, NULL));
    }
    return OK;
}

static err service_take(const struct taking *t)
{
    const struct kit_entry *e = t->d->theirs;
    struct q_kit_group_get group;
    struct q_kit_service_get there;
    TRY(q_kit_group_get(t->c->db, t->c->arena, kit_value(e, S("group")), &group));
    const struct q_kit_service_put_in in = {.id = id_next(t->c),
                                            .service_code = e->code,
                                            .group_id = group.id,
                                            .municipal_flag = number_of(e, S("municipal")),
                                            .application_flag = number_of(e, S("application")),
                                            .sensitivity_code = kit_value(e, S("sensitivity")),
                                            .body_kind_code = text_or_none(kit_value(e, S("office"))),
                                            .icon_code = kit_value(e, S("icon")),
                                            .sort_no = number_of(e, S("order")),
                                            .valid_from_day = t->from_day};
    TRY(q_kit_service_put(t->c->db, &in, NULL));
    TRY(q_kit_service_get(t->c->db, t->c->arena, e->code, &there));
    TRY(papers_take(t, there.id));
    return names_sync(t, &kit_service_names, there.id);
}

static err service_end(const struct taking *t)
{
    return q_kit_service_end(t->c->db, t->from_day, t->here->id, NULL);
}

static err term_of(const struct taking *t, struct q_kit_term_add_in *out)
{
    const struct kit_entry *e = t->d->theirs;
    struct q_kit_service_get service;
    struct q_place_by_code unit;
    struct q_kit_term_next next;
    str rest = e->code;
    TRY(q_kit_service_get(t->c->db, t->c->arena, str_cut(&rest, '/'), &service));
    TRY(place_find(t->c, rest, &unit));
    const struct q_kit_term_next_in asked = {
        .on_day = t->from_day, .service_id = service.id, .unit_id = unit.id};
    TRY(q_kit_term_next(t->c->db, t->c->arena, &asked, &next));
    *out = (struct q_kit_term_add_in){.id = id_next(t->c),
                                      .service_id = service.id,
                                      .unit_id = unit.id,
                                      .valid_from_day = t->from_day,
                                      .valid_to_day = next.next_day,
                                      .limit_days = option_of(e, S("days")),
                                      .basis_text = kit_value(e, S("basis")),
                                      .verify_flag = number_of(e, S("verify")),
                                      .helpline_text = text_or_none(kit_value(e, S("helpline"))),
                                      .fee_no = option_of(e, S("fee"))};
    return OK;
}

/* One that began on this very day is mended; any other ends, and a new one follows it. */
static err term_take(const struct taking *t)
{
    struct q_kit_term_add_in in;
    TRY(term_of(t, &in));
    const bool mends = t->here != NULL && t->here->from_day == t->from_day;
    if (mends) {
        const struct q_kit_term_mend_in mend = {.limit_days = in.limit_days,
                                                .basis_text = in.basis_text,
                                                .verify_flag = in.verify_flag,
                                                .helpline_text = in.helpline_text,
                                                .fee_no = in.fee_no,
                                                .id = t->here->id};
        in.id = t->here->id;
        TRY(q_kit_term_mend(t->c->db, &mend, NULL));
    } else {
        if (t->here != NULL) {
            TRY(q_kit_term_end(t->c->db, t->from_day, t->here->id, NULL));
        }
        TRY(q_kit_term_add(t->c->db, &in, NULL));
    }
    for (size_t i = 0; i < 3; i++) {
        TRY(mends ? names_sync(t, &kit_term_names[i], in.id) : names_put(t, &kit_term_names[i], in.id));
    }
    return OK;
}

static err term_end(const struct taking *t)
{
    return q_kit_term_end(t->c->db, t->from_day, t->here->id, NULL);
}

/* The row that begins on this day, stands it or was it ended on the same day: that one is mended, and stands
 * again. 0: there is none. */
struct of_day {
    err (*from)(const struct taking *t, int64_t *out),
        (*until)(const struct taking *t, int64_t id, int64_t day);
};

static err begun_here(const struct taking *t, const struct of_day *o, int64_t *out)
{
    *out = t->here != NULL && t->here->from_day == t->from_day ? t->here->id : 0;
    if (t->here != NULL) {
        return *out != 0 ? OK : o->until(t, t->here->id, t->from_day);
    }
    const err e = o->from(t, out);
    return e.code == ERR_OK ? o->until(t, *out, DAY_OPEN) : e.code == ERR_NOT_FOUND ? OK : e;
}

static err ready_from(const struct taking *t, int64_t *out)
{
    struct q_ready_item_from row;
    TRY(q_ready_item_from(t->c->db, t->c->arena, t->d->theirs->code, t->from_day, &row));
    *out = row.id;
    return OK;
}

static err ready_until(const struct taking *t, int64_t id, int64_t day)
{
    return q_ready_item_end(t->c->db, day, id, NULL);
}

static err ready_take(const struct taking *t)
{
    static const struct of_day of_day = {ready_from, ready_until};
    const struct kit_entry *e = t->d->theirs;
    const str from = kit_value(e, S("from"));
    const int64_t least = number_of(e, S("least"));
    const int64_t order = number_of(e, S("order"));
    int64_t id;
    TRY(begun_here(t, &of_day, &id));
    if (id != 0) {
        const struct q_ready_item_mend_in in = {from, least, order, id};
        TRY(q_ready_item_mend(t->c->db, &in, NULL));
        return names_sync(t, &kit_ready_names, id);
    }
    id = id_next(t->c);
    const struct q_ready_item_add_in in = {id, e->code, from, least, order, t->from_day};
    TRY(q_ready_item_add(t->c->db, &in, NULL));
    return names_put(t, &kit_ready_names, id);
}

static err ready_end(const struct taking *t)
{
    return q_ready_item_end(t->c->db, t->from_day, t->here->id, NULL);
}

/* ---- model by-laws ---- */

static err model_texts(const struct taking *t, int64_t id)
{
    const struct kit_entry *e = t->d->theirs;
    TRY(q_bylaw_model_texts_remove(t->c->db, id, NULL));
    for (size_t i = 0; i < e->fields_n; i++) {
        const str lang = lang_of_field(e->fields[i].name, S("words"));
        if (lang.n == 0) {
            continue;
        }
        const str title = kit_value(e, arena_printf(t->c->arena, "title.%.*s", STR_F(lang)));
        const struct q_bylaw_model_text_put_in in = {id, lang, title.n > 0 ? title : e->code,
                                                     e->fields[i].value};
        TRY(q_bylaw_model_text_put(t->c->db, &in, NULL));
    }
    return OK;
}

static err model_from(const struct taking *t, int64_t *out)
{
    struct q_bylaw_model_from row;
    TRY(q_bylaw_model_from(t->c->db, t->c->arena, t->d->theirs->code, t->from_day, &row));
    *out = row.id;
    return OK;
}

static err model_until(const struct taking *t, int64_t id, int64_t day)
{
    return q_bylaw_model_end(t->c->db, day, id, NULL);
}

static err model_take(const struct taking *t)
{
    static const struct of_day of_day = {model_from, model_until};
    const struct kit_entry *e = t->d->theirs;
    struct q_place_by_code unit;
    int64_t id;
    TRY(place_find(t->c, kit_value(e, S("unit")), &unit));
    TRY(begun_here(t, &of_day, &id));
    if (id != 0) {
        const struct q_bylaw_model_mend_in in = {unit.id, kit_value(e, S("basis")), id};
        TRY(q_bylaw_model_mend(t->c->db, &in, NULL));
        return model_texts(t, id);
    }
    const struct q_bylaw_model_add_in in = {id_next(t->c), e->code, unit.id, kit_value(e, S("basis")),
                                            t->from_day};
    TRY(q_bylaw_model_add(t->c->db, &in, NULL));
    return model_texts(t, in.id);
}

static err model_end(const struct taking *t)
{
    return q_bylaw_model_end(t->c->db, t->from_day, t->here->id, NULL);
}

/* ---- ready-made curricula ---- */

static err curriculum_texts(const struct taking *t, int64_t id)
{
    const struct kit_entry *e = t->d->theirs;
    TRY(q_curriculum_model_texts_remove(t->c->db, id, NULL));
    for (size_t i = 0; i < e->fields_n; i++) {
        const str lang = lang_of_field(e->fields[i].name, S("topics"));
        if (lang.n > 0) {
            const str title = kit_value(e, arena_printf(t->c->arena, "title.%.*s", STR_F(lang)));
            const struct q_curriculum_model_text_put_in in = {id, lang, title, e->fields[i].value};
            TRY(q_curriculum_model_text_put(t->c->db, &in, NULL));
        }
    }
    return OK;
}

static err curriculum_from(const struct taking *t, int64_t *out)
{
    struct q_curriculum_model_from row;
    TRY(q_curriculum_model_from(t->c->db, t->c->arena, t->d->theirs->code, t->from_day, &row));
    *out = row.id;
    return OK;
}

static err curriculum_until(const struct taking *t, int64_t id, int64_t day)
{
    return q_curriculum_model_end(t->c->db, day, id, NULL);
}

static err curriculum_take(const struct taking *t)
{
    static const struct of_day of_day = {curriculum_from, curriculum_until};
    const struct kit_entry *e = t->d->theirs;
    struct q_place_by_code unit;
    int64_t id;
    TRY(place_find(t->c, kit_value(e, S("unit")), &unit));
    TRY(begun_here(t, &of_day, &id));
    if (id != 0) {
        TRY(q_curriculum_model_mend(t->c->db, unit.id, id, NULL));
        return curriculum_texts(t, id);
    }
    const struct q_curriculum_model_add_in in = {id_next(t->c), e->code, unit.id, t->from_day};
    TRY(q_curriculum_model_add(t->c->db, &in, NULL));
    return curriculum_texts(t, in.id);
}

static err curriculum_end(const struct taking *t)
{
    return q_curriculum_model_end(t->c->db, t->from_day, t->here->id, NULL);
}

/* ---- recorded questions ---- */

static err prompt_take(const struct taking *t)
{
    SCOPED(buf_free) struct buf sound = buf_new(KIT_SOUND_MAX);
    const struct kit_entry *e = t->d->theirs;
    struct prompt_brought b = {.lang = e->code,
                               .speaker = kit_value(e, S("speaker")),
                               .type = kit_value(e, S("type")),
                               .machine = number_of(e, S("machine")) != 0,
                               .seconds = number_of(e, S("seconds"))};
    b.key = str_cut(&b.lang, '/');
    TRY(kit_sound_get(e, &sound));
    b.sound = buf_str(&sound);
    return prompt_bring(t->c, &b);
}

/* ---- other institutions ---- */

static err portal_services_take(const struct taking *t, int64_t portal, int64_t order)
{
    enum { APART = 1000 }; /* of one service those of the first institution stand first */
    str services = kit_value(t->d->theirs, S("services"));
    str code;
    int64_t n = 0;
    TRY(q_portal_services_remove(t->c->db, portal, NULL));
    while (str_word(&services, &code)) {
        const struct q_portal_service_add_in in = {code, portal, order * APART + ++n};
        TRY(q_portal_service_add(t->c->db, &in, NULL));
    }
    return OK;
}

static err outcomes_take(const struct taking *t, int64_t portal)
{
    struct q_portal_outcome_list *old;
    size_t n;
    TRY(q_portal_outcome_list(t->c->db, t->c->arena, portal, &old, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(q_kit_labels_remove(t->c->db, S("portal_outcome"), old[i].id, NULL));
    }
    TRY(q_portal_outcomes_remove(t->c->db, portal, NULL));
    for (size_t i = 0; i < KIT_OUTCOMES_MAX; i++) {
        const struct kit_names words = {kit_outcome_field(t->c->arena, i), S("portal_outcome")};
        const str code = kit_value(t->d->theirs, words.prefix);
        if (code.n > 0) {
            const struct q_portal_outcome_add_in in = {id_next(t->c), portal, code, (int64_t)i + 1};
            TRY(q_portal_outcome_add(t->c->db, &in, NULL));
            TRY(names_put(t, &words, in.id));
        }
    }
    return OK;
}

static err portal_take(const struct taking *t)
{
    const struct kit_entry *e = t->d->theirs;
    struct q_place_by_code unit;
    struct q_portal_by_code there;
    TRY(place_find(t->c, kit_value(e, S("unit")), &unit));
    const struct q_portal_put_in in = {.id = id_next(t->c),
                                       .portal_code = e->code,
                                       .unit_id = unit.id,
                                       .way_code = kit_value(e, S("way")),
                                       .account_flag = number_of(e, S("account")),
                                       .look_text = kit_value(e, S("looks")),
                                       .escalated_days = option_of(e, S("escalated")),
                                       .helpline_text = text_or_none(kit_value(e, S("helpline"))),
                                       .lang_code = kit_value(e, S("lang")),
                                       .fields_text = kit_value(e, S("fields")),
                                       .verify_flag = number_of(e, S("verify")),
                                       .sort_no = number_of(e, S("order")),
                                       .valid_from_day = t->from_day};
    TRY(q_portal_put(t->c->db, &in, NULL));
    TRY(q_portal_by_code(t->c->db, t->c->arena, e->code, &there));
    TRY(portal_services_take(t, there.id, in.sort_no));
    TRY(outcomes_take(t, there.id));
    TRY(names_sync(t, &kit_portal_names[0], there.id));
    return names_sync(t, &kit_portal_names[1], there.id);
}

static err portal_end(const struct taking *t)
{
    return q_portal_until(t->c->db, t->from_day, t->here->id, NULL);
}

/* ---- messages ---- */

static str said(const struct taking *t, const struct kit_entry *e, const char *what, str lang)
{
    return e == NULL ? S("") : kit_value(e, arena_printf(t->c->arena, "%s.%.*s", what, STR_F(lang)));
}

static bool says_same(const struct taking *t, str lang)
{
    static const char *const parts[] = {"title", "words", "basis"};
    for (size_t i = 0; i < 3; i++) {
        if (!str_eq(said(t, t->d->theirs, parts[i], lang), said(t, t->d->ours, parts[i], lang))) {
            return false;
        }
    }
    return true;
}

static struct message_said says(const struct taking *t, str lang)
{
    return (struct message_said){.lang = lang,
                                 .title = said(t, t->d->theirs, "title", lang),
                                 .words = said(t, t->d->theirs, "words", lang),
                                 .basis = said(t, t->d->theirs, "basis", lang)};
}

static err approve(const struct taking *t, struct ctx *as, str code, str lang, int64_t version)
{
    const str post = said(t, t->d->theirs, "approved", lang);
    int64_t day;
    if (post.n == 0 || !str_i64(said(t, t->d->theirs, "approved_day", lang), &day)) {
        return OK;
    }
    return message_approve(as, &(struct message_version){code, lang, version}, post,
                           day < t->today ? day : t->today);
}

/* The newest version of a language: its number. */
static err version_now(struct ctx *as, str code, str lang, int64_t *out)
{
    struct q_message_by_code m;
    struct q_version_all *versions;
    size_t n;
    TRY(message_find(as, code, &m, &versions, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(versions[i].lang_code, lang)) {
            *out = versions[i].version_no;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

static err language_take(const struct taking *t, struct ctx *as, str lang, str *io_code)
{
    const struct kit_entry *e = t->d->theirs;
    const struct message_said s = says(t, lang);
    const bool approved = said(t, t->d->ours, "approved", lang).n > 0;
    int64_t version = 1;
    if (io_code->n == 0) {
        const struct message_new m = {.unit = kit_value(e, S("unit")),
                                      .topic = kit_value(e, S("topic")),
                                      .form = S("text"),
                                      .author = kit_value(e, S("author")),
                                      .channel = kit_value(e, S("channel")),
                                      .audience = kit_value(e, S("audience")),
                                      .said = s};
        TRY(message_add(as, &m, io_code));
    } else if (!says_same(t, lang) || approved) {
        if (says_same(t, lang) &&
            str_eq(said(t, e, "approved", lang), said(t, t->d->ours, "approved", lang)) &&
            str_eq(said(t, e, "approved_day", lang), said(t, t->d->ours, "approved_day", lang))) {
            return OK;
        }
        TRY(message_revise(as, *io_code, &s, &version));
    } else {
        TRY(version_now(as, *io_code, lang, &version));
    }
    return approve(t, as, *io_code, lang, version);
}

static err message_code(const struct taking *t, str *out)
{
    struct q_kit_message_code row;
    *out = S("");
    if (t->here == NULL) {
        return OK;
    }
    TRY(q_kit_message_code(t->c->db, t->c->arena, t->here->id, &row));
    *out = row.message_code;
    return OK;
}

static err message_take(const struct taking *t)
{
    const struct kit_entry *e = t->d->theirs;
    /* Whoever takes a kit may take all of it; who she is stays in the record. */
    struct ctx as = *t->c;
    str code;
    as.actor.role = ROLE_SYSTEM;
    TRY(message_code(t, &code));
    for (size_t i = 0; i < e->fields_n; i++) {
        const str lang = lang_of_field(e->fields[i].name, S("words"));
        if (lang.n > 0) {
            TRY(language_take(t, &as, lang, &code));
        }
    }
    return OK;
}

/* The versions that are shown are withdrawn. */
static err message_end(const struct taking *t)
{
    struct ctx as = *t->c;
    str code;
    struct q_message_by_code m;
    struct q_version_all *versions;
    size_t n;
    as.actor.role = ROLE_SYSTEM;
    TRY(message_code(t, &code));
    TRY(message_find(&as, code, &m, &versions, &n));
    for (size_t i = 0; i < n; i++) {
        if (!versions[i].withdrawn_day.given) {
            const struct message_version v = {code, versions[i].lang_code, versions[i].version_no};
            TRY(message_withdraw(&as, &v));
        }
    }
    return OK;
}

/* ---- all of it ---- */

/* Pictures and papers go on standing: old services have them. So do recordings: a kit has not room for all.
 */
static err stays(const struct taking *t)
{
    (void)t;
    return OK;
}

static const struct {
    err (*take)(const struct taking *t), (*end)(const struct taking *t);
} kinds[KIT_KINDS] = {
    [KIT_GROUP] = {group_take, stays},           [KIT_DOCUMENT] = {document_take, stays},
    [KIT_SERVICE] = {service_take, service_end}, [KIT_TERM] = {term_take, term_end},
    [KIT_MESSAGE] = {message_take, message_end}, [KIT_BYLAW] = {model_take, model_end},
    [KIT_READY] = {ready_take, ready_end},       [KIT_CURRICULUM] = {curriculum_take, curriculum_end},
    [KIT_PROMPT] = {prompt_take, stays},         [KIT_PORTAL] = {portal_take, portal_end},
};

static bool wanted(const struct kit_choice *how, const struct kit_difference *d)
{
    const enum kit_how h = how->how[d->kind];
    return h == KIT_ALL || (h == KIT_NEW && d->change != KIT_OURS);
}

static err one_take(struct taking *t)
{
    const struct kit_entry *e = t->d->theirs;
    const str code = e != NULL ? e->code : t->d->ours->code;
    t->here = kit_here_find(t->plan->here, t->d->kind, code);
    return e != NULL ? kinds[t->d->kind].take(t) : kinds[t->d->kind].end(t);
}

/* What a message became here: asked of what stands afterwards by its words, as its code is new. */
static err message_here(const struct taking *t, const struct kit_entry *e, struct opt_i64 *out)
{
    const struct kit_here *h = kit_here_find(t->plan->here, KIT_MESSAGE, e->code);
    struct q_kit_message_newest row;
    *out = (struct opt_i64){.given = false};
    if (e->kind != KIT_MESSAGE) {
        return OK;
    }
    if (h != NULL) {
        *out = SOME(h->id);
        return OK;
    }
    TRY(q_kit_message_newest(t->c->db, t->c->arena, &row));
    *out = SOME(row.id);
    return OK;
}

static err note_taken(const struct taking *t, const struct kit_entry *e)
{
    SCOPED(buf_free) struct buf text = buf_new(KIT_BYTES_MAX);
    struct q_kit_taken_put_in in = {.kit_kind_code = kit_kind_codes[e->kind],
                                    .item_code = e->code,
                                    .kit_no = t->no,
                                    .taken_ms = t->c->now_ms};
    kit_entry_kept(e, &text);
    in.content_text = buf_str(&text);
    TRY(message_here(t, e, &in.local_id));
    return q_kit_taken_put(t->c->db, &in, NULL);
}

static const struct kit_difference *difference_of(const struct kit_plan *p, const struct kit_entry *e)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->rows[i].theirs == e) {
            return &p->rows[i];
        }
    }
    return NULL;
}

/* What is here already as the kit has it counts as taken. */
static err same_note(struct taking *t)
{
    const struct kit *theirs = &t->plan->theirs;
    for (size_t i = 0; i < theirs->n; i++) {
        if (difference_of(t->plan, &theirs->entries[i]) == NULL) {
            TRY(note_taken(t, &theirs->entries[i]));
        }
    }
    return OK;
}

static err rows_take(struct taking *t, const struct kit_choice *how, size_t *out_n)
{
    size_t n = 0;
    for (size_t i = 0; i < t->plan->n; i++) {
        t->d = &t->plan->rows[i];
        if (!wanted(how, t->d)) {
            continue;
        }
        TRY(one_take(t));
        if (t->d->theirs != NULL) {
            TRY(note_taken(t, t->d->theirs));
        } else {
            TRY(q_kit_taken_remove(t->c->db, kit_kind_codes[t->d->kind], t->d->ours->code, NULL));
        }
        n++;
    }
    *out_n = n;
    return OK;
}

err kit_take(struct ctx *c, int64_t no, const struct kit_choice *how, size_t *out_taken)
{
    struct q_kit_get row;
    struct kit_plan plan;
    struct taking t = {.c = c, .plan = &plan, .no = no, .today = local_day(c->now_ms)};
    size_t n;
    TRY(c->actor.role == ROLE_MANAGER ? FAIL(NOT_FOUND) : kit_waiting(c, no, &row));
    if (!str_eq(row.kit_state_code, S("waiting"))) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_KIT_DECIDED, NULL);
    }
    t.from_day = how->from_day != 0 ? how->from_day : t.today;
    if (t.from_day < t.today) {
        return fail_set(c->fail, ERR_INVALID, MSG_KIT_DAY_PAST, "day");
    }
    TRY(kit_compare(c, row.kit_text, &plan));
    TRY(kit_key_check(c, &plan.theirs, S("")));
    const str mark = kit_mark(c, &plan);
    if (mark.n == 0 || !str_eq(mark, how->seen)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_KIT_OTHER_NOW, NULL);
    }
    TRY(same_note(&t));
    TRY(rows_take(&t, how, &n));
    *out_taken = n;
    return kit_decided(c, no, S("taken"), SOME(t.from_day), n);
}
