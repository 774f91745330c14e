/* document_story_pages.c: what people wrote and said, beside the figures: in papers, on the page, as JSON. */
#include "document_feature.h"
#include "document_story.h"

err document_story_read(struct ctx *c, const struct document_ask *ask, const struct document_figures *f,
                        struct document_story *out)
{
    const enum lang lang = (enum lang)c->lang == LANG_EN ? LANG_EN : LANG_UR;
    const struct narrative_key key = {.kind = document_names[ask->kind],
                                      .unit = ask->unit,
                                      .period = ask->period,
                                      .lang = lang_table[lang].code};
    struct document_story s = {.lang = lang};
    const err e = narrative_read(c, &key, s.sections);
    if (e.code != ERR_OK && e.code != ERR_INVALID && e.code != ERR_NOT_FOUND) {
        return e;
    }
    s.written = e.code == ERR_OK;
    if (f->homes_n > 0) {
        TRY(quote_list(c, f->homes, f->homes_n, ask->period, QUOTE_REPORT, &s.quotes, &s.quotes_n));
    }
    *out = s;
    return OK;
}

/* One text of a paper has a bound; what is longer goes on in the next, so that nothing is cut off. */
static void said_put(struct paper_draft *d, enum lang lang, str paragraph)
{
    while (paragraph.n > PAPER_TEXT_MAX) {
        size_t at = PAPER_TEXT_MAX;
        while (at > 0 && paragraph.p[at] != ' ' && paragraph.p[at] != '\n') {
            at--;
        }
        if (at == 0) {
            break;
        }
        paper_text(d, paper_said(lang, str_sub(paragraph, 0, at)));
        paragraph = str_trim(str_sub(paragraph, at, paragraph.n));
    }
    paper_text(d, paper_said(lang, paragraph));
}

void document_said_put(struct paper_draft *d, enum lang lang, str words)
{
    str paragraph;
    while (words.n > 0 && narrative_paragraph(&words, &paragraph)) {
        said_put(d, lang, paragraph);
    }
}

static str said_by(struct ctx *c, const struct document_made *m, const struct quote_printed *q)
{
    str place = S("");
    for (size_t i = 0; i < m->figures.places_n; i++) {
        if (m->figures.places[i].id == q->row.home && !m->figures.places[i].province) {
            place = m->figures.places[i].name;
        }
    }
    const struct msg_arg args[] = {
        {"role", q->name.n > 0 ? q->name : document_word(c, S("event.role_"), q->row.role_code)},
        {"place", place}};
    return document_msg(c, MSG_DOCUMENT_SAID_BY, args, sizeof args / sizeof args[0]);
}

/* What a photo shows, for who does not see it: how its words begin. */
static struct paper_words photo_words(struct ctx *c, enum lang spoken, str words)
{
    enum { ALT_CHARS = 160 };
    size_t at = 0;
    for (size_t i = 0; i < ALT_CHARS && at < words.n; i++) {
        (void)str_next(words, &at);
    }
    const str begun = str_sub(words, 0, at);
    const struct msg_arg arg = {"words",
                                at < words.n ? arena_printf(c->arena, "%.*s…", STR_F(begun)) : begun};
    return paper_said(spoken, document_msg(c, MSG_DOCUMENT_PHOTO_OF, &arg, 1));
}

static void quote_put(struct ctx *c, const struct document_made *m, const struct quote_printed *q,
                      struct paper_draft *d)
{
    enum lang spoken = LANG_UR;
    (void)lang_of(q->row.lang_code, &spoken);
    paper_picture(d, photo_words(c, spoken, q->words), q->picture);
    document_said_put(d, spoken, q->words);
    paper_note(d, said_by(c, m, q));
}

static void quotes_put(struct ctx *c, const struct document_made *m, str section, struct paper_draft *d)
{
    for (size_t i = 0; i < m->story.quotes_n; i++) {
        const struct quote_printed *q = &m->story.quotes[i];
        if (str_eq(q->row.section_code, section) && q->words.n > 0) {
            quote_put(c, m, q, d);
        }
    }
}

static bool has_quote(const struct document_made *m, str section)
{
    for (size_t i = 0; i < m->story.quotes_n; i++) {
        if (str_eq(m->story.quotes[i].row.section_code, section) && m->story.quotes[i].words.n > 0) {
            return true;
        }
    }
    return false;
}

void document_story_put(struct ctx *c, const struct document_made *m, struct paper_draft *d)
{
    for (size_t i = 0; i < STORY_section_n; i++) {
        const struct narrative_text *s = &m->story.sections[i];
        const str section = str_of(story_section_codes[i]);
        if ((!m->story.written || s->words.n == 0) && !has_quote(m, section)) {
            continue;
        }
        paper_heading(d, msg_text((enum lang)c->lang, story_section_words[i].text));
        document_said_put(d, m->story.lang, m->story.written ? s->words : S(""));
        quotes_put(c, m, section, d);
    }
}

void document_story_json(const struct document_made *m, struct json *j)
{
    json_key(j, S("narrative"));
    json_array_begin(j);
    for (size_t i = 0; i < STORY_section_n && m->story.written; i++) {
        const struct narrative_text *s = &m->story.sections[i];
        if (s->words.n > 0) {
            json_object_begin(j);
            json_member(j, S("section"), s->section);
            json_member(j, S("words"), s->words);
            json_member_i64(j, S("version"), s->version);
            json_end(j);
        }
    }
    json_end(j);
    json_key(j, S("quotes"));
    json_array_begin(j);
    for (size_t i = 0; i < m->story.quotes_n; i++) {
        const struct quote_printed *q = &m->story.quotes[i];
        json_object_begin(j);
        json_member(j, S("section"), q->row.section_code);
        json_member(j, S("role"), q->row.role_code);
        json_member(j, S("lang"), q->row.lang_code);
        json_member(j, S("words"), q->words);
        json_end(j);
    }
    json_end(j);
}

err document_names_look(struct ctx *c, const struct document_made *m, str code)
{
    return quote_look(c, m->story.quotes, m->story.quotes_n, code);
}

/* A document has room for few: one that is too large for it is left out. */
static err picture_read(struct ctx *c, struct quote_printed *io)
{
    SCOPED(buf_free) struct buf out = buf_new(PAPER_PICTURE_MAX);
    str type;
    const err e = quote_photo(c, io, true, &out, &type);
    if (e.code == ERR_OK && !out.full) {
        io->picture = arena_str(c->arena, buf_str(&out));
    }
    return e.code == ERR_NOT_FOUND || e.code == ERR_LIMIT ? OK : e;
}

/* The newest ones. */
static err pictures_read(struct ctx *c, struct document_story *s)
{
    size_t room = PAPER_PICTURES_MAX;
    for (size_t i = s->quotes_n; i > 0 && room > 0; i--) {
        struct quote_printed *q = &s->quotes[i - 1];
        if (q->photo) {
            TRY(picture_read(c, q));
            room--;
        }
    }
    return OK;
}

err document_names_read(struct ctx *c, struct document_made *m)
{
    TRY(pictures_read(c, &m->story));
    for (size_t i = 0; i < m->story.quotes_n; i++) {
        TRY(quote_name(c, &m->story.quotes[i]));
    }
    return OK;
}

err document_quotes_hold(struct ctx *c, const struct document_made *m, str code)
{
    return m->story.quotes_n == 0 ? OK : quote_hold(c, m->story.quotes, m->story.quotes_n, code);
}
