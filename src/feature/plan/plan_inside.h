/* plan_inside.h: what the rules of this feature share. */
#ifndef SUNWAI_PLAN_INSIDE_H
#define SUNWAI_PLAN_INSIDE_H

#include "audit.h"
#include "digest.h"
#include "msg.h"
#include "plan.h"

err plan_refuse(struct ctx *c, enum msg m, const char *field); /* INVALID */
/* The unit she works in; 0: none. */
int64_t plan_base(const struct actor *who);
/* DENIED unless a unit is hers to plan for. */
err plan_writes(struct ctx *c, int64_t unit);
/* Before anything is written into a draft: in her reach, a draft still, and, when `seen` is asked for, as she
 * saw it. */
err plan_open(struct ctx *c, const struct planned *v, int64_t seen);
/* What was changed, in the timeline and the audit chain: "activity 3". *io is read anew. */
err plan_edited(struct ctx *c, struct planned *io, str what, int64_t no);
/* A step of any subject of this feature, without words of others. */
struct flow_step_in plan_step(unsigned action, str words);
/* All of `from` into the empty draft `to`. */
err plan_copy(struct ctx *c, const struct planned *from, const struct planned *to);
/* Over plan_content(). */
void plan_hash(str content, uint8_t out[DIGEST_LEN]);
/* The seals of all that a plan says, with its approval, and of which plan and number an activity is: taken
 * behind every change, by the step that made it. What an activity says is said by its plan. */
err plan_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out);
err action_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out);
/* The activities of a plan that was approved just now begin where those of the version before stood. */
err plan_actions_start(struct ctx *c, const struct planned *v, const struct planned *before);
/* Needs that its activities cite are answered by it. */
err plan_needs_answered(struct ctx *c, const struct plan_whole *w);
/* The audit row of an answer that was given just now; and all of them against the chains: CONFLICT. */
err plan_answer_record(struct ctx *c, const struct q_need_answer_add_in *row);
err plan_answers_verify(struct ctx *c, const struct audit_report *chains, struct plan_answers *out);
struct opt_i64 plan_me(const struct ctx *c);
/* A unit by its code, at or below the plan's. INVALID with field "unit". */
err plan_unit(struct ctx *c, const struct planned *v, str code, int64_t *out);
bool plan_code_in(const struct case_word *words, size_t n, str code);

#endif
