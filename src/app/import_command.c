/* import_command.c: `sunwai import …`: lists of a district's own, from CSV files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "cli.h"
#include "confinement.h"
#include "clock.h"
#include "commands.h"
#include "order.h"

enum { ANSWER_MAX = 32 * 1024, FILE_MAX = ORDER_MAX - 4096 };

static const struct import_word {
    const char *word;
    enum order_kind kind;
} import_words[] = {
    {"councils", ORDER_COUNCILS}, {"localities", ORDER_LOCALITIES}, {"offices", ORDER_OFFICES}};

static const struct import_word *word_of(const struct call *call)
{
    for (size_t i = 0; call->flags->words_n == 2 && i < sizeof import_words / sizeof import_words[0]; i++) {
        if (str_eq(call->flags->words[0], str_of(import_words[i].word))) {
            return &import_words[i];
        }
    }
    return NULL;
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
    if (word_of(call) == NULL) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_WHAT);
        return false;
    }
    return day_given(call, FLAG_FROM, &day) && day_given(call, FLAG_UNTIL, &day);
}

static bool read_all(int fd, char *p, size_t n)
{
    for (size_t got = 0; got < n;) {
        const ssize_t r = read(fd, p + got, n - got);
        if (r <= 0) {
            return false;
        }
        got += (size_t)r;
    }
    return true;
}

/* False when it has said why not. */
static bool file_read(const struct call *call, str name, str *out)
{
    struct stat s;
    const char *path = arena_cstr(call->arena, name);
    const int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    bool fine = fd >= 0 && fstat(fd, &s) == 0;
    struct fail f = {0};
    if (fine && confine_command(call->config, &f).code != ERR_OK) { /* before a byte of it is read */
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", str_of(f.log)));
        return false;
    }
    if (fine && s.st_size > FILE_MAX) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_LARGE, CLI_ARG("file", name),
                     CLI_ARG("n", arena_printf(call->arena, "%d", FILE_MAX)));
        (void)close(fd);
        return false;
    }
    char *p = fine ? arena_try(call->arena, (size_t)s.st_size + 1) : NULL;
    fine = p != NULL && read_all(fd, p, (size_t)s.st_size);
    if (!fine) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_FILE, CLI_ARG("file", name), CLI_ARG("why", str_of(errno_text(errno))));
    } else {
        *out = (str){p, (size_t)s.st_size};
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return fine;
}

int import_command(const struct call *call)
{
    const struct import_word *w = word_of(call);
    CHECK(w != NULL); /* import_complete() has looked */
    struct order o = {.kind = w->kind};
    if (!day_given(call, FLAG_FROM, &o.field[IMPORT_FROM]) ||
        !day_given(call, FLAG_UNTIL, &o.field[IMPORT_UNTIL]) ||
        !file_read(call, call->flags->words[1], &o.field[IMPORT_TEXT])) {
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
