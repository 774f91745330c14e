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

/* What the worker made, or in words that it cannot be made now. */
static err sent(struct web *w, err made, struct work_done *done, str type, str name, str end)
{
    err e = made;
    if (e.code == ERR_OK) {
        const str file = arena_printf(w->arena, "%.*s.%.*s", STR_F(name), STR_F(end));
        e = web_bytes(w, type, file, &done->made[0]);
    } else if (e.code == ERR_BUSY || e.code == ERR_INVALID || e.code == ERR_LIMIT) {
        e = web_problem(w, 503, MSG_PAPER_NOT_NOW);
    }
    work_free(done);
    return e;
}

err web_paper(struct web *w, const struct paper *m, enum paper_form form, str name)
{
    struct work_done done = {0};
    const err made = forms[form].make(m, &done);
    return sent(w, made, &done, forms[form].type, name, forms[form].end);
}

err web_book(struct web *w, const struct book *b, str name)
{
    static const str type = S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    struct work_done done = {0};
    const err made = book_xlsx(b, &done);
    return sent(w, made, &done, type, name, S("xlsx"));
}
