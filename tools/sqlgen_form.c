/* A query's forms: one statement for each combination of optional lines, cursor and list length. The form's
 * number is (list * 2 + cursor) * 2^optionals + bits, leaving out what the query has not. */
#include "sqlgen.h"

static const size_t list_lengths[] = {1, 4, 16, LIST_MAX};

struct combination {
    size_t bits;
    bool cursor;
    size_t list_n;
};

struct rendering {
    const struct query *q;
    struct combination c;
    bool pg;
    size_t *number; /* for each parameter: its number in this form, 0: not yet; of a list the first */
    struct form *form;
    struct out out;
    size_t watch;      /* an offset in the text … */
    const char *place; /* … and where it came from */
};

static void use_add(struct rendering *r, size_t value)
{
    PUSH(r->form->use, r->form->use_n) = (uint16_t)value;
}

/* The number of a parameter's (first) value, taken when it is met first in the SQLite text. */
static size_t number_of(struct rendering *r, size_t param, const char *at)
{
    const struct param *p = &r->q->params[param];
    if (r->number[param] == 0) {
        if (r->pg) {
            query_refuse(r->q, at, ":%.*s is not in this form of the shared text", STR_F(p->name));
        }
        r->number[param] = r->form->use_n + 1;
        for (size_t i = 0; i < (p->list ? r->c.list_n : 1); i++) {
            use_add(r, p->value + i);
        }
    }
    return r->number[param];
}

static void put_number(struct rendering *r, size_t number, enum type type)
{
    if (r->pg) {
        out_printf(&r->out, "$%zu::%s", number, type_pg(type));
    } else {
        out_printf(&r->out, "?%zu", number);
    }
}

static void put_param(struct rendering *r, const struct piece *piece)
{
    const size_t number = number_of(r, piece->param, piece->at);
    const size_t n = piece->kind == PIECE_LIST ? r->c.list_n : 1;
    for (size_t i = 0; i < n; i++) {
        out_c(&r->out, i > 0 ? ", " : "");
        put_number(r, number + i, r->q->params[piece->param].type);
    }
}

/* ` and (due_ms, id) > (?3, ?4)` */
static void put_cursor(struct rendering *r, const char *at)
{
    const struct query *q = r->q;
    const bool row = q->page_n > 1;
    out_c(&r->out, row ? "and (" : "and ");
    for (size_t i = 0; i < q->page_n; i++) {
        out_printf(&r->out, "%s%.*s", i > 0 ? ", " : "", STR_F(q->page[i]));
    }
    out_printf(&r->out, "%s %c %s", row ? ")" : "", q->page_desc ? '<' : '>', row ? "(" : "");
    size_t put = 0;
    for (size_t i = 0; i < q->params_n; i++) {
        if (q->params[i].cursor) {
            out_c(&r->out, put++ > 0 ? ", " : "");
            put_number(r, number_of(r, i, at), q->params[i].type);
        }
    }
    out_c(&r->out, row ? ")" : "");
}

static bool piece_stands(const struct rendering *r, const struct piece *p)
{
    return p->optional == 0 || (r->c.bits >> r->q->params[p->optional - 1].bit & 1) != 0;
}

static str render(struct rendering *r, const struct statement *st)
{
    r->out = (struct out){0};
    for (size_t i = 0; i < st->n; i++) {
        const struct piece *p = &st->pieces[i];
        if (!piece_stands(r, p) || (p->kind == PIECE_AFTER && !r->c.cursor)) {
            continue;
        }
        const size_t before = r->out.n;
        switch (p->kind) {
        case PIECE_TEXT:
            out_str(&r->out, p->text);
            break;
        case PIECE_PARAM:
        case PIECE_LIST:
            put_param(r, p);
            break;
        case PIECE_AFTER:
            put_cursor(r, p->at);
            break;
        }
        if (r->watch >= before && r->watch < r->out.n) {
            r->place = p->kind == PIECE_TEXT && p->text.p == p->at ? p->at + (r->watch - before) : p->at;
        }
    }
    return out_text(&r->out);
}

static struct combination combination_of(const struct query *q, size_t form)
{
    struct combination c = {.bits = form & ((1u << q->optionals) - 1), .list_n = 1};
    form >>= q->optionals;
    if (q->page_n > 0) {
        c.cursor = (form & 1) != 0;
        form >>= 1;
    }
    c.list_n = list_lengths[form];
    return c;
}

static size_t forms_count(const struct query *q)
{
    const size_t lists = query_list(q) != NULL ? sizeof list_lengths / sizeof *list_lengths : 1;
    return lists * (q->page_n > 0 ? 2 : 1) << q->optionals;
}

/* PostgreSQL cannot type a parameter that its text does not use. */
static void check_all_used(const struct rendering *r, size_t used)
{
    size_t numbered = 0;
    for (size_t i = 0; i < r->q->params_n; i++) {
        numbered += r->number[i] > 0;
    }
    if (used != numbered) {
        query_refuse(r->q, r->q->pg.at, "a form of the override leaves out a parameter of the shared text");
    }
}

static size_t params_used(const struct rendering *r, const struct statement *st)
{
    size_t used = 0;
    for (size_t k = 0; k < r->q->params_n; k++) {
        bool here = r->q->params[k].cursor && r->c.cursor;
        for (size_t i = 0; i < st->n && !here; i++) {
            const struct piece *p = &st->pieces[i];
            here = (p->kind == PIECE_PARAM || p->kind == PIECE_LIST) && p->param == k && piece_stands(r, p);
        }
        used += here;
    }
    return used;
}

static struct rendering rendering_of(const struct query *q, size_t form, struct form *out)
{
    return (struct rendering){.q = q,
                              .c = combination_of(q, form),
                              .number = keep((q->params_n + 1) * sizeof(size_t)),
                              .form = out,
                              .watch = SIZE_MAX};
}

void query_make_forms(struct query *q)
{
    q->forms_n = forms_count(q);
    if (q->forms_n > FORMS_MAX) {
        query_refuse(q, q->at, "%zu statements for one query; at most %d", q->forms_n, FORMS_MAX);
    }
    q->forms = keep(q->forms_n * sizeof *q->forms);
    for (size_t i = 0; i < q->forms_n; i++) {
        struct form *f = &q->forms[i];
        struct rendering r = rendering_of(q, i, f);
        f->sqlite = render(&r, &q->lite);
        r.pg = true;
        f->pg = render(&r, q->pg.n > 0 ? &q->pg : &q->lite);
        if (q->pg.n > 0) {
            check_all_used(&r, params_used(&r, &q->pg));
        }
    }
}

const char *form_place(const struct query *q, size_t form, size_t offset)
{
    struct form ignored = {0};
    struct rendering r = rendering_of(q, form, &ignored);
    r.watch = offset;
    (void)render(&r, &q->lite);
    return r.place != NULL ? r.place : q->lite.at;
}
