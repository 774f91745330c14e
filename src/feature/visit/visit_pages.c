/* visit_pages.c: the page of today's visitors, and the addresses of this feature. */
#include "visit_pages.h"

#include "clock.h"
#include "format.h"
#include "place.h"
#include "visit.html.h"
#include "visit_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One list for all that is sent from this page, so that it can be shown again with what was typed. */
enum { I_TURN, I_NO, I_TOKEN, I_SEX, I_OUTCOME, I_ONLINE, I_SELF, I_MINUTES, I_RECORD, I_GIVEN, I_N };

/* clang-format off */
#define TOKEN_ROW  [I_TOKEN] = {"token", IN_NUMBER, MSG_VISIT_TOKEN, TOKENS_DAY_MOST}
#define COMMON_ROWS \
    [I_ONLINE] = {"online", IN_CHOICE, MSG_VISIT_ONLINE, .choices = visit_online_codes}, \
    [I_SELF] = {"self", IN_FLAG, MSG_VISIT_SELF}, \
    [I_MINUTES] = {"minutes", IN_NUMBER, MSG_VISIT_MINUTES, VISIT_MINUTES_MOST}, \
    [I_RECORD] = {"record", IN_CODE, MSG_VISIT_RECORD, 26}, \
    [I_GIVEN] = {"given", IN_NUMBER, MSG_VISIT_NUMBER, TOKENS_DAY_MOST}
/* clang-format on */

static const struct input visit_inputs[I_N] = {
    [I_TURN] = {"turn", IN_CHOICE, MSG_VISIT_TURN, .choices = visit_turn_codes},
    [I_NO] = {"no", IN_NUMBER, MSG_VISIT_NUMBER, TOKENS_DAY_MOST},
    TOKEN_ROW,
    [I_SEX] = {"sex", IN_CHOICE, MSG_VISIT_SEX, .required = true, .choices = visit_sex_codes},
    [I_OUTCOME] = {"outcome", IN_CHOICE, MSG_VISIT_OUTCOME, .required = true, .choices = visit_outcome_codes},
    COMMON_ROWS,
};
static const struct input queue_inputs[I_N] = {
    [I_TURN] = {"turn", IN_CHOICE, MSG_VISIT_TURN, .choices = visit_turn_codes},
    [I_NO] = {"no", IN_NUMBER, MSG_VISIT_NUMBER, TOKENS_DAY_MOST},
    TOKEN_ROW,
    [I_SEX] = {"sex", IN_CHOICE, MSG_VISIT_SEX, .choices = visit_sex_codes},
    [I_OUTCOME] = {"outcome", IN_CHOICE, MSG_VISIT_OUTCOME, .choices = visit_outcome_codes},
    COMMON_ROWS,
};

/* ---- parts ---- */

str given_text(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

str visit_words(const struct page *p, const struct visit_word *words, size_t n, str code)
{
    const enum msg m = visit_word_of(words, n, code);
    return m == MSG_NONE ? S("") : page_msg(p, m);
}

err visit_field(struct web *w, size_t input, const struct visit_word *words, size_t n, str preset,
                enum msg hint, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = words[i].code, .text = page_msg(&w->page, words[i].text)};
    }
    *out = web_field(w, input, hint);
    web_choose(w, input, c, n, preset);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

err desk_name(struct web *w, const struct visit_desk *d, enum lang lang, str *out)
{
    return label_find_in(&w->ctx, S("body"), d->id, (int)lang, out);
}

/* ---- the page ---- */

static struct url slip_url(struct web *w, int64_t no)
{
    return url_local(w->arena, arena_printf(w->arena, "/desk/tokens/%d/slip", (int)no));
}

static struct chip_view turn_chip(const struct page *p, const struct q_desk_token_open *r)
{
    if (str_eq(r->token_code, S("called"))) {
        return (struct chip_view){.kind = S("busy"), .text = page_msg(p, MSG_VISIT_CALLED)};
    }
    const bool first = str_eq(r->turn_code, S("first"));
    return (struct chip_view){.kind = S("wait"),
                              .text = page_msg(p, first ? MSG_VISIT_TURN_FIRST : MSG_VISIT_WAITS)};
}

static err queue_fill(struct web *w, const struct visit_desk *d, struct visits_view *m)
{
    struct q_desk_token_open *rows;
    size_t n;
    TRY(tokens_open(&w->ctx, d, &rows, &n));
    struct queue_row *queue = arena_array_of(w->arena, struct queue_row, n + 1);
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (queue == NULL || choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const str no = arena_printf(w->arena, "%d", (int)rows[i].token_no);
        const struct url page = url_with(w->arena, url_local(w->arena, S("/desk/visits")), S("token"), no);
        queue[i] = (struct queue_row){.no = rows[i].token_no,
                                      .chip = turn_chip(&w->page, &rows[i]),
                                      .slip = slip_url(w, rows[i].token_no),
                                      .serve = {arena_printf(w->arena, "%.*s#write", STR_F(page.s))}};
        choices[i] = (struct choice_view){.value = no, .text = format_number(w->arena, w->lang, queue[i].no)};
        m->waiting_n += str_eq(rows[i].token_code, S("waiting"));
    }
    m->queue = queue;
    m->queue_n = n;
    web_choose(w, I_TOKEN, choices, n, STR_NONE);
    m->token = web_field(w, I_TOKEN, MSG_VISIT_TOKEN_HINT);
    m->token.choices = choices;
    m->token.choices_n = n;
    return OK;
}

static err form_fill(struct web *w, struct visits_view *m)
{
    m->self = web_field(w, I_SELF, MSG_NONE);
    m->minutes = web_field(w, I_MINUTES, MSG_NONE);
    TRY(visit_field(w, I_SEX, visit_sex_words, VISIT_sex_n, S("woman"), MSG_VISIT_SEX_HINT, &m->sex));
    TRY(visit_field(w, I_OUTCOME, visit_outcome_words, VISIT_outcome_n, STR_NONE, MSG_NONE, &m->outcome));
    TRY(visit_field(w, I_ONLINE, visit_online_words, VISIT_online_n, STR_NONE, MSG_VISIT_ONLINE_HINT,
                    &m->online));
    m->sex.optional = false;
    m->outcome.optional = false;
    return OK;
}

static err today_fill(struct web *w, struct visits_view *m)
{
    struct q_visit_today *rows;
    size_t n;
    TRY(visits_today(&w->ctx, &rows, &n));
    struct visit_row *out = arena_array_of(w->arena, struct visit_row, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_visit_today *r = &rows[i];
        const str online = visit_words(&w->page, visit_online_words, VISIT_online_n, r->online_code);
        const str outcome = visit_words(&w->page, visit_outcome_words, VISIT_outcome_n, r->outcome_code);
        out[i] = (struct visit_row){
            .no = r->visit_no,
            .what =
                online.n > 0 ? arena_printf(w->arena, "%.*s · %.*s", STR_F(outcome), STR_F(online)) : outcome,
            .who = visit_words(&w->page, visit_sex_words, VISIT_sex_n, r->sex_code),
            .undone = r->undone_ms.given,
            .mine = r->made_by_id.given && r->made_by_id.v == w->ctx.actor.user_id,
        };
    }
    m->rows = out;
    m->rows_n = n;
    return OK;
}

static err show_visits(struct web *w)
{
    struct visit_desk d;
    struct visits_view m = {.day = format_day(w->arena, w->lang, local_day(w->ctx.now_ms))};
    TRY(visit_desk_own(&w->ctx, &d));
    TRY(queue_fill(w, &d, &m));
    TRY(form_fill(w, &m));
    TRY(today_fill(w, &m));
    if (w->in[I_GIVEN].given) {
        m.given = w->in[I_GIVEN].n;
        m.slip = slip_url(w, m.given);
    }
    m.now = url_local(w->arena, arena_printf(w->arena, "/now/%.*s", STR_F(d.code)));
    w->page.title = page_msg(&w->page, MSG_VISIT_TITLE);
    w->page.back = url_local(w->arena, S("/desk"));
    w->page.form_id = S("visit");
    visits_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- what is sent from it ---- */

static err write_token(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    TRY(token_give(c, in[I_TURN].given ? in[I_TURN].text : S("usual"), given_text(&in[I_RECORD]), &no));
    out->note = arena_printf(c->arena, "%d", (int)no);
    return OK;
}

static err write_next(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    (void)in;
    (void)out;
    return token_next(c, &no);
}

static err write_left(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return token_left(c, in[I_NO].n);
}

static err write_visit(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    const struct visit_new v = {.sex = in[I_SEX].text,
                                .outcome = in[I_OUTCOME].text,
                                .online = in[I_ONLINE].given ? in[I_ONLINE].text : S(""),
                                .self = in[I_SELF].given && in[I_SELF].n == 1,
                                .minutes = {in[I_MINUTES].given, in[I_MINUTES].n},
                                .token = {in[I_TOKEN].given, in[I_TOKEN].n},
                                .record = given_text(&in[I_RECORD])};
    (void)out;
    return visit_add(c, &v, &no);
}

static err write_undo(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return visit_undo(c, in[I_NO].n);
}

static err answer_visits(struct web *w)
{
    struct url to = url_local(w->arena, S("/desk/visits"));
    if (w->receipt.note.n > 0) {
        to = url_with(w->arena, to, S("given"), w->receipt.note);
    }
    return web_redirect(w, to);
}

static const struct route routes[] = {
    {HTTP_GET, "/desk/visits", P_VISIT_RECORD, 0, INPUTS(visit_inputs), .show = show_visits,
     .doc = MSG_DOC_VISITS},
    {HTTP_POST, "/desk/visits", P_VISIT_RECORD, 0, INPUTS(visit_inputs), .show = show_visits,
     .write = write_visit, .answer = answer_visits, .doc = MSG_DOC_VISIT_ADD},
    {HTTP_POST, "/desk/visits/undo", P_VISIT_RECORD, 0, INPUTS(queue_inputs), .show = show_visits,
     .write = write_undo, .answer = answer_visits, .doc = MSG_DOC_VISIT_UNDO},
    {HTTP_POST, "/desk/tokens", P_VISIT_RECORD, 0, INPUTS(queue_inputs), .show = show_visits,
     .write = write_token, .answer = answer_visits, .doc = MSG_DOC_TOKEN_GIVE},
    {HTTP_POST, "/desk/tokens/next", P_VISIT_RECORD, 0, INPUTS(queue_inputs), .show = show_visits,
     .write = write_next, .answer = answer_visits, .doc = MSG_DOC_TOKEN_NEXT},
    {HTTP_POST, "/desk/tokens/left", P_VISIT_RECORD, 0, INPUTS(queue_inputs), .show = show_visits,
     .write = write_left, .answer = answer_visits, .doc = MSG_DOC_TOKEN_LEFT},
    {HTTP_GET, "/desk/tokens/{no}/slip", P_VISIT_RECORD, 0, INPUTS(token_inputs), .show = show_token,
     .doc = MSG_DOC_TOKEN_SLIP},
    {HTTP_GET, "/desk/materials", P_VISIT_RECORD, 0, INPUTS(material_inputs), .show = show_materials,
     .doc = MSG_DOC_MATERIALS},
    {HTTP_POST, "/desk/materials", P_VISIT_RECORD, 0, INPUTS(material_inputs), .show = show_materials,
     .write = write_material, .answer = answer_material, .doc = MSG_DOC_MATERIAL_NEW},
    {HTTP_POST, "/desk/materials/move", P_VISIT_RECORD, 0, INPUTS(material_move_inputs),
     .show = show_materials, .write = write_material_move, .answer = answer_material,
     .doc = MSG_DOC_MATERIAL_MOVE},
    {HTTP_GET, "/desk/figures", P_VISIT_FIGURES, ROUTE_SLOW, INPUTS(figure_inputs), .show = show_figures,
     .doc = MSG_DOC_FIGURES},
    {HTTP_GET, "/desk/figures.csv", P_VISIT_FIGURES, ROUTE_SLOW, INPUTS(figure_inputs),
     .show = show_figures_file, .doc = MSG_DOC_FIGURES_FILE},
    {HTTP_GET, "/desk/door", P_VISIT_RECORD, 0, .show = show_door, .doc = MSG_DOC_DOOR},
    {HTTP_GET, "/exit", P_PUBLIC, 0, INPUTS(exit_inputs), .show = show_exit, .doc = MSG_DOC_EXIT},
    {HTTP_POST, "/exit", P_PUBLIC, ROUTE_FORM | ROUTE_NO_REPLAY, INPUTS(exit_inputs), .show = show_exit,
     .write = write_exit, .answer = answer_exit, .doc = MSG_DOC_EXIT},
    {HTTP_GET, "/now/{desk}", P_PUBLIC, 0, INPUTS(now_inputs), .show = show_now, .doc = MSG_DOC_NOW},
};

const struct feature visit_feature = {.name = "visit", .routes = routes, .routes_n = COUNT(routes)};
