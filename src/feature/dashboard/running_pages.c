/* running_pages.c: the quarter that runs, on the page: each number leads to its list. */
#include "case_filter.h"
#include "clock.h"
#include "dashboard_inside.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PERCENT = 100 };

/* A share in whole per cent; of fewer than FIGURE_FEW nothing is said. */
static str share_words(struct web *w, int64_t part, int64_t whole)
{
    if (whole < FIGURE_FEW) {
        return page_msg(&w->page, MSG_DASH_FEW);
    }
    const int64_t share = (part * PERCENT + whole / 2) / whole;
    return arena_printf(w->arena, "%.*s%%", STR_F(format_number(w->arena, w->lang, share)));
}

static str of_words(struct web *w, enum msg m, int64_t part, int64_t whole)
{
    const struct msg_arg args[] = {
        {"part", page_isolate(&w->page, format_number(w->arena, w->lang, part))},
        {"whole", page_isolate(&w->page, format_number(w->arena, w->lang, whole))}};
    return page_msg_args(&w->page, m, 0, args, COUNT(args));
}

static str late_words(struct web *w, const struct dash_now *now)
{
    const str n = format_number(w->arena, w->lang, now->late);
    return now->late_more ? arena_printf(w->arena, "%.*s+", STR_F(n)) : n;
}

/* How complete the last quarter's event sheets are, and how much of it came in time. */
static str sent_words(struct web *w, const struct dash_now *now)
{
    const struct msg_arg args[] = {
        {"sent", page_isolate(&w->page, format_number(w->arena, w->lang, now->sent))},
        {"due", page_isolate(&w->page, format_number(w->arena, w->lang, now->due))},
        {"timely", page_isolate(&w->page, format_number(w->arena, w->lang, now->timely))}};
    return now->due == 0 ? STR_NONE : page_msg_args(&w->page, MSG_DASH_SENT, 0, args, COUNT(args));
}

/* Complaints of the quarter; unit empty: of all her districts. */
static struct case_filter filed_in(const struct dash_running *r, str unit)
{
    return (struct case_filter){.kind = S("complaint"),
                                .unit = unit,
                                .from_month = r->quarter.from_day / 100,
                                .to_month = r->quarter.to_day / 100};
}

/* What each number of a line counts. */
enum number { N_LATE, N_FILED, N_WOMEN, N_SOLVED, N_HELD, N_OWED, NUMBERS };

static struct url list_of(struct web *w, const struct dash_area *area, const struct dash_running *r,
                          enum number n, str unit)
{
    struct case_filter f = filed_in(r, unit);
    if (n == N_OWED && !permission_of(w->ctx.actor.role, P_SHEET_READ)) {
        return (struct url){S("")};
    }
    if (n == N_OWED || n == N_HELD) {
        const struct period both = {r->last.from_day, r->quarter.to_day};
        const struct period p = n == N_OWED ? both : r->quarter;
        struct url u = url_local(w->arena, n == N_OWED ? S("/reports/sheets-owed") : S("/reports/events"));
        u = url_with(w->arena, u, S("period"), period_code(w->arena, p));
        return unit.n > 0 ? url_with(w->arena, u, S("unit"), unit) : u;
    }
    if (!area->lists) {
        return (struct url){S("")};
    }
    if (n == N_LATE) {
        f = (struct case_filter){.unit = unit, .due = DUE_LATE, .open = true};
    }
    f.sex = n == N_WOMEN ? S("woman") : STR_NONE;
    f.state = n == N_SOLVED ? SOME(CASE_SOLVED) : NONE_I64;
    return filter_url(w->arena, S("/cases"), &f);
}

static void numbers_put(struct web *w, const struct dash_now *n, str out[NUMBERS], str notes[NUMBERS])
{
    out[N_LATE] = late_words(w, n);
    out[N_FILED] = format_number(w->arena, w->lang, n->cases);
    out[N_WOMEN] = share_words(w, n->women, n->cases);
    out[N_SOLVED] = format_number(w->arena, w->lang, n->solved);
    out[N_HELD] = format_number(w->arena, w->lang, n->held);
    out[N_OWED] = format_number(w->arena, w->lang, n->owed);
    notes[N_WOMEN] = of_words(w, MSG_DASH_OF, n->women, n->cases);
    notes[N_OWED] = sent_words(w, n);
    notes[N_SOLVED] = of_words(w, MSG_DASH_ANSWERED, n->answered, n->asked);
    if (n->solved > 0 && n->answered >= FIGURE_FEW) {
        notes[N_SOLVED] = arena_printf(w->arena, "%.*s · %.*s",
                                       STR_F(page_isolate(&w->page, share_words(w, n->solved, n->answered))),
                                       STR_F(notes[N_SOLVED]));
    }
}

static const enum msg number_msgs[NUMBERS] = {MSG_DASH_LATE,   MSG_DASH_FILED, MSG_DASH_WOMEN,
                                              MSG_DASH_SOLVED, MSG_DASH_HELD,  MSG_DASH_OWED};

static struct url below(struct web *w, const struct dash_area *area)
{
    const struct url here = dash_url(w, area->code, period_all());
    return url_local(w->arena, arena_printf(w->arena, "%.*s#districts", STR_F(here.s)));
}

static struct url quarter_url(struct web *w, const struct dash_running *r)
{
    return url_with(w->arena, url_local(w->arena, S("/sheets")), S("quarter"),
                    period_code(w->arena, r->last));
}

/* The list of a unit above a district cannot be asked for: its lines lead on instead. */
static err cards_fill(struct web *w, const struct dash_area *area, const struct dash_running *r,
                      struct dash_view *io)
{
    struct dash_card_view *cards = arena_array_of(w->arena, struct dash_card_view, NUMBERS + 1);
    str numbers[NUMBERS] = {0}, notes[NUMBERS] = {0};
    const bool listed = area->own || area->level == LEVEL_DISTRICT;
    const str unit = area->own ? STR_NONE : area->code;
    if (cards == NULL) {
        return FAIL(LIMIT);
    }
    numbers_put(w, &r->all, numbers, notes);
    for (size_t i = 0; i < NUMBERS; i++) {
        const bool cases = i <= N_SOLVED;
        cards[i] = (struct dash_card_view){.to = cases && !listed ? below(w, area)
                                                                  : list_of(w, area, r, (enum number)i, unit),
                                           .number = numbers[i],
                                           .words = page_msg(&w->page, number_msgs[i]),
                                           .note = notes[i]};
    }
    cards[NUMBERS] = (struct dash_card_view){.to = quarter_url(w, r),
                                             .number = format_number(w->arena, w->lang, r->quarters_owed),
                                             .words = page_msg(&w->page, MSG_DASH_QUARTERS_OWED),
                                             .note = span_words(w, r->last)};
    io->cards = cards;
    io->cards_n = NUMBERS + 1;
    return OK;
}

/* Where a desk stands, or something happened. */
static bool lives(const struct dash_area *area, const struct dash_now *n, size_t i)
{
    return area->places[i].served || n->cases + n->late + n->held + n->owed > 0;
}

enum { COLS = NUMBERS + 2 };

static err lines_table(struct web *w, enum msg what, enum msg caption, const struct cell_view *cells,
                       size_t n, struct table_view *out)
{
    const enum msg heads[COLS] = {what,           MSG_DASH_LATE,   MSG_DASH_FILED,
                                  MSG_DASH_WOMEN, MSG_DASH_SOLVED, MSG_DASH_HELD,
                                  MSG_DASH_OWED,  MSG_DASH_QUARTER};
    return web_table(w, heads, COLS, cells, n, caption, MSG_DASH_NOTHING, out);
}

static err districts_fill(struct web *w, const struct dash_area *area, const struct dash_running *r,
                          struct table_view *out)
{
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, area->homes_n * COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < area->homes_n; i++) {
        str numbers[NUMBERS] = {0}, notes[NUMBERS] = {0};
        struct cell_view *row = &cells[n * COLS];
        if (!lives(area, &r->rows[i], i)) {
            continue;
        }
        const str code = area->places[i].code;
        numbers_put(w, &r->rows[i], numbers, notes);
        row[0] = (struct cell_view){.text = area->places[i].name, .to = dash_url(w, code, period_all())};
        for (size_t k = 0; k < NUMBERS; k++) {
            row[1 + k] = (struct cell_view){
                .text = numbers[k], .note = notes[k], .to = list_of(w, area, r, (enum number)k, code)};
        }
        const bool owed = r->rows[i].quarter_owed;
        row[COLS - 1] =
            (struct cell_view){.text = page_msg(&w->page, owed ? MSG_DASH_QUARTER_OWED : MSG_DASH_QUARTER_IN),
                               .chip = owed ? S("wait") : S("done")};
        n++;
    }
    return lines_table(w, MSG_OVERSIGHT_DISTRICT, MSG_OVERSIGHT_BY_DISTRICT, cells, n, out);
}

/* ---- by province ---- */

struct province {
    int64_t id, quarters_owed;
    struct dash_now now;
};

static err provinces_add(struct web *w, const struct dash_area *area, const struct dash_running *r,
                         struct province *io, size_t *n)
{
    for (size_t i = 0; i < area->homes_n; i++) {
        struct place_at up;
        size_t at = 0;
        if (!lives(area, &r->rows[i], i)) {
            continue;
        }
        TRY(place_ancestors(&w->ctx, area->homes[i], &up));
        while (at < *n && io[at].id != up.at[LEVEL_PROVINCE]) {
            at++;
        }
        if (at == *n) {
            io[(*n)++] = (struct province){.id = up.at[LEVEL_PROVINCE]};
        }
        dash_now_add(&io[at].now, &r->rows[i]);
        io[at].quarters_owed += r->rows[i].quarter_owed;
    }
    return OK;
}

/* The lines of a province lead to its own page. */
static void province_cells(struct web *w, const struct province *p, const struct q_place_names *name,
                           struct cell_view *row)
{
    str numbers[NUMBERS] = {0}, notes[NUMBERS] = {0};
    const struct url to = dash_url(w, name->unit_code, period_all());
    numbers_put(w, &p->now, numbers, notes);
    row[0] = (struct cell_view){.text = name->name_text, .to = to};
    for (size_t k = 0; k < NUMBERS; k++) {
        row[1 + k] = (struct cell_view){.text = numbers[k], .note = notes[k], .to = to};
    }
    row[COLS - 1] =
        (struct cell_view){.text = p->quarters_owed == 0 ? page_msg(&w->page, MSG_DASH_QUARTER_IN)
                                                         : page_msg_args(&w->page, MSG_DASH_QUARTERS_OWED_N,
                                                                         p->quarters_owed, NULL, 0),
                           .chip = p->quarters_owed > 0 ? S("wait") : S("done")};
}

static err provinces_fill(struct web *w, const struct dash_area *area, const struct dash_running *r,
                          struct table_view *out)
{
    struct province *all = arena_array_of(w->arena, struct province, area->homes_n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, area->homes_n * COLS + 1);
    size_t n = 0;
    if (all == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(provinces_add(w, area, r, all, &n));
    for (size_t i = 0; i < n; i++) {
        struct q_place_names *name;
        size_t found;
        TRY(place_names(&w->ctx, &all[i].id, 1, &name, &found));
        if (found == 1) {
            province_cells(w, &all[i], name, &cells[i * COLS]);
        }
    }
    return n < 2 ? OK : lines_table(w, MSG_DASH_PROVINCE, MSG_DASH_BY_PROVINCE, cells, n, out);
}

err running_fill(struct web *w, const struct dash_area *area, struct dash_view *io)
{
    struct dash_running r;
    TRY(dash_running(&w->ctx, area, &r));
    io->quarter = span_words(w, r.quarter);
    io->now = format_time(w->arena, w->lang, w->ctx.now_ms);
    TRY(cards_fill(w, area, &r, io));
    TRY(area->level == LEVEL_COUNTRY ? provinces_fill(w, area, &r, &io->provinces) : OK);
    return area->homes_n > 1 ? districts_fill(w, area, &r, &io->districts) : OK;
}
