/* image_webp.c: libwebp, which shrinks while it unpacks. */
#include <webp/decode.h>

#include "arena.h"
#include "image_read.h"

enum { RGB = 3, RGBA = 4 };

static struct picture on_white(const uint8_t *rgba, uint32_t wide, uint32_t high)
{
    struct picture to = {.wide = wide, .high = high, .rgb = mem_new((size_t)wide * high * RGB)};
    uint8_t *rgb = to.rgb;
    for (size_t i = 0; i < (size_t)wide * high; i++) {
        const int shows = rgba[RGB];
        for (int c = 0; c < RGB; c++) {
            rgb[c] = (uint8_t)((rgba[c] * shows + UINT8_MAX * (UINT8_MAX - shows)) / UINT8_MAX);
        }
        rgba += RGBA;
        rgb += RGB;
    }
    return to;
}

static void shrink_while_read(WebPDecoderConfig *c, uint32_t side_max)
{
    const uint64_t wide = (uint64_t)c->input.width, high = (uint64_t)c->input.height;
    const uint64_t longer = wide > high ? wide : high;
    c->output.colorspace = MODE_RGBA;
    if (longer > side_max) {
        const uint64_t w = wide * side_max / longer, h = high * side_max / longer;
        c->options.use_scaling = 1;
        c->options.scaled_width = (int)(w > 0 ? w : 1);
        c->options.scaled_height = (int)(h > 0 ? h : 1);
    }
}

enum wire_why webp_read(str input, uint32_t side_max, struct picture *out)
{
    const uint8_t *bytes = (const uint8_t *)input.p;
    WebPDecoderConfig c;
    if (!WebPInitDecoderConfig(&c) || WebPGetFeatures(bytes, input.n, &c.input) != VP8_STATUS_OK ||
        c.input.has_animation) {
        return WHY_BROKEN;
    }
    if (!image_fits((uint64_t)c.input.width, (uint64_t)c.input.height)) {
        return WHY_TOO_BIG;
    }
    shrink_while_read(&c, side_max);
    if (WebPDecode(bytes, input.n, &c) != VP8_STATUS_OK) {
        return WHY_BROKEN;
    }
    *out = on_white(c.output.u.RGBA.rgba, (uint32_t)c.output.width, (uint32_t)c.output.height);
    WebPFreeDecBuffer(&c.output);
    return WHY_FINE;
}
