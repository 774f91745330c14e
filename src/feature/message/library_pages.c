/* library_pages.c: the library for staff: its list, and the form of a message. */
#include "message_pages.h"

#include "evidence_take.h"
#include "format.h"
#include "message.html.h"
#include "place.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the list ---- */

enum { L_FORM, L_TOPIC, L_STATE };
const struct input library_inputs[LIBRARY_INPUTS] = {
    [L_FORM] = {"form", IN_CHOICE, MSG_LIBRARY_FORM, .choices = message_form_codes},
    [L_TOPIC] = {"topic", IN_CHOICE, MSG_LIBRARY_TOPIC, .choices = message_topic_codes},
    [L_STATE] = {"state", IN_CHOICE, MSG_LIBRARY_STATE, .choices = message_state_codes},
};

static bool wanted(const struct web *w, const struct q_message_all *r)
{
    const enum message_state state = message_state(r->approved_day, r->withdrawn_day);
    return (!w->in[L_FORM].given || str_eq(w->in[L_FORM].text, r->form_code)) &&
           (!w->in[L_TOPIC].given || str_eq(w->in[L_TOPIC].text, r->topic_code)) &&
           (!w->in[L_STATE].given || w->in[L_STATE].n == (int64_t)state);
}

static const char *const state_chips[MESSAGE_state_n] = {"wait", "done", "closed"};

static err row_fill(struct web *w, const struct q_message_all *r, const struct q_reach_sums *sums,
                    size_t sums_n, struct cell_view *c)
{
    const enum message_state state = message_state(r->approved_day, r->withdrawn_day);
    int64_t reached = 0;
    for (size_t i = 0; i < sums_n; i++) {
        const bool here = sums[i].message_id == r->id && sums[i].version_no == r->version_no &&
                          str_eq(sums[i].lang_code, r->lang_code);
        reached = here ? sums[i].total_n : reached;
    }
    c[0] = (struct cell_view){.text = r->title_text,
                              .dir = S("auto"),
                              .to = message_url(w, S("/library/message"), r->message_code, S(""))};
    c[1].text = message_words(&w->page, message_form_words, MESSAGE_form_n, r->form_code);
    c[2].text = message_words(&w->page, message_topic_words, MESSAGE_topic_n, r->topic_code);
    c[3] = (struct cell_view){.text = r->author_text, .dir = S("auto")};
    c[4].text = arena_printf(w->arena, "%.*s · %.*s",
                             STR_F(message_words(&w->page, message_lang_words, MESSAGE_lang_n, r->lang_code)),
                             STR_F(format_number(w->arena, w->lang, r->version_no)));
    c[5] = (struct cell_view){.text = message_words(&w->page, message_state_words, MESSAGE_state_n,
                                                    message_state_words[state].code),
                              .chip = str_of(state_chips[state])};
    c[6].text = format_number(w->arena, w->lang, reached);
    return message_place(&w->ctx, r->unit_id, &c[7].text, &c[7].note);
}

static err library_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[] = {MSG_LIBRARY_NAME,   MSG_LIBRARY_FORM,  MSG_LIBRARY_TOPIC,
                                     MSG_LIBRARY_AUTHOR, MSG_LIBRARY_WHICH, MSG_LIBRARY_STATE,
                                     MSG_LIBRARY_REACH,  MSG_LIBRARY_UNIT};
    struct q_message_all *all;
    struct q_reach_sums *sums;
    size_t n;
    size_t sums_n;
    size_t kept = 0;
    TRY(message_list(&w->ctx, &all, &n));
    TRY(q_reach_sums(w->ctx.db, w->arena, &sums, &sums_n));
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COUNT(heads));
    struct row_view *rows = arena_array_of(w->arena, struct row_view, n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, COUNT(heads) * (n + 1));
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(heads); i++) {
        columns[i] =
            (struct column_view){.text = page_msg(&w->page, heads[i]), .end = heads[i] == MSG_LIBRARY_REACH};
    }
    for (size_t i = 0; i < n; i++) {
        if (wanted(w, &all[i])) {
            struct cell_view *c = &cells[kept * COUNT(heads)];
            TRY(row_fill(w, &all[i], sums, sums_n, c));
            rows[kept++] = (struct row_view){c, COUNT(heads)};
        }
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_LIBRARY_TITLE),
                               .columns = columns,
                               .columns_n = COUNT(heads),
                               .rows = rows,
                               .rows_n = kept,
                               .empty = page_msg(&w->page, MSG_LIBRARY_NONE)};
    return OK;
}

err show_library(struct web *w)
{
    struct library_view m = {.may_add = permission_of(w->who.actor.role, P_MESSAGE_MANAGE)};
    TRY(message_field(w, L_FORM, message_form_words, MESSAGE_form_n, STR_NONE, &m.form));
    TRY(message_field(w, L_TOPIC, message_topic_words, MESSAGE_topic_n, STR_NONE, &m.topic));
    TRY(message_field(w, L_STATE, message_state_words, MESSAGE_state_n, STR_NONE, &m.state));
    m.form.optional = m.topic.optional = m.state.optional = false;
    TRY(library_table(w, &m.table));
    w->page.title = page_msg(&w->page, MSG_LIBRARY_TITLE);
    library_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the form ---- */

/* clang-format off */
#define ROWS(head, said, version, approve, reach) \
    [M_CODE] = {"code", IN_CODE, MSG_LIBRARY_NAME, 20}, \
    [M_UNIT] = {"unit", IN_CODE, MSG_LIBRARY_UNIT, 40, .required = (head) || (reach)}, \
    [M_TOPIC] = {"topic", IN_CHOICE, MSG_LIBRARY_TOPIC, .required = (head), .choices = message_topic_codes}, \
    [M_FORM] = {"form", IN_CHOICE, MSG_LIBRARY_FORM, .required = (head), .choices = message_form_codes}, \
    [M_AUTHOR] = {"author", IN_LINE, MSG_LIBRARY_AUTHOR, 160, .required = (head)}, \
    [M_CHANNEL] = {"channel", IN_CHOICE, MSG_LIBRARY_HOW, .required = (head) || (reach), .choices = message_channel_codes}, \
    [M_AUDIENCE] = {"audience", IN_CHOICE, MSG_LIBRARY_AUDIENCE, .required = (head), .choices = message_audience_codes}, \
    [M_LANG] = {"language", IN_CHOICE, MSG_LIBRARY_LANGUAGE, .required = (said) || (version), .choices = message_lang_codes}, \
    [M_TITLE] = {"title", IN_LINE, MSG_LIBRARY_NAME, 160, .required = (said)}, \
    [M_WORDS] = {"words", IN_WORDS, MSG_LIBRARY_WORDS, MESSAGE_WORDS_MAX, .required = (said)}, \
    [M_BASIS] = {"basis", IN_LINE, MSG_LIBRARY_BASIS, 200}, \
    [M_VERSION] = {"version", IN_NUMBER, MSG_LIBRARY_WHICH, 9999, .required = (version)}, \
    [M_POST] = {"post", IN_LINE, MSG_LIBRARY_POST, 160, .required = (approve)}, \
    [M_DAY] = {"day", IN_DAY, MSG_LIBRARY_DAY, .required = (approve)}, \
    [M_WHICH] = {"which", IN_CODE, MSG_LIBRARY_WHICH, 12, .required = (reach)}, \
    [M_ON] = {"on", IN_DAY, MSG_LIBRARY_DAY, .required = (reach)}, \
    [M_N] = {"n", IN_NUMBER, MSG_LIBRARY_REACHED, REACH_MOST, .required = (reach)}, \
    [M_WOMEN] = {"women", IN_NUMBER, MSG_LIBRARY_WOMEN, REACH_MOST}, \
    [M_RECORD] = {"record", IN_CODE, MSG_LIBRARY_REACH, 26}
#define FILE_ROW \
    [M_FILE] = {"file", IN_FILES, MSG_LIBRARY_FILE, 1, \
                .takes = FILES_TAKE(PHOTO) | FILES_TAKE(VOICE) | FILES_TAKE(PDF)}

const struct input message_new_inputs[NEW_INPUTS] = {ROWS(true, true, false, false, false), FILE_ROW};
const struct input message_revise_inputs[NEW_INPUTS] = {ROWS(false, true, false, false, false), FILE_ROW};
const struct input message_get_inputs[MESSAGE_INPUTS] = {ROWS(false, false, false, false, false)};
const struct input approve_inputs[MESSAGE_INPUTS] = {ROWS(false, false, true, true, false)};
const struct input withdraw_inputs[MESSAGE_INPUTS] = {ROWS(false, false, true, false, false)};
const struct input reach_inputs[MESSAGE_INPUTS] = {ROWS(false, false, false, false, true)};
/* clang-format on */

/* The person's own unit and what it lies in, as far as it is hers to say. */
static err units_fill(struct web *w, struct field_view *out)
{
    struct place_at at;
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, LEVEL_N);
    struct q_place_names *names;
    size_t n = 0;
    size_t names_n;
    int64_t ids[LEVEL_N];
    TRY(place_ancestors(&w->ctx, w->ctx.actor.unit_id, &at));
    for (size_t i = 0; i < LEVEL_N; i++) {
        if (at.at[i] != 0 && message_may_change(&w->ctx, at.at[i])) {
            ids[n++] = at.at[i];
        }
    }
    TRY(place_names(&w->ctx, ids, n, &names, &names_n));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < names_n && i < LEVEL_N; i++) {
        c[i] = (struct choice_view){.value = names[i].unit_code, .text = names[i].name_text};
    }
    web_choose(w, M_UNIT, c, names_n, STR_NONE);
    *out = web_field(w, M_UNIT, MSG_NONE);
    out->choices = c;
    out->choices_n = names_n;
    return OK;
}

err message_form_fill(struct web *w, bool fresh, bool file, struct message_form_view *out)
{
    struct message_form_view m = {.fresh = fresh,
                                  .file = file,
                                  .author = web_field(w, M_AUTHOR, MSG_LIBRARY_AUTHOR_HINT),
                                  .title = web_field(w, M_TITLE, MSG_NONE),
                                  .words = web_field(w, M_WORDS, MSG_LIBRARY_WORDS_HINT),
                                  .basis = web_field(w, M_BASIS, MSG_NONE)};
    TRY(message_field(w, M_FORM, message_form_words, MESSAGE_form_n, STR_NONE, &m.form));
    TRY(message_field(w, M_TOPIC, message_topic_words, MESSAGE_topic_n, STR_NONE, &m.topic));
    TRY(message_field(w, M_CHANNEL, message_channel_words, MESSAGE_channel_n, STR_NONE, &m.channel));
    TRY(message_field(w, M_AUDIENCE, message_audience_words, MESSAGE_audience_n, STR_NONE, &m.audience));
    m.channel.label = page_msg(&w->page, MSG_LIBRARY_CHANNEL);
    TRY(message_field(w, M_LANG, message_lang_words, MESSAGE_lang_n, STR_NONE, &m.lang));
    if (fresh) {
        TRY(units_fill(w, &m.unit));
    }
    m.upload = (struct field_view){.name = S("file"), .hint = page_msg(&w->page, MSG_LIBRARY_FILE_HINT)};
    if (w->route->inputs_n > M_FILE) {
        m.upload.fault = w->in[M_FILE].fault;
    }
    m.form.optional = m.topic.optional = m.channel.optional = m.audience.optional = m.lang.optional = false;
    m.unit.optional = m.author.optional = m.title.optional = m.words.optional = false;
    *out = m;
    return OK;
}

err show_message_new(struct web *w)
{
    struct message_form_view m;
    TRY(message_form_fill(w, true, true, &m));
    m.post = url_local(w->arena, S("/library/new"));
    w->page.title = page_msg(&w->page, MSG_LIBRARY_NEW);
    w->page.back = url_local(w->arena, S("/library"));
    message_new_page(&w->page, &m);
    return web_html(w, 200);
}

err prepare_message(struct web *w)
{
    return evidence_take(w, M_FILE);
}

static struct message_said said_of(const struct given *in)
{
    return (struct message_said){.lang = in[M_LANG].text,
                                 .title = in[M_TITLE].text,
                                 .words = in[M_WORDS].text,
                                 .basis = in[M_BASIS].given ? in[M_BASIS].text : S(""),
                                 .files = evidence_taken(&in[M_FILE])};
}

err write_message_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct message_new m = {.unit = in[M_UNIT].text,
                                  .topic = in[M_TOPIC].text,
                                  .form = in[M_FORM].text,
                                  .author = in[M_AUTHOR].text,
                                  .channel = in[M_CHANNEL].text,
                                  .audience = in[M_AUDIENCE].text,
                                  .said = said_of(in)};
    return message_add(c, &m, &out->note);
}

err write_message_revise(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    const struct message_said s = said_of(in);
    TRY(message_revise(c, in[M_CODE].text, &s, &no));
    out->note = in[M_CODE].text;
    return OK;
}

err answer_message(struct web *w)
{
    return web_redirect(w, message_url(w, S("/library/message"), w->receipt.note, S("")));
}
