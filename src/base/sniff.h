/* sniff.h: what some bytes are, by their beginning; never by a name or by what somebody says of them.
 *
 * A guess that decides who looks at them more closely, no proof that they are whole or harmless. A pure
 * function of the bytes. Sources: the formats' own marks (JPEG, PNG, RIFF, Ogg, EBML, ISO 14496-12, RFC 4867,
 * ISO 32000).
 */
#ifndef SUNWAI_SNIFF_H
#define SUNWAI_SNIFF_H

#include <stdint.h>

#include "str.h"

enum sniffed {
    SNIFF_OTHER, /* nothing that is taken; SVG, HTML and every text too */
    SNIFF_JPEG,
    SNIFF_PNG,
    SNIFF_WEBP,
    SNIFF_HEIC, /* a telephone's own format: known, so that one can say what to do */
    SNIFF_OGG,
    SNIFF_WEBM,
    SNIFF_MP4, /* MP4 and 3GP */
    SNIFF_WAV,
    SNIFF_MP3,
    SNIFF_AMR,
    SNIFF_PDF,
    SNIFF_ZIP, /* a workbook among others: the worker finds out */
    SNIFF_KINDS
};

/* What people call it. */
enum file_kind { FILE_NONE, FILE_PHOTO, FILE_VOICE, FILE_PDF, FILE_TABLE, FILE_KINDS };

enum sniffed sniff(str bytes);
enum file_kind sniff_kind(enum sniffed s);
const char *sniff_media(enum sniffed s); /* "image/jpeg"; static; "application/octet-stream" */

#endif
