/* curriculum.c: the list of what trainings teach; see curriculum.h. */
#include "curriculum.h"

#include "audit.h"
#include "case_scope.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"

static err note(struct ctx *c, str event, int64_t no, int64_t version)
{
    const struct audit_entry e = {.event = event,
                                  .home = c->actor.home,
                                  .subject_kind = S("curriculum"),
                                  .subject_id = no,
                                  .detail = arena_printf(c->arena, "version=%lld", (long long)version)};
    return audit_add(c, &e);
}

/* She plans events, and works for one district. */
static err own(struct ctx *c)
{
    const enum role role = c->actor.role;
    const bool plans = role == ROLE_DESK || role == ROLE_SUPERVISOR || role == ROLE_ADC;
    return plans && c->actor.home != 0 ? OK : FAIL(DENIED);
}

static err until(struct ctx *c, const struct q_curriculum_of *r, int64_t to_day)
{
    const struct q_curriculum_until_in in = {.valid_to_day = to_day,
                                             .home = r->home,
                                             .curriculum_no = r->curriculum_no,
                                             .curriculum_version_no = r->curriculum_version_no};
    return q_curriculum_until(c->db, &in, NULL);
}

static err newest(struct ctx *c, int64_t no, const char *field, struct q_curriculum_of *out)
{
    const err e = q_curriculum_newest(c->db, c->arena, c->actor.home, no, out);
    return e.code == ERR_NOT_FOUND ? fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_UNKNOWN, field) : e;
}

static err check(struct ctx *c, const struct curriculum_new *n)
{
    if (str_trim(n->title).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_TITLE_MISSING, "title");
    }
    if (str_trim(n->topics).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_TOPICS_MISSING, "topics");
    }
    if (!day_valid(n->from_day)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_FROM_WRONG, "from");
    }
    const bool lasts = !n->last_day.given || (day_valid(n->last_day.v) && n->last_day.v >= n->from_day);
    return lasts ? OK : fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_LAST_WRONG, "last");
}

/* Ends the version before on the day the new one begins. */
static err follow(struct ctx *c, int64_t no, int64_t from_day, int64_t *out_version)
{
    struct q_curriculum_of before;
    TRY(newest(c, no, "no", &before));
    if (from_day <= before.valid_from_day) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_FROM_WRONG, "from");
    }
    if (before.valid_to_day > from_day) {
        TRY(until(c, &before, from_day));
    }
    *out_version = before.curriculum_version_no + 1;
    return OK;
}

err curriculum_add(struct ctx *c, const struct curriculum_new *n)
{
    struct q_curriculum_count count;
    int64_t version = 1;
    TRY(own(c));
    TRY(check(c, n));
    TRY(q_curriculum_count(c->db, c->arena, c->actor.home, &count));
    if (count.all_n >= CURRICULA_MOST) {
        return FAIL(LIMIT);
    }
    const int64_t no = n->no != 0 ? n->no : count.last_no + 1;
    if (n->no != 0) {
        TRY(follow(c, no, n->from_day, &version));
    }
    const struct q_curriculum_add_in row = {
        .home = c->actor.home,
        .curriculum_no = no,
        .curriculum_version_no = version,
        .title_text = str_trim(n->title),
        .topics_text = str_trim(n->topics),
        .valid_from_day = n->from_day,
        .valid_to_day = n->last_day.given ? day_add(n->last_day.v, 1) : DAY_OPEN,
        .created_by_id = c->actor.user_id == 0 ? NONE_I64 : SOME(c->actor.user_id),
        .created_ms = c->now_ms,
    };
    TRY(q_curriculum_add(c->db, &row, NULL));
    return note(c, S("curriculum.version"), no, version);
}

err curriculum_end(struct ctx *c, int64_t no, int64_t last_day)
{
    struct q_curriculum_of row;
    TRY(own(c));
    TRY(newest(c, no, "ended", &row));
    if (!day_valid(last_day) || last_day < row.valid_from_day) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_LAST_WRONG, "ended_on");
    }
    TRY(until(c, &row, day_add(last_day, 1)));
    return note(c, S("curriculum.ended"), no, row.curriculum_version_no);
}

/* ---- what an event follows ---- */

str curriculum_code(struct arena *a, struct opt_i64 no, struct opt_i64 version)
{
    return no.given && version.given ? arena_printf(a, "%lld.%lld", (long long)no.v, (long long)version.v)
                                     : S("");
}

err curriculum_pick(struct ctx *c, int64_t home, int64_t day, str code, struct opt_i64 *out_no,
                    struct opt_i64 *out_version)
{
    struct q_curriculum_of row;
    str rest = code;
    int64_t no = 0;
    int64_t version = 0;
    *out_no = *out_version = NONE_I64;
    if (code.n == 0) {
        return OK;
    }
    const bool read = str_i64(str_cut(&rest, '.'), &no) && str_i64(rest, &version);
    const struct q_curriculum_get_in in = {home, no, version};
    const err e = read ? q_curriculum_get(c->db, c->arena, &in, &row) : FAIL(NOT_FOUND);
    const bool taught = e.code == ERR_OK && row.valid_from_day <= day && day < row.valid_to_day;
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !taught)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CURRICULUM_NOT_THEN, "taught");
    }
    TRY(e);
    *out_no = SOME(no);
    *out_version = SOME(version);
    return OK;
}

/* ---- lists ---- */

err curriculum_all(struct ctx *c, struct q_curriculum_of **out, size_t *out_n)
{
    struct scope s;
    struct q_curriculum_of *all = arena_array_of(c->arena, struct q_curriculum_of, CURRICULA_MOST);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(c, &s));
    for (size_t at = 0; at < s.homes_n; at++) {
        struct q_curriculum_of *rows;
        size_t n;
        TRY(q_curriculum_of(c->db, c->arena, s.homes[at], &rows, &n));
        for (size_t i = 0; i < n && all_n < CURRICULA_MOST; i++) {
            all[all_n++] = rows[i];
        }
    }
    *out = all;
    *out_n = all_n;
    return OK;
}

err curriculum_left(struct ctx *c, int64_t home, int64_t day, struct q_curriculum_of **out, size_t *out_n)
{
    struct q_curriculum_of *rows;
    size_t n;
    size_t kept = 0;
    TRY(q_curriculum_of(c->db, c->arena, home, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].valid_to_day > day) {
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

/* ---- ready-made ones ---- */

/* In her language, else in the first one that stands in for it, else in any. */
static err model_words(struct ctx *c, int64_t id, struct curriculum_model *io)
{
    struct q_curriculum_model_texts *t;
    size_t n;
    size_t best = 0;
    TRY(q_curriculum_model_texts(c->db, c->arena, id, &t, &n));
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    enum lang lang = (enum lang)c->lang;
    for (int tries = 0; tries < LANG_N; tries++) {
        for (size_t i = 0; i < n; i++) {
            if (str_eq(t[i].lang_code, lang_table[lang].code)) {
                best = i;
                tries = LANG_N;
                break;
            }
        }
        lang = lang_table[lang].fallback;
    }
    io->title = t[best].title_text;
    io->topics = t[best].topics_text;
    return OK;
}

err curriculum_models(struct ctx *c, struct curriculum_model **out, size_t *out_n)
{
    struct q_curriculum_models *rows;
    size_t n;
    size_t kept = 0;
    TRY(q_curriculum_models(c->db, c->arena, local_day(c->now_ms), &rows, &n));
    struct curriculum_model *all = arena_array_of(c->arena, struct curriculum_model, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n && c->actor.home != 0; i++) {
        bool hers;
        TRY(place_lies_in(c, c->actor.home, rows[i].unit_id, &hers));
        all[kept].code = rows[i].model_code;
        if (hers && model_words(c, rows[i].id, &all[kept]).code == ERR_OK) {
            kept++;
        }
    }
    *out = all;
    *out_n = kept;
    return OK;
}
