/* event_roster.c: who came and who spoke: by +1, or by names; and what they told in private. */
#include "event_day_inside.h"
#include "msg.h"
#include "vault.h"

/* ---- by +1 ---- */

struct counting {
    struct ctx *c;
    const struct event_view *v;
    const struct day_count *n;
    size_t role, sex;
    struct event_cells cells;
    struct q_event_count_get device; /* what this device counted there */
};

static err count_asked(struct counting *k)
{
    const struct day_count *n = k->n;
    k->role = day_index(event_role_words, EVENT_role_n, n->role);
    k->sex = day_index(event_sex_words, EVENT_sex_n, n->sex);
    if (k->role == EVENT_role_n) {
        return day_refuse(k->c, ERR_INVALID, MSG_DAY_ROLE_NEEDED, "role");
    }
    if (k->sex == EVENT_sex_n || k->sex == EVENT_sex_transgender) {
        return day_refuse(k->c, ERR_INVALID, MSG_DAY_SIGHT_ONLY, "sex");
    }
    const bool any = n->people != 0 || n->spoke != 0;
    if (!any || n->people > DAY_STEP_MAX || n->people < -DAY_STEP_MAX || n->spoke > DAY_STEP_MAX ||
        n->spoke < -DAY_STEP_MAX) {
        return day_refuse(k->c, ERR_INVALID, MSG_DAY_COUNT_ODD, "people");
    }
    return OK;
}

static err device_find(struct counting *k)
{
    const struct q_event_count_get_in in = {.home = k->v->row.home,
                                            .event_id = k->v->row.id,
                                            .device_code =
                                                k->n->from.device.n == 0 ? S("") : k->n->from.device,
                                            .role_code = k->n->role,
                                            .sex_code = k->n->sex};
    const err e = q_event_count_get(k->c->db, k->c->arena, &in, &k->device);
    if (e.code == ERR_NOT_FOUND) {
        k->device = (struct q_event_count_get){0, 0};
        return OK;
    }
    return e;
}

/* What stands behind the step must be a number of people: of this device, and of all together. */
static err count_allowed(struct counting *k)
{
    const struct day_count *n = k->n;
    const struct event_cell cell = k->cells.at[k->role][k->sex];
    if (k->cells.named[k->role]) {
        return day_refuse(k->c, ERR_CONFLICT, MSG_DAY_COUNT_NAMED, "role");
    }
    if (k->device.people_n + n->people < 0 || k->device.spoke_n + n->spoke < 0) {
        return day_refuse(k->c, ERR_CONFLICT, MSG_DAY_COUNT_NONE, "people");
    }
    if (cell.spoke + n->spoke > cell.people + n->people) {
        return day_refuse(k->c, ERR_CONFLICT, MSG_DAY_SPOKE_MORE, "spoke");
    }
    if (cell.people + n->people > DAY_PEOPLE_MAX) {
        return day_refuse(k->c, ERR_INVALID, MSG_DAY_COUNT_ODD, "people");
    }
    return n->people >= 0
               ? OK
               : day_role_keeps(k->c, k->v, n->role, day_role_total(&k->cells, k->role) + n->people);
}

err day_count(struct ctx *c, const struct event_view *v, const struct day_count *n)
{
    struct counting k = {.c = c, .v = v, .n = n};
    const struct day_content content = {"count", {n->role, n->sex}, {n->people, n->spoke}};
    struct day_became became;
    TRY(count_asked(&k));
    TRY(day_begin(c, v, &n->from, &content, &became));
    if (became.again) {
        return OK;
    }
    TRY(event_cells(c, v->row.home, v->row.id, &k.cells));
    TRY(device_find(&k));
    TRY(count_allowed(&k));
    const struct q_event_count_put_in row = {.home = v->row.home,
                                             .event_id = v->row.id,
                                             .device_code = n->from.device.n == 0 ? S("") : n->from.device,
                                             .role_code = n->role,
                                             .sex_code = n->sex,
                                             .people_n = k.device.people_n + n->people,
                                             .spoke_n = k.device.spoke_n + n->spoke};
    TRY(q_event_count_put(c->db, &row, NULL));
    TRY(day_take(c, v, &n->from, &content, &became));
    return day_audit(c, v, S("event.counted"),
                     arena_printf(c->arena, "role=%.*s sex=%.*s people=%+lld spoke=%+lld", STR_F(n->role),
                                  STR_F(n->sex), (long long)n->people, (long long)n->spoke));
}

int64_t day_role_total(const struct event_cells *cells, size_t role)
{
    int64_t all = 0;
    for (size_t s = 0; s < EVENT_sex_n; s++) {
        all += cells->at[role][s].people;
    }
    return all;
}

/* ---- by names ---- */

static void blind_of(struct ctx *c, str e164, uint8_t out[BLIND_LEN])
{
    /* Of its own kind: who came to an event cannot be held against who brought a case. */
    vault_blind(store_vault(c->store), S("roster_phone"), e164, out);
}

static err number_is_new(struct ctx *c, const struct event_view *v, str e164)
{
    uint8_t blind[BLIND_LEN];
    struct q_event_person_here here;
    blind_of(c, e164, blind);
    const str hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind});
    const struct q_event_person_here_in asked = {v->row.home, hash, v->row.id};
    TRY(q_event_person_here(c->db, c->arena, &asked, &here));
    return here.people_n == 0 ? OK : day_refuse(c, ERR_CONFLICT, MSG_DAY_PERSON_THERE, "phone");
}

err day_number_index(struct ctx *c, const struct event_view *v, int64_t no, str e164)
{
    uint8_t blind[BLIND_LEN];
    blind_of(c, e164, blind);
    const str hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind});
    const struct q_event_person_index_add_in row = {v->row.home, hash, v->row.id, no};
    return q_event_person_index_add(c->db, &row, NULL);
}

static err person_asked(struct ctx *c, const struct day_person *n)
{
    if (day_index(event_role_words, EVENT_role_n, n->role) == EVENT_role_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_ROLE_NEEDED, "role");
    }
    if (day_index(event_sex_words, EVENT_sex_n, n->sex) == EVENT_sex_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_SEX_NEEDED, "sex");
    }
    return str_trim(n->name).n > 0 ? OK : day_refuse(c, ERR_INVALID, MSG_DAY_NAME_NEEDED, "name");
}

static err person_row(struct ctx *c, const struct event_view *v, const struct day_person *n, int64_t no)
{
    struct q_event_person_add_in row = {
        .home = v->row.home,
        .event_id = v->row.id,
        .person_no = no,
        .role_code = n->role,
        .sex_code = n->sex,
        .spoke_flag = n->spoke,
        .token_no = n->token > 0 ? SOME(n->token) : NONE_I64,
        .device_code = n->from.device.n == 0 ? S("") : n->from.device,
        .record_code = n->from.record.n > 0
                           ? n->from.record
                           : arena_printf(c->arena, "desk-%lld-%lld", (long long)no, (long long)id_next(c)),
    };
    TRY(day_office(c, v, n->office, &row.body_id));
    TRY(vault_seal(c, v->row.key_no, S("roster_name"), str_trim(n->name), &row.name_enc));
    row.phone_enc = STR_NONE;
    if (n->phone.e164.n > 0) {
        TRY(vault_seal(c, v->row.key_no, S("roster_phone"), n->phone.e164, &row.phone_enc));
    }
    TRY(q_event_person_add(c->db, &row, NULL));
    if (n->phone.e164.n == 0) {
        return OK;
    }
    TRY(n->from.record.n == 0 ? number_is_new(c, v, n->phone.e164) : OK);
    return day_number_index(c, v, no, n->phone.e164);
}

err day_person_add(struct ctx *c, const struct event_view *v, const struct day_person *n, int64_t *out_no)
{
    struct q_event_person_last last;
    const struct day_content content = {
        "person", {n->role, n->sex, n->name, n->phone.e164, n->office}, {n->spoke, n->token}};
    struct day_became became;
    TRY(person_asked(c, n));
    TRY(day_begin(c, v, &n->from, &content, &became));
    if (became.again) {
        *out_no = became.no.v;
        return OK;
    }
    TRY(q_event_person_last(c->db, c->arena, v->row.home, v->row.id, &last));
    if (last.last_no >= DAY_NAMES_MAX) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_ENOUGH, "name");
    }
    *out_no = last.last_no + 1;
    became.no = SOME(*out_no);
    TRY(person_row(c, v, n, *out_no));
    TRY(day_take(c, v, &n->from, &content, &became));
    return day_audit(c, v, S("event.person"),
                     arena_printf(c->arena, "no=%lld role=%.*s", (long long)*out_no, STR_F(n->role)));
}

static err person_find(struct ctx *c, const struct event_view *v, int64_t no, struct q_event_person_get *out)
{
    const struct q_event_person_get_in in = {v->row.home, v->row.id, no};
    TRY(event_recordable(c, v));
    return q_event_person_get(c->db, c->arena, &in, out);
}

err day_person_spoke(struct ctx *c, const struct event_view *v, int64_t no, bool spoke)
{
    struct q_event_person_get row;
    TRY(person_find(c, v, no, &row));
    const struct q_event_person_set_spoke_in in = {
        .spoke_flag = spoke, .home = v->row.home, .event_id = v->row.id, .person_no = no};
    TRY(q_event_person_set_spoke(c->db, &in, NULL));
    return day_audit(c, v, S("event.person"),
                     arena_printf(c->arena, "no=%lld spoke=%d", (long long)no, spoke));
}

err day_number_forget(struct ctx *c, const struct event_view *v, int64_t no)
{
    struct q_event_person_sealed sealed;
    const struct q_event_person_sealed_in in = {v->row.home, v->row.id, no};
    uint8_t blind[BLIND_LEN];
    str e164;
    TRY(q_event_person_sealed(c->db, c->arena, &in, &sealed));
    if (sealed.phone_enc.p == NULL) {
        return OK;
    }
    TRY(vault_unseal(c, v->row.key_no, S("roster_phone"), sealed.phone_enc, &e164));
    blind_of(c, e164, blind);
    const struct q_event_person_index_remove_in row = {
        .home = v->row.home,
        .event_id = v->row.id,
        .person_no = no,
        .blind_hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind})};
    return q_event_person_index_remove(c->db, &row, NULL);
}

err day_person_remove(struct ctx *c, const struct event_view *v, int64_t no)
{
    struct q_event_person_get row;
    struct event_cells cells;
    TRY(person_find(c, v, no, &row));
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    const size_t role = day_index(event_role_words, EVENT_role_n, row.role_code);
    TRY(day_role_keeps(c, v, row.role_code, day_role_total(&cells, role) - 1));
    TRY(day_number_forget(c, v, no));
    const struct q_event_person_remove_in in = {v->row.home, v->row.id, no};
    TRY(q_event_person_remove(c->db, &in, NULL));
    const struct q_event_person_same_forget_in same = {v->row.home, v->row.id, no};
    const struct q_event_person_apart_forget_in apart = {v->row.home, v->row.id, no};
    TRY(q_event_person_same_forget(c->db, &same, NULL));
    TRY(q_event_person_apart_forget(c->db, &apart, NULL));
    return day_audit(c, v, S("event.person"), arena_printf(c->arena, "no=%lld removed", (long long)no));
}

bool day_names_for(const struct actor *who, const struct event_view *v)
{
    return who->role == ROLE_DESK && who->home == v->row.home;
}

err day_people(struct ctx *c, const struct event_view *v, struct day_name **out, size_t *out_n)
{
    struct q_event_person_list *rows;
    size_t n;
    const bool shown = c->may_show_identity && day_names_for(&c->actor, v);
    const struct q_event_person_list_in in = {
        .home = v->row.home, .event_id = v->row.id, .lang_code = lang_table[c->lang].code};
    TRY(q_event_person_list(c->db, c->arena, &in, &rows, &n));
    struct day_name *all = arena_array_of(c->arena, struct day_name, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct day_name){.row = rows[i], .name = S(""), .phone = S("")};
        if (shown && rows[i].name_enc.p != NULL) {
            TRY(vault_unseal(c, v->row.key_no, S("roster_name"), rows[i].name_enc, &all[i].name));
        }
        if (shown && rows[i].phone_enc.p != NULL) {
            TRY(vault_unseal(c, v->row.key_no, S("roster_phone"), rows[i].phone_enc, &all[i].phone));
        }
    }
    *out = all;
    *out_n = n;
    return OK;
}

/* ---- told in private ---- */

err day_margins(struct ctx *c, const struct event_view *v, struct q_event_margin_list **out, size_t *out_n)
{
    return q_event_margin_list(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

/* How many told one kind of thing in a role, and how many this very one. */
static err margin_sums(struct ctx *c, const struct event_view *v, str role, str margin, str value,
                       int64_t *out_all, int64_t *out_this)
{
    struct q_event_margin_list *rows;
    size_t n;
    TRY(day_margins(c, v, &rows, &n));
    *out_all = *out_this = 0;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].role_code, role) && str_eq(rows[i].margin_code, margin)) {
            *out_all += rows[i].people_n;
            *out_this += str_eq(rows[i].value_code, value) ? rows[i].people_n : 0;
        }
    }
    return OK;
}

err day_margin_most(struct ctx *c, const struct event_view *v, str role, int64_t *out)
{
    *out = 0;
    for (size_t m = 0; m < DAY_margin_n; m++) {
        int64_t all;
        int64_t none;
        TRY(margin_sums(c, v, role, day_margin_words[m].code, S(""), &all, &none));
        *out = all > *out ? all : *out;
    }
    return OK;
}

err day_role_keeps(struct ctx *c, const struct event_view *v, str role, int64_t left)
{
    int64_t most;
    TRY(day_margin_most(c, v, role, &most));
    return left >= most ? OK : day_refuse(c, ERR_CONFLICT, MSG_DAY_MARGIN_KEEPS, "people");
}

static err margin_asked(struct ctx *c, const struct day_margin *n)
{
    const bool age = str_eq(n->margin, S("age"));
    const bool known = age ? day_index(case_age_words, CASE_age_n - 1, n->value) < CASE_age_n - 1
                           : str_eq(n->value, S("yes"));
    if (day_index(event_role_words, EVENT_role_n, n->role) == EVENT_role_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_ROLE_NEEDED, "role");
    }
    if (day_index(day_margin_words, DAY_margin_n, n->margin) == DAY_margin_n || !known) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_MARGIN_NEEDED, "value");
    }
    if (n->people == 0 || n->people > DAY_STEP_MAX || n->people < -DAY_STEP_MAX) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_COUNT_ODD, "people");
    }
    return OK;
}

err day_margin(struct ctx *c, const struct event_view *v, const struct day_margin *n)
{
    const struct day_content content = {"margin", {n->role, n->margin, n->value}, {n->people}};
    struct event_cells cells;
    struct day_became became;
    int64_t all;
    int64_t now;
    TRY(margin_asked(c, n));
    TRY(day_begin(c, v, &n->from, &content, &became));
    if (became.again) {
        return OK;
    }
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    TRY(margin_sums(c, v, n->role, n->margin, n->value, &all, &now));
    if (now + n->people < 0) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_COUNT_NONE, "people");
    }
    const size_t role = day_index(event_role_words, EVENT_role_n, n->role);
    if (n->people > 0 && all + n->people > day_role_total(&cells, role)) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_MARGIN_MORE, "people");
    }
    const struct q_event_margin_put_in row = {v->row.home, v->row.id, n->role,
                                              n->margin,   n->value,  now + n->people};
    TRY(q_event_margin_put(c->db, &row, NULL));
    TRY(day_take(c, v, &n->from, &content, &became));
    /* What was told is a figure, never a row of the log: one person of one hour could be known by it. */
    return day_audit(c, v, S("event.told"), STR_NONE);
}

err day_filed(struct ctx *c, const struct event_view *v, struct day_filed *out)
{
    struct q_event_filed *rows;
    size_t n;
    struct day_filed f = {.all = 0};
    TRY(q_event_filed(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const size_t s = day_index(event_sex_words, EVENT_sex_n, rows[i].sex_code);
        f.by_sex[s < EVENT_sex_n ? s : EVENT_sex_not_stated] += rows[i].people_n;
        f.all += rows[i].people_n;
    }
    *out = f;
    return OK;
}
