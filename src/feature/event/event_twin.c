/* event_twin.c: one person written down on two tablets: likely twins of a roster, put together or told apart.
 */
#include "event_day_inside.h"
#include "fold.h"
#include "msg.h"
#include "vault.h"

/* ---- who may be one ---- */

static bool told_apart(const struct q_event_person_apart_list *rows, size_t n, int64_t first, int64_t second)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].person_no == second && rows[i].other_no == first) {
            return true;
        }
    }
    return false;
}

static bool alike(const struct day_name *a, const struct day_name *b, str a_folded, str b_folded)
{
    const bool one_number = a->phone.n > 0 && str_eq(a->phone, b->phone);
    const bool one_name = a_folded.n > 0 && str_eq(a_folded, b_folded);
    return str_eq(a->row.role_code, b->row.role_code) && (one_number || one_name);
}

err day_twins(struct ctx *c, const struct event_view *v, const struct day_name *people, size_t n,
              struct day_twin **out, size_t *out_n)
{
    struct q_event_person_apart_list *apart;
    size_t apart_n;
    size_t found = 0;
    struct day_twin *twins = arena_array_of(c->arena, struct day_twin, DAY_TWINS_MAX);
    str *folded = arena_array_of(c->arena, str, n + 1);
    if (twins == NULL || folded == NULL) {
        return FAIL(LIMIT);
    }
    TRY(q_event_person_apart_list(c->db, c->arena, v->row.home, v->row.id, &apart, &apart_n));
    for (size_t i = 0; i < n; i++) {
        TRY(fold(c->arena, people[i].name, &folded[i]));
    }
    for (size_t b = 1; b < n; b++) {
        for (size_t a = 0; a < b && found < DAY_TWINS_MAX; a++) {
            if (alike(&people[a], &people[b], folded[a], folded[b]) &&
                !told_apart(apart, apart_n, people[a].row.person_no, people[b].row.person_no)) {
                twins[found++] = (struct day_twin){a, b};
            }
        }
    }
    *out = twins;
    *out_n = found;
    return OK;
}

/* ---- what somebody said of them ---- */

static err pair_find(struct ctx *c, const struct event_view *v, int64_t no, int64_t as, str *out_role)
{
    const struct day_record desk = {.record = S("desk")}; /* as long as what devices bring */
    struct q_event_person_get a;
    struct q_event_person_get b;
    bool later;
    const struct q_event_person_get_in one = {v->row.home, v->row.id, no};
    const struct q_event_person_get_in other = {v->row.home, v->row.id, as};
    TRY(day_takes(c, v, &desk, &later));
    TRY(q_event_person_get(c->db, c->arena, &one, &a));
    TRY(q_event_person_get(c->db, c->arena, &other, &b));
    *out_role = a.role_code;
    return no != as && str_eq(a.role_code, b.role_code)
               ? OK
               : day_refuse(c, ERR_INVALID, MSG_DAY_TWIN_NEITHER, "same_no");
}

/* The number that the second row had and the first had not. */
static err number_move(struct ctx *c, const struct event_view *v, int64_t no, int64_t as)
{
    const struct q_event_person_sealed_in one = {v->row.home, v->row.id, no};
    const struct q_event_person_sealed_in other = {v->row.home, v->row.id, as};
    struct q_event_person_sealed from;
    struct q_event_person_sealed to;
    str e164;
    TRY(q_event_person_sealed(c->db, c->arena, &one, &from));
    TRY(q_event_person_sealed(c->db, c->arena, &other, &to));
    TRY(day_number_forget(c, v, no));
    if (from.phone_enc.p == NULL || to.phone_enc.p != NULL) {
        return OK;
    }
    TRY(vault_unseal(c, v->row.key_no, S("roster_phone"), from.phone_enc, &e164));
    return day_number_index(c, v, as, e164);
}

err day_person_same(struct ctx *c, const struct event_view *v, int64_t no, int64_t as)
{
    struct event_cells cells;
    str role;
    TRY(pair_find(c, v, no, as, &role));
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    const int64_t total = day_role_total(&cells, day_index(event_role_words, EVENT_role_n, role));
    TRY(day_role_keeps(c, v, role, total - 1));
    TRY(number_move(c, v, no, as));
    const struct q_event_person_fill_in fill = {
        .home = v->row.home, .event_id = v->row.id, .person_no = no, .head_no = as};
    const struct q_event_person_below_in below = {
        .head_no = as, .put_ms = c->now_ms, .home = v->row.home, .event_id = v->row.id, .person_no = no};
    const struct q_event_person_below_move_in move = {
        .new_no = as, .home = v->row.home, .event_id = v->row.id, .head_no = no};
    const struct q_event_person_remove_in gone = {v->row.home, v->row.id, no};
    TRY(q_event_person_fill(c->db, &fill, NULL));
    TRY(q_event_person_below(c->db, &below, NULL));
    TRY(q_event_person_below_move(c->db, &move, NULL));
    TRY(q_event_person_remove(c->db, &gone, NULL));
    return day_audit(c, v, S("event.person"),
                     arena_printf(c->arena, "no=%lld same_as=%lld", (long long)no, (long long)as));
}

err day_person_apart(struct ctx *c, const struct event_view *v, int64_t no, int64_t as)
{
    str role;
    TRY(pair_find(c, v, no, as, &role));
    const struct q_event_person_apart_put_in row = {v->row.home, v->row.id, no, as};
    TRY(q_event_person_apart_put(c->db, &row, NULL));
    return day_audit(c, v, S("event.person"),
                     arena_printf(c->arena, "no=%lld apart_from=%lld", (long long)no, (long long)as));
}
