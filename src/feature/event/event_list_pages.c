/* event_list_pages.c: the list of events. */
#include "clock.h"
#include "event.html.h"
#include "event_pages.h"
#include "format.h"

enum { L_KIND, L_AUDIENCE, L_MONTH, L_UNIT, L_STATE, L_AFTER };
enum { LIST_ROWS = 50, MONTHS_OFFERED = 18, MONTHS_BACK = 12, YEAR_MONTHS = 12 };

const struct input event_list_inputs[EVENT_LIST_INPUTS] = {
    [L_KIND] = {"kind", IN_CHOICE, MSG_EVENT_KIND, .choices = event_kind_codes},
    [L_AUDIENCE] = {"audience", IN_CHOICE, MSG_EVENT_AUDIENCE, .choices = event_audience_codes},
    [L_MONTH] = {"month", IN_NUMBER, MSG_EVENT_MONTH, 999912},
    [L_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT},
    [L_STATE] = {"state", IN_CHOICE, MSG_EVENT_STATE, .choices = event_state_codes},
    [L_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE},
};

static int64_t month_add(int64_t month, int n)
{
    const int64_t all = month / 100 * YEAR_MONTHS + month % 100 - 1 + n;
    return all / YEAR_MONTHS * 100 + all % YEAR_MONTHS + 1;
}

/* A year back and half a year ahead; the calendar is read month by month. */
static err months_fill(struct web *w, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, MONTHS_OFFERED);
    const int64_t first = month_add(local_month(w->ctx.now_ms), -MONTHS_BACK);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (int i = 0; i < MONTHS_OFFERED; i++) {
        const int64_t month = month_add(first, i);
        c[i] = (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)month),
                                    .text = format_month(w->arena, w->lang, month)};
    }
    web_choose(w, L_MONTH, c, MONTHS_OFFERED, STR_NONE);
    out->choices = c;
    out->choices_n = MONTHS_OFFERED;
    return OK;
}

static err filters_fill(struct web *w, struct events_view *m)
{
    enum { FILTERS = 5, FIRST = 2 };
    struct field_view *f = arena_array_of(w->arena, struct field_view, FILTERS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    static const size_t inputs[FILTERS] = {L_MONTH, L_KIND, L_AUDIENCE, L_UNIT, L_STATE};
    for (size_t i = 0; i < FILTERS; i++) {
        f[i] = web_field(w, inputs[i], MSG_NONE);
        f[i].optional = false;
        m->asked = m->asked || w->in[inputs[i]].given;
        m->more_asked = m->more_asked || (i >= FIRST && w->in[inputs[i]].given);
    }
    TRY(months_fill(w, &f[0]));
    TRY(choices_words(w, L_KIND, event_kind_words, EVENT_kind_n, STR_NONE, &f[1]));
    TRY(choices_words(w, L_AUDIENCE, event_audience_words, EVENT_audience_n, STR_NONE, &f[2]));
    TRY(choices_unit(w, L_UNIT, w->ctx.actor.home, &f[3]));
    TRY(choices_words(w, L_STATE, event_state_words, EVENT_state_n, STR_NONE, &f[4]));
    m->filters = f;
    m->filters_n = FIRST;
    m->more = f + FIRST;
    m->more_n = FILTERS - FIRST;
    return OK;
}

/* Without a month: what lies ahead, and the three months behind. */
static struct event_filter filter_of_events(struct web *w)
{
    enum { DAYS_BACK = 92 };
    struct event_filter f = {.limit = LIST_ROWS + 1};
    const struct given *in = w->in;
    int64_t keys[2];
    f.kind = in[L_KIND].given ? in[L_KIND].text : STR_NONE;
    f.audience = in[L_AUDIENCE].given ? in[L_AUDIENCE].text : STR_NONE;
    f.unit = in[L_UNIT].given ? in[L_UNIT].text : STR_NONE;
    f.state = in[L_STATE].given ? SOME(in[L_STATE].n) : NONE_I64;
    f.month = in[L_MONTH].given ? in[L_MONTH].n : 0;
    if (f.month == 0) {
        f.from_day = day_add(local_day(w->ctx.now_ms), -DAYS_BACK);
    }
    if (in[L_AFTER].given && web_cursor_keys(w, L_AFTER, keys, 2).code == ERR_OK) {
        f.after_day = keys[0];
        f.after_id = keys[1];
    }
    return f;
}

enum { COL_TITLE, COL_WHEN, COL_WHERE, COL_AUDIENCE, COL_STATE, COLS };

static err row_fill(struct web *w, const struct q_event_list *r, struct cell_view *c)
{
    str place;
    const struct chip_view chip = event_chip(&w->page, (enum event_state)r->flow_state);
    TRY(label_find(&w->ctx, S("unit"), r->unit_id, &place));
    c[COL_TITLE] = (struct cell_view){.text = event_title(&w->page, r->event_kind_code, r->title_text),
                                      .dir = S("auto"),
                                      .to = event_url(w, r->event_code, S("")),
                                      .note = r->event_code};
    c[COL_WHEN] = (struct cell_view){.text = event_day_words(w, r->event_day),
                                     .note = event_hours_words(w, r->from_min_n, r->to_min_n)};
    c[COL_WHERE] = (struct cell_view){.text = place, .note = r->venue_text};
    c[COL_AUDIENCE] = (struct cell_view){
        .text = event_words_of(&w->page, event_audience_words, EVENT_audience_n, r->audience_code)};
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    return OK;
}

/* The same list from behind its last row. */
static struct url next_of(struct web *w, const struct q_event_list *last)
{
    static const size_t kept[] = {L_KIND, L_AUDIENCE, L_MONTH, L_UNIT, L_STATE};
    const int64_t keys[] = {last->event_day, last->id};
    struct url u = url_local(w->arena, S("/events"));
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (w->in[kept[i]].given) {
            u = url_with(w->arena, u, str_of(event_list_inputs[kept[i]].name), w->in[kept[i]].raw);
        }
    }
    return url_with(w->arena, u, S("after"), web_cursor(w, keys, 2));
}

static err table_fill(struct web *w, const struct q_event_list *rows, size_t n, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_TITLE] = MSG_EVENT_COL_EVENT,
                                         [COL_WHEN] = MSG_EVENT_COL_WHEN,
                                         [COL_WHERE] = MSG_EVENT_COL_WHERE,
                                         [COL_AUDIENCE] = MSG_EVENT_AUDIENCE,
                                         [COL_STATE] = MSG_EVENT_STATE};
    const size_t shown = n > LIST_ROWS ? LIST_ROWS : n;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, shown * COLS + 1);
    struct row_view *views = arena_array_of(w->arena, struct row_view, shown + 1);
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    if (cells == NULL || views == NULL || columns == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < COLS; k++) {
        columns[k] = (struct column_view){.text = page_msg(&w->page, heads[k])};
    }
    for (size_t i = 0; i < shown; i++) {
        views[i] = (struct row_view){&cells[i * COLS], COLS};
        TRY(row_fill(w, &rows[i], &cells[i * COLS]));
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_EVENT_LIST),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = views,
                               .rows_n = shown,
                               .empty = page_msg(&w->page, MSG_EVENT_LIST_NONE)};
    if (n > LIST_ROWS) {
        out->more = next_of(w, &rows[LIST_ROWS - 1]);
    }
    return OK;
}

err show_events(struct web *w)
{
    struct events_view m = {.may_plan = permission_of(w->ctx.actor.role, P_EVENT_PLAN)};
    const struct event_filter f = filter_of_events(w);
    struct q_event_list *rows;
    size_t n;
    TRY(filters_fill(w, &m));
    TRY(event_list(&w->ctx, &f, &rows, &n));
    TRY(table_fill(w, rows, n, &m.table));
    w->page.title = page_msg(&w->page, MSG_EVENT_LIST);
    events_page(&w->page, &m);
    return web_html(w, 200);
}
