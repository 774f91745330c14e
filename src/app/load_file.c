/* load_file.c: who tells what, and how it is taken down. */
#include "lang.h"
#include "load_inside.h"

/* Numbers beginning 0390 and identity cards beginning 99999 are given to nobody, as far as we know. */
enum { PEOPLE_N = 1000000 };

struct choice {
    const char *code;
    uint32_t weight;
};

static str chosen(struct dice *d, const struct choice *of, size_t n)
{
    uint32_t weights[16];
    for (size_t i = 0; i < n; i++) {
        weights[i] = of[i].weight;
    }
    return str_of(of[dice_weighed(d, weights, n)].code);
}
#define CHOSEN(d, table) chosen((d), (table), sizeof(table) / sizeof((table)[0]))

static const struct choice channels[] = {{"desk", 600}, {"phone", 140}, {"event", 80}, {"public", 180}};
static const struct choice sexes_at_desk[] = {
    {"woman", 600}, {"man", 345}, {"transgender", 10}, {"not_stated", 45}};
static const struct choice sexes_elsewhere[] = {
    {"woman", 270}, {"man", 640}, {"transgender", 5}, {"not_stated", 85}};
static const struct choice langs[] = {{"ur", 550}, {"ps", 390}, {"en", 60}};
static const struct choice spoken_ur[] = {{"urdu", 400}, {"hindko", 300}, {"punjabi", 120},
                                          {"gojri", 90}, {"saraiki", 60}, {"other", 30}};
static const struct choice behalves[] = {{"self", 860}, {"mother", 60}, {"cso", 30}, {"group", 50}};
static const struct choice phones[] = {
    {"own", 480}, {"husband", 240}, {"family", 180}, {"neighbour", 70}, {"other", 30}};
static const struct choice whens[] = {
    {"any", 300}, {"morning", 350}, {"midday", 150}, {"afternoon", 150}, {"evening", 50}};
static const struct choice ages[] = {{"under_18", 20}, {"18_29", 280},  {"30_44", 340},
                                     {"45_59", 180},   {"60_over", 80}, {"not_stated", 100}};
static const struct choice minorities[] = {{"no", 800}, {"yes", 40}, {"not_stated", 160}};
static const struct choice difficulties[] = {{"none", 820}, {"some", 120}, {"lot", 45}, {"cannot", 15}};
static const struct choice relations[] = {{"wife", 450}, {"daughter", 250}, {"mother", 120},
                                          {"widow", 80}, {"son", 60},       {"other", 40}};

/* ---- what and where ---- */

/* Water, drains, waste and lights most; what the municipality does not do more seldom. */
static uint32_t service_weight(const struct q_service_all *s)
{
    static const struct {
        str group;
        uint32_t weight;
    } often[] = {{S_INIT("water"), 60}, {S_INIT("waste"), 45}, {S_INIT("roads"), 30}};
    if (s->municipal_flag == 0) {
        return 12;
    }
    for (size_t i = 0; i < sizeof often / sizeof often[0]; i++) {
        if (str_eq(s->group_code, often[i].group)) {
            return often[i].weight;
        }
    }
    return 8;
}

static void service_draw(struct life *l)
{
    uint32_t weights[256];
    uint32_t all = 0;
    const size_t n = l->w->services_n < 256 ? l->w->services_n : 256;
    for (size_t i = 0; i < n; i++) {
        const bool fits = l->kind != KIND_APPLICATION || l->w->services[i].application_flag != 0;
        const bool idea = l->kind == KIND_SUGGESTION && l->w->services[i].municipal_flag == 0;
        weights[i] = fits && !idea ? service_weight(&l->w->services[i]) : 0;
        all += weights[i];
    }
    if (all == 0) { /* nothing can be applied for here */
        l->kind = KIND_COMPLAINT;
        service_draw(l);
        return;
    }
    l->service = &l->w->services[dice_weighed(&l->dice, weights, n)];
}

static void unit_draw(struct life *l)
{
    const struct load_district *d = l->d;
    l->unit = d->tehsils[dice_skewed(&l->dice, d->tehsils_n)];
    size_t below = 0;
    for (size_t i = 0; i < d->councils_n; i++) {
        below += d->councils[i]->parent_id.given && d->councils[i]->parent_id.v == l->unit->id;
    }
    if (below == 0 || !dice_in_1000(&l->dice, 800)) {
        return;
    }
    size_t at = dice_skewed(&l->dice, below);
    for (size_t i = 0; i < d->councils_n; i++) {
        if (d->councils[i]->parent_id.given && d->councils[i]->parent_id.v == l->unit->id && at-- == 0) {
            l->unit = d->councils[i];
            return;
        }
    }
}

static err matter_draw(struct life *l, const struct load_recent *recent, struct case_new *n)
{
    static const uint32_t kinds[CASE_KINDS] = {
        [KIND_COMPLAINT] = 840, [KIND_APPLICATION] = 105, [KIND_SUGGESTION] = 55};
    l->kind = (enum case_kind)dice_weighed(&l->dice, kinds, CASE_KINDS);
    l->lang = CHOSEN(&l->dice, langs);
    unit_draw(l);
    service_draw(l);
    const size_t kept = recent->n < LOAD_RECENT ? recent->n : LOAD_RECENT;
    if (l->kind == KIND_COMPLAINT && kept > 0 && dice_in_1000(&l->dice, 60)) {
        const size_t first = dice_below(&l->dice, (uint32_t)kept);
        if (recent->unit[first]->district_id.v == l->d->id) {
            l->service = recent->service[first];
            l->unit = recent->unit[first];
            n->same_as = case_ref_digits(&recent->ref[first]);
        }
    }
    n->kind = case_kind_code(l->kind);
    n->service = l->service->service_code;
    n->unit = l->unit->unit_code;
    n->lang = l->lang;
    n->spoken = str_eq(l->lang, S("ur"))      ? CHOSEN(&l->dice, spoken_ur)
                : str_eq(l->lang, S("en"))    ? S("english")
                : dice_in_1000(&l->dice, 700) ? S("pashto")
                                              : S("pashto_north");
    const str use = arena_printf(l->c->arena, "%.*s.%.*s", STR_F(n->kind), STR_F(l->service->group_code));
    TRY(load_words(l->c->arena, l->w, &l->dice, use, l->lang, &n->words));
    if (n->words.n == 0 || dice_in_1000(&l->dice, 150)) {
        const str any = arena_printf(l->c->arena, "%.*s.any", STR_F(n->kind));
        TRY(load_words(l->c->arena, l->w, &l->dice, any, l->lang, &n->words));
    }
    return dice_in_1000(&l->dice, 700)
               ? load_words(l->c->arena, l->w, &l->dice, S("place"), l->lang, &n->place)
               : OK;
}

static err papers_draw(struct life *l, struct case_new *n)
{
    struct q_service_documents *papers;
    size_t papers_n;
    if (l->kind != KIND_APPLICATION) {
        return OK;
    }
    TRY(catalogue_documents(l->c, l->service->id, &papers, &papers_n));
    n->documents = S("");
    for (size_t i = 0; i < papers_n; i++) {
        if (dice_in_1000(&l->dice, 750)) {
            n->documents =
                arena_printf(l->c->arena, "%.*s%.*s\n", STR_F(n->documents), STR_F(papers[i].document_code));
        }
    }
    return n->documents.p == NULL ? FAIL(LIMIT) : OK;
}

/* ---- who ---- */

/* "Invented person 42", in the script of her language. */
static err invented(struct life *l, str use, uint32_t number, str *out)
{
    struct dice fixed = dice_of(0, 0);
    str text;
    size_t end;
    TRY(load_words(l->c->arena, l->w, &fixed, use, l->lang, &text));
    end = text.n;
    while (end > 0 && text.p[end - 1] >= '0' && text.p[end - 1] <= '9') {
        end--;
    }
    *out = arena_printf(l->c->arena, "%.*s%u", (int)end, text.p, number);
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

static err phone_draw(struct life *l, struct case_new *n, uint32_t number)
{
    /* Some share one number: a household, a neighbour's telephone. */
    const uint32_t shared = dice_in_1000(&l->dice, 150) ? dice_below(&l->dice, 20) : number;
    n->whose_phone = CHOSEN(&l->dice, phones);
    n->safe_call = dice_in_1000(&l->dice, str_eq(n->whose_phone, S("own")) ? 900 : 600);
    n->safe_sms = n->safe_call && dice_in_1000(&l->dice, 600);
    n->when = CHOSEN(&l->dice, whens);
    return phone_of(l->c->arena, arena_printf(l->c->arena, "0390%07u", shared), &n->phone);
}

static err group_draw(struct life *l, struct case_new *n)
{
    const uint32_t names = dice_in_1000(&l->dice, 20) ? 400 : dice_between(&l->dice, 3, 14);
    str all = S(""), one;
    for (uint32_t i = 0; i < names; i++) {
        TRY(invented(l, S("name"), dice_below(&l->dice, PEOPLE_N), &one));
        all = arena_printf(l->c->arena, "%.*s%.*s\n", STR_F(all), STR_F(one));
        if (all.p == NULL) {
            return FAIL(LIMIT);
        }
    }
    n->signatories = all;
    return OK;
}

static void asked_draw(struct life *l, struct case_new *n)
{
    const bool desk = !str_eq(n->channel, S("public"));
    n->age = desk || dice_in_1000(&l->dice, 400) ? CHOSEN(&l->dice, ages) : STR_NONE;
    n->minority = desk && dice_in_1000(&l->dice, 700) ? CHOSEN(&l->dice, minorities) : STR_NONE;
    const bool asked = desk && dice_in_1000(&l->dice, 550);
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED && asked; i++) {
        n->difficulty[i] = CHOSEN(&l->dice, difficulties);
    }
    n->consent[CASE_purpose_record] = dice_in_1000(&l->dice, 985) ? S("yes") : S("no");
    n->consent[CASE_purpose_call] = dice_in_1000(&l->dice, 900) ? S("yes") : S("no");
    n->consent[CASE_purpose_hand_over] = dice_in_1000(&l->dice, 880) ? S("yes") : S("no");
    n->consent[CASE_purpose_figures] = dice_in_1000(&l->dice, 940) ? S("yes") : S("no");
}

static err person_draw(struct life *l, struct case_new *n)
{
    const uint32_t number = dice_below(&l->dice, PEOPLE_N);
    const bool desk = str_eq(n->channel, S("desk"));
    n->sex = desk ? CHOSEN(&l->dice, sexes_at_desk) : CHOSEN(&l->dice, sexes_elsewhere);
    n->behalf = CHOSEN(&l->dice, behalves);
    n->anonymous = dice_in_1000(&l->dice, 45);
    asked_draw(l, n);
    if (n->anonymous) {
        return OK;
    }
    TRY(invented(l, S("name"), number, &n->name));
    if (dice_in_1000(&l->dice, 120)) {
        TRY(invented(l, S("alias"), number, &n->alias));
    }
    if (desk && dice_in_1000(&l->dice, 600)) {
        n->relation = CHOSEN(&l->dice, relations);
        TRY(invented(l, S("name"), dice_below(&l->dice, PEOPLE_N), &n->relation_name));
    }
    if (desk && dice_in_1000(&l->dice, 350)) {
        n->cnic = arena_printf(l->c->arena, "99999-%07u-%u", number, number % 10);
    }
    if (dice_in_1000(&l->dice, 400)) {
        TRY(invented(l, S("address"), number, &n->address));
    }
    if (str_eq(n->behalf, S("group"))) {
        TRY(group_draw(l, n));
    }
    return dice_in_1000(&l->dice, 800) ? phone_draw(l, n, number) : OK;
}

/* ---- taken down ---- */

static const struct load_person *one_of(struct dice *d, const struct load_people *people)
{
    return &people->all[dice_below(d, (uint32_t)people->n)];
}

err load_file(struct life *l, struct load_recent *recent)
{
    struct case_new n = {.channel = CHOSEN(&l->dice, channels)};
    struct case_receipt receipt;
    struct ctx as = *l->c;
    l->d = &l->w->districts[dice_skewed(&l->dice, l->w->districts_n)];
    l->desk = *one_of(&l->dice, &l->d->desks);
    l->supervisor = *one_of(&l->dice, &l->d->supervisors);
    TRY(matter_draw(l, recent, &n));
    TRY(papers_draw(l, &n));
    TRY(person_draw(l, &n));
    as.now_ms = l->now_ms;
    as.actor = str_eq(n.channel, S("public")) ? (struct actor){.role = ROLE_PUBLIC} : l->desk.actor;
    TRY(case_file(&as, &n, &receipt));
    l->ref = receipt.ref;
    l->state = receipt.state;
    const bool kept = !n.anonymous && !str_eq(n.consent[CASE_purpose_record], S("no"));
    l->reachable =
        kept && n.phone.e164.n > 0 && n.safe_call && !str_eq(n.consent[CASE_purpose_call], S("no"));
    l->may_hand_over = !str_eq(n.consent[CASE_purpose_hand_over], S("no"));
    l->named = kept && l->may_hand_over;
    if (l->kind == KIND_COMPLAINT && n.same_as.n == 0) {
        const size_t at = recent->n++ % LOAD_RECENT;
        recent->ref[at] = l->ref;
        recent->service[at] = l->service;
        recent->unit[at] = l->unit;
    }
    return OK;
}
