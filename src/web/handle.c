/* The life of a request, from its checked inputs to its answer. Everything on an event thread, but what is
 * handed to the pool or the writer; those get the whole life, and give it back by http_resume().
 *
 *   GET:   [look audited, seen noted] → [pool] show
 *   POST:  [prepare in the pool] → write job → answer; what is refused goes back as the form it came from */
#include "audit.h"
#include "life.h"
#include "log.h"
#include "random.h"
#include "vault.h"

enum { SHORT_HASH = 8 };

/* ---- handlers -------------------------------------------------------------------------------------------
 */

/* Calls a handler and sees to it that something is said. */
static void run_show(struct life *l, web_fn fn)
{
    again_making(l);
    err e = fn == NULL ? FAIL(BUG) : fn(&l->web);
    again_made_it(l);
    if (e.code == ERR_OK && !l->answer.noted) {
        e = fail_log(&l->web.fail, ERR_BUG, "handler said nothing");
    }
    if (e.code != ERR_OK) {
        l->answer.noted = false;
        l->result = e;
    }
}

static enum http_next say(struct life *l)
{
    if (!l->answer.noted) {
        const err e = l->result.code == ERR_OK ? FAIL(BUG) : l->result;
        IGNORE(answer_code(l, e)); /* an arena that is full: the next line */
    }
    if (!l->answer.noted) {
        return http_answer(l->x, 503, S("text/plain"), S(""));
    }
    return answer_send(l);
}

static enum http_next show_now(struct life *l, web_fn fn)
{
    run_show(l, fn);
    return say(l);
}

/* A browser forgets the files of a form that comes back: it is said where they are to be chosen again. */
static void ask_for_files_again(struct life *l)
{
    const struct route *r = l->web.route;
    for (size_t i = 0; i < r->inputs_n; i++) {
        struct given *g = &l->web.in[i];
        if (r->inputs[i].type == IN_FILES && g->n > 0 && g->fault.n == 0) {
            g->fault = input_words(l->web.arena, l->web.lang, MSG_WEB_FAULT_FILES_AGAIN, NULL, 0);
            answer_faults(l);
        }
    }
}

/* The form again, with everything typed and the words why; on the API, and where there is no form, a problem.
 */
static enum http_next give_back(struct life *l, int status, enum msg words)
{
    struct web *w = &l->web;
    if (l->api || w->route->show == NULL) {
        IGNORE(answer_problem(l, status, MSG_NONE, words)); /* say() says what is left to say */
        return say(l);
    }
    if (l->fresh_key) {
        l->key = STR_NONE;
        page_begin(l);
    }
    answer_fault_whole(l, answer_fail_words(l, words));
    ask_for_files_again(l);
    w->step = true;
    l->forced_status = status;
    if (status == 503) {
        web_header(w, "Retry-After", S("2"));
    }
    return show_now(l, w->route->show);
}

/* ---- the key under which a write is known ----------------------------------------------------------------
 */

/* Each file stands in the hash by its own. */
static err add_files(struct life *l)
{
    for (size_t i = 0; i < l->files_n; i++) {
        uint8_t hash[32];
        char hex[HEX_OF_32];
        content_hash(l->files[i].content, hash);
        hex_of(hash, sizeof hash, hex);
        const str text = arena_str(l->web.arena, (str){hex, sizeof hex});
        TRY(raw_add(&l->raws, l->web.arena, l->files[i].name, text, RAW_OTHER));
    }
    return OK;
}

static err prepare_key(struct life *l)
{
    struct web *w = &l->web;
    if (l->key.n == 0) {
        return OK;
    }
    TRY(add_files(l));
    const struct actor *actor = &w->who.actor;
    l->idem = (struct idem_key){
        .actor =
            actor->user_id > 0 ? arena_printf(w->arena, "user:%lld", (long long)actor->user_id) : S("public"),
        .route = arena_printf(w->arena, "POST %s", w->route->pattern),
        .key = l->key,
    };
    return replay_hash(w->arena, l->app->content_key, w->route, &l->raws, l->idem.content);
}

/* ---- parked ---------------------------------------------------------------------------------------------
 */

static enum http_next park(struct life *l, enum stage stage)
{
    l->stage = stage;
    l->result = OK;
    l->web.x = NULL;
    return http_park(l->x, l->app->config.park_ms);
}

/* The last touch of the life by its owner. */
static void give_up(struct life *l, err result)
{
    l->result = result;
    http_resume(l->x);
}

static void in_pool(void *arg)
{
    struct life *l = arg;
    life_reader(l, store_commits(l->app->config.store));
    const struct route *r = l->web.route;
    if (l->stage == STAGE_SLOW) {
        run_show(l, r->show);
        give_up(l, l->result);
        return;
    }
    const err keyed = l->files_n > 0 ? prepare_key(l) : OK;
    give_up(l, keyed.code == ERR_OK ? r->prepare(&l->web) : keyed);
}

static enum http_next to_pool(struct life *l, enum stage stage)
{
    const enum http_next next = park(l, stage);
    struct pool *pool = stage == STAGE_PREPARE && l->files_n > 0 ? l->app->files_pool : l->app->pool;
    const err e = pool_submit(pool, in_pool, l);
    if (e.code != ERR_OK) {
        give_up(l, e);
    }
    return next;
}

static struct life *life_of_job(struct write_job *job)
{
    return (struct life *)((char *)job - offsetof(struct life, job));
}

static void write_done(struct write_job *job, err result)
{
    give_up(life_of_job(job), result);
}

static enum http_next to_writer(struct life *l, enum stage stage,
                                err (*run)(struct ctx *c, struct write_job *job))
{
    l->job = (struct write_job){
        .run = run,
        .done = write_done,
        .arena = l->web.arena,
        .actor = l->web.who.actor,
        .lang = (int)l->web.lang,
        .client = l->web.client,
        .small = stage == STAGE_LOOK || (l->web.route->flags & ROUTE_SMALL) != 0,
    };
    const enum http_next next = park(l, stage);
    const err e = store_submit(l->app->config.store, &l->job);
    if (e.code != ERR_OK) {
        give_up(l, e);
    }
    return next;
}

/* ---- a look at identity ---------------------------------------------------------------------------------
 */

/* The row of the look: which page, and whose identity. A look at what is not there, or not hers to see, is
 * none. */
static err run_look(struct ctx *c, struct write_job *job)
{
    const struct life *l = life_of_job(job);
    const struct route *r = l->web.route;
    struct audit_entry e = {
        .event = (r->flags & ROUTE_TAKEN) != 0 ? S("cases.taken_out") : S("identity.viewed"),
        .home = c->actor.home,
        .detail = arena_printf(c->arena, "route=%s", r->pattern),
    };
    if (r->look != NULL) {
        TRY(r->look(c, l->web.in, &e));
    }
    TRY(audit_add(c, &e));
    return r->seen == NULL ? OK : r->seen->note(c, l->web.in);
}

/* Who has seen it, where no look is recorded. */
static err run_seen(struct ctx *c, struct write_job *job)
{
    const struct life *l = life_of_job(job);
    return l->web.route->seen->note(c, l->web.in);
}

/* ---- the write ------------------------------------------------------------------------------------------
 */

static err run_write(struct ctx *c, struct write_job *job)
{
    struct life *l = life_of_job(job);
    l->changed_replay = false;
    l->web.replayed = false;
    if (l->key.n > 0) {
        const err seen = idem_find(c, &l->idem, &l->receipt_text);
        l->web.replayed = seen.code == ERR_OK;
        l->changed_replay = seen.code == ERR_CONFLICT;
        if (seen.code != ERR_NOT_FOUND) {
            return seen;
        }
    }
    struct receipt receipt = {0};
    TRY(l->web.route->write(c, l->web.in, &receipt));
    TRY(receipt_write(c->arena, &receipt, &l->receipt_text));
    if (l->key.n == 0) {
        return OK;
    }
    const err put = idem_put(c, &l->idem, l->receipt_text);
    /* Another writer was quicker with the same key: run again, and its receipt is found. */
    return put.code == ERR_CONFLICT ? FAIL(BUSY) : put;
}

static enum http_next written(struct life *l)
{
    struct web *w = &l->web;
    l->result = receipt_read(l->receipt_text, &w->receipt);
    if (l->result.code != ERR_OK) {
        return say(l);
    }
    if (w->replayed) {
        metrics_event(l->app->metrics, METRIC_REPLAYED);
    }
    if (!l->api) { /* the forms on the page that answers are other writes */
        l->key = STR_NONE;
        page_begin(l);
    }
    if (w->route->answer == NULL) {
        l->result = answer_receipt(l);
        return say(l);
    }
    return show_now(l, w->route->answer);
}

/* A fault that names its input stands beside it. */
static bool place_fault(struct life *l)
{
    const struct fail *f = &l->web.fail;
    const struct route *r = l->web.route;
    for (size_t i = 0; f->field != NULL && f->message != 0 && i < r->inputs_n; i++) {
        if (strcmp(r->inputs[i].name, f->field) == 0) {
            l->web.in[i].fault = answer_fail_words(l, MSG_NONE);
            answer_faults(l);
            l->web.fail.message = 0;
            return true;
        }
    }
    return false;
}

/* The write, or what prepares it, was refused. */
static enum http_next refused(struct life *l, err e)
{
    switch (e.code) {
    case ERR_INVALID:
        return give_back(l, 422, place_fault(l) ? MSG_NONE : MSG_WEB_FORM_REFUSED);
    case ERR_CONFLICT:
        if (l->changed_replay) {
            metrics_event(l->app->metrics, METRIC_CHANGED);
            l->fresh_key = true;
            return give_back(l, 409, l->api ? MSG_WEB_IDEM_CHANGED : MSG_WEB_FORM_CHANGED);
        }
        return give_back(l, 409, place_fault(l) ? MSG_NONE : MSG_WEB_FORM_REFUSED);
    case ERR_BUSY:
        metrics_event(l->app->metrics, METRIC_BUSY);
        return give_back(l, 503, MSG_WEB_FORM_BUSY);
    case ERR_LIMIT:
        return give_back(l, 413, MSG_WEB_FORM_LARGE);
    case ERR_IO:
        WARN("web.write_failed", log_text("route", str_of(l->web.route->pattern)),
             log_text("why", str_of(l->web.fail.log)));
        return give_back(l, 503, MSG_WEB_FORM_IO);
    case ERR_UNCERTAIN:
        metrics_event(l->app->metrics, METRIC_UNKNOWN);
        return give_back(l, 503, MSG_WEB_FORM_UNKNOWN);
    case ERR_OK:
    case ERR_NOT_FOUND:
    case ERR_DENIED:
    case ERR_BUG:
        break;
    }
    l->result = e;
    return say(l);
}

static enum http_next submit_write(struct life *l)
{
    return to_writer(l, STAGE_WRITE, run_write);
}

static enum http_next prepared(struct life *l, err e)
{
    if (e.code != ERR_OK) {
        return refused(l, e);
    }
    return l->web.faults > 0 ? give_back(l, 422, MSG_NONE) : submit_write(l);
}

/* ---- the two methods ------------------------------------------------------------------------------------
 */

static enum http_next show_page(struct life *l)
{
    if ((l->web.route->flags & ROUTE_SLOW) != 0) {
        return to_pool(l, STAGE_SLOW);
    }
    return show_now(l, l->web.route->show);
}

static enum http_next get(struct life *l)
{
    if (l->api && l->web.faults > 0) {
        IGNORE(answer_problem(l, 422, MSG_NONE, MSG_NONE)); /* say() says what is left to say */
        return say(l);
    }
    l->web.step = l->web.faults > 0;
    l->forced_status = l->web.step ? 422 : 0;
    const enum permission permission = l->web.route->permission;
    /* Whoever is not shown identity there looks at nothing that has to be recorded. */
    if ((l->web.route->flags & ROUTE_IDENTITY) != 0 &&
        (permission_of(l->web.who.actor.role, P_IDENTITY_VIEW) || permission == P_IDENTITY_CALL ||
         permission == P_EVIDENCE_KEEP || permission == P_DEVICE_READ || permission == P_PUBLIC)) {
        return to_writer(l, STAGE_LOOK, run_look);
    }
    if ((l->web.route->flags & ROUTE_TAKEN) != 0 && l->web.faults == 0) {
        return to_writer(l, STAGE_LOOK, run_look);
    }
    const struct seen_fns *seen = l->web.route->seen;
    if (seen != NULL && seen->unseen(&l->web.ctx, l->web.in)) {
        return to_writer(l, STAGE_SEEN, run_seen);
    }
    return show_page(l);
}

static enum http_next post(struct life *l)
{
    struct web *w = &l->web;
    if (l->relang) {
        w->step = true;
        return w->route->show != NULL ? show_now(l, w->route->show) : give_back(l, 400, MSG_NONE);
    }
    if (!l->api && !session_form_token_good(l)) {
        metrics_event(l->app->metrics, METRIC_TOKEN_WRONG);
        return give_back(l, 403, MSG_WEB_FORM_EXPIRED);
    }
    if (w->route->write == NULL && !l->api) {
        w->step = w->faults > 0;
        l->forced_status = w->step ? 422 : 0;
        return show_page(l);
    }
    if (w->faults > 0) {
        return give_back(l, 422, MSG_NONE);
    }
    if (w->route->write == NULL) {
        return show_page(l);
    }
    if ((w->route->flags & ROUTE_NO_REPLAY) != 0) {
        l->key = STR_NONE;
    }
    l->result = l->files_n > 0 ? OK : prepare_key(l); /* of files it takes a while: in the pool */
    if (l->result.code != ERR_OK) {
        return say(l);
    }
    if (w->route->prepare == NULL) {
        return submit_write(l);
    }
    const bool brisk = (w->route->flags & ROUTE_BRISK) != 0 && l->files_n == 0;
    return brisk ? prepared(l, w->route->prepare(w)) : to_pool(l, STAGE_PREPARE);
}

static enum http_next sent_again(struct life *l)
{
    l->result = again_answer(l);
    return say(l);
}

/* The owner did not come back in time and still has the life: say so in a second one. An exchange cannot be
 * parked twice, so only what answers at once may happen here. */
static enum http_next timed_out(struct web_app *app, struct http_exchange *x, enum stage stage,
                                int64_t commits)
{
    struct life *l = life_new(app, x, commits);
    if (l == NULL) {
        return http_answer(x, 503, S("text/plain"), S(""));
    }
    enum http_next next;
    if (!life_begin(l)) {
        next = say(l);
    } else if (l->again != NULL) { /* somebody else got it made */
        next = sent_again(l);
    } else if (stage == STAGE_WRITE) {
        metrics_event(app->metrics, METRIC_UNKNOWN);
        next = give_back(l, 503, MSG_WEB_FORM_UNKNOWN);
    } else if (stage == STAGE_PREPARE) {
        next = give_back(l, 503, MSG_WEB_FORM_SLOW);
    } else if ((stage == STAGE_LOOK || stage == STAGE_SEEN) &&
               (l->web.route->flags & (ROUTE_SLOW | ROUTE_TAKEN)) == 0) {
        l->own = true; /* that it is seen is to be noted still */
        next = show_now(l, l->web.route->show);
    } else {
        IGNORE(answer_problem(l, 503, MSG_NONE, MSG_NONE)); /* say() says what is left to say */
        next = say(l);
    }
    life_release(l);
    return next;
}

static enum http_next resumed(struct life *l, int64_t commits)
{
    struct web *w = &l->web;
    w->x = l->x;
    life_reader(l, commits);
    const err e = l->result;
    switch (l->stage) {
    case STAGE_LOOK:
        if ((w->route->flags & ROUTE_TAKEN) != 0) {
            l->result = e.code == ERR_OK || e.code == ERR_NOT_FOUND ? e : FAIL(BUSY);
            return e.code == ERR_OK ? show_page(l) : say(l);
        }
        w->ctx.may_show_identity = e.code == ERR_OK;
        l->result = OK;
        return show_page(l);
    case STAGE_SEEN:
        if (e.code == ERR_IO || e.code == ERR_UNCERTAIN) {
            WARN("web.seen_failed", log_text("route", str_of(w->route->pattern)),
                 log_text("why", str_of(l->job.fail.log)));
        }
        l->result = OK;
        return show_page(l);
    case STAGE_SLOW:
        return say(l);
    case STAGE_PREPARE:
        return prepared(l, e);
    case STAGE_WRITE:
        if (e.code == ERR_OK) {
            return written(l);
        }
        if (l->job.fail.message != 0 || l->job.fail.log[0] != '\0') {
            w->fail = l->job.fail;
        }
        return refused(l, e);
    case STAGE_NEW:
        break;
    }
    return say(l);
}

static enum http_next handle_in(struct http_exchange *x, struct web_app *app, int https_port, int64_t commits)
{
    struct life *l = http_state(x);
    if (l != NULL && http_timed_out(x)) {
        return timed_out(app, x, l->stage, commits);
    }
    if (l != NULL) {
        return resumed(l, commits);
    }
    l = life_new(app, x, commits);
    if (l == NULL) {
        return http_answer(x, 503, S("text/plain"), S(""));
    }
    l->https_port = https_port;
    http_set_state(x, l, life_release);
    if (!life_begin(l)) {
        return say(l);
    }
    if (l->again != NULL) {
        return sent_again(l);
    }
    return l->request->method == HTTP_POST ? post(l) : get(l);
}

/* What is read for one answer is read of one state, also when somebody writes meanwhile; and never longer
 * than this call lasts: what is parked begins anew. */
static enum http_next handle(struct http_exchange *x, struct web_app *app, int https_port)
{
    struct db *db = store_reader(app->config.store);
    const int64_t commits =
        store_commits(app->config.store); /* before the snapshot: what is read is no older */
    if (db == NULL) {
        return handle_in(x, app, https_port, commits);
    }
    db_snapshot(db);
    const enum http_next next = handle_in(x, app, https_port, commits);
    db_snapshot_end(db);
    return next;
}

enum http_next web_handle(struct http_exchange *x, void *app)
{
    return handle(x, app, 0);
}

enum http_next web_handle_plain(struct http_exchange *x, void *plain)
{
    const struct web_plain *to = plain;
    return handle(x, to->app, to->https_port);
}
