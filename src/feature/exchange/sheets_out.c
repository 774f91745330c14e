/* sheets_out.c: approved contents, counted by the columns of a workbook. */
#include "sheets_out.h"

#include "case_scope.h"
#include "csv.h"
#include "lang.h"
#include "sheet.h"

/* ---- columns ---- */

static void column_put(struct sheets_out *s, enum sheets_field field, str head)
{
    s->columns[s->columns_n++] = (struct sheets_out_column){field, head};
}

static err columns_of(struct ctx *c, int64_t programme, struct sheets_out *s)
{
    struct q_map_get *rows;
    size_t n;
    TRY(map_kept(c, programme, &sheets_book, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        for (enum sheets_field f = SF_EVENT; f < SF_N; f++) {
            if (str_eq(rows[i].field_code, sheets_columns[f].code) && s->columns_n < SF_N) {
                column_put(s, f, rows[i].column_text);
            }
        }
    }
    for (enum sheets_field f = SF_EVENT; n == 0 && f < SF_N; f++) {
        column_put(s, f, msg_text((enum lang)c->lang, sheets_columns[f].name));
    }
    return OK;
}

/* ---- rows ---- */

/* Roles and sexes stand in the order of their sets (intake_sheets.c). */
static void row_count(str content, const str names[EVENT_role_n][EVENT_sex_n], struct sheets_out_row *io)
{
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            str said = sheet_says(content, names[r][s]);
            int64_t people = 0;
            if (said.p != NULL && str_i64(str_cut(&said, ' '), &people)) {
                io->n[SF_COUNCILLORS + r] += people;
                io->n[SF_WOMEN + s] += people;
                io->n[SF_TOTAL] += people;
            }
        }
    }
}

static err district_put(struct ctx *c, const struct q_sheets_approved_in *in,
                        const str names[EVENT_role_n][EVENT_sex_n], struct sheets_out *io)
{
    struct q_sheets_approved *rows;
    size_t n;
    TRY(q_sheets_approved(c->db, c->arena, in, &rows, &n));
    if (io->rows_n + n > SHEETS_OUT_MAX) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct sheets_out_row *row = &io->rows[io->rows_n++];
        *row = (struct sheets_out_row){.event = rows[i].event_code};
        row_count(rows[i].content_text, names, row);
    }
    return OK;
}

err sheets_out(struct ctx *c, int64_t programme, struct period p, struct sheets_out *out)
{
    struct scope scope;
    str names[EVENT_role_n][EVENT_sex_n];
    struct sheets_out s = {.rows = arena_array_of(c->arena, struct sheets_out_row, SHEETS_OUT_MAX)};
    if (s.rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            names[r][x] = arena_printf(c->arena, "cell %s %s", event_role_codes[r], event_sex_codes[x]);
        }
    }
    TRY(columns_of(c, programme, &s));
    TRY(scope_of(c, &scope));
    for (size_t h = 0; h < scope.homes_n; h++) {
        const struct q_sheets_approved_in in = {
            .home = scope.homes[h], .from_day = p.from_day, .to_day = p.to_day, .programme_id = programme};
        TRY(district_put(c, &in, (const str(*)[EVENT_sex_n])names, &s));
    }
    *out = s;
    return OK;
}

void sheets_out_csv(const struct sheets_out *s, struct buf *out)
{
    buf_put(out, S("\xEF\xBB\xBF"));
    for (size_t k = 0; k < s->columns_n; k++) {
        csv_put_text(out, s->columns[k].head, k == 0);
    }
    csv_end_row(out);
    for (size_t i = 0; i < s->rows_n; i++) {
        for (size_t k = 0; k < s->columns_n; k++) {
            if (s->columns[k].field == SF_EVENT) {
                csv_put_text(out, s->rows[i].event, k == 0);
            } else {
                csv_put_i64(out, s->rows[i].n[s->columns[k].field], k == 0);
            }
        }
        csv_end_row(out);
    }
}
