/* door_pages.c: what stands on walls, tablets and slips: the number on paper, the number that is called, the
 * question at the door. */
#include "visit_pages.h"

#include "clock.h"
#include "format.h"
#include "qr.h"
#include "visit.html.h"

/* ---- the number on paper ---- */

enum { K_NO, K_PAPER, K_LANG };
static const char *const choices_paper[] = {"w58", "w80", "a6", NULL};
static const struct {
    str code;
    enum msg text;
} papers[] = {{S_INIT("w58"), MSG_SLIP_W58}, {S_INIT("w80"), MSG_SLIP_W80}, {S_INIT("a6"), MSG_SLIP_A6}};
enum { PAPERS = sizeof papers / sizeof papers[0], PAPER_USUAL = 1 };

const struct input token_inputs[TOKEN_INPUTS] = {
    [K_NO] = {"no", IN_NUMBER, MSG_VISIT_NUMBER, TOKENS_DAY_MOST, .required = true},
    [K_PAPER] = {"paper", IN_CHOICE, MSG_SLIP_PAPERS, .choices = choices_paper},
    [K_LANG] = {"slip", IN_CHOICE, MSG_LANG_LABEL, .choices = visit_written_codes},
};

/* The size chosen now, else the one chosen last at this machine: its printer takes no other. */
static size_t paper_of(struct web *w)
{
    if (w->in[K_PAPER].given) {
        web_set_cookie(w, S("paper"), w->in[K_PAPER].text, (int64_t)365 * 24 * 3600);
        return (size_t)w->in[K_PAPER].n;
    }
    const str kept = web_cookie(w, S("paper"));
    for (size_t i = 0; i < PAPERS; i++) {
        if (str_eq(kept, papers[i].code)) {
            return i;
        }
    }
    return PAPER_USUAL;
}

static err token_ways(struct web *w, struct token_view *m)
{
    struct paper_view *sizes = arena_array_of(w->arena, struct paper_view, PAPERS);
    struct paper_view *tongues = arena_array_of(w->arena, struct paper_view, LANG_N);
    const struct url here = url_local(w->arena, arena_printf(w->arena, "/desk/tokens/%d/slip", (int)m->no));
    if (sizes == NULL || tongues == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < PAPERS; i++) {
        const struct url to = url_with(w->arena, here, S("paper"), papers[i].code);
        sizes[i] = (struct paper_view){.to = url_with(w->arena, to, S("slip"), m->lang),
                                       .text = page_msg(&w->page, papers[i].text),
                                       .here = str_eq(m->paper, papers[i].code)};
    }
    for (size_t i = 0; i < LANG_N; i++) {
        tongues[i] = (struct paper_view){.to = url_with(w->arena, here, S("slip"), lang_table[i].code),
                                         .text = lang_table[i].own_name,
                                         .here = str_eq(m->lang, lang_table[i].code)};
    }
    m->papers = sizes;
    m->papers_n = PAPERS;
    m->languages = tongues;
    m->languages_n = LANG_N;
    return OK;
}

err show_token(struct web *w)
{
    struct visit_desk d;
    struct q_desk_token_get row;
    enum lang lang = LANG_UR; /* the paper is for her, not for whoever prints it */
    TRY(visit_desk_own(&w->ctx, &d));
    const struct q_desk_token_get_in of = {d.home, d.id, local_day(w->ctx.now_ms), w->in[K_NO].n};
    TRY(q_desk_token_get(w->ctx.db, w->arena, &of, &row));
    if (w->in[K_LANG].given && !lang_of(w->in[K_LANG].text, &lang)) {
        lang = LANG_UR;
    }
    w->page.lang = lang;
    struct token_view m = {.paper = papers[paper_of(w)].code,
                           .lang = lang_table[lang].code,
                           .dir = lang_table[lang].dir,
                           .day = format_day(w->arena, lang, of.token_day),
                           .no = of.token_no};
    TRY(desk_name(w, &d, lang, &m.desk));
    TRY(token_ways(w, &m));
    w->page.title = page_msg(&w->page, MSG_VISIT_NUMBER);
    w->page.back = url_local(w->arena, S("/desk/visits"));
    w->page.script = true;
    token_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the number that is called ---- */

enum { N_DESK, N_STILL };
enum { CALLED_SHOWN = 4 };
const struct input now_inputs[NOW_INPUTS] = {
    [N_DESK] = {"desk", IN_CODE, MSG_FIGURES_DESK, 40, .required = true},
    [N_STILL] = {"still", IN_FLAG, MSG_NOW_STOP},
};

static err called_fill(struct web *w, const struct visit_desk *d, struct now_view *m)
{
    struct q_desk_token_open *rows;
    size_t n;
    struct q_desk_token_waiting waiting;
    int64_t *called = arena_array_of(w->arena, int64_t, CALLED_SHOWN);
    const struct q_desk_token_waiting_in of = {d->home, d->id, local_day(w->ctx.now_ms)};
    TRY(tokens_open(&w->ctx, d, &rows, &n));
    TRY(q_desk_token_waiting(w->ctx.db, w->arena, &of, &waiting));
    if (called == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n && m->called_n < CALLED_SHOWN; i++) {
        if (str_eq(rows[i].token_code, S("called"))) {
            called[m->called_n++] = rows[i].token_no;
        }
    }
    m->called = called;
    m->waiting_n = waiting.waiting_n;
    return OK;
}

err show_now(struct web *w)
{
    struct visit_desk d;
    TRY(visit_desk_find(&w->ctx, w->in[N_DESK].text, &d));
    const struct url here = url_local(w->arena, arena_printf(w->arena, "/now/%.*s", STR_F(d.code)));
    struct now_view m = {.again = here, .stop = url_with(w->arena, here, S("still"), S("1"))};
    TRY(called_fill(w, &d, &m));
    TRY(desk_name(w, &d, w->lang, &m.desk));
    /* Whoever is signed in would stay so as long as her screen asks again. */
    m.still = w->in[N_STILL].given || w->page.staff;
    if (!m.still) {
        web_header(w, "Refresh", S("15"));
    }
    w->page.title = page_msg(&w->page, MSG_NOW_TITLE);
    now_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the question at the door ---- */

enum { X_EXIT, X_FACE, X_FORM, X_THANKS };
const struct input exit_inputs[EXIT_INPUTS] = {
    [X_EXIT] = {"exit", IN_SIGNED, MSG_DOOR_TITLE, .required = true, .missing = MSG_EXIT_OVER},
    [X_FACE] = {"face", IN_CHOICE, MSG_EXIT_QUESTION, .choices = visit_face_codes},
    [X_FORM] = {"form", IN_CODE, MSG_DOOR_TITLE, 64},
    [X_THANKS] = {"thanks", IN_FLAG, MSG_EXIT_THANKS},
};

static str address_here(struct web *w, struct url to)
{
    const str host = http_header(w->x, "Host");
    const bool tls = http_request(w->x)->secure;
    if (host.n == 0 || host.n > 100 || !str_utf8(host)) {
        return S("");
    }
    return arena_printf(w->arena, "%s://%.*s%.*s", tls ? "https" : "http", STR_F(host), STR_F(to.s));
}

/* Good until the end of the day, whoever holds the tablet: no log-in on it, and nothing to be found there. */
err show_door(struct web *w)
{
    struct visit_desk d;
    struct qr qr;
    TRY(visit_desk_own(&w->ctx, &d));
    const int64_t until_ms = day_at_ms(day_add(local_day(w->ctx.now_ms), 1), 0, 0);
    const str token = web_sign(w, S("exit"), d.code, (until_ms - w->ctx.now_ms) / 1000);
    struct door_view m = {.open = url_with(w->arena, url_local(w->arena, S("/exit")), S("exit"), token),
                          .until = format_clock(w->arena, w->lang, until_ms - MS_PER_MINUTE)};
    m.address = address_here(w, m.open);
    if (m.address.n > 0) {
        TRY(qr_of(w->arena, m.address, &qr));
        m.qr_path = qr.path;
        m.qr_size = qr.size;
    }
    w->page.title = page_msg(&w->page, MSG_DOOR_TITLE);
    w->page.back = url_local(w->arena, S("/desk/visits"));
    door_page(&w->page, &m);
    return web_html(w, 200);
}

static struct url exit_url(struct web *w)
{
    return url_with(w->arena, url_local(w->arena, S("/exit")), S("exit"), w->in[X_EXIT].raw);
}

err show_exit(struct web *w)
{
    static const str icons[VISIT_face_n] = {S_INIT("solved"), S_INIT("partly"), S_INIT("notsolved")};
    struct exit_view m = {.token = w->in[X_EXIT].raw, .form = w->page.idem_key};
    if (!w->in[X_EXIT].given) {
        return web_problem(w, 404, MSG_EXIT_OVER);
    }
    TRY(visit_field(w, X_FACE, visit_face_words, VISIT_face_n, STR_NONE, MSG_NONE, &m.face));
    struct choice_view *faces = arena_array_of(w->arena, struct choice_view, VISIT_face_n);
    if (faces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < VISIT_face_n; i++) {
        faces[i] = m.face.choices[i];
        faces[i].icon = icons[i];
    }
    m.face.choices = faces;
    m.face.type = S("faces");
    m.face.heading = true;
    m.face.optional = false;
    m.again = exit_url(w);
    m.thanks = w->in[X_THANKS].given;
    if (m.thanks) { /* for whoever comes next */
        web_header(w, "Refresh", arena_printf(w->arena, "8; url=%.*s", STR_F(m.again.s)));
    }
    w->page.title = page_msg(&w->page, MSG_EXIT_QUESTION);
    exit_page(&w->page, &m);
    return web_html(w, 200);
}

err write_exit(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct visit_desk d;
    (void)out;
    TRY(visit_desk_find(c, in[X_EXIT].text, &d));
    return exit_answer(c, &d, given_text(&in[X_FACE]), in[X_FORM].given ? in[X_FORM].text : S(""));
}

err answer_exit(struct web *w)
{
    return web_redirect(w, url_with(w->arena, exit_url(w), S("thanks"), S("1")));
}
