/* wording.c: the longest common run of words, by dynamic programming; see wording.h. */
#include "wording.h"

struct words {
    str *at;
    size_t n;
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* A word with the blanks behind it, or one or more line ends with what is blank among them. */
static size_t word_end(str s, size_t from)
{
    const bool lines = s.p[from] == '\n';
    size_t i = from;
    if (lines) {
        while (i < s.n && (s.p[i] == '\n' || blank(s.p[i]))) {
            i++;
        }
        return i;
    }
    while (i < s.n && s.p[i] != '\n' && !blank(s.p[i])) {
        i++;
    }
    while (i < s.n && blank(s.p[i])) {
        i++;
    }
    return i;
}

static err words_of(struct arena *a, str s, struct words *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i = word_end(s, i)) {
        n++;
    }
    out->at = arena_array_of(a, str, n + 1);
    out->n = 0;
    if (out->at == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < s.n;) {
        const size_t end = word_end(s, i);
        out->at[out->n++] = str_sub(s, i, end - i);
        i = end;
    }
    return OK;
}

/* Without the white space around; line ends are equal when there are as many. */
static bool same(str a, str b)
{
    if (a.p[0] == '\n' || b.p[0] == '\n') {
        return str_eq(a, b);
    }
    return str_eq(str_trim(a), str_trim(b));
}

/* Of each pair of words where the way goes on: two bits each. */
enum step { STEP_BOTH, STEP_OLD, STEP_NEW };
struct steps {
    uint8_t *bits;
    size_t width;
};

static void step_set(struct steps *s, size_t i, size_t k, enum step step)
{
    const size_t at = i * s->width + k;
    s->bits[at / 4] = (uint8_t)(s->bits[at / 4] | (unsigned)step << (at % 4 * 2));
}

static enum step step_at(const struct steps *s, size_t i, size_t k)
{
    const size_t at = i * s->width + k;
    return (enum step)((unsigned)s->bits[at / 4] >> (at % 4 * 2) & 3U);
}

/* From the ends backwards: row by row, of which only two are kept. */
static err steps_find(struct arena *a, const struct words *old, const struct words *now, struct steps *out)
{
    struct steps s = {arena_array_of(a, uint8_t, old->n * now->n / 4 + 1), now->n};
    uint16_t *row = arena_array_of(a, uint16_t, now->n + 1);
    uint16_t *next = arena_array_of(a, uint16_t, now->n + 1);
    if (s.bits == NULL || row == NULL || next == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = old->n; i-- > 0;) {
        for (size_t k = now->n; k-- > 0;) {
            const bool both = same(old->at[i], now->at[k]);
            const bool down = next[k] >= row[k + 1];
            step_set(&s, i, k, both ? STEP_BOTH : down ? STEP_OLD : STEP_NEW);
            row[k] = both ? (uint16_t)(next[k + 1] + 1) : down ? next[k] : row[k + 1];
        }
        uint16_t *const swap = next;
        next = row;
        row = swap;
    }
    *out = s;
    return OK;
}

/* What is put together: words that stand beside each other in their text become one part. */
struct draft {
    struct wording_part *parts;
    size_t n;
    str out, in; /* taken out and put in since the last word in common */
};

static void grow(str *io, str word)
{
    *io = io->n == 0 ? word : (str){io->p, (size_t)(word.p + word.n - io->p)};
}

static void settle(struct draft *d)
{
    if (d->out.n > 0) {
        d->parts[d->n++] = (struct wording_part){WORDING_OLD, d->out};
    }
    if (d->in.n > 0) {
        d->parts[d->n++] = (struct wording_part){WORDING_NEW, d->in};
    }
    d->out = d->in = (str){NULL, 0};
}

static void common(struct draft *d, str word)
{
    settle(d);
    if (d->n > 0 && d->parts[d->n - 1].as == WORDING_SAME) {
        grow(&d->parts[d->n - 1].text, word);
    } else {
        d->parts[d->n++] = (struct wording_part){WORDING_SAME, word};
    }
}

static void walk(struct draft *d, const struct steps *s, const struct words *old, const struct words *now)
{
    size_t i = 0;
    size_t k = 0;
    while (i < old->n || k < now->n) {
        const enum step step = i == old->n ? STEP_NEW : k == now->n ? STEP_OLD : step_at(s, i, k);
        if (step == STEP_BOTH) {
            common(d, now->at[k]);
        } else if (step == STEP_OLD) {
            grow(&d->out, old->at[i]);
        } else {
            grow(&d->in, now->at[k]);
        }
        i += step != STEP_NEW;
        k += step != STEP_OLD;
    }
}

/* Most of two versions is the same at both ends. */
static size_t alike(const struct words *old, const struct words *now, bool from_end, size_t room)
{
    size_t n = 0;
    while (n < room && same(old->at[from_end ? old->n - 1 - n : n], now->at[from_end ? now->n - 1 - n : n])) {
        n++;
    }
    return n;
}

err wording_differ(struct arena *a, str old, str now, struct wording_part **out, size_t *out_n)
{
    struct words o, w;
    struct steps s = {NULL, 0};
    TRY(words_of(a, old, &o));
    TRY(words_of(a, now, &w));
    struct draft d = {.parts = arena_array_of(a, struct wording_part, o.n + w.n + 3)};
    if (d.parts == NULL) {
        return FAIL(LIMIT);
    }
    const size_t least = o.n < w.n ? o.n : w.n;
    const size_t head = alike(&o, &w, false, least);
    const size_t tail = alike(&o, &w, true, least - head);
    const struct words o_mid = {o.at + head, o.n - head - tail};
    const struct words w_mid = {w.at + head, w.n - head - tail};
    for (size_t i = 0; i < head; i++) {
        common(&d, w.at[i]);
    }
    if (o_mid.n <= WORDING_WORDS && w_mid.n <= WORDING_WORDS) {
        TRY(steps_find(a, &o_mid, &w_mid, &s));
        walk(&d, &s, &o_mid, &w_mid);
    } else {
        grow(&d.out, (str){o_mid.at[0].p,
                           (size_t)(o_mid.at[o_mid.n - 1].p + o_mid.at[o_mid.n - 1].n - o_mid.at[0].p)});
        grow(&d.in, (str){w_mid.at[0].p,
                          (size_t)(w_mid.at[w_mid.n - 1].p + w_mid.at[w_mid.n - 1].n - w_mid.at[0].p)});
    }
    for (size_t i = w.n - tail; i < w.n; i++) {
        common(&d, w.at[i]);
    }
    settle(&d);
    *out = d.parts;
    *out_n = d.n;
    return OK;
}
