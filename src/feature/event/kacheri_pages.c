/* kacheri_pages.c: events as the public sees them: when, where, for whom, what is there; and as a calendar
 * file. */
#include "clock.h"
#include "event_pages.h"
#include "format.h"
#include "kacheri.html.h"
#include "kacheri_ics.h"

enum { DISTRICTS_SHOWN = 8 };

enum { KS_UNIT };
const struct input kacheris_inputs[KACHERIS_INPUTS_N] = {
    [KS_UNIT] = {"unit", IN_CODE, MSG_EVENT_DISTRICT},
};
const struct input kacheri_inputs[KACHERI_INPUTS_N] = {EVENT_CODE_INPUT};

/* ---- the list ---- */

/* Where, as far as it is public: of a place for women only often just the tehsil. */
static err place_words(struct web *w, str unit, str venue, bool public, str *out)
{
    *out = unit;
    return public && venue.n > 0 ? place_within(&w->ctx, venue, unit, out) : OK;
}

static str note_add(struct web *w, str notes, enum msg more)
{
    const str words = page_msg(&w->page, more);
    return notes.n == 0 ? words : arena_printf(w->arena, "%.*s · %.*s", STR_F(notes), STR_F(words));
}

static err row_fill(struct web *w, const struct q_event_public_list *r, struct kacheri_row *out)
{
    str unit;
    str notes = S("");
    TRY(label_find(&w->ctx, S("unit"), r->unit_id, &unit));
    notes = note_add(
        w, notes, str_eq(r->audience_code, S("women")) ? MSG_KACHERI_WOMEN_ONLY : MSG_EVENT_AUDIENCE_MIXED);
    if (r->transport_flag == 1) {
        notes = note_add(w, notes, MSG_KACHERI_TRANSPORT);
    }
    if (r->childcare_flag == 1) {
        notes = note_add(w, notes, MSG_KACHERI_CHILDCARE);
    }
    *out = (struct kacheri_row){.to = kacheri_url(w, r->event_code, S("")),
                                .title = event_title(&w->page, r->event_kind_code, r->title_text),
                                .when = event_when_words(w, r->event_day, r->from_min_n, r->to_min_n),
                                .notes = notes,
                                .cancelled = r->flow_state == EVENT_CANCELLED};
    return place_words(w, unit, r->venue_text, r->address_flag == 1, &out->where);
}

static err district_fill(struct web *w, int64_t home, bool rows_too, struct kacheri_district *out)
{
    struct q_place_by_id unit;
    struct q_event_public_list *rows;
    TRY(q_place_by_id(w->ctx.db, w->arena, home, &unit));
    TRY(label_find(&w->ctx, S("unit"), home, &out->name));
    out->to = url_with(w->arena, url_local(w->arena, S("/kacheri")), S("unit"), unit.unit_code);
    if (!rows_too) {
        return OK;
    }
    TRY(event_list_public(&w->ctx, home, &rows, &out->rows_n));
    struct kacheri_row *k = arena_array_of(w->arena, struct kacheri_row, out->rows_n + 1);
    if (k == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < out->rows_n; i++) {
        TRY(row_fill(w, &rows[i], &k[i]));
    }
    out->rows = k;
    return OK;
}

err show_kacheris(struct web *w)
{
    struct q_desk_homes *homes;
    struct q_place_by_code unit;
    size_t n;
    int64_t one = 0;
    TRY(place_desk_homes(&w->ctx, &homes, &n));
    if (w->in[KS_UNIT].given && place_find(&w->ctx, w->in[KS_UNIT].text, &unit).code == ERR_OK) {
        one = unit.district_id.given ? unit.district_id.v : 0;
    }
    struct kacheri_district *d = arena_array_of(w->arena, struct kacheri_district, n + 1);
    if (d == NULL) {
        return FAIL(LIMIT);
    }
    struct kacheris_view m = {.rows = d, .choose = one == 0 && n > DISTRICTS_SHOWN};
    for (size_t i = 0; i < n; i++) {
        if (one == 0 || homes[i].home == one) {
            TRY(district_fill(w, homes[i].home, !m.choose, &d[m.rows_n++]));
        }
    }
    w->page.title = page_msg(&w->page, MSG_KACHERI_TITLE);
    w->page.back = url_local(w->arena, one == 0 ? S("/") : S("/kacheri"));
    kacheris_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one of them ---- */

static err moved_words(struct web *w, const struct event_view *v, str *out)
{
    struct q_event_move_list *rows;
    size_t n;
    TRY(event_moves(&w->ctx, v, &rows, &n));
    if (n > 0) {
        const struct msg_arg arg = {
            "when", event_when_words(w, rows[n - 1].event_day, rows[n - 1].from_min_n, rows[n - 1].to_min_n)};
        *out = page_msg_args(&w->page, MSG_KACHERI_MOVED, 0, &arg, 1);
    }
    return OK;
}

err kacheri_fill(struct web *w, const struct event_view *v, struct kacheri_view *out)
{
    const struct q_event_get *r = &v->row;
    const bool public = r->address_flag == 1;
    struct kacheri_view m = {
        .title = event_title(&w->page, r->event_kind_code, r->title_text),
        .day = event_day_words(w, r->event_day),
        .hours = event_hours_words(w, r->from_min_n, r->to_min_n),
        .where = v->unit_name,
        .venue = public ? r->venue_text : S(""),
        .code = r->event_code,
        .women_only = str_eq(r->audience_code, S("women")),
        .transport = r->transport_flag == 1,
        .childcare = r->childcare_flag == 1,
        .purdah = r->purdah_flag == 1,
        .female_staff = r->female_staff_n > 0,
        .cancelled = v->state == EVENT_CANCELLED,
        .over = v->state == EVENT_CLOSED || r->event_day < local_day(w->ctx.now_ms),
        .ask_address = !public,
        .ics = kacheri_url(w, r->event_code, S("/invitation.ics")),
    };
    if (r->female_from_n.given && r->female_to_n.given) {
        m.women_hours = event_hours_words(w, r->female_from_n.v, r->female_to_n.v);
    }
    TRY(moved_words(w, v, &m.moved));
    *out = m;
    return OK;
}

err show_kacheri(struct web *w)
{
    struct event_view v;
    struct kacheri_view m;
    TRY(event_announced(&w->ctx, w->in[0].text, &v));
    TRY(kacheri_fill(w, &v, &m));
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/kacheri"));
    kacheri_page(&w->page, &m);
    return web_html(w, 200);
}

err show_kacheri_ics(struct web *w)
{
    struct event_view v;
    struct kacheri_view m;
    str where;
    SCOPED(buf_free) struct buf out = buf_new(ICS_MAX);
    TRY(event_announced(&w->ctx, w->in[0].text, &v));
    TRY(kacheri_fill(w, &v, &m));
    TRY(place_words(w, v.unit_name, v.row.venue_text, v.row.address_flag == 1, &where));
    const struct ics_event e = {
        .uid = v.row.event_code,
        .stamp_ms = v.row.changed_ms,
        .from_ms = day_at_ms(v.row.event_day, 0, 0) + v.row.from_min_n * MS_PER_MINUTE,
        .to_ms = day_at_ms(v.row.event_day, 0, 0) + v.row.to_min_n * MS_PER_MINUTE,
        .sequence = v.row.sequence_no,
        .cancelled = m.cancelled,
        .summary = m.title,
        .location = where,
        .description = page_msg(&w->page, m.cancelled ? MSG_KACHERI_CANCELLED : MSG_KACHERI_FREE),
    };
    ics_put(&out, &e);
    web_header(w, "Content-Disposition", S("attachment; filename=\"invitation.ics\""));
    return out.full ? FAIL(LIMIT) : web_text(w, 200, S("text/calendar; charset=utf-8"), &out);
}
