/* fuzz_kit: any bytes as a kit, as they come and signed. What is taken is written again as the very same
 * bytes. And any bytes as a recording. */
#include "check.h"
#include "fuzz.h"
#include "kit_sound.h"
#include "kit_text.h"

enum { ARENA = 8 << 20 };

static void check_again(const struct kit *k, const uint8_t *secret, str text)
{
    SCOPED(buf_free) struct buf again = buf_new(KIT_BYTES_MAX);
    CHECK(kit_sign(k, secret, &again).code == ERR_OK);
    CHECK(str_eq(buf_str(&again), text));
    for (size_t i = 0; i < k->n; i++) {
        SCOPED(buf_free) struct buf sound = buf_new(KIT_SOUND_MAX);
        if (kit_sound_get(&k->entries[i], &sound).code == ERR_OK) {
            (void)kit_sound_right(buf_str(&sound));
        }
        CHECK(kit_find(k, k->entries[i].kind, k->entries[i].code) == &k->entries[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t secret[KIT_SECRET_LEN];
    static bool made;
    struct kit k;
    struct kit_fault fault;
    if (size > 64 * 1024) {
        return 0;
    }
    if (!made) {
        kit_key_make(secret);
        made = true;
    }
    struct arena *a = arena_open(ARENA);
    const str raw = {(const char *)data, size};
    (void)kit_sound_right(raw);
    CHECK(kit_read(a, raw, &k, &fault).code == ERR_INVALID &&
          fault.why != KIT_FINE); /* nobody has this key */
    SCOPED(buf_free) struct buf signed_ = buf_new(KIT_BYTES_MAX);
    buf_put(&signed_, raw);
    kit_sign_text(secret, &signed_);
    const err e = kit_read(a, buf_str(&signed_), &k, &fault);
    CHECK(e.code == ERR_OK || e.code == ERR_INVALID || e.code == ERR_LIMIT);
    CHECK((e.code == ERR_INVALID) == (fault.why != KIT_FINE));
    if (e.code == ERR_OK) {
        check_again(&k, secret, buf_str(&signed_));
    }
    arena_free(a);
    return 0;
}
