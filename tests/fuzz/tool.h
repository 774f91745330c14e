/* tool.h: a small compiler inside a fuzz target. Included first, then the tool's .c file.
 *
 * A tool ends its process when it refuses something and frees nothing. Here exit() leads back to tool_run(),
 * which frees all that was allocated; each piece stays a block of its own, so that the sanitizer sees where
 * it ends.
 */
#ifndef SUNWAI_FUZZ_TOOL_H
#define SUNWAI_FUZZ_TOOL_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

struct tool_piece {
    struct tool_piece *next;
    size_t size;
    max_align_t bytes[];
};

static struct tool_piece *tool_pieces;
static jmp_buf tool_end;

static void *tool_alloc(size_t size)
{
    struct tool_piece *piece = calloc(1, sizeof *piece + size);
    if (piece == NULL) {
        abort();
    }
    piece->next = tool_pieces;
    piece->size = size;
    tool_pieces = piece;
    return piece->bytes;
}

/* What is outgrown is released with the rest. */
static void *tool_grow(void *old, size_t size)
{
    void *grown = tool_alloc(size);
    if (old != NULL) {
        const struct tool_piece *piece =
            (const struct tool_piece *)(void *)((char *)old - offsetof(struct tool_piece, bytes));
        memcpy(grown, old, piece->size < size ? piece->size : size);
    }
    return grown;
}

__attribute__((format(printf, 2, 0))) static int tool_vasprintf(char **out, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    *out = tool_alloc((size_t)n + 1);
    const int written = vsnprintf(*out, (size_t)n + 1, format, again);
    va_end(again);
    return written;
}

static FILE *tool_silence(void)
{
    static FILE *f;
    if (f == NULL) {
        f = fopen("/dev/null", "w");
    }
    return f;
}

_Noreturn static void tool_exit(void)
{
    longjmp(tool_end, 1);
}

/* Runs `run` to its end or to its refusal; true when it accepted. */
static bool tool_run(void (*run)(const uint8_t *data, size_t size), const uint8_t *data, size_t size)
{
    bool volatile accepted = false;
    if (setjmp(tool_end) == 0) {
        run(data, size);
        accepted = true;
    }
    while (tool_pieces != NULL) {
        struct tool_piece *next = tool_pieces->next;
        free(tool_pieces);
        tool_pieces = next;
    }
    return accepted;
}

#define calloc(count, size) tool_alloc((count) * (size))
#define realloc(old, size) tool_grow((old), (size))
#define reallocarray(old, count, size) tool_grow((old), (count) * (size))
#define free(p) ((void)(p))
#define vasprintf(out, format, args) tool_vasprintf((out), (format), (args))
#define exit(code) tool_exit()
#undef stderr
#define stderr tool_silence()
#define main tool_main
int tool_main(int argc, char **argv);

/* base/str.c has functions of these names, and is linked too. */
#define str_cmp tool_str_cmp
#define str_cut tool_str_cut
#define str_ends tool_str_ends
#define str_eq tool_str_eq
#define str_find tool_str_find
#define str_of tool_str_of
#define str_starts tool_str_starts
#define str_trim tool_str_trim

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wcomma"
#endif
#include "../../tools/lex.c"

/* What source_read() would make of a file with these bytes. */
static struct source *tool_source(const char *path, const uint8_t *data, size_t size)
{
    char *text = keep(size + 1);
    memcpy(text, data, size);
    struct source *s = keep(sizeof *s);
    *s = (struct source){.path = path, .text = {text, size}};
    for (size_t i = 0; i < size;) {
        const size_t n = utf8_length((const unsigned char *)text + i, size - i);
        if (n == 0) {
            refuse_at(s, text + i, "not UTF-8 text");
        }
        i += n;
    }
    return s;
}

#endif
