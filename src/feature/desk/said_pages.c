/* said_pages.c: what is read back to her before anything is registered, in her language. */
#include "case_evidence_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "file.html.h"
#include "file_pages.h"
#include "lang.h"
#include "random.h"

enum { SAID_SECONDS = 12 * 3600 };

str said_digest(struct arena *a, const struct given *in)
{
    enum { HASH = 32 };
    uint8_t hash[HASH];
    struct given told[F_N];
    str text;
    for (size_t i = 0; i < F_N; i++) {
        told[i] = in[i];
    }
    told[F_DOCUMENTS].raw = STR_NONE; /* asked beside it */
    told[F_LANG].raw = STR_NONE;
    if (form_text(a, desk_inputs, told, &text).code != ERR_OK) {
        return STR_NONE;
    }
    content_hash(text, hash);
    SCOPED(buf_free) struct buf hex = buf_new((size_t)2 * HASH);
    for (size_t i = 0; i < HASH; i++) {
        buf_printf(&hex, "%02x", hash[i]);
    }
    return arena_str(a, buf_str(&hex));
}

static enum lang lang_hers(const struct web *w)
{
    enum lang hers = LANG_UR;
    if (w->in[F_LANG].given) {
        IGNORE(lang_of(w->in[F_LANG].text, &hers) ? OK : FAIL(NOT_FOUND)); /* Urdu then */
    }
    return hers;
}

/* Everything typed, for the form that registers it. */
static err hidden_fill(struct web *w, struct said_view *m)
{
    struct hidden_view *rows = arena_array_of(w->arena, struct hidden_view, F_N + 2);
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < F_N; i++) {
        if (w->in[i].raw.n > 0 && i != F_DOCUMENTS && i != F_LANG) {
            rows[n++] = (struct hidden_view){str_of(desk_inputs[i].name), w->in[i].raw};
        }
    }
    rows[n++] = (struct hidden_view){S("language"), lang_table[lang_hers(w)].code};
    rows[n++] = (struct hidden_view){S("draft"), w->in[D_DRAFT].text};
    m->hidden = rows;
    m->hidden_n = n;
    return OK;
}

static void put(struct fact_view *f, size_t *n, str name, str value, str dir)
{
    if (value.n > 0) {
        f[(*n)++] = (struct fact_view){name, value, dir, {STR_NONE}};
    }
}

/* Who she is and how she is reached, as it will be written down. */
static err facts_fill(struct web *w, const struct page *hers, struct said_view *m)
{
    enum { FACTS = 8 };
    const struct given *in = w->in;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const bool kept = !str_eq(in[F_CONSENT_RECORD].text, S("no")) && in[F_ANONYMOUS].n == 0;
    put(f, &n, page_msg(hers, MSG_CASE_PLACE), in[F_PLACE].text, S("auto"));
    put(f, &n, page_msg(hers, MSG_NEW_PAST_DESK_FACT),
        in[F_PAST].n == 1 ? page_msg(hers, MSG_CASE_YES) : S(""), STR_NONE);
    if (!kept) {
        put(f, &n, page_msg(hers, MSG_CASE_NAME), page_msg(hers, MSG_DESK_SAID_ANONYMOUS), STR_NONE);
    } else {
        put(f, &n, page_msg(hers, MSG_CASE_NAME),
            in[F_NAME].given ? in[F_NAME].text : page_msg(hers, MSG_NEW_NOT_GIVEN), S("auto"));
        put(f, &n, page_msg(hers, MSG_DESK_ALIAS), in[F_ALIAS].text, S("auto"));
    }
    if (kept && in[F_PHONE].given) {
        put(f, &n, page_msg(hers, MSG_CASE_PHONE), phone_local(w->arena, in[F_PHONE].as.phone), S("ltr"));
        put(f, &n, page_msg(hers, MSG_CASE_SAFE),
            page_msg(hers, in[F_SAFE].n == 1 ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
        const enum msg when = case_word_of(case_when_words, CASE_when_n, in[F_WHEN].text);
        put(f, &n, page_msg(hers, MSG_NEW_WHEN), when == MSG_NONE ? S("") : page_msg(hers, when), STR_NONE);
    }
    m->facts = (struct facts_view){f, n};
    m->facts_title = page_msg(hers, MSG_DESK_SAID_FACTS);
    return OK;
}

static enum msg sentence(str kind)
{
    return str_eq(kind, S("application"))  ? MSG_DESK_SAID_APPLICATION
           : str_eq(kind, S("suggestion")) ? MSG_DESK_SAID_SUGGESTION
                                           : MSG_DESK_READ_BACK_WORDS;
}

static err matter_fill(struct web *w, struct ctx *ctx, const struct page *hers, struct said_view *m)
{
    struct q_service_by_code service;
    struct q_place_by_code unit;
    str service_name;
    str unit_name;
    TRY(catalogue_find(ctx, w->in[F_SERVICE].text, &service));
    TRY(label_find(ctx, S("service"), service.id, &service_name));
    TRY(place_find(ctx, w->in[F_UNIT].text, &unit));
    TRY(place_name(ctx, &unit, &unit_name));
    const struct msg_arg what[] = {{"service", service_name}, {"unit", unit_name}};
    m->read_back = page_msg_args(hers, sentence(w->in[F_KIND].text), 0, what, 2);
    if (!str_eq(w->in[F_KIND].text, S("application"))) {
        return OK;
    }
    struct q_service_documents *rows;
    size_t n;
    TRY(catalogue_documents(&w->ctx, service.id, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].document_code, .text = rows[i].name_text};
    }
    web_choose(w, F_DOCUMENTS, c, n, STR_NONE);
    m->documents = web_field(w, F_DOCUMENTS, MSG_DESK_DOCUMENTS_HINT);
    m->documents.type = S("checkbox");
    m->documents.optional = false;
    m->documents.choices = c;
    m->documents.choices_n = n;
    m->asks_documents = n > 0;
    return OK;
}

err show_said(struct web *w)
{
    const enum lang lang = lang_hers(w);
    struct page hers = w->page;
    struct ctx ctx = w->ctx;
    hers.lang = lang;
    ctx.lang = (int)lang;
    struct said_view m = {
        .lang = lang_table[lang].code,
        .dir = lang_table[lang].dir,
        .words = w->in[F_WORDS].text,
        .ask = page_msg(&hers, MSG_DESK_SAID_ASK),
        .agreed = web_field(w, D_AGREED, MSG_DESK_AGREED_HINT),
        .said = web_sign(w, S("said"), said_digest(w->arena, w->in), SAID_SECONDS),
    };
    m.agreed.focus = true;
    m.photos = files_field(w, &desk_inputs[D_PHOTOS], &w->in[D_PHOTOS], MSG_EVIDENCE_PHOTOS_HINT);
    m.voice = files_field(w, &desk_inputs[D_VOICE], &w->in[D_VOICE], MSG_EVIDENCE_VOICE_HINT);
    m.pdf = files_field(w, &desk_inputs[D_PDF], &w->in[D_PDF], MSG_NONE);
    TRY(matter_fill(w, &ctx, &hers, &m));
    TRY(facts_fill(w, &hers, &m));
    TRY(hidden_fill(w, &m));
    w->page.title = page_msg(&w->page, MSG_DESK_READ_BACK);
    w->page.form_id = S("register");
    said_page(&w->page, &m);
    return web_html(w, 200);
}
