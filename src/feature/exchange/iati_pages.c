/* iati_pages.c: an activity's head: who reports, what, where. */
#include "iati.h"

#include "clock.h"
#include "lang.h"
#include "place.h"
#include "plan_kind.h"

enum { STATUS_PLANNED = 1, STATUS_UNDER_WAY = 2, STATUS_OVER = 4 };
enum { DATE_PLANNED_START = 1, DATE_START = 2, DATE_PLANNED_END = 3, DATE_END = 4 };
enum { ROLE_IMPLEMENTING = 4, IDENTIFIER_MAX = 200 };

/* What a programme is reported under until somebody says more of it (exchange_reporter). 15150: democratic
 * participation and civil society, of the OECD DAC list of purposes. */
static const str reporter_unsaid = S_INIT("unregistered");
static const str sector_unsaid = S_INIT("15150");

static void narrative_in(struct xml *x, str text, enum lang lang)
{
    xml_begin(x, S("narrative"));
    if (lang != LANG_EN) {
        xml_attr(x, S("xml:lang"), lang_table[lang].code);
    }
    xml_text(x, text);
    xml_end(x);
}

void iati_narrative(struct xml *x, str element, str text)
{
    xml_begin(x, element);
    narrative_in(x, text, LANG_EN);
    xml_end(x);
}

void iati_words(struct xml *x, str element, enum msg id)
{
    xml_begin(x, element);
    narrative_in(x, msg_text(LANG_EN, id), LANG_EN);
    if (msg_lang(LANG_UR, id) == LANG_UR) {
        narrative_in(x, msg_text(LANG_UR, id), LANG_UR);
    }
    xml_end(x);
}

/* ---- who and what ---- */

static err identifier_put(struct iati *t, const struct q_exchange_programmes *p)
{
    SCOPED(buf_free) struct buf b = buf_new(IDENTIFIER_MAX);
    buf_put(&b, p->reporter_code.n > 0 ? p->reporter_code : reporter_unsaid);
    buf_putc(&b, '-');
    buf_put(&b, p->programme_code);
    xml_leaf(&t->x, S("iati-identifier"), buf_str(&b));
    return b.full ? FAIL(LIMIT) : OK;
}

static void reporter_name_put(struct iati *t, const struct q_exchange_programmes *p)
{
    if (p->reporter_text.n > 0) {
        narrative_in(&t->x, p->reporter_text, LANG_EN);
    } else {
        narrative_in(&t->x, msg_text(LANG_EN, MSG_EXCHANGE_REPORTER), LANG_EN);
        narrative_in(&t->x, msg_text(LANG_UR, MSG_EXCHANGE_REPORTER), LANG_UR);
    }
}

static err title_put(struct iati *t, const struct q_exchange_programmes *p)
{
    str name[LANG_N] = {[LANG_EN] = STR_NONE};
    if (p->id != 0) {
        TRY(label_find_in(t->c, S("programme"), p->id, LANG_EN, &name[LANG_EN]));
        TRY(label_find_in(t->c, S("programme"), p->id, LANG_UR, &name[LANG_UR]));
    }
    if (name[LANG_EN].n == 0) {
        iati_words(&t->x, S("title"), MSG_EXCHANGE_PROGRAMME);
        return OK;
    }
    xml_begin(&t->x, S("title"));
    narrative_in(&t->x, name[LANG_EN], LANG_EN);
    if (name[LANG_UR].n > 0 && !str_eq(name[LANG_UR], name[LANG_EN])) {
        narrative_in(&t->x, name[LANG_UR], LANG_UR);
    }
    xml_end(&t->x);
    return OK;
}

static void reporter_put(struct iati *t, const struct q_exchange_programmes *p)
{
    xml_begin(&t->x, S("reporting-org"));
    xml_attr(&t->x, S("ref"), p->reporter_code.n > 0 ? p->reporter_code : reporter_unsaid);
    xml_attr_i64(&t->x, S("type"), p->reporter_type_no);
    reporter_name_put(t, p);
    xml_end(&t->x);
}

static void implementer_put(struct iati *t, const struct q_exchange_programmes *p)
{
    xml_begin(&t->x, S("participating-org"));
    xml_attr_i64(&t->x, S("role"), ROLE_IMPLEMENTING);
    xml_attr_i64(&t->x, S("type"), p->reporter_type_no);
    reporter_name_put(t, p);
    xml_end(&t->x);
}

static void date_put(struct iati *t, int64_t type, int64_t day)
{
    xml_begin(&t->x, S("activity-date"));
    xml_attr_i64(&t->x, S("type"), type);
    xml_attr_day(&t->x, S("iso-date"), day);
    xml_end(&t->x);
}

static void dates_put(struct iati *t, const struct q_exchange_programmes *p)
{
    const int64_t today = local_day(t->c->now_ms);
    const bool begun = p->from_day <= today;
    const bool over = p->to_day < today;
    xml_begin(&t->x, S("activity-status"));
    xml_attr_i64(&t->x, S("code"), over ? STATUS_OVER : begun ? STATUS_UNDER_WAY : STATUS_PLANNED);
    xml_end(&t->x);
    date_put(t, begun ? DATE_START : DATE_PLANNED_START, p->from_day);
    if (p->to_day != DAY_OPEN) {
        date_put(t, over ? DATE_END : DATE_PLANNED_END, p->to_day);
    }
}

/* ---- where ---- */

static void places_put(struct iati *t)
{
    xml_mark(&t->x, S("recipient-country"), S("code"), S("PK"));
    for (size_t i = 0; i < t->reach.places_n; i++) {
        const struct exchange_place *p = &t->reach.places[i];
        xml_begin(&t->x, S("location"));
        xml_attr(&t->x, S("ref"), p->code);
        xml_mark(&t->x, S("location-reach"), S("code"), S("1")); /* where it takes place */
        xml_begin(&t->x, S("name"));
        narrative_in(&t->x, p->name, LANG_EN);
        if (p->name_ur.n > 0 && !str_eq(p->name_ur, p->name)) {
            narrative_in(&t->x, p->name_ur, LANG_UR);
        }
        xml_end(&t->x);
        xml_end(&t->x);
    }
}

/* ---- what it is marked as ---- */

struct markers {
    const struct q_exchange_markers *rows;
    size_t n;
};

static void tags_put(struct iati *t, const struct markers *m)
{
    for (size_t i = 0; i < m->n; i++) {
        if (str_eq(m->rows[i].scheme_code, S("sdg"))) {
            xml_begin(&t->x, S("tag"));
            xml_attr(&t->x, S("vocabulary"), S("3")); /* UN SDG targets */
            xml_attr(&t->x, S("code"), m->rows[i].value_code);
            xml_end(&t->x);
        }
    }
}

/* The gender equality marker as somebody set it for a whole plan, with the reason; nobody's is made up. */
static void policy_put(struct iati *t, const struct markers *m)
{
    for (size_t i = 0; i < m->n; i++) {
        if (str_eq(m->rows[i].scheme_code, S("dac"))) {
            xml_begin(&t->x, S("policy-marker"));
            xml_attr(&t->x, S("vocabulary"), S("1"));
            xml_attr(&t->x, S("code"), S("1"));
            xml_attr(&t->x, S("significance"), m->rows[i].value_code);
            narrative_in(&t->x, m->rows[i].why_text, LANG_EN);
            xml_end(&t->x);
            return;
        }
    }
}

/* ---- together ---- */

struct plans {
    struct q_exchange_plans *rows;
    size_t n;
};

/* A plan of one of its districts; what is planned for others too is not the group's. */
static err lies_among(struct iati *t, int64_t unit, bool *out)
{
    int64_t *ids;
    size_t n;
    TRY(place_districts(t->c, unit, &ids, &n));
    *out = n > 0;
    for (size_t i = 0; i < n && *out; i++) {
        bool there = false;
        for (size_t k = 0; k < t->ask->among_n && !there; k++) {
            there = t->ask->among[k] == ids[i];
        }
        *out = there;
    }
    return OK;
}

static err plans_of(struct iati *t, int64_t programme, struct plans *out)
{
    const struct q_exchange_plans_in in = {
        .plan_kind_no = plan_kind.kind_no, .plan_approved_state = PLAN_APPROVED, .programme_id = programme};
    struct plans all;
    *out = (struct plans){.n = 0};
    TRY(q_exchange_plans(t->c->db, t->c->arena, &in, &all.rows, &all.n));
    out->rows = all.rows;
    for (size_t i = 0; i < all.n; i++) {
        bool within = t->around == 0;
        TRY(within ? OK : place_lies_in(t->c, all.rows[i].home, t->around, &within));
        bool of_group = t->ask->among == NULL;
        TRY(of_group ? OK : lies_among(t, all.rows[i].home, &of_group));
        if (within && of_group) {
            out->rows[out->n++] = all.rows[i];
        }
    }
    return OK;
}

/* Those of the newest plan that has any. */
static err markers_of(struct iati *t, const struct plans *p, struct markers *out)
{
    *out = (struct markers){.n = 0};
    for (size_t i = p->n; i > 0 && out->n == 0; i--) {
        struct q_exchange_markers *rows;
        TRY(q_exchange_markers(t->c->db, t->c->arena, p->rows[i - 1].home, p->rows[i - 1].id, &rows,
                               &out->n));
        out->rows = rows;
    }
    return OK;
}

static err activity_put(struct iati *t, const struct q_exchange_programmes *p, bool first)
{
    struct plans plans;
    struct markers markers;
    TRY(plans_of(t, p->id, &plans));
    TRY(markers_of(t, &plans, &markers));
    xml_begin(&t->x, S("iati-activity"));
    xml_attr(&t->x, S("xml:lang"), lang_table[LANG_EN].code);
    xml_attr(&t->x, S("default-currency"), S("PKR"));
    xml_attr_time(&t->x, S("last-updated-datetime"), t->reach.last_ms != 0 ? t->reach.last_ms : t->c->now_ms);
    TRY(identifier_put(t, p));
    reporter_put(t, p);
    TRY(title_put(t, p));
    iati_words(&t->x, S("description"), MSG_EXCHANGE_DESCRIPTION);
    implementer_put(t, p);
    dates_put(t, p);
    places_put(t);
    xml_begin(&t->x, S("sector"));
    xml_attr(&t->x, S("vocabulary"), S("1"));
    xml_attr(&t->x, S("code"), p->sector_code.n > 0 ? p->sector_code : sector_unsaid);
    xml_end(&t->x);
    tags_put(t, &markers);
    policy_put(t, &markers);
    for (size_t i = 0; i < plans.n; i++) {
        TRY(iati_plan_put(t, &plans.rows[i]));
    }
    if (first) {
        TRY(iati_figures_put(t));
    }
    xml_end(&t->x);
    return OK;
}

/* Of a house that has no programme written down yet its figures are reported all the same. */
static struct q_exchange_programmes unnamed(const struct iati *t)
{
    return (struct q_exchange_programmes){.programme_code = S("figures"),
                                          .from_day = t->reach.homes_n > 0 ? t->reach.from_day
                                                                           : local_day(t->c->now_ms),
                                          .to_day = DAY_OPEN,
                                          .reporter_type_no = 10};
}

err iati_write(struct ctx *c, const struct exchange_ask *ask, struct buf *out)
{
    const int64_t own = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    struct iati t = {.c = c, .around = ask->unit != 0 ? ask->unit : own, .ask = ask};
    struct q_exchange_programmes *rows;
    size_t n;
    if (!period_whole_months(ask->period)) {
        return FAIL(INVALID);
    }
    TRY(exchange_reach_asked(c, ask, &t.reach));
    TRY(handed_read(c, t.reach.homes, t.reach.homes_n, &t.handed));
    exchange_periods_of(&t.reach, &t.periods);
    if (!period_same(ask->period, period_all())) {
        t.periods = (struct exchange_periods){.v = {ask->period}, .n = 1};
    }
    TRY(q_exchange_programmes(c->db, c->arena, &rows, &n));
    t.x = xml_to(out);
    xml_begin(&t.x, S("iati-activities"));
    xml_attr(&t.x, S("version"), S("2.03"));
    xml_attr_time(&t.x, S("generated-datetime"), c->now_ms);
    for (size_t i = 0; i < n; i++) {
        TRY(activity_put(&t, &rows[i], i == 0));
    }
    if (n == 0) {
        const struct q_exchange_programmes one = unnamed(&t);
        TRY(activity_put(&t, &one, true));
    }
    xml_end(&t.x);
    return out->full ? FAIL(LIMIT) : OK;
}
