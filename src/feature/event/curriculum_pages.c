/* curriculum_pages.c: /curricula, and how pages of an event name what it follows. */
#include "curriculum_pages.h"

#include "clock.h"
#include "dialogue.html.h"
#include "format.h"

enum { MODEL_MAX = 80 };
/* Both forms stand on one page: what they share has a name of its own in each. */
#define CURRICULUM_LIST(no, last)                                                                         \
    [CU_NO] = {(no), IN_NUMBER, MSG_CURRICULUM_WHICH},                                                    \
    [CU_TITLE] = {"title", IN_LINE, MSG_CURRICULUM_NAME, CURRICULUM_TITLE_MAX},                           \
    [CU_TOPICS] = {"topics", IN_WORDS, MSG_CURRICULUM_TOPICS, CURRICULUM_TOPICS_MAX},                     \
    [CU_FROM] = {"from", IN_DAY, MSG_CURRICULUM_FROM}, [CU_LAST] = {(last), IN_DAY, MSG_CURRICULUM_LAST}, \
    [CU_MODEL] = {"model", IN_CODE, MSG_CURRICULUM_MODEL, MODEL_MAX}

const struct input curriculum_inputs[CURRICULUM_INPUTS] = {CURRICULUM_LIST("no", "last")};
const struct input curriculum_end_inputs[CURRICULUM_INPUTS] = {CURRICULUM_LIST("ended", "ended_on")};

/* ---- names ---- */

static str named(struct web *w, const struct q_curriculum_of *r)
{
    const struct msg_arg args[] = {{"no", format_number(w->arena, w->lang, r->curriculum_no)},
                                   {"version", format_number(w->arena, w->lang, r->curriculum_version_no)},
                                   {"title", page_isolate(&w->page, r->title_text)}};
    return page_msg_args(&w->page, MSG_CURRICULUM_NAMED, 0, args, 3);
}

static err followed(struct web *w, const struct q_event_get *r, struct q_curriculum_of *out)
{
    const struct q_curriculum_get_in in = {r->home, r->curriculum_no.v, r->curriculum_version_no.v};
    return r->curriculum_no.given ? q_curriculum_get(w->ctx.db, w->arena, &in, out) : FAIL(NOT_FOUND);
}

err curriculum_words(struct web *w, const struct q_event_get *r, str *out)
{
    struct q_curriculum_of row;
    const err e = followed(w, r, &row);
    *out = e.code == ERR_OK ? named(w, &row) : S("");
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err curriculum_topics(struct web *w, const struct q_event_get *r, str *out)
{
    struct q_curriculum_of row;
    const err e = followed(w, r, &row);
    *out = e.code == ERR_OK ? row.topics_text : S("");
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err curriculum_choices(struct web *w, size_t input, const struct q_event_get *r, struct field_view *out)
{
    const bool fresh = r->home == 0;
    const int64_t day = fresh ? local_day(w->ctx.now_ms) : r->event_day;
    struct q_curriculum_of *rows;
    struct q_curriculum_of now;
    size_t n;
    TRY(curriculum_left(&w->ctx, fresh ? w->ctx.actor.home : r->home, day, &rows, &n));
    const bool follows = followed(w, r, &now).code == ERR_OK;
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 2);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    bool there = false;
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = curriculum_code(w->arena, SOME(rows[i].curriculum_no),
                                                             SOME(rows[i].curriculum_version_no)),
                                    .text = named(w, &rows[i])};
        there = there || (follows && rows[i].curriculum_no == now.curriculum_no &&
                          rows[i].curriculum_version_no == now.curriculum_version_no);
    }
    const str preset = curriculum_code(w->arena, r->curriculum_no, r->curriculum_version_no);
    if (follows && !there) {
        c[n++] = (struct choice_view){.value = preset, .text = named(w, &now)};
    }
    web_choose(w, input, c, n, preset);
    *out = web_field(w, input, MSG_CURRICULUM_TAUGHT_HINT);
    out->choices = c;
    out->choices_n = n;
    if (out->value.p == NULL) {
        out->value = preset;
    }
    return OK;
}

/* ---- the list ---- */

enum { COL_NAME, COL_TOPICS, COL_FROM, COL_LAST, COLS };

static err list_table(struct web *w, const struct q_curriculum_of *rows, size_t n, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_NAME] = MSG_CURRICULUM_NAME,
                                         [COL_TOPICS] = MSG_CURRICULUM_TOPICS,
                                         [COL_FROM] = MSG_CURRICULUM_FROM,
                                         [COL_LAST] = MSG_CURRICULUM_LAST};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool open = rows[i].valid_to_day == DAY_OPEN;
        struct cell_view *c = &cells[i * COLS];
        TRY(label_find(&w->ctx, S("unit"), rows[i].home, &c[COL_NAME].note));
        c[COL_NAME].text = named(w, &rows[i]);
        c[COL_TOPICS] = (struct cell_view){.text = rows[i].topics_text, .dir = S("auto")};
        c[COL_FROM].text = format_day(w->arena, w->lang, rows[i].valid_from_day);
        c[COL_LAST].text = open ? S("–") : format_day(w->arena, w->lang, day_add(rows[i].valid_to_day, -1));
    }
    return web_table(w, heads, COLS, cells, n, MSG_CURRICULUM_TITLE, MSG_CURRICULUM_NONE, out);
}

/* The newest version of each, of her own district; they stand first of their number. */
static err newest_choices(struct web *w, const struct q_curriculum_of *rows, size_t n, bool chosen,
                          struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    int64_t last = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].home == w->ctx.actor.home && rows[i].curriculum_no != last) {
            c[kept++] = (struct choice_view){
                .value = arena_printf(w->arena, "%lld", (long long)rows[i].curriculum_no),
                .text = named(w, &rows[i])};
            last = rows[i].curriculum_no;
        }
    }
    if (chosen) {
        web_choose(w, CU_NO, c, kept, STR_NONE);
    }
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

/* A field of the form that was sent; of the other one an empty field of another name in the page. */
static struct field_view field(struct web *w, size_t input, bool sent, enum msg hint)
{
    struct field_view f = web_field(w, input, hint);
    if (!sent) {
        f.value = f.fault = STR_NONE;
    }
    f.optional = input == CU_NO || input == CU_LAST;
    return f;
}

/* Ready-made ones, as links; the words of the one that was chosen stand in the form. */
static err models_fill(struct web *w, struct curricula_view *m)
{
    struct curriculum_model *models;
    size_t n;
    TRY(curriculum_models(&w->ctx, &models, &n));
    struct page_link *links = arena_array_of(w->arena, struct page_link, n + 1);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    const str chosen = w->in[CU_MODEL].given && !w->step ? w->in[CU_MODEL].text : S("");
    for (size_t i = 0; i < n; i++) {
        const struct url to =
            url_with(w->arena, url_local(w->arena, S("/curricula")), S("model"), models[i].code);
        links[i] = (struct page_link){.to = to, .text = models[i].title};
        if (str_eq(models[i].code, chosen)) {
            links[i].here = m->open = true;
            m->name.value = models[i].title;
            m->topics.value = models[i].topics;
        }
    }
    m->models = links;
    m->models_n = n;
    return OK;
}

err show_curricula(struct web *w)
{
    struct q_curriculum_of *rows;
    size_t n;
    const bool ends = w->route->inputs == curriculum_end_inputs;
    struct curricula_view m = {.may_write =
                                   w->ctx.actor.home != 0 && permission_of(w->ctx.actor.role, P_EVENT_PLAN),
                               .open = w->step && !ends,
                               .ending = w->step && ends};
    TRY(curriculum_all(&w->ctx, &rows, &n));
    TRY(list_table(w, rows, n, &m.table));
    m.no = field(w, CU_NO, !ends, MSG_CURRICULUM_WHICH_HINT);
    m.name = field(w, CU_TITLE, !ends, MSG_NONE);
    m.topics = field(w, CU_TOPICS, !ends, MSG_CURRICULUM_TOPICS_HINT);
    m.from = field(w, CU_FROM, !ends, MSG_NONE);
    m.last = field(w, CU_LAST, !ends, MSG_NONE);
    m.ended = field(w, CU_NO, ends, MSG_NONE);
    m.end_last = field(w, CU_LAST, ends, MSG_NONE);
    m.no.name = S("no");
    m.last.name = S("last");
    m.ended.name = S("ended");
    m.end_last.name = S("ended_on");
    m.ended.optional = m.end_last.optional = false;
    m.topics.rows = 6;
    if (m.may_write) {
        TRY(models_fill(w, &m));
    }
    TRY(newest_choices(w, rows, n, !ends, &m.no));
    TRY(newest_choices(w, rows, n, ends, &m.ended));
    w->page.title = page_msg(&w->page, MSG_CURRICULUM_TITLE);
    w->page.back = url_local(w->arena, S("/events"));
    w->page.form_id = ends ? S("curriculum-end") : S("curriculum");
    curricula_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- writing ---- */

static str text_of(const struct given *g)
{
    return g->given ? g->text : S("");
}

err write_curriculum(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    const struct curriculum_new n = {.no = in[CU_NO].given ? in[CU_NO].n : 0,
                                     .title = text_of(&in[CU_TITLE]),
                                     .topics = text_of(&in[CU_TOPICS]),
                                     .from_day = in[CU_FROM].given ? in[CU_FROM].n : 0,
                                     .last_day = in[CU_LAST].given ? SOME(in[CU_LAST].n) : NONE_I64};
    return curriculum_add(c, &n);
}

err write_curriculum_end(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return curriculum_end(c, in[CU_NO].given ? in[CU_NO].n : 0, in[CU_LAST].given ? in[CU_LAST].n : 0);
}

err answer_curriculum(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/curricula")));
}
