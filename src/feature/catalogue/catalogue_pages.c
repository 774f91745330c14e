/* catalogue_pages.c: a person came with a matter that is not taken down, and was pointed to who helps. Only
 * that is counted: the form has no input at all. */
#include "catalogue_pages.h"

#include "catalogue.h"
#include "web.h"

static err write_pointed(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)in;
    (void)out;
    return catalogue_point(c, c->actor.home);
}

static err answer_pointed(struct web *w)
{
    return web_redirect(w, url_with(w->arena, url_local(w->arena, S("/cases/new")), S("pointed"), S("1")));
}

static err show_pointed(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/cases/new")));
}

const struct route catalogue_routes[CATALOGUE_ROUTES] = {
    {HTTP_POST, "/pointed", P_CASE_FILE, 0, .show = show_pointed, .write = write_pointed,
     .answer = answer_pointed, .doc = MSG_DOC_POINTED},
    {HTTP_GET, "/boards", P_PUBLIC, 0, INPUTS(boards_inputs), .show = show_boards, .doc = MSG_DOC_BOARDS},
    {HTTP_GET, "/board/{office}", P_PUBLIC, 0, INPUTS(board_inputs), .show = show_board,
     .doc = MSG_DOC_BOARD},
    /* The worker's time is for those who work here: whoever else may print the page. */
    {HTTP_GET, "/board/{office}/pdf", P_SIGNED_IN, ROUTE_SLOW, INPUTS(board_inputs), .show = show_board_pdf,
     .doc = MSG_DOC_BOARD},
    {HTTP_GET, "/board/{office}/docx", P_SIGNED_IN, ROUTE_SLOW, INPUTS(board_inputs), .show = show_board_docx,
     .doc = MSG_DOC_BOARD},
};
