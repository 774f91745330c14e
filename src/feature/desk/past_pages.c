/* past_pages.c: a complaint about the desk itself, its staff or its host was registered. It is closed to this
 * desk from that moment: she is given her number and PIN from a page that is good for half an hour, and that
 * says nothing of the matter. */
#include "file_pages.h"

#include "file.html.h"
#include "case.h"

enum { PAST_SECONDS = 30 * 60 };

const struct input past_inputs[PAST_INPUTS] = {{"past", IN_SIGNED, MSG_NONE}};

err answer_past(struct web *w)
{
    /* Of the first PIN, in her own language. */
    const str key = arena_printf(w->arena, "%.*s 0", STR_F(w->receipt.ref));
    return web_redirect(w, url_with(w->arena, url_local(w->arena, S("/cases/past")), S("past"),
                                    web_sign(w, S("past"), key, PAST_SECONDS)));
}

/* Whoever took it down, and nobody else. */
static err row_find(struct ctx *c, const struct given *in, case_ref *ref, struct q_case_get *out)
{
    struct q_case_ref_get at;
    if (!in[0].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(case_of_key(c, in[0].text, ref));
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, out));
    return out->filed_by_id.given && out->filed_by_id.v == c->actor.user_id ? OK : FAIL(NOT_FOUND);
}

err look_past(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    case_ref ref;
    struct q_case_get row;
    TRY(row_find(c, in, &ref, &row));
    io->home = row.home;
    io->subject_kind = str_of(complaint_kind.name);
    io->subject_id = row.id;
    return OK;
}

/* In her language: to whom it has gone, the head of the district or whoever stands above it. */
static err said_fill(struct web *w, const struct q_case_get *row, struct past_view *m)
{
    enum lang hers;
    struct q_flow_get flow;
    struct page page = w->page;
    str office = S("");
    const struct subject s = {.kind = &complaint_kind, .home = row->home, .id = row->id};
    page.lang = lang_of(row->lang_code, &hers) ? hers : LANG_UR;
    TRY(flow_now(&w->ctx, &s, &flow));
    if (flow.office_id.given) {
        TRY(label_find_in(&w->ctx, S("body"), flow.office_id.v, (int)page.lang, &office));
    }
    const struct msg_arg args[] = {{"ref", page_isolate(&page, m->panel.ref)},
                                   {"pin", page_isolate(&page, m->panel.pin)},
                                   {"office", office}};
    m->said = office.n > 0 ? page_msg_args(&page, MSG_DESK_PAST_SAID, 0, args, 3)
                           : page_msg_args(&page, MSG_DESK_PAST_SAID_NOBODY, 0, args, 2);
    m->lang = lang_table[page.lang].code;
    m->dir = lang_table[page.lang].dir;
    return OK;
}

err show_past(struct web *w)
{
    case_ref ref;
    struct q_case_get row;
    char pin[PIN_LEN];
    const err e = row_find(&w->ctx, w->in, &ref, &row);
    if (e.code == ERR_NOT_FOUND) {
        return web_redirect(w, url_local(w->arena, S("/desk")));
    }
    TRY(e);
    TRY(w->ctx.may_show_identity ? case_pin(&w->ctx, &ref, pin) : FAIL(IO));
    struct past_view m = {.panel = {page_msg(&w->page, MSG_DESK_PAST_TITLE), case_ref_text(w->arena, ref),
                                    arena_str(w->arena, (str){pin, PIN_LEN})}};
    TRY(said_fill(w, &row, &m));
    w->page.title = m.panel.title;
    w->page.script = true;
    w->page.back = url_local(w->arena, S("/desk"));
    past_page(&w->page, &m);
    return web_html(w, 200);
}
