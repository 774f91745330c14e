/* verify_command.c: `sunwai verify`: the audit chains, what they say of every case, and heads written down
 * elsewhere. */
#include "bylaw.h"
#include "case_seal.h"
#include "cli.h"
#include "confinement.h"
#include "commands.h"
#include "direction.h"
#include "evidence_verify.h"
#include "event.h"
#include "narrative_seal.h"
#include "pad.h"
#include "place.h"
#include "plan.h"
#include "quote.h"
#include "sheet.h"
#include "store.h"
#include "verify.h"
#include "witness.h"

static str number(const struct call *call, int64_t n)
{
    return arena_printf(call->arena, "%lld", (long long)n);
}

static err say_failure(struct ctx *c, err e)
{
    cli_complain_fail(e, c->fail);
    return e;
}

static err chains_verify(const struct call *call, struct ctx *c, struct audit_report *out)
{
    const err e = audit_verify(c, out);
    if (e.code == ERR_CONFLICT) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_BROKEN, CLI_ARG("chain", number(call, out->broken_chain)),
                     CLI_ARG("seq", number(call, out->broken_seq)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_REPORT, CLI_ARG("rows", number(call, out->rows)),
            CLI_ARG("chains", number(call, out->chains)), CLI_ARG("head", str_of(out->head)));
    if (out->chains > 0) {
        CLI_SAY(MSG_CLI_VERIFY_MARK,
                CLI_ARG("mark", witness_mark(call->arena, out->heads, (size_t)out->chains)));
    }
    return OK;
}

/* The reference by which people know it, and not the number by which we do. */
static str name_of(struct ctx *c, const struct flow_report *r)
{
    struct q_case_get row;
    const err e = q_case_get(c->db, c->arena, r->broken_home, r->broken_id, &row);
    return e.code == ERR_OK ? row.ref_code : S("?");
}

static err cases_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct flow_report report = {0};
    const err e = case_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT && report.broken_id != 0) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_CASE, CLI_ARG("ref", name_of(c, &report)),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code == ERR_CONFLICT) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_MISSING, CLI_ARG("steps", number(call, report.steps)),
                     CLI_ARG("want", number(call, audit_steps(chains, str_of(complaint_kind.name)))));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_CASES, CLI_ARG("cases", number(call, report.subjects)),
            CLI_ARG("steps", number(call, report.steps)));
    return OK;
}

static err evidence_all_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct evidence_report report = {0};
    const err e = evidence_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT) {
        const struct flow_report of = {.broken_home = report.broken_home, .broken_id = report.broken_id};
        CLI_COMPLAIN(MSG_CLI_VERIFY_EVIDENCE, CLI_ARG("ref", name_of(c, &of)),
                     CLI_ARG("piece", number(call, report.broken_piece)),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_PIECES, CLI_ARG("pieces", number(call, report.pieces)));
    return OK;
}

static err events_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct flow_report report = {0};
    const err e = event_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT) {
        struct q_event_get row;
        const bool named =
            report.broken_id != 0 &&
            q_event_get(c->db, c->arena, report.broken_home, report.broken_id, &row).code == ERR_OK;
        CLI_COMPLAIN(MSG_CLI_VERIFY_EVENT, CLI_ARG("code", named ? row.event_code : S("?")),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_EVENTS, CLI_ARG("events", number(call, report.subjects)),
            CLI_ARG("steps", number(call, report.steps)));
    return OK;
}

static err directions_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct flow_report report = {0};
    const err e = flow_verify(c, &direction_kind, chains, direction_says, &report);
    if (e.code == ERR_CONFLICT) {
        struct q_direction_get row;
        const bool named =
            report.broken_id != 0 &&
            q_direction_get(c->db, c->arena, report.broken_home, report.broken_id, &row).code == ERR_OK;
        CLI_COMPLAIN(MSG_CLI_VERIFY_DIRECTION, CLI_ARG("code", named ? row.event_code : S("?")),
                     CLI_ARG("no", named ? number(call, row.direction_no) : S("?")),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_DIRECTIONS, CLI_ARG("directions", number(call, report.subjects)),
            CLI_ARG("steps", number(call, report.steps)));
    return OK;
}

static str plan_name(const struct call *call, struct ctx *c, const struct plan_report *r)
{
    struct q_plan_by_id plan;
    struct q_plan_action_sealed action;
    const bool of_activity = r->plans.broken == NULL && r->activities.broken != NULL;
    const struct flow_report *f = of_activity ? &r->activities : &r->plans;
    int64_t id = f->broken_id;
    if (of_activity) {
        if (q_plan_action_sealed(c->db, c->arena, f->broken_home, id, &action).code != ERR_OK) {
            return S("?");
        }
        id = action.plan_id;
    }
    if (q_plan_by_id(c->db, c->arena, f->broken_home, id, &plan).code != ERR_OK) {
        return S("?");
    }
    return of_activity
               ? arena_printf(call->arena, "%.*s/%lld", STR_F(plan.plan_code), (long long)action.action_no)
               : plan.plan_code;
}

/* An answer to a need, by its event. */
static err answer_broken(const struct call *call, struct ctx *c, const struct plan_answers *r, err e)
{
    struct q_event_get row;
    const bool named = q_event_get(c->db, c->arena, r->home, r->event_id, &row).code == ERR_OK;
    CLI_COMPLAIN(MSG_CLI_VERIFY_ANSWER, CLI_ARG("code", named ? row.event_code : S("?")),
                 CLI_ARG("no", number(call, r->need_no)));
    return e;
}

/* An event that belongs to another line of a plan than was recorded, or to none. */
static err line_broken(struct ctx *c, const struct event_line_report *r, err e)
{
    struct q_event_get row;
    const bool named = q_event_get(c->db, c->arena, r->home, r->event_id, &row).code == ERR_OK;
    CLI_COMPLAIN(MSG_CLI_VERIFY_LINE, CLI_ARG("code", named ? row.event_code : S("?")));
    return e;
}

static err plans_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct plan_report report = {.plans = {0}};
    const err e = plan_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT && report.answers.broken) {
        return answer_broken(call, c, &report.answers, e);
    }
    if (e.code == ERR_CONFLICT && report.lines.broken) {
        return line_broken(c, &report.lines, e);
    }
    if (e.code == ERR_CONFLICT) {
        const char *what = report.plans.broken != NULL ? report.plans.broken : report.activities.broken;
        CLI_COMPLAIN(MSG_CLI_VERIFY_PLAN, CLI_ARG("code", plan_name(call, c, &report)),
                     CLI_ARG("what", str_of(what)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_PLANS, CLI_ARG("plans", number(call, report.plans.subjects)),
            CLI_ARG("activities", number(call, report.activities.subjects)),
            CLI_ARG("steps", number(call, report.plans.steps + report.activities.steps)));
    return OK;
}

static err quotes_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct flow_report report = {0};
    const err e = flow_verify(c, &quote_kind, chains, quote_says, &report);
    if (e.code == ERR_CONFLICT) {
        struct q_quote_sealed row;
        const bool named =
            report.broken_id != 0 &&
            q_quote_sealed(c->db, c->arena, report.broken_home, report.broken_id, &row).code == ERR_OK;
        CLI_COMPLAIN(MSG_CLI_VERIFY_QUOTE, CLI_ARG("code", named ? row.quote_code : S("?")),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_QUOTES, CLI_ARG("quotes", number(call, report.subjects)),
            CLI_ARG("steps", number(call, report.steps)));
    return OK;
}

static err bylaws_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct flow_report report = {0};
    const err e = flow_verify(c, &bylaw_kind, chains, bylaw_says, &report);
    if (e.code == ERR_CONFLICT) {
        struct q_bylaw_sealed row;
        const bool named =
            report.broken_id != 0 &&
            q_bylaw_sealed(c->db, c->arena, report.broken_home, report.broken_id, &row).code == ERR_OK;
        CLI_COMPLAIN(MSG_CLI_VERIFY_BYLAW, CLI_ARG("code", named ? row.bylaw_code : S("?")),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_BYLAWS, CLI_ARG("bylaws", number(call, report.subjects)),
            CLI_ARG("steps", number(call, report.steps)));
    return OK;
}

static err narratives_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct narrative_report report = {.broken = NULL};
    const err e = narrative_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_NARRATIVE,
                     CLI_ARG("section", report.section.n > 0 ? report.section : S("?")),
                     CLI_ARG("unit", report.unit.n > 0 ? report.unit : S("?")),
                     CLI_ARG("no", number(call, report.broken_no)), CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_NARRATIVES, CLI_ARG("versions", number(call, report.versions)));
    return OK;
}

static err pads_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct pad_report report = {.broken = NULL};
    const err e = pad_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_PAD, CLI_ARG("code", report.code.n > 0 ? report.code : S("?")),
                     CLI_ARG("what", str_of(report.broken)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_PADS, CLI_ARG("pads", number(call, report.pads)));
    return OK;
}

static err sheets_verify(const struct call *call, struct ctx *c, const struct audit_report *chains)
{
    struct sheet_report report = {0};
    const err e = sheet_verify(c, chains, &report);
    if (e.code == ERR_CONFLICT && report.broken != NULL) {
        struct q_place_names *unit;
        size_t n = 0;
        const bool named = place_names(c, &report.broken_home, 1, &unit, &n).code == ERR_OK && n == 1;
        CLI_COMPLAIN(MSG_CLI_VERIFY_SHEET, CLI_ARG("district", named ? unit[0].unit_code : S("?")),
                     CLI_ARG("what", str_of(report.broken)), CLI_ARG("no", number(call, report.broken_no)));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_SHEETS, CLI_ARG("versions", number(call, report.versions)),
            CLI_ARG("figures", number(call, report.figures)));
    return OK;
}

static err say_disagreement(const struct call *call, str where, const struct witness_report *r)
{
    CLI_COMPLAIN(r->gone ? MSG_CLI_VERIFY_GONE : MSG_CLI_VERIFY_OTHER, CLI_ARG("where", where),
                 CLI_ARG("chain", number(call, r->chain)), CLI_ARG("seq", number(call, r->seq)));
    return FAIL(CONFLICT);
}

static err file_verify(const struct call *call, struct ctx *c, const char *path)
{
    struct witness_report report = {0};
    const err e = witness_file_check(c, path, &report);
    if (e.code == ERR_CONFLICT) {
        return say_disagreement(call, str_of(path), &report);
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    if (report.lines == 0) { /* a file that says nothing is no witness */
        CLI_COMPLAIN(MSG_CLI_VERIFY_EMPTY, CLI_ARG("file", str_of(path)));
        return FAIL(INVALID);
    }
    CLI_SAY(MSG_CLI_VERIFY_WITNESS, CLI_ARG("file", str_of(path)),
            CLI_ARG("lines", number(call, report.lines)),
            CLI_ARG("unreadable", number(call, report.unreadable)));
    return OK;
}

static err mark_verify(const struct call *call, struct ctx *c, str mark)
{
    struct witness_report report = {0};
    const err e = witness_mark_check(c, mark, &report);
    if (e.code == ERR_CONFLICT) {
        return say_disagreement(call, mark, &report);
    }
    if (e.code == ERR_INVALID) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_NO_MARK, CLI_ARG("mark", mark));
        return e;
    }
    if (e.code != ERR_OK) {
        return say_failure(c, e);
    }
    CLI_SAY(MSG_CLI_VERIFY_HEAD, CLI_ARG("mark", mark));
    return OK;
}

static err all_verify(const struct call *call, struct ctx *c)
{
    struct audit_report chains = {0};
    const str mark = call->flags->value[FLAG_HEAD];
    err first = chains_verify(call, c, &chains);
    if (first.code == ERR_OK) {
        first = cases_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = evidence_all_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = events_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = directions_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = plans_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = sheets_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = quotes_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = bylaws_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = narratives_verify(call, c, &chains);
    }
    if (first.code == ERR_OK) {
        first = pads_verify(call, c, &chains);
    }
    if (call->config->audit_witness != NULL) {
        const err e = file_verify(call, c, call->config->audit_witness);
        first = first.code == ERR_OK ? e : first;
    }
    if (mark.p != NULL) {
        const err e = mark_verify(call, c, mark);
        first = first.code == ERR_OK ? e : first;
    }
    if (first.code == ERR_OK && mark.p == NULL && call->config->audit_witness == NULL) {
        CLI_SAY(MSG_CLI_VERIFY_WELL);
    } else if (first.code == ERR_OK) {
        CLI_SAY(MSG_CLI_VERIFY_WELL_COMPARED);
    } else if (first.code == ERR_CONFLICT) {
        CLI_COMPLAIN(MSG_CLI_VERIFY_ILL);
    }
    return first;
}

int verify_command(const struct call *call)
{
    struct store_config config = config_store(call->config);
    config.read_only = true;
    struct fail f = {0};
    struct store *s = NULL;
    err opened = confine_command(call->config, &f);
    if (opened.code == ERR_OK) {
        opened = store_open(&config, &s, &f);
    }
    if (opened.code != ERR_OK) {
        cli_complain_fail(opened, &f);
        return EXIT_FAILED;
    }
    struct ctx c = {.arena = call->arena,
                    .db = store_reader(s),
                    .store = s,
                    .fail = &f,
                    .actor = {.role = ROLE_SYSTEM},
                    .writer = -1};
    const err e = all_verify(call, &c);
    store_close(s);
    return e.code == ERR_OK ? EXIT_FINE : EXIT_FAILED;
}
