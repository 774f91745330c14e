/* sheet_pages.h: what the pages of sheets share: addresses, words, tables, and the handlers among themselves.
 */
#ifndef SUNWAI_SHEET_PAGES_H
#define SUNWAI_SHEET_PAGES_H

#include "case_parts.h"
#include "sheet.h"
#include "sheet_models.h"
#include "web.h"

struct url sheet_event_url(struct web *w, str event_code);
struct url sheet_activity_url(struct web *w, str plan_code, int64_t line, str unit_code,
                              struct period quarter);
struct url sheet_quarter_url(struct web *w, str unit_code, struct period quarter);
struct url sheet_province_url(struct web *w, str unit_code, struct period quarter);
/* "July 2026 to September 2026 (FY2026-27Q1)". */
str sheet_quarter_words(struct web *w, struct period quarter);
/* The last quarter that is over. */
struct period sheet_quarter_last(int64_t today);
struct period sheet_quarter_before(struct period quarter);
struct chip_view sheet_chip(const struct page *p, unsigned state);
/* An approved or provisional value in words: "12", "12 of 34 (35 %)", a median with how many it is of. */
str sheet_figure_words(struct web *w, const struct indicator *i, const struct figure *f);
str sheet_number(const struct web *w, int64_t n);
/* Seen figures, as a form carries them: 64 hexadecimal digits and back. */
str sheet_hash_text(struct web *w, const uint8_t hash[DIGEST_LEN]);
bool sheet_hash_of(str text, uint8_t out[DIGEST_LEN]);

/* One thing that a sheet says: its name in the content (sheet_says), and in words. */
struct sheet_line {
    str name;
    str label;
    const struct indicator *of; /* of a quarter */
    bool words;                 /* no number: only that it is another is said */
};
/* A value of the content in words; empty: it cannot be said in a word. */
str sheet_value_words(struct web *w, const struct sheet_line *l, str said);
/* Facts, steps and what can be done: alike for every kind of sheet. `v` is NULL while nobody has begun it;
 * then `due_day` says when it is expected. `base`: where the inputs of every sheet begin. */
err sheet_page_fill(struct web *w, const struct sheet_view *v, int64_t due_day, size_t base,
                    struct sheet_page_view *m);
/* The approved versions, newest first, and what each changed; `rows` as sheet_versions() gave them. */
err sheet_versions_table(struct web *w, const struct sheet_line *lines, size_t lines_n,
                         const struct q_sheet_versions *rows, size_t rows_n, struct table_view *out);
/* What does not fit, cell by cell, and a form for each warning that waits. `v` as for sheet_findings(). */
err sheet_checks_fill(struct web *w, const struct sheet_view *v, size_t base, struct sheet_page_view *m);

/* Inputs that every sheet's form has, in this order. */
enum { SHEET_IN_DO, SHEET_IN_WORDS, SHEET_IN_RULE, SHEET_IN_PLACE, SHEET_IN_STEP, SHEET_IN_SEEN, SHEET_IN_N };
#define SHEET_INPUTS_OF(base, dos)                                                                  \
    [(base) + SHEET_IN_DO] = {"do", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = dos}, \
              [(base) + SHEET_IN_WORDS] = {"words", IN_WORDS, MSG_SHEET_WHY, SHEET_WORDS_MAX},      \
              [(base) + SHEET_IN_RULE] = {"rule", IN_CODE, MSG_SHEET_COL_RULE, 60},                 \
              [(base) + SHEET_IN_PLACE] = {"place", IN_CODE, MSG_SHEET_COL_WHAT, 80},               \
              [(base) + SHEET_IN_STEP] = {"step", IN_NUMBER, MSG_ACT_STEP},                         \
              [(base) + SHEET_IN_SEEN] = {"seen", IN_CODE, MSG_SHEET_SAYS, DIGEST_HEX}
#define SHEET_INPUTS(base) SHEET_INPUTS_OF(base, sheet_dos)
/* Before any step of a form: whether the page it stood on is still so. */
err sheet_form_holds(struct ctx *c, const struct sheet_view *v, const struct given *in);
/* Takes the step that a form asks for, but approving; `in` at its base. */
err sheet_do(struct ctx *c, struct sheet_view *io, const struct given *in);

extern const char *const sheet_dos[];
enum {
    SHEET_DO_SUBMIT,
    SHEET_DO_VERIFY,
    SHEET_DO_APPROVE,
    SHEET_DO_RETURN,
    SHEET_DO_LOCK,
    SHEET_DO_UNLOCK,
    SHEET_DO_JUSTIFY,
    SHEET_DOS
};

enum {
    SHEETS_INPUTS_N = 1,
    SHEET_EVENT_INPUTS_N = 2 + SHEET_IN_N,
    SHEET_QUARTER_INPUTS_N = 3 + SHEET_IN_N,
    SHEET_ACTIVITY_INPUTS_N = 22 + SHEET_IN_N,
    TOGETHER_INPUTS_N = 4
};
extern const struct input sheet_event_inputs[SHEET_EVENT_INPUTS_N];
extern const struct input sheet_quarter_inputs[SHEET_QUARTER_INPUTS_N];
extern const struct input together_inputs[TOGETHER_INPUTS_N];
err show_event_sheet(struct web *w);
err write_event_sheet(struct ctx *c, const struct given *in, struct receipt *out);
err answer_event_sheet(struct web *w);
err show_quarter(struct web *w);
err prepare_quarter(struct web *w);
err write_quarter(struct ctx *c, const struct given *in, struct receipt *out);
err answer_quarter(struct web *w);
extern const struct input sheet_activity_inputs[SHEET_ACTIVITY_INPUTS_N];
err show_activity(struct web *w);
err write_activity(struct ctx *c, const struct given *in, struct receipt *out);
err answer_activity(struct web *w);
/* On the page of a plan's line: its sheets, and those that can be begun. */
err activity_aside(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                   bool *out_some);
err show_together(struct web *w);
err prepare_together(struct web *w);
err write_together(struct ctx *c, const struct given *in, struct receipt *out);
err answer_together(struct web *w);

#endif
