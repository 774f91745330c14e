/* case_pick_pages.c: the services to choose from, and what is only pointed to. */
#include "case_pick.h"

#include "catalogue.h"

static void groups_name(struct service_rows *g, size_t n, const struct q_service_group_all *groups,
                        size_t groups_n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < groups_n; k++) {
            if (str_eq(g[i].name, groups[k].group_code)) {
                g[i].name = groups[k].name_text;
                break;
            }
        }
    }
}

err service_pick_fill(struct web *w, size_t input, struct field_view field, struct service_pick *out)
{
    struct q_service_all *rows;
    struct q_service_group_all *groups;
    size_t n;
    size_t groups_n;
    TRY(catalogue_list(&w->ctx, &rows, &n));
    TRY(catalogue_groups(&w->ctx, &groups, &groups_n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    struct service_rows *g = arena_array_of(w->arena, struct service_rows, n);
    if (c == NULL || g == NULL) {
        return FAIL(LIMIT);
    }
    size_t kept = 0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (!catalogue_takes_down(rows[i].sensitivity_code)) {
            continue;
        }
        if (at == 0 || !str_eq(g[at - 1].name, rows[i].group_code)) {
            g[at++] = (struct service_rows){.name = rows[i].group_code, .rows = &c[kept]};
        }
        c[kept] = (struct choice_view){
            .value = rows[i].service_code,
            .text = arena_printf(w->arena, "%02zu %.*s", kept + 1, STR_F(rows[i].name_text))};
        kept++;
        g[at - 1].rows_n++;
    }
    groups_name(g, at, groups, groups_n);
    web_choose(w, input, c, kept, STR_NONE);
    *out = (struct service_pick){.field = field, .groups = g, .groups_n = at};
    return OK;
}

err points_fill(struct web *w, int64_t district, struct points_view *out)
{
    struct pointed *rows;
    size_t n;
    TRY(catalogue_pointed(&w->ctx, district, &rows, &n));
    struct point_view *v = arena_array_of(w->arena, struct point_view, n + 1);
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct point_view){rows[i].name, rows[i].answered_by, rows[i].helpline};
    }
    *out = (struct points_view){.rows = v, .rows_n = n};
    return OK;
}
