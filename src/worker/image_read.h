/* image_read.h: each format that is read, into a picture of at most a side; and the one that is written.
 * WHY_TOO_BIG: above PIXELS_MAX as it declares itself, before anything is unpacked. WHY_BROKEN: malformed, or
 * cut off. On failure out->rgb is NULL or to be freed. */
#ifndef SUNWAI_IMAGE_READ_H
#define SUNWAI_IMAGE_READ_H

#include "buf.h"
#include "shrink.h"
#include "wire.h"

bool image_fits(uint64_t wide, uint64_t high);
enum wire_why jpeg_read(str input, uint32_t side_max, struct picture *out);
enum wire_why png_read(str input, uint32_t side_max, struct picture *out);
enum wire_why webp_read(str input, uint32_t side_max, struct picture *out);
bool jpeg_write(const struct picture *p, int quality, struct buf *out);

#endif
