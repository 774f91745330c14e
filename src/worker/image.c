/* image.c: which format it is, and the JPEG that comes out; each format's reading stands in a file of its
 * own. */
#include "image.h"

#include "arena.h"
#include "image_read.h"
#include "sniff.h"

enum { QUALITY = 82, SMALL_QUALITY = 75 };

bool image_fits(uint64_t wide, uint64_t high)
{
    return wide > 0 && high > 0 && wide <= UINT16_MAX && high <= UINT16_MAX && wide * high <= PIXELS_MAX;
}

static enum wire_why read_any(str input, struct picture *out)
{
    switch ((unsigned)sniff(input)) {
    case SNIFF_JPEG:
        return jpeg_read(input, PICTURE_SIDE, out);
    case SNIFF_PNG:
        return png_read(input, PICTURE_SIDE, out);
    case SNIFF_WEBP:
        return webp_read(input, PICTURE_SIDE, out);
    default:
        return WHY_BROKEN;
    }
}

enum wire_why image_work(str input, struct companion_made *out)
{
    struct picture p = {0};
    const enum wire_why why = read_any(input, &p);
    if (why != WHY_FINE) {
        mem_free(p.rgb);
        return why;
    }
    struct picture small = picture_shrink(&p, SMALL_SIDE);
    const bool written =
        jpeg_write(&p, QUALITY, &out->made[0]) && jpeg_write(&small, SMALL_QUALITY, &out->made[1]);
    out->a = p.wide;
    out->b = p.high;
    mem_free(p.rgb);
    mem_free(small.rgb);
    return written ? WHY_FINE : WHY_TOO_BIG;
}
