/* material.c: what a desk gives out, with its stock; and the question at the door. */
#include "visit_inside.h"

#include "clock.h"
#include "made_by.h"

/* ---- the question at the door ---- */

err exit_answer(struct ctx *c, const struct visit_desk *d, str face, str form)
{
    struct q_exit_count count;
    int64_t fresh;
    const int64_t today = local_day(c->now_ms);
    const struct q_exit_count_in of = {d->home, d->id, today};
    const struct q_exit_form_drop_in old = {d->home, d->id, today};
    const struct q_exit_form_add_in once = {d->home, d->id, today, form};
    const struct q_exit_add_in in = {d->home, d->id, today, face};
    if (!visit_code_in(face, visit_face_codes)) {
        return fail_set(c->fail, ERR_INVALID, 0, "face");
    }
    TRY(q_exit_count(c->db, c->arena, &of, &count));
    if (count.answers_n >= EXIT_DAY_MOST) {
        return FAIL(LIMIT);
    }
    TRY(q_exit_form_drop(c->db, &old, NULL));
    TRY(q_exit_form_add(c->db, &once, &fresh));
    return fresh == 0 ? OK : q_exit_add(c->db, &in, NULL);
}

/* ---- what is given out ---- */

err materials(struct ctx *c, const struct visit_desk *d, struct q_material_all **out, size_t *out_n)
{
    return q_material_all(c->db, c->arena, d->home, d->id, out, out_n);
}

static err move_write(struct ctx *c, const struct visit_desk *d, int64_t no, str move, int64_t n,
                      int64_t stock, str record)
{
    struct q_material_last_move last;
    const struct q_material_last_move_in of = {d->home, d->id, no};
    TRY(q_material_last_move(c->db, c->arena, &of, &last));
    const struct q_material_move_add_in in = {.home = d->home,
                                              .desk_id = d->id,
                                              .material_no = no,
                                              .move_no = last.last_n + 1,
                                              .move_code = move,
                                              .move_n = n,
                                              .stock_n = stock,
                                              .move_day = local_day(c->now_ms),
                                              .record_code = record.n > 0 ? record : STR_NONE,
                                              .made_by_id = made_by(c),
                                              .made_ms = c->now_ms};
    return q_material_move_add(c->db, &in, NULL);
}

err material_add(struct ctx *c, const struct material_new *m, int64_t *out_no)
{
    struct visit_desk d;
    struct q_material_all *rows;
    size_t n;
    TRY(visit_desk_own(c, &d));
    if (!visit_code_in(m->form, visit_form_codes) || m->name.n == 0 || m->stock < 0 ||
        m->stock > MATERIAL_MOST) {
        return fail_set(c->fail, ERR_INVALID, 0, "name");
    }
    TRY(materials(c, &d, &rows, &n));
    if (n >= MATERIALS_MOST) {
        return fail_set(c->fail, ERR_LIMIT, MSG_MATERIAL_MANY, NULL);
    }
    const struct q_material_put_in in = {.home = d.home,
                                         .desk_id = d.id,
                                         .material_no = (int64_t)n + 1,
                                         .name_text = m->name,
                                         .form_code = m->form,
                                         .lang_code = m->lang.n > 0 ? m->lang : S(""),
                                         .stock_n = m->stock};
    TRY(q_material_put(c->db, &in, NULL));
    TRY(move_write(c, &d, in.material_no, S("counted"), m->stock, m->stock, STR_NONE));
    *out_no = in.material_no;
    return desk_note(c, &d, S("desk.material_new"));
}

static err stock_after(struct ctx *c, int64_t stock, str move, int64_t n, int64_t *out)
{
    int64_t after = str_eq(move, S("counted")) ? n : str_eq(move, S("received")) ? stock + n : stock - n;
    if (after < 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_MATERIAL_TOO_FEW, "n");
    }
    if (after > MATERIAL_MOST) {
        return fail_set(c->fail, ERR_INVALID, MSG_MATERIAL_TOO_MANY, "n");
    }
    *out = after;
    return OK;
}

/* OK: it was written before, and it was this. */
static err moved_before(struct ctx *c, const struct visit_desk *d, int64_t no, str move, int64_t n,
                        str record)
{
    struct q_material_move_by_record row;
    TRY(q_material_move_by_record(c->db, c->arena, d->home, record, &row));
    return record_same(c, row.desk_id == d->id && row.material_no == no && str_eq(row.move_code, move) &&
                              row.move_n == n);
}

err material_move(struct ctx *c, int64_t no, str move, int64_t n, str record)
{
    struct visit_desk d;
    struct q_material_all row;
    int64_t after = 0;
    TRY(visit_desk_own(c, &d));
    if (!visit_code_in(move, visit_move_codes) || n < 0 || n > MATERIAL_MOST) {
        return fail_set(c->fail, ERR_INVALID, 0, "move");
    }
    if (record.n > 0) {
        const err e = moved_before(c, &d, no, move, n, record);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    const struct q_material_get_in of = {d.home, d.id, no};
    TRY(q_material_get(c->db, c->arena, &of, &row));
    TRY(stock_after(c, row.stock_n, move, n, &after));
    const struct q_material_stock_in set = {after, d.home, d.id, no};
    TRY(q_material_stock(c->db, &set, NULL));
    TRY(move_write(c, &d, no, move, n, after, record));
    return desk_note(c, &d, S("desk.material_moved"));
}
