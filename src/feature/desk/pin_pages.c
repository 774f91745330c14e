/* pin_pages.c: she lost her slip: two facts that she remembers make a new PIN, and the old one opens nothing.
 */
#include "case_pages.h"
#include "case_parts.h"
#include "desk_models.h"
#include "paper_pages.h"
#include "pin.html.h"

enum { R_REF, R_NAME, R_PHONE, R_PLACE, R_SERVICE, R_DAY };

const struct input pin_inputs[6] = {
    [R_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [R_NAME] = {"name", IN_LINE, MSG_PEOPLE_NAME, CASE_NAME_MAX},
    [R_PHONE] = {"phone", IN_PHONE, MSG_PIN_PHONE},
    [R_PLACE] = {"unit", IN_CODE, MSG_PIN_UNIT},
    [R_SERVICE] = {"service", IN_CODE, MSG_PIN_SERVICE},
    [R_DAY] = {"day", IN_DAY, MSG_PIN_DAY},
};

static str text_of(const struct given *g)
{
    return g->given ? g->text : S("");
}

static err pin_show(struct web *w, int status)
{
    struct case_view v;
    const case_ref *ref = &w->in[R_REF].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    struct pin_view m = {
        .ref = case_ref_text(w->arena, *ref),
        .to = case_url(w, ref, S("/pin")),
        .name = web_field(w, R_NAME, MSG_NONE),
        .phone = web_field(w, R_PHONE, MSG_NONE),
        .unit = web_field(w, R_PLACE, MSG_NONE),
        .service = web_field(w, R_SERVICE, MSG_NONE),
        .day = web_field(w, R_DAY, MSG_NONE),
    };
    m.name.optional = m.phone.optional = m.unit.optional = m.service.optional = m.day.optional = false;
    m.phone.complete = S("off");
    TRY(choices_unit(w, R_PLACE, w->ctx.actor.home, &m.unit));
    TRY(choices_service(w, R_SERVICE, &m.service));
    w->page.title = page_msg(&w->page, MSG_PIN_TITLE);
    w->page.back = case_url(w, ref, S(""));
    pin_page(&w->page, &m);
    return web_html(w, status);
}

err show_pin(struct web *w)
{
    return pin_show(w, 200);
}

err write_pin(struct ctx *c, const struct given *in, struct receipt *out)
{
    bool done;
    const struct case_facts facts = {
        .name = text_of(&in[R_NAME]),
        .phone = in[R_PHONE].given ? in[R_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .place = text_of(&in[R_PLACE]),
        .service = text_of(&in[R_SERVICE]),
        .filed_day = in[R_DAY].given ? in[R_DAY].n : 0,
    };
    TRY(case_pin_new(c, &in[R_REF].as.ref, &facts, &done));
    out->note = done ? S("new") : S("wrong");
    return OK;
}

err answer_pin(struct web *w)
{
    if (!str_eq(w->receipt.note, S("new"))) {
        web_fault(w, SIZE_MAX, MSG_CASE_FACTS_WRONG);
        return pin_show(w, 422);
    }
    return web_redirect(w, case_url(w, &w->in[R_REF].as.ref, S("/filed")));
}
