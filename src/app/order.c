/* order.c: orders written as messages, carried over a socket of the data folder, and done. */
#include "order.h"

#include "account.h"
#include "audit.h"
#include "catalogue_import.h"
#include "cli.h"
#include "clock.h"
#include "control.h"
#include "device_record.h"
#include "jobs.h"
#include "kit.h"
#include "kit_sound.h"
#include "meta.sql.h"
#include "place_import.h"
#include "prompt.h"
#include "random.h"

enum {
    ORDER_ARENA = 256 * 1024,
    IMPORT_ARENA = 64 * 1024 * 1024,
    ANSWER_MAX = 16 * 1024,
    TRIES = 30,
    TRY_AGAIN_MS = 100
};

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

static int64_t number_of(str text)
{
    int64_t n;
    return str_i64(text, &n) ? n : 0;
}

static err backup_note(struct ctx *c, const struct order *o)
{
    const struct q_backup_add_in row = {
        .backup_code = o->field[BACKUP_CODE],
        .made_ms = number_of(o->field[BACKUP_MADE]),
        .verified_ms = number_of(o->field[BACKUP_VERIFIED]),
        .keys_until_ms = number_of(o->field[BACKUP_UNTIL]),
        .cases_n = number_of(o->field[BACKUP_CASES]),
        .bytes_n = number_of(o->field[BACKUP_BYTES]),
    };
    TRY(q_backup_add(c->db, &row, NULL));
    const str detail = arena_printf(c->arena, "backup=%.*s head=%.*s", STR_F(o->field[BACKUP_CODE]),
                                    STR_F(o->field[BACKUP_HEAD]));
    return audit_add(c, &(struct audit_entry){.event = S("backup.made"), .detail = detail});
}

static int64_t day_of(str text)
{
    int64_t day = 0;
    return str_i64(text, &day) && day_valid(day) ? day : 0;
}

static err import_councils(struct ctx *c, const struct order *o, struct import_report *io)
{
    const struct council_days days = {day_of(o->field[IMPORT_FROM]), day_of(o->field[IMPORT_UNTIL])};
    return place_import_councils(c, o->field[IMPORT_TEXT], &days, io);
}

static err import_districts(struct ctx *c, const struct order *o, struct import_report *io)
{
    return place_import_districts(c, o->field[IMPORT_TEXT], day_of(o->field[IMPORT_FROM]), io);
}

static err import_localities(struct ctx *c, const struct order *o, struct import_report *io)
{
    return place_import_localities(c, o->field[IMPORT_TEXT], io);
}

static err import_offices(struct ctx *c, const struct order *o, struct import_report *io)
{
    return catalogue_import_offices(c, o->field[IMPORT_TEXT], day_of(o->field[IMPORT_FROM]), io);
}

bool kit_choice_of(str accept, struct kit_choice *out)
{
    str word;
    *out = (struct kit_choice){.from_day = 0};
    for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
        out->how[k] = KIT_NEW;
    }
    while (str_word(&accept, &word)) {
        bool found = false;
        for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
            if (str_eq(word, S("all")) || str_eq(word, kit_kind_codes[k])) {
                out->how[k] = KIT_ALL;
                found = true;
            }
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static err import_kit(struct ctx *c, const struct order *o, struct import_report *io)
{
    struct kit_choice choice;
    struct kit_plan plan;
    int64_t no;
    size_t taken;
    if (!kit_choice_of(o->field[KIT_ACCEPT], &choice)) {
        return FAIL(BUG); /* the command has looked */
    }
    choice.from_day = day_of(o->field[KIT_FROM]);
    choice.seen = o->field[KIT_SEEN];
    TRY(kit_keep(c, o->field[KIT_TEXT], o->field[KIT_TYPED], &no));
    TRY(kit_compare(c, o->field[KIT_TEXT], &plan));
    TRY(kit_take(c, no, &choice, &taken));
    for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
        io->added += plan.count[k][KIT_ADDED];
        io->changed += plan.count[k][KIT_CHANGED] + (choice.how[k] == KIT_ALL ? plan.count[k][KIT_OURS] : 0);
        io->ended += plan.count[k][KIT_ENDED];
    }
    io->same = plan.same;
    return OK;
}

/* Spoken questions, as a whole or not at all; what somebody has recorded meanwhile stays. */
static err import_placeholders(struct ctx *c, const struct order *o, struct import_report *io)
{
    str rest = o->field[IMPORT_TEXT];
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        struct prompt_brought b = {.key = str_cut(&line, ' '), .lang = str_cut(&line, ' ')};
        int64_t n;
        bool put;
        if (!str_i64(str_cut(&line, ' '), &b.seconds) || !str_i64(line, &n) || n <= 0 ||
            n > (int64_t)rest.n) {
            return FAIL(INVALID);
        }
        b.sound = str_sub(rest, 0, (size_t)n);
        rest = str_sub(rest, (size_t)n, rest.n);
        b.type = S("audio/webm");
        b.speaker = S("espeak-ng");
        b.machine = true;
        if (!kit_sound_right(b.sound)) {
            return FAIL(INVALID);
        }
        TRY(prompt_fill(c, &b, &put));
        io->added += put;
        io->same += !put;
    }
    return OK;
}

/* As much as an upload holds, again and again, in one write: what is here already is heard and dropped. */
static err sealed_part(struct ctx *c, const struct order *o)
{
    struct q_device_get d;
    struct record_part p = {.ulid = o->field[SEALED_RECORD], .clock = S("")};
    enum record_verdict verdict = RECORD_HAD;
    str rest = o->field[SEALED_BYTES];
    if (!str_i64(o->field[SEALED_OFFSET], &p.offset) || !str_i64(o->field[SEALED_TOTAL], &p.total) ||
        !hex_to(o->field[SEALED_HASH], p.hash, sizeof p.hash)) {
        return FAIL(INVALID);
    }
    TRY(q_device_by_code(c->db, c->arena, o->field[SEALED_DEVICE], &d));
    while (rest.n > 0 && verdict == RECORD_HAD) {
        p.bytes = str_sub(rest, 0, RECORD_CHUNK_MAX);
        rest = str_sub(rest, p.bytes.n, rest.n);
        TRY(record_add(c, &d, &p, &verdict));
        p.offset += (int64_t)p.bytes.n;
    }
    return verdict == RECORD_HAD ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_DEVICE_RECORD_OTHER, NULL);
}

/* Jobs are many writes and run outside this table. */
static err (*const doing[ORDER_N])(struct ctx *c, const struct order *o) = {
    [ORDER_USER_ADD] = user_add,   [ORDER_USER_DISABLE] = user_disable, [ORDER_USER_ENABLE] = user_enable,
    [ORDER_USER_CODE] = user_code, [ORDER_TOKEN] = token_add,           [ORDER_BACKUP] = backup_note,
    [ORDER_SEALED] = sealed_part,
};
static err (*const importing[ORDER_N])(struct ctx *c, const struct order *o, struct import_report *io) = {
    [ORDER_COUNCILS] = import_councils,
    [ORDER_DISTRICTS] = import_districts,
    [ORDER_LOCALITIES] = import_localities,
    [ORDER_OFFICES] = import_offices,
    [ORDER_KIT] = import_kit,
    [ORDER_PLACEHOLDERS] = import_placeholders,
};

struct order_job {
    struct write_job base; /* first */
    const struct order *order;
    struct import_report *report;
};

static err order_job_run(struct ctx *c, struct write_job *base)
{
    const struct order_job *job = (struct order_job *)base;
    const struct order *o = job->order;
    return importing[o->kind] != NULL ? importing[o->kind](c, o, job->report) : doing[o->kind](c, o);
}

static void report_put(const struct import_report *r, struct buf *answer)
{
    char numbers[4][24];
    const size_t counts[4] = {r->added, r->changed, r->same, r->ended};
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(numbers[i], sizeof numbers[i], "%zu", counts[i]);
    }
    const struct msg_arg args[] = {{"added", str_of(numbers[0])},
                                   {"changed", str_of(numbers[1])},
                                   {"same", str_of(numbers[2])},
                                   {"ended", str_of(numbers[3])}};
    msg_put(answer, LANG_EN, MSG_CLI_IMPORT_DONE, 1, args, sizeof args / sizeof args[0]);
}

static void faults_put(const struct import_report *r, struct buf *answer)
{
    char n[24];
    buf_putc(answer, '\n');
    buf_put(answer, str_trim(buf_str(&r->said)));
    if (r->faults > IMPORT_FAULTS_SAID) {
        (void)snprintf(n, sizeof n, "%zu", r->faults - IMPORT_FAULTS_SAID);
        buf_putc(answer, '\n');
        msg_put(answer, LANG_EN, MSG_CLI_IMPORT_MORE, 0, &(struct msg_arg){"n", str_of(n)}, 1);
    }
}

err order_run(struct store *s, const struct order *o, struct buf *answer)
{
    if (o->kind == ORDER_JOBS) {
        return jobs_run(s, answer);
    }
    if (o->kind <= 0 || o->kind >= ORDER_N) {
        return FAIL(INVALID);
    }
    const bool import = importing[o->kind] != NULL;
    struct import_report report = {.said = buf_new(ANSWER_MAX)};
    struct order_job job = {.order = o, .report = &report};
    job.base.run = order_job_run;
    job.base.arena = arena_open(import ? IMPORT_ARENA : ORDER_ARENA);
    job.base.actor.role = ROLE_SYSTEM;
    const err e = store_write(s, &job.base);
    if (e.code != ERR_OK) {
        cli_fail_text(answer, e, &job.base.fail);
    } else if (import) {
        report_put(&report, answer);
    }
    if (e.code != ERR_OK && report.faults > 0) {
        faults_put(&report, answer);
    }
    buf_free(&report.said);
    arena_free(job.base.arena);
    return e;
}

/* ---- as messages: each field with its length in four bytes; the kind is the message's type ---- */

enum { LENGTH_BYTES = 4 };

static void message_put(const struct order *o, struct buf *out)
{
    for (size_t i = 0; i < ORDER_FIELDS; i++) {
        const str f = o->field[i];
        for (int shift = 24; shift >= 0; shift -= 8) {
            buf_putc(out, (char)(f.n >> shift & 0xff));
        }
        buf_put(out, f);
    }
}

static bool message_get(str text, struct order *io)
{
    for (size_t i = 0; i < ORDER_FIELDS; i++) {
        size_t n = 0;
        if (text.n < LENGTH_BYTES) {
            return false;
        }
        for (size_t k = 0; k < LENGTH_BYTES; k++) {
            n = n << 8 | (unsigned char)text.p[k];
        }
        if (n > text.n - LENGTH_BYTES) {
            return false;
        }
        io->field[i] = str_sub(text, LENGTH_BYTES, n);
        text = str_sub(text, LENGTH_BYTES + n, text.n);
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
    struct arena *a = arena_open((size_t)2 * CONTROL_BODY_MAX);
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
