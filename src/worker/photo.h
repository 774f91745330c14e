/* photo.h: a picture of a paper as what draws it takes it.
 *
 * It was made by this program (image.h) and is small; what cannot be read all the same is left out by whoever
 * draws: its words stand beside it.
 */
#ifndef SUNWAI_PHOTO_H
#define SUNWAI_PHOTO_H

#include <cairo.h>

#include "str.h"

/* Its bytes go into a PDF as they are: `jpeg` lives as long as what is drawn. NULL: it cannot be read;
 * else cairo_surface_destroy(). */
cairo_surface_t *photo_open(str jpeg);

/* How large it is drawn, in points: its longer side always the same. */
struct photo_size {
    double wide, high;
};
struct photo_size photo_size(cairo_surface_t *photo);

#endif
