#include "sniff.h"

#include <string.h>

enum { PDF_MARK_WITHIN = 1024 };

static bool at(str s, size_t from, str mark)
{
    return s.n >= from + mark.n && memcmp(s.p + from, mark.p, mark.n) == 0;
}

/* ISO base media: a box "ftyp" first, its brand behind it. */
static enum sniffed sniff_boxes(str s)
{
    static const char *const pictures[] = {"heic", "heix", "hevc", "heim", "heis",
                                           "mif1", "msf1", "avif", "avis"};
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        if (at(s, 8, str_of(pictures[i]))) {
            return SNIFF_HEIC;
        }
    }
    return SNIFF_MP4;
}

/* A frame of MPEG audio: eleven bits set, and neither version, layer, rate nor frequency one that there is
 * not. */
static bool is_mp3(str s)
{
    if (at(s, 0, S("ID3"))) {
        return true;
    }
    if (s.n < 4) {
        return false;
    }
    const uint8_t b1 = (uint8_t)s.p[1], b2 = (uint8_t)s.p[2];
    const bool sync = (uint8_t)s.p[0] == 0xff && (b1 & 0xe0) == 0xe0;
    const bool version = (b1 & 0x18) != 0x08, layer3 = (b1 & 0x06) == 0x02;
    return sync && version && layer3 && (b2 & 0xf0) != 0xf0 && (b2 & 0x0c) != 0x0c;
}

/* Real ones often have some bytes of another program before their mark; readers look for it so far. */
static bool is_pdf(str s)
{
    const str head = str_sub(s, 0, PDF_MARK_WITHIN);
    return memmem(head.p, head.n, "%PDF-", 5) != NULL;
}

enum sniffed sniff(str s)
{
    static const struct {
        str mark;
        enum sniffed is;
    } marks[] = {
        {S_INIT("\xff\xd8\xff"), SNIFF_JPEG}, {S_INIT("\x89PNG\r\n\x1a\n"), SNIFF_PNG},
        {S_INIT("OggS"), SNIFF_OGG},          {S_INIT("\x1a\x45\xdf\xa3"), SNIFF_WEBM},
        {S_INIT("#!AMR"), SNIFF_AMR},         {S_INIT("PK\x03\x04"), SNIFF_ZIP},
    };
    if (s.n == 0) {
        return SNIFF_OTHER;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (at(s, 0, marks[i].mark)) {
            return marks[i].is;
        }
    }
    if (at(s, 0, S("RIFF"))) {
        return at(s, 8, S("WEBP")) ? SNIFF_WEBP : at(s, 8, S("WAVE")) ? SNIFF_WAV : SNIFF_OTHER;
    }
    if (at(s, 4, S("ftyp"))) {
        return sniff_boxes(s);
    }
    if (is_mp3(s)) {
        return SNIFF_MP3;
    }
    return is_pdf(s) ? SNIFF_PDF : SNIFF_OTHER;
}

static const struct {
    enum file_kind kind;
    const char *media;
} known[SNIFF_KINDS] = {
    [SNIFF_OTHER] = {FILE_NONE, "application/octet-stream"},
    [SNIFF_JPEG] = {FILE_PHOTO, "image/jpeg"},
    [SNIFF_PNG] = {FILE_PHOTO, "image/png"},
    [SNIFF_WEBP] = {FILE_PHOTO, "image/webp"},
    [SNIFF_HEIC] = {FILE_NONE, "image/heic"},
    [SNIFF_OGG] = {FILE_VOICE, "audio/ogg"},
    [SNIFF_WEBM] = {FILE_VOICE, "audio/webm"},
    [SNIFF_MP4] = {FILE_VOICE, "audio/mp4"},
    [SNIFF_WAV] = {FILE_VOICE, "audio/wav"},
    [SNIFF_MP3] = {FILE_VOICE, "audio/mpeg"},
    [SNIFF_AMR] = {FILE_VOICE, "audio/amr"},
    [SNIFF_PDF] = {FILE_PDF, "application/pdf"},
    [SNIFF_ZIP] = {FILE_TABLE, "application/zip"},
};

enum file_kind sniff_kind(enum sniffed s)
{
    return known[s].kind;
}

const char *sniff_media(enum sniffed s)
{
    return known[s].media;
}
