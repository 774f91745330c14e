/* portals.c: the institutions that take a matter over. */
#include "handover.h"

#include "clock.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                                  \
    const char *const handover_##name##_codes[HANDOVER_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word handover_##name##_words[HANDOVER_##name##_n] = {LIST(WORD)};
HANDOVER_SETS(DEFINE)

/* "20,41" */
static void looks_of(str text, struct portal *out)
{
    while (text.p != NULL && text.n > 0 && out->looks_n < HANDOVER_LOOKS_MAX) {
        if (str_i64(str_cut(&text, ','), &out->looks[out->looks_n])) {
            out->looks_n++;
        }
    }
}

static err names_fill(struct ctx *c, struct portal *p)
{
    TRY(label_find(c, S("portal"), p->id, &p->name));
    return label_find(c, S("portal_place"), p->id, &p->place);
}

err portals_for(struct ctx *c, const struct case_view *v, struct portal **out, size_t *out_n)
{
    struct place_at at;
    struct q_portal_list *rows;
    TRY(place_ancestors(c, v->row.home, &at));
    const struct q_portal_list_in in = {.on_day = local_day(c->now_ms),
                                        .province_id = at.at[LEVEL_PROVINCE],
                                        .country_id = at.at[LEVEL_COUNTRY],
                                        .service_code = v->service_code};
    TRY(q_portal_list(c->db, c->arena, &in, &rows, out_n));
    struct portal *p = arena_array_of(c->arena, struct portal, *out_n + 1);
    if (p == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < *out_n; i++) {
        const struct q_portal_list *r = &rows[i];
        p[i] = (struct portal){.id = r->id,
                               .code = r->portal_code,
                               .helpline = r->helpline_text.p == NULL ? S("") : r->helpline_text,
                               .way = r->way_code,
                               .form_lang = r->lang_code,
                               .fields = r->fields_text,
                               .account = r->account_flag != 0,
                               .fits = r->fits_flag != 0,
                               .verify = r->verify_flag != 0,
                               .escalated_days = r->escalated_days.given ? r->escalated_days.v : 0};
        looks_of(r->look_text, &p[i]);
        TRY(names_fill(c, &p[i]));
    }
    *out = p;
    return OK;
}

err portal_find(struct ctx *c, const struct case_view *v, str code, struct portal *out)
{
    struct portal *all;
    size_t n;
    TRY(portals_for(c, v, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].code, code)) {
            *out = all[i];
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

err portal_known(struct ctx *c, str code, struct portal *out)
{
    struct q_portal_by_code row;
    TRY(q_portal_by_code(c->db, c->arena, code, &row));
    struct portal p = {.id = row.id,
                       .code = row.portal_code,
                       .helpline = row.helpline_text.p == NULL ? S("") : row.helpline_text,
                       .way = row.way_code,
                       .form_lang = row.lang_code,
                       .fields = row.fields_text,
                       .account = row.account_flag != 0,
                       .verify = row.verify_flag != 0,
                       .escalated_days = row.escalated_days.given ? row.escalated_days.v : 0};
    looks_of(row.look_text, &p);
    TRY(names_fill(c, &p));
    *out = p;
    return OK;
}

err portal_words(struct ctx *c, int64_t portal_id, struct portal_word **out, size_t *out_n)
{
    struct q_portal_outcome_list *rows;
    TRY(q_portal_outcome_list(c->db, c->arena, portal_id, &rows, out_n));
    struct portal_word *words = arena_array_of(c->arena, struct portal_word, *out_n + 1);
    if (words == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < *out_n; i++) {
        words[i].code = rows[i].outcome_code;
        TRY(label_find(c, S("portal_outcome"), rows[i].id, &words[i].text));
    }
    *out = words;
    return OK;
}
