/* fuzz_control: what another program of our user could send to DIR/control.sock, through the reading half of
 * the server: a body reaches a handler whole, within its bound and of its type, or not at all. */
#include "../../src/store/control.c"

#include "fuzz.h"

enum { BODY_MAX = 4096, TYPE = 3 };

static str handled;

static err echo(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    (void)arg;
    handled = body;
    if (body.n > 0 && body.p[0] == 'n') {
        return fail_log(f, ERR_INVALID, "no");
    }
    *out_reply = arena_str(a, body);
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int pair[2];
    if (size > 2 * (size_t)BODY_MAX || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return 0;
    }
    struct fail f = {0};
    str reply = STR_NONE;
    struct control c = {.arena = arena_open(REQUEST_ARENA)};
    control_handle(&c, TYPE, BODY_MAX, echo, NULL);
    handled = STR_NONE;
    CHECK(send_all(pair[0], data, size));
    (void)shutdown(pair[0], SHUT_WR);
    const err e = request_run(&c, pair[1], &reply, &f);
    struct head h = {0};
    memcpy(&h, data, size < sizeof h ? size : sizeof h);
    const bool whole = size >= sizeof h && h.magic == MAGIC && h.version == VERSION && h.type == TYPE &&
                       h.length <= BODY_MAX && size - sizeof h >= h.length;
    CHECK(whole == (handled.p != NULL));
    if (whole) {
        CHECK(str_eq(handled, (str){(const char *)data + sizeof h, h.length}));
        CHECK(e.code == ERR_INVALID ? reply.p == NULL : e.code == ERR_OK && str_eq(reply, handled));
    } else {
        CHECK(e.code == ERR_IO || e.code == ERR_INVALID || e.code == ERR_LIMIT);
        CHECK(f.log[0] != '\0');
    }
    (void)close(pair[0]);
    (void)close(pair[1]);
    arena_free(c.arena);
    return 0;
}
