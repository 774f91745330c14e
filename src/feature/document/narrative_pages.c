/* narrative_pages.c: the sections of a document, and one of them written beside its figures. */
#include "clock.h"
#include "event_words.h"
#include "format.h"
#include "narrative.html.h"
#include "period_words.h"
#include "story_pages.h"

enum { PERIOD_CHARS = 24, CODE_MAX = 40, VERSION_MAX = 99999 };

/* clang-format off */
#define ASKED \
    [N_SECTION] = {"section", IN_CHOICE, MSG_NARRATIVE_SECTION, .choices = story_section_codes}, \
    [N_PERIOD] = {"period", IN_LINE, MSG_REPORT_PERIOD, PERIOD_CHARS}, \
    [N_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX}, \
    [N_VERSION] = {"version", IN_NUMBER, MSG_REPORT_VERSION, VERSION_MAX}, \
    [N_KIND] = {"kind", IN_CHOICE, MSG_NARRATIVE_DOCUMENT, .choices = story_document_codes}, \
    [N_LANGUAGE] = {"language", IN_CHOICE, MSG_NARRATIVE_LANGUAGE, .choices = story_language_codes}
const struct input narrative_inputs[N_ASKED] = {ASKED};
const struct input narrative_edit_inputs[N_N] = {
    ASKED,
    [N_SEEN] = {"seen", IN_NUMBER, MSG_REPORT_VERSION, VERSION_MAX},
    [N_WORDS] = {"words", IN_WORDS, MSG_NARRATIVE_WORDS, NARRATIVE_CHARS_MAX},
};
/* clang-format on */

/* ---- which document ---- */

str story_words_of(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg m = case_word_of(words, n, code);
    return m == MSG_NONE ? S("") : page_msg(p, m);
}

str story_dir(str lang)
{
    enum lang l;
    return lang_of(lang, &l) ? lang_table[l].dir : S("auto");
}

static str choice_or(const struct given *g, str preset)
{
    return g->given ? g->text : preset;
}

/* The planning year that was over last, and the page's own language, unless something else was asked for. */
err narrative_asked(struct web *w, struct narrative_key *out)
{
    struct report_query q = {.period = period_fiscal(period_year_of(local_day(w->ctx.now_ms)) - 1),
                             .unit = w->in[N_UNIT].given ? w->in[N_UNIT].text : S("")};
    if (w->in[N_PERIOD].given && period_of(w->in[N_PERIOD].text, &q.period).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    if (q.unit.n == 0) {
        TRY(narrative_own_unit(&w->ctx, &q.unit));
    }
    *out =
        (struct narrative_key){.kind = choice_or(&w->in[N_KIND], S("annual")),
                               .unit = q.unit,
                               .period = q.period,
                               .lang = choice_or(&w->in[N_LANGUAGE], w->lang == LANG_EN ? S("en") : S("ur"))};
    return OK;
}

struct url narrative_url(struct web *w, const struct narrative_key *k, str section)
{
    str path = S("/documents/narrative");
    if (section.n > 0) {
        path = arena_printf(w->arena, "/documents/narrative/%.*s", STR_F(section));
    }
    struct url u = url_with(w->arena, url_local(w->arena, path), S("kind"), k->kind);
    u = url_with(w->arena, u, S("unit"), k->unit);
    u = url_with(w->arena, u, S("period"), period_code(w->arena, k->period));
    return url_with(w->arena, u, S("language"), k->lang);
}

err narrative_of_words(struct web *w, const struct narrative_key *k, str *out)
{
    const struct report_query q = {.period = k->period, .unit = k->unit};
    str of;
    TRY(report_of_words(w, &q, false, &of));
    *out = arena_printf(w->arena, "%.*s · %.*s · %.*s",
                        STR_F(story_words_of(&w->page, story_document_words, STORY_document_n, k->kind)),
                        STR_F(of),
                        STR_F(story_words_of(&w->page, story_language_words, STORY_language_n, k->lang)));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* "Version 3 · 14 March 2026, 16:00 · M&E officer" */
static str meta_words(struct web *w, int64_t version, int64_t ms, int64_t role)
{
    const struct msg_arg args[] = {
        {"version", page_isolate(&w->page, format_number(w->arena, w->lang, version))},
        {"when", page_isolate_words(&w->page, format_time(w->arena, w->lang, ms))},
        {"who", page_isolate_words(&w->page, role_words(&w->page, (enum role)role))}};
    return page_msg_args(&w->page, MSG_NARRATIVE_META, 0, args, COUNT(args));
}

/* ---- all sections ---- */

static err section_fill(struct web *w, const struct narrative_key *k, const struct narrative_text *t,
                        struct narrative_section_view *out)
{
    size_t n = 0;
    str rest = t->words;
    str paragraph;
    while (narrative_paragraph(&rest, &paragraph)) {
        n++;
    }
    str *rows = arena_array_of(w->arena, str, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct narrative_section_view){.title = page_msg(&w->page, t->title),
                                           .lang = k->lang,
                                           .dir = story_dir(k->lang),
                                           .paragraphs = rows};
    rest = t->words;
    while (narrative_paragraph(&rest, &rows[out->paragraphs_n])) {
        out->paragraphs_n++;
    }
    out->meta = t->version > 0 ? meta_words(w, t->version, t->made_ms, t->role) : S("");
    out->edit = narrative_url(w, k, t->section);
    return OK;
}

static err asked_fields(struct web *w, const struct narrative_key *k, struct narratives_view *m)
{
    const struct report_query q = {.period = k->period, .unit = k->unit};
    w->in[N_UNIT].raw = k->unit; /* chosen, also when nothing was asked for */
    TRY(report_ask_of(w, &q, S("/documents/narrative"), &m->ask));
    TRY(choices_words(w, N_KIND, story_document_words, STORY_document_n, k->kind, &m->kind));
    return choices_words(w, N_LANGUAGE, story_language_words, STORY_language_n, k->lang, &m->language);
}

err show_narratives(struct web *w)
{
    struct narrative_key k;
    struct narrative_text texts[STORY_section_n];
    struct narratives_view m = {.stories = url_local(w->arena, S("/documents/stories"))};
    struct narrative_section_view *rows =
        arena_array_of(w->arena, struct narrative_section_view, STORY_section_n);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    m.kind = web_field(w, N_KIND, MSG_NONE);
    m.language = web_field(w, N_LANGUAGE, MSG_NONE);
    m.kind.optional = m.language.optional = false;
    TRY(narrative_asked(w, &k));
    TRY(narrative_read(&w->ctx, &k, texts));
    TRY(narrative_of_words(w, &k, &m.of));
    TRY(asked_fields(w, &k, &m));
    for (size_t i = 0; i < STORY_section_n; i++) {
        TRY(section_fill(w, &k, &texts[i], &rows[i]));
    }
    m.sections = rows;
    m.sections_n = STORY_section_n;
    w->page.title = page_msg(&w->page, MSG_NARRATIVE_TITLE);
    w->page.back = url_local(w->arena, S("/documents"));
    narratives_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one section ---- */

static err differs_of(struct web *w, str old, str now, struct differs_view *out)
{
    struct wording_part *parts;
    TRY(wording_differ(w->arena, old, now, &parts, &out->parts_n));
    out->parts = parts;
    return OK;
}

static err versions_table(struct web *w, const struct narrative_key *k, str section, struct table_view *out)
{
    enum { V_NO, V_WHEN, V_WHO, V_COLS };
    static const enum msg heads[V_COLS] = {
        [V_NO] = MSG_REPORT_VERSION, [V_WHEN] = MSG_NARRATIVE_WHEN, [V_WHO] = MSG_NARRATIVE_WHO};
    struct q_narrative_versions *rows;
    size_t n;
    TRY(narrative_versions(&w->ctx, k, section, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * V_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * V_COLS];
        const str no = arena_printf(w->arena, "%lld", (long long)rows[i].version_no);
        c[V_NO] =
            (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].version_no),
                               .dir = S("ltr"),
                               .to = url_with(w->arena, narrative_url(w, k, section), S("version"), no)};
        c[V_WHEN].text = format_time(w->arena, w->lang, rows[i].made_ms);
        c[V_WHO].text = role_words(&w->page, (enum role)rows[i].role_no);
    }
    return web_table(w, heads, V_COLS, cells, n, MSG_NARRATIVE_VERSIONS, MSG_NARRATIVE_NOTHING, out);
}

static err old_fill(struct web *w, const struct narrative_key *k, const struct narrative_text *t,
                    struct narrative_edit_view *m)
{
    struct q_narrative_version old;
    if (!w->in[N_VERSION].given) {
        return OK;
    }
    TRY(narrative_version(&w->ctx, k, t->section, w->in[N_VERSION].n, &old));
    m->old = true;
    m->old_title = meta_words(w, old.version_no, old.made_ms, old.role_no);
    return differs_of(w, old.words_text, t->words, &m->old_differs);
}

/* Somebody else saved while she wrote: theirs stands beside hers, and what differs. */
static err changed_fill(struct web *w, const struct narrative_key *k, const struct narrative_text *t,
                        struct narrative_edit_view *m)
{
    const struct given *seen = &w->in[N_SEEN];
    const struct given *hers = &w->in[N_WORDS];
    if (!w->step || hers->raw.p == NULL || !seen->given || seen->n == t->version) {
        return OK;
    }
    m->changed = true;
    m->theirs = t->words;
    m->theirs_by = meta_words(w, t->version, t->made_ms, t->role);
    m->keep = narrative_url(w, k, t->section);
    return differs_of(w, t->words, hers->raw, &m->differs);
}

static err figures_fill(struct web *w, const struct report_query *q, struct narrative_edit_view *m)
{
    struct report_made made = {.approved = false};
    const struct msg_arg now = {"now", format_time(w->arena, w->lang, w->ctx.now_ms)};
    TRY(indicators_make(&w->ctx, q, true, &made));
    m->provisional = !made.approved;
    m->standing = made.approved ? page_msg(&w->page, MSG_REPORT_IS_APPROVED)
                                : page_msg_args(&w->page, MSG_REPORT_IS_PROVISIONAL, 0, &now, 1);
    TRY(table_view_of(&made.table, w->lang, w->arena, &m->figures));
    m->figures.caption = page_msg(&w->page, MSG_NARRATIVE_FIGURES);
    return OK;
}

str story_who(struct web *w, str role, str sex, int64_t home, str name)
{
    str unit = S("");
    if (label_find(&w->ctx, S("unit"), home, &unit).code != ERR_OK) {
        unit = S("");
    }
    const str said = arena_printf(
        w->arena, "%.*s · %.*s · %.*s", STR_F(story_words_of(&w->page, event_role_words, EVENT_role_n, role)),
        STR_F(story_words_of(&w->page, event_sex_words, EVENT_sex_n, sex)), STR_F(unit));
    return name.n == 0 ? said
                       : arena_printf(w->arena, "%.*s · %.*s", STR_F(page_isolate_words(&w->page, name)),
                                      STR_F(said));
}

static err quotes_fill(struct web *w, const struct narrative_key *k, str section,
                       struct narrative_edit_view *m)
{
    struct id_set homes;
    struct quote_printed *rows;
    size_t n;
    TRY(report_homes(&w->ctx, k->unit, &homes));
    TRY(quote_list(&w->ctx, homes.ids, homes.n, k->period, QUOTE_REPORT, &rows, &n));
    struct narrative_quote_view *out = arena_array_of(w->arena, struct narrative_quote_view, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_quote_printable *r = &rows[i].row;
        if (str_eq(r->section_code, section)) {
            out[m->quotes_n++] =
                (struct narrative_quote_view){.words = rows[i].words,
                                              .lang = r->lang_code,
                                              .dir = story_dir(r->lang_code),
                                              .who = story_who(w, r->role_code, r->sex_code, r->home, S(""))};
        }
    }
    m->quotes = out;
    return OK;
}

err show_narrative(struct web *w)
{
    struct narrative_key k;
    struct narrative_text t;
    struct narrative_edit_view m = {.changed = false};
    if (!w->in[N_SECTION].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(narrative_asked(w, &k));
    TRY(narrative_one(&w->ctx, &k, w->in[N_SECTION].text, &t));
    const struct report_query q = {.period = k.period, .unit = k.unit};
    TRY(narrative_of_words(w, &k, &m.of));
    TRY(changed_fill(w, &k, &t, &m));
    TRY(old_fill(w, &k, &t, &m));
    TRY(figures_fill(w, &q, &m));
    TRY(quotes_fill(w, &k, t.section, &m));
    TRY(versions_table(w, &k, t.section, &m.versions));
    m.title = page_msg(&w->page, t.title);
    m.lang = k.lang;
    m.dir = story_dir(k.lang);
    m.post = url_local(w->arena, arena_printf(w->arena, "/documents/narrative/%.*s", STR_F(t.section)));
    m.kind = k.kind;
    m.unit = k.unit;
    m.period = period_code(w->arena, k.period);
    m.seen = t.version;
    m.words = web_field(w, N_WORDS, MSG_NARRATIVE_WORDS_HINT);
    m.words.optional = false;
    m.words.rows = 14;
    m.words.dir = m.dir;
    m.words.label = m.changed ? page_msg(&w->page, MSG_NARRATIVE_YOURS) : m.words.label;
    if (m.words.value.p == NULL) {
        m.words.value = t.words;
    }
    w->page.title = m.title;
    w->page.back = narrative_url(w, &k, S(""));
    w->page.form_id = S("narrative");
    narrative_page(&w->page, &m);
    return web_html(w, 200);
}

err write_narrative(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct narrative_key k = {.kind = choice_or(&in[N_KIND], S("")),
                              .unit = in[N_UNIT].given ? in[N_UNIT].text : S(""),
                              .lang = choice_or(&in[N_LANGUAGE], S(""))};
    int64_t version;
    if (!in[N_PERIOD].given || period_of(in[N_PERIOD].text, &k.period).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    TRY(narrative_save(c, &k, in[N_SECTION].text, in[N_WORDS].given ? in[N_WORDS].text : S(""),
                       in[N_SEEN].given ? in[N_SEEN].n : 0, &version));
    out->note = arena_printf(c->arena, "%.*s %.*s %.*s %.*s", STR_F(k.kind), STR_F(k.unit),
                             STR_F(in[N_PERIOD].text), STR_F(k.lang));
    return OK;
}

err answer_narrative(struct web *w)
{
    str rest = w->receipt.note;
    struct narrative_key k;
    k.kind = str_cut(&rest, ' ');
    k.unit = str_cut(&rest, ' ');
    TRY(period_of(str_cut(&rest, ' '), &k.period));
    k.lang = rest;
    return web_redirect(w, narrative_url(w, &k, S("")));
}

/* ---- lessons ---- */

const struct input lesson_inputs[LE_N] = {
    [LE_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX},
    [LE_YEAR] = {"year", IN_NUMBER, MSG_PLAN_YEAR, PERIOD_YEAR_MAX},
};

static struct narrative_key key_of(const struct narrative_lesson *l)
{
    return (struct narrative_key){.kind = l->row.document_kind_code,
                                  .unit = l->unit,
                                  .period = {l->row.from_day, l->row.to_day},
                                  .lang = l->row.lang_code};
}

/* Which document, in words that need no reach: a plan of the province shows what the country learnt. */
static str lesson_of(struct web *w, const struct narrative_lesson *l)
{
    const struct narrative_key k = key_of(l);
    str unit = S("");
    if (label_find(&w->ctx, S("unit"), l->unit_id, &unit).code != ERR_OK) {
        unit = l->unit;
    }
    return arena_printf(w->arena, "%.*s · %.*s · %.*s", STR_F(unit),
                        STR_F(period_words(w->arena, w->lang, k.period)),
                        STR_F(story_words_of(&w->page, story_document_words, STORY_document_n, k.kind)));
}

static struct url lesson_url(struct web *w, const struct narrative_lesson *l)
{
    const struct narrative_key k = key_of(l);
    struct id_set homes;
    return report_homes(&w->ctx, l->unit, &homes).code == ERR_OK ? narrative_url(w, &k, S(""))
                                                                 : (struct url){STR_NONE};
}

static err lesson_unit(struct web *w, int64_t *out)
{
    struct q_place_by_code at;
    *out = w->ctx.actor.home != 0 ? w->ctx.actor.home : w->ctx.actor.unit_id;
    if (w->in[LE_UNIT].given) {
        TRY(place_find(&w->ctx, w->in[LE_UNIT].text, &at));
        *out = at.id;
    }
    return OK;
}

err show_lessons(struct web *w)
{
    struct narrative_lesson *l;
    struct lessons_view m = {.of = S("")};
    size_t n;
    int64_t unit;
    const bool year = w->in[LE_YEAR].given && w->in[LE_YEAR].n >= PERIOD_YEAR_MIN;
    TRY(lesson_unit(w, &unit));
    TRY(narrative_lessons(&w->ctx, unit, year ? period_fiscal(w->in[LE_YEAR].n).from_day : DAY_OPEN, &l, &n));
    struct lesson_view *rows = arena_array_of(w->arena, struct lesson_view, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct lesson_view){.of = lesson_of(w, &l[i]),
                                       .words = l[i].row.words_text,
                                       .lang = l[i].row.lang_code,
                                       .dir = story_dir(l[i].row.lang_code),
                                       .to = lesson_url(w, &l[i])};
    }
    TRY(label_find(&w->ctx, S("unit"), unit, &m.of));
    m.rows = rows;
    m.rows_n = n;
    w->page.title = page_msg(&w->page, MSG_NARRATIVE_LESSONS);
    w->page.back = url_local(w->arena, S("/plans"));
    lessons_page(&w->page, &m);
    return web_html(w, 200);
}

err lessons_aside(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                  bool *out_some)
{
    enum { L_OF, L_WORDS, L_COLS, SHORT = 200 };
    static const enum msg heads[L_COLS] = {
        [L_OF] = MSG_NARRATIVE_DOCUMENT, [L_WORDS] = MSG_STORY_SECTION_LESSONS};
    struct q_narrative_plan plan;
    struct narrative_lesson *l;
    size_t n = 0;
    *out_some = false;
    if (kind_no != plan_kind.kind_no || !permission_of(w->ctx.actor.role, P_PLAN_READ)) {
        return OK;
    }
    TRY(q_narrative_plan(w->ctx.db, w->arena, home, id, &plan));
    TRY(narrative_lessons(&w->ctx, home, plan.from_day, &l, &n));
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    const struct url all = url_with(
        w->arena, url_with(w->arena, url_local(w->arena, S("/documents/lessons")), S("unit"), plan.unit_code),
        S("year"), arena_printf(w->arena, "%lld", (long long)plan.fiscal_no));
    for (size_t i = 0; i < n; i++) {
        const str words = l[i].row.words_text;
        const bool cut = str_chars(words) > SHORT;
        size_t at = 0;
        for (int k = 0; cut && k < SHORT; k++) {
            (void)str_next(words, &at);
        }
        c[i * L_COLS + L_OF] = (struct cell_view){.text = lesson_of(w, &l[i]), .to = all};
        c[i * L_COLS + L_WORDS] = (struct cell_view){
            .text = cut ? arena_printf(w->arena, "%.*s…", STR_F(str_sub(words, 0, at))) : words,
            .dir = S("auto")};
    }
    out->title = page_msg(&w->page, MSG_NARRATIVE_LESSONS);
    *out_some = n > 0;
    return n == 0
               ? OK
               : web_table(w, heads, L_COLS, c, n, MSG_NARRATIVE_LESSONS, MSG_NARRATIVE_NOTHING, &out->table);
}
