/* case_facts_pages.c: what is known of a case, to whom it is known: the matter to all who work on it, who it
 * is of to the desk alone. */
#include "case_show.h"

#include "format.h"

enum { FACTS_MAX = 24 };

/* A summary list being written. */
struct facts {
    struct web *w;
    struct fact_view *rows;
    size_t n;
};

static err facts_begin(struct web *w, struct facts *f)
{
    *f = (struct facts){.w = w, .rows = arena_array_of(w->arena, struct fact_view, FACTS_MAX)};
    return f->rows == NULL ? FAIL(LIMIT) : OK;
}

static void fact(struct facts *f, enum msg name, str value, str dir)
{
    if (value.n > 0 && f->n < FACTS_MAX) {
        f->rows[f->n++] = (struct fact_view){page_msg(&f->w->page, name), value, dir, {STR_NONE}};
    }
}

/* A stored code in words; an empty one is no fact. */
static void fact_code(struct facts *f, enum msg name, const struct case_word *words, size_t n, str code)
{
    const enum msg text = case_word_of(words, n, code);
    if (text != MSG_NONE) {
        fact(f, name, page_msg(&f->w->page, text), STR_NONE);
    }
}

static void fact_flag(struct facts *f, enum msg name, bool yes)
{
    fact(f, name, page_msg(&f->w->page, yes ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
}

static struct facts_view facts_of(const struct facts *f)
{
    return (struct facts_view){f->rows, f->n};
}

/* ---- the matter ---- */

static err officer_name(struct web *w, const struct case_view *v, struct opt_i64 id, str *out)
{
    struct q_officer_list *rows;
    size_t n;
    *out = S("");
    if (!id.given) {
        return OK;
    }
    TRY(case_officers(&w->ctx, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        *out = rows[i].id == id.v ? rows[i].name_text : *out;
    }
    return OK;
}

/* "A · B", or A alone. */
static str with(struct web *w, str a, str b)
{
    return b.n == 0 ? a : arena_printf(w->arena, "%.*s · %.*s", STR_F(a), STR_F(b));
}

/* Who has it. */
static err holders(struct facts *f, const struct case_view *v)
{
    str officer, marked;
    const str nobody =
        page_msg(&f->w->page, v->state == CASE_HANDED_OVER ? MSG_CASE_OFFICE_OTHER : MSG_CASE_OFFICE_NONE);
    TRY(officer_name(f->w, v, v->flow.assignee_id, &officer));
    TRY(officer_name(f->w, v, v->flow.marked_id, &marked));
    fact(f, MSG_CASE_OFFICE, v->office_name.n > 0 ? with(f->w, v->office_name, officer) : nobody, STR_NONE);
    fact(f, MSG_CASE_MARKED, marked, S("name"));
    return OK;
}

/* The number of the case that she joined, for those who reach all cases of the district. */
static err joined(struct facts *f, const struct case_view *v)
{
    struct q_case_get first;
    case_ref ref;
    if (!v->row.same_as_id.given || f->w->ctx.actor.role == ROLE_OFFICER) {
        return OK;
    }
    TRY(q_case_get(f->w->ctx.db, f->w->arena, v->row.home, v->row.same_as_id.v, &first));
    TRY(case_ref_of(f->w->arena, first.ref_code, &ref));
    fact(f, MSG_CASE_SAME_AS, case_ref_text(f->w->arena, ref), S("ltr"));
    return OK;
}

/* Whom it goes past, for those who reach it; and for the desk alone what she said about members in the room.
 */
static err past(struct facts *f, const struct case_view *v)
{
    bool is;
    str room = S("");
    if (f->w->ctx.actor.role == ROLE_DESK) {
        TRY(case_room(&f->w->ctx, v, &room));
    }
    if (room.n > 0) {
        const bool nobody = str_eq(room, S("nobody"));
        fact(f, MSG_DESK_ROOM_FACT,
             page_msg(&f->w->page, nobody ? MSG_DESK_ROOM_NOBODY : MSG_DESK_ROOM_SOMEBODY), STR_NONE);
    }
    TRY(case_past_desk(&f->w->ctx, v, &is));
    if (is) {
        fact(f, MSG_CASE_PAST_DESK_FACT, page_msg(&f->w->page, MSG_CASE_PAST_DESK_YES), STR_NONE);
    }
    return OK;
}

static void brought(struct facts *f, const struct case_view *v)
{
    struct web *w = f->w;
    if (!str_eq(v->row.behalf_code, S("self"))) {
        fact_code(f, MSG_CASE_BEHALF, case_behalf_words, CASE_behalf_n, v->row.behalf_code);
    }
    if (v->row.group_n > 0) {
        fact(f, MSG_CASE_GROUP, format_number(w->arena, w->lang, v->row.group_n), STR_NONE);
    }
    fact(f, MSG_CASE_SEX, sex_words(&w->page, v->row.sex_code), STR_NONE);
    fact(f, MSG_CASE_FILED,
         with(w, format_time(w->arena, w->lang, v->row.filed_ms),
              channel_words(&w->page, v->row.channel_code)),
         STR_NONE);
}

static err matter(struct web *w, const struct case_view *v, struct facts_view *out)
{
    struct facts f;
    const bool open = flow_open(&complaint_kind, v->state);
    TRY(facts_begin(w, &f));
    fact(&f, MSG_CASE_WORDS, v->row.words_text, S("auto"));
    if (v->kind != KIND_COMPLAINT) {
        fact_code(&f, MSG_CASE_KIND, case_kind_words, CASE_kind_n, v->row.case_kind_code);
    }
    fact(&f, MSG_CASE_SERVICE, v->service_name, STR_NONE);
    fact(&f, MSG_CASE_UNIT, v->unit_name, STR_NONE);
    fact(&f, MSG_CASE_PLACE, v->row.place_text, S("name"));
    if (v->told_n > 1) {
        fact(&f, MSG_CASE_TOLD, told_words(w, v->told_n), STR_NONE);
    }
    TRY(joined(&f, v));
    TRY(past(&f, v));
    fact(&f, MSG_CASE_DUE, open ? due_with_left(w, v->flow.due_ms) : due_words(w, v->flow.due_ms), STR_NONE);
    fact(&f, MSG_CASE_NOT_POSSIBLE, not_possible_words(w, v->flow.reason_code, v->flow.next_day), STR_NONE);
    TRY(holders(&f, v));
    brought(&f, v);
    *out = facts_of(&f);
    return OK;
}

static err papers(struct web *w, const struct case_view *v, struct facts_view *out)
{
    struct case_paper *rows;
    size_t n;
    TRY(case_papers(&w->ctx, v, &rows, &n));
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, n + 1);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const enum msg here = rows[i].given ? MSG_CASE_PAPER_GIVEN : MSG_CASE_PAPER_MISSING;
        f[i] = (struct fact_view){rows[i].name, page_msg(&w->page, here), STR_NONE, {STR_NONE}};
    }
    *out = (struct facts_view){f, n};
    return OK;
}

/* ---- who it is of ---- */

/* "Wife of Gul Rahman" */
static str relation_words(struct web *w, const struct case_identity *who)
{
    const enum msg text = case_word_of(case_relation_words, CASE_relation_n, who->relation);
    if (text == MSG_NONE || who->relation_name.n == 0) {
        return text == MSG_NONE ? who->relation_name : page_msg(&w->page, text);
    }
    return arena_printf(w->arena, "%.*s %.*s", STR_F(page_msg(&w->page, text)), STR_F(who->relation_name));
}

static err identity(struct web *w, const struct case_view *v, const struct case_identity *who,
                    struct facts_view *out)
{
    struct facts f;
    const str none = page_msg(&w->page, MSG_NEW_NOT_GIVEN);
    TRY(facts_begin(w, &f));
    if (v->row.anonymous_flag) {
        fact(&f, MSG_CASE_NAME, page_msg(&w->page, MSG_CASE_ANONYMOUS), STR_NONE);
        *out = facts_of(&f);
        return OK;
    }
    fact(&f, MSG_CASE_NAME, who->name.n > 0 ? who->name : none, S("name"));
    fact(&f, MSG_CASE_ALIAS, who->alias, S("name"));
    fact(&f, MSG_CASE_RELATION, relation_words(w, who), S("name"));
    if (who->phone.n == 0) {
        fact(&f, MSG_CASE_PHONE, none, STR_NONE);
    } else {
        fact(&f, MSG_CASE_PHONE, phone_local(w->arena, (phone){who->phone}), S("ltr"));
        fact_code(&f, MSG_CASE_WHOSE, case_whose_words, CASE_whose_n, who->whose_phone);
        fact_flag(&f, MSG_CASE_SAFE, who->safe_call);
        fact_flag(&f, MSG_CASE_SAFE_SMS, who->safe_sms);
        fact_code(&f, MSG_CASE_WHEN, case_when_words, CASE_when_n, who->when);
    }
    fact(&f, MSG_CASE_CNIC, who->cnic, S("ltr"));
    fact(&f, MSG_CASE_ADDRESS, who->address, S("name"));
    *out = facts_of(&f);
    return OK;
}

static err consents_put(struct facts *f, const struct case_view *v)
{
    static const enum msg names[CASE_purpose_n] = {
        [CASE_purpose_record] = MSG_CASE_AGREES_RECORD,
        [CASE_purpose_call] = MSG_CASE_AGREES_CALL,
        [CASE_purpose_hand_over] = MSG_CASE_AGREES_HAND_OVER,
        [CASE_purpose_figures] = MSG_CASE_AGREES_FIGURES,
    };
    str agreed[CASE_purpose_n];
    TRY(case_consents(&f->w->ctx, v, agreed));
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        if (agreed[i].n == 0) {
            fact(f, names[i], page_msg(&f->w->page, MSG_CASE_NOT_ASKED), STR_NONE);
        } else {
            fact_code(f, names[i], case_yes_no_words, CASE_yes_no_n, agreed[i]);
        }
    }
    return OK;
}

/* What was asked for figures and for speaking with her, and what she agrees to. */
static err about(struct web *w, const struct case_view *v, const struct case_identity *who,
                 struct facts_view *out)
{
    static const enum msg difficulties[CASE_DIFFICULTIES_ASKED] = {
        MSG_CASE_SEEING,      MSG_CASE_HEARING,   MSG_CASE_WALKING,
        MSG_CASE_REMEMBERING, MSG_CASE_SELF_CARE, MSG_CASE_SPEAKING,
    };
    struct facts f;
    TRY(facts_begin(w, &f));
    fact_code(&f, MSG_CASE_SPOKEN, case_spoken_words, CASE_spoken_n, v->row.spoken_code);
    fact_code(&f, MSG_CASE_WRITTEN, case_lang_words, CASE_lang_n, v->row.lang_code);
    fact_code(&f, MSG_CASE_BEHALF, case_behalf_words, CASE_behalf_n, v->row.behalf_code);
    fact_code(&f, MSG_CASE_AGE, case_age_words, CASE_age_n, v->row.age_code);
    fact_code(&f, MSG_CASE_MINORITY, case_minority_words, CASE_minority_n, v->row.minority_code);
    fact_code(&f, MSG_CASE_DISABILITY, case_disability_words, CASE_disability_n, v->row.disability_code);
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        fact_code(&f, difficulties[i], case_difficulty_words, CASE_difficulty_n, who->difficulty[i]);
    }
    TRY(consents_put(&f, v));
    *out = facts_of(&f);
    return OK;
}

static err signatories(struct web *w, const struct case_identity *who, struct show_view *m)
{
    struct name_view *names = arena_array_of(w->arena, struct name_view, who->signatories_n + 1);
    if (names == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < who->signatories_n; i++) {
        names[i].text = who->signatories[i];
    }
    m->signatories = names;
    m->signatories_n = who->signatories_n;
    return OK;
}

static err who_it_is(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct case_identity who = {.name = S("")};
    m->identity_for = case_identity_for(&w->ctx.actor, v);
    if (!m->identity_for) {
        return OK;
    }
    const err e = case_identity(&w->ctx, v, &who);
    m->identity_hidden = e.code == ERR_DENIED;
    m->identity_lost = e.code == ERR_NOT_FOUND;
    if (m->identity_lost) {
        return about(w, v, &who, &m->about);
    }
    if (e.code == ERR_DENIED) {
        return OK;
    }
    TRY(e);
    TRY(identity(w, v, &who, &m->identity));
    TRY(about(w, v, &who, &m->about));
    return signatories(w, &who, m);
}

err show_facts(struct web *w, const struct case_view *v, struct show_view *m)
{
    TRY(matter(w, v, &m->facts));
    TRY(papers(w, v, &m->papers));
    return who_it_is(w, v, m);
}
