#include "pdf_anew.h"

#include <qpdf/qpdf-c.h>

#include "arena.h"
#include "bare.h"
#include "pdf_look.h"

enum {
    SEEN_ROOM = 4 * PDF_OBJECTS_MAX,
    PICTURE_MAX = 64 << 20,
    KEYS_MAX = 8 << 20,
    TODO_STEP = 1024,
    PARENTS_MAX = 100
};

/* What is still to be walked through, and the numbers of the objects that were. */
struct anew {
    qpdf_data q;
    uint64_t *seen;
    size_t seen_n;
    qpdf_oh *todo;
    size_t todo_n, todo_room;
    enum wire_why why;
};

static void refuse(struct anew *a, enum wire_why why)
{
    a->why = a->why == WHY_FINE ? why : a->why;
}

/* Of what stands by itself in the file, the first time only: papers lead in circles. */
static bool is_new(struct anew *a, qpdf_oh x)
{
    if (!qpdf_oh_is_indirect(a->q, x)) {
        return true;
    }
    const uint64_t id =
        (uint64_t)(uint32_t)qpdf_oh_get_object_id(a->q, x) << 32 | (uint32_t)qpdf_oh_get_generation(a->q, x);
    size_t at = (size_t)(id * 0x9E3779B97F4A7C15U >> 40) % SEEN_ROOM;
    while (a->seen[at] != 0 && a->seen[at] != id) {
        at = (at + 1) % SEEN_ROOM;
    }
    if (a->seen[at] == id) {
        return false;
    }
    if (a->seen_n == PDF_OBJECTS_MAX) {
        refuse(a, WHY_TOO_BIG);
        return false;
    }
    a->seen[at] = id;
    a->seen_n++;
    return true;
}

/* Takes the handle. */
static void later(struct anew *a, qpdf_oh x)
{
    if (qpdf_oh_is_scalar(a->q, x) || !is_new(a, x)) {
        qpdf_oh_release(a->q, x);
        return;
    }
    if (a->todo_n == a->todo_room) {
        a->todo_room += TODO_STEP;
        a->todo = mem_grow(a->todo, a->todo_room * sizeof *a->todo);
    }
    a->todo[a->todo_n++] = x;
}

static bool named(const char *key, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(key, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whatever dictionary they stand in. */
static bool tells_of_author(const char *key)
{
    static const char *const names[] = {"/Metadata", "/PieceInfo",  "/LastModified", "/Thumb",
                                        "/AF",       "/SpiderInfo", "/CreatorInfo",  "/Perms",
                                        "/DSS",      "/Legal",      "/Threads",      "/IDS",
                                        "/SigFlags", "/URLS",       "/DPart",        "/DPartRoot"};
    return named(key, names, sizeof names / sizeof names[0]);
}

/* XMP under another key, and a signature: it signs bytes of a file that is no more. */
static bool value_tells(struct anew *a, qpdf_oh value)
{
    if (qpdf_oh_is_stream(a->q, value)) {
        const qpdf_oh d = qpdf_oh_get_dict(a->q, value);
        const bool xmp = qpdf_oh_is_dictionary_of_type(a->q, d, "/Metadata", "");
        qpdf_oh_release(a->q, d);
        return xmp;
    }
    return qpdf_oh_is_dictionary(a->q, value) && qpdf_oh_has_key(a->q, value, "/ByteRange");
}

static bool key_is(struct anew *a, qpdf_oh d, const char *key, const char *name)
{
    const qpdf_oh value = qpdf_oh_get_key(a->q, d, key);
    const bool is = qpdf_oh_is_name_and_equals(a->q, value, name);
    qpdf_oh_release(a->q, value);
    return is;
}

/* Who wrote a comment, and when; from which address a page was printed, and whose article it is a part of. */
static void own_keys_drop(struct anew *a, qpdf_oh d)
{
    if (key_is(a, d, "/Type", "/Page")) {
        qpdf_oh_remove_key(a->q, d, "/B");
        qpdf_oh_remove_key(a->q, d, "/ID");
    }
    if (qpdf_oh_has_key(a->q, d, "/Rect") && qpdf_oh_has_key(a->q, d, "/Subtype")) {
        qpdf_oh_remove_key(a->q, d, "/M");
        qpdf_oh_remove_key(a->q, d, "/CreationDate");
        qpdf_oh_remove_key(a->q, d, "/NM");
        if (!key_is(a, d, "/Subtype", "/Widget")) { /* there it is the name of a field */
            qpdf_oh_remove_key(a->q, d, "/T");
        }
    }
}

/* The names of a dictionary, with a zero behind each: only one can be gone through at a time. */
static bool keys_of(struct anew *a, qpdf_oh d, struct buf *out)
{
    qpdf_oh_begin_dict_key_iter(a->q, d);
    while (qpdf_oh_dict_more_keys(a->q)) {
        buf_put(out, str_of(qpdf_oh_dict_next_key(a->q)));
        buf_putc(out, '\0');
    }
    return !out->full;
}

static void dictionary_walk(struct anew *a, qpdf_oh d)
{
    SCOPED(buf_free) struct buf keys = buf_new(KEYS_MAX);
    own_keys_drop(a, d);
    if (!keys_of(a, d, &keys)) {
        refuse(a, WHY_TOO_BIG);
        return;
    }
    for (size_t at = 0; at < keys.n; at += strlen(keys.p + at) + 1) {
        const char *key = keys.p + at;
        if (!qpdf_oh_has_key(a->q, d, key)) {
            refuse(a, WHY_BROKEN); /* a zero in a name: no program writes that */
            return;
        }
        const qpdf_oh value = qpdf_oh_get_key(a->q, d, key);
        if (tells_of_author(key) || value_tells(a, value)) {
            qpdf_oh_remove_key(a->q, d, key);
            qpdf_oh_release(a->q, value);
        } else {
            later(a, value);
        }
    }
}

/* ---- pictures inside ---- */

/* How a stream is packed: one name, or several, the last the innermost. */
struct packed {
    qpdf_oh filter, settings; /* as they stand */
    int n;
};

static qpdf_oh item_of(struct anew *a, qpdf_oh list, int i)
{
    if (qpdf_oh_is_array(a->q, list)) {
        return qpdf_oh_get_array_item(a->q, list, i);
    }
    return i == 0 ? qpdf_oh_new_object(a->q, list) : qpdf_oh_new_null(a->q);
}

/* All but the last. */
static qpdf_oh front_of(struct anew *a, qpdf_oh list, int n)
{
    const qpdf_oh front = qpdf_oh_new_array(a->q);
    for (int i = 0; i + 1 < n; i++) {
        const qpdf_oh item = item_of(a, list, i);
        qpdf_oh_append_item(a->q, front, item);
        qpdf_oh_release(a->q, item);
    }
    return front;
}

typedef bool (*bare_fn)(str picture, struct buf *out);

/* How the picture that is packed innermost is bared; NULL: it is none. *out_inner: where it stands. */
static bare_fn baring(struct anew *a, const struct packed *p, int *out_inner)
{
    bare_fn found = NULL;
    for (int i = 0; i < p->n; i++) {
        const qpdf_oh name = item_of(a, p->filter, i);
        const bool jpeg = qpdf_oh_is_name_and_equals(a->q, name, "/DCTDecode") ||
                          qpdf_oh_is_name_and_equals(a->q, name, "/DCT");
        const bool wavelet = qpdf_oh_is_name_and_equals(a->q, name, "/JPXDecode");
        qpdf_oh_release(a->q, name);
        if (jpeg || wavelet) {
            found = jpeg ? bare_jpeg : bare_jpeg2000;
            *out_inner = i;
        }
    }
    return found;
}

/* The picture as its own format has it: what it is packed into beside that is undone. */
static bool picture_read(struct anew *a, qpdf_oh stream, qpdf_oh d, const struct packed *p,
                         unsigned char **out, size_t *out_n)
{
    QPDF_BOOL undone = QPDF_FALSE;
    if (p->n == 1) {
        return (qpdf_oh_get_stream_data(a->q, stream, qpdf_dl_none, NULL, out, out_n) & QPDF_ERRORS) == 0;
    }
    qpdf_oh_replace_key(a->q, d, "/Filter", front_of(a, p->filter, p->n));
    qpdf_oh_replace_or_remove_key(a->q, d, "/DecodeParms",
                                  qpdf_oh_is_null(a->q, p->settings) ? p->settings
                                                                     : front_of(a, p->settings, p->n));
    const QPDF_ERROR_CODE code =
        qpdf_oh_get_stream_data(a->q, stream, qpdf_dl_specialized, &undone, out, out_n);
    return (code & QPDF_ERRORS) == 0 && undone;
}

static void picture_bare(struct anew *a, qpdf_oh stream, qpdf_oh d, const struct packed *p, bare_fn bare)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    SCOPED(buf_free) struct buf made = buf_new(PICTURE_MAX);
    if (picture_read(a, stream, d, p, &bytes, &n) && bare((str){(const char *)bytes, n}, &made)) {
        qpdf_oh_replace_stream_data(a->q, stream, (const unsigned char *)made.p, made.n,
                                    item_of(a, p->filter, p->n - 1), item_of(a, p->settings, p->n - 1));
    } else {
        refuse(a, made.full ? WHY_TOO_BIG : WHY_BROKEN);
    }
    mem_free(bytes);
}

static void stream_walk(struct anew *a, qpdf_oh stream)
{
    int inner = 0;
    const qpdf_oh d = qpdf_oh_get_dict(a->q, stream);
    struct packed p = {qpdf_oh_get_key(a->q, d, "/Filter"), qpdf_oh_get_key(a->q, d, "/DecodeParms"), 1};
    if (qpdf_oh_is_array(a->q, p.filter)) {
        p.n = qpdf_oh_get_array_n_items(a->q, p.filter);
    }
    dictionary_walk(a, d);
    const bare_fn bare = baring(a, &p, &inner);
    if (bare != NULL && inner != p.n - 1) {
        refuse(a, WHY_BROKEN); /* packed points would be unpacked further */
    } else if (bare != NULL) {
        picture_bare(a, stream, d, &p, bare);
    }
}

/* ---- the whole ---- */

static void all_walk(struct anew *a)
{
    later(a, qpdf_get_root(a->q));
    while (a->todo_n > 0 && a->why == WHY_FINE) {
        const qpdf_oh x = a->todo[--a->todo_n];
        if (qpdf_oh_is_stream(a->q, x)) {
            stream_walk(a, x);
        } else if (qpdf_oh_is_dictionary(a->q, x)) {
            dictionary_walk(a, x);
        } else {
            const int n = qpdf_oh_get_array_n_items(a->q, x);
            for (int i = 0; i < n; i++) {
                later(a, qpdf_oh_get_array_item(a->q, x, i));
            }
        }
        qpdf_oh_release(a->q, x);
    }
}

/* Of the trailer nothing but where the paper begins: Info, the ids of the file, marks of programs. */
static void trailer_bare(struct anew *a)
{
    SCOPED(buf_free) struct buf keys = buf_new(KEYS_MAX);
    const qpdf_oh trailer = qpdf_get_trailer(a->q);
    if (!keys_of(a, trailer, &keys)) {
        refuse(a, WHY_TOO_BIG);
        return;
    }
    for (size_t at = 0; at < keys.n; at += strlen(keys.p + at) + 1) {
        if (strcmp(keys.p + at, "/Root") != 0) {
            qpdf_oh_remove_key(a->q, trailer, keys.p + at);
        }
    }
}

static void written(struct anew *a, struct buf *out)
{
    if (qpdf_has_error(a->q) || (qpdf_init_write_memory(a->q) & QPDF_ERRORS) != 0) {
        refuse(a, WHY_BROKEN);
        return;
    }
    qpdf_set_object_stream_mode(a->q, qpdf_o_disable);
    qpdf_set_stream_data_mode(a->q, qpdf_s_preserve); /* as long as it was, and nothing is unpacked */
    qpdf_set_deterministic_ID(a->q, QPDF_TRUE);
    if ((qpdf_write(a->q) & QPDF_ERRORS) != 0) {
        refuse(a, WHY_BROKEN);
        return;
    }
    buf_put(out, (str){(const char *)qpdf_get_buffer(a->q), qpdf_get_buffer_length(a->q)});
    if (out->full) {
        refuse(a, WHY_TOO_BIG);
    }
}

/* A page that could not be read is empty by now, and nobody would miss it: each has a size, its own or one of
 * those above it. */
static bool has_size(struct anew *a, qpdf_oh page)
{
    for (int up = 0; up < PARENTS_MAX && qpdf_oh_is_dictionary(a->q, page); up++) {
        if (qpdf_oh_has_key(a->q, page, "/MediaBox")) {
            return true;
        }
        page = qpdf_oh_get_key(a->q, page, "/Parent");
    }
    return false;
}

static bool all_have_size(struct anew *a, int pages)
{
    for (int i = 0; i < pages; i++) {
        if (!has_size(a, qpdf_get_page_n(a->q, (size_t)i))) {
            return false;
        }
    }
    return true;
}

static void opened(struct anew *a, str input, uint32_t *out_pages)
{
    qpdf_silence_errors(a->q);
    qpdf_set_suppress_warnings(a->q, QPDF_TRUE);
    if ((qpdf_read_memory(a->q, "paper", input.p, input.n, NULL) & QPDF_ERRORS) != 0) {
        refuse(a,
               qpdf_get_error_code(a->q, qpdf_get_error(a->q)) == qpdf_e_password ? WHY_ACTIVE : WHY_BROKEN);
        return;
    }
    const int pages = qpdf_get_num_pages(a->q);
    if (qpdf_is_encrypted(a->q)) {
        refuse(a, WHY_ACTIVE);
    } else if (pages > PDF_PAGES_MAX) {
        refuse(a, WHY_TOO_BIG);
    } else if (pages <= 0 || !all_have_size(a, pages)) {
        refuse(a, WHY_BROKEN);
    }
    *out_pages = pages > 0 ? (uint32_t)pages : 0;
}

enum wire_why pdf_anew(str input, struct buf *out, uint32_t *out_pages)
{
    struct anew a = {.q = qpdf_init(), .seen = mem_new(SEEN_ROOM * sizeof(uint64_t)), .why = WHY_FINE};
    opened(&a, input, out_pages);
    if (a.why == WHY_FINE) {
        trailer_bare(&a);
        all_walk(&a);
    }
    if (a.why == WHY_FINE) {
        written(&a, out);
    }
    (void)qpdf_get_error(a.q); /* what nobody has asked for would be printed, in the words of the file */
    qpdf_cleanup(&a.q);
    mem_free(a.seen);
    mem_free(a.todo);
    return a.why;
}
