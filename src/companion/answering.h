/* answering.h: a companion's life, from main() to its end.
 *
 * It is started by the supervisor with its end of a socketpair, confines itself, says hello and answers one
 * message after another until the other side is gone (0). A malformed message ends it (65): whoever sends
 * such is broken or is somebody else. It shares nothing with the program but that socket.
 *
 * Work (WIRE_ASK_WORK) is done in a child of its own (piecework.h), so that what a malformed picture brings
 * down is that child; meanwhile questions are answered.
 */
#ifndef SUNWAI_ANSWERING_H
#define SUNWAI_ANSWERING_H

#include "buf.h"
#include "confine.h"
#include "wire.h"

/* What a piece of work made; taken from memory of its own, which ends with the child. */
struct companion_made {
    uint32_t a, b;
    struct buf made[WIRE_MADE];
};
/* In a child: enum wire_why. */
typedef enum wire_why (*companion_work)(enum wire_task task, str input, struct companion_made *out);

struct companion_role {
    const char *program;      /* "sunwai-worker" */
    str name;                 /* "worker" */
    struct confine_plan plan; /* beside what any companion may */
    companion_work work;      /* NULL: it does none, and a question for it is malformed */
};

/* argv of main(): --version, --help, or what the supervisor gives: --fd N --confine MODE. Returns the exit
 * code: 0; 64 for wrong words, 65 after a malformed message, 78 when it was started by hand or cannot be
 * confined as required. */
int companion_main(const struct companion_role *role, int argc, char *argv[]);

#endif
