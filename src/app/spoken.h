/* spoken.h: words spoken by espeak-ng, a package of Debian that may be missing.
 *
 * It runs as a child of its own with fixed arguments and no environment, reads the words from its standard
 * input and has SPOKEN_WAIT_MS and SPOKEN_MAX bytes; then it is ended. For commands: it waits, and nothing
 * that is confined may start a program.
 */
#ifndef SUNWAI_SPOKEN_H
#define SUNWAI_SPOKEN_H

#include "buf.h"
#include "err.h"

enum { SPOKEN_MAX = 6 << 20, SPOKEN_WORDS_MAX = 4096, SPOKEN_WAIT_MS = 15000 };

bool spoken_there(void); /* whether espeak-ng is installed */
/* A WAV, appended to *out. NOT_FOUND: it has no voice of this name ("ur"); LIMIT: more words than
 * SPOKEN_WORDS_MAX, or too long a sound or time; IO: it could not be started. */
err spoken_wav(str voice, str words, struct buf *out);

#endif
