/* story_pages.h: the pages of narratives and quotes among themselves. */
#ifndef SUNWAI_STORY_PAGES_H
#define SUNWAI_STORY_PAGES_H

#include "case_parts.h"
#include "narrative.h"
#include "plan_kind.h"
#include "quote.h"
#include "report_pages.h"
#include "story_models.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Words for a code of a set; empty when it is none. */
str story_words_of(const struct page *p, const struct case_word *words, size_t n, str code);
/* "Woman, citizen · Nowshera", with her name before it where she agreed to that. */
str story_who(struct web *w, str role, str sex, int64_t home, str name);

/* "ltr" or "rtl", of a language by its code. */
str story_dir(str lang);

/* ---- narratives: the first inputs are those of reports, so that one form asks for period and unit ---- */
enum narrative_input {
    N_SECTION = R_NAME,
    N_PERIOD = R_PERIOD,
    N_UNIT = R_UNIT,
    N_VERSION = R_VERSION,
    N_KIND,
    N_LANGUAGE,
    N_ASKED,
    N_SEEN = N_ASKED,
    N_WORDS,
    N_N
};
extern const struct input narrative_inputs[N_ASKED]; /* of the list */
extern const struct input narrative_edit_inputs[N_N];
err show_narratives(struct web *w);
err show_narrative(struct web *w);
err write_narrative(struct ctx *c, const struct given *in, struct receipt *out);
err answer_narrative(struct web *w);
/* Which document is asked for. */
err narrative_asked(struct web *w, struct narrative_key *out);
struct url narrative_url(struct web *w, const struct narrative_key *k, str section);
/* "Annual Report · Nowshera · Fiscal year 2025-26" */
err narrative_of_words(struct web *w, const struct narrative_key *k, str *out);

enum lesson_input { LE_UNIT, LE_YEAR, LE_N };
extern const struct input lesson_inputs[LE_N];
err show_lessons(struct web *w);
/* What was learnt before a plan began, on that plan's page. */
err lessons_aside(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                  bool *out_some);

/* ---- quotes ---- */
enum quote_input {
    Q_CODE,
    Q_CONSENT_DAY,
    Q_TO,
    Q_HOW,
    Q_REPORT,
    Q_POSTER,
    Q_NAME_OK,
    Q_PHOTO_OK,
    Q_STEP,
    Q_ONE, /* of one that is there */
    Q_UNIT = Q_ONE,
    Q_KIND,
    Q_ABOUT,
    Q_SECTION,
    Q_ROLE,
    Q_SEX,
    Q_SPOKEN,
    Q_DAY,
    Q_WORDS,
    Q_NAME,
    Q_PHOTO, /* last: only a POST can bring one */
    Q_N
};
extern const struct input quote_get_inputs[Q_PHOTO];
extern const struct input quote_new_inputs[Q_N];
extern const struct input quote_one_inputs[Q_ONE];
extern const struct input quote_consent_inputs[Q_ONE];
err show_quotes(struct web *w);
err show_quote_new(struct web *w);
err prepare_quote(struct web *w);
err write_quote_new(struct ctx *c, const struct given *in, struct receipt *out);
err answer_quote(struct web *w);
err show_quote(struct web *w);
err write_quote_consent(struct ctx *c, const struct given *in, struct receipt *out);
err write_quote_withdraw(struct ctx *c, const struct given *in, struct receipt *out);
enum quote_photo_input { QP_CODE, QP_SMALL, QP_N };
extern const struct input quote_photo_inputs[QP_N];
err show_quote_photo(struct web *w);
err show_quote_poster(struct web *w);
err show_quote_speaker(struct web *w);
err look_quote(struct ctx *c, const struct given *in, struct audit_entry *io);

#endif
