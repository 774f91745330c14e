/* case_bar.h: to whom a case is closed who would otherwise reach it, when it is filed.
 *
 * A complaint about the office in whose house a desk stands, or about the desk and its staff, is closed to
 * both and goes to the head of the district; when that is the host himself, to the Commissioner, and it is
 * closed to the district's supervisors too. Who of the rota she wanted out of the room does not reach her
 * case. In write jobs. Who asks: scope_reaches(), and every list (case_scope.h).
 */
#ifndef SUNWAI_CASE_BAR_H
#define SUNWAI_CASE_BAR_H

#include "case.h"

struct bar_case {
    int64_t home, case_id;
};
/* To whom what goes past a desk is closed, and who looks into it. */
struct bar_past {
    int64_t *closed;
    size_t closed_n;
    struct opt_i64 to;
};

/* Of the desk that takes it down, else of every desk of the district. */
err bar_past_find(struct ctx *c, int64_t home, struct opt_i64 division, struct bar_past *out);
err bar_past_add(struct ctx *c, const struct bar_case *at, const struct bar_past *past);
/* What she said: "nobody", or the user name of a member of this desk's rota; empty: she was not asked.
 * INVALID with field "room": no such member. */
err bar_room(struct ctx *c, const struct bar_case *at, str said);
/* Whether it is closed to an office. */
err bar_stands(struct ctx *c, const struct case_view *v, int64_t office_id, bool *out);

#endif
