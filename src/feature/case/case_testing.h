/* case_testing.h: filing and acting in one line, for the tests of this folder. */
#ifndef SUNWAI_CASE_TESTING_H
#define SUNWAI_CASE_TESTING_H

#include "feature_testing.h"

#include "case.h"
#include "msg.h"

struct testing_filing {
    struct case_new told;
    struct case_receipt receipt;
};

struct testing_acting {
    case_ref ref;
    struct case_act act;
    bool as_complainant;
    struct case_receipt receipt;
};

__attribute__((unused)) static err testing_run_file(struct ctx *c, void *arg)
{
    struct testing_filing *f = arg;
    return case_file(c, &f->told, &f->receipt);
}

__attribute__((unused)) static err testing_run_act(struct ctx *c, void *arg)
{
    struct testing_acting *a = arg;
    if (a->as_complainant) {
        TRY(case_admit(c, &a->ref));
    }
    return case_do(c, &a->ref, &a->act, &a->receipt);
}

/* The least that is told. */
__attribute__((unused)) static struct case_new told(const char *service, const char *unit, const char *words)
{
    return (struct case_new){.service = str_of(service),
                             .unit = str_of(unit),
                             .words = str_of(words),
                             .lang = S("ur"),
                             .channel = S("desk"),
                             .sex = S("woman")};
}

__attribute__((unused)) static struct case_receipt file_as(struct actor actor, struct case_new n)
{
    struct testing_filing f = {.told = n};
    const enum err_code e = written_as(actor, testing_run_file, &f);
    if (e != ERR_OK) {
        fail_msg("filing: %s, %s", err_name((err){e}), testing_now->fail.log);
    }
    return f.receipt;
}

__attribute__((unused)) static case_ref file_water(void)
{
    return file_as(who(DESK), told("M-WAT-01", "PK52601", "No water in our street")).ref;
}

__attribute__((unused)) static enum err_code do_as(enum testing_who w, const case_ref *ref,
                                                   struct case_act act)
{
    struct testing_acting a = {.ref = *ref, .act = act};
    return written_as(who(w), testing_run_act, &a);
}

/* The complainant herself, after her PIN opened the case. */
__attribute__((unused)) static enum err_code do_herself(const case_ref *ref, struct case_act act)
{
    struct testing_acting a = {.ref = *ref, .act = act, .as_complainant = true};
    return written_as((struct actor){.role = ROLE_PUBLIC}, testing_run_act, &a);
}

/* As the supervisor of Nowshera sees it. */
__attribute__((unused)) static struct case_view view_of(const case_ref *ref)
{
    struct ctx c = reading_as(who(SUPERVISOR));
    struct case_view v;
    assert_err(case_find(&c, ref, &v), ok);
    return v;
}

__attribute__((unused)) static unsigned state_of(const case_ref *ref)
{
    return view_of(ref).state;
}

#define ACT(a, ...) ((struct case_act){.action = CASE_##a, __VA_ARGS__})
#define ASSIGN(login) ACT(ASSIGN, .to = S(login))
#define REPORT(how) ACT(REPORT_ACTION, .words = S("We were there"), .result = S(how))
#define NOT_POSSIBLE(why)                                                                    \
    ACT(REPORT_ACTION, .words = S("Not now"), .result = S("not_possible"), .reason = S(why), \
        .next_day = day_add(local_day(clock_now_ms()), 30))
#define ANSWER(how, from) ACT(ANSWER, .outcome = S(how), .via = S(from))
#define REASON(a) ACT(a, .words = S("Because"))

#define assert_done(call) assert_int_equal(call, ERR_OK)
#define assert_refused(call, code, msg)                         \
    do {                                                        \
        assert_int_equal(call, ERR_##code);                     \
        assert_int_equal(testing_now->fail.message, MSG_##msg); \
    } while (0)

/* A case to which the officer of the TMA reported that it is done. */
__attribute__((unused)) static case_ref file_reported(void)
{
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ACCEPT, .words = STR_NONE)));
    assert_done(do_as(OFFICER, &ref, REPORT("done")));
    return ref;
}

#endif
