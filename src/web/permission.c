#include "permission.h"

#include <stddef.h>

static const struct {
    const char *name;
    unsigned roles;
} permissions[P_N] = {[P_UNSAID] = {"unsaid", 0},
#define PERMISSION_ROW(id, name, roles) [P_##id] = {name, roles},
                      PERMISSIONS(PERMISSION_ROW)
#undef PERMISSION_ROW
};

const char *permission_name(enum permission p)
{
    return (unsigned)p < P_N ? permissions[p].name : permissions[P_UNSAID].name;
}

bool permission_of(enum role r, enum permission p)
{
    if ((unsigned)p >= P_N || (unsigned)r >= ROLE_N) {
        return false;
    }
    return (permissions[p].roles & (1u << r)) != 0;
}
