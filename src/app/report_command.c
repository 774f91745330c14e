/* report_command.c: `sunwai report`: figures into a file. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "document_feature.h"
#include "exchange_feature.h"
#include "hands.h"
#include "place.h"
#include "report_feature.h"

enum { REPORT_BYTES_MAX = 16 << 20 };

enum report_file { FORM_CSV, FORM_JSON, FORM_XLSX, FORM_PDF, FORM_DOCX, FORMS };
static const str formats[FORMS] = {[FORM_CSV] = S_INIT("csv"),
                                   [FORM_JSON] = S_INIT("json"),
                                   [FORM_XLSX] = S_INIT("xlsx"),
                                   [FORM_PDF] = S_INIT("pdf"),
                                   [FORM_DOCX] = S_INIT("docx")};

/* Without one: csv. */
static bool format_of(const struct call *call, enum report_file *out)
{
    const str asked = call->flags->value[FLAG_FORMAT];
    *out = FORM_CSV;
    for (enum report_file f = FORM_CSV; f < FORMS; f++) {
        if (str_eq(asked, formats[f])) {
            *out = f;
            return true;
        }
    }
    return asked.p == NULL;
}

static enum report_file form_of(const struct call *call)
{
    enum report_file f;
    (void)format_of(call, &f);
    return f;
}

static bool by_worker(enum report_file f)
{
    return f == FORM_XLSX || f == FORM_PDF || f == FORM_DOCX;
}

/* What goes out to others as one file, whichever of these papers it is asked for with. */
static bool as_exchange(const struct call *call)
{
    const str name = call->flags->words_n == 1 ? call->flags->words[0] : S("");
    const str format = call->flags->value[FLAG_FORMAT];
    return (str_eq(format, S("iati")) || str_eq(format, S("adx"))) &&
           (str_eq(name, S("achievement")) || str_eq(name, S("annual")) || str_eq(name, S("attendance")));
}

static bool as_document(const struct call *call, enum document_kind *out)
{
    return call->flags->words_n == 1 && document_kind_of(call->flags->words[0], out);
}

/* "attendance, indicators, …" */
static str names_of(const struct call *call)
{
    enum { NAMES_MAX = 2000 };
    SCOPED(buf_free) struct buf b = buf_new(NAMES_MAX);
    size_t n;
    const struct report_way *all = report_ways(&n);
    for (size_t i = 0; i < n; i++) {
        buf_put(&b, i == 0 ? S("") : S(", "));
        buf_put(&b, all[i].name);
    }
    for (enum document_kind k = 0; k < DOCUMENT_KINDS; k++) {
        buf_put(&b, S(", "));
        buf_put(&b, document_names[k]);
    }
    return arena_str(call->arena, buf_str(&b));
}

static bool lang_right(const struct call *call, enum lang *out)
{
    const str asked = call->flags->value[FLAG_LANG];
    *out = LANG_EN;
    return asked.p == NULL || lang_of(asked, out);
}

static bool period_right(const struct call *call, struct period *out)
{
    const str asked = call->flags->value[FLAG_PERIOD];
    *out = period_all();
    return asked.p == NULL || period_of(asked, out).code == ERR_OK;
}

/* Documents and IATI are made of figures that are kept by month; of ADX whole quarters are taken. */
static bool months_right(const struct call *call, struct period p)
{
    enum document_kind kind;
    const bool iati = str_eq(call->flags->value[FLAG_FORMAT], S("iati"));
    return period_whole_months(p) || !(as_exchange(call) ? iati : as_document(call, &kind));
}

bool report_complete(const struct call *call)
{
    const struct flags *f = call->flags;
    enum report_file form;
    enum lang lang;
    struct period p;
    if (f->words_n != 1) {
        CLI_COMPLAIN(MSG_CLI_REPORT_WHAT, CLI_ARG("names", names_of(call)));
        return false;
    }
    enum document_kind kind;
    if (!as_exchange(call) && !as_document(call, &kind) && report_way_find(f->words[0]) == NULL) {
        CLI_COMPLAIN(MSG_CLI_REPORT_UNKNOWN, CLI_ARG("name", f->words[0]), CLI_ARG("names", names_of(call)));
        return false;
    }
    if (!as_exchange(call) && !format_of(call, &form)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_FORMAT, CLI_ARG("format", f->value[FLAG_FORMAT]));
        return false;
    }
    if (!period_right(call, &p)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_PERIOD, CLI_ARG("period", f->value[FLAG_PERIOD]));
        return false;
    }
    if (!months_right(call, p)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_MONTHS, CLI_ARG("period", f->value[FLAG_PERIOD]));
        return false;
    }
    if (!lang_right(call, &lang)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_LANG, CLI_ARG("lang", f->value[FLAG_LANG]));
        return false;
    }
    return true;
}

/* Files that the worker makes. */
static err made_write(struct ctx *c, const struct report_way *r, const struct report_query *q,
                      const struct report_made *made, enum report_file form, struct buf *out)
{
    struct book_draft book_draft;
    struct paper_draft paper_draft;
    const struct book *book;
    const struct paper *paper;
    struct work_done done = {0};
    err e;
    if (form == FORM_XLSX) {
        TRY(report_as_book(c, r, q, made, &book_draft, &book));
        e = book_xlsx(book, &done);
    } else {
        TRY(report_as_paper(c, r, q, made, &paper_draft, &paper));
        e = form == FORM_PDF ? paper_pdf(paper, &done) : paper_docx(paper, &done);
    }
    if (e.code == ERR_OK) {
        buf_put(out, buf_str(&done.made[0]));
    }
    work_free(&done);
    return e;
}

static err exchange_report(const struct call *call, struct ctx *c, struct buf *out)
{
    struct exchange_ask ask = {.unit = 0};
    const bool adx = str_eq(call->flags->value[FLAG_FORMAT], S("adx"));
    (void)period_right(call, &ask.period);
    if (call->flags->value[FLAG_UNIT].p != NULL) {
        TRY(exchange_ask_of(c, call->flags->value[FLAG_UNIT], &ask));
    }
    return adx ? adx_write(c, &ask, out) : iati_write(c, &ask, out);
}

static err report_write(const struct call *call, struct ctx *c, struct buf *out)
{
    const struct report_way *r = report_way_find(call->flags->words[0]);
    struct report_query q = {.unit = call->flags->value[FLAG_UNIT]};
    struct report_made made;
    const enum report_file form = form_of(call);
    (void)period_right(call, &q.period);
    TRY(report_make(c, r, &q, form == FORM_PDF || form == FORM_DOCX, &made));
    if (by_worker(form)) {
        TRY(made_write(c, r, &q, &made, form, out));
    } else if (form == FORM_JSON) {
        report_json(c, r, &q, &made, out);
        buf_putc(out, '\n');
    } else {
        report_csv(c, &made, out);
    }
    return out->full ? FAIL(LIMIT) : OK;
}

static void arena_close(struct arena **a)
{
    arena_free(*a);
}

static err document_write(const struct call *call, struct ctx *given, enum document_kind kind,
                          struct buf *out)
{
    SCOPED(arena_close) struct arena *own = arena_open(DOCUMENT_ARENA);
    struct ctx there = *given;
    struct ctx *c = &there;
    struct document_made made;
    struct document_ask ask = {.kind = kind, .unit = call->flags->value[FLAG_UNIT]};
    c->arena = own;
    (void)period_right(call, &ask.period);
    TRY(document_make(c, &ask, &made));
    static const enum document_form as[FORMS] = {[FORM_CSV] = FILE_AS_CSV,
                                                 [FORM_JSON] = FILE_AS_JSON,
                                                 [FORM_XLSX] = FILE_AS_XLSX,
                                                 [FORM_PDF] = FILE_AS_PDF,
                                                 [FORM_DOCX] = FILE_AS_DOCX};
    return document_bytes(c, &made, as[form_of(call)], out);
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

/* Whether what is asked for can be made; before there is any thread. */
static bool hands_ready(const struct call *call, struct hands *h)
{
    *h = (struct hands){.crew = NULL};
    if (!by_worker(form_of(call)) || hands_open(h, call->config)) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_REPORT_NO_WORKER);
    return false;
}

static err any_write(const struct call *call, struct ctx *c, struct buf *out)
{
    enum document_kind kind;
    return as_exchange(call)          ? exchange_report(call, c, out)
           : as_document(call, &kind) ? document_write(call, c, kind, out)
                                      : report_write(call, c, out);
}

static err report_read(const struct call *call, struct buf *out, struct fail *f)
{
    struct store_config config = config_store(call->config);
    config.read_only = true;
    struct store *s = NULL;
    enum lang lang = LANG_EN;
    (void)lang_right(call, &lang);
    TRY(store_open(&config, &s, f));
    struct ctx c = {.arena = call->arena,
                    .db = store_reader(s),
                    .store = s,
                    .fail = f,
                    .actor = {.role = ROLE_SYSTEM},
                    .now_ms = clock_now_ms(),
                    .lang = (int)lang,
                    .writer = -1};
    /* All that it reads is of one state, while the server goes on writing. */
    err e = db_begin(c.db);
    if (e.code == ERR_OK) {
        e = any_write(call, &c, out);
        IGNORE(db_rollback(c.db)); /* nothing was written: there is nothing that could fail to be undone */
    }
    store_close(s);
    return e;
}

int report_command(const struct call *call)
{
    struct fail f = {0};
    struct hands hands;
    SCOPED(buf_free) struct buf out = buf_new(REPORT_BYTES_MAX);
    const bool ready = hands_ready(call, &hands);
    err e = ready ? report_read(call, &out, &f) : FAIL(BUSY);
    if (by_worker(form_of(call))) {
        hands_close(&hands);
    }
    if (!ready) {
        return EXIT_FAILED;
    }
    if (e.code == ERR_OK) {
        e = file_put(call, buf_str(&out), &f);
    }
    if (e.code == ERR_NOT_FOUND && call->flags->value[FLAG_UNIT].p != NULL) {
        CLI_COMPLAIN(MSG_CLI_REPORT_UNIT, CLI_ARG("unit", call->flags->value[FLAG_UNIT]));
        return EXIT_USAGE;
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}
