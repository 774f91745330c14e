#include "str.h"

#include <string.h>

str str_of(const char *c)
{
    return c == NULL ? STR_NONE : (str){c, strlen(c)};
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

int str_cmp(str a, str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int c = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (c != 0) {
        return c;
    }
    return a.n == b.n ? 0 : a.n < b.n ? -1 : 1;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

str str_sub(str s, size_t from, size_t n)
{
    if (from > s.n) {
        from = s.n;
    }
    if (n > s.n - from) {
        n = s.n - from;
    }
    return s.p == NULL ? s : (str){s.p + from, n};
}

bool str_find(str s, char c, size_t *out_at)
{
    const char *hit = s.n == 0 ? NULL : memchr(s.p, c, s.n);
    if (hit == NULL) {
        return false;
    }
    *out_at = (size_t)(hit - s.p);
    return true;
}

str str_cut(str *rest, char sep)
{
    const str s = *rest;
    size_t at;
    if (!str_find(s, sep, &at)) {
        *rest = STR_NONE;
        return s;
    }
    *rest = str_sub(s, at + 1, s.n);
    return str_sub(s, 0, at);
}

bool str_word(str *rest, str *out)
{
    str word = STR_NONE;
    while (word.n == 0 && rest->n > 0) {
        size_t n = 0;
        while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != ',') {
            n++;
        }
        word = str_sub(*rest, 0, n);
        *rest = str_sub(*rest, n + 1, rest->n);
    }
    *out = word;
    return word.n > 0;
}

bool str_i64(str s, int64_t *out)
{
    size_t at = 0;
    const bool minus = s.n > 0 && s.p[0] == '-';
    int64_t v = 0;
    if (minus) {
        at = 1;
    }
    if (at == s.n) {
        return false;
    }
    for (; at < s.n; at++) {
        if (s.p[at] < '0' || s.p[at] > '9') {
            return false;
        }
        const int digit = s.p[at] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v)) {
            return false;
        }
    }
    if (!minus && v == INT64_MIN) {
        return false;
    }
    *out = minus ? v : -v;
    return true;
}

/* The length of the well-formed sequence at p, 0 when there is none (RFC 3629); NUL is not text. */
static size_t sequence_len(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80) {
        return p[0] == 0 ? 0 : 1;
    }
    size_t len;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        len = 2;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        len = 3;
        low = p[0] == 0xE0 ? 0xA0 : low;
        high = p[0] == 0xED ? 0x9F : high;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        len = 4;
        low = p[0] == 0xF0 ? 0x90 : low;
        high = p[0] == 0xF4 ? 0x8F : high;
    } else {
        return 0;
    }
    if (n < len || p[1] < low || p[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return len;
}

bool str_utf8(str s)
{
    for (size_t at = 0; at < s.n;) {
        const size_t len = sequence_len((const unsigned char *)s.p + at, s.n - at);
        if (len == 0) {
            return false;
        }
        at += len;
    }
    return true;
}

size_t str_chars(str s)
{
    size_t chars = 0;
    for (size_t i = 0; i < s.n; i++) {
        chars += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    }
    return chars;
}

uint32_t str_next(str s, size_t *at)
{
    if (*at >= s.n) {
        return 0;
    }
    const unsigned char *p = (const unsigned char *)s.p + *at;
    const size_t len = sequence_len(p, s.n - *at);
    if (len <= 1) {
        (*at)++;
        return len == 1 ? p[0] : 0xFFFD;
    }
    static const unsigned char lead_bits[5] = {0, 0, 0x1F, 0x0F, 0x07};
    uint32_t c = p[0] & lead_bits[len];
    for (size_t i = 1; i < len; i++) {
        c = (c << 6) | (p[i] & 0x3FU);
    }
    *at += len;
    return c;
}
