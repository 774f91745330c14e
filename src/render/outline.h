/* outline.h: outlines of districts for a map, by P-code.
 *
 * map/pakistan.txt: one in a line, parted by tabs: code ("-": of no district that there is today), the box
 * around it (left, top, right, bottom), where a number stands (x, y), and its path as SVG writes it. Units
 * are about a kilometre; y grows to the south. Boundaries are indicative. map/README.md says where they come
 * from.
 */
#ifndef SUNWAI_OUTLINE_H
#define SUNWAI_OUTLINE_H

#include "str.h"

struct outline {
    str code;
    int64_t left, top, right, bottom;
    int64_t x, y;
    str path;
};
/* In the order of the file; made at the first call. Any thread. */
const struct outline *outline_all(size_t *out_n);
const struct outline *outline_find(str code); /* NULL: none is known */

#endif
