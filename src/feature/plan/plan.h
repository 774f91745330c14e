/* plan.h: what is intended: plans by unit, planning year and version.
 *
 * A plan has a framework of results (impact, outcomes, outputs), indicators with targets, and activities,
 * each of an output and each said to be gender centric or gender mainstreaming. The same engine serves the
 * operational plan of a programme, a national action plan and a community development plan (kind). A draft is
 * written by monitors and managers of its unit or above it, put forward, and approved by somebody who wrote
 * nothing of it; what was approved is never changed in place: the next version begins as its copy, and when
 * that is approved the one before is superseded. Percentages are whole ones; baselines of percentages are
 * thousandths.
 *
 * Whoever works in a unit reads its plans and those of what it lies in; whoever stands above, those of what
 * lies below. NOT_FOUND outside. What changes something belongs in a write job.
 */
#ifndef SUNWAI_PLAN_H
#define SUNWAI_PLAN_H

#include "event.h"
#include "indicator.h"
#include "lang.h"
#include "plan.sql.h"
#include "plan_kind.h"
#include "plan_words.h"
#include "verify.h"

enum {
    PLAN_LINE_MAX = 200,
    PLAN_WORDS_MAX = 1000,
    PLAN_RESULTS_MAX = 60,
    PLAN_INDICATORS_MAX = 120,
    PLAN_ACTIONS_MAX = 300,
    PLAN_UNITS_MAX = 64, /* of one activity */
    PLAN_PARTS_MAX = 40, /* partners, cites … of one activity; risks and markers of a plan: 200 */
    PLAN_NOTES_MAX = 200,
    PLAN_PEOPLE_MAX = 99999,
    PLAN_RUPEES_MAX = 999999999,
    PLAN_SHARES_SUM = 1000,
    PLAN_LIST_MAX = 200,
    PLAN_NEEDS_MAX = 200
};

struct planned {
    struct q_plan_get row;
    struct subject subject;
    struct q_flow_get flow;
    enum plan_state state;
};

struct plan_new {
    str programme, kind, unit, title; /* codes; title may be missing */
    int64_t year;                     /* of its July */
};
/* OP-PK526-2026-27-V1. INVALID with field programme, unit or year; CONFLICT: there is one already, which can
 * be revised. DENIED: not a unit of hers. */
err plan_make(struct ctx *c, const struct plan_new *n, str *out_code);
err plan_find(struct ctx *c, str code, struct planned *out);
err plan_list(struct ctx *c, struct q_plan_list **out, size_t *out_n);
err plan_versions(struct ctx *c, const struct planned *v, struct q_plan_versions **out, size_t *out_n);

/* Whether she may take a step now; for edit: write in it. The step itself says why not. */
bool plan_may(struct ctx *c, const struct planned *v, enum plan_action action);
/* Whether she may begin the next version: of the one in force, and no draft of it is there. */
bool plan_may_revise(struct ctx *c, const struct planned *v);
/* Before a step that a page asked for, against where the plan stood when that was loaded (flow_as_seen);
 * PLAN_BEGIN: its next version. DENIED: the step is not hers at all. */
err plan_as_seen(struct ctx *c, const struct planned *v, enum plan_action action, int64_t step);
/* submit, return, approve, drop. INVALID (field "words"): return and drop without a reason; CONFLICT:
 * something is missing (plan_wants), or not in this state; DENIED: not her unit, or she wrote it herself. */
err plan_act(struct ctx *c, struct planned *io, enum plan_action action, str words);
/* The next version, a draft that says the same. */
err plan_revise(struct ctx *c, const struct planned *v, str *out_code);

/* ---- programmes, and who pays: a manager's ---- */

struct plan_names {
    str in[LANG_N]; /* STR_NONE or empty: as it is */
};
struct plan_programme_edit {
    str which; /* code of the one that is changed; empty: a new one */
    str code;  /* of a new one: small letters, digits, dashes */
    struct plan_names names;
    struct opt_i64 from_day, to_day, month; /* none: as it is; of a new one without end, from January */
};
bool plan_programme_may(const struct ctx *c);
/* Begins, renames or ends it. INVALID with field code, name_en, from_day, to_day or month; CONFLICT (to_day):
 * a plan begins behind that day; NOT_FOUND. */
err plan_programme_put(struct ctx *c, const struct plan_programme_edit *e);
/* The same of whoever pays; one stays, for plans name it. With a last day it ends: what it paid before stays,
 * and no activity that goes on behind that day can have a share of it. INVALID with field funder_code,
 * funder_en, funder_last, funder_why; CONFLICT (funder_last): a plan in force counts on it behind that day.
 */
struct plan_funder_edit {
    str which; /* code of the one that is changed; empty: a new one */
    str code;
    struct plan_names names;
    struct opt_i64 last_day; /* none: as it is */
    str why;
};
err plan_funder_put(struct ctx *c, const struct plan_funder_edit *e);

/* ---- what stands in it ---- */

/* All of a plan, in the order of their numbers. */
struct plan_whole {
    struct q_plan_results *results;
    struct q_plan_indicators *indicators;
    struct q_plan_targets *targets;
    struct q_plan_actions *actions;
    struct q_plan_action_units *units;
    struct q_plan_people *people;
    struct q_plan_partners *partners;
    struct q_plan_shares *shares;
    struct q_plan_risks *risks;
    struct q_plan_markers *markers;
    struct q_plan_cites *cites;
    size_t results_n, indicators_n, targets_n, actions_n, units_n, people_n, partners_n, shares_n, risks_n,
        markers_n, cites_n;
};
err plan_whole(struct ctx *c, const struct planned *v, struct plan_whole *out);
/* By number or id; NULL: there is none. */
const struct q_plan_results *plan_result_of(const struct plan_whole *w, int64_t no);
const struct q_plan_results *plan_result_by_id(const struct plan_whole *w, int64_t id);
const struct q_plan_indicators *plan_indicator_of(const struct plan_whole *w, int64_t no);
const struct q_plan_actions *plan_action_of(const struct plan_whole *w, int64_t no);
/* All that it says, line by line, in a form that never changes with the language (plan_content.c); its
 * SHA-256 is kept with the approval. */
err plan_content(struct ctx *c, const struct planned *v, const struct plan_whole *w, str *out);

/* What a plan wants before it can be put forward: a sentence, and of which number. */
struct plan_want {
    enum msg text;
    int64_t no;
};
err plan_wants(struct ctx *c, const struct plan_whole *w, struct plan_want **out, size_t *out_n);

/* ---- writing in a draft. `no` 0: a new one; `seen` is changed_n as the writer saw it, -1: not asked ----
 * INVALID with the field that is wrong; CONFLICT: somebody else wrote in it since. */

struct plan_result_edit {
    int64_t no, seen;
    str kind, title, assumption;
    int64_t parent; /* number; 0: none */
};
err plan_result_put(struct ctx *c, struct planned *io, const struct plan_result_edit *e);
struct plan_indicator_edit {
    int64_t no, seen;
    int64_t result; /* number */
    str indicator;  /* code of an indicator; "reported": typed into sheets */
    str title, measure, counting, aggregate;
    bool falling; /* less is better */
    struct opt_i64 baseline;
    int64_t baseline_day; /* 0: none */
    str baseline_source, means, every;
};
err plan_indicator_put(struct ctx *c, struct planned *io, const struct plan_indicator_edit *e);
/* The days of a target: 0 the planning year, 1 to 4 its quarters; the calendar year and the year of the
 * project that begin in it. */
enum { PLAN_SPAN_CALENDAR = 5, PLAN_SPAN_PROJECT = 6 };
struct period plan_target_period(const struct planned *v, int64_t quarter);
/* Whether its project years are none of the others. */
bool plan_project_years(const struct planned *v);
struct plan_target_edit {
    int64_t indicator;   /* number */
    str unit, role, sex; /* role, sex: STR_NONE: all */
    int64_t quarter;     /* as plan_target_period() has it */
    struct opt_i64 n;    /* none: there is no such target */
};
err plan_target_put(struct ctx *c, struct planned *io, const struct plan_target_edit *e);
/* Many at once, as one change: all of them or none. */
err plan_targets_put(struct ctx *c, struct planned *io, const struct plan_target_edit *e, size_t n);
struct plan_action_edit {
    int64_t no, seen;
    int64_t result; /* number of an output */
    str title, target, event_kind, post, budget;
    int64_t events, from_day, to_day;
    struct opt_i64 rupees;
    str units; /* codes, one in a line */
};
err plan_action_put(struct ctx *c, struct planned *io, const struct plan_action_edit *e, int64_t *out_no);
/* Exactly these people. */
struct plan_people {
    int64_t at[EVENT_role_n][EVENT_sex_n];
};
err plan_people_put(struct ctx *c, struct planned *io, int64_t action, const struct plan_people *people);
/* What nothing depends on any more. CONFLICT: an indicator, an activity or a result does. */
enum plan_part {
    PART_RESULT,
    PART_INDICATOR,
    PART_ACTION,
    PART_PARTNER,
    PART_SHARE,
    PART_RISK,
    PART_MARKER,
    PART_CITE,
    PART_N
};
err plan_part_drop(struct ctx *c, struct planned *io, enum plan_part part, int64_t action, int64_t no);

err plan_partner_add(struct ctx *c, struct planned *io, int64_t action, str body, str name, str does);
/* Thousandths; those of an activity make PLAN_SHARES_SUM before the plan can be put forward. */
err plan_share_put(struct ctx *c, struct planned *io, int64_t action, str funder, int64_t share);
err plan_risk_add(struct ctx *c, struct planned *io, int64_t action, str words, str likely, str answer);
/* Who set it, when and why stays with it: nothing sets one by itself. Of a result or an activity (number; the
 * other is 0). */
struct plan_marker_new {
    int64_t result, action;
    str scheme, value, why;
};
err plan_marker_add(struct ctx *c, struct planned *io, const struct plan_marker_new *n);
/* What the kind of target suggests; empty: nothing. */
str plan_suggests(str target_kind, str scheme);
struct plan_cite_new {
    str kind;
    str event; /* of a need: code, and number */
    int64_t need;
    str indicator, unit; /* of a figure: its district and quarter */
    str period;          /* "FY2025-26Q3" */
    str words;           /* a finding, or why */
};
err plan_cite_add(struct ctx *c, struct planned *io, int64_t action, const struct plan_cite_new *n);

/* ---- while it is carried out ---- */

/* Before a step that a page asked for: where the activity stood when that was loaded (flow_as_seen). DENIED:
 * the step is not hers at all. */
struct action_seen {
    int64_t no; /* the activity's */
    enum action_action act;
    int64_t step;
};
err plan_action_as_seen(struct ctx *c, const struct planned *v, const struct action_seen *seen);
/* begin, note, delay, finish, cancel, reopen of an approved plan's activity. INVALID (field "words"): delay
 * and cancel without the reason, a note without words. */
err plan_action_act(struct ctx *c, const struct planned *v, int64_t action, enum action_action act,
                    str words);
bool plan_action_may(struct ctx *c, const struct planned *v, const struct q_plan_actions *a,
                     enum action_action act);
/* The event belongs to this line of an approved plan; on again: not any more. INVALID (field "event"). */
err plan_event_tie(struct ctx *c, const struct planned *v, int64_t action, str event, bool on);
err plan_events(struct ctx *c, const struct planned *v, int64_t action, struct q_plan_events **out,
                size_t *out_n);

/* ---- what targets came to ---- */

/* One target beside the figures: approved ones (snapshot.h), and as of now, which nobody has approved. */
struct plan_actual {
    const struct indicator *of; /* NULL: sheets report it (plan_reported); nothing here is computed */
    bool hers;                  /* its districts are all within the actor's reach; else no figure is told */
    int64_t found, expected;    /* district-quarters approved, and begun; 0 found: no figure yet */
    int64_t num, den;           /* approved, in the cells that the target is of */
    bool now;                   /* counted as of now: */
    int64_t now_num, now_den;
};
/* What approved sheets say of an indicator that nothing computes, over districts and the target's days, put
 * together as the plan says: sums; shares as Σnum over Σden; of one that goes on (`latest`) each district's
 * last quarter, never the sum of its quarters; `none`: only what one sheet says. */
struct plan_reported {
    int64_t found; /* district-quarters that say something; 0: nothing is known */
    bool some;     /* there is one figure of it: */
    int64_t num, den;
};
err plan_reported(struct ctx *c, const struct q_plan_indicators *i, const struct q_plan_targets *t,
                  const int64_t *homes, size_t homes_n, struct plan_reported *out);
/* `now` false: without the raw count, which is slow. Targets of what lies in a district have no figures. */
err plan_actual(struct ctx *c, const struct q_plan_indicators *i, const struct q_plan_targets *t, bool now,
                struct plan_actual *out);
/* Whole percent of the target that a figure comes to; none when that says nothing: no figure, no target, or
 * less is better. */
struct opt_i64 plan_reached(const struct q_plan_targets *t, const struct indicator *of, int64_t num,
                            int64_t den);

/* ---- what becomes of needs ---- */

/* Of her districts; `open`: those that nobody answered. */
err plan_needs(struct ctx *c, struct period p, bool open, struct q_need_open **out, size_t *out_n);
/* in_plan, in_budget, done, declined. INVALID with field answer, or words: a budget line or the reason is
 * needed. */
err plan_need_answer(struct ctx *c, str event, int64_t need, str answer, str words);
bool plan_need_may(const struct ctx *c);

/* ---- for `sunwai verify` ---- */

/* Answers to needs. */
struct plan_answers {
    int64_t n; /* that stand as they were given */
    bool broken;
    int64_t home, event_id, need_no; /* the first that does not; 0: one that nobody gave */
};
struct plan_report {
    struct flow_report plans, activities;
    struct plan_answers answers;
    struct event_line_report lines;
};
/* All plans, their activities, which events belong to these, and the answers to needs against the audit
 * chains, behind audit_verify() whose report is `chains`, and approved versions against their hashes.
 * CONFLICT: one does not say what it said. */
err plan_verify(struct ctx *c, const struct audit_report *chains, struct plan_report *out);

#endif
