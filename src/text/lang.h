/* lang.h: the written languages. Direction comes from this table, never from a guess at the text. */
#ifndef SUNWAI_LANG_H
#define SUNWAI_LANG_H

#include "str.h"

/* The one list of them: BCP 47 code, own name, direction, what is read where a text is missing (a reader of
 * Pashto in the district reads Urdu sooner than English). A new one is a row here, its months and marks in
 * format.c, and a .po file. */
#define LANG_LIST(X)                       \
    X(EN, "en", "English", "ltr", LANG_EN) \
    X(UR, "ur", "اردو", "rtl", LANG_EN)    \
    X(PS, "ps", "پښتو", "rtl", LANG_UR)

#define LANG_ID(id, ...) LANG_##id,
enum lang { LANG_LIST(LANG_ID) LANG_N };

struct lang_info {
    str code;     /* BCP 47: "ur" */
    str own_name; /* "اردو" */
    str dir;      /* "rtl" */
    enum lang fallback;
};

extern const struct lang_info lang_table[LANG_N];
enum { lang_table_n = LANG_N }; /* for templates that walk over all */

bool lang_of(str code, enum lang *out); /* "ur", "ur-PK", any case */
/* The best match of an Accept-Language header (RFC 9110 12.5.4); LANG_EN when none. */
enum lang lang_accept(str header);

#endif
