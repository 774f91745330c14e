/* Shows every template of good/ and shown/ once, each into a file of its own: show FOLDER. */
#include <stdio.h>
#include <stdlib.h>

#include "branches.html.h"
#include "layout.html.h"
#include "messages.html.h"
#include "space.html.h"
#include "values.html.h"

static const struct row rows[] = {
    {.name = S_INIT("one"), .n = 1, .to = {S_INIT("/1")}},
    {.name = S_INIT("two"), .n = 2000, .to = {S_INIT("/2")}},
};

static const struct model model = {
    .title = S_INIT("<b> & \"q\" 's'"),
    .markup = {S_INIT("<b>&amp;</b>")},
    .to = {S_INIT("/to?a=1&b=2")},
    .big = 1234567,
    .size = 5000,
    .small = -7,
    .yes = true,
    .rows = rows,
    .rows_n = 2,
    .first = rows,
    .own = {.name = S_INIT("own")},
    .bare = "",
};

static void save(struct page *p, const char *folder, const char *name)
{
    char path[4096];
    buf_putc(p->out, '\n');
    (void)snprintf(path, sizeof path, "%s/%s.shown", folder, name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(p->out->p, 1, p->out->n, f) != p->out->n || fclose(f) != 0) {
        exit(2);
    }
    buf_clear(p->out);
    arena_clear(p->arena);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        return 2;
    }
    struct buf out = buf_new(1 << 20);
    struct page page = {.out = &out, .arena = arena_open(1 << 20), .lang = LANG_EN, .title = S("page")};
    values(&page, &model, S("said"), 41);
    save(&page, argv[1], "values");
    branches(&page, &model);
    save(&page, argv[1], "branches");
    layout(&page, &model);
    save(&page, argv[1], "layout");
    space(&page, &model);
    save(&page, argv[1], "space");
    page.lang = LANG_UR;
    messages(&page, &model);
    save(&page, argv[1], "messages");
    buf_free(&out);
    arena_free(page.arena);
    return 0;
}
