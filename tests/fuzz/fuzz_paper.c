/* fuzz_paper.c: a packed paper as the worker might get it. What is taken keeps its bounds and is packed again
 * as it was. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "paper_model.h"

enum { MEMORY = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str packed = {(const char *)data, size};
    struct arena *a = arena_open(MEMORY);
    struct paper p;
    if (paper_unpack(a, packed, &p).code == ERR_OK) {
        SCOPED(buf_free) struct buf again = buf_new(PAPER_BYTES_MAX);
        CHECK(paper_fine(&p));
        CHECK(paper_pack(&p, &again).code == ERR_OK);
        CHECK(str_eq(buf_str(&again), packed));
        for (size_t i = 0; i < p.pieces_n; i++) {
            const enum paper_kind kind = p.pieces[i].kind;
            if (paper_is_chart(kind) || kind == PAPER_MAP) {
                SCOPED(buf_free) struct buf words = buf_new(PAPER_TEXT_MAX);
                paper_drawn_words(&p, i, &words);
                CHECK(!words.full && str_utf8(buf_str(&words)));
                CHECK(kind == PAPER_MAP || paper_top(&p.pieces[i]) > 0);
            }
            for (size_t k = 0; k < p.pieces[i].words_n; k++) {
                (void)paper_from_right(&p.pieces[i].words[k]);
            }
        }
    }
    arena_free(a);
    return 0;
}
