/* ready_pages.c: which districts are ready, what is missing, and where each answer comes from. */
#include "clock.h"
#include "format.h"
#include "ready.h"
#include "ready.html.h"
#include "ready_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { UNIT_MAX = 40, ITEM_MAX = 60 };
static const char *const met_codes[] = {"yes", "no", NULL};

enum { RI_UNIT, RI_ITEM, RI_MET, RI_DAY, RI_EVIDENCE, RI_WHO, RI_N };
static const struct input ready_inputs[RI_N] = {
    [RI_UNIT] = {"unit", IN_CODE, MSG_READY_DISTRICT, UNIT_MAX, .required = true},
    [RI_ITEM] = {"item", IN_CODE, MSG_READY_ITEM, ITEM_MAX, .required = true},
    [RI_MET] = {"met", IN_CHOICE, MSG_READY_MET, .required = true, .choices = met_codes},
    [RI_DAY] = {"day", IN_DAY, MSG_READY_DAY, .required = true},
    [RI_EVIDENCE] = {"evidence", IN_WORDS, MSG_READY_EVIDENCE, READY_EVIDENCE_MAX},
    [RI_WHO] = {"who", IN_LINE, MSG_READY_WHO, READY_POST_MAX, .required = true},
};

/* Where each thing is done, and by whom. */
static const struct source {
    str from, to; /* empty: on the district's own page */
    enum msg who;
} sources[] = {
    {S_INIT("letter"), S_INIT("/rota/manage"), MSG_READY_DO_LETTER},
    {S_INIT("desk"), S_INIT("/desks"), MSG_READY_DO_DESK},
    {S_INIT("staff"), S_INIT("/staff"), MSG_READY_DO_STAFF},
    {S_INIT("rota"), S_INIT("/rota/manage"), MSG_READY_DO_ROTA},
    {S_INIT("devices"), S_INIT("/devices"), MSG_READY_DO_DEVICES},
    {S_INIT("trainings"), S_INIT("/events?kind=training"), MSG_READY_DO_TRAININGS},
    {S_INIT("opened"), S_INIT("/rota/manage"), MSG_READY_DO_OPENED},
    {S_INIT("stated"), S_INIT(""), MSG_READY_DO_STATED},
};

static const struct source *source_of(str from)
{
    size_t i = 0;
    while (i + 1 < COUNT(sources) && !str_eq(from, sources[i].from)) {
        i++;
    }
    return &sources[i];
}

static struct url district_url(struct web *w, str code)
{
    return url_local(w->arena, arena_printf(w->arena, "/readiness/%.*s", STR_F(code)));
}

static str number_words(struct web *w, enum msg m, int64_t n)
{
    const struct msg_arg arg = {"n", format_number(w->arena, w->lang, n)};
    return page_msg_args(&w->page, m, n, &arg, 1);
}

static str of_all(struct web *w, size_t met, size_t all)
{
    const struct msg_arg args[] = {{"n", format_number(w->arena, w->lang, (int64_t)met)},
                                   {"all", format_number(w->arena, w->lang, (int64_t)all)}};
    return page_msg_args(&w->page, MSG_READY_OF, (int64_t)met, args, 2);
}

static void answer_put(struct web *w, const struct ready_cell *k, struct cell_view *out)
{
    out->text = page_msg(&w->page, k->met                         ? MSG_READY_YES
                                   : k->last == NULL && k->stated ? MSG_READY_UNSAID
                                                                  : MSG_READY_NO);
    out->chip = k->met ? S("done") : S("wait");
}

/* ---- all districts ---- */

static err table_fill(struct web *w, const struct ready_table *t, struct table_view *out)
{
    const size_t columns = t->items_n + 2;
    struct column_view *heads = arena_array_of(w->arena, struct column_view, columns);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, t->n * columns + 1);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, t->n + 1);
    if (heads == NULL || cells == NULL || rows == NULL) {
        return FAIL(LIMIT);
    }
    heads[0].text = page_msg(&w->page, MSG_READY_DISTRICT);
    heads[1].text = page_msg(&w->page, MSG_READY_ALL);
    for (size_t i = 0; i < t->items_n; i++) {
        heads[i + 2].text = t->names[i];
    }
    for (size_t r = 0; r < t->n; r++) {
        const struct ready_district *d = &t->districts[r];
        struct cell_view *c = &cells[r * columns];
        c[0] = (struct cell_view){.text = d->name, .to = district_url(w, d->code)};
        c[1].text = of_all(w, d->met, t->items_n);
        for (size_t i = 0; i < t->items_n; i++) {
            answer_put(w, &d->cells[i], &c[i + 2]);
            c[i + 2].to = district_url(w, d->code);
        }
        rows[r] = (struct row_view){c, columns};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_READY_TITLE),
                               .columns = heads,
                               .columns_n = columns,
                               .rows = rows,
                               .rows_n = t->n,
                               .empty = page_msg(&w->page, MSG_READY_NONE)};
    return OK;
}

static err show_ready(struct web *w)
{
    struct ready_view m = {.one = false};
    struct ready_table t;
    TRY(ready_table(&w->ctx, S(""), &t));
    if (t.n == 1) {
        return web_redirect(w, district_url(w, t.districts[0].code));
    }
    TRY(table_fill(w, &t, &m.table));
    w->page.title = page_msg(&w->page, MSG_READY_TITLE);
    ready_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one district ---- */

enum { O_ITEM, O_ANSWER, O_HOW, O_DOES, O_COLS };

/* Who stated it, and when. */
static str said_by(struct web *w, const struct q_ready_stated_last *last)
{
    const struct msg_arg args[] = {{"who", page_isolate_words(&w->page, last->post_text)},
                                   {"day", format_day(w->arena, w->lang, last->stated_day)}};
    return page_msg_args(&w->page, MSG_READY_SAID_BY, 0, args, COUNT(args));
}

static void row_put(struct web *w, str code, const struct q_ready_items *item, str name,
                    const struct ready_cell *k, struct cell_view *c)
{
    const struct source *source = source_of(item->ready_from_code);
    c[O_ITEM].text = name;
    answer_put(w, k, &c[O_ANSWER]);
    if (!k->stated) {
        c[O_HOW].text = number_words(w, MSG_READY_COUNTED, k->n);
    } else if (k->last != NULL) {
        c[O_HOW] =
            (struct cell_view){.text = k->last->evidence_text, .dir = S("auto"), .note = said_by(w, k->last)};
    }
    c[O_DOES].text = page_msg(&w->page, source->who);
    if (source->to.n > 0) {
        c[O_DOES].to = url_local(w->arena, source->to);
    } else if (permission_of(w->ctx.actor.role, P_READY_STATE)) {
        c[O_DOES].to = url_local(w->arena, arena_printf(w->arena, "/readiness/%.*s#ready", STR_F(code)));
    }
}

static err one_fill(struct web *w, const struct ready_table *t, struct table_view *out)
{
    static const enum msg heads[O_COLS] = {[O_ITEM] = MSG_READY_ITEM,
                                           [O_ANSWER] = MSG_READY_MET,
                                           [O_HOW] = MSG_READY_EVIDENCE,
                                           [O_DOES] = MSG_READY_DOES};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, t->items_n * O_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t->items_n; i++) {
        row_put(w, t->districts[0].code, &t->items[i], t->names[i], &t->districts[0].cells[i],
                &cells[i * O_COLS]);
    }
    return web_table(w, heads, O_COLS, cells, t->items_n, MSG_READY_TITLE, MSG_READY_NONE, out);
}

/* What she may answer: the items that no table knows. */
static err items_choose(struct web *w, const struct ready_table *t, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, t->items_n + 1);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t->items_n; i++) {
        if (t->districts[0].cells[i].stated) {
            c[n++] = (struct choice_view){.value = t->items[i].item_code, .text = t->names[i]};
        }
    }
    web_choose(w, RI_ITEM, c, n, n == 1 ? c[0].value : STR_NONE);
    *out = web_field(w, RI_ITEM, MSG_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err form_fill(struct web *w, const struct ready_table *t, struct ready_view *m)
{
    struct choice_view *yes = arena_array_of(w->arena, struct choice_view, 2);
    if (yes == NULL) {
        return FAIL(LIMIT);
    }
    TRY(items_choose(w, t, &m->item));
    m->states = m->item.choices_n > 0;
    yes[0] = (struct choice_view){.value = S("yes"), .text = page_msg(&w->page, MSG_READY_YES)};
    yes[1] = (struct choice_view){.value = S("no"), .text = page_msg(&w->page, MSG_READY_NO)};
    web_choose(w, RI_MET, yes, 2, STR_NONE);
    m->met = web_field(w, RI_MET, MSG_NONE);
    m->met.type = S("pair");
    m->met.choices = yes;
    m->met.choices_n = 2;
    m->day = web_field(w, RI_DAY, MSG_NONE);
    m->day.type = S("date");
    m->day.dir = S("ltr");
    if (m->day.value.p == NULL) {
        m->day.value = format_day_iso(w->arena, local_day(w->ctx.now_ms));
    }
    m->evidence = web_field(w, RI_EVIDENCE, MSG_READY_EVIDENCE_HINT);
    m->evidence.rows = 3;
    m->evidence.optional = false;
    m->who = web_field(w, RI_WHO, MSG_READY_WHO_HINT);
    m->who.dir = S("auto");
    return OK;
}

static err show_ready_one(struct web *w)
{
    struct ready_view m = {.one = true};
    struct ready_table t;
    TRY(ready_table(&w->ctx, w->in[RI_UNIT].text, &t));
    if (t.n != 1) {
        return FAIL(NOT_FOUND);
    }
    TRY(one_fill(w, &t, &m.table));
    m.said = of_all(w, t.districts[0].met, t.items_n);
    m.post = district_url(w, t.districts[0].code);
    if (permission_of(w->ctx.actor.role, P_READY_STATE)) {
        TRY(form_fill(w, &t, &m));
    }
    const struct msg_arg name = {"name", t.districts[0].name};
    w->page.title = page_msg_args(&w->page, MSG_READY_OF_DISTRICT, 0, &name, 1);
    w->page.form_id = S("ready");
    if (w->ctx.actor.home == 0) {
        w->page.back = url_local(w->arena, S("/readiness"));
    }
    ready_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_ready(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct ready_said s = {.unit = in[RI_UNIT].text,
                                 .item = in[RI_ITEM].text,
                                 .met = in[RI_MET].n == 0,
                                 .day = in[RI_DAY].n,
                                 .evidence = in[RI_EVIDENCE].given ? in[RI_EVIDENCE].text : S(""),
                                 .post = in[RI_WHO].text};
    out->note = s.unit;
    return ready_state(c, &s);
}

static err answer_ready(struct web *w)
{
    return web_redirect(w, district_url(w, w->receipt.note));
}

static const struct route routes[] = {
    {HTTP_GET, "/readiness", P_READY_READ, 0, .show = show_ready, .doc = MSG_READY_TITLE},
    {HTTP_GET, "/readiness/{unit}", P_READY_READ, 0, INPUTS(ready_inputs), .show = show_ready_one,
     .doc = MSG_READY_ITEM},
    {HTTP_POST, "/readiness/{unit}", P_READY_STATE, 0, INPUTS(ready_inputs), .show = show_ready_one,
     .write = write_ready, .answer = answer_ready, .doc = MSG_READY_STATE},
};

const struct feature ready_feature = {.name = "readiness", .routes = routes, .routes_n = COUNT(routes)};
