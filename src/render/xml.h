/* xml.h: XML written as it comes, into a buf, with every text escaped (XML 1.0).
 *
 * An element is begun, gets its attributes, then either text or further elements, and is ended. What XML
 * cannot hold (control characters, bytes that are not UTF-8) comes out as U+FFFD, so that the result is
 * always well-formed. Names are literals of the program. Nesting deeper than XML_DEPTH, an attribute behind
 * content and an end too many abort: they are mistakes of the program. A full buf is asked for once at the
 * end, as with every buf.
 */
#ifndef SUNWAI_XML_H
#define SUNWAI_XML_H

#include "buf.h"

enum { XML_DEPTH = 16 };

struct xml {
    struct buf *out;
    unsigned depth;
    str names[XML_DEPTH];
    bool tag_open; /* attributes may still come */
    bool in_text;  /* the innermost element holds text: its end stands on the same line */
};

struct xml xml_to(struct buf *out); /* with the declaration */
void xml_begin(struct xml *x, str name);
void xml_attr(struct xml *x, str name, str value);
void xml_attr_i64(struct xml *x, str name, int64_t value);
void xml_attr_day(struct xml *x, str name, int64_t day); /* yyyymmdd as an ISO date */
void xml_attr_time(struct xml *x, str name, int64_t ms); /* UTC, ISO 8601 to the second */
void xml_text(struct xml *x, str text);
void xml_end(struct xml *x);
/* An element of text alone, and an empty one with one attribute. */
void xml_leaf(struct xml *x, str name, str text);
void xml_mark(struct xml *x, str name, str attribute, str value);

#endif
