/* backup_pages.c: GET /backups. What it says comes from the rows that `sunwai backup` leaves behind. */
#include "backup_pages.h"

#include "backup.html.h"
#include "clock.h"
#include "format.h"
#include "log.h"
#include "meta.sql.h"

enum { SHOWN = 30, MS_PER_HOUR = 3600 * 1000, MEGABYTE = 1024 * 1024 };
enum { COL_MADE, COL_CHECKED, COL_CASES, COL_SIZE, COL_KEYS, COLS };

/* Written before the server accepts, read by its threads. */
static int64_t warn_hours = 36;

void backup_pages_with(int64_t hours)
{
    warn_hours = hours;
}

static bool late(int64_t made_ms, int64_t now_ms)
{
    return now_ms - made_ms > warn_hours * MS_PER_HOUR;
}

static err last_of(struct db *db, struct arena *a, struct q_backup_list *out)
{
    struct q_backup_list *rows;
    size_t n;
    TRY(q_backup_list(db, a, 1, &rows, &n));
    *out = n > 0 ? rows[0] : (struct q_backup_list){.made_ms = 0};
    return OK;
}

/* ---- the page ---- */

static void state_fill(struct web *w, const struct q_backup_list *rows, size_t n, struct backups_view *m)
{
    const struct page *p = &w->page;
    if (n == 0) {
        m->late = true;
        m->state = page_msg(p, MSG_BACKUPS_NEVER);
        return;
    }
    m->late = late(rows[0].made_ms, w->ctx.now_ms);
    const str time = format_time(w->arena, w->lang, rows[0].made_ms);
    const struct msg_arg arg = {"time", time}; /* in the direction of its language: no isolate */
    m->state = page_msg_args(p, m->late ? MSG_BACKUPS_LATE : MSG_BACKUPS_FINE, 1, &arg, 1);
}

static err names_fill(struct web *w, struct backups_view *m)
{
    struct q_backup_keys_last last = {.keys_until_ms = 0};
    const err e = q_backup_keys_last(w->ctx.db, w->arena, &last);
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
    }
    if (last.keys_until_ms <= w->ctx.now_ms) {
        m->names = page_msg(&w->page, MSG_BACKUPS_NAMES_NONE);
        return OK;
    }
    const str day = format_day(w->arena, w->lang, local_day(last.keys_until_ms));
    const struct msg_arg arg = {"day", day};
    m->names = page_msg_args(&w->page, MSG_BACKUPS_NAMES_UNTIL, 1, &arg, 1);
    return OK;
}

static err cells_of(struct web *w, const struct q_backup_list *r, struct cell_view **out)
{
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    const bool over = r->keys_until_ms <= w->ctx.now_ms;
    const str size = format_number(w->arena, w->lang, (r->bytes_n + MEGABYTE - 1) / MEGABYTE);
    const struct msg_arg mb = {"n", page_isolate(&w->page, size)};
    c[COL_MADE].text = format_time(w->arena, w->lang, r->made_ms);
    c[COL_CHECKED].text = format_time(w->arena, w->lang, r->verified_ms);
    c[COL_CASES] = (struct cell_view){.text = format_number(w->arena, w->lang, r->cases_n), .dir = S("ltr")};
    c[COL_SIZE].text = page_msg_args(&w->page, MSG_BACKUPS_SIZE, r->bytes_n, &mb, 1);
    c[COL_KEYS].text = over ? page_msg(&w->page, MSG_BACKUPS_KEYS_OVER)
                            : format_day(w->arena, w->lang, local_day(r->keys_until_ms));
    *out = c;
    return OK;
}

static err table_fill(struct web *w, const struct q_backup_list *rows, size_t n, struct table_view *out)
{
    static const enum msg heads[COLS] = {MSG_BACKUPS_COL_MADE, MSG_BACKUPS_COL_CHECKED, MSG_BACKUPS_COL_CASES,
                                         MSG_BACKUPS_COL_SIZE, MSG_BACKUPS_COL_KEYS};
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
        columns[i].end = i == COL_CASES || i == COL_SIZE;
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c;
        TRY(cells_of(w, &rows[i], &c));
        views[i] = (struct row_view){c, COLS};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_BACKUPS_LIST),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = views,
                               .rows_n = n,
                               .empty = page_msg(&w->page, MSG_BACKUPS_NEVER)};
    return OK;
}

err backups_show(struct web *w)
{
    struct q_backup_list *rows;
    size_t n;
    struct backups_view m = {.elsewhere = str_eq(str_of(store_engine(w->ctx.store)), S("postgres"))};
    TRY(q_backup_list(w->ctx.db, w->arena, SHOWN, &rows, &n));
    state_fill(w, rows, n, &m);
    TRY(names_fill(w, &m));
    TRY(table_fill(w, rows, n, &m.table));
    w->page.title = page_msg(&w->page, MSG_BACKUPS_TITLE);
    backups_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- for operators ---- */

err backup_watch(struct ctx *c, int64_t *out_done)
{
    struct q_backup_list last;
    *out_done = 0;
    if (!str_eq(str_of(store_engine(c->store)), S("sqlite"))) {
        return OK;
    }
    TRY(last_of(c->db, c->arena, &last));
    if (late(last.made_ms, c->now_ms)) {
        WARN("backup.late",
             log_i64("hours", last.made_ms == 0 ? -1 : (c->now_ms - last.made_ms) / MS_PER_HOUR));
    }
    return OK;
}

void backup_metrics(struct db *db, struct arena *a, int64_t now_ms, struct buf *out)
{
    struct q_backup_list last;
    if (db == NULL || last_of(db, a, &last).code != ERR_OK) {
        return;
    }
    if (last.made_ms != 0) {
        buf_printf(out, "# TYPE sunwai_backup_last_seconds gauge\nsunwai_backup_last_seconds %lld\n",
                   (long long)(last.made_ms / 1000));
    }
    buf_printf(out, "# TYPE sunwai_backup_late gauge\nsunwai_backup_late %d\n", late(last.made_ms, now_ms));
}
