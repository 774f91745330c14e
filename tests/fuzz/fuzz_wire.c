/* fuzz_wire.c: a packet as a companion, or somebody in its place, might send it. What is taken is within its
 * bounds, points only into the packet, and is put again as it was. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "wire.h"

static void check_same(const struct buf *again, str packet)
{
    CHECK(!again->full);
    CHECK(str_eq(buf_str(again), packet));
}

static void check_body(const struct wire *w, str packet)
{
    SCOPED(buf_free) struct buf again = buf_new(WIRE_MAX);
    struct wire_hello h;
    struct wire_ask_check q;
    struct wire_check c;
    struct wire_ask_work k;
    struct wire_work m;
    if (wire_hello_get(w, &h).code == ERR_OK) {
        CHECK(h.name.n > 0 && h.name.n <= WIRE_NAME_MAX && str_utf8(h.name) && str_utf8(h.version));
        wire_hello_put(&again, w->number, &h);
        check_same(&again, packet);
    } else if (wire_ask_check_get(w, &q).code == ERR_OK) {
        CHECK(q.key.n <= WIRE_TEXT_MAX && q.key.p[0] == '/');
        wire_ask_check_put(&again, w->number, &q);
        check_same(&again, packet);
    } else if (wire_check_get(w, &c).code == ERR_OK) {
        CHECK(c.key <= 2 && c.run <= 2);
        wire_check_put(&again, w->number, &c);
        check_same(&again, packet);
    } else if (wire_ask_work_get(w, &k).code == ERR_OK) {
        CHECK(k.task >= TASK_IMAGE && k.task < WIRE_TASKS && k.input_n > 0 && k.input_n <= WIRE_INPUT_MAX);
        wire_ask_work_put(&again, w->number, &k);
        check_same(&again, packet);
    } else if (wire_work_get(w, &m).code == ERR_OK) {
        CHECK(m.why < WIRE_WHYS && (uint64_t)m.made_n[0] + m.made_n[1] <= WIRE_MADE_MAX);
        wire_work_put(&again, w->number, &m);
        check_same(&again, packet);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str packet = {(const char *)data, size};
    struct wire w;
    if (wire_open(packet, &w).code == ERR_OK) {
        CHECK(w.kind >= WIRE_ASK_HELLO && w.kind < WIRE_KINDS);
        CHECK(w.body.p == packet.p + WIRE_HEAD && w.body.n == packet.n - WIRE_HEAD);
        check_body(&w, packet);
    }
    return 0;
}
