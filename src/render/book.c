/* book.c: cells of a table as cells of a sheet. */
#include "book.h"

#include "clock.h"
#include "paper.h"

enum { SIDE = 1, GROUPS_MAX = 5000, PER_MILLE_OF_PERCENT = 10 };

_Static_assert((int)BOOK_TEXT_MAX == (int)PAPER_TEXT_MAX, "one cut for both");

void book_begin(struct book_draft *d, struct arena *a, enum lang lang, str title, str foot)
{
    *d = (struct book_draft){.arena = a, .lang = lang};
    d->book = (struct book){.title = title.p == NULL ? S("") : title,
                            .lang = lang_table[lang].code,
                            .foot = foot.p == NULL ? S("") : foot};
}

/* ---- words ---- */

static str fitting(struct book_draft *d, str text)
{
    return paper_fitting(d->arena, text);
}

static bool in_a_name(uint32_t c)
{
    return c >= ' ' && c != 0x7f && c != '[' && c != ']' && c != ':' && c != '*' && c != '?' && c != '/' &&
           c != '\\' && c != '\'';
}

static str name_of(struct book_draft *d, str name)
{
    enum { BYTES = 4 * BOOK_NAME_MAX };
    SCOPED(buf_free) struct buf b = buf_new(BYTES);
    size_t at = 0;
    size_t n = 0;
    for (uint32_t c = str_next(name, &at); c != 0 && n < BOOK_NAME_MAX; c = str_next(name, &at), n++) {
        buf_utf8(&b, in_a_name(c) ? c : ' ');
    }
    return arena_str(d->arena, n == 0 ? S("1") : buf_str(&b));
}

/* ---- columns and cells ---- */

static enum book_type type_of(const struct column *c)
{
    switch (c->type) {
    case COLUMN_NUMBER:
        return c->ungrouped ? BOOK_PLAIN : BOOK_NUMBER;
    case COLUMN_PERCENT:
        return BOOK_SHARE;
    case COLUMN_DAY:
        return BOOK_DAY;
    case COLUMN_TIME:
        return BOOK_TIME;
    case COLUMN_TEXT:
        return BOOK_TEXT;
    }
    return BOOK_TEXT;
}

static struct book_column column_of(struct book_draft *d, const struct column *c)
{
    return (struct book_column){.head = msg_text(d->lang, c->label), .type = type_of(c)};
}

static struct book_cell cell_of(struct book_draft *d, const struct column *column, const struct cell *c)
{
    if (c->empty) {
        return (struct book_cell){.kind = BOOK_NOTHING};
    }
    switch (type_of(column)) {
    case BOOK_TEXT:
        return c->text.n == 0 ? (struct book_cell){.kind = BOOK_NOTHING}
                              : (struct book_cell){.kind = BOOK_T, .text = fitting(d, c->text)};
    case BOOK_TIME:
        return (struct book_cell){.kind = BOOK_N, .n = (c->n + LOCAL_OFFSET_MS) / MS_PER_MINUTE};
    case BOOK_SHARE:
        return (struct book_cell){.kind = BOOK_N, .n = c->n * PER_MILLE_OF_PERCENT};
    case BOOK_NUMBER:
    case BOOK_PLAIN:
    case BOOK_DAY:
    case BOOK_TYPES:
        break;
    }
    return (struct book_cell){.kind = BOOK_N, .n = c->n};
}

/* ---- sheets ---- */

static struct book_sheet *sheet_begin(struct book_draft *d, const struct book_place *at)
{
    str *above = arena_array_of(d->arena, str, BOOK_ABOVE_MAX);
    if (above == NULL || d->full || d->book.sheets_n == BOOK_SHEETS_MAX || at->above_n > BOOK_ABOVE_MAX) {
        d->full = true;
        return NULL;
    }
    for (size_t i = 0; i < at->above_n; i++) {
        above[i] = fitting(d, at->above[i]);
    }
    struct book_sheet *s = &d->sheets[d->book.sheets_n];
    *s = (struct book_sheet){.name = name_of(d, at->name),
                             .rtl = str_eq(lang_table[d->lang].dir, S("rtl")),
                             .above = above,
                             .above_n = at->above_n,
                             .sums_n = at->sums_n};
    return s;
}

static void sheet_end(struct book_draft *d, struct book_sheet *s, const struct book_column *columns,
                      const struct book_cell *cells)
{
    s->columns = columns;
    s->cells = cells;
    s->side_n = s->columns_n > SIDE ? SIDE : 0;
    d->book.sheets_n++;
}

void book_tidy(struct book_draft *d, const struct book_place *at, const struct table *t)
{
    struct book_sheet *s = sheet_begin(d, at);
    const size_t n = t->rows_n * t->columns_n;
    struct book_column *columns = arena_array_of(d->arena, struct book_column, t->columns_n + 1);
    struct book_cell *cells = n > BOOK_CELLS_MAX ? NULL : arena_array_of(d->arena, struct book_cell, n + 1);
    if (s == NULL || columns == NULL || cells == NULL) {
        d->full = true;
        return;
    }
    for (size_t i = 0; i < t->columns_n; i++) {
        columns[i] = column_of(d, &t->columns[i]);
    }
    for (size_t i = 0; i < n; i++) {
        cells[i] = cell_of(d, &t->columns[i % t->columns_n], &t->cells[i]);
    }
    s->columns_n = t->columns_n;
    s->rows_n = t->rows_n;
    sheet_end(d, s, columns, cells);
}

/* ---- the matrix: rows that are alike, values that stand side by side ---- */

struct matrix {
    struct book_draft *d;
    const struct table *t;
    size_t across, value;
    const struct cell **groups; /* the first row of each */
    size_t groups_n;
    const struct cell **heads; /* the first cell of each value of `across` */
    size_t heads_n;
};

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->empty == b->empty && (a->empty || (a->n == b->n && str_eq(a->text, b->text)));
}

static bool alike(const struct matrix *m, const struct cell *a, const struct cell *b)
{
    for (size_t i = 0; i < m->t->columns_n; i++) {
        if (i != m->across && i != m->value && !same_cell(&a[i], &b[i])) {
            return false;
        }
    }
    return true;
}

/* Where a row belongs; tables come in order, so the last group is looked at first. False: too many. */
static bool group_of(struct matrix *m, const struct cell *row, size_t *out)
{
    for (size_t i = m->groups_n; i > 0; i--) {
        if (alike(m, m->groups[i - 1], row)) {
            *out = i - 1;
            return true;
        }
    }
    if (m->groups_n == GROUPS_MAX) {
        return false;
    }
    *out = m->groups_n;
    m->groups[m->groups_n++] = row;
    return true;
}

static bool head_of(struct matrix *m, const struct cell *cell, size_t *out)
{
    for (size_t i = 0; i < m->heads_n; i++) {
        if (same_cell(m->heads[i], cell)) {
            *out = i;
            return true;
        }
    }
    if (m->heads_n + m->t->columns_n > BOOK_COLUMNS_MAX) {
        return false;
    }
    *out = m->heads_n;
    m->heads[m->heads_n++] = cell;
    return true;
}

static str head_text(struct matrix *m, const struct cell *c)
{
    const struct column *column = &m->t->columns[m->across];
    if (c->empty) {
        return S("");
    }
    return column->type == COLUMN_TEXT ? fitting(m->d, c->text)
                                       : arena_printf(m->d->arena, "%lld", (long long)c->n);
}

/* The side's columns, then a column for each value. */
static struct book_column *matrix_columns(struct matrix *m, size_t side)
{
    struct book_column *columns = arena_array_of(m->d->arena, struct book_column, side + m->heads_n + 1);
    size_t n = 0;
    for (size_t i = 0; i < m->t->columns_n && columns != NULL; i++) {
        if (i != m->across && i != m->value) {
            columns[n++] = column_of(m->d, &m->t->columns[i]);
        }
    }
    for (size_t i = 0; i < m->heads_n && columns != NULL; i++) {
        columns[n++] = (struct book_column){.head = head_text(m, m->heads[i]),
                                            .type = type_of(&m->t->columns[m->value])};
    }
    return columns;
}

static void put_side(const struct matrix *m, const struct cell *row, struct book_cell *out)
{
    size_t n = 0;
    for (size_t i = 0; i < m->t->columns_n; i++) {
        if (i != m->across && i != m->value) {
            out[n++] = cell_of(m->d, &m->t->columns[i], &row[i]);
        }
    }
}

/* All groups and heads, found in a first walk over the rows. */
static bool matrix_look(struct matrix *m)
{
    m->groups = arena_array_of(m->d->arena, const struct cell *, GROUPS_MAX);
    m->heads = arena_array_of(m->d->arena, const struct cell *, BOOK_COLUMNS_MAX + 1);
    if (m->groups == NULL || m->heads == NULL) {
        return false;
    }
    for (size_t r = 0; r < m->t->rows_n; r++) {
        const struct cell *row = &m->t->cells[r * m->t->columns_n];
        size_t at;
        if (!group_of(m, row, &at) || !head_of(m, &row[m->across], &at)) {
            return false;
        }
    }
    return true;
}

static bool matrix_fill(struct matrix *m, size_t side, size_t columns_n, struct book_cell *cells)
{
    for (size_t g = 0; g < m->groups_n; g++) {
        put_side(m, m->groups[g], &cells[g * columns_n]);
    }
    for (size_t r = 0; r < m->t->rows_n; r++) {
        const struct cell *row = &m->t->cells[r * m->t->columns_n];
        size_t group;
        size_t head;
        if (!group_of(m, row, &group) || !head_of(m, &row[m->across], &head)) {
            return false;
        }
        struct book_cell *to = &cells[group * columns_n + side + head];
        if (to->kind != BOOK_NOTHING) {
            return false; /* two rows for one place */
        }
        *to = cell_of(m->d, &m->t->columns[m->value], &row[m->value]);
    }
    return true;
}

void book_matrix(struct book_draft *d, const struct book_place *at, const struct table *t, size_t across,
                 size_t value)
{
    struct matrix m = {.d = d, .t = t, .across = across, .value = value};
    struct book_sheet *s = sheet_begin(d, at);
    if (t->columns_n < 3 || across >= t->columns_n || value >= t->columns_n || across == value) {
        d->wrong = true;
        return;
    }
    if (s == NULL || !matrix_look(&m)) {
        d->full = true;
        return;
    }
    const size_t side = t->columns_n - 2;
    const size_t columns_n = side + m.heads_n;
    const struct book_column *columns = matrix_columns(&m, side);
    const size_t n = m.groups_n * columns_n;
    struct book_cell *cells = n > BOOK_CELLS_MAX ? NULL : arena_array_of(d->arena, struct book_cell, n + 1);
    if (columns == NULL || cells == NULL) {
        d->full = true;
        return;
    }
    d->wrong = !matrix_fill(&m, side, columns_n, cells) || d->wrong;
    s->columns_n = columns_n;
    s->rows_n = m.groups_n;
    s->sums_n = at->sums_n < m.groups_n ? at->sums_n : m.groups_n;
    sheet_end(d, s, columns, cells);
    s->side_n = side < columns_n ? side : SIDE;
}

/* ---- a row for each figure ---- */

struct apart {
    size_t side, figures; /* columns of either sort */
    bool shares;          /* some are percentages: they have a column of their own */
};

static struct apart apart_of(const struct table *t)
{
    struct apart n = {0};
    for (size_t i = 0; i < t->columns_n; i++) {
        n.figures += table_figure(&t->columns[i]) ? 1 : 0;
        n.shares = n.shares || t->columns[i].type == COLUMN_PERCENT;
    }
    n.side = t->columns_n - n.figures;
    return n;
}

static size_t apart_columns(struct book_draft *d, const struct table *t, const struct apart *of,
                            struct book_column *out)
{
    size_t n = 0;
    for (size_t i = 0; i < t->columns_n; i++) {
        if (!table_figure(&t->columns[i])) {
            out[n++] = column_of(d, &t->columns[i]);
        }
    }
    out[n++] = (struct book_column){.head = msg_text(d->lang, MSG_BOOK_FIGURE), .type = BOOK_TEXT};
    out[n++] = (struct book_column){.head = msg_text(d->lang, MSG_BOOK_NUMBER), .type = BOOK_NUMBER};
    if (of->shares) {
        out[n++] = (struct book_column){.head = msg_text(d->lang, MSG_BOOK_SHARE), .type = BOOK_SHARE};
    }
    return n;
}

/* One row; the cells that stay empty are so already. */
static void apart_row(struct book_draft *d, const struct table *t, const struct cell *row, size_t figure,
                      struct book_cell *out)
{
    const struct column *column = &t->columns[figure];
    size_t n = 0;
    for (size_t i = 0; i < t->columns_n; i++) {
        if (!table_figure(&t->columns[i])) {
            out[n++] = cell_of(d, &t->columns[i], &row[i]);
        }
    }
    out[n++] = (struct book_cell){.kind = BOOK_T, .text = msg_text(d->lang, column->label)};
    out[n + (column->type == COLUMN_PERCENT ? 1 : 0)] = cell_of(d, column, &row[figure]);
}

void book_figures(struct book_draft *d, const struct book_place *at, const struct table *t)
{
    enum { MORE = 3 };
    const struct apart of = apart_of(t);
    const struct book_place plain = {.name = at->name, .above = at->above, .above_n = at->above_n};
    struct book_sheet *s = sheet_begin(d, &plain);
    const size_t rows = t->rows_n > at->sums_n ? t->rows_n - at->sums_n : 0;
    const size_t most = rows * of.figures * (of.side + MORE);
    struct book_column *columns = arena_array_of(d->arena, struct book_column, of.side + MORE);
    struct book_cell *cells =
        most > BOOK_CELLS_MAX ? NULL : arena_array_of(d->arena, struct book_cell, most + 1);
    if (s == NULL || columns == NULL || cells == NULL) {
        d->full = true;
        return;
    }
    s->columns_n = apart_columns(d, t, &of, columns);
    for (size_t r = 0; r < rows; r++) {
        const struct cell *row = &t->cells[r * t->columns_n];
        for (size_t i = 0; i < t->columns_n; i++) {
            if (table_figure(&t->columns[i]) && !row[i].empty) {
                apart_row(d, t, row, i, &cells[s->rows_n * s->columns_n]);
                s->rows_n++;
            }
        }
    }
    sheet_end(d, s, columns, cells);
}

err book_done(struct book_draft *d, const struct book **out)
{
    if (d->full || arena_full(d->arena)) {
        return FAIL(LIMIT);
    }
    d->book.sheets = d->sheets;
    if (d->wrong || !book_fine(&d->book)) {
        return FAIL(BUG);
    }
    *out = &d->book;
    return OK;
}

err book_xlsx(const struct book *b, struct work_done *out)
{
    SCOPED(buf_free) struct buf packed = buf_new(BOOK_BYTES_MAX);
    *out = (struct work_done){0};
    TRY(book_pack(b, &packed));
    return work_do(WORK_BOOK, buf_str(&packed), out);
}
