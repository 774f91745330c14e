/* fuzz_order: the fields of an order as they travel in a control message. What is read is written again as it
 * was; what is written is read again as it was. */
#include "../../src/app/order.c"

#include "check.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str text = {size == 0 ? "" : (const char *)data, size};
    struct order o = {.kind = ORDER_TOKEN};
    if (message_get(text, &o)) {
        SCOPED(buf_free) struct buf again = buf_new(ORDER_MAX);
        message_put(&o, &again);
        CHECK(str_eq(buf_str(&again), text));
    }
    struct order made = {.kind = ORDER_TOKEN};
    struct order back = {.kind = ORDER_TOKEN};
    str rest = text;
    for (size_t i = 0; i < ORDER_FIELDS; i++) {
        const str field = str_cut(&rest, '\n');
        made.field[i] = field.p != NULL ? field : S("");
    }
    SCOPED(buf_free) struct buf b = buf_new(ORDER_MAX);
    message_put(&made, &b);
    CHECK(b.full || message_get(buf_str(&b), &back));
    for (size_t i = 0; i < ORDER_FIELDS && !b.full; i++) {
        CHECK(str_eq(made.field[i], back.field[i]));
    }
    if (b.n > 0 && !b.full) { /* cut short or with something behind it, it is none */
        CHECK(!message_get(str_sub(buf_str(&b), 0, b.n - 1), &back));
        buf_putc(&b, 'x');
        CHECK(!message_get(buf_str(&b), &back));
    }
    int64_t day = day_of(text);
    CHECK(day == 0 || day_valid(day));
    return 0;
}
