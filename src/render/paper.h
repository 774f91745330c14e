/* paper.h: a paper for people (minutes, a closing sheet, a notice board), made once and given out as a page,
 * a PDF and a DOCX.
 *
 * A draft takes one piece after another, in the order in which they are read. Texts are borrowed until the
 * paper has been given out. A text without another word about it is in the draft's language; paper_in() and
 * paper_said() make others. Tabs and the like become spaces, and what is longer than a text may be is cut,
 * with an ellipsis: nothing that somebody typed keeps the rest from being printed. When another bound of
 * paper_model.h or the arena is reached the draft is full for good, and paper_done() says so once.
 */
#ifndef SUNWAI_PAPER_H
#define SUNWAI_PAPER_H

#include "lang.h"
#include "page.h"
#include "paper_model.h"
#include "table.h"
#include "work.h"

struct paper_draft {
    struct arena *arena;
    enum lang lang;
    struct paper paper;
    struct paper_piece *pieces;
    size_t room;
    str *pictures;
    size_t columns; /* of the table that is open; 0: none */
    bool full;
};

/* letters: points of plain text, 0 for those of a letter. Set d->paper.above and .foot as needed. */
void paper_begin(struct paper_draft *d, struct arena *a, enum lang lang, enum paper_size size,
                 uint8_t letters, str title);

struct paper_words paper_in(enum lang lang, str text); /* words in a language */
struct paper_words paper_said(enum lang lang,
                              str text); /* what a person wrote: its letters say the direction */
struct paper_words paper_figure(enum lang lang, str text); /* a number in a table: at the end of its cell */
struct paper_words paper_strong(struct paper_words w);

/* A text as people typed it, so that it may stand in a paper: cut where it is too long, controls as spaces.
 */
str paper_fitting(struct arena *a, str text);

void paper_heading(struct paper_draft *d, str text);
void paper_text(struct paper_draft *d, struct paper_words w);
void paper_note(struct paper_draft *d, str text);
void paper_fact(struct paper_draft *d, str name, struct paper_words value);
/* A table: heads (with .share for wider columns), then each row with as many cells. */
void paper_table(struct paper_draft *d, const struct paper_words *heads, size_t n);
void paper_row(struct paper_draft *d, const struct paper_words *cells, size_t n);
/* A table of figures as it stands on a page, its last sums_n rows set apart. INVALID: more columns than a
 * piece has words (a workbook takes them all); LIMIT: the arena is full. */
err paper_of_table(struct paper_draft *d, const struct table *t, size_t sums_n);

/* A chart, drawn: in a PDF and on a page in lines, in a DOCX as a picture with its figures in words. It is
 * told apart without colours, and runs from the right where the paper does. Its figures are easier to read in
 * a table: put one beside it. One without points is left out, and what is more than PAPER_POINTS_MAX points.
 */
enum paper_drawn {
    PAPER_SIDE_BY_SIDE, /* a bar for each series, below each other */
    PAPER_STACKED,      /* one bar, the series one behind another: parts of a whole */
    PAPER_OVER_TIME,    /* a line for each series; points are periods */
    PAPER_LESS_AND_LESS /* bars about a middle: what is left at each stage. One series */
};
struct paper_value {
    int64_t n;    /* at least 0 */
    bool nothing; /* nothing is known, or it may not be told */
    str text;     /* what it says ("<5"); empty: the number itself, or nothing */
};
struct paper_chart {
    enum paper_drawn form;
    bool percent; /* values are whole per cent: the scale goes to 100 at least */
    str title;
    const str *series; /* their names, 1 to PAPER_SERIES_MAX */
    size_t series_n;
    const str *points; /* their labels */
    size_t points_n;
    const struct paper_value *values; /* point by point, series_n to each */
};
void paper_chart(struct paper_draft *d, const struct paper_chart *c);
/* Of a table: `label` and `values` are columns (the latter numbers or percentages), the series are called as
 * their heads. Of its first `rows` rows, without sums. */
struct paper_chart_of {
    enum paper_drawn form;
    str title;
    size_t label;
    const size_t *values;
    size_t values_n, rows;
};
err paper_chart_of_table(struct paper_draft *d, const struct table *t, const struct paper_chart_of *of);

/* A map: outlines filled by steps, which `steps` says in words; 0 is "nothing is known". The box is in the
 * units of the outlines; y grows downwards. */
struct paper_map {
    str title;
    int64_t left, top, right, bottom;
    str steps[PAPER_STEPS];
};
struct paper_area {
    str name, text; /* text: what stands on it at x, y */
    int64_t step;   /* below 0: the ground around */
    int64_t x, y;
    str path; /* as SVG writes it: M m L l H h V v Z z, whole numbers; at most PAPER_TEXT_MAX bytes */
};
void paper_map(struct paper_draft *d, const struct paper_map *m, const struct paper_area *areas, size_t n);

/* A figure of districts as a map of those whose outline is known (outline.h), with the ground around them and
 * a note that boundaries are indicative; none when no outline is known. The others stand in a table beside
 * it. */
struct paper_district {
    str code, name; /* its P-code */
    int64_t amount;
    bool nothing; /* nothing is known, or it may not be told */
};
struct paper_districts {
    str title;
    bool percent; /* amounts are whole per cent */
    const struct paper_district *list;
    size_t n;
};
void paper_districts(struct paper_draft *d, const struct paper_districts *of);

void paper_sign(struct paper_draft *d, const str *below, size_t n); /* one to three, beside each other */
void paper_break(struct paper_draft *d);
void paper_qr(struct paper_draft *d, str code, str beside);
/* A JPEG that the worker made small; `alt` says what is to be seen on it. One that is too large, and what is
 * more than PAPER_PICTURES_MAX, is left out: say beside it what it shows. A page has `alt` alone: where a
 * picture may be seen is a matter of its own route. */
void paper_picture(struct paper_draft *d, struct paper_words alt, str jpeg);

/* LIMIT when it did not fit, BUG when it is not as paper_model.h says. */
err paper_done(struct paper_draft *d, const struct paper **out);

/* Where the other forms of a paper are had; an empty one is not offered. */
struct paper_ways {
    struct url pdf, docx;
    struct url other; /* the same on another sheet, or another paper */
    str other_text;
};

/* The whole page, with its frame and the buttons: writes into p->out, sets p->title. */
err paper_html(struct page *p, const struct paper *m, const struct paper_ways *ways);

/* The charts and maps of a paper for a page of another kind, to be shown by paper_drawings() of paper.html.
 */
struct paper_shown;
err paper_shown_of(struct arena *a, const struct paper *m, struct paper_shown *out);

/* As a file, made by the worker: in the pool, as work_do() says, whose errors it has; made[0] is the file.
 * Pages take web_paper() of web_paper.h. */
err paper_pdf(const struct paper *m, struct work_done *out);
err paper_docx(const struct paper *m, struct work_done *out);

#endif
