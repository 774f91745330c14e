/* certificate_pages.c: see certificate_pages.h. The page stands on the plain port too, for until a device
 * knows the authority nothing better reaches it: that is why the groups are compared with a sheet on paper.
 */
#include "certificate_pages.h"

#include "authority.h"
#include "certificate.html.h"
#include "log.h"

enum { GROUP = 4, GROUPS_A_LINE = 4, FINGERPRINT_MAX = 128, FILE_MAX = 16 * 1024, DEVICES = 4 };

/* Written before the server accepts, read by its threads. */
static const struct certificate *shown;

void certificate_pages_show(const struct certificate *c)
{
    shown = c;
}

static const struct {
    enum msg name, steps[DEVICE_STEPS_MAX], remove;
    bool phone; /* what a telephone most probably is */
} devices[DEVICES] = {
    {MSG_INSTALL_ANDROID,
     {MSG_INSTALL_ANDROID_1, MSG_INSTALL_ANDROID_2, MSG_INSTALL_ANDROID_3, MSG_INSTALL_ANDROID_4},
     MSG_INSTALL_ANDROID_REMOVE,
     true},
    {MSG_INSTALL_WINDOWS,
     {MSG_INSTALL_WINDOWS_1, MSG_INSTALL_WINDOWS_2, MSG_INSTALL_WINDOWS_3, MSG_INSTALL_WINDOWS_4},
     MSG_INSTALL_WINDOWS_REMOVE,
     false},
    {MSG_INSTALL_FIREFOX,
     {MSG_INSTALL_FIREFOX_1, MSG_INSTALL_FIREFOX_2, MSG_INSTALL_FIREFOX_3},
     MSG_INSTALL_FIREFOX_REMOVE,
     false},
    {MSG_INSTALL_IPHONE,
     {MSG_INSTALL_IPHONE_1, MSG_INSTALL_IPHONE_2, MSG_INSTALL_IPHONE_3},
     MSG_INSTALL_IPHONE_REMOVE,
     false},
};

static void devices_fill(struct web *w, struct device_view *out)
{
    for (size_t i = 0; i < DEVICES; i++) {
        out[i] = (struct device_view){.name = page_msg(&w->page, devices[i].name),
                                      .remove = page_msg(&w->page, devices[i].remove),
                                      .open = w->on_phone && devices[i].phone};
        for (size_t k = 0; k < DEVICE_STEPS_MAX && devices[i].steps[k] != MSG_NONE; k++) {
            out[i].steps[out[i].steps_n++] = page_msg(&w->page, devices[i].steps[k]);
        }
    }
}

/* Groups and lines as on the printed sheet, in capitals. */
static str groups_of(struct arena *a, str hex)
{
    SCOPED(buf_free) struct buf b = buf_new(FINGERPRINT_MAX);
    for (size_t i = 0; i < hex.n; i++) {
        if (i > 0 && i % GROUP == 0) {
            buf_putc(&b, i % ((size_t)GROUP * GROUPS_A_LINE) == 0 ? '\n' : ' ');
        }
        buf_putc(&b, hex.p[i] >= 'a' ? (char)(hex.p[i] - 'a' + 'A') : hex.p[i]);
    }
    return arena_str(a, buf_str(&b));
}

static bool has_authority(void)
{
    return shown != NULL && shown->used && shown->authority.n > 0;
}

err certificate_install_show(struct web *w)
{
    struct device_view views[DEVICES];
    struct tls authority = {0};
    struct install_view m = {.known = !has_authority(),
                             .secure = http_request(w->x)->secure,
                             .file = url_local(w->arena, S("/install-certificate/sunwai.crt")),
                             .devices = views,
                             .devices_n = DEVICES};
    if (!m.known && !tls_describe(w->arena, shown->authority, &authority)) {
        return FAIL(BUG);
    }
    m.fingerprint = groups_of(w->arena, authority.fingerprint);
    devices_fill(w, views);
    w->page.title = page_msg(&w->page, MSG_INSTALL_TITLE);
    install_page(&w->page, &m);
    return web_html(w, 200);
}

/* The type by which Android, iOS and Firefox know what to do with it; Windows goes by the name. */
err certificate_file_show(struct web *w)
{
    const str der = has_authority() ? authority_der(w->arena, shown->authority) : STR_NONE;
    SCOPED(buf_free) struct buf out = buf_new(FILE_MAX);
    if (der.p == NULL) {
        return FAIL(NOT_FOUND);
    }
    buf_put(&out, der);
    web_header(w, "Content-Disposition", S("attachment; filename=\"sunwai.crt\""));
    return web_text(w, 200, S("application/x-x509-ca-cert"), &out);
}

bool certificate_watch(int64_t *out_days)
{
    if (shown == NULL || !shown->used) {
        return false;
    }
    *out_days = certificate_days_left(shown->tls.until_ms);
    return true;
}

str certificate_warning(const struct page *p)
{
    int64_t days;
    if (!certificate_watch(&days) || days >= CERTIFICATE_SOON_DAYS) {
        return S("");
    }
    return days < 0 ? page_msg(p, MSG_INSTALL_OVER) : page_msg_args(p, MSG_INSTALL_SOON, days, NULL, 0);
}

err certificate_look(struct ctx *c, int64_t *out_done)
{
    int64_t days;
    (void)c;
    if (certificate_watch(&days) && days < CERTIFICATE_SOON_DAYS) {
        WARN("serve.certificate_ends", log_i64("days", days));
    }
    *out_done = 0;
    return OK;
}
