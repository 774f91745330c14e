/* device_ticket_api.c: see device_ticket_api.h. */
#include "device_ticket_api.h"

#include "web.h"

enum { DAY_MS = 86400000 };

str device_ticket_text(struct arena *a, const struct device_ticket *t)
{
    return arena_printf(a, "%lld %lld %lld", (long long)t->device_id, (long long)t->account_id,
                        (long long)t->given_ms);
}

bool device_ticket_of(str text, struct device_ticket *out)
{
    struct device_ticket t;
    const str device = str_cut(&text, ' ');
    const str account = str_cut(&text, ' ');
    if (!str_i64(device, &t.device_id) || !str_i64(account, &t.account_id) || !str_i64(text, &t.given_ms)) {
        return false;
    }
    *out = t;
    return true;
}

err device_ticket_read(struct ctx *c, str token, struct device_ticket *out)
{
    str text;
    TRY(web_signed_ever(c, DEVICE_TICKET, token, &text));
    return device_ticket_of(text, out) ? OK : FAIL(INVALID);
}

bool device_ticket_covers(const struct device_ticket *t, int64_t told_ms)
{
    return told_ms >= t->given_ms - TICKET_EARLY_MS &&
           told_ms <= t->given_ms + (int64_t)TICKET_RECORDS_DAYS * DAY_MS;
}
