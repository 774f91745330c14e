/* letter_pages.c: the matter as a letter on A4, addressed to whoever has to answer, for signature or thumb.
 */
#include "case_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "desk_models.h"
#include "format.h"
#include "lang.h"
#include "letter.html.h"
#include "paper_pages.h"

static const char *const choices_letter[] = {"ur", "en", NULL};

const struct input letter_inputs[2] = {{"ref", IN_REF, MSG_NEW_REF, .required = true},
                                       {"in", IN_CHOICE, MSG_DESK_LANG, .choices = choices_letter}};

/* Title of the officer and the office that answers; what is not known is left to be written by hand. */
static err address_fill(struct web *w, struct ctx *ctx, const struct case_view *v, struct letter_view *m)
{
    struct q_service_term_on term;
    str appeal;
    int64_t body;
    err e = catalogue_term(ctx, v->row.service_id, v->row.unit_id, v->row.filed_day, &term);
    if (e.code == ERR_OK) {
        TRY(catalogue_term_words(ctx, term.id, &m->officer, &appeal));
    } else if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    e = catalogue_body(ctx, v->row.service_id, v->row.unit_id, &body);
    if (e.code == ERR_OK) {
        TRY(label_find(ctx, S("body"), body, &m->office));
    } else if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    (void)w;
    if (v->row.filed_office_id.given) {
        TRY(label_find(ctx, S("body"), v->row.filed_office_id.v, &m->desk));
    }
    return OK;
}

static err papers_fill(struct web *w, struct ctx *ctx, const struct case_view *v, struct letter_view *m)
{
    struct case_paper *rows;
    size_t n;
    TRY(case_papers(ctx, v, &rows, &n));
    struct choice_view *given = arena_array_of(w->arena, struct choice_view, n + 1);
    struct choice_view *missing = arena_array_of(w->arena, struct choice_view, n + 1);
    if (given == NULL || missing == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].given) {
            given[m->given_n++].text = rows[i].name;
        } else {
            missing[m->missing_n++].text = rows[i].name;
        }
    }
    m->given = given;
    m->missing = missing;
    return OK;
}

/* Her name and those of who signs with her. Without an audited look the lines stay empty, for a pen. */
static err signs_fill(struct web *w, const struct case_view *v, struct letter_view *m)
{
    struct case_identity who = {.name = S("")};
    const err e = case_identity(&w->ctx, v, &who);
    if (e.code != ERR_OK && e.code != ERR_DENIED && e.code != ERR_NOT_FOUND) {
        return e;
    }
    struct choice_view *rows = arena_array_of(w->arena, struct choice_view, who.signatories_n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    rows[m->signs_n++].text = who.name;
    for (size_t i = 0; i < who.signatories_n; i++) {
        rows[m->signs_n++].text = who.signatories[i];
    }
    const enum msg relation = case_word_of(case_relation_words, CASE_relation_n, who.relation);
    m->signs = rows;
    m->relation = who.relation_name.n == 0 || relation == MSG_NONE
                      ? S("")
                      : arena_printf(w->arena, "%.*s: %.*s", STR_F(page_msg(&w->page, relation)),
                                     STR_F(who.relation_name));
    m->cnic = who.cnic;
    m->home = who.address;
    return OK;
}

static enum msg subject_of(enum case_kind kind)
{
    static const enum msg subjects[CASE_KINDS] = {[KIND_COMPLAINT] = MSG_LETTER_COMPLAINT,
                                                  [KIND_APPLICATION] = MSG_LETTER_APPLICATION,
                                                  [KIND_SUGGESTION] = MSG_LETTER_SUGGESTION};
    return subjects[kind];
}

err show_letter(struct web *w)
{
    struct case_view v;
    const case_ref *ref = &w->in[0].as.ref;
    struct ctx ctx = w->ctx;
    w->page.back = case_url(w, ref, S(""));
    TRY(case_find(&ctx, ref, &v));
    const bool english = w->in[1].given ? w->in[1].n == 1 : str_eq(v.row.lang_code, S("en"));
    w->page.lang = english ? LANG_EN : LANG_UR;
    ctx.lang = (int)w->page.lang;
    TRY(case_find(&ctx, ref, &v)); /* its names in the language of the letter */
    const bool limited = v.flow.due_ms < case_no_due();
    const struct msg_arg about = {"service", v.service_name};
    struct letter_view m = {
        .ref = case_ref_text(w->arena, *ref),
        .day = format_day(w->arena, w->page.lang, v.row.filed_day),
        .due = limited ? format_day(w->arena, w->page.lang, local_day(v.flow.due_ms)) : S(""),
        .subject = page_msg_args(&w->page, subject_of(v.kind), 0, &about, 1),
        .words = v.row.words_text,
        .unit = v.unit_name,
        .place = v.row.place_text.n > 0 ? v.row.place_text : S(""),
        .receipt = v.kind == KIND_APPLICATION,
        .in_ur = url_with(w->arena, case_url(w, ref, S("/letter")), S("in"), S("ur")),
        .in_en = url_with(w->arena, case_url(w, ref, S("/letter")), S("in"), S("en")),
    };
    TRY(address_fill(w, &ctx, &v, &m));
    TRY(papers_fill(w, &ctx, &v, &m));
    TRY(signs_fill(w, &v, &m));
    w->page.title = page_msg(&w->page, MSG_LETTER_TITLE);
    w->page.script = true;
    letter_page(&w->page, &m);
    return web_html(w, 200);
}
