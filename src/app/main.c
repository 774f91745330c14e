/* main.c: the table of commands. */
#include "buf.h"
#include "cli.h"
#include "commands.h"
#include "version.h"

enum { CALL_ARENA = 8 * 1024 * 1024, HELP_MAX = 16 * 1024 };

static const struct command {
    const char *name;
    int (*run)(const struct call *call);
    unsigned flags;
    unsigned words; /* how many may follow that are no flags */
    bool needs_data;
    enum msg help; /* MSG_NONE: not shown */
} commands[] = {
    {"init", init_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_INIT},
    {"serve", serve_command, FLAGS_SERVE, 0, true, MSG_CLI_HELP_SERVE},
    {"web", web_command, FLAGS_SERVE | FLAG_BIT(FD) | FLAG_BIT(READY), 0, true, MSG_NONE},
    {"migrate", migrate_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_MIGRATE},
    {"demo", demo_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_DEMO},
    {"user", user_command,
     FLAGS_DATA | FLAG_BIT(LOGIN) | FLAG_BIT(ROLE) | FLAG_BIT(DISTRICT) | FLAG_BIT(OFFICE) | FLAG_BIT(NAME),
     1, true, MSG_CLI_HELP_USER},
    {"token", token_command, FLAGS_DATA | FLAG_BIT(USER), 0, true, MSG_CLI_HELP_TOKEN},
    {"jobs", jobs_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_JOBS},
    {"verify", verify_command, FLAGS_DATA, 0, true, MSG_CLI_HELP_VERIFY},
    {"routes", routes_command, FLAGS_DATA, 0, false, MSG_CLI_HELP_ROUTES},
};

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
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
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
    int code = EXIT_CONFIG;
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
    } else if (config.data == NULL && command->needs_data && flags.value[FLAG_CHECK_CONFIG].p == NULL) {
        CLI_COMPLAIN(MSG_CLI_NO_DATA, CLI_ARG("command", str_of(command->name)));
        code = EXIT_USAGE;
    } else {
        const struct call call = {
            .arena = arena, .flags = &flags, .config = &config, .argc = argc, .argv = argv};
        code = command->run(&call);
    }
    arena_free(arena);
    return code;
}

int main(int argc, char *argv[])
{
    const str name = argc > 1 ? str_of(argv[1]) : S("help");
    if (str_eq(name, S("help")) || str_eq(name, S("--help")) || str_eq(name, S("-h"))) {
        say_help();
        return argc > 1 ? EXIT_FINE : EXIT_USAGE;
    }
    if (str_eq(name, S("version")) || str_eq(name, S("--version"))) {
        CLI_SAY(MSG_CLI_VERSION, CLI_ARG("version", S(SUNWAI_VERSION)));
        return EXIT_FINE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (str_eq(name, str_of(commands[i].name))) {
            return command_run(&commands[i], argc - 2, argv + 2);
        }
    }
    CLI_COMPLAIN(MSG_CLI_COMMAND_UNKNOWN, CLI_ARG("command", name));
    return EXIT_USAGE;
}
