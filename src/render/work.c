/* work.c: the one hook; see work.h. */
#include "work.h"

static work_fn does;
static void *by;

void work_by(work_fn fn, void *who)
{
    by = who;
    does = fn;
}

err work_do(enum work_kind kind, str input, struct work_done *out)
{
    *out = (struct work_done){0};
    if (input.n > WORK_INPUT_MAX) {
        return FAIL(LIMIT);
    }
    return does == NULL ? FAIL(BUSY) : does(by, kind, input, out);
}

void work_free(struct work_done *d)
{
    buf_free(&d->made[0]);
    buf_free(&d->made[1]);
}
