/* fixture_events.c: the gatherings: whole numbers of each province, spread over its pilot districts. */
#include "clock.h"
#include "event.h"
#include "fixture.sql.h"
#include "fixture_inside.h"
#include "lang.h"
#include "msg.h"
#include "seed_file.h"

enum { OF_DISTRICT = 3, DISTRICTS = 4, OF_PROVINCE = OF_DISTRICT * DISTRICTS };

/* Before the figures were told, in early 2021; over two fiscal years. */
static const int64_t first_days[OF_DISTRICT] = {20191105, 20200204, 20201006};

enum counted { COUNT_COUNCILLORS, COUNT_OFFICIALS, COUNT_WOMEN, COUNTED };
static const struct {
    str column, role, sex;
} counted[COUNTED] = {
    [COUNT_COUNCILLORS] = {S_INIT("councillors"), S_INIT("councillor"), S_INIT("not_stated")},
    [COUNT_OFFICIALS] = {S_INIT("officials"), S_INIT("official"), S_INIT("not_stated")},
    [COUNT_WOMEN] = {S_INIT("women_citizens"), S_INIT("citizen"), S_INIT("woman")},
};

static err words(struct ctx *c, enum msg m, str *out)
{
    enum { WORDS_MAX = 1000 };
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, LANG_UR, m, 1, NULL, 0);
    *out = arena_str(c->arena, buf_str(&b));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* The k-th share of a total, so that all shares add up to it. */
static int64_t share(int64_t total, int64_t k)
{
    return (k + 1) * total / OF_PROVINCE - k * total / OF_PROVINCE;
}

static err people_put(struct ctx *c, const struct event_view *v, const int64_t totals[COUNTED], int64_t k)
{
    for (size_t i = 0; i < COUNTED; i++) {
        const struct q_fixture_count_add_in row = {.home = v->row.home,
                                                   .event_id = v->row.id,
                                                   .role_code = counted[i].role,
                                                   .sex_code = counted[i].sex,
                                                   .people_n = share(totals[i], k)};
        TRY(q_fixture_count_add(c->db, &row, NULL));
    }
    return OK;
}

/* The k-th of a province, in the district with this code. */
static err one_event(struct ctx *c, str district, const int64_t totals[COUNTED], int64_t k)
{
    struct q_place_by_code unit;
    struct event_view v;
    str code;
    struct event_new n = {.at = {.unit = district,
                                 .venue_kind = S("other"),
                                 .day = day_add(first_days[k % OF_DISTRICT], 7 * (k / OF_DISTRICT)),
                                 .from_min = 10 * 60,
                                 .to_min = 13 * 60},
                          .kind = S("other"),
                          .audience = S("mixed"),
                          .imported = true};
    TRY(place_find(c, district, &unit));
    TRY(words(c, MSG_FIXTURE_EVENT_TITLE, &n.title));
    TRY(words(c, MSG_FIXTURE_EVENT_WHY, &n.why));
    struct ctx there = *c;
    there.actor = (struct actor){.role = ROLE_SYSTEM, .home = unit.id, .unit_id = unit.id};
    there.now_ms = day_at_ms(n.at.day, 14, 0);
    TRY(event_plan(&there, &n, &code));
    TRY(event_find(&there, code, &v));
    TRY(people_put(&there, &v, totals, k));
    return event_step(&there, &v, EVENT_CLOSE, S("imported"), STR_NONE);
}

static err province_events(struct ctx *c, const struct seed_table *t, size_t row)
{
    int64_t totals[COUNTED];
    str districts;
    for (size_t i = 0; i < COUNTED; i++) {
        TRY(seed_i64(t, row, counted[i].column, &totals[i]));
    }
    TRY(seed_cell(t, row, S("districts"), &districts));
    for (int64_t d = 0; d < DISTRICTS; d++) {
        const str district = str_cut(&districts, ' ');
        for (int64_t k = 0; k < OF_DISTRICT; k++) {
            TRY(one_event(c, district, totals, d * OF_DISTRICT + k));
        }
    }
    return OK;
}

err fixture_events(struct ctx *c)
{
    struct seed_table t;
    TRY(seed_read(c->arena, S("logo2_totals.csv"), &t));
    for (size_t i = 0; i < t.n; i++) {
        TRY(province_events(c, &t, i));
    }
    return OK;
}
