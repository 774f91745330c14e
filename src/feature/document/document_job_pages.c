/* document_job_pages.c: documents that were asked for are made here, one after another, on the thread of the
 * jobs: read once, then file by file, each noted, so that whoever waits sees how far it is and can cancel. */
#include "document.h"
#include "document_feature.h"
#include "document_job.h"
#include "log.h"
#include "place.h"

enum { FILE_BYTES = 12 << 20 };

struct making {
    struct q_kept_document_get d;
    struct document_made made;
    struct document_kept kept;
    int64_t done;
};

/* ---- what is written down of it ---- */

struct noting {
    struct write_job base; /* first */
    err (*run)(struct ctx *c, const struct making *m);
    const struct making *of;
};

static err noting_run(struct ctx *c, struct write_job *base)
{
    const struct noting *n = (const struct noting *)base;
    return n->run(c, n->of);
}

static err noted(struct ctx *c, err (*run)(struct ctx *c, const struct making *m), const struct making *of)
{
    struct noting n = {
        .base = {.run = noting_run, .arena = c->arena, .actor = {.role = ROLE_SYSTEM}}, .run = run, .of = of};
    return store_write(c->store, &n.base);
}

static err run_try(struct ctx *c, const struct making *m)
{
    return document_try(c, &m->d);
}

static err run_step(struct ctx *c, const struct making *m)
{
    return document_step(c, &m->d, m->done);
}

static err run_wait(struct ctx *c, const struct making *m)
{
    return document_wait(c, &m->d);
}

static err run_fail(struct ctx *c, const struct making *m)
{
    return document_fail(c, &m->d);
}

static err run_look(struct ctx *c, const struct making *m)
{
    return document_names_look(c, &m->made, m->d.document_code);
}

static err run_keep(struct ctx *c, const struct making *m)
{
    TRY(document_keep(c, &m->d, &m->kept));
    return document_quotes_hold(c, &m->made, m->d.document_code);
}

/* ---- files ---- */

static void kept_free(struct making *m)
{
    for (enum document_form f = 0; f < FILES_AS; f++) {
        blob_free(&m->kept.files[f]);
    }
}

static err file_make(struct ctx *c, struct making *m, enum document_form form)
{
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES);
    struct digest d;
    const struct arena_mark mark = arena_mark(c->arena);
    TRY(document_bytes(c, &m->made, form, &out));
    arena_reset(c->arena, mark);
    digest_begin(&d);
    digest_put(&d, buf_str(&out));
    digest_end(&d, m->kept.hashes[form]);
    m->kept.bytes[form] = (int64_t)out.n;
    return blob_seal(buf_str(&out), &m->kept.files[form]);
}

/* What needs no worker comes first: IATI is read anew. */
static const enum document_form order[FILES_AS] = {FILE_AS_JSON, FILE_AS_CSV,  FILE_AS_IATI,
                                                   FILE_AS_XLSX, FILE_AS_DOCX, FILE_AS_PDF};
enum { READ_ANEW = 3 };

static err files_make(struct ctx *c, struct making *m, size_t n)
{
    while ((size_t)m->done < n) {
        TRY(file_make(c, m, order[m->done]));
        m->done++;
        TRY(noted(c, run_step, m));
    }
    return OK;
}

/* ---- one document ---- */

static err made_from(struct ctx *c, struct making *m)
{
    struct document_ask ask = {.period = {m->d.from_day, m->d.to_day},
                               .unit = m->d.unit_code,
                               .open = DOCUMENT_OPEN_TO_ALL,
                               .since_ms = m->d.since_ms};
    enum lang lang = LANG_EN;
    (void)lang_of(m->d.lang_code, &lang);
    (void)document_kind_of(m->d.document_kind_code, &ask.kind);
    c->lang = (int)lang;
    TRY(document_make(c, &ask, &m->made));
    if (m->made.story.quotes_n > 0) {
        TRY(noted(c, run_look, m));
        c->may_show_identity = true; /* the looks are in the audit chain */
        TRY(document_names_read(c, &m->made));
    }
    m->kept.standing = document_standings[m->made.standing];
    m->kept.quarters = m->made.quarters;
    m->kept.quarters_n = m->made.quarters_n;
    m->kept.hash =
        m->made.figures.approved ? (str){(const char *)m->made.figures.hash, DIGEST_LEN} : STR_NONE;
    return OK;
}

static err all_read(struct ctx *c, struct making *m)
{
    TRY(made_from(c, m));
    return files_make(c, m, READ_ANEW);
}

static err one_make(struct ctx *c, struct making *m)
{
    TRY(noted(c, run_try, m));
    /* All that is read is of one state: else a quarter approved meanwhile stands in one file and not in
     * another. */
    TRY(db_begin(c->db));
    const err e = all_read(c, m);
    IGNORE(db_rollback(c->db)); /* nothing was written: there is nothing that could fail to be undone */
    TRY(e);
    TRY(files_make(c, m, FILES_AS));
    return noted(c, run_keep, m);
}

static void arena_close(struct arena **a)
{
    arena_free(*a);
}

/* Cancelled: nothing more is to be done. No worker now: later again. All else will not be otherwise. */
static err ended(struct ctx *c, const struct making *m, err e)
{
    if (e.code == ERR_OK || e.code == ERR_CONFLICT) {
        return OK;
    }
    const bool later = (e.code == ERR_BUSY || e.code == ERR_IO || e.code == ERR_UNCERTAIN) &&
                       m->d.tries_n + 1 < DOCUMENT_TRIES;
    WARN("document.not_made", log_text("error", str_of(err_name(e))), log_text("why", str_of(c->fail->log)));
    return noted(c, later ? run_wait : run_fail, m);
}

err document_job(struct ctx *c, int64_t *out_done)
{
    SCOPED(arena_close) struct arena *own = arena_open(DOCUMENT_ARENA);
    struct ctx there = *c;
    there.arena = own;
    struct making *m = arena_new_of(own, struct making);
    if (m == NULL) {
        return FAIL(LIMIT);
    }
    const err due = document_due(&there, &m->d);
    *out_done = due.code == ERR_OK ? 1 : 0;
    if (due.code != ERR_OK) {
        return due.code == ERR_NOT_FOUND ? OK : due;
    }
    /* It was begun so often, and never ended, not even with a word of it: when the program itself stopped. */
    const err e = m->d.tries_n < DOCUMENT_TRIES ? one_make(&there, m) : FAIL(LIMIT);
    kept_free(m);
    return ended(&there, m, e);
}
