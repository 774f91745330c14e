#include "pdf_work.h"

#include "pdf_anew.h"
#include "pdf_look.h"

enum wire_why pdf_work(str input, struct companion_made *out)
{
    uint32_t pages = 0;
    enum wire_why why = pdf_look(input);
    if (why == WHY_FINE) {
        why = pdf_anew(input, &out->made[0], &pages);
    }
    if (why == WHY_FINE) {
        why = pdf_look(buf_str(&out->made[0]));
    }
    if (why != WHY_FINE) {
        buf_clear(&out->made[0]);
        return why;
    }
    out->a = pages;
    return WHY_FINE;
}
