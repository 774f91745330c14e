/* document_make_pages.c: a document out of its parts, and what all parts are made with. */
#include <stdio.h>
#include <string.h>

#include "format.h"
#include "period_words.h"
#include "document_feature.h"

enum { WORDS_MAX = 900, WORD_KEY_MAX = 120, PERCENT = 100, ROOM = 32 };

const str document_names[DOCUMENT_KINDS] = {
    [DOCUMENT_ACHIEVEMENT] = S_INIT("achievement"), [DOCUMENT_ANNUAL] = S_INIT("annual")};

enum msg document_title(enum document_kind kind)
{
    static const enum msg titles[DOCUMENT_KINDS] = {
        [DOCUMENT_ACHIEVEMENT] = MSG_DOCUMENT_ACHIEVEMENT, [DOCUMENT_ANNUAL] = MSG_DOCUMENT_ANNUAL};
    return titles[kind];
}

bool document_kind_of(str name, enum document_kind *out)
{
    for (enum document_kind k = 0; k < DOCUMENT_KINDS; k++) {
        if (str_eq(name, document_names[k])) {
            *out = k;
            return true;
        }
    }
    return false;
}

/* ---- rows and words ---- */

struct cell *document_row(struct document_part *p, struct arena *a)
{
    if (p->rows_n == p->room) {
        const size_t room = p->room == 0 ? ROOM : 2 * p->room;
        struct cell *more = arena_array_of(a, struct cell, room * p->columns_n);
        if (more == NULL) {
            return NULL;
        }
        if (p->rows_n > 0) {
            memcpy(more, p->cells, p->rows_n * p->columns_n * sizeof *more);
        }
        p->cells = more;
        p->room = room;
    }
    struct cell *row = &p->cells[p->rows_n++ * p->columns_n];
    for (size_t k = 0; k < p->columns_n; k++) {
        row[k] = (struct cell){.empty = true};
    }
    return row;
}

struct cell document_words(str text)
{
    return (struct cell){.text = text};
}

struct cell document_number(int64_t n)
{
    return (struct cell){.n = n};
}

struct cell document_percent(int64_t num, int64_t den)
{
    return den < FIGURE_FEW ? (struct cell){.empty = true}
                            : (struct cell){.n = (num * PERCENT + den / 2) / den};
}

struct cell document_reported_share(int64_t num, int64_t den)
{
    return num == 0 ? (struct cell){.empty = true} : document_percent(num, den);
}

static str message(struct ctx *c, enum msg text, int64_t n, const struct msg_arg *args, size_t args_n)
{
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, (enum lang)c->lang, text, n, args, args_n);
    return arena_str(c->arena, buf_str(&b));
}

str document_msg(struct ctx *c, enum msg text, const struct msg_arg *args, size_t args_n)
{
    return message(c, text, 0, args, args_n);
}

void document_note(struct ctx *c, struct document_part *p, enum msg text, int64_t n)
{
    if (p->notes_n < DOCUMENT_NOTES) {
        p->notes[p->notes_n++] = message(c, text, n, NULL, 0);
    }
}

void document_note_handed(struct ctx *c, const struct document_made *m, struct document_part *p,
                          str indicator)
{
    if (document_handed(&m->figures, document_indicator(&m->figures, indicator), NULL, m->ask.period)) {
        document_note(c, p, MSG_DOCUMENT_HANDED_DOWN, 0);
    }
}

void document_mark(struct ctx *c, struct document_part *p, struct cell *cell)
{
    cell->text = arena_printf(c->arena, "%.*s *", STR_F(cell->text));
    if (!p->marked) {
        document_note(c, p, MSG_DOCUMENT_BROUGHT_MARK, 0);
    }
    p->marked = true;
}

struct cell document_unknown(struct ctx *c, struct document_part *p)
{
    if (!p->dashed) {
        document_note(c, p, MSG_DOCUMENT_UNAPPROVED, 0);
    }
    p->dashed = true;
    return (struct cell){.text = S("–"), .empty = true};
}

err document_persons_uncounted(const struct document_figures *f, const struct indicator *i,
                               const struct document_place *at, const struct figure_pick *pick, int64_t num,
                               bool *out)
{
    int64_t came = 0;
    int64_t of = 0;
    const bool persons = num == 0 && str_eq(i->code, S("persons"));
    TRY(persons ? document_sum(f, document_indicator(f, S("attendance")), at, pick, &came, &of) : OK);
    *out = came > 0;
    return OK;
}

str document_word(struct ctx *c, str prefix, str code)
{
    char key[WORD_KEY_MAX];
    enum msg m;
    const int n = snprintf(key, sizeof key, "%.*s%.*s", STR_F(prefix), STR_F(code));
    const bool some = n > 0 && (size_t)n < sizeof key && msg_of_key((str){key, (size_t)n}, &m);
    return some ? msg_text((enum lang)c->lang, m) : code;
}

str document_isolate(struct ctx *c, str s)
{
    return arena_printf(c->arena, "\u2066%.*s\u2069", STR_F(s));
}

struct url document_url(struct ctx *c, str indicator, struct period p, str unit)
{
    const str path = arena_printf(c->arena, "/reports/indicators/%.*s", STR_F(indicator));
    struct url u = url_local(c->arena, path);
    u = url_with(c->arena, u, S("period"), period_code(c->arena, p));
    return unit.n > 0 ? url_with(c->arena, u, S("unit"), unit) : u;
}

/* ---- the parts of each kind, in the order in which they are read ---- */

static const struct {
    str key;
    enum msg title;
    unsigned in;
    bool annual_only;
    document_part_fn make;
} parts[] = {
    {S_INIT("attendance"), MSG_DOCUMENT_ATTENDANCE, IN_BOTH, false, document_attendance},
    {S_INIT("districts"), MSG_DOCUMENT_DISTRICTS, IN_BOTH, false, document_districts},
    {S_INIT("roles"), MSG_DOCUMENT_ROLES, IN_BOTH, false, document_roles},
    {S_INIT("years"), MSG_DOCUMENT_YEARS, IN_BOTH, false, document_years},
    {S_INIT("desks"), MSG_DOCUMENT_DESKS, IN_BOTH, false, document_desks},
    {S_INIT("funnel"), MSG_DOCUMENT_FUNNEL, IN_BOTH, false, document_funnel},
    {S_INIT("pending"), MSG_DOCUMENT_PENDING, IN_BOTH, false, document_pending},
    {S_INIT("services"), MSG_DOCUMENT_SERVICES, IN_BOTH, false, document_services},
    {S_INIT("indicators"), MSG_DOCUMENT_INDICATORS, IN_BOTH, false, document_indicators},
    {S_INIT("before_unit"), MSG_DOCUMENT_BEFORE_UNIT, IN_BOTH, false, document_before},
    {S_INIT("targets"), MSG_DOCUMENT_TARGETS, IN_BOTH, false, document_targets},
    {S_INIT("activities"), MSG_DOCUMENT_ACTIVITIES, IN_BOTH, false, document_activities},
    {S_INIT("markers"), MSG_DOCUMENT_MARKERS, IN_BOTH, true, document_markers},
    {S_INIT("quality"), MSG_DOCUMENT_QUALITY, IN_BOTH, false, document_quality},
    {S_INIT("warnings"), MSG_DOCUMENT_WARNINGS, IN_BOTH, false, document_warnings},
    {S_INIT("changes"), MSG_DOCUMENT_CHANGES, IN_BOTH, false, document_changes},
    {S_INIT("evidence"), MSG_DOCUMENT_EVIDENCE, IN_BOTH, false, document_evidence},
    {S_INIT("files"), MSG_DOCUMENT_FILES, IN_BOTH, false, document_files_shown},
    {S_INIT("quarters"), MSG_DOCUMENT_QUARTERS, IN_BOTH, false, document_quarters},
    {S_INIT("figures"), MSG_DOCUMENT_FIGURES, IN_DATA, false, document_tidy},
};
enum { PARTS_N = sizeof parts / sizeof parts[0] };
_Static_assert((int)PARTS_N <= (int)DOCUMENT_PARTS_MAX, "a document has room for all parts");

static err parts_make(struct ctx *c, struct document_made *m)
{
    for (size_t i = 0; i < PARTS_N; i++) {
        if (parts[i].annual_only && m->ask.kind != DOCUMENT_ANNUAL) {
            continue;
        }
        struct document_part *p = &m->parts[m->parts_n++];
        *p = (struct document_part){.key = parts[i].key, .title = parts[i].title, .in = parts[i].in};
        TRY(parts[i].make(c, m, p));
        if (p->columns_n == 0) { /* it says that it has nothing to add */
            m->parts_n--;
        }
    }
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

const struct document_part *document_part_of(const struct document_made *m, str key)
{
    for (size_t i = 0; i < m->parts_n; i++) {
        if (str_eq(m->parts[i].key, key)) {
            return &m->parts[i];
        }
    }
    return NULL;
}

/* ---- what stands on its head ---- */

static str number(struct ctx *c, int64_t n)
{
    return document_isolate(c, format_number(c->arena, (enum lang)c->lang, n));
}

/* Known when the parts are made: how much was owed. */
static void standing_set(struct ctx *c, struct document_made *m)
{
    static const enum msg texts[] = {[DOCUMENT_APPROVED] = MSG_DOCUMENT_IS_APPROVED,
                                     [DOCUMENT_PARTLY] = MSG_DOCUMENT_IS_PARTLY,
                                     [DOCUMENT_PROVISIONAL] = MSG_DOCUMENT_IS_PROVISIONAL};
    const str now = format_time(c->arena, (enum lang)c->lang, c->now_ms);
    const struct msg_arg args[] = {{"now", arena_printf(c->arena, "\u2068%.*s\u2069", STR_F(now))},
                                   {"approved", number(c, m->approved)},
                                   {"owed", number(c, m->owed)}};
    m->standing = !m->figures.approved    ? DOCUMENT_PROVISIONAL
                  : m->approved < m->owed ? DOCUMENT_PARTLY
                                          : DOCUMENT_APPROVED;
    m->standing_words = document_msg(c, texts[m->standing], args, sizeof args / sizeof args[0]);
}

static void hash_set(struct ctx *c, struct document_made *m)
{
    char hex[DIGEST_HEX + 1];
    m->hash = S("");
    if (m->figures.approved) {
        digest_hex(m->figures.hash, hex);
        m->hash = arena_str(c->arena, (str){hex, DIGEST_HEX});
    }
}

/* A district of before a split, under whose code another one stands now, has its own name. */
static err place_named(struct ctx *c, struct document_made *m)
{
    struct q_place_names *names;
    size_t n;
    TRY(place_names(c, m->figures.asked.ids, m->figures.asked.n, &names, &n));
    if (n == 1 && str_eq(names[0].unit_code, m->ask.unit)) {
        m->place = names[0].name_text;
    }
    return OK;
}

err document_make(struct ctx *c, const struct document_ask *ask, struct document_made *out)
{
    struct document_made *m = arena_new_of(c->arena, struct document_made);
    if (m == NULL) {
        return FAIL(LIMIT);
    }
    m->ask = *ask;
    m->title = msg_text((enum lang)c->lang, document_title(ask->kind));
    m->span = period_words(c->arena, (enum lang)c->lang, ask->period);
    TRY(report_unit_name(c, ask->unit, &m->place));
    m->place = m->place.n == 0 ? msg_text((enum lang)c->lang, MSG_REPORT_PROGRAMME) : m->place;
    TRY(document_figures(c, ask->period, ask->unit, ask->open, &m->figures));
    TRY(place_named(c, m));
    const bool handed = document_handed(&m->figures, NULL, NULL, ask->period);
    m->handed = handed ? msg_text((enum lang)c->lang, MSG_DOCUMENT_HANDED_DOWN) : S("");
    TRY(parts_make(c, m));
    TRY(document_story_read(c, ask, &m->figures, &m->story));
    standing_set(c, m);
    hash_set(c, m);
    *out = *m;
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}
