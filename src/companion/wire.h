/* wire.h: messages between the program and its companions.
 *
 * A message is one packet: a fixed head (mark, version, kind, number, length) and a body, bounded by the
 * kind. Everything here is a function of bytes: nothing is allocated, read or sent, and whatever comes in is
 * either a whole message or INVALID. Numbers are little-endian; texts carry their length (2 bytes) and are
 * borrowed from the packet.
 */
#ifndef SUNWAI_WIRE_H
#define SUNWAI_WIRE_H

#include "buf.h"
#include "err.h"

enum { WIRE_VERSION = 1, WIRE_HEAD = 12, WIRE_MAX = 16 * 1024, WIRE_TEXT_MAX = 4096, WIRE_NAME_MAX = 32 };

enum wire_kind {
    WIRE_ASK_HELLO = 1, /* who is there? No body */
    WIRE_HELLO,         /* also unasked (number 0) by a companion that has just started */
    WIRE_ASK_CHECK,     /* try what must be refused */
    WIRE_CHECK,
    WIRE_END,      /* end yourself. No body, no answer */
    WIRE_ASK_WORK, /* with two descriptors: of what came in (sealed), and of room for what is made */
    WIRE_WORK,
    WIRE_KINDS
};

struct wire {
    enum wire_kind kind;
    uint32_t number; /* of the question; an answer has the same */
    str body;
};

/* A packet as it came. INVALID: no mark, another version, an unknown kind, a length that is not its own, a
 * body longer than its kind may have. */
err wire_open(str packet, struct wire *out);

struct wire_hello {
    str name;    /* "worker"; at most WIRE_NAME_MAX, a to z */
    str version; /* of the program it is; the same bound */
    uint32_t pid;
    uint8_t abi;   /* of Landlock */
    uint32_t done; /* CONFINED_* */
};

/* Each an absolute path without NUL. */
struct wire_ask_check {
    str key, database; /* try to read these */
    str folder;        /* and to write here */
};

/* enum tried, each. */
struct wire_check {
    uint8_t key, database, write, connect, run;
};

/* What is to be done; render/work.h says what each means, for those above. */
enum wire_task {
    TASK_IMAGE = 1,
    TASK_SOUND,
    TASK_PDF,
    TASK_PAPER_PDF,
    TASK_PAPER_DOCX,
    TASK_BOOK,
    TASK_GRID,
    WIRE_TASKS
};
enum wire_why {
    WHY_FINE,
    WHY_BROKEN,
    WHY_TOO_BIG,
    WHY_TOO_LONG,
    WHY_ACTIVE,
    WHY_BUSY /* not now */,
    WIRE_WHYS
};
enum { WIRE_MAX_WORK = WIRE_HEAD + 17 };
enum { WIRE_INPUT_MAX = 16 << 20, WIRE_MADE_MAX = 12 << 20, WIRE_MADE = 2 };

struct wire_ask_work {
    uint8_t task;
    uint32_t input_n; /* bytes; at least one */
};

/* What was made lies one behind another in the room. */
struct wire_work {
    uint8_t why;
    uint32_t a, b;
    uint32_t made_n[WIRE_MADE]; /* bytes; together at most WIRE_MADE_MAX; all zero unless why is WHY_FINE */
};

/* A body of another kind, too short, too long or out of its bounds is INVALID. */
err wire_hello_get(const struct wire *w, struct wire_hello *out);
err wire_ask_check_get(const struct wire *w, struct wire_ask_check *out);
err wire_check_get(const struct wire *w, struct wire_check *out);
err wire_ask_work_get(const struct wire *w, struct wire_ask_work *out);
err wire_work_get(const struct wire *w, struct wire_work *out);

/* Appended to a buf of at least WIRE_MAX; `full` says that a text was too long. */
void wire_ask_hello_put(struct buf *out, uint32_t number);
void wire_hello_put(struct buf *out, uint32_t number, const struct wire_hello *h);
void wire_ask_check_put(struct buf *out, uint32_t number, const struct wire_ask_check *q);
void wire_check_put(struct buf *out, uint32_t number, const struct wire_check *c);
void wire_end_put(struct buf *out);
void wire_ask_work_put(struct buf *out, uint32_t number, const struct wire_ask_work *q);
void wire_work_put(struct buf *out, uint32_t number, const struct wire_work *m);

#endif
