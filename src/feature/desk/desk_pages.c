/* desk_pages.c: the addresses of the desk. */
#include "case_write.h"
#include "desk_feature.h"
#include "file_pages.h"
#include "paper_pages.h"
#include "people_pages.h"
#include "today_pages.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct input ref_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true}};

static const struct route routes[] = {
    {HTTP_GET, "/cases/new", P_CASE_FILE, 0, .inputs = desk_inputs, .inputs_n = D_PHOTOS, .show = show_file,
     .doc = MSG_DOC_CASE_NEW},
    {HTTP_POST, "/cases/new", P_CASE_FILE, ROUTE_MICROPHONE | ROUTE_BRISK, INPUTS(desk_inputs),
     .show = show_file, .prepare = prepare_file, .write = write_file, .answer = answer_file,
     .doc = MSG_DOC_CASE_NEW},
    {HTTP_POST, "/cases/new/keep", P_CASE_FILE, ROUTE_NO_REPLAY, INPUTS(keep_inputs), .show = show_keep,
     .write = write_keep, .answer = answer_keep, .doc = MSG_DOC_DESK_KEEP},
    {HTTP_POST, "/cases/new/drop", P_CASE_FILE, 0, INPUTS(drop_inputs), .show = show_keep,
     .write = write_drop, .answer = answer_keep, .doc = MSG_DOC_DESK_DROP},
    {HTTP_GET, "/desk", P_CASE_FILE, 0, .show = show_today, .doc = MSG_DOC_DESK_TODAY},
    {HTTP_GET, "/cases/{ref}/call", P_IDENTITY_CALL, ROUTE_IDENTITY, INPUTS(ref_inputs), .show = show_call,
     .look = look_call, .seen = &case_seen_fns, .doc = MSG_DOC_DESK_CALL},
    {HTTP_GET, "/people", P_IDENTITY_VIEW, 0, INPUTS(people_inputs), .show = show_people,
     .doc = MSG_DOC_PEOPLE},
    {HTTP_POST, "/people", P_IDENTITY_VIEW, ROUTE_NO_REPLAY, INPUTS(people_inputs), .show = show_people,
     .write = write_people, .answer = answer_people, .doc = MSG_DOC_PEOPLE},
    {HTTP_POST, "/people/known", P_IDENTITY_VIEW, ROUTE_NO_REPLAY, INPUTS(known_inputs), .show = show_keep,
     .write = write_known, .answer = answer_known, .doc = MSG_DOC_PEOPLE_KNOWN},
    {HTTP_POST, "/people/open", P_IDENTITY_VIEW, ROUTE_NO_REPLAY, INPUTS(open_inputs), .show = show_open,
     .write = write_open, .answer = answer_open, .doc = MSG_DOC_PEOPLE_OPEN},
    {HTTP_POST, "/people/new", P_IDENTITY_VIEW, 0, INPUTS(again_inputs), .show = show_keep,
     .write = write_again, .answer = answer_again, .doc = MSG_DOC_PEOPLE_NEW},
    {HTTP_GET, "/cases/past", P_SLIP_PRINT, ROUTE_IDENTITY, INPUTS(past_inputs), .show = show_past,
     .look = look_past, .doc = MSG_ROTA_DOC_PAST},
    {HTTP_GET, "/cases/{ref}/filed", P_SLIP_PRINT, ROUTE_IDENTITY, INPUTS(ref_inputs),
     .show = show_case_filed, .look = look_case, .doc = MSG_DOC_CASE_SLIP},
    {HTTP_GET, "/cases/{ref}/slip", P_SLIP_PRINT, ROUTE_IDENTITY, INPUTS(slip_inputs), .show = show_case_slip,
     .look = look_case, .doc = MSG_DOC_CASE_SLIP},
    {HTTP_GET, "/cases/{ref}/letter", P_IDENTITY_VIEW, ROUTE_IDENTITY, INPUTS(letter_inputs),
     .show = show_letter, .look = look_case, .doc = MSG_DOC_DESK_LETTER},
    {HTTP_GET, "/cases/{ref}/pin", P_SLIP_PRINT, 0, INPUTS(pin_inputs), .show = show_pin,
     .doc = MSG_DOC_DESK_PIN},
    {HTTP_POST, "/cases/{ref}/pin", P_SLIP_PRINT, ROUTE_NO_REPLAY, INPUTS(pin_inputs), .show = show_pin,
     .write = write_pin, .answer = answer_pin, .doc = MSG_DOC_DESK_PIN},
};

static const struct feature_job jobs[] = {{"draft.expire", 0, draft_expire}};

const struct feature desk_feature = {
    .name = "desk", .routes = routes, .routes_n = COUNT(routes), .jobs = jobs, .jobs_n = COUNT(jobs)};
