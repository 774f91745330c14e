/* document_pages.c: the list of documents, a look at one as it would be now, one that is kept, its files. */
#include "document_pages.h"

#include "case_parts.h"
#include "document.h"
#include "document.html.h"
#include "document_feature.h"
#include "document_job.h"
#include "format.h"
#include "period_words.h"
#include "quote.h"
#include "report_pages.h"
#include "story_pages.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { REFRESH_SECONDS = 3, FILE_BYTES = 16 << 20, PERIOD_CHARS = 24, CODE_MAX = 40 };

/* The first three stand where report_query_of() looks for them. */
enum { D_KIND = R_NAME, D_PERIOD = R_PERIOD, D_UNIT = R_UNIT, D_LANG, D_N };
static const char *const kinds[] = {"achievement", "annual", NULL};
static const char *const languages[] = {"en", "ur", NULL};
static const enum lang language_of[] = {LANG_EN, LANG_UR};

static const struct input inputs[D_N] = {
    [D_KIND] = {"kind", IN_CHOICE, MSG_DOCUMENT_KIND, .required = true, .choices = kinds},
    [D_PERIOD] = {"period", IN_LINE, MSG_REPORT_PERIOD, PERIOD_CHARS},
    [D_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX},
    [D_LANG] = {"lang_of", IN_CHOICE, MSG_DOCUMENT_LANG, .choices = languages},
};
enum { K_CODE, K_FORM, K_N };
static const char *const forms[] = {"pdf", "docx", "xlsx", "csv", "json", "iati", NULL};
static const struct input kept_inputs[K_N] = {
    [K_CODE] = {"code", IN_CODE, MSG_DOCUMENT_CODE, CODE_MAX, .required = true},
    [K_FORM] = {"form", IN_CHOICE, MSG_DOCUMENT_FORM, .required = true, .choices = forms},
};

static struct url documents_url(struct web *w, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/documents%.*s", STR_F(rest)));
}

static struct url kept_url(struct web *w, str code, str rest)
{
    return documents_url(w, arena_printf(w->arena, "/%.*s%.*s", STR_F(code), STR_F(rest)));
}

static str kind_words(struct web *w, str code)
{
    enum document_kind kind;
    return document_kind_of(code, &kind) ? page_msg(&w->page, document_title(kind)) : code;
}

/* ---- what is asked for ---- */

static err ask_fill(struct web *w, const struct report_query *q, struct document_ask_view *out)
{
    struct report_ask_view ask = {.unit_asked = false};
    TRY(report_ask_of(w, q, S("/documents/view"), &ask));
    struct choice_view *of = arena_array_of(w->arena, struct choice_view, DOCUMENT_KINDS);
    struct choice_view *in = arena_array_of(w->arena, struct choice_view, COUNT(language_of));
    if (of == NULL || in == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < DOCUMENT_KINDS; k++) {
        of[k] = (struct choice_view){.value = document_names[k], .text = kind_words(w, document_names[k])};
    }
    for (size_t k = 0; k < COUNT(language_of); k++) {
        in[k] = (struct choice_view){.value = str_of(languages[k]),
                                     .text = lang_table[language_of[k]].own_name,
                                     .lang = lang_table[language_of[k]].code};
    }
    *out = (struct document_ask_view){
        .period = ask.period, .unit = ask.unit, .unit_asked = ask.unit_asked, .view = ask.self};
    web_choose(w, D_KIND, of, DOCUMENT_KINDS, S("achievement"));
    out->kind = web_field(w, D_KIND, MSG_NONE);
    out->kind.choices = of;
    out->kind.choices_n = DOCUMENT_KINDS;
    web_choose(w, D_LANG, in, COUNT(language_of), w->lang == LANG_EN ? S("en") : S("ur"));
    out->lang = web_field(w, D_LANG, MSG_NONE);
    out->lang.optional = false;
    out->lang.choices = in;
    out->lang.choices_n = COUNT(language_of);
    return OK;
}

/* ---- the list ---- */

enum { L_WHAT, L_PLACE, L_PERIOD, L_STATE, L_ASKED, L_COLS };

static struct chip_view chip_of(struct web *w, str making)
{
    static const struct {
        str code, chip;
        enum msg text;
    } states[] = {
        {S_INIT("waiting"), S_INIT("wait"), MSG_DOCUMENT_STATE_WAITING},
        {S_INIT("making"), S_INIT("busy"), MSG_DOCUMENT_STATE_MAKING},
        {S_INIT("ready"), S_INIT("done"), MSG_DOCUMENT_STATE_READY},
        {S_INIT("cancelled"), S_INIT("closed"), MSG_DOCUMENT_STATE_CANCELLED},
        {S_INIT("failed"), S_INIT("late"), MSG_DOCUMENT_STATE_FAILED},
    };
    for (size_t i = 0; i < COUNT(states); i++) {
        if (str_eq(states[i].code, making)) {
            return (struct chip_view){.kind = states[i].chip, .text = page_msg(&w->page, states[i].text)};
        }
    }
    return (struct chip_view){.kind = S("wait"), .text = making};
}

static err list_row(struct web *w, const struct q_kept_document_get *d, struct cell_view *c)
{
    const struct chip_view chip = chip_of(w, d->making_code);
    c[L_WHAT] = (struct cell_view){.text = kind_words(w, d->document_kind_code),
                                   .note = d->document_code,
                                   .to = kept_url(w, d->document_code, S(""))};
    TRY(report_unit_name(&w->ctx, d->unit_code, &c[L_PLACE].text));
    c[L_PERIOD].text = period_words(w->arena, w->lang, (struct period){d->from_day, d->to_day});
    c[L_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    c[L_ASKED].text = format_time(w->arena, w->lang, d->asked_ms);
    return OK;
}

static err list_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[L_COLS] = {[L_WHAT] = MSG_DOCUMENT_KIND,
                                           [L_PLACE] = MSG_DOCUMENT_PLACE,
                                           [L_PERIOD] = MSG_REPORT_PERIOD,
                                           [L_STATE] = MSG_DOCUMENT_STATE,
                                           [L_ASKED] = MSG_DOCUMENT_ASKED};
    struct q_kept_document_get *rows;
    size_t n;
    TRY(document_list(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(list_row(w, &rows[i], &cells[i * L_COLS]));
    }
    return web_table(w, heads, L_COLS, cells, n, MSG_DOCUMENT_KEPT, MSG_DOCUMENT_NONE, out);
}

static err show_documents(struct web *w)
{
    struct report_query q;
    struct documents_view m = {.may_make = document_may_make(&w->ctx),
                               .words = documents_url(w, S("/narrative"))};
    report_query_of(w, &q);
    TRY(ask_fill(w, &q, &m.ask));
    TRY(list_table(w, &m.table));
    w->page.title = page_msg(&w->page, MSG_DOCUMENT_LIST);
    documents_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- as it would be now ---- */

static void arena_release(void *a)
{
    arena_free(a);
}

static err parts_fill(struct web *w, struct arena *a, const struct document_made *made,
                      struct document_view *out)
{
    struct document_part_view *parts = arena_array_of(a, struct document_part_view, made->parts_n + 1);
    if (parts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < made->parts_n; i++) {
        const struct document_part *p = &made->parts[i];
        struct document_part_view *v = &parts[out->parts_n];
        struct document_note_view *notes = arena_array_of(a, struct document_note_view, DOCUMENT_NOTES);
        struct table t;
        if ((p->in & IN_PEOPLE) == 0 || notes == NULL) {
            continue;
        }
        TRY(document_table(p, IN_PEOPLE, w->lang, a, &t));
        *v = (struct document_part_view){
            .key = p->key, .title = t.title, .some = p->rows_n > 0, .notes = notes, .notes_n = p->notes_n};
        TRY(table_view_of(&t, w->lang, a, &v->table));
        for (size_t k = 0; k < p->notes_n; k++) {
            notes[k].text = p->notes[k];
        }
        out->parts_n++;
    }
    out->parts = parts;
    return OK;
}

static void photo_of(struct web *w, const struct quote_printed *q, struct narrative_quote_view *io)
{
    if (q->photo) {
        const str path = arena_printf(w->arena, "/stories/%.*s/photo", STR_F(q->row.quote_code));
        io->photo = documents_url(w, path);
        io->small = url_with(w->arena, io->photo, S("small"), S("1"));
    }
}

/* What women said that belongs to a section, and let be printed in reports. */
static err quotes_of(struct web *w, struct arena *a, const struct document_made *made, str section,
                     struct document_section_view *io)
{
    const struct document_story *s = &made->story;
    struct narrative_quote_view *rows = arena_array_of(a, struct narrative_quote_view, s->quotes_n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < s->quotes_n; i++) {
        const struct q_quote_printable *r = &s->quotes[i].row;
        if (str_eq(r->section_code, section) && s->quotes[i].words.n > 0) {
            rows[io->quotes_n++] =
                (struct narrative_quote_view){.words = s->quotes[i].words,
                                              .lang = r->lang_code,
                                              .dir = story_dir(r->lang_code),
                                              .who = story_who(w, r->role_code, r->sex_code, r->home, S(""))};
            photo_of(w, &s->quotes[i], &rows[io->quotes_n - 1]);
        }
    }
    io->quotes = rows;
    return OK;
}

static err sections_fill(struct web *w, struct arena *a, const struct document_made *made,
                         struct document_view *out)
{
    enum { PARAGRAPHS_MAX = 60 };
    struct document_section_view *rows = arena_array_of(a, struct document_section_view, STORY_section_n);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < STORY_section_n; i++) {
        struct document_section_view *row = &rows[out->sections_n];
        struct document_note_view *texts = arena_array_of(a, struct document_note_view, PARAGRAPHS_MAX);
        str rest = made->story.written ? made->story.sections[i].words : S("");
        size_t n = 0;
        if (texts == NULL) {
            return FAIL(LIMIT);
        }
        while (rest.n > 0 && n < PARAGRAPHS_MAX && narrative_paragraph(&rest, &texts[n].text)) {
            n++;
        }
        *row = (struct document_section_view){
            .title = page_msg(&w->page, story_section_words[i].text), .paragraphs = texts, .paragraphs_n = n};
        TRY(quotes_of(w, a, made, str_of(story_section_codes[i]), row));
        out->sections_n += n > 0 || row->quotes_n > 0 ? 1 : 0;
    }
    out->sections = rows;
    return OK;
}

/* What a document reads is more than a page has room for. */
static err own_arena(struct web *w, struct ctx *out)
{
    struct arena *a = arena_open(DOCUMENT_ARENA);
    *out = w->ctx;
    out->arena = a;
    return web_keep(w, a, arena_release) ? OK : FAIL(LIMIT);
}

static err show_document(struct web *w)
{
    struct ctx c;
    struct report_query q;
    struct document_made made;
    struct document_ask ask = {.kind = DOCUMENT_ACHIEVEMENT, .open = DOCUMENT_OPEN_TO_HER};
    struct document_view m = {.may_make = document_may_make(&w->ctx), .post = documents_url(w, S(""))};
    report_query_of(w, &q);
    if (w->in[D_KIND].given) {
        ask.kind = (enum document_kind)w->in[D_KIND].n;
    }
    ask.period = q.period;
    ask.unit = q.unit;
    if (!period_whole_months(q.period)) {
        web_fault(w, D_PERIOD, MSG_DOCUMENT_PERIOD_WRONG);
        ask.period = period_all();
    }
    TRY(own_arena(w, &c));
    TRY(document_make(&c, &ask, &made));
    TRY(parts_fill(w, c.arena, &made, &m));
    TRY(sections_fill(w, c.arena, &made, &m));
    TRY(ask_fill(w, &q, &m.ask));
    m.title = made.title;
    m.of = arena_printf(w->arena, "%.*s · %.*s", STR_F(made.place), STR_F(made.span));
    m.standing = made.standing_words;
    m.handed = made.handed;
    m.provisional = made.standing != DOCUMENT_APPROVED;
    m.code_hash = made.hash;
    m.kind = document_names[ask.kind];
    m.period = period_code(w->arena, ask.period);
    m.unit = ask.unit;
    m.words = url_with(w->arena, documents_url(w, S("/narrative")), S("kind"), m.kind);
    m.words = url_with(w->arena, m.words, S("period"), m.period);
    m.words = ask.unit.n > 0 ? url_with(w->arena, m.words, S("unit"), ask.unit) : m.words;
    w->page.title = m.title;
    w->page.back = documents_url(w, S(""));
    document_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- asked for ---- */

static err write_document(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct document_new n = {.kind = document_names[in[D_KIND].n],
                             .period = period_all(),
                             .unit = in[D_UNIT].given ? in[D_UNIT].text : STR_NONE,
                             .lang = (int)(in[D_LANG].given ? language_of[in[D_LANG].n] : LANG_EN)};
    if (in[D_PERIOD].given && period_of(in[D_PERIOD].text, &n.period).code != ERR_OK) {
        return fail_set(c->fail, ERR_INVALID, MSG_DOCUMENT_PERIOD_WRONG, "period");
    }
    return document_order(c, &n, &out->note);
}

static err write_cancel(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[K_CODE].text;
    return document_cancel(c, in[K_CODE].text);
}

static err answer_kept(struct web *w)
{
    return web_redirect(w, kept_url(w, w->receipt.note, S("")));
}

/* ---- one that is kept ---- */

enum { FACTS_MAX = 8, SHORT = 16 };

static str hex_words(struct web *w, str hash)
{
    char hex[DIGEST_HEX + 1];
    if (hash.n != DIGEST_LEN) {
        return S("");
    }
    digest_hex((const uint8_t *)hash.p, hex);
    return arena_str(w->arena, (str){hex, DIGEST_HEX});
}

static void fact(struct fact_view *rows, size_t *io_n, str name, str value, str dir)
{
    if (value.n > 0) {
        rows[(*io_n)++] = (struct fact_view){.name = name, .value = value, .dir = dir};
    }
}

static err facts_fill(struct web *w, const struct q_kept_document_get *d, struct kept_view *out)
{
    struct fact_view *rows = arena_array_of(w->arena, struct fact_view, FACTS_MAX);
    enum lang lang = LANG_EN;
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    (void)lang_of(d->lang_code, &lang);
    fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_NUMBER), d->document_code, S("ltr"));
    fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_LANG), lang_table[lang].own_name, S("auto"));
    fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_ASKED), format_time(w->arena, w->lang, d->asked_ms),
         S(""));
    fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_BY), role_words(&w->page, (enum role)d->by_role_no),
         S(""));
    if (d->ready_ms.given) {
        const str made = format_time(w->arena, w->lang, d->ready_ms.v);
        fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_MADE_ON), made, S(""));
    }
    fact(rows, &n, page_msg(&w->page, MSG_DOCUMENT_HASH), hex_words(w, d->content_hash), S("ltr"));
    out->facts = (struct facts_view){.rows = rows, .rows_n = n};
    return OK;
}

static str size_words(struct web *w, int64_t bytes)
{
    enum { KILO = 1024 };
    const struct msg_arg n = {
        "n", page_isolate(&w->page, format_number(w->arena, w->lang, (bytes + KILO - 1) / KILO))};
    return page_msg_args(&w->page, MSG_DOCUMENT_KILOBYTES, 0, &n, 1);
}

static err forms_table(struct web *w, const struct q_kept_document_get *d, bool open, struct table_view *out)
{
    enum { T_FORM, T_SIZE, T_HASH, T_COLS };
    static const enum msg heads[T_COLS] = {
        [T_FORM] = MSG_DOCUMENT_FORM, [T_SIZE] = MSG_DOCUMENT_SIZE, [T_HASH] = MSG_DOCUMENT_FILE_HASH};
    struct q_kept_file_list *rows;
    size_t n;
    TRY(document_files(&w->ctx, d, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * T_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    size_t at = 0;
    for (enum document_form f = 0; f < FILES_AS; f++) {
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(rows[i].form_code, document_forms[f])) {
                continue;
            }
            struct cell_view *c = &cells[at++ * T_COLS];
            static const enum msg names[FILES_AS] = {
                [FILE_AS_PDF] = MSG_DOCUMENT_PDF,   [FILE_AS_DOCX] = MSG_DOCUMENT_DOCX,
                [FILE_AS_XLSX] = MSG_DOCUMENT_XLSX, [FILE_AS_CSV] = MSG_DOCUMENT_CSV,
                [FILE_AS_JSON] = MSG_DOCUMENT_JSON, [FILE_AS_IATI] = MSG_DOCUMENT_IATI};
            const str rest = arena_printf(w->arena, "/%.*s", STR_F(rows[i].form_code));
            c[T_FORM].text = page_msg(&w->page, names[f]);
            c[T_FORM].to = open ? kept_url(w, d->document_code, rest) : (struct url){STR_NONE};
            c[T_SIZE].text = size_words(w, rows[i].bytes_n);
            c[T_HASH] = (struct cell_view){.text = hex_words(w, rows[i].content_hash), .dir = S("ltr")};
        }
    }
    return web_table(w, heads, T_COLS, cells, at, MSG_DOCUMENT_FORMS, MSG_DOCUMENT_NONE, out);
}

static err quarters_table(struct web *w, const struct q_kept_document_get *d, struct table_view *out)
{
    enum { T_PLACE, T_PERIOD, T_VERSION, T_CHAIN, T_HASH, T_COLS };
    static const enum msg heads[T_COLS] = {[T_PLACE] = MSG_DOCUMENT_PLACE,
                                           [T_PERIOD] = MSG_REPORT_PERIOD,
                                           [T_VERSION] = MSG_REPORT_VERSION,
                                           [T_CHAIN] = MSG_DOCUMENT_CHAIN,
                                           [T_HASH] = MSG_REPORT_HASH};
    struct q_kept_quarter_list *rows;
    size_t n;
    TRY(q_kept_quarter_list(w->ctx.db, w->arena, d->home, d->id, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * T_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * T_COLS];
        const struct period p = {rows[i].from_day, rows[i].to_day};
        TRY(label_find(&w->ctx, S("unit"), rows[i].district_id, &c[T_PLACE].text));
        c[T_PERIOD] = (struct cell_view){.text = period_code(w->arena, p), .dir = S("ltr")};
        c[T_VERSION].text = format_number(w->arena, w->lang, rows[i].sheet_version_no);
        c[T_CHAIN].text = format_number(w->arena, w->lang, rows[i].snapshot_no);
        c[T_HASH] = (struct cell_view){.text = str_sub(hex_words(w, rows[i].content_hash), 0, SHORT),
                                       .dir = S("ltr")};
    }
    return web_table(w, heads, T_COLS, cells, n, MSG_DOCUMENT_QUARTERS, MSG_DOCUMENT_NONE, out);
}

static void standing_fill(struct web *w, const struct q_kept_document_get *d, struct kept_view *out)
{
    static const struct {
        str code;
        enum msg text;
    } words[] = {
        {S_INIT("approved"), MSG_DOCUMENT_WAS_APPROVED},
        {S_INIT("partly"), MSG_DOCUMENT_WAS_PARTLY},
        {S_INIT("provisional"), MSG_DOCUMENT_WAS_PROVISIONAL},
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq(words[i].code, d->standing_code)) {
            out->standing = page_msg(&w->page, words[i].text);
            out->provisional = i > 0;
        }
    }
}

static void waiting_fill(struct web *w, const struct q_kept_document_get *d, struct kept_view *out)
{
    out->waiting = str_eq(d->making_code, S("waiting")) || str_eq(d->making_code, S("making"));
    if (!out->waiting) {
        return;
    }
    const struct msg_arg args[] = {
        {"done", page_isolate(&w->page, format_number(w->arena, w->lang, d->done_n))},
        {"files", page_isolate(&w->page, format_number(w->arena, w->lang, d->files_n))}};
    out->done = d->done_n;
    out->files = d->files_n;
    out->progress = page_msg_args(&w->page, MSG_DOCUMENT_PROGRESS, 0, args, COUNT(args));
    out->may_cancel = document_may_make(&w->ctx);
    out->cancel = kept_url(w, d->document_code, S("/cancel"));
    out->again = kept_url(w, d->document_code, S(""));
    web_header(w, "Refresh", arena_printf(w->arena, "%d", REFRESH_SECONDS));
}

static err show_kept(struct web *w)
{
    struct q_kept_document_get d;
    struct kept_view m = {.waiting = false};
    int64_t gone;
    str place;
    TRY(document_find(&w->ctx, w->in[K_CODE].text, &d));
    TRY(report_unit_name(&w->ctx, d.unit_code, &place));
    TRY(quote_gone(&w->ctx, d.document_code, &gone));
    m.gone = gone > 0;
    m.title = kind_words(w, d.document_kind_code);
    m.of = arena_printf(w->arena, "%.*s · %.*s", STR_F(place),
                        STR_F(period_words(w->arena, w->lang, (struct period){d.from_day, d.to_day})));
    m.chip = chip_of(w, d.making_code);
    standing_fill(w, &d, &m);
    waiting_fill(w, &d, &m);
    TRY(facts_fill(w, &d, &m));
    TRY(forms_table(w, &d, !m.gone, &m.forms));
    TRY(quarters_table(w, &d, &m.quarters));
    w->page.title = m.title;
    w->page.back = documents_url(w, S(""));
    document_kept_page(&w->page, &m);
    return web_html(w, 200);
}

/* Files leave the house, and some hold the name of somebody who agreed to that: each is written down. */
static err look_file(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct q_kept_document_get d;
    TRY(document_find(c, in[K_CODE].text, &d));
    io->event = S("document.taken");
    io->home = d.home;
    io->detail = arena_printf(c->arena, "document=%.*s form=%s", STR_F(d.document_code), forms[in[K_FORM].n]);
    return OK;
}

static err show_file(struct web *w)
{
    static const str types[FILES_AS] = {
        [FILE_AS_PDF] = S_INIT("application/pdf"),
        [FILE_AS_DOCX] = S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        [FILE_AS_XLSX] = S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        [FILE_AS_CSV] = S_INIT("text/csv; charset=utf-8"),
        [FILE_AS_JSON] = S_INIT("application/json"),
        [FILE_AS_IATI] = S_INIT("application/xml")};
    struct q_kept_document_get d;
    struct buf out = buf_new(FILE_BYTES);
    const enum document_form form = (enum document_form)w->in[K_FORM].n;
    TRY(document_find(&w->ctx, w->in[K_CODE].text, &d));
    const err e = document_file(&w->ctx, &d, form, &out);
    if (e.code != ERR_OK) {
        buf_free(&out);
        return e;
    }
    const bool provisional = str_eq(d.standing_code, S("provisional"));
    const str name =
        arena_printf(w->arena, "%.*s%s.%s", STR_F(d.document_code), provisional ? "-provisional" : "",
                     form == FILE_AS_IATI ? "xml" : forms[form]);
    return web_bytes(w, types[form], name, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
    {HTTP_GET, "/documents", P_FIGURES_READ, 0, INPUTS(inputs), .show = show_documents,
     .doc = MSG_DOC_DOCUMENTS},
    {HTTP_POST, "/documents", P_PLAN_WRITE, 0, INPUTS(inputs), .show = show_documents,
     .write = write_document, .answer = answer_kept, .doc = MSG_DOC_DOCUMENT_MAKE},
    {HTTP_GET, "/documents/view", P_FIGURES_READ, ROUTE_SLOW, INPUTS(inputs), .show = show_document,
     .doc = MSG_DOC_DOCUMENT},
    {HTTP_GET, "/documents/{code}", P_FIGURES_READ, 0, .inputs = kept_inputs, .inputs_n = K_FORM,
     .show = show_kept, .doc = MSG_DOC_DOCUMENT_KEPT},
    {HTTP_POST, "/documents/{code}/cancel", P_PLAN_WRITE, 0, .inputs = kept_inputs, .inputs_n = K_FORM,
     .show = show_kept, .write = write_cancel, .answer = answer_kept, .doc = MSG_DOC_DOCUMENT_CANCEL},
    {HTTP_GET, "/documents/{code}/{form}", P_FIGURES_READ, ROUTE_SLOW | ROUTE_TAKEN, INPUTS(kept_inputs),
     .show = show_file, .look = look_file, .doc = MSG_DOC_DOCUMENT_FILE},
};

static const struct feature_job jobs[] = {
    {"document.make", DOCUMENT_JOB_MS, .beside = document_job},
};

const struct feature document_feature = {
    .name = "document", .routes = routes, .routes_n = COUNT(routes), .jobs = jobs, .jobs_n = COUNT(jobs)};
