/* event_summons_pages.c: which departments are summoned, and who came. */
#include "clock.h"
#include "event.html.h"
#include "event_pages.h"
#include "format.h"
#include "lang.h"

enum { SM_CODE, SM_BODIES, SM_DONE };
const struct input summon_inputs[SUMMON_INPUTS_N] = {
    [SM_CODE] = EVENT_CODE_INPUT,
    [SM_BODIES] = {"summoned", IN_LIST, MSG_EVENT_SUMMONED, EVENT_SUMMONED_MAX},
    [SM_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
};
enum { CM_CODE, CM_BODY, CM_CAME, CM_POST };
const struct input came_inputs[CAME_INPUTS_N] = {
    [CM_CODE] = EVENT_CODE_INPUT,
    [CM_BODY] = {"body", IN_CODE, MSG_EVENT_SUMMONED, .required = true},
    [CM_CAME] = {"came", IN_CHOICE, MSG_EVENT_CAME, .required = true, .choices = event_came_codes},
    [CM_POST] = {"post", IN_LINE, MSG_EVENT_POST},
};

static err came_forms(struct web *w, const struct q_event_summons_list *rows, size_t n,
                      struct summons_view *m)
{
    struct came_form *f = arena_array_of(w->arena, struct came_form, n + 1);
    const struct page *p = &w->page;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct choice_view *c = arena_array_of(w->arena, struct choice_view, EVENT_came_n);
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t k = 0; k < EVENT_came_n; k++) {
            c[k] = (struct choice_view){.value = event_came_words[k].code,
                                        .text = page_msg(p, event_came_words[k].text),
                                        .chosen = str_eq(event_came_words[k].code, rows[i].came_code)};
        }
        f[i] =
            (struct came_form){.name = rows[i].name_text,
                               .body = rows[i].body_code,
                               .came = event_words_of(p, event_came_words, EVENT_came_n, rows[i].came_code),
                               .choice = {.name = S("came"),
                                          .label = page_msg(p, MSG_EVENT_CAME),
                                          .choices = c,
                                          .choices_n = EVENT_came_n},
                               .post = {.name = S("post"),
                                        .label = page_msg(p, MSG_EVENT_POST),
                                        .dir = S("auto"),
                                        .value = rows[i].post_text.n > 0 ? rows[i].post_text : S("")}};
    }
    m->rows = f;
    m->rows_n = n;
    return OK;
}

static str codes_of(struct web *w, const struct q_event_summons_list *rows, size_t n)
{
    str all = S("");
    for (size_t i = 0; i < n; i++) {
        all = arena_printf(w->arena, "%.*s%.*s\n", STR_F(all), STR_F(rows[i].body_code));
    }
    return all;
}

/* With both routes that lead back here the code is the first input. */
err show_summons(struct web *w)
{
    struct event_view v;
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_of(w, SM_CODE, MSG_EVENT_SUMMONS, &v));
    const bool own = w->route->inputs == summon_inputs;
    struct summons_view m = {
        .code = v.row.event_code,
        .recorded = own && w->in[SM_DONE].n == 1 ? page_msg(&w->page, MSG_CASE_RECORDED) : STR_NONE,
        .to = event_url(w, v.row.event_code, S("/summons")),
        .came_to = event_url(w, v.row.event_code, S("/came")),
        .may_summon = event_may(&w->ctx, &v, EVENT_SUMMON),
        .may_note = event_may(&w->ctx, &v, EVENT_CAME),
    };
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(event_summoned(&w->ctx, &v, &rows, &n));
    if (own) {
        TRY(bodies_choices(w, SM_BODIES, codes_of(w, rows, n), &m.bodies));
    } else {
        m.may_summon = false;
    }
    TRY(came_forms(w, rows, n, &m));
    if (n > 0) {
        m.letters = event_url(w, v.row.event_code, S("/letters"));
    }
    summons_page(&w->page, &m);
    return web_html(w, 200);
}

err write_summon(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[SM_CODE].text;
    return event_summon(c, in[SM_CODE].text, in[SM_BODIES].given ? in[SM_BODIES].text : STR_NONE);
}

err write_came(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct event_came row = {.body = in[CM_BODY].text,
                                   .came = str_of(event_came_codes[in[CM_CAME].n]),
                                   .post = in[CM_POST].given ? in[CM_POST].text : STR_NONE};
    out->note = in[CM_CODE].text;
    return event_came(c, in[CM_CODE].text, &row, 1);
}

err answer_summons(struct web *w)
{
    return web_redirect(w,
                        url_with(w->arena, event_url(w, w->receipt.note, S("/summons")), S("done"), S("1")));
}
