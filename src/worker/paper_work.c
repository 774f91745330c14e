/* paper_work.c: unpacked into memory of its own, drawn, let go. */
#include "paper_work.h"

#include "docx.h"
#include "pdf.h"

enum { MEMORY = 8 << 20 };

err paper_work_pdf(str packed, struct buf *out, int64_t *out_sheets)
{
    struct arena *a = arena_open(MEMORY);
    struct paper p;
    int sheets = 0;
    err e = paper_unpack(a, packed, &p);
    if (e.code == ERR_OK) {
        e = pdf_of(&p, out, &sheets);
        *out_sheets = e.code == ERR_OK ? sheets : *out_sheets;
    }
    arena_free(a);
    return e;
}

err paper_work_docx(str packed, struct buf *out)
{
    struct arena *a = arena_open(MEMORY);
    struct paper p;
    err e = paper_unpack(a, packed, &p);
    if (e.code == ERR_OK) {
        e = docx_of(&p, out);
    }
    arena_free(a);
    return e;
}
