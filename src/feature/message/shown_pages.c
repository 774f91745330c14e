/* shown_pages.c: the messages as everybody sees them; and the addresses of this feature. */
#include "message_pages.h"

#include "clock.h"
#include "format.h"
#include "message.html.h"
#include "message_feature.h"
#include "place.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { F_CODE, F_LANG, F_VERSION, F_SMALL };

const struct input shown_inputs[SHOWN_INPUTS] = {
    {"code", IN_CODE, MSG_LIBRARY_NAME, 20, .required = true},
};
const struct input file_inputs[FILE_INPUTS] = {
    [F_CODE] = {"code", IN_CODE, MSG_LIBRARY_NAME, 20, .required = true},
    [F_LANG] = {"language", IN_CHOICE, MSG_LIBRARY_LANGUAGE, .required = true, .choices = message_lang_codes},
    [F_VERSION] = {"version", IN_NUMBER, MSG_LIBRARY_WHICH, 9999, .required = true},
    [F_SMALL] = {"small", IN_FLAG, MSG_LIBRARY_FILE},
};

/* ---- parts ---- */

str message_words(const struct page *p, const struct message_word *words, size_t n, str code)
{
    const enum msg m = message_word_of(words, n, code);
    return m == MSG_NONE ? S("") : page_msg(p, m);
}

err message_field(struct web *w, size_t input, const struct message_word *words, size_t n, str preset,
                  struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = words[i].code, .text = page_msg(&w->page, words[i].text)};
    }
    *out = web_field(w, input, MSG_NONE);
    web_choose(w, input, c, n, preset);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

struct url message_url(struct web *w, str before, str code, str rest)
{
    return url_local(w->arena,
                     arena_printf(w->arena, "%.*s/%.*s%.*s", STR_F(before), STR_F(code), STR_F(rest)));
}

struct url message_file_url(struct web *w, str code, str lang, int64_t no, bool small)
{
    const struct url to = url_local(
        w->arena, arena_printf(w->arena, "/messages/%.*s/file/%.*s/%d", STR_F(code), STR_F(lang), (int)no));
    return small ? url_with(w->arena, to, S("small"), S("1")) : to;
}

str approved_words(struct web *w, str post, struct opt_i64 day)
{
    if (!day.given) {
        return S("");
    }
    const struct msg_arg args[] = {{"post", page_isolate(&w->page, post)},
                                   {"day", format_day(w->arena, w->lang, day.v)}};
    return page_msg_args(&w->page, MSG_LIBRARY_APPROVED_BY, 0, args, COUNT(args));
}

str lang_dir(str code)
{
    enum lang l;
    return lang_of(code, &l) ? lang_table[l].dir : S("auto");
}

/* ---- for everybody ---- */

static err row_fill(struct web *w, const struct q_message_all *r, struct shown_view *out)
{
    const bool audio = str_eq(r->form_code, S("audio"));
    *out = (struct shown_view){
        .to = message_url(w, S("/messages"), r->message_code, S("")),
        .title = r->title_text,
        .lang = r->lang_code,
        .dir = lang_dir(r->lang_code),
        .words = r->words_text,
        .author = r->author_text,
    };
    if (r->small_id.given) {
        out->small = message_file_url(w, r->message_code, r->lang_code, r->version_no, true);
    }
    if (audio && r->shown_id.given) {
        out->audio = message_file_url(w, r->message_code, r->lang_code, r->version_no, false);
    }
    return label_find(&w->ctx, S("unit"), r->unit_id, &out->place);
}

err show_shown_list(struct web *w)
{
    struct q_message_all *rows;
    size_t n;
    struct shown_list_view m = {.staff = w->page.staff};
    TRY(message_public(&w->ctx, &rows, &n));
    struct shown_view *shown = arena_array_of(w->arena, struct shown_view, n + 1);
    if (shown == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(w, &rows[i], &shown[i]));
    }
    m.rows = shown;
    m.rows_n = n;
    w->page.title = page_msg(&w->page, MSG_MESSAGES_TITLE);
    w->page.back = url_local(w->arena, S("/"));
    shown_list_page(&w->page, &m);
    return web_html(w, 200);
}

err show_shown(struct web *w)
{
    struct q_message_by_code at;
    struct q_version_all v;
    TRY(message_shown(&w->ctx, w->in[0].text, &at, &v));
    struct shown_view m = {
        .title = v.title_text,
        .lang = v.lang_code,
        .dir = lang_dir(v.lang_code),
        .words = v.words_text,
        .author = at.author_text,
        .topic = message_words(&w->page, message_topic_words, MESSAGE_topic_n, at.topic_code),
        .approved = approved_words(w, v.approved_text, v.approved_day),
        .basis = v.basis_text,
    };
    const struct url file = message_file_url(w, at.message_code, v.lang_code, v.version_no, false);
    if (v.shown_id.given && str_eq(at.form_code, S("audio"))) {
        m.audio = file;
    } else if (v.shown_id.given) {
        m.file = file;
        m.small = v.small_id.given ? file : (struct url){STR_NONE};
    }
    TRY(label_find(&w->ctx, S("unit"), at.unit_id, &m.place));
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/messages"));
    w->page.script = true;
    shown_page(&w->page, &m);
    return web_html(w, 200);
}

err show_message_file(struct web *w)
{
    str type;
    SCOPED(buf_free) struct buf out = buf_new(BLOB_MAX);
    const struct message_version v = {w->in[F_CODE].text, w->in[F_LANG].text, w->in[F_VERSION].n};
    TRY(message_file(&w->ctx, &v, w->in[F_SMALL].given && w->in[F_SMALL].n == 1, &out, &type));
    return web_bytes(w, type, STR_NONE, &out);
}

static const struct route routes[] = {
    {HTTP_GET, "/messages", P_PUBLIC, 0, .show = show_shown_list, .doc = MSG_DOC_MESSAGES},
    {HTTP_GET, "/messages/{code}", P_PUBLIC, 0, INPUTS(shown_inputs), .show = show_shown,
     .doc = MSG_DOC_MESSAGE},
    {HTTP_GET, "/messages/{code}/file/{language}/{version}", P_PUBLIC, ROUTE_SLOW, INPUTS(file_inputs),
     .show = show_message_file, .doc = MSG_DOC_MESSAGE_FILE},
    {HTTP_GET, "/library", P_SIGNED_IN, 0, INPUTS(library_inputs), .show = show_library,
     .doc = MSG_DOC_LIBRARY},
    {HTTP_GET, "/library/new", P_MESSAGE_MANAGE, 0, INPUTS(message_get_inputs), .show = show_message_new,
     .doc = MSG_DOC_LIBRARY_NEW},
    {HTTP_POST, "/library/new", P_MESSAGE_MANAGE, 0, INPUTS(message_new_inputs), .show = show_message_new,
     .prepare = prepare_message, .write = write_message_new, .answer = answer_message,
     .doc = MSG_DOC_LIBRARY_NEW},
    {HTTP_GET, "/library/message/{code}", P_SIGNED_IN, 0, INPUTS(message_get_inputs), .show = show_message,
     .doc = MSG_DOC_LIBRARY_MESSAGE},
    {HTTP_POST, "/library/message/{code}/version", P_MESSAGE_MANAGE, 0, INPUTS(message_revise_inputs),
     .show = show_message, .prepare = prepare_message, .write = write_message_revise,
     .answer = answer_message, .doc = MSG_DOC_LIBRARY_VERSION},
    {HTTP_POST, "/library/message/{code}/approve", P_MESSAGE_MANAGE, 0, INPUTS(approve_inputs),
     .show = show_message, .write = write_approve, .answer = answer_message, .doc = MSG_DOC_LIBRARY_APPROVE},
    {HTTP_POST, "/library/message/{code}/withdraw", P_MESSAGE_MANAGE, 0, INPUTS(withdraw_inputs),
     .show = show_message, .write = write_withdraw, .answer = answer_message,
     .doc = MSG_DOC_LIBRARY_WITHDRAW},
    {HTTP_POST, "/library/message/{code}/reach", P_MESSAGE_REACH, 0, INPUTS(reach_inputs),
     .show = show_message, .write = write_reach, .answer = answer_message, .doc = MSG_DOC_LIBRARY_REACH},
};

const struct feature message_feature = {.name = "message", .routes = routes, .routes_n = COUNT(routes)};
