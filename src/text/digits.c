#include "digits.h"

int digit_value(uint32_t c)
{
    if (c >= '0' && c <= '9') {
        return (int)(c - '0');
    }
    if (c >= 0x0660 && c <= 0x0669) {
        return (int)(c - 0x0660);
    }
    return c >= 0x06F0 && c <= 0x06F9 ? (int)(c - 0x06F0) : -1;
}

struct span {
    uint32_t first, last;
};

static bool is_between(uint32_t c, str also)
{
    static const struct span spans[] = {
        {0x0009, 0x000D},                                     /* tab, line ends */
        {0x0020, 0x0020}, {0x002D, 0x002D}, {0x00A0, 0x00A0}, /* no-break space */
        {0x00AD, 0x00AD},                                     /* soft hyphen */
        {0x061C, 0x061C},                                     /* Arabic letter mark */
        {0x2000, 0x200F},                                     /* spaces of every width, ZWNJ, ZWJ, LRM, RLM */
        {0x2010, 0x2015},                                     /* hyphens and dashes */
        {0x2028, 0x202F},                   /* line ends, bidi embeddings, narrow no-break space */
        {0x205F, 0x2060}, {0x2066, 0x2069}, /* bidi isolates */
        {0x2212, 0x2212},                   /* minus */
        {0x3000, 0x3000}, {0xFEFF, 0xFEFF}, /* byte order mark */
    };
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (c >= spans[i].first && c <= spans[i].last) {
            return true;
        }
    }
    size_t at;
    return c < 0x80 && str_find(also, (char)c, &at);
}

bool digits_typed(str typed, str also, char *out, size_t max, size_t *out_n, bool *out_plus)
{
    size_t n = 0;
    bool plus = false;
    for (size_t at = 0; at < typed.n;) {
        const uint32_t c = str_next(typed, &at);
        const int digit = digit_value(c);
        if (digit >= 0) {
            if (n == max) {
                return false;
            }
            out[n++] = (char)('0' + digit);
            continue;
        }
        if (c == '+' && out_plus != NULL && n == 0 && !plus) {
            plus = true;
            continue;
        }
        if (!is_between(c, also)) {
            return false;
        }
    }
    if (out_plus != NULL) {
        *out_plus = plus;
    }
    *out_n = n;
    return true;
}
