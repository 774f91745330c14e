/* catalogue_board.c: the services of an office, each with its term and its papers. */
#include "catalogue.h"
#include "buf.h"
#include "clock.h"
#include "lang.h"

enum { PAPERS_MAX = 3000 };

err board_office(struct ctx *c, str code, struct q_board_office *out)
{
    const struct q_board_office_in in = {
        .on_day = local_day(c->now_ms), .lang_code = lang_table[c->lang].code, .body_code = code};
    return q_board_office(c->db, c->arena, &in, out);
}

static bool is_among(int64_t id, const struct q_board_services *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i].id == id) {
            return true;
        }
    }
    return false;
}

static err papers_of(struct ctx *c, int64_t service, str *out)
{
    struct q_service_documents *rows;
    size_t n;
    SCOPED(buf_free) struct buf lines = buf_new(PAPERS_MAX);
    TRY(catalogue_documents(c, service, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            buf_putc(&lines, '\n');
        }
        buf_put(&lines, rows[i].name_text);
    }
    *out = n == 0 ? S("") : arena_str(c->arena, buf_str(&lines));
    return lines.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

err board_rows(struct ctx *c, const struct q_board_office *office, struct board_row **out, size_t *out_n)
{
    struct q_service_all *all;
    struct q_service_terms_at *terms;
    struct q_board_services *own;
    size_t n;
    size_t own_n;
    size_t kept = 0;
    const bool desk = str_eq(office->body_kind_code, S("desk"));
    TRY(catalogue_list(c, &all, &n));
    TRY(catalogue_terms(c, office->unit_id, all, n, &terms));
    TRY(q_board_services(c->db, c->arena, office->body_kind_code, local_day(c->now_ms), &own, &own_n));
    struct board_row *rows = arena_array_of(c->arena, struct board_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool here = is_among(all[i].id, own, own_n) || (desk && all[i].municipal_flag != 0);
        if (!here || !catalogue_takes_down(all[i].sensitivity_code)) {
            continue;
        }
        struct board_row *row = &rows[kept++];
        *row = (struct board_row){.code = all[i].service_code,
                                  .name = all[i].name_text,
                                  .application = all[i].application_flag != 0,
                                  .term = terms[i]};
        TRY(papers_of(c, all[i].id, &row->papers));
    }
    *out = rows;
    *out_n = kept;
    return OK;
}
