/* outline.c: the embedded file into a list. */
#include "outline.h"

#include <pthread.h>

#include "check.h"
#include "mapfile.h"

enum { OUTLINES_MAX = 200 };

static struct outline all[OUTLINES_MAX];
static size_t all_n;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int64_t number_cut(str *line)
{
    int64_t n = 0;
    CHECK(str_i64(str_cut(line, '\t'), &n));
    return n;
}

static void all_make(void)
{
    CHECK(mapfiles_n == 1);
    str rest = mapfiles[0].plain;
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        struct outline *o = &all[all_n++];
        CHECK(all_n <= OUTLINES_MAX);
        o->code = str_cut(&line, '\t');
        o->left = number_cut(&line);
        o->top = number_cut(&line);
        o->right = number_cut(&line);
        o->bottom = number_cut(&line);
        o->x = number_cut(&line);
        o->y = number_cut(&line);
        o->path = line;
    }
}

const struct outline *outline_all(size_t *out_n)
{
    (void)pthread_once(&once, all_make);
    *out_n = all_n;
    return all;
}

const struct outline *outline_find(str code)
{
    size_t n;
    const struct outline *list = outline_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(list[i].code, code)) {
            return &list[i];
        }
    }
    return NULL;
}
