#include "kit_text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "random.h"

const str kit_kind_codes[KIT_KINDS] = {
    [KIT_GROUP] = S_INIT("group"),     [KIT_DOCUMENT] = S_INIT("document"),
    [KIT_SERVICE] = S_INIT("service"), [KIT_TERM] = S_INIT("term"),
    [KIT_MESSAGE] = S_INIT("message"), [KIT_BYLAW] = S_INIT("bylaw"),
    [KIT_READY] = S_INIT("ready"),     [KIT_CURRICULUM] = S_INIT("curriculum"),
    [KIT_PROMPT] = S_INIT("prompt"),   [KIT_PORTAL] = S_INIT("portal")};

#define HEAD "sunwai kit "
#define SIGNED "\n[signed]\nkey: "
#define SIGNATURE "signature: "
enum { KEY_HEX = 2 * KIT_KEY_LEN, SIGNATURE_HEX = 2 * KIT_SIGNATURE_LEN };

/* ---- making ---- */

err kit_new(struct arena *a, struct kit *out)
{
    *out = (struct kit){.entries = arena_array_of(a, struct kit_entry, KIT_ENTRIES_MAX), .arena = a};
    return out->entries == NULL ? FAIL(LIMIT) : OK;
}

err kit_entry_add(struct kit *io, enum kit_kind kind, str code)
{
    if (io->n == KIT_ENTRIES_MAX || code.p == NULL) {
        return FAIL(LIMIT);
    }
    io->entries[io->n++] = (struct kit_entry){.kind = kind, .code = code};
    return OK;
}

/* Room for 8 fields, then for 16, 32, 64. */
static bool room_made(struct kit *k, struct kit_entry *e)
{
    enum { FIRST = 8 };
    const size_t n = e->fields_n;
    if (n != 0 && (n < FIRST || (n & (n - 1)) != 0)) {
        return true;
    }
    struct kit_field *more = arena_array_of(k->arena, struct kit_field, n == 0 ? FIRST : 2 * n);
    if (more == NULL) {
        return false;
    }
    if (n > 0) {
        memcpy(more, e->fields, n * sizeof *more);
    }
    e->fields = more;
    return true;
}

err kit_field_add(struct kit *io, str name, str value)
{
    CHECK(io->n > 0);
    struct kit_entry *e = &io->entries[io->n - 1];
    if (value.n == 0) {
        return OK;
    }
    if (e->fields_n == KIT_FIELDS_MAX || name.p == NULL || value.n > KIT_VALUE_MAX || !room_made(io, e)) {
        return FAIL(LIMIT);
    }
    e->fields[e->fields_n++] = (struct kit_field){name, value};
    return OK;
}

err kit_field_number(struct kit *io, str name, int64_t value)
{
    const str text = arena_printf(io->arena, "%lld", (long long)value);
    return text.p == NULL ? FAIL(LIMIT) : kit_field_add(io, name, text);
}

static int entry_cmp(const void *a, const void *b)
{
    const struct kit_entry *x = a;
    const struct kit_entry *y = b;
    return x->kind != y->kind ? (x->kind > y->kind ? 1 : -1) : str_cmp(x->code, y->code);
}

static int field_cmp(const void *a, const void *b)
{
    const struct kit_field *x = a;
    const struct kit_field *y = b;
    return str_cmp(x->name, y->name);
}

void kit_sort(struct kit *io)
{
    qsort(io->entries, io->n, sizeof *io->entries, entry_cmp);
    for (size_t i = 0; i < io->n; i++) {
        if (io->entries[i].fields_n > 0) {
            qsort(io->entries[i].fields, io->entries[i].fields_n, sizeof *io->entries[i].fields, field_cmp);
        }
    }
}

static void value_put(str value, struct buf *out)
{
    for (size_t i = 0; i < value.n; i++) {
        const char c = value.p[i];
        if (c == '\n' || c == '\\') {
            buf_putc(out, '\\');
            buf_putc(out, c == '\n' ? 'n' : '\\');
        } else {
            buf_putc(out, c);
        }
    }
}

void kit_entry_put(const struct kit_entry *e, struct buf *out)
{
    for (size_t i = 0; i < e->fields_n; i++) {
        buf_put(out, e->fields[i].name);
        buf_put(out, S(": "));
        value_put(e->fields[i].value, out);
        buf_putc(out, '\n');
    }
}

static void kit_put(const struct kit *k, struct buf *out)
{
    buf_printf(out, HEAD "%d\ncountry: %.*s\nfor: %.*s\n", KIT_FORMAT, STR_F(k->country), STR_F(k->unit));
    for (size_t i = 0; i < k->n; i++) {
        const struct kit_entry *e = &k->entries[i];
        buf_printf(out, "\n[%.*s %.*s]\n", STR_F(kit_kind_codes[e->kind]), STR_F(e->code));
        kit_entry_put(e, out);
    }
}

static void hex_put(const uint8_t *bytes, size_t n, struct buf *out)
{
    char hex[SIGNATURE_HEX];
    CHECK(n <= KIT_SIGNATURE_LEN);
    hex_of(bytes, n, hex);
    buf_put(out, (str){hex, 2 * n});
}

void kit_sign_text(const uint8_t secret[KIT_SECRET_LEN], struct buf *out)
{
    uint8_t key[KIT_KEY_LEN];
    uint8_t signature[KIT_SIGNATURE_LEN];
    buf_put(out, S(SIGNED));
    CHECK(crypto_sign_ed25519_sk_to_pk(key, secret) == 0);
    hex_put(key, sizeof key, out);
    buf_putc(out, '\n');
    const str signed_ = buf_str(out);
    CHECK(crypto_sign_detached(signature, NULL, (const uint8_t *)signed_.p, signed_.n, secret) == 0);
    buf_put(out, S(SIGNATURE));
    hex_put(signature, sizeof signature, out);
    buf_putc(out, '\n');
}

err kit_sign(const struct kit *k, const uint8_t secret[KIT_SECRET_LEN], struct buf *out)
{
    kit_put(k, out);
    kit_sign_text(secret, out);
    return out->full ? FAIL(LIMIT) : OK;
}

/* ---- reading ---- */

static err fault_at(struct kit_fault *f, enum kit_why why, size_t line)
{
    *f = (struct kit_fault){why, line};
    return FAIL(INVALID);
}

/* Checks the signature; *out_body is what stands before it, with its last line end. */
static err signature_check(struct arena *a, str text, str *out_body, str *out_key, struct kit_fault *f)
{
    const size_t tail = sizeof SIGNED - 1 + KEY_HEX + 1 + sizeof SIGNATURE - 1 + SIGNATURE_HEX + 1;
    if (text.n < tail) {
        return fault_at(f, KIT_UNSIGNED, 0);
    }
    const str end = str_sub(text, text.n - tail, tail);
    const str key_hex = str_sub(end, sizeof SIGNED - 1, KEY_HEX);
    const str rest = str_sub(end, sizeof SIGNED - 1 + KEY_HEX, end.n);
    const str hex = str_sub(rest, sizeof SIGNATURE, SIGNATURE_HEX);
    uint8_t key[KIT_KEY_LEN];
    uint8_t signature[KIT_SIGNATURE_LEN];
    char again[SIGNATURE_HEX];
    if (!str_starts(end, S(SIGNED)) || !str_starts(rest, S("\n" SIGNATURE)) || !str_ends(rest, S("\n"))) {
        return fault_at(f, KIT_UNSIGNED, 0);
    }
    const size_t signed_n = text.n - (sizeof SIGNATURE - 1) - SIGNATURE_HEX - 1;
    if (!hex_to(key_hex, key, sizeof key) || !hex_to(hex, signature, sizeof signature) ||
        crypto_sign_verify_detached(signature, (const uint8_t *)text.p, signed_n, key) != 0) {
        return fault_at(f, KIT_SIGNATURE, 0);
    }
    hex_of(signature, sizeof signature, again); /* in small letters only: one text for one signature */
    if (!str_eq(hex, (str){again, sizeof again})) {
        return fault_at(f, KIT_SIGNATURE, 0);
    }
    *out_key = arena_str(a, key_hex);
    *out_body = str_sub(text, 0, text.n - tail);
    return out_key->p == NULL ? FAIL(LIMIT) : OK;
}

struct reading {
    struct arena *arena;
    str rest;
    size_t line;
    struct kit *kit;
    struct kit_fault *fault;
};

static err line_wrong(struct reading *r, enum kit_why why)
{
    return fault_at(r->fault, why, r->line);
}

static bool line_next(struct reading *r, str *out)
{
    if (r->rest.p == NULL) {
        return false;
    }
    *out = str_cut(&r->rest, '\n');
    r->line++;
    return true;
}

static bool named_by(str s, const char *more, size_t max)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && strchr(more, c) == NULL) {
            return false;
        }
    }
    return s.n > 0 && s.n <= max && memchr(s.p, '\0', s.n) == NULL;
}

static bool code_right(str s)
{
    return named_by(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ._-/", KIT_CODE_MAX);
}

/* A telephone number in the way of other countries is no formula. */
static bool formula(str value)
{
    const char first = value.p[0];
    if (first == '+') {
        for (size_t i = 1; i < value.n; i++) {
            if (strchr("0123456789 -,", value.p[i]) == NULL) {
                return true;
            }
        }
        return false;
    }
    return first == '=' || first == '-' || first == '@';
}

/* Nothing invisible that turns a line around. */
static bool letters_right(str value)
{
    size_t at = 0;
    uint32_t u;
    while ((u = str_next(value, &at)) != 0) {
        if ((u < 0x20 && u != '\n') || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e)) {
            return false;
        }
    }
    return true;
}

/* What is written with \n and \\, as it is meant. */
static err escapes_read(struct reading *r, str raw, str *out)
{
    char *p = arena_try(r->arena, raw.n + 1);
    size_t n = 0;
    if (p == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] != '\\') {
            p[n++] = raw.p[i];
            continue;
        }
        i++;
        if (i == raw.n || (raw.p[i] != 'n' && raw.p[i] != '\\')) {
            return line_wrong(r, KIT_LINE);
        }
        p[n++] = raw.p[i] == 'n' ? '\n' : '\\';
    }
    *out = (str){p, n};
    return OK;
}

static err value_read(struct reading *r, str raw, str *out)
{
    size_t at;
    *out = raw;
    if (str_find(raw, '\\', &at)) {
        TRY(escapes_read(r, raw, out));
    }
    if (out->n == 0 || !letters_right(*out)) {
        return line_wrong(r, KIT_LINE);
    }
    if (out->n > KIT_VALUE_MAX) {
        return line_wrong(r, KIT_TOO_LONG);
    }
    return formula(*out) ? line_wrong(r, KIT_FORMULA) : OK;
}

static bool parted(str line, str *out_name, str *out_value)
{
    size_t at;
    if (!str_find(line, ':', &at) || at + 2 > line.n || line.p[at + 1] != ' ') {
        return false;
    }
    *out_name = str_sub(line, 0, at);
    *out_value = str_sub(line, at + 2, line.n);
    return true;
}

static err field_read(struct reading *r, str line)
{
    str name;
    str raw;
    str value;
    struct kit_entry *e = r->kit->n > 0 ? &r->kit->entries[r->kit->n - 1] : NULL;
    if (e == NULL || !parted(line, &name, &raw) || !named_by(name, "._", KIT_NAME_MAX)) {
        return line_wrong(r, KIT_LINE);
    }
    if (e->fields_n > 0 && str_cmp(e->fields[e->fields_n - 1].name, name) >= 0) {
        return line_wrong(r, KIT_TWICE);
    }
    if (e->fields_n == KIT_FIELDS_MAX) {
        return line_wrong(r, KIT_TOO_LONG);
    }
    TRY(value_read(r, raw, &value));
    return kit_field_add(r->kit, name, value);
}

static bool kind_of(str code, enum kit_kind *out)
{
    for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
        if (str_eq(code, kit_kind_codes[k])) {
            *out = k;
            return true;
        }
    }
    return false;
}

static err entry_read(struct reading *r, str line)
{
    struct kit *k = r->kit;
    enum kit_kind kind;
    if (!str_starts(line, S("[")) || !str_ends(line, S("]"))) {
        return line_wrong(r, KIT_LINE);
    }
    str code = str_sub(line, 1, line.n - 2);
    const str word = str_cut(&code, ' ');
    if (code.p == NULL || !code_right(code)) {
        return line_wrong(r, KIT_LINE);
    }
    if (!kind_of(word, &kind)) {
        return line_wrong(r, KIT_KIND_UNKNOWN);
    }
    if (k->n == KIT_ENTRIES_MAX) {
        return line_wrong(r, KIT_TOO_LONG);
    }
    TRY(kit_entry_add(k, kind, code));
    return k->n > 1 && entry_cmp(&k->entries[k->n - 2], &k->entries[k->n - 1]) >= 0 ? line_wrong(r, KIT_TWICE)
                                                                                    : OK;
}

/* "country: PK" */
static err head_read(struct reading *r, str name, str *out)
{
    str line;
    str said;
    if (!line_next(r, &line) || !parted(line, &said, out) || !str_eq(said, name) || !code_right(*out)) {
        return line_wrong(r, KIT_LINE);
    }
    return OK;
}

static err entries_read(struct reading *r)
{
    str line;
    while (line_next(r, &line)) {
        if (line.n > 0) {
            TRY(field_read(r, line));
            continue;
        }
        if (!line_next(r, &line)) {
            return line_wrong(r, KIT_LINE);
        }
        TRY(entry_read(r, line));
    }
    return OK;
}

err kit_read(struct arena *a, str text, struct kit *out, struct kit_fault *fault)
{
    struct kit k;
    str first = text;
    int64_t version;
    *fault = (struct kit_fault){KIT_FINE, 0};
    if (text.p == NULL || !str_starts(text, S(HEAD))) {
        return fault_at(fault, KIT_NO_KIT, 0);
    }
    if (text.n > KIT_BYTES_MAX) {
        return fault_at(fault, KIT_TOO_LONG, 0);
    }
    first = str_cut(&first, '\n');
    if (!str_i64(str_sub(first, sizeof HEAD - 1, first.n), &version)) {
        return fault_at(fault, KIT_NO_KIT, 1);
    }
    if (version != KIT_FORMAT) {
        return fault_at(fault, version > KIT_FORMAT ? KIT_NEWER : KIT_NO_KIT, 1);
    }
    TRY(kit_new(a, &k));
    struct reading r = {.arena = a, .kit = &k, .fault = fault};
    TRY(signature_check(a, text, &r.rest, &k.key, fault));
    if (!str_utf8(r.rest) || !str_ends(r.rest, S("\n"))) {
        return fault_at(fault, KIT_LINE, 0);
    }
    r.rest = str_sub(r.rest, 0, r.rest.n - 1);
    str line;
    (void)line_next(&r, &line);
    TRY(head_read(&r, S("country"), &k.country));
    TRY(head_read(&r, S("for"), &k.unit));
    TRY(entries_read(&r));
    *out = k;
    return OK;
}

str kit_value(const struct kit_entry *e, str name)
{
    for (size_t i = 0; i < e->fields_n; i++) {
        if (str_eq(e->fields[i].name, name)) {
            return e->fields[i].value;
        }
    }
    return S("");
}

const struct kit_entry *kit_find(const struct kit *k, enum kit_kind kind, str code)
{
    const struct kit_entry wanted = {.kind = kind, .code = code};
    return k->n == 0 ? NULL : bsearch(&wanted, k->entries, k->n, sizeof *k->entries, entry_cmp);
}

bool kit_same(const struct kit_entry *a, const struct kit_entry *b)
{
    if (a->fields_n != b->fields_n) {
        return false;
    }
    for (size_t i = 0; i < a->fields_n; i++) {
        if (!str_eq(a->fields[i].name, b->fields[i].name) ||
            !str_eq(a->fields[i].value, b->fields[i].value)) {
            return false;
        }
    }
    return true;
}

/* ---- keys ---- */

void kit_key_make(uint8_t secret[KIT_SECRET_LEN])
{
    uint8_t key[KIT_KEY_LEN];
    random_bytes(key, sizeof key); /* libsodium is ready from here on */
    CHECK(crypto_sign_keypair(key, secret) == 0);
}

enum { PRINT_BYTES = 20, PRINT_HEX = 2 * PRINT_BYTES };

static bool print_hex(str key_hex, char out[HEX_OF_32])
{
    uint8_t key[KIT_KEY_LEN];
    uint8_t hash[32];
    if (!hex_to(key_hex, key, sizeof key)) {
        return false;
    }
    content_hash((str){(const char *)key, sizeof key}, hash);
    hex_of(hash, sizeof hash, out);
    return true;
}

bool kit_print(str key_hex, char out[KIT_PRINT_LEN])
{
    char hex[HEX_OF_32];
    if (!print_hex(key_hex, hex)) {
        return false;
    }
    for (size_t i = 0, at = 0; i < PRINT_HEX; i++) {
        if (i > 0 && i % 4 == 0) {
            out[at++] = ' ';
        }
        out[at++] = hex[i];
    }
    return true;
}

bool kit_print_same(str key_hex, str typed)
{
    char hex[HEX_OF_32];
    char given[PRINT_HEX];
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        const char c = typed.p[i] >= 'A' && typed.p[i] <= 'F' ? (char)(typed.p[i] + 32) : typed.p[i];
        if (c == ' ' || c == '-' || c == ':') {
            continue;
        }
        if (n == PRINT_HEX) {
            return false;
        }
        given[n++] = c;
    }
    return n == PRINT_HEX && print_hex(key_hex, hex) && memcmp(hex, given, PRINT_HEX) == 0;
}
