/* bylaw_kind.h: the steps of a council's by-law: drafted, consulted, adopted; or dropped.
 *
 * Whoever changes its words after the consultation brings it back to a draft: what is adopted is what was
 * consulted. What was adopted stays; another by-law follows it. tests/bylaw_transitions.tsv is the reviewed
 * copy of the table; a test walks every cell.
 */
#ifndef SUNWAI_BYLAW_KIND_H
#define SUNWAI_BYLAW_KIND_H

#include "flow.h"

enum bylaw_state { BYLAW_DRAFTED, BYLAW_CONSULTED, BYLAW_ADOPTED, BYLAW_DROPPED, BYLAW_STATES };
enum bylaw_action { BYLAW_DRAFT, BYLAW_WRITE, BYLAW_CONSULT, BYLAW_ADOPT, BYLAW_DROP, BYLAW_ACTIONS };
/* kind_no 8 */
extern const struct flow_kind bylaw_kind;

#endif
