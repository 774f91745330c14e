/* intake_activities_pages.c: activity sheets from the programme's own workbook, and as files in its columns.
 */
#include "book.h"
#include "exchange.html.h"
#include "intake_pages.h"
#include "paper.h"
#include "web_paper.h"

enum { FILE_BYTES_MAX = 8 << 20 };

#define ACTIVITIES_ROWS                                                                                      \
    MAP_INPUTS, FIELD(AF_PLAN, "plan", MSG_EXCHANGE_AF_PLAN), FIELD(AF_LINE, "line", MSG_EXCHANGE_AF_LINE),  \
        FIELD(AF_QUARTER, "quarter", MSG_EXCHANGE_AF_QUARTER), FIELD(AF_UNIT, "unit", MSG_EXCHANGE_AF_UNIT), \
        FIELD(AF_PROGRESS, "progress", MSG_ACTIVITY_PROGRESS), FIELD(AF_BEGAN, "began", MSG_ACTIVITY_BEGAN), \
        FIELD(AF_ENDED, "ended", MSG_ACTIVITY_ENDED), FIELD(AF_WHY, "why", MSG_ACTIVITY_WHY),                \
        FIELD(AF_DONE, "done", MSG_ACTIVITY_DONE), FIELD(AF_NARRATIVE, "narrative", MSG_ACTIVITY_NARRATIVE)
const struct input activities_page_inputs[MA_FILE] = {ACTIVITIES_ROWS};
const struct input activities_inputs[MA_N] = {ACTIVITIES_ROWS, [MA_FILE] = INTAKE_FILE};

err prepare_activities(struct web *w)
{
    struct q_exchange_programmes programme;
    struct intake_came *came;
    struct intake_map m;
    bool some;
    TRY(map_prepare(w, &activities_book, MA_FILE, MSG_EXCHANGE_AF_CHOOSE, &came, &m, &some));
    if (!some) {
        return OK;
    }
    struct activities_read *read = arena_new_of(w->arena, struct activities_read);
    if (read == NULL) {
        return FAIL(LIMIT);
    }
    TRY(map_programme(&w->ctx, w->in, &programme));
    TRY(activities_read(&w->ctx, programme.id, &came->grids[0], &m, read));
    if (read->table.faults_n > 0) {
        intake_refuse(w, came, &read->table);
    }
    return OK;
}

err write_activities(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_exchange_programmes programme;
    struct intake_map m;
    struct grid g;
    int64_t n;
    int64_t agree;
    TRY(map_programme(c, in, &programme));
    TRY(map_grid(c, in[M_ROWS].text, &g));
    map_of(&activities_book, in, &g, c->arena, &m);
    TRY(map_keep(c, programme.id, &activities_book, &g, &m));
    TRY(activities_take(c, programme.id, &g, &m, &n, &agree));
    out->note = arena_printf(c->arena, "%lld %lld", (long long)n, (long long)agree);
    return OK;
}

/* ---- the page ---- */

static err page_show(struct web *w, struct compare_view *m)
{
    const struct intake_came *came = w->local;
    m->post = url_local(w->arena, S("/exchange/activities"));
    TRY(map_form(w, &activities_book, MA_FILE, m));
    TRY(sheets_out_fill(w, "activities", "activities", &m->out));
    if (came != NULL && came->read != NULL) {
        m->wrong = true;
        TRY(intake_faults(w, came->read, &m->faults));
    }
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_ACTIVITIES);
    w->page.back = url_local(w->arena, S("/sheets"));
    activities_page(&w->page, m);
    return web_html(w, 200);
}

err show_activities(struct web *w)
{
    struct compare_view m = {.kept = S("")};
    return page_show(w, &m);
}

err answer_activities(struct web *w)
{
    struct compare_view m = {.kept = S("")};
    str agree = w->receipt.note;
    const str n = str_cut(&agree, ' ');
    const struct msg_arg args[] = {{"n", page_isolate(&w->page, n)},
                                   {"agree", page_isolate(&w->page, agree)}};
    m.kept = page_msg_args(&w->page, MSG_EXCHANGE_AF_TAKEN, 0, args, COUNT(args));
    return page_show(w, &m);
}

/* ---- files ---- */

/* NOT_FOUND: there is no such programme or period. */
static err asked(struct web *w, struct activities_out *out)
{
    struct q_exchange_programmes programme;
    struct period p = period_all();
    TRY(reporter_get(&w->ctx, w->in[SO_PROGRAMME].text, &programme));
    if (w->in[SO_PERIOD].given && period_of(w->in[SO_PERIOD].text, &p).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    return activities_out(&w->ctx, programme.id, p, out);
}

err show_activities_csv(struct web *w)
{
    struct activities_out s;
    TRY(asked(w, &s));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    activities_out_csv(&s, &out);
    return out.full ? FAIL(LIMIT) : web_csv(w, S("activities.csv"), &out);
}

/* Heads are the programme's words, not ours: they are set on the finished sheet. */
err show_activities_xlsx(struct web *w)
{
    struct activities_out s;
    struct book_draft d;
    const struct book *book;
    TRY(asked(w, &s));
    const str title = page_msg(&w->page, MSG_EXCHANGE_AF_OUT);
    struct column *columns = arena_array_of(w->arena, struct column, s.columns_n);
    struct book_column *heads = arena_array_of(w->arena, struct book_column, s.columns_n);
    struct cell *cells = arena_array_of(w->arena, struct cell, s.rows_n * s.columns_n + 1);
    if (columns == NULL || heads == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < s.columns_n; k++) {
        const struct intake_column *of = &activities_columns[s.fields[k]];
        columns[k] = (struct column){of->code, of->name, COLUMN_TEXT};
        heads[k] = (struct book_column){.head = paper_fitting(w->arena, s.heads[k]), .type = BOOK_TEXT};
        for (size_t i = 0; i < s.rows_n; i++) {
            cells[i * s.columns_n + k] = (struct cell){.text = s.rows[i][s.fields[k]]};
        }
    }
    const struct table t = {
        .title = title, .columns = columns, .columns_n = s.columns_n, .cells = cells, .rows_n = s.rows_n};
    book_begin(&d, w->arena, w->lang, title, S(""));
    book_tidy(&d, &(struct book_place){.name = title}, &t);
    if (d.book.sheets_n > 0) {
        d.sheets[0].columns = heads;
    }
    TRY(book_done(&d, &book));
    return web_book(w, book, S("activities"));
}
