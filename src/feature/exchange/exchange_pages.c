/* exchange_pages.c: figures as files for others. */
#include "exchange_feature.h"
#include "intake_pages.h"
#include "place.h"

enum { FILE_BYTES_MAX = 12 << 20 };

enum { E_PERIOD, E_UNIT, E_N };
static const struct input file_inputs[E_N] = {
    [E_PERIOD] = {"period", IN_LINE, MSG_EXCHANGE_PERIOD, 30},
    [E_UNIT] = {"unit", IN_CODE, MSG_EXCHANGE_UNIT, 20},
};

/* NOT_FOUND: there is no such period or place. */
static err asked(struct web *w, struct exchange_ask *out)
{
    struct exchange_ask ask = {.period = period_all()};
    if (w->in[E_PERIOD].given &&
        (period_of(w->in[E_PERIOD].text, &ask.period).code != ERR_OK || !period_whole_months(ask.period))) {
        return FAIL(NOT_FOUND);
    }
    if (w->in[E_UNIT].given) {
        TRY(exchange_ask_of(&w->ctx, w->in[E_UNIT].text, &ask));
    }
    *out = ask;
    return OK;
}

static err show_iati(struct web *w)
{
    struct exchange_ask ask;
    TRY(asked(w, &ask));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    TRY(iati_write(&w->ctx, &ask, &out));
    return web_bytes(w, S("application/xml; charset=utf-8"), S("iati.xml"), &out);
}

static err show_adx(struct web *w)
{
    struct exchange_ask ask;
    TRY(asked(w, &ask));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    TRY(adx_write(&w->ctx, &ask, &out));
    return web_bytes(w, S("application/adx+xml; charset=utf-8"), S("figures.adx.xml"), &out);
}

static err show_codes(struct web *w)
{
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    TRY(adx_codes(&w->ctx, &out));
    return web_csv(w, S("codes.csv"), &out);
}

static const struct route routes[] = {
    {HTTP_GET, "/exchange/iati.xml", P_FIGURES_READ, ROUTE_SLOW, INPUTS(file_inputs), .show = show_iati,
     .doc = MSG_EXCHANGE_DOC_IATI},
    {HTTP_GET, "/exchange", P_FIGURES_READ, 0, .show = show_exchange, .doc = MSG_EXCHANGE_DOC_INDEX},
    {HTTP_GET, "/exchange/adx.xml", P_FIGURES_READ, ROUTE_SLOW, INPUTS(file_inputs), .show = show_adx,
     .doc = MSG_EXCHANGE_DOC_ADX},
    {HTTP_GET, "/exchange/codes.csv", P_FIGURES_READ, ROUTE_SLOW, .show = show_codes,
     .doc = MSG_EXCHANGE_DOC_CODES},
    {HTTP_GET, "/exchange/reporter/{programme}", P_PLAN_APPROVE, 0, INPUTS(reporter_inputs),
     .show = show_reporter, .doc = MSG_EXCHANGE_DOC_REPORTER},
    {HTTP_POST, "/exchange/reporter/{programme}", P_PLAN_APPROVE, 0, INPUTS(reporter_inputs),
     .show = show_reporter, .write = write_reporter, .answer = answer_exchange,
     .doc = MSG_EXCHANGE_DOC_REPORTER_SET},
    {HTTP_GET, "/exchange/sheets", P_PLAN_WRITE, 0, INPUTS(compare_page_inputs), .show = show_compare,
     .doc = MSG_EXCHANGE_DOC_SHEETS},
    {HTTP_POST, "/exchange/sheets", P_PLAN_WRITE, 0, INPUTS(compare_inputs), .show = show_compare,
     .prepare = prepare_compare, .write = write_compare, .answer = answer_compare,
     .doc = MSG_EXCHANGE_DOC_SHEETS_SEND},
    {HTTP_GET, "/exchange/sheets/{programme}/events.csv", P_PLAN_WRITE, ROUTE_SLOW, INPUTS(sheets_out_inputs),
     .show = show_sheets_csv, .doc = MSG_EXCHANGE_DOC_SHEETS_FILE},
    {HTTP_GET, "/exchange/sheets/{programme}/events.xlsx", P_PLAN_WRITE, ROUTE_SLOW,
     INPUTS(sheets_out_inputs), .show = show_sheets_xlsx, .doc = MSG_EXCHANGE_DOC_SHEETS_FILE},
    {HTTP_GET, "/exchange/activities", P_SHEET_FILL, 0, INPUTS(activities_page_inputs),
     .show = show_activities, .doc = MSG_EXCHANGE_DOC_ACTIVITIES},
    {HTTP_POST, "/exchange/activities", P_SHEET_FILL, 0, INPUTS(activities_inputs), .show = show_activities,
     .prepare = prepare_activities, .write = write_activities, .answer = answer_activities,
     .doc = MSG_EXCHANGE_DOC_ACTIVITIES_SEND},
    {HTTP_GET, "/exchange/activities/{programme}/activities.csv", P_SHEET_FILL, ROUTE_SLOW,
     INPUTS(sheets_out_inputs), .show = show_activities_csv, .doc = MSG_EXCHANGE_DOC_ACTIVITIES_FILE},
    {HTTP_GET, "/exchange/activities/{programme}/activities.xlsx", P_SHEET_FILL, ROUTE_SLOW,
     INPUTS(sheets_out_inputs), .show = show_activities_xlsx, .doc = MSG_EXCHANGE_DOC_ACTIVITIES_FILE},
    {HTTP_GET, "/exchange/past", P_PLAN_WRITE, 0, INPUTS(brought_page_inputs), .show = show_brought,
     .doc = MSG_EXCHANGE_DOC_PAST},
    {HTTP_POST, "/exchange/past", P_PLAN_WRITE, 0, INPUTS(brought_inputs), .show = show_brought,
     .prepare = prepare_brought, .write = write_brought, .answer = answer_brought,
     .doc = MSG_EXCHANGE_DOC_PAST_SEND},
    {HTTP_GET, "/exchange/past/{code}", P_PLAN_WRITE, 0, INPUTS(brought_seen_inputs),
     .show = show_brought_one, .doc = MSG_EXCHANGE_DOC_PAST_ONE},
    {HTTP_POST, "/exchange/past/{code}", P_PLAN_WRITE, 0, INPUTS(brought_one_inputs),
     .show = show_brought_one, .write = write_brought_one, .answer = answer_brought,
     .doc = MSG_EXCHANGE_DOC_PAST_DECIDE},
    {HTTP_GET, "/exchange/targets/{plan}", P_PLAN_WRITE, 0, INPUTS(targets_page_inputs), .show = show_targets,
     .doc = MSG_EXCHANGE_DOC_TARGETS},
    {HTTP_POST, "/exchange/targets/{plan}", P_PLAN_WRITE, 0, INPUTS(targets_inputs), .show = show_targets,
     .prepare = prepare_targets, .write = write_targets, .answer = answer_targets,
     .doc = MSG_EXCHANGE_DOC_TARGETS_SEND},
    {HTTP_GET, "/exchange/targets/{plan}/template.csv", P_PLAN_WRITE, 0, INPUTS(targets_file_inputs),
     .show = show_targets_csv, .doc = MSG_EXCHANGE_DOC_TARGETS_FILE},
    {HTTP_GET, "/exchange/targets/{plan}/template.xlsx", P_PLAN_WRITE, ROUTE_SLOW,
     INPUTS(targets_file_inputs), .show = show_targets_xlsx, .doc = MSG_EXCHANGE_DOC_TARGETS_FILE},
};

const struct feature exchange_feature = {.name = "exchange", .routes = routes, .routes_n = COUNT(routes)};
