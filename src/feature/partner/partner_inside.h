/* partner_inside.h: what the rules of this feature share. */
#ifndef SUNWAI_PARTNER_INSIDE_H
#define SUNWAI_PARTNER_INSIDE_H

#include "partner.h"

/* Whether what lies in this district is in reach. */
err partner_reaches(struct ctx *c, int64_t home, bool *out);
/* DENIED unless the actor plans events of this district. */
err partner_plans(struct ctx *c, int64_t home);
/* "TW-PK526-001" */
err partner_code(struct ctx *c, str kind, int64_t home, int64_t no, str *out);
/* In a write job: into the record. `event` is "twinning.made" and its like. */
err partner_audit(struct ctx *c, int64_t home, int64_t id, str event, str code);
/* INVALID with field "host", "partner" or "office" when there is no such office. `home` 0: wherever it is. */
enum partner_office_as { OFFICE_HOST, OFFICE_PARTNER, OFFICE_MEMBER };
err partner_office(struct ctx *c, str code, int64_t home, enum partner_office_as as, int64_t *out);

#endif
