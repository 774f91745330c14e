/* kit_command.c: `sunwai kit key|export|import`: what one installation passes on to another, as a signed
 * file. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "file_given.h"
#include "kit.h"
#include "kit_sound.h"
#include "order.h"
#include "random.h"

enum { ANSWER_MAX = 32 * 1024, SECRET_HEX = 2 * KIT_SECRET_LEN, LIST_MAX = 16 << 20 };

static const char *const words[] = {"key", "export", "import"};
enum word { WORD_KEY, WORD_EXPORT, WORD_IMPORT, WORDS };

static enum word word_of(const struct call *call)
{
    for (enum word w = 0; call->flags->words_n == 1 && w < WORDS; w++) {
        if (str_eq(call->flags->words[0], str_of(words[w]))) {
            return w;
        }
    }
    return WORDS;
}

static bool day_given(const struct call *call, str *out)
{
    const str text = call->flags->value[FLAG_DAY];
    int64_t day;
    *out = STR_NONE;
    if (text.p == NULL) {
        return true;
    }
    if (text.n == 10 && text.p[4] == '-' && text.p[7] == '-') {
        *out = arena_printf(call->arena, "%.4s%.2s%.2s", text.p, text.p + 5, text.p + 8);
    }
    return str_i64(*out, &day) && day_valid(day);
}

bool kit_complete(const struct call *call)
{
    const enum word w = word_of(call);
    const enum flag file = w == WORD_EXPORT ? FLAG_OUT : FLAG_FROM;
    struct kit_choice choice;
    str day;
    if (w == WORDS) {
        CLI_COMPLAIN(MSG_CLI_KIT_WHAT);
        return false;
    }
    if (w != WORD_KEY && call->flags->value[file].n == 0) {
        CLI_COMPLAIN(MSG_CLI_FLAG_MISSING, CLI_ARG("flag", str_of(flag_name(file))));
        return false;
    }
    if (!day_given(call, &day)) {
        CLI_COMPLAIN(MSG_CLI_DAY_WRONG, CLI_ARG("flag", str_of(flag_name(FLAG_DAY))));
        return false;
    }
    if (!kit_choice_of(call->flags->value[FLAG_ACCEPT], &choice)) {
        CLI_COMPLAIN(MSG_CLI_KIT_ACCEPT, CLI_ARG("text", call->flags->value[FLAG_ACCEPT]));
        return false;
    }
    return true;
}

/* ---- the key of this installation: DIR/kit.key, for nobody else to read ---- */

static const char *key_path(const struct call *call)
{
    return arena_cstr(call->arena, arena_printf(call->arena, "%s/kit.key", call->config->data));
}

static bool key_read(const struct call *call, uint8_t secret[KIT_SECRET_LEN])
{
    char hex[SECRET_HEX];
    const int fd = open(key_path(call), O_RDONLY | O_CLOEXEC);
    const bool fine = fd >= 0 && read(fd, hex, sizeof hex) == (ssize_t)sizeof hex &&
                      hex_to((str){hex, sizeof hex}, secret, KIT_SECRET_LEN);
    if (fd >= 0) {
        (void)close(fd);
    }
    explicit_bzero(hex, sizeof hex);
    return fine;
}

static bool key_write(const struct call *call, uint8_t secret[KIT_SECRET_LEN])
{
    char hex[SECRET_HEX];
    kit_key_make(secret);
    hex_of(secret, KIT_SECRET_LEN, hex);
    const int fd = open(key_path(call), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool fine = fd >= 0 && write(fd, hex, sizeof hex) == (ssize_t)sizeof hex &&
                      write(fd, "\n", 1) == 1 && fsync(fd) == 0;
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    explicit_bzero(hex, sizeof hex);
    if (!fine) {
        CLI_COMPLAIN(MSG_CLI_KIT_FILE, CLI_ARG("file", str_of(key_path(call))),
                     CLI_ARG("why", str_of(errno_text(why))));
    }
    return fine;
}

/* The second half of the secret is the public key. */
static str print_of(const struct call *call, const uint8_t secret[KIT_SECRET_LEN])
{
    char hex[HEX_OF_32];
    char print[KIT_PRINT_LEN];
    hex_of(secret + KIT_KEY_LEN, KIT_KEY_LEN, hex);
    CHECK(kit_print((str){hex, sizeof hex}, print));
    return arena_str(call->arena, (str){print, sizeof print});
}

static int key_command(const struct call *call)
{
    uint8_t secret[KIT_SECRET_LEN];
    const bool fine = key_read(call, secret) || key_write(call, secret);
    if (fine) {
        CLI_SAY(MSG_CLI_KIT_KEY, CLI_ARG("print", print_of(call, secret)));
    }
    explicit_bzero(secret, sizeof secret);
    return fine ? EXIT_FINE : EXIT_FAILED;
}

/* ---- export ---- */

static err with_reader(const struct call *call, struct arena *a, struct fail *f,
                       err (*run)(struct ctx *c, void *arg), void *arg)
{
    struct store_config config = config_store(call->config);
    struct store *s = NULL;
    config.read_only = true;
    TRY(store_open(&config, &s, f));
    struct ctx c = {.arena = a,
                    .db = store_reader(s),
                    .store = s,
                    .fail = f,
                    .actor = {.role = ROLE_SYSTEM},
                    .now_ms = clock_now_ms(),
                    .writer = -1};
    err e = c.db == NULL ? FAIL(IO) : db_begin(c.db);
    if (e.code == ERR_OK) {
        e = run(&c, arg);
        IGNORE(db_rollback(c.db)); /* nothing was written */
    }
    store_close(s);
    return e;
}

struct exporting {
    str unit;
    const uint8_t *secret;
    struct buf *out;
    size_t entries, silent; /* silent: recordings for which it has no room */
};

static err export_run(struct ctx *c, void *arg)
{
    struct exporting *x = arg;
    struct kit kit;
    TRY(kit_stands(c, x->unit, &kit));
    x->entries = kit.n;
    x->silent = kit.silent;
    return kit_sign(&kit, x->secret, x->out);
}

static bool file_put(const struct call *call, str text)
{
    const str path = call->flags->value[FLAG_OUT];
    const int fd = open(arena_cstr(call->arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool kept = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    if (!kept) {
        CLI_COMPLAIN(MSG_CLI_KIT_FILE, CLI_ARG("file", path), CLI_ARG("why", str_of(errno_text(why))));
    }
    return kept;
}

static void arena_close(struct arena **a)
{
    arena_free(*a);
}

static int export_command(const struct call *call)
{
    SCOPED(arena_close) struct arena *a = arena_open(KIT_ARENA);
    SCOPED(buf_free) struct buf out = buf_new(KIT_BYTES_MAX);
    uint8_t secret[KIT_SECRET_LEN];
    struct exporting x = {.unit = call->flags->value[FLAG_FOR], .secret = secret, .out = &out};
    struct fail f = {0};
    if (!key_read(call, secret)) {
        CLI_COMPLAIN(MSG_CLI_KIT_NO_KEY);
        return EXIT_FAILED;
    }
    const err e = with_reader(call, a, &f, export_run, &x);
    const str print = print_of(call, secret);
    explicit_bzero(secret, sizeof secret);
    if (e.code == ERR_NOT_FOUND) {
        CLI_COMPLAIN(MSG_CLI_REPORT_UNIT, CLI_ARG("unit", x.unit));
        return EXIT_USAGE;
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    if (!file_put(call, buf_str(&out))) {
        return EXIT_FAILED;
    }
    CLI_SAY(MSG_CLI_KIT_EXPORTED, CLI_ARG("file", call->flags->value[FLAG_OUT]),
            CLI_ARG("n", arena_printf(call->arena, "%zu", x.entries)),
            CLI_ARG("bytes", arena_printf(call->arena, "%zu", out.n)), CLI_ARG("print", print));
    if (x.silent > 0) {
        CLI_SAY(MSG_CLI_KIT_SILENT, CLI_ARG("n", arena_printf(call->arena, "%zu", x.silent)));
    }
    return EXIT_FINE;
}

/* ---- import ---- */

/* All of a value, on one line. */
static void value_shown(str value, struct buf *out)
{
    if (value.n == 0) {
        buf_put(out, S("-"));
    }
    for (size_t at = 0; at < value.n;) {
        const uint32_t u = str_next(value, &at);
        if (u == '\n') {
            buf_put(out, S("\\n"));
        } else {
            buf_utf8(out, u);
        }
    }
}

static void field_shown(str name, str ours, str theirs, struct buf *out)
{
    if (str_eq(ours, theirs)) {
        return;
    }
    buf_printf(out, "    %.*s: ", STR_F(name));
    value_shown(ours, out);
    buf_put(out, S(" > "));
    value_shown(theirs, out);
    buf_putc(out, '\n');
}

/* Field by field, what stands here and what is in the kit: all of it, so that nothing is taken unread. */
static void row_shown(const struct kit_difference *d, struct buf *out)
{
    static const char *const marks[KIT_CHANGES] = {"added  ", "changed", "ours   ", "ended  "};
    const struct kit_entry *t = d->theirs;
    const struct kit_entry *o = d->ours;
    buf_printf(out, "%s %.*s %.*s\n", marks[d->change], STR_F(kit_kind_codes[d->kind]),
               STR_F(t != NULL ? t->code : o->code));
    for (size_t i = 0; t != NULL && i < t->fields_n; i++) {
        const str name = t->fields[i].name;
        if (t->kind == KIT_PROMPT && kit_sound_field(name)) {
            continue; /* its checksum and its length stand for it */
        }
        field_shown(name, o != NULL ? kit_value(o, name) : S(""), t->fields[i].value, out);
    }
    for (size_t i = 0; o != NULL && i < o->fields_n; i++) {
        if (t == NULL || kit_value(t, o->fields[i].name).n == 0) {
            field_shown(o->fields[i].name, o->fields[i].value, S(""), out);
        }
    }
}

struct comparing {
    const struct call *call;
    str text;
    struct buf *out;
    str mark; /* of what was printed */
};

static err compare_run(struct ctx *c, void *arg)
{
    struct comparing *x = arg;
    struct kit_plan plan;
    TRY(kit_compare(c, x->text, &plan));
    TRY(kit_key_check(c, &plan.theirs, x->call->flags->value[FLAG_FINGERPRINT]));
    for (size_t i = 0; i < plan.n; i++) {
        row_shown(&plan.rows[i], x->out);
    }
    x->mark = kit_mark(c, &plan);
    return x->out->full ? FAIL(LIMIT) : OK;
}

static int import_give(const struct call *call, const struct comparing *x)
{
    struct order o = {.kind = ORDER_KIT};
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX);
    o.field[KIT_TEXT] = x->text;
    o.field[KIT_SEEN] = x->mark;
    o.field[KIT_ACCEPT] = call->flags->value[FLAG_ACCEPT];
    o.field[KIT_TYPED] = call->flags->value[FLAG_FINGERPRINT];
    CHECK(day_given(call, &o.field[KIT_FROM])); /* kit_complete() has looked */
    const err e = order_give(call->config, &o, &answer);
    const str said = answer.n > 0 ? buf_str(&answer) : str_of(err_name(e));
    if (e.code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", said));
        return EXIT_FAILED;
    }
    CLI_SAY(MSG_CLI_AS_IT_IS, CLI_ARG("text", said));
    return EXIT_FINE;
}

static int take_command(const struct call *call)
{
    SCOPED(arena_close) struct arena *a = arena_open(KIT_ARENA);
    SCOPED(buf_free) struct buf out = buf_new(LIST_MAX);
    struct comparing x = {.call = call, .out = &out};
    struct fail f = {0};
    if (!file_given(call, call->flags->value[FLAG_FROM], KIT_BYTES_MAX, &x.text)) {
        return EXIT_FAILED;
    }
    const err e = with_reader(call, a, &f, compare_run, &x);
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    cli_raw(buf_str(&out));
    if (call->flags->value[FLAG_DRY_RUN].p != NULL) {
        CLI_SAY(MSG_CLI_KIT_DRY);
        return EXIT_FINE;
    }
    return import_give(call, &x);
}

int kit_command(const struct call *call)
{
    static int (*const run[WORDS])(const struct call *call) = {
        [WORD_KEY] = key_command, [WORD_EXPORT] = export_command, [WORD_IMPORT] = take_command};
    const enum word w = word_of(call);
    return w == WORDS ? EXIT_USAGE : run[w](call);
}
