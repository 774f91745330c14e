/* user_commands.c: `sunwai user …` and `sunwai token`: who may come in. */
#include "account.h"
#include "cli.h"
#include "commands.h"
#include "order.h"
#include "random.h"

enum { ANSWER_MAX = 16 * 1024, LIST_AT_ONCE = 200 };

static bool flag_missing(const struct call *call, enum flag f)
{
    if (call->flags->value[f].n > 0) {
        return false;
    }
    CLI_COMPLAIN(MSG_CLI_FLAG_MISSING, CLI_ARG("flag", str_of(flag_name(f))));
    return true;
}

static int give(const struct call *call, const struct order *o)
{
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX);
    const err e = order_give(call->config, o, &answer);
    if (e.code == ERR_OK) {
        return EXIT_FINE;
    }
    const str why = answer.n > 0 ? buf_str(&answer) : str_of(err_name(e));
    CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", why));
    return EXIT_FAILED;
}

/* Makes a one-time code and gives the order with its hash; prints the code once it counts. */
static int give_with_code(const struct call *call, struct order *o)
{
    struct fail f = {0};
    struct ctx c = {.arena = call->arena, .fail = &f, .writer = -1};
    char code[PASSWORD_MADE_LEN];
    password_make(code);
    const err e = code_hash(&c, (str){code, sizeof code}, &o->field[USER_HASH]);
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    const int ended = give(call, o);
    if (ended == EXIT_FINE) {
        cli_raw((str){code, sizeof code});
        cli_raw(S("\n"));
        /* Beside the code, which alone goes to whoever reads the output by a program. */
        cli_put(stderr, false, MSG_CLI_USER_CODE_MEANING, CLI_ARGS(CLI_ARG("login", o->field[USER_LOGIN])));
    }
    return ended;
}

/* As it is kept: who types a capital means the same person. */
static str login_given(const struct call *call, enum flag f)
{
    return login_fold(call->arena, call->flags->value[f]);
}

static int user_add(const struct call *call)
{
    const str *value = call->flags->value;
    struct order o = {.kind = ORDER_USER_ADD};
    o.field[USER_LOGIN] = login_given(call, FLAG_LOGIN);
    o.field[USER_ROLE] = value[FLAG_ROLE];
    o.field[USER_UNIT] = value[FLAG_UNIT].n > 0 ? value[FLAG_UNIT] : value[FLAG_DISTRICT];
    o.field[USER_OFFICE] = value[FLAG_OFFICE];
    o.field[USER_NAME] = value[FLAG_NAME];
    return give_with_code(call, &o);
}

static int user_disable(const struct call *call)
{
    struct order o = {.kind = ORDER_USER_DISABLE};
    o.field[USER_LOGIN] = login_given(call, FLAG_LOGIN);
    return give(call, &o);
}

static int user_enable(const struct call *call)
{
    struct order o = {.kind = ORDER_USER_ENABLE};
    o.field[USER_LOGIN] = login_given(call, FLAG_LOGIN);
    return give(call, &o);
}

static int user_code(const struct call *call)
{
    struct order o = {.kind = ORDER_USER_CODE};
    o.field[USER_LOGIN] = login_given(call, FLAG_LOGIN);
    return give_with_code(call, &o);
}

static str dash(str s)
{
    return s.n > 0 ? s : S("-");
}

static err users_print(struct ctx *c)
{
    str after = S("");
    for (;;) {
        struct q_account_list_after *rows;
        size_t n;
        TRY(q_account_list_after(c->db, c->arena, after, LIST_AT_ONCE, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            const str active = rows[i].disabled_ms.given     ? S("disabled")
                               : rows[i].code_until_ms.given ? S("code")
                                                             : S("active");
            const str line =
                arena_printf(c->arena, "%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_F(rows[i].login_code),
                             role_name((enum role)rows[i].role_no), STR_F(dash(rows[i].unit_code)),
                             STR_F(dash(rows[i].body_code)), STR_F(active), STR_F(rows[i].name_text));
            cli_raw(line);
        }
        if (n < LIST_AT_ONCE) {
            return OK;
        }
        after = rows[n - 1].login_code;
    }
}

static int user_list(const struct call *call)
{
    struct store_config config = config_store(call->config);
    config.read_only = true;
    struct fail f = {0};
    struct store *s = NULL;
    err e = store_open(&config, &s, &f);
    if (e.code == ERR_OK) {
        struct ctx c = {.arena = call->arena, .db = store_reader(s), .store = s, .fail = &f, .writer = -1};
        e = c.db != NULL ? users_print(&c) : FAIL(IO);
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
    }
    store_close(s);
    return e.code == ERR_OK ? EXIT_FINE : EXIT_FAILED;
}

static const struct user_word {
    const char *word;
    int (*run)(const struct call *call);
    bool needs_login, needs_role;
} user_words[] = {{"add", user_add, true, true},
                  {"list", user_list, false, false},
                  {"disable", user_disable, true, false},
                  {"enable", user_enable, true, false},
                  {"code", user_code, true, false}};

static const struct user_word *user_word_of(const struct call *call)
{
    for (size_t i = 0; i < sizeof user_words / sizeof user_words[0]; i++) {
        if (str_eq(call->flags->words[0], str_of(user_words[i].word))) {
            return &user_words[i];
        }
    }
    return NULL;
}

bool user_complete(const struct call *call)
{
    const struct user_word *u = user_word_of(call);
    if (u == NULL) {
        CLI_COMPLAIN(MSG_CLI_USER_WHAT);
        return false;
    }
    return !(u->needs_login && flag_missing(call, FLAG_LOGIN)) &&
           !(u->needs_role && flag_missing(call, FLAG_ROLE));
}

int user_command(const struct call *call)
{
    const struct user_word *u = user_word_of(call);
    return u != NULL ? u->run(call) : EXIT_USAGE;
}

bool token_complete(const struct call *call)
{
    return !flag_missing(call, FLAG_USER);
}

int token_command(const struct call *call)
{
    char token[TOKEN_TEXT_LEN];
    uint8_t hash[TOKEN_HASH_LEN];
    char hex[HEX_OF_32];
    account_token_make(token, hash);
    hex_of(hash, sizeof hash, hex);
    struct order o = {.kind = ORDER_TOKEN};
    o.field[TOKEN_LOGIN] = login_given(call, FLAG_USER);
    o.field[TOKEN_HASH] = (str){hex, sizeof hex};
    const int code = give(call, &o);
    if (code == EXIT_FINE) {
        cli_raw((str){token, sizeof token});
        cli_raw(S("\n"));
    }
    return code;
}
