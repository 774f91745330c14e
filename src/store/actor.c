/* actor.c: names of the roles. */
#include "actor.h"

const char *role_name(enum role r)
{
    switch (r) {
    case ROLE_NOBODY:
        return "nobody";
    case ROLE_PUBLIC:
        return "public";
    case ROLE_DESK:
        return "desk";
    case ROLE_OFFICER:
        return "officer";
    case ROLE_SUPERVISOR:
        return "supervisor";
    case ROLE_ADC:
        return "adc";
    case ROLE_MEMBER:
        return "member";
    case ROLE_ADMIN:
        return "admin";
    case ROLE_MONITOR:
        return "monitor";
    case ROLE_MANAGER:
        return "manager";
    case ROLE_AWAY:
        return "away";
    case ROLE_SYSTEM:
        return "system";
    case ROLE_N:
        break;
    }
    return "unknown";
}
