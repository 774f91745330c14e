#include "range.h"

#include "admission.h"

/* Digits alone; false: none, others, or more than any length has. */
static bool number(str s, size_t *out)
{
    int64_t n;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
    }
    if (!str_i64(s, &n)) {
        return false;
    }
    *out = (size_t)n;
    return true;
}

static enum range stretch(size_t from, size_t last, size_t whole, size_t *out_from, size_t *out_n)
{
    if (from > last) {
        return RANGE_WHOLE;
    }
    if (from >= whole) {
        return RANGE_BEYOND;
    }
    *out_from = from;
    *out_n = (last < whole ? last : whole - 1) - from + 1;
    return RANGE_PART;
}

enum range range_of(str header, size_t whole, size_t *out_from, size_t *out_n)
{
    size_t at, from, last = SIZE_MAX;
    if (!str_find(header, '=', &at) || !str_eq_caseless(str_sub(header, 0, at), S("bytes"))) {
        return RANGE_WHOLE;
    }
    const str asked = str_trim(str_sub(header, at + 1, header.n));
    if (!str_find(asked, '-', &at)) {
        return RANGE_WHOLE;
    }
    const str first = str_sub(asked, 0, at);
    const str end = str_sub(asked, at + 1, asked.n);
    if (first.n == 0) { /* the last so many */
        if (!number(end, &last)) {
            return RANGE_WHOLE;
        }
        return last == 0 ? RANGE_BEYOND
                         : stretch(last < whole ? whole - last : 0, SIZE_MAX, whole, out_from, out_n);
    }
    if (!number(first, &from) || (end.n > 0 && !number(end, &last))) {
        return RANGE_WHOLE;
    }
    return stretch(from, last, whole, out_from, out_n);
}
