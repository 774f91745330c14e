/* embed: files become constants of the program, with their media type, an entity tag and, where that makes
 * them smaller, the same compressed. See tools/README.md. */
#include <zlib.h>

#include "lex.h"

static const struct {
    const char *ending, *type;
    bool compressed; /* already: gzip would gain nothing */
} media[] = {
    {".css", "text/css; charset=utf-8", false},
    {".csv", "text/csv; charset=utf-8", false},
    {".html", "text/html; charset=utf-8", false},
    {".ico", "image/vnd.microsoft.icon", false},
    {".ini", "text/plain; charset=utf-8", false},
    {".jpg", "image/jpeg", true},
    {".js", "text/javascript; charset=utf-8", false},
    {".json", "application/json", false},
    {".md", "text/markdown; charset=utf-8", false},
    {".png", "image/png", true},
    {".sql", "text/plain; charset=utf-8", false},
    {".svg", "image/svg+xml", false},
    {".txt", "text/plain; charset=utf-8", false},
    {".webmanifest", "application/manifest+json", false},
    {".webp", "image/webp", true},
    {".woff2", "font/woff2", true},
    {".xml", "application/xml", false},
};

struct file {
    const struct source *source;
    str name;
    const char *type;
    str gzip; /* empty: not smaller */
};

/* The same bytes give the same result: the header has no time and no name. */
static str gzip_of(const struct source *s)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY = 9 };
    z_stream z = {0};
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        refuse(s->path, 0, "zlib cannot begin");
    }
    const size_t room = deflateBound(&z, s->text.n);
    unsigned char *out = keep(room);
    z.next_in = (unsigned char *)(uintptr_t)s->text.p;
    z.avail_in = (uInt)s->text.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) {
        refuse(s->path, 0, "zlib cannot compress this");
    }
    const str packed = {(const char *)out, room - z.avail_out};
    (void)deflateEnd(&z);
    return packed.n < s->text.n ? packed : (str){0};
}

/* A script without what only its readers need: lines that are a comment, empty lines, indentation. A line
 * ends where it ended, so that no statement runs into another; a text over several lines would lose its
 * spaces, and is refused. */
static struct source *script_lean(const struct source *s)
{
    struct source *lean = keep(sizeof *lean);
    struct lines l = lines_of(s);
    struct out o = {0};
    bool within = false;
    str line;
    while (lines_next(&l, &line)) {
        line = str_trim(line);
        if (within || str_starts(line, "/*")) {
            size_t end;
            within = !str_find(line, "*/", &end);
            if (!within && end + 2 != line.n) {
                refuse(s->path, l.line, "nothing stands behind a comment on its last line");
            }
            continue;
        }
        size_t ticks = 0;
        for (size_t i = 0; i < line.n; i++) {
            ticks += line.p[i] == '`';
        }
        if (line.n == 0 || str_starts(line, "//")) {
            continue;
        }
        if (ticks % 2 != 0) {
            refuse(s->path, l.line, "a text in ` stands on one line");
        }
        out_str(&o, line);
        out_char(&o, '\n');
    }
    if (within) {
        refuse(s->path, l.line, "a comment is not ended");
    }
    *lean = (struct source){s->path, out_text(&o)};
    return lean;
}

static struct file file_read(const char *path)
{
    struct file f = {.source = source_bytes(path), .name = path_base(str_of(path))};
    bool compressed = false;
    if (str_ends(f.name, ".js")) {
        f.source = script_lean(f.source);
    }
    for (size_t i = 0; i < sizeof media / sizeof *media; i++) {
        if (str_ends(f.name, media[i].ending)) {
            f.type = media[i].type;
            compressed = media[i].compressed;
        }
    }
    if (f.type == NULL) {
        refuse(path, 0, "no media type is known for this ending");
    }
    for (size_t i = 0; i < f.name.n; i++) {
        if (!is_name(f.name.p[i]) && f.name.p[i] != '.' && f.name.p[i] != '-') {
            refuse(path, 0, "a name is made of letters, digits, '.', '-' and '_'");
        }
    }
    if (f.source->text.n > INT32_MAX) {
        refuse(path, 0, "too large");
    }
    if (!compressed) {
        f.gzip = gzip_of(f.source);
    }
    return f;
}

static void emit_header(const char *name, const char *path)
{
    struct out o = {0};
    out_c(&o, "/* Made by embed: change the files instead. */\n");
    out_printf(&o, "#ifndef SUNWAI_EMBED_%s_H\n#define SUNWAI_EMBED_%s_H\n\n#include \"str.h\"\n\n", name,
               name);
    out_printf(&o, "struct %s {\n", name);
    out_c(&o, "    str name;  /* \"site.css\" */\n    str type;  /* media type */\n");
    out_c(&o, "    str etag;  /* entity tag of the content, with its quotes */\n    str plain;\n");
    out_c(&o, "    str gzip;  /* STR_NONE where it would not be smaller */\n};\n");
    out_printf(&o, "extern const struct %s %ss[];\nextern const size_t %ss_n;\n\n#endif\n", name, name, name);
    out_write(&o, path);
}

static void put_str(struct out *o, const char *member, str s)
{
    out_printf(o, "     .%s = S_INIT(", member);
    out_bytes(o, s, 8);
    out_c(o, "),\n");
}

static void emit_code(const char *name, const char *header, const struct file *files, size_t n,
                      const char *path)
{
    struct out o = {0};
    out_c(&o, "/* Made by embed: change the files instead. */\n");
    out_printf(&o, "#include \"%.*s\"\n\n", STR_F(path_base(str_of(header))));
    out_c(&o, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    out_printf(&o, "const struct %s %ss[] = {\n", name, name);
    for (size_t i = 0; i < n; i++) {
        const struct file *f = &files[i];
        out_c(&o, "    {\n");
        put_str(&o, "name", f->name);
        put_str(&o, "type", str_of(f->type));
        put_str(&o, "etag", str_printf("\"%016llx\"", (unsigned long long)hash_fnv(f->source->text)));
        put_str(&o, "plain", f->source->text);
        if (f->gzip.n > 0) {
            put_str(&o, "gzip", f->gzip);
        }
        out_c(&o, "    },\n");
    }
    out_printf(&o, "    {.plain = {NULL, 0}},\n};\nconst size_t %ss_n = %zu;\n", name, n);
    out_write(&o, path);
}

int main(int argc, char **argv)
{
    const char *name = NULL, *out = NULL;
    struct file *files = NULL;
    size_t n = 0;
    for (int at = 1; at < argc;) {
        const char *value = NULL;
        if ((value = option(argc, argv, &at, "--name")) != NULL) {
            name = value;
        } else if ((value = option(argc, argv, &at, "--out")) != NULL) {
            out = value;
        } else {
            const struct file f = file_read(argv[at++]);
            PUSH(files, n) = f;
        }
    }
    if (name == NULL || out == NULL || !name_valid(str_of(name))) {
        refuse("embed", 0, "usage: embed --name NAME --out FILE-WITHOUT-ENDING FILE…");
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq(files[i].name, files[k].name)) {
                refuse(files[i].source->path, 0, "the name is taken by %s", files[k].source->path);
            }
        }
    }
    const char *header = str_c(str_printf("%s.h", out));
    emit_header(name, header);
    emit_code(name, header, files, n, str_c(str_printf("%s.c", out)));
    return 0;
}
