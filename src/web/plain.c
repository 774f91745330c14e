/* plain.c: on the plain port, the way to the same address over TLS. */
#include "admission.h"
#include "life.h"

enum { ADDRESS_MAX = 16 * 1024, HTTPS_PORT = 443 };

static bool host_fine(str host)
{
    for (size_t i = 0; i < host.n; i++) {
        const char c = host.p[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr(".-_:[]", c) == NULL)) {
            return false;
        }
    }
    return host.n > 0;
}

static void put_path(struct buf *out, str path)
{
    while (path.p != NULL) {
        url_encode(out, str_cut(&path, '/'));
        if (path.p != NULL) {
            buf_putc(out, '/');
        }
    }
}

/* 307: what was sent to the wrong port is sent again to the right one, and nothing of it is kept. */
err plain_redirect(struct life *l)
{
    const str host = host_alone(http_header(l->x, "Host"));
    SCOPED(buf_free) struct buf to = buf_new(ADDRESS_MAX);
    buf_printf(&to, "https://%.*s", STR_F(host));
    if (l->https_port != HTTPS_PORT) {
        buf_printf(&to, ":%d", l->https_port);
    }
    put_path(&to, l->request->path);
    if (l->request->query.n > 0) {
        buf_putc(&to, '?');
        buf_put(&to, l->request->query);
    }
    if (!host_fine(host) || to.full) {
        return answer_problem(l, 400, MSG_NONE, MSG_NONE);
    }
    web_header(&l->web, "Location", arena_str(l->web.arena, buf_str(&to)));
    l->answer =
        (struct answer){.noted = true, .status = 307, .type = S("text/plain; charset=utf-8"), .body = S("")};
    return OK;
}
