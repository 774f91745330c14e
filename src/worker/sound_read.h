/* sound_read.h: a recording taken apart into frames of samples. What it holds ends with the child. */
#ifndef SUNWAI_SOUND_READ_H
#define SUNWAI_SOUND_READ_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "str.h"
#include "wire.h"

struct sound_in {
    str bytes;
    size_t at;
    AVFormatContext *format;
    AVCodecContext *codec;
    AVPacket *packet;
    int stream;
    bool ended; /* all packets are in the decoder */
};

enum wire_why sound_open(str bytes, struct sound_in *out);
/* The next frame: 1; 0 at the end; -1 malformed. */
int sound_next(struct sound_in *in, AVFrame *frame);

#endif
