/* manage_pages.c: one page on which a desk and its rota are changed; each of its forms says what it does. */
#include "rota_pages.h"

#include "clock.h"
#include "format.h"
#include "lang.h"
#include "rota.html.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    DO_PROFILE,
    DO_HOURS,
    DO_CLOSED,
    DO_POST,
    DO_POST_OVER,
    DO_MEMBER,
    DO_MEMBER_OVER,
    DO_WEEK,
    DO_SHIFT,
    DO_N
};
enum { SHIFT_COMES, SHIFT_ABSENT, SHIFT_INSTEAD };
static const char *const choices_do[] = {"profile", "hours",       "closed", "post",  "post_over",
                                         "member",  "member_over", "week",   "shift", NULL};
static const char *const choices_run[] = {"host", "cso", "other", NULL};
static const char *const choices_weekday[] = {"0", "1", "2", "3", "4", "5", "6", NULL};
static const char *const choices_post[] = {"it_expert", "finance_officer", "coordinator",
                                           "mobiliser", "other",           NULL};
static const char *const choices_shift[] = {"comes", "absent", "instead", NULL};

const struct input manage_inputs[MANAGE_INPUTS] = {
    [M_DESK] = {"desk", IN_CODE, MSG_ROTA_TITLE},
    [M_DONE] = {"done", IN_FLAG, MSG_ROTA_DONE},
    [M_DO] = {"do", IN_CHOICE, MSG_ROTA_MANAGE, .required = true, .choices = choices_do},
    [M_HOST] = {"host", IN_CODE, MSG_ROTA_HOST},
    [M_RUN_BY] = {"run_by", IN_CHOICE, MSG_ROTA_RUN_BY, .choices = choices_run},
    [M_OPERATOR] = {"operator", IN_LINE, MSG_ROTA_OPERATOR},
    [M_LETTER] = {"letter", IN_LINE, MSG_ROTA_LETTER},
    [M_LETTER_DAY] = {"letter_day", IN_DAY, MSG_ROTA_LETTER_DAY},
    [M_LETTER_BY] = {"letter_by", IN_LINE, MSG_ROTA_LETTER_BY},
    [M_FUNDER] = {"funder", IN_LINE, MSG_ROTA_FUNDER},
    [M_ROOM] = {"room", IN_LINE, MSG_ROTA_ROOM},
    [M_PHONE] = {"phone", IN_LINE, MSG_ROTA_PHONE, 40},
    [M_WEEKDAY] = {"weekday", IN_CHOICE, MSG_ROTA_WEEKDAY, .choices = choices_weekday},
    [M_OPEN_FROM] = {"open_from", IN_LINE, MSG_ROTA_FROM, 5},
    [M_OPEN_TO] = {"open_to", IN_LINE, MSG_ROTA_TO, 5},
    [M_CLOSED_DAY] = {"closed_day", IN_DAY, MSG_ROTA_DAY},
    [M_CLOSED_WHY] = {"closed_why", IN_LINE, MSG_ROTA_CLOSED_WHY},
    [M_POST] = {"post", IN_CHOICE, MSG_ROTA_POST, .choices = choices_post},
    [M_POST_WORKS] = {"post_works", IN_FLAG, MSG_ROTA_POST_WORKS},
    [M_POST_LOGIN] = {"post_login", IN_CODE, MSG_ROTA_POST_LOGIN, LOGIN_MAX},
    [M_NO] = {"no", IN_NUMBER, MSG_ROTA_POST},
    [M_MEMBER] = {"member", IN_CODE, MSG_ROTA_MEMBER_LOGIN, LOGIN_MAX},
    [M_SEAT] = {"seat", IN_LINE, MSG_ROTA_SEAT},
    [M_SEAT_TO] = {"seat_to", IN_DAY, MSG_ROTA_SEAT_TO},
    [M_ENDORSED] = {"endorsed", IN_LINE, MSG_ROTA_ENDORSED},
    [M_WEEK_DAY] = {"week_day", IN_DAY, MSG_ROTA_WEEK_DAY},
    [M_FIRST] = {"first", IN_CODE, MSG_ROTA_FIRST, LOGIN_MAX},
    [M_SECOND] = {"second", IN_CODE, MSG_ROTA_SECOND, LOGIN_MAX},
    [M_THIRD] = {"third", IN_CODE, MSG_ROTA_THIRD, LOGIN_MAX},
    [M_SHIFT_MEMBER] = {"shift_member", IN_CODE, MSG_ROTA_MEMBER, LOGIN_MAX},
    [M_SHIFT_DAY] = {"shift_day", IN_DAY, MSG_ROTA_DAY},
    [M_SHIFT_DO] = {"shift_do", IN_CHOICE, MSG_ROTA_SHIFT_DO, .choices = choices_shift},
    [M_SHIFT_FROM] = {"shift_from", IN_LINE, MSG_ROTA_FROM, 5},
    [M_SHIFT_TO] = {"shift_to", IN_LINE, MSG_ROTA_TO, 5},
    [M_INSTEAD] = {"instead", IN_CODE, MSG_ROTA_INSTEAD, LOGIN_MAX},
};

/* ---- the fields ---- */

static struct field_view line(struct web *w, size_t input, enum msg hint)
{
    struct field_view f = web_field(w, input, hint);
    f.optional = false;
    f.complete = S("off");
    return f;
}

static struct field_view clock_line(struct web *w, size_t input, enum msg hint)
{
    struct field_view f = line(w, input, hint);
    f.type = S("time");
    return f;
}

/* As it stands, unless something was typed. */
static struct field_view line_with(struct web *w, size_t input, str stands)
{
    struct field_view f = line(w, input, MSG_NONE);
    f.value = w->in[M_DO].given ? f.value : stands;
    return f;
}

static err select_of(struct web *w, size_t input, const char *const *codes, const enum msg *texts, size_t n,
                     str preset, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = str_of(codes[i]), .text = page_msg(&w->page, texts[i])};
    }
    web_choose(w, input, c, n, preset);
    *out = line(w, input, MSG_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err host_field(struct web *w, const struct q_rota_desk *desk, int64_t stands, struct field_view *out)
{
    struct q_host_list *rows;
    size_t n;
    str preset = STR_NONE;
    const struct q_host_list_in in = {.home = desk->district_id.v,
                                      .lang_code = lang_table[w->lang].code,
                                      .on_day = local_day(w->ctx.now_ms)};
    TRY(q_host_list(w->ctx.db, w->arena, &in, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].body_code, .text = rows[i].name_text};
        preset = rows[i].id == stands ? rows[i].body_code : preset;
    }
    web_choose(w, M_HOST, c, n, preset);
    *out = line(w, M_HOST, MSG_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err profile_fields(struct web *w, const struct q_rota_desk *desk, struct rota_manage_view *m)
{
    static const enum msg runs[] = {MSG_ROTA_RUN_HOST, MSG_ROTA_RUN_CSO, MSG_ROTA_RUN_OTHER};
    struct q_profile_get p = {.operator_code = S("host")};
    const err e = profile_now(&w->ctx, desk->id, &p);
    TRY(e.code == ERR_NOT_FOUND ? OK : e);
    TRY(host_field(w, desk, p.host_id, &m->host));
    TRY(select_of(w, M_RUN_BY, choices_run, runs, COUNT(runs), p.operator_code, &m->run_by));
    m->operator_name = line_with(w, M_OPERATOR, p.operator_text);
    m->letter = line_with(w, M_LETTER, p.letter_text);
    m->letter_day =
        line_with(w, M_LETTER_DAY, p.letter_day.given ? format_day_iso(w->arena, p.letter_day.v) : S(""));
    m->letter_by = line_with(w, M_LETTER_BY, p.letter_by_text);
    m->funder = line_with(w, M_FUNDER, p.funder_text);
    m->room = line_with(w, M_ROOM, p.room_text);
    m->phone = line_with(w, M_PHONE, p.phone_text);
    m->phone.dir = S("ltr");
    return OK;
}

static err open_fields(struct web *w, struct rota_manage_view *m)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, ROTA_WEEKDAYS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (int64_t d = 0; d < ROTA_WEEKDAYS; d++) {
        const int64_t weekday = (d + 1) % ROTA_WEEKDAYS; /* Monday first */
        c[d] = (struct choice_view){.value = str_of(choices_weekday[weekday]),
                                    .text = weekday_text(&w->page, weekday)};
    }
    web_choose(w, M_WEEKDAY, c, ROTA_WEEKDAYS, STR_NONE);
    m->weekday = line(w, M_WEEKDAY, MSG_ROTA_HOURS_HINT);
    m->weekday.choices = c;
    m->weekday.choices_n = ROTA_WEEKDAYS;
    m->open_from = clock_line(w, M_OPEN_FROM, MSG_NONE);
    m->open_to = clock_line(w, M_OPEN_TO, MSG_NONE);
    m->closed_day = line(w, M_CLOSED_DAY, MSG_NONE);
    m->closed_why = line(w, M_CLOSED_WHY, MSG_ROTA_CLOSED_WHY_HINT);
    return OK;
}

static err posts_fill(struct web *w, const struct q_rota_desk *desk, struct rota_manage_view *m)
{
    static const enum msg posts[] = {MSG_ROTA_POST_IT_EXPERT, MSG_ROTA_POST_FINANCE_OFFICER,
                                     MSG_ROTA_POST_COORDINATOR, MSG_ROTA_POST_MOBILISER, MSG_ROTA_POST_OTHER};
    struct q_post_list *rows;
    TRY(q_post_list(w->ctx.db, w->arena, desk->id, &rows, &m->posts_n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, m->posts_n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m->posts_n; i++) {
        c[i] = (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)rows[i].post_no),
                                    .text = post_text(&w->page, rows[i].post_code),
                                    .hint = rows[i].account_id.given ? rows[i].name_text : S("")};
    }
    m->posts = c;
    TRY(select_of(w, M_POST, choices_post, posts, COUNT(posts), STR_NONE, &m->post));
    m->post_works = line(w, M_POST_WORKS, MSG_NONE);
    m->post_login = line(w, M_POST_LOGIN, MSG_ROTA_POST_LOGIN_HINT);
    return OK;
}

/* Those on the rota, to choose from. */
static struct field_view member_field(struct web *w, size_t input, const struct choice_view *all, size_t n)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    struct field_view f = line(w, input, MSG_NONE);
    for (size_t i = 0; c != NULL && i < n; i++) {
        c[i] = (struct choice_view){.value = all[i].value, .text = all[i].text};
    }
    f.choices = c;
    f.choices_n = c == NULL ? 0 : n;
    if (c != NULL) {
        web_choose(w, input, c, n, STR_NONE);
    }
    return f;
}

static err members_fill(struct web *w, const struct q_rota_desk *desk, struct rota_manage_view *m)
{
    struct q_member_list *rows;
    const int64_t today = local_day(w->ctx.now_ms);
    TRY(q_member_list(w->ctx.db, w->arena, desk->id, &rows, &m->members_n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, m->members_n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m->members_n; i++) {
        c[i] = (struct choice_view){
            .value = rows[i].login_code,
            .text = rows[i].name_text,
            .hint = member_former(&rows[i], today) ? page_msg(&w->page, MSG_ROTA_FORMER) : S("")};
    }
    m->members = c;
    m->member = line(w, M_MEMBER, MSG_ROTA_MEMBER_HINT);
    m->seat = line(w, M_SEAT, MSG_NONE);
    m->seat_to = line(w, M_SEAT_TO, MSG_NONE);
    m->endorsed = line(w, M_ENDORSED, MSG_NONE);
    m->week_day = line(w, M_WEEK_DAY, MSG_NONE);
    m->first = member_field(w, M_FIRST, c, m->members_n);
    m->second = member_field(w, M_SECOND, c, m->members_n);
    m->third = member_field(w, M_THIRD, c, m->members_n);
    m->shift_member = member_field(w, M_SHIFT_MEMBER, c, m->members_n);
    m->instead = member_field(w, M_INSTEAD, c, m->members_n);
    return OK;
}

static err shift_fields(struct web *w, struct rota_manage_view *m)
{
    static const enum msg does[] = {MSG_ROTA_SHIFT_COMES, MSG_ROTA_SHIFT_ABSENT, MSG_ROTA_SHIFT_INSTEAD};
    m->shift_day = line(w, M_SHIFT_DAY, MSG_NONE);
    m->shift_from = clock_line(w, M_SHIFT_FROM, MSG_NONE);
    m->shift_to = clock_line(w, M_SHIFT_TO, MSG_NONE);
    return select_of(w, M_SHIFT_DO, choices_shift, does, COUNT(does), S("comes"), &m->shift_do);
}

static str desk_asked(const struct given *in)
{
    return in[M_DESK].given ? in[M_DESK].text : STR_NONE;
}

err show_manage(struct web *w)
{
    static const char *const forms[DO_N] = {"profile",     "hours",       "closed", "post-form", "post-form",
                                            "member-form", "member-form", "week",   "shift"};
    struct q_rota_desk desk;
    struct rota_manage_view m = {.done = w->in[M_DONE].given && w->in[M_DONE].n == 1};
    TRY(rota_desk(&w->ctx, desk_asked(w->in), &desk));
    TRY(rota_desk_name(w, &desk, &m.name));
    m.desk = desk.body_code;
    TRY(profile_fields(w, &desk, &m));
    TRY(open_fields(w, &m));
    TRY(posts_fill(w, &desk, &m));
    TRY(members_fill(w, &desk, &m));
    TRY(shift_fields(w, &m));
    w->page.title = page_msg(&w->page, MSG_ROTA_MANAGE);
    w->page.back = url_with(w->arena, url_local(w->arena, S("/rota")), S("desk"), desk.body_code);
    m.sent = w->in[M_DO].given ? str_of(forms[w->in[M_DO].n]) : S("");
    w->page.form_id = m.sent.n > 0 ? m.sent : STR_NONE;
    manage_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the write ---- */

static str or_empty(const struct given *g)
{
    return g->given ? g->text : S("");
}

/* One or two digits. */
static bool two_digits(str s, int64_t *out)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return s.n > 0 && s.n <= 2;
}

/* "09:30" as minutes; nothing is 0. INVALID. */
static err minutes_of(struct ctx *c, const struct given *g, const char *field, int64_t *out)
{
    enum { HOUR = 60 };
    str rest = or_empty(g);
    int64_t hour = 0;
    int64_t minute = 0;
    *out = 0;
    if (rest.n == 0) {
        return OK;
    }
    const str first = str_cut(&rest, ':');
    if (!two_digits(first, &hour) || !two_digits(rest, &minute) || minute >= HOUR ||
        hour * HOUR + minute > ROTA_DAY_MINUTES) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_HOURS_WRONG, field);
    }
    *out = hour * HOUR + minute;
    return OK;
}

static err day_needed(struct ctx *c, const struct given *g, const char *field)
{
    return g->given ? OK : fail_set(c->fail, ERR_INVALID, MSG_ROTA_DAY_MISSING, field);
}

static err do_profile(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    const struct profile_new n = {.host = or_empty(&in[M_HOST]),
                                  .run_by = in[M_RUN_BY].given ? in[M_RUN_BY].text : S("host"),
                                  .operator_name = or_empty(&in[M_OPERATOR]),
                                  .letter = or_empty(&in[M_LETTER]),
                                  .letter_by = or_empty(&in[M_LETTER_BY]),
                                  .letter_day = in[M_LETTER_DAY].given ? in[M_LETTER_DAY].n : 0,
                                  .funder = or_empty(&in[M_FUNDER]),
                                  .room = or_empty(&in[M_ROOM]),
                                  .phone = or_empty(&in[M_PHONE])};
    return profile_set(c, desk, &n);
}

static err do_hours(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    int64_t from;
    int64_t to;
    TRY(day_needed(c, &in[M_WEEKDAY], "weekday"));
    TRY(minutes_of(c, &in[M_OPEN_FROM], "open_from", &from));
    TRY(minutes_of(c, &in[M_OPEN_TO], "open_to", &to));
    return hours_set(c, desk, in[M_WEEKDAY].n, from, to);
}

static err do_closed(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    TRY(day_needed(c, &in[M_CLOSED_DAY], "closed_day"));
    return closed_set(c, desk, in[M_CLOSED_DAY].n, or_empty(&in[M_CLOSED_WHY]));
}

static err do_post(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    const bool works = in[M_POST_WORKS].given && in[M_POST_WORKS].n == 1;
    const str post = in[M_POST].given ? in[M_POST].text : S("other");
    return post_set(c, desk, post, works, or_empty(&in[M_POST_LOGIN]));
}

static err do_post_over(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    return in[M_NO].given ? post_over(c, desk, in[M_NO].n) : FAIL(NOT_FOUND);
}

static err do_member(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    TRY(day_needed(c, &in[M_SEAT_TO], "seat_to"));
    const struct member_new n = {.login = or_empty(&in[M_MEMBER]),
                                 .seat = or_empty(&in[M_SEAT]),
                                 .endorsed = or_empty(&in[M_ENDORSED]),
                                 .seat_to_day = in[M_SEAT_TO].n};
    return member_set(c, desk, &n);
}

static err do_member_over(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    return member_over(c, desk, or_empty(&in[M_MEMBER]));
}

static err do_week(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    str logins[ROTA_TEAM];
    size_t n = 0;
    int64_t shifts;
    TRY(day_needed(c, &in[M_WEEK_DAY], "week_day"));
    for (size_t i = M_FIRST; i <= M_THIRD; i++) {
        if (in[i].given) {
            logins[n++] = in[i].text;
        }
    }
    if (n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_MEMBER_UNKNOWN, "first");
    }
    return week_plan(c, desk, in[M_WEEK_DAY].n, logins, n, &shifts);
}

static err do_shift(struct ctx *c, const struct q_rota_desk *desk, const struct given *in)
{
    const str who = or_empty(&in[M_SHIFT_MEMBER]);
    int64_t from;
    int64_t to;
    TRY(day_needed(c, &in[M_SHIFT_DAY], "shift_day"));
    if (in[M_SHIFT_DO].given && in[M_SHIFT_DO].n == SHIFT_ABSENT) {
        return shift_absent(c, desk, who, in[M_SHIFT_DAY].n);
    }
    if (in[M_SHIFT_DO].given && in[M_SHIFT_DO].n == SHIFT_INSTEAD) {
        return shift_swap(c, desk, who, in[M_SHIFT_DAY].n, or_empty(&in[M_INSTEAD]));
    }
    TRY(minutes_of(c, &in[M_SHIFT_FROM], "shift_from", &from));
    TRY(minutes_of(c, &in[M_SHIFT_TO], "shift_to", &to));
    return shift_set(c, desk, who, in[M_SHIFT_DAY].n, from, to);
}

err write_manage(struct ctx *c, const struct given *in, struct receipt *out)
{
    static err (*const does[DO_N])(struct ctx *, const struct q_rota_desk *, const struct given *) = {
        do_profile, do_hours, do_closed, do_post, do_post_over, do_member, do_member_over, do_week, do_shift};
    struct q_rota_desk desk;
    TRY(rota_desk(c, desk_asked(in), &desk));
    out->note = desk.body_code;
    return does[in[M_DO].n](c, &desk, in);
}

err answer_manage(struct web *w)
{
    const struct url to =
        url_with(w->arena, url_local(w->arena, S("/rota/manage")), S("desk"), w->receipt.note);
    return web_redirect(w, url_with(w->arena, to, S("done"), S("1")));
}
