/* commands.h: what stands behind `sunwai COMMAND`. Each returns an enum exit_code. */
#ifndef SUNWAI_COMMANDS_H
#define SUNWAI_COMMANDS_H

#include "config.h"

/* What a command was given. argv: what stood behind the command's name. */
struct call {
    struct arena *arena;
    const struct flags *flags;
    const struct config *config;
    int argc;
    char *const *argv;
};

/* Whether a call has all that its command needs beside the data folder; else that has been said. */
bool web_complete(const struct call *call);
bool user_complete(const struct call *call);
bool token_complete(const struct call *call);
bool import_complete(const struct call *call);

int init_command(const struct call *call);
int serve_command(const struct call *call);
int web_command(const struct call *call);
int try_command(const struct call *call);
int restart_command(const struct call *call);
int migrate_command(const struct call *call);
int demo_command(const struct call *call);
int user_command(const struct call *call);
int token_command(const struct call *call);
int import_command(const struct call *call);
/* import_sealed.c: records that devices wrote to a file. */
int import_sealed(const struct call *call);
bool kit_complete(const struct call *call);
int kit_command(const struct call *call);
bool prompts_complete(const struct call *call);
int prompts_command(const struct call *call);
int jobs_command(const struct call *call);
bool backup_complete(const struct call *call);
bool restore_complete(const struct call *call);
int backup_command(const struct call *call);
int restore_command(const struct call *call);
int verify_command(const struct call *call);
bool report_complete(const struct call *call);
int report_command(const struct call *call);
int routes_command(const struct call *call);

#endif
