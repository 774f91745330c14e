/* map_pages.c: a figure as a map, as tiles, as a line. */
#include "check.h"
#include "dashboard_inside.h"
#include "format.h"
#include "outline.h"
#include "report_feature.h"

enum { STEPS = 5, PERCENT = 100, MARGIN = 12, AROUND = 120, TEXT_PARTS = 28, HIGH = 27, LOW = 5, WIDE = 100 };

/* ---- words ---- */

static str pair_words(struct web *w, enum msg m, const char *a, str av, const char *b, str bv)
{
    const struct msg_arg args[] = {{a, av}, {b, bv}};
    return page_msg_args(&w->page, m, 0, args, sizeof args / sizeof args[0]);
}

str span_words(struct web *w, struct period p)
{
    if (period_same(p, period_all())) {
        return page_msg(&w->page, MSG_DASH_ALL);
    }
    return pair_words(w, MSG_DASH_SPAN, "from", format_month(w->arena, w->lang, p.from_day / 100), "to",
                      format_month(w->arena, w->lang, p.to_day / 100));
}

/* ---- steps ---- */

/* What is compared: of a ratio its share, else the number. */
static int64_t value_of(const struct indicator *i, const struct dash_point *p)
{
    if (i->measure == MEASURE_RATIO) {
        return p->den == 0 ? 0 : p->num * PERCENT / p->den;
    }
    return p->num;
}

static bool known(const struct indicator *i, const struct dash_point *p)
{
    return p->found > 0 && (i->measure == MEASURE_COUNT || p->den > 0);
}

static int64_t most_of(const struct dash_figure *f, const struct dash_point *points, size_t n)
{
    int64_t most = f->of->measure == MEASURE_RATIO ? PERCENT : STEPS;
    for (size_t i = 0; i < n; i++) {
        const int64_t v = value_of(f->of, &points[i]);
        most = known(f->of, &points[i]) && v > most ? v : most;
    }
    return most;
}

/* 0: nothing is known; 1 to STEPS. */
static int64_t step_of(const struct dash_figure *f, const struct dash_point *p, int64_t most)
{
    if (!known(f->of, p)) {
        return 0;
    }
    const int64_t step = 1 + value_of(f->of, p) * STEPS / (most + 1);
    return step > STEPS ? STEPS : step;
}

static str short_words(struct web *w, const struct indicator *i, const struct dash_point *p)
{
    const str n = format_number(w->arena, w->lang, value_of(i, p));
    return i->measure == MEASURE_RATIO ? arena_printf(w->arena, "%.*s%%", STR_F(n)) : n;
}

static err steps_fill(struct web *w, const struct dash_figure *f, int64_t most, struct dash_map_view *io)
{
    struct dash_step_view *steps = arena_array_of(w->arena, struct dash_step_view, STEPS + 1);
    if (steps == NULL) {
        return FAIL(LIMIT);
    }
    steps[0] = (struct dash_step_view){0, page_msg(&w->page, MSG_DASH_UNKNOWN)};
    for (int64_t s = 1; s <= STEPS; s++) {
        /* The smallest value v with 1 + v * STEPS / (most + 1) = s. */
        const int64_t from = ((s - 1) * (most + 1) + STEPS - 1) / STEPS;
        const int64_t to = (s * (most + 1) + STEPS - 1) / STEPS - 1;
        const struct dash_point a = {.num = from, .den = PERCENT}, b = {.num = to, .den = PERCENT};
        steps[s] = (struct dash_step_view){s, from == to ? short_words(w, f->of, &a)
                                                         : pair_words(w, MSG_DASH_STEP, "from",
                                                                      short_words(w, f->of, &a), "to",
                                                                      short_words(w, f->of, &b))};
    }
    io->steps = steps;
    io->steps_n = STEPS + 1;
    return OK;
}

/* ---- the map ---- */

struct box {
    int64_t left, top, right, bottom;
};

static void box_grow(const struct outline *o, struct box *io)
{
    io->left = o->left < io->left ? o->left : io->left;
    io->top = o->top < io->top ? o->top : io->top;
    io->right = o->right > io->right ? o->right : io->right;
    io->bottom = o->bottom > io->bottom ? o->bottom : io->bottom;
}

static bool within(const struct outline *o, const struct box *b)
{
    return o->right > b->left && o->left < b->right && o->bottom > b->top && o->top < b->bottom;
}

static bool in_area(const struct dash_area *area, str code)
{
    for (size_t i = 0; i < area->homes_n; i++) {
        if (str_eq(area->places[i].code, code)) {
            return true;
        }
    }
    return false;
}

static err grounds_fill(struct web *w, const struct dash_area *area, const struct box *b,
                        struct dash_map_view *io)
{
    size_t n;
    const struct outline *all = outline_all(&n);
    struct dash_shape_view *grounds = arena_array_of(w->arena, struct dash_shape_view, n + 1);
    if (grounds == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (within(&all[i], b) && !in_area(area, all[i].code)) {
            grounds[io->grounds_n++] = (struct dash_shape_view){.path = all[i].path};
        }
    }
    io->grounds = grounds;
    return OK;
}

static void frame_put(struct web *w, const struct box *b, struct dash_map_view *io)
{
    const int64_t wide = b->right - b->left + MARGIN + MARGIN;
    const int64_t high = b->bottom - b->top + MARGIN + MARGIN;
    io->box = arena_printf(w->arena, "%lld %lld %lld %lld", (long long)(b->left - MARGIN),
                           (long long)(b->top - MARGIN), (long long)wide, (long long)high);
    io->size = arena_printf(w->arena, "%lld", (long long)((wide > high ? wide : high) / TEXT_PARTS));
}

/* A map being put together. */
struct drawing {
    struct dash_shape_view *shapes;
    struct dash_tile_view *tiles;
    size_t shapes_n, tiles_n;
    int64_t most;
    struct box box;
};

/* What is framed: all of it; of the country, where something is, with its surroundings. */
static struct box frame_of(const struct dash_area *area, const struct dash_figure *f)
{
    struct box all = {INT32_MAX, INT32_MAX, 0, 0}, live = all;
    for (size_t i = 0; i < area->homes_n; i++) {
        const struct outline *o = outline_find(area->places[i].code);
        if (o == NULL) {
            continue;
        }
        box_grow(o, &all);
        if (area->places[i].served || f->by_home[i].found > 0) {
            box_grow(o, &live);
        }
    }
    if (area->level != LEVEL_COUNTRY || live.right == 0) {
        return all;
    }
    return (struct box){live.left - AROUND, live.top - AROUND, live.right + AROUND, live.bottom + AROUND};
}

/* Districts nobody knows anything of keep their outline, and no tile. */
static void place_put(struct web *w, const struct dash_place *place, const struct dash_figure *f,
                      const struct dash_point *p, struct drawing *io)
{
    const struct outline *o = outline_find(place->code);
    const str number = known(f->of, p) ? short_words(w, f->of, p) : S("");
    const int64_t step = step_of(f, p, io->most);
    if (o != NULL && within(o, &io->box)) {
        io->shapes[io->shapes_n++] =
            (struct dash_shape_view){.path = o->path,
                                     .step = step,
                                     .x = arena_printf(w->arena, "%lld", (long long)o->x),
                                     .y = arena_printf(w->arena, "%lld", (long long)o->y),
                                     .number = number};
    } else if (o == NULL && step > 0) {
        io->tiles[io->tiles_n++] =
            (struct dash_tile_view){.name = place->name, .number = number, .step = step};
    }
}

err map_fill(struct web *w, const struct dash_area *area, const struct dash_figure *f,
             struct dash_map_view *out)
{
    struct drawing d = {.shapes = arena_array_of(w->arena, struct dash_shape_view, area->homes_n + 1),
                        .tiles = arena_array_of(w->arena, struct dash_tile_view, area->homes_n + 1),
                        .most = most_of(f, f->by_home, area->homes_n),
                        .box = frame_of(area, f)};
    if (d.shapes == NULL || d.tiles == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < area->homes_n; i++) {
        place_put(w, &area->places[i], f, &f->by_home[i], &d);
    }
    struct dash_map_view m = {
        .shapes = d.shapes, .shapes_n = d.shapes_n, .tiles = d.tiles, .tiles_n = d.tiles_n};
    if (d.shapes_n > 0) {
        frame_put(w, &d.box, &m);
        TRY(grounds_fill(w, area, &d.box, &m));
    }
    TRY(steps_fill(w, f, d.most, &m));
    m.label =
        pair_words(w, MSG_DASH_MAP_LABEL, "what", page_msg(&w->page, f->of->title), "where", area->name);
    *out = m;
    return OK;
}

/* ---- the line ---- */

static str quarter_said(struct web *w, const struct dash_figure *f, const struct dash_point *p)
{
    const struct period q = period_quarter(period_year_of(p->from_day), period_quarter_of(p->from_day));
    return pair_words(w, MSG_DASH_POINT, "when", span_words(w, q), "value",
                      known(f->of, p) ? figure_words(&w->ctx, f->of, p->num, p->den)
                                      : page_msg(&w->page, MSG_DASH_UNKNOWN));
}

static str trend_said(struct web *w, const struct dash_figure *f)
{
    enum { SAID_MAX = 4000 };
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    for (size_t i = 0; i < DASH_TREND; i++) {
        buf_put(&b, quarter_said(w, f, &f->trend[i]));
        buf_put(&b, i + 1 < DASH_TREND ? S("; ") : S(""));
    }
    return arena_str(w->arena, buf_str(&b));
}

err trend_fill(struct web *w, const struct dash_figure *f, struct dash_trend_view *out)
{
    enum { PIECE_MAX = 400 };
    const int64_t most = most_of(f, f->trend, DASH_TREND);
    struct dash_piece_view *pieces = arena_array_of(w->arena, struct dash_piece_view, DASH_TREND);
    SCOPED(buf_free) struct buf b = buf_new(PIECE_MAX);
    struct dash_trend_view t = {.pieces = pieces};
    if (pieces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i <= DASH_TREND; i++) {
        if (i < DASH_TREND && known(f->of, &f->trend[i])) {
            const int64_t x = 2 + (int64_t)i * (WIDE - 4) / (DASH_TREND - 1);
            const int64_t y = HIGH - value_of(f->of, &f->trend[i]) * (HIGH - LOW) / most;
            buf_printf(&b, "%s%lld,%lld", b.n > 0 ? " " : "", (long long)x, (long long)y);
            t.last_x = arena_printf(w->arena, "%lld", (long long)x);
            t.last_y = arena_printf(w->arena, "%lld", (long long)y);
        } else if (b.n > 0) {
            pieces[t.pieces_n++].points = arena_str(w->arena, buf_str(&b));
            buf_clear(&b);
        }
    }
    t.words = trend_said(w, f);
    *out = t;
    return OK;
}
