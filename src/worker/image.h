/* image.h: a photo made anew: what is shown and nothing else.
 *
 * JPEG, PNG or WebP in; a JPEG of at most PICTURE_SIDE and one of at most SMALL_SIDE out, turned upright as
 * the camera says, on white where it was transparent. Nothing that stood beside the picture (place, time,
 * camera, comments, a thumbnail of before it was cut) is taken along. Rows are shrunk as they come, so that
 * memory does not grow with the picture. In a child of the worker.
 */
#ifndef SUNWAI_IMAGE_H
#define SUNWAI_IMAGE_H

#include "answering.h"

enum { PICTURE_SIDE = 1600, SMALL_SIDE = 240, PIXELS_MAX = 60 * 1000 * 1000 };

/* made[0] the picture, made[1] the small one; a, b: width and height. */
enum wire_why image_work(str input, struct companion_made *out);

#endif
