#include "fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "buf.h"
#include "check.h"
#include "digits.h"

/* Text in ICU's own form. The memory is scratch of one call, freed with wide_free(). */
struct wide {
    UChar *p;
    int32_t n;
};

static void wide_free(struct wide *w)
{
    mem_free(w->p);
}

/* ICU has grown texts 18-fold at most (U+FDFA), so a text of this size still has a length in 32 bits. */
enum { TEXT_MAX_BYTES = 64 * 1024 * 1024 };

static err wide_of(str s, struct wide *out)
{
    if (s.n > TEXT_MAX_BYTES) {
        return FAIL(LIMIT);
    }
    if (!str_utf8(s)) {
        return FAIL(INVALID);
    }
    UErrorCode status = U_ZERO_ERROR;
    struct wide w = {.p = mem_new((s.n + 1) * sizeof(UChar))};
    u_strFromUTF8(w.p, (int32_t)s.n + 1, &w.n, s.n == 0 ? "" : s.p, (int32_t)s.n, &status);
    CHECK(U_SUCCESS(status));
    *out = w;
    return OK;
}

static err wide_to(struct arena *a, const struct wide *w, str *out)
{
    int32_t n = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(NULL, 0, &n, w->p, w->n, &status);
    CHECK(U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR);
    char *p = arena_try(a, (size_t)n + 1);
    if (p == NULL) {
        return FAIL(LIMIT);
    }
    status = U_ZERO_ERROR;
    u_strToUTF8(p, n + 1, NULL, w->p, w->n, &status);
    CHECK(U_SUCCESS(status));
    *out = (str){p, (size_t)n};
    return OK;
}

static bool is_normal(const UNormalizer2 *form, const struct wide *w)
{
    UErrorCode status = U_ZERO_ERROR;
    const bool yes = unorm2_isNormalized(form, w->p, w->n, &status);
    CHECK(U_SUCCESS(status));
    return yes;
}

static void normalise(const UNormalizer2 *form, struct wide *w)
{
    if (is_normal(form, w)) {
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    struct wide to = {.n = w->n + 32};
    to.p = mem_new((size_t)to.n * sizeof(UChar));
    int32_t n = unorm2_normalize(form, w->p, w->n, to.p, to.n, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        to.n = n + 1;
        to.p = mem_grow(to.p, (size_t)to.n * sizeof(UChar));
        n = unorm2_normalize(form, w->p, w->n, to.p, to.n, &status);
    }
    CHECK(U_SUCCESS(status));
    to.n = n;
    wide_free(w);
    *w = to;
}

static const UNormalizer2 *nfc_form(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);
    CHECK(U_SUCCESS(status));
    return form;
}

/* Nothing composes there (Unicode, Standard Annex 15, 5). */
static bool all_ascii(str s)
{
    unsigned char any = 0;
    for (size_t i = 0; i < s.n; i++) {
        any |= (unsigned char)s.p[i];
    }
    return any < 0x80;
}

err text_nfc(struct arena *a, str s, str *out)
{
    if (s.p != NULL && all_ascii(s)) {
        *out = arena_str(a, s);
        return out->p == NULL ? FAIL(LIMIT) : OK;
    }
    SCOPED(wide_free) struct wide w = {0};
    TRY(wide_of(s, &w));
    normalise(nfc_form(), &w);
    return wide_to(a, &w, out);
}

enum {
    NOTHING = 0,
    SPACE = ' ',
    FARSI_YEH = 0x06CC,
    YEH_HAMZA = 0x0626,
    HAMZA_ABOVE = 0x0654,
    TATWEEL = 0x0640
};

/* What one character of NFKC_Casefold text becomes: itself, another letter, a space or nothing. Composition
 * has been done before, so that the marks of آ ئ ؤ are part of their letters and only the others go. */
static uint32_t fold_char(uint32_t c)
{
    const int digit = digit_value(c);
    if (digit >= 0) {
        return '0' + (uint32_t)digit;
    }
    switch (c) {
    case 0x064A: /* ي */
    case 0x0649: /* ى */
        return FARSI_YEH;
    case 0x0643: /* ك */
        return 0x06A9;
    case 0x0647: /* ه */
    case 0x0629: /* ة */
    case 0x06C0: /* ۀ */
    case 0x06C2: /* ۂ */
    case 0x06C3: /* ۃ */
    case 0x06D5: /* ە, the base of ۀ */
        return 0x06C1;
    case 0x0623: /* أ */
    case 0x0625: /* إ */
    case 0x0671: /* ٱ */
        return 0x0627;
    case 0x06AB: /* ګ */
        return 0x06AF;
    case 0x06D3: /* ۓ, ے with the hamza of izafat */
        return 0x06D2;
    case TATWEEL:
        return NOTHING;
    default:
        break;
    }
    const uint32_t type = U_MASK(u_charType((UChar32)c));
    if ((type & U_GC_M_MASK) != 0) {
        return NOTHING;
    }
    return (type & (U_GC_L_MASK | U_GC_ND_MASK)) != 0 ? c : SPACE;
}

static uint32_t next_char(const struct wide *w, int32_t *at)
{
    const UChar lead = w->p[(*at)++];
    if (!U16_IS_LEAD(lead) || *at == w->n || !U16_IS_TRAIL(w->p[*at])) {
        return lead;
    }
    return (uint32_t)U16_GET_SUPPLEMENTARY(lead, w->p[(*at)++]);
}

/* Folds in place: no character becomes longer. Runs of spaces become one, none at the ends. */
static void fold_wide(struct wide *w)
{
    int32_t to = 0;
    bool gap = false;
    for (int32_t at = 0; at < w->n;) {
        const uint32_t c = next_char(w, &at);
        const uint32_t f = fold_char(c);
        if (c == HAMZA_ABOVE && !gap && to > 0 && w->p[to - 1] == FARSI_YEH) {
            w->p[to - 1] = YEH_HAMZA; /* ی with a loose hamza: Unicode composes only ي with it */
            continue;
        }
        if (f == SPACE) {
            gap = true;
        }
        if (f == SPACE || f == NOTHING) {
            continue;
        }
        if (gap && to > 0) {
            w->p[to++] = SPACE;
        }
        gap = false;
        U16_APPEND_UNSAFE(w->p, to, f);
    }
    w->n = to;
}

err fold(struct arena *a, str s, str *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
    CHECK(U_SUCCESS(status));
    SCOPED(wide_free) struct wide w = {0};
    TRY(wide_of(s, &w));
    /* First as it is stored: case folding of a text not in NFC can differ (a Greek iota under its letter). */
    normalise(nfc_form(), &w);
    normalise(form, &w);
    fold_wide(&w);
    /* Where a mark went, its neighbours may compose (Hangul). Each turn leaves fewer characters. */
    while (!is_normal(form, &w)) {
        normalise(form, &w);
        fold_wide(&w);
    }
    return wide_to(a, &w, out);
}

str digits_ascii(struct arena *a, str s)
{
    if (s.p == NULL) {
        return STR_NONE;
    }
    SCOPED(buf_free) struct buf b = buf_new(s.n);
    for (size_t at = 0; at < s.n;) {
        const size_t from = at;
        const uint32_t c = str_next(s, &at);
        const int digit = digit_value(c);
        if (digit >= 0) {
            buf_putc(&b, (char)('0' + digit));
        } else {
            buf_put(&b, str_sub(s, from, at - from));
        }
    }
    return arena_str(a, buf_str(&b));
}

static enum text_fault fault_of(uint32_t c, bool several_lines)
{
    if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
        return several_lines ? TEXT_OK : TEXT_CONTROL;
    }
    const bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || noncharacter) {
        return TEXT_CONTROL;
    }
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ? TEXT_BIDI : TEXT_OK;
}

enum text_fault text_check(str s, bool several_lines)
{
    size_t nul;
    const bool has_nul = str_find(s, '\0', &nul);
    enum text_fault worst = TEXT_OK;
    for (size_t at = 0; at < s.n;) {
        const size_t from = at;
        const uint32_t c = str_next(s, &at);
        if (s.p[from] == '\0') {
            continue;
        }
        if (c == 0xFFFD && at == from + 1) {
            return TEXT_NOT_UTF8;
        }
        const enum text_fault f = fault_of(c, several_lines);
        if (f != TEXT_OK && (worst == TEXT_OK || f < worst)) {
            worst = f;
        }
    }
    return has_nul ? TEXT_NUL : worst;
}

str text_clean(struct arena *a, str s, bool several_lines)
{
    SCOPED(buf_free) struct buf b = buf_new(3 * s.n);
    for (size_t at = 0; at < s.n;) {
        const size_t from = at;
        const uint32_t c = str_next(s, &at);
        if (s.p[from] == '\0') {
            continue;
        }
        if (fault_of(c, several_lines) == TEXT_OK) {
            buf_utf8(&b, c);
        } else if ((c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029) {
            buf_putc(&b, ' '); /* the words on both sides stay apart */
        }
    }
    return arena_str(a, buf_str(&b));
}
