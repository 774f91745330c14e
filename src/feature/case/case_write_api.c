#include "case_write.h"
#include "lang.h"
#include "msg.h"

/* The tables of complaint_kind, as choices: identifiers are written once, in case_kind.c, and held against it
 * by a test. */
const char *const choices_action[] = {"assign",   "accept", "ask",     "report_action", "answer", "reopen",
                                      "withdraw", "reject", "comment", "amend",         NULL};
const char *const choices_state[] = {
    "registered", "assigned",           "in_progress", "info_asked", "awaiting_answer", "solved", "partly",
    "not_solved", "closed_unconfirmed", "reopened",    "withdrawn",  "rejected",        NULL,
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

static struct case_new told_of(const struct given *in)
{
    return (struct case_new){
        .service = in[F_SERVICE].text,
        .unit = in[F_UNIT].text,
        .words = in[F_WORDS].text,
        .place = text_or(&in[F_PLACE], STR_NONE),
        .sex = in[F_SEX].text,
        .name = text_or(&in[F_NAME], STR_NONE),
        .phone = in[F_PHONE].given ? in[F_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .whose_phone = text_or(&in[F_WHOSE], STR_NONE),
        .safe_call = in[F_SAFE].given && in[F_SAFE].n == 1,
    };
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
    struct case_new n = told_of(in);
    n.address = text_or(&in[F_ADDRESS], STR_NONE);
    n.lang = text_or(&in[F_LANG], S("en"));
    n.channel = text_or(&in[F_CHANNEL], S("desk"));
    return file(c, &n, out);
}

err write_case_public(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_new n = told_of(in);
    c->actor = (struct actor){.role = ROLE_PUBLIC};
    n.lang = lang_table[c->lang].code;
    n.channel = S("public");
    return file(c, &n, out);
}

void act_of(const struct given *in, struct case_act *out)
{
    *out = (struct case_act){
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
    IGNORE(flow_action_of(&complaint_kind, in[A_ACTION].text,
                          &out->action)); /* one of choices_action: it is there */
}

err look_case(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct case_view v;
    TRY(case_find(c, &in[0].as.ref, &v));
    io->home = v.row.home;
    io->subject_kind = str_of(complaint_kind.name);
    io->subject_id = v.row.id;
    return OK;
}
