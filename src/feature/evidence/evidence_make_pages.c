/* evidence_make_pages.c: one file through the worker, and sealed. Any thread that may wait. */
#include "evidence_take.h"

enum { MS = 1000 };

/* What she can compute too, of the file she sent, whatever is made of it here. */
static void hash_received(str bytes, uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_put(&d, bytes);
    digest_end(&d, out);
}

/* There is no worker: as received, to be made later. */
static err keep_as_received(const struct file *f, struct evidence_piece *out)
{
    out->waiting = true;
    out->bytes = (int64_t)f->bytes.n;
    return blob_seal(f->bytes, &out->kept);
}

static err seal_made(const struct file *f, const struct work_done *d, struct evidence_piece *out)
{
    out->bytes = (int64_t)d->made[0].n;
    TRY(blob_seal(buf_str(&d->made[0]), &out->shown));
    if (f->kind == FILE_PHOTO) {
        out->wide = d->a;
        out->high = d->b;
        return blob_seal(buf_str(&d->made[1]), &out->small);
    }
    if (f->kind == FILE_VOICE) { /* as she said it, beside the copy that every browser plays */
        out->seconds = (d->a + MS - 1) / MS;
        return blob_seal(f->bytes, &out->kept);
    }
    return OK;
}

err evidence_make(const struct file *f, struct evidence_piece *out, enum work_why *out_why)
{
    static const struct {
        enum work_kind work;
        const char *type;
    } how[FILE_KINDS] = {[FILE_PHOTO] = {WORK_IMAGE, "image/jpeg"},
                         [FILE_VOICE] = {WORK_SOUND, "audio/webm"},
                         [FILE_PDF] = {WORK_PDF, "application/pdf"}};
    struct work_done d;
    *out =
        (struct evidence_piece){.kind = f->kind, .type = how[f->kind].type, .received = sniff_media(f->is)};
    hash_received(f->bytes, out->received_hash);
    err e = work_do(how[f->kind].work, f->bytes, &d);
    *out_why = d.why;
    if (e.code == ERR_BUSY) {
        return keep_as_received(f, out);
    }
    if (e.code == ERR_OK) {
        e = seal_made(f, &d, out);
        work_free(&d);
    }
    return e;
}
