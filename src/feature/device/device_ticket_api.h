/* device_ticket_api.h: who was given a pack on which device, and when, as the server signed it.
 *
 * A ticket travels in the pack, in what a device asks for, and sealed in each record that it brings: so a
 * record is of whoever held the pack, and nobody can file in a colleague's name. For leases it is good for
 * hours (web_sign); for a record it has to be of the days before it was recorded.
 */
#ifndef SUNWAI_DEVICE_TICKET_API_H
#define SUNWAI_DEVICE_TICKET_API_H

#include "device.h"

enum { TICKET_TEXT_MAX = 1000, TICKET_RECORDS_DAYS = 7, TICKET_EARLY_MS = 3600000 };

struct device_ticket {
    int64_t device_id, account_id, given_ms;
};
/* What is signed under DEVICE_TICKET. */
#define DEVICE_TICKET S("ticket")
str device_ticket_text(struct arena *a, const struct device_ticket *t);
bool device_ticket_of(str text, struct device_ticket *out);
/* From a record: signed here, whenever that was. INVALID. */
err device_ticket_read(struct ctx *c, str token, struct device_ticket *out);
/* Whether a record of that time may be hers by it. */
bool device_ticket_covers(const struct device_ticket *t, int64_t told_ms);

#endif
