/* tplgen.h: what the parts of tplgen hand to each other.
 *
 * A template is walked once, byte by byte, as an HTML parser would walk it (tplgen_html.c): what a value may
 * be depends on where it stands (tplgen_value.c), and a branch must end where its sisters end
 * (tplgen_block.c). Markup is gathered into long runs; each expression is copied behind a #line, so that the
 * C compiler points at the line of the page (tplgen_out.c). The state of the walk (struct html) is a plain
 * value: branches save it, compare it and put it back.
 */
#ifndef SUNWAI_TPLGEN_H
#define SUNWAI_TPLGEN_H

#include "lex.h"

enum { ELEMENTS_MAX = 64, BLOCKS_MAX = 32 };

enum place {
    IN_TEXT, /* between tags */
    IN_TAG,  /* behind a tag's name, between its attributes */
    IN_VALUE /* in a quoted attribute value */
};

enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_STATIC /* no value may stand in it */ };

struct html {
    enum place place;
    str tag;
    bool closing; /* the tag is an end tag */
    enum attr_kind kind;
    char quote;
    bool begun;    /* of a URL: something stands before */
    bool fragment; /* of a URL: behind its # */
    bool whole;    /* of a URL: a url was put, nothing but a fragment may follow */
    bool gap;      /* white space was just written: more of it says nothing */
    str open[ELEMENTS_MAX];
    size_t depth;
};

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR, BLOCK_WRAP };

struct block {
    enum block_kind kind;
    const char *at;
    struct html entry;
    struct html exit; /* of the branches seen so far */
    bool has_exit, has_else;
    str name, args; /* what a wrap calls; the loop variable */
    str rows;       /* what a loop walks */
    size_t pointers_n;
};

struct walk {
    const struct source *src;
    const char *p, *end;
    struct html html;
    struct block blocks[BLOCKS_MAX];
    size_t blocks_n;
    str *pointers; /* names of variables that are pointers: m.x becomes m->x */
    size_t pointers_n;
    str name, params; /* of the template */
    str *names;       /* of all templates of the file */
    size_t names_n;
    bool slotted;
    struct out run; /* markup not yet written out */
    struct out *c, *h;
};

/* ---- the state ---- */
bool in_words(str word, const char *const *words);
str text_lower(str s);
bool html_inside(const struct html *h, const char *tag);
str html_innermost(const struct html *h);
bool html_words_only(const struct html *h); /* an element whose content is words without markup */
/* Why two branches do not end alike; NULL when they do. */
const char *html_differs(const struct html *a, const struct html *b);

/* ---- what is written ---- */
void write_indent(struct walk *w);
void write_run(struct walk *w); /* the markup gathered so far */
/* A statement of the page's own: behind a #line. */
__attribute__((format(printf, 3, 4))) void write_statement(struct walk *w, const char *at, const char *format,
                                                           ...);
void put_markup(struct walk *w, str s);
/* White space: one character, and none behind another; a line end stays one, so that pages can be read. */
void put_gap(struct walk *w, str space);

/* ---- expressions and values ---- */
bool is_pointer(const struct walk *w, str name);
/* Behind the string or character constant that begins at p. */
const char *quoted_end(const struct walk *w, const char *p, const char *end);
/* How far an expression reaches: to the first character of `stops` outside brackets and quotes. NULL: it ends
 * before that. Refuses brackets that do not match. */
const char *expression_end(const struct walk *w, const char *p, const char *end, const char *stops);
/* The C text of an expression on one line: a known pointer's `.` becomes `->`. */
const char *c_of(const struct walk *w, str e);
const char *c_needed(const struct walk *w, const char *at, str e, const char *what); /* refuses none */
void put_value(struct walk *w, const char *at, str e);
void put_url(struct walk *w, const char *at, str e);
/* {t key name=expression …} */
void put_message(struct walk *w, const char *at, str rest);

/* ---- blocks ---- */
struct block *block_now(struct walk *w);
void walk_brace(struct walk *w); /* what begins with { */

/* ---- HTML ---- */
void walk_step(struct walk *w); /* the next piece of the page, whatever it is */

#endif
