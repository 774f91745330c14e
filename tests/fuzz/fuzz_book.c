/* fuzz_book.c: a packed book as the worker might get it. What is taken keeps its bounds and is packed again
 * as it was. */
#include <stddef.h>
#include <stdint.h>

#include "book_model.h"
#include "check.h"
#include "fuzz.h"

enum { MEMORY = 96 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str packed = {(const char *)data, size};
    struct arena *a = arena_open(MEMORY);
    struct book b;
    if (book_unpack(a, packed, &b).code == ERR_OK) {
        SCOPED(buf_free) struct buf again = buf_new(BOOK_BYTES_MAX);
        CHECK(book_fine(&b));
        CHECK(book_pack(&b, &again).code == ERR_OK);
        CHECK(str_eq(buf_str(&again), packed));
    }
    arena_free(a);
    return 0;
}
