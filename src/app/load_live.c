/* load_live.c: what becomes of a case: in plausible proportions, every step by the rules. */
#include "clock.h"
#include "load_inside.h"

enum { HOUR_MS = 3600000, OPENS = 9, CLOSES = 16, ROUNDS = 3 };

/* ---- time ---- */

/* Offices work from nine to four, and not on Sundays. */
static int64_t in_hours(struct dice *d, int64_t ms)
{
    const struct local_time t = local_of(ms);
    int64_t day = local_day(ms);
    if (t.weekday != 0 && t.hour >= OPENS && t.hour < CLOSES) {
        return ms;
    }
    day = t.hour >= CLOSES ? day_add(day, 1) : day;
    day = day_weekday(day) == 0 ? day_add(day, 1) : day;
    return day_at_ms(day, OPENS, 0) + (int64_t)dice_below(d, 5 * HOUR_MS);
}

static void wait_hours(struct life *l, uint32_t low, uint32_t high)
{
    l->now_ms += (int64_t)dice_between(&l->dice, low, high) * HOUR_MS + dice_below(&l->dice, HOUR_MS);
    l->now_ms = in_hours(&l->dice, l->now_ms);
    l->over = l->over || l->now_ms >= l->w->to_ms;
}

static bool by_chance(struct life *l, uint32_t in_1000)
{
    return dice_in_1000(&l->dice, in_1000);
}

/* ---- steps ---- */

static err said(struct life *l, err e, unsigned action)
{
    if (e.code == ERR_OK) {
        return OK;
    }
    return fail_log(l->c->fail, e.code, "load: %s in %s: %s %s", complaint_kind.actions[action],
                    complaint_kind.states[l->state], err_name(e), l->c->fail->log);
}

static err step_as(struct life *l, struct ctx *as, struct case_act *act, const char *use, str lang)
{
    struct case_receipt receipt;
    if (use != NULL) {
        TRY(load_words(l->c->arena, l->w, &l->dice, str_of(use), lang, &act->words));
    }
    as->now_ms = l->now_ms;
    TRY(said(l, case_do(as, &l->ref, act, &receipt), act->action));
    l->state = receipt.state;
    l->now_ms += MS_PER_MINUTE;
    return OK;
}

/* Officers write Urdu, some English. */
static err staff_does(struct life *l, const struct load_person *who, struct case_act act, const char *use)
{
    struct ctx as = *l->c;
    as.actor = who->actor;
    return step_as(l, &as, &act, use, by_chance(l, 800) ? S("ur") : S("en"));
}

static err she_does(struct life *l, struct case_act act, const char *use)
{
    struct ctx as = *l->c;
    TRY(case_admit(&as, &l->ref));
    return step_as(l, &as, &act, use, l->lang);
}

static err looks(struct life *l, const struct load_person *who, uint32_t in_1000)
{
    struct ctx as = *l->c;
    as.actor = who->actor;
    as.now_ms = l->now_ms;
    return by_chance(l, in_1000) ? case_seen(&as, &l->ref) : OK;
}

/* ---- whom it is given to ---- */

/* Somebody of the office that answers; when nobody works there yet, and the catalogue does not send it past
 * the offices, anybody of the district's. NOT_FOUND: nobody. */
static err head_find(struct life *l, struct load_person *out)
{
    const struct load_people *all = &l->d->officers;
    int64_t body = 0;
    struct q_body_kind kind = {.body_kind_code = S("")};
    const err e = catalogue_body(l->c, l->service->id, l->unit->id, &body);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (e.code == ERR_OK) {
        TRY(q_body_kind(l->c->db, l->c->arena, body, &kind));
    }
    for (size_t i = 0; i < all->n; i++) {
        if (all->all[i].actor.office_id == body) {
            *out = all->all[i];
            return OK;
        }
    }
    if (all->n == 0 || str_eq(kind.body_kind_code, S("dc"))) {
        return FAIL(NOT_FOUND);
    }
    *out = all->all[dice_below(&l->dice, (uint32_t)all->n)];
    return OK;
}

static err assign(struct life *l)
{
    const err e = head_find(l, &l->head);
    if (e.code == ERR_NOT_FOUND) {
        l->over = true; /* it waits for an officer */
        return OK;
    }
    TRY(e);
    TRY(looks(l, &l->supervisor, 900));
    return staff_does(l, &l->supervisor, (struct case_act){.action = CASE_ASSIGN, .to = l->head.login}, NULL);
}

/* Another of the same office. */
static err mark(struct life *l)
{
    for (size_t i = 0; i < l->d->officers.n; i++) {
        const struct load_person *o = &l->d->officers.all[i];
        if (o->actor.office_id == l->head.actor.office_id && o->actor.user_id != l->head.actor.user_id) {
            return staff_does(l, &l->head, (struct case_act){.action = CASE_MARK, .to = o->login}, "mark");
        }
    }
    return OK;
}

/* ---- handed over to another institution ---- */

/* The desk's ctx at this moment. */
static struct ctx at_desk(const struct life *l)
{
    struct ctx as = *l->c;
    as.actor = l->desk.actor;
    as.now_ms = l->now_ms;
    return as;
}

/* One that takes such matters; where an account of hers is needed, only when she gave her name. */
static err portal_choose(struct life *l, struct ctx *as, const struct portal **out)
{
    struct case_view v;
    struct portal *all;
    size_t n, fit = 0;
    *out = NULL;
    TRY(case_find(as, &l->ref, &v));
    TRY(portals_for(as, &v, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (all[i].fits && (l->named || !all[i].account)) {
            all[fit++] = all[i];
        }
    }
    if (fit > 0) {
        *out = &all[dice_skewed(&l->dice, fit)];
    }
    return OK;
}

/* *out_done false: there is nobody to hand it over to. */
static err hands_over(struct life *l, bool *out_done)
{
    struct ctx as = at_desk(l);
    struct handover_receipt receipt;
    const struct portal *p;
    TRY(portal_choose(l, &as, &p));
    *out_done = p != NULL;
    if (p == NULL) {
        return OK;
    }
    const uint32_t number = dice_below(&l->dice, 1000000);
    struct handover_new n = {.portal = p->code};
    n.account = !p->account ? S("none") : by_chance(l, 700) ? S("hers") : S("family");
    n.code_taken = p->account && by_chance(l, 900);
    n.number = by_chance(l, 800) ? arena_printf(l->c->arena, "INV-%06u", number) : STR_NONE;
    TRY(said(l, handover_give(&as, &l->ref, &n, &receipt), CASE_HAND_OVER));
    l->state = receipt.done.state;
    l->away_n = receipt.no;
    l->now_ms += MS_PER_MINUTE;
    return OK;
}

static err looks_there(struct life *l, int64_t no)
{
    struct ctx as = at_desk(l);
    struct case_receipt receipt;
    TRY(said(l, handover_look(&as, &l->ref, no, 0, &receipt), CASE_LOOK_UP));
    l->now_ms += MS_PER_MINUTE;
    return OK;
}

static err comes_back(struct life *l, int64_t no)
{
    static const uint32_t weights[] = {520, 180, 200, 100};
    struct ctx as = at_desk(l);
    struct case_receipt receipt;
    str words;
    const str outcome = str_of(handover_result_codes[dice_weighed(&l->dice, weights, HANDOVER_result_n)]);
    TRY(load_words(l->c->arena, l->w, &l->dice, S("outcome"), S("en"), &words));
    TRY(said(l, handover_outcome(&as, &l->ref, no, outcome, words, &receipt), CASE_OUTCOME));
    l->state = receipt.state;
    l->now_ms += MS_PER_MINUTE;
    return OK;
}

static err handed_over(struct life *l)
{
    bool done;
    if (by_chance(l, 120)) {
        TRY(hands_over(l, &done)); /* to a second one too */
    }
    for (int64_t no = 1; no <= l->away_n; no++) {
        wait_hours(l, no == 1 ? 20 * 24 : 24, no == 1 ? 22 * 24 : 48);
        if (l->over) {
            return OK;
        }
        TRY(looks_there(l, no));
        wait_hours(l, 3 * 24, 25 * 24);
        if (l->over || by_chance(l, 200)) {
            l->over = true;
            return OK;
        }
        TRY(comes_back(l, no));
    }
    l->away_n = 0;
    return OK;
}

/* ---- the first days ---- */

static err rejected(struct life *l)
{
    const struct load_people *adcs = &l->d->adcs;
    TRY(staff_does(l, &l->supervisor, (struct case_act){.action = CASE_REJECT}, "reject"));
    wait_hours(l, 24, 400);
    if (l->over || by_chance(l, 550)) {
        return OK;
    }
    TRY(she_does(l, (struct case_act){.action = CASE_REOPEN}, "contest"));
    l->contested = true;
    wait_hours(l, 24, 200);
    if (l->over || by_chance(l, 250)) {
        l->over = true;
        return OK;
    }
    if (adcs->n > 0 && by_chance(l, 400)) {
        const struct load_person *adc = &adcs->all[dice_below(&l->dice, (uint32_t)adcs->n)];
        l->over = true;
        return staff_does(l, adc, (struct case_act){.action = CASE_REJECT}, "reject");
    }
    return assign(l);
}

static err registered(struct life *l)
{
    TRY(looks(l, &l->desk, 700));
    wait_hours(l, 2, 60);
    if (l->over || by_chance(l, 25)) { /* nobody has seen to it */
        l->over = true;
        return OK;
    }
    if (by_chance(l, 25)) {
        return she_does(l, (struct case_act){.action = CASE_WITHDRAW}, "withdraw");
    }
    if (by_chance(l, 40)) {
        return staff_does(l, &l->desk, (struct case_act){.action = CASE_AMEND}, "amend");
    }
    if (l->kind != KIND_SUGGESTION && by_chance(l, 35)) {
        return rejected(l);
    }
    const bool elsewhere = l->service->municipal_flag == 0;
    bool done = false;
    if (l->may_hand_over && by_chance(l, elsewhere ? 800 : 15)) {
        TRY(hands_over(l, &done));
    }
    return done ? OK : assign(l);
}

/* ---- at the office ---- */

static err asks(struct life *l)
{
    TRY(staff_does(l, &l->head, (struct case_act){.action = CASE_ASK}, "ask"));
    wait_hours(l, 10, 150);
    if (l->over || by_chance(l, 300)) {
        l->over = true;
        return OK;
    }
    return by_chance(l, 500) ? she_does(l, (struct case_act){.action = CASE_AMEND}, "amend")
                             : staff_does(l, &l->desk, (struct case_act){.action = CASE_AMEND}, "amend");
}

static err on_the_way(struct life *l)
{
    if (by_chance(l, 180)) {
        TRY(mark(l));
    }
    if (by_chance(l, 60)) {
        TRY(staff_does(l, &l->head, (struct case_act){.action = CASE_VISIT}, "visit"));
    }
    if (by_chance(l, 90)) {
        return staff_does(l, &l->head, (struct case_act){.action = CASE_COMMENT}, "comment");
    }
    return by_chance(l, 60) ? staff_does(l, &l->desk, (struct case_act){.action = CASE_COMMENT}, "comment")
                            : OK;
}

static err report(struct life *l)
{
    static const uint32_t results[] = {720, 110, 170};
    static const uint32_t reasons[] = {560, 140, 190, 110};
    static const char *const why[] = {"no_funds", "court_stay", "higher_approval", "not_technical"};
    struct case_act act = {.action = CASE_REPORT_ACTION};
    TRY(looks(l, &l->head, 900));
    switch (dice_weighed(&l->dice, results, 3)) {
    case 0:
        act.result = S("done");
        return staff_does(l, &l->head, act, "done");
    case 1:
        act.result = S("partly");
        return staff_does(l, &l->head, act, "partly");
    default:
        act.result = S("not_possible");
        act.reason = str_of(why[dice_weighed(&l->dice, reasons, 4)]);
        act.next_day = day_add(local_day(l->now_ms), dice_between(&l->dice, 20, 200));
        return staff_does(l, &l->head, act, "not_possible");
    }
}

static err assigned(struct life *l)
{
    wait_hours(l, 1, 90);
    if (l->over || by_chance(l, 40)) { /* never accepted */
        l->over = true;
        return OK;
    }
    TRY(looks(l, &l->head, 950));
    if (by_chance(l, 35)) {
        TRY(staff_does(l, &l->head, (struct case_act){.action = CASE_WRONG_DEPARTMENT}, "wrong_department"));
        wait_hours(l, 10, 120);
        if (!l->over && by_chance(l, 700)) {
            return assign(l);
        }
        l->over = true;
        return OK;
    }
    return staff_does(l, &l->head, (struct case_act){.action = CASE_ACCEPT}, NULL);
}

static err in_progress(struct life *l)
{
    TRY(on_the_way(l));
    wait_hours(l, 4, 60);
    if (!l->over && by_chance(l, 90)) {
        TRY(asks(l));
    }
    /* Most within a few days, the rest late, some never. */
    wait_hours(l, 2, by_chance(l, 650) ? 90 : 800);
    if (l->over || by_chance(l, 50)) {
        l->over = true;
        return OK;
    }
    return report(l);
}

/* ---- she is asked ---- */

static err nobody_there(struct life *l)
{
    const struct case_act close = {.action = CASE_CLOSE_UNCONFIRMED};
    const struct load_person clock = {.actor = {.role = ROLE_SYSTEM}};
    if (!l->reachable) {
        l->now_ms += (int64_t)CASE_SILENT_DAYS * MS_PER_DAY;
        wait_hours(l, 1, 10);
        return l->over ? OK : staff_does(l, &clock, close, NULL);
    }
    while (l->state == CASE_AWAITING_ANSWER) {
        TRY(staff_does(l, &l->desk, (struct case_act){.action = CASE_CALL_FAILED}, NULL));
        wait_hours(l, 24, 60);
        if (l->over) {
            return OK;
        }
    }
    return OK;
}

static err awaiting(struct life *l)
{
    static const uint32_t outcomes[] = {700, 130, 170};
    static const char *const words[] = {"solved", "partly", "not_solved"};
    struct case_act act = {.action = CASE_ANSWER};
    wait_hours(l, 2, 100);
    if (l->over || by_chance(l, 60)) {
        l->over = true;
        return OK;
    }
    if (by_chance(l, 130)) {
        return nobody_there(l);
    }
    const size_t which = dice_weighed(&l->dice, outcomes, 3);
    act.outcome = str_of(words[which]);
    const char *use = by_chance(l, 500) ? NULL : which == 0 ? "answer" : "not_solved";
    if (which != 0 && by_chance(l, 60)) {
        return she_does(l, (struct case_act){.action = CASE_WITHDRAW}, "withdraw");
    }
    if (by_chance(l, 300)) {
        return she_does(l, act, use);
    }
    act.via = which == 0 && by_chance(l, 60) ? S("proxy") : by_chance(l, 600) ? S("phone") : S("desk");
    return staff_does(l, &l->desk, act, use);
}

/* What comes behind an answer: another round, or nothing. */
static err afterwards(struct life *l)
{
    const bool closed = l->state == CASE_SOLVED || l->state == CASE_CLOSED_UNCONFIRMED;
    const bool open = l->state == CASE_PARTLY || l->state == CASE_NOT_SOLVED;
    wait_hours(l, 24, 500);
    if (l->over || !(closed ? by_chance(l, 70) : open && by_chance(l, 700))) {
        l->over = true;
        return OK;
    }
    if (closed) {
        TRY(she_does(l, (struct case_act){.action = CASE_REOPEN}, "reopen"));
        wait_hours(l, 10, 150);
        if (l->over || by_chance(l, 200)) {
            l->over = true;
            return OK;
        }
    }
    return assign(l);
}

/* ---- all of it ---- */

static err next_step(struct life *l)
{
    switch ((enum case_state)l->state) {
    case CASE_REGISTERED:
        return registered(l);
    case CASE_ASSIGNED:
        return assigned(l);
    case CASE_IN_PROGRESS:
        return in_progress(l);
    case CASE_AWAITING_ANSWER:
        return awaiting(l);
    case CASE_HANDED_OVER:
        return handed_over(l);
    case CASE_SOLVED:
    case CASE_PARTLY:
    case CASE_NOT_SOLVED:
    case CASE_CLOSED_UNCONFIRMED:
        return afterwards(l);
    case CASE_INFO_ASKED:
    case CASE_REOPENED:
    case CASE_WITHDRAWN:
    case CASE_REJECTED:
    case CASE_STATES:
        break;
    }
    l->over = true;
    return OK;
}

err load_live(struct life *l)
{
    enum { STEPS_MOST = 40 };
    for (int i = 0; i < STEPS_MOST && !l->over; i++) {
        TRY(next_step(l));
    }
    return OK;
}
