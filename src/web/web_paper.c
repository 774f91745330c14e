/* web_paper.c: asked of the worker, sent as it came. */
#include "web_paper.h"

static const struct {
    str type, end;
    err (*make)(const struct paper *m, struct work_done *out);
} forms[] = {
    [PAPER_AS_PDF] = {S_INIT("application/pdf"), S_INIT("pdf"), paper_pdf},
    [PAPER_AS_DOCX] = {S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                       S_INIT("docx"), paper_docx},
};

err web_paper(struct web *w, const struct paper *m, enum paper_form form, str name)
{
    struct work_done done = {0};
    err e = forms[form].make(m, &done);
    if (e.code == ERR_OK) {
        const str file = arena_printf(w->arena, "%.*s.%.*s", STR_F(name), STR_F(forms[form].end));
        e = web_bytes(w, forms[form].type, file, &done.made[0]);
    } else if (e.code == ERR_BUSY || e.code == ERR_INVALID || e.code == ERR_LIMIT) {
        e = web_problem(w, 503, MSG_PAPER_NOT_NOW);
    }
    work_free(&done);
    return e;
}
