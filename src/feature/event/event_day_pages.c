/* event_day_pages.c: the addresses of the day; who came, and what was told in private. */
#include "event_day_pages.h"

#include "event_day.html.h"
#include "event_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input event_only_inputs[EVENT_ONLY_INPUTS] = {EVENT_CODE_INPUT};

/* ---- what the pages share ---- */

str day_given(const struct given *g)
{
    return g->given ? g->text : S("");
}

err day_event(struct ctx *c, const struct given *in, struct event_view *out)
{
    return event_find(c, in[0].text, out);
}

err look_event(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct event_view v;
    TRY(day_event(c, in, &v));
    io->home = v.row.home;
    io->subject_kind = str_of(event_kind.name);
    io->subject_id = v.row.id;
    return OK;
}

err day_top(struct web *w, enum msg title, struct event_view *v, struct day_top *out)
{
    TRY(event_of(w, 0, title, v));
    *out = (struct day_top){.title = page_msg(&w->page, title)};
    out->may = event_may(&w->ctx, v, EVENT_RECORD) && permission_of(w->ctx.actor.role, P_EVENT_RECORD);
    if (v->state != EVENT_OPEN) {
        out->closed =
            page_msg(&w->page, v->state == EVENT_PLANNED ? MSG_DAY_NOT_BEGUN : MSG_DAY_CLOSED_ALREADY);
    } else if (!out->may) {
        out->closed = page_msg(&w->page, MSG_DAY_DESK_RECORDS);
    }
    return event_tabs(w, v, &out->tabs);
}

err day_back(struct web *w, str rest)
{
    return web_redirect(w, event_url(w, w->in[0].text, rest));
}

err day_offices(struct web *w, const struct event_view *v, size_t input, struct field_view *out)
{
    struct q_event_offices *rows;
    size_t n;
    TRY(q_event_offices(w->ctx.db, w->arena,
                        &(struct q_event_offices_in){.home = v->row.home,
                                                     .on_day = v->row.event_day,
                                                     .lang_code = lang_table[w->lang].code},
                        &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].body_code, .text = rows[i].name_text};
    }
    web_choose(w, input, c, n, STR_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

str day_short(str words, size_t most)
{
    if (words.n <= most) {
        return words;
    }
    while (most > 0 && ((unsigned char)words.p[most] & 0xC0) == 0x80) {
        most--;
    }
    return str_sub(words, 0, most);
}

/* ---- the roster ---- */

/* What a button does: its prefix, then the sex. */
static const struct {
    str prefix;
    int people, spoke;
} taps[] = {
    {S_INIT(""), 1, 0}, {S_INIT("less_"), -1, 0}, {S_INIT("spoke_"), 0, 1}, {S_INIT("quiet_"), 0, -1}};

static const char *const tap_codes[] = {
    "woman",       "man",       "not_stated",       "less_woman",  "less_man",  "less_not_stated",
    "spoke_woman", "spoke_man", "spoke_not_stated", "quiet_woman", "quiet_man", "quiet_not_stated",
    NULL};

const struct input roster_inputs[ROSTER_INPUTS] = {
    [ROSTER_CODE] = EVENT_CODE_INPUT,
    [ROSTER_ROLE] = {"role", IN_CHOICE, MSG_DAY_ROSTER_WHO, .required = true, .choices = event_role_codes},
    [ROSTER_TAP] = {"tap", IN_CHOICE, MSG_DAY_CAME, .required = true, .choices = tap_codes},
};

err write_roster(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    struct day_count n = {.role = in[ROSTER_ROLE].text};
    TRY(day_event(c, in, &v));
    for (size_t i = 0; i < COUNT(taps); i++) {
        if (str_starts(in[ROSTER_TAP].text, taps[i].prefix)) {
            n.sex = str_sub(in[ROSTER_TAP].text, taps[i].prefix.n, in[ROSTER_TAP].text.n - taps[i].prefix.n);
            n.people = taps[i].people;
            n.spoke = taps[i].spoke;
        }
    }
    out->note = n.role;
    return day_count(c, &v, &n);
}

/* Back to the place of the page where she pressed. */
err answer_roster(struct web *w)
{
    return day_back(w, arena_printf(w->arena, "/roster#%.*s", STR_F(w->receipt.note)));
}

static str tap_of(struct web *w, const char *prefix, str sex)
{
    return arena_printf(w->arena, "%s%.*s", prefix, STR_F(sex));
}

static err role_fill(struct web *w, const struct event_cells *cells, size_t role, struct roster_role *out)
{
    struct roster_cell *c = arena_array_of(w->arena, struct roster_cell, EVENT_sex_n);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t s = 0; s < EVENT_sex_n; s++) {
        const struct event_cell at = cells->at[role][s];
        if (s == EVENT_sex_transgender && at.people == 0) {
            continue; /* never by sight: only from names */
        }
        const str sex = event_sex_words[s].code;
        c[n++] = (struct roster_cell){.sex = sex,
                                      .name = page_msg(&w->page, event_sex_words[s].text),
                                      .people = at.people,
                                      .spoke = at.spoke,
                                      .spoke_tap = tap_of(w, "spoke_", sex),
                                      .less_tap = tap_of(w, "less_", sex),
                                      .quiet_tap = tap_of(w, "quiet_", sex)};
        out->total += at.people;
    }
    out->role = event_role_words[role].code;
    out->name = page_msg(&w->page, event_role_words[role].text);
    out->named = cells->named[role];
    out->cells = c;
    out->cells_n = n;
    return OK;
}

static err sums_fill(struct web *w, const struct event_view *v, const struct event_cells *cells,
                     struct roster_view *m)
{
    struct day_filed filed;
    struct roster_sum *sums = arena_array_of(w->arena, struct roster_sum, EVENT_sex_n + 1);
    size_t n = 0;
    TRY(day_filed(&w->ctx, v, &filed));
    if (sums == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t s = 0; s < EVENT_sex_n; s++) {
        struct roster_sum one = {.name = page_msg(&w->page, event_sex_words[s].text),
                                 .filed = filed.by_sex[s]};
        for (size_t r = 0; r < EVENT_role_n; r++) {
            one.came += cells->at[r][s].people;
            one.spoke += cells->at[r][s].spoke;
        }
        if (s != EVENT_sex_transgender || one.came + one.filed > 0) {
            sums[n++] = one;
        }
    }
    sums[n++] =
        (struct roster_sum){page_msg(&w->page, MSG_DAY_ALL), cells->all.people, cells->all.spoke, filed.all};
    m->sums = sums;
    m->sums_n = n;
    return OK;
}

err show_roster(struct web *w)
{
    struct event_view v;
    struct event_cells cells;
    struct roster_view m = {.may_names = permission_of(w->ctx.actor.role, P_IDENTITY_VIEW)};
    TRY(day_top(w, MSG_DAY_ROSTER_TITLE, &v, &m.top));
    TRY(event_cells(&w->ctx, v.row.home, v.row.id, &cells));
    struct roster_role *roles = arena_array_of(w->arena, struct roster_role, EVENT_role_n);
    if (roles == NULL) {
        return FAIL(LIMIT);
    }
    /* Citizens first: they are most of the hands that come in. */
    static const size_t order[] = {EVENT_role_citizen, EVENT_role_councillor, EVENT_role_official,
                                   EVENT_role_cso, EVENT_role_other};
    for (size_t i = 0; i < COUNT(order); i++) {
        roles[i] = (struct roster_role){.total = 0};
        TRY(role_fill(w, &cells, order[i], &roles[i]));
    }
    m.roles = roles;
    m.roles_n = COUNT(order);
    m.post = event_url(w, v.row.event_code, S("/roster"));
    m.names = event_url(w, v.row.event_code, S("/names"));
    m.told = event_url(w, v.row.event_code, S("/told"));
    TRY(sums_fill(w, &v, &cells, &m));
    roster_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- told in private ---- */

static const char *const told_codes[] = {"age.under_18",
                                         "age.18_29",
                                         "age.30_44",
                                         "age.45_59",
                                         "age.60_over",
                                         "disability.yes",
                                         "minority.yes",
                                         "transgender.yes",
                                         "less.age.under_18",
                                         "less.age.18_29",
                                         "less.age.30_44",
                                         "less.age.45_59",
                                         "less.age.60_over",
                                         "less.disability.yes",
                                         "less.minority.yes",
                                         "less.transgender.yes",
                                         NULL};

const struct input told_inputs[TOLD_INPUTS] = {
    [TOLD_CODE] = EVENT_CODE_INPUT,
    [TOLD_ROLE] = {"role", IN_CHOICE, MSG_DAY_ROSTER_WHO, .choices = event_role_codes},
    [TOLD_TAP] = {"tap", IN_CHOICE, MSG_DAY_TOLD_TITLE, .choices = told_codes},
};

static str role_asked(const struct given *in)
{
    return in[TOLD_ROLE].given ? in[TOLD_ROLE].text : S("citizen");
}

err write_told(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    str rest = day_given(&in[TOLD_TAP]);
    struct day_margin n = {.role = role_asked(in), .people = 1};
    TRY(day_event(c, in, &v));
    if (str_starts(rest, S("less."))) {
        n.people = -1;
        rest = str_sub(rest, 5, rest.n - 5);
    }
    n.margin = str_cut(&rest, '.');
    n.value = rest;
    out->note = n.role;
    return day_margin(c, &v, &n);
}

err answer_told(struct web *w)
{
    return day_back(w, arena_printf(w->arena, "/told?role=%.*s", STR_F(w->receipt.note)));
}

static err group_fill(struct web *w, const struct q_event_margin_list *told, size_t told_n, str role,
                      size_t margin, struct told_group *out, int64_t total)
{
    const str code = day_margin_words[margin].code;
    const bool age = margin == 0;
    const size_t n = age ? CASE_age_n - 1 : 1;
    struct told_value *rows = arena_array_of(w->arena, struct told_value, n);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    out->not_stated = total;
    for (size_t i = 0; i < n; i++) {
        const str value = age ? case_age_words[i].code : S("yes");
        rows[i] = (struct told_value){
            .tap = arena_printf(w->arena, "%.*s.%.*s", STR_F(code), STR_F(value)),
            .less = arena_printf(w->arena, "less.%.*s.%.*s", STR_F(code), STR_F(value)),
            .name = page_msg(&w->page, age ? case_age_words[i].text : day_margin_words[margin].text)};
        for (size_t k = 0; k < told_n; k++) {
            if (str_eq(told[k].role_code, role) && str_eq(told[k].margin_code, code) &&
                str_eq(told[k].value_code, value)) {
                rows[i].people = told[k].people_n;
            }
        }
        out->not_stated -= rows[i].people;
    }
    out->name = page_msg(&w->page, day_margin_words[margin].text);
    out->rows = rows;
    out->rows_n = n;
    return OK;
}

static err told_role_fill(struct web *w, const struct event_view *v, str role, struct told_role *out)
{
    struct event_cells cells;
    struct q_event_margin_list *told;
    size_t told_n;
    struct told_group *groups = arena_array_of(w->arena, struct told_group, DAY_margin_n);
    TRY(event_cells(&w->ctx, v->row.home, v->row.id, &cells));
    TRY(day_margins(&w->ctx, v, &told, &told_n));
    if (groups == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t r = 0; r < EVENT_role_n; r++) {
        if (!str_eq(event_role_words[r].code, role)) {
            continue;
        }
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            out->total += cells.at[r][s].people;
        }
        out->name = page_msg(&w->page, event_role_words[r].text);
    }
    for (size_t g = 0; g < DAY_margin_n; g++) {
        groups[g] = (struct told_group){.name = S("")};
        TRY(group_fill(w, told, told_n, role, g, &groups[g], out->total));
    }
    out->role = role;
    out->groups = groups;
    out->groups_n = DAY_margin_n;
    return OK;
}

err show_told(struct web *w)
{
    struct event_view v;
    struct told_view m = {.links_n = EVENT_role_n};
    const str role = role_asked(w->in);
    TRY(day_top(w, MSG_DAY_TOLD_TITLE, &v, &m.top));
    TRY(told_role_fill(w, &v, role, &m.role));
    struct page_link *links = arena_array_of(w->arena, struct page_link, EVENT_role_n);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    m.post = event_url(w, v.row.event_code, S("/told"));
    for (size_t r = 0; r < EVENT_role_n; r++) {
        links[r] = (struct page_link){url_with(w->arena, m.post, S("role"), event_role_words[r].code),
                                      page_msg(&w->page, event_role_words[r].text),
                                      str_eq(event_role_words[r].code, role)};
    }
    m.links = links;
    w->page.back = event_url(w, v.row.event_code, S("/roster"));
    told_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the addresses ---- */

/* Pressing twice is counting two: such a form is no write that comes again (ROUTE_NO_REPLAY); what a device
 * sends has its own record. */
static const struct route routes[] = {
    {HTTP_GET, "/events/{code}/roster", P_EVENT_READ, 0, INPUTS(event_only_inputs), .show = show_roster,
     .doc = MSG_DOC_DAY_ROSTER},
    {HTTP_POST, "/events/{code}/roster", P_EVENT_RECORD, ROUTE_NO_REPLAY, INPUTS(roster_inputs),
     .show = show_roster, .write = write_roster, .answer = answer_roster, .doc = MSG_DOC_DAY_ROSTER},
    {HTTP_GET, "/events/{code}/told", P_EVENT_RECORD, 0, INPUTS(told_inputs), .show = show_told,
     .doc = MSG_DOC_DAY_TOLD},
    {HTTP_POST, "/events/{code}/told", P_EVENT_RECORD, ROUTE_NO_REPLAY, INPUTS(told_inputs),
     .show = show_told, .write = write_told, .answer = answer_told, .doc = MSG_DOC_DAY_TOLD},
    {HTTP_GET, "/events/{code}/names", P_IDENTITY_VIEW, ROUTE_IDENTITY, INPUTS(names_inputs),
     .show = show_names, .look = look_event, .doc = MSG_DOC_DAY_NAMES},
    {HTTP_POST, "/events/{code}/names", P_IDENTITY_VIEW, 0, INPUTS(names_inputs), .show = show_names,
     .write = write_name, .answer = answer_names, .doc = MSG_DOC_DAY_NAMES},
    {HTTP_POST, "/events/{code}/names/change", P_IDENTITY_VIEW, ROUTE_NO_REPLAY, INPUTS(names_inputs),
     .show = show_names, .write = write_name_change, .answer = answer_names, .doc = MSG_DOC_DAY_NAMES},
    {HTTP_GET, "/events/{code}/names/print", P_IDENTITY_VIEW, ROUTE_IDENTITY, INPUTS(event_only_inputs),
     .show = show_names_print, .look = look_event, .doc = MSG_DOC_DAY_NAMES_PRINT},
    {HTTP_GET, "/events/{code}/needs", P_EVENT_READ, 0, INPUTS(need_inputs), .show = show_needs,
     .doc = MSG_DOC_DAY_NEEDS},
    {HTTP_POST, "/events/{code}/needs", P_EVENT_RECORD, 0, INPUTS(need_inputs), .show = show_needs,
     .write = write_need, .answer = answer_needs, .doc = MSG_DOC_DAY_NEEDS},
    {HTTP_POST, "/events/{code}/needs/change", P_EVENT_RECORD, ROUTE_NO_REPLAY, INPUTS(need_inputs),
     .show = show_needs, .write = write_need_change, .answer = answer_needs, .doc = MSG_DOC_DAY_NEEDS},
    {HTTP_GET, "/events/{code}/needs/print", P_EVENT_READ, 0, INPUTS(event_only_inputs),
     .show = show_needs_print, .doc = MSG_DOC_DAY_NEEDS_PRINT},
    {HTTP_GET, "/events/{code}/tokens", P_EVENT_READ, 0, INPUTS(turn_inputs), .show = show_tokens,
     .doc = MSG_DOC_DAY_TOKENS},
    {HTTP_POST, "/events/{code}/tokens", P_EVENT_RECORD, ROUTE_NO_REPLAY, INPUTS(turn_inputs),
     .show = show_tokens, .write = write_token, .answer = answer_tokens, .doc = MSG_DOC_DAY_TOKENS},
    {HTTP_GET, "/events/{code}/now", P_EVENT_READ, 0, INPUTS(event_only_inputs), .show = show_screen,
     .doc = MSG_DOC_DAY_NOW},
    {HTTP_GET, "/events/{code}/capture", P_CASE_FILE, ROUTE_MICROPHONE, .inputs = capture_inputs,
     .inputs_n = CP_VOICE, .show = show_capture, .doc = MSG_DOC_DAY_CAPTURE},
    {HTTP_POST, "/events/{code}/capture", P_CASE_FILE, ROUTE_MICROPHONE, INPUTS(capture_inputs),
     .show = show_capture, .prepare = prepare_capture, .write = write_capture, .answer = answer_capture,
     .doc = MSG_DOC_DAY_CAPTURE},
    {HTTP_GET, "/events/{code}/cases", P_EVENT_CLOSE, 0, INPUTS(matter_inputs), .show = show_matters,
     .doc = MSG_DOC_DAY_MATTERS},
    {HTTP_GET, "/events/{code}/cases/{ref}", P_EVENT_CLOSE, 0, INPUTS(answer_inputs), .show = show_answer,
     .doc = MSG_DOC_DAY_ANSWER},
    {HTTP_POST, "/events/{code}/cases/{ref}", P_EVENT_CLOSE, 0, INPUTS(answer_inputs), .show = show_answer,
     .write = write_answer, .answer = answer_answer, .doc = MSG_DOC_DAY_ANSWER},
    {HTTP_POST, "/events/{code}/cases/{ref}/hers", P_CASE_FILE, 0, INPUTS(answer_inputs), .show = show_answer,
     .write = write_hers, .answer = answer_answer, .doc = MSG_DOC_DAY_HERS},
};

const struct feature event_day_feature = {.name = "event.day",
                                          .routes = routes,
                                          .routes_n = COUNT(routes),
                                          .api = day_api_routes,
                                          .api_n = DAY_API_ROUTES};
