/* sheet_rule.c: the rules of sheets, as sheet_rules.sql has them, and what was answered to their warnings. */
#include <stdio.h>

#include "case_kind.h"
#include "check.h"
#include "clock.h"
#include "listing.h"
#include "msg.h"
#include "sheet_inside.h"

/* Of a sheet with more the rest is only counted, and keeps it from the step. */
enum { FINDINGS_MAX = 1000 };

extern const struct listings sheet_listings;

struct checking {
    struct arena *arena;
    const struct listing *rule;
    size_t place, left, right;
    struct sheet_finding *v;
    size_t n, room;
    int64_t more;
};

static enum msg text_of(str rule)
{
    char key[80];
    enum msg m = MSG_NONE;
    const int n = snprintf(key, sizeof key, "sheet.rule_%.*s", STR_F(rule));
    CHECK(n > 0 && (size_t)n < sizeof key && msg_of_key((str){key, (size_t)n}, &m));
    return m;
}

static bool holds(str op, int64_t left, int64_t right)
{
    CHECK(str_eq(op, S("eq")) || str_eq(op, S("le")) || str_eq(op, S("ge")) || str_eq(op, S("none")));
    return str_eq(op, S("eq"))   ? left == right
           : str_eq(op, S("le")) ? left <= right
           : str_eq(op, S("ge")) ? left >= right
                                 : false;
}

static err room_make(struct checking *k)
{
    enum { FIRST_ROOM = 32 };
    if (k->n < k->room) {
        return OK;
    }
    const size_t room = k->room == 0 ? FIRST_ROOM : 2 * k->room;
    struct sheet_finding *v = arena_array_of(k->arena, struct sheet_finding, room);
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < k->n; i++) {
        v[i] = k->v[i];
    }
    k->v = v;
    k->room = room;
    return OK;
}

static err row_check(void *arg, const struct listing_cell *cells)
{
    struct checking *k = arg;
    const int64_t left = cells[k->left].n;
    const int64_t right = cells[k->right].n;
    if (holds(listing_says(k->rule, S("op")), left, right)) {
        return OK;
    }
    if (k->n == FINDINGS_MAX) {
        k->more++;
        return OK;
    }
    const str place = arena_str(k->arena, cells[k->place].text);
    TRY(room_make(k));
    if (place.p == NULL) {
        return FAIL(LIMIT);
    }
    k->v[k->n++] = (struct sheet_finding){
        .rule = k->rule->name,
        .place = place,
        .text = text_of(k->rule->name),
        .error = str_eq(listing_says(k->rule, S("severity")), S("error")),
        .at = str_eq(listing_says(k->rule, S("at")), S("verify")) ? SHEET_VERIFY : SHEET_SUBMIT,
        .left = left,
        .right = right,
        .shows = str_eq(listing_says(k->rule, S("shows")), S("day"))       ? SHEET_SHOWS_DAYS
                 : str_eq(listing_says(k->rule, S("shows")), S("nothing")) ? SHEET_SHOWS_NOTHING
                                                                           : SHEET_SHOWS_NUMBERS,
        .why = S("")};
    return OK;
}

/* A justification stands as long as the numbers are those that it was given for. */
static err whys_put(struct ctx *c, const struct sheet_view *v, struct checking *k)
{
    struct q_sheet_findings_kept *rows;
    size_t n;
    TRY(q_sheet_findings_kept(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < k->n; j++) {
            struct sheet_finding *f = &k->v[j];
            if (str_eq(f->rule, rows[i].rule_code) && str_eq(f->place, rows[i].place_code) &&
                rows[i].left_n.v == f->left && rows[i].right_n.v == f->right) {
                f->why = rows[i].why_text;
            }
        }
    }
    return OK;
}

err sheet_findings(struct ctx *c, const struct sheet_view *v, struct sheet_found *out)
{
    const struct listing_given given[] = {
        {.name = "home", .n = v->row.home},
        {.name = "event_id", .n = v->row.event_id.v},
        {.name = "sheet_id", .n = v->row.id},
        {.name = "from_day", .n = v->row.from_day},
        {.name = "to_day", .n = v->row.to_day},
        {.name = "today_day", .n = local_day(c->now_ms)},
        {.name = "case_kind_no", .n = complaint_kind.kind_no},
        {.name = "reported_mark_n", .n = MARK_REPORTED},
        {.name = "event_kind_no", .n = event_kind.kind_no},
        {.name = "closed_state", .n = EVENT_CLOSED},
        {.name = "cancelled_state", .n = EVENT_CANCELLED},
    };
    struct checking k = {.arena = c->arena};
    for (size_t i = 0; i < sheet_listings.n; i++) {
        k.rule = sheet_listings.all[i];
        if (!str_eq(listing_says(k.rule, S("of")), v->row.sheet_kind_code)) {
            continue;
        }
        CHECK(listing_column(k.rule, S("place_code"), &k.place) &&
              listing_column(k.rule, S("left_n"), &k.left) && listing_column(k.rule, S("right_n"), &k.right));
        TRY(listing_run(c->db, k.rule, given, sizeof given / sizeof given[0], row_check, &k));
    }
    TRY(whys_put(c, v, &k));
    *out = (struct sheet_found){k.v, k.n, k.more};
    return OK;
}

static err finding_keep(struct ctx *c, const struct sheet_view *v, const struct sheet_finding *f, str why)
{
    const bool answered = why.n > 0;
    const struct q_sheet_finding_put_in in = {
        .home = v->row.home,
        .sheet_id = v->row.id,
        .rule_code = f->rule,
        .place_code = f->place,
        .severity_code = f->error ? S("error") : S("warning"),
        .left_n = SOME(f->left),
        .right_n = SOME(f->right),
        .why_text = why,
        .why_by_id = answered && c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
        .why_ms = answered ? SOME(c->now_ms) : NONE_I64,
    };
    return q_sheet_finding_put(c->db, &in, NULL);
}

err sheet_rules_hold(struct ctx *c, const struct sheet_view *v, enum sheet_action at)
{
    struct sheet_found found;
    TRY(sheet_findings(c, v, &found));
    bool error = found.more > 0;
    bool open = false;
    for (size_t i = 0; i < found.n; i++) {
        const struct sheet_finding *f = &found.v[i];
        error = error || (f->error && f->at == at);
        open = open || (!f->error && f->at == at && f->why.n == 0);
    }
    if (error || open) {
        return fail_set(c->fail, ERR_CONFLICT, error ? MSG_SHEET_HAS_ERRORS : MSG_SHEET_HAS_WARNINGS,
                        "action");
    }
    return OK;
}

err sheet_why_keep(struct ctx *c, const struct sheet_view *v, str rule, str place, str why)
{
    struct sheet_found found;
    TRY(sheet_findings(c, v, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct sheet_finding *f = &found.v[i];
        if (!f->error && str_eq(f->rule, rule) && str_eq(f->place, place)) {
            return finding_keep(c, v, f, why);
        }
    }
    return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_NOT_NOW, "action");
}
