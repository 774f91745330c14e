/* away_pages.c: somebody stands at the desk with the slip of a device or pad, and its number has no case yet:
 * which one gave it out, and what became of what was taken down there. */
#include "away_pages.h"

static bool above(const struct ctx *c)
{
    return c->actor.role == ROLE_SUPERVISOR || c->actor.role == ROLE_ADC;
}

static str said(struct web *w, enum msg m, str number, str holder)
{
    const struct msg_arg args[] = {{"n", page_isolate(&w->page, number)},
                                   {"by", page_isolate(&w->page, holder)}};
    return page_msg_args(&w->page, m, 0, args, 2);
}

static err of_device(struct web *w, const struct q_case_held_get *held, const case_ref *ref,
                     struct list_view *m)
{
    struct q_case_held_device d;
    const struct q_case_held_device_in in = {case_ref_digits(ref), held->home, held->holder_id};
    TRY(q_case_held_device(w->ctx.db, w->arena, &in, &d));
    const str number = case_ref_text(w->arena, *ref);
    const str by = arena_printf(w->arena, "%.*s (%.*s)", STR_F(d.name_text), STR_F(d.device_code));
    const bool dropped = str_eq(d.record_state_code, S("refused")) && str_eq(d.why_code, S("dropped"));
    const bool stopped = str_eq(d.record_state_code, S("refused")) && !dropped;
    const bool kept = str_eq(d.record_state_code, S("quarantined"));
    const bool here = above(&w->ctx) || d.desk_id == w->ctx.actor.office_id;
    m->away = said(w,
                   dropped                                 ? MSG_LIST_AWAY_DROPPED
                   : stopped                               ? MSG_LIST_AWAY_STOPPED
                   : kept                                  ? MSG_LIST_AWAY_KEPT
                   : d.gone_n > 0 || held->barred_ms.given ? MSG_LIST_AWAY_GONE
                                                           : MSG_LIST_AWAY_DEVICE,
                   number, by);
    if (here && (stopped || (kept && above(&w->ctx)))) {
        m->away_to =
            url_local(w->arena, arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(d.record_code)));
    } else if (here) {
        m->away_to = url_local(w->arena, arena_printf(w->arena, "/devices/one/%.*s", STR_F(d.device_code)));
    }
    return OK;
}

static err of_pad(struct web *w, const case_ref *ref, struct list_view *m)
{
    struct q_case_held_pad p;
    TRY(q_case_held_pad(w->ctx.db, w->arena, case_ref_digits(ref), &p));
    m->away = said(w,
                   str_eq(p.form_code, S("spoilt")) ? MSG_LIST_AWAY_STRUCK
                   : p.lost_ms.given                ? MSG_LIST_AWAY_LOST
                                                    : MSG_LIST_AWAY_PAD,
                   case_ref_text(w->arena, *ref), p.pad_code);
    if (w->ctx.actor.role == ROLE_DESK && p.desk_id == w->ctx.actor.office_id) {
        m->away_to = url_local(w->arena, arena_printf(w->arena, "/paper/%.*s", STR_F(p.pad_code)));
    }
    return OK;
}

/* NOT_FOUND: no number that waits for its case in this district. */
static err away_fill(struct web *w, const case_ref *ref, struct list_view *m)
{
    struct q_case_ref_get at;
    struct q_case_held_get held;
    TRY(q_case_held_get(w->ctx.db, w->arena, case_ref_digits(ref), &held));
    const err known = q_case_ref_get(w->ctx.db, w->arena, case_ref_digits(ref), &at);
    if (known.code != ERR_NOT_FOUND || held.home != w->ctx.actor.home) {
        return known.code == ERR_OK ? FAIL(NOT_FOUND) : known;
    }
    return str_eq(held.holder_kind, S("device")) ? of_device(w, &held, ref, m) : of_pad(w, ref, m);
}

err list_away(struct web *w, str typed, struct list_view *m)
{
    case_ref ref;
    const bool asks = w->ctx.actor.role == ROLE_DESK || above(&w->ctx);
    if (!asks || case_ref_of(w->arena, typed, &ref).code != ERR_OK) {
        return OK;
    }
    const err e = away_fill(w, &ref, m);
    return e.code == ERR_NOT_FOUND ? OK : e;
}
