/* work.h: what the worker does for a handler: pictures, sound, PDFs that came in; papers that go out.
 *
 * The worker has no network, no file and no database, and each piece of work is done in a child of its own,
 * so that bytes from anywhere are only ever taken apart where there is nothing to be had. The web process
 * hands it a copy and takes back what was made; a crash there is "broken" here. work_do() waits for its
 * answer, up to WORK_WAIT_MS: it belongs into a route's `prepare`, a ROUTE_SLOW page or a thread of one's
 * own, never on an event thread or in a write job. Any thread.
 *
 * The app hands the way to the worker down once, at its start; without it (commands, most tests) all is BUSY.
 */
#ifndef SUNWAI_WORK_H
#define SUNWAI_WORK_H

#include "buf.h"
#include "err.h"

enum work_kind {
    WORK_IMAGE = 1, /* made[0]: a JPEG of at most WORK_IMAGE_SIDE, turned upright, nothing said beside the
                       picture; made[1]: the same small. a, b: its width and height */
    WORK_SOUND,     /* made[0]: Opus in WebM, 16 kbit/s, mono. a: its length in milliseconds */
    WORK_PDF, /* made[0]: the paper written anew, nothing said beside it, nothing of what it was before; it
                 has no program and no enclosed file. a: pages */
    WORK_PAPER_PDF, /* input: a paper (paper.h); made[0]: PDF. a: pages */
    WORK_PAPER_DOCX,
    WORK_BOOK, /* input: a book (book.h); made[0]: XLSX */
    WORK_GRID, /* input: a workbook that came in; made[0]: its sheets as cells (grid_model.h). a: how many */
    WORK_KINDS
};
enum {
    WORK_IMAGE_SIDE = 1600,
    WORK_SMALL_SIDE = 240,
    WORK_PIXELS_MAX = 60 * 1000 * 1000, /* as declared; more is refused before anything is unpacked */
    WORK_SOUND_SECONDS_MAX = 180,       /* of two minutes, and somebody who talks on */
    WORK_INPUT_MAX = 16 << 20,
    WORK_MADE_MAX = 12 << 20, /* both together */
    WORK_WAIT_MS = 20 * 1000
};

/* Why something was refused. */
enum work_why {
    WORK_FINE,
    WORK_BROKEN,   /* not what it began as: cut off, mislabelled; or what it holds brought the worker down */
    WORK_TOO_BIG,  /* too many pixels, seconds or pages; or it took too much memory */
    WORK_TOO_LONG, /* it took too much time */
    WORK_ACTIVE,   /* a PDF with a program or an enclosed file in it; whatever is under a password */
    WORK_WHYS
};

struct work_done {
    struct buf made[2];
    int64_t a, b;
    enum work_why why; /* also set when it was refused */
};

/* INVALID: it was refused, out->why says why. BUSY: there is no worker now, or too much is waiting for it.
 * LIMIT: the input is above WORK_INPUT_MAX. On success out->made are the caller's, who calls work_free(). */
err work_do(enum work_kind kind, str input, struct work_done *out);
void work_free(struct work_done *d); /* takes what was never filled, too */

typedef err (*work_fn)(void *who, enum work_kind kind, str input, struct work_done *out);
void work_by(work_fn fn, void *who); /* the app, before there are requests; NULL: nobody any more */

#endif
