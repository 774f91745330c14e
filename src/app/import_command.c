/* import_command.c: `sunwai import …`: lists of a district's own, from CSV files. */
#include "check.h"
#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "file_given.h"
#include "order.h"

enum { ANSWER_MAX = 32 * 1024, FILE_MAX = ORDER_MAX - 4096 };

static const struct import_word {
    const char *word;
    enum order_kind kind;
} import_words[] = {{"districts", ORDER_DISTRICTS},
                    {"councils", ORDER_COUNCILS},
                    {"localities", ORDER_LOCALITIES},
                    {"offices", ORDER_OFFICES}};

static const struct import_word *word_of(const struct call *call)
{
    for (size_t i = 0; call->flags->words_n == 2 && i < sizeof import_words / sizeof import_words[0]; i++) {
        if (str_eq(call->flags->words[0], str_of(import_words[i].word))) {
            return &import_words[i];
        }
    }
    return NULL;
}

/* What devices wrote to a file is no list. */
static bool is_sealed(const struct call *call)
{
    return call->flags->words_n == 2 && str_eq(call->flags->words[0], S("sealed"));
}

/* 2026-11-30 as 20261130. */
static bool day_given(const struct call *call, enum flag f, str *out)
{
    const str text = call->flags->value[f];
    int64_t day = 0;
    *out = STR_NONE;
    if (text.p == NULL) {
        return true;
    }
    if (text.n == 10 && text.p[4] == '-' && text.p[7] == '-') {
        *out = arena_printf(call->arena, "%.4s%.2s%.2s", text.p, text.p + 5, text.p + 8);
    }
    if (str_i64(*out, &day) && day_valid(day)) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_DAY_WRONG, CLI_ARG("flag", str_of(flag_name(f))));
    return false;
}

bool import_complete(const struct call *call)
{
    str day;
    if (is_sealed(call)) {
        return true;
    }
    if (word_of(call) == NULL) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_WHAT);
        return false;
    }
    return day_given(call, FLAG_FROM, &day) && day_given(call, FLAG_UNTIL, &day);
}

int import_command(const struct call *call)
{
    const struct import_word *w = word_of(call);
    if (is_sealed(call)) {
        return import_sealed(call);
    }
    CHECK(w != NULL); /* import_complete() has looked */
    struct order o = {.kind = w->kind};
    if (!day_given(call, FLAG_FROM, &o.field[IMPORT_FROM]) ||
        !day_given(call, FLAG_UNTIL, &o.field[IMPORT_UNTIL]) ||
        !file_given(call, call->flags->words[1], FILE_MAX, &o.field[IMPORT_TEXT])) {
        return EXIT_FAILED;
    }
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX);
    const err e = order_give(call->config, &o, &answer);
    if (e.code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS,
                     CLI_ARG("text", answer.n > 0 ? buf_str(&answer) : str_of(err_name(e))));
        return EXIT_FAILED;
    }
    CLI_SAY(MSG_CLI_AS_IT_IS, CLI_ARG("text", buf_str(&answer)));
    return EXIT_FINE;
}
