/* answering.h: a companion's life, from main() to its end.
 *
 * It is started by the supervisor with its end of a socketpair, confines itself, says hello and answers one
 * message after another until the other side is gone (0). A malformed message ends it (65): whoever sends
 * such is broken or is somebody else. It shares nothing with the program but that socket.
 */
#ifndef SUNWAI_ANSWERING_H
#define SUNWAI_ANSWERING_H

#include "confine.h"

struct companion_role {
    const char *program;      /* "sunwai-worker" */
    str name;                 /* "worker" */
    struct confine_plan plan; /* beside what any companion may */
};

/* argv of main(): --version, --help, or what the supervisor gives: --fd N --confine MODE. Returns the exit
 * code: 0; 64 for wrong words, 65 after a malformed message, 78 when it was started by hand or cannot be
 * confined as required. */
int companion_main(const struct companion_role *role, int argc, char *argv[]);

#endif
