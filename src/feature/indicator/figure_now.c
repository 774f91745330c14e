/* figure_now.c: figures as they are now, for whoever looks, and any figure in words. */
#include "figure_now.h"

#include <stdlib.h>

#include "buf.h"
#include "case_scope.h"
#include "figure_now.sql.h"
#include "format.h"
#include "snapshot.sql.h"

enum { PERCENT = 100, WORDS_MAX = 200, PAGE_CASES = 20000 };

static str isolated(struct ctx *c, str s)
{
    return arena_printf(c->arena, "\u2066%.*s\u2069", STR_F(s));
}

static int64_t share_of(int64_t num, int64_t den)
{
    return (num * PERCENT + den / 2) / den;
}

/* Number and sign in one isolate: behind words from the right a sign of its own would stand before its
 * number.
 */
static str share_said(struct ctx *c, int64_t num, int64_t den)
{
    const str n = format_number(c->arena, (enum lang)c->lang, share_of(num, den));
    return isolated(c, arena_printf(c->arena, "%.*s%%", STR_F(n)));
}

str figure_words(struct ctx *c, const struct indicator *i, int64_t num, int64_t den)
{
    const enum lang lang = (enum lang)c->lang;
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    const struct msg_arg args[] = {{"num", isolated(c, format_number(c->arena, lang, num))},
                                   {"den", isolated(c, format_number(c->arena, lang, den))},
                                   {"share", den == 0 ? S("") : share_said(c, num, den)}};
    if (i->measure == MEASURE_COUNT) {
        return args[0].value;
    }
    if (den == 0) {
        return msg_text(lang, MSG_REPORT_NOTHING);
    }
    const enum msg text = i->measure == MEASURE_MEDIAN ? MSG_REPORT_MEDIAN
                          : den < FIGURE_FEW           ? MSG_REPORT_RATIO_FEW
                                                       : MSG_REPORT_RATIO;
    msg_put(&b, lang, text, num, args, sizeof args / sizeof args[0]);
    return arena_str(c->arena, buf_str(&b));
}

/* ---- as of now ---- */

static int by_id(const void *pa, const void *pb)
{
    const int64_t a = *(const int64_t *)pa;
    const int64_t b = *(const int64_t *)pb;
    return (a > b) - (a < b);
}

static err barred_of(struct ctx *c, const struct id_set *homes, struct id_set *out)
{
    struct q_figure_barred_in in = {.homes = homes->ids};
    int64_t *ids = NULL;
    size_t all = 0;
    *out = (struct id_set){.ids = NULL};
    if (c->actor.role == ROLE_SYSTEM) {
        return OK;
    }
    scope_barred(&c->actor, &in.barred_id, &in.also_id);
    for (size_t at = 0; at < homes->n; at += ID_LIST_MAX) {
        struct q_figure_barred *rows;
        size_t n;
        in.homes = homes->ids + at;
        in.homes_n = homes->n - at < ID_LIST_MAX ? homes->n - at : ID_LIST_MAX;
        TRY(q_figure_barred(c->db, c->arena, &in, &rows, &n));
        if (n == 0) {
            continue;
        }
        int64_t *more = arena_array_of(c->arena, int64_t, all + n);
        if (more == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t k = 0; k < all; k++) {
            more[k] = ids[k];
        }
        for (size_t k = 0; k < n; k++) {
            more[all++] = rows[k].case_id;
        }
        ids = more;
    }
    if (all > 0) {
        qsort(ids, all, sizeof *ids, by_id);
    }
    *out = (struct id_set){ids, all};
    return OK;
}

/* From raw rows: a page waits for it, the command does not. */
static err too_much(struct ctx *c, const struct id_set *homes, struct period p, bool *out)
{
    int64_t cases = 0;
    *out = false;
    for (size_t at = 0; at < homes->n && c->actor.role != ROLE_SYSTEM; at += ID_LIST_MAX) {
        struct q_figure_volume volume;
        const struct q_figure_volume_in in = {.homes = homes->ids + at,
                                              .homes_n =
                                                  homes->n - at < ID_LIST_MAX ? homes->n - at : ID_LIST_MAX,
                                              .from_month = p.from_day / 100,
                                              .to_month = p.to_day / 100};
        TRY(q_figure_volume(c->db, c->arena, &in, &volume));
        cases += volume.cases_n;
    }
    *out = cases > PAGE_CASES;
    return OK;
}

/* ---- the time before ---- */

static err cells_join(struct ctx *c, const struct q_snapshot_cells *rows, size_t n, struct period p,
                      struct figure *io)
{
    enum { MONTH = 100 };
    struct figure_cell *cells = arena_array_of(c->arena, struct figure_cell, io->cells_n + n + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < io->cells_n; k++) {
        cells[k] = io->cells[k];
    }
    io->cells = cells;
    for (size_t k = 0; k < n; k++) {
        const struct q_snapshot_cells *r = &rows[k];
        if (r->fact_month >= p.from_day / MONTH && r->fact_month <= p.to_day / MONTH) {
            io->cells[io->cells_n++] = (struct figure_cell){r->fact_month, r->role_code, r->sex_code,
                                                            r->part_code,  r->num_n,     r->den_n};
            io->num += r->num_n;
            io->den += r->den_n;
        }
    }
    return OK;
}

/* Records of the same quarter take the place of what was brought in, as they do when it is approved. */
static err brought_join(struct ctx *c, const struct indicator *i, const struct id_set *homes, struct period p,
                        const struct id_set *barred, struct figure *io)
{
    for (size_t at = 0; at < homes->n; at += ID_LIST_MAX) {
        struct q_figure_brought *rows;
        size_t n;
        const struct q_figure_brought_in in = {.homes = homes->ids + at,
                                               .homes_n =
                                                   homes->n - at < ID_LIST_MAX ? homes->n - at : ID_LIST_MAX,
                                               .indicator_code = i->code,
                                               .from_day = p.from_day,
                                               .to_day = p.to_day};
        TRY(q_figure_brought(c->db, c->arena, &in, &rows, &n));
        for (size_t k = 0; k < n; k++) {
            const struct period quarter = {rows[k].from_day, rows[k].to_day};
            struct q_snapshot_cells *cells;
            struct figure own;
            size_t cells_n;
            TRY(indicator_count_but(c, i, &rows[k].home, 1, quarter, barred->ids, barred->n, &own));
            if (own.rows_n == 0) {
                TRY(q_snapshot_cells(c->db, c->arena, rows[k].home, rows[k].id, &cells, &cells_n));
                TRY(cells_join(c, cells, cells_n, p, io));
            }
        }
    }
    return OK;
}

err figure_now(struct ctx *c, const struct indicator *i, const struct id_set *homes, struct period p,
               struct figure *out, bool *out_some)
{
    struct id_set barred;
    bool much;
    TRY(too_much(c, homes, p, &much));
    *out_some = !much;
    if (much) {
        return OK;
    }
    TRY(barred_of(c, homes, &barred));
    TRY(indicator_count_but(c, i, homes->ids, homes->n, p, barred.ids, barred.n, out));
    return brought_join(c, i, homes, p, &barred, out);
}
