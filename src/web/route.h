/* route.h: one row for each address. From the rows come dispatch, 405, CSRF, `sunwai routes`, OpenAPI and the
 * cells of the access matrix.
 *
 * A handler never sees a raw string: each input is declared with its type and bound, and arrives checked in
 * w->in[] under its index. Form fields, query parameters, path parts ({ref}) and JSON members (nested ones
 * with a dot: "complainant.sex") are the same thing under the same name.
 *
 * GET: `show` writes the answer from the thread's read-only connection. With `seen`, a write job notes before
 * that who sees it; when nothing can be written the page is shown all the same.
 * POST without `write`: a step of a form: `show` writes the next page. Nothing is stored.
 * POST with `write`: inputs are checked; when one is wrong `show` writes the form again (422) with the faults
 * and everything typed (on the API: problem+json, no `show` needed). Then `prepare` (slow work, in the
 * pool unless ROUTE_BRISK), then the write job, which may run more than once; when that fails `show` again,
 * w->step set, with everything typed and the words of w->fail: INVALID, CONFLICT, BUSY, LIMIT, IO, UNCERTAIN.
 * (DENIED, NOT_FOUND and BUG are problem pages.) prepare may change w->in: a password's hash in place of the
 * password. After the commit `answer` writes the answer from w->receipt, which is also what a replay of the
 * same idempotency key gets.
 *
 * An input that is missing on a GET page is no fault, `required` or not: that page asks for it. On the API
 * and on POST it is. A path part that is wrong makes the address unknown (404).
 */
#ifndef SUNWAI_ROUTE_H
#define SUNWAI_ROUTE_H

#include "audit.h"
#include "caseref.h"
#include "cnic.h"
#include "http.h"
#include "page.h"
#include "permission.h"
#include "phone.h"
#include "sniff.h"
#include "store.h"

enum input_type {
    IN_LINE,   /* one line of text */
    IN_WORDS,  /* several lines */
    IN_LIST,   /* several short texts: one in a line, a name sent several times, or an array; n: how many */
    IN_PHONE,  /* any format; as.phone */
    IN_CNIC,   /* any format; as.cnic */
    IN_REF,    /* reference of a case, check digit verified; as.ref */
    IN_PIN,    /* six digits of any set */
    IN_CODE,   /* A-Z a-z 0-9 . _ - : codes, user names, tokens */
    IN_CHOICE, /* one of `choices`; n is its index */
    IN_NUMBER, /* n, between 0 and max */
    IN_DAY,    /* yyyy-mm-dd; n is yyyymmdd */
    IN_FLAG,   /* a ticked box, or true/false; n is 0 or 1 */
    IN_SECRET, /* a password: not trimmed, never given back */
    IN_CURSOR, /* where a list goes on: sealed by web_cursor(), for web_cursor_keys() */
    IN_SIGNED, /* a token of web_sign() for the purpose that the input's name says; text is what was signed */
    IN_FILES /* files of a form sent as multipart/form-data: known by their content, their names thrown away;
                `takes` says which, max how many. Its route has a `prepare`, and may be sent
                FILES_BYTES_MAX instead of 1 MiB. A browser does not keep them when the form is given back:
                that is said beside the field */
};

enum {
    FILES_MAX = 5,
    FILES_PHOTO_MAX = 12 << 20,
    FILES_VOICE_MAX = 4 << 20,
    FILES_PDF_MAX = 10 << 20,
    FILES_TABLE_MAX = 8 << 20,
    FILES_BYTES_MAX = 33 << 20 /* all files of a form together, and its text */
};
#define FILES_TAKE(kind) (1u << FILE_##kind)

struct file {
    enum file_kind kind; /* photo, voice, PDF or table, by its content; any text is taken for a table */
    enum sniffed is;
    str bytes; /* borrowed from the request: gone with it */
};

struct input {
    const char *name;
    enum input_type type;
    enum msg label; /* what the person knows it as; used in "… is needed" */
    uint32_t max; /* characters (the largest number; how many texts of a list, or files); 0: 200, words 3000,
                     code 500, number 999999999, list 30, files FILES_MAX */
    bool required;
    enum msg missing;           /* said when it is required and missing; MSG_NONE: the general words */
    const char *const *choices; /* IN_CHOICE: NULL-terminated */
    unsigned takes;             /* IN_FILES: FILES_TAKE(PHOTO) | FILES_TAKE(VOICE) | …PDF, TABLE */
};

struct given {
    bool given; /* something was sent, and it is right */
    str raw;    /* as sent, cleaned for giving back; never for rules */
    str text;   /* checked, trimmed, NFC */
    int64_t n;
    union {
        phone phone;
        cnic cnic;
        case_ref ref;
    } as;
    const struct file *files; /* IN_FILES: n of them */
    const void *taken;        /* … and what prepare made of them */
    str fault;                /* what is wrong with it in the person's language; empty: nothing */
};

/* What a write leaves behind for its answer and for replays: no secrets, at most 500 bytes of text each. */
struct receipt {
    str ref;    /* reference of the case, ten digits */
    str status; /* identifier */
    int64_t due_ms;
    str note; /* whatever else the route's answer needs */
};

struct web;
typedef err (*web_fn)(struct web *w);
typedef err (*write_fn)(struct ctx *c, const struct given *in, struct receipt *out);
/* Fills in home and subject of the audit row of a look; NOT_FOUND: there is nothing she could look at. */
typedef err (*look_fn)(struct ctx *c, const struct given *in, struct audit_entry *io);
/* What a page shows counts as seen by whoever opens it. `unseen` asks on the reader whether there is
 * something to note, so that a page which was seen before costs no write; `note` writes it, in a write job,
 * before the page is shown: what is on the page is never older than what was noted. */
struct seen_fns {
    bool (*unseen)(struct ctx *c, const struct given *in);
    err (*note)(struct ctx *c, const struct given *in);
};

enum route_flag {
    ROUTE_API = 1,      /* JSON in and out; bearer token; problem+json; no CSRF */
    ROUTE_FORM = 2,     /* public form: signed token instead of a session's */
    ROUTE_IDENTITY = 4, /* shows identity: a look is audited before the first byte (see web.h) */
    ROUTE_TAKEN = 512, /* a file or sheet of many cases leaves the house: recorded before its first byte, else
                          it is not given */
    ROUTE_SLOW = 8,    /* show runs in the pool */
    ROUTE_STATIC = 16, /* cacheable, no cookie looked at */
    ROUTE_BACK = 64,   /* a step of a public form: the browser may keep it, so that "back" finds it again */
    ROUTE_SMALL = 256, /* its write is small, and goes on when the disk is full: a sign-in, a PIN */
    ROUTE_MICROPHONE = 1024, /* its page records voice: everywhere else the browser is told that none does */
    ROUTE_PLAIN = 128,       /* shown on the plain port too: needed before a certificate is trusted */
    ROUTE_AGAIN = 2048,  /* a page that is the same for the same question while nothing is written: it is kept
                            and sent again (again.h). Its show sees no header, cookie or address, for none is
                            in the key; and what shows identity is not kept, whatever stands here */
    ROUTE_DEVICE = 4096, /* its first input is the cookie of an enrolled device (web_set_cookie "device") and
                            never what was sent under that name: also where no session is looked at */
    ROUTE_BRISK = 8192,  /* without files its prepare only looks things up: at once, not in the pool */
    ROUTE_NO_REPLAY = 32 /* what the write finds out must be found out anew each time: a PIN that was right */
};

struct route {
    enum http_method method;
    const char *pattern; /* "/case/{ref}" */
    enum permission permission;
    unsigned flags;
    const struct input *inputs;
    size_t inputs_n;
    web_fn show;
    web_fn prepare;
    write_fn write;
    web_fn answer;
    look_fn look; /* ROUTE_IDENTITY: whose identity it is */
    const struct seen_fns *seen;
    const char *const *returns; /* API: members of the answer, "due:string?", "cases:array" and what one of
                                   them holds, "cases.ref:string"; NULL-terminated */
    enum msg doc;               /* one sentence for OpenAPI and `sunwai routes` */
};

#define INPUTS(array) .inputs = (array), .inputs_n = sizeof(array) / sizeof((array)[0])

#endif
