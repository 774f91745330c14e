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
    PAPER_LETTERS_MIN = 7, /* points */
    PAPER_LETTERS_MAX = 40,
    PAPER_BYTES_MAX = 1 << 20 /* of a packed paper */
};

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
};

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
