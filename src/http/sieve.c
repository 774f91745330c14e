#include "sieve.h"

#include <string.h>

#include "form.h"

bool sieve_begin(struct sieve *s, struct arena *a, str boundary, size_t file_max, size_t body_max)
{
    *s = (struct sieve){.delimiter = arena_printf(a, "\r\n--%.*s", STR_F(boundary)),
                        .file_max = file_max,
                        .body_max = body_max};
    return s->delimiter.p != NULL;
}

/* Between two places of the body. */
static bool find(const struct buf *body, size_t from, size_t to, str what, size_t *out_at)
{
    const size_t end = to < body->n ? to : body->n;
    const char *at = from < end ? memmem(body->p + from, end - from, what.p, what.n) : NULL;
    if (at == NULL) {
        return false;
    }
    *out_at = (size_t)(at - body->p);
    return true;
}

/* Letters in any case, as header fields are written. */
static bool says_file(str head)
{
    static const char name[] = "filename";
    for (size_t i = 0; i + sizeof name - 1 <= head.n; i++) {
        size_t n = 0;
        while (n < sizeof name - 1 && (head.p[i + n] | 0x20) == name[n]) {
            n++;
        }
        if (n == sizeof name - 1) {
            return true;
        }
    }
    return false;
}

/* Whether the part is a file, once its head is there; no further is looked for its end than a head may be
 * long: this runs with every piece of the body, on an event thread. */
static void head_look(struct sieve *s, const struct buf *body)
{
    size_t end;
    if (s->content_at != 0 || !find(body, s->part_at, s->part_at + SIEVE_HEAD_MAX + 4, S("\r\n\r\n"), &end)) {
        return;
    }
    s->content_at = end + 4;
    s->file = says_file((str){body->p + s->part_at, end - s->part_at});
    s->files += s->file;
}

/* Of a file that is too long: its beginning, and as much of its end as may be the beginning of a delimiter.
 */
static void cut(struct sieve *s, struct buf *body)
{
    const size_t tail = s->delimiter.n - 1, kept = s->content_at + SIEVE_KEPT;
    if (body->n > kept + tail) {
        memmove(body->p + kept, body->p + body->n - tail, tail);
        body->n = kept + tail;
    }
}

static void bounds_look(struct sieve *s, struct buf *body)
{
    if (!s->file) {
        return;
    }
    const bool long_one = body->n - s->content_at > s->file_max + s->delimiter.n;
    const bool long_all = body->n + SIEVE_TEXT_ROOM > s->body_max;
    if (!s->cutting && (long_one || long_all)) {
        s->cutting = true;
        s->full = s->full || !long_one;
        s->cut |= s->files <= SIEVE_COUNTED ? UINT64_C(1) << (s->files - 1) : 0;
    }
    if (s->cutting) {
        cut(s, body);
    }
}

void sieve_take(struct sieve *s, struct buf *body, str piece)
{
    const size_t behind = body->n >= s->delimiter.n ? body->n - (s->delimiter.n - 1) : 0;
    size_t from = behind > s->part_at ? behind : s->part_at, at;
    buf_put(body, piece);
    if (s->parts > FORM_PAIRS_MAX) {
        return;
    }
    head_look(s, body);
    while (s->parts <= FORM_PAIRS_MAX && find(body, from, SIZE_MAX, s->delimiter, &at)) {
        s->parts++;
        s->part_at = from = at + s->delimiter.n;
        s->content_at = 0;
        s->file = s->cutting = false;
        head_look(s, body);
    }
    bounds_look(s, body);
}
