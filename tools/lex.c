#include "lex.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const c_keywords[] = {
    "auto",   "break",    "case",     "char",     "const",  "continue", "default", "do",      "double",
    "else",   "enum",     "extern",   "float",    "for",    "goto",     "if",      "inline",  "int",
    "long",   "register", "restrict", "return",   "short",  "signed",   "sizeof",  "static",  "struct",
    "switch", "typedef",  "union",    "unsigned", "void",   "volatile", "while",   "alignas", "alignof",
    "bool",   "true",     "false",    "asm",      "typeof",
};

str str_of(const char *c)
{
    return (str){c, strlen(c)};
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(str a, const char *b)
{
    return str_eq(a, str_of(b));
}

bool str_starts(str s, const char *prefix)
{
    const size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

bool str_ends(str s, const char *suffix)
{
    const size_t n = strlen(suffix);
    return s.n >= n && memcmp(s.p + s.n - n, suffix, n) == 0;
}

int str_cmp(str a, str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int order = n > 0 ? memcmp(a.p, b.p, n) : 0;
    if (order != 0) {
        return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s = str_from(s, 1);
    }
    while (s.n > 0 && is_space(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

str str_from(str s, size_t at)
{
    if (at > s.n) {
        at = s.n;
    }
    return (str){s.p + at, s.n - at};
}

str str_range(const char *from, const char *to)
{
    return (str){from, (size_t)(to - from)};
}

bool str_find(str s, const char *what, size_t *out_at)
{
    const char *found = s.n > 0 ? memmem(s.p, s.n, what, strlen(what)) : NULL;
    if (found != NULL && out_at != NULL) {
        *out_at = (size_t)(found - s.p);
    }
    return found != NULL;
}

str str_cut(str *rest, char sep)
{
    const char *found = rest->n > 0 ? memchr(rest->p, sep, rest->n) : NULL;
    const size_t n = found != NULL ? (size_t)(found - rest->p) : rest->n;
    const str head = {rest->p, n};
    *rest = str_from(*rest, found != NULL ? n + 1 : n);
    return head;
}

str str_word(str *rest)
{
    str s = *rest;
    while (s.n > 0 && is_space(s.p[0])) {
        s = str_from(s, 1);
    }
    size_t n = 0;
    while (n < s.n && !is_space(s.p[n])) {
        n++;
    }
    *rest = str_from(s, n);
    return (str){s.p, n};
}

const char *str_c(str s)
{
    char *copy = keep(s.n + 1);
    if (s.n > 0) {
        memcpy(copy, s.p, s.n);
    }
    return copy;
}

str str_printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    const int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0) {
        refuse("memory", 0, "none left");
    }
    return (str){text, (size_t)n};
}

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(char c)
{
    return is_name_start(c) || is_digit(c);
}

size_t name_length(str s)
{
    if (s.n == 0 || !is_name_start(s.p[0])) {
        return 0;
    }
    size_t n = 1;
    while (n < s.n && is_name(s.p[n])) {
        n++;
    }
    return n;
}

bool name_valid(str s)
{
    if (s.n == 0 || name_length(s) != s.n) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'A' && s.p[i] <= 'Z') {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof c_keywords / sizeof *c_keywords; i++) {
        if (str_is(s, c_keywords[i])) {
            return false;
        }
    }
    return true;
}

__attribute__((format(printf, 3, 0))) static void refuse_list(const char *path, size_t line,
                                                              const char *format, va_list args)
{
    (void)fflush(stdout);
    if (line > 0) {
        (void)fprintf(stderr, "%s:%zu: ", path, line);
    } else {
        (void)fprintf(stderr, "%s: ", path);
    }
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
}

void refuse(const char *path, size_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    refuse_list(path, line, format, args);
    va_end(args);
    exit(1);
}

void refuse_at(const struct source *s, const char *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    refuse_list(s->path, source_line(s, at), format, args);
    va_end(args);
    exit(1);
}

void *keep(size_t size)
{
    void *p = calloc(1, size > 0 ? size : 1);
    if (p == NULL) {
        refuse("memory", 0, "none left");
    }
    return p;
}

void *keep_more(void *array, size_t n, size_t size)
{
    const bool room = n > 0 && (n & (n - 1)) != 0;
    if (room) {
        return array;
    }
    const size_t count = n > 0 ? n * 2 : 1;
    char *p = reallocarray(array, count, size);
    if (p == NULL) {
        refuse("memory", 0, "none left");
    }
    memset(p + n * size, 0, (count - n) * size);
    return p;
}

struct source *source_bytes(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (f == NULL || fstat(fileno(f), &st) != 0) {
        refuse(path, 0, "cannot be read: %s", strerrordesc_np(errno));
    }
    if (!S_ISREG(st.st_mode)) {
        refuse(path, 0, "cannot be read: not a file");
    }
    const size_t n = (size_t)st.st_size;
    char *text = keep(n + 1);
    if (fread(text, 1, n, f) != n) {
        refuse(path, 0, "cannot be read: it changed meanwhile");
    }
    (void)fclose(f);
    struct source *s = keep(sizeof *s);
    s->path = str_c(str_of(path));
    s->text = (str){text, n};
    return s;
}

/* Length of the well-formed UTF-8 sequence at p, 0 for none (Unicode 15, table 3-7). */
static size_t utf8_length(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80) {
        return p[0] == 0 ? 0 : 1;
    }
    const size_t want = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n < want) {
        return 0;
    }
    for (size_t i = 1; i < want; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    const bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    const bool outside = (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f);
    return overlong || outside ? 0 : want;
}

struct source *source_read(const char *path)
{
    struct source *s = source_bytes(path);
    for (size_t i = 0; i < s->text.n;) {
        const size_t n = utf8_length((const unsigned char *)s->text.p + i, s->text.n - i);
        if (n == 0) {
            refuse_at(s, s->text.p + i, "not UTF-8 text");
        }
        i += n;
    }
    return s;
}

size_t source_line(const struct source *s, const char *at)
{
    size_t line = 1;
    for (const char *p = s->text.p; p < at && p < s->text.p + s->text.n; p++) {
        line += *p == '\n';
    }
    return line;
}

struct lines lines_of(const struct source *s)
{
    return (struct lines){s->text, 0};
}

bool lines_next(struct lines *l, str *out)
{
    if (l->rest.n == 0) {
        return false;
    }
    str line = str_cut(&l->rest, '\n');
    if (line.n > 0 && line.p[line.n - 1] == '\r') {
        line.n--;
    }
    l->line++;
    *out = line;
    return true;
}

static void out_room(struct out *o, size_t more)
{
    if (o->n + more + 1 <= o->cap) {
        return;
    }
    size_t cap = o->cap > 0 ? o->cap : 1024;
    while (cap < o->n + more + 1) {
        cap *= 2;
    }
    char *p = realloc(o->p, cap);
    if (p == NULL) {
        refuse("memory", 0, "none left");
    }
    o->p = p;
    o->cap = cap;
}

void out_str(struct out *o, str s)
{
    out_room(o, s.n);
    if (s.n > 0) {
        memcpy(o->p + o->n, s.p, s.n);
    }
    o->n += s.n;
    o->p[o->n] = '\0';
}

void out_c(struct out *o, const char *s)
{
    out_str(o, str_of(s));
}

void out_char(struct out *o, char c)
{
    out_str(o, (str){&c, 1});
}

void out_printf(struct out *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    const int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0) {
        refuse("memory", 0, "none left");
    }
    out_str(o, (str){text, (size_t)n});
    free(text);
}

/* The second of two '?' is escaped so that no trigraph can arise; control characters are octal, which ends
 * after three digits and so cannot swallow what follows. */
static void literal_char(struct out *o, char before, char c)
{
    switch (c) {
    case '\n':
        out_c(o, "\\n");
        return;
    case '\t':
        out_c(o, "\\t");
        return;
    case '\r':
        out_c(o, "\\r");
        return;
    case '"':
        out_c(o, "\\\"");
        return;
    case '\\':
        out_c(o, "\\\\");
        return;
    case '?':
        out_c(o, before == '?' ? "\\?" : "?");
        return;
    default:
        break;
    }
    if ((unsigned char)c < 0x20 || c == 0x7f) {
        out_printf(o, "\\%03o", (unsigned)(unsigned char)c);
        return;
    }
    out_char(o, c);
}

void out_literal(struct out *o, str s, int indent)
{
    out_char(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        literal_char(o, i > 0 ? s.p[i - 1] : '\0', s.p[i]);
        if (s.p[i] == '\n' && i + 1 < s.n) {
            out_printf(o, "\"\n%*s\"", indent, "");
        }
    }
    out_char(o, '"');
}

void out_bytes(struct out *o, str s, int indent)
{
    enum { LINE = 96 };
    size_t from = o->n;
    out_char(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (o->n - from > LINE) {
            out_printf(o, "\"\n%*s\"", indent, "");
            from = o->n;
        }
        if ((unsigned char)s.p[i] >= 0x80) {
            out_printf(o, "\\%03o", (unsigned)(unsigned char)s.p[i]);
        } else {
            literal_char(o, i > 0 ? s.p[i - 1] : '\0', s.p[i]);
        }
    }
    out_char(o, '"');
}

str out_text(const struct out *o)
{
    return (str){o->p != NULL ? o->p : "", o->n};
}

static bool file_holds(const char *path, str text)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size != text.n) {
        return false;
    }
    return str_eq(source_bytes(path)->text, text);
}

static void make_folders(const char *path)
{
    char *copy = keep(strlen(path) + 1);
    memcpy(copy, path, strlen(path));
    for (char *p = copy + 1; *p != '\0'; p++) {
        if (*p != '/') {
            continue;
        }
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST) {
            refuse(copy, 0, "cannot be made: %s", strerrordesc_np(errno));
        }
        *p = '/';
    }
}

void out_write(const struct out *o, const char *path)
{
    const str text = out_text(o);
    if (file_holds(path, text)) {
        return;
    }
    make_folders(path);
    const char *part = str_c(str_printf("%s.part", path));
    FILE *f = fopen(part, "wb");
    if (f == NULL) {
        refuse(part, 0, "cannot be written: %s", strerrordesc_np(errno));
    }
    const bool written = fwrite(text.p, 1, text.n, f) == text.n;
    if (fclose(f) != 0 || !written || rename(part, path) != 0) {
        refuse(path, 0, "cannot be written: %s", strerrordesc_np(errno));
    }
}

str path_below(const char *path, const char *root)
{
    const size_t n = strlen(root);
    if (strncmp(path, root, n) != 0 || path[n] != '/') {
        refuse(path, 0, "not below %s", root);
    }
    return str_of(path + n + 1);
}

str path_base(str path)
{
    const char *slash = path.n > 0 ? memrchr(path.p, '/', path.n) : NULL;
    return slash != NULL ? str_range(slash + 1, path.p + path.n) : path;
}

const char *option(int argc, char **argv, int *at, const char *name)
{
    if (strcmp(argv[*at], name) != 0) {
        return NULL;
    }
    if (*at + 1 >= argc) {
        refuse(name, 0, "needs a value");
    }
    *at += 2;
    return argv[*at - 1];
}

uint64_t hash_fnv(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    }
    return h;
}
