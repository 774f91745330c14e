/* paper_districts.c: a figure of districts as a map: steps up to the greatest, ground around them. */
#include <string.h>

#include "format.h"
#include "outline.h"
#include "paper.h"

enum { PERCENT = 100, AROUND = 12, FILLED = PAPER_STEPS - 1, WORDS_MAX = 200 };

static str said(struct paper_draft *d, int64_t n, bool percent)
{
    const str number = format_number(d->arena, d->lang, n);
    return percent ? arena_printf(d->arena, "%.*s%%", STR_F(number)) : number;
}

/* "21 to 40", or one number alone. */
static str step_said(struct paper_draft *d, int64_t from, int64_t to, bool percent)
{
    const struct msg_arg args[] = {{"from", said(d, from, percent)}, {"to", said(d, to, percent)}};
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    if (from >= to) {
        return said(d, from, percent);
    }
    msg_put(&b, d->lang, MSG_PAPER_MAP_STEP, 0, args, sizeof args / sizeof args[0]);
    return arena_str(d->arena, buf_str(&b));
}

static int64_t most_of(const struct paper_districts *of)
{
    int64_t most = of->percent ? PERCENT : FILLED;
    for (size_t i = 0; i < of->n; i++) {
        most = !of->list[i].nothing && of->list[i].amount > most ? of->list[i].amount : most;
    }
    return most;
}

/* 0: nothing is known; 1 to FILLED, of equal width. */
static int64_t step_of(const struct paper_district *one, int64_t most)
{
    const int64_t n = one->amount < 0 ? 0 : one->amount;
    return one->nothing ? 0 : 1 + n * FILLED / (most + 1);
}

static void steps_say(struct paper_draft *d, const struct paper_districts *of, int64_t most,
                      struct paper_map *io)
{
    io->steps[0] = msg_text(d->lang, MSG_PAPER_MAP_UNKNOWN);
    for (int64_t s = 1; s <= FILLED; s++) {
        /* The smallest n with 1 + n * FILLED / (most + 1) = s. */
        const int64_t from = ((s - 1) * (most + 1) + FILLED - 1) / FILLED;
        const int64_t to = (s * (most + 1) + FILLED - 1) / FILLED - 1;
        io->steps[s] = step_said(d, from, to, of->percent);
    }
}

static void box_grow(const struct outline *o, bool first, struct paper_map *io)
{
    io->left = first || o->left < io->left ? o->left : io->left;
    io->top = first || o->top < io->top ? o->top : io->top;
    io->right = first || o->right > io->right ? o->right : io->right;
    io->bottom = first || o->bottom > io->bottom ? o->bottom : io->bottom;
}

static bool is_one(const struct paper_districts *of, str code)
{
    for (size_t i = 0; i < of->n; i++) {
        if (str_eq(of->list[i].code, code)) {
            return true;
        }
    }
    return false;
}

static size_t grounds_put(const struct paper_districts *of, const struct paper_map *m, struct paper_area *out)
{
    size_t all_n;
    size_t n = 0;
    const struct outline *all = outline_all(&all_n);
    for (size_t i = 0; i < all_n; i++) {
        const struct outline *o = &all[i];
        const bool near =
            o->right > m->left && o->left < m->right && o->bottom > m->top && o->top < m->bottom;
        if (near && !is_one(of, o->code)) {
            out[n++] = (struct paper_area){.name = S(""), .text = S(""), .step = -1, .path = o->path};
        }
    }
    return n;
}

/* Those that have an outline; the box grows around them. */
static size_t shapes_put(struct paper_draft *d, const struct paper_districts *of, struct paper_map *m,
                         struct paper_area *out)
{
    size_t n = 0;
    const int64_t most = most_of(of);
    for (size_t i = 0; i < of->n; i++) {
        const struct paper_district *one = &of->list[i];
        const struct outline *o = outline_find(one->code);
        if (o != NULL) {
            box_grow(o, n == 0, m);
            out[n++] = (struct paper_area){.name = one->name,
                                           .text = one->nothing ? S("") : said(d, one->amount, of->percent),
                                           .step = step_of(one, most),
                                           .x = o->x,
                                           .y = o->y,
                                           .path = o->path};
        }
    }
    m->left -= AROUND;
    m->top -= AROUND;
    m->right += AROUND;
    m->bottom += AROUND;
    steps_say(d, of, most, m);
    return n;
}

void paper_districts(struct paper_draft *d, const struct paper_districts *of)
{
    size_t all_n;
    struct paper_map m = {.title = of->title};
    (void)outline_all(&all_n);
    struct paper_area *shapes = arena_array_of(d->arena, struct paper_area, of->n + 1);
    struct paper_area *areas = arena_array_of(d->arena, struct paper_area, of->n + all_n + 1);
    if (shapes == NULL || areas == NULL) {
        d->full = true;
        return;
    }
    const size_t n = shapes_put(d, of, &m, shapes);
    if (n == 0) {
        return;
    }
    const size_t grounds = grounds_put(of, &m, areas); /* first: edges of districts are drawn over it */
    memcpy(&areas[grounds], shapes, n * sizeof *shapes);
    paper_map(d, &m, areas, grounds + n);
    paper_note(d, msg_text(d->lang, MSG_PAPER_BOUNDARIES));
}
