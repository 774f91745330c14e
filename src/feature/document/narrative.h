/* narrative.h: what people write in a document beside its figures, in named sections: results, successes,
 * challenges and how they were tackled, partners, lessons into the next plan.
 *
 * Of a document (kind, unit or named group, period, language) each section has versions: one is written once
 * and never changed. Whoever saves says which version she had before her eyes; when somebody else saved
 * meanwhile it is CONFLICT, and nothing of either is lost. Words are plain paragraphs with an empty line
 * between them; they are text in every file, never a formula or markup.
 *
 * A monitor or manager writes who reaches all districts of the document. NOT_FOUND outside.
 */
#ifndef SUNWAI_NARRATIVE_H
#define SUNWAI_NARRATIVE_H

#include "narrative.sql.h"
#include "period.h"
#include "store.h"
#include "story_words.h"

enum { NARRATIVE_CHARS_MAX = 6000, NARRATIVE_VERSIONS_SHOWN = 50, NARRATIVE_LESSONS_MAX = 24 };

struct narrative_key {
    str kind; /* achievement, annual */
    str unit; /* code of a unit down to a district, or of a named group; empty: where she works, and the whole
                 country for the program itself */
    struct period period;
    str lang; /* en, ur */
};

/* What an empty unit stands for. */
err narrative_own_unit(struct ctx *c, str *out);

/* One section as it stands; version 0 with empty words: nobody wrote it. */
struct narrative_text {
    str section; /* its code */
    enum msg title;
    str words;
    int64_t version, made_ms;
    int64_t role; /* enum role of whoever wrote it */
};
/* All sections, in the order of the document. INVALID: such a document there is none. */
err narrative_read(struct ctx *c, const struct narrative_key *k, struct narrative_text out[STORY_section_n]);
err narrative_one(struct ctx *c, const struct narrative_key *k, str section, struct narrative_text *out);
/* In a write job. `seen`: the version that stood beside the writer, 0 when there was none. CONFLICT, field
 * "words": another one stands there now and says something else. INVALID, field "words": too long. */
err narrative_save(struct ctx *c, const struct narrative_key *k, str section, str words, int64_t seen,
                   int64_t *out_version);
/* Newest first; and the words of one of them. */
err narrative_versions(struct ctx *c, const struct narrative_key *k, str section,
                       struct q_narrative_versions **out, size_t *out_n);
err narrative_version(struct ctx *c, const struct narrative_key *k, str section, int64_t version,
                      struct q_narrative_version *out);

/* The next paragraph of such words, without white space around it; false: there is none. */
bool narrative_paragraph(str *rest, str *out);

/* What was learnt in periods that ended before a day, newest first: of a unit and what it lies in. Read by
 * whoever reads plans there (plan.h). NOT_FOUND. */
struct narrative_lesson {
    str unit; /* code */
    int64_t unit_id;
    struct q_narrative_lessons row;
};
err narrative_lessons(struct ctx *c, int64_t unit, int64_t before_day, struct narrative_lesson **out,
                      size_t *out_n);

#endif
