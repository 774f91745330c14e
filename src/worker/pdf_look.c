#include "pdf_look.h"

#include <zlib.h>

#include "arena.h"

enum { HEAD_WITHIN = 1024, END_WITHIN = 2048, NAME_MAX_LEN = 24, CHUNK = 64 * 1024 };

struct look {
    bool active;
    bool hidden; /* in a stream: objects that were to be packed, or could be */
    uint32_t pages;
    size_t unpacked;
};

static bool find(str s, str what, size_t *out_at)
{
    const char *at = s.n == 0 ? NULL : memmem(s.p, s.n, what.p, what.n);
    if (at == NULL) {
        return false;
    }
    *out_at = (size_t)(at - s.p);
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool ends_name(char c)
{
    return c == '\0' || strchr(" \t\r\n\f/<>[](){}%", c) != NULL;
}

/* A name as it is meant: any of its letters may be written as #xx (ISO 32000-1, 7.3.5). Cut at the length
 * that is of interest. */
static str name_at(str s, char out[NAME_MAX_LEN], size_t *out_read)
{
    size_t n = 0, i = 0;
    while (i < s.n && !ends_name(s.p[i])) {
        char c = s.p[i++];
        const int high = c == '#' && i + 1 < s.n ? hex(s.p[i]) : -1;
        const int low = high >= 0 ? hex(s.p[i + 1]) : -1;
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (n < NAME_MAX_LEN) {
            out[n++] = c;
        }
    }
    *out_read = i;
    return (str){out, n};
}

/* What makes more than paper of it. */
static bool is_active(str name)
{
    static const char *const names[] = {"JavaScript",    "JS",         "Launch",    "EmbeddedFile",
                                        "EmbeddedFiles", "Encrypt",    "RichMedia", "XFA",
                                        "SubmitForm",    "ImportData", "GoToE",     "Movie",
                                        "Rendition",     "Filespec",   "EF",        "FileAttachment"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_eq(name, str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* All names in a stretch of objects. */
static void names_look(str s, struct look *io)
{
    str before = S("");
    char kept[NAME_MAX_LEN];
    while (s.n > 0) {
        size_t at, read;
        char letters[NAME_MAX_LEN];
        if (!str_find(s, '/', &at)) {
            return;
        }
        s = str_sub(s, at + 1, s.n);
        const str name = name_at(s, letters, &read);
        io->active = io->active || is_active(name);
        io->pages += str_eq(before, S("Type")) && str_eq(name, S("Page"));
        memcpy(kept, letters, name.n);
        before = (str){kept, name.n};
        s = str_sub(s, read, s.n);
    }
}

/* What one reader takes for a stream may be objects to the next, who goes by the table at the end: a word in
 * a string or a comment is enough. So nothing active stands in one either, packed or not. "JS" or "EF" alone
 * is too short to mean anything among bytes. */
static void stream_look(str s, struct look *io)
{
    while (s.n > 0) {
        size_t at, read;
        char letters[NAME_MAX_LEN];
        if (!str_find(s, '/', &at)) {
            return;
        }
        s = str_sub(s, at + 1, s.n);
        const str name = name_at(s, letters, &read);
        io->active = io->active || (name.n > 2 && is_active(name));
        io->hidden = io->hidden || str_eq(name, S("ObjStm"));
        s = str_sub(s, read, s.n);
    }
}

/* A stream that holds objects, unpacked; false: it cannot be looked into. */
static bool objects_look(str packed, struct look *io)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    SCOPED(buf_free) struct buf all = buf_new(PDF_UNPACKED_MAX);
    char *chunk = mem_new(CHUNK);
    int said = inflateInit(&z);
    while (said == Z_OK && !all.full) {
        z.next_out = (Bytef *)chunk;
        z.avail_out = CHUNK;
        said = inflate(&z, Z_NO_FLUSH);
        buf_put(&all, (str){chunk, CHUNK - z.avail_out});
    }
    (void)inflateEnd(&z);
    mem_free(chunk);
    io->unpacked += all.n;
    names_look(buf_str(&all), io);
    return said == Z_STREAM_END && io->unpacked <= PDF_UNPACKED_MAX;
}

static bool has_name(str s, str wanted)
{
    while (s.n > 0) {
        size_t at, read;
        char letters[NAME_MAX_LEN];
        if (!str_find(s, '/', &at)) {
            return false;
        }
        s = str_sub(s, at + 1, s.n);
        if (str_eq(name_at(s, letters, &read), wanted)) {
            return true;
        }
    }
    return false;
}

/* The dictionary before a stream: from the object's beginning. */
static str dictionary_of(str before)
{
    for (size_t at = before.n; at >= 3; at--) {
        if (memcmp(before.p + at - 3, "obj", 3) == 0) {
            return str_sub(before, at, before.n);
        }
    }
    return before;
}

/* Behind "stream" and its end of line. */
static str stream_bytes(str s)
{
    if (str_starts(s, S("\r\n"))) {
        return str_sub(s, 2, s.n);
    }
    return str_starts(s, S("\n")) || str_starts(s, S("\r")) ? str_sub(s, 1, s.n) : s;
}

/* Whether a stream may hold objects: not every reader asks for its type. `before`: all since the one before
 * it, for in a dictionary a string may pretend that another object begins. */
static bool packs_objects(str before)
{
    const str dictionary = dictionary_of(before);
    return has_name(before, S("ObjStm")) ||
           (has_name(dictionary, S("First")) && has_name(dictionary, S("N")));
}

/* Everything between streams is looked at; of the streams those that hold objects. */
static bool all_look(str s, struct look *io)
{
    size_t at, end;
    while (find(s, S("stream"), &at)) {
        const str before = str_sub(s, 0, at);
        names_look(before, io);
        const str behind = stream_bytes(str_sub(s, at + 6, s.n));
        if (!find(behind, S("endstream"), &end)) {
            return false;
        }
        stream_look(str_sub(behind, 0, end), io);
        if (packs_objects(before)) {
            const bool plain = has_name(before, S("FlateDecode")) && !has_name(before, S("DecodeParms")) &&
                               !has_name(before, S("DP"));
            if (!plain || !objects_look(str_sub(behind, 0, end), io)) {
                return false;
            }
        }
        s = str_sub(behind, end + 9, behind.n);
    }
    names_look(s, io);
    return !io->hidden;
}

enum wire_why pdf_look(str input)
{
    struct look look = {0};
    size_t at;
    const str tail = input.n > END_WITHIN ? str_sub(input, input.n - END_WITHIN, END_WITHIN) : input;
    if (!find(str_sub(input, 0, HEAD_WITHIN), S("%PDF-"), &at) || !find(tail, S("%%EOF"), &at)) {
        return WHY_BROKEN;
    }
    const bool seen = all_look(input, &look);
    if (look.active) {
        return WHY_ACTIVE;
    }
    if (!seen) {
        return WHY_BROKEN;
    }
    return look.pages > PDF_PAGES_MAX ? WHY_TOO_BIG : WHY_FINE;
}
