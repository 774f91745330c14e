/* shrink.h: a picture made smaller row by row: each pixel of the result is the mean of the area it stands
 * for.
 *
 * Rows of RGB go in from the top; the result is complete with the last. Never larger than what goes in.
 */
#ifndef SUNWAI_SHRINK_H
#define SUNWAI_SHRINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct picture {
    uint32_t wide, high;
    uint8_t *rgb; /* 3 * wide * high; mem_free() */
};

struct shrink;
struct shrink *shrink_begin(uint32_t wide, uint32_t high, uint32_t side_max);
void shrink_row(struct shrink *s, const uint8_t *rgb);
struct picture shrink_end(struct shrink *s); /* frees s */

/* The same of a whole picture. */
struct picture picture_shrink(const struct picture *p, uint32_t side_max);
/* As EXIF's orientation 1 to 8 says; takes io over. */
struct picture picture_turn(struct picture io, int orientation);

#endif
