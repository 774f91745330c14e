/* photo.c: read for its dots, and kept with its own bytes. */
#include "photo.h"

#include "arena.h"
#include "image.h"
#include "image_read.h"

enum { RGB = 3, BYTES = 4, BYTE_BITS = 8 };
static const double longer_side = 164; /* points: 58 mm */

static cairo_surface_t *surface_of(const struct picture *p)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)p->wide, (int)p->high);
    if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(s);
        return NULL;
    }
    unsigned char *data = cairo_image_surface_get_data(s);
    const size_t stride = (size_t)cairo_image_surface_get_stride(s);
    for (size_t y = 0; y < p->high; y++) {
        for (size_t x = 0; x < p->wide; x++) {
            const uint8_t *rgb = p->rgb + (y * p->wide + x) * RGB;
            const uint32_t dot = (uint32_t)rgb[0] << (2 * BYTE_BITS) | (uint32_t)rgb[1] << BYTE_BITS | rgb[2];
            memcpy(data + y * stride + x * BYTES, &dot,
                   BYTES); /* as cairo has them: in the machine's order */
        }
    }
    cairo_surface_mark_dirty(s);
    return s;
}

cairo_surface_t *photo_open(str jpeg)
{
    struct picture p = {0};
    const bool read = jpeg_read(jpeg, SMALL_SIDE, &p) == WHY_FINE;
    cairo_surface_t *s = read ? surface_of(&p) : NULL;
    mem_free(p.rgb);
    if (s != NULL) {
        /* Without this a PDF has each dot of it. The bytes are only read. */
        (void)(cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)jpeg.p, jpeg.n,
                                           NULL, NULL));
    }
    return s;
}

struct photo_size photo_size(cairo_surface_t *photo)
{
    const double wide = cairo_image_surface_get_width(photo);
    const double high = cairo_image_surface_get_height(photo);
    const double scale = longer_side / (wide > high ? wide : high);
    return (struct photo_size){wide * scale, high * scale};
}
