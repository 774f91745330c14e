/* audit.h: the append-only chain of who did what, and of every look at protected data.
 *
 * One chain for each writer: (chain, seq) with the hash of the row before it, written in the transaction of
 * the fact itself. `detail` holds no personal data and no words a person wrote.
 */
#ifndef SUNWAI_AUDIT_H
#define SUNWAI_AUDIT_H

#include "buf.h"
#include "store.h"

struct audit_entry {
    str event; /* identifier: "case.filed", "identity.viewed" */
    int64_t home;
    str subject_kind; /* "case"; STR_NONE when about nothing in particular */
    int64_t subject_id;
    str detail; /* short, "from=assigned to=in_progress"; may be STR_NONE */
};

err audit_add(struct ctx *c, const struct audit_entry *e);

/* A form with one reading only, for what is hashed: numbers as eight bytes, texts behind their length, what
 * is missing unlike what is empty or zero. */
void hashed_number(struct buf *b, int64_t v);
void hashed_option(struct buf *b, struct opt_i64 v);
void hashed_text(struct buf *b, str s);
/* What stands in an audit row's detail for such a form: enough to find any change, too short to be more. */
enum { SEAL_LEN = 24 };
struct seal {
    char hex[SEAL_LEN];
};
struct seal seal_of(const struct buf *b);
str seal_text(const struct seal *s);

/* The last row of a chain. */
struct audit_head {
    int64_t chain, seq;
    uint8_t hash[32];
};

/* How many rows are a step of a subject of one kind. */
enum { AUDIT_KINDS_MAX = 16, AUDIT_KIND_LEN = 24 };
struct audit_kind {
    char name[AUDIT_KIND_LEN]; /* terminated */
    int64_t steps;
};

struct audit_report {
    int64_t rows, chains;
    int64_t steps; /* of the rows: how many are a subject's step, of any kind */
    struct audit_kind kinds[AUDIT_KINDS_MAX];
    size_t kinds_n;
    struct audit_head *heads;         /* one for each chain, in the arena */
    int64_t broken_chain, broken_seq; /* the first place that does not fit; 0 when all do */
    char head[65]; /* hash over all chain heads, hex, terminated: what a witness writes down */
};
/* Walks every chain: finds any edit, deletion, swap or cut inside. A cut of the tail shows only against a
 * head written down outside. CONFLICT when broken. */
err audit_verify(struct ctx *c, struct audit_report *out);
/* How many steps of a kind it walked. */
int64_t audit_steps(const struct audit_report *r, str kind);

#endif
