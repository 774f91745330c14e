/* page.h: a page being written, and the models of the parts that every page is made of.
 *
 * Templates (*.html) become functions that take a struct page first: `void case_show(struct page *p, const
 * struct case_show *m)`. They write escaped HTML into p->out in p->lang. Nothing here knows HTTP, sessions or the
 * database: the web floor fills in what the layout shows.
 */
#ifndef SUNWAI_PAGE_H
#define SUNWAI_PAGE_H

#include "arena.h"
#include "buf.h"
#include "msg.h"

struct url { /* a checked local path with its query, or tel:/https: from data; the only thing href takes */
    str s;
};
struct html { /* already escaped; made by templates only */
    str s;
};

/* One thing that is wrong with what was sent: the summary on top links to the field. */
struct page_fault {
    str field; /* id of the input; empty when about the whole */
    str text;  /* in the page's language, same words beside the field */
};

struct page_link {
    struct url to;
    str text;
    bool here; /* the page we are on */
};

struct page {
    struct buf *out;
    struct arena *arena;
    enum lang lang;
    str title;                   /* of the page, in its language; the layout adds the system's name */
    str path;                    /* this page's path and query, for the language links */
    str form_id;                 /* id of the page's main form, when switching language must carry what was typed */
    str form_token;              /* hidden in every form: proves that the form came from here */
    str idem_key;                /* hidden in every form: the same form sent twice is one write */
    const struct page_fault *faults;
    size_t faults_n;
    bool demo;                   /* this is a demonstration: said on every page */
    bool staff;                  /* signed in: staff navigation instead of the public one */
    str user_name;
    str user_office;
    const struct page_link *nav; /* staff navigation */
    size_t nav_n;
    str helpline;                /* shown in the same place on every page */
    struct url back;             /* empty: no back link */
};

/* ---- parts: models for the templates in this folder (field.html, table.html, timeline.html) ---- */

struct choice_view {
    str value;
    str text;
    str hint;
    str icon; /* id in the sprite; empty: none */
    bool chosen;
};

struct field_view {
    str name;      /* of the input; also its id */
    str label;
    str hint;      /* empty: none */
    str value;     /* what was typed, given back as it was */
    str fault;     /* empty: nothing wrong */
    str type;      /* text, tel, password, date, search; default text */
    str inputmode; /* numeric, tel, …; empty: none */
    str complete;  /* autocomplete token; empty: off */
    str dir;       /* "ltr" for numbers, "auto" for words; empty: inherits */
    bool optional; /* says so behind the label */
    int64_t rows;  /* textarea: lines */
    const struct choice_view *choices; /* radios, select */
    size_t choices_n;
};

struct fact_view { /* a row of a summary list */
    str name;
    str value;
    str dir;          /* "auto" for what a person wrote, "ltr" for numbers */
    struct url change; /* empty: none */
};

struct event_view { /* a row of a timeline */
    str when;
    str what;
    str who;   /* office or role, never a person's name on a public page */
    str words; /* what was said; dir=auto */
};

/* ---- what generated templates call; escaping is chosen by type, place by function ---- */
void put_raw(struct page *p, str markup);                 /* the template's own markup only */
void put_text(struct page *p, str s);                     /* escaped for text and quoted attributes */
void put_html(struct page *p, struct html h);
void put_url(struct page *p, struct url u);
void put_number(struct page *p, int64_t v);               /* in text: grouped, in the digits of the language */
void put_plain_number(struct page *p, int64_t v);         /* in attributes: ASCII */
/* A message in text: wrapped in <span lang dir> when it had to fall back to another language. */
void put_msg(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);
void put_msg_attr(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);

/* A message as text in the page's language, for models. */
str page_msg(const struct page *p, enum msg id);
str page_msg_args(const struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);

/* A local address: starts with '/', parts joined as they are, arguments percent-encoded by url_with(). */
struct url url_local(struct arena *a, str path);
struct url url_with(struct arena *a, struct url u, str name, str value); /* adds ?name=value or &name=value */

#endif
