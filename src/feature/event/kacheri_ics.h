/* kacheri_ics.h: one event as a calendar file (RFC 5545): UTC times, lines folded at 75 octets without
 * cutting a character, SEQUENCE up with each change, STATUS:CANCELLED when it is off: whoever took the file
 * into a calendar is told by taking it again. */
#ifndef SUNWAI_KACHERI_ICS_H
#define SUNWAI_KACHERI_ICS_H

#include "buf.h"

enum { ICS_MAX = 16 * 1024, ICS_LINE_MAX = 75 };

struct ics_event {
    str uid;
    int64_t stamp_ms, from_ms, to_ms;
    int64_t sequence;
    bool cancelled;
    str summary, location, description;
};
void ics_put(struct buf *out, const struct ics_event *e);

#endif
