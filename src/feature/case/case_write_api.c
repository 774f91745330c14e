#include "case_write.h"
#include "lang.h"
#include "msg.h"

/* The tables of complaint_kind, as choices: identifiers are written once, in case_kind.c, and held against it
 * by a test. */
const char *const choices_action[] = {
    "assign", "accept",  "ask",   "report_action",    "answer", "reopen", "withdraw",
    "reject", "comment", "amend", "wrong_department", "mark",   "visit",  "call_failed",
    "undo",   NULL};
const char *const choices_told[] = {"visit", "next", NULL};
const char *const choices_state[] = {
    "registered",  "assigned",   "in_progress",        "info_asked", "awaiting_answer", "solved",
    "partly",      "not_solved", "closed_unconfirmed", "reopened",   "withdrawn",       "rejected",
    "handed_over", NULL,
};

static str text_or(const struct given *g, str otherwise)
{
    return g->given ? g->text : otherwise;
}

void receipt_of(struct ctx *c, const struct case_receipt *done, struct receipt *out)
{
    out->ref = arena_str(c->arena, case_ref_digits(&done->ref));
    out->status = str_of(complaint_kind.states[done->state]);
    out->due_ms = done->due_ms;
}

void told_of(const struct given *in, bool everything, struct case_new *out)
{
    struct case_new n = {
        .service = in[F_SERVICE].text,
        .unit = in[F_UNIT].text,
        .words = in[F_WORDS].text,
        .place = text_or(&in[F_PLACE], STR_NONE),
        .sex = in[F_SEX].text,
        .name = text_or(&in[F_NAME], STR_NONE),
        .phone = in[F_PHONE].given ? in[F_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .whose_phone = text_or(&in[F_WHOSE], STR_NONE),
        .safe_call = in[F_SAFE].given && in[F_SAFE].n == 1,
        .kind = text_or(&in[F_KIND], STR_NONE),
        .behalf = text_or(&in[F_BEHALF], STR_NONE),
        .anonymous = in[F_ANONYMOUS].given && in[F_ANONYMOUS].n == 1,
        .alias = text_or(&in[F_ALIAS], STR_NONE),
        .safe_sms = in[F_SMS].given && in[F_SMS].n == 1,
        .when = text_or(&in[F_WHEN], STR_NONE),
        .spoken = text_or(&in[F_SPOKEN], STR_NONE),
        .age = text_or(&in[F_AGE], STR_NONE),
        .minority = text_or(&in[F_MINORITY], STR_NONE),
        .signatories = text_or(&in[F_SIGNATORIES], STR_NONE),
        .documents = text_or(&in[F_DOCUMENTS], STR_NONE),
        .past_desk = in[F_PAST].given && in[F_PAST].n == 1,
    };
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        n.difficulty[i] = text_or(&in[F_SEEING + i], STR_NONE);
    }
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        n.consent[i] = text_or(&in[F_CONSENT_RECORD + i], STR_NONE);
    }
    if (everything) {
        n.address = text_or(&in[F_ADDRESS], STR_NONE);
        n.lang = text_or(&in[F_LANG], S("en"));
        n.channel = text_or(&in[F_CHANNEL], S("desk"));
        n.cnic = text_or(&in[F_CNIC], STR_NONE);
        n.relation = text_or(&in[F_RELATION], STR_NONE);
        n.relation_name = text_or(&in[F_RELATION_NAME], STR_NONE);
        n.same_as = text_or(&in[F_SAME_AS], STR_NONE);
        n.room = text_or(&in[F_ROOM], STR_NONE);
    }
    *out = n;
}

static err file(struct ctx *c, const struct case_new *n, struct receipt *out)
{
    struct case_receipt done;
    TRY(case_file(c, n, &done));
    receipt_of(c, &done, out);
    return OK;
}

err write_case(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_new n;
    told_of(in, true, &n);
    return file(c, &n, out);
}

void act_of(const struct given *in, struct case_act *out)
{
    *out = (struct case_act){
        .step = in[A_STEP].given ? in[A_STEP].n : 0,
        .to = text_or(&in[A_TO], STR_NONE),
        .words = text_or(&in[A_WORDS], STR_NONE),
        .result = text_or(&in[A_RESULT], STR_NONE),
        .outcome = text_or(&in[A_OUTCOME], STR_NONE),
        .via = text_or(&in[A_VIA], STR_NONE),
        .description = text_or(&in[A_DESCRIPTION], STR_NONE),
        .service = text_or(&in[A_SERVICE], STR_NONE),
        .unit = text_or(&in[A_UNIT], STR_NONE),
        .phone = in[A_PHONE].given ? in[A_PHONE].as.phone : (phone){.e164 = STR_NONE},
    };
    const str reason = text_or(&in[A_REASON], STR_NONE);
    out->next_day = in[A_NEXT].given ? in[A_NEXT].n : 0;
    out->whose_phone = text_or(&in[A_WHOSE], STR_NONE);
    out->safe_call = (struct opt_i64){in[A_SAFE].given, in[A_SAFE].n};
    out->safe_sms = (struct opt_i64){in[A_SMS].given, in[A_SMS].n};
    out->when = text_or(&in[A_WHEN], STR_NONE);
    out->documents = text_or(&in[A_DOCUMENTS], STR_NONE);
    out->told = text_or(&in[A_TOLD], STR_NONE);
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        out->consent[i] = text_or(&in[A_CONSENT_RECORD + i], STR_NONE);
    }
    IGNORE(flow_action_of(&complaint_kind, in[A_ACTION].text,
                          &out->action)); /* one of choices_action: it is there */
    if (out->action == CASE_REPORT_ACTION) {
        out->reason = reason;
    } else if (out->words.n == 0) {
        out->words = reason;
    }
}

static bool unseen_case(struct ctx *c, const struct given *in)
{
    return case_unseen(c, &in[0].as.ref);
}

static err note_case(struct ctx *c, const struct given *in)
{
    return case_seen(c, &in[0].as.ref);
}

const struct seen_fns case_seen_fns = {unseen_case, note_case};

err look_case(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct case_view v;
    TRY(case_find(c, &in[0].as.ref, &v));
    io->home = v.row.home;
    io->subject_kind = str_of(complaint_kind.name);
    io->subject_id = v.row.id;
    return OK;
}
