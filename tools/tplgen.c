/* tplgen: an HTML page to a C function that escapes by type.
 *
 *     tplgen --root src --out build/gen src/feature/case/case_show.html …
 */
#include "tplgen.h"

static str guard_of(str name)
{
    struct out o = {0};
    out_c(&o, "SUNWAI_");
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        out_char(&o, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : is_name(c) ? c : '_');
    }
    out_c(&o, "_H");
    return out_text(&o);
}

/* `name` is the file's path below the root; the header's guard and the comments name it. */
static void translate(const struct source *src, str name, struct out *c, struct out *h)
{
    struct walk *w = keep(sizeof *w);
    w->src = src;
    w->p = src->text.p;
    w->end = src->text.p + src->text.n;
    w->c = c;
    w->h = h;
    const str guard = guard_of(path_base(name));
    out_printf(h, "/* Made by tplgen from %.*s. */\n#ifndef %.*s\n#define %.*s\n#include \"page.h\"\n",
               STR_F(name), STR_F(guard), STR_F(guard));
    out_printf(c, "/* Made by tplgen from %.*s. */\n#include \"%.*s.h\"\n\n#include \"put.h\"\n", STR_F(name),
               STR_F(path_base(name)));
    while (w->p < w->end) {
        walk_step(w);
    }
    if (w->blocks_n > 0) {
        refuse_at(src, block_now(w)->at, "no {end} for what begins here");
    }
    if (w->names_n == 0) {
        refuse(src->path, 1, "no {template}");
    }
    out_c(h, "\n#endif\n");
}

int main(int argc, char **argv)
{
    const char *root = NULL, *folder = NULL;
    for (int i = 1; i < argc;) {
        const char *value = NULL;
        if ((value = option(argc, argv, &i, "--root")) != NULL) {
            root = value;
            continue;
        }
        if ((value = option(argc, argv, &i, "--out")) != NULL) {
            folder = value;
            continue;
        }
        if (root == NULL || folder == NULL) {
            refuse("tplgen", 0, "usage: tplgen --root DIR --out DIR FILE.html …");
        }
        struct out c = {0}, h = {0};
        const str name = path_below(argv[i], root);
        translate(source_read(argv[i]), name, &c, &h);
        out_write(&h, str_c(str_printf("%s/%.*s.h", folder, STR_F(name))));
        out_write(&c, str_c(str_printf("%s/%.*s.c", folder, STR_F(name))));
        i++;
    }
    return 0;
}
