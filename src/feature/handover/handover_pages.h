/* handover_pages.h: pages and API of hand-overs among themselves: the inputs and writes that they share. */
#ifndef SUNWAI_HANDOVER_PAGES_H
#define SUNWAI_HANDOVER_PAGES_H

#include "handover.h"
#include "web.h"

enum give_input {
    G_REF,
    G_PORTAL,
    G_CONSENT,
    G_ACCOUNT,
    G_PHONE,
    G_CNIC,
    G_CODE_TAKEN,
    G_NUMBER,
    G_WARM,
    G_RECEIVER,
    G_N
};
extern const struct input give_inputs[G_N];
err write_give(struct ctx *c, const struct given *in, struct receipt *out);
/* Which hand-over a receipt is of; 0: she did not agree, and nothing was handed over. */
int64_t receipt_no(const struct receipt *r);

enum back_input { B_REF, B_NO, B_OUTCOME, B_WORDS, B_N };
/* The outcome of in[B_NO]. */
err write_back(struct ctx *c, const struct given *in, struct receipt *out);

/* "/cases/4128063359/hand-over/2" and what stands behind it. */
struct url handover_url(struct web *w, const case_ref *ref, int64_t no, str rest);

enum { SHEET_INPUTS = 2 };
extern const struct input sheet_inputs[SHEET_INPUTS]; /* reference, number of the hand-over */
err show_sheet(struct web *w);

enum { HANDOVER_API_ROUTES = 3 };
extern const struct route handover_api_routes[HANDOVER_API_ROUTES];

#endif
