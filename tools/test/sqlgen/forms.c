/* The functions made from good/plain.sql and good/forms.sql, called on a real SQLite with a db_run() of this
 * test: every kind of form answers as its text says. */
#include <assert.h>
#include <sqlite3.h>

#include "arena.h"
#include "forms.sql.h"
#include "plain.sql.h"

struct fake {
    struct db db;
    sqlite3 *handle;
    int runs;
    unsigned form; /* of the last run */
};

static void bind(sqlite3_stmt *s, int at, const struct value *v) {
    switch (v->type) {
    case VALUE_NULL: assert(sqlite3_bind_null(s, at) == SQLITE_OK); return;
    case VALUE_I64: assert(sqlite3_bind_int64(s, at, v->i) == SQLITE_OK); return;
    case VALUE_TEXT: assert(sqlite3_bind_text(s, at, v->s.p, (int)v->s.n, SQLITE_STATIC) == SQLITE_OK); return;
    case VALUE_BLOB: assert(sqlite3_bind_blob(s, at, v->s.p, (int)v->s.n, SQLITE_STATIC) == SQLITE_OK); return;
    }
}

static struct value column(sqlite3_stmt *s, int i) {
    const int type = sqlite3_column_type(s, i);
    if (type == SQLITE_NULL) {
        return (struct value){.type = VALUE_NULL};
    }
    if (type == SQLITE_INTEGER) {
        return (struct value){.type = VALUE_I64, .i = sqlite3_column_int64(s, i)};
    }
    return (struct value){.type = type == SQLITE_BLOB ? VALUE_BLOB : VALUE_TEXT,
                          .s = {sqlite3_column_blob(s, i), (size_t)sqlite3_column_bytes(s, i)}};
}

err db_run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row, void *arg,
           int64_t *out_changed) {
    struct fake *f = (struct fake *)db;
    sqlite3_stmt *s = NULL;
    assert(form < q->forms_n && q->slot + form < all_forms_n);
    assert(sqlite3_prepare_v2(f->handle, q->forms[form].sqlite, -1, &s, NULL) == SQLITE_OK);
    assert(sqlite3_bind_parameter_count(s) == q->forms[form].use_n);
    for (int i = 0; i < q->forms[form].use_n; i++) {
        const struct value *v = &params[q->forms[form].use[i]];
        assert(q->forms[form].use[i] < q->params_n);
        assert(v->type == VALUE_NULL || v->type == q->params[q->forms[form].use[i]]);
        bind(s, i + 1, v);
    }
    f->runs++;
    f->form = form;
    err e = OK;
    int rc = SQLITE_DONE;
    while (e.code == ERR_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct value columns[8];
        for (int i = 0; i < q->columns_n; i++) {
            columns[i] = column(s, i);
            assert(columns[i].type == VALUE_NULL ? q->nullable[i] : columns[i].type == q->columns[i]);
        }
        e = row(arg, columns);
    }
    if (out_changed != NULL) {
        *out_changed = sqlite3_changes(f->handle);
    }
    assert((sqlite3_stmt_readonly(s) == 0) == q->writes);
    (void)sqlite3_finalize(s);
    return e.code == ERR_OK && rc != SQLITE_DONE ? FAIL(IO) : e;
}

static void fill(struct fake *f) {
    assert(sqlite3_open(":memory:", &f->handle) == SQLITE_OK);
    for (size_t i = 0; i < all_migrations_n; i++) {
        assert(all_migrations[i].version == (int)i + 1);
        assert(sqlite3_exec(f->handle, all_migrations[i].sqlite, NULL, NULL, NULL) == SQLITE_OK);
    }
    for (int64_t id = 1; id <= 30; id++) {
        const struct q_job_add_in in = {.home = 7, .id = id, .due_ms = 1000 + id / 2, .note_text = S("n"),
                                        .owner_id = id % 3 == 0 ? SOME(id % 6) : NONE_I64, .photo_hash = STR_NONE};
        int64_t changed = 0;
        assert(q_job_add(&f->db, &in, &changed).code == ERR_OK && changed == 1);
    }
}

static void one_row(struct fake *f, struct arena *a) {
    struct q_job_get job = {.id = -1};
    assert(q_job_get(&f->db, a, 7, 99, &job).code == ERR_NOT_FOUND && job.id == -1);
    assert(q_job_get(&f->db, a, 7, 3, &job).code == ERR_OK && job.id == 3 && job.due_ms == 1001);
    assert(job.owner_id.given && job.owner_id.v == 3 && !job.closed_ms.given && job.photo_hash.p == NULL);
    assert(str_eq(job.state_code, S("new;(")) && str_eq(job.note_text, S("n")));
    assert(q_job_get(&f->db, a, 7, 4, &job).code == ERR_OK && !job.owner_id.given);

    assert(q_job_first(&f->db, a, 7, &job).code == ERR_OK && job.id == 1 && job.due_ms == 1000); /* order of its own */
    assert(str_eq(job.state_code, S("new;(")) && str_eq(job.note_text, S("n")) && job.photo_hash.p == NULL);
    struct q_job_get *jobs = NULL;
    size_t n = 0;
    assert(q_job_waiting_of(&f->db, a, 7, 1014, &jobs, &n).code == ERR_OK && n == 1 && jobs[0].id == 30);

    const struct q_job_close_in close = {.closed_ms = SOME(5), .home = 7, .id = 4};
    assert(q_job_close(&f->db, &close, NULL).code == ERR_OK);
    assert(q_job_get(&f->db, a, 7, 4, &job).code == ERR_OK && job.closed_ms.v == 5 && str_eq(job.state_code, S("done")));

    struct q_job_add_returning made;
    const struct q_job_add_returning_in in = {.home = 8, .id = 1, .due_ms = 1};
    assert(q_job_add_returning(&f->db, a, &in, &made).code == ERR_OK && made.id == 1 && !made.closed_ms.given);
    struct q_now_nothing nothing;
    assert(q_now_nothing(&f->db, a, &nothing).code == ERR_OK && nothing.one_n == 1);

    struct arena *small = arena_open(4);
    assert(q_job_get(&f->db, small, 7, 3, &job).code == ERR_LIMIT);
    arena_free(small);
}

static void optional_lines(struct fake *f, struct arena *a) {
    struct q_job_list *rows = NULL;
    size_t n = 0;
    struct q_job_list_in in = {.home = 7};
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 30 && f->form == 0);
    in.state_code = S("done");
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 1 && rows[0].id == 4 && f->form == 1);
    in.state_code = S("");
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 0 && f->form == 1);
    in.state_code = STR_NONE;
    in.owner_id = SOME(0);
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 5 && f->form == 2);
    in.late_n = SOME(1);
    in.due_ms = 1010;
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 3 && f->form == 6);
    in.home = 6;
    assert(q_job_list(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 0);
}

static void lists(struct fake *f, struct arena *a) {
    static const size_t lengths[] = {1, 2, 4, 5, 16, 17, 64};
    static const unsigned forms[] = {0, 1, 1, 2, 2, 3, 3};
    int64_t ids[65];
    struct q_job_find *rows = NULL;
    size_t n = 9;
    for (int i = 0; i < 65; i++) {
        ids[i] = i + 1;
    }
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        assert(q_job_find(&f->db, a, 7, ids, lengths[i], &rows, &n).code == ERR_OK && f->form == forms[i]);
        assert(n == (lengths[i] < 30 ? lengths[i] : 30));
    }
    const int before = f->runs;
    assert(q_job_find(&f->db, a, 7, ids, 65, &rows, &n).code == ERR_LIMIT && n == 30);
    assert(q_job_find(&f->db, a, 7, NULL, 0, &rows, &n).code == ERR_OK && n == 0);
    struct q_job_find_one one;
    assert(q_job_find_one(&f->db, a, 7, NULL, 0, &one).code == ERR_NOT_FOUND);
    int64_t changed = 5;
    const struct q_job_touch_in touch = {.home = 7};
    assert(q_job_touch(&f->db, &touch, &changed).code == ERR_OK && changed == 0);
    assert(f->runs == before);

    assert(q_job_find_one(&f->db, a, 7, ids + 4, 2, &one).code == ERR_OK && one.id == 5);
    const str codes[] = {S("b"), S("a"), S("z")};
    struct q_kind_find *kinds = NULL;
    assert(q_kind_find(&f->db, a, codes, 3, &kinds, &n).code == ERR_OK && n == 2);
}

static void pages(struct fake *f, struct arena *a) {
    struct q_job_page *rows = NULL;
    size_t n = 0, seen = 0;
    struct q_job_page_in in = {.home = 7, .limit = 7};
    int64_t due = 0, id = 0;
    do {
        assert(q_job_page(&f->db, a, &in, &rows, &n).code == ERR_OK);
        for (size_t i = 0; i < n; i++) {
            assert(rows[i].due_ms > due || (rows[i].due_ms == due && rows[i].id > id));
            due = rows[i].due_ms;
            id = rows[i].id;
        }
        seen += n;
        in.after_due_ms = SOME(due);
        in.after_id = SOME(id);
    } while (n == 7);
    assert(seen == 30 && f->form == 1);
    in.after_id = NONE_I64;
    assert(q_job_page(&f->db, a, &in, &rows, &n).code == ERR_INVALID);
    in = (struct q_job_page_in){.home = 7, .limit = -1};
    assert(q_job_page(&f->db, a, &in, &rows, &n).code == ERR_INVALID);
    in.limit = 0;
    assert(q_job_page(&f->db, a, &in, &rows, &n).code == ERR_OK && n == 0);

    struct q_job_page_back *back = NULL;
    const struct q_job_page_back_in last = {.home = 7, .limit = 2, .after_id = SOME(10), .note_text = S("n")};
    assert(q_job_page_back(&f->db, a, &last, &back, &n).code == ERR_OK && n == 2 && back[0].id == 9 && back[1].id == 8);
    assert(f->form == 3);

    const int64_t ids[] = {3, 1, 2};
    struct q_job_page_of *of = NULL;
    const struct q_job_page_of_in some = {.home = 7, .ids = ids, .ids_n = 3, .limit = 9, .after_due_ms = SOME(1000), .after_id = SOME(1)};
    assert(q_job_page_of(&f->db, a, &some, &of, &n).code == ERR_OK && n == 2 && of[0].id == 2 && f->form == 3);
}

/* More rows than a query without a limit may give, or than the arena holds, is LIMIT and never a shorter list. */
static void bounds(struct fake *f) {
    const char *many = "with recursive c (x) as (select 100 union all select x + 1 from c where x < 10150)"
                       "insert into job (home, id, due_ms) select 9, x, x from c";
    assert(sqlite3_exec(f->handle, many, NULL, NULL, NULL) == SQLITE_OK);
    struct arena *a = arena_open(8u << 20);
    struct q_job_owner *rows = NULL;
    size_t n = 77;
    assert(q_job_owner(&f->db, a, 9, &rows, &n).code == ERR_LIMIT && n == 77 && !arena_full(a));
    assert(sqlite3_exec(f->handle, "drop trigger job_kept; delete from job where home = 9 and id >= 10100", NULL, NULL,
                        NULL) == SQLITE_OK);
    assert(q_job_owner(&f->db, a, 9, &rows, &n).code == ERR_OK && n == 10000 && rows[9999].id == 10099);
    arena_free(a);
    a = arena_open(65536);
    assert(q_job_owner(&f->db, a, 9, &rows, &n).code == ERR_LIMIT && arena_full(a));
    arena_free(a);
}

int main(void) {
    struct fake f = {0};
    struct arena *a = arena_open(1u << 20);
    fill(&f);
    one_row(&f, a);
    optional_lines(&f, a);
    lists(&f, a);
    pages(&f, a);
    bounds(&f);
    arena_free(a);
    return sqlite3_close(f.handle);
}
