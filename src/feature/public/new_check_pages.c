/* new_check_pages.c: all answers before they are sent, and number and PIN afterwards. */
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "lang.h"
#include "new.html.h"
#include "new_pages.h"
#include "track_pages.h"

enum { DONE_SECONDS = 900, FACTS_MAX = 32, LIST_BYTES = 4000 };

struct facts {
    struct web *w;
    struct fact_view *rows;
    size_t n;
};

static void add(struct facts *f, enum msg name, str value, str dir, int64_t step)
{
    if (f->n < FACTS_MAX) {
        f->rows[f->n++] = (struct fact_view){
            page_msg(&f->w->page, name), value, dir, {arena_printf(f->w->arena, "%d", (int)step)}};
    }
}

static str or_not_given(struct web *w, size_t input)
{
    return w->in[input].given ? w->in[input].text : page_msg(&w->page, MSG_NEW_NOT_GIVEN);
}

static str chosen(struct web *w, size_t input, const struct case_word *words, size_t n)
{
    const enum msg text = w->in[input].given ? case_word_of(words, n, w->in[input].text) : MSG_NEW_NOT_GIVEN;
    return text == MSG_NONE ? S("") : page_msg(&w->page, text);
}

static err matter_facts(struct facts *f, const struct new_walk *walk)
{
    struct web *w = f->w;
    struct q_service_by_code service;
    struct q_place_by_code unit;
    str service_name = S("");
    str unit_name = S("");
    if (catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("service"), service.id, &service_name));
    }
    if (new_unit(w, &unit).code == ERR_OK) {
        TRY(place_name(&w->ctx, &unit, &unit_name));
    }
    add(f, MSG_NEW_KIND, chosen(w, F_KIND, case_kind_words, CASE_kind_n), STR_NONE, STEP_KIND);
    add(f, MSG_NEW_SERVICE, service_name, STR_NONE, STEP_GROUP);
    add(f, MSG_NEW_UNIT, unit_name, STR_NONE, STEP_UNIT);
    add(f, MSG_NEW_PLACE, or_not_given(w, F_PLACE), S("auto"), STEP_PLACE);
    if (w->in[N_SAME].given && walk->has[STEP_SAME]) {
        add(f, MSG_NEW_SAME_SHORT, page_msg(&w->page, MSG_NEW_SAME_ME_TOO), STR_NONE, STEP_SAME);
    }
    const bool joins = w->in[N_SAME].given && !w->in[F_WORDS].given;
    if (new_later(w->in)) {
        add(f, new_words_ask(w), page_msg(&w->page, MSG_NEW_LATER_SHORT), STR_NONE, STEP_WORDS);
        return OK;
    }
    add(f, new_words_ask(w), joins ? page_msg(&w->page, MSG_NEW_SAME_WORDS) : w->in[F_WORDS].text, S("auto"),
        STEP_WORDS);
    return OK;
}

static void person_facts(struct facts *f)
{
    struct web *w = f->w;
    const bool anonymous =
        (w->in[F_ANONYMOUS].given && w->in[F_ANONYMOUS].n == 1) || new_is(w, F_CONSENT_RECORD, S("no"));
    if (anonymous) {
        add(f, MSG_NEW_NAME, page_msg(&w->page, MSG_NEW_NAME_NOT_KEPT), STR_NONE, STEP_REACH);
    } else {
        const bool number = w->in[F_PHONE].given;
        add(f, MSG_NEW_NAME, or_not_given(w, F_NAME), S("auto"), STEP_REACH);
        add(f, MSG_NEW_PHONE,
            number ? phone_local(w->arena, w->in[F_PHONE].as.phone) : or_not_given(w, F_PHONE),
            number ? S("ltr") : STR_NONE, STEP_REACH);
        if (number) { /* what decides whether anybody calls there */
            const bool safe = w->in[F_SAFE].given && w->in[F_SAFE].n == 1;
            add(f, MSG_NEW_WHOSE, chosen(w, F_WHOSE, case_whose_words, CASE_whose_n), STR_NONE, STEP_REACH);
            add(f, MSG_NEW_SAFE_CALL, page_msg(&w->page, safe ? MSG_CASE_YES : MSG_NEW_SAFE_NO), STR_NONE,
                STEP_REACH);
            add(f, MSG_NEW_WHEN, chosen(w, F_WHEN, case_when_words, CASE_when_n), STR_NONE, STEP_REACH);
        }
    }
    const bool silent = new_is(w, F_SEX, S("not_stated"));
    add(f, MSG_NEW_SEX,
        silent ? page_msg(&w->page, MSG_NEW_SEX_NOT_STATED) : chosen(w, F_SEX, case_sex_words, CASE_sex_n),
        STR_NONE, STEP_YOU);
}

/* What may be skipped stands here only when it was not: one line leads back to all of it. */
static void details_facts(struct facts *f)
{
    struct web *w = f->w;
    size_t given = 0;
    static const struct {
        size_t input;
        enum msg name;
        const struct case_word *words;
        size_t n;
    } asked[] = {
        {F_BEHALF, MSG_NEW_BEHALF, case_behalf_words, CASE_behalf_n},
        {F_AGE, MSG_NEW_AGE, case_age_words, CASE_age_n},
        {F_SPOKEN, MSG_NEW_SPOKEN, case_spoken_words, CASE_spoken_n},
        {F_MINORITY, MSG_NEW_MINORITY, case_minority_words, CASE_minority_n},
        {F_SEEING, MSG_NEW_SEEING, case_difficulty_words, CASE_difficulty_n},
        {F_HEARING, MSG_NEW_HEARING, case_difficulty_words, CASE_difficulty_n},
        {F_WALKING, MSG_NEW_WALKING, case_difficulty_words, CASE_difficulty_n},
        {F_REMEMBERING, MSG_NEW_REMEMBERING, case_difficulty_words, CASE_difficulty_n},
        {F_SELF_CARE, MSG_NEW_SELF_CARE, case_difficulty_words, CASE_difficulty_n},
        {F_SPEAKING, MSG_NEW_SPEAKING, case_difficulty_words, CASE_difficulty_n},
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        if (w->in[asked[i].input].given) {
            add(f, asked[i].name, chosen(w, asked[i].input, asked[i].words, asked[i].n), STR_NONE,
                STEP_DETAILS);
            given++;
        }
    }
    if (given == 0) {
        add(f, MSG_NEW_DETAILS_SHORT, page_msg(&w->page, MSG_NEW_NOT_GIVEN), STR_NONE, STEP_DETAILS);
    }
    for (size_t p = 0; p < CASE_purpose_n; p++) {
        if (new_consent_asked(w, p)) {
            add(f, case_purpose_words[p].text,
                chosen(w, F_CONSENT_RECORD + p, case_yes_no_words, CASE_yes_no_n), STR_NONE, STEP_CONSENT);
        }
    }
}

/* Names one behind the other, as the language separates them. */
static void list_add(struct web *w, struct buf *b, str name)
{
    if (b->n > 0) {
        buf_put(b, page_msg(&w->page, MSG_NEW_COMMA));
        buf_putc(b, ' ');
    }
    buf_put(b, name);
}

static bool among(str lines, str code)
{
    while (lines.n > 0) {
        if (str_eq(str_trim(str_cut(&lines, '\n')), code)) {
            return true;
        }
    }
    return false;
}

static err papers_facts(struct facts *f, struct new_view *m)
{
    struct web *w = f->w;
    struct q_service_by_code service;
    struct q_service_documents *papers;
    size_t n;
    SCOPED(buf_free) struct buf here = buf_new(LIST_BYTES);
    SCOPED(buf_free) struct buf missing = buf_new(LIST_BYTES);
    TRY(catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service));
    TRY(catalogue_documents(&w->ctx, service.id, &papers, &n));
    for (size_t i = 0; i < n; i++) {
        const bool given =
            w->in[F_DOCUMENTS].given && among(w->in[F_DOCUMENTS].text, papers[i].document_code);
        list_add(w, given ? &here : &missing, papers[i].name_text);
    }
    add(f, MSG_NEW_PAPERS_HERE,
        here.n > 0 ? arena_str(w->arena, buf_str(&here)) : page_msg(&w->page, MSG_NEW_PAPERS_NONE), STR_NONE,
        STEP_PAPERS);
    m->missing = arena_str(w->arena, buf_str(&missing));
    return OK;
}

err new_check(struct web *w, const struct new_walk *walk, struct new_view *m)
{
    struct facts f = {.w = w, .rows = arena_array_of(w->arena, struct fact_view, FACTS_MAX)};
    if (f.rows == NULL) {
        return FAIL(LIMIT);
    }
    TRY(matter_facts(&f, walk));
    if (w->in[F_PAST].given && w->in[F_PAST].n == 1) {
        add(&f, MSG_NEW_PAST_DESK_FACT, page_msg(&w->page, MSG_CASE_YES), STR_NONE, STEP_WORDS);
    }
    if (walk->has[STEP_PAPERS]) {
        TRY(papers_facts(&f, m));
    }
    person_facts(&f);
    details_facts(&f);
    m->prompt = S("new.check");
    m->facts = (struct facts_view){f.rows, f.n};
    return OK;
}

/* ---- number and PIN ---- */

/* Her number and PIN stand on a page of their own, which may be loaded again and turned into another
 * language; its address says nothing and is good for a short while. */
err answer_new(struct web *w)
{
    /* Of the first PIN, also when the form is sent again much later: it shows no other one. */
    const str key = arena_printf(w->arena, "%.*s 0", STR_F(w->receipt.ref));
    const str token = web_sign(w, S("done"), key, DONE_SECONDS);
    return web_redirect(w, url_with(w->arena, url_local(w->arena, S("/new/done")), S("done"), token));
}

const struct input done_inputs[DONE_INPUTS] = {{"done", IN_SIGNED, MSG_NONE}};

static err papers_missing(struct web *w, const struct case_view *v, str *out)
{
    struct case_paper *papers;
    size_t n;
    SCOPED(buf_free) struct buf missing = buf_new(LIST_BYTES);
    TRY(case_papers(&w->ctx, v, &papers, &n));
    for (size_t i = 0; i < n; i++) {
        if (!papers[i].given) {
            list_add(w, &missing, papers[i].name);
        }
    }
    *out = arena_str(w->arena, buf_str(&missing));
    return OK;
}

/* Who answers for it, as far as the catalogue knows. */
static err answers_find(struct web *w, const struct case_view *v, str *out)
{
    int64_t body;
    const err e = catalogue_body(&w->ctx, v->row.service_id, v->row.unit_id, &body);
    *out = S("");
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    return label_find(&w->ctx, S("body"), body, out);
}

/* To be kept or handed on: neither the person nor the matter. */
static str keep_text(struct web *w, const struct done_view *m)
{
    const struct msg_arg args[] = {{"ref", page_isolate(&w->page, m->panel.ref)},
                                   {"pin", page_isolate(&w->page, m->panel.pin)},
                                   {"due", m->due}};
    return page_msg_args(&w->page, m->due.n > 0 ? MSG_NEW_KEEP : MSG_NEW_KEEP_NO_DUE, 0, args,
                         sizeof args / sizeof args[0]);
}

/* That what she said arrived, before she goes. */
static err voice_said(struct web *w, const struct case_view *v, str *out)
{
    struct heard_view *heard;
    size_t n;
    TRY(her_voices(w, v, STR_NONE, &heard, &n));
    *out = n > 0 ? heard[0].text : S("");
    return OK;
}

err show_new_done(struct web *w)
{
    case_ref ref;
    char pin[PIN_LEN];
    struct case_view v;
    if (!w->in[0].given || case_of_key(&w->ctx, w->in[0].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    TRY(case_pin(&w->ctx, &ref, pin));
    TRY(case_admit(&w->ctx, &ref));
    TRY(case_find(&w->ctx, &ref, &v));
    static const enum msg titles[CASE_KINDS] = {
        [KIND_COMPLAINT] = MSG_NEW_DONE_TITLE,
        [KIND_APPLICATION] = MSG_NEW_DONE_APPLICATION,
        [KIND_SUGGESTION] = MSG_NEW_DONE_SUGGESTION,
    };
    struct done_view m = {
        .panel = {page_msg(&w->page, titles[v.kind]), case_ref_text(w->arena, ref),
                  arena_str(w->arena, (str){pin, PIN_LEN})},
        .due = due_words(w, v.flow.due_ms),
    };
    TRY(answers_find(w, &v, &m.who));
    TRY(case_past_desk(&w->ctx, &v, &m.past));
    m.who = m.past ? v.office_name : m.who;
    TRY(papers_missing(w, &v, &m.missing));
    TRY(voice_said(w, &v, &m.voice));
    m.keep = keep_text(w, &m);
    w->page.title = page_msg(&w->page, MSG_TITLE_NUMBER);
    done_page(&w->page, &m);
    return web_html(w, 200);
}
