/* load_inside.h: what the files of `sunwai load` share. */
#ifndef SUNWAI_LOAD_INSIDE_H
#define SUNWAI_LOAD_INSIDE_H

#include "case.h"
#include "dice.h"
#include "handover.h"
#include "load.h"
#include "seed_file.h"

/* ---- who is there ---- */

struct load_person {
    str login;
    struct actor actor;
};
struct load_people {
    struct load_person *all;
    size_t n;
};

struct load_district {
    int64_t id;
    int64_t province_id, division_id; /* division 0: none */
    str code;
    struct load_people desks, officers, supervisors, adcs;
    const struct q_place_all **tehsils; /* each followed by nothing: councils are looked for by parent */
    size_t tehsils_n;
    const struct q_place_all **councils;
    size_t councils_n;
};

struct load_world {
    struct load_district *districts;
    size_t districts_n;
    const struct q_service_all *services; /* those that are taken down */
    size_t services_n;
    struct seed_table words;
    int64_t from_ms, to_ms; /* first filing, and the midnight up to which everything happens */
};

/* On a reader; lives in c->arena. */
err load_world_read(struct ctx *c, const struct load_order *order, struct load_world *out);
/* A text for a use ("ask", "complaint.water") in a language; empty when there is none. {n} becomes a number.
 */
err load_words(struct arena *a, const struct load_world *w, struct dice *d, str use, str lang, str *out);

/* ---- one case ---- */

struct life {
    struct ctx *c; /* of the write job */
    const struct load_world *w;
    const struct load_district *d;
    struct dice dice;
    int64_t now_ms;
    bool over; /* the next thing would lie behind the end */
    case_ref ref;
    unsigned state;
    enum case_kind kind;
    const struct q_service_all *service;
    const struct q_place_all *unit;
    str lang;
    struct load_person desk, supervisor, head;
    bool reachable;
    bool may_hand_over;
    bool named;     /* she told who she is, and it may be passed on */
    int64_t away_n; /* institutions that have it */
    bool contested; /* she opened a rejection again */
};

/* What was filed last in the same job: "me too" joins it. */
enum { LOAD_RECENT = 32 };
struct load_recent {
    case_ref ref[LOAD_RECENT];
    const struct q_service_all *service[LOAD_RECENT];
    const struct q_place_all *unit[LOAD_RECENT];
    size_t n; /* ever */
};

/* Files it; l->now_ms is when. */
err load_file(struct life *l, struct load_recent *recent);
/* Everything that happens to it until the end. */
err load_live(struct life *l);

#endif
