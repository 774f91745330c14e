/* fuzz_record: what a device says that it sealed. The input as it stands (no input has the key's tag), as
 * what one would hold once it is opened, and as instructions to change one of ours: whatever was changed is
 * refused. */
#include <string.h>

#include "check.h"
#include "fuzz.h"
#include "raw.h"
#include "sealed_record.h"

#define ULID S("01JXW3C5M0ABCDEFGHJKMNPQRS")

static struct record_pair pair;
static struct arena *own; /* of the good one */
static str good;

static void make_good(void)
{
    own = arena_open(1 << 20);
    record_pair_new(&pair);
    CHECK(record_seal(own, pair.point, ULID, S("{\"kind\":\"need\",\"fields\":{\"words\":\"Water\"}}"),
                      S("sound"), &good)
              .code == ERR_OK);
}

/* What was opened is taken apart: lengths, then names and values. */
static void take_apart(struct arena *a, str plain)
{
    str json;
    str content;
    struct raws raws = {0};
    struct json_place place;
    if (record_split(plain, &json, &content).code != ERR_OK) {
        return;
    }
    CHECK(json.n + content.n + RECORD_LENGTH_LEN == plain.n);
    if (raw_json(&raws, a, json, &place).code == ERR_OK) {
        CHECK(raws.n <= RAW_MAX);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str input = {(const char *)data, size};
    uint8_t key[RECORD_KEY_LEN];
    str plain;
    if (good.n == 0) {
        make_good();
    }
    struct arena *a = arena_open(8 << 20);
    IGNORE(record_key_of(input, key)); /* only whether it holds */
    CHECK(record_open(a, &pair, ULID, input, &plain).code != ERR_OK);
    take_apart(a, input);
    char *changed = arena_try(a, good.n);
    if (size >= 3 && changed != NULL) {
        const size_t at = ((size_t)data[0] << 8 | data[1]) % good.n;
        memcpy(changed, good.p, good.n);
        changed[at] = (char)(changed[at] ^ (data[2] == 0 ? 1 : data[2]));
        CHECK(record_open(a, &pair, ULID, (str){changed, good.n}, &plain).code == ERR_INVALID);
        CHECK(record_open(a, &pair, ULID, (str){good.p, at}, &plain).code == ERR_INVALID);
    }
    arena_free(a);
    return 0;
}
