#include "kit_sound.h"

#include "random.h"

/* A piece begins so: no spreadsheet takes it for a formula. */
#define MARK "b:"
enum {
    PIECE_TEXT = (KIT_SOUND_PIECE + 2) / 3 * 4,
    PIECES = (KIT_SOUND_MAX + KIT_SOUND_PIECE - 1) / KIT_SOUND_PIECE
};

bool kit_sound_field(str name)
{
    return str_starts(name, S("sound."));
}

static str piece_name(struct arena *a, size_t i)
{
    return arena_printf(a, "sound.%02zu", i + 1);
}

err kit_sound_put(struct kit *io, str bytes)
{
    if (bytes.n == 0 || bytes.n > KIT_SOUND_MAX) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i * KIT_SOUND_PIECE < bytes.n; i++) {
        const str piece = str_sub(bytes, i * KIT_SOUND_PIECE, KIT_SOUND_PIECE);
        char *text = arena_try(io->arena, sizeof MARK + PIECE_TEXT);
        if (text == NULL) {
            return FAIL(LIMIT);
        }
        memcpy(text, MARK, sizeof MARK - 1);
        const size_t n = base64url_of((const uint8_t *)piece.p, piece.n, text + sizeof MARK - 1);
        TRY(kit_field_add(io, piece_name(io->arena, i), (str){text, sizeof MARK - 1 + n}));
    }
    return OK;
}

/* The piece that comes next; all but the last one are full. */
static err piece_get(const struct kit_field *f, size_t i, struct buf *out, bool *io_last)
{
    uint8_t bytes[KIT_SOUND_PIECE];
    char name[16];
    size_t n;
    (void)snprintf(name, sizeof name, "sound.%02zu", i + 1);
    if (*io_last || i == PIECES || !str_eq(f->name, str_of(name)) || !str_starts(f->value, S(MARK)) ||
        !base64url_to(str_sub(f->value, sizeof MARK - 1, f->value.n), bytes, sizeof bytes, &n) || n == 0) {
        return FAIL(INVALID);
    }
    *io_last = n < sizeof bytes;
    buf_put(out, (str){(const char *)bytes, n});
    return out->full ? FAIL(INVALID) : OK;
}

err kit_sound_get(const struct kit_entry *e, struct buf *out)
{
    size_t n = 0;
    bool last = false;
    for (size_t i = 0; i < e->fields_n; i++) {
        if (kit_sound_field(e->fields[i].name)) {
            TRY(piece_get(&e->fields[i], n++, out, &last));
        }
    }
    return n > 0 ? OK : FAIL(INVALID);
}

/* ---- Opus in WebM: elements, each with a mark, its length and what it holds ---- */

enum { MARK_LEN = 4, LENGTH_LEN = 8, OF_OPUS_AUDIO = 2 };
enum element {
    E_EBML = 0x1A45DFA3,
    E_DOCTYPE = 0x4282,
    E_SEGMENT = 0x18538067,
    E_SEEK = 0x114D9B74,
    E_INFO = 0x1549A966,
    E_TRACKS = 0x1654AE6B,
    E_TRACK = 0xAE,
    E_TRACK_TYPE = 0x83,
    E_CODEC = 0x86,
    E_CLUSTER = 0x1F43B675,
    E_CUES = 0x1C53BB6B,
    E_TAGS = 0x1254C367,
    E_VOID = 0xEC,
    E_CRC = 0xBF
};

/* A number whose first bits say how many bytes it has; `keep`: with these bits, as marks are written. */
static bool number_next(str *rest, size_t most, bool keep, uint64_t *out)
{
    if (rest->n == 0 || rest->p[0] == 0) {
        return false;
    }
    const uint8_t first = (uint8_t)rest->p[0];
    size_t n = 1;
    while ((first & (0x80u >> (n - 1))) == 0) {
        n++;
    }
    if (n > most || n > rest->n) {
        return false;
    }
    uint64_t v = keep ? first : first & (0xffu >> n);
    for (size_t i = 1; i < n; i++) {
        v = v << 8 | (uint8_t)rest->p[i];
    }
    *rest = str_sub(*rest, n, rest->n);
    *out = v;
    return true;
}

/* A length that nobody knew when it was written is longer than what is left: such a file is none of ours. */
static bool element_next(str *rest, uint64_t *mark, str *body)
{
    uint64_t n;
    if (!number_next(rest, MARK_LEN, true, mark) || !number_next(rest, LENGTH_LEN, false, &n) ||
        n > rest->n) {
        return false;
    }
    *body = str_sub(*rest, 0, (size_t)n);
    *rest = str_sub(*rest, (size_t)n, rest->n);
    return true;
}

static bool head_right(str in)
{
    uint64_t mark;
    str body;
    bool webm = false;
    while (in.n > 0) {
        if (!element_next(&in, &mark, &body)) {
            return false;
        }
        webm = webm || (mark == E_DOCTYPE && str_eq(body, S("webm")));
    }
    return webm;
}

static bool track_right(str in)
{
    uint64_t mark;
    str body;
    bool opus = false;
    bool sound = false;
    while (in.n > 0) {
        if (!element_next(&in, &mark, &body)) {
            return false;
        }
        if (mark == E_CODEC) {
            opus = str_eq(body, S("A_OPUS"));
        }
        if (mark == E_TRACK_TYPE) {
            sound = body.n == 1 && body.p[0] == OF_OPUS_AUDIO;
        }
    }
    return opus && sound;
}

static bool tracks_right(str in)
{
    uint64_t mark;
    str body;
    size_t tracks = 0;
    while (in.n > 0) {
        if (!element_next(&in, &mark, &body)) {
            return false;
        }
        if (mark == E_TRACK) {
            tracks++;
            if (!track_right(body)) {
                return false;
            }
        } else if (mark != E_VOID && mark != E_CRC) {
            return false;
        }
    }
    return tracks == 1;
}

static bool segment_right(str in)
{
    uint64_t mark;
    str body;
    size_t tracks = 0;
    size_t clusters = 0;
    while (in.n > 0) {
        if (!element_next(&in, &mark, &body)) {
            return false;
        }
        switch (mark) {
        case E_TRACKS:
            tracks += tracks_right(body) ? 1 : 2;
            break;
        case E_CLUSTER:
            clusters++;
            break;
        case E_SEEK:
        case E_INFO:
        case E_CUES:
        case E_TAGS:
        case E_VOID:
        case E_CRC:
            break;
        default: /* chapters, files that hang on: no recording of ours */
            return false;
        }
    }
    return tracks == 1 && clusters > 0;
}

bool kit_sound_right(str bytes)
{
    uint64_t mark;
    str head;
    str segment;
    return element_next(&bytes, &mark, &head) && mark == E_EBML && head_right(head) &&
           element_next(&bytes, &mark, &segment) && mark == E_SEGMENT && bytes.n == 0 &&
           segment_right(segment);
}
