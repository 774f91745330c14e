/* backup.h: a copy of a data folder that can be given away, and the way back.
 *
 * A backup is two sealed files (sealed.h): FILE has the database, in which names are encrypted under keys of
 * their cases; FILE.keys has those keys and the list of destroyed ones, and is to be kept for a short time
 * only: when it is gone, so is every name that was deleted after it was made. Both need the master key
 * (DIR/key), which is in neither. SQLite only.
 *
 * Taken beside a running server or without one. The database is copied inside the data folder first, in one
 * read transaction (so that what else takes time holds no log), looked through there, sealed, and removed.
 */
#ifndef SUNWAI_BACKUP_H
#define SUNWAI_BACKUP_H

#include "sealed.h"
#include "store.h"

struct backup_wish {
    const struct store_config *store;
    const char *file;
    int64_t now_ms, keys_until_ms;
};

struct backup_made {
    char code[SEALED_CODE + 1];
    int64_t made_ms, verified_ms, keys_until_ms;
    int64_t cases, rows, keys, destroyed;
    int64_t bytes;  /* of both files */
    char head[65];  /* of the audit chains, as `verify` says it */
    int64_t pruned; /* copies of keys in the same folder whose time was over: removed */
};

/* What was verified when it returns OK: the structure of the copy and its audit chains; and both files, read
 * back from the disk, opened and compared with what was written. CONFLICT: FILE or FILE.keys is there. On
 * failure nothing is left behind. */
err backup_make(const struct backup_wish *wish, struct backup_made *out, struct fail *f);

/* The copy in a data folder that nobody is making any more: a power cut or kill -9 left it. By whoever holds
 * the folder's lock. */
void backup_tidy(const char *dir);

struct restored {
    struct sealed_head of; /* the backup */
    char head[65];         /* of its audit chains */
    int64_t cases, rows;
    int64_t bytes;           /* of the files */
    int64_t keys_until_ms;   /* of the file of keys that was used; else of the one that was made with it */
    bool with_keys;          /* else no name can be read */
    int64_t keys, destroyed; /* destroyed: keys that are on some list */
    int64_t newer_lists;     /* other files of keys in the folder that knew of more of them */
    int migrated;            /* migrations that were applied */
};

struct restore_wish {
    const char *dir; /* empty or missing */
    const char *file;
    const char *keys; /* NULL: FILE.keys, which must be of the same backup, or none when it is not there */
    const char *key_file; /* the master key */
    int64_t now_ms;
    /* What the program does in the restored database before anybody sees it, in one write job. */
    err (*renew)(struct ctx *c, const struct restored *r);
};

/* Each reason has words of its own in f: not empty (CONFLICT), another key (DENIED), a newer schema, files of
 * two backups, keys past their day (INVALID), changed or cut short (IO). What was begun is removed again.
 * Keys that are on a list of destroyed ones go again: on that of the database, on that of the file of keys,
 * and on those of all newer files of keys in the folder of FILE. */
err backup_restore(const struct restore_wish *wish, struct restored *out, struct fail *f);

#endif
