/* reference.c: units.csv, unit_groups.csv, unit_members.csv, service_groups.csv, documents.csv, services.csv,
 * terms.csv and service_documents.csv into tables. */
#include "reference.h"

#include "audit.h"
#include "clock.h"
#include "lang.h"
#include "place.h"
#include "kit_seed.h"
#include "message_seed.h"
#include "plan_seed.h"
#include "portal_seed.h"
#include "seed.sql.h"

enum { REFERENCE_ARENA = 16 * 1024 * 1024 };
enum { DRAFT_PS = 1u << LANG_PS, DRAFT_UR = 1u << LANG_UR };

static const struct seed_labels unit_names = {S_INIT("name"), S_INIT("unit"), DRAFT_PS};
static const struct seed_labels unit_group_names = {S_INIT("name"), S_INIT("unit_group"), DRAFT_PS};
static const struct seed_labels group_names = {S_INIT("name"), S_INIT("service_group"), DRAFT_PS};
static const struct seed_labels service_names = {S_INIT("name"), S_INIT("service"), DRAFT_PS};
static const struct seed_labels document_names = {S_INIT("name"), S_INIT("document"), DRAFT_UR | DRAFT_PS};
static const struct seed_labels answer_names = {S_INIT("answers"), S_INIT("term_body"), DRAFT_UR | DRAFT_PS};
static const struct seed_labels appeal_names = {S_INIT("appeal"), S_INIT("term_appeal"), DRAFT_UR | DRAFT_PS};

static const struct seed_labels basis_names = {S_INIT("basis"), S_INIT("term_basis"), DRAFT_UR | DRAFT_PS};

static struct opt_i64 some_or_none(int64_t id)
{
    return id != 0 ? SOME(id) : NONE_I64;
}

static err unit_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct seed_known k = {.id = id_next(s->c)};
    str parent;
    TRY(seed_cell(t, row, S("code"), &k.code));
    TRY(seed_cell(t, row, S("parent"), &parent));
    TRY(seed_i64(t, row, S("level"), &k.level));
    const struct seed_known *up = seed_find(&s->units, parent);
    if (up == NULL && parent.n > 0) {
        return FAIL(BUG);
    }
    if (up != NULL) {
        k.province_id = up->province_id;
        k.district_id = up->district_id;
    }
    k.province_id = k.level == LEVEL_PROVINCE ? k.id : k.province_id;
    k.district_id = k.level == LEVEL_DISTRICT ? k.id : k.district_id;
    const struct q_seed_unit_add_in in = {
        .id = k.id,
        .unit_code = k.code,
        .level_no = k.level,
        .parent_id = up != NULL ? SOME(up->id) : NONE_I64,
        .province_id = some_or_none(k.province_id),
        .district_id = some_or_none(k.district_id),
        .council_code = STR_NONE,
        .valid_from_day = SEED_FROM_DAY,
        .valid_to_day = DAY_OPEN,
    };
    TRY(q_seed_unit_add(s->c->db, &in, NULL));
    TRY(seed_note(&s->units, &k));
    return seed_labels_add(s->c, t, row, &unit_names, k.id);
}

static err unit_group_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct seed_known k = {.id = id_next(s->c)};
    int64_t from;
    TRY(seed_cell(t, row, S("code"), &k.code));
    TRY(seed_i64(t, row, S("from_day"), &from));
    const struct q_seed_unit_group_add_in in = {
        .id = k.id, .group_code = k.code, .valid_from_day = from, .valid_to_day = DAY_OPEN};
    TRY(q_seed_unit_group_add(s->c->db, &in, NULL));
    TRY(seed_note(&s->groups, &k));
    return seed_labels_add(s->c, t, row, &unit_group_names, k.id);
}

static err unit_member_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    const struct seed_known *group;
    const struct seed_known *unit;
    int64_t from;
    TRY(seed_ref(&s->groups, t, row, S("group"), &group));
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    TRY(seed_i64(t, row, S("from_day"), &from));
    const struct q_seed_unit_group_member_add_in in = {
        .group_id = group->id, .unit_id = unit->id, .valid_from_day = from, .valid_to_day = DAY_OPEN};
    return q_seed_unit_group_member_add(s->c->db, &in, NULL);
}

static err service_group_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_seed_service_group_add_in in = {.id = id_next(s->c), .sort_no = (int64_t)row + 1};
    TRY(seed_cell(t, row, S("code"), &in.group_code));
    TRY(seed_cell(t, row, S("icon"), &in.icon_code));
    TRY(q_seed_service_group_add(s->c->db, &in, NULL));
    TRY(seed_note(&s->groups, &(struct seed_known){.code = in.group_code, .id = in.id}));
    return seed_labels_add(s->c, t, row, &group_names, in.id);
}

static err document_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct seed_known k = {.id = id_next(s->c)};
    TRY(seed_cell(t, row, S("code"), &k.code));
    TRY(q_seed_document_add(s->c->db, k.id, k.code, NULL));
    TRY(seed_note(&s->documents, &k));
    return seed_labels_add(s->c, t, row, &document_names, k.id);
}

static err service_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_seed_service_add_in in = {.id = id_next(s->c),
                                       .sort_no = (int64_t)row + 1,
                                       .valid_from_day = TERM_FROM_DAY,
                                       .valid_to_day = DAY_OPEN};
    const struct seed_known *group;
    TRY(seed_cell(t, row, S("code"), &in.service_code));
    TRY(seed_ref(&s->groups, t, row, S("group"), &group));
    in.group_id = group->id;
    TRY(seed_i64(t, row, S("application"), &in.application_flag));
    TRY(seed_cell(t, row, S("sensitivity"), &in.sensitivity_code));
    TRY(seed_cell(t, row, S("icon"), &in.icon_code));
    TRY(seed_cell(t, row, S("answered_by"), &in.body_kind_code));
    in.body_kind_code = in.body_kind_code.n > 0 ? in.body_kind_code : STR_NONE;
    in.municipal_flag = str_starts(in.service_code, S("M-"));
    TRY(q_seed_service_add(s->c->db, &in, NULL));
    TRY(seed_note(&s->services, &(struct seed_known){.code = in.service_code, .id = in.id}));
    return seed_labels_add(s->c, t, row, &service_names, in.id);
}

static err fee_of(const struct seed_table *t, size_t row, struct opt_i64 *out)
{
    str text;
    int64_t rupees;
    TRY(seed_cell(t, row, S("fee"), &text));
    if (text.n > 0) {
        TRY(seed_i64(t, row, S("fee"), &rupees));
        *out = SOME(rupees);
    }
    return OK;
}

static err term_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_seed_term_add_in in = {
        .id = id_next(s->c), .valid_from_day = TERM_FROM_DAY, .valid_to_day = DAY_OPEN};
    const struct seed_known *service;
    const struct seed_known *unit;
    str days;
    int64_t limit;
    TRY(seed_ref(&s->services, t, row, S("service"), &service));
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    TRY(seed_cell(t, row, S("limit_days"), &days));
    if (days.n > 0) {
        TRY(seed_i64(t, row, S("limit_days"), &limit));
        in.limit_days = SOME(limit);
    }
    TRY(seed_cell(t, row, S("basis_en"), &in.basis_text));
    TRY(seed_i64(t, row, S("verify"), &in.verify_flag));
    TRY(seed_cell(t, row, S("helpline"), &in.helpline_text));
    in.helpline_text = in.helpline_text.n > 0 ? in.helpline_text : STR_NONE;
    TRY(fee_of(t, row, &in.fee_no));
    in.service_id = service->id;
    in.unit_id = unit->id;
    TRY(q_seed_term_add(s->c->db, &in, NULL));
    TRY(seed_labels_add(s->c, t, row, &answer_names, in.id));
    TRY(seed_labels_add(s->c, t, row, &basis_names, in.id));
    return seed_labels_add(s->c, t, row, &appeal_names, in.id);
}

static err service_document_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    const struct seed_known *service;
    const struct seed_known *document;
    TRY(seed_ref(&s->services, t, row, S("service"), &service));
    TRY(seed_ref(&s->documents, t, row, S("document"), &document));
    const struct q_seed_service_document_add_in in = {.service_id = service->id,
                                                      .document_id = document->id,
                                                      .sort_no = (int64_t)row + 1,
                                                      .valid_from_day = TERM_FROM_DAY,
                                                      .valid_to_day = DAY_OPEN};
    return q_seed_service_document_add(s->c->db, &in, NULL);
}

err reference_write(struct ctx *c)
{
    struct seeding s;
    static const struct {
        str file;
        err (*add)(struct seeding *s, const struct seed_table *t, size_t row);
    } files[] = {
        {S_INIT("units.csv"), unit_add},
        {S_INIT("unit_groups.csv"), unit_group_add},
        {S_INIT("unit_members.csv"), unit_member_add},
        {S_INIT("service_groups.csv"), service_group_add},
        {S_INIT("documents.csv"), document_add},
        {S_INIT("services.csv"), service_add},
        {S_INIT("terms.csv"), term_add},
        {S_INIT("service_documents.csv"), service_document_add},
    };
    TRY(seeding_begin(c, &s));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        TRY(seed_each(&s, files[i].file, files[i].add));
    }
    TRY(portals_write(&s));
    TRY(programmes_write(&s));
    TRY(kit_items_write(&s));
    return messages_write(&s);
}

static err reference_run(struct ctx *c, struct write_job *base)
{
    (void)base;
    TRY(reference_write(c));
    const struct audit_entry entry = {
        .event = S("reference.written"), .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}

err reference_fill(const struct store_config *config, struct fail *f)
{
    struct write_job job = {.run = reference_run, .actor = {.role = ROLE_SYSTEM}};
    struct store *s = NULL;
    TRY(store_open(config, &s, f));
    job.arena = arena_open(REFERENCE_ARENA);
    const err e = store_write(s, &job);
    *f = job.fail;
    arena_free(job.arena);
    store_close(s);
    return e;
}
