#include "cnic.h"

#include <string.h>

#include "digits.h"

err cnic_of(struct arena *a, str typed, cnic *out)
{
    (void)a; /* a cnic carries its digits itself */
    cnic c = {.digits = {0}};
    size_t n;
    if (!digits_typed(typed, S(""), c.digits, sizeof c.digits, &n, NULL) || n != sizeof c.digits) {
        return FAIL(INVALID);
    }
    *out = c;
    return OK;
}

str cnic_text(struct arena *a, cnic c)
{
    return arena_printf(a, "%.5s-%.7s-%.1s", c.digits, c.digits + 5, c.digits + 12);
}
