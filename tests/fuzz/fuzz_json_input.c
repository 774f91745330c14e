/* fuzz_json_input.c: a JSON body, flattened and then checked as an input of every type. Whatever comes:
 * bounds hold, an input is right or wrong and never both, what is right is clean text, and a faulty value
 * given back is UTF-8. The first byte chooses the language and whether values count as JSON or as a form's.
 */
#include "check.h"
#include "fold.h"
#include "fuzz.h"
#include "input.h"
#include "replay.h"

static const uint8_t key[TOKEN_KEY_LEN] = {1};

static void check_one(const struct input_desk *desk, const struct raw *raw, enum input_type type)
{
    static const char *const choices[] = {"f", "m", NULL};
    const struct input in = {.name = "x", .type = type, .required = true, .choices = choices};
    struct given g = {0};
    if (input_check(desk, &in, raw, &g).code != ERR_OK) {
        CHECK(arena_full(desk->arena));
        return;
    }
    CHECK(g.given != (g.fault.n > 0));
    CHECK(str_utf8(g.fault));
    CHECK(type == IN_SECRET ? g.raw.p == NULL : text_check(g.raw, true) != TEXT_NOT_UTF8);
    if (g.given) {
        CHECK(text_check(g.text, type == IN_WORDS || type == IN_LIST) == TEXT_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct arena *a = arena_open(4 << 20);
    struct raws raws = {0};
    struct json_place at = {0};
    const err e = raw_json(&raws, a, (str){(const char *)data + 1, size - 1}, &at);
    CHECK(raws.n <= RAW_MAX);
    CHECK(at.line >= 0 && (e.code == ERR_INVALID || at.line == 0));
    const struct input_desk desk = {.arena = a,
                                    .lang = (enum lang)(data[0] % LANG_N),
                                    .token_key = key,
                                    .cursor_purpose = S("cursor/x"),
                                    .now_ms = 1};
    for (size_t i = 0; i < raws.n && !arena_full(a); i++) {
        struct raw raw = raws.v[i];
        raw.kind = data[0] >= 128 ? RAW_FORM : raw.kind;
        for (int type = IN_LINE; type <= IN_SIGNED; type++) {
            check_one(&desk, &raw, (enum input_type)type);
        }
    }
    static const struct route route = {.method = HTTP_POST, .pattern = "/x"};
    uint8_t hash[REPLAY_HASH_LEN];
    CHECK(replay_hash(a, key, &route, &raws, hash).code == ERR_OK || arena_full(a));
    arena_free(a);
    return 0;
}
