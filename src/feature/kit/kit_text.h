/* kit_text.h: a kit as a file: one text that people can read and compare line by line, signed with Ed25519.
 *
 *     sunwai kit 1
 *     country: PK
 *     for: PK5
 *
 *     [service M-WAT-01]
 *     group: water
 *     name.en: No water, or very little
 *
 *     [signed]
 *     key: 64 hexadecimal digits
 *     signature: 128 of them
 *
 * There is one way only to write a kit: entries by kind and code, fields by name, each once, no empty value,
 * line ends within a value as \n. So the same content is the same bytes, a code cannot stand there twice, and
 * what one reads is what was signed: all before the line of the signature. Nothing is looked at before the
 * signature has been checked. A value that a spreadsheet would take for a formula is refused.
 */
#ifndef SUNWAI_KIT_TEXT_H
#define SUNWAI_KIT_TEXT_H

#include "arena.h"
#include "buf.h"
#include "err.h"

enum {
    KIT_FORMAT = 1,
    KIT_BYTES_MAX = 900 * 1024, /* one order to the server is at most 1 MiB */
    KIT_ENTRIES_MAX = 4000,
    KIT_FIELDS_MAX = 64, /* of one entry */
    KIT_CODE_MAX = 80,
    KIT_NAME_MAX = 40,
    KIT_VALUE_MAX = 16000,
    KIT_KEY_LEN = 32,
    KIT_SECRET_LEN = 64,
    KIT_SIGNATURE_LEN = 64
};

/* What a kit can hold, in its order. */
enum kit_kind {
    KIT_GROUP,
    KIT_DOCUMENT,
    KIT_SERVICE,
    KIT_TERM,
    KIT_MESSAGE,
    KIT_BYLAW,
    KIT_READY,
    KIT_CURRICULUM,
    KIT_PROMPT,
    KIT_PORTAL,
    KIT_KINDS
};
extern const str kit_kind_codes[KIT_KINDS]; /* "service" */

struct kit_field {
    str name, value;
};
struct kit_entry {
    enum kit_kind kind;
    str code;
    struct kit_field *fields;
    size_t fields_n;
};
struct kit {
    str country, unit; /* "PK"; the unit that it was made for */
    struct kit_entry *entries;
    size_t n;
    struct arena *arena; /* where entries and fields live */
    size_t silent;       /* recordings for which a kit has no room */
    str key;             /* in hex, of who signed it */
};

/* ---- making ---- */

err kit_new(struct arena *a, struct kit *out);
/* The last entry's fields are those added behind it; empty values are left out. LIMIT. */
err kit_entry_add(struct kit *io, enum kit_kind kind, str code);
err kit_field_add(struct kit *io, str name, str value);
err kit_field_number(struct kit *io, str name, int64_t value);
/* Into the one order. */
void kit_sort(struct kit *io);
/* Sorted before. Fills *out; LIMIT when it is full. */
err kit_sign(const struct kit *k, const uint8_t secret[KIT_SECRET_LEN], struct buf *out);
/* Puts key and signature behind a text that stands in *out. */
void kit_sign_text(const uint8_t secret[KIT_SECRET_LEN], struct buf *out);
/* The lines of one entry's fields: what is kept of what was taken in. */
void kit_entry_put(const struct kit_entry *e, struct buf *out);

/* ---- reading ---- */

enum kit_why {
    KIT_FINE,
    KIT_NO_KIT,       /* another file */
    KIT_NEWER,        /* of a later format */
    KIT_TOO_LONG,     /* one of the bounds above */
    KIT_UNSIGNED,     /* cut off, or never signed */
    KIT_SIGNATURE,    /* changed since, or signed by somebody else */
    KIT_LINE,         /* a line that is not as it must be */
    KIT_KIND_UNKNOWN, /* a kind of entry that this program does not know */
    KIT_TWICE,        /* a code or a field twice, or not in its order */
    KIT_FORMULA       /* a value that begins as a formula */
};
struct kit_fault {
    enum kit_why why;
    size_t line; /* 0: the whole file */
};
/* Values borrow from text where they can. INVALID with *fault. */
err kit_read(struct arena *a, str text, struct kit *out, struct kit_fault *fault);

/* The value of a field; empty when there is none. */
str kit_value(const struct kit_entry *e, str name);
/* The entry; NULL. In a sorted kit. */
const struct kit_entry *kit_find(const struct kit *k, enum kit_kind kind, str code);
bool kit_same(const struct kit_entry *a, const struct kit_entry *b);

/* ---- keys ---- */

void kit_key_make(uint8_t secret[KIT_SECRET_LEN]);
/* "1f2e 3d4c …": what two people read to each other, 40 digits of the key's hash. */
enum { KIT_PRINT_LEN = 49 };
bool kit_print(str key_hex, char out[KIT_PRINT_LEN]);
/* Whether what was typed is the fingerprint, whatever stands between its digits. */
bool kit_print_same(str key_hex, str typed);

#endif
