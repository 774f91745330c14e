/* photo_testing.h: a photo for papers of tests. */
#ifndef SUNWAI_PHOTO_TESTING_H
#define SUNWAI_PHOTO_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "image_read.h"
#include "paper_model.h"

/* A sky above a field, wider than high. */
static inline struct buf testing_jpeg(void)
{
    enum { WIDE = 240, HIGH = 160, RGB = 3 };
    struct buf out = buf_new(PAPER_PICTURE_MAX);
    struct picture p = {.wide = WIDE, .high = HIGH, .rgb = mem_new((size_t)WIDE * HIGH * RGB)};
    for (size_t i = 0; i < (size_t)WIDE * HIGH; i++) {
        const uint8_t sky[RGB] = {120, 180, 240};
        const uint8_t field[RGB] = {40, 120, 40};
        memcpy(p.rgb + i * RGB, i / WIDE < HIGH / 2 ? sky : field, RGB);
    }
    enum { QUALITY = 75 };
    assert_true(jpeg_write(&p, QUALITY, &out));
    mem_free(p.rgb);
    return out;
}

#endif
