/* list_pages.c: the list of cases, in a page, on paper and as a file. */
#include "away_pages.h"
#include "case_filter.h"
#include "case_list.h"
#include "case_list.html.h"
#include "case_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LIST_ROWS = 25, PAPER_ROWS = 500, WORDS_SHOWN = 80 };

const struct input case_list_inputs[CASE_LIST_INPUTS] = {
    LIST_INPUTS, [L_PHONE_TYPED] = {"phone_typed", IN_FLAG, MSG_LIST_PHONE_TYPED},
    [L_MORE] = {"more", IN_FLAG, MSG_LIST_MORE_FILTERS}};

/* ---- the filters ---- */

/* A select of codes and what they are called. */
struct option {
    str code;
    enum msg text;
};

static err options(struct web *w, size_t input, const struct option *rows, size_t n, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].code, .text = page_msg(&w->page, rows[i].text)};
    }
    web_choose(w, input, c, n, STR_NONE);
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err states_offered(struct web *w, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, CASE_STATES + 2);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    c[n++] = (struct choice_view){.value = S("open"), .text = page_msg(&w->page, MSG_DESK_FILTER_OPEN)};
    c[n++] = (struct choice_view){.value = S("any"), .text = page_msg(&w->page, MSG_DESK_FILTER_ANY)};
    for (unsigned s = 0; s < CASE_STATES; s++) {
        c[n++] = (struct choice_view){.value = str_of(complaint_kind.states[s]),
                                      .text = state_words(&w->page, s, 0, true)};
    }
    web_choose(w, L_STATE, c, n, w->in[L_WORDS].given ? S("any") : S("open"));
    *out = web_field(w, L_STATE, MSG_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err officers_offered(struct web *w, struct field_view *out)
{
    struct q_officer_of_home *rows;
    struct q_body_names *offices;
    size_t n;
    size_t offices_n;
    TRY(case_list_officers(&w->ctx, &rows, &n));
    int64_t *ids = arena_array_of(w->arena, int64_t, n + 1);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (ids == NULL || c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].office_id.v;
    }
    TRY(office_names(&w->ctx, ids, n, &offices, &offices_n));
    const struct case_names k = {.offices = offices, .offices_n = offices_n};
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].login_code,
                                    .text = arena_printf(w->arena, "%.*s · %.*s", STR_F(rows[i].name_text),
                                                         STR_F(case_office_name(&k, rows[i].office_id)))};
    }
    web_choose(w, L_OFFICER, c, n, STR_NONE);
    *out = web_field(w, L_OFFICER, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err older_offered(struct web *w, struct field_view *out)
{
    static const int64_t days[] = {7, 15, 30, 60, 90, 180};
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, COUNT(days));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(days); i++) {
        const struct msg_arg arg = {"days", format_number(w->arena, w->lang, days[i])};
        c[i] = (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)days[i]),
                                    .text = page_msg_args(&w->page, MSG_LIST_OLDER_THAN, days[i], &arg, 1)};
    }
    web_choose(w, L_OLDER, c, COUNT(days), STR_NONE);
    *out = web_field(w, L_OLDER, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = COUNT(days);
    return OK;
}

static err set_offered(struct web *w, size_t input, const struct case_word *words, size_t n,
                       struct field_view *out)
{
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    return choices_words(w, input, words, n, STR_NONE, out);
}

static const size_t boxes[] = {L_UNASSIGNED, L_RETURNED, L_NEW};

/* They are a third of the page, hundreds of choices: only whoever uses one, or asks for them, waits for them.
 */
static bool more_wanted(const struct web *w)
{
    bool wanted = w->in[L_MORE].n == 1;
    for (size_t i = 0; i < COUNT(boxes); i++) {
        wanted = wanted || w->in[boxes[i]].n == 1;
    }
    for (size_t i = L_KIND; i <= L_OLDER; i++) {
        wanted = wanted || (w->in[i].given && i != L_OFFICE);
    }
    return wanted;
}

/* What is asked for seldom; and the boxes. */
static err more_offered(struct web *w, struct list_view *m)
{
    static const struct option dues[] = {{S_INIT("late"), MSG_LIST_DUE_LATE},
                                         {S_INIT("today"), MSG_LIST_DUE_TODAY},
                                         {S_INIT("week"), MSG_LIST_DUE_WEEK}};
    static const struct option reasons[] = {{S_INIT("any"), MSG_LIST_REASON_ANY},
                                            {S_INIT("no_funds"), MSG_REASON_NO_FUNDS},
                                            {S_INIT("court_stay"), MSG_REASON_COURT_STAY},
                                            {S_INIT("higher_approval"), MSG_REASON_HIGHER_APPROVAL},
                                            {S_INIT("not_technical"), MSG_REASON_NOT_TECHNICAL}};
    enum { MORE = 8 };
    struct field_view *f = arena_array_of(w->arena, struct field_view, MORE);
    struct field_view *t = arena_array_of(w->arena, struct field_view, COUNT(boxes));
    size_t n = 0;
    if (f == NULL || t == NULL) {
        return FAIL(LIMIT);
    }
    f[n] = web_field(w, L_SERVICE, MSG_NONE);
    f[n].optional = false;
    TRY(choices_service(w, L_SERVICE, &f[n++]));
    f[n] = web_field(w, L_UNIT, MSG_NONE);
    f[n].optional = false;
    TRY(choices_unit(w, L_UNIT, w->ctx.actor.home, &f[n++]));
    TRY(options(w, L_DUE, dues, COUNT(dues), &f[n++]));
    TRY(older_offered(w, &f[n++]));
    TRY(set_offered(w, L_KIND, case_kind_words, CASE_kind_n, &f[n++]));
    TRY(options(w, L_REASON, reasons, COUNT(reasons), &f[n++]));
    TRY(set_offered(w, L_SEX, case_sex_words, CASE_sex_n, &f[n++]));
    if (w->ctx.actor.home != 0) {
        TRY(officers_offered(w, &f[n++]));
    }
    for (size_t i = 0; i < COUNT(boxes); i++) {
        t[i] = web_field(w, boxes[i], MSG_NONE);
    }
    m->more = f;
    m->more_n = n;
    m->ticks = t;
    m->ticks_n = COUNT(boxes);
    return OK;
}

/* What led here from a figure and has no field of its own. */
static err hidden_kept(struct web *w, struct list_view *m)
{
    static const size_t kept[] = {L_OFFICE, L_MARK, L_FROM, L_TO, L_SORT};
    struct hidden_view *h = arena_array_of(w->arena, struct hidden_view, COUNT(kept));
    if (h == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (w->in[kept[i]].given) {
            h[m->hidden_n++] =
                (struct hidden_view){str_of(case_list_inputs[kept[i]].name), w->in[kept[i]].text};
        }
    }
    m->hidden = h;
    return OK;
}

static err list_fields(struct web *w, const struct case_filter *f, struct list_view *m)
{
    m->words = web_field(w, L_WORDS, MSG_LIST_SEARCH_HINT);
    m->words.type = S("search");
    TRY(states_offered(w, &m->state));
    m->words.optional = m->state.optional = false;
    if (more_wanted(w)) {
        TRY(more_offered(w, m));
    } else {
        m->more_to = url_with(w->arena, filter_url(w->arena, S("/cases"), f), S("more"), S("1"));
    }
    return hidden_kept(w, m);
}

/* ---- the rows ---- */

/* The beginning of what she said, on one line. */
static str words_begin(struct web *w, str words)
{
    size_t at = 0;
    for (int n = 0; n < WORDS_SHOWN && at < words.n && words.p[at] != '\n'; n++) {
        (void)str_next(words, &at);
    }
    return at < words.n ? arena_printf(w->arena, "%.*s…", (int)at, words.p) : words;
}

static str joined(struct web *w, str a, str b)
{
    if (a.n == 0 || b.n == 0) {
        return a.n == 0 ? b : a;
    }
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(a), STR_F(b));
}

/* Why it is not possible now, and when it is looked at again. */
static str reason_note(struct web *w, const struct q_case_list *row)
{
    const str why = reason_words(&w->page, row->reason_code);
    if (why.n == 0 || !row->next_day.given) {
        return why;
    }
    const struct msg_arg day = {"day", format_day(w->arena, w->lang, row->next_day.v)};
    return joined(w, why, page_msg_args(&w->page, MSG_LIST_NEXT, 0, &day, 1));
}

/* What a row is besides a complaint that she has looked at. */
static str ref_note(struct web *w, const struct q_case_list *row)
{
    const str kind =
        str_eq(row->case_kind_code, S("complaint")) ? S("") : kind_words(&w->page, row->case_kind_code);
    const bool fresh = row->seen_step_no < row->step_no;
    return joined(w, kind, fresh ? page_msg(&w->page, MSG_LIST_NEW_ROW) : S(""));
}

static str officer_note(struct web *w, const struct case_names *k, const struct q_case_list *row)
{
    if (!row->marked_id.given) {
        return S("");
    }
    const struct msg_arg to = {"name", case_officer_name(k, row->marked_id)};
    return page_msg_args(&w->page, MSG_LIST_MARKED, 0, &to, 1);
}

/* How late it is stands first, and when it was due below. */
static struct cell_view due_cell(struct web *w, const struct q_case_list *row, bool open)
{
    const str day = due_words(w, row->due_ms);
    if (!open) {
        return (struct cell_view){.text = day};
    }
    if (row->due_ms < w->ctx.now_ms) {
        return (struct cell_view){.text = due_left_words(w, row->due_ms), .chip = S("late"), .note = day};
    }
    return (struct cell_view){.text = day, .note = due_left_words(w, row->due_ms)};
}

enum { COL_REF, COL_SERVICE, COL_UNIT, COL_STATE, COL_DUE, COL_FILED, COL_OFFICER, COLS };

static err row_fill(struct web *w, const struct case_names *k, const struct q_case_list *row,
                    struct row_view *out)
{
    case_ref ref;
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_ref_of(w->arena, row->ref_code, &ref));
    const unsigned state = (unsigned)row->flow_state;
    const struct chip_view chip = state_chip(&w->page, state, row->mark_no, true);
    const bool open = flow_open(&complaint_kind, state);
    const bool officer = row->assignee_id.given;
    const str office = case_office_name(k, row->office_id);
    /* An officer's list is his own office's: it is not said in each row. */
    const bool own = w->ctx.actor.role == ROLE_OFFICER;
    const bool shown = officer && !own && !str_eq(office, case_officer_name(k, row->assignee_id));
    c[COL_REF] = (struct cell_view){.text = case_ref_text(w->arena, ref),
                                    .dir = S("ltr"),
                                    .to = case_url(w, &ref, S("")),
                                    .note = ref_note(w, row)};
    c[COL_SERVICE] = (struct cell_view){.text = case_service_name(k, row->topic_id),
                                        .note = words_begin(w, row->words_text)};
    c[COL_UNIT] = (struct cell_view){.text = case_unit_name(k, row->unit_id)};
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind, .note = reason_note(w, row)};
    c[COL_DUE] = due_cell(w, row, open);
    c[COL_FILED] = (struct cell_view){.text = format_day(w->arena, w->lang, local_day(row->filed_ms))};
    c[COL_OFFICER] =
        (struct cell_view){.text = officer        ? case_officer_name(k, row->assignee_id)
                                   : office.n > 0 ? office
                                                  : page_msg(&w->page, row->flow_state == CASE_HANDED_OVER
                                                                           ? MSG_CASE_OFFICE_OTHER
                                                                           : MSG_CASE_OFFICE_NONE),
                           .note = joined(w, shown ? office : S(""), officer_note(w, k, row))};
    *out = (struct row_view){c, COLS};
    return OK;
}

static err heads_fill(struct web *w, const struct case_filter *f, bool sortable, struct column_view *out)
{
    static const enum msg heads[COLS] = {MSG_DESK_COL_REF,   MSG_DESK_COL_SERVICE, MSG_DESK_COL_UNIT,
                                         MSG_DESK_COL_STATE, MSG_DESK_COL_DUE,     MSG_LIST_COL_FILED,
                                         MSG_LIST_OFFICER};
    struct case_filter other = *f;
    const bool newest = f->newest || f->words.n > 0;
    for (size_t i = 0; i < COLS; i++) {
        out[i] = (struct column_view){.text = page_msg(&w->page, heads[i])};
    }
    if (!sortable) {
        return OK;
    }
    out[COL_DUE].sorted = newest ? STR_NONE : S("ascending");
    out[COL_FILED].sorted = newest ? S("descending") : STR_NONE;
    if (f->words.n == 0) { /* what is searched for is newest first */
        other.newest = false;
        out[COL_DUE].sort = filter_url(w->arena, S("/cases"), &other);
        other.newest = true;
        out[COL_FILED].sort = filter_url(w->arena, S("/cases"), &other);
    }
    return OK;
}

static err list_table(struct web *w, const struct case_filter *f, bool *out_more, struct table_view *out)
{
    struct q_case_list *rows;
    struct case_names k;
    size_t n;
    const bool screen = f->limit == LIST_ROWS;
    TRY(case_list(&w->ctx, f, &rows, &n, out_more));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || views == NULL) {
        return FAIL(LIMIT);
    }
    TRY(heads_fill(w, f, screen, columns));
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(w, &k, &rows[i], &views[i]));
    }
    *out = (struct table_view){
        .caption = page_msg(&w->page, f->open ? MSG_DESK_LIST_OPEN : MSG_DESK_LIST),
        .columns = columns,
        .columns_n = COLS,
        .rows = views,
        .rows_n = n,
        .empty = page_msg(&w->page, filter_asks(f) ? MSG_DESK_NONE_FOUND : MSG_DESK_NONE),
    };
    if (*out_more && screen) {
        out->more = filter_next(w, filter_url(w->arena, S("/cases"), f), &rows[n - 1]);
    }
    return OK;
}

/* ---- the numbers on top ---- */

static bool same(const struct url *a, const struct url *b)
{
    return str_eq(a->s, b->s);
}

static void count_put(struct web *w, const struct case_filter *now, const struct case_filter *f, int64_t n,
                      enum msg text, struct count_view *out)
{
    const struct url here = filter_url(w->arena, S("/cases"), now);
    *out = (struct count_view){
        .n = n, .text = page_msg(&w->page, text), .to = filter_url(w->arena, S("/cases"), f)};
    out->here = same(&here, &out->to);
}

/* What is urgent in one's own scope, of all kinds. */
static err waiting_counts(struct web *w, const struct case_filter *now, struct list_view *m)
{
    enum { WAITING = 5 };
    struct case_waiting n;
    struct count_view *c = arena_array_of(w->arena, struct count_view, WAITING);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_waiting(&w->ctx, &n));
    struct case_filter f = {.open = true, .due = DUE_LATE};
    count_put(w, now, &f, n.late, MSG_LIST_DUE_LATE, &c[0]);
    f.due = DUE_TODAY;
    count_put(w, now, &f, n.today, MSG_LIST_DUE_TODAY, &c[1]);
    f.due = DUE_WEEK;
    count_put(w, now, &f, n.week, MSG_LIST_DUE_WEEK, &c[2]);
    f = (struct case_filter){.open = true, .unseen = true};
    count_put(w, now, &f, n.unseen, MSG_LIST_NEW, &c[3]);
    m->counts = c;
    m->counts_n = 4;
    if (w->ctx.actor.role == ROLE_OFFICER) {
        f = (struct case_filter){.open = true, .officer = w->who.login};
        count_put(w, now, &f, n.mine, MSG_LIST_MINE, &c[4]);
        m->counts_n = WAITING;
    }
    for (size_t i = 0; i < m->counts_n; i++) { /* counted no further */
        c[i].over = c[i].n > CASE_WAITING_MOST;
        c[i].n = c[i].over ? CASE_WAITING_MOST : c[i].n;
    }
    return OK;
}

/* How many complaints stand where: the states in which somebody in the district has to act. An officer's list
 * is his own office's, of which no summary is kept. */
static err state_counts(struct web *w, const struct case_filter *now, struct list_view *m)
{
    static const unsigned shown[] = {CASE_REGISTERED, CASE_ASSIGNED,        CASE_IN_PROGRESS,
                                     CASE_INFO_ASKED, CASE_AWAITING_ANSWER, CASE_PARTLY,
                                     CASE_NOT_SOLVED, CASE_REOPENED,        CASE_HANDED_OVER};
    struct case_counts counts;
    if (w->ctx.actor.role == ROLE_OFFICER) {
        return OK;
    }
    struct count_view *c = arena_array_of(w->arena, struct count_view, COUNT(shown) + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_count(&w->ctx, KIND_COMPLAINT, &counts));
    for (size_t i = 0; i < COUNT(shown); i++) {
        const struct case_filter f = {.kind = S("complaint"), .state = SOME((int64_t)shown[i])};
        count_put(w, now, &f, counts.by_state[shown[i]], MSG_DESK_LIST, &c[i]);
        c[i].text = state_words(&w->page, shown[i], 0, true);
    }
    const struct case_filter f = {.kind = S("complaint"), .open = true, .reason = S("no_funds")};
    count_put(w, now, &f, counts.no_funds, MSG_REASON_NO_FUNDS, &c[COUNT(shown)]);
    m->states = c;
    m->states_n = COUNT(shown) + 1;
    return OK;
}

/* ---- the pages ---- */

/* A telephone number does not stay in an address. */
static err show_phone_typed(struct web *w)
{
    return web_redirect(w, url_with(w->arena, url_local(w->arena, S("/cases")), S("phone_typed"), S("1")));
}

err show_case_list(struct web *w)
{
    struct case_filter filter;
    bool more;
    if (filter_is_phone(w->arena, w->in[L_WORDS].text)) {
        return show_phone_typed(w);
    }
    TRY(filter_of(w, true, &filter));
    filter.limit = LIST_ROWS;
    struct list_view m = {.may_file = permission_of(w->ctx.actor.role, P_CASE_FILE),
                          .counts_label = page_msg(&w->page, MSG_LIST_WAITING),
                          .states_label = page_msg(&w->page, MSG_DESK_FILTER_STATE),
                          .asked = filter_asks(&filter) || filter.newest,
                          .file = filter_url(w->arena, S("/cases.csv"), &filter),
                          .paper = filter_url(w->arena, S("/cases/print"), &filter)};
    if (w->in[L_PHONE_TYPED].n == 1) {
        m.notice = page_msg(&w->page, MSG_LIST_PHONE_TYPED);
        m.people = web_may_open(w, w->ctx.actor.role, S("/people")) ? url_local(w->arena, S("/people"))
                                                                    : (struct url){STR_NONE};
    }
    w->page.title = page_msg(&w->page, MSG_DESK_LIST);
    TRY(list_fields(w, &filter, &m));
    TRY(waiting_counts(w, &filter, &m));
    TRY(state_counts(w, &filter, &m));
    TRY(filter_words(w, &filter, &m.shown));
    TRY(list_table(w, &filter, &more, &m.table));
    TRY(m.table.rows_n == 0 ? list_away(w, filter.words, &m) : OK);
    list_page(&w->page, &m);
    return web_html(w, 200);
}

err show_case_print(struct web *w)
{
    struct case_filter filter;
    struct list_paper_view m = {.day = format_time(w->arena, w->lang, w->ctx.now_ms), .who = w->who.name};
    bool more;
    TRY(filter_of(w, true, &filter));
    if (filter_is_phone(w->arena, filter.words)) {
        return show_phone_typed(w);
    }
    filter.limit = PAPER_ROWS;
    TRY(filter_words(w, &filter, &m.shown));
    TRY(list_table(w, &filter, &more, &m.table));
    if (w->who.office.n > 0) {
        m.who = joined(w, m.who, w->who.office);
    }
    if (more) {
        const struct msg_arg n = {"n", format_number(w->arena, w->lang, PAPER_ROWS)};
        m.cut = page_msg_args(&w->page, MSG_LIST_CUT, PAPER_ROWS, &n, 1);
    }
    w->page.title = page_msg(&w->page, MSG_DESK_LIST);
    w->page.back = filter_url(w->arena, S("/cases"), &filter);
    w->page.script = true;
    list_paper(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the same as a file ---- */

enum { FILE_ROWS_MAX = 5000, FILE_BYTES_MAX = 16 << 20, FILE_ARENA = 64 << 20 };
enum {
    FILE_REF,
    FILE_KIND,
    FILE_SERVICE,
    FILE_UNIT,
    FILE_STATE,
    FILE_REASON,
    FILE_NEXT,
    FILE_FILED,
    FILE_DUE,
    FILE_SEX,
    FILE_OFFICE,
    FILE_OFFICER,
    FILE_WORDS,
    FILE_COLUMNS
};

static err file_row(struct web *w, const struct case_names *k, const struct q_case_list *row,
                    struct cell *out)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, row->ref_code, &ref));
    out[FILE_REF].text = case_ref_text(w->arena, ref);
    out[FILE_KIND].text = kind_words(&w->page, row->case_kind_code);
    out[FILE_SERVICE].text = case_service_name(k, row->topic_id);
    out[FILE_UNIT].text = case_unit_name(k, row->unit_id);
    out[FILE_STATE].text = state_words(&w->page, (unsigned)row->flow_state, row->mark_no, true);
    out[FILE_REASON].text = reason_words(&w->page, row->reason_code);
    out[FILE_NEXT] = (struct cell){.n = row->next_day.v, .empty = !row->next_day.given};
    out[FILE_FILED].n = row->filed_ms;
    out[FILE_DUE] = (struct cell){.n = row->due_ms, .empty = row->due_ms >= case_no_due()};
    out[FILE_SEX].text = sex_words(&w->page, row->sex_code);
    out[FILE_OFFICE].text = case_office_name(k, row->office_id);
    out[FILE_OFFICER].text = case_officer_name(k, row->assignee_id);
    out[FILE_WORDS].text = row->words_text;
    return OK;
}

static const struct column file_columns[FILE_COLUMNS] = {
    [FILE_REF] = {S_INIT("ref"), MSG_DESK_COL_REF, COLUMN_TEXT},
    [FILE_KIND] = {S_INIT("kind"), MSG_LIST_KIND, COLUMN_TEXT},
    [FILE_SERVICE] = {S_INIT("service"), MSG_DESK_COL_SERVICE, COLUMN_TEXT},
    [FILE_UNIT] = {S_INIT("unit"), MSG_DESK_COL_UNIT, COLUMN_TEXT},
    [FILE_STATE] = {S_INIT("status"), MSG_DESK_COL_STATE, COLUMN_TEXT},
    [FILE_REASON] = {S_INIT("reason"), MSG_LIST_REASON, COLUMN_TEXT},
    [FILE_NEXT] = {S_INIT("next_date"), MSG_ACT_NEXT_DATE, COLUMN_DAY},
    [FILE_FILED] = {S_INIT("filed"), MSG_LIST_COL_FILED, COLUMN_TIME},
    [FILE_DUE] = {S_INIT("due"), MSG_DESK_COL_DUE, COLUMN_TIME},
    [FILE_SEX] = {S_INIT("sex"), MSG_CASE_SEX, COLUMN_TEXT},
    [FILE_OFFICE] = {S_INIT("office"), MSG_CASE_OFFICE, COLUMN_TEXT},
    [FILE_OFFICER] = {S_INIT("officer"), MSG_LIST_OFFICER, COLUMN_TEXT},
    [FILE_WORDS] = {S_INIT("words"), MSG_DESK_COL_WORDS, COLUMN_TEXT},
};

static void file_arena_free(struct arena **a)
{
    arena_free(*a);
}

/* A line without a case: there are more. */
static void file_cut(struct web *w, struct cell *out)
{
    for (size_t i = 0; i < FILE_COLUMNS; i++) {
        out[i] = (struct cell){.text = S(""), .empty = true};
    }
    out[0] = (struct cell){.text = page_msg(&w->page, MSG_DESK_FILE_CUT)};
}

err show_case_file(struct web *w)
{
    struct case_filter filter;
    struct q_case_list *rows;
    struct case_names k;
    size_t n;
    bool more;
    TRY(filter_of(w, true, &filter));
    if (filter_is_phone(w->arena, filter.words)) {
        return show_phone_typed(w);
    }
    filter.limit = FILE_ROWS_MAX;
    /* So many rows are more than a page may hold. */
    SCOPED(file_arena_free) struct arena *own = arena_open(FILE_ARENA);
    struct ctx c = w->ctx;
    c.arena = own;
    TRY(case_list(&c, &filter, &rows, &n, &more));
    TRY(case_names_of(&c, rows, n, &k));
    struct cell *cells = arena_array_of(own, struct cell, (n + 1) * FILE_COLUMNS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(file_row(w, &k, &rows[i], &cells[i * FILE_COLUMNS]));
    }
    if (more) { /* nobody takes a part for the whole: name and last line say so */
        file_cut(w, &cells[n * FILE_COLUMNS]);
    }
    const struct table t = {
        .columns = file_columns, .columns_n = FILE_COLUMNS, .cells = cells, .rows_n = more ? n + 1 : n};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, own, &out);
    return web_csv(w, more ? S("cases-first-5000.csv") : S("cases.csv"), &out);
}
