/* sound.h: a recording as every browser plays it: Opus in WebM, 16 kbit/s, one channel; and its length.
 *
 * Ogg, WebM, MP4 and 3GP, WAV, MP3 and AMR in, as telephones record; Opus, Vorbis, AAC, AMR, MP3 and plain
 * samples inside. What has a picture that moves is no recording of a voice and is refused. In a child of the
 * worker.
 */
#ifndef SUNWAI_SOUND_H
#define SUNWAI_SOUND_H

#include "answering.h"

enum { SOUND_SECONDS_MAX = 180 };

/* made[0] the copy; a: its length in milliseconds. */
enum wire_why sound_work(str input, struct companion_made *out);

#endif
