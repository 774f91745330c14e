/* plan_content.c: all that a version of a plan says, line by line, and how that is bound to the audit chain.
 *
 * The form: "sunwai-plan 1", then a line for each thing: its word, its numbers and codes ("-": none), and
 * each text on a line of its own behind it ("\n" for a line end in it, "\\" for "\"). What belongs to an
 * activity or an indicator stands behind it. Nothing of a version is left out: a target, share, risk, marker
 * or citation that was changed, added or taken away makes other lines.
 */
#include "plan_inside.h"

#include "verify.h"

enum { CONTENT_MAX = 4 << 20 };

static void say_text(struct buf *b, const char *name, str words)
{
    buf_printf(b, "  %s ", name);
    for (size_t i = 0; i < words.n; i++) {
        const char at = words.p[i];
        if (at == '\n' || at == '\r' || at == '\\') {
            buf_putc(b, '\\');
        }
        buf_putc(b, at == '\n' ? 'n' : at == '\r' ? 'r' : at);
    }
    buf_putc(b, '\n');
}

static void say_number(struct buf *b, int64_t n)
{
    buf_printf(b, " %lld", (long long)n);
}

static void say_option(struct buf *b, struct opt_i64 n)
{
    if (n.given) {
        say_number(b, n.v);
    } else {
        buf_put(b, S(" -"));
    }
}

static void say_code(struct buf *b, str code)
{
    buf_printf(b, " %.*s", STR_F(code.n > 0 ? code : S("-")));
}

/* 0: none of this version */
static int64_t result_no(const struct plan_whole *w, struct opt_i64 id)
{
    const struct q_plan_results *r = id.given ? plan_result_by_id(w, id.v) : NULL;
    return r == NULL ? 0 : r->result_no;
}

static int64_t action_no(const struct plan_whole *w, struct opt_i64 id)
{
    for (size_t i = 0; id.given && i < w->actions_n; i++) {
        if (w->actions[i].id == id.v) {
            return w->actions[i].action_no;
        }
    }
    return 0;
}

static err say_head(struct ctx *c, struct buf *b, const struct planned *v)
{
    struct q_programme_by_id programme;
    TRY(q_programme_by_id(c->db, c->arena, v->row.programme_id, &programme));
    buf_printf(b, "sunwai-plan 1\nplan %.*s", STR_F(v->row.plan_code));
    say_code(b, programme.programme_code);
    say_code(b, v->row.plan_kind_code);
    say_code(b, v->row.unit_code);
    say_number(b, v->row.fiscal_no);
    say_number(b, v->row.version_no);
    say_number(b, v->row.from_day);
    say_number(b, v->row.to_day);
    say_option(b, v->row.created_by_id);
    say_number(b, v->row.created_ms);
    buf_putc(b, '\n');
    say_text(b, "title", v->row.title_text);
    return OK;
}

static void say_results(struct buf *b, const struct plan_whole *w)
{
    for (size_t i = 0; i < w->results_n; i++) {
        const struct q_plan_results *r = &w->results[i];
        buf_put(b, r->result_kind_code);
        say_number(b, r->result_no);
        say_number(b, result_no(w, r->parent_id));
        buf_putc(b, '\n');
        say_text(b, "title", r->title_text);
        say_text(b, "assumption", r->assumption_text);
    }
}

static void say_targets(struct buf *b, const struct plan_whole *w, int64_t indicator)
{
    for (size_t i = 0; i < w->targets_n; i++) {
        const struct q_plan_targets *g = &w->targets[i];
        if (g->indicator_id != indicator) {
            continue;
        }
        buf_put(b, S("target"));
        say_code(b, g->unit_code);
        say_number(b, g->from_day);
        say_number(b, g->to_day);
        say_code(b, g->role_code);
        say_code(b, g->sex_code);
        say_number(b, g->num_n);
        say_number(b, g->den_n);
        buf_putc(b, '\n');
    }
}

static void say_indicators(struct buf *b, const struct plan_whole *w)
{
    for (size_t i = 0; i < w->indicators_n; i++) {
        const struct q_plan_indicators *r = &w->indicators[i];
        buf_put(b, S("indicator"));
        say_number(b, r->indicator_no);
        say_number(b, result_no(w, SOME(r->result_id)));
        say_code(b, r->indicator_code);
        say_code(b, r->measure_code);
        say_number(b, r->ascending_flag);
        say_code(b, r->counting_code);
        say_code(b, r->aggregate_code);
        say_option(b, r->baseline_n);
        say_option(b, r->baseline_day);
        say_code(b, r->every_code);
        buf_putc(b, '\n');
        say_text(b, "title", r->title_text);
        say_text(b, "baseline", r->baseline_text);
        say_text(b, "means", r->means_text);
        say_targets(b, w, r->id);
    }
}

static void say_where(struct buf *b, const struct plan_whole *w, int64_t action)
{
    for (size_t i = 0; i < w->units_n; i++) {
        if (w->units[i].action_id == action) {
            buf_printf(b, "unit %.*s\n", STR_F(w->units[i].unit_code));
        }
    }
    for (size_t i = 0; i < w->people_n; i++) {
        if (w->people[i].action_id == action) {
            buf_put(b, S("people"));
            say_code(b, w->people[i].role_code);
            say_code(b, w->people[i].sex_code);
            say_number(b, w->people[i].people_n);
            buf_putc(b, '\n');
        }
    }
}

static void say_who(struct buf *b, const struct plan_whole *w, int64_t action)
{
    for (size_t i = 0; i < w->partners_n; i++) {
        const struct q_plan_partners *p = &w->partners[i];
        if (p->action_id == action) {
            buf_put(b, S("partner"));
            say_number(b, p->partner_no);
            say_code(b, p->body_code);
            buf_putc(b, '\n');
            say_text(b, "name", p->name_text);
            say_text(b, "part", p->part_text);
        }
    }
    for (size_t i = 0; i < w->shares_n; i++) {
        if (w->shares[i].action_id == action) {
            buf_put(b, S("share"));
            say_code(b, w->shares[i].funder_code);
            say_number(b, w->shares[i].share_n);
            buf_putc(b, '\n');
        }
    }
}

/* What was cited by the figure's own hash: a later version of it is another. */
static void say_cites(struct buf *b, const struct plan_whole *w, int64_t action)
{
    for (size_t i = 0; i < w->cites_n; i++) {
        const struct q_plan_cites *s = &w->cites[i];
        char hex[DIGEST_HEX + 1] = "";
        if (s->action_id != action) {
            continue;
        }
        if (s->snapshot_hash.n == DIGEST_LEN) {
            digest_hex((const uint8_t *)s->snapshot_hash.p, hex);
        }
        buf_put(b, S("cite"));
        say_number(b, s->cite_no);
        say_code(b, s->cite_kind_code);
        say_code(b, s->event_code);
        say_option(b, s->need_no);
        say_code(b, s->indicator_code);
        say_option(b, s->snapshot_home_id);
        say_option(b, s->snapshot_from_day);
        say_code(b, str_of(hex));
        buf_putc(b, '\n');
        say_text(b, "words", s->words_text);
    }
}

static void say_actions(struct buf *b, const struct plan_whole *w)
{
    for (size_t i = 0; i < w->actions_n; i++) {
        const struct q_plan_actions *a = &w->actions[i];
        buf_put(b, S("activity"));
        say_number(b, a->action_no);
        say_number(b, result_no(w, SOME(a->result_id)));
        say_code(b, a->target_kind_code);
        say_code(b, a->event_kind_code);
        say_number(b, a->events_n);
        say_number(b, a->from_day);
        say_number(b, a->to_day);
        say_option(b, a->budget_n);
        buf_putc(b, '\n');
        say_text(b, "title", a->title_text);
        say_text(b, "post", a->post_text);
        say_text(b, "budget", a->budget_text);
        say_where(b, w, a->id);
        say_who(b, w, a->id);
        say_cites(b, w, a->id);
    }
}

static void say_notes(struct buf *b, const struct plan_whole *w)
{
    for (size_t i = 0; i < w->risks_n; i++) {
        buf_put(b, S("risk"));
        say_number(b, w->risks[i].risk_no);
        say_number(b, action_no(w, w->risks[i].action_id));
        say_code(b, w->risks[i].likely_code);
        buf_putc(b, '\n');
        say_text(b, "words", w->risks[i].words_text);
        say_text(b, "answer", w->risks[i].answer_text);
    }
    for (size_t i = 0; i < w->markers_n; i++) {
        const struct q_plan_markers *m = &w->markers[i];
        buf_put(b, S("marker"));
        say_number(b, m->marker_no);
        say_number(b, result_no(w, m->result_id));
        say_number(b, action_no(w, m->action_id));
        say_code(b, m->scheme_code);
        say_code(b, m->value_code);
        say_option(b, m->set_by_id);
        say_number(b, m->set_ms);
        buf_putc(b, '\n');
        say_text(b, "why", m->why_text);
    }
}

err plan_content(struct ctx *c, const struct planned *v, const struct plan_whole *w, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    TRY(say_head(c, &b, v));
    say_results(&b, w);
    say_indicators(&b, w);
    say_actions(&b, w);
    say_notes(&b, w);
    *out = arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

void plan_hash(str content, uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_put(&d, content);
    digest_end(&d, out);
}

/* ---- bound to the audit chain ---- */

/* By id, whoever asks: the program compares every plan there is. */
static err plan_by_id(struct ctx *c, int64_t home, int64_t id, struct planned *out)
{
    struct q_plan_by_id row;
    TRY(q_plan_by_id(c->db, c->arena, home, id, &row));
    return q_plan_get(c->db, c->arena, row.plan_code, &out->row);
}

err plan_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct planned v;
    struct plan_whole w;
    str content;
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    TRY(plan_by_id(c, home, id, &v));
    TRY(plan_whole(c, &v, &w));
    TRY(plan_content(c, &v, &w, &content));
    hashed_text(&b, content);
    hashed_option(&b, v.row.approver_id);
    hashed_option(&b, v.row.approved_ms);
    hashed_text(&b, v.row.content_hash);
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}

err action_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    enum { SAID_MAX = 200 };
    struct q_plan_action_sealed row;
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    TRY(q_plan_action_sealed(c->db, c->arena, home, id, &row));
    hashed_number(&b, row.plan_id);
    hashed_number(&b, row.action_no);
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}

/* ---- for `sunwai verify` ---- */

/* An approved version says what its hash was made of. */
static err sealed_and_hashed(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct planned v;
    struct plan_whole w;
    uint8_t hash[DIGEST_LEN];
    str content;
    TRY(plan_by_id(c, home, id, &v));
    if (v.row.content_hash.p != NULL) {
        TRY(plan_whole(c, &v, &w));
        TRY(plan_content(c, &v, &w, &content));
        plan_hash(content, hash);
        if (!str_eq(v.row.content_hash, (str){(const char *)hash, DIGEST_LEN})) {
            *out = (struct seal){.hex = ""}; /* fits nothing */
            return OK;
        }
    }
    return plan_seal(c, home, id, out);
}

err plan_verify(struct ctx *c, const struct audit_report *chains, struct plan_report *out)
{
    struct plan_report r = {.activities = {0}};
    err e = flow_verify(c, &plan_kind, chains, sealed_and_hashed, &r.plans);
    if (e.code == ERR_OK) {
        e = flow_verify(c, &action_kind, chains, action_seal, &r.activities);
    }
    if (e.code == ERR_OK) {
        e = plan_answers_verify(c, chains, &r.answers);
    }
    if (e.code == ERR_OK) {
        e = event_lines_verify(c, chains, &r.lines);
    }
    *out = r;
    return e;
}
