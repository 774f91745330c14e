#include "shrink.h"

#include <string.h>

#include "arena.h"

enum { ONE = 1 << 12, RGB = 3 };

struct shrink {
    uint32_t wide, high;  /* of what comes in */
    uint32_t row;         /* the next one */
    uint32_t *from_left;  /* for each pixel of a row: the pixel of the result that it begins in */
    uint32_t *share_left; /* … and how much of it lies there, of ONE; the rest in the next */
    uint64_t *now, *next; /* rows of the result being added up */
    struct picture to;
};

/* How a line of `n` lies on one of `m` <= n: each of the n covers m/n of a place, in one or two places. */
static void lay_out(uint32_t n, uint32_t m, uint32_t *out_place, uint32_t *out_share)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint64_t from = (uint64_t)i * m, to = from + m;
        const uint64_t edge = (from / n + 1) * n;
        out_place[i] = (uint32_t)(from / n);
        out_share[i] = to <= edge ? ONE : (uint32_t)((edge - from) * ONE / m);
    }
}

struct shrink *shrink_begin(uint32_t wide, uint32_t high, uint32_t side_max)
{
    struct shrink *s = mem_new(sizeof *s);
    const uint32_t longer = wide > high ? wide : high;
    const bool fits = longer <= side_max;
    s->wide = wide;
    s->high = high;
    s->to.wide = fits ? wide : (uint32_t)((uint64_t)wide * side_max / longer);
    s->to.high = fits ? high : (uint32_t)((uint64_t)high * side_max / longer);
    s->to.wide += s->to.wide == 0;
    s->to.high += s->to.high == 0;
    s->to.rgb = mem_new((size_t)s->to.wide * s->to.high * RGB);
    s->from_left = mem_new(wide * sizeof *s->from_left);
    s->share_left = mem_new(wide * sizeof *s->share_left);
    s->now = mem_new((s->to.wide + 1) * RGB * sizeof *s->now);
    s->next = mem_new((s->to.wide + 1) * RGB * sizeof *s->next);
    lay_out(wide, s->to.wide, s->from_left, s->share_left);
    return s;
}

/* Adds a row with a weight of `share` to a row of the result. */
static void add_row(const struct shrink *s, const uint8_t *rgb, uint64_t *to, uint32_t share)
{
    for (uint32_t x = 0; x < s->wide; x++) {
        uint64_t *at = to + (size_t)s->from_left[x] * RGB;
        const uint32_t left = s->share_left[x] * share, right = (ONE - s->share_left[x]) * share;
        for (int c = 0; c < RGB; c++) {
            at[c] += (uint64_t)rgb[c] * left;
            at[RGB + c] += (uint64_t)rgb[c] * right;
        }
        rgb += RGB;
    }
}

/* A row of the result is complete: its sums are divided by the area that they stand for. */
static void put_row(struct shrink *s, uint32_t y)
{
    const uint64_t area = (uint64_t)s->wide * s->high * ONE * ONE;
    const uint64_t places = (uint64_t)s->to.wide * s->to.high;
    const uint64_t each = area / places > 0 ? area / places : 1;
    uint8_t *to = s->to.rgb + (size_t)y * s->to.wide * RGB;
    for (size_t i = 0; i < (size_t)s->to.wide * RGB; i++) {
        const uint64_t v = (s->now[i] + each / 2) / each;
        to[i] = (uint8_t)(v > UINT8_MAX ? UINT8_MAX : v);
    }
}

void shrink_row(struct shrink *s, const uint8_t *rgb)
{
    uint32_t place, share;
    const uint64_t from = (uint64_t)s->row * s->to.high, to = from + s->to.high;
    const uint64_t edge = (from / s->high + 1) * s->high;
    place = (uint32_t)(from / s->high);
    share = to <= edge ? ONE : (uint32_t)((edge - from) * ONE / s->to.high);
    s->row++;
    add_row(s, rgb, s->now, share);
    if (share < ONE) {
        add_row(s, rgb, s->next, ONE - share);
    }
    if (to >= edge) {
        put_row(s, place);
        uint64_t *done = s->now;
        s->now = s->next;
        s->next = done;
        memset(done, 0, (s->to.wide + 1) * RGB * sizeof *done);
    }
}

struct picture shrink_end(struct shrink *s)
{
    const struct picture to = s->to;
    mem_free(s->from_left);
    mem_free(s->share_left);
    mem_free(s->now);
    mem_free(s->next);
    mem_free(s);
    return to;
}

struct picture picture_shrink(const struct picture *p, uint32_t side_max)
{
    struct shrink *s = shrink_begin(p->wide, p->high, side_max);
    for (uint32_t y = 0; y < p->high; y++) {
        shrink_row(s, p->rgb + (size_t)y * p->wide * RGB);
    }
    return shrink_end(s);
}

/* Where a pixel of the picture as it stands upright lies in the one that was taken (EXIF 2.32, 4.6.4 A). */
static size_t taken_at(const struct picture *p, int orientation, uint32_t x, uint32_t y)
{
    const uint32_t right = p->wide - 1, down = p->high - 1;
    uint32_t tx = x, ty = y;
    switch (orientation) {
    case 2:
        tx = right - x;
        break;
    case 3:
        tx = right - x;
        ty = down - y;
        break;
    case 4:
        ty = down - y;
        break;
    case 5:
        tx = y;
        ty = x;
        break;
    case 6:
        tx = y;
        ty = down - x;
        break;
    case 7:
        tx = right - y;
        ty = down - x;
        break;
    case 8:
        tx = right - y;
        ty = x;
        break;
    default:
        break;
    }
    return ((size_t)ty * p->wide + tx) * RGB;
}

struct picture picture_turn(struct picture io, int orientation)
{
    if (orientation < 2 || orientation > 8) {
        return io;
    }
    const bool lying = orientation >= 5;
    struct picture to = {.wide = lying ? io.high : io.wide, .high = lying ? io.wide : io.high};
    to.rgb = mem_new((size_t)to.wide * to.high * RGB);
    for (uint32_t y = 0; y < to.high; y++) {
        for (uint32_t x = 0; x < to.wide; x++) {
            memcpy(to.rgb + ((size_t)y * to.wide + x) * RGB, io.rgb + taken_at(&io, orientation, x, y), RGB);
        }
    }
    mem_free(io.rgb);
    return to;
}
