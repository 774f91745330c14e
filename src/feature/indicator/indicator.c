/* indicator.c: the list of indicators from what their listings say; rows into cells. */
#include "indicator.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "case_kind.h"
#include "check.h"
#include "clock.h"
#include "direction_kind.h"
#include "event_kind.h"

enum { INDICATORS_MAX = 64, BUCKETS = 1024, HOMES_AT_ONCE = LISTING_LIST_MAX, GIVEN_MAX = LISTING_ASKS_MAX };

extern const struct listings indicator_listings;

static struct indicator all[INDICATORS_MAX];
static size_t all_n;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- what listings say of themselves ---- */

static bool has_word(str words, str word)
{
    for (str rest = words; rest.p != NULL;) {
        if (str_eq(str_trim(str_cut(&rest, ' ')), word)) {
            return true;
        }
    }
    return false;
}

static enum msg text_of(str code, const char *ending)
{
    char key[120];
    enum msg m = MSG_NONE;
    const int n = snprintf(key, sizeof key, "indicator.%.*s%s", STR_F(code), ending);
    CHECK(n > 0 && (size_t)n < sizeof key);
    CHECK(msg_of_key((str){key, (size_t)n}, &m));
    return m;
}

static enum indicator_measure measure_of(str word)
{
    CHECK(str_eq(word, S("count")) || str_eq(word, S("ratio")) || str_eq(word, S("median")));
    return str_eq(word, S("ratio"))    ? MEASURE_RATIO
           : str_eq(word, S("median")) ? MEASURE_MEDIAN
                                       : MEASURE_COUNT;
}

static void all_make(void)
{
    CHECK(indicator_listings.n <= INDICATORS_MAX);
    for (size_t k = 0; k < indicator_listings.n; k++) {
        const struct listing *l = indicator_listings.all[k];
        const str split = listing_says(l, S("split"));
        const str good = listing_says(l, S("good"));
        all[all_n++] = (struct indicator){
            .of = l,
            .code = l->name,
            .measure = measure_of(listing_says(l, S("measure"))),
            .split = (has_word(split, S("role")) ? (unsigned)SPLIT_ROLE : 0u) |
                     (has_word(split, S("sex")) ? (unsigned)SPLIT_SEX : 0u) |
                     (has_word(split, S("part")) ? (unsigned)SPLIT_PART : 0u),
            .counts = listing_says(l, S("counts")),
            .more_is_better = str_eq(good, S("more")),
            .less_is_better = str_eq(good, S("less")),
            .title = text_of(l->name, ""),
            .how = text_of(l->name, "_how"),
        };
    }
}

const struct indicator *indicator_all(size_t *out_n)
{
    (void)pthread_once(&once, all_make);
    *out_n = all_n;
    return all;
}

const struct indicator *indicator_find(str code)
{
    size_t n;
    const struct indicator *list = indicator_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(list[i].code, code)) {
            return &list[i];
        }
    }
    return NULL;
}

/* ---- what they may ask for ---- */

/* "case_solved_state": the number of a state, an action's kind or a mark, by its name. */
static bool number_of(str name, int64_t *out)
{
    static const struct {
        str name;
        int64_t n;
    } marks[] = {{S_INIT("asked_mark_n"), MARK_ASKED},
                 {S_INIT("answered_mark_n"), MARK_ANSWERED},
                 {S_INIT("reopened_mark_n"), MARK_REOPENED},
                 {S_INIT("handed_over_mark_n"), MARK_HANDED_OVER},
                 {S_INIT("reported_mark_n"), MARK_REPORTED}};
    const struct flow_kind *const kinds[] = {&complaint_kind, &direction_kind, &event_kind};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (str_eq(name, marks[i].name)) {
            *out = marks[i].n;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const str kind = str_of(kinds[i]->name);
        unsigned state;
        if (!str_starts(name, kind) || name.n <= kind.n || name.p[kind.n] != '_') {
            continue;
        }
        const str rest = str_sub(name, kind.n + 1, name.n);
        if (str_eq(rest, S("kind_no"))) {
            *out = kinds[i]->kind_no;
            return true;
        }
        if (str_ends(rest, S("_state")) &&
            flow_state_of(kinds[i], str_sub(rest, 0, rest.n - S("_state").n), &state).code == ERR_OK) {
            *out = state;
            return true;
        }
    }
    return false;
}

bool indicator_given(str name, struct period p, int64_t *out)
{
    const struct {
        str name;
        int64_t n;
    } days[] = {
        {S("from_day"), p.from_day},
        {S("to_day"), p.to_day},
        {S("from_month"), p.from_day / 100},
        {S("to_month"), p.to_day / 100},
        {S("until_ms"), p.to_day == DAY_OPEN ? INT64_MAX : day_at_ms(day_add(p.to_day, 1), 0, 0)},
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (str_eq(name, days[i].name)) {
            *out = days[i].n;
            return true;
        }
    }
    return number_of(name, out);
}

/* How old something is at the end of a period that still runs is not known: it is as old as it is now. */
static int64_t not_to_come(int64_t now_ms, int64_t until_ms)
{
    const int64_t tomorrow = day_at_ms(day_add(local_day(now_ms), 1), 0, 0);
    return until_ms > tomorrow ? tomorrow : until_ms;
}

static err given_fill(int64_t now_ms, const struct listing *l, struct period p, struct listing_given *out)
{
    for (size_t i = 0; i < l->asks_n; i++) {
        const str name = str_of(l->asks[i]);
        int64_t n = 0;
        if (!str_eq(name, S("homes")) && !indicator_given(name, p, &n)) {
            return FAIL(BUG);
        }
        n = str_eq(name, S("until_ms")) ? not_to_come(now_ms, n) : n;
        out[i] = (struct listing_given){.name = l->asks[i], .n = n};
    }
    return OK;
}

/* ---- rows into cells ---- */

enum column { C_KIND, C_HOME, C_SUBJECT, C_VERSION, C_MONTH, C_ROLE, C_SEX, C_PART, C_NUM, C_DEN, COLUMNS };
static const char *const column_names[COLUMNS] = {"kind_no",    "home",      "subject_id", "version_no",
                                                  "fact_month", "role_code", "sex_code",   "part_code",
                                                  "num_n",      "den_n"};

struct bucket {
    struct figure_cell cell;
    struct bucket *next;
};
struct counting {
    struct arena *arena;
    size_t at[COLUMNS];
    struct bucket *buckets[BUCKETS];
    size_t cells_n;
    struct figure_row *rows;
    size_t rows_n, rows_room;
    const int64_t *without; /* cases, ascending */
    size_t without_n;
};

static uint32_t mix(uint32_t h, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (uint8_t)s.p[i]) * 16777619u;
    }
    return (h ^ 0xffu) * 16777619u;
}

static err cell_of(struct counting *k, const struct figure_cell *is, struct figure_cell **out)
{
    const uint32_t h = mix(mix(mix((uint32_t)is->month, is->role), is->sex), is->part) % BUCKETS;
    for (struct bucket *b = k->buckets[h]; b != NULL; b = b->next) {
        if (b->cell.month == is->month && str_eq(b->cell.role, is->role) && str_eq(b->cell.sex, is->sex) &&
            str_eq(b->cell.part, is->part)) {
            *out = &b->cell;
            return OK;
        }
    }
    struct bucket *b = arena_new_of(k->arena, struct bucket);
    if (b == NULL || k->cells_n == FIGURE_CELLS_MAX) {
        return FAIL(LIMIT);
    }
    *b = (struct bucket){.cell = {.month = is->month,
                                  .role = arena_str(k->arena, is->role),
                                  .sex = arena_str(k->arena, is->sex),
                                  .part = arena_str(k->arena, is->part)},
                         .next = k->buckets[h]};
    k->buckets[h] = b;
    k->cells_n++;
    *out = &b->cell;
    return b->cell.part.p == NULL ? FAIL(LIMIT) : OK;
}

static err row_add(struct counting *k, const struct figure_row *row)
{
    if (k->rows_n == k->rows_room) {
        const size_t room = k->rows_room == 0 ? 256 : k->rows_room * 2;
        struct figure_row *more = arena_array_of(k->arena, struct figure_row, room);
        if (more == NULL || k->rows_n == FIGURE_ROWS_MAX) {
            return FAIL(LIMIT);
        }
        if (k->rows_n > 0) {
            memcpy(more, k->rows, k->rows_n * sizeof *more);
        }
        k->rows = more;
        k->rows_room = room;
    }
    k->rows[k->rows_n++] = *row;
    return OK;
}

static str text_in(const struct listing_cell *cell)
{
    return cell->nothing ? S("not_stated") : cell->text;
}

static int order(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

static int id_order(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return order(*x, *y);
}

static bool left_out(const struct counting *k, const struct listing_cell *cells)
{
    return k->without_n > 0 && cells[k->at[C_KIND]].n == complaint_kind.kind_no &&
           bsearch(&cells[k->at[C_SUBJECT]].n, k->without, k->without_n, sizeof *k->without, id_order) !=
               NULL;
}

static err count_row(void *arg, const struct listing_cell *cells)
{
    struct counting *k = arg;
    struct figure_cell *to;
    if (left_out(k, cells)) {
        return OK;
    }
    const struct figure_cell is = {.month = cells[k->at[C_MONTH]].n,
                                   .role = text_in(&cells[k->at[C_ROLE]]),
                                   .sex = text_in(&cells[k->at[C_SEX]]),
                                   .part = text_in(&cells[k->at[C_PART]])};
    const struct figure_row row = {cells[k->at[C_KIND]].n, cells[k->at[C_HOME]].n, cells[k->at[C_SUBJECT]].n,
                                   cells[k->at[C_VERSION]].n};
    TRY(cell_of(k, &is, &to));
    to->num += cells[k->at[C_NUM]].n;
    to->den += cells[k->at[C_DEN]].n;
    return row_add(k, &row);
}

static int cells_order(const void *a, const void *b)
{
    const struct figure_cell *x = a, *y = b;
    int o = order(x->month, y->month);
    o = o != 0 ? o : str_cmp(x->role, y->role);
    o = o != 0 ? o : str_cmp(x->sex, y->sex);
    return o != 0 ? o : str_cmp(x->part, y->part);
}

static int rows_order(const void *a, const void *b)
{
    const struct figure_row *x = a, *y = b;
    int o = order(x->kind_no, y->kind_no);
    o = o != 0 ? o : order(x->home, y->home);
    o = o != 0 ? o : order(x->subject_id, y->subject_id);
    return o != 0 ? o : order(x->version_no, y->version_no);
}

static err figure_finish(struct counting *k, struct figure *out)
{
    struct figure f = {.cells = arena_array_of(k->arena, struct figure_cell, k->cells_n + 1),
                       .rows = k->rows};
    if (f.cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = 0; h < BUCKETS; h++) {
        for (const struct bucket *b = k->buckets[h]; b != NULL; b = b->next) {
            f.cells[f.cells_n++] = b->cell;
            f.num += b->cell.num;
            f.den += b->cell.den;
        }
    }
    qsort(f.cells, f.cells_n, sizeof *f.cells, cells_order);
    if (k->rows_n > 0) {
        qsort(k->rows, k->rows_n, sizeof *k->rows, rows_order);
    }
    for (size_t i = 0; i < k->rows_n; i++) {
        if (f.rows_n == 0 || rows_order(&f.rows[f.rows_n - 1], &k->rows[i]) != 0) {
            f.rows[f.rows_n++] = k->rows[i];
        }
    }
    *out = f;
    return OK;
}

err indicator_count_but(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                        struct period p, const int64_t *without, size_t without_n, struct figure *out)
{
    struct listing_given given[GIVEN_MAX];
    struct counting *k = arena_new_of(c->arena, struct counting);
    if (k == NULL) {
        return FAIL(LIMIT);
    }
    *k = (struct counting){.arena = c->arena, .without = without, .without_n = without_n};
    for (size_t n = 0; n < COLUMNS; n++) {
        CHECK(listing_column(i->of, str_of(column_names[n]), &k->at[n]));
    }
    TRY(given_fill(c->now_ms, i->of, p, given));
    for (size_t at = 0; at < homes_n; at += HOMES_AT_ONCE) {
        struct listing_given *list = &given[i->of->asks_n - 1];
        CHECK(i->of->list);
        list->list = homes + at;
        list->list_n = homes_n - at < HOMES_AT_ONCE ? homes_n - at : HOMES_AT_ONCE;
        TRY(listing_run(c->db, i->of, given, i->of->asks_n, count_row, k));
    }
    return figure_finish(k, out);
}

err indicator_count(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                    struct period p, struct figure *out)
{
    return indicator_count_but(c, i, homes, homes_n, p, NULL, 0, out);
}

/* ---- out of cells ---- */

static bool picked(const struct figure_cell *cell, const struct figure_pick *p)
{
    return (p->role.n == 0 || str_eq(cell->role, p->role)) && (p->sex.n == 0 || str_eq(cell->sex, p->sex)) &&
           (p->part.n == 0 || str_eq(cell->part, p->part)) &&
           (p->from_month == 0 || cell->month >= p->from_month) &&
           (p->to_month == 0 || cell->month <= p->to_month);
}

/* The smallest value with at least half of them at or below it. Values are few: days until something ended.
 */
static int64_t median_of(const struct figure *f, const struct figure_pick *pick, int64_t all_of_them)
{
    int64_t value = -1, below = 0;
    while (below * 2 < all_of_them) {
        int64_t next = INT64_MAX;
        int64_t there = 0;
        for (size_t i = 0; i < f->cells_n; i++) {
            int64_t v;
            if (!picked(&f->cells[i], pick) || !str_i64(f->cells[i].part, &v) || v <= value || v > next) {
                continue;
            }
            there = v < next ? f->cells[i].num : there + f->cells[i].num;
            next = v;
        }
        if (next == INT64_MAX) {
            break;
        }
        value = next;
        below += there;
    }
    return value < 0 ? 0 : value;
}

void figure_sum(const struct indicator *i, const struct figure *f, const struct figure_pick *pick,
                int64_t *out_num, int64_t *out_den)
{
    int64_t num = 0;
    int64_t den = 0;
    for (size_t k = 0; k < f->cells_n; k++) {
        if (picked(&f->cells[k], pick)) {
            num += f->cells[k].num;
            den += f->cells[k].den;
        }
    }
    *out_num = i->measure == MEASURE_MEDIAN ? median_of(f, pick, num) : num;
    *out_den = i->measure == MEASURE_MEDIAN ? num : den;
}
