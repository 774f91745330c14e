/* demo_desk.c: who runs the desk of Nowshera, who holds a post, and whose turn it is. */
#include "demo_desk.h"

#include "clock.h"
#include "lang.h"
#include "message.h"
#include "msg.h"
#include "rota.h"

#define DEMO_DESK "desk.nowshera"
#define DEMO_ADC "adc.nowshera"

enum { LETTER_DAYS_AGO = 90, SEATED_DAYS = 400, OVER_DAYS = -30, WEEKS = 2, ALL_DAY_DAYS = 28 };

/* The first comes at any hour; the term of the third one's council is over. */
static const struct {
    str login;
    enum msg seat;
    int64_t seated_days;
} members[ROTA_TEAM] = {
    {S_INIT("member.nowshera"), MSG_DEMO_SEAT_PABBI, SEATED_DAYS},
    {S_INIT("member2.nowshera"), MSG_DEMO_SEAT_PIRPIAI, SEATED_DAYS},
    {S_INIT("member3.nowshera"), MSG_DEMO_SEAT_AKORA, OVER_DAYS},
};

static err desk_described(struct ctx *c, const struct q_rota_desk *desk)
{
    const struct profile_new n = {.host = S("PK52601-TMA"),
                                  .run_by = S("cso"),
                                  .operator_name = msg_text(LANG_UR, MSG_DEMO_DESK_OPERATOR),
                                  .letter = S("DC/NSR/WFD/12"),
                                  .letter_by = msg_text(LANG_UR, MSG_DEMO_DESK_LETTER_BY),
                                  .letter_day = day_add(local_day(c->now_ms), -LETTER_DAYS_AGO),
                                  .funder = msg_text(LANG_UR, MSG_DEMO_DESK_FUNDER),
                                  .room = msg_text(LANG_UR, MSG_DEMO_DESK_ROOM),
                                  .phone = S("")};
    TRY(profile_set(c, desk, &n));
    TRY(post_set(c, desk, S("it_expert"), true, S(DEMO_DESK)));
    return post_set(c, desk, S("finance_officer"), false, STR_NONE);
}

static err members_come(struct ctx *c, const struct q_rota_desk *desk)
{
    const int64_t today = local_day(c->now_ms);
    str logins[ROTA_TEAM];
    for (size_t i = 0; i < ROTA_TEAM; i++) {
        const int64_t seat_to = day_add(today, members[i].seated_days);
        const struct member_new n = {.login = members[i].login,
                                     .seat = msg_text(LANG_UR, members[i].seat),
                                     .seat_to_day = seat_to,
                                     .endorsed = seat_to < today ? S("DC/NSR/WFD/14") : S("")};
        TRY(member_set(c, desk, &n));
        logins[i] = n.login;
    }
    for (int64_t d = 0; d < ALL_DAY_DAYS; d++) {
        TRY(shift_set(c, desk, logins[0], day_add(today, d), 0, ROTA_DAY_MINUTES));
    }
    /* From the next week on: of this one there may be no open day left. */
    for (int64_t week = 1; week <= WEEKS; week++) {
        int64_t shifts;
        TRY(week_plan(c, desk, day_add(today, 7 * week), logins + 1, ROTA_TEAM - 1, &shifts));
    }
    return OK;
}

/* What the public page of messages shows; those of the other topics wait, so that approving can be tried. */
static err messages_approved(struct ctx *c)
{
    struct account adc;
    struct q_message_all *rows;
    size_t n;
    struct ctx as = *c;
    TRY(account_find(c, S(DEMO_ADC), &adc));
    as.actor = account_actor(&adc);
    TRY(message_list(&as, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct message_version v = {rows[i].message_code, rows[i].lang_code, rows[i].version_no};
        if (str_eq(rows[i].topic_code, S("rti")) && message_may_change(&as, rows[i].unit_id)) {
            TRY(message_approve(&as, &v, msg_text(LANG_UR, MSG_DEMO_MESSAGE_APPROVED_BY),
                                local_day(c->now_ms)));
        }
    }
    return OK;
}

static err desk_run(struct ctx *c, struct write_job *base)
{
    struct account worker;
    struct q_rota_desk desk;
    (void)base;
    TRY(account_find(c, S(DEMO_DESK), &worker));
    c->actor = account_actor(&worker);
    TRY(rota_desk(c, STR_NONE, &desk));
    TRY(desk_described(c, &desk));
    TRY(members_come(c, &desk));
    TRY(messages_approved(c));
    return note_set(c, &desk, msg_text(LANG_UR, MSG_DEMO_DESK_NOTE));
}

err demo_desk(struct store *s, struct arena *a, struct fail *f)
{
    struct write_job job = {.run = desk_run, .arena = a, .actor = {.role = ROLE_SYSTEM}};
    const err e = store_write(s, &job);
    *f = job.fail;
    return e;
}
