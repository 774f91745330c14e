/* quote_pages.c: quotes, stories and photos: their list, a new one, the routes. */
#include "clock.h"
#include "event_words.h"
#include "evidence_take.h"
#include "format.h"
#include "quote.html.h"
#include "story_feature.h"
#include "story_pages.h"

#include "document_story.h"
#include "web_paper.h"

enum { CODE_MAX = 40 };

/* clang-format off */
#define CONSENT(must) \
    [Q_CODE] = {"code", IN_CODE, MSG_STORY_CODE, CODE_MAX}, \
    [Q_CONSENT_DAY] = {"consent_day", IN_DAY, MSG_STORY_CONSENT_DAY, .required = (must)}, \
    [Q_TO] = {"to", IN_LINE, MSG_STORY_TO, QUOTE_TO_MAX, .required = (must)}, \
    [Q_HOW] = {"how", IN_CHOICE, MSG_STORY_HOW, .required = (must), .choices = story_how_codes}, \
    [Q_REPORT] = {"report", IN_FLAG, MSG_STORY_FOR_REPORT}, \
    [Q_POSTER] = {"poster", IN_FLAG, MSG_STORY_FOR_POSTER}, \
    [Q_NAME_OK] = {"name_ok", IN_FLAG, MSG_STORY_NAME_OK}, \
    [Q_PHOTO_OK] = {"photo_ok", IN_FLAG, MSG_STORY_PHOTO_OK}, \
    [Q_STEP] = {"step", IN_NUMBER, MSG_ACT_STEP}
#define SAID(must) \
    [Q_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX}, \
    [Q_KIND] = {"kind", IN_CHOICE, MSG_STORY_KIND, .required = (must), .choices = story_kind_codes}, \
    [Q_ABOUT] = {"about", IN_CHOICE, MSG_STORY_ABOUT, .required = (must), .choices = story_about_codes}, \
    [Q_SECTION] = {"section", IN_CHOICE, MSG_STORY_BESIDE, .required = (must), .choices = story_section_codes}, \
    [Q_ROLE] = {"role", IN_CHOICE, MSG_STORY_ROLE, .required = (must), .choices = event_role_codes}, \
    [Q_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .required = (must), .choices = event_sex_codes}, \
    [Q_SPOKEN] = {"spoken", IN_CHOICE, MSG_STORY_SPOKEN, .required = (must), .choices = story_spoken_codes}, \
    [Q_DAY] = {"day", IN_DAY, MSG_STORY_DAY, .required = (must)}, \
    [Q_WORDS] = {"words", IN_WORDS, MSG_STORY_WORDS, QUOTE_CHARS_MAX, .required = (must)}, \
    [Q_NAME] = {"name", IN_LINE, MSG_STORY_NAME, QUOTE_NAME_MAX}
const struct input quote_get_inputs[Q_PHOTO] = {CONSENT(false), SAID(false)};
const struct input quote_new_inputs[Q_N] = {
    CONSENT(true), SAID(true), [Q_PHOTO] = {"photos", IN_FILES, MSG_STORY_PHOTO, 1, .takes = FILES_TAKE(PHOTO)}};
const struct input quote_one_inputs[Q_ONE] = {CONSENT(false)};
const struct input quote_consent_inputs[Q_ONE] = {CONSENT(true)};
/* clang-format on */
const struct input quote_photo_inputs[QP_N] = {
    [QP_CODE] = {"code", IN_CODE, MSG_STORY_CODE, CODE_MAX, .required = true},
    [QP_SMALL] = {"small", IN_FLAG, MSG_STORY_PHOTO},
};

static struct url quote_url(struct web *w, str code, const char *rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/documents/stories/%.*s%s", STR_F(code), rest));
}

/* ---- the list ---- */

/* "Reports, posters" of those that are ticked. */
static str purposes_words(struct web *w, bool report, bool poster)
{
    const struct {
        bool on;
        enum msg text;
    } all[] = {{report, MSG_STORY_USE_REPORT}, {poster, MSG_STORY_USE_POSTER}};
    str said = S("");
    for (size_t i = 0; i < COUNT(all); i++) {
        const str one = all[i].on ? page_msg(&w->page, all[i].text) : S("");
        said = one.n == 0    ? said
               : said.n == 0 ? one
                             : arena_printf(w->arena, "%.*s · %.*s", STR_F(said), STR_F(one));
    }
    return said;
}

static struct chip_view chip_of(const struct page *p, bool gone)
{
    return (struct chip_view){.kind = gone ? S("closed") : S("done"),
                              .text = page_msg(p, gone ? MSG_STORY_STATE_WITHDRAWN : MSG_STORY_STATE_GIVEN)};
}

enum { L_KIND, L_ABOUT, L_WHO, L_DAY, L_USE, L_STATE, L_COLS };

err show_quotes(struct web *w)
{
    static const enum msg heads[L_COLS] = {
        [L_KIND] = MSG_STORY_KIND, [L_ABOUT] = MSG_STORY_ABOUT, [L_WHO] = MSG_STORY_WHO,
        [L_DAY] = MSG_STORY_DAY,   [L_USE] = MSG_STORY_USE,     [L_STATE] = MSG_STORY_STATE};
    struct quotes_view m = {.table = {.rows_n = 0}};
    struct q_quote_list *rows;
    size_t n;
    TRY(quote_all(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_quote_list *r = &rows[i];
        struct cell_view *c = &cells[i * L_COLS];
        const struct chip_view chip = chip_of(&w->page, r->withdrawn_day.given);
        c[L_KIND] = (struct cell_view){
            .text = story_words_of(&w->page, story_kind_words, STORY_kind_n, r->quote_kind_code),
            .note = r->quote_code,
            .to = quote_url(w, r->quote_code, "")};
        c[L_ABOUT].text = story_words_of(&w->page, story_about_words, STORY_about_n, r->about_code);
        c[L_WHO].text = story_who(w, r->role_code, r->sex_code, r->home, S(""));
        c[L_DAY].text = format_day(w->arena, w->lang, r->said_day);
        c[L_USE].text =
            r->withdrawn_day.given ? S("") : purposes_words(w, r->report_flag != 0, r->poster_flag != 0);
        c[L_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    }
    TRY(web_table(w, heads, L_COLS, cells, n, MSG_STORY_LIST, MSG_STORY_LIST_NONE, &m.table));
    w->page.title = page_msg(&w->page, MSG_STORY_LIST);
    w->page.back = url_local(w->arena, S("/documents/narrative"));
    quotes_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- fields ---- */

static struct field_view tick(struct web *w, size_t input, bool now, enum msg hint)
{
    struct field_view f = web_field(w, input, hint);
    f.value = w->step ? f.value : now ? S("1") : S("");
    return f;
}

/* Mostly it is taken down on the day. */
static void today_at_first(struct web *w, struct field_view *io)
{
    if (io->value.p == NULL) {
        io->value = format_day_iso(w->arena, local_day(w->ctx.now_ms));
    }
}

static err consent_fill(struct web *w, const struct quote_consent *now, struct consent_view *out)
{
    *out = (struct consent_view){.day = web_field(w, Q_CONSENT_DAY, MSG_NONE),
                                 .to = web_field(w, Q_TO, MSG_STORY_TO_HINT),
                                 .how = web_field(w, Q_HOW, MSG_NONE),
                                 .report = tick(w, Q_REPORT, (now->purposes & QUOTE_REPORT) != 0, MSG_NONE),
                                 .poster = tick(w, Q_POSTER, (now->purposes & QUOTE_POSTER) != 0, MSG_NONE),
                                 .name = tick(w, Q_NAME_OK, now->name, MSG_NONE),
                                 .photo = tick(w, Q_PHOTO_OK, now->photo, MSG_NONE),
                                 .name_asked = true,
                                 .photo_asked = true};
    out->day.type = S("date");
    out->day.dir = S("ltr");
    today_at_first(w, &out->day);
    out->day.optional = out->to.optional = out->how.optional = false;
    out->to.dir = S("auto");
    return choices_words(w, Q_HOW, story_how_words, STORY_how_n, STR_NONE, &out->how);
}

static err units_fill(struct web *w, struct quote_new_view *m)
{
    struct id_set homes;
    struct q_place_names *names;
    size_t n;
    TRY(report_homes(&w->ctx, STR_NONE, &homes));
    m->unit_asked = homes.n > 1;
    if (!m->unit_asked) {
        return OK;
    }
    TRY(place_names(&w->ctx, homes.ids, homes.n, &names, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = names[i].unit_code, .text = names[i].name_text};
    }
    web_choose(w, Q_UNIT, c, n, STR_NONE);
    m->unit = web_field(w, Q_UNIT, MSG_NONE);
    m->unit.optional = false;
    m->unit.choices = c;
    m->unit.choices_n = n;
    return OK;
}

static err set_fill(struct web *w, size_t input, const struct case_word *words, size_t n, str preset,
                    struct field_view *out)
{
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    return choices_words(w, input, words, n, preset, out);
}

static err said_fill(struct web *w, struct quote_new_view *m)
{
    TRY(set_fill(w, Q_KIND, story_kind_words, STORY_kind_n, S("quote"), &m->kind));
    TRY(set_fill(w, Q_ABOUT, story_about_words, STORY_about_n, STR_NONE, &m->about));
    TRY(set_fill(w, Q_SECTION, story_section_words, STORY_section_n, S("successes"), &m->section));
    TRY(set_fill(w, Q_ROLE, event_role_words, EVENT_role_n, S("citizen"), &m->role));
    TRY(set_fill(w, Q_SEX, event_sex_words, EVENT_sex_n, S("woman"), &m->sex));
    TRY(set_fill(w, Q_SPOKEN, story_spoken_words, STORY_spoken_n, STR_NONE, &m->spoken));
    m->about.hint = page_msg(&w->page, MSG_STORY_ABOUT_HINT);
    m->section.hint = page_msg(&w->page, MSG_STORY_BESIDE_HINT);
    m->day = web_field(w, Q_DAY, MSG_NONE);
    m->day.type = S("date");
    m->day.dir = S("ltr");
    today_at_first(w, &m->day);
    m->words = web_field(w, Q_WORDS, MSG_STORY_WORDS_HINT);
    m->words.rows = 5;
    m->day.optional = m->words.optional = false;
    m->name = web_field(w, Q_NAME, MSG_STORY_NAME_HINT);
    m->name.dir = S("auto");
    m->file = (struct field_view){.name = S("photos"),
                                  .label = page_msg(&w->page, MSG_STORY_PHOTO),
                                  .hint = page_msg(&w->page, MSG_STORY_PHOTO_HINT),
                                  .accept = S("image/*"),
                                  .optional = true};
    if (w->route->inputs_n > Q_PHOTO) {
        m->file.fault = w->in[Q_PHOTO].fault;
    }
    return OK;
}

/* ---- a new one ---- */

err show_quote_new(struct web *w)
{
    const struct quote_consent none = {.purposes = 0};
    struct quote_new_view m = {.unit_asked = false};
    TRY(units_fill(w, &m));
    TRY(said_fill(w, &m));
    TRY(consent_fill(w, &none, &m.consent));
    w->page.title = page_msg(&w->page, MSG_STORY_NEW);
    w->page.back = url_local(w->arena, S("/documents/stories"));
    quote_new_page(&w->page, &m);
    return web_html(w, 200);
}

err prepare_quote(struct web *w)
{
    return evidence_take(w, Q_PHOTO);
}

static bool on(const struct given *g)
{
    return g->given && g->n == 1;
}

static str text_of(const struct given *g)
{
    return g->given ? g->text : S("");
}

static struct quote_consent consent_of(const struct given *in)
{
    return (struct quote_consent){.day = in[Q_CONSENT_DAY].n,
                                  .to = text_of(&in[Q_TO]),
                                  .how = text_of(&in[Q_HOW]),
                                  .purposes = (on(&in[Q_REPORT]) ? QUOTE_REPORT : 0U) |
                                              (on(&in[Q_POSTER]) ? QUOTE_POSTER : 0U),
                                  .name = on(&in[Q_NAME_OK]),
                                  .photo = on(&in[Q_PHOTO_OK])};
}

err write_quote_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct quote_new n = {.unit = text_of(&in[Q_UNIT]),
                                .kind = text_of(&in[Q_KIND]),
                                .about = text_of(&in[Q_ABOUT]),
                                .section = text_of(&in[Q_SECTION]),
                                .role = text_of(&in[Q_ROLE]),
                                .sex = text_of(&in[Q_SEX]),
                                .spoken = text_of(&in[Q_SPOKEN]),
                                .words = text_of(&in[Q_WORDS]),
                                .name = text_of(&in[Q_NAME]),
                                .day = in[Q_DAY].n,
                                .photo = evidence_taken(&in[Q_PHOTO]),
                                .consent = consent_of(in)};
    return quote_add(c, &n, &out->note);
}

err answer_quote(struct web *w)
{
    return web_redirect(w, quote_url(w, w->receipt.note, ""));
}

/* ---- one ---- */

static err facts_fill(struct web *w, const struct quote_view *v, struct facts_view *out)
{
    enum { FACTS = 6 };
    const struct page *p = &w->page;
    const struct q_quote_get *r = &v->row;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[0] = (struct fact_view){.name = page_msg(p, MSG_STORY_CODE), .value = r->quote_code, .dir = S("ltr")};
    f[1] = (struct fact_view){.name = page_msg(p, MSG_STORY_WHO),
                              .value = story_who(w, r->role_code, r->sex_code, r->home, S(""))};
    f[2] = (struct fact_view){.name = page_msg(p, MSG_STORY_ABOUT),
                              .value = story_words_of(p, story_about_words, STORY_about_n, r->about_code)};
    f[3] =
        (struct fact_view){.name = page_msg(p, MSG_STORY_BESIDE),
                           .value = story_words_of(p, story_section_words, STORY_section_n, r->section_code)};
    f[4] = (struct fact_view){.name = page_msg(p, MSG_STORY_DAY),
                              .value = format_day(w->arena, w->lang, r->said_day)};
    f[5] = (struct fact_view){.name = page_msg(p, MSG_STORY_SPOKEN),
                              .value = story_words_of(p, story_spoken_words, STORY_spoken_n, r->lang_code)};
    *out = (struct facts_view){f, FACTS};
    return OK;
}

static err consents_table(struct web *w, const struct quote_view *v, struct table_view *out)
{
    enum { C_DAY, C_USE, C_WITH, C_TO, C_HOW, C_COLS };
    static const enum msg heads[C_COLS] = {[C_DAY] = MSG_STORY_CONSENT_DAY,
                                           [C_USE] = MSG_STORY_USE,
                                           [C_WITH] = MSG_STORY_WITH,
                                           [C_TO] = MSG_STORY_TO,
                                           [C_HOW] = MSG_STORY_HOW};
    struct q_quote_consents *rows;
    size_t n;
    TRY(quote_consents(&w->ctx, v, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * C_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_quote_consents *r = &rows[i];
        struct cell_view *c = &cells[i * C_COLS];
        const bool name = r->name_flag != 0;
        const bool photo = r->photo_flag != 0;
        c[C_DAY].text = format_day(w->arena, w->lang, r->given_day);
        c[C_USE].text = purposes_words(w, r->report_flag != 0, r->poster_flag != 0);
        c[C_WITH].text = page_msg(&w->page, name && photo ? MSG_STORY_WITH_BOTH
                                            : name        ? MSG_STORY_WITH_NAME
                                            : photo       ? MSG_STORY_WITH_PHOTO
                                                          : MSG_STORY_WITH_NEITHER);
        c[C_TO] = (struct cell_view){.text = r->to_text, .dir = S("auto")};
        c[C_HOW].text = story_words_of(&w->page, story_how_words, STORY_how_n, r->how_code);
    }
    return web_table(w, heads, C_COLS, cells, n, MSG_STORY_CONSENTS, MSG_STORY_LIST_NONE, out);
}

static err documents_table(struct web *w, const struct quote_view *v, struct table_view *out)
{
    enum { D_CODE, D_WHEN, D_COLS };
    static const enum msg heads[D_COLS] = {[D_CODE] = MSG_NARRATIVE_DOCUMENT, [D_WHEN] = MSG_NARRATIVE_WHEN};
    struct q_quote_documents *rows;
    size_t n;
    TRY(quote_documents(&w->ctx, v, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * D_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        cells[i * D_COLS + D_CODE] = (struct cell_view){
            .text = rows[i].document_code,
            .dir = S("ltr"),
            .to =
                url_local(w->arena, arena_printf(w->arena, "/documents/%.*s", STR_F(rows[i].document_code)))};
        cells[i * D_COLS + D_WHEN].text = format_time(w->arena, w->lang, rows[i].used_ms);
    }
    return web_table(w, heads, D_COLS, cells, n, MSG_STORY_HELD, MSG_STORY_HELD_NONE, out);
}

static err story_fill(struct web *w, const struct quote_view *v, struct quote_one_view *m)
{
    static const enum msg texts[QUOTE_ACTIONS] = {[QUOTE_TAKE] = MSG_STORY_STEP_TAKE,
                                                  [QUOTE_CONSENT] = MSG_STORY_STEP_CONSENT,
                                                  [QUOTE_WITHDRAW] = MSG_STORY_STEP_WITHDRAW};
    enum { SHOWN = 40 };
    struct q_step_list *steps;
    size_t n;
    TRY(flow_timeline(&w->ctx, &v->subject, 0, SHOWN, &steps, &n));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool known = steps[i].action_no >= 0 && steps[i].action_no < QUOTE_ACTIONS;
        rows[i] = (struct timeline_row){.when = format_time(w->arena, w->lang, steps[i].at_ms),
                                        .what = known ? page_msg(&w->page, texts[steps[i].action_no]) : S(""),
                                        .who = role_words(&w->page, (enum role)steps[i].role_no)};
    }
    const struct given *seen = &w->in[Q_STEP];
    const bool came_back = seen->given && w->fail.message == MSG_FLOW_CHANGED_MEANWHILE;
    const size_t later = came_back && seen->n < v->flow.step_no ? (size_t)(v->flow.step_no - seen->n) : 0;
    m->timeline = (struct timeline_view){rows, n};
    m->meanwhile = (struct timeline_view){rows, later < n ? later : n};
    return OK;
}

static void picture_fill(struct web *w, const struct quote_view *v, struct quote_one_view *m)
{
    const bool desk = w->ctx.actor.role == ROLE_DESK && w->ctx.actor.home == v->row.home;
    if (v->words.n > 0 && (v->consent.purposes & QUOTE_POSTER) != 0) {
        m->poster = quote_url(w, v->row.quote_code, "/poster.pdf");
    }
    if (v->row.photo_id.given && (v->consent.photo || desk)) {
        m->photo = quote_url(w, v->row.quote_code, "/photo");
        m->small = url_with(w->arena, m->photo, S("small"), S("1"));
    }
    if (v->named) {
        m->speaker = quote_url(w, v->row.quote_code, "/speaker");
    }
}

err show_quote(struct web *w)
{
    struct quote_view v;
    struct quote_one_view m = {.may = false};
    TRY(quote_find(&w->ctx, w->in[Q_CODE].text, &v));
    m.chip = chip_of(&w->page, v.state == QUOTE_WITHDRAWN);
    m.words = v.words;
    m.lang = v.row.lang_code;
    m.dir = story_dir(m.lang);
    m.may = v.state == QUOTE_GIVEN;
    m.open = w->route->method == HTTP_POST && w->route->inputs == quote_consent_inputs;
    m.consent_post = quote_url(w, v.row.quote_code, "/consent");
    m.withdraw_post = quote_url(w, v.row.quote_code, "/withdraw");
    picture_fill(w, &v, &m);
    TRY(facts_fill(w, &v, &m.facts));
    TRY(consents_table(w, &v, &m.consents));
    TRY(documents_table(w, &v, &m.documents));
    m.step = v.flow.step_no;
    TRY(story_fill(w, &v, &m));
    TRY(consent_fill(w, &v.consent, &m.consent));
    m.consent.name_asked = v.named;
    m.consent.photo_asked = v.row.photo_id.given;
    w->page.title = story_words_of(&w->page, story_kind_words, STORY_kind_n, v.row.quote_kind_code);
    w->page.back = url_local(w->arena, S("/documents/stories"));
    quote_page(&w->page, &m);
    return web_html(w, 200);
}

/* Another consent, or none, is said over the one that stood on the page. */
static err as_seen(struct ctx *c, const struct quote_view *v, const struct given *in)
{
    if (!in[Q_STEP].given) { /* the page always says it */
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_CHANGED_MEANWHILE, "action");
    }
    return flow_as_seen(c, v->flow.step_no, in[Q_STEP].n);
}

err write_quote_consent(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct quote_view v;
    const struct quote_consent k = consent_of(in);
    TRY(quote_find(c, in[Q_CODE].text, &v));
    out->note = v.row.quote_code;
    TRY(as_seen(c, &v, in));
    return quote_consent_put(c, &v, &k);
}

err write_quote_withdraw(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct quote_view v;
    TRY(quote_find(c, in[Q_CODE].text, &v));
    out->note = v.row.quote_code;
    TRY(as_seen(c, &v, in));
    return quote_withdraw(c, &v);
}

err show_quote_photo(struct web *w)
{
    struct quote_view v;
    str type;
    SCOPED(buf_free) struct buf out = buf_new(BLOB_MAX);
    TRY(quote_find(&w->ctx, w->in[QP_CODE].text, &v));
    TRY(quote_picture(&w->ctx, &v, on(&w->in[QP_SMALL]), &out, &type));
    return web_bytes(w, type, STR_NONE, &out);
}

/* ---- on a sheet for a wall ---- */

/* Without her name: who stands on a wall is known to everybody. Its number is there, so that a sheet whose
 * words were taken back can be taken down. */
err show_quote_poster(struct web *w)
{
    enum { POSTER_LETTERS = 28 };
    struct quote_view v;
    struct paper_draft d;
    const struct paper *sheet;
    enum lang spoken = LANG_UR;
    TRY(quote_find(&w->ctx, w->in[QP_CODE].text, &v));
    if (v.words.n == 0 || (v.consent.purposes & QUOTE_POSTER) == 0) {
        return FAIL(NOT_FOUND);
    }
    (void)lang_of(v.row.lang_code, &spoken);
    paper_begin(&d, w->arena, w->lang, PAPER_A4, POSTER_LETTERS, page_msg(&w->page, MSG_STORY_POSTER_TITLE));
    document_said_put(&d, spoken, v.words);
    paper_note(&d, story_who(w, v.row.role_code, v.row.sex_code, v.row.home, S("")));
    paper_note(&d, page_isolate(&w->page, v.row.quote_code));
    TRY(paper_done(&d, &sheet));
    return web_paper(w, sheet, PAPER_AS_PDF, v.row.quote_code);
}

/* ---- who she is ---- */

err look_quote(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct quote_view v;
    TRY(quote_find(c, in[QP_CODE].text, &v));
    io->home = v.row.home;
    io->subject_kind = str_of(quote_kind.name);
    io->subject_id = v.row.id;
    return OK;
}

err show_quote_speaker(struct web *w)
{
    struct quote_view v;
    struct speaker_view m = {.hidden = !w->ctx.may_show_identity};
    TRY(quote_find(&w->ctx, w->in[QP_CODE].text, &v));
    TRY(quote_speaker(&w->ctx, &v, &m.name));
    m.code = v.row.quote_code;
    w->page.title = page_msg(&w->page, MSG_STORY_SPEAKER);
    w->page.back = quote_url(w, v.row.quote_code, "");
    speaker_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- routes ---- */

static const struct route routes[] = {
    {HTTP_GET, "/documents/narrative", P_PLAN_READ, 0, INPUTS(narrative_inputs), .show = show_narratives,
     .doc = MSG_DOC_NARRATIVES},
    {HTTP_GET, "/documents/narrative/{section}", P_NARRATIVE_WRITE, ROUTE_SLOW, INPUTS(narrative_edit_inputs),
     .show = show_narrative, .doc = MSG_DOC_NARRATIVE},
    {HTTP_POST, "/documents/narrative/{section}", P_NARRATIVE_WRITE, ROUTE_SLOW,
     INPUTS(narrative_edit_inputs), .show = show_narrative, .write = write_narrative,
     .answer = answer_narrative, .doc = MSG_DOC_NARRATIVE},
    {HTTP_GET, "/documents/lessons", P_PLAN_READ, 0, INPUTS(lesson_inputs), .show = show_lessons,
     .doc = MSG_DOC_LESSONS},
    {HTTP_GET, "/documents/stories", P_STORY_KEEP, 0, .show = show_quotes, .doc = MSG_DOC_STORIES},
    {HTTP_GET, "/documents/stories/new", P_STORY_KEEP, 0, INPUTS(quote_get_inputs), .show = show_quote_new,
     .doc = MSG_DOC_STORY_NEW},
    {HTTP_POST, "/documents/stories/new", P_STORY_KEEP, 0, INPUTS(quote_new_inputs), .show = show_quote_new,
     .prepare = prepare_quote, .write = write_quote_new, .answer = answer_quote, .doc = MSG_DOC_STORY_NEW},
    {HTTP_GET, "/documents/stories/{code}", P_STORY_KEEP, 0, INPUTS(quote_one_inputs), .show = show_quote,
     .doc = MSG_DOC_STORY},
    {HTTP_GET, "/documents/stories/{code}/photo", P_STORY_KEEP, ROUTE_SLOW, INPUTS(quote_photo_inputs),
     .show = show_quote_photo, .doc = MSG_DOC_STORY_PHOTO},
    {HTTP_GET, "/documents/stories/{code}/poster.pdf", P_STORY_KEEP, ROUTE_SLOW, INPUTS(quote_photo_inputs),
     .show = show_quote_poster, .doc = MSG_DOC_STORY_POSTER},
    {HTTP_GET, "/documents/stories/{code}/speaker", P_IDENTITY_VIEW, ROUTE_IDENTITY,
     INPUTS(quote_photo_inputs), .show = show_quote_speaker, .look = look_quote,
     .doc = MSG_DOC_STORY_SPEAKER},
    {HTTP_POST, "/documents/stories/{code}/consent", P_STORY_KEEP, 0, INPUTS(quote_consent_inputs),
     .show = show_quote, .write = write_quote_consent, .answer = answer_quote, .doc = MSG_DOC_STORY_CONSENT},
    {HTTP_POST, "/documents/stories/{code}/withdraw", P_STORY_KEEP, 0, INPUTS(quote_one_inputs),
     .show = show_quote, .write = write_quote_withdraw, .answer = answer_quote,
     .doc = MSG_DOC_STORY_WITHDRAW},
};

const struct feature story_feature = {
    .name = "story", .routes = routes, .routes_n = COUNT(routes), .aside = lessons_aside};
