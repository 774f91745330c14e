/* document_before_pages.c: the approved figures of what stood where a district stands. */
#include "document_before.h"

#include "clock.h"
#include "document_feature.h"
#include "format.h"
#include "period_words.h"

enum { MONTH_OF_DAY = 100 };
enum {
    B_PLACE,
    B_CODE,
    B_PERIOD,
    B_PERIOD_CODE,
    B_TITLE,
    B_INDICATOR,
    B_WORDS,
    B_NUM,
    B_DEN,
    B_HASH,
    B_COLS
};
static const struct document_column before_columns[B_COLS] = {
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("period_code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("title"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT, IN_BOTH},
    {S_INIT("indicator"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("words"), MSG_DOCUMENT_VALUE, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("num"), MSG_DOCUMENT_NUM, COLUMN_NUMBER, IN_DATA},
    {S_INIT("den"), MSG_DOCUMENT_DEN, COLUMN_NUMBER, IN_DATA},
    {S_INIT("sha256"), MSG_REPORT_HASH, COLUMN_TEXT, IN_DATA},
};

static str day_words(struct ctx *c, int64_t day)
{
    const str words = format_day(c->arena, (enum lang)c->lang, day);
    return arena_printf(c->arena, "\u2068%.*s\u2069", STR_F(words));
}

str document_place_until(struct ctx *c, str name, int64_t last_day)
{
    const struct msg_arg args[] = {{"name", name}, {"day", day_words(c, last_day)}};
    return document_msg(c, MSG_DOCUMENT_PLACE_UNTIL, args, sizeof args / sizeof args[0]);
}

/* The district that a document is of; false: it is of more. */
static err district_of(struct ctx *c, const struct document_made *m, int64_t *out, bool *out_some)
{
    const struct id_set *asked = &m->figures.asked;
    struct q_place_names *names;
    size_t n;
    *out_some = false;
    if (asked->n != 1) {
        return OK;
    }
    TRY(place_names(c, asked->ids, 1, &names, &n)); /* a province may have a single one */
    *out = asked->ids[0];
    *out_some = m->ask.unit.n == 0 || (n == 1 && str_eq(names[0].unit_code, m->ask.unit));
    return OK;
}

/* Whole quarters of the period in which one stood, for figures are approved by quarter; false: none. */
static bool stood_in(const struct document_made *m, const struct place_stood *s, struct period *out)
{
    const struct period p = m->ask.period;
    const int64_t last = s->to_day < p.to_day ? s->to_day : p.to_day;
    const int64_t first = s->from_day > p.from_day ? s->from_day : p.from_day;
    if (first > last) {
        return false;
    }
    const struct period a = period_quarter(period_year_of(first), period_quarter_of(first));
    const struct period z = period_quarter(period_year_of(last), period_quarter_of(last));
    out->from_day = first == p.from_day || a.from_day < p.from_day ? p.from_day : a.from_day;
    out->to_day = z.to_day > p.to_day ? p.to_day : z.to_day;
    return true;
}

/* Of so few complaints in that time, what became of them is told by no figure (document_few.h). */
static err few_came(const struct document_figures *f, bool *out)
{
    const struct figure_pick pick = document_within(f->period);
    int64_t num;
    int64_t den;
    TRY(document_sum(f, document_indicator(f, S("cases_women_share")), NULL, &pick, &num, &den));
    *out = den > 0 && den < FIGURE_FEW;
    return OK;
}

static err before_row(struct ctx *c, const struct document_figures *f, bool few, size_t at,
                      struct document_part *io)
{
    const struct indicator *i = &f->all[at];
    const struct document_place *place = &f->places[0];
    const struct figure_pick pick = document_within(f->period);
    char hex[DIGEST_HEX + 1];
    int64_t num;
    int64_t den;
    TRY(document_sum(f, i, place, &pick, &num, &den));
    const bool became = str_eq(i->counts, S("cases")) && !str_eq(i->code, S("cases_registered"));
    const bool hidden = (few && became) || (i->measure == MEASURE_RATIO && den > 0 && den < FIGURE_FEW);
    if ((num == 0 && den == 0) || hidden) {
        return OK;
    }
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    row[B_PLACE] = document_words(place->name);
    row[B_CODE] = document_words(place->code);
    row[B_PERIOD] = document_words(period_words(c->arena, (enum lang)c->lang, f->period));
    row[B_PERIOD_CODE] = document_words(period_code(c->arena, f->period));
    row[B_TITLE] = document_words(msg_text((enum lang)c->lang, i->title));
    row[B_INDICATOR] = document_words(i->code);
    row[B_WORDS] = document_words(figure_words(c, i, num, den));
    row[B_NUM] = document_number(num);
    row[B_DEN] = (struct cell){.n = den, .empty = i->measure == MEASURE_COUNT};
    digest_hex(f->hashes[at], hex);
    row[B_HASH] = document_words(arena_str(c->arena, (str){hex, DIGEST_HEX}));
    if (document_brought(f, i, place, &pick) > 0) {
        document_mark(c, io, &row[B_PLACE]);
    }
    return OK;
}

static err before_put(struct ctx *c, const struct document_made *m, const struct place_stood *s,
                      struct document_part *io)
{
    struct document_figures f;
    bool few;
    struct period p;
    if (!stood_in(m, s, &p)) {
        return OK;
    }
    TRY(document_figures_of(c, p, s->unit, &f));
    if (f.homes_n == 0) {
        return OK;
    }
    TRY(few_came(&f, &few));
    for (size_t i = 0; i < f.all_n; i++) {
        TRY(before_row(c, &f, few, i, io));
    }
    return OK;
}

static err change_note(struct ctx *c, enum msg text, int64_t unit, int64_t day, struct document_part *io)
{
    str name;
    TRY(label_find(c, S("unit"), unit, &name));
    const struct msg_arg args[] = {{"name", name}, {"day", day_words(c, day)}};
    if (io->notes_n < DOCUMENT_NOTES) {
        io->notes[io->notes_n++] = document_msg(c, text, args, sizeof args / sizeof args[0]);
    }
    return OK;
}

err document_before(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct place_stood *stood;
    size_t n;
    int64_t home = 0;
    bool some;
    TRY(district_of(c, m, &home, &some));
    if (!some) {
        return OK;
    }
    TRY(place_lineage(c, home, &stood, &n));
    size_t own = 0;
    while (own < n && stood[own].unit != home) {
        own++;
    }
    if (n < 2 || own == n) {
        return OK;
    }
    io->columns = before_columns;
    io->columns_n = B_COLS;
    for (size_t i = 0; i < n; i++) {
        if (stood[i].from_day < stood[own].from_day) {
            TRY(change_note(c, MSG_DOCUMENT_MADE_OF, stood[i].unit, day_add(stood[i].to_day, 1), io));
            TRY(before_put(c, m, &stood[i], io));
        } else if (i != own) {
            TRY(change_note(c, MSG_DOCUMENT_BECAME_UNIT, stood[i].unit, stood[i].from_day, io));
        }
    }
    return OK;
}
