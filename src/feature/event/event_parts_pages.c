/* event_parts_pages.c: addresses, words and tabs of events. */
#include "clock.h"
#include "event_pages.h"
#include "fold.h"
#include "format.h"
#include "lang.h"

enum { MINUTES_AN_HOUR = 60 };

/* Pages of one event; those of other files of this feature stand here too. */
static const struct {
    str rest;
    enum msg text;
    str kind; /* only of such an event; empty: of any */
} tabs[] = {
    {S_INIT(""), MSG_EVENT_TAB_PLAN},
    {S_INIT("/summons"), MSG_EVENT_TAB_SUMMONS},
    {S_INIT("/day"), MSG_EVENT_TAB_DAY},
    {S_INIT("/roster"), MSG_EVENT_TAB_ROSTER},
    {S_INIT("/tokens"), MSG_EVENT_TAB_TOKENS},
    {S_INIT("/capture"), MSG_EVENT_TAB_CAPTURE},
    {S_INIT("/cases"), MSG_EVENT_TAB_CASES},
    {S_INIT("/needs"), MSG_EVENT_TAB_NEEDS},
    {S_INIT("/directions"), MSG_EVENT_TAB_DIRECTIONS},
    {S_INIT("/dialogue"), MSG_EVENT_TAB_DIALOGUE},
    {S_INIT("/training"), MSG_EVENT_TAB_TRAINING, S_INIT("training")},
    {S_INIT("/follow-up"), MSG_EVENT_TAB_FOLLOW_UP},
    {S_INIT("/files"), MSG_EVENT_TAB_FILES},
    {S_INIT("/close"), MSG_EVENT_TAB_CLOSE},
    {S_INIT("/minutes"), MSG_EVENT_TAB_MINUTES},
};
enum { TABS_N = sizeof tabs / sizeof tabs[0] };

struct url event_url(struct web *w, str code, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/events/%.*s%.*s", STR_F(code), STR_F(rest)));
}

struct url kacheri_url(struct web *w, str code, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/kacheri/%.*s%.*s", STR_F(code), STR_F(rest)));
}

str event_words_of(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg text = case_word_of(words, n, code);
    return text == MSG_NONE ? S("") : page_msg(p, text);
}

str event_title(const struct page *p, str kind_code, str title)
{
    return title.n > 0 ? title : event_words_of(p, event_kind_words, EVENT_kind_n, kind_code);
}

str event_day_words(const struct web *w, int64_t day)
{
    static const enum msg weekdays[] = {MSG_EVENT_SUNDAY,    MSG_EVENT_MONDAY,   MSG_EVENT_TUESDAY,
                                        MSG_EVENT_WEDNESDAY, MSG_EVENT_THURSDAY, MSG_EVENT_FRIDAY,
                                        MSG_EVENT_SATURDAY};
    const struct msg_arg args[] = {{"weekday", page_msg(&w->page, weekdays[day_weekday(day)])},
                                   {"day", format_day(w->arena, w->page.lang, day)}};
    return page_msg_args(&w->page, MSG_EVENT_DAY_WORDS, 0, args, 2);
}

str event_hours_words(const struct web *w, int64_t from_min, int64_t to_min)
{
    const int64_t day = day_at_ms(20260101, 0, 0); /* any: only the hour is shown */
    const str from = format_clock(w->arena, w->page.lang, day + from_min * MS_PER_MINUTE);
    const str to = format_clock(w->arena, w->page.lang, day + to_min * MS_PER_MINUTE);
    const struct msg_arg args[] = {{"from", page_isolate(&w->page, from)},
                                   {"to", page_isolate(&w->page, to)}};
    return page_msg_args(&w->page, MSG_EVENT_HOURS_WORDS, 0, args, 2);
}

str event_when_words(const struct web *w, int64_t day, int64_t from_min, int64_t to_min)
{
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(event_day_words(w, day)),
                        STR_F(event_hours_words(w, from_min, to_min)));
}

struct chip_view event_chip(const struct page *p, enum event_state state)
{
    static const str kinds[EVENT_STATES] = {[EVENT_PLANNED] = S_INIT("new"),
                                            [EVENT_OPEN] = S_INIT("busy"),
                                            [EVENT_CLOSED] = S_INIT("done"),
                                            [EVENT_CANCELLED] = S_INIT("closed")};
    return (struct chip_view){kinds[state], page_msg(p, event_state_words[state].text)};
}

err event_tabs(struct web *w, const struct event_view *v, struct tabs_view *out)
{
    struct page_link *rows = arena_array_of(w->arena, struct page_link, TABS_N);
    str path = w->page.path;
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    path = str_cut(&path, '?');
    for (size_t i = 0; i < TABS_N; i++) {
        const struct url to = event_url(w, v->row.event_code, tabs[i].rest);
        const bool fits = tabs[i].kind.n == 0 || str_eq(tabs[i].kind, v->row.event_kind_code);
        if (fits && web_may_open(w, w->ctx.actor.role, to.s)) {
            rows[n++] = (struct page_link){to, page_msg(&w->page, tabs[i].text), str_eq(path, to.s)};
        }
    }
    *out = (struct tabs_view){rows, n};
    return OK;
}

err event_of(struct web *w, size_t input, enum msg title, struct event_view *out)
{
    if (!w->in[input].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(event_find(&w->ctx, w->in[input].text, out));
    w->page.title = arena_printf(w->arena, "%.*s %.*s", STR_F(page_msg(&w->page, title)),
                                 STR_F(page_isolate(&w->page, out->row.event_code)));
    w->page.back = event_url(w, out->row.event_code, S(""));
    return OK;
}

int64_t minutes_of(struct arena *a, str typed)
{
    int64_t hour;
    int64_t minute = 0;
    str rest = str_trim(digits_ascii(a, typed));
    const str first = str_cut(&rest, ':');
    const bool right = str_i64(first, &hour) && (rest.p == NULL || str_i64(rest, &minute));
    if (!right || hour < 0 || minute < 0 || minute >= MINUTES_AN_HOUR ||
        hour * MINUTES_AN_HOUR + minute > EVENT_MINUTES) {
        return -1;
    }
    return hour * MINUTES_AN_HOUR + minute;
}

str minutes_text(struct arena *a, int64_t minutes)
{
    return arena_printf(a, "%02d:%02d", (int)(minutes / MINUTES_AN_HOUR), (int)(minutes % MINUTES_AN_HOUR));
}

/* ---- a place and a time, in a form ---- */

static err time_of(struct ctx *c, const struct given *in, const char *field, int64_t *out)
{
    *out = minutes_of(c->arena, in->text);
    return *out >= 0 ? OK : fail_set(c->fail, ERR_INVALID, MSG_EVENT_TIME_WRONG, field);
}

err where_of(struct ctx *c, const struct given *in, struct event_place *out)
{
    struct event_place at = {.unit = in[W_UNIT].text,
                             .venue = in[W_VENUE].text,
                             .venue_kind = str_of(event_venue_codes[in[W_VENUE_KIND].n]),
                             .day = in[W_DAY].n};
    TRY(time_of(c, &in[W_FROM], "from", &at.from_min));
    TRY(time_of(c, &in[W_TO], "to", &at.to_min));
    if (in[W_FEMALE_FROM].given) {
        at.female_from.given = true;
        TRY(time_of(c, &in[W_FEMALE_FROM], "female_from", &at.female_from.v));
    }
    if (in[W_FEMALE_TO].given) {
        at.female_to.given = true;
        TRY(time_of(c, &in[W_FEMALE_TO], "female_to", &at.female_to.v));
    }
    *out = at;
    return OK;
}

static struct field_view where_field(struct web *w, size_t input, enum msg hint, str now, str type)
{
    struct field_view f = web_field(w, input, hint);
    if (f.value.p == NULL) {
        f.value = now;
    }
    if (type.n > 0) {
        f.type = type;
        f.dir = S("ltr");
    }
    return f;
}

static str option_text(struct web *w, const struct opt_i64 *minutes)
{
    return minutes != NULL && minutes->given ? minutes_text(w->arena, minutes->v) : S("");
}

static void chosen_by_default(struct field_view *f, struct choice_view *rows, str value)
{
    bool any = false;
    for (size_t i = 0; i < f->choices_n; i++) {
        any = any || rows[i].chosen;
    }
    for (size_t i = 0; i < f->choices_n && !any; i++) {
        rows[i].chosen = str_eq(rows[i].value, value);
    }
}

err where_fill(struct web *w, size_t base, const struct event_view *v, struct where_view *out)
{
    const struct q_event_get *r = v == NULL ? NULL : &v->row;
    const str time = S("time");
    out->unit = where_field(w, base + W_UNIT, MSG_NONE, STR_NONE, STR_NONE);
    TRY(choices_unit(w, base + W_UNIT, w->ctx.actor.home, &out->unit));
    if (v != NULL && w->in[base + W_UNIT].raw.p == NULL) {
        struct choice_view *c = arena_array_of(w->arena, struct choice_view, out->unit.choices_n + 1);
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < out->unit.choices_n; i++) {
            c[i] = out->unit.choices[i];
        }
        chosen_by_default(&out->unit, c, v->unit_code);
        out->unit.choices = c;
    }
    out->venue =
        where_field(w, base + W_VENUE, MSG_EVENT_VENUE_HINT, r == NULL ? S("") : r->venue_text, STR_NONE);
    out->venue_kind = where_field(w, base + W_VENUE_KIND, MSG_NONE, STR_NONE, STR_NONE);
    TRY(choices_words(w, base + W_VENUE_KIND, event_venue_words, EVENT_venue_n,
                      r == NULL ? STR_NONE : r->venue_kind_code, &out->venue_kind));
    out->day = where_field(w, base + W_DAY, MSG_NONE,
                           r == NULL ? S("") : format_day_iso(w->arena, r->event_day), STR_NONE);
    out->from = where_field(w, base + W_FROM, MSG_NONE,
                            r == NULL ? S("10:00") : minutes_text(w->arena, r->from_min_n), time);
    out->to = where_field(w, base + W_TO, MSG_NONE,
                          r == NULL ? S("13:00") : minutes_text(w->arena, r->to_min_n), time);
    out->female_from = where_field(w, base + W_FEMALE_FROM, MSG_NONE,
                                   option_text(w, r == NULL ? NULL : &r->female_from_n), time);
    out->female_to = where_field(w, base + W_FEMALE_TO, MSG_NONE,
                                 option_text(w, r == NULL ? NULL : &r->female_to_n), time);
    out->again = web_field(w, base + W_AGAIN, MSG_NONE);
    out->asks_again = out->again.fault.n > 0 || w->in[base + W_AGAIN].n == 1;
    return OK;
}
