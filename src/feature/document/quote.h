/* quote.h: what somebody said, told or let be photographed for documents: an object with her consent, its
 * purposes and its withdrawal.
 *
 * Consent says when it was given, to whom (a post), how it was recorded, and for what: reports or posters;
 * whether her name may stand with it, and the picture. The last one counts. Without a purpose
 * there is nothing to keep. When she takes it back, the key under which words, name and picture were sealed
 * is destroyed: they leave every later document, and nobody reads them any more; what stays is that there
 * was something, and which finished documents held it: their files are destroyed with it.
 *
 * Her name is identity: sealed in a table of its own, read by the desk of the district alone, each look
 * audited (ROUTE_IDENTITY); a kept document has it only when she agreed to that, which is a look, too,
 * audited before it is read. A page and the command never have it. Matters of sensitivity X are never quoted:
 * whoever takes one down is told so, and nothing is kept.
 *
 * Taken down by desks, monitors and managers, of districts in their reach; NOT_FOUND outside. What changes
 * something belongs in a write job.
 */
#ifndef SUNWAI_QUOTE_H
#define SUNWAI_QUOTE_H

#include "evidence.h"
#include "period.h"
#include "place.h"
#include "quote.sql.h"
#include "quote_kind.h"
#include "story_words.h"

enum {
    QUOTE_CHARS_MAX = 2000,
    QUOTE_NAME_MAX = 120,
    QUOTE_TO_MAX = 160,
    QUOTES_SHOWN = 200,  /* of one list */
    QUOTES_PRINTED = 40, /* in one document, the newest */
    QUOTES_MAX = 9999    /* of a district */
};

enum quote_purpose { QUOTE_REPORT = 1, QUOTE_POSTER = 2 };

struct quote_consent {
    int64_t day;
    str to;            /* a post */
    str how;           /* voice, thumb, signature */
    unsigned purposes; /* enum quote_purpose bits */
    bool name, photo;
};
struct quote_new {
    str unit; /* code of the district; empty: her own */
    str kind, about, section, role, sex, spoken;
    str words; /* of a photo: what is to be seen on it */
    str name;  /* may be empty */
    int64_t day;
    const struct evidence_pieces *photo; /* NULL or none; one */
    struct quote_consent consent;
};
/* INVALID with the field: unit, about (a protected matter), words, day, consent_day, purpose, name (agreed
 * to, but not said), photos (of a photo there is none; agreed to, but there is none). BUSY: no worker has
 * made a copy of the picture. */
err quote_add(struct ctx *c, const struct quote_new *n, str *out_code);

struct quote_view {
    struct q_quote_get row;
    struct subject subject;
    struct q_flow_get flow;
    enum quote_state state;
    struct quote_consent consent; /* the last one */
    str words;                    /* empty when withdrawn */
    bool named;                   /* a name is kept */
};
err quote_find(struct ctx *c, str code, struct quote_view *out);
/* Of her districts, the newest first; without words. */
err quote_all(struct ctx *c, struct q_quote_list **out, size_t *out_n);
err quote_consents(struct ctx *c, const struct quote_view *v, struct q_quote_consents **out, size_t *out_n);
/* Another consent: a narrower one destroys the files of documents that stand on the wider one. INVALID as
 * above. CONFLICT: it was taken back. */
err quote_consent_put(struct ctx *c, struct quote_view *io, const struct quote_consent *consent);
err quote_withdraw(struct ctx *c, struct quote_view *io);
/* Her name, for the desk of the district when the look has been audited; else empty. */
err quote_speaker(struct ctx *c, const struct quote_view *v, str *out);
/* The picture, for a page: that of somebody who agreed to its being shown, and any for the desk of the
 * district. NOT_FOUND. Appended to *out. */
err quote_picture(struct ctx *c, const struct quote_view *v, bool small, struct buf *out, str *out_type);

/* What one says, its consent in force and its name, as they are stored: bound to the audit chain with each
 * step (flow/verify.h). */
err quote_says(struct ctx *c, int64_t home, int64_t id, struct seal *out);

/* ---- for documents ---- */

/* One that may be printed. The name is empty until quote_name() has read it. */
struct quote_printed {
    struct q_quote_printable row; /* home, id, kind, section, role, sex, language, day … */
    str words, name;
    bool named;  /* she agreed to her name: quote_name() reads it */
    bool photo;  /* quote_photo() gives it */
    str picture; /* whoever makes a document keeps it here; empty: not read */
};
/* Of these districts (any number of them; their reach was asked by the caller) and a period, by the day it
 * was said, the newest QUOTES_PRINTED: those whose consent in force is for the purpose. On a reader. */
err quote_list(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
               enum quote_purpose purpose, struct quote_printed **out, size_t *out_n);
/* In a write job: that names and pictures of these are read for a document is written down: "quote.named",
 * "quote.pictured" for each. */
err quote_look(struct ctx *c, const struct quote_printed *rows, size_t n, str document);
/* Her name, where she agreed to it. DENIED: the look was not audited. */
err quote_name(struct ctx *c, struct quote_printed *io);
/* Appended to *out: a JPEG. NOT_FOUND: there is none, or it is not to be printed. */
err quote_photo(struct ctx *c, const struct quote_printed *q, bool small, struct buf *out, str *out_type);
/* In the write job that keeps a finished document: it holds these. CONFLICT: one of them was taken back while
 * the document was made; it is made anew. */
err quote_hold(struct ctx *c, const struct quote_printed *rows, size_t n, str document);
/* How many of those that a document holds were taken back since. */
err quote_gone(struct ctx *c, str document, int64_t *out);
/* The documents that hold one, the newest first. */
err quote_documents(struct ctx *c, const struct quote_view *v, struct q_quote_documents **out, size_t *out_n);

#endif
