/* report_command.c: `sunwai report`: figures into a file. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "report_feature.h"

enum { REPORT_BYTES_MAX = 1 << 20 };

static const struct {
    str name;
    bool json;
} formats[] = {{S_INIT("csv"), false}, {S_INIT("json"), true}};
enum { FORMATS_N = sizeof formats / sizeof formats[0] };

/* Without one: csv. */
static bool format_of(const struct call *call, bool *out_json)
{
    const str asked = call->flags->value[FLAG_FORMAT];
    *out_json = false;
    for (size_t i = 0; i < FORMATS_N; i++) {
        if (str_eq(asked, formats[i].name)) {
            *out_json = formats[i].json;
            return true;
        }
    }
    return asked.p == NULL;
}

bool report_complete(const struct call *call)
{
    const struct flags *f = call->flags;
    bool json;
    if (f->words_n != 1) {
        CLI_COMPLAIN(MSG_CLI_REPORT_WHAT);
        return false;
    }
    if (!str_eq(f->words[0], S("attendance"))) {
        CLI_COMPLAIN(MSG_CLI_REPORT_UNKNOWN, CLI_ARG("name", f->words[0]));
        return false;
    }
    if (!format_of(call, &json)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_FORMAT, CLI_ARG("format", f->value[FLAG_FORMAT]));
        return false;
    }
    return true;
}

static err attendance_write(struct ctx *c, bool json, struct buf *out)
{
    struct attendance of;
    struct table t;
    TRY(attendance_by_province(c, &of));
    TRY(attendance_table(c, &of, &t));
    if (json) {
        struct json j = json_to(out);
        table_json(&t, c->arena, &j);
        buf_putc(out, '\n');
    } else {
        table_csv(&t, LANG_EN, c->arena, out);
    }
    return out->full ? FAIL(LIMIT) : OK;
}

static err file_put(const struct call *call, str text, struct fail *f)
{
    const str path = call->flags->value[FLAG_OUT];
    if (path.p == NULL) {
        cli_raw(text);
        return OK;
    }
    const int fd = open(arena_cstr(call->arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool kept = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    return kept ? OK : fail_log(f, ERR_IO, "%.*s: %s", STR_F(path), errno_text(why));
}

int report_command(const struct call *call)
{
    struct store_config config = config_store(call->config);
    config.read_only = true;
    struct fail f = {0};
    struct store *s = NULL;
    bool json = false;
    (void)format_of(call, &json);
    SCOPED(buf_free) struct buf out = buf_new(REPORT_BYTES_MAX);
    err e = store_open(&config, &s, &f);
    if (e.code == ERR_OK) {
        struct ctx c = {.arena = call->arena,
                        .db = store_reader(s),
                        .store = s,
                        .fail = &f,
                        .actor = {.role = ROLE_SYSTEM},
                        .now_ms = clock_now_ms(),
                        .lang = LANG_EN,
                        .writer = -1};
        e = attendance_write(&c, json, &out);
        store_close(s);
    }
    if (e.code == ERR_OK) {
        e = file_put(call, buf_str(&out), &f);
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}
