/* message_one_pages.c: one message: its versions, who approved them, whom they reached. */
#include "message_pages.h"

#include "clock.h"
#include "format.h"
#include "message.html.h"
#include "place.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- its versions ---- */

/* What was typed to approve this version, when it was refused. */
static void typed_fill(const struct web *w, struct version_view *v)
{
    const bool here = w->route->inputs == approve_inputs && str_eq(w->in[M_LANG].text, v->lang_code) &&
                      w->in[M_VERSION].n == v->no;
    const str at = arena_printf(w->arena, "-%.*s-%d", STR_F(v->lang_code), (int)v->no);
    v->open = here;
    v->at = here ? S("") : at;
    if (here) {
        v->post = w->in[M_POST].raw;
        v->day = w->in[M_DAY].raw;
        v->post_fault = w->in[M_POST].fault;
        v->day_fault = w->in[M_DAY].fault;
    }
}

static void version_fill(struct web *w, const struct q_message_by_code *m, const struct q_version_all *r,
                         bool may, struct version_view *out)
{
    static const char *const chips[MESSAGE_state_n] = {"wait", "done", "closed"};
    const enum message_state state = message_state(r->approved_day, r->withdrawn_day);
    const struct url file = message_file_url(w, m->message_code, r->lang_code, r->version_no, false);
    const bool audio = str_eq(m->form_code, S("audio"));
    const struct url no_url = {STR_NONE};
    *out = (struct version_view){
        .no = r->version_no,
        .lang_code = r->lang_code,
        .language = message_words(&w->page, message_lang_words, MESSAGE_lang_n, r->lang_code),
        .dir = lang_dir(r->lang_code),
        .state = {.kind = str_of(chips[state]), .text = page_msg(&w->page, message_state_words[state].text)},
        .title = r->title_text,
        .words = r->words_text,
        .basis = r->basis_text,
        .approved = approved_words(w, r->approved_text, r->approved_day),
        .file = r->shown_id.given && !audio ? file : no_url,
        .audio = r->shown_id.given && audio ? file : no_url,
        .may_approve = may && state == MESSAGE_DRAFT,
        .may_withdraw = may && state != MESSAGE_WITHDRAWN,
    };
    if (r->small_id.given) {
        out->small = message_file_url(w, m->message_code, r->lang_code, r->version_no, true);
    }
    typed_fill(w, out);
}

static err facts_fill(struct web *w, const struct q_message_by_code *m, struct facts_view *out)
{
    enum { FACTS = 6 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    str place;
    str province;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    TRY(message_place(&w->ctx, m->unit_id, &place, &province));
    if (province.n > 0) {
        TRY(place_within(&w->ctx, place, province, &place));
    }
    const struct page *p = &w->page;
    f[0] = (struct fact_view){.name = page_msg(p, MSG_LIBRARY_FORM),
                              .value = message_words(p, message_form_words, MESSAGE_form_n, m->form_code)};
    f[1] = (struct fact_view){.name = page_msg(p, MSG_LIBRARY_TOPIC),
                              .value = message_words(p, message_topic_words, MESSAGE_topic_n, m->topic_code)};
    f[2] = (struct fact_view){
        .name = page_msg(p, MSG_LIBRARY_AUTHOR), .value = m->author_text, .dir = S("name")};
    f[3] = (struct fact_view){
        .name = page_msg(p, MSG_LIBRARY_AUDIENCE),
        .value = message_words(p, message_audience_words, MESSAGE_audience_n, m->audience_code)};
    f[4] = (struct fact_view){
        .name = page_msg(p, MSG_LIBRARY_CHANNEL),
        .value = message_words(p, message_channel_words, MESSAGE_channel_n, m->channel_code)};
    f[5] = (struct fact_view){.name = page_msg(p, MSG_LIBRARY_UNIT), .value = place};
    *out = (struct facts_view){f, FACTS};
    return OK;
}

/* ---- whom it reached ---- */

static err reach_table(struct web *w, int64_t id, struct message_view *m)
{
    static const enum msg heads[] = {MSG_LIBRARY_DAY,   MSG_LIBRARY_WHICH,   MSG_LIBRARY_HOW,
                                     MSG_LIBRARY_WHERE, MSG_LIBRARY_REACHED, MSG_LIBRARY_WOMEN};
    enum { COLS = COUNT(heads), NUMBERS_FROM = 4 };
    struct q_reach_all *all;
    size_t n;
    TRY(q_reach_all(w->ctx.db, w->arena, id, REACH_SHOWN, &all, &n));
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, COLS * (n + 1));
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        columns[i] = (struct column_view){.text = page_msg(&w->page, heads[i]), .end = i >= NUMBERS_FROM};
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * COLS];
        c[0].text = format_day(w->arena, w->lang, all[i].reach_day);
        c[1].text =
            arena_printf(w->arena, "%.*s · %.*s",
                         STR_F(message_words(&w->page, message_lang_words, MESSAGE_lang_n, all[i].lang_code)),
                         STR_F(format_number(w->arena, w->lang, all[i].version_no)));
        c[2].text = message_words(&w->page, message_channel_words, MESSAGE_channel_n, all[i].channel_code);
        TRY(label_find(&w->ctx, S("unit"), all[i].unit_id, &c[3].text));
        c[4].text = format_number(w->arena, w->lang, all[i].reached_n);
        c[5].text = all[i].women_n.given ? format_number(w->arena, w->lang, all[i].women_n.v) : S("");
        rows[i] = (struct row_view){c, COLS};
    }
    m->reach = (struct table_view){.caption = page_msg(&w->page, MSG_LIBRARY_REACH),
                                   .columns = columns,
                                   .columns_n = COLS,
                                   .rows = rows,
                                   .rows_n = n,
                                   .empty = page_msg(&w->page, MSG_LIBRARY_REACH_NONE)};
    return OK;
}

static err reach_all(struct web *w, int64_t id, struct message_view *m)
{
    struct q_reach_sum sum;
    TRY(q_reach_sum(w->ctx.db, w->arena, id, &sum));
    const struct msg_arg args[] = {{"n", format_number(w->arena, w->lang, sum.reached_n)},
                                   {"women", format_number(w->arena, w->lang, sum.women_n)}};
    m->reach_all = sum.reached_n == 0
                       ? S("")
                       : page_msg_args(&w->page, MSG_LIBRARY_REACH_ALL, sum.reached_n, args, COUNT(args));
    return OK;
}

/* The districts and tehsils in which this person works. */
static err where_fill(struct web *w, struct field_view *out)
{
    struct q_place_all *rows;
    size_t n;
    size_t kept = 0;
    const struct actor *who = &w->ctx.actor;
    TRY(place_list_below(&w->ctx, who->home != 0 ? who->home : who->unit_id, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].level_no <= LEVEL_TEHSIL) {
            c[kept++] = (struct choice_view){.value = rows[i].unit_code, .text = rows[i].name_text};
        }
    }
    web_choose(w, M_UNIT, c, kept, STR_NONE);
    *out = web_field(w, M_UNIT, MSG_NONE);
    out->label = page_msg(&w->page, MSG_LIBRARY_WHERE);
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

static err which_fill(struct web *w, const struct q_version_all *v, size_t n, struct message_view *m)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (v[i].approved_day.given) {
            c[kept++] = (struct choice_view){
                .value = arena_printf(w->arena, "%.*s.%d", STR_F(v[i].lang_code), (int)v[i].version_no),
                .text = arena_printf(
                    w->arena, "%.*s · %.*s",
                    STR_F(message_words(&w->page, message_lang_words, MESSAGE_lang_n, v[i].lang_code)),
                    STR_F(format_number(w->arena, w->lang, v[i].version_no)))};
        }
    }
    web_choose(w, M_WHICH, c, kept, kept == 1 ? c[0].value : STR_NONE);
    m->which = web_field(w, M_WHICH, MSG_NONE);
    m->which.choices = c;
    m->which.choices_n = kept;
    m->may_reach = kept > 0 && permission_of(w->who.actor.role, P_MESSAGE_REACH);
    return OK;
}

static err reach_fill(struct web *w, int64_t id, const struct q_version_all *v, size_t n,
                      struct message_view *m)
{
    TRY(reach_table(w, id, m));
    TRY(reach_all(w, id, m));
    TRY(which_fill(w, v, n, m));
    if (!m->may_reach) {
        return OK;
    }
    m->reach_open = w->route->inputs == reach_inputs;
    m->day = web_field(w, M_ON, MSG_NONE);
    m->n = web_field(w, M_N, MSG_NONE);
    m->women = web_field(w, M_WOMEN, MSG_NONE);
    TRY(message_field(w, M_CHANNEL, message_channel_words, MESSAGE_channel_n, STR_NONE, &m->how));
    TRY(where_fill(w, &m->where));
    m->which.optional = m->how.optional = m->where.optional = m->day.optional = m->n.optional = false;
    return OK;
}

/* ---- the page ---- */

err show_message(struct web *w)
{
    struct q_message_by_code at;
    struct q_version_all *v;
    size_t n;
    TRY(message_find(&w->ctx, w->in[M_CODE].text, &at, &v, &n));
    const str code = at.message_code;
    struct message_view m = {
        .code = code,
        .approve = message_url(w, S("/library/message"), code, S("/approve")),
        .withdraw = message_url(w, S("/library/message"), code, S("/withdraw")),
        .reach_post = message_url(w, S("/library/message"), code, S("/reach")),
        .may_change =
            permission_of(w->who.actor.role, P_MESSAGE_MANAGE) && message_may_change(&w->ctx, at.unit_id),
    };
    struct version_view *versions = arena_array_of(w->arena, struct version_view, n + 1);
    if (versions == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        version_fill(w, &at, &v[i], m.may_change, &versions[i]);
    }
    m.versions = versions;
    m.versions_n = n;
    m.title = n > 0 ? v[0].title_text : code;
    TRY(facts_fill(w, &at, &m.facts));
    TRY(reach_fill(w, at.id, v, n, &m));
    TRY(message_form_fill(w, false, !str_eq(at.form_code, S("text")), &m.revise));
    m.revise.post = message_url(w, S("/library/message"), code, S("/version"));
    m.revise_open = w->route->inputs == message_revise_inputs;
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/library"));
    message_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- what is sent from it ---- */

static struct message_version version_of(const struct given *in)
{
    return (struct message_version){in[M_CODE].text, in[M_LANG].text, in[M_VERSION].n};
}

err write_approve(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct message_version v = version_of(in);
    out->note = in[M_CODE].text;
    return message_approve(c, &v, in[M_POST].text, in[M_DAY].n);
}

err write_withdraw(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct message_version v = version_of(in);
    out->note = in[M_CODE].text;
    return message_withdraw(c, &v);
}

err write_reach(struct ctx *c, const struct given *in, struct receipt *out)
{
    str which = in[M_WHICH].text;
    struct message_reached r = {.unit = in[M_UNIT].text,
                                .channel = in[M_CHANNEL].text,
                                .day = in[M_ON].n,
                                .n = in[M_N].n,
                                .women = {in[M_WOMEN].given, in[M_WOMEN].n},
                                .record = in[M_RECORD].given ? in[M_RECORD].text : STR_NONE};
    r.version.code = in[M_CODE].text;
    r.version.lang = str_cut(&which, '.');
    if (!str_i64(which, &r.version.no)) {
        return fail_set(c->fail, ERR_INVALID, 0, "which");
    }
    out->note = in[M_CODE].text;
    return message_reach(c, &r);
}
