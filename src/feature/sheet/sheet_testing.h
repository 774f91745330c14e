/* sheet_testing.h: an open court at a school of Nowshera, as the tests of sheets hold it. Tests only. */
#ifndef SUNWAI_SHEET_TESTING_H
#define SUNWAI_SHEET_TESTING_H

#include "feature_testing.h"

#include "event_close.h"

/* Planned for today and opened; `arg` is a str * that takes its code. */
__attribute__((unused)) static err testing_event_open(struct ctx *c, void *arg)
{
    str *code = arg;
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .why = S("For the test")};
    TRY(event_plan(c, &n, code));
    return event_open(c, *code);
}

__attribute__((unused)) static err testing_event_close(struct ctx *c, void *arg)
{
    const str *code = arg;
    struct event_view v;
    TRY(event_find(c, *code, &v));
    return event_step(c, &v, EVENT_CLOSE, STR_NONE, STR_NONE);
}

#endif
