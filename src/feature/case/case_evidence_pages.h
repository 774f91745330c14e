/* case_evidence_pages.h: the evidence of a case, for the table of routes, and what other filing pages share.
 */
#ifndef SUNWAI_CASE_EVIDENCE_PAGES_H
#define SUNWAI_CASE_EVIDENCE_PAGES_H

#include "case_evidence.h"
#include "case_write.h"
#include "web.h"

enum { E_REF, E_PHOTOS, E_PAIR, E_VOICE, E_PDF, E_WORDS, EVIDENCE_INPUTS };
enum { PIECE_REF, PIECE_NO, PIECE_OPEN, PIECE_INPUTS };
enum { TYPED_REF, TYPED_WORDS, TYPED_STEP, TYPED_INPUTS };
extern const struct input evidence_inputs[EVIDENCE_INPUTS];
extern const struct input piece_inputs[PIECE_INPUTS];
extern const struct input typed_inputs[TYPED_INPUTS];

err show_evidence(struct web *w);
err prepare_evidence(struct web *w);
err write_evidence(struct ctx *c, const struct given *in, struct receipt *out);
err answer_evidence(struct web *w);
err show_piece(struct web *w);
err show_piece_small(struct web *w);
err look_voice(struct ctx *c, const struct given *in, struct audit_entry *io);
err write_see(struct ctx *c, const struct given *in, struct receipt *out);
err write_typed(struct ctx *c, const struct given *in, struct receipt *out);
err show_untyped(struct web *w);

/* How much waits in it for whoever looks, in words that lead there; empty: nothing, or it is not hers to
 * type. */
err untyped_words(struct web *w, str *out);

/* An input for files as a field; g: what came with the form that is given back, or NULL. */
struct field_view files_field(struct web *w, const struct input *in, const struct given *g, enum msg hint);

#endif
