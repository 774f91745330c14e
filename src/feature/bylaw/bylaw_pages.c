/* bylaw_pages.c: by-laws of councils: the list, a new one, and one with its words, its difference to the
 * model and what is done next. */
#include "bylaw.h"
#include "bylaw.html.h"
#include "bylaw_feature.h"
#include "bylaw_pages.h"
#include "clock.h"
#include "format.h"

enum { CODE_MAX = BYLAW_CODE_MAX, AT_MAX = 200, NUMBER_MAX = 60, SEATS_MOST = 999 };
static const char *const do_codes[] = {"write", "consult", "adopt", "drop", NULL};
static const char *const lang_codes[] = {"en", "ur", "ps", NULL};
static const enum lang langs[] = {LANG_EN, LANG_UR, LANG_PS};
enum { LANGS = 3 };

enum bylaw_new_input { BN_UNIT, BN_MODEL, BN_N };
static const struct input bylaw_new_inputs[BN_N] = {
    [BN_UNIT] = {"unit", IN_CODE, MSG_BYLAW_COUNCIL, CODE_MAX, .required = true},
    [BN_MODEL] = {"model", IN_CODE, MSG_BYLAW_MODEL, CODE_MAX},
};
enum bylaw_input {
    B_CODE,
    B_DO,
    B_LANG,
    B_TITLE,
    B_WORDS,
    B_CONSULTED,
    B_AT,
    B_EVENT,
    B_ADOPTED,
    B_NUMBER,
    B_SEATS,
    B_WOMEN,
    B_COMMITTEE,
    B_COMMITTEE_WOMEN,
    B_N
};
static const struct input bylaw_inputs[B_N] = {
    [B_CODE] = {"code", IN_CODE, MSG_BYLAW_CODE, CODE_MAX, .required = true},
    [B_DO] = {"do", IN_CHOICE, MSG_BYLAW_STATE, .required = true, .choices = do_codes},
    [B_LANG] = {"language", IN_CHOICE, MSG_BYLAW_LANGUAGE, .choices = lang_codes},
    [B_TITLE] = {"title", IN_LINE, MSG_BYLAW_HEADING, BYLAW_TITLE_MAX},
    [B_WORDS] = {"words", IN_WORDS, MSG_BYLAW_WORDS, BYLAW_WORDS_MAX},
    [B_CONSULTED] = {"consulted_day", IN_DAY, MSG_BYLAW_CONSULTED_DAY},
    [B_AT] = {"at", IN_LINE, MSG_BYLAW_MEETING, AT_MAX},
    [B_EVENT] = {"event", IN_CODE, MSG_BYLAW_EVENT, CODE_MAX},
    [B_ADOPTED] = {"adopted_day", IN_DAY, MSG_BYLAW_ADOPTED_DAY},
    [B_NUMBER] = {"number", IN_LINE, MSG_BYLAW_NUMBER, NUMBER_MAX},
    [B_SEATS] = {"seats", IN_NUMBER, MSG_BYLAW_SEATS, SEATS_MOST},
    [B_WOMEN] = {"women", IN_NUMBER, MSG_BYLAW_WOMEN, SEATS_MOST},
    [B_COMMITTEE] = {"committee", IN_NUMBER, MSG_BYLAW_COMMITTEE, SEATS_MOST},
    [B_COMMITTEE_WOMEN] = {"committee_women", IN_NUMBER, MSG_BYLAW_COMMITTEE_WOMEN, SEATS_MOST},
};

struct url bylaw_url(struct web *w, str code, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/bylaws/%.*s%.*s", STR_F(code), STR_F(rest)));
}

static struct chip_view chip_of(const struct page *p, int64_t state)
{
    static const struct {
        str chip;
        enum msg text;
    } all[BYLAW_STATES] = {[BYLAW_DRAFTED] = {S_INIT("new"), MSG_BYLAW_DRAFTED},
                           [BYLAW_CONSULTED] = {S_INIT("busy"), MSG_BYLAW_CONSULTED},
                           [BYLAW_ADOPTED] = {S_INIT("done"), MSG_BYLAW_ADOPTED},
                           [BYLAW_DROPPED] = {S_INIT("closed"), MSG_BYLAW_DROPPED}};
    const size_t i = state >= 0 && state < BYLAW_STATES ? (size_t)state : BYLAW_DROPPED;
    return (struct chip_view){.kind = all[i].chip, .text = page_msg(p, all[i].text)};
}

static str number_words(struct web *w, int64_t n)
{
    return format_number(w->arena, w->lang, n);
}

/* "3 of 12" */
static str of_words(struct web *w, struct opt_i64 women, struct opt_i64 all)
{
    const struct msg_arg args[] = {{"n", number_words(w, women.v)}, {"all", number_words(w, all.v)}};
    return women.given && all.given ? page_msg_args(&w->page, MSG_BYLAW_OF, 0, args, 2) : S("");
}

/* ---- the list ---- */

enum { L_CODE, L_COUNCIL, L_STATE, L_DAY, L_WOMEN, L_COLS };

static err show_bylaws(struct web *w)
{
    static const enum msg heads[L_COLS] = {[L_CODE] = MSG_BYLAW_CODE,
                                           [L_COUNCIL] = MSG_BYLAW_COUNCIL,
                                           [L_STATE] = MSG_BYLAW_STATE,
                                           [L_DAY] = MSG_BYLAW_ADOPTED_DAY,
                                           [L_WOMEN] = MSG_BYLAW_WOMEN};
    struct bylaws_view m = {.may_write = permission_of(w->ctx.actor.role, P_READY_STATE)};
    struct q_bylaw_list *rows;
    size_t n;
    TRY(bylaw_all(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * L_COLS];
        const struct chip_view chip = chip_of(&w->page, rows[i].flow_state);
        c[L_CODE] = (struct cell_view){
            .text = rows[i].bylaw_code, .dir = S("ltr"), .to = bylaw_url(w, rows[i].bylaw_code, S(""))};
        TRY(label_find(&w->ctx, S("unit"), rows[i].unit_id, &c[L_COUNCIL].text));
        c[L_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
        c[L_DAY] = (struct cell_view){
            .text = rows[i].adopted_day.given ? format_day(w->arena, w->lang, rows[i].adopted_day.v) : S(""),
            .note = rows[i].adopted_no_text};
        c[L_WOMEN].text = of_words(w, rows[i].women_n, rows[i].seats_n);
    }
    TRY(web_table(w, heads, L_COLS, cells, n, MSG_BYLAW_TITLE, MSG_BYLAW_NONE, &m.table));
    w->page.title = page_msg(&w->page, MSG_BYLAW_TITLE);
    w->page.back = url_local(w->arena, S("/readiness"));
    bylaws_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- a new one ---- */

static err units_choose(struct web *w, struct field_view *out)
{
    struct q_place_all *units;
    size_t n;
    size_t kept = 0;
    TRY(place_list_below(&w->ctx, w->ctx.actor.home != 0 ? w->ctx.actor.home : w->ctx.actor.unit_id, &units,
                         &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (units[i].level_no == LEVEL_TEHSIL || units[i].level_no == LEVEL_COUNCIL) {
            c[kept++] = (struct choice_view){.value = units[i].unit_code, .text = units[i].name_text};
        }
    }
    web_choose(w, BN_UNIT, c, kept, STR_NONE);
    *out = web_field(w, BN_UNIT, MSG_NONE);
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

/* Models by the title that they have in the page's language, else their code. */
static err models_choose(struct web *w, struct field_view *out)
{
    struct q_bylaw_models *models;
    size_t n;
    TRY(q_bylaw_models(w->ctx.db, w->arena, local_day(w->ctx.now_ms), &models, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct q_bylaw_model_texts *texts;
        size_t texts_n;
        TRY(q_bylaw_model_texts(w->ctx.db, w->arena, models[i].id, &texts, &texts_n));
        c[i] = (struct choice_view){.value = models[i].model_code, .text = models[i].model_code};
        for (size_t k = 0; k < texts_n; k++) {
            if (str_eq(texts[k].lang_code, lang_table[w->lang].code)) {
                c[i].text = texts[k].title_text;
            }
        }
    }
    web_choose(w, BN_MODEL, c, n, n == 1 ? c[0].value : STR_NONE);
    *out = web_field(w, BN_MODEL, MSG_BYLAW_MODEL_HINT);
    out->choices = c;
    out->choices_n = n;
    out->optional = true;
    return OK;
}

static err show_bylaw_new(struct web *w)
{
    struct bylaw_new_view m;
    TRY(units_choose(w, &m.unit));
    TRY(models_choose(w, &m.model));
    w->page.title = page_msg(&w->page, MSG_BYLAW_NEW);
    w->page.back = url_local(w->arena, S("/bylaws"));
    w->page.form_id = S("bylaw");
    bylaw_new_page(&w->page, &m);
    return web_html(w, 200);
}

static str text_of(const struct given *g)
{
    return g->given ? g->text : S("");
}

static err write_bylaw_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    return bylaw_draft(c, in[BN_UNIT].text, text_of(&in[BN_MODEL]), &out->note);
}

static err answer_bylaw(struct web *w)
{
    return web_redirect(w, bylaw_url(w, w->receipt.note, S("")));
}

/* ---- one ---- */

/* Of the model, in the language of the page; else its code. */
static str model_title(struct web *w, const struct bylaw_view *v, str code)
{
    for (size_t i = 0; i < v->model_n; i++) {
        if (str_eq(v->model[i].lang_code, lang_table[w->lang].code)) {
            return v->model[i].title_text;
        }
    }
    return code;
}

err bylaw_facts(struct web *w, const struct bylaw_view *v, bool paper, struct facts_view *out)
{
    enum { FACTS = 10 };
    const struct page *p = &w->page;
    const struct q_bylaw_get *r = &v->row;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[n].name = page_msg(p, MSG_BYLAW_COUNCIL);
    TRY(label_find(&w->ctx, S("unit"), r->unit_id, &f[n++].value));
    if (!paper && r->model_id.given) {
        struct q_bylaw_model_get model;
        TRY(q_bylaw_model_get(w->ctx.db, w->arena, r->model_id.v, &model));
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_BYLAW_MODEL),
                                    .value = model_title(w, v, model.model_code)};
        f[n++] = (struct fact_view){
            .name = page_msg(p, MSG_BYLAW_BASIS), .value = model.basis_text, .dir = S("auto")};
    }
    if (r->consulted_day.given) {
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_BYLAW_CONSULTED_DAY),
                                    .value = format_day(w->arena, w->lang, r->consulted_day.v)};
        if (r->consulted_text.n > 0) {
            f[n++] = (struct fact_view){
                .name = page_msg(p, MSG_BYLAW_MEETING), .value = r->consulted_text, .dir = S("name")};
        }
    }
    if (r->event_code.n > 0) {
        f[n++] = (struct fact_view){
            .name = page_msg(p, MSG_BYLAW_EVENT),
            .value = r->event_code,
            .dir = S("ltr"),
            .to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s", STR_F(r->event_code)))};
    }
    if (r->adopted_day.given) {
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_BYLAW_ADOPTED_DAY),
                                    .value = format_day(w->arena, w->lang, r->adopted_day.v)};
        f[n++] = (struct fact_view){
            .name = page_msg(p, MSG_BYLAW_NUMBER), .value = r->adopted_no_text, .dir = S("name")};
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_BYLAW_WOMEN),
                                    .value = of_words(w, r->women_n, r->seats_n)};
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_BYLAW_COMMITTEE_WOMEN),
                                    .value = of_words(w, r->committee_women_n, r->committee_n)};
    }
    *out = (struct facts_view){f, n};
    return OK;
}

enum { D_MODEL, D_OWN, D_COLS };

static void difference_row(struct web *w, str model, str own, struct cell_view *c)
{
    const str none = page_msg(&w->page, MSG_BYLAW_NOT_THERE);
    c[D_MODEL] = (struct cell_view){.text = model.p != NULL ? model : none, .dir = S("auto")};
    c[D_OWN] = (struct cell_view){.text = own.p != NULL ? own : none, .dir = S("auto")};
}

/* Lines of the model that are gone, and those that came in their place: side by side. */
static size_t run_put(struct web *w, const struct bylaw_line *lines, size_t n, struct cell_view *cells,
                      size_t *io_rows)
{
    size_t gone = 0;
    size_t came = 0;
    while (gone < n && lines[gone].own.p == NULL) {
        gone++;
    }
    while (gone + came < n && lines[gone + came].model.p == NULL) {
        came++;
    }
    for (size_t i = 0; i < gone || i < came; i++) {
        difference_row(w, i < gone ? lines[i].model : STR_NONE, i < came ? lines[gone + i].own : STR_NONE,
                       &cells[(*io_rows)++ * D_COLS]);
    }
    return gone + came;
}

static err difference_fill(struct web *w, str model, str own, struct bylaw_text_view *out)
{
    static const enum msg heads[D_COLS] = {[D_MODEL] = MSG_BYLAW_IN_MODEL, [D_OWN] = MSG_BYLAW_HERE};
    struct bylaw_line *lines;
    size_t n;
    size_t rows = 0;
    TRY(bylaw_lines(w->arena, model, own, &lines, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * D_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n;) {
        const bool same = lines[i].model.p != NULL && lines[i].own.p != NULL;
        i += same ? 1 : run_put(w, lines + i, n - i, cells, &rows);
    }
    out->compared = true;
    out->same = rows == 0;
    return web_table(w, heads, D_COLS, cells, rows, MSG_BYLAW_DIFFERENCE, MSG_BYLAW_SAME, &out->difference);
}

static err lines_fill(struct web *w, str words, struct bylaw_text_view *out)
{
    str *lines = arena_array_of(w->arena, str, BYLAW_LINES_MAX + 1);
    size_t n = 0;
    if (lines == NULL) {
        return FAIL(LIMIT);
    }
    while (words.p != NULL && n < BYLAW_LINES_MAX) {
        const str line = str_trim(str_cut(&words, '\n'));
        if (line.n > 0) {
            lines[n++] = line;
        }
    }
    out->lines = lines;
    out->lines_n = n;
    return OK;
}

static err text_fill(struct web *w, const struct bylaw_view *v, const struct q_bylaw_texts *t,
                     struct bylaw_text_view *out)
{
    enum lang lang = LANG_EN;
    (void)lang_of(t->lang_code, &lang);
    out->lang = t->lang_code;
    out->dir = lang_table[lang].dir;
    out->title = t->title_text;
    TRY(lines_fill(w, t->words_text, out));
    for (size_t k = 0; k < v->model_n; k++) {
        if (str_eq(v->model[k].lang_code, t->lang_code)) {
            TRY(difference_fill(w, v->model[k].words_text, t->words_text, out));
        }
    }
    return OK;
}

/* In the language of the page first. */
static err texts_fill(struct web *w, const struct bylaw_view *v, struct bylaw_page_view *m)
{
    struct bylaw_text_view *all = arena_array_of(w->arena, struct bylaw_text_view, v->texts_n + 1);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (int others = 0; others < 2; others++) {
        for (size_t i = 0; i < v->texts_n; i++) {
            if (str_eq(v->texts[i].lang_code, lang_table[w->lang].code) == (others == 0)) {
                TRY(text_fill(w, v, &v->texts[i], &all[n++]));
            }
        }
    }
    m->texts = all;
    m->texts_n = n;
    return OK;
}

static struct field_view day_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.type = S("date");
    f.dir = S("ltr");
    f.optional = false;
    if (f.value.p == NULL) {
        f.value = format_day_iso(w->arena, local_day(w->ctx.now_ms));
    }
    return f;
}

static struct field_view seats_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.inputmode = S("numeric");
    f.dir = S("ltr");
    f.optional = false;
    return f;
}

/* In which language (the page's own unless another was asked for), and what stands there in it. */
static err write_fill(struct web *w, const struct bylaw_view *v, struct bylaw_page_view *m)
{
    struct page_link *to = arena_array_of(w->arena, struct page_link, LANGS);
    const enum lang in = w->in[B_LANG].given ? langs[w->in[B_LANG].n] : w->lang;
    if (to == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < LANGS; i++) {
        to[i] = (struct page_link){.to = url_with(w->arena, m->post, S("language"), str_of(lang_codes[i])),
                                   .text = lang_table[langs[i]].own_name,
                                   .here = langs[i] == in};
    }
    m->langs = to;
    m->langs_n = LANGS;
    m->in_lang = lang_table[in].code;
    m->title = web_field(w, B_TITLE, MSG_NONE);
    m->title.dir = S("auto");
    m->words = web_field(w, B_WORDS, MSG_BYLAW_WORDS_HINT);
    m->words.rows = 12;
    m->title.optional = m->words.optional = false;
    for (size_t i = 0; i < v->texts_n && !w->step; i++) {
        if (str_eq(v->texts[i].lang_code, m->in_lang)) {
            m->title.value = v->texts[i].title_text;
            m->words.value = v->texts[i].words_text;
        }
    }
    return OK;
}

/* The events of the district that have been, the newest first. */
static err events_choose(struct web *w, int64_t home, struct field_view *out)
{
    enum { EVENTS = 50 };
    struct q_bylaw_events *rows;
    size_t n;
    const struct q_bylaw_events_in in = {
        .until_day = local_day(w->ctx.now_ms), .home = home, .limit = EVENTS};
    TRY(q_bylaw_events(w->ctx.db, w->arena, &in, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i].value = rows[i].event_code;
        c[i].text = arena_printf(w->arena, "%.*s · %.*s · %.*s",
                                 STR_F(format_day(w->arena, w->lang, rows[i].event_day)),
                                 STR_F(page_isolate(&w->page, rows[i].event_code)),
                                 STR_F(page_isolate_words(&w->page, rows[i].title_text)));
    }
    web_choose(w, B_EVENT, c, n, STR_NONE);
    *out = web_field(w, B_EVENT, MSG_BYLAW_EVENT_HINT);
    out->choices = c;
    out->choices_n = n;
    out->optional = true;
    return OK;
}

static err forms_fill(struct web *w, const struct bylaw_view *v, struct bylaw_page_view *m)
{
    const enum role role = w->ctx.actor.role;
    m->writes = flow_can(&bylaw_kind, v->state, BYLAW_WRITE, role);
    m->consults = v->texts_n > 0 && flow_can(&bylaw_kind, v->state, BYLAW_CONSULT, role);
    m->adopts = flow_can(&bylaw_kind, v->state, BYLAW_ADOPT, role);
    m->consulted_day = day_field(w, B_CONSULTED);
    m->at = web_field(w, B_AT, MSG_BYLAW_MEETING_HINT);
    m->at.dir = S("auto");
    TRY(events_choose(w, v->row.home, &m->event));
    m->adopted_day = day_field(w, B_ADOPTED);
    m->number = web_field(w, B_NUMBER, MSG_NONE);
    m->number.dir = S("auto");
    m->number.optional = false;
    m->seats = seats_field(w, B_SEATS);
    m->women = seats_field(w, B_WOMEN);
    m->committee = seats_field(w, B_COMMITTEE);
    m->committee_women = seats_field(w, B_COMMITTEE_WOMEN);
    return m->writes ? write_fill(w, v, m) : OK;
}

static err papers_fill(struct web *w, const struct bylaw_view *v, struct bylaw_page_view *m)
{
    enum { PAPERS = 3 };
    struct page_link *l = arena_array_of(w->arena, struct page_link, PAPERS);
    if (l == NULL) {
        return FAIL(LIMIT);
    }
    l[0] = (struct page_link){bylaw_url(w, v->row.bylaw_code, S("/paper")),
                              page_msg(&w->page, MSG_BYLAW_PAPER), false, false};
    l[1] = (struct page_link){bylaw_url(w, v->row.bylaw_code, S("/paper.pdf")), S("PDF"), false, false};
    l[2] = (struct page_link){bylaw_url(w, v->row.bylaw_code, S("/paper.docx")), S("DOCX"), false, false};
    m->papers = l;
    m->papers_n = v->texts_n > 0 ? PAPERS : 0;
    return OK;
}

static err show_bylaw(struct web *w)
{
    struct bylaw_page_view m = {.writes = false};
    struct bylaw_view v;
    TRY(bylaw_find(&w->ctx, w->in[B_CODE].text, &v));
    m.chip = chip_of(&w->page, v.state);
    m.post = bylaw_url(w, v.row.bylaw_code, S(""));
    TRY(bylaw_facts(w, &v, false, &m.facts));
    TRY(texts_fill(w, &v, &m));
    TRY(papers_fill(w, &v, &m));
    TRY(forms_fill(w, &v, &m));
    w->page.title = v.row.bylaw_code;
    w->page.back = url_local(w->arena, S("/bylaws"));
    bylaw_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_step(struct ctx *c, const struct given *in, struct bylaw_view *v)
{
    const struct bylaw_words words = {str_of(lang_codes[in[B_LANG].given ? in[B_LANG].n : 0]),
                                      text_of(&in[B_TITLE]), text_of(&in[B_WORDS])};
    const struct bylaw_meeting meeting = {in[B_CONSULTED].given ? in[B_CONSULTED].n : 0, text_of(&in[B_AT]),
                                          text_of(&in[B_EVENT])};
    const struct bylaw_resolution resolution = {.day = in[B_ADOPTED].given ? in[B_ADOPTED].n : 0,
                                                .no = text_of(&in[B_NUMBER]),
                                                .seats = in[B_SEATS].n,
                                                .women = in[B_WOMEN].n,
                                                .committee = in[B_COMMITTEE].n,
                                                .committee_women = in[B_COMMITTEE_WOMEN].n};
    switch (in[B_DO].n) {
    case 0:
        return bylaw_write(c, v, &words);
    case 1:
        return bylaw_consult(c, v, &meeting);
    case 2:
        return bylaw_adopt(c, v, &resolution);
    default:
        return bylaw_drop(c, v);
    }
}

static err write_bylaw(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct bylaw_view v;
    TRY(bylaw_find(c, in[B_CODE].text, &v));
    out->note = v.row.bylaw_code;
    return write_step(c, in, &v);
}

static const struct route routes[] = {
    {HTTP_GET, "/bylaws", P_READY_READ, 0, .show = show_bylaws, .doc = MSG_BYLAW_TITLE},
    {HTTP_GET, "/bylaws/new", P_READY_STATE, 0, INPUTS(bylaw_new_inputs), .show = show_bylaw_new,
     .doc = MSG_BYLAW_NEW},
    {HTTP_POST, "/bylaws/new", P_READY_STATE, 0, INPUTS(bylaw_new_inputs), .show = show_bylaw_new,
     .write = write_bylaw_new, .answer = answer_bylaw, .doc = MSG_BYLAW_NEW},
    {HTTP_GET, "/bylaws/{code}", P_READY_READ, 0, INPUTS(bylaw_inputs), .show = show_bylaw,
     .doc = MSG_BYLAW_ONE},
    {HTTP_POST, "/bylaws/{code}", P_READY_STATE, 0, INPUTS(bylaw_inputs), .show = show_bylaw,
     .write = write_bylaw, .answer = answer_bylaw, .doc = MSG_BYLAW_WRITE},
    {HTTP_GET, "/bylaws/{code}/paper", P_READY_READ, 0, INPUTS(bylaw_paper_inputs), .show = show_bylaw_paper,
     .doc = MSG_BYLAW_PAPER},
    {HTTP_GET, "/bylaws/{code}/paper.pdf", P_READY_READ, ROUTE_SLOW, INPUTS(bylaw_paper_inputs),
     .show = show_bylaw_pdf, .doc = MSG_BYLAW_PAPER},
    {HTTP_GET, "/bylaws/{code}/paper.docx", P_READY_READ, ROUTE_SLOW, INPUTS(bylaw_paper_inputs),
     .show = show_bylaw_docx, .doc = MSG_BYLAW_PAPER},
};

const struct feature bylaw_feature = {.name = "bylaw", .routes = routes, .routes_n = COUNT(routes)};
