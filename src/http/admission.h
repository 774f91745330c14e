/* admission.h: which request heads may come in at all. A pure function over the parsed head.
 *
 * What could mean two things to two programs is refused before any route is looked at (RFC 9110, RFC 9112;
 * request smuggling lives on such heads). The answers are those of nginx where it has one; we are stricter in
 * what nginx repairs or passes over: bare LF, a header name that is no token, control bytes, "." and ".."
 * segments, an encoded slash, a path that is not UTF-8. tests/web/probes.tsv has both, probe by probe.
 */
#ifndef SUNWAI_ADMISSION_H
#define SUNWAI_ADMISSION_H

#include "arena.h"
#include "http.h"

enum { HEAD_FIELDS_MAX = 100, HEAD_BYTES_MAX = 16384, HEAD_FIELD_MAX = 8192, HEAD_TARGET_MAX = 8192 };

struct head_field {
    str name, value; /* value without white space before it */
};

struct head {
    str method, target, version; /* of the request line, as sent */
    const struct head_field *fields;
    size_t fields_n; /* above HEAD_FIELDS_MAX only the number is looked at */
    size_t bytes;    /* of the whole head */
    bool altered;    /* the parser below hid or changed bytes: NUL, a folded line, a bare LF */
};

enum { BODY_CHUNKED = -1 };

struct admitted {
    enum http_method method; /* HTTP_GET, HTTP_POST, HTTP_HEAD, HTTP_OTHER, as sent */
    str path, query;         /* as struct http_request promises; path and content_type live in the arena */
    str content_type;
    int64_t length; /* of the body as announced, or BODY_CHUNKED; set for 413 too */
    bool expects;   /* the client waits for 100 Continue; set for 413 too */
};

/* 0 when it may come in, else the status to refuse with: 400, 405, 413, 414, 431, 501, 503 (arena full) or
 * 505. *out is complete only at 0. */
int admit_head(const struct head *h, size_t body_max, struct arena *a, struct admitted *out);

/* RFC 9110 5.6.2 and 5.5: also for the headers of answers. */
bool head_token(str name);
bool head_value(str value);         /* no control byte but TAB */
bool str_eq_caseless(str a, str b); /* ASCII */

#endif
