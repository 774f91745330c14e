/* bylaw_paper_pages.c: a by-law on paper, as page, PDF and DOCX: its words in the language of the page, else
 * in the first that it has, with what is known of its consultation and adoption. */
#include "bylaw.h"
#include "bylaw_pages.h"
#include "web_paper.h"

enum { LETTERS = 11, CODE = 0 };

const struct input bylaw_paper_inputs[1] = {
    [CODE] = {"code", IN_CODE, MSG_BYLAW_CODE, BYLAW_CODE_MAX, .required = true},
};

static const struct q_bylaw_texts *text_for(struct web *w, const struct bylaw_view *v)
{
    for (size_t i = 0; i < v->texts_n; i++) {
        if (str_eq(v->texts[i].lang_code, lang_table[w->lang].code)) {
            return &v->texts[i];
        }
    }
    return v->texts_n > 0 ? &v->texts[0] : NULL;
}

static void words_put(struct paper_draft *d, enum lang lang, str words)
{
    while (words.p != NULL) {
        const str line = str_trim(str_cut(&words, '\n'));
        if (line.n > 0) {
            paper_text(d, paper_in(lang, line));
        }
    }
}

static err paper_of(struct web *w, const struct paper **out)
{
    struct paper_draft *d = arena_new_of(w->arena, struct paper_draft);
    struct bylaw_view v;
    struct facts_view facts;
    str district;
    enum lang lang = LANG_EN;
    TRY(d == NULL ? FAIL(LIMIT) : bylaw_find(&w->ctx, w->in[CODE].text, &v));
    const struct q_bylaw_texts *t = text_for(w, &v);
    if (t == NULL) {
        return FAIL(NOT_FOUND);
    }
    (void)lang_of(t->lang_code, &lang);
    TRY(bylaw_facts(w, &v, true, &facts));
    TRY(label_find(&w->ctx, S("unit"), v.row.home, &district));
    paper_begin(d, w->arena, w->lang, PAPER_A4, LETTERS, paper_fitting(w->arena, t->title_text));
    d->paper.above = paper_in(w->lang, district);
    d->paper.foot = paper_in(LANG_EN, v.row.bylaw_code);
    for (size_t i = 0; i < facts.rows_n; i++) {
        const struct fact_view *f = &facts.rows[i];
        paper_fact(d, f->name, f->dir.n > 0 ? paper_said(w->lang, f->value) : paper_in(w->lang, f->value));
    }
    words_put(d, lang, t->words_text);
    if (v.state != BYLAW_ADOPTED) {
        paper_note(d, page_msg(&w->page, MSG_BYLAW_NOT_ADOPTED));
    }
    paper_sign(
        d, (str[]){page_msg(&w->page, MSG_BYLAW_SIGN_CHAIR), page_msg(&w->page, MSG_BYLAW_SIGN_SECRETARY)},
        2);
    return paper_done(d, out);
}

err show_bylaw_paper(struct web *w)
{
    const struct paper *paper;
    const str code = w->in[CODE].text;
    TRY(paper_of(w, &paper));
    const struct paper_ways ways = {.pdf = bylaw_url(w, code, S("/paper.pdf")),
                                    .docx = bylaw_url(w, code, S("/paper.docx"))};
    w->page.back = bylaw_url(w, code, S(""));
    TRY(paper_html(&w->page, paper, &ways));
    return web_html(w, 200);
}

static err file_of(struct web *w, enum paper_form form)
{
    const struct paper *paper;
    TRY(paper_of(w, &paper));
    return web_paper(w, paper, form, w->in[CODE].text);
}

err show_bylaw_pdf(struct web *w)
{
    return file_of(w, PAPER_AS_PDF);
}

err show_bylaw_docx(struct web *w)
{
    return file_of(w, PAPER_AS_DOCX);
}
