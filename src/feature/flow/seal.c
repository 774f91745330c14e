/* seal.c: see seal.h; and the walk that compares (verify.h). */
#include "seal.h"

#include "buf.h"
#include "verify.h"

enum { SEALED_MAX = 64 * 1024, PAGE_SUBJECTS = 200 };

/* Rows to be written and rows read back are of different types with the same members. */
#define PUT_STEP(b, r)                                                                                       \
    (hashed_number((b), (r)->home), hashed_number((b), (r)->kind_no), hashed_number((b), (r)->subject_id),   \
     hashed_number((b), (r)->step_no), hashed_number((b), (r)->action_no),                                   \
     hashed_number((b), (r)->from_state), hashed_number((b), (r)->to_state), hashed_number((b), (r)->at_ms), \
     hashed_number((b), (r)->at_day), hashed_number((b), (r)->role_no), hashed_option((b), (r)->actor_id),   \
     hashed_option((b), (r)->actor_office_id), hashed_text((b), (r)->result_code),                           \
     hashed_text((b), (r)->via_code), hashed_text((b), (r)->detail_code),                                    \
     hashed_text((b), (r)->reason_code), hashed_option((b), (r)->next_day),                                  \
     hashed_text((b), (r)->words_text), hashed_number((b), (r)->inside_flag))
#define PUT_FLOW(b, r)                                                         \
    (hashed_number((b), (r)->flow_state), hashed_number((b), (r)->open_flag),  \
     hashed_number((b), (r)->since_ms), hashed_number((b), (r)->step_no),      \
     hashed_number((b), (r)->action_no), hashed_number((b), (r)->step_ms),     \
     hashed_option((b), (r)->office_id), hashed_option((b), (r)->assignee_id), \
     hashed_option((b), (r)->marked_id), hashed_text((b), (r)->reason_code),   \
     hashed_option((b), (r)->next_day), hashed_number((b), (r)->mark_no),      \
     hashed_option((b), (r)->spent_days), hashed_number((b), (r)->unit_id),    \
     hashed_option((b), (r)->tehsil_id), hashed_number((b), (r)->topic_id), hashed_number((b), (r)->due_ms))

str seal_detail(struct arena *a, const struct flow_kind *kind, const struct q_step_add_in *step,
                const struct q_flow_get *now, str content)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    PUT_STEP(&b, step);
    const struct seal row = seal_of(&b);
    buf_clear(&b);
    PUT_FLOW(&b, now);
    const struct seal stands = seal_of(&b);
    const str result = step->result_code;
    return arena_printf(a, "step=%lld from=%s to=%s result=%.*s%s%.*s row=%.*s now=%.*s",
                        (long long)step->step_no, kind->states[step->from_state],
                        kind->states[step->to_state], STR_F(result), content.n > 0 ? " text=" : "",
                        STR_F(content), SEAL_LEN, row.hex, SEAL_LEN, stands.hex);
}

/* ---- comparing ---- */

/* The value behind " name=" in a detail; empty when there is none. */
static str named(str detail, str name)
{
    while (detail.n > 0) {
        const str word = str_cut(&detail, ' ');
        if (str_starts(word, name)) {
            return str_sub(word, name.n, word.n);
        }
    }
    return S("");
}

struct walk {
    struct ctx *c;
    const struct flow_kind *kind;
    const struct audit_report *chains;
    content_fn content;
    struct flow_report report;
};

/* What the steps of a subject say of it. */
struct seen {
    str now, text; /* the last seals */
    int64_t steps; /* that the walk of the chains has counted too */
};

/* What came behind the walk of the chains is the next walk's. */
static bool walked(const struct walk *w, int64_t chain, int64_t seq)
{
    for (int64_t i = 0; i < w->chains->chains; i++) {
        if (w->chains->heads[i].chain == chain) {
            return seq <= w->chains->heads[i].seq;
        }
    }
    return false;
}

/* What of a subject does not fit; NULL when all does. */
static err steps_fit(struct walk *w, const struct q_flow_walk *f, struct seen *io, const char **out_broken)
{
    struct q_step_sealed *rows;
    size_t n;
    const struct q_step_sealed_in in = {.about_kind = str_of(w->kind->name),
                                        .home = f->home,
                                        .kind_no = w->kind->kind_no,
                                        .subject_id = f->subject_id};
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    TRY(q_step_sealed(w->c->db, w->c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        buf_clear(&b);
        PUT_STEP(&b, &rows[i]);
        const struct seal row = seal_of(&b);
        if (rows[i].step_no != (int64_t)i + 1 || b.full ||
            !str_eq(named(rows[i].detail_text, S("row=")), seal_text(&row))) {
            *out_broken = "step";
            return OK;
        }
        const str text = named(rows[i].detail_text, S("text="));
        io->text = text.n > 0 ? text : io->text;
        io->now = named(rows[i].detail_text, S("now="));
        io->steps += walked(w, rows[i].chain_no.v, rows[i].seq_no.v);
    }
    return OK;
}

static err subject_fits(struct walk *w, const struct q_flow_walk *f, struct seen *io, const char **out_broken)
{
    struct q_flow_get stands;
    struct seal says;
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    const struct q_flow_get_in in = {
        .home = f->home, .kind_no = w->kind->kind_no, .subject_id = f->subject_id};
    TRY(q_flow_get(w->c->db, w->c->arena, &in, &stands));
    TRY(steps_fit(w, f, io, out_broken));
    PUT_FLOW(&b, &stands);
    const struct seal is = seal_of(&b);
    if (*out_broken == NULL && !str_eq(io->now, seal_text(&is))) {
        *out_broken = "state";
    }
    if (*out_broken != NULL) {
        return OK;
    }
    const err e = w->content(w->c, f->home, f->subject_id, &says);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !str_eq(io->text, seal_text(&says)))) {
        *out_broken = "content";
        return OK;
    }
    return e;
}

static err subject_check(struct walk *w, const struct q_flow_walk *f)
{
    struct seen seen = {.steps = 0};
    const char *broken = NULL;
    TRY(subject_fits(w, f, &seen, &broken));
    if (broken != NULL) { /* somebody may have taken a step between one of our looks and the next */
        seen = (struct seen){.steps = 0};
        broken = NULL;
        TRY(subject_fits(w, f, &seen, &broken));
    }
    w->report.subjects++;
    w->report.steps += seen.steps;
    if (broken == NULL) {
        return OK;
    }
    w->report.broken_home = f->home;
    w->report.broken_id = f->subject_id;
    w->report.broken = broken;
    return fail_log(w->c->fail, ERR_CONFLICT, "%s %lld of %lld does not fit the audit chain: %s",
                    w->kind->name, (long long)f->subject_id, (long long)f->home, broken);
}

static err subjects_walk(struct walk *w)
{
    struct q_flow_walk_in in = {
        .home = 0, .kind_no = w->kind->kind_no, .subject_id = 0, .limit = PAGE_SUBJECTS};
    for (;;) {
        const struct arena_mark mark = arena_mark(w->c->arena);
        struct q_flow_walk *page;
        size_t n;
        TRY(q_flow_walk(w->c->db, w->c->arena, &in, &page, &n));
        for (size_t i = 0; i < n; i++) {
            const struct arena_mark one = arena_mark(w->c->arena);
            TRY(subject_check(w, &page[i]));
            arena_reset(w->c->arena, one);
        }
        if (n > 0) {
            in.home = page[n - 1].home;
            in.subject_id = page[n - 1].subject_id;
        }
        arena_reset(w->c->arena, mark);
        if (n < PAGE_SUBJECTS) {
            return OK;
        }
    }
}

err flow_verify(struct ctx *c, const struct flow_kind *kind, const struct audit_report *chains,
                content_fn content, struct flow_report *out)
{
    struct walk w = {.c = c, .kind = kind, .chains = chains, .content = content};
    const int64_t want = audit_steps(chains, str_of(kind->name));
    err e = subjects_walk(&w);
    if (e.code == ERR_OK && w.report.steps != want) {
        w.report.broken = "missing";
        e = fail_log(c->fail, ERR_CONFLICT, "%lld steps of %lld in the audit chains are there",
                     (long long)w.report.steps, (long long)want);
    }
    *out = w.report;
    return e;
}
