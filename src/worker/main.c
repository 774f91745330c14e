/* main.c: the worker: makes documents, images and sound, away from network and database.
 * Started by sunwai over a socketpair, never by a person. It is handed no kind of work yet, so that all it
 * may do is answer: no file is opened, no socket made, nothing started. */
#include "answering.h"

enum { FILES = 16 };

int main(int argc, char *argv[])
{
    const struct companion_role worker = {
        .program = "sunwai-worker",
        .name = S("worker"),
        .plan = {.files_max = FILES, .memory_max = (size_t)256 << 20},
    };
    return companion_main(&worker, argc, argv);
}
