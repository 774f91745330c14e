/* pad_verify.c: pads against the audit chains: each has the numbers that were drawn for it and no others. */
#include "pad.h"

#include "audit_said.h"

str pad_order_detail(struct ctx *c, str pad_code, int64_t forms, const struct seal *numbers)
{
    return arena_printf(c->arena, "pad=%.*s forms=%lld numbers=%.*s", STR_F(pad_code), (long long)forms,
                        SEAL_LEN, numbers->hex);
}

/* The pad of one recorded order. */
static err said_check(struct ctx *c, const struct q_audit_said *said, void *arg, bool *out_stop)
{
    struct pad_report *io = arg;
    struct q_pad_by_code pad;
    struct seal numbers;
    const err e = q_pad_by_id(c->db, c->arena, said->home, said->about_id, &pad);
    if (e.code == ERR_NOT_FOUND) {
        io->broken = "missing";
        *out_stop = true;
        return OK;
    }
    TRY(e);
    TRY(pad_seal(c, &pad, &numbers));
    const str detail = pad_order_detail(c, pad.pad_code, pad.forms_n, &numbers);
    if (detail.p == NULL) {
        return FAIL(LIMIT);
    }
    if (!str_eq(detail, said->detail_text)) {
        io->broken = "numbers";
        *out_stop = true;
        io->code = pad.pad_code;
        return OK;
    }
    io->pads++;
    return OK;
}

err pad_verify(struct ctx *c, const struct audit_report *chains, struct pad_report *out)
{
    struct pad_report report = {.code = S("")};
    struct q_pad_all there; /* before the chains: what is ordered meanwhile is no pad too many */
    TRY(q_pad_all(c->db, c->arena, &there));
    TRY(audit_said_each(c, chains, S("pad.ordered"), said_check, &report));
    if (report.broken == NULL && there.pads_n > report.pads) {
        report.broken = "unrecorded";
    }
    *out = report;
    return report.broken == NULL
               ? OK
               : fail_log(c->fail, ERR_CONFLICT, "pad %.*s does not fit the audit chain: %s",
                          STR_F(report.code), report.broken);
}
