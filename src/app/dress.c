/* dress.c: the staff navigation, by permission. */
#include "dress.h"

static const struct {
    const char *path;
    enum msg text;
    enum permission permission;
} places[] = {
    {"/cases", MSG_DESK_LIST, P_CASE_READ},
    {"/cases/new", MSG_DESK_NEW, P_CASE_FILE},
    {"/account", MSG_ACCOUNT_OWN, P_SIGNED_IN},
};
enum { PLACES_N = sizeof places / sizeof places[0] };

void dress(struct web *w)
{
    struct page *p = &w->page;
    struct page_link *nav = p->staff ? arena_array_of(w->arena, struct page_link, PLACES_N) : NULL;
    if (nav == NULL) {
        return;
    }
    str path = p->path;
    path = str_cut(&path, '?');
    for (size_t i = 0; i < PLACES_N; i++) {
        if (permission_of(w->who.actor.role, places[i].permission)) {
            const str place = str_of(places[i].path);
            nav[p->nav_n++] = (struct page_link){.to = url_local(w->arena, place),
                                                 .text = page_msg(p, places[i].text),
                                                 .here = str_eq(path, place)};
        }
    }
    p->nav = nav;
    p->sign_out = url_local(w->arena, S("/logout"));
}
