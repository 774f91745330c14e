/* report_pages.c: who came to events, on a page and as files. */
#include "format.h"
#include "report.html.h"
#include "report_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FILE_BYTES_MAX = 1 << 20 };

static err own_table(struct web *w, struct attendance *of, struct table *out)
{
    TRY(attendance_own(&w->ctx, of));
    TRY(attendance_table(&w->ctx, of, out));
    out->title = page_msg(&w->page, MSG_REPORT_ATTENDANCE);
    return OK;
}

/* Below the provinces: each district by itself, for what they are together stands above. */
static err districts_view(struct web *w, struct table_view *out)
{
    struct attendance of;
    struct table t;
    TRY(attendance_by_district(&w->ctx, &of));
    TRY(attendance_table(&w->ctx, &of, &t));
    t.title = page_msg(&w->page, MSG_REPORT_BY_DISTRICT);
    t.rows_n = of.rows_n;
    return table_view_of(&t, w->lang, w->arena, out);
}

static str number_words(struct web *w, enum msg text, int64_t n)
{
    return n == 0 ? S("") : page_msg_args(&w->page, text, n, NULL, 0);
}

static err show_attendance(struct web *w)
{
    struct attendance of;
    struct table t;
    struct attendance_view m = {.csv = url_local(w->arena, S("/reports/attendance.csv")),
                                .json = url_local(w->arena, S("/reports/attendance.json"))};
    TRY(own_table(w, &of, &t));
    TRY(table_view_of(&t, w->lang, w->arena, &m.own));
    if (of.provinces) {
        TRY(districts_view(w, &m.districts));
    }
    m.events = page_msg_args(&w->page, MSG_REPORT_EVENTS, of.all.events, NULL, 0);
    m.imported = number_words(w, MSG_REPORT_IMPORTED, of.all.imported);
    m.others = number_words(w, MSG_REPORT_OTHERS, of.all.others);
    w->page.title = page_msg(&w->page, MSG_REPORT_ATTENDANCE);
    w->page.back = url_local(w->arena, S("/events"));
    w->page.script = true;
    attendance_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_attendance_csv(struct web *w)
{
    struct attendance of;
    struct table t;
    TRY(own_table(w, &of, &t));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("attendance.csv"), &out);
}

static err show_attendance_json(struct web *w)
{
    struct attendance of;
    struct table t;
    TRY(own_table(w, &of, &t));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    struct json j = json_to(&out);
    table_json(&t, w->arena, &j);
    return web_json(w, 200, &out);
}

static const struct route routes[] = {
    {HTTP_GET, "/reports/attendance", P_EVENT_READ, ROUTE_SLOW, .show = show_attendance,
     .doc = MSG_DOC_ATTENDANCE},
    {HTTP_GET, "/reports/attendance.csv", P_EVENT_READ, ROUTE_SLOW, .show = show_attendance_csv,
     .doc = MSG_DOC_ATTENDANCE_FILE},
    {HTTP_GET, "/reports/attendance.json", P_EVENT_READ, ROUTE_SLOW, .show = show_attendance_json,
     .doc = MSG_DOC_ATTENDANCE_FILE},
};

const struct feature report_feature = {.name = "report", .routes = routes, .routes_n = COUNT(routes)};
