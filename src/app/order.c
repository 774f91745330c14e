/* order.c: orders written as messages, carried over a socket of the data folder, and done. */
#include "order.h"

#include "account.h"
#include "cli.h"
#include "control.h"
#include "jobs.h"
#include "random.h"

enum { ORDER_ARENA = 256 * 1024, ANSWER_MAX = 16 * 1024, TRIES = 30, TRY_AGAIN_MS = 100 };

/* ---- doing ---- */

static err user_add(struct ctx *c, const struct order *o)
{
    struct account_new n = {
        .login = o->field[USER_LOGIN], .password_hash = o->field[USER_HASH], .one_time = true};
    struct account_place at;
    TRY(account_role_find(c, o->field[USER_ROLE], &n.role));
    TRY(account_place_find(c, o->field[USER_UNIT], o->field[USER_OFFICE], &at));
    n.home = at.home;
    n.unit_id = at.unit_id;
    n.office_id = at.office_id;
    n.name = o->field[USER_NAME].n > 0 ? o->field[USER_NAME] : n.login;
    int64_t id;
    return account_create(c, &n, &id);
}

static err user_disable(struct ctx *c, const struct order *o)
{
    return account_disable(c, o->field[USER_LOGIN]);
}

static err user_enable(struct ctx *c, const struct order *o)
{
    return account_enable(c, o->field[USER_LOGIN]);
}

static err user_code(struct ctx *c, const struct order *o)
{
    return account_code_set(c, o->field[USER_LOGIN], o->field[USER_HASH]);
}

static err token_add(struct ctx *c, const struct order *o)
{
    uint8_t hash[TOKEN_HASH_LEN];
    if (!hex_to(o->field[TOKEN_HASH], hash, sizeof hash)) {
        return FAIL(BUG);
    }
    return account_token_create(c, o->field[TOKEN_LOGIN], hash);
}

/* Jobs are many writes and run outside this table. */
static err (*const doing[ORDER_N])(struct ctx *c, const struct order *o) = {
    [ORDER_USER_ADD] = user_add,   [ORDER_USER_DISABLE] = user_disable, [ORDER_USER_ENABLE] = user_enable,
    [ORDER_USER_CODE] = user_code, [ORDER_TOKEN] = token_add,
};

struct order_job {
    struct write_job base; /* first */
    const struct order *order;
};

static err order_job_run(struct ctx *c, struct write_job *base)
{
    const struct order *o = ((struct order_job *)base)->order;
    return doing[o->kind](c, o);
}

err order_run(struct store *s, const struct order *o, struct buf *answer)
{
    if (o->kind == ORDER_JOBS) {
        return jobs_run(s, answer);
    }
    if (o->kind <= 0 || o->kind >= ORDER_N) {
        return FAIL(INVALID);
    }
    struct order_job job = {.order = o};
    job.base.run = order_job_run;
    job.base.arena = arena_open(ORDER_ARENA);
    job.base.actor.role = ROLE_SYSTEM;
    const err e = store_write(s, &job.base);
    if (e.code != ERR_OK) {
        cli_fail_text(answer, e, &job.base.fail);
    }
    arena_free(job.base.arena);
    return e;
}

/* ---- as messages: each field with its length in two bytes; the kind is the message's type ---- */

static void message_put(const struct order *o, struct buf *out)
{
    for (size_t i = 0; i < ORDER_FIELDS; i++) {
        const str f = o->field[i];
        buf_putc(out, (char)(f.n >> 8 & 0xff));
        buf_putc(out, (char)(f.n & 0xff));
        buf_put(out, f);
    }
}

static bool message_get(str text, struct order *io)
{
    for (size_t i = 0; i < ORDER_FIELDS; i++) {
        if (text.n < 2) {
            return false;
        }
        const size_t n = (size_t)(unsigned char)text.p[0] << 8 | (unsigned char)text.p[1];
        if (text.n < 2 + n) {
            return false;
        }
        io->field[i] = str_sub(text, 2, n);
        text = str_sub(text, 2 + n, text.n);
    }
    return text.n == 0;
}

/* ---- from a command ---- */

/* What comes back: one byte of the error's code, then the text. NOT_FOUND with no text: no server listens. */
static err order_send(const char *dir, const struct order *o, struct buf *answer)
{
    SCOPED(buf_free) struct buf message = buf_new(ORDER_MAX);
    message_put(o, &message);
    if (message.full) {
        msg_put(answer, LANG_EN, MSG_CLI_ORDER_TOO_LONG, 1, NULL, 0);
        return FAIL(LIMIT);
    }
    struct arena *a = arena_open(2 * CONTROL_BODY_MAX);
    struct fail f = {0};
    str reply = STR_NONE;
    err e = control_call(dir, (uint16_t)o->kind, buf_str(&message), a, &reply, &f);
    if (e.code == ERR_OK && (reply.n == 0 || reply.p[0] < 0 || reply.p[0] > ERR_BUG)) {
        e = FAIL(BUG);
    }
    if (e.code == ERR_OK) {
        e = (err){(enum err_code)reply.p[0]};
        buf_put(answer, str_sub(reply, 1, reply.n));
    } else if (e.code != ERR_NOT_FOUND) {
        cli_fail_text(answer, e, &f);
    }
    arena_free(a);
    return e;
}

static void pause_ms(long ms)
{
    const struct timespec t = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&t, NULL);
}

err order_give(const struct config *c, const struct order *o, struct buf *answer)
{
    const struct store_config config = config_store(c);
    struct fail f = {0};
    /* Another command may hold the folder for a moment: it listens to nobody, and is soon done. */
    for (int i = 0; i < TRIES; i++) {
        struct store *s = NULL;
        const err opened = store_open(&config, &s, &f);
        if (opened.code == ERR_OK) {
            const err e = order_run(s, o, answer);
            store_close(s);
            return e;
        }
        if (opened.code != ERR_BUSY) {
            cli_fail_text(answer, opened, &f);
            return opened;
        }
        const err sent = order_send(c->data, o, answer);
        if (sent.code != ERR_NOT_FOUND || answer->n > 0) {
            return sent;
        }
        pause_ms(TRY_AGAIN_MS);
    }
    cli_fail_text(answer, FAIL(BUSY), &f);
    return FAIL(BUSY);
}

/* ---- in the server ---- */

struct handled {
    struct store *store;
    enum order_kind kind;
};

static err on_message(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    const struct handled *h = arg;
    struct order o = {.kind = h->kind};
    if (!message_get(body, &o)) {
        return fail_log(f, ERR_INVALID, "order is cut short");
    }
    SCOPED(buf_free) struct buf text = buf_new(ANSWER_MAX);
    const err e = order_run(h->store, &o, &text);
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX + 1);
    buf_putc(&answer, (char)e.code);
    buf_put(&answer, buf_str(&text));
    const str reply = arena_str(a, buf_str(&answer));
    if (reply.p == NULL) {
        return FAIL(LIMIT);
    }
    *out_reply = reply;
    return OK;
}

err order_listen(const char *dir, struct store *s, struct control **out, struct fail *f)
{
    static struct handled handled[ORDER_N]; /* one server in a process */
    struct control *c = NULL;
    TRY(control_open(dir, &c, f));
    for (enum order_kind k = ORDER_USER_ADD; k < ORDER_N; k++) {
        handled[k] = (struct handled){.store = s, .kind = k};
        control_handle(c, (uint16_t)k, ORDER_MAX, on_message, &handled[k]);
    }
    const err e = control_start(c, f);
    if (e.code != ERR_OK) {
        control_close(c);
        return e;
    }
    *out = c;
    return OK;
}
