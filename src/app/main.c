/* main.c: the table of commands. */
#include "buf.h"
#include "cli.h"
#include "commands.h"
#include "load.h"
#include "tls_ca.h"
#include "version.h"

enum { CALL_ARENA = 8 * 1024 * 1024, HELP_MAX = 16 * 1024 };

static const struct command {
    const char *name;
    int (*run)(const struct call *call);
    uint64_t flags;
    unsigned words; /* how many may follow that are no flags */
    bool needs_data;
    enum msg help;                             /* MSG_NONE: not shown */
    bool (*complete)(const struct call *call); /* says what else is missing, before the folder is asked for */
} commands[] = {
    {"init", init_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_INIT, NULL},
    {"serve", serve_command, FLAGS_SERVE, 0, true, MSG_CLI_HELP_SERVE, NULL},
    {"web", web_command,
     FLAGS_SERVE | FLAG_BIT(FD) | FLAG_BIT(READY) | FLAG_BIT(PLAIN_FD) | FLAG_BIT(AFTER) | FLAG_BIT(WORKER) |
         FLAG_BIT(COURIER),
     0, true, MSG_NONE, web_complete},
    {"try", try_command, FLAGS_SERVE, 0, true, MSG_NONE, NULL},
    {"restart", restart_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_RESTART, NULL},
    {"migrate", migrate_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_MIGRATE, NULL},
    {"demo", demo_command, FLAGS_DATA | FLAG_BIT(CASES) | FLAG_BIT(FIXTURE), 0, true, MSG_CLI_HELP_DEMO,
     NULL},
    {"load", load_command, FLAGS_DATA | FLAG_BIT(CASES) | FLAG_BIT(SEED) | FLAG_BIT(DAYS), 0, true,
     MSG_CLI_HELP_LOAD, load_complete},
    {"user", user_command,
     FLAGS_DATA | FLAG_BIT(LOGIN) | FLAG_BIT(ROLE) | FLAG_BIT(DISTRICT) | FLAG_BIT(UNIT) | FLAG_BIT(OFFICE) |
         FLAG_BIT(NAME),
     1, true, MSG_CLI_HELP_USER, user_complete},
    {"token", token_command, FLAGS_DATA | FLAG_BIT(USER), 0, true, MSG_CLI_HELP_TOKEN, token_complete},
    {"import", import_command, FLAGS_DATA | FLAG_BIT(FROM) | FLAG_BIT(UNTIL), 2, true, MSG_CLI_HELP_IMPORT,
     import_complete},
    {"kit", kit_command,
     FLAGS_DATA | FLAG_BIT(OUT) | FLAG_BIT(FOR) | FLAG_BIT(FROM) | FLAG_BIT(DRY_RUN) | FLAG_BIT(ACCEPT) |
         FLAG_BIT(DAY) | FLAG_BIT(FINGERPRINT),
     1, true, MSG_CLI_HELP_KIT, kit_complete},
    {"prompts", prompts_command, FLAGS_DATA | FLAG_BIT(LANG), 1, true, MSG_CLI_HELP_PROMPTS,
     prompts_complete},
    {"jobs", jobs_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_JOBS, NULL},
    {"backup", backup_command, FLAGS_DATA | FLAG_BIT(OUT), 0, true, MSG_CLI_HELP_BACKUP, backup_complete},
    {"restore", restore_command, FLAGS_DATA | FLAG_BIT(FROM) | FLAG_BIT(KEY) | FLAG_BIT(KEYS), 0, true,
     MSG_CLI_HELP_RESTORE, restore_complete},
    {"verify", verify_command, FLAGS_DATA | FLAG_BIT(WITNESS) | FLAG_BIT(HEAD), 0, true, MSG_CLI_HELP_VERIFY,
     NULL},
    {"report", report_command,
     FLAGS_DATA | FLAG_BIT(FORMAT) | FLAG_BIT(OUT) | FLAG_BIT(PERIOD) | FLAG_BIT(UNIT) | FLAG_BIT(LANG), 1,
     true, MSG_CLI_HELP_REPORT, report_complete},
    {"tls-ca", tls_ca_command, FLAGS_DATA | FLAG_BIT(NAME) | FLAG_BIT(HOST), 0, true, MSG_CLI_HELP_TLS_CA,
     NULL},
    {"routes", routes_command, FLAGS_DATA, 0, false, MSG_CLI_HELP_ROUTES, NULL},
};
enum { COMMANDS_N = sizeof commands / sizeof commands[0] };

static const struct command *command_find(str name)
{
    for (size_t i = 0; i < COMMANDS_N; i++) {
        if (str_eq(name, str_of(commands[i].name))) {
            return &commands[i];
        }
    }
    return NULL;
}

static bool asks_for_help(str word)
{
    return str_eq(word, S("help")) || str_eq(word, S("--help")) || str_eq(word, S("-h"));
}

static void say_command(struct buf *out, const char *name, enum msg help)
{
    buf_printf(out, "  %-10s", name);
    msg_put(out, LANG_EN, help, 1, NULL, 0);
    buf_putc(out, '\n');
}

static void say_help(void)
{
    SCOPED(buf_free) struct buf out = buf_new(HELP_MAX);
    msg_put(&out, LANG_EN, MSG_CLI_HELP_HEAD, 1, NULL, 0);
    buf_put(&out, S("\n\n"));
    for (size_t i = 0; i < COMMANDS_N; i++) {
        if (commands[i].help != MSG_NONE) {
            say_command(&out, commands[i].name, commands[i].help);
        }
    }
    say_command(&out, "version", MSG_CLI_HELP_VERSION);
    say_command(&out, "help", MSG_CLI_HELP_HELP);
    buf_putc(&out, '\n');
    msg_put(&out, LANG_EN, MSG_CLI_HELP_FOOT, 1, NULL, 0);
    buf_putc(&out, '\n');
    cli_raw(buf_str(&out));
}

static int say_unknown(str name)
{
    CLI_COMPLAIN(MSG_CLI_COMMAND_UNKNOWN, CLI_ARG("command", name));
    return EXIT_USAGE;
}

static int say_help_of(str name)
{
    const struct command *command = command_find(name);
    if (asks_for_help(name) || str_eq(name, S("version"))) {
        say_help();
        return EXIT_FINE;
    }
    if (command == NULL || command->help == MSG_NONE) {
        return say_unknown(name);
    }
    SCOPED(buf_free) struct buf out = buf_new(HELP_MAX);
    const struct msg_arg args[] = {{"command", name}};
    msg_put(&out, LANG_EN, MSG_CLI_HELP_OF, 1, args, 1);
    buf_put(&out, S("\n\n"));
    say_command(&out, command->name, command->help);
    buf_putc(&out, '\n');
    msg_put(&out, LANG_EN, MSG_CLI_HELP_FLAGS, 1, NULL, 0);
    for (enum flag f = 0; f < FLAG_N; f++) {
        if ((command->flags & (UINT64_C(1) << f)) != 0) {
            buf_printf(&out, " --%s", flag_name(f));
        }
    }
    buf_putc(&out, '\n');
    cli_raw(buf_str(&out));
    return EXIT_FINE;
}

static bool flags_fine(const struct command *command, int argc, char *const argv[], struct flags *out)
{
    static const enum msg words[] = {[FLAGS_UNKNOWN] = MSG_CLI_FLAG_UNKNOWN,
                                     [FLAGS_NO_VALUE] = MSG_CLI_FLAG_NO_VALUE,
                                     [FLAGS_TOO_MANY] = MSG_CLI_FLAG_TOO_MANY};
    str culprit = STR_NONE;
    const enum flags_fault fault = flags_read(argc, argv, command->flags, command->words, out, &culprit);
    if (fault != FLAGS_FINE) {
        CLI_COMPLAIN(words[fault], CLI_ARG("word", culprit), CLI_ARG("command", str_of(command->name)));
    }
    return fault == FLAGS_FINE;
}

static int command_run(const struct command *command, int argc, char *const argv[])
{
    struct flags flags;
    if (!flags_fine(command, argc, argv, &flags)) {
        return EXIT_USAGE;
    }
    struct arena *arena = arena_open(CALL_ARENA);
    struct fail f = {0};
    struct config config;
    const err e = config_load(arena, &flags, &config, &f);
    const struct call call = {.arena = arena, .flags = &flags, .config = &config, .argc = argc, .argv = argv};
    int code = EXIT_CONFIG;
    if (command->complete != NULL && !command->complete(&call)) {
        code = EXIT_USAGE;
    } else if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
    } else if (config.data == NULL && command->needs_data && flags.value[FLAG_CHECK_CONFIG].p == NULL) {
        CLI_COMPLAIN(MSG_CLI_NO_DATA, CLI_ARG("command", str_of(command->name)));
        code = EXIT_USAGE;
    } else {
        code = command->run(&call);
    }
    arena_free(arena);
    return code;
}

int main(int argc, char *argv[])
{
    const str name = argc > 1 ? str_of(argv[1]) : S("help");
    if (asks_for_help(name) && argc > 2) {
        return say_help_of(str_of(argv[2]));
    }
    if (asks_for_help(name)) {
        say_help();
        return argc > 1 ? EXIT_FINE : EXIT_USAGE;
    }
    if (str_eq(name, S("version")) || str_eq(name, S("--version"))) {
        CLI_SAY(MSG_CLI_VERSION, CLI_ARG("version", S(SUNWAI_VERSION)));
        return EXIT_FINE;
    }
    const struct command *command = command_find(name);
    if (command == NULL) {
        return say_unknown(name);
    }
    if (argc == 3 && asks_for_help(str_of(argv[2]))) {
        return say_help_of(name);
    }
    return command_run(command, argc - 2, argv + 2);
}
