/* document_feature.h: what the program knows of this feature, and the one way to make a document: for pages,
 * kept files and the command.
 *
 * A document is a list of parts, each one table of figures with its notes. The same rows go into every form:
 * what people read (page, PDF, DOCX) has words and leaves codes out, what machines read (CSV, JSON, XLSX) has
 * codes, numbers and keys that never change with the language.
 */
#ifndef SUNWAI_DOCUMENT_FEATURE_H
#define SUNWAI_DOCUMENT_FEATURE_H

#include "document.h"
#include "document_figures.h"
#include "document_pages.h"
#include "document_story.h"
#include "report_feature.h"

enum document_kind { DOCUMENT_ACHIEVEMENT, DOCUMENT_ANNUAL, DOCUMENT_KINDS };
extern const str document_names[DOCUMENT_KINDS]; /* "achievement", "annual" */
enum msg document_title(enum document_kind kind);
bool document_kind_of(str name, enum document_kind *out);

enum { DOCUMENT_PARTS_MAX = 24, DOCUMENT_NOTES = 8, DOCUMENT_YEARS = 30, DOCUMENT_ARENA = 192 << 20 };

/* Where a column, or a part, stands. */
enum { IN_PEOPLE = 1, IN_DATA = 2, IN_BOTH = 3 };
struct document_column {
    str key;
    enum msg label;
    enum column_type type;
    unsigned in;
};
struct document_part {
    str key;
    enum msg title;
    unsigned in;
    const struct document_column *columns;
    size_t columns_n;
    struct cell *cells; /* row by row */
    size_t rows_n, room;
    size_t sums_n; /* so many last rows are sums */
    str notes[DOCUMENT_NOTES];
    size_t notes_n;
    bool marked; /* a row of it is of the time before */
    bool dashed; /* a figure of it is not known: nobody approved it */
};

struct document_ask {
    enum document_kind kind;
    struct period period;
    str unit; /* empty: all in reach */
    enum document_open open;
    int64_t since_ms; /* changes since then; 0: all that there were */
};
enum document_standing { DOCUMENT_APPROVED, DOCUMENT_PARTLY, DOCUMENT_PROVISIONAL };

extern const str document_standings[]; /* "approved", "partly", "provisional" */
struct document_made {
    struct document_ask ask;
    struct document_figures figures;
    enum document_standing standing;
    int64_t owed, approved; /* quarters of districts: what was to be approved of the period, and was */
    str title, place, span; /* in words */
    str standing_words;
    str handed; /* that some of it is illustrative, in words; empty: nothing is */
    str hash;   /* 64 digits; empty: nothing is approved */
    struct document_part parts[DOCUMENT_PARTS_MAX];
    size_t parts_n;
    struct document_story story;
    struct q_kept_quarter_list *quarters; /* the approved ones it stands on */
    size_t quarters_n;
};

/* In c->lang, in c->arena, which should be of DOCUMENT_ARENA. INVALID: the period is not one of whole months;
 * NOT_FOUND: the unit is none of hers. */
err document_make(struct ctx *c, const struct document_ask *ask, struct document_made *out);
/* NULL: it has none of that name. */
const struct document_part *document_part_of(const struct document_made *m, str key);

/* ---- into files ---- */

/* A part as a table, for people or for machines. */
err document_table(const struct document_part *p, unsigned in, enum lang lang, struct arena *a,
                   struct table *out);
/* In any form, appended to *out; those of the worker as work_do() says. */
err document_bytes(struct ctx *c, const struct document_made *m, enum document_form form, struct buf *out);
err document_json(struct ctx *c, const struct document_made *m, struct buf *out);
err document_csv(struct ctx *c, const struct document_made *m, struct buf *out);
err document_as_book(struct ctx *c, const struct document_made *m, struct book_draft *d,
                     const struct book **out);
err document_as_paper(struct ctx *c, const struct document_made *m, struct paper_draft *d,
                      const struct paper **out);

/* ---- between its files ---- */

/* One more row of cells that say nothing yet; NULL when the arena is full. */
struct cell *document_row(struct document_part *p, struct arena *a);
struct cell document_words(str text);
struct cell document_number(int64_t n);
struct cell document_percent(int64_t num, int64_t den);
/* Of what an earlier programme reported as resolved: empty where nobody ever reported any, which is no share
 * of nought. */
struct cell document_reported_share(int64_t num, int64_t den);
void document_note(struct ctx *c, struct document_part *p, enum msg text, int64_t n);
/* That figures of this indicator are handed down, where they are. */
void document_note_handed(struct ctx *c, const struct document_made *m, struct document_part *p,
                          str indicator);
str document_msg(struct ctx *c, enum msg text, const struct msg_arg *args, size_t args_n);
/* Says of a cell that its row has figures of the time before in it; the note that explains it stands once. */
void document_mark(struct ctx *c, struct document_part *p, struct cell *cell);
/* A figure that nobody approved: a dash for people, nothing for machines; what it means is noted once. */
struct cell document_unknown(struct ctx *c, struct document_part *p);
/* Nobody's number stands on a roster of those who came: different people were not counted, and are not none.
 */
err document_persons_uncounted(const struct document_figures *f, const struct indicator *i,
                               const struct document_place *at, const struct figure_pick *pick, int64_t num,
                               bool *out);
/* A code's words by the message of that name, else the code. */
str document_word(struct ctx *c, str prefix, str code);
str document_isolate(struct ctx *c, str s);
/* Where a number leads on a page: an indicator of a place and a period. */
struct url document_url(struct ctx *c, str indicator, struct period p, str unit);

/* The planning years of which there are figures, within the period. */
size_t document_planning_years(const struct document_made *m, struct period out[DOCUMENT_YEARS]);

/* One line of what changed. */
struct document_change {
    str place, unit, what, indicator, period, before, now, why;
    struct url to;
    int64_t when_ms;
};
err document_change_put(struct ctx *c, struct document_part *io, const struct document_change *change);
/* Plans of which a version was approved since. */
err document_plan_changes(struct ctx *c, struct document_made *m, struct document_part *io);

/* What people wrote and said. */
err document_story_read(struct ctx *c, const struct document_ask *ask, const struct document_figures *f,
                        struct document_story *out);
void document_story_put(struct ctx *c, const struct document_made *m, struct paper_draft *d);
void document_story_json(const struct document_made *m, struct json *j);
/* Names and pictures of those who agreed to theirs being printed: written down in a write job, then read
 * (quote.h). */
err document_names_look(struct ctx *c, const struct document_made *m, str code);
err document_names_read(struct ctx *c, struct document_made *m);
/* In the write job that keeps it. */
err document_quotes_hold(struct ctx *c, const struct document_made *m, str code);

typedef err (*document_part_fn)(struct ctx *c, struct document_made *m, struct document_part *io);
err document_attendance(struct ctx *c, struct document_made *m, struct document_part *io);
err document_districts(struct ctx *c, struct document_made *m, struct document_part *io);
err document_roles(struct ctx *c, struct document_made *m, struct document_part *io);
err document_years(struct ctx *c, struct document_made *m, struct document_part *io);
err document_desks(struct ctx *c, struct document_made *m, struct document_part *io);
err document_funnel(struct ctx *c, struct document_made *m, struct document_part *io);
err document_pending(struct ctx *c, struct document_made *m, struct document_part *io);
err document_services_short(struct ctx *c, const struct document_part *of, struct document_part *out);
err document_services(struct ctx *c, struct document_made *m, struct document_part *io);
err document_indicators(struct ctx *c, struct document_made *m, struct document_part *io);
err document_tidy(struct ctx *c, struct document_made *m, struct document_part *io);
/* Nothing, unless it is of one district that was made of others or became others. */
err document_before(struct ctx *c, struct document_made *m, struct document_part *io);
err document_targets(struct ctx *c, struct document_made *m, struct document_part *io);
err document_activities(struct ctx *c, struct document_made *m, struct document_part *io);
err document_markers(struct ctx *c, struct document_made *m, struct document_part *io);
err document_quality(struct ctx *c, struct document_made *m, struct document_part *io);
err document_warnings(struct ctx *c, struct document_made *m, struct document_part *io);
err document_changes(struct ctx *c, struct document_made *m, struct document_part *io);
err document_evidence(struct ctx *c, struct document_made *m, struct document_part *io);
err document_files_shown(struct ctx *c, struct document_made *m, struct document_part *io);
err document_quarters(struct ctx *c, struct document_made *m, struct document_part *io);

#endif
