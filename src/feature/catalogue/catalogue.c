#include "catalogue.h"

#include "clock.h"
#include "lang.h"
#include "place.h"

err catalogue_list(struct ctx *c, struct q_service_all **out, size_t *out_n)
{
    return q_service_all(c->db, c->arena, local_day(c->now_ms), lang_table[c->lang].code, out, out_n);
}

err catalogue_find(struct ctx *c, str code, struct q_service_by_code *out)
{
    return q_service_by_code(c->db, c->arena, code, local_day(c->now_ms), out);
}

bool catalogue_takes_down(str sensitivity)
{
    return !str_eq(sensitivity, S("X"));
}

err catalogue_term(struct ctx *c, int64_t service, int64_t day, struct q_service_term_on *out)
{
    return q_service_term_on(c->db, c->arena, service, day, out);
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
        struct q_place_code_of up;
        TRY(q_place_code_of(c->db, c->arena, at.v, &up));
        at = up.parent_id;
    }
    return FAIL(NOT_FOUND);
}
