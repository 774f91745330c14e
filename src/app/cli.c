/* cli.c: lines on standard output and standard error. */
#include "cli.h"

#include "buf.h"

enum { LINE_MAX_BYTES = 64 * 1024 };

static void write_line(FILE *to, const struct buf *line)
{
    /* Nobody can be told that standard output is gone; the exit code of a command says what it did. */
    (void)fwrite(line->p, 1, line->n, to);
    (void)fputc('\n', to);
    (void)fflush(to);
}

void cli_put(FILE *to, bool complaint, enum msg id, const struct msg_arg *args, size_t args_n)
{
    SCOPED(buf_free) struct buf line = buf_new(LINE_MAX_BYTES);
    if (complaint) {
        buf_put(&line, S("sunwai: "));
    }
    msg_put(&line, LANG_EN, id, 1, args, args_n);
    write_line(to, &line);
}

void cli_raw(str text)
{
    (void)fwrite(text.p, 1, text.n, stdout);
    (void)fflush(stdout);
}

void cli_fail_text(struct buf *b, err e, const struct fail *f)
{
    if (f->message != 0) {
        struct msg_arg args[FAIL_ARGS];
        size_t n = 0;
        while (n < FAIL_ARGS && f->args[n].name != NULL) {
            args[n] = (struct msg_arg){f->args[n].name, f->args[n].value};
            n++;
        }
        msg_put(b, LANG_EN, (enum msg)f->message, 1, args, n);
        return;
    }
    buf_put(b, f->log[0] != '\0' ? str_of(f->log) : str_of(err_name(e)));
}

void cli_complain_fail(err e, const struct fail *f)
{
    SCOPED(buf_free) struct buf line = buf_new(LINE_MAX_BYTES);
    buf_put(&line, S("sunwai: "));
    cli_fail_text(&line, e, f);
    write_line(stderr, &line);
}
