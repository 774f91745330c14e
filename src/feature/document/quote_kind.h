/* quote_kind.h: the steps of a quote: taken with her consent, her consent said anew, taken back.
 *
 * What was taken back never comes again: whoever changes her mind is asked anew, and that is another quote.
 * tests/quote_transitions.tsv is the reviewed copy; a test walks every cell.
 */
#ifndef SUNWAI_QUOTE_KIND_H
#define SUNWAI_QUOTE_KIND_H

#include "flow.h"

enum quote_state { QUOTE_GIVEN, QUOTE_WITHDRAWN, QUOTE_STATES };
enum quote_action { QUOTE_TAKE, QUOTE_CONSENT, QUOTE_WITHDRAW, QUOTE_ACTIONS };
/* kind_no 7 */
extern const struct flow_kind quote_kind;

#endif
