/* device_heard_pages.c: the voices and pictures that wait for a record which somebody has to look at: heard
 * and seen where it is, so that nobody decides about half of what was said. */
#include "device_stopped_pages.h"

#include "sniff.h"
#include "work.h"

/* The content of a file that waits; made anew by the worker before any browser gets it. */
static err content_of(struct ctx *c, const struct q_device_record_get *r, str *out)
{
    struct opened o;
    str json;
    str content;
    err e = opened_plain(c, r, &json, &content);
    if (e.code == ERR_OK) {
        e = opened_read(c, r, json, content, LANG_EN, &o);
    }
    if (e.code == ERR_INVALID || e.code == ERR_NOT_FOUND || e.code == ERR_DENIED) {
        *c->fail = (struct fail){0};
        return FAIL(NOT_FOUND);
    }
    TRY(e);
    *out = content;
    return OK;
}

err stopped_files(struct web *w, const struct q_device_record_get *of, const struct heard_view **out,
                  size_t *out_n)
{
    struct q_device_record_files *rows;
    size_t n;
    size_t found = 0;
    TRY(q_device_record_files(w->ctx.db, w->arena, of->home, of->record_code, &rows, &n));
    struct heard_view *views = arena_array_of(w->arena, struct heard_view, n + 1);
    if (views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct q_device_record_get r;
        str content;
        TRY(record_read(&w->ctx, rows[i].record_code, &r));
        const struct arena_mark mark = arena_mark(w->arena); /* of each only what it is stays, however many */
        const err e = content_of(&w->ctx, &r, &content);
        const bool voice = e.code == ERR_OK && sniff_kind(sniff(content)) == FILE_VOICE;
        arena_reset(w->arena, mark);
        if (e.code != ERR_NOT_FOUND) {
            TRY(e);
            views[found++] = (struct heard_view){
                .to = url_local(w->arena,
                                arena_printf(w->arena, "/devices/waiting/%.*s/file", STR_F(r.record_code))),
                .voice = voice};
        }
    }
    *out = views;
    *out_n = found;
    return OK;
}

/* A file that waits for one that this person reads. NOT_FOUND. */
static err heard_find(struct ctx *c, str ulid, struct q_device_record_get *out_file,
                      struct q_device_record_get *out_of)
{
    struct opened o;
    bool readable;
    struct q_device_record_get r;
    TRY(record_read(c, ulid, &r));
    if (!str_eq(r.record_state_code, S("waiting")) || !str_eq(r.kind_code, S("file"))) {
        return FAIL(NOT_FOUND);
    }
    TRY(record_find(c, r.of_code, out_of));
    TRY(stopped_open(c, out_of, LANG_EN, &o, &readable));
    *out_file = r;
    return readable && out_of->home == r.home ? OK : FAIL(NOT_FOUND);
}

err look_heard(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct q_device_record_get r;
    struct q_device_record_get of;
    TRY(heard_find(c, in[ST_RECORD].text, &r, &of));
    io->home = of.home;
    io->subject_kind = S("device");
    io->subject_id = of.device_id;
    return OK;
}

err show_heard(struct web *w)
{
    struct q_device_record_get r;
    struct q_device_record_get of;
    struct work_done made;
    str content;
    TRY(heard_find(&w->ctx, w->in[ST_RECORD].text, &r, &of));
    if (!w->ctx.may_show_identity) {
        return FAIL(NOT_FOUND);
    }
    TRY(content_of(&w->ctx, &r, &content));
    const bool voice = sniff_kind(sniff(content)) == FILE_VOICE;
    const err e = work_do(voice ? WORK_SOUND : WORK_IMAGE, content, &made);
    if (e.code == ERR_INVALID) {
        return FAIL(NOT_FOUND);
    }
    TRY(e);
    const err sent = web_bytes(w, voice ? S("audio/webm") : S("image/jpeg"), STR_NONE, &made.made[0]);
    work_free(&made);
    return sent;
}
