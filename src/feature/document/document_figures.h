/* document_figures.h: what a document counts with: every indicator by district and month, read once.
 *
 * Approved figures (snapshot.h) where anything of the period is approved: what nobody approved is in none of
 * them; those of the time before Sunwai, which were brought in from tables, are known as such.
 * Where nothing is, all are counted from the records as of now, and the document is provisional.
 * Districts stand province by province; those of which there is no figure are left out; those that are no
 * more say until when they stood. Reach is that of
 * report_homes(). A pick without months is of all time: "since the beginning".
 */
#ifndef SUNWAI_DOCUMENT_FIGURES_H
#define SUNWAI_DOCUMENT_FIGURES_H

#include "digest.h"
#include "handed.h"
#include "plan_aims.h"
#include "report.h"
#include "snapshot.h"

struct document_place {
    int64_t id;
    str code, name; /* in ctx->lang */
    bool province;
    size_t from, n;       /* its districts in document_figures.homes */
    struct id_set within; /* all of its districts that are asked for, with figures or not */
};

/* Whose cases stand in provisional figures: those open to whoever asks, or only what is open to everybody
 * who may read the document later. */
enum document_open { DOCUMENT_OPEN_TO_HER, DOCUMENT_OPEN_TO_ALL };

struct document_figures {
    struct arena *arena;
    struct period period;
    bool approved;
    bool counted; /* false: nothing is approved, and as of now it would be too much for a page */
    const struct indicator *all;
    size_t all_n;
    int64_t *homes;
    size_t homes_n;
    struct document_place *places; /* each province (when there are several), then its districts */
    size_t places_n;
    size_t provinces_n;
    struct figure *by_home;                   /* all_n times homes_n */
    uint8_t (*hashes)[DIGEST_LEN];            /* of each indicator, over what is approved in the period */
    uint8_t hash[DIGEST_LEN];                 /* over these: what stands at the foot of each sheet */
    int64_t found;                            /* approved quarters of districts in the period */
    const struct q_document_brought *brought; /* of all time: figures that nothing was counted for */
    size_t brought_n;
    const struct q_document_stood *stood; /* of all time: quarters that were counted and approved */
    size_t stood_n;
    struct id_set asked;          /* districts, with figures or not */
    struct handed handed;         /* what an earlier programme handed down */
    struct plan_aims aims;        /* what approved plans aim at */
    int64_t last_ms;              /* when the newest of them was approved; 0: none was */
    int64_t from_month, to_month; /* of what is counted at all; 0: nothing */
};

/* INVALID: the period is not one of whole months. NOT_FOUND: the unit is none of hers. */
err document_figures(struct ctx *c, struct period p, str unit, enum document_open open,
                     struct document_figures *out);
/* Approved figures of one district, whoever asks: of one that a district of hers was made of (place_lineage).
 */
err document_figures_of(struct ctx *c, struct period p, int64_t home, struct document_figures *out);
/* NULL: there is none. */
const struct indicator *document_indicator(const struct document_figures *f, str code);
/* Of one place, or of all of them (NULL): figure_sum() over its districts. */
err document_sum(const struct document_figures *f, const struct indicator *i, const struct document_place *at,
                 const struct figure_pick *pick, int64_t *out_num, int64_t *out_den);
/* How many approved figures (of an indicator, or any: NULL) of districts and quarters within a sum were
 * brought in from the time before. */
int64_t document_brought(const struct document_figures *f, const struct indicator *i,
                         const struct document_place *at, const struct figure_pick *pick);
/* Whether anything within a sum is known: as of now all is; else a quarter of one of its districts that was
 * counted, or figures of the indicator that were brought in, must be approved. What is not is no nought. */
bool document_known(const struct document_figures *f, const struct indicator *i,
                    const struct document_place *at, const struct figure_pick *pick);
/* Whether a sum, of an indicator or of any (NULL), holds what an earlier programme handed down: how it
 * spreads is illustrative. */
bool document_handed(const struct document_figures *f, const struct indicator *i,
                     const struct document_place *at, struct period p);
/* What approved plans aim at there; none: nothing. */
struct opt_i64 document_aimed(const struct document_figures *f, str indicator,
                              const struct document_place *at, struct period p);
/* The months of a period as a pick wants them. */
struct figure_pick document_within(struct period p);

#endif
