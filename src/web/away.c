/* away.c: somebody who may do nothing now (ROLE_AWAY): said in words, with what she had typed, which is done
 * by nobody and lost to nobody. When she may again stands on the page as its warning (config.dress). */
#include "away.html.h"
#include "fold.h"
#include "life.h"
#include "web_view.h"

static bool is_words(enum input_type t)
{
    return t == IN_LINE || t == IN_WORDS || t == IN_LIST;
}

/* What she typed into a form of ours, by the names that it had there. */
static void typed_fill(struct life *l, struct away_view *m)
{
    const struct route *r = l->web.route;
    struct fact_view *rows = arena_array_of(l->web.arena, struct fact_view, r->inputs_n + 1);
    for (size_t i = 0; rows != NULL && i < r->inputs_n; i++) {
        const struct raw *raw = raw_find(&l->raws, str_of(r->inputs[i].name));
        if (raw != NULL && raw->value.n > 0 && is_words(r->inputs[i].type) && str_utf8(raw->value)) {
            rows[m->typed.rows_n++] = (struct fact_view){
                .name = r->inputs[i].label == MSG_NONE ? S("") : page_msg(&l->web.page, r->inputs[i].label),
                .value = text_clean(l->web.arena, raw->value, true),
                .dir = S("auto")};
        }
    }
    m->typed.rows = rows;
}

err page_away(struct life *l)
{
    struct web *w = &l->web;
    struct away_view m = {.sent = l->request->method == HTTP_POST};
    page_begin(l);
    l->had_session = true; /* it gives back what staff typed */
    if (m.sent && session_form_token_good(l)) {
        typed_fill(l, &m);
    }
    w->page.title = page_msg(&w->page, MSG_WEB_AWAY_TITLE);
    away_page(&w->page, &m);
    return web_html(w, 403);
}
