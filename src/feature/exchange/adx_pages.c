/* adx_pages.c: groups of a district and a quarter. */
#include "adx.h"

#include "attendance.sql.h"
#include "clock.h"
#include "csv.h"
#include "event_words.h"
#include "lang.h"
#include "place.h"
#include "report.h"

enum { NAME_MAX_BYTES = 120, PARTS_ROOM = 64 };

struct element {
    struct exchange_figures figures;
    struct exchange_cell *cells[EXCHANGE_SPLITS];
    size_t cells_n[EXCHANGE_SPLITS];
    bool open[EXCHANGE_SPLITS];
};
struct adx {
    struct ctx *c;
    struct xml x;
    struct exchange_reach reach;
    struct exchange_periods quarters; /* that anything was approved of */
    struct element *elements;
    size_t elements_n;
};

static const char *const endings[EXCHANGE_SPLITS] = {
    [EXCHANGE_PEOPLE] = "_people", [EXCHANGE_PARTS] = "_parts"};

/* ---- made ready ---- */

static err element_make(struct adx *t, const struct indicator *i, struct element *out)
{
    struct figure together;
    TRY(exchange_figures(t->c, &t->reach, i, &out->figures));
    TRY(exchange_together(t->c->arena, &out->figures, 0, t->reach.homes_n, &together));
    for (enum exchange_split s = EXCHANGE_PEOPLE; s < EXCHANGE_SPLITS && i->measure != MEASURE_MEDIAN; s++) {
        TRY(exchange_cells(t->c->arena, &together, s, &out->cells[s], &out->cells_n[s]));
        TRY(exchange_open(t->c->arena, &out->figures, EXCHANGE_DISTRICTS, out->cells[s], out->cells_n[s],
                          &t->quarters, &out->open[s]));
    }
    return OK;
}

static err elements_make(struct adx *t)
{
    size_t n;
    const struct indicator *all = indicator_all(&n);
    t->elements = arena_array_of(t->c->arena, struct element, n + 1);
    if (t->elements == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(element_make(t, &all[i], &t->elements[t->elements_n++]));
    }
    return OK;
}

/* Each quarter once. LIMIT: more than ten years. */
static err quarters_add(struct adx *t, const struct q_exchange_quarters *rows, size_t n, struct period asked)
{
    for (size_t i = 0; i < n; i++) {
        const struct period one = {rows[i].from_day, rows[i].to_day};
        bool there = !period_within(one, asked);
        for (size_t k = 0; k < t->quarters.n && !there; k++) {
            there = period_same(one, t->quarters.v[k]);
        }
        if (!there && t->quarters.n == EXCHANGE_PERIODS_MAX) {
            return FAIL(LIMIT);
        }
        if (!there) {
            t->quarters.v[t->quarters.n++] = one;
        }
    }
    return OK;
}

/* ---- values ---- */

static err value_put(struct adx *t, const struct indicator *i, const char *split, const char *part,
                     const struct exchange_cell *cell, int64_t value)
{
    SCOPED(buf_free) struct buf name = buf_new(NAME_MAX_BYTES);
    buf_put(&name, i->code);
    buf_put(&name, str_of(split));
    buf_put(&name, str_of(part));
    xml_begin(&t->x, S("dataValue"));
    xml_attr(&t->x, S("dataElement"), buf_str(&name));
    if (cell != NULL && cell->role.n > 0) {
        xml_attr(&t->x, S("ROLE"), cell->role);
    }
    if (cell != NULL && cell->sex.n > 0) {
        xml_attr(&t->x, S("SEX"), cell->sex);
    }
    if (cell != NULL && cell->part.n > 0) {
        xml_attr(&t->x, S("PART"), cell->part);
    }
    xml_attr_i64(&t->x, S("value"), value);
    xml_end(&t->x);
    return name.full ? FAIL(LIMIT) : OK;
}

/* A count as it is, also 0 when it is of the whole; a ratio as its two numbers, a median as itself, where
 * there is anything it could be of. */
static err figure_put(struct adx *t, const struct indicator *i, const struct figure *f, struct period p,
                      const char *split, const struct exchange_cell *cell)
{
    struct figure_pick pick = {.from_month = p.from_day / 100, .to_month = p.to_day / 100};
    int64_t num;
    int64_t den;
    if (cell != NULL) {
        pick.role = cell->role;
        pick.sex = cell->sex;
        pick.part = cell->part;
    }
    figure_sum(i, f, &pick, &num, &den);
    if (i->measure == MEASURE_COUNT) {
        return cell == NULL || num > 0 ? value_put(t, i, split, "", cell, num) : OK;
    }
    if (den == 0) {
        return OK;
    }
    if (i->measure == MEASURE_MEDIAN) {
        return value_put(t, i, split, "", cell, num);
    }
    TRY(value_put(t, i, split, "_num", cell, num));
    return value_put(t, i, split, "_den", cell, den);
}

static err element_put(struct adx *t, const struct element *e, size_t home, struct period p)
{
    const struct indicator *i = e->figures.of;
    const struct figure *f = &e->figures.by_home[home];
    TRY(figure_put(t, i, f, p, "", NULL));
    for (enum exchange_split s = EXCHANGE_PEOPLE; s < EXCHANGE_SPLITS; s++) {
        for (size_t k = 0; k < e->cells_n[s] && e->open[s]; k++) {
            TRY(figure_put(t, i, f, p, endings[s], &e->cells[s][k]));
        }
    }
    return OK;
}

static str code_of(const struct adx *t, int64_t home)
{
    for (size_t i = 0; i < t->reach.places_n; i++) {
        if (t->reach.places[i].id == home) {
            return t->reach.places[i].code;
        }
    }
    return S("");
}

static err group_put(struct adx *t, size_t home, const struct q_exchange_quarters *q)
{
    const struct period p = {q->from_day, q->to_day};
    xml_begin(&t->x, S("group"));
    xml_attr(&t->x, S("orgUnit"), code_of(t, t->reach.homes[home]));
    xml_attr(&t->x, S("period"),
             arena_printf(t->c->arena, "%04d-%02d-%02d/P3M", (int)(p.from_day / 10000),
                          (int)(p.from_day / 100 % 100), (int)(p.from_day % 100)));
    xml_attr(&t->x, S("dataSet"), S("sunwai_figures"));
    xml_attr_day(&t->x, S("completeDate"), local_day(q->made_ms));
    for (size_t i = 0; i < t->elements_n; i++) {
        TRY(element_put(t, &t->elements[i], home, p));
    }
    xml_end(&t->x);
    return t->x.out->full ? FAIL(LIMIT) : OK;
}

err adx_write(struct ctx *c, const struct exchange_ask *ask, struct buf *out)
{
    const struct period p = ask->period;
    struct adx t = {.c = c};
    TRY(exchange_reach_asked(c, ask, &t.reach));
    struct q_exchange_quarters **rows =
        arena_array_of(c->arena, struct q_exchange_quarters *, t.reach.homes_n + 1);
    size_t *rows_n = arena_array_of(c->arena, size_t, t.reach.homes_n + 1);
    if (rows == NULL || rows_n == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = 0; h < t.reach.homes_n; h++) {
        TRY(q_exchange_quarters(c->db, c->arena, t.reach.homes[h], &rows[h], &rows_n[h]));
        TRY(quarters_add(&t, rows[h], rows_n[h], p));
    }
    TRY(elements_make(&t));
    t.x = xml_to(out);
    xml_begin(&t.x, S("adx"));
    xml_attr(&t.x, S("xmlns"), S("urn:ihe:qrph:adx:2015"));
    xml_attr_time(&t.x, S("exported"), c->now_ms);
    for (size_t h = 0; h < t.reach.homes_n; h++) {
        for (size_t i = 0; i < rows_n[h]; i++) {
            if (period_within((struct period){rows[h][i].from_day, rows[h][i].to_day}, p)) {
                TRY(group_put(&t, h, &rows[h][i]));
            }
        }
    }
    xml_end(&t.x);
    return out->full ? FAIL(LIMIT) : OK;
}

/* ---- code lists ---- */

static void code_put(struct buf *out, const char *list, str code, const char *ending, enum msg text)
{
    SCOPED(buf_free) struct buf name = buf_new(NAME_MAX_BYTES);
    buf_put(&name, code);
    buf_put(&name, str_of(ending));
    csv_put_text(out, str_of(list), true);
    csv_put_text(out, buf_str(&name), false);
    for (enum lang l = (enum lang)0; l < LANG_N; l++) {
        csv_put_text(out, msg_text(l, text), false);
    }
    csv_end_row(out);
}

static void indicator_codes(struct buf *out, const struct indicator *i)
{
    const bool ratio = i->measure == MEASURE_RATIO;
    const bool splits[EXCHANGE_SPLITS] = {[EXCHANGE_PEOPLE] = (i->split & (SPLIT_ROLE | SPLIT_SEX)) != 0,
                                          [EXCHANGE_PARTS] =
                                              (i->split & SPLIT_PART) != 0 && i->measure != MEASURE_MEDIAN};
    static const char *const both[EXCHANGE_SPLITS + 1][2] = {
        {"_num", "_den"}, {"_people_num", "_people_den"}, {"_parts_num", "_parts_den"}};
    static const char *const one[EXCHANGE_SPLITS + 1] = {"", "_people", "_parts"};
    for (size_t k = 0; k <= EXCHANGE_SPLITS; k++) {
        if (k > 0 && !splits[k - 1]) {
            continue;
        }
        code_put(out, "indicator", i->code, ratio ? both[k][0] : one[k], i->title);
        if (ratio) {
            code_put(out, "indicator", i->code, both[k][1], i->title);
        }
    }
}

/* Codes of parts, each once. */
struct parts {
    str *v;
    size_t n, room;
};

static err parts_add(struct arena *a, const struct exchange_cell *cells, size_t n, struct parts *io)
{
    for (size_t i = 0; i < n; i++) {
        bool there = false;
        for (size_t k = 0; k < io->n && !there; k++) {
            there = str_eq(io->v[k], cells[i].part);
        }
        if (!there && io->n == io->room) {
            const size_t room = io->room == 0 ? PARTS_ROOM : 2 * io->room;
            str *more = arena_array_of(a, str, room);
            if (more == NULL) {
                return FAIL(LIMIT);
            }
            for (size_t k = 0; k < io->n; k++) {
                more[k] = io->v[k];
            }
            io->v = more;
            io->room = room;
        }
        if (!there) {
            io->v[io->n++] = cells[i].part;
        }
    }
    return OK;
}

static err parts_of(struct ctx *c, const struct exchange_reach *r, struct parts *io)
{
    size_t n;
    const struct indicator *all = indicator_all(&n);
    for (size_t i = 0; i < n; i++) {
        struct exchange_figures figures;
        struct figure together;
        struct exchange_cell *cells;
        size_t cells_n;
        if ((all[i].split & SPLIT_PART) == 0 || all[i].measure == MEASURE_MEDIAN) {
            continue;
        }
        TRY(exchange_figures(c, r, &all[i], &figures));
        TRY(exchange_together(c->arena, &figures, 0, r->homes_n, &together));
        TRY(exchange_cells(c->arena, &together, EXCHANGE_PARTS, &cells, &cells_n));
        TRY(parts_add(c->arena, cells, cells_n, io));
    }
    return OK;
}

/* What a part is called: a service, a kind of event, how long something waits. */
static err part_codes(struct ctx *c, const struct exchange_reach *r, struct buf *out)
{
    struct q_report_services *services[LANG_N];
    size_t services_n[LANG_N];
    struct parts parts = {.n = 0};
    for (enum lang l = (enum lang)0; l < LANG_N; l++) {
        TRY(q_report_services(c->db, c->arena, lang_table[l].code, &services[l], &services_n[l]));
    }
    TRY(parts_of(c, r, &parts));
    for (size_t i = 0; i < parts.n; i++) {
        csv_put_text(out, S("PART"), true);
        csv_put_text(out, parts.v[i], false);
        for (enum lang l = (enum lang)0; l < LANG_N; l++) {
            csv_put_text(out, report_part_words(l, services[l], services_n[l], parts.v[i]), false);
        }
        csv_end_row(out);
    }
    return OK;
}

static err unit_codes(struct ctx *c, const struct exchange_reach *r, struct buf *out)
{
    for (size_t i = 0; i < r->places_n; i++) {
        csv_put_text(out, S("unit"), true);
        csv_put_text(out, r->places[i].code, false);
        for (enum lang l = (enum lang)0; l < LANG_N; l++) {
            str name;
            TRY(label_find_in(c, S("unit"), r->places[i].id, (int)l, &name));
            csv_put_text(out, name, false);
        }
        csv_end_row(out);
    }
    return OK;
}

err adx_codes(struct ctx *c, struct buf *out)
{
    struct exchange_reach r;
    size_t n;
    const struct indicator *all = indicator_all(&n);
    buf_put(out, S("\xEF\xBB\xBF"));
    csv_put_text(out, S("list"), true);
    csv_put_text(out, S("code"), false);
    for (enum lang l = (enum lang)0; l < LANG_N; l++) {
        csv_put_text(out, arena_printf(c->arena, "name_%.*s", STR_F(lang_table[l].code)), false);
    }
    csv_end_row(out);
    for (size_t i = 0; i < n; i++) {
        indicator_codes(out, &all[i]);
    }
    for (size_t i = 0; i < EVENT_role_n; i++) {
        code_put(out, "ROLE", event_role_words[i].code, "", event_role_words[i].text);
    }
    for (size_t i = 0; i < EVENT_sex_n; i++) {
        code_put(out, "SEX", event_sex_words[i].code, "", event_sex_words[i].text);
    }
    TRY(exchange_reach(c, 0, &r));
    TRY(part_codes(c, &r, out));
    TRY(unit_codes(c, &r, out));
    return out->full ? FAIL(LIMIT) : OK;
}
