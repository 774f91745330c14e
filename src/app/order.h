/* order.h: what commands ask of whoever holds the data folder.
 *
 * One process writes. A command that writes takes the folder itself or, if a server holds it, sends the order
 * over DIR/control.sock into the server's queue; what it says and answers is the same. Passwords and tokens
 * are made where the command runs: only their hashes travel.
 */
#ifndef SUNWAI_ORDER_H
#define SUNWAI_ORDER_H

#include "buf.h"
#include "config.h"

enum order_kind {
    ORDER_USER_ADD = 1,
    ORDER_USER_DISABLE,
    ORDER_USER_ENABLE,
    ORDER_USER_CODE,
    ORDER_TOKEN,
    ORDER_JOBS,
    ORDER_COUNCILS,
    ORDER_LOCALITIES,
    ORDER_OFFICES,
    ORDER_BACKUP,
    ORDER_KIT,
    ORDER_SEALED,
    ORDER_DISTRICTS,
    ORDER_PLACEHOLDERS, /* IMPORT_TEXT: for each "KEY LANG SECONDS BYTES", a line end, and the bytes */
    ORDER_N
};

/* Which field means what, by kind. */
enum { ORDER_FIELDS = 7, ORDER_MAX = 1024 * 1024 };
enum {
    USER_LOGIN,
    USER_HASH,
    USER_ROLE,
    USER_UNIT,
    USER_OFFICE,
    USER_NAME
};                                /* disable, enable: the first alone; code: the first two */
enum { TOKEN_LOGIN, TOKEN_HASH }; /* hash in hex */
enum {
    BACKUP_CODE,
    BACKUP_MADE,
    BACKUP_VERIFIED,
    BACKUP_UNTIL,
    BACKUP_CASES,
    BACKUP_BYTES,
    BACKUP_HEAD
};                                               /* a backup was made: numbers, and the audit head in it */
enum { IMPORT_TEXT, IMPORT_FROM, IMPORT_UNTIL }; /* the file, and days as yyyymmdd or empty */
enum {
    KIT_TEXT,
    KIT_FROM,
    KIT_ACCEPT,
    KIT_TYPED,
    KIT_SEEN
}; /* the file, a day, the groups of which all is taken (kinds with
      commas, or all), a fingerprint that was compared, what
      was printed of the difference (kit_mark) */

/* A piece of a record that a device sealed; numbers and the hash as text. */
enum { SEALED_DEVICE, SEALED_RECORD, SEALED_HASH, SEALED_OFFSET, SEALED_TOTAL, SEALED_BYTES };

struct order {
    enum order_kind kind;
    str field[ORDER_FIELDS];
};

/* "term,message" as choices of a kit: of these groups all is taken, of the others what is new. False: a word
 * that is no group. */
struct kit_choice;
bool kit_choice_of(str accept, struct kit_choice *out);

/* In the process that holds the folder. Answers what the command is to say: its result, or why not. */
err order_run(struct store *s, const struct order *o, struct buf *answer);
/* From a command: here, or by the server. */
err order_give(const struct config *c, const struct order *o, struct buf *answer);

/* In the server: listens on DIR/control.sock until control_close(), which comes before store_close(). */
struct control;
err order_listen(const char *dir, struct store *s, struct control **out, struct fail *f);

#endif
