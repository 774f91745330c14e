/* sieve.h: a multipart body whose files may be too long, read to its end without keeping what is too long.
 *
 * The client goes on sending whatever is said to it, and what was typed beside a file that is too long shall
 * not be lost: so the whole body is heard, and of a file past its bound only the beginning is kept (by which
 * one knows what it was) and its number noted. All else stands in the body as it came. What it costs grows
 * with the bytes and nothing else, whatever they are.
 */
#ifndef SUNWAI_SIEVE_H
#define SUNWAI_SIEVE_H

#include "arena.h"
#include "buf.h"

enum {
    SIEVE_KEPT = 1024,         /* of a file that was too long */
    SIEVE_TEXT_ROOM = 1 << 20, /* of the body's bound, for what is typed */
    SIEVE_HEAD_MAX = 4096,
    SIEVE_COUNTED = 64
};

struct sieve {
    str delimiter;
    size_t part_at;    /* where the part that is being read begins, in the body */
    size_t content_at; /* and its content, once its head is there; 0: not yet */
    bool file, cutting;
    size_t parts; /* past FORM_PAIRS_MAX it is no form, and nothing is looked at any more */
    unsigned files;
    size_t file_max, body_max;
    uint64_t cut; /* bit for each of the first SIEVE_COUNTED files that was too long */
    bool full;    /* one was, because of those before it */
};

/* False: the arena is full. boundary: of the Content-Type, checked. */
bool sieve_begin(struct sieve *s, struct arena *a, str boundary, size_t file_max, size_t body_max);
/* Appends to the body, whose maximum is some way above body_max, or drops. */
void sieve_take(struct sieve *s, struct buf *body, str piece);

#endif
