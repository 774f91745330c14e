/* document_parts_pages.c: who came, and what became of complaints. */
#include "attendance.sql.h"
#include "document_feature.h"
#include "document_few.h"
#include "period_words.h"

/* ---- places as rows ---- */

/* Provinces where there are several, else districts; the last row is all of them. */
struct rows {
    const struct document_made *m;
    bool provinces;
    size_t at, given;
    bool summed;
};

static struct rows rows_of(const struct document_made *m, bool provinces)
{
    return (struct rows){.m = m, .provinces = provinces};
}

/* *out NULL: the sum. */
static bool rows_next(struct rows *r, const struct document_place **out)
{
    const struct document_figures *f = &r->m->figures;
    for (; r->at < f->places_n; r->at++) {
        if (f->places[r->at].province == r->provinces) {
            *out = &f->places[r->at++];
            r->given++;
            return true;
        }
    }
    *out = NULL;
    const bool sum = !r->summed && r->given > 1;
    r->summed = true;
    return sum;
}

static bool by_province(const struct document_made *m)
{
    return m->figures.provinces_n > 1;
}

static str place_words(struct ctx *c, const struct document_made *m, const struct document_place *at)
{
    const bool both = m->figures.provinces_n == 2;
    return at != NULL ? at->name : msg_text((enum lang)c->lang, both ? MSG_REPORT_BOTH : MSG_REPORT_ALL);
}

static str code_of(const struct document_made *m, const struct document_place *at)
{
    return at != NULL ? at->code : m->ask.unit;
}

/* Name and code, in the two first columns. */
static struct cell *place_row(struct ctx *c, struct document_made *m, struct document_part *io,
                              const struct document_place *at)
{
    struct cell *row = document_row(io, c->arena);
    if (row != NULL) {
        row[0] = document_words(place_words(c, m, at));
        row[1] = document_words(at != NULL ? at->code : S(""));
        row[1].empty = at == NULL;
        io->sums_n = at == NULL ? 1 : 0;
    }
    return row;
}

/* ---- sums ---- */

enum { COL_PLACE, COL_CODE, COL_FIRST };

struct asking {
    struct document_made *m;
    struct document_part *io;
    const struct document_place *at;
    struct period period;
};

static err summed(const struct asking *a, str indicator, str role, str sex, str part, int64_t *num,
                  int64_t *den)
{
    const struct document_figures *f = &a->m->figures;
    struct figure_pick pick = document_within(a->period);
    pick.role = role;
    pick.sex = sex;
    pick.part = part;
    return document_sum(f, document_indicator(f, indicator), a->at, &pick, num, den);
}

static struct cell linked(struct ctx *c, const struct asking *a, str indicator, int64_t n)
{
    struct cell cell = document_number(n);
    cell.to = document_url(c, indicator, a->period, code_of(a->m, a->at));
    return cell;
}

/* One number of an indicator: its numerator, or what it is of. */
struct counted {
    size_t column;
    str indicator, role, sex, part;
    bool whole;
};

static bool known(const struct asking *a, str indicator)
{
    const struct document_figures *f = &a->m->figures;
    const struct figure_pick within = document_within(a->period);
    return document_known(f, document_indicator(f, indicator), a->at, &within);
}

static bool any_brought(const struct asking *a, const struct counted *k, size_t n)
{
    const struct document_figures *f = &a->m->figures;
    const struct figure_pick within = document_within(a->period);
    bool some = false;
    for (size_t i = 0; i < n && f->brought_n > 0 && !some; i++) {
        some = document_brought(f, document_indicator(f, k[i].indicator), a->at, &within) > 0;
    }
    return some;
}

static err counted_put(struct ctx *c, const struct asking *a, const struct counted *k, size_t n,
                       struct cell *row)
{
    for (size_t i = 0; i < n; i++) {
        int64_t num;
        int64_t den;
        if (!known(a, k[i].indicator)) {
            row[k[i].column] = document_unknown(c, a->io);
            continue;
        }
        TRY(summed(a, k[i].indicator, k[i].role, k[i].sex, k[i].part, &num, &den));
        row[k[i].column] = linked(c, a, k[i].indicator, k[i].whole ? den : num);
    }
    if (any_brought(a, k, n)) {
        document_mark(c, a->io, &row[COL_PLACE]);
    }
    return OK;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define COUNTED(at, of, ...)                       \
    {                                              \
        (at), .indicator = S_INIT(of), __VA_ARGS__ \
    }
#define PLACE_COLUMNS                                            \
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH}, \
    {                                                            \
        S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA  \
    }

/* ---- who came ---- */

enum { A_COUNCILLORS = COL_FIRST, A_OFFICIALS, A_WOMEN, A_TOTAL, A_OTHERS, A_EVENTS, A_COLS };
static const struct document_column attendance_columns[A_COLS] = {
    PLACE_COLUMNS,
    {S_INIT("councillors"), MSG_REPORT_COUNCILLORS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("officials"), MSG_REPORT_OFFICIALS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("women_citizens"), MSG_REPORT_WOMEN_CITIZENS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("total"), MSG_REPORT_TOTAL, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("others"), MSG_DOCUMENT_OTHERS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("events"), MSG_DOCUMENT_EVENTS, COLUMN_NUMBER, IN_BOTH},
};
static const struct counted attendance_counted[] = {
    COUNTED(A_COUNCILLORS, "attendance", .role = S_INIT("councillor")),
    COUNTED(A_OFFICIALS, "attendance", .role = S_INIT("official")),
    COUNTED(A_WOMEN, "attendance", .role = S_INIT("citizen"), .sex = S_INIT("woman")),
    COUNTED(A_OTHERS, "attendance", .whole = false),
    COUNTED(A_EVENTS, "events_held", .whole = false),
};

static err attendance_put(struct ctx *c, const struct asking *a, struct cell *row)
{
    TRY(counted_put(c, a, attendance_counted, COUNT(attendance_counted), row));
    if (row[A_OTHERS].empty) { /* who came is not known */
        row[A_TOTAL] = document_unknown(c, a->io);
        return OK;
    }
    row[A_TOTAL] = linked(c, a, S("attendance"), row[A_COUNCILLORS].n + row[A_OFFICIALS].n + row[A_WOMEN].n);
    row[A_OTHERS].n -= row[A_TOTAL].n; /* all who came, without those of the total */
    return OK;
}

static err attendance_rows(struct ctx *c, struct document_made *m, struct document_part *io, bool provinces)
{
    io->columns = attendance_columns;
    io->columns_n = A_COLS;
    struct rows r = rows_of(m, provinces);
    const struct document_place *at;
    while (rows_next(&r, &at)) {
        struct cell *row = place_row(c, m, io, at);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        TRY(attendance_put(c, &(struct asking){m, io, at, m->ask.period}, row));
    }
    return OK;
}

err document_attendance(struct ctx *c, struct document_made *m, struct document_part *io)
{
    TRY(attendance_rows(c, m, io, by_province(m)));
    document_note(c, io, MSG_DOCUMENT_ATTENDANCE_HOW, 0);
    return OK;
}

err document_districts(struct ctx *c, struct document_made *m, struct document_part *io)
{
    return by_province(m) ? attendance_rows(c, m, io, false)
                          : OK; /* else that is what the part before says */
}

/* ---- role by gender by district ---- */

enum { R_ROLE = COL_FIRST, R_ROLE_CODE, R_WOMAN, R_MAN, R_TRANSGENDER, R_NOT_STATED, R_TOTAL, R_COLS };
static const struct document_column role_columns[R_COLS] = {
    PLACE_COLUMNS,
    {S_INIT("role"), MSG_REPORT_CELL_ROLE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("role_code"), MSG_DOCUMENT_ROLE_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("woman"), MSG_DOCUMENT_WOMEN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("man"), MSG_DOCUMENT_MEN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("transgender"), MSG_DOCUMENT_TRANSGENDER, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("not_stated"), MSG_SEX_NOT_STATED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("total"), MSG_REPORT_TOTAL, COLUMN_NUMBER, IN_BOTH},
};
/* So few transgender people of a role could be known by it: they stand with "not stated" (document_few.h),
 * and a note says so. */
static err rare_hidden(const struct document_few *few, const struct asking *a, str role, struct cell *row,
                       bool *out)
{
    int64_t hidden;
    TRY(document_rare(few, a->at, role, a->period, &hidden));
    *out = hidden > 0;
    if (hidden > 0) {
        row[R_NOT_STATED].n += hidden;
        row[R_TRANSGENDER].n -= hidden;
        row[R_TRANSGENDER].empty = row[R_TRANSGENDER].n == 0;
    }
    return OK;
}

static err role_put(struct ctx *c, const struct asking *a, str role, struct cell *row)
{
    const struct counted k[] = {
        {R_WOMAN, S("attendance"), role, S("woman"), S(""), false},
        {R_MAN, S("attendance"), role, S("man"), S(""), false},
        {R_TRANSGENDER, S("attendance"), role, S("transgender"), S(""), false},
        {R_NOT_STATED, S("attendance"), role, S("not_stated"), S(""), false},
        {R_TOTAL, S("attendance"), role, S(""), S(""), false},
    };
    row[R_ROLE] = document_words(role.n == 0 ? msg_text((enum lang)c->lang, MSG_REPORT_ALL)
                                             : document_word(c, S("event.role_"), role));
    row[R_ROLE_CODE] = document_words(role);
    row[R_ROLE_CODE].empty = role.n == 0;
    return counted_put(c, a, k, COUNT(k), row);
}

/* Of one place: each role that came. */
static err roles_of_place(struct ctx *c, struct document_made *m, struct document_part *io,
                          const struct document_place *at, const struct document_few *few, bool *io_hidden)
{
    for (size_t i = 0; i <= DOCUMENT_ROLES; i++) {
        const bool all = i == DOCUMENT_ROLES;
        const str role = all ? S("") : document_role_codes[i];
        bool hidden;
        int64_t num;
        int64_t den;
        const struct asking a = {m, io, at, m->ask.period};
        TRY(summed(&a, S("attendance"), role, S(""), S(""), &num, &den));
        if (num == 0 || (all && at != NULL)) {
            continue;
        }
        struct cell *row = place_row(c, m, io, at);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        TRY(role_put(c, &a, role, row));
        TRY(rare_hidden(few, &a, role, row, &hidden));
        *io_hidden = *io_hidden || hidden;
    }
    return OK;
}

err document_roles(struct ctx *c, struct document_made *m, struct document_part *io)
{
    bool hidden = false;
    struct document_few few;
    io->columns = role_columns;
    io->columns_n = R_COLS;
    TRY(document_few(&m->figures, &m->ask.period, 1, &few));
    struct rows r = rows_of(m, false);
    const struct document_place *at;
    size_t sums = 0;
    while (rows_next(&r, &at)) {
        const size_t before = io->rows_n;
        TRY(roles_of_place(c, m, io, at, &few, &hidden));
        sums = at == NULL ? io->rows_n - before : 0;
    }
    io->sums_n = sums;
    document_note(c, io, MSG_DOCUMENT_ROLES_HOW, 0);
    if (hidden) {
        document_note(c, io, MSG_DOCUMENT_FEW_TRANSGENDER, 0);
    }
    return OK;
}

/* ---- complaints ---- */

enum {
    F_RECEIVED = COL_FIRST,
    F_WOMEN,
    F_MUNICIPAL,
    F_SOLVED,
    F_REPORTED,
    F_REPORTED_SHARE,
    F_HANDED_OVER,
    F_PENDING,
    F_OTHERWISE,
    F_NO_FUNDS,
    F_COLS
};
static const struct document_column funnel_columns[F_COLS] = {
    PLACE_COLUMNS,
    {S_INIT("received"), MSG_DOCUMENT_RECEIVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("women"), MSG_DOCUMENT_OF_WOMEN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("municipal"), MSG_REPORT_COL_MUNICIPAL_N, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("solved_confirmed"), MSG_DOCUMENT_SOLVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("resolved_reported"), MSG_DOCUMENT_REPORTED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("resolved_reported_percent"), MSG_DOCUMENT_REPORTED_SHARE, COLUMN_PERCENT, IN_BOTH},
    {S_INIT("handed_over"), MSG_DOCUMENT_HANDED_OVER, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("pending"), MSG_DOCUMENT_IN_PROGRESS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("closed_otherwise"), MSG_DOCUMENT_OTHERWISE, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("no_funds"), MSG_REPORT_COL_NO_FUNDS_N, COLUMN_NUMBER, IN_BOTH},
};
static const struct counted funnel_counted[] = {
    COUNTED(F_RECEIVED, "cases_women_share", .whole = true),
    COUNTED(F_WOMEN, "cases_women_share", .whole = false),
    COUNTED(F_MUNICIPAL, "cases_municipal", .whole = false),
    COUNTED(F_SOLVED, "cases_solved_confirmed", .whole = false),
    COUNTED(F_REPORTED, "cases_resolved_reported", .whole = false),
    COUNTED(F_HANDED_OVER, "cases_handed_over", .whole = false),
    COUNTED(F_PENDING, "cases_pending", .whole = false),
    COUNTED(F_NO_FUNDS, "cases_no_funds", .whole = false),
};

/* What is left of those received: closed in another way (she said no, did not answer, took it back; it was
 * turned down). Where not all of them are known, neither is the rest. */
static struct cell otherwise(struct ctx *c, const struct asking *a, const struct cell *row)
{
    static const size_t told[] = {F_SOLVED, F_REPORTED, F_HANDED_OVER, F_PENDING};
    int64_t rest = row[F_RECEIVED].n;
    bool all = !row[F_RECEIVED].empty;
    for (size_t i = 0; i < COUNT(told); i++) {
        rest -= row[told[i]].n;
        all = all && !row[told[i]].empty;
    }
    return all && rest >= 0 ? document_number(rest) : document_unknown(c, a->io);
}

static err funnel_put(struct ctx *c, const struct asking *a, struct cell *row)
{
    int64_t num;
    int64_t den;
    TRY(counted_put(c, a, funnel_counted, COUNT(funnel_counted), row));
    TRY(summed(a, S("cases_resolved_reported"), S(""), S(""), S(""), &num, &den));
    row[F_REPORTED_SHARE] = document_reported_share(num, den);
    row[F_OTHERWISE] = otherwise(c, a, row);
    return OK;
}

/* What became of too few of a place is left out: all behind the first number. */
static bool few_left_out(const struct document_few *few, const struct document_place *at, struct cell *row,
                         size_t first, size_t columns_n)
{
    const struct indicator *of = document_indicator(few->of, S("cases_resolved_reported"));
    if (!document_is_few(few, of, at)) {
        return false;
    }
    for (size_t k = first; k < columns_n; k++) {
        row[k] = (struct cell){.empty = true};
    }
    return true;
}

err document_funnel(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = funnel_columns;
    io->columns_n = F_COLS;
    struct rows r = rows_of(m, false);
    const struct document_place *at;
    struct document_few few;
    bool left_out = false;
    TRY(document_few(&m->figures, &m->ask.period, 1, &few));
    while (rows_next(&r, &at)) {
        struct cell *row = place_row(c, m, io, at);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        TRY(funnel_put(c, &(struct asking){m, io, at, m->ask.period}, row));
        if (row[F_RECEIVED].n == 0 && !row[F_RECEIVED].empty && at != NULL) {
            io->rows_n--;
            continue;
        }
        const bool one = few_left_out(&few, at, row, F_WOMEN, F_COLS);
        left_out = left_out || one;
    }
    document_note(c, io, MSG_DOCUMENT_FUNNEL_HOW, 0);
    document_note(c, io, MSG_DOCUMENT_FUNNEL_SUM, 0);
    document_note_handed(c, m, io, S("cases_resolved_reported"));
    if (left_out) {
        document_note(c, io, MSG_DOCUMENT_FEW_CASES, 0);
    }
    return OK;
}

enum { P_MONTH = COL_FIRST, P_QUARTER, P_YEAR, P_LONGER, P_ALL, P_COLS };
static const struct document_column pending_columns[P_COLS] = {
    PLACE_COLUMNS,
    {S_INIT("days_0_30"), MSG_DOCUMENT_DAYS_30, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("days_31_90"), MSG_DOCUMENT_DAYS_90, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("days_91_365"), MSG_DOCUMENT_DAYS_365, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("days_366"), MSG_DOCUMENT_DAYS_MORE, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("pending"), MSG_REPORT_TOTAL, COLUMN_NUMBER, IN_BOTH},
};
static const struct counted pending_counted[] = {
    COUNTED(P_MONTH, "cases_pending", .part = S_INIT("0-30")),
    COUNTED(P_QUARTER, "cases_pending", .part = S_INIT("31-90")),
    COUNTED(P_YEAR, "cases_pending", .part = S_INIT("91-365")),
    COUNTED(P_LONGER, "cases_pending", .part = S_INIT("366-")),
    COUNTED(P_ALL, "cases_pending", .whole = false),
};

/* Of all places together: by district such numbers are small. */
err document_pending(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct document_few few;
    bool left_out = false;
    io->columns = pending_columns;
    io->columns_n = P_COLS;
    TRY(document_few(&m->figures, &m->ask.period, 1, &few));
    struct rows r = rows_of(m, by_province(m));
    const struct document_place *at;
    while (rows_next(&r, &at)) {
        struct cell *row = place_row(c, m, io, at);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        TRY(counted_put(c, &(struct asking){m, io, at, m->ask.period}, pending_counted,
                        COUNT(pending_counted), row));
        const bool one = few_left_out(&few, at, row, P_MONTH, P_COLS);
        left_out = left_out || one;
    }
    document_note(c, io, m->figures.approved ? MSG_DOCUMENT_PENDING_HOW : MSG_DOCUMENT_PENDING_NOW_HOW, 0);
    if (left_out) {
        document_note(c, io, MSG_DOCUMENT_FEW_CASES, 0);
    }
    return OK;
}

/* ---- problem services ---- */

enum { S_SERVICE, S_CODE, S_CASES, S_UNSOLVED, S_SHARE, S_COLS };
static const struct document_column service_columns[S_COLS] = {
    {S_INIT("service"), MSG_REPORT_COL_SERVICE_TEXT, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("cases"), MSG_DOCUMENT_RECEIVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("unsolved"), MSG_DOCUMENT_UNSOLVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("unsolved_percent"), MSG_REPORT_COL_UNSOLVED_SHARE, COLUMN_PERCENT, IN_BOTH},
};

static void service_put(struct cell *row, str name, str code, int64_t cases, int64_t unsolved)
{
    row[S_SERVICE] = document_words(name);
    row[S_CODE] = document_words(code);
    row[S_CODE].empty = code.n == 0;
    row[S_CASES] = document_number(cases);
    row[S_UNSOLVED] = document_number(unsolved);
    row[S_SHARE] = document_percent(unsolved, cases);
}

/* Services with fewer than five cases stand together; when even together they are so few, with the smallest
 * of the others. */
static err services_folded(struct ctx *c, struct document_part *io)
{
    int64_t cases = 0;
    int64_t unsolved = 0;
    bool more = false;
    for (int round = 0; round < 2; round++) {
        size_t kept = 0;
        int64_t most = FIGURE_FEW - 1;
        for (size_t i = 0; i < io->rows_n && round == 1; i++) {
            const int64_t n = io->cells[i * S_COLS + S_CASES].n;
            most = most < FIGURE_FEW || n < most ? n : most;
        }
        for (size_t i = 0; i < io->rows_n; i++) {
            const struct cell *row = &io->cells[i * S_COLS];
            if (row[S_CASES].n <= most) {
                cases += row[S_CASES].n;
                unsolved += row[S_UNSOLVED].n;
                continue;
            }
            for (size_t k = 0; k < S_COLS; k++) {
                io->cells[kept * S_COLS + k] = row[k];
            }
            kept++;
        }
        io->rows_n = kept;
        more = cases > 0 && cases < FIGURE_FEW && kept > 0;
        if (!more) {
            break;
        }
    }
    if (cases == 0) {
        return OK;
    }
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    service_put(row, msg_text((enum lang)c->lang, MSG_DOCUMENT_OTHER_SERVICES), S(""), cases, unsolved);
    return OK;
}

/* Those with most cases first. */
static void services_order(struct document_part *io)
{
    for (size_t i = 1; i < io->rows_n; i++) {
        for (size_t k = i; k > 0; k--) {
            struct cell *a = &io->cells[(k - 1) * S_COLS];
            struct cell *b = &io->cells[k * S_COLS];
            if (a[S_CASES].n >= b[S_CASES].n) {
                break;
            }
            for (size_t col = 0; col < S_COLS; col++) {
                const struct cell t = a[col];
                a[col] = b[col];
                b[col] = t;
            }
        }
    }
}

/* A paper names those with most cases, and puts the others together: the whole list is for screens. */
err document_services_short(struct ctx *c, const struct document_part *of, struct document_part *out)
{
    enum { NAMED = 15 };
    int64_t cases = 0;
    int64_t unsolved = 0;
    *out = *of;
    if (of->rows_n <= NAMED + 1) {
        return OK;
    }
    out->rows_n = 0;
    out->room = 0;
    for (size_t i = 0; i < of->rows_n; i++) {
        const struct cell *row = &of->cells[i * S_COLS];
        struct cell *copy = i < NAMED ? document_row(out, c->arena) : NULL;
        for (size_t k = 0; k < S_COLS && copy != NULL; k++) {
            copy[k] = row[k];
        }
        cases += i < NAMED ? 0 : row[S_CASES].n;
        unsolved += i < NAMED ? 0 : row[S_UNSOLVED].n;
    }
    struct cell *rest = document_row(out, c->arena);
    if (rest == NULL) {
        return FAIL(LIMIT);
    }
    service_put(rest, msg_text((enum lang)c->lang, MSG_DOCUMENT_OTHER_SERVICES), S(""), cases, unsolved);
    return OK;
}

err document_services(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct q_report_services *services;
    size_t n;
    io->columns = service_columns;
    io->columns_n = S_COLS;
    TRY(q_report_services(c->db, c->arena, lang_table[c->lang].code, &services, &n));
    for (size_t i = 0; i < n; i++) {
        const struct asking a = {m, io, NULL, m->ask.period};
        int64_t unsolved;
        int64_t cases;
        TRY(summed(&a, S("cases_unsolved_by_service"), S(""), S(""), services[i].service_code, &unsolved,
                   &cases));
        if (cases == 0) {
            continue;
        }
        struct cell *row = document_row(io, c->arena);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        service_put(row, services[i].service_text, services[i].service_code, cases, unsolved);
    }
    services_order(io);
    TRY(services_folded(c, io));
    document_note(c, io, MSG_DOCUMENT_SERVICES_HOW, 0);
    return OK;
}
