#include "kit_seed.h"

#include "bylaw.sql.h"
#include "curriculum.sql.h"
#include "lang.h"
#include "ready.sql.h"

static const struct seed_labels ready_names = {S_INIT("name"), S_INIT("ready_item"), 1u << LANG_PS};

static err ready_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_ready_item_add_in in = {.id = id_next(s->c), .valid_from_day = SEED_FROM_DAY};
    TRY(seed_cell(t, row, S("code"), &in.item_code));
    TRY(seed_cell(t, row, S("from"), &in.ready_from_code));
    TRY(seed_i64(t, row, S("least"), &in.least_n));
    TRY(seed_i64(t, row, S("order"), &in.sort_no));
    TRY(q_ready_item_add(s->c->db, &in, NULL));
    return seed_labels_add(s->c, t, row, &ready_names, in.id);
}

/* A text in each language that has one; a draft until a lawyer has read it, and it says so itself. */
static err model_texts(struct seeding *s, const struct seed_table *t, size_t row, int64_t id)
{
    static const str langs[] = {S_INIT("en"), S_INIT("ur")};
    for (size_t i = 0; i < 2; i++) {
        struct q_bylaw_model_text_put_in in = {.model_id = id, .lang_code = langs[i]};
        TRY(seed_cell(t, row, arena_printf(s->c->arena, "title_%.*s", STR_F(langs[i])), &in.title_text));
        TRY(seed_cell(t, row, arena_printf(s->c->arena, "words_%.*s", STR_F(langs[i])), &in.words_text));
        TRY(q_bylaw_model_text_put(s->c->db, &in, NULL));
    }
    return OK;
}

static err model_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_bylaw_model_add_in in = {.id = id_next(s->c), .valid_from_day = SEED_FROM_DAY};
    const struct seed_known *unit;
    TRY(seed_cell(t, row, S("code"), &in.model_code));
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    TRY(seed_cell(t, row, S("basis"), &in.basis_text));
    in.unit_id = unit->id;
    TRY(q_bylaw_model_add(s->c->db, &in, NULL));
    return model_texts(s, t, row, in.id);
}

/* A draft until those who teach it have read it; it says so itself. */
static err curriculum_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    static const str langs[] = {S_INIT("en"), S_INIT("ur")};
    struct q_curriculum_model_add_in in = {.id = id_next(s->c), .valid_from_day = SEED_FROM_DAY};
    const struct seed_known *unit;
    TRY(seed_cell(t, row, S("code"), &in.model_code));
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    in.unit_id = unit->id;
    TRY(q_curriculum_model_add(s->c->db, &in, NULL));
    for (size_t i = 0; i < 2; i++) {
        struct q_curriculum_model_text_put_in text = {.model_id = in.id, .lang_code = langs[i]};
        TRY(seed_cell(t, row, arena_printf(s->c->arena, "title_%.*s", STR_F(langs[i])), &text.title_text));
        TRY(seed_cell(t, row, arena_printf(s->c->arena, "topics_%.*s", STR_F(langs[i])), &text.topics_text));
        TRY(q_curriculum_model_text_put(s->c->db, &text, NULL));
    }
    return OK;
}

err kit_items_write(struct seeding *s)
{
    TRY(seed_each(s, S("ready_items.csv"), ready_row));
    TRY(seed_each(s, S("curricula.csv"), curriculum_row));
    return seed_each(s, S("bylaws.csv"), model_row);
}
