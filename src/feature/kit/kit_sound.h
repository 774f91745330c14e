/* kit_sound.h: a recorded question in a kit: its bytes in pieces of text (fields sound.01, sound.02 …), and
 * whether they are what the worker makes of a recording: Opus in WebM (RFC 8794, RFC 9559), one track, whole,
 * and nothing else beside it. Pure functions of the bytes.
 */
#ifndef SUNWAI_KIT_SOUND_H
#define SUNWAI_KIT_SOUND_H

#include "kit_text.h"

enum {
    KIT_SOUND_MAX = 96 * 1024,   /* one recording */
    KIT_SOUNDS_MAX = 420 * 1024, /* all of a kit: it must go over in one order to the server */
    KIT_SOUND_PIECE = 9000
};

bool kit_sound_field(str name);
/* Fields of the last entry. LIMIT: more than one recording may be long. */
err kit_sound_put(struct kit *io, str bytes);
/* Appended to *out. INVALID: others than kit_sound_put() writes, or none. */
err kit_sound_get(const struct kit_entry *e, struct buf *out);
bool kit_sound_right(str bytes);

#endif
