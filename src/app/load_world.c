/* load_world.c: who is there to file and to answer, and what can be asked for. */
#include "account.h"
#include "clock.h"
#include "load.sql.h"
#include "load_inside.h"

static err people_new(struct arena *a, size_t max, struct load_people *out)
{
    out->n = 0;
    out->all = arena_array_of(a, struct load_person, max);
    return out->all == NULL ? FAIL(LIMIT) : OK;
}

static void person_note(struct load_people *to, const struct account *who)
{
    to->all[to->n++] = (struct load_person){.login = who->login, .actor = account_actor(who)};
}

/* Whoever works above several districts answers in each of them. */
static void person_place(struct load_district *d, const struct account *who)
{
    const bool above = who->home == 0 && who->unit_id != 0 &&
                       (who->unit_id == d->province_id || who->unit_id == d->division_id);
    if (who->home != d->id && !(above && who->role == ROLE_OFFICER)) {
        return;
    }
    const bool whole = who->unit_id == d->id;
    if (who->role == ROLE_DESK) {
        person_note(&d->desks, who);
    } else if (who->role == ROLE_OFFICER && who->office_id != 0) {
        person_note(&d->officers, who);
    } else if (who->role == ROLE_SUPERVISOR && whole) {
        person_note(&d->supervisors, who);
    } else if (who->role == ROLE_ADC && whole) {
        person_note(&d->adcs, who);
    }
}

static err district_new(struct ctx *c, const struct q_place_all *all, size_t all_n,
                        const struct q_place_all *row, size_t people_max, struct load_district *out)
{
    struct place_at up;
    *out = (struct load_district){.id = row->id, .code = row->unit_code};
    TRY(place_ancestors(c, row->id, &up));
    out->province_id = up.at[LEVEL_PROVINCE];
    out->division_id = up.at[LEVEL_DIVISION];
    TRY(people_new(c->arena, people_max, &out->desks));
    TRY(people_new(c->arena, people_max, &out->officers));
    TRY(people_new(c->arena, people_max, &out->supervisors));
    TRY(people_new(c->arena, people_max, &out->adcs));
    out->tehsils = arena_array_of(c->arena, const struct q_place_all *, all_n + 1);
    out->councils = arena_array_of(c->arena, const struct q_place_all *, all_n + 1);
    if (out->tehsils == NULL || out->councils == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < all_n; i++) {
        const bool here = all[i].district_id.given && all[i].district_id.v == row->id;
        if (here && all[i].level_no == LEVEL_TEHSIL) {
            out->tehsils[out->tehsils_n++] = &all[i];
        } else if (here && all[i].level_no == LEVEL_COUNCIL) {
            out->councils[out->councils_n++] = &all[i];
        }
    }
    if (out->tehsils_n == 0) { /* nothing below it is known: the district itself */
        out->tehsils[out->tehsils_n++] = row;
    }
    return OK;
}

static err districts_read(struct ctx *c, const struct account *accounts, size_t accounts_n,
                          struct load_world *out)
{
    struct q_place_all *all;
    size_t n;
    TRY(place_list_served(c, &all, &n));
    out->districts = arena_array_of(c->arena, struct load_district, n + 1);
    if (out->districts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct load_district *d = &out->districts[out->districts_n];
        if (all[i].level_no != LEVEL_DISTRICT) {
            continue;
        }
        TRY(district_new(c, all, n, &all[i], accounts_n + 1, d));
        for (size_t p = 0; p < accounts_n; p++) {
            person_place(d, &accounts[p]);
        }
        out->districts_n += d->desks.n > 0 && d->supervisors.n > 0;
    }
    return out->districts_n > 0 ? OK : fail_set(c->fail, ERR_INVALID, MSG_CLI_LOAD_NOBODY, NULL);
}

/* A desk officer who sits in an office that answers may not take the answer to its work. */
static err at_a_desk(struct ctx *c, const struct account *who, bool *out)
{
    struct q_body_kind office;
    *out = true;
    if (who->role != ROLE_DESK) {
        return OK;
    }
    TRY(q_body_kind(c->db, c->arena, who->office_id, &office));
    *out = str_eq(office.body_kind_code, S("desk"));
    return OK;
}

static err accounts_read(struct ctx *c, struct account **out, size_t *out_n)
{
    struct q_load_logins *rows;
    size_t rows_n;
    bool fits;
    TRY(q_load_logins(c->db, c->arena, &rows, &rows_n));
    struct account *all = arena_array_of(c->arena, struct account, rows_n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    *out_n = 0;
    for (size_t i = 0; i < rows_n; i++) {
        TRY(account_find(c, rows[i].login_code, &all[*out_n]));
        TRY(at_a_desk(c, &all[*out_n], &fits));
        *out_n += fits;
    }
    *out = all;
    return OK;
}

static err services_read(struct ctx *c, struct load_world *out)
{
    struct q_service_all *all;
    size_t n;
    TRY(catalogue_list(c, &all, &n));
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (catalogue_takes_down(all[i].sensitivity_code)) {
            all[kept++] = all[i];
        }
    }
    out->services = all;
    out->services_n = kept;
    return kept > 0 ? OK : fail_set(c->fail, ERR_INVALID, MSG_CLI_LOAD_NOBODY, NULL);
}

err load_world_read(struct ctx *c, const struct load_order *order, struct load_world *out)
{
    struct account *accounts;
    size_t n;
    const int64_t today = local_day(c->now_ms);
    *out = (struct load_world){.from_ms = day_at_ms(day_add(today, -order->days), 0, 0),
                               .to_ms = day_at_ms(today, 0, 0)};
    TRY(accounts_read(c, &accounts, &n));
    TRY(districts_read(c, accounts, n, out));
    TRY(services_read(c, out));
    return seed_read(c->arena, S("load_words.csv"), &out->words);
}

static err with_number(struct arena *a, str text, uint32_t n, str *out)
{
    size_t at;
    *out = text;
    if (!str_find(text, '{', &at)) {
        return OK;
    }
    const size_t behind = at + S("{n}").n;
    *out = arena_printf(a, "%.*s%u%.*s", (int)at, text.p, n, (int)(text.n - behind), text.p + behind);
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err load_words(struct arena *a, const struct load_world *w, struct dice *d, str use, str lang, str *out)
{
    const struct seed_table *t = &w->words;
    size_t first = t->n, n = 0;
    str cell, text;
    for (size_t i = 0; i < t->n; i++) {
        TRY(seed_cell(t, i, S("use"), &cell));
        if (str_eq(cell, use)) {
            first = n == 0 ? i : first;
            n++;
        }
    }
    *out = S("");
    if (n == 0) {
        return OK;
    }
    TRY(seed_cell(t, first + dice_below(d, (uint32_t)n), lang, &text));
    return with_number(a, text, dice_between(d, 2, 30), out);
}
