/* backup_command.c: `sunwai backup` and `sunwai restore`: what is said, and what is noted in the database. */
#include "account.h"
#include "audit.h"
#include "backup.h"
#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "confinement.h"
#include "format.h"
#include "lock.h"
#include "meta.sql.h"
#include "order.h"

enum { ANSWER_MAX = 16 * 1024, MEGABYTE = 1024 * 1024 };

static bool given(const struct call *call, enum flag f)
{
    if (call->flags->value[f].n > 0) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_FLAG_MISSING, CLI_ARG("flag", str_of(flag_name(f))));
    return false;
}

bool backup_complete(const struct call *call)
{
    return given(call, FLAG_OUT);
}

bool restore_complete(const struct call *call)
{
    return given(call, FLAG_FROM) && given(call, FLAG_KEY);
}

static str number(struct arena *a, int64_t n)
{
    return arena_printf(a, "%lld", (long long)n);
}

static const char *path_of(const struct call *call, enum flag f)
{
    const str value = call->flags->value[f];
    return value.n > 0 ? arena_cstr(call->arena, value) : NULL;
}

/* ---- backup ---- */

/* The database learns of it, so that the page of backups, the figures and the log do. */
static err note(const struct call *call, const struct backup_made *made, struct buf *answer)
{
    struct arena *a = call->arena;
    struct order o = {.kind = ORDER_BACKUP};
    o.field[BACKUP_CODE] = str_of(made->code);
    o.field[BACKUP_MADE] = number(a, made->made_ms);
    o.field[BACKUP_VERIFIED] = number(a, made->verified_ms);
    o.field[BACKUP_UNTIL] = number(a, made->keys_until_ms);
    o.field[BACKUP_CASES] = number(a, made->cases);
    o.field[BACKUP_BYTES] = number(a, made->bytes);
    o.field[BACKUP_HEAD] = str_of(made->head);
    return order_give(call->config, &o, answer);
}

static void say_made(const struct call *call, const struct backup_made *made)
{
    struct arena *a = call->arena;
    const str file = call->flags->value[FLAG_OUT];
    CLI_SAY(MSG_CLI_BACKUP_DONE, CLI_ARG("file", file), CLI_ARG("cases", number(a, made->cases)),
            CLI_ARG("mb", number(a, (made->bytes + MEGABYTE - 1) / MEGABYTE)),
            CLI_ARG("seconds", number(a, (made->verified_ms - made->made_ms + 999) / 1000)));
    CLI_SAY(MSG_CLI_BACKUP_VERIFIED, CLI_ARG("rows", number(a, made->rows)),
            CLI_ARG("head", str_of(made->head)));
    CLI_SAY(MSG_CLI_BACKUP_KEYS, CLI_ARG("file", file), CLI_ARG("keys", number(a, made->keys)),
            CLI_ARG("day", format_day(a, LANG_EN, local_day(made->keys_until_ms))));
    if (made->pruned > 0) {
        CLI_SAY(MSG_CLI_BACKUP_PRUNED, CLI_ARG("n", number(a, made->pruned)));
    }
    CLI_SAY(MSG_CLI_BACKUP_KEY, CLI_ARG("dir", str_of(call->config->data)));
}

int backup_command(const struct call *call)
{
    const struct store_config store = config_store(call->config);
    const int64_t now = clock_now_ms();
    const struct backup_wish wish = {
        .store = &store,
        .file = path_of(call, FLAG_OUT),
        .now_ms = now,
        .keys_until_ms = day_at_ms(day_add(local_day(now), call->config->backup_keys_days), 0, 0),
    };
    struct backup_made made;
    struct fail f = {0};
    const err e = wish.file != NULL ? backup_make(&wish, &made, &f) : FAIL(INVALID);
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX);
    say_made(call, &made);
    if (note(call, &made, &answer).code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_BACKUP_UNNOTED, CLI_ARG("why", str_trim(buf_str(&answer))));
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}

/* ---- restore ---- */

/* In the restored database, before anybody signs in to it. */
static err renew(struct ctx *c, const struct restored *r)
{
    const struct q_backup_add_in row = {.backup_code = str_of(r->of.code),
                                        .made_ms = r->of.made_ms,
                                        .verified_ms = c->now_ms,
                                        .keys_until_ms = r->keys_until_ms,
                                        .cases_n = r->cases,
                                        .bytes_n = r->bytes};
    TRY(account_sign_out_everybody(c));
    TRY(q_backup_add(c->db, &row, NULL));
    const str detail =
        arena_printf(c->arena, "backup=%s head=%s keys=%lld", r->of.code, r->head, (long long)r->keys);
    return audit_add(c, &(struct audit_entry){.event = S("backup.restored"), .detail = detail});
}

static void say_restored(const struct call *call, const struct restored *r)
{
    struct arena *a = call->arena;
    CLI_SAY(MSG_CLI_RESTORE_DONE, CLI_ARG("dir", str_of(call->config->data)),
            CLI_ARG("cases", number(a, r->cases)), CLI_ARG("time", format_time(a, LANG_EN, r->of.made_ms)));
    CLI_SAY(MSG_CLI_RESTORE_CHECKED, CLI_ARG("rows", number(a, r->rows)), CLI_ARG("head", str_of(r->head)));
    if (r->with_keys) {
        CLI_SAY(MSG_CLI_RESTORE_KEYS, CLI_ARG("keys", number(a, r->keys)),
                CLI_ARG("destroyed", number(a, r->destroyed)));
    } else {
        CLI_SAY(MSG_CLI_RESTORE_NO_KEYS, CLI_ARG("file", call->flags->value[FLAG_FROM]));
    }
    if (r->newer_lists > 0) {
        CLI_SAY(MSG_CLI_RESTORE_NEWER, CLI_ARG("n", number(a, r->newer_lists)));
    }
    CLI_SAY(MSG_CLI_RESTORE_SESSIONS);
    CLI_SAY(MSG_CLI_RESTORE_NEXT, CLI_ARG("dir", str_of(call->config->data)));
}

int restore_command(const struct call *call)
{
    if (call->config->database != NULL) {
        CLI_COMPLAIN(MSG_CLI_RESTORE_POSTGRES);
        return EXIT_FAILED;
    }
    const struct restore_wish wish = {.dir = call->config->data,
                                      .file = path_of(call, FLAG_FROM),
                                      .keys = path_of(call, FLAG_KEYS),
                                      .key_file = path_of(call, FLAG_KEY),
                                      .now_ms = clock_now_ms(),
                                      .renew = renew};
    struct restored done;
    struct fail f = {0};
    err e = wish.file != NULL && wish.key_file != NULL ? confine_restore(call->config, &f) : FAIL(INVALID);
    if (e.code == ERR_OK) { /* a backup may be anybody's work */
        e = backup_restore(&wish, &done, &f);
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    say_restored(call, &done);
    return EXIT_FINE;
}
