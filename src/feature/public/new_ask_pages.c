/* new_ask_pages.c: what each page of filing asks. */
#include "new_inside.h"

#include "case_parts.h"
#include "catalogue.h"
#include "clock.h"
#include "format.h"
#include "public.sql.h"

enum { TOKEN_SECONDS = 12 * 3600, KNOWN_MAX = 200 };

/* The one question of a page, answered by a touch. */
static struct field_view taps_of(struct web *w, size_t input, enum msg label, enum msg hint)
{
    struct field_view f = web_field(w, input, hint);
    f.label = page_msg(&w->page, label);
    f.heading = true;
    f.optional = false;
    return f;
}

static err ask_kind(struct web *w, struct new_view *m)
{
    static const struct {
        str code;
        enum msg text, hint;
        str icon;
    } kinds[] = {
        {S_INIT("complaint"), MSG_NEW_KIND_COMPLAINT, MSG_NEW_KIND_COMPLAINT_HINT, S_INIT("alert")},
        {S_INIT("application"), MSG_NEW_KIND_APPLICATION, MSG_NEW_KIND_APPLICATION_HINT, S_INIT("paper")},
        {S_INIT("suggestion"), MSG_NEW_KIND_SUGGESTION, MSG_NEW_KIND_SUGGESTION_HINT, S_INIT("light")},
    };
    enum { KINDS = sizeof kinds / sizeof kinds[0] };
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, KINDS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < KINDS; i++) {
        c[i] = (struct choice_view){.value = kinds[i].code,
                                    .text = page_msg(&w->page, kinds[i].text),
                                    .hint = page_msg(&w->page, kinds[i].hint),
                                    .icon = kinds[i].icon};
    }
    m->taps = taps_of(w, F_KIND, MSG_NEW_KIND_ASK, MSG_NONE);
    web_choose(w, F_KIND, c, KINDS, STR_NONE);
    m->taps.choices = c;
    m->taps.choices_n = KINDS;
    return OK;
}

/* Services that this person can bring: taken down at all, and notified when she applies. */
static bool offered(const struct web *w, const struct q_service_all *s)
{
    return catalogue_takes_down(s->sensitivity_code) &&
           (s->application_flag != 0 || !new_is(w, F_KIND, S("application")));
}

/* Her group; from an address that names a service only, that of the service. */
static str group_of(const struct web *w, const struct q_service_all *services, size_t n)
{
    for (size_t i = 0; !w->in[N_GROUP].given && i < n; i++) {
        if (new_is(w, F_SERVICE, services[i].service_code)) {
            return services[i].group_code;
        }
    }
    return w->in[N_GROUP].given ? w->in[N_GROUP].text : STR_NONE;
}

static err ask_group(struct web *w, struct new_view *m)
{
    struct q_service_group_all *groups;
    struct q_service_all *services;
    size_t groups_n;
    size_t services_n;
    size_t kept = 0;
    TRY(catalogue_groups(&w->ctx, &groups, &groups_n));
    TRY(catalogue_list(&w->ctx, &services, &services_n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, groups_n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t g = 0; g < groups_n; g++) {
        bool any = false;
        for (size_t i = 0; i < services_n; i++) {
            any = any || (str_eq(services[i].group_code, groups[g].group_code) && offered(w, &services[i]));
        }
        if (any) {
            c[kept++] = (struct choice_view){
                .value = groups[g].group_code, .text = groups[g].name_text, .icon = groups[g].icon_code};
        }
    }
    m->taps = taps_of(w, N_GROUP, MSG_NEW_SERVICE, MSG_NONE);
    web_choose(w, N_GROUP, c, kept, group_of(w, services, services_n));
    m->taps.choices = c;
    m->taps.choices_n = kept;
    return OK;
}

static err ask_service(struct web *w, struct new_view *m)
{
    struct q_service_all *services;
    size_t n;
    size_t kept = 0;
    TRY(catalogue_list(&w->ctx, &services, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    const str group = group_of(w, services, n);
    for (size_t i = 0; i < n; i++) {
        if (offered(w, &services[i]) && str_eq(services[i].group_code, group)) {
            c[kept++] = (struct choice_view){.value = services[i].service_code,
                                             .text = services[i].name_text,
                                             .icon = services[i].icon_code};
        }
    }
    m->taps = taps_of(w, F_SERVICE, MSG_NEW_SERVICE_ONE, MSG_NONE);
    web_choose(w, F_SERVICE, c, kept, STR_NONE);
    m->taps.choices = c;
    m->taps.choices_n = kept;
    return OK;
}

/* The tehsils where a desk stands, those of a district together, and behind them "I do not know which". */
static err ask_unit(struct web *w, struct new_view *m)
{
    struct q_place_all *rows;
    size_t n;
    size_t kept = 0;
    TRY(place_list_served(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t d = 0; d < n && rows[d].level_no <= LEVEL_DISTRICT; d++) {
        for (size_t i = 0; i < n && rows[d].level_no == LEVEL_DISTRICT; i++) {
            if (rows[i].level_no == LEVEL_TEHSIL && rows[i].parent_id.given &&
                rows[i].parent_id.v == rows[d].id) {
                c[kept++] = (struct choice_view){.value = rows[i].unit_code,
                                                 .text = rows[i].name_text,
                                                 .hint = rows[d].name_text,
                                                 .lang = place_fallback(&w->ctx, rows[i].lang_code),
                                                 .icon = S("pin")};
            }
        }
        const struct msg_arg arg = {"district", rows[d].name_text};
        c[kept++] = (struct choice_view){.value = rows[d].unit_code,
                                         .text = page_msg_args(&w->page, MSG_NEW_UNIT_WHOLE, 0, &arg, 1)};
    }
    m->taps = taps_of(w, F_UNIT, MSG_NEW_UNIT, MSG_NEW_UNIT_HINT);
    web_choose(w, F_UNIT, c, kept, STR_NONE);
    m->taps.choices = c;
    m->taps.choices_n = kept;
    return OK;
}

static err councils_fill(struct web *w, int64_t tehsil, struct field_view *out)
{
    struct q_place_all *rows;
    size_t n;
    size_t kept = 0;
    TRY(place_list_served(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].level_no == LEVEL_COUNCIL && rows[i].parent_id.given && rows[i].parent_id.v == tehsil) {
            c[kept++] = (struct choice_view){.value = rows[i].unit_code,
                                             .text = rows[i].name_text,
                                             .lang = place_fallback(&w->ctx, rows[i].lang_code)};
        }
    }
    web_choose(w, N_COUNCIL, c, kept, STR_NONE);
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

static err ask_place(struct web *w, struct new_view *m)
{
    struct q_place_by_code unit;
    struct q_locality_near *rows = NULL;
    struct field_view *council = arena_array_of(w->arena, struct field_view, 1);
    m->place = web_field(w, F_PLACE, MSG_NEW_PLACE_HINT);
    if (council == NULL || place_find(&w->ctx, w->in[F_UNIT].text, &unit).code != ERR_OK) {
        return council == NULL ? FAIL(LIMIT) : OK;
    }
    *council = web_field(w, N_COUNCIL, MSG_NONE);
    TRY(councils_fill(w, unit.id, council));
    m->fields = council;
    m->fields_n = council->choices_n > 0;
    TRY(q_locality_near(w->ctx.db, w->arena, unit.id, KNOWN_MAX, &rows, &m->known_n));
    str *known = arena_array_of(w->arena, str, m->known_n + 1);
    if (known == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m->known_n; i++) {
        known[i] = rows[i].name_text;
    }
    m->known = known;
    m->place.known = m->known_n > 0 ? S("known") : STR_NONE;
    return OK;
}

/* Others' complaints by matter, place and age: no number, no word of theirs. */
static err ask_same(struct web *w, const struct new_walk *walk, struct new_view *m)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, walk->similar_n + 1);
    struct q_service_by_code service;
    str name;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service));
    TRY(label_find(&w->ctx, S("service"), service.id, &name));
    for (size_t i = 0; i < walk->similar_n; i++) {
        const struct q_case_similar *s = &walk->similar[i];
        str place;
        TRY(label_find(&w->ctx, S("unit"), s->unit_id, &place));
        const int64_t days = days_between(local_day(s->filed_ms), local_day(w->ctx.now_ms));
        const struct msg_arg ago = {"days", format_number(w->arena, w->lang, days)};
        const str when = days == 0 ? page_msg(&w->page, MSG_NEW_SAME_TODAY)
                                   : page_msg_args(&w->page, MSG_NEW_SAME_AGO, days, &ago, 1);
        c[i] = (struct choice_view){
            .value = web_sign(w, S("same_as"), s->ref_code, TOKEN_SECONDS),
            .text = page_msg(&w->page, MSG_NEW_SAME_ME_TOO),
            .hint = arena_printf(w->arena, "%.*s · %.*s · %.*s", STR_F(name), STR_F(place), STR_F(when)),
            .icon = S("people")};
    }
    m->taps = taps_of(w, N_SAME, MSG_NEW_SAME, MSG_NEW_SAME_HINT);
    m->taps.value = STR_NONE;
    m->taps.choices = c;
    m->taps.choices_n = walk->similar_n;
    return OK;
}

static err ask_papers(struct web *w, struct new_view *m)
{
    struct q_service_by_code service;
    struct q_service_documents *papers;
    size_t n;
    TRY(catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service));
    TRY(catalogue_documents(&w->ctx, service.id, &papers, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = papers[i].document_code, .text = papers[i].name_text};
    }
    m->boxes = taps_of(w, F_DOCUMENTS, MSG_NEW_PAPERS, MSG_NEW_PAPERS_HINT);
    m->boxes.type = S("checkbox");
    web_choose(w, F_DOCUMENTS, c, n, STR_NONE);
    m->boxes.choices = c;
    m->boxes.choices_n = n;
    return OK;
}

enum msg new_words_ask(const struct web *w)
{
    return new_is(w, F_KIND, S("application"))  ? MSG_NEW_WORDS_APPLICATION
           : new_is(w, F_KIND, S("suggestion")) ? MSG_NEW_WORDS_SUGGESTION
                                                : MSG_NEW_WORDS;
}

static err ask_words(struct web *w, struct new_view *m)
{
    const bool joins = w->in[N_SAME].given;
    m->words = web_field(w, F_WORDS, joins ? MSG_NEW_WORDS_SAME_HINT : MSG_NEW_WORDS_HINT);
    m->words.optional = joins;
    m->words.heading = true;
    m->past = web_field(w, F_PAST, MSG_NEW_PAST_DESK_HINT);
    m->words.label = page_msg(&w->page, new_words_ask(w));
    m->speak = web_field(w, N_LATER, MSG_NONE);
    return OK;
}

static err ask_reach(struct web *w, struct new_view *m)
{
    enum { PHONE, WHOSE, SAFE, SMS, WHEN, NAME, ANONYMOUS, FIELDS };
    struct field_view *f = arena_array_of(w->arena, struct field_view, FIELDS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[PHONE] = web_field(w, F_PHONE, MSG_NEW_PHONE_HINT);
    f[WHOSE] = web_field(w, F_WHOSE, MSG_NONE);
    TRY(choices_words(w, F_WHOSE, case_whose_words, CASE_whose_n, STR_NONE, &f[WHOSE]));
    f[SAFE] = web_field(w, F_SAFE, MSG_NONE);
    f[SMS] = web_field(w, F_SMS, MSG_NONE);
    f[WHEN] = web_field(w, F_WHEN, MSG_NONE);
    TRY(choices_words(w, F_WHEN, case_when_words, CASE_when_n, STR_NONE, &f[WHEN]));
    f[NAME] = web_field(w, F_NAME, MSG_NEW_NAME_HINT);
    f[NAME].complete = S("off"); /* a shared telephone tells nobody else's name */
    f[ANONYMOUS] = web_field(w, F_ANONYMOUS, MSG_NEW_ANONYMOUS_HINT);
    for (size_t i = 0; i < FIELDS; i++) {
        f[i].optional = i == PHONE || i == NAME;
    }
    m->fields = f;
    m->fields_n = FIELDS;
    return OK;
}

/* Said by herself, "not stated" is that she does not want to say. */
static err ask_you(struct web *w, struct new_view *m)
{
    static const str icons[CASE_sex_n] = {S_INIT("woman"), S_INIT("person"), S_INIT("person")};
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, CASE_sex_n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CASE_sex_n; i++) {
        const bool silent = str_eq(case_sex_words[i].code, S("not_stated"));
        c[i] = (struct choice_view){
            .value = case_sex_words[i].code,
            .text = page_msg(&w->page, silent ? MSG_NEW_SEX_NOT_STATED : case_sex_words[i].text),
            .icon = icons[i]};
    }
    m->taps = taps_of(w, F_SEX, MSG_NEW_SEX, MSG_NEW_SEX_HINT);
    web_choose(w, F_SEX, c, CASE_sex_n, STR_NONE);
    m->taps.choices = c;
    m->taps.choices_n = CASE_sex_n;
    return OK;
}

static err ask_details(struct web *w, struct new_view *m)
{
    enum { BEHALF, AGE, SPOKEN, MINORITY, FIELDS };
    struct field_view *f = arena_array_of(w->arena, struct field_view, FIELDS);
    struct field_view *d = arena_array_of(w->arena, struct field_view, CASE_DIFFICULTIES_ASKED);
    if (f == NULL || d == NULL) {
        return FAIL(LIMIT);
    }
    f[BEHALF] = web_field(w, F_BEHALF, MSG_NONE);
    TRY(choices_words(w, F_BEHALF, case_behalf_words, CASE_behalf_n, S("self"), &f[BEHALF]));
    f[AGE] = web_field(w, F_AGE, MSG_NONE);
    TRY(choices_words(w, F_AGE, case_age_words, CASE_age_n, STR_NONE, &f[AGE]));
    f[SPOKEN] = web_field(w, F_SPOKEN, MSG_NEW_SPOKEN_HINT);
    TRY(choices_words(w, F_SPOKEN, case_spoken_words, CASE_spoken_n, STR_NONE, &f[SPOKEN]));
    f[MINORITY] = web_field(w, F_MINORITY, MSG_NEW_MINORITY_HINT);
    TRY(choices_words(w, F_MINORITY, case_minority_words, CASE_minority_n, STR_NONE, &f[MINORITY]));
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        d[i] = web_field(w, F_SEEING + i, MSG_NONE);
        TRY(choices_words(w, F_SEEING + i, case_difficulty_words, CASE_difficulty_n, STR_NONE, &d[i]));
        d[i].optional = false;
    }
    for (size_t i = 0; i < FIELDS; i++) {
        f[i].optional = false; /* the page says it of all of them */
    }
    m->fields = f;
    m->fields_n = FIELDS;
    m->more = d;
    m->more_n = CASE_DIFFICULTIES_ASKED;
    return OK;
}

static err ask_consent(struct web *w, struct new_view *m)
{
    struct field_view *f = arena_array_of(w->arena, struct field_view, CASE_purpose_n);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t p = 0; p < CASE_purpose_n; p++) {
        if (!new_consent_asked(w, p)) {
            continue;
        }
        f[m->fields_n] = web_field(w, F_CONSENT_RECORD + p, MSG_NONE);
        f[m->fields_n].optional = false;
        f[m->fields_n].type = S("pair");
        TRY(choices_words(w, F_CONSENT_RECORD + p, case_yes_no_words, CASE_yes_no_n, STR_NONE,
                          &f[m->fields_n]));
        m->fields_n++;
    }
    m->fields = f;
    return OK;
}

err new_ask(struct web *w, const struct new_walk *walk, struct new_view *m)
{
    static err (*const asks[])(struct web *, struct new_view *) = {
        [STEP_KIND] = ask_kind,       [STEP_GROUP] = ask_group,     [STEP_SERVICE] = ask_service,
        [STEP_UNIT] = ask_unit,       [STEP_PLACE] = ask_place,     [STEP_PAPERS] = ask_papers,
        [STEP_WORDS] = ask_words,     [STEP_REACH] = ask_reach,     [STEP_YOU] = ask_you,
        [STEP_DETAILS] = ask_details, [STEP_CONSENT] = ask_consent,
    };
    static const str prompts[] = {
        [STEP_KIND] = S_INIT("new.kind"),       [STEP_GROUP] = S_INIT("new.group"),
        [STEP_SERVICE] = S_INIT("new.service"), [STEP_UNIT] = S_INIT("new.unit"),
        [STEP_PLACE] = S_INIT("new.place"),     [STEP_SAME] = S_INIT("new.same"),
        [STEP_PAPERS] = S_INIT("new.papers"),   [STEP_WORDS] = S_INIT("new.words"),
        [STEP_REACH] = S_INIT("new.reach"),     [STEP_YOU] = S_INIT("new.you"),
        [STEP_DETAILS] = S_INIT("new.details"), [STEP_CONSENT] = S_INIT("new.consent"),
    };
    m->prompt = prompts[m->step];
    return m->step == STEP_SAME ? ask_same(w, walk, m) : asks[m->step](w, m);
}
