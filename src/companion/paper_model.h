/* paper_model.h: a printed paper as a list of pieces, and its way through the socket to the worker.
 *
 * Nothing here knows fonts, HTML or XML: the web process builds a paper (render/paper.h), the worker draws
 * it. All texts are borrowed UTF-8, in their logical order; lines of one text stand apart by \n. Each text
 * says in which language it is and which way it runs, so that Urdu and English may stand on one line of a
 * table.
 */
#ifndef SUNWAI_PAPER_MODEL_H
#define SUNWAI_PAPER_MODEL_H

#include "arena.h"
#include "buf.h"
#include "err.h"

enum {
    PAPER_PIECES_MAX = 6000,
    PAPER_WORDS_MAX = 16,  /* texts of one piece: columns of a table */
    PAPER_TEXT_MAX = 4000, /* bytes of one text; an empty one is fine */
    PAPER_LANG_MAX = 3,    /* letters of a language's code */
    PAPER_QR_MAX = 300,    /* bytes in a code */
    PAPER_SERIES_MAX = 4,  /* of a chart: bars to a point, lines */
    PAPER_POINTS_MAX = 60, /* of a chart */
    PAPER_STEPS = 6,       /* how the areas of a map are filled: 0 to PAPER_STEPS - 1 */
    PAPER_AREAS_MAX = 400,
    PAPER_PICTURES_MAX = 12,
    PAPER_PICTURE_MAX = 60 << 10, /* bytes of one */
    PAPER_LETTERS_MIN = 7,        /* points */
    PAPER_LETTERS_MAX = 40,
    PAPER_BYTES_MAX = (1 << 20) + PAPER_PICTURES_MAX * PAPER_PICTURE_MAX /* of a packed paper */
};

#define PAPER_AMOUNT_MAX 999999999999999 /* as long as a bar of a chart may be */

enum paper_kind {
    PAPER_HEADING = 1, /* one text */
    PAPER_TEXT,        /* one: a paragraph */
    PAPER_NOTE,        /* one, in small letters */
    PAPER_FACT,        /* two: name and value; facts that follow each other are one list */
    PAPER_TABLE,       /* the heads of a table: a text for each column; rows follow */
    PAPER_ROW,         /* as many texts as its table has columns */
    PAPER_SIGN,        /* one to three: what stands below lines to sign on, beside each other */
    PAPER_BREAK,       /* none: what follows begins on a new sheet */
    PAPER_QR,          /* two: what the code says (ASCII), and the words beside it */
    /* Charts: title, what the top of the scale says, how much that is (digits), a name for each series;
     * points follow. Bars of a point below each other, bars one behind another, lines over the points, bars
     * about a middle. */
    PAPER_BARS,
    PAPER_STACKS,
    PAPER_LINES,
    PAPER_FUNNEL,
    PAPER_POINT, /* its label, then for each series what it says, and how much that is: digits, not above the
                  * top (of PAPER_STACKS: all together); empty: nothing is known */
    /* A map: title, its box as "left top right bottom", a word for each step; areas follow. */
    PAPER_MAP,
    PAPER_AREA,    /* its name; what stands on it, may be empty; its step, empty: the ground around; where it
                    * stands as "x y"; its outline as an SVG path of M m L l H h V v Z z and whole numbers */
    PAPER_PICTURE, /* two: what is to be seen on it, for who does not see it; which of paper.pictures: digits
                    */
    PAPER_KINDS
};

/* Of a text. */
enum {
    PAPER_RTL = 1,     /* it runs from the right */
    PAPER_AUTO = 2,    /* which way it runs, its own first letter says: what a person wrote */
    PAPER_STRONG = 4,  /* bold */
    PAPER_FIRST = 8,   /* its first line is bold: the name of a thing above what is said of it */
    PAPER_NUMBER = 16, /* a figure: at the end of its cell */
    PAPER_FLAGS = 31
};

struct paper_words {
    str text;
    str lang;      /* "ur": one to PAPER_LANG_MAX letters a to z */
    uint8_t flags; /* PAPER_RTL … */
    uint8_t share; /* of a table's head: how wide its column is beside the others; 0: as 1 */
};

struct paper_piece {
    enum paper_kind kind;
    const struct paper_words *words;
    size_t words_n;
};

enum paper_size { PAPER_A4, PAPER_A4_WIDE, PAPER_A3, PAPER_A3_WIDE, PAPER_SIZES };

struct paper {
    enum paper_size size;
    uint8_t letters;          /* points of plain text */
    struct paper_words title; /* its language and direction are those of the whole */
    struct paper_words above; /* who issues it, above the title; may be empty */
    struct paper_words foot;  /* at the foot of every sheet, beside its number; may be empty */
    const struct paper_piece *pieces;
    size_t pieces_n;
    const str *pictures; /* JPEGs as the worker made them: at most PAPER_PICTURES_MAX */
    size_t pictures_n;
};

/* Of a PAPER_PICTURE of a fine paper: its bytes. */
str paper_picture_of(const struct paper *p, const struct paper_piece *piece);

/* How many pieces of a list, a table, a chart or a map stand together from there on: at least one. */
size_t paper_together(const struct paper *p, size_t from);
bool paper_is_chart(enum paper_kind kind);
/* Of a fine paper: the amount of a point's series; false: nothing is known. And of the top of its scale. */
bool paper_amount(const struct paper_piece *point, size_t series, int64_t *out);
int64_t paper_top(const struct paper_piece *chart);
/* A chart or a map in words, for who does not see it: "Q1: women 5, men 7; Q2: women 9". As much as fits. */
void paper_drawn_words(const struct paper *p, size_t from, struct buf *out);
/* Where the words of a piece begin that are not said once: names of series, words of steps, pairs of a
 * point. */
enum { PAPER_SERIES_AT = 3, PAPER_STEPS_AT = 2, PAPER_PAIRS_AT = 1 };
/* Numbers parted by single spaces; false: not exactly so many, or one outside ±PAPER_PLACE_MAX. */
enum { PAPER_PLACE_MAX = 100000 };
bool paper_numbers(str text, int64_t *out, size_t n);

/* Whether a text runs from the right: of PAPER_AUTO its first letter says (PAPER_RTL where it has none). */
bool paper_from_right(const struct paper_words *w);
/* Whether it keeps all that is said above: paper_pack() and paper_unpack() refuse any other. */
bool paper_fine(const struct paper *p);
/* Appended to out; INVALID when it is not fine, LIMIT when it is longer than PAPER_BYTES_MAX or out is. */
err paper_pack(const struct paper *p, struct buf *out);
/* Texts are borrowed from `packed`, lists live in the arena. INVALID for anything that paper_pack() would not
 * have written; LIMIT: the arena is full. */
err paper_unpack(struct arena *a, str packed, struct paper *out);

#endif
