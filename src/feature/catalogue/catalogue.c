#include "catalogue.h"

#include "clock.h"
#include "lang.h"
#include "place.h"

static str lang_code(const struct ctx *c)
{
    return lang_table[c->lang].code;
}

err catalogue_list(struct ctx *c, struct q_service_all **out, size_t *out_n)
{
    return q_service_all(c->db, c->arena, lang_code(c), local_day(c->now_ms), out, out_n);
}

err catalogue_find(struct ctx *c, str code, struct q_service_by_code *out)
{
    return q_service_by_code(c->db, c->arena, code, local_day(c->now_ms), out);
}

bool catalogue_over(struct ctx *c, str code)
{
    struct q_service_ended row;
    const int64_t day = local_day(c->now_ms);
    return q_service_ended(c->db, c->arena, code, &row).code == ERR_OK &&
           (row.valid_from_day > day || row.valid_to_day <= day);
}

err catalogue_names(struct ctx *c, const int64_t *ids, size_t n, struct q_service_names **out, size_t *out_n)
{
    struct id_set asked;
    TRY(id_set_of(c->arena, ids, n, &asked));
    struct q_service_names *all = arena_array_of(c->arena, struct q_service_names, asked.n + 1);
    size_t kept = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < asked.n; at += ID_LIST_MAX) {
        const size_t few = asked.n - at < ID_LIST_MAX ? asked.n - at : ID_LIST_MAX;
        struct q_service_names *rows;
        size_t rows_n;
        TRY(q_service_names(c->db, c->arena, lang_code(c), asked.ids + at, few, &rows, &rows_n));
        for (size_t i = 0; i < rows_n; i++) {
            all[kept++] = rows[i];
        }
    }
    *out = all;
    *out_n = kept;
    return OK;
}

err catalogue_groups(struct ctx *c, struct q_service_group_all **out, size_t *out_n)
{
    return q_service_group_all(c->db, c->arena, lang_code(c), out, out_n);
}

bool catalogue_takes_down(str sensitivity)
{
    return !str_eq(sensitivity, S("X"));
}

/* ---- the nearest row up the tree ---- */

err catalogue_term(struct ctx *c, int64_t service, int64_t unit, int64_t day, struct q_service_term_on *out)
{
    struct opt_i64 at = SOME(unit);
    while (at.given) {
        const struct q_service_term_on_in in = {.on_day = day, .service_id = service, .unit_id = at.v};
        const err e = q_service_term_on(c->db, c->arena, &in, out);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
        TRY(place_parent(c, at.v, &at));
    }
    return FAIL(NOT_FOUND);
}

err catalogue_term_words(struct ctx *c, int64_t term, str *out_answers, str *out_appeal)
{
    TRY(label_find(c, S("term_body"), term, out_answers));
    return label_find(c, S("term_appeal"), term, out_appeal);
}

err catalogue_body(struct ctx *c, int64_t service, int64_t unit, int64_t *out_body)
{
    const int64_t day = local_day(c->now_ms);
    struct opt_i64 at = SOME(unit);
    while (at.given) {
        const struct q_service_body_on_in in = {.on_day = day, .service_id = service, .unit_id = at.v};
        struct q_service_body_on row;
        const err e = q_service_body_on(c->db, c->arena, &in, &row);
        if (e.code == ERR_OK) {
            *out_body = row.body_id;
            return OK;
        }
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
        TRY(place_parent(c, at.v, &at));
    }
    return FAIL(NOT_FOUND);
}

/* What stands at this unit fills the gaps that nearer ones left. */
static err terms_fill(struct ctx *c, int64_t unit, const struct q_service_all *services, size_t n,
                      struct q_service_terms_at *io)
{
    const struct q_service_terms_at_in in = {
        .on_day = local_day(c->now_ms), .lang_code = lang_code(c), .unit_id = unit};
    struct q_service_terms_at *rows;
    size_t rows_n;
    TRY(q_service_terms_at(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        for (size_t k = 0; k < n; k++) {
            if (services[k].id == rows[i].service_id && io[k].id == 0) {
                io[k] = rows[i];
            }
        }
    }
    return OK;
}

err catalogue_terms(struct ctx *c, int64_t unit, const struct q_service_all *services, size_t n,
                    struct q_service_terms_at **out)
{
    struct q_service_terms_at *terms = arena_array_of(c->arena, struct q_service_terms_at, n + 1);
    struct opt_i64 at = unit != 0 ? SOME(unit) : NONE_I64;
    if (terms == NULL) {
        return FAIL(LIMIT);
    }
    while (at.given) {
        TRY(terms_fill(c, at.v, services, n, terms));
        TRY(place_parent(c, at.v, &at));
    }
    *out = terms;
    return OK;
}

/* ---- papers ---- */

err catalogue_documents(struct ctx *c, int64_t service, struct q_service_documents **out, size_t *out_n)
{
    const struct q_service_documents_in in = {
        .on_day = local_day(c->now_ms), .lang_code = lang_code(c), .service_id = service};
    return q_service_documents(c->db, c->arena, &in, out, out_n);
}

err catalogue_document_find(struct ctx *c, str code, int64_t *out_id)
{
    struct q_document_by_code row;
    TRY(q_document_by_code(c->db, c->arena, code, &row));
    *out_id = row.id;
    return OK;
}

/* ---- what is only pointed to ---- */

static str or_empty(str s)
{
    return s.p == NULL ? S("") : s;
}

err catalogue_pointed(struct ctx *c, int64_t unit, struct pointed **out, size_t *out_n)
{
    struct q_service_all *services;
    struct q_service_terms_at *terms;
    size_t n;
    TRY(catalogue_list(c, &services, &n));
    TRY(catalogue_terms(c, unit, services, n, &terms));
    struct pointed *rows = arena_array_of(c->arena, struct pointed, n + 1);
    size_t kept = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (!catalogue_takes_down(services[i].sensitivity_code)) {
            rows[kept++] = (struct pointed){.code = services[i].service_code,
                                            .name = services[i].name_text,
                                            .icon = services[i].icon_code,
                                            .answered_by = or_empty(terms[i].answered_text),
                                            .helpline = or_empty(terms[i].helpline_text)};
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

err catalogue_point(struct ctx *c, int64_t home)
{
    return q_pointed_add(c->db, home, local_month(c->now_ms), NULL);
}
