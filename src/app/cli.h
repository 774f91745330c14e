/* cli.h: what the commands say. Texts are English and stand in en.po under cli.*; results go to standard
 * output, what went wrong to standard error with "sunwai: " before it. */
#ifndef SUNWAI_CLI_H
#define SUNWAI_CLI_H

#include <stdio.h>

#include "err.h"
#include "msg.h"

/* Exit codes; 64, 75 and 78 as in sysexits.h. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 64,
    EXIT_IN_USE = 69, /* from the web process: another process holds the data folder */
    EXIT_AGAIN = 75,  /* from the web process: start me again */
    EXIT_CONFIG = 78  /* starting again would not help */
};

#define CLI_ARGS(...)                                        \
    (const struct msg_arg[]){{"", STR_NONE}, ##__VA_ARGS__}, \
        sizeof((const struct msg_arg[]){{"", STR_NONE}, ##__VA_ARGS__}) / sizeof(struct msg_arg)
#define CLI_ARG(name, value) ((struct msg_arg){(name), (value)})

/* A line on standard output: CLI_SAY(MSG_CLI_READY, CLI_ARG("url", url)). */
#define CLI_SAY(id, ...) cli_put(stdout, false, (id), CLI_ARGS(__VA_ARGS__))
/* A line on standard error, with the program's name. */
#define CLI_COMPLAIN(id, ...) cli_put(stderr, true, (id), CLI_ARGS(__VA_ARGS__))

void cli_put(FILE *to, bool complaint, enum msg id, const struct msg_arg *args, size_t args_n);
/* Text as it is, without a line end. */
void cli_raw(str text);
/* Why something failed: the words for people, else the words for operators, else the code. */
void cli_complain_fail(err e, const struct fail *f);
/* The same, as one text. */
void cli_fail_text(struct buf *b, err e, const struct fail *f);

#endif
