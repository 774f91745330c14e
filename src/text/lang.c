#include "lang.h"

#define LANG_ROW(id, code, own_name, dir, fallback) \
    [LANG_##id] = {S_INIT(code), S_INIT(own_name), S_INIT(dir), fallback},

const struct lang_info lang_table[LANG_N] = {LANG_LIST(LANG_ROW)};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool lang_of(str code, enum lang *out)
{
    for (int i = 0; i < LANG_N; i++) {
        const str own = lang_table[i].code;
        size_t same = 0;
        while (same < own.n && same < code.n && lower(code.p[same]) == own.p[same]) {
            same++;
        }
        if (same == own.n && (code.n == own.n || code.p[own.n] == '-')) {
            *out = (enum lang)i;
            return true;
        }
    }
    return false;
}

/* qvalue of RFC 9110 12.4.2 in thousandths; what is malformed counts as not wanted. */
static int weight_of(str parameters)
{
    if (parameters.p == NULL) {
        return 1000;
    }
    const str q = str_trim(parameters);
    if (q.n < 3 || q.n > 7 || lower(q.p[0]) != 'q' || q.p[1] != '=' || (q.p[2] != '0' && q.p[2] != '1')) {
        return 0;
    }
    if (q.n > 3 && q.p[3] != '.') {
        return 0;
    }
    int weight = (q.p[2] - '0') * 1000;
    int unit = 100;
    for (size_t i = 4; i < q.n; i++, unit /= 10) {
        if (q.p[i] < '0' || q.p[i] > '9') {
            return 0;
        }
        weight += (q.p[i] - '0') * unit;
    }
    return weight <= 1000 ? weight : 0;
}

enum lang lang_accept(str header)
{
    enum lang best = LANG_EN;
    int best_weight = 0;
    while (header.p != NULL) {
        str item = str_cut(&header, ',');
        const str range = str_trim(str_cut(&item, ';'));
        const int weight = weight_of(item);
        enum lang lang = LANG_EN;
        const bool known = lang_of(range, &lang) || str_eq(range, S("*"));
        if (known && weight > best_weight) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}
