/* main.c: the worker: makes documents, images and sound, away from network and database.
 * Started by sunwai over a socketpair, never by a person. This version is handed no kind of work, so that it
 * only says what it is. */
#include <stdio.h>

#include "str.h"
#include "version.h"

enum { EXIT_FINE = 0, EXIT_USAGE = 64, EXIT_CONFIG = 78 };

int main(int argc, char *argv[])
{
    const str word = argc == 2 ? str_of(argv[1]) : STR_NONE;
    if (str_eq(word, S("--version"))) {
        (void)puts("sunwai-worker " SUNWAI_VERSION);
        return EXIT_FINE;
    }
    if (str_eq(word, S("--help"))) {
        (void)puts("usage: sunwai-worker --version | --help\nIt is started by sunwai, not by hand.");
        return EXIT_FINE;
    }
    if (argc > 1) {
        (void)fputs("sunwai-worker: unknown argument; see --help\n", stderr);
        return EXIT_USAGE;
    }
    (void)fputs("sunwai-worker: no work was handed over: it is started by sunwai, not by hand\n", stderr);
    return EXIT_CONFIG;
}
