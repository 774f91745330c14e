/* public_pages.c: the addresses of all that needs no log-in. */
#include "home_pages.h"
#include "new_pages.h"
#include "public_feature.h"
#include "track_pages.h"

static const struct route routes[] = {
    {HTTP_GET, "/", P_PUBLIC, ROUTE_AGAIN, .show = show_home, .doc = MSG_DOC_HOME},
    {HTTP_GET, "/help", P_PUBLIC, 0, .show = show_help, .doc = MSG_DOC_HELP},
    {HTTP_GET, "/desks", P_PUBLIC, 0, .show = show_desks, .doc = MSG_DOC_DESKS},
    {HTTP_GET, "/new", P_PUBLIC, ROUTE_FORM | ROUTE_BACK, INPUTS(new_inputs), .show = show_new,
     .doc = MSG_DOC_NEW},
    {HTTP_POST, "/new", P_PUBLIC, ROUTE_FORM | ROUTE_BACK | ROUTE_MICROPHONE, INPUTS(new_inputs),
     .show = show_new_step, .doc = MSG_DOC_NEW},
    {HTTP_GET, "/new/send", P_PUBLIC, 0, .show = show_new_start, .doc = MSG_DOC_NEW},
    {HTTP_POST, "/new/send", P_PUBLIC, ROUTE_FORM | ROUTE_MICROPHONE | ROUTE_BRISK, INPUTS(send_inputs),
     .show = show_new_again, .prepare = prepare_new, .write = write_new, .answer = answer_new,
     .doc = MSG_DOC_NEW_SEND},
    {HTTP_GET, "/new/done", P_PUBLIC, 0, INPUTS(done_inputs), .show = show_new_done, .doc = MSG_DOC_NEW_DONE},
    {HTTP_GET, "/track", P_PUBLIC, ROUTE_FORM, INPUTS(track_inputs), .show = show_track,
     .doc = MSG_DOC_TRACK},
    {HTTP_POST, "/track", P_PUBLIC, ROUTE_FORM | ROUTE_NO_REPLAY | ROUTE_SMALL, INPUTS(track_inputs),
     .show = show_track, .write = write_track, .answer = answer_track, .doc = MSG_DOC_TRACK},
    {HTTP_GET, "/track/picture", P_PUBLIC, ROUTE_SLOW, INPUTS(shot_inputs), .show = show_shot,
     .doc = MSG_DOC_TRACK_PICTURE},
    {HTTP_GET, "/track/voice", P_PUBLIC, ROUTE_IDENTITY | ROUTE_SLOW, INPUTS(hear_inputs), .show = show_hers,
     .look = look_hers, .doc = MSG_DOC_TRACK_VOICE},
    {HTTP_GET, "/track/case", P_PUBLIC, ROUTE_FORM | ROUTE_AGAIN | ROUTE_MICROPHONE, INPUTS(opened_inputs),
     .show = show_opened, .seen = &opened_seen, .doc = MSG_DOC_TRACK_CASE},
    {HTTP_GET, "/track/say", P_PUBLIC, 0, .show = show_track_start, .doc = MSG_DOC_TRACK},
    {HTTP_POST, "/track/say", P_PUBLIC, ROUTE_FORM | ROUTE_MICROPHONE, INPUTS(say_inputs), .show = show_say,
     .doc = MSG_DOC_TRACK_ACT},
    {HTTP_GET, "/track/act", P_PUBLIC, 0, .show = show_track_start, .doc = MSG_DOC_TRACK},
    {HTTP_POST, "/track/act", P_PUBLIC, ROUTE_FORM, INPUTS(status_inputs), .show = show_status_again,
     .prepare = prepare_status, .write = write_status, .answer = answer_status, .doc = MSG_DOC_TRACK_ACT},
};

const struct feature public_feature = {
    .name = "public", .routes = routes, .routes_n = sizeof routes / sizeof routes[0]};
