/* packing.h: numbers and bytes of a model on their way through the socket: little-endian, one behind another.
 *
 * What is taken apart is borrowed from what came; once anything did not fit it is `bad` for good and gives
 * nothing more, so that whoever takes apart asks once at the end.
 */
#ifndef SUNWAI_PACKING_H
#define SUNWAI_PACKING_H

#include "buf.h"

struct unpacking {
    str left;
    bool bad;
};

void pack_number(struct buf *out, uint64_t v, size_t bytes);
str unpack_bytes(struct unpacking *u, size_t n);
uint64_t unpack_number(struct unpacking *u, size_t bytes); /* at most 8 */

/* Words for a document: UTF-8 without any control but the end of a line, which a PDF or an XML file could not
 * carry; at most so many bytes. */
bool pack_text_fine(str text, size_t most);
bool pack_lang_fine(str lang, size_t most); /* letters a to z, at least one */

#endif
