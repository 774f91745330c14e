/* evidence_take_pages.c: in the pool, before the write; see evidence_take.h. */
#include "evidence_take.h"

#include "work.h"

static const struct evidence_pieces none;

const struct evidence_pieces *evidence_taken(const struct given *g)
{
    return g->taken != NULL ? g->taken : &none;
}

static void pieces_drop(void *p)
{
    evidence_pieces_free(p);
    mem_free(p);
}

/* Of a photo, a recording; and of a PDF, of which one can do something else. */
static enum msg refusal(enum work_why why, enum file_kind kind)
{
    static const enum msg of_pdf[WORK_WHYS] = {
        [WORK_FINE] = MSG_WEB_FORM_PDF_BROKEN,     [WORK_BROKEN] = MSG_WEB_FORM_PDF_BROKEN,
        [WORK_TOO_BIG] = MSG_WEB_FORM_PDF_TOO_BIG, [WORK_TOO_LONG] = MSG_WEB_FORM_PDF_TOO_BIG,
        [WORK_ACTIVE] = MSG_WEB_FORM_FILES_ACTIVE,
    };
    static const enum msg words[WORK_WHYS] = {
        [WORK_FINE] = MSG_WEB_FORM_FILES_BROKEN,     [WORK_BROKEN] = MSG_WEB_FORM_FILES_BROKEN,
        [WORK_TOO_BIG] = MSG_WEB_FORM_FILES_TOO_BIG, [WORK_TOO_LONG] = MSG_WEB_FORM_FILES_TOO_BIG,
        [WORK_ACTIVE] = MSG_WEB_FORM_FILES_ACTIVE,
    };
    return kind == FILE_PDF ? of_pdf[why] : words[why];
}

/* One after another: the worker's memory is asked for once. */
static err pieces_take(struct web *w, size_t input, struct evidence_pieces *p)
{
    for (int64_t i = 0; i < w->in[input].n; i++) {
        enum work_why why;
        const err e = evidence_make(&w->in[input].files[i], &p->v[p->n], &why);
        p->n++;
        if (e.code == ERR_INVALID) {
            web_fault(w, input, refusal(why, w->in[input].files[i].kind));
            return OK; /* the form goes back with the fault */
        }
        TRY(e);
    }
    return OK;
}

err evidence_take(struct web *w, size_t input)
{
    struct given *g = &w->in[input];
    if (g->n == 0) {
        return OK;
    }
    struct evidence_pieces *p = mem_new(sizeof *p);
    if (!web_keep(w, p, pieces_drop)) {
        return FAIL(BUG);
    }
    TRY(pieces_take(w, input, p));
    g->taken = p;
    return OK;
}
