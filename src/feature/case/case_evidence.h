/* case_evidence.h: photos, voice and PDFs of a case: hers at filing and beside her answer, the office's
 * behind its report.
 *
 * Reach is asked here, as for every page of a case; what of it may be seen, by evidence.h. Whoever files with
 * voice or picture alone has words that say so, until the desk has listened and typed hers (CASE_AMEND): her
 * own words then stand in the case, and search finds them. What she says later, and what is typed when the
 * case says no more, is a note behind it (CASE_COMMENT).
 */
#ifndef SUNWAI_CASE_EVIDENCE_H
#define SUNWAI_CASE_EVIDENCE_H

#include "case.h"
#include "evidence.h"

/* In the job that took a step of the case (or filed it): the pieces belong to that step. They are the
 * complainant's, the desk's or the office's, by who acts; of a case that goes past the desk they are kept by
 * who looks into it instead, and the desk never hears or sees them again. alone: there are no words beside
 * them. INVALID with field "voice": it goes past the desk, and nobody is there who looks into it. */
err case_evidence_put(struct ctx *c, const case_ref *ref, enum evidence_pair pair, bool alone,
                      const struct evidence_pieces *p);
/* What stands for her words while they are still to be typed, in the language of whoever sends them. */
str case_evidence_alone(const struct ctx *c, bool past); /* past: the case goes past the desk */
/* Their keeper has typed what she said or showed with a step (evidence_untyped_step). In a write job. INVALID
 * with field "typed": no words; NOT_FOUND: somebody else's to type. */
err case_evidence_typed(struct ctx *c, const case_ref *ref, int64_t step_no, str words);
/* Whether this person may add to the case now: whoever may note something in it. */
bool case_evidence_may(struct ctx *c, const struct case_view *v);

#endif
