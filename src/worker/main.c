/* main.c: the worker: makes documents, images and sound, away from network, files and database.
 * Started by sunwai over a socketpair, never by a person. Each piece of work is done in a child of its own.
 */
#include "answering.h"
#include "fonts.h"
#include "image.h"
#include "paper_work.h"
#include "pdf_work.h"
#include "sound.h"
#include "xlsx.h"
#include "xlsx_read.h"

enum { FILES = 32 };

static enum wire_why of_paper(err e)
{
    return e.code == ERR_OK ? WHY_FINE : e.code == ERR_LIMIT ? WHY_TOO_BIG : WHY_BROKEN;
}

static enum wire_why paper_pdf_work(str input, struct companion_made *out)
{
    int64_t sheets = 0;
    const err e = paper_work_pdf(input, &out->made[0], &sheets);
    out->a = (uint32_t)sheets;
    return of_paper(e);
}

static enum wire_why paper_docx_work(str input, struct companion_made *out)
{
    return of_paper(paper_work_docx(input, &out->made[0]));
}

static enum wire_why book_work(str input, struct companion_made *out)
{
    return of_paper(xlsx_work(input, &out->made[0]));
}

static enum wire_why work(enum wire_task task, str input, struct companion_made *out)
{
    static enum wire_why (*const does[WIRE_TASKS])(str input, struct companion_made * out) = {
        [TASK_IMAGE] = image_work,         [TASK_SOUND] = sound_work,           [TASK_PDF] = pdf_work,
        [TASK_PAPER_PDF] = paper_pdf_work, [TASK_PAPER_DOCX] = paper_docx_work, [TASK_BOOK] = book_work,
        [TASK_GRID] = xlsx_read_work,
    };
    return does[task](input, out);
}

int main(int argc, char *argv[])
{
    const struct companion_role worker = {
        .program = "sunwai-worker",
        .name = S("worker"),
        .plan = {.files_max = FILES, .memory_max = (size_t)1 << 30, .calls = CALLS_CHILD},
        .work = work,
    };
    if (argc > 2) {
        IGNORE(fonts_open()); /* without them there is no PDF, and everything else */
    }
    return companion_main(&worker, argc, argv);
}
