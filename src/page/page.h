/* page.h: a page being written, and the models of the parts that every page is made of.
 *
 * Templates (*.html) become functions that take a struct page first: `void case_show(struct page *p, const
 * struct case_show *m)`. They write escaped HTML into p->out in p->lang. Nothing here knows HTTP, sessions or
 * the database: the web floor fills in what the layout shows.
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
    bool here;   /* the page we are on */
    bool within; /* we are on a page below it */
};

struct page {
    struct buf *out;
    struct arena *arena;
    enum lang lang;
    str title;      /* of the page, in its language; the layout adds the system's name */
    str path;       /* this page's path and query, for the language links */
    str form_id;    /* id of the page's main form, when switching language must carry what was typed */
    str form_token; /* hidden in every form: proves that the form came from here */
    str idem_key;   /* hidden in every form: the same form sent twice is one write */
    const struct page_fault *faults;
    size_t faults_n;
    str warning; /* about the installation, for whoever administers it; empty: none */
    bool demo;   /* this is a demonstration: said on every page */
    bool staff;  /* signed in: staff navigation instead of the public one */
    str user_name;
    str user_office;
    const struct page_link *nav; /* staff navigation */
    size_t nav_n;
    struct url sign_out; /* where the sign-out form posts to; empty: nobody is signed in */
    str helpline;        /* shown in the same place on every page */
    struct url call;     /* tel: of the helpline; empty: it is shown as words */
    struct url back;     /* empty: no back link */
    const str *prompts;  /* names of recorded prompts, "new.kind.ur.ogg" */
    size_t prompts_n;
    struct url leave; /* a harmless site, for whoever must be gone at once; empty: no such button */
    /* Whether whoever looks at this page may open a local address: asked by page_may(). NULL: all may. */
    bool (*opens)(void *asker, str address);
    void *asker;
    bool script; /* the page has something for app.js (a print button, the way out); errors and staff pages
                  * load it anyway
                  */
};

/* ---- parts: models for the templates in this folder (field.html, table.html, timeline.html) ---- */

struct choice_view {
    str value;
    str text;
    str hint;
    str icon; /* id in the sprite; empty: none */
    str lang; /* of the text, where it had to fall back; empty: the page's */
    bool chosen;
};

struct field_view {
    str name; /* of the input; also its id */
    str label;
    str hint;  /* empty: none */
    str value; /* what was typed, given back as it was */
    str fault; /* empty: nothing wrong */
    str type;  /* text, tel, password, date, search; default text. Of choices: "faces" (three, icon on top),
                  "pair" (two),  "checkbox" (any number of them); default one of them */
    str inputmode; /* numeric, tel, …; empty: none */
    str complete;  /* autocomplete token; empty: off */
    str dir;       /* "ltr" for numbers, "auto" for words; empty: inherits */
    str known;     /* id of a datalist with likely answers; empty: none */
    bool optional; /* says so behind the label */
    bool heading;  /* the label is the page's h1: one question fills the page */
    bool focus;    /* she begins here; never beside faults, which have the focus (field_line) */
    bool several;  /* files: more than one at once */
    bool capture;  /* files: a telephone opens its camera or recorder (HTML Media Capture) */
    str accept;    /* files: media types to choose from; what comes is known by its content */
    int64_t rows;  /* textarea: lines */
    const struct choice_view *choices; /* radios, select */
    size_t choices_n;
};

/* A state: words and a shape. kind is "new", "busy", "wait", "late", "done" or "closed"; it chooses both
 * colour and icon. */
struct chip_view {
    str kind;
    str text;
};

struct step_view { /* of a case, in order */
    str text;
    bool past;
    bool here;
};
struct steps_view {
    const struct step_view *rows;
    size_t rows_n;
};

struct panel_view { /* the big number at the end of a journey; holds the page's h1 */
    str title;
    str ref; /* 412-806-3357 */
    str pin; /* empty: none is shown */
};

struct paper_view {
    struct url to;
    str text;
    bool here;
};
struct slip_view { /* a receipt on paper: nothing on it says what the matter is, or whose */
    str paper;     /* "w58" and "w80" (rolls of 58 and 80 mm) or "a6" */
    str office;
    str ref;
    str pin;     /* empty: none */
    str day;     /* of filing */
    str due;     /* empty: none */
    str qr_path; /* of the code, see qr.h; empty: none */
    int64_t qr_size;
    const struct paper_view *papers; /* other sizes, as links */
    size_t papers_n;
};

struct fact_view { /* a row of a summary list */
    str name;
    str value;
    str dir;           /* "auto" for what a person wrote, "name" for a few words of hers, which stay at the
                          beginning of the line, "ltr" for numbers; empty: inherits */
    struct url change; /* empty: none */
    struct url to;     /* where the value leads: a page, a telephone number to call; empty: nowhere */
};
struct facts_view {
    const struct fact_view *rows;
    size_t rows_n;
};

struct timeline_row { /* a row of a timeline */
    str when;
    str what;
    str who;     /* office or role, never a person's name on a public page */
    str words;   /* what was said; dir=auto */
    str more;    /* one sentence below `what`; empty: none */
    bool undone; /* it was taken back: struck through, and said in words */
};
struct timeline_view { /* newest first: the first row is marked as the present */
    const struct timeline_row *rows;
    size_t rows_n;
};

/* A list. On a phone each row becomes a card, in which the column's name stands beside the value. */
struct column_view {
    str text;
    bool end;        /* numbers: at the end of the line */
    struct url sort; /* empty: not sortable */
    str sorted;      /* "ascending", "descending"; empty: not by this one */
};
struct cell_view {
    str text;
    str dir;       /* "ltr" for numbers and references, "auto" for what a person wrote */
    struct url to; /* empty: no link */
    str chip;      /* kind of a chip (see there); empty: plain words */
    str note;      /* in small letters below; empty: none */
};
struct row_view {
    const struct cell_view *cells; /* as many as the table has columns; the first one names the row */
    size_t cells_n;
};
struct table_view {
    str caption;
    bool caption_shown; /* otherwise for screen readers only, where the heading above says the same */
    const struct column_view *columns;
    size_t columns_n;
    const struct row_view *rows;
    size_t rows_n;
    str empty;       /* said when there is no row */
    struct url more; /* the next page; empty: none */
};

/* What another feature has to say on a page: "directions given about this". */
struct aside_view {
    str title;
    struct table_view table;
};

/* ---- what generated templates call; escaping is chosen by type, place by function ---- */
void put_raw(struct page *p, str markup); /* the template's own markup only */
void put_text(struct page *p, str s);     /* escaped for text and quoted attributes */
void put_html(struct page *p, struct html h);
void put_url(struct page *p, struct url u);
void put_number(struct page *p, int64_t v);       /* in text: grouped, in the digits of the language */
void put_plain_number(struct page *p, int64_t v); /* in attributes: ASCII */
/* A message in text: wrapped in <span lang dir> when it had to fall back to another language; what is filled
 * in stands in <bdi>, or a number like 412-806-3357 would change the order of its groups in an Urdu sentence.
 */
void put_msg(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);
void put_msg_attr(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);

/* Whether a link is shown to whoever looks at this page: nobody is offered a page of this site that her role
 * may not open. Tables, facts and the way back ask it by themselves; other links in templates of pages that
 * several roles see stand in an {if}. Addresses elsewhere (tel:, another site) are never refused. */
bool page_may(const struct page *p, struct url u);

/* A message as text in the page's language, for models. */
str page_msg(const struct page *p, enum msg id);
str page_msg_args(const struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);

/* A number or a foreign word between marks (U+2066, U+2069) that keep the sentence around it from turning it
 * about: for words that are put together before they reach a template. */
str page_isolate(const struct page *p, str s);
/* The same for words whose own first letter says which way they run (U+2068): what a person wrote, names. */
str page_isolate_words(const struct page *p, str s);

/* A local address: starts with '/', parts joined as they are, arguments percent-encoded by url_with(). What
 * would lead elsewhere ("//host"), or holds white space or controls, becomes "/". */
struct url url_local(struct arena *a, str path);
struct url url_with(struct arena *a, struct url u, str name,
                    str value); /* adds ?name=value or &name=value, before a #fragment */

/* Address of an embedded file: /assets/NAME?v=TAG, where the tag changes with the content, so that it may be
 * cached for ever. "/" when there is no such file. */
struct url page_asset(const struct page *p, str name);
/* Where the recorded prompt of a key is, in the page's language; empty: nobody recorded it. */
struct url page_prompt(const struct page *p, str key);
/* Whether a program spoke it: a placeholder, which is said beside it. */
bool page_prompt_machine(const struct page *p, str key);
/* This page in another language: p->path with ?lang=. */
struct url page_in(const struct page *p, enum lang lang);

#endif
