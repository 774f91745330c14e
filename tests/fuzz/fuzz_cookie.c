/* fuzz_cookie.c: what browsers bring back of ours and may have altered: tokens, the language, a local
 * address. Lines: token, language cookie, Accept-Language, path, query. A token that was not made here is
 * never good, and an address made from a request is always local. */
#include "check.h"
#include "fuzz.h"
#include "replay.h"
#include "token.h"
#include "web.h"
#include "web_lang.h"

static const uint8_t key[TOKEN_KEY_LEN] = {1};

/* One bit less, and the token is another's. */
static void check_altered(struct arena *a, str text)
{
    const str token = token_make(a, key, S("form"), text, 100);
    if (token.p == NULL) {
        CHECK(text.n > TOKEN_TEXT_MAX || arena_full(a));
        return;
    }
    str back;
    CHECK(token_read(a, key, S("form"), token, 99, &back).code == ERR_OK && str_eq(back, text));
    CHECK(token_read(a, key, S("form"), token, 100, &back).code == ERR_INVALID);
    CHECK(token_read(a, key, S("from"), token, 99, &back).code == ERR_INVALID);
    CHECK(token_read(a, key, S("form"), str_sub(token, 0, token.n - 1), 99, &back).code == ERR_INVALID);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(1 << 20);
    str rest = {(const char *)data, size};
    const str token = str_cut(&rest, '\n');
    const str cookie = str_cut(&rest, '\n');
    const str accept = str_cut(&rest, '\n');
    const str path = str_cut(&rest, '\n');
    str text;
    CHECK(token_read(a, key, S("form"), token, 1, &text).code == ERR_INVALID);
    CHECK(token_unseal(a, key, S("form"), token, 1, &text).code == ERR_INVALID);
    check_altered(a, token);
    CHECK((unsigned)web_lang(token, STR_NONE, cookie, accept) < LANG_N);
    replay_key_valid(cookie);
    web_local(path);
    if (path.n > 0 && path.p[0] == '/' && (path.n == 1 || path.p[1] != '/')) {
        const str here = web_lang_path(a, path, rest);
        CHECK(here.p == NULL || here.n > 2000 || web_local(here));
    }
    arena_free(a);
    return 0;
}
