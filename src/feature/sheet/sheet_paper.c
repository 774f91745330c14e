/* sheet_paper.c: what a workbook says of an event, kept to be compared. */
#include "sheet_inside.h"

static err open_of(struct ctx *c, const struct event_view *e, bool *out)
{
    struct sheet_view v;
    const err known = sheet_of_event(c, e, &v);
    if (known.code != ERR_OK && known.code != ERR_NOT_FOUND) {
        return known;
    }
    *out = e->state == EVENT_CLOSED && (known.code == ERR_NOT_FOUND || v.state == SHEET_DRAFT);
    return OK;
}

err sheet_paper_keep(struct ctx *c, const struct event_view *e, const struct sheet_sum *sums, size_t n,
                     bool *out_kept)
{
    bool open;
    if (!flow_can(&sheet_kind, SHEET_DRAFT, SHEET_SUBMIT, c->actor.role)) {
        return fail_set(c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    TRY(open_of(c, e, &open));
    *out_kept = open && n > 0;
    if (!*out_kept) {
        return OK;
    }
    TRY(q_sheet_paper_clear(c->db, e->row.home, e->row.id, NULL));
    for (size_t i = 0; i < n; i++) {
        const struct q_sheet_paper_put_in in = {.home = e->row.home,
                                                .event_id = e->row.id,
                                                .role_code = sums[i].role,
                                                .sex_code = sums[i].sex,
                                                .people_n = sums[i].people,
                                                .kept_by_id =
                                                    c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
                                                .kept_ms = c->now_ms};
        TRY(q_sheet_paper_put(c->db, &in, NULL));
    }
    const struct audit_entry said = {.event = S("sheet.workbook_kept"),
                                     .home = e->row.home,
                                     .subject_kind = S("event"),
                                     .subject_id = e->row.id};
    return audit_add(c, &said);
}
