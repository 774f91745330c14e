/* witness.h: heads of the audit chains, written down outside the database.
 *
 * A chain shows by itself every change but one: its tail cut off, or all of it made anew. Those show against
 * a head that was written down elsewhere: in a file on another disk or host (a line each hour) or on paper (a
 * mark: 0-1234 5f3a 91bc …, the row's number and 80 bits of its hash).
 * A line of the file: 2026-03-14T11:00:00Z hour rows=1234 0-1234-HASH 1-… with the whole hash. The file only
 * grows; whoever keeps it lets nobody shorten it.
 */
#ifndef SUNWAI_WITNESS_H
#define SUNWAI_WITNESS_H

#include "audit.h"

/* The heads as they stand, in the arena. */
err audit_heads(struct ctx *c, struct audit_head **out, size_t *out_n);

/* For a person to write down and compare. STR_NONE: the arena is full. */
str witness_mark(struct arena *a, const struct audit_head *heads, size_t n);
void witness_line(struct buf *out, int64_t now_ms, const char *why, const struct audit_head *heads, size_t n);
/* Adds the line and a line end to the file, made when it is not there, and waits until it is on disk. An
 * unfinished line before it is ended. IO with f->log. */
err witness_append(const char *path, str line, struct fail *f);

struct witness_report {
    int64_t lines;      /* that could be read */
    int64_t unreadable; /* cut off by a failure of power, or written by somebody else */
    int64_t chain, seq; /* the first row that is not there any more as it was written down */
    bool gone;          /* it is not there at all: the tail was cut off, or an older copy restored */
};
/* INVALID: it is no mark, no line. CONFLICT: the database is not the one it was, see the report. */
err witness_mark_check(struct ctx *c, str mark, struct witness_report *out);
err witness_line_check(struct ctx *c, str line, struct witness_report *out);
/* The whole file. NOT_FOUND: there is none; IO; CONFLICT: after the first line that does not fit. */
err witness_file_check(struct ctx *c, const char *path, struct witness_report *out);

#endif
