/* document_year_pages.c: figures side by side: by planning year, by indicator, and each in a row of its own.
 */
#include "document_feature.h"
#include "document_few.h"
#include "format.h"
#include "period_words.h"
#include "report_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { YEARS_MAX = DOCUMENT_YEARS, DAYS = 100 };

/* ---- periods ---- */

/* Of a planning year what lies in the period that was asked for. */
static struct period clipped(struct period year, struct period to)
{
    return (struct period){year.from_day > to.from_day ? year.from_day : to.from_day,
                           year.to_day < to.to_day ? year.to_day : to.to_day};
}

/* The planning years of which there are figures, as far as they lie in the period. */
size_t document_planning_years(const struct document_made *m, struct period out[DOCUMENT_YEARS])
{
    const struct document_figures *f = &m->figures;
    size_t n = 0;
    if (f->to_month == 0) {
        return 0;
    }
    for (int64_t y = period_year_of(f->from_month * DAYS + 1); n < YEARS_MAX; y++) {
        const struct period year = period_fiscal(y);
        if (year.from_day > f->to_month * DAYS + 31) {
            break;
        }
        if (year.to_day >= m->ask.period.from_day && year.from_day <= m->ask.period.to_day) {
            out[n++] = clipped(year, m->ask.period);
        }
    }
    return n;
}

/* The same length of time before it, of whole planning or calendar years; false: there is no such. */
static bool year_before(struct period p, struct period *out)
{
    enum { YEAR = 10000 };
    if (p.from_day == period_all().from_day || p.to_day == period_all().to_day ||
        p.to_day - p.from_day >= YEAR) {
        return false;
    }
    *out = (struct period){p.from_day - YEAR, p.to_day - YEAR};
    return period_whole_months(*out);
}

static str period_text(struct ctx *c, struct period p)
{
    return period_words(c->arena, (enum lang)c->lang, p);
}

/* ---- by planning year ---- */

enum { Y_PERIOD, Y_CODE, Y_COUNCILLORS, Y_OFFICIALS, Y_WOMEN, Y_TOTAL, Y_EVENTS, Y_COLS };
static const struct document_column year_columns[Y_COLS] = {
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("councillors"), MSG_REPORT_COUNCILLORS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("officials"), MSG_REPORT_OFFICIALS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("women_citizens"), MSG_REPORT_WOMEN_CITIZENS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("total"), MSG_REPORT_TOTAL, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("events"), MSG_DOCUMENT_EVENTS, COLUMN_NUMBER, IN_BOTH},
};
struct year_counted {
    size_t column;
    str indicator, role, sex;
    bool whole;
};
static const struct year_counted year_counted[] = {
    {Y_COUNCILLORS, S_INIT("attendance"), S_INIT("councillor"), S_INIT(""), false},
    {Y_OFFICIALS, S_INIT("attendance"), S_INIT("official"), S_INIT(""), false},
    {Y_WOMEN, S_INIT("attendance"), S_INIT("citizen"), S_INIT("woman"), false},
    {Y_EVENTS, S_INIT("events_held"), S_INIT(""), S_INIT(""), false},
};

/* Complaints and the desks that hear them. */
enum {
    D_RECEIVED = Y_COUNCILLORS,
    D_WOMEN,
    D_MUNICIPAL,
    D_SOLVED,
    D_REPORTED,
    D_REPORTED_SHARE,
    D_PENDING,
    D_HANDED_OVER,
    D_MATERIALS,
    D_DESKS,
    D_DESKS_PLANNED,
    D_COLS
};
static const struct document_column desk_columns[D_COLS] = {
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("received"), MSG_DOCUMENT_RECEIVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("women"), MSG_DOCUMENT_OF_WOMEN, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("municipal"), MSG_REPORT_COL_MUNICIPAL_N, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("solved_confirmed"), MSG_DOCUMENT_SOLVED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("resolved_reported"), MSG_DOCUMENT_REPORTED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("resolved_reported_percent"), MSG_DOCUMENT_REPORTED_SHARE, COLUMN_PERCENT, IN_BOTH},
    {S_INIT("pending"), MSG_DOCUMENT_IN_PROGRESS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("handed_over"), MSG_DOCUMENT_HANDED_OVER, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("materials"), MSG_DOCUMENT_MATERIALS, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("desks_opened"), MSG_DOCUMENT_DESKS_OPENED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("desks_planned"), MSG_DOCUMENT_DESKS_PLANNED, COLUMN_NUMBER, IN_BOTH},
};
static const struct year_counted desk_counted[] = {
    {D_RECEIVED, S_INIT("cases_women_share"), S_INIT(""), S_INIT(""), true},
    {D_WOMEN, S_INIT("cases_women_share"), S_INIT(""), S_INIT(""), false},
    {D_MUNICIPAL, S_INIT("cases_municipal"), S_INIT(""), S_INIT(""), false},
    {D_SOLVED, S_INIT("cases_solved_confirmed"), S_INIT(""), S_INIT(""), false},
    {D_REPORTED, S_INIT("cases_resolved_reported"), S_INIT(""), S_INIT(""), false},
    {D_PENDING, S_INIT("cases_pending"), S_INIT(""), S_INIT(""), false},
    {D_HANDED_OVER, S_INIT("cases_handed_over"), S_INIT(""), S_INIT(""), false},
    {D_MATERIALS, S_INIT("materials_given"), S_INIT(""), S_INIT(""), false},
    {D_DESKS, S_INIT("desks_opened"), S_INIT(""), S_INIT(""), false},
};

struct year {
    struct period p;
    str words;
};

/* A row of a period with so many of its counts. */
static err year_count(struct ctx *c, struct document_made *m, struct document_part *io, const struct year *y,
                      const struct year_counted *of, size_t n, struct cell **out)
{
    const struct document_figures *f = &m->figures;
    struct cell *row = document_row(io, c->arena);
    bool brought = false;
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    row[Y_PERIOD] = document_words(y->words);
    row[Y_CODE] = document_words(period_code(c->arena, y->p));
    for (size_t i = 0; i < n; i++) {
        struct figure_pick pick = document_within(y->p);
        const struct indicator *one = document_indicator(f, of[i].indicator);
        int64_t num;
        int64_t den;
        if (!document_known(f, one, NULL, &pick)) {
            row[of[i].column] = document_unknown(c, io);
            continue;
        }
        pick.role = of[i].role;
        pick.sex = of[i].sex;
        TRY(document_sum(f, one, NULL, &pick, &num, &den));
        row[of[i].column] = document_number(of[i].whole ? den : num);
        row[of[i].column].to = document_url(c, of[i].indicator, y->p, m->ask.unit);
        const struct figure_pick then = document_within(y->p);
        brought = brought || (f->brought_n > 0 && document_brought(f, one, NULL, &then) > 0);
    }
    if (brought) {
        document_mark(c, io, &row[Y_PERIOD]);
    }
    *out = row;
    return OK;
}

static err year_put(struct ctx *c, struct document_made *m, struct document_part *io, const struct year *y)
{
    struct cell *row;
    TRY(year_count(c, m, io, y, year_counted, COUNT(year_counted), &row));
    if (row[Y_COUNCILLORS].empty) { /* who came is not known */
        row[Y_TOTAL] = document_unknown(c, io);
        return OK;
    }
    row[Y_TOTAL] = document_number(row[Y_COUNCILLORS].n + row[Y_OFFICIALS].n + row[Y_WOMEN].n);
    return OK;
}

static err desk_year_put(struct ctx *c, struct document_made *m, struct document_part *io,
                         const struct year *y)
{
    const struct figure_pick pick = document_within(y->p);
    const struct indicator *of = document_indicator(&m->figures, S("cases_resolved_reported"));
    const struct opt_i64 planned = document_aimed(&m->figures, S("desks_opened"), NULL, y->p);
    struct cell *row;
    int64_t num;
    int64_t den;
    TRY(year_count(c, m, io, y, desk_counted, COUNT(desk_counted), &row));
    TRY(document_sum(&m->figures, of, NULL, &pick, &num, &den));
    row[D_REPORTED_SHARE] = document_reported_share(num, den);
    row[D_DESKS_PLANNED] = document_number(planned.given ? planned.v : 0);
    return OK;
}

/* Whether there is one row, and it is of no whole planning year: then no heading speaks of years. */
static bool part_of_a_year(const struct document_made *m)
{
    struct period years[YEARS_MAX];
    return document_planning_years(m, years) == 1 && m->ask.kind != DOCUMENT_ANNUAL &&
           !period_same(years[0], period_fiscal(period_year_of(years[0].from_day)));
}

typedef err (*year_fn)(struct ctx *c, struct document_made *m, struct document_part *io,
                       const struct year *y);

/* The planning years, of the annual report the one before a single one, and all time. */
static err years_walk(struct ctx *c, struct document_made *m, struct document_part *io, year_fn put)
{
    struct period years[YEARS_MAX];
    struct period before;
    const size_t n = document_planning_years(m, years);
    if (n == 1 && m->ask.kind == DOCUMENT_ANNUAL && year_before(years[0], &before)) {
        TRY(put(c, m, io, &(struct year){before, period_text(c, before)}));
    }
    for (size_t i = 0; i < n; i++) {
        TRY(put(c, m, io, &(struct year){years[i], period_text(c, years[i])}));
    }
    if (n > 1 || m->ask.kind == DOCUMENT_ANNUAL) {
        const str since = msg_text((enum lang)c->lang, MSG_DOCUMENT_SINCE);
        TRY(put(c, m, io, &(struct year){period_all(), since}));
        io->sums_n = 1;
    }
    return OK;
}

err document_years(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = year_columns;
    io->columns_n = Y_COLS;
    io->title = part_of_a_year(m) ? MSG_DOCUMENT_VALUE : io->title;
    TRY(years_walk(c, m, io, year_put));
    document_note_handed(c, m, io, S("attendance"));
    return OK;
}

err document_desks(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = desk_columns;
    io->columns_n = D_COLS;
    io->title = part_of_a_year(m) ? MSG_DOCUMENT_DESKS_KEY : io->title;
    TRY(years_walk(c, m, io, desk_year_put));
    document_note(c, io, MSG_DOCUMENT_DESKS_HOW, 0);
    document_note_handed(c, m, io, S("cases_resolved_reported"));
    return OK;
}

/* ---- by indicator ---- */

enum {
    I_TITLE,
    I_CODE,
    I_WORDS,
    I_NUM,
    I_DEN,
    I_PERCENT,
    I_BEFORE_WORDS,
    I_BEFORE_NUM,
    I_BEFORE_DEN,
    I_SINCE_WORDS,
    I_SINCE_NUM,
    I_SINCE_DEN,
    I_SINCE_PERCENT,
    I_BROUGHT,
    I_HASH,
    I_COLS
};
#define INDICATOR_COLUMNS(before, since)                                                            \
    {                                                                                               \
        {S_INIT("indicator"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT, IN_BOTH},                      \
            {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},                              \
            {S_INIT("words"), MSG_DOCUMENT_VALUE, COLUMN_TEXT, IN_PEOPLE},                          \
            {S_INIT("num"), MSG_DOCUMENT_NUM, COLUMN_NUMBER, IN_DATA},                              \
            {S_INIT("den"), MSG_DOCUMENT_DEN, COLUMN_NUMBER, IN_DATA},                              \
            {S_INIT("percent"), MSG_DOCUMENT_PERCENT, COLUMN_PERCENT, IN_DATA},                     \
            {S_INIT("before_words"), MSG_DOCUMENT_BEFORE, COLUMN_TEXT, (before)&IN_PEOPLE},         \
            {S_INIT("before_num"), MSG_DOCUMENT_BEFORE, COLUMN_NUMBER, (before)&IN_DATA},           \
            {S_INIT("before_den"), MSG_DOCUMENT_BEFORE_DEN, COLUMN_NUMBER, (before)&IN_DATA},       \
            {S_INIT("since_words"), MSG_DOCUMENT_SINCE, COLUMN_TEXT, (since)&IN_PEOPLE},            \
            {S_INIT("since_num"), MSG_DOCUMENT_SINCE, COLUMN_NUMBER, (since)&IN_DATA},              \
            {S_INIT("since_den"), MSG_DOCUMENT_SINCE_DEN, COLUMN_NUMBER, (since)&IN_DATA},          \
            {S_INIT("since_percent"), MSG_DOCUMENT_SINCE_PERCENT, COLUMN_PERCENT, (since)&IN_DATA}, \
            {S_INIT("brought_in"), MSG_DOCUMENT_BROUGHT_IN, COLUMN_NUMBER, IN_DATA},                \
        {                                                                                           \
            S_INIT("sha256"), MSG_REPORT_HASH, COLUMN_TEXT, IN_DATA                                 \
        }                                                                                           \
    }
static const struct document_column achievement_indicators[I_COLS] = INDICATOR_COLUMNS(0, 0);
static const struct document_column annual_indicators[I_COLS] = INDICATOR_COLUMNS(0, IN_BOTH);
static const struct document_column annual_indicators_before[I_COLS] = INDICATOR_COLUMNS(IN_BOTH, IN_BOTH);

struct side {
    size_t words, num, den, percent; /* columns; percent 0: none */
};

static err side_put(struct ctx *c, struct document_part *io, const struct document_made *m,
                    const struct indicator *i, const struct figure_pick *pick, const struct side *s,
                    struct cell *row)
{
    int64_t num;
    int64_t den;
    bool uncounted;
    if (!document_known(&m->figures, i, NULL, pick)) {
        row[s->words] = document_words(document_unknown(c, io).text);
        return OK;
    }
    TRY(document_sum(&m->figures, i, NULL, pick, &num, &den));
    TRY(document_persons_uncounted(&m->figures, i, NULL, pick, num, &uncounted));
    if (uncounted) {
        row[s->words] = document_words(msg_text((enum lang)c->lang, MSG_DOCUMENT_UNCOUNTED));
        return OK;
    }
    const bool none = i->measure != MEASURE_COUNT && den == 0;
    const bool unsaid = num == 0 && den > 0 && str_eq(i->code, S("cases_resolved_reported"));
    row[s->words] = document_words(unsaid ? msg_text((enum lang)c->lang, MSG_DOCUMENT_NOBODY_REPORTED)
                                          : figure_words(c, i, num, den));
    if (document_brought(&m->figures, i, NULL, pick) > 0) {
        document_mark(c, io, &row[s->words]);
    }
    row[s->num] = (struct cell){.n = num, .empty = none};
    row[s->den] = (struct cell){.n = den, .empty = i->measure == MEASURE_COUNT || none};
    if (s->percent != 0 && i->measure == MEASURE_RATIO) {
        row[s->percent] = document_percent(num, den);
    }
    return OK;
}

static err indicator_put(struct ctx *c, struct document_made *m, struct document_part *io, size_t at,
                         const struct period *before, struct cell *row)
{
    static const struct side now = {I_WORDS, I_NUM, I_DEN, I_PERCENT};
    static const struct side last = {I_BEFORE_WORDS, I_BEFORE_NUM, I_BEFORE_DEN, 0};
    static const struct side since = {I_SINCE_WORDS, I_SINCE_NUM, I_SINCE_DEN, I_SINCE_PERCENT};
    const struct indicator *i = &m->figures.all[at];
    const struct figure_pick within = document_within(m->ask.period);
    const struct figure_pick ever = document_within(period_all());
    char hex[DIGEST_HEX + 1];
    row[I_TITLE] = document_words(msg_text((enum lang)c->lang, i->title));
    row[I_TITLE].to = document_url(c, i->code, m->ask.period, m->ask.unit);
    row[I_CODE] = document_words(i->code);
    TRY(side_put(c, io, m, i, &within, &now, row));
    if (m->ask.kind == DOCUMENT_ANNUAL) {
        TRY(side_put(c, io, m, i, &ever, &since, row));
    }
    row[I_BROUGHT] = document_number(document_brought(&m->figures, i, NULL, &within));
    if (before != NULL) {
        const struct figure_pick then = document_within(*before);
        TRY(side_put(c, io, m, i, &then, &last, row));
    }
    if (m->figures.approved) {
        digest_hex(m->figures.hashes[at], hex);
        row[I_HASH] = document_words(arena_str(c->arena, (str){hex, DIGEST_HEX}));
    }
    return OK;
}

err document_indicators(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct period before;
    const bool annual = m->ask.kind == DOCUMENT_ANNUAL;
    const bool compared = annual && year_before(m->ask.period, &before);
    io->columns = compared ? annual_indicators_before : annual ? annual_indicators : achievement_indicators;
    io->columns_n = I_COLS;
    for (size_t i = 0; i < m->figures.all_n; i++) {
        struct cell *row = document_row(io, c->arena);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        TRY(indicator_put(c, m, io, i, compared ? &before : NULL, row));
    }
    return OK;
}

/* ---- each figure in a row of its own ---- */

enum {
    T_CODE,
    T_TITLE,
    T_UNIT,
    T_PLACE,
    T_PERIOD,
    T_ROLE,
    T_SEX,
    T_NUM,
    T_DEN,
    T_PERCENT,
    T_TARGET,
    T_NOTE,
    T_STANDING,
    T_BROUGHT,
    T_COLS
};
static const struct document_column tidy_columns[T_COLS] = {
    {S_INIT("indicator"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("title"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT, IN_DATA},
    {S_INIT("unit"), MSG_DOCUMENT_UNIT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_DATA},
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_DATA},
    {S_INIT("role"), MSG_REPORT_CELL_ROLE, COLUMN_TEXT, IN_DATA},
    {S_INIT("sex"), MSG_REPORT_CELL_SEX, COLUMN_TEXT, IN_DATA},
    {S_INIT("num"), MSG_DOCUMENT_NUM, COLUMN_NUMBER, IN_DATA},
    {S_INIT("den"), MSG_DOCUMENT_DEN, COLUMN_NUMBER, IN_DATA},
    {S_INIT("percent"), MSG_DOCUMENT_PERCENT, COLUMN_PERCENT, IN_DATA},
    {S_INIT("target"), MSG_DOCUMENT_TARGET, COLUMN_NUMBER, IN_DATA},
    {S_INIT("note"), MSG_DOCUMENT_NOTE, COLUMN_TEXT, IN_DATA},
    {S_INIT("standing"), MSG_REPORT_STANDING, COLUMN_TEXT, IN_DATA},
    {S_INIT("brought_in"), MSG_DOCUMENT_BROUGHT_IN, COLUMN_NUMBER, IN_DATA},
};

struct tidy {
    struct document_made *m;
    struct document_part *io;
    const struct indicator *of;
    const struct document_place *at; /* NULL: all of them */
    struct period period;
    const struct document_few *few;
};

static err tidy_put(struct ctx *c, const struct tidy *t, str role, str sex, int64_t num, int64_t den)
{
    struct cell *row = document_row(t->io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    const bool cell = role.n > 0 || sex.n > 0;
    const bool approved = t->m->figures.approved;
    const struct figure_pick within = document_within(t->period);
    const bool known = document_known(&t->m->figures, t->of, t->at, &within);
    bool uncounted;
    TRY(document_persons_uncounted(&t->m->figures, t->of, t->at, &within, num, &uncounted));
    const bool few = !known || uncounted || document_is_few(t->few, t->of, t->at) ||
                     (t->of->measure == MEASURE_RATIO && t->at != NULL && den < FIGURE_FEW);
    row[T_CODE] = document_words(t->of->code);
    row[T_TITLE] = document_words(msg_text((enum lang)c->lang, t->of->title));
    row[T_UNIT] = document_words(t->at != NULL ? t->at->code : t->m->ask.unit.n > 0 ? t->m->ask.unit : S(""));
    row[T_PLACE] = document_words(t->at != NULL ? t->at->name : t->m->place);
    row[T_PERIOD] = document_words(period_code(c->arena, t->period));
    row[T_ROLE] = (struct cell){.text = role, .empty = !cell};
    row[T_SEX] = (struct cell){.text = sex, .empty = !cell};
    row[T_NUM] = (struct cell){.n = num, .empty = few || (t->of->measure == MEASURE_MEDIAN && den == 0)};
    row[T_DEN] = (struct cell){.n = den, .empty = few || t->of->measure == MEASURE_COUNT};
    if (t->of->measure == MEASURE_RATIO && !few) {
        row[T_PERCENT] = document_percent(num, den);
    }
    const struct opt_i64 aim =
        cell ? NONE_I64 : document_aimed(&t->m->figures, t->of->code, t->at, t->period);
    row[T_TARGET] = (struct cell){.n = aim.v, .empty = !aim.given};
    row[T_NOTE] = (struct cell){.text = msg_text((enum lang)c->lang, MSG_DOCUMENT_ILLUSTRATIVE),
                                .empty = !document_handed(&t->m->figures, t->of, t->at, t->period)};
    row[T_STANDING] =
        document_words(msg_text((enum lang)c->lang, !known     ? MSG_DOCUMENT_STANDING_NONE
                                                    : approved ? MSG_REPORT_STANDING_APPROVED
                                                               : MSG_REPORT_STANDING_PROVISIONAL));
    row[T_BROUGHT] = document_number(document_brought(&t->m->figures, t->of, t->at, &within));
    return OK;
}

/* Those who came, by role and gender; nobody can be known by such a cell but by a rare gender. */
static err tidy_cells(struct ctx *c, const struct tidy *t)
{
    static const str sexes[] = {S_INIT("woman"), S_INIT("man"), S_INIT("transgender"), S_INIT("not_stated")};
    enum { TRANSGENDER = 2, NOT_STATED = 3 };
    for (size_t r = 0; r < DOCUMENT_ROLES; r++) {
        int64_t n[COUNT(sexes)];
        int64_t hidden;
        for (size_t s = 0; s < COUNT(sexes); s++) {
            struct figure_pick pick = document_within(t->period);
            int64_t den;
            pick.role = document_role_codes[r];
            pick.sex = sexes[s];
            TRY(document_sum(&t->m->figures, t->of, t->at, &pick, &n[s], &den));
        }
        TRY(document_rare(t->few, t->at, document_role_codes[r], t->period, &hidden));
        n[NOT_STATED] += hidden;
        n[TRANSGENDER] -= hidden;
        for (size_t s = 0; s < COUNT(sexes); s++) {
            if (n[s] > 0) {
                TRY(tidy_put(c, t, document_role_codes[r], sexes[s], n[s], 0));
            }
        }
    }
    return OK;
}

static err tidy_one(struct ctx *c, const struct tidy *t)
{
    const struct figure_pick pick = document_within(t->period);
    int64_t num;
    int64_t den;
    TRY(document_sum(&t->m->figures, t->of, t->at, &pick, &num, &den));
    TRY(tidy_put(c, t, S(""), S(""), num, den));
    return str_eq(t->of->code, S("attendance")) ? tidy_cells(c, t) : OK;
}

static err tidy_period(struct ctx *c, struct document_made *m, struct document_part *io, struct period p,
                       const struct document_few *few)
{
    for (size_t i = 0; i < m->figures.all_n; i++) {
        struct tidy t = {m, io, &m->figures.all[i], NULL, p, few};
        if (m->figures.homes_n != 1) { /* one district is its own sum */
            TRY(tidy_one(c, &t));
        }
        for (size_t k = 0; k < m->figures.places_n; k++) {
            t.at = &m->figures.places[k];
            TRY(tidy_one(c, &t));
        }
    }
    return OK;
}

/* Periods side by side: what is too small in one of them is told in none. */
static err tidy_tier(struct ctx *c, struct document_made *m, struct document_part *io,
                     const struct period *tier, size_t n)
{
    struct document_few few;
    TRY(document_few(&m->figures, tier, n, &few));
    for (size_t i = 0; i < n; i++) {
        TRY(tidy_period(c, m, io, tier[i], &few));
    }
    return OK;
}

/* The period, its planning years, and of a single year its quarters; the annual report has all time too. */
err document_tidy(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct period years[YEARS_MAX];
    struct period quarters[QUARTERS];
    const size_t n = document_planning_years(m, years);
    const struct period p = m->ask.period;
    const struct period ever = period_all();
    size_t quarters_n = 0;
    io->columns = tidy_columns;
    io->columns_n = T_COLS;
    TRY(tidy_tier(c, m, io, &p, 1));
    if (n > 1 || (n == 1 && !period_same(years[0], p))) {
        TRY(tidy_tier(c, m, io, years, n));
    }
    for (int q = 1; q <= QUARTERS && n == 1; q++) {
        const struct period quarter = period_quarter(period_year_of(years[0].from_day), q);
        if (period_within(quarter, p) && !period_same(quarter, p)) {
            quarters[quarters_n++] = quarter;
        }
    }
    TRY(tidy_tier(c, m, io, quarters, quarters_n));
    return m->ask.kind == DOCUMENT_ANNUAL && !period_same(p, ever) ? tidy_tier(c, m, io, &ever, 1) : OK;
}
