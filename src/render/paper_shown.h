/* paper_shown.h: what paper.html shows: the pieces of a paper in blocks. */
#ifndef SUNWAI_PAPER_SHOWN_H
#define SUNWAI_PAPER_SHOWN_H

#include "paper.h"

struct paper_block {
    enum paper_kind kind;
    const struct paper_words *words; /* of its first piece: the heads of a table */
    size_t words_n;
    const struct paper_piece *pieces; /* facts, or the rows of a table */
    size_t pieces_n;
    str qr_path;
    int64_t qr_size;
};

struct paper_shown {
    const struct paper *paper;
    struct paper_ways ways;
    const struct paper_block *blocks;
    size_t blocks_n;
};

str paper_dir(const struct paper_words *w);   /* "rtl", "ltr", "auto" */
str paper_class(const struct paper_words *w); /* "led", "end", "strong" or none */

#endif
