/* sheet_parts_pages.c: what the pages of every kind of sheet share. */
#include "sheet_pages.h"

#include "clock.h"
#include "event_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { STEPS_MAX = 60, CHANGES_MAX = 6, CHANGES_BYTES = 4000, PERCENT = 100 };

/* ---- addresses ---- */

struct url sheet_event_url(struct web *w, str event_code)
{
    return url_local(w->arena, arena_printf(w->arena, "/sheets/event/%.*s", STR_F(event_code)));
}

static struct url of_quarter(struct web *w, str what, str unit_code, struct period quarter)
{
    return url_local(w->arena, arena_printf(w->arena, "/sheets/%.*s/%.*s/%.*s", STR_F(what), STR_F(unit_code),
                                            STR_F(period_code(w->arena, quarter))));
}

struct url sheet_activity_url(struct web *w, str plan_code, int64_t line, str unit_code,
                              struct period quarter)
{
    return of_quarter(w, arena_printf(w->arena, "activity/%.*s/%lld", STR_F(plan_code), (long long)line),
                      unit_code, quarter);
}

struct url sheet_quarter_url(struct web *w, str unit_code, struct period quarter)
{
    return of_quarter(w, S("quarter"), unit_code, quarter);
}

struct url sheet_province_url(struct web *w, str unit_code, struct period quarter)
{
    return of_quarter(w, S("together"), unit_code, quarter);
}

/* ---- quarters ---- */

str sheet_quarter_words(struct web *w, struct period quarter)
{
    const struct msg_arg args[] = {{"from", format_month(w->arena, w->lang, quarter.from_day / 100)},
                                   {"to", format_month(w->arena, w->lang, quarter.to_day / 100)},
                                   {"code", page_isolate(&w->page, period_code(w->arena, quarter))}};
    return page_msg_args(&w->page, MSG_SHEET_QUARTER_WORDS, 0, args, COUNT(args));
}

struct period sheet_quarter_before(struct period quarter)
{
    const int64_t day = day_add(quarter.from_day, -1);
    return period_quarter(period_year_of(day), period_quarter_of(day));
}

struct period sheet_quarter_last(int64_t today)
{
    return sheet_quarter_before(period_quarter(period_year_of(today), period_quarter_of(today)));
}

/* ---- words ---- */

struct chip_view sheet_chip(const struct page *p, unsigned state)
{
    static const struct {
        str kind;
        enum msg text;
    } looks[SHEET_STATES] = {[SHEET_DRAFT] = {S_INIT("new"), MSG_SHEET_STATE_DRAFT},
                             [SHEET_SUBMITTED] = {S_INIT("wait"), MSG_SHEET_STATE_SUBMITTED},
                             [SHEET_VERIFIED] = {S_INIT("busy"), MSG_SHEET_STATE_VERIFIED},
                             [SHEET_APPROVED] = {S_INIT("done"), MSG_SHEET_STATE_APPROVED},
                             [SHEET_LOCKED] = {S_INIT("closed"), MSG_SHEET_STATE_LOCKED}};
    return (struct chip_view){looks[state].kind, page_msg(p, looks[state].text)};
}

str sheet_number(const struct web *w, int64_t n)
{
    return format_number(w->arena, w->lang, n);
}

static str ratio_words(struct web *w, int64_t num, int64_t den)
{
    if (den == 0) {
        return page_msg(&w->page, MSG_SHEET_FIGURE_NONE);
    }
    const int64_t percent = (2 * PERCENT * num + den) / (2 * den); /* half up */
    const str share = arena_printf(w->arena, "%.*s %%", STR_F(sheet_number(w, percent)));
    const struct msg_arg args[] = {{"num", page_isolate(&w->page, sheet_number(w, num))},
                                   {"den", page_isolate(&w->page, sheet_number(w, den))},
                                   {"percent", page_isolate(&w->page, share)}};
    return page_msg_args(&w->page, MSG_SHEET_FIGURE_RATIO, 0, args, COUNT(args));
}

str sheet_figure_words(struct web *w, const struct indicator *i, const struct figure *f)
{
    int64_t num;
    int64_t den;
    figure_sum(i, f, &(struct figure_pick){0}, &num, &den);
    if (i->measure == MEASURE_COUNT) {
        return sheet_number(w, num);
    }
    if (i->measure == MEASURE_RATIO) {
        return ratio_words(w, num, den);
    }
    if (den == 0) {
        return page_msg(&w->page, MSG_SHEET_FIGURE_NONE);
    }
    const struct msg_arg args[] = {{"middle", page_isolate(&w->page, sheet_number(w, num))},
                                   {"all", page_isolate(&w->page, sheet_number(w, den))}};
    return page_msg_args(&w->page, MSG_SHEET_FIGURE_MEDIAN, 0, args, COUNT(args));
}

str sheet_value_words(struct web *w, const struct sheet_line *l, str said)
{
    int64_t num = 0;
    int64_t den = 0;
    str rest = said;
    const bool first = !l->words && str_i64(str_cut(&rest, ' '), &num);
    if (!first || (l->of != NULL && l->of->measure == MEASURE_MEDIAN)) {
        return S("");
    }
    if (l->of != NULL && l->of->measure == MEASURE_RATIO) {
        return str_i64(str_cut(&rest, ' '), &den) ? ratio_words(w, num, den) : S("");
    }
    return sheet_number(w, num);
}

str sheet_hash_text(struct web *w, const uint8_t hash[DIGEST_LEN])
{
    char hex[DIGEST_HEX + 1];
    digest_hex(hash, hex);
    return arena_str(w->arena, str_of(hex));
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sheet_hash_of(str text, uint8_t out[DIGEST_LEN])
{
    if (text.n != DIGEST_HEX) {
        return false;
    }
    for (size_t i = 0; i < DIGEST_LEN; i++) {
        const int high = nibble(text.p[2 * i]);
        const int low = nibble(text.p[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* ---- what every sheet shows of itself ---- */

static void fact(struct facts_view *f, struct fact_view *rows, str name, str value)
{
    if (value.n > 0) {
        rows[f->rows_n++] = (struct fact_view){.name = name, .value = value};
    }
}

static str day_of_ms(struct web *w, struct opt_i64 ms)
{
    return ms.given ? format_time(w->arena, w->lang, ms.v) : S("");
}

static err facts_fill(struct web *w, const struct sheet_view *v, int64_t due_day, struct facts_view *out)
{
    enum { FACTS = 5 };
    const struct page *p = &w->page;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct facts_view){f, 0};
    fact(out, f, page_msg(p, MSG_SHEET_DUE), format_day(w->arena, w->lang, due_day));
    if (v != NULL) {
        fact(out, f, page_msg(p, MSG_SHEET_VERSION), sheet_number(w, v->row.version_no));
        fact(out, f, page_msg(p, MSG_SHEET_SUBMITTED_ON), day_of_ms(w, v->row.author_ms));
        fact(out, f, page_msg(p, MSG_SHEET_VERIFIED_ON), day_of_ms(w, v->row.verifier_ms));
        fact(out, f, page_msg(p, MSG_SHEET_APPROVED_ON), day_of_ms(w, v->row.approver_ms));
    }
    return OK;
}

static err steps_fill(struct web *w, const struct sheet_view *v, const struct given *seen,
                      struct sheet_page_view *m)
{
    static const enum msg words[SHEET_ACTIONS] = {
        [SHEET_BEGIN] = MSG_SHEET_STEP_BEGIN,   [SHEET_EDIT] = MSG_SHEET_STEP_EDIT,
        [SHEET_SUBMIT] = MSG_SHEET_STEP_SUBMIT, [SHEET_RETURN] = MSG_SHEET_STEP_RETURN,
        [SHEET_VERIFY] = MSG_SHEET_STEP_VERIFY, [SHEET_APPROVE] = MSG_SHEET_STEP_APPROVE,
        [SHEET_LOCK] = MSG_SHEET_STEP_LOCK,     [SHEET_UNLOCK] = MSG_SHEET_STEP_UNLOCK,
    };
    struct q_step_list *steps;
    size_t n;
    TRY(flow_timeline(&w->ctx, &v->subject, 0, STEPS_MAX, &steps, &n));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    const bool came_back = seen->given && w->fail.message == MSG_FLOW_CHANGED_MEANWHILE;
    size_t kept = 0;
    size_t later = 0;
    for (size_t i = 0; i < n; i++) {
        const bool edit = steps[i].action_no == SHEET_EDIT && steps[i].words_text.n == 0;
        if (edit && i > 0 && steps[i - 1].action_no == SHEET_EDIT) {
            continue; /* many edits after one another are one to read */
        }
        struct timeline_row *row = &rows[kept++];
        row->when = format_time(w->arena, w->lang, steps[i].at_ms);
        row->what = page_msg(&w->page, words[steps[i].action_no]);
        row->words = steps[i].words_text.n > 0 ? steps[i].words_text : S("");
        TRY(step_who(w, &steps[i], &row->who));
        later = came_back && steps[i].step_no > seen->n ? kept : later;
    }
    m->timeline = (struct timeline_view){rows, kept};
    m->meanwhile = (struct timeline_view){rows, later};
    return OK;
}

/* The step is one of her role and place, but she had the sheet in her hands before. */
static str own_words(struct web *w, const struct sheet_view *v)
{
    struct sheet_view others = *v;
    others.row.author_id = NONE_I64;
    others.row.verifier_id = NONE_I64;
    others.hers = false;
    const bool waits = (sheet_may(&w->ctx, &others, SHEET_VERIFY) && !sheet_may(&w->ctx, v, SHEET_VERIFY)) ||
                       (sheet_may(&w->ctx, &others, SHEET_APPROVE) && !sheet_may(&w->ctx, v, SHEET_APPROVE));
    return waits ? page_msg(&w->page, MSG_SHEET_OWN) : S("");
}

err sheet_page_fill(struct web *w, const struct sheet_view *v, int64_t due_day, size_t base,
                    struct sheet_page_view *m)
{
    const struct page *p = &w->page;
    const struct given *in = &w->in[base];
    const bool wrote = in[SHEET_IN_DO].given && in[SHEET_IN_WORDS].given;
    TRY(facts_fill(w, v, due_day, &m->facts));
    if (v == NULL) {
        m->chip = (struct chip_view){local_day(w->ctx.now_ms) > due_day ? S("late") : S("new"),
                                     page_msg(p, MSG_SHEET_STATE_NONE)};
        m->standing = page_msg(p, MSG_SHEET_PROVISIONAL);
        m->act.own = S("");
        return OK;
    }
    m->chip = sheet_chip(p, v->state);
    m->official = v->state >= SHEET_APPROVED;
    m->standing = page_msg(p, m->official ? MSG_SHEET_OFFICIAL : MSG_SHEET_PROVISIONAL);
    m->act.submit = sheet_may(&w->ctx, v, SHEET_SUBMIT);
    m->act.verify = sheet_may(&w->ctx, v, SHEET_VERIFY);
    m->act.approve = sheet_may(&w->ctx, v, SHEET_APPROVE);
    m->act.give_back = sheet_may(&w->ctx, v, SHEET_RETURN);
    m->act.lock = sheet_may(&w->ctx, v, SHEET_LOCK);
    m->act.unlock = sheet_may(&w->ctx, v, SHEET_UNLOCK);
    m->act.own = own_words(w, v);
    m->act.words.rows = 3;
    m->act.words.optional = false;
    m->act.step = v->flow.step_no;
    m->act.returning = wrote && in[SHEET_IN_DO].n == SHEET_DO_RETURN;
    m->act.unlocking = wrote && in[SHEET_IN_DO].n == SHEET_DO_UNLOCK;
    return steps_fill(w, v, &in[SHEET_IN_STEP], m);
}

/* ---- versions ---- */

static str change_words(struct web *w, const struct sheet_line *l, str before, str now)
{
    const str was = before.p == NULL ? sheet_number(w, 0) : sheet_value_words(w, l, before);
    const str is = now.p == NULL ? sheet_number(w, 0) : sheet_value_words(w, l, now);
    if (l->words || was.n == 0 || is.n == 0 ||
        str_eq(was, is)) { /* another row or cell behind the same number */
        return l->label;
    }
    const struct msg_arg args[] = {{"what", l->label},
                                   {"before", page_isolate_words(&w->page, was)},
                                   {"now", page_isolate_words(&w->page, is)}};
    return page_msg_args(&w->page, MSG_SHEET_CHANGE, 0, args, COUNT(args));
}

/* What one version says otherwise than the one before it. */
static str changes_of(struct web *w, const struct sheet_line *lines, size_t lines_n, str before, str now)
{
    SCOPED(buf_free) struct buf b = buf_new(CHANGES_BYTES);
    int64_t n = 0;
    for (size_t i = 0; i < lines_n; i++) {
        const str was = sheet_says(before, lines[i].name);
        const str is = sheet_says(now, lines[i].name);
        if (str_eq(was, is) || (was.p == NULL && is.p == NULL)) {
            continue;
        }
        if (++n <= CHANGES_MAX) {
            buf_put(&b, n > 1 ? S(" · ") : S(""));
            buf_put(&b, change_words(w, &lines[i], was, is));
        }
    }
    if (n == 0) {
        return page_msg(&w->page, MSG_SHEET_CHANGES_NONE);
    }
    if (n > CHANGES_MAX) {
        buf_put(&b, S(" · "));
        buf_put(&b, page_msg_args(&w->page, MSG_SHEET_CHANGES_MORE, n - CHANGES_MAX, NULL, 0));
    }
    const str words = b.full ? STR_NONE : arena_str(w->arena, buf_str(&b));
    return words.p == NULL ? page_msg_args(&w->page, MSG_SHEET_CHANGES_MORE, n, NULL, 0) : words;
}

err sheet_versions_table(struct web *w, const struct sheet_line *lines, size_t lines_n,
                         const struct q_sheet_versions *rows, size_t rows_n, struct table_view *out)
{
    enum { COL_VERSION, COL_ON, COL_CHANGED, COL_WHY, COLS };
    static const enum msg heads[COLS] = {[COL_VERSION] = MSG_SHEET_VERSION,
                                         [COL_ON] = MSG_SHEET_APPROVED_ON,
                                         [COL_CHANGED] = MSG_SHEET_COL_CHANGED,
                                         [COL_WHY] = MSG_SHEET_COL_UNLOCKED};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, rows_n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < rows_n; i++) {
        struct cell_view *c = &cells[i * COLS];
        c[COL_VERSION].text = sheet_number(w, rows[i].version_no);
        c[COL_ON].text = format_time(w->arena, w->lang, rows[i].approved_ms);
        c[COL_CHANGED].text =
            i + 1 < rows_n ? changes_of(w, lines, lines_n, rows[i + 1].content_text, rows[i].content_text)
                           : page_msg(&w->page, MSG_SHEET_FIRST_VERSION);
        c[COL_WHY] = (struct cell_view){.text = rows[i].unlock_text, .dir = S("auto")};
    }
    return web_table(w, heads, COLS, cells, rows_n, MSG_SHEET_VERSIONS, MSG_SHEET_NO_VERSION, out);
}

/* ---- steps ---- */

const char *const sheet_dos[] = {"submit", "verify", "approve", "return", "lock", "unlock", "justify", NULL};

static const enum sheet_action actions[] = {
    [SHEET_DO_SUBMIT] = SHEET_SUBMIT, [SHEET_DO_VERIFY] = SHEET_VERIFY, [SHEET_DO_APPROVE] = SHEET_APPROVE,
    [SHEET_DO_RETURN] = SHEET_RETURN, [SHEET_DO_LOCK] = SHEET_LOCK,     [SHEET_DO_UNLOCK] = SHEET_UNLOCK,
    [SHEET_DO_JUSTIFY] = SHEET_EDIT,
};

err sheet_form_holds(struct ctx *c, const struct sheet_view *v, const struct given *in)
{
    uint8_t said[DIGEST_LEN];
    const struct given *g = &in[SHEET_IN_SEEN];
    const bool told = g->given && g->text.n > 0;
    if (told && !sheet_hash_of(g->text, said)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_SAYS_OTHER, "action");
    }
    const struct sheet_seen seen = {.step = in[SHEET_IN_STEP].given ? in[SHEET_IN_STEP].n : FLOW_UNSEEN,
                                    .said = told ? said : NULL};
    return sheet_as_seen(c, v, actions[in[SHEET_IN_DO].n], &seen);
}

err sheet_do(struct ctx *c, struct sheet_view *io, const struct given *in)
{
    const str words = in[SHEET_IN_WORDS].given ? in[SHEET_IN_WORDS].text : STR_NONE;
    if (in[SHEET_IN_DO].n != SHEET_DO_JUSTIFY) {
        return sheet_act(c, io, actions[in[SHEET_IN_DO].n], words);
    }
    return sheet_justify(c, io, in[SHEET_IN_RULE].given ? in[SHEET_IN_RULE].text : S(""),
                         in[SHEET_IN_PLACE].given ? in[SHEET_IN_PLACE].text : S(""), words);
}

/* ---- rules ---- */

enum { COL_RULE, COL_WHERE, COL_LEFT, COL_RIGHT, COL_STATE, CHECK_COLS, FINDINGS_SHOWN = 100 };

/* A field of an activity sheet; "citizen.woman", or a role and what was told, as words; any other place as it
 * is. */
static str place_words(struct web *w, str place)
{
    const struct page *p = &w->page;
    static const struct {
        str code;
        enum msg text;
    } fields[] = {{S_INIT("progress"), MSG_ACTIVITY_PROGRESS},
                  {S_INIT("began"), MSG_ACTIVITY_BEGAN},
                  {S_INIT("ended"), MSG_ACTIVITY_ENDED},
                  {S_INIT("why"), MSG_ACTIVITY_WHY},
                  {S_INIT("done"), MSG_ACTIVITY_DONE}};
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (str_eq(place, fields[i].code)) {
            return page_msg(p, fields[i].text);
        }
    }
    str rest = place;
    const str role = event_words_of(p, event_role_words, EVENT_role_n, str_cut(&rest, '.'));
    const str sex = rest.n > 0 ? event_words_of(p, event_sex_words, EVENT_sex_n, rest) : S("");
    if (role.n == 0) {
        return sex.n > 0 ? sex : place.n > 0 ? page_isolate(p, place) : S("");
    }
    return sex.n == 0 ? role : arena_printf(w->arena, "%.*s · %.*s", STR_F(role), STR_F(sex));
}

static str compared_words(struct web *w, enum sheet_shows shows, int64_t n)
{
    if (shows == SHEET_SHOWS_NOTHING) {
        return S("");
    }
    return shows == SHEET_SHOWS_DAYS ? format_day(w->arena, w->lang, n) : sheet_number(w, n);
}

/* What was typed about this one, in a form that came back. */
static str explained(const struct given *in, const struct sheet_finding *f)
{
    const bool hers = in[SHEET_IN_DO].given && in[SHEET_IN_DO].n == SHEET_DO_JUSTIFY &&
                      in[SHEET_IN_RULE].given && str_eq(in[SHEET_IN_RULE].text, f->rule) &&
                      str_eq(in[SHEET_IN_PLACE].given ? in[SHEET_IN_PLACE].text : S(""), f->place);
    return hers && in[SHEET_IN_WORDS].given ? in[SHEET_IN_WORDS].text : S("");
}

/* What keeps the sheet comes first, then what waits for an answer, then what has one. */
static int urgency(const struct sheet_finding *f)
{
    return f->error ? 0 : f->why.n == 0 ? 1 : 2;
}

static void finding_cells(struct web *w, const struct sheet_finding *f, struct cell_view *c)
{
    const bool told = f->why.n > 0;
    const enum msg state = f->error ? MSG_SHEET_ERROR : told ? MSG_SHEET_EXPLAINED : MSG_SHEET_WARNING;
    c[COL_RULE] = (struct cell_view){.text = page_msg(&w->page, f->text), .note = told ? f->why : S("")};
    c[COL_WHERE].text = place_words(w, f->place);
    c[COL_LEFT].text = compared_words(w, f->shows, f->left);
    c[COL_RIGHT].text = compared_words(w, f->shows, f->right);
    c[COL_STATE] = (struct cell_view){.text = page_msg(&w->page, state),
                                      .chip = f->error ? S("late")
                                              : told   ? S("done")
                                                       : S("wait")};
}

static str more_words(struct web *w, int64_t all)
{
    const struct msg_arg args[] = {{"shown", page_isolate(&w->page, sheet_number(w, FINDINGS_SHOWN))},
                                   {"all", page_isolate(&w->page, sheet_number(w, all))}};
    return page_msg_args(&w->page, MSG_SHEET_CHECKS_MORE, 0, args, COUNT(args));
}

err sheet_checks_fill(struct web *w, const struct sheet_view *v, size_t base, struct sheet_page_view *m)
{
    static const enum msg heads[CHECK_COLS] = {[COL_RULE] = MSG_SHEET_COL_RULE,
                                               [COL_WHERE] = MSG_SHEET_COL_WHAT,
                                               [COL_LEFT] = MSG_SHEET_COL_LEFT,
                                               [COL_RIGHT] = MSG_SHEET_COL_RIGHT,
                                               [COL_STATE] = MSG_SHEET_COL_STATE};
    struct sheet_found found;
    size_t n = 0;
    TRY(sheet_findings(&w->ctx, v, &found));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, FINDINGS_SHOWN * CHECK_COLS);
    struct explain_view *explain = arena_array_of(w->arena, struct explain_view, FINDINGS_SHOWN);
    const bool drafts = flow_can(&sheet_kind, v->state, SHEET_EDIT, w->ctx.actor.role);
    if (cells == NULL || explain == NULL) {
        return FAIL(LIMIT);
    }
    for (int step = 0; step <= 2; step++) {
        for (size_t i = 0; i < found.n && n < FINDINGS_SHOWN; i++) {
            const struct sheet_finding *f = &found.v[i];
            if (urgency(f) != step) {
                continue;
            }
            struct cell_view *c = &cells[n++ * CHECK_COLS];
            finding_cells(w, f, c);
            if (step == 1 && drafts) {
                explain[m->explain_n++] = (struct explain_view){
                    f->rule, f->place, c[COL_RULE].text, c[COL_WHERE].text, explained(&w->in[base], f)};
            }
        }
    }
    const int64_t all = (int64_t)found.n + found.more;
    m->explain = explain;
    m->checks_more = all > (int64_t)n ? more_words(w, all) : S("");
    return web_table(w, heads, CHECK_COLS, cells, n, MSG_SHEET_CHECKS, MSG_SHEET_CHECKS_NONE, &m->checks);
}
