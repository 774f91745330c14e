/* json.h: JSON written as it comes, into a buf, with every text escaped (RFC 8259).
 *
 * Commas are put by the writer. Text that is not UTF-8 comes out with U+FFFD in place of the bad bytes, so
 * that the result is always valid; `<`, `>`, `&` and U+2028/9 are escaped too, so that it may stand in a
 * page. Nesting deeper than JSON_DEPTH, a value without its key and an end too many abort: they are mistakes
 * of the program. A full buf is asked for once at the end, as with every buf.
 */
#ifndef SUNWAI_JSON_H
#define SUNWAI_JSON_H

#include "buf.h"

enum { JSON_DEPTH = 32 };

struct json {
    struct buf *out;
    unsigned depth;
    bool keyed;               /* a key was written, its value is due */
    char closing[JSON_DEPTH]; /* '}' or ']' of each level */
    bool started[JSON_DEPTH]; /* a level that has a member already */
};

struct json json_to(struct buf *out);
void json_object_begin(struct json *j);
void json_array_begin(struct json *j);
void json_end(struct json *j); /* of the innermost object or array */
void json_key(struct json *j, str key);
void json_text(struct json *j, str text); /* STR_NONE is null */
void json_i64(struct json *j, int64_t v);
void json_flag(struct json *j, bool v);
void json_nothing(struct json *j); /* null */
/* Key and value at once. */
void json_member(struct json *j, str key, str text);
void json_member_i64(struct json *j, str key, int64_t v);
void json_member_flag(struct json *j, str key, bool v);

#endif
