#include "sound_read.h"

#include "sniff.h"

enum { BUFFER = 32 * 1024, PROBE_BYTES = 1 << 20 };

/* ---- bytes in memory, as a file ---- */

static int more(void *who, uint8_t *out, int n)
{
    struct sound_in *in = who;
    const str left = str_sub(in->bytes, in->at, (size_t)n);
    if (left.n == 0) {
        return AVERROR_EOF;
    }
    memcpy(out, left.p, left.n);
    in->at += left.n;
    return (int)left.n;
}

static int64_t go_to(void *who, int64_t to, int whence)
{
    struct sound_in *in = who;
    const int64_t all = (int64_t)in->bytes.n;
    const int from = whence & ~AVSEEK_FORCE;
    if (from == AVSEEK_SIZE) {
        return all;
    }
    const int64_t at = from == SEEK_CUR ? (int64_t)in->at + to : from == SEEK_END ? all + to : to;
    if (at < 0 || at > all) {
        return AVERROR(EINVAL);
    }
    in->at = (size_t)at;
    return at;
}

/* A list that names other files gets none. */
static int open_nothing(AVFormatContext *format, AVIOContext **out, const char *url, int flags,
                        AVDictionary **options)
{
    (void)format;
    (void)out;
    (void)url;
    (void)flags;
    (void)options;
    return AVERROR(EPERM);
}

/* ---- what is inside ---- */

static const AVInputFormat *format_of(str bytes)
{
    static const char *const names[SNIFF_KINDS] = {
        [SNIFF_OGG] = "ogg", [SNIFF_WEBM] = "matroska", [SNIFF_MP4] = "mov",
        [SNIFF_WAV] = "wav", [SNIFF_MP3] = "mp3",       [SNIFF_AMR] = "amr"};
    const char *name = names[sniff(bytes)];
    return name != NULL ? av_find_input_format(name) : NULL;
}

static bool known_codec(enum AVCodecID id)
{
    static const enum AVCodecID known[] = {
        AV_CODEC_ID_OPUS,      AV_CODEC_ID_VORBIS,    AV_CODEC_ID_AAC,       AV_CODEC_ID_AMR_NB,
        AV_CODEC_ID_AMR_WB,    AV_CODEC_ID_MP3,       AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_U8,
        AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_PCM_S32LE, AV_CODEC_ID_PCM_F32LE, AV_CODEC_ID_PCM_MULAW,
        AV_CODEC_ID_PCM_ALAW};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i] == id) {
            return true;
        }
    }
    return false;
}

/* The one voice in it; a cover picture beside it is passed over. */
static bool stream_find(struct sound_in *in)
{
    in->stream = -1;
    for (unsigned i = 0; i < in->format->nb_streams; i++) {
        AVStream *s = in->format->streams[i];
        const bool cover = (s->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (s->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !cover) {
            return false;
        }
        if (s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO && in->stream < 0) {
            in->stream = (int)i;
        } else {
            s->discard = AVDISCARD_ALL;
        }
    }
    return in->stream >= 0 && known_codec(in->format->streams[in->stream]->codecpar->codec_id);
}

static bool decoder_open(struct sound_in *in)
{
    const AVCodecParameters *p = in->format->streams[in->stream]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(p->codec_id);
    in->codec = codec != NULL ? avcodec_alloc_context3(codec) : NULL;
    if (in->codec == NULL || avcodec_parameters_to_context(in->codec, p) < 0) {
        return false;
    }
    in->codec->thread_count = 1;
    in->codec->pkt_timebase = in->format->streams[in->stream]->time_base;
    in->packet = av_packet_alloc();
    return in->packet != NULL && avcodec_open2(in->codec, codec, NULL) == 0;
}

enum wire_why sound_open(str bytes, struct sound_in *out)
{
    *out = (struct sound_in){.bytes = bytes};
    const AVInputFormat *format = format_of(bytes);
    uint8_t *buffer = av_malloc(BUFFER);
    AVIOContext *io = buffer != NULL ? avio_alloc_context(buffer, BUFFER, 0, out, more, NULL, go_to) : NULL;
    out->format = avformat_alloc_context();
    if (format == NULL || io == NULL || out->format == NULL) {
        return WHY_BROKEN;
    }
    out->format->pb = io;
    out->format->flags |= AVFMT_FLAG_CUSTOM_IO;
    out->format->io_open = open_nothing;
    out->format->probesize = PROBE_BYTES;
    if (avformat_open_input(&out->format, "", format, NULL) != 0 ||
        avformat_find_stream_info(out->format, NULL) < 0 || !stream_find(out) || !decoder_open(out)) {
        return WHY_BROKEN;
    }
    return WHY_FINE;
}

static int feed(struct sound_in *in)
{
    const int got = av_read_frame(in->format, in->packet);
    if (got == AVERROR_EOF) {
        in->ended = true;
        return avcodec_send_packet(in->codec, NULL);
    }
    if (got < 0) {
        return got;
    }
    const int sent = in->packet->stream_index == in->stream ? avcodec_send_packet(in->codec, in->packet) : 0;
    av_packet_unref(in->packet);
    return sent;
}

int sound_next(struct sound_in *in, AVFrame *frame)
{
    for (;;) {
        const int got = avcodec_receive_frame(in->codec, frame);
        if (got == 0) {
            return 1;
        }
        if (got == AVERROR_EOF) {
            return 0;
        }
        if (got != AVERROR(EAGAIN) || in->ended || feed(in) < 0) {
            return -1;
        }
    }
}
