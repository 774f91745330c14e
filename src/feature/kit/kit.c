/* kit.c: the difference, whose kits are taken, and kits that wait; see kit.h. */
#include "kit.h"

#include "audit.h"
#include "kit_right.h"
#include "kit_sound.h"
#include "kit_stands.h"
#include "made_by.h"
#include "msg.h"
#include "random.h"

/* ---- the difference ---- */

static err file_wrong(struct ctx *c, const struct kit_fault *f)
{
    static const enum msg words[] = {
        [KIT_FINE] = MSG_KIT_NO_KIT,       [KIT_NO_KIT] = MSG_KIT_NO_KIT,
        [KIT_NEWER] = MSG_KIT_NEWER,       [KIT_TOO_LONG] = MSG_KIT_TOO_LONG,
        [KIT_UNSIGNED] = MSG_KIT_UNSIGNED, [KIT_SIGNATURE] = MSG_KIT_SIGNATURE,
        [KIT_LINE] = MSG_KIT_LINE,         [KIT_KIND_UNKNOWN] = MSG_KIT_KIND_UNKNOWN,
        [KIT_TWICE] = MSG_KIT_TWICE,       [KIT_FORMULA] = MSG_KIT_FORMULA};
    const err e = fail_set(c->fail, ERR_INVALID, (int)words[f->why], "file");
    c->fail->args[0] = (struct fail_arg){"line", arena_printf(c->arena, "%zu", f->line)};
    return e;
}

static err kit_open(struct ctx *c, str text, struct kit *out)
{
    struct kit_fault fault;
    const err e = kit_read(c->arena, text, out, &fault);
    return e.code == ERR_INVALID ? file_wrong(c, &fault) : e;
}

static err kit_elsewhere(struct ctx *c, enum msg m, str code)
{
    const err e = fail_set(c->fail, ERR_INVALID, (int)m, "file");
    c->fail->args[0] = (struct fail_arg){"code", code};
    return e;
}

/* What stands on the day from which the last kit holds, if that is still to come. */
static err ours_read(struct ctx *c, const struct kit *theirs, struct kit *out, struct kit_index *out_index)
{
    struct q_kit_last_day last;
    struct q_kit_units *units;
    size_t n;
    const int64_t today = local_day(c->now_ms);
    TRY(q_kit_units(c->db, c->arena, LEVEL_COUNTRY, today, &units, &n));
    if (n == 0 || !str_eq(units[0].unit_code, theirs->country)) {
        return kit_elsewhere(c, MSG_KIT_COUNTRY, theirs->country);
    }
    TRY(q_kit_last_day(c->db, c->arena, &last));
    const str unit = str_eq(theirs->unit, theirs->country) ? S("") : theirs->unit;
    const err e = kit_stands_indexed(c, unit, last.last_day > today ? last.last_day : today, out, out_index);
    return e.code == ERR_NOT_FOUND ? kit_elsewhere(c, MSG_KIT_UNIT_UNKNOWN, theirs->unit) : e;
}

struct base {
    const struct q_kit_taken_all *rows;
    size_t n;
};

static const struct q_kit_taken_all *base_find(const struct base *b, enum kit_kind kind, str code)
{
    for (size_t i = 0; i < b->n; i++) {
        if (str_eq(b->rows[i].item_code, code) && str_eq(b->rows[i].kit_kind_code, kit_kind_codes[kind])) {
            return &b->rows[i];
        }
    }
    return NULL;
}

static bool as_taken(const struct q_kit_taken_all *base, const struct kit_entry *ours)
{
    SCOPED(buf_free) struct buf now = buf_new(KIT_BYTES_MAX);
    if (base == NULL) {
        return false;
    }
    kit_entry_kept(ours, &now);
    return str_eq(buf_str(&now), base->content_text);
}

static void row_add(struct kit_plan *p, const struct kit_difference *d)
{
    p->rows[p->n++] = *d;
    p->count[d->kind][d->change]++;
}

/* Of a recording its checksum is compared: kit_right() has seen that it fits. */
static bool same(const struct kit_entry *ours, const struct kit_entry *theirs)
{
    struct kit_field fields[KIT_FIELDS_MAX];
    struct kit_entry said = {.fields = fields};
    for (size_t i = 0; i < theirs->fields_n; i++) {
        if (theirs->kind != KIT_PROMPT || !kit_sound_field(theirs->fields[i].name)) {
            fields[said.fields_n++] = theirs->fields[i];
        }
    }
    return kit_same(ours, &said);
}

static void theirs_compare(struct kit_plan *p, const struct base *b, const struct kit_entry *t)
{
    const struct kit_entry *ours = kit_find(&p->ours, t->kind, t->code);
    const struct q_kit_taken_all *base = base_find(b, t->kind, t->code);
    struct kit_difference d = {.kind = t->kind, .theirs = t, .ours = ours};
    if (ours != NULL && same(ours, t)) {
        p->same++;
        return;
    }
    if (ours == NULL) {
        d.change = base == NULL ? KIT_ADDED : KIT_OURS; /* taken once, and ended here since */
    } else {
        d.change = as_taken(base, ours) ? KIT_CHANGED : KIT_OURS;
    }
    row_add(p, &d);
}

/* What an earlier kit brought and this one has no more. A recording that is not in it may only have had no
 * room. */
static void ours_compare(struct kit_plan *p, const struct base *b, const struct kit_entry *o)
{
    const struct q_kit_taken_all *base = base_find(b, o->kind, o->code);
    if (base == NULL || o->kind == KIT_PROMPT || kit_find(&p->theirs, o->kind, o->code) != NULL) {
        return;
    }
    row_add(p, &(struct kit_difference){o->kind, as_taken(base, o) ? KIT_ENDED : KIT_OURS, NULL, o});
}

err kit_compare(struct ctx *c, str text, struct kit_plan *out)
{
    struct kit_plan p = {.here = arena_new_of(c->arena, struct kit_index)};
    struct base base;
    struct q_kit_taken_all *rows;
    TRY(p.here == NULL ? FAIL(LIMIT) : kit_open(c, text, &p.theirs));
    TRY(ours_read(c, &p.theirs, &p.ours, p.here));
    TRY(kit_right(c, &p.theirs, &p.ours));
    TRY(q_kit_taken_all(c->db, c->arena, &rows, &base.n));
    base.rows = rows;
    p.rows = arena_array_of(c->arena, struct kit_difference, p.theirs.n + p.ours.n + 1);
    if (p.rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < p.theirs.n; i++) {
        theirs_compare(&p, &base, &p.theirs.entries[i]);
    }
    for (size_t i = 0; i < p.ours.n; i++) {
        ours_compare(&p, &base, &p.ours.entries[i]);
    }
    *out = p;
    return OK;
}

static void entry_hashed(const struct kit_entry *e, struct buf *b)
{
    hashed_number(b, e == NULL ? -1 : (int64_t)e->fields_n);
    for (size_t i = 0; e != NULL && i < e->fields_n; i++) {
        hashed_text(b, e->fields[i].name);
        hashed_text(b, e->fields[i].value);
    }
}

str kit_mark(struct ctx *c, const struct kit_plan *p)
{
    enum { MARK_MAX = 16 * 1024 * 1024 };
    SCOPED(buf_free) struct buf b = buf_new(MARK_MAX);
    for (size_t i = 0; i < p->n; i++) {
        const struct kit_difference *d = &p->rows[i];
        hashed_number(&b, (int64_t)d->kind);
        hashed_number(&b, (int64_t)d->change);
        hashed_text(&b, d->theirs != NULL ? d->theirs->code : d->ours->code);
        entry_hashed(d->theirs, &b);
        entry_hashed(d->ours, &b);
    }
    if (b.full) {
        return S(""); /* fits no kit: nothing is taken on it */
    }
    const struct seal s = seal_of(&b);
    return arena_str(c->arena, seal_text(&s));
}

/* ---- keys ---- */

err kit_key_check(struct ctx *c, const struct kit *k, str typed)
{
    struct q_kit_key_get row;
    char print[KIT_PRINT_LEN];
    const err e = q_kit_key_get(c->db, c->arena, k->key, &row);
    if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (!kit_print(k->key, print)) {
        return FAIL(BUG);
    }
    if (!kit_print_same(k->key, typed)) {
        const err not_yet =
            fail_set(c->fail, ERR_INVALID, typed.n > 0 ? MSG_KIT_KEY_OTHER : MSG_KIT_KEY_NEW, "print");
        c->fail->args[0] = (struct fail_arg){"print", arena_str(c->arena, (str){print, sizeof print})};
        return not_yet;
    }
    if (!c->writing) {
        return OK;
    }
    const struct q_kit_key_add_in in = {k->key, c->now_ms, made_by(c)};
    TRY(q_kit_key_add(c->db, &in, NULL));
    const str detail = arena_printf(c->arena, "key=%.*s", STR_F(str_sub(k->key, 0, 16)));
    return audit_add(c, &(struct audit_entry){.event = S("kit.key_pinned"), .detail = detail});
}

/* ---- kits that wait ---- */

/* What comes with a kit holds for all districts: not for one of them to decide. */
static err may(const struct ctx *c)
{
    return c->actor.role == ROLE_SYSTEM || c->actor.role == ROLE_ADMIN ? OK : FAIL(NOT_FOUND);
}

static err may_look(const struct ctx *c)
{
    return c->actor.role == ROLE_MANAGER ? OK : may(c);
}

static err kit_note(struct ctx *c, str event, int64_t no, size_t n)
{
    const str detail = arena_printf(c->arena, "kit=%lld entries=%zu", (long long)no, n);
    return audit_add(c, &(struct audit_entry){.event = event, .detail = detail});
}

err kit_keep(struct ctx *c, str text, str typed, int64_t *out_no)
{
    struct kit_plan plan;
    struct q_kit_waiting there;
    struct q_kit_top top;
    uint8_t hash[32];
    TRY(may(c));
    TRY(kit_compare(c, text, &plan));
    TRY(kit_key_check(c, &plan.theirs, typed));
    content_hash(text, hash);
    const str hashed = {(const char *)hash, sizeof hash};
    const err e = q_kit_waiting(c->db, c->arena, hashed, &there);
    if (e.code != ERR_NOT_FOUND) {
        *out_no = there.kit_no;
        return e;
    }
    TRY(q_kit_top(c->db, c->arena, &top));
    const struct q_kit_add_in in = {.kit_no = top.top_n + 1,
                                    .kit_hash = hashed,
                                    .unit_code = plan.theirs.unit,
                                    .key_text = plan.theirs.key,
                                    .kit_state_code = S("waiting"),
                                    .kit_text = text,
                                    .made_by_id = made_by(c),
                                    .made_ms = c->now_ms};
    TRY(q_kit_add(c->db, &in, NULL));
    *out_no = in.kit_no;
    return kit_note(c, S("kit.kept"), in.kit_no, plan.theirs.n);
}

err kit_waiting(struct ctx *c, int64_t no, struct q_kit_get *out)
{
    TRY(may_look(c));
    return q_kit_get(c->db, c->arena, no, out);
}

err kit_all(struct ctx *c, struct q_kit_list **out, size_t *out_n)
{
    TRY(may_look(c));
    return q_kit_list(c->db, c->arena, KITS_SHOWN, out, out_n);
}

err kit_decided(struct ctx *c, int64_t no, str state, struct opt_i64 from_day, size_t n)
{
    const struct q_kit_decide_in in = {.kit_state_code = state,
                                       .from_day = from_day,
                                       .decided_by_id = made_by(c),
                                       .decided_ms = SOME(c->now_ms),
                                       .kit_no = no};
    int64_t changed = 0;
    TRY(may(c));
    TRY(q_kit_decide(c->db, &in, &changed));
    if (changed == 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_KIT_DECIDED, NULL);
    }
    return kit_note(c, str_eq(state, S("taken")) ? S("kit.taken") : S("kit.left"), no, n);
}

err kit_leave(struct ctx *c, int64_t no)
{
    struct q_kit_get row;
    TRY(kit_waiting(c, no, &row));
    return kit_decided(c, no, S("left"), (struct opt_i64){.given = false}, 0);
}
