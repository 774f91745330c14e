/* intake.c: heads and cells of tables that come in. */
#include "intake.h"

#include "clock.h"
#include "fold.h"
#include "lang.h"

enum {
    NAMES_MAX = 400,
    HUNDRED = 100,
    TEN_THOUSAND = 10000,
    SERIAL_MIN = 20000, /* 1954: below that a number is no day that concerns us */
    SERIAL_MAX = 80000, /* 2119 */
    SERIAL_1970 = 25569
};

/* ---- faults ---- */

void intake_fault(struct intake *t, size_t row, size_t column, enum msg why, str what)
{
    const bool cell = row != SIZE_MAX && column < t->columns_n && t->at[column] != SIZE_MAX;
    const size_t at = cell ? t->at[column] : SIZE_MAX;
    if (t->faults_n == INTAKE_FAULTS_MAX) {
        t->more++;
        return;
    }
    t->faults[t->faults_n++] = (struct intake_fault){
        .row = row,
        .column = at,
        .why = why,
        .there = cell ? grid_at(t->grid, row, at).text : S(""),
        .what = what,
    };
}

/* ---- the head ---- */

err intake_same(struct arena *a, str x, str y, bool *out)
{
    str fx;
    str fy;
    const struct arena_mark mark = arena_mark(a);
    TRY(fold(a, x, &fx));
    TRY(fold(a, y, &fy));
    *out = fx.n > 0 && str_eq(fx, fy);
    arena_reset(a, mark);
    return OK;
}

str intake_known(const struct intake *t, size_t column, str text)
{
    for (size_t i = 0; i < t->known_n[column]; i++) {
        if (str_eq(t->known[column][i].text, text)) {
            return t->known[column][i].code;
        }
    }
    return STR_NONE;
}

void intake_know(struct intake *t, size_t column, str text, str code)
{
    if (t->known_n[column] < INTAKE_KNOWN) {
        t->known[column][t->known_n[column]++] = (struct intake_known){text, code};
    }
}

/* A column is known by its code and by its name in every language. */
static err is_column(struct arena *a, const struct intake_column *k, str text, bool *out)
{
    TRY(intake_same(a, text, k->code, out));
    for (enum lang l = (enum lang)0; l < LANG_N && k->name != MSG_NONE && !*out; l++) {
        TRY(intake_same(a, text, msg_text(l, k->name), out));
    }
    return OK;
}

/* How many of the needed columns stand in a row; where, in at[]. A second one of the same name is noted. */
static err row_try(struct intake *t, size_t row, size_t *out_found, size_t *out_twice)
{
    *out_found = 0;
    *out_twice = SIZE_MAX;
    for (size_t k = 0; k < t->columns_n; k++) {
        t->at[k] = SIZE_MAX;
    }
    for (size_t i = 0; i < t->grid->columns_n; i++) {
        const str text = grid_at(t->grid, row, i).text;
        for (size_t k = 0; text.n > 0 && k < t->columns_n; k++) {
            bool same;
            TRY(is_column(t->c->arena, &t->columns[k], text, &same));
            if (same && t->at[k] != SIZE_MAX) {
                *out_twice = k;
            } else if (same) {
                t->at[k] = i;
                *out_found += t->columns[k].needed;
            }
        }
    }
    return OK;
}

static size_t needed(const struct intake *t)
{
    size_t n = 0;
    for (size_t k = 0; k < t->columns_n; k++) {
        n += t->columns[k].needed;
    }
    return n;
}

/* The row in which most of them stand; true: all. */
static err head_find(struct intake *t, bool *out_all, size_t *out_found)
{
    size_t best = 0;
    *out_found = 0;
    *out_all = false;
    for (size_t row = 0; row < t->grid->rows_n && row < INTAKE_HEAD_WITHIN; row++) {
        size_t found;
        size_t twice;
        TRY(row_try(t, row, &found, &twice));
        if (found > *out_found) {
            *out_found = found;
            best = row;
        }
        if (found == needed(t)) {
            t->head = row;
            *out_all = true;
            if (twice != SIZE_MAX) {
                intake_fault(t, row, twice, MSG_EXCHANGE_FAULT_TWICE_HEAD, STR_NONE);
            }
            return OK;
        }
    }
    size_t twice;
    t->head = best;
    return row_try(t, best, out_found, &twice);
}

static err missing_say(struct intake *t)
{
    SCOPED(buf_free) struct buf b = buf_new(NAMES_MAX);
    for (size_t k = 0; k < t->columns_n; k++) {
        if (t->columns[k].needed && t->at[k] == SIZE_MAX) {
            buf_put(&b, b.n > 0 ? S(", ") : S(""));
            buf_put(&b, t->columns[k].code);
        }
    }
    const str what = arena_str(t->c->arena, buf_str(&b));
    intake_fault(t, SIZE_MAX, SIZE_MAX, MSG_EXCHANGE_FAULT_HEAD, what);
    return what.p == NULL ? FAIL(LIMIT) : OK;
}

err intake_begin(struct ctx *c, const struct grid *grids, size_t n, const struct intake_column *columns,
                 size_t columns_n, struct intake *out, size_t *out_which)
{
    struct intake t = {.c = c,
                       .columns = columns,
                       .columns_n = columns_n,
                       .faults = arena_array_of(c->arena, struct intake_fault, INTAKE_FAULTS_MAX)};
    size_t best = 0;
    size_t most = 0;
    bool all = false;
    size_t found;
    if (t.faults == NULL || n == 0 || columns_n > INTAKE_COLUMNS) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n && !all; i++) {
        t.grid = &grids[i];
        TRY(head_find(&t, &all, &found));
        if (all || found > most) {
            best = i;
            most = found;
        }
    }
    if (!all) {
        t.grid = &grids[best];
        TRY(head_find(&t, &all, &found));
        TRY(missing_say(&t));
    }
    *out = t;
    *out_which = best;
    return OK;
}

bool intake_next(const struct intake *t, size_t *io_row)
{
    for (size_t row = *io_row + 1; row < t->grid->rows_n; row++) {
        if (!grid_row_empty(t->grid, row)) {
            *io_row = row;
            return true;
        }
    }
    return false;
}

void intake_count(struct intake *t)
{
    size_t n = 0;
    for (size_t row = t->head; intake_next(t, &row);) {
        n++;
    }
    if (n == 0) {
        intake_fault(t, SIZE_MAX, SIZE_MAX, MSG_EXCHANGE_FAULT_NO_ROWS, STR_NONE);
    } else if (n > INTAKE_ROWS_MAX) {
        const str most = arena_printf(t->c->arena, "%d", (int)INTAKE_ROWS_MAX);
        intake_fault(t, SIZE_MAX, SIZE_MAX, MSG_EXCHANGE_FAULT_ROWS, most);
    }
}

/* ---- cells ---- */

str intake_text(struct intake *t, size_t row, size_t column)
{
    if (t->at[column] == SIZE_MAX) {
        return S("");
    }
    const struct grid_cell cell = grid_at(t->grid, row, t->at[column]);
    if (cell.flags == 0) {
        return cell.text;
    }
    intake_fault(t, row, column,
                 (cell.flags & GRID_MERGED) != 0    ? MSG_EXCHANGE_FAULT_MERGED
                 : (cell.flags & GRID_FORMULA) != 0 ? MSG_EXCHANGE_FAULT_FORMULA
                                                    : MSG_EXCHANGE_FAULT_ERROR,
                 STR_NONE);
    return S("");
}

/* A number as it is read, character by character. */
struct reading {
    char digits[24];
    size_t n;
    size_t decimals;
    size_t groups; /* marks between digits so far */
    size_t run;    /* digits behind the last of them */
    bool point, comma, wrong;
};

static bool between_digits(uint32_t c)
{
    return c == ',' || c == ' ' || c == 0xa0 || c == 0x202f || c == 0x66c || c == 0x60c;
}

/* Groups are of three digits, and of two before them where people count in lakhs: 1,25,000. */
static void read_mark(struct reading *r, uint32_t c)
{
    const bool fits = r->groups == 0 ? r->n > 0 && r->run <= 3 : r->run == 2 || r->run == 3;
    r->comma = r->comma || (c != ' ' && c != 0xa0 && c != 0x202f);
    r->wrong = r->wrong || !fits;
    r->groups++;
    r->run = 0;
}

static void read_next(struct reading *r, uint32_t c, bool last)
{
    const bool digit = c >= '0' && c <= '9';
    if (!r->point && (c == '.' || c == 0x66b)) {
        r->point = true;
    } else if (r->point && c == '0') {
        r->decimals++;
    } else if (!r->point && digit && r->n < sizeof r->digits) {
        r->digits[r->n++] = (char)c;
        r->run++;
    } else if (!r->point && between_digits(c)) {
        read_mark(r, c);
    } else if (!(last && (c == '%' || c == 0x66a))) {
        r->wrong = true;
    }
}

/* Without what people put between thousands, and without decimals that say nothing. What is wrong with it;
 * MSG_NONE: nothing. "12,5" is twelve and a half to whoever wrote it, never 125. */
static enum msg number_of(struct arena *a, str text, int64_t *out)
{
    str ascii = digits_ascii(a, text);
    struct reading r = {.n = 0};
    if (ascii.p == NULL) {
        return MSG_EXCHANGE_FAULT_NUMBER;
    }
    if (str_ends(ascii, S(" %"))) {
        ascii = str_trim(str_sub(ascii, 0, ascii.n - 1));
    }
    for (size_t at = 0; at < ascii.n;) {
        const uint32_t c = str_next(ascii, &at);
        read_next(&r, c, at == ascii.n);
    }
    const bool groups_fit = r.groups == 0 || r.run == 3;
    if (r.comma && (r.wrong || !groups_fit)) {
        return MSG_EXCHANGE_FAULT_COMMA;
    }
    const bool right = !r.wrong && groups_fit && r.n > 0 && (!r.point || r.decimals > 0) &&
                       str_i64((str){r.digits, r.n}, out);
    return right ? MSG_NONE : MSG_EXCHANGE_FAULT_NUMBER;
}

struct opt_i64 intake_number(struct intake *t, size_t row, size_t column, int64_t most)
{
    const str text = intake_text(t, row, column);
    int64_t n = 0;
    if (text.n == 0) {
        return NONE_I64;
    }
    const enum msg wrong = number_of(t->c->arena, text, &n);
    if (wrong != MSG_NONE) {
        intake_fault(t, row, column, wrong, STR_NONE);
        return NONE_I64;
    }
    if (n > most) {
        intake_fault(t, row, column, MSG_EXCHANGE_FAULT_LARGE,
                     arena_printf(t->c->arena, "%lld", (long long)most));
        return NONE_I64;
    }
    return SOME(n);
}

err intake_word(struct intake *t, size_t row, size_t column, const struct case_word *words, size_t n,
                enum msg wrong, str *out_code)
{
    const str text = intake_text(t, row, column);
    *out_code = text.n == 0 ? STR_NONE : intake_known(t, column, text);
    if (text.n == 0 || out_code->p != NULL) {
        return OK;
    }
    for (size_t i = 0; i < n; i++) {
        const struct intake_column named = {.code = words[i].code, .name = words[i].text};
        bool same;
        TRY(is_column(t->c->arena, &named, text, &same));
        if (same) {
            *out_code = words[i].code;
            intake_know(t, column, text, words[i].code);
            return OK;
        }
    }
    intake_fault(t, row, column, wrong, STR_NONE);
    return OK;
}

/* Three numbers with the same mark between them. */
static bool three(str text, char mark, int64_t out[3])
{
    for (size_t i = 0; i < 3; i++) {
        const str part = str_cut(&text, mark);
        if (part.p == NULL || part.n == 0 || part.n > 4 || !str_i64(part, &out[i]) || out[i] < 0) {
            return false;
        }
    }
    return text.p == NULL;
}

/* Each in its own two digits: a month of 112 would run over into the next year. */
static int64_t day_of(int64_t year, int64_t month, int64_t day)
{
    return month < HUNDRED && day < HUNDRED ? year * TEN_THOUSAND + month * HUNDRED + day : 0;
}

int64_t intake_day(struct arena *a, str text)
{
    const str ascii = digits_ascii(a, text);
    int64_t v[3];
    int64_t n;
    int64_t day = 0;
    if (ascii.p == NULL) {
        return 0;
    }
    if (three(ascii, '-', v) && v[0] > HUNDRED) {
        day = day_of(v[0], v[1], v[2]);
    } else if (three(ascii, '/', v) || three(ascii, '.', v) || three(ascii, '-', v)) {
        day = day_of(v[2], v[1], v[0]);
    } else if (str_i64(ascii, &n) && n >= SERIAL_MIN && n <= SERIAL_MAX) {
        day = day_add(19700101, (int)(n - SERIAL_1970));
    }
    return day_valid(day) ? day : 0;
}

/* ---- places ---- */

err intake_units(struct ctx *c, int64_t around, struct intake_units *out)
{
    for (enum lang l = (enum lang)0; l < LANG_N; l++) {
        struct ctx in = *c;
        in.lang = (int)l;
        TRY(place_list_below(&in, around, &out->rows[l], &out->n[l]));
        out->folded[l] = arena_array_of(c->arena, str, out->n[l] + 1);
        for (size_t i = 0; i < out->n[l]; i++) {
            if (out->folded[l] == NULL) {
                return FAIL(LIMIT);
            }
            TRY(fold(c->arena, out->rows[l][i].name_text, &out->folded[l][i]));
        }
    }
    return OK;
}

static bool same_letters(str a, str b)
{
    for (size_t i = 0; i < a.n && a.n == b.n; i++) {
        const int x = a.p[i] >= 'a' && a.p[i] <= 'z' ? a.p[i] - 'a' + 'A' : a.p[i];
        const int y = b.p[i] >= 'a' && b.p[i] <= 'z' ? b.p[i] - 'a' + 'A' : b.p[i];
        if (x != y) {
            return false;
        }
    }
    return a.n == b.n && a.n > 0;
}

static const struct q_place_all *unit_find(const struct intake_units *u, str code, str name)
{
    const struct q_place_all *best = NULL;
    for (enum lang l = (enum lang)0; l < LANG_N; l++) {
        for (size_t i = 0; i < u->n[l]; i++) {
            const struct q_place_all *row = &u->rows[l][i];
            if (same_letters(row->unit_code, code)) {
                return row;
            }
            if (name.n > 0 && str_eq(u->folded[l][i], name) &&
                (best == NULL || row->level_no < best->level_no)) {
                best = row;
            }
        }
    }
    return best;
}

err intake_unit(struct intake *t, const struct intake_units *u, size_t row, size_t column,
                const struct q_place_all **out)
{
    struct q_place_by_code elsewhere;
    str name;
    const size_t faults = t->faults_n + t->more;
    const str text = intake_text(t, row, column);
    *out = NULL;
    if (text.n == 0) {
        if (t->faults_n + t->more == faults) {
            intake_fault(t, row, column, MSG_EXCHANGE_FAULT_UNIT_MISSING, STR_NONE);
        }
        return OK;
    }
    const struct arena_mark mark = arena_mark(t->c->arena);
    TRY(fold(t->c->arena, text, &name));
    *out = unit_find(u, text, name);
    arena_reset(t->c->arena, mark);
    if (*out != NULL) {
        return OK;
    }
    const err e = place_find(t->c, text, &elsewhere);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    intake_fault(t, row, column,
                 e.code == ERR_OK ? MSG_EXCHANGE_FAULT_UNIT_OUTSIDE : MSG_EXCHANGE_FAULT_UNIT_UNKNOWN,
                 STR_NONE);
    return OK;
}
