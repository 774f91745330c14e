/* evidence_later_pages.c: the job that brings what waits to the worker; beside the writer, which only puts
 * down what was made. */
#include "evidence_feature.h"
#include "evidence_later.h"
#include "evidence_take.h"
#include "log.h"

enum {
    EVERY_MS = 20 * 1000,
    ROUND = 20 /* more than one form brings: they share an instant */,
    BYTES_MAX = 16 << 20
};

struct remake {
    struct write_job base; /* first */
    const struct q_evidence_get *was;
    const struct evidence_piece *piece; /* NULL: refused */
};

static err remake_run(struct ctx *c, struct write_job *base)
{
    const struct remake *r = (const struct remake *)base;
    return evidence_remake(c, r->was, r->piece);
}

static err put_down(struct ctx *c, const struct q_evidence_get *was, const struct evidence_piece *piece)
{
    struct remake r = {.was = was, .piece = piece};
    r.base.run = remake_run;
    r.base.actor.role = ROLE_SYSTEM;
    const err e = store_write(c->store, &r.base);
    if (e.code != ERR_OK) {
        WARN("evidence.not_put_down", log_text("why", str_of(r.base.fail.log)));
    }
    return e;
}

static void piece_drop(struct evidence_piece *p)
{
    blob_free(&p->shown);
    blob_free(&p->small);
    blob_free(&p->kept);
}

/* BUSY: there is no worker now either. */
static err make_one(struct ctx *c, const struct q_evidence_get *was)
{
    SCOPED(buf_free) struct buf bytes = buf_new(BYTES_MAX);
    struct evidence_piece piece = {0};
    enum work_why why;
    err e = evidence_received(c, was, &bytes);
    if (e.code == ERR_NOT_FOUND) {
        return put_down(c, was, NULL); /* its key was destroyed: it waits for nobody */
    }
    TRY(e);
    const enum sniffed is = sniff(buf_str(&bytes));
    const struct file file = {.kind = sniff_kind(is), .is = is, .bytes = buf_str(&bytes)};
    e = file.kind == FILE_NONE ? FAIL(INVALID) : evidence_make(&file, &piece, &why);
    if (e.code == ERR_OK) {
        e = piece.waiting ? FAIL(BUSY) : put_down(c, was, &piece);
    } else if (e.code == ERR_INVALID) {
        e = put_down(c, was, NULL);
    }
    piece_drop(&piece);
    return e;
}

/* *out_busy: the next round tries again. */
static err make_some(struct ctx *c, const struct q_evidence_waiting *rows, size_t n, bool *out_busy,
                     int64_t *out_done)
{
    for (size_t i = 0; i < n; i++) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct q_evidence_get was;
        const struct q_evidence_get_in in = {.home = rows[i].home,
                                             .kind_no = rows[i].kind_no,
                                             .subject_id = rows[i].subject_id,
                                             .piece_no = rows[i].piece_no};
        TRY(q_evidence_get(c->db, c->arena, &in, &was));
        const err e = make_one(c, &was);
        arena_reset(c->arena, mark);
        if (e.code == ERR_BUSY) {
            *out_busy = true;
            return OK;
        }
        if (e.code == ERR_OK) {
            (*out_done)++;
        } else {
            WARN("evidence.not_made", log_text("error", str_of(err_name(e))),
                 log_text("why", str_of(c->fail->log)));
        }
    }
    return OK;
}

/* What cannot be read stays where it is, and keeps nobody behind it waiting. */
static err make_round(struct ctx *c, int64_t *out_done)
{
    int64_t after_ms = 0;
    bool busy = false;
    size_t n = ROUND;
    while (n == ROUND && !busy) {
        struct q_evidence_waiting *rows;
        TRY(q_evidence_waiting(c->db, c->arena, after_ms, ROUND, &rows, &n));
        TRY(make_some(c, rows, n, &busy, out_done));
        after_ms = n > 0 ? rows[n - 1].created_ms : after_ms;
    }
    return OK;
}

static const struct feature_job evidence_jobs[] = {
    {.name = "evidence.make", .every_ms = EVERY_MS, .beside = make_round},
};

const struct feature evidence_feature = {
    .name = "evidence",
    .jobs = evidence_jobs,
    .jobs_n = sizeof evidence_jobs / sizeof evidence_jobs[0],
};
