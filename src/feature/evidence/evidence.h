/* evidence.h: photos, voice and PDFs that belong to a subject (a case, a direction, an event) and a step of
 * it.
 *
 * Whoever calls has made sure that the subject is within reach; what of its evidence may be seen is decided
 * here (evidence_may):
 *   voice            its keeper alone, and she who sent it, whom her PIN let in; each look audited
 * (ROUTE_IDENTITY): it is her own voice
 *   photo, PDF       of the complainant, or that its keeper took for her: closed to all but the keeper until
 *                    he opens it ("nobody can be recognised"); of an officer: open
 *   photo of the     open to her too, whom her PIN let in: she sees what was done
 *     office
 *   file of an       whom it is shown to: the desk alone (each look audited), the offices of the district,
 * the event          programme, everybody waiting          nobody: the worker has not seen it yet
 *
 * The keeper is the desk of the district; of what goes past the desk, the ADC who looks into it instead, or
 * the Commissioner's where the head of the district is the host. He was written down when the piece came.
 *
 * Nothing here knows a name: files lose theirs at the door, and what a camera writes beside the picture goes
 * when it is made anew. When the case key is destroyed, nobody reads any of it.
 *
 * Order: `prepare` of a route calls evidence_take() (evidence_take.h), its write job evidence_add() behind
 * flow_start() or flow_act().
 */
#ifndef SUNWAI_EVIDENCE_H
#define SUNWAI_EVIDENCE_H

#include "audit.h"
#include "blob.h"
#include "digest.h"
#include "evidence.sql.h"
#include "flow.h"
#include "sniff.h"

enum { EVIDENCE_PIECES_MAX = 60 }; /* of one subject; then LIMIT */

/* One file, made ready outside the write job. */
struct evidence_piece {
    enum file_kind kind;
    bool waiting;                      /* there was no worker: as received, made anew later */
    const char *type;                  /* media type of what is shown; static */
    const char *received;              /* … as received; static */
    uint8_t received_hash[DIGEST_LEN]; /* SHA-256 of these */
    struct blob shown, small, kept;
    int64_t bytes, wide, high, seconds;
};
struct evidence_pieces {
    struct evidence_piece v[8];
    size_t n;
};
void evidence_pieces_free(struct evidence_pieces *p);

enum evidence_from { EVIDENCE_COMPLAINANT, EVIDENCE_DESK, EVIDENCE_OFFICER };
enum evidence_pair { EVIDENCE_NO_PAIR, EVIDENCE_BEFORE, EVIDENCE_AFTER };

struct evidence_for {
    struct subject subject;
    int64_t step_no; /* the step that brings it */
    int64_t key_no;  /* of the case or event */
    enum evidence_from from;
    struct opt_i64 keeper; /* the office whose ADC keeps it; not given: the desk */
    enum evidence_pair pair;
    bool alone; /* said with voice or photo instead of words: it waits to be typed */
    /* Of a file of an event: what it is and who may open it, as codes of `attachment`; else not given.
     * Whether such a file may be seen so is decided by whoever calls (event_file.h). */
    str paper, seen;
    bool agreed;
};

/* In a write job. LIMIT past EVIDENCE_PIECES_MAX. Each piece is bound to the audit chain by a row of its own
 * ("evidence.added"): evidence_verify() finds one that was exchanged, changed, added or taken away. */
err evidence_add(struct ctx *c, const struct evidence_for *to, const struct evidence_pieces *p);

/* Of one subject, in the order of their numbers; what this actor may not see is there, marked. What came with
 * a step that was taken back is not there, and is nothing to anybody. */
struct evidence_row {
    struct q_evidence_list at;
    bool may; /* evidence_open() would give it */
};
err evidence_list(struct ctx *c, const struct subject *s, struct evidence_row **out, size_t *out_n);

enum evidence_what { EVIDENCE_SHOWN, EVIDENCE_SMALL, EVIDENCE_KEPT };
/* What this actor may see, appended to *out; *out_type its media type. DENIED: it is closed to her.
 * NOT_FOUND: there is no such piece or no such form of it, it waits, or its key is destroyed. Voice only with
 * c->may_show_identity. */
err evidence_open(struct ctx *c, const struct subject *s, int64_t piece_no, enum evidence_what what,
                  struct buf *out, str *out_type);

/* Whether this actor is the keeper of a piece; reach is asked by whoever calls. */
bool evidence_keeps(const struct actor *who, struct opt_i64 keeper);

/* The keeper lets the department see a photo or PDF, or closes it again. In a write job. DENIED: not he;
 * CONFLICT: it is voice, which is never opened. */
err evidence_let_see(struct ctx *c, const struct subject *s, int64_t piece_no, bool open);

/* Of a file of an event. In a write job; who may is asked by whoever calls. NOT_FOUND: there is none, or it
 * was removed. */
err evidence_show_to(struct ctx *c, const struct subject *s, int64_t piece_no, str seen, bool agreed);
/* The bytes go; the row stays, with the reason. */
err evidence_remove(struct ctx *c, const struct subject *s, int64_t piece_no, str why);

/* Said with voice or photo alone, oldest first, whose words are still to be typed, by this actor: of a kind,
 * of a district. */
err evidence_untyped(struct ctx *c, const struct flow_kind *kind, int64_t home, int64_t limit,
                     struct q_evidence_untyped **out, size_t *out_n);
err evidence_untyped_count(struct ctx *c, const struct flow_kind *kind, int64_t home, int64_t *out);
/* What came with a step was typed (by a step of the caller): its pieces leave the queue. In a write job; no
 * matter when none was in it. */
err evidence_typed(struct ctx *c, const struct subject *s, int64_t step_no);
/* The first step of which something still waits to be typed; 0: none does. */
err evidence_untyped_step(struct ctx *c, const struct subject *s, int64_t *out);

#endif
