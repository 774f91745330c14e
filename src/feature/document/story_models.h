/* story_models.h: what narrative.html and quote.html show. */
#ifndef SUNWAI_STORY_MODELS_H
#define SUNWAI_STORY_MODELS_H

#include "page.h"
#include "report_models.h"
#include "wording.h"

/* ---- narratives ---- */

struct narrative_section_view {
    str title, lang, dir;
    const str *paragraphs;
    size_t paragraphs_n;
    str meta;        /* which version, when, by whom; empty: nobody wrote it */
    struct url edit; /* shown to whoever may open it */
};
struct narratives_view {
    str of; /* which document, in words */
    struct report_ask_view ask;
    struct field_view kind, language;
    const struct narrative_section_view *sections;
    size_t sections_n;
    struct url stories;
};

struct narrative_quote_view {
    str words, lang, dir, who;
    struct url photo, small; /* empty: none, or she did not agree to its being shown */
};
/* A text and what differs in another one. */
struct differs_view {
    const struct wording_part *parts;
    size_t parts_n;
};
struct narrative_edit_view {
    str of, title, lang, dir;
    struct url post;
    str kind, unit, period; /* sent along with the form */
    int64_t seen;
    struct field_view words;
    bool changed; /* somebody else saved meanwhile */
    str theirs, theirs_by;
    struct differs_view differs;
    struct url keep; /* theirs, without hers */
    str standing;
    bool provisional;
    struct table_view figures;
    const struct narrative_quote_view *quotes;
    size_t quotes_n;
    struct table_view versions;
    bool old; /* one of them is looked at */
    str old_title;
    struct differs_view old_differs;
};

struct lesson_view {
    str of, words, lang, dir;
    struct url to; /* shown to whoever may open it */
};
struct lessons_view {
    str of;
    const struct lesson_view *rows;
    size_t rows_n;
};

/* ---- quotes ---- */

struct quotes_view {
    struct table_view table;
};
struct consent_view { /* the fields of one consent */
    struct field_view day, to, how, report, poster, name, photo;
    bool photo_asked, name_asked;
};
struct quote_new_view {
    bool unit_asked;
    struct field_view unit, kind, about, section, role, sex, spoken, day, words, file, name;
    struct consent_view consent;
};
struct quote_one_view {
    struct chip_view chip;
    struct facts_view facts;
    str words, lang, dir;
    struct url poster;                /* its words on a sheet; empty: she did not agree to that */
    struct url photo, small, speaker; /* empty: none, or not for her */
    struct table_view consents, documents;
    struct timeline_view timeline;
    int64_t step;                   /* where it stands: what the forms say of their page */
    struct timeline_view meanwhile; /* what others did since the form was loaded that came back */
    bool may;                       /* another consent, or none any more */
    bool open;
    struct url consent_post, withdraw_post;
    struct consent_view consent;
};
struct speaker_view {
    str name, code;
    bool hidden; /* nothing could be recorded, so nothing is shown */
};

#endif
