/* sound.c: samples in, Opus out; libav does both, and libopus within it. */
#include "sound.h"

#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>

#include "sound_read.h"

enum {
    RATE = 16000,
    BITS_A_SECOND = 16000,
    BUFFER = 32 * 1024,
    MS = 1000,
    SLOWEST = 4000, /* points a second that are taken: what is slower is made hours long from a few bytes */
    FASTEST = 192000,
    CHANNELS_MAX = 8
};

struct sound_out {
    struct buf *to;
    size_t at;
    AVFormatContext *format;
    AVCodecContext *codec;
    AVPacket *packet;
    SwrContext *resample;
    AVAudioFifo *waiting;
    int64_t samples;
};

/* ---- a file that grows in memory, and is gone back in once: its length stands at its head ---- */

static int take(void *who, uint8_t *bytes, int n)
{
    struct sound_out *o = who;
    const size_t over = o->to->n - o->at < (size_t)n ? o->to->n - o->at : (size_t)n;
    if (over > 0) {
        memcpy(o->to->p + o->at, bytes, over);
    }
    buf_put(o->to, (str){(const char *)bytes + over, (size_t)n - over});
    o->at += (size_t)n;
    return o->to->full ? AVERROR(ENOSPC) : n;
}

static int64_t go_to(void *who, int64_t to, int whence)
{
    struct sound_out *o = who;
    const int64_t all = (int64_t)o->to->n;
    if (whence == AVSEEK_SIZE) {
        return all;
    }
    const int64_t at = whence == SEEK_CUR ? (int64_t)o->at + to : whence == SEEK_END ? all + to : to;
    if (at < 0 || at > all) {
        return AVERROR(EINVAL);
    }
    o->at = (size_t)at;
    return at;
}

/* ---- Opus in WebM ---- */

static bool encoder_open(struct sound_out *o)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libopus");
    o->codec = codec != NULL ? avcodec_alloc_context3(codec) : NULL;
    if (o->codec == NULL) {
        return false;
    }
    o->codec->sample_rate = RATE;
    o->codec->sample_fmt = AV_SAMPLE_FMT_FLT;
    o->codec->bit_rate = BITS_A_SECOND;
    o->codec->time_base = (AVRational){1, RATE};
    o->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    av_channel_layout_default(&o->codec->ch_layout, 1);
    o->packet = av_packet_alloc();
    return o->packet != NULL && av_opt_set(o->codec->priv_data, "application", "voip", 0) == 0 &&
           avcodec_open2(o->codec, codec, NULL) == 0;
}

static bool file_open(struct sound_out *o)
{
    uint8_t *buffer = av_malloc(BUFFER);
    AVIOContext *io = buffer != NULL ? avio_alloc_context(buffer, BUFFER, 1, o, NULL, take, go_to) : NULL;
    if (io == NULL || avformat_alloc_output_context2(&o->format, NULL, "webm", NULL) < 0) {
        return false;
    }
    o->format->pb = io;
    o->format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    AVStream *s = avformat_new_stream(o->format, NULL);
    if (s == NULL || avcodec_parameters_from_context(s->codecpar, o->codec) < 0) {
        return false;
    }
    s->time_base = o->codec->time_base;
    return avformat_write_header(o->format, NULL) >= 0;
}

/* What the encoder has ready goes into the file. */
static bool packets_write(struct sound_out *o)
{
    for (;;) {
        const int got = avcodec_receive_packet(o->codec, o->packet);
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
            return true;
        }
        if (got < 0) {
            return false;
        }
        av_packet_rescale_ts(o->packet, o->codec->time_base, o->format->streams[0]->time_base);
        o->packet->stream_index = 0;
        if (av_interleaved_write_frame(o->format, o->packet) < 0) {
            return false;
        }
    }
}

static AVFrame *frame_of(const struct sound_out *o, int samples)
{
    AVFrame *f = av_frame_alloc();
    if (f == NULL) {
        return NULL;
    }
    f->nb_samples = samples;
    f->format = o->codec->sample_fmt;
    f->sample_rate = RATE;
    if (av_channel_layout_copy(&f->ch_layout, &o->codec->ch_layout) < 0 || av_frame_get_buffer(f, 0) < 0) {
        av_frame_free(&f);
    }
    return f;
}

/* Whole frames; at the end what is left too. */
static bool frames_encode(struct sound_out *o, bool end)
{
    for (;;) {
        const int there = av_audio_fifo_size(o->waiting);
        const int n = there < o->codec->frame_size ? there : o->codec->frame_size;
        if (n == 0 || (n < o->codec->frame_size && !end)) {
            return true;
        }
        AVFrame *f = frame_of(o, n);
        bool fine = f != NULL && av_audio_fifo_read(o->waiting, (void **)f->data, n) == n;
        if (fine) {
            f->pts = o->samples;
            o->samples += n;
            fine = avcodec_send_frame(o->codec, f) == 0 && packets_write(o);
        }
        av_frame_free(&f);
        if (!fine) {
            return false;
        }
    }
}

/* ---- from what was read to what is written ---- */

static bool resample_open(struct sound_out *o, AVFrame *f)
{
    o->waiting = av_audio_fifo_alloc(o->codec->sample_fmt, 1, RATE);
    return o->waiting != NULL &&
           swr_alloc_set_opts2(&o->resample, &o->codec->ch_layout, o->codec->sample_fmt, RATE, &f->ch_layout,
                               (enum AVSampleFormat)f->format, f->sample_rate, 0, NULL) == 0 &&
           swr_init(o->resample) == 0;
}

/* f: NULL: what the resampler still holds. */
static bool frame_take(struct sound_out *o, const AVFrame *f)
{
    const int in_n = f != NULL ? f->nb_samples : 0;
    const int room = swr_get_out_samples(o->resample, in_n);
    if (room <= 0) {
        return room == 0;
    }
    AVFrame *to = frame_of(o, room);
    if (to == NULL) {
        return false;
    }
    const int n = swr_convert(o->resample, to->data, room,
                              f != NULL ? (const uint8_t **)(uintptr_t)f->extended_data : NULL, in_n);
    const bool fine = n >= 0 && av_audio_fifo_write(o->waiting, (void **)to->data, n) == n;
    av_frame_free(&to);
    return fine;
}

static bool can_be_recorded(const AVFrame *f)
{
    return f->sample_rate >= SLOWEST && f->sample_rate <= FASTEST && f->ch_layout.nb_channels > 0 &&
           f->ch_layout.nb_channels <= CHANNELS_MAX;
}

static bool same_sound(const AVFrame *a, const AVFrame *first)
{
    return a->sample_rate == first->sample_rate && a->format == first->format &&
           av_channel_layout_compare(&a->ch_layout, &first->ch_layout) == 0;
}

static enum wire_why copy_all(struct sound_in *in, struct sound_out *o)
{
    AVFrame *f = av_frame_alloc(), *first = av_frame_alloc();
    int got;
    if (f == NULL || first == NULL) {
        return WHY_TOO_BIG;
    }
    while ((got = sound_next(in, f)) > 0) {
        if (o->resample == NULL &&
            (!can_be_recorded(f) || !resample_open(o, f) || av_frame_ref(first, f) < 0)) {
            return WHY_BROKEN;
        }
        if (!same_sound(f, first) || !frame_take(o, f) || !frames_encode(o, false)) {
            return WHY_BROKEN;
        }
        if (o->samples > (int64_t)SOUND_SECONDS_MAX * RATE) {
            return WHY_TOO_BIG;
        }
        av_frame_unref(f);
    }
    if (got < 0 || o->resample == NULL) {
        return WHY_BROKEN;
    }
    const bool whole = frame_take(o, NULL) && frames_encode(o, true) && o->samples > 0 &&
                       avcodec_send_frame(o->codec, NULL) == 0 && packets_write(o);
    return whole ? WHY_FINE : WHY_BROKEN;
}

enum wire_why sound_work(str input, struct companion_made *out)
{
    struct sound_in in;
    struct sound_out o = {.to = &out->made[0]};
    av_log_set_level(AV_LOG_QUIET);
    enum wire_why why = sound_open(input, &in);
    if (why != WHY_FINE) {
        return why;
    }
    if (!encoder_open(&o) || !file_open(&o)) {
        return WHY_TOO_BIG;
    }
    why = copy_all(&in, &o);
    if (why != WHY_FINE) {
        return why;
    }
    if (av_write_trailer(o.format) != 0) {
        return WHY_TOO_BIG;
    }
    avio_flush(o.format->pb);
    out->a = (uint32_t)(o.samples * MS / RATE);
    return out->made[0].full ? WHY_TOO_BIG : WHY_FINE;
}
