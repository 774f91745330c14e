/* dress.c: the frame of a page: the staff navigation, by permission; the desk's number; the way out. */
#include "dress.h"

#include "certificate_pages.h"
#include "prompts.h"
#include "rota_feature.h"

static const struct {
    const char *path;
    enum msg text;
    enum permission permission;
} places[] = {
    {"/overview", MSG_OVERSIGHT_OVERVIEW, P_OVERSEE}, {"/desk", MSG_TODAY_TITLE, P_CASE_FILE},
    {"/offline", MSG_OFFLINE_TITLE, P_EVENT_RECORD},  {"/rota", MSG_ROTA_TITLE, P_ROTA_READ},
    {"/cases", MSG_DESK_LIST, P_CASE_READ},           {"/cases/new", MSG_DESK_NEW, P_CASE_FILE},
    {"/events", MSG_EVENT_LIST, P_EVENT_READ},        {"/directions", MSG_DIRECTION_LIST, P_DIRECTION_ACT},
    {"/hand-overs", MSG_HANDOVER_LIST, P_HAND_OVER},  {"/figures", MSG_DASH_TITLE, P_FIGURES_READ},
    {"/problems", MSG_OVERSIGHT_PROBLEMS, P_OVERSEE}, {"/digest", MSG_OVERSIGHT_DIGEST, P_DIGEST},
    {"/readiness", MSG_READY_TITLE, P_READY_READ},    {"/kit", MSG_KIT_TITLE, P_KIT_READ},
    {"/prompts", MSG_PROMPT_TITLE, P_PROMPT_MANAGE},  {"/staff", MSG_STAFF_TITLE, P_USER_MANAGE},
    {"/backups", MSG_BACKUPS_TITLE, P_BACKUPS},       {"/account", MSG_ACCOUNT_OWN, P_SIGNED_IN},
};
enum { PLACES_N = sizeof places / sizeof places[0] };

/* Written before the server accepts, read by its threads. */
static str helpline;
static str leave;

void dress_with(const struct config *config)
{
    helpline = config->helpline;
    leave = config->leave;
}

/* A number to be called by a touch; words around it are only read. */
static bool callable(str number)
{
    for (size_t i = 0; i < number.n; i++) {
        const char c = number.p[i];
        if ((c < '0' || c > '9') && c != '-' && c != ' ' && c != '+') {
            return false;
        }
    }
    return number.n > 0;
}

/* Spaces are for reading: in an address they do not stand. */
static struct url dial(struct arena *a, str number)
{
    enum { DIAL_MAX = 64 };
    SCOPED(buf_free) struct buf b = buf_new(DIAL_MAX);
    buf_put(&b, S("tel:"));
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] != ' ') {
            buf_putc(&b, number.p[i]);
        }
    }
    return (struct url){arena_str(a, buf_str(&b))};
}

static void dress_public(struct web *w)
{
    struct page *p = &w->page;
    p->helpline = helpline;
    if (callable(helpline)) {
        p->call = dial(w->arena, helpline);
    }
    if (!p->staff) {
        prompts_dress(w);
        p->leave = (struct url){leave};
        /* It leaves no trace behind with the script; the start page, which has none to hide, stays light. */
        str path = p->path;
        p->script = !str_eq(str_cut(&path, '?'), S("/"));
    }
}

static bool below(str path, str place)
{
    return str_starts(path, place) && (path.n == place.n || path.p[place.n] == '/');
}

/* What hangs below a place without beginning as its path does. */
static str root_of(str path)
{
    static const str figures[] = {S_INIT("/reports"), S_INIT("/sheets"), S_INIT("/plans"),
                                  S_INIT("/documents"), S_INIT("/exchange")};
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        if (below(path, figures[i])) {
            return S("/figures");
        }
    }
    return path;
}

/* The place that the page lies in: the longest that its path begins with. */
static size_t place_of(str path)
{
    size_t best = PLACES_N;
    size_t longest = 0;
    for (size_t i = 0; i < PLACES_N; i++) {
        const str place = str_of(places[i].path);
        if (below(path, place) && place.n > longest) {
            best = i;
            longest = place.n;
        }
    }
    return best;
}

void dress(struct web *w)
{
    struct page *p = &w->page;
    dress_public(w);
    if (w->who.actor.role == ROLE_ADMIN) {
        p->warning = certificate_warning(p);
    }
    if (w->who.actor.role == ROLE_AWAY) {
        p->warning = rota_away_words(w);
    }
    struct page_link *nav = p->staff ? arena_array_of(w->arena, struct page_link, PLACES_N) : NULL;
    if (nav == NULL) {
        return;
    }
    str path = p->path;
    path = str_cut(&path, '?');
    const size_t here = place_of(root_of(path));
    for (size_t i = 0; i < PLACES_N; i++) {
        if (permission_of(w->who.actor.role, places[i].permission)) {
            const str place = str_of(places[i].path);
            nav[p->nav_n++] = (struct page_link){.to = url_local(w->arena, place),
                                                 .text = page_msg(p, places[i].text),
                                                 .here = str_eq(path, place),
                                                 .within = i == here};
        }
    }
    p->nav = nav;
    p->sign_out = url_local(w->arena, S("/logout"));
}
