/* Which page is kept to be sent again, and what its key says: everything that it depends on besides what is
 * in the database and the minute (docs/decisions/0029). What is done for a request before its page is made
 * (admission, who asks, may she, are the inputs right) is done for one that is sent again as well. */
#include "again.h"
#include "clock.h"
#include "life.h"
#include "random.h"
#include "vault.h"

_Static_assert(sizeof(struct who) == 136 && sizeof(struct actor) == 48,
               "what a page may know of who asks stands in its key: put the new member into key_who()");

static void key_text(struct buf *key, str s)
{
    buf_put(key, (str){(const char *)&s.n, sizeof s.n}); /* its length: no two lists of texts look alike */
    buf_put(key, s);
}

static void key_i64(struct buf *key, int64_t v)
{
    buf_put(key, (str){(const char *)&v, sizeof v});
}

static void key_who(struct buf *key, const struct who *who)
{
    const struct actor *a = &who->actor;
    const int64_t numbers[] = {a->role,    a->user_id, a->home,      a->office_id,
                               a->unit_id, a->case_id, who->by_token};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        key_i64(key, numbers[i]);
    }
    key_text(key, (str){(const char *)who->secret, sizeof who->secret});
    key_text(key, who->login);
    key_text(key, who->name);
    key_text(key, who->office);
}

/* As sent and as read: a token that has expired since is read as none. */
static void key_inputs(struct buf *key, const struct life *l)
{
    key_text(key, l->request->path);
    key_text(key, l->request->query);
    for (size_t i = 0; i < l->web.route->inputs_n; i++) {
        const struct given *g = &l->web.in[i];
        key_i64(key, g->given);
        key_i64(key, g->n);
        key_text(key, g->text);
    }
}

static bool faulty(const struct life *l)
{
    for (size_t i = 0; i < l->web.route->inputs_n; i++) {
        if (l->web.in[i].fault.n > 0) {
            return true;
        }
    }
    return false;
}

void again_ask(struct life *l)
{
    const struct web *w = &l->web;
    if ((w->route->flags & ROUTE_AGAIN) == 0 || l->request->method != HTTP_GET ||
        !store_alone(l->app->config.store) || faulty(l)) {
        return;
    }
    SCOPED(buf_free) struct buf key = buf_new(AGAIN_KEY_BYTES);
    key_i64(&key, (int64_t)l->match.number);
    key_i64(&key, w->lang);
    key_i64(&key, w->on_phone);
    key_i64(&key, l->request->secure);
    key_i64(&key, l->https_port);
    key_i64(&key, l->by_cookie);
    key_who(&key, &w->who);
    key_inputs(&key, l);
    if (key.full) {
        return;
    }
    l->again_key = arena_str(w->arena, buf_str(&key));
    l->again_state = (struct again_state){w->ctx.commits, w->ctx.now_ms / MS_PER_MINUTE};
    l->again = again_find(l->app->again, l->again_state, l->again_key);
    l->own = false; /* cookies were asked for up to here to find out who she is */
}

void again_making(struct life *l)
{
    if (l->again_key.n > 0) {
        l->web.x = NULL;
        l->web.client = l->web.ctx.client = STR_NONE;
        l->vault_opened = vault_opened();
    }
}

void again_made_it(struct life *l)
{
    l->own = l->own || vault_opened() != l->vault_opened;
}

/* The page of this request, and nothing else than a page came of it. What was committed meanwhile needs no
 * question: the page is kept under the count from before its reading began, which nobody asks for any more.
 * But what was to be noted and could not be is tried again with the next request. */
static bool may_keep(const struct life *l)
{
    const struct web *w = &l->web;
    const struct answer *a = &l->answer;
    const bool plain_page = a->status == 200 && a->body.p != NULL && a->body.p == l->page_out.p && !a->sought;
    const bool read_only = l->stage == STAGE_NEW || l->stage == STAGE_SLOW;
    return l->again_key.n > 0 && plain_page && read_only && !l->own && !w->ctx.may_show_identity &&
           !w->step && w->faults == 0 && w->fail.message == 0 && w->fail.log[0] == '\0' &&
           l->headers_n == 0 && l->keeps_n == 0;
}

void again_offer(struct life *l)
{
    if (l->again == NULL && may_keep(l)) {
        l->again =
            again_keep(l->app->again, l->again_state, l->again_key, &l->page_out, l->web.page.idem_key);
        l->answer.body = l->again != NULL ? again_made(l->again) : l->answer.body;
    }
}

err again_answer(struct life *l)
{
    str body = again_made(l->again);
    if (again_has_once(l->again)) { /* the forms on it are another write each time it is sent */
        char ulid[ULID_LEN];
        ulid_new(ulid);
        again_body(l->again, (str){ulid, sizeof ulid}, &l->body);
        body = buf_str(&l->body);
    }
    metrics_event(l->app->metrics, METRIC_AGAIN);
    l->answer =
        (struct answer){.noted = true, .status = 200, .type = S("text/html; charset=utf-8"), .body = body};
    return OK;
}
