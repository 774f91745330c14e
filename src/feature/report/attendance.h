/* attendance.h: who came to events, by province and by district: as approved, and as of now.
 *
 * As approved is what the snapshots of the districts' quarters say (snapshot.h). As of now is provisional:
 * all closed events, whether their data sheets are approved or not; what is still being taken down moves no
 * figure. A role's people are counted from names where an event has names for it, else from its counts.
 * Attendances, not persons: who came twice is counted twice. The totals of provinces are of the whole
 * programme: for the program itself and for whoever works for a whole province. Everybody else who may read
 * figures has the districts in her reach. For a reader.
 */
#ifndef SUNWAI_ATTENDANCE_H
#define SUNWAI_ATTENDANCE_H

#include "report.h"

struct attendance_line {
    str code; /* of the unit; empty: the line of all */
    str name; /* in ctx->lang; empty for the line of all */
    int64_t unit_id;
    int64_t councillors, officials, women_citizens;
    int64_t total;  /* of these three */
    int64_t others; /* were there, and stand in none of the three: men, civil society … */
    int64_t events;
    int64_t imported; /* of the events: from an earlier programme; as of now only */
};
struct attendance {
    struct attendance_line *rows; /* those with an event that counts */
    size_t rows_n;
    struct attendance_line all;
    bool provinces; /* a row is a province, else a district */
    bool approved;  /* else as of now */
};

/* Whether the totals of provinces are for this person. */
err attendance_has_provinces(struct ctx *c, bool *out);
/* Of the whole country; q->unit is not asked. DENIED. */
err attendance_by_province(struct ctx *c, const struct report_query *q, bool approved,
                           struct attendance *out);
err attendance_by_district(struct ctx *c, const struct report_query *q, bool approved,
                           struct attendance *out);
/* The widest that this person may have; of a unit, its districts. */
err attendance_own(struct ctx *c, const struct report_query *q, bool approved, struct attendance *out);

#endif
