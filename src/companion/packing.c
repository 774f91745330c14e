/* packing.c: bytes. */
#include "packing.h"

enum { BYTE = 8, BYTE_MASK = 0xff };

void pack_number(struct buf *out, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        buf_putc(out, (char)(v >> BYTE * i & BYTE_MASK));
    }
}

str unpack_bytes(struct unpacking *u, size_t n)
{
    if (u->bad || u->left.n < n) {
        u->bad = true;
        return S("");
    }
    const str got = str_sub(u->left, 0, n);
    u->left = (str){u->left.p + n, u->left.n - n};
    return got;
}

uint64_t unpack_number(struct unpacking *u, size_t bytes)
{
    const str got = unpack_bytes(u, bytes);
    uint64_t v = 0;
    for (size_t i = got.n; i > 0; i--) {
        v = v << BYTE | (uint8_t)got.p[i - 1];
    }
    return v;
}

bool pack_lang_fine(str lang, size_t most)
{
    for (size_t i = 0; i < lang.n; i++) {
        if (lang.p[i] < 'a' || lang.p[i] > 'z') {
            return false;
        }
    }
    return lang.n > 0 && lang.n <= most;
}

bool pack_text_fine(str text, size_t most)
{
    if (text.n > most || !str_utf8(text)) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];
        if ((c < ' ' && c != '\n') || c == 0x7f) {
            return false;
        }
    }
    return true;
}
