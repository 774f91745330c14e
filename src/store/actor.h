/* actor.h: who does something, as rules and the audit chain see it. */
#ifndef SUNWAI_ACTOR_H
#define SUNWAI_ACTOR_H

#include <stdint.h>

/* The roles of one district. A person may hold one; the public (complainant with reference and PIN) and the
 * system (jobs, command line) are roles too, so that every table over roles is complete. */
enum role {
    ROLE_NOBODY,
    ROLE_PUBLIC,
    ROLE_DESK,
    ROLE_OFFICER,
    ROLE_SUPERVISOR,
    ROLE_ADC,
    ROLE_MEMBER, /* an elected member on the rota of a desk, during her shift */
    ROLE_ADMIN,
    ROLE_MONITOR, /* monitoring and evaluation: of a district she verifies figures, of a province she approves
                     them */
    ROLE_MANAGER, /* of the programme: its plans, over all its districts */
    ROLE_AWAY,    /* a member outside her shift: she may see when her next one is, and nothing else */
    ROLE_SYSTEM,
    ROLE_N
};

struct actor {
    enum role role;
    int64_t user_id;   /* 0 for the public and the system */
    int64_t home;      /* id of the district unit; 0: none */
    int64_t office_id; /* the body (institution) this person sits in; 0: none */
    int64_t unit_id;   /* the unit whose cases she sees: the district, or a tehsil */
    int64_t case_id;   /* the one case that a complainant's PIN opened; else 0 */
};

const char *role_name(enum role r); /* "desk" */

#endif
