/* lang.h: the written languages. Direction comes from this table, never from a guess at the text. */
#ifndef SUNWAI_LANG_H
#define SUNWAI_LANG_H

#include "str.h"

enum lang { LANG_EN, LANG_UR, LANG_PS, LANG_N };

struct lang_info {
    str code;     /* BCP 47: "ur" */
    str own_name; /* "اردو" */
    str dir;      /* "rtl" */
    enum lang fallback;
};

extern const struct lang_info lang_table[LANG_N];

bool lang_of(str code, enum lang *out); /* "ur", "ur-PK", any case */
/* The best match of an Accept-Language header (RFC 9110 12.5.4); LANG_EN when none. */
enum lang lang_accept(str header);

#endif
