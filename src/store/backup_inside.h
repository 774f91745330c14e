/* backup_inside.h: what is in the files of a backup, for backup.c and restore.c.
 *
 * Data: the database file, piece by piece; the summary says bytes, hash, audit head and rows of each table.
 * Keys: pieces that begin with a letter. T: the highest number ever made; D: destroyed ones, number and
 * instant; K: keys, number and wrapped bytes. Numbers are eight bytes, big end first. The summary says how
 * many keys, and the hash over all pieces before it.
 */
#ifndef SUNWAI_BACKUP_INSIDE_H
#define SUNWAI_BACKUP_INSIDE_H

#include <sodium.h>

#include "backup.h"
#include "buf.h"
#include "keys.h"

enum {
    BACKUP_PATH = 4096,
    SUMMARY_MAX = 64 * 1024,
    PIECE_TOP = 'T',
    PIECE_DESTROYED = 'D',
    PIECE_KEYS = 'K',
    NUMBER_LEN = 8,
    DESTROYED_LEN = 2 * NUMBER_LEN,
    KEY_LEN = NUMBER_LEN + KEY_WRAPPED_LEN,
    KEYS_PER_PIECE = (SEALED_PIECE - 1) / KEY_LEN,
    DESTROYED_PER_PIECE = (SEALED_PIECE - 1) / DESTROYED_LEN
};

struct hashing {
    crypto_generichash_state state;
};
void hashing_begin(struct hashing *h);
void hashing_add(struct hashing *h, str bytes);
void hashing_end(struct hashing *h, char out_hex[65]); /* terminated */

void number_put(uint8_t out[NUMBER_LEN], int64_t v);
int64_t number_get(const uint8_t in[NUMBER_LEN]);
/* The value of a line "name value" of a summary; STR_NONE: there is none. */
str summary_text(str summary, str name);
int64_t summary_number(str summary, str name); /* -1: none */

/* FILE.keys; LIMIT when that is too long. */
err keys_path(const char *file, char out[BACKUP_PATH], struct fail *f);

#endif
