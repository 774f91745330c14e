/* wire.c: heads and bodies, byte by byte. */
#include "wire.h"

#include <string.h>

enum { MARK_0 = 'S', MARK_1 = 'w', TRIED_MOST = 2 };
enum { AT_VERSION = 2, AT_KIND = 3, AT_NUMBER = 4, AT_LENGTH = 8 };

/* The longest body of each kind. */
static const size_t body_max[WIRE_KINDS] = {
    [WIRE_ASK_HELLO] = 0,
    [WIRE_HELLO] = 2 * (2 + WIRE_NAME_MAX) + 4 + 1 + 4,
    [WIRE_ASK_CHECK] = 3UL * (2 + WIRE_TEXT_MAX),
    [WIRE_CHECK] = 5,
    [WIRE_END] = 0,
    [WIRE_ASK_WORK] = 1 + 4,
    [WIRE_WORK] = WIRE_MAX_WORK - WIRE_HEAD,
};

/* ---- taking apart: what is left of a body, bad once anything did not fit ---- */

struct reading {
    str left;
    bool bad;
};

static str take(struct reading *r, size_t n)
{
    if (r->bad || r->left.n < n) {
        r->bad = true;
        return STR_NONE;
    }
    const str got = str_sub(r->left, 0, n);
    r->left = (str){r->left.p + n, r->left.n - n};
    return got;
}

static uint32_t number_of(str bytes)
{
    uint32_t v = 0;
    for (size_t i = bytes.n; i > 0; i--) {
        v = v << 8 | (uint8_t)bytes.p[i - 1];
    }
    return v;
}

static uint32_t take_number(struct reading *r, size_t bytes)
{
    return number_of(take(r, bytes));
}

static str take_text(struct reading *r, size_t max)
{
    const size_t n = take_number(r, 2);
    r->bad = r->bad || n == 0 || n > max;
    return take(r, n);
}

static str take_path(struct reading *r)
{
    const str path = take_text(r, WIRE_TEXT_MAX);
    r->bad = r->bad || path.p[0] != '/' || memchr(path.p, '\0', path.n) != NULL;
    return path;
}

/* A name of ours: letters, digits, and the dots of a version. */
static str take_name(struct reading *r)
{
    const str name = take_text(r, WIRE_NAME_MAX);
    for (size_t i = 0; !r->bad && i < name.n; i++) {
        const char c = name.p[i];
        const bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        r->bad = !fine;
    }
    return name;
}

static uint8_t take_tried(struct reading *r)
{
    const uint32_t v = take_number(r, 1);
    r->bad = r->bad || v > TRIED_MOST;
    return (uint8_t)v;
}

static struct reading reading_of(const struct wire *w, enum wire_kind kind)
{
    return (struct reading){.left = w->body, .bad = w->kind != kind};
}

/* Nothing may be left over: what nobody reads nobody has checked. */
static err read_whole(const struct reading *r)
{
    return r->bad || r->left.n > 0 ? FAIL(INVALID) : OK;
}

err wire_open(str packet, struct wire *out)
{
    if (packet.n < WIRE_HEAD || packet.n > WIRE_MAX || packet.p[0] != MARK_0 || packet.p[1] != MARK_1 ||
        packet.p[AT_VERSION] != WIRE_VERSION) {
        return FAIL(INVALID);
    }
    const uint8_t kind = (uint8_t)packet.p[AT_KIND];
    const size_t length = number_of(str_sub(packet, AT_LENGTH, 4));
    if (kind < WIRE_ASK_HELLO || kind >= WIRE_KINDS || length != packet.n - WIRE_HEAD ||
        length > body_max[kind]) {
        return FAIL(INVALID);
    }
    *out = (struct wire){.kind = (enum wire_kind)kind,
                         .number = number_of(str_sub(packet, AT_NUMBER, 4)),
                         .body = {packet.p + WIRE_HEAD, length}};
    return OK;
}

err wire_hello_get(const struct wire *w, struct wire_hello *out)
{
    struct reading r = reading_of(w, WIRE_HELLO);
    struct wire_hello h = {0};
    h.name = take_name(&r);
    h.version = take_name(&r);
    h.pid = take_number(&r, 4);
    h.abi = (uint8_t)take_number(&r, 1);
    h.done = take_number(&r, 4);
    TRY(read_whole(&r));
    *out = h;
    return OK;
}

err wire_ask_check_get(const struct wire *w, struct wire_ask_check *out)
{
    struct reading r = reading_of(w, WIRE_ASK_CHECK);
    struct wire_ask_check q = {0};
    q.key = take_path(&r);
    q.database = take_path(&r);
    q.folder = take_path(&r);
    TRY(read_whole(&r));
    *out = q;
    return OK;
}

err wire_check_get(const struct wire *w, struct wire_check *out)
{
    struct reading r = reading_of(w, WIRE_CHECK);
    struct wire_check c = {0};
    c.key = take_tried(&r);
    c.database = take_tried(&r);
    c.write = take_tried(&r);
    c.connect = take_tried(&r);
    c.run = take_tried(&r);
    TRY(read_whole(&r));
    *out = c;
    return OK;
}

err wire_ask_work_get(const struct wire *w, struct wire_ask_work *out)
{
    struct reading r = reading_of(w, WIRE_ASK_WORK);
    struct wire_ask_work q = {0};
    q.task = (uint8_t)take_number(&r, 1);
    q.input_n = take_number(&r, 4);
    r.bad =
        r.bad || q.task < TASK_IMAGE || q.task >= WIRE_TASKS || q.input_n == 0 || q.input_n > WIRE_INPUT_MAX;
    TRY(read_whole(&r));
    *out = q;
    return OK;
}

err wire_work_get(const struct wire *w, struct wire_work *out)
{
    struct reading r = reading_of(w, WIRE_WORK);
    struct wire_work m = {0};
    m.why = (uint8_t)take_number(&r, 1);
    m.a = take_number(&r, 4);
    m.b = take_number(&r, 4);
    uint64_t all = 0;
    for (size_t i = 0; i < WIRE_MADE; i++) {
        m.made_n[i] = take_number(&r, 4);
        all += m.made_n[i];
    }
    r.bad = r.bad || m.why >= WIRE_WHYS || all > WIRE_MADE_MAX || (m.why != WHY_FINE && all > 0);
    TRY(read_whole(&r));
    *out = m;
    return OK;
}

/* ---- putting together: the body after a head whose length is filled in at the end ---- */

static void put_number(struct buf *out, uint32_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        buf_putc(out, (char)(v >> 8 * i & 0xff));
    }
}

static void put_text(struct buf *out, str s, size_t max)
{
    if (s.n == 0 || s.n > max) {
        out->full = true;
        return;
    }
    put_number(out, (uint32_t)s.n, 2);
    buf_put(out, s);
}

static size_t head_put(struct buf *out, enum wire_kind kind, uint32_t number)
{
    const size_t at = out->n;
    buf_putc(out, MARK_0);
    buf_putc(out, MARK_1);
    buf_putc(out, WIRE_VERSION);
    buf_putc(out, (char)kind);
    put_number(out, number, 4);
    put_number(out, 0, 4);
    return at;
}

static void length_put(struct buf *out, size_t at)
{
    const size_t length = out->n - at - WIRE_HEAD;
    for (size_t i = 0; !out->full && i < 4; i++) {
        out->p[at + AT_LENGTH + i] = (char)(length >> 8 * i & 0xff);
    }
}

void wire_ask_hello_put(struct buf *out, uint32_t number)
{
    (void)head_put(out, WIRE_ASK_HELLO, number);
}

void wire_end_put(struct buf *out)
{
    (void)head_put(out, WIRE_END, 0);
}

void wire_hello_put(struct buf *out, uint32_t number, const struct wire_hello *h)
{
    const size_t at = head_put(out, WIRE_HELLO, number);
    put_text(out, h->name, WIRE_NAME_MAX);
    put_text(out, h->version, WIRE_NAME_MAX);
    put_number(out, h->pid, 4);
    put_number(out, h->abi, 1);
    put_number(out, h->done, 4);
    length_put(out, at);
}

void wire_ask_check_put(struct buf *out, uint32_t number, const struct wire_ask_check *q)
{
    const size_t at = head_put(out, WIRE_ASK_CHECK, number);
    put_text(out, q->key, WIRE_TEXT_MAX);
    put_text(out, q->database, WIRE_TEXT_MAX);
    put_text(out, q->folder, WIRE_TEXT_MAX);
    length_put(out, at);
}

void wire_check_put(struct buf *out, uint32_t number, const struct wire_check *c)
{
    const size_t at = head_put(out, WIRE_CHECK, number);
    put_number(out, c->key, 1);
    put_number(out, c->database, 1);
    put_number(out, c->write, 1);
    put_number(out, c->connect, 1);
    put_number(out, c->run, 1);
    length_put(out, at);
}

void wire_ask_work_put(struct buf *out, uint32_t number, const struct wire_ask_work *q)
{
    const size_t at = head_put(out, WIRE_ASK_WORK, number);
    put_number(out, q->task, 1);
    put_number(out, q->input_n, 4);
    length_put(out, at);
}

void wire_work_put(struct buf *out, uint32_t number, const struct wire_work *m)
{
    const size_t at = head_put(out, WIRE_WORK, number);
    put_number(out, m->why, 1);
    put_number(out, m->a, 4);
    put_number(out, m->b, 4);
    for (size_t i = 0; i < WIRE_MADE; i++) {
        put_number(out, m->made_n[i], 4);
    }
    length_put(out, at);
}
