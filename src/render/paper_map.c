/* paper_map.c: districts as a map of a paper, and a map as a page shows it. */
#include "paper_inside.h"

enum { SAID_MAX = 4000, TEXT_PARTS = 28, AREA_WORDS = 5, W_TEXT = 1, W_STEP, W_PLACE, W_PATH };
enum { LEFT, TOP, RIGHT, BOTTOM, SIDES };

/* ---- into the paper ---- */

static struct paper_words plain(struct paper_draft *d, int64_t a, int64_t b)
{
    return paper_in(LANG_EN, arena_printf(d->arena, "%lld %lld", (long long)a, (long long)b));
}

static void area_add(struct paper_draft *d, const struct paper_area *area)
{
    static const str steps[PAPER_STEPS] = {S_INIT("0"), S_INIT("1"), S_INIT("2"),
                                           S_INIT("3"), S_INIT("4"), S_INIT("5")};
    const bool ground = area->step < 0 || area->step >= PAPER_STEPS;
    struct paper_words w[AREA_WORDS] = {
        paper_said(d->lang, area->name),
        paper_in(d->lang, area->text),
        paper_in(LANG_EN, ground ? S("") : steps[area->step]),
        plain(d, area->x, area->y),
        paper_in(LANG_EN, area->path),
    };
    w[W_TEXT].flags = 0;
    paper_add(d, PAPER_AREA, w, AREA_WORDS);
}

void paper_map(struct paper_draft *d, const struct paper_map *m, const struct paper_area *areas, size_t n)
{
    struct paper_words w[PAPER_STEPS_AT + PAPER_STEPS];
    w[0] = paper_in(d->lang, m->title);
    w[1] = paper_in(LANG_EN, arena_printf(d->arena, "%lld %lld %lld %lld", (long long)m->left,
                                          (long long)m->top, (long long)m->right, (long long)m->bottom));
    for (size_t i = 0; i < PAPER_STEPS; i++) {
        w[PAPER_STEPS_AT + i] = paper_in(d->lang, m->steps[i]);
    }
    paper_add(d, PAPER_MAP, w, PAPER_STEPS_AT + PAPER_STEPS);
    for (size_t i = 0; i < n && i < PAPER_AREAS_MAX; i++) {
        area_add(d, &areas[i]);
    }
}

/* ---- as a page shows it ---- */

static bool areas_fill(struct arena *a, const struct paper_block *b, struct paper_map_shown *out)
{
    struct paper_area_shown *areas = arena_array_of(a, struct paper_area_shown, b->pieces_n + 1);
    for (size_t i = 0; i < b->pieces_n && areas != NULL; i++) {
        const struct paper_words *w = b->pieces[i].words;
        int64_t at[2] = {0, 0};
        (void)paper_numbers(w[W_PLACE].text, at, 2);
        areas[i] = (struct paper_area_shown){
            .text = &w[W_TEXT],
            .path = w[W_PATH].text,
            .x = arena_printf(a, "%lld", (long long)at[0]),
            .y = arena_printf(a, "%lld", (long long)at[1]),
            .step = w[W_STEP].text.n == 0 ? -1 : w[W_STEP].text.p[0] - '0',
        };
    }
    out->areas = areas;
    out->areas_n = b->pieces_n;
    return areas != NULL;
}

static bool steps_fill(struct arena *a, const struct paper_block *b, struct paper_map_shown *out)
{
    struct paper_step_shown *steps = arena_array_of(a, struct paper_step_shown, PAPER_STEPS);
    for (size_t i = 0; i < PAPER_STEPS && steps != NULL; i++) {
        const struct paper_words *words = &b->words[PAPER_STEPS_AT + i];
        if (words->text.n > 0) {
            steps[out->steps_n++] = (struct paper_step_shown){(int64_t)i, words};
        }
    }
    out->steps = steps;
    return steps != NULL;
}

err paper_map_fill(struct arena *a, const struct paper *m, struct paper_block *b)
{
    struct paper_map_shown *map = arena_array_of(a, struct paper_map_shown, 1);
    SCOPED(buf_free) struct buf said = buf_new(SAID_MAX);
    int64_t box[SIDES] = {0};
    if (map == NULL) {
        return FAIL(LIMIT);
    }
    *map = (struct paper_map_shown){.steps_n = 0};
    (void)paper_numbers(b->words[1].text, box, SIDES);
    const int64_t wide = box[RIGHT] - box[LEFT];
    const int64_t high = box[BOTTOM] - box[TOP];
    paper_drawn_words(m, (size_t)(b->pieces - m->pieces) - 1, &said);
    map->said = arena_str(a, buf_str(&said));
    map->box = arena_printf(a, "%lld %lld %lld %lld", (long long)box[LEFT], (long long)box[TOP],
                            (long long)wide, (long long)high);
    map->size = arena_printf(a, "%lld", (long long)((wide > high ? wide : high) / TEXT_PARTS));
    b->map = map;
    return areas_fill(a, b, map) && steps_fill(a, b, map) ? OK : FAIL(LIMIT);
}
