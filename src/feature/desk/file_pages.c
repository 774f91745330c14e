/* file_pages.c: the one page on which a case is taken down. */
#include "case_evidence_pages.h"
#include "evidence_take.h"
#include "file_pages.h"

#include "case_parts.h"
#include "clock.h"
#include "cnic.h"
#include "file.html.h"
#include "format.h"
#include "rota.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UNIT_SEP '\x1f'
#define ROW_SEP '\x1e'

static const char *const choices_step[] = {"check", "register", "change", NULL};

const struct input desk_inputs[D_INPUTS] = {
    FILE_INPUTS_ASKED("", true),
    FILE_INPUTS_TOLD(""),
    [D_STEP] = {"step", IN_CHOICE, MSG_DESK_REGISTER, .choices = choices_step},
    [D_DRAFT] = {"draft", IN_CODE, MSG_DESK_UNFINISHED},
    [D_SAID] = {"said", IN_SIGNED, MSG_DESK_READ_BACK},
    [D_AGREED] = {"agreed", IN_FLAG, MSG_DESK_AGREED},
    [D_POINTED] = {"pointed", IN_FLAG, MSG_DESK_POINTED_DONE},
    [D_PHOTOS] = {"photos", IN_FILES, MSG_EVIDENCE_PHOTOS, FILES_MAX, .takes = FILES_TAKE(PHOTO)},
    [D_VOICE] = {"voice", IN_FILES, MSG_EVIDENCE_VOICE, 1, .takes = FILES_TAKE(VOICE)},
    [D_PDF] = {"pdf", IN_FILES, MSG_EVIDENCE_PDF, 2, .takes = FILES_TAKE(PDF)},
};

/* The same names, taken as they are: an unfinished form may be wrong in every way. */
#define KEEP(index, name_) [index] = {name_, IN_WORDS, MSG_DESK_UNFINISHED, 20000}
const struct input keep_inputs[KEEP_INPUTS] = {
    KEEP(F_SERVICE, "service"),
    KEEP(F_UNIT, "unit"),
    KEEP(F_WORDS, "description"),
    KEEP(F_PLACE, "place"),
    KEEP(F_NAME, "name"),
    KEEP(F_PHONE, "phone"),
    KEEP(F_WHOSE, "whose_phone"),
    KEEP(F_SAFE, "safe_call"),
    KEEP(F_SEX, "sex"),
    KEEP(F_KIND, "kind"),
    KEEP(F_BEHALF, "brought_by"),
    KEEP(F_ANONYMOUS, "anonymous"),
    KEEP(F_ALIAS, "alias"),
    KEEP(F_SMS, "safe_sms"),
    KEEP(F_WHEN, "call_when"),
    KEEP(F_SPOKEN, "spoken"),
    KEEP(F_AGE, "age"),
    KEEP(F_MINORITY, "minority"),
    KEEP(F_SEEING, "seeing"),
    KEEP(F_HEARING, "hearing"),
    KEEP(F_WALKING, "walking"),
    KEEP(F_REMEMBERING, "remembering"),
    KEEP(F_SELF_CARE, "self_care"),
    KEEP(F_SPEAKING, "speaking"),
    KEEP(F_CONSENT_RECORD, "consent_record"),
    KEEP(F_CONSENT_CALL, "consent_call"),
    KEEP(F_CONSENT_HAND_OVER, "consent_hand_over"),
    KEEP(F_CONSENT_FIGURES, "consent_figures"),
    KEEP(F_SIGNATORIES, "signatories"),
    [F_DOCUMENTS] = {"documents", IN_LIST, MSG_DESK_UNFINISHED, 100},
    KEEP(F_PAST, "past_desk"),
    KEEP(F_ADDRESS, "address"),
    KEEP(F_LANG, "language"),
    KEEP(F_CHANNEL, "channel"),
    KEEP(F_CNIC, "cnic"),
    KEEP(F_RELATION, "relation"),
    KEEP(F_RELATION_NAME, "relation_name"),
    KEEP(F_SAME_AS, "same_as"),
    KEEP(F_ROOM, "room"),
    [D_STEP] = {"step", IN_CODE, MSG_DESK_UNFINISHED},
    [D_DRAFT] = {"draft", IN_CODE, MSG_DESK_UNFINISHED, .required = true},
};
const struct input drop_inputs[1] = {{"draft", IN_CODE, MSG_DESK_UNFINISHED, .required = true}};

/* ---- a form as text, and back ---- */

err form_text(struct arena *a, const struct input *inputs, const struct given *in, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(DRAFT_MAX);
    for (size_t i = 0; i < F_N; i++) {
        if (in[i].raw.n > 0) {
            buf_put(&b, str_of(inputs[i].name));
            buf_putc(&b, UNIT_SEP);
            buf_put(&b, in[i].raw);
            buf_putc(&b, ROW_SEP);
        }
    }
    *out = arena_str(a, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

void form_of_text(str text, struct given *in)
{
    while (text.n > 0) {
        str value = str_cut(&text, ROW_SEP);
        const str name = str_cut(&value, UNIT_SEP);
        for (size_t i = 0; i < F_N; i++) {
            if (str_eq(name, str_of(desk_inputs[i].name))) {
                in[i].raw = value;
            }
        }
    }
}

/* Whether anything was told yet: what stands in an empty form by itself is nothing. */
static bool form_begun(const struct given *in)
{
    static const enum file_input told[] = {F_SERVICE, F_WORDS, F_PLACE,   F_NAME,       F_PHONE,
                                           F_ALIAS,   F_CNIC,  F_ADDRESS, F_SIGNATORIES};
    for (size_t i = 0; i < COUNT(told); i++) {
        if (in[told[i]].raw.n > 0) {
            return true;
        }
    }
    return false;
}

/* ---- the fields ---- */

static struct field_view asked(struct web *w, size_t input, enum msg label)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.label = page_msg(&w->page, label);
    f.optional = false;
    f.complete = S("off"); /* what somebody else tells is nothing the browser knows */
    return f;
}

static err asked_of(struct web *w, size_t input, enum msg label, const struct case_word *words, size_t n,
                    str preset, struct field_view *out)
{
    *out = asked(w, input, label);
    return choices_words(w, input, words, n, preset, out);
}
#define ASKED(input, label, set, preset, out) \
    asked_of(w, input, label, case_##set##_words, CASE_##set##_n, preset, out)

/* Those of the rota who are here now, or may be: she names one, never why. */
static err room_fill(struct web *w, struct file_view *m)
{
    struct q_member_list *rows;
    size_t n;
    TRY(q_member_list(w->ctx.db, w->arena, w->ctx.actor.office_id, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    c[0] = (struct choice_view){.value = S("nobody"), .text = page_msg(&w->page, MSG_DESK_ROOM_NOBODY)};
    for (size_t i = 0; i < n; i++) {
        const struct msg_arg name = {"name", page_isolate(&w->page, rows[i].name_text)};
        c[i + 1] = (struct choice_view){.value = rows[i].login_code,
                                        .text = page_msg_args(&w->page, MSG_DESK_ROOM_OUT, 0, &name, 1)};
    }
    web_choose(w, F_ROOM, c, n + 1, STR_NONE);
    m->room = asked(w, F_ROOM, MSG_DESK_ROOM);
    m->room.hint = page_msg(&w->page, MSG_DESK_ROOM_HINT);
    m->room.choices = c;
    m->room.choices_n = n + 1;
    m->has_room = n > 0;
    return OK;
}

static err matter_fill(struct web *w, struct file_view *m)
{
    m->service.field = asked(w, F_SERVICE, MSG_CASE_SERVICE);
    m->unit = asked(w, F_UNIT, MSG_CASE_UNIT);
    m->place = asked(w, F_PLACE, MSG_NEW_PLACE);
    m->words = asked(w, F_WORDS, MSG_CASE_WORDS);
    m->words.rows = 4;
    TRY(ASKED(F_KIND, MSG_NEW_KIND, kind, S("complaint"), &m->kind));
    TRY(choices_words(w, F_CHANNEL, case_channel_words, CASE_channel_n - 1, S("desk"), &m->channel));
    const struct field_view channel = m->channel;
    m->channel = asked(w, F_CHANNEL, MSG_DESK_CHANNEL);
    m->channel.choices = channel.choices;
    m->channel.choices_n = channel.choices_n;
    m->same_as = asked(w, F_SAME_AS, MSG_NEW_SAME_AS);
    m->past = asked(w, F_PAST, MSG_DESK_PAST);
    m->matter_open = m->same_as.value.n > 0 || m->same_as.fault.n > 0 ||
                     (m->kind.value.n > 0 && !str_eq(m->kind.value, S("complaint"))) ||
                     (m->channel.value.n > 0 && !str_eq(m->channel.value, S("desk")));
    return OK;
}

static err contact_fill(struct web *w, struct file_view *m)
{
    static const struct case_word yes_no[] = {{S_INIT("1"), MSG_CASE_YES}, {S_INIT("0"), MSG_CASE_NO}};
    m->safe = asked(w, F_SAFE, MSG_DESK_SAFE);
    TRY(choices_words(w, F_SAFE, yes_no, COUNT(yes_no), STR_NONE, &m->safe));
    TRY(ASKED(F_CONSENT_RECORD, MSG_DESK_CONSENT_RECORD, yes_no, STR_NONE, &m->record));
    TRY(ASKED(F_CONSENT_CALL, MSG_PURPOSE_CALL, yes_no, STR_NONE, &m->call));
    TRY(ASKED(F_CONSENT_HAND_OVER, MSG_PURPOSE_HAND_OVER, yes_no, STR_NONE, &m->hand_over));
    TRY(ASKED(F_CONSENT_FIGURES, MSG_PURPOSE_FIGURES, yes_no, STR_NONE, &m->figures));
    TRY(ASKED(F_WHOSE, MSG_NEW_WHOSE, whose, STR_NONE, &m->whose));
    TRY(ASKED(F_WHEN, MSG_NEW_WHEN, when, STR_NONE, &m->when));
    m->sms = asked(w, F_SMS, MSG_NEW_SAFE_SMS);
    return OK;
}

/* Seeing, hearing, walking … : the six of the Washington Group short set. */
static err difficulties_fill(struct web *w, struct file_view *m)
{
    struct field_view *f = arena_array_of(w->arena, struct field_view, CASE_DIFFICULTIES_ASKED);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        const size_t input = F_SEEING + i;
        TRY(ASKED(input, desk_inputs[input].label, difficulty, STR_NONE, &f[i]));
    }
    m->difficulties = f;
    m->difficulties_n = CASE_DIFFICULTIES_ASKED;
    return OK;
}

/* A number on a card is taken as it is; that it does not look like one is said beside it. */
static str cnic_said(struct web *w)
{
    cnic c;
    const str typed = w->in[F_CNIC].raw;
    return typed.n > 0 && cnic_of(w->arena, typed, &c).code != ERR_OK ? page_msg(&w->page, MSG_DESK_CNIC_ODD)
                                                                      : S("");
}

static bool about_given(const struct web *w)
{
    static const enum file_input about[] = {
        F_BEHALF,       F_SIGNATORIES,       F_ANONYMOUS,      F_ALIAS,    F_RELATION,    F_RELATION_NAME,
        F_CNIC,         F_ADDRESS,           F_SPOKEN,         F_AGE,      F_MINORITY,    F_SEEING,
        F_HEARING,      F_WALKING,           F_SELF_CARE,      F_SPEAKING, F_REMEMBERING, F_SMS,
        F_CONSENT_CALL, F_CONSENT_HAND_OVER, F_CONSENT_FIGURES};
    for (size_t i = 0; i < COUNT(about); i++) {
        const struct given *g = &w->in[about[i]];
        if (g->fault.n > 0 || (g->raw.n > 0 && !str_eq(g->raw, S("self")) && !str_eq(g->raw, S("0")))) {
            return true;
        }
    }
    return false;
}

static err person_fill(struct web *w, struct file_view *m)
{
    m->phone = asked(w, F_PHONE, MSG_NEW_PHONE);
    m->name = asked(w, F_NAME, MSG_NEW_NAME);
    TRY(ASKED(F_SEX, MSG_DESK_SEX, sex, S("woman"), &m->sex));
    TRY(ASKED(F_BEHALF, MSG_NEW_BEHALF, behalf, S("self"), &m->behalf));
    m->signatories = asked(w, F_SIGNATORIES, MSG_NEW_SIGNATORIES);
    m->signatories.rows = 3;
    m->anonymous = asked(w, F_ANONYMOUS, MSG_DESK_ANONYMOUS);
    m->alias = asked(w, F_ALIAS, MSG_DESK_ALIAS);
    TRY(ASKED(F_RELATION, MSG_NEW_RELATION, relation, STR_NONE, &m->relation));
    m->relation_name = asked(w, F_RELATION_NAME, MSG_NEW_RELATION_NAME);
    m->cnic = asked(w, F_CNIC, MSG_NEW_CNIC);
    m->cnic.dir = S("ltr");
    m->cnic_note = cnic_said(w);
    m->address = asked(w, F_ADDRESS, MSG_DESK_ADDRESS);
    TRY(ASKED(F_SPOKEN, MSG_DESK_SPOKEN, spoken, STR_NONE, &m->spoken));
    TRY(ASKED(F_LANG, MSG_DESK_LANG, lang, S("ur"), &m->lang));
    TRY(ASKED(F_AGE, MSG_NEW_AGE, age, STR_NONE, &m->age));
    TRY(ASKED(F_MINORITY, MSG_DESK_MINORITY, minority, STR_NONE, &m->minority));
    m->about_open = about_given(w);
    return difficulties_fill(w, m);
}

err unfinished_fill(struct web *w, struct unfinished_list *out)
{
    struct q_draft_list *rows;
    size_t n;
    TRY(draft_list(&w->ctx, &rows, &n));
    struct unfinished_view *v = arena_array_of(w->arena, struct unfinished_view, n + 1);
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct unfinished_view){
            .code = rows[i].draft_code,
            .since = format_time(w->arena, w->lang, rows[i].updated_ms),
            .open = url_with(w->arena, url_local(w->arena, S("/cases/new")), S("draft"), rows[i].draft_code)};
    }
    *out = (struct unfinished_list){v, n};
    return OK;
}

err file_fields_fill(struct web *w, struct file_view *m)
{
    TRY(person_fill(w, m));
    TRY(matter_fill(w, m));
    return contact_fill(w, m);
}

/* What stands in the tables of the district: services, places, who is on the rota. */
static err tables_fill(struct web *w, struct file_view *m)
{
    TRY(service_pick_fill(w, F_SERVICE, m->service.field, &m->service));
    TRY(choices_unit(w, F_UNIT, w->ctx.actor.home, &m->unit));
    TRY(room_fill(w, m));
    return points_fill(w, w->ctx.actor.home, &m->points);
}

err file_form_fill(struct web *w, struct file_view *m)
{
    TRY(file_fields_fill(w, m));
    return tables_fill(w, m);
}

static err form_show(struct web *w)
{
    struct file_view m = {.draft = w->in[D_DRAFT].text};
    const bool fresh = w->route->write == NULL && m.draft.n == 0;
    if (m.draft.n == 0) {
        m.draft = w->page.idem_key;
    }
    if (fresh) {
        TRY(unfinished_fill(w, &m.unfinished));
    }
    TRY(file_form_fill(w, &m));
    m.pointed = w->in[D_POINTED].given && w->in[D_POINTED].n == 1;
    w->page.title = page_msg(&w->page, MSG_DESK_NEW);
    w->page.form_id = S("file");
    file_page(&w->page, &m);
    return web_html(w, w->page.faults_n > 0 ? 422 : 200);
}

/* ---- what cannot be skipped ---- */

void file_consent_asked(struct web *w)
{
    const struct given *record = &w->in[F_CONSENT_RECORD];
    if (!record->given && record->fault.n == 0) {
        web_fault(w, F_CONSENT_RECORD, MSG_DESK_CONSENT_MISSING);
    }
    const bool kept = !str_eq(record->text, S("no")) && w->in[F_ANONYMOUS].n == 0;
    if (w->in[F_PHONE].given && kept && !w->in[F_SAFE].given && w->in[F_SAFE].fault.n == 0) {
        web_fault(w, F_SAFE, MSG_DESK_SAFE_MISSING);
    }
}

/* What is only pointed to. */
err file_pointed(struct ctx *c, str service, bool *out)
{
    struct q_service_by_code row;
    const err e = catalogue_find(c, str_trim(service), &row);
    *out = e.code == ERR_OK && !catalogue_takes_down(row.sensitivity_code);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err file_matter_asked(struct web *w)
{
    struct q_place_by_code unit;
    struct q_service_by_code service;
    err e = place_find(&w->ctx, w->in[F_UNIT].text, &unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !unit.district_id.given)) {
        web_fault(w, F_UNIT, MSG_CASE_UNIT_UNKNOWN);
    } else if (e.code == ERR_OK && unit.district_id.v != w->ctx.actor.home) {
        web_fault(w, F_UNIT, MSG_CASE_UNIT_ELSEWHERE);
    } else {
        TRY(e);
    }
    e = catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service);
    if (e.code == ERR_NOT_FOUND) {
        web_fault(w, F_SERVICE, MSG_CASE_SERVICE_UNKNOWN);
        return OK;
    }
    return e;
}

static unsigned step_sent(const struct given *in)
{
    return in[D_STEP].given ? (unsigned)in[D_STEP].n : DESK_CHECK;
}

/* Whether what shall be registered is what was read, and she agreed. */
static bool said_right(struct arena *a, const struct given *in)
{
    return in[D_SAID].given && str_eq(in[D_SAID].text, said_digest(a, in));
}

err prepare_file(struct web *w)
{
    bool pointed;
    TRY(file_pointed(&w->ctx, w->in[F_SERVICE].raw, &pointed));
    if (pointed || step_sent(w->in) == DESK_CHANGE) { /* the write ends what was kept of it */
        return OK;
    }
    file_consent_asked(w);
    TRY(file_matter_asked(w));
    const bool registers = step_sent(w->in) == DESK_REGISTER && said_right(w->arena, w->in);
    if (registers && w->faults == 0 && w->in[D_AGREED].n != 1) {
        web_fault(w, D_AGREED, MSG_DESK_AGREED_MISSING);
    }
    for (size_t i = D_PHOTOS; registers && w->faults == 0 && i <= D_PDF; i++) {
        TRY(evidence_take(w, i));
    }
    return OK;
}

static err files_add(struct ctx *c, const struct given *in, const struct receipt *filed)
{
    case_ref ref;
    TRY(case_ref_of(c->arena, filed->ref, &ref));
    for (size_t i = D_PHOTOS; i <= D_PDF; i++) {
        TRY(case_evidence_put(c, &ref, EVIDENCE_NO_PAIR, false, evidence_taken(&in[i])));
    }
    return OK;
}

/* An unfinished form is kept, unless it is about what is only pointed to: of that nothing stays, nor what was
 * kept of it before. */
static err form_keep(struct ctx *c, const struct input *inputs, const struct given *in)
{
    bool pointed;
    str text;
    TRY(file_pointed(c, in[F_SERVICE].raw, &pointed));
    if (pointed) {
        return draft_end(c, in[D_DRAFT].text);
    }
    TRY(form_text(c->arena, inputs, in, &text));
    return draft_keep(c, in[D_DRAFT].text, text);
}

err write_file(struct ctx *c, const struct given *in, struct receipt *out)
{
    bool pointed;
    TRY(file_pointed(c, in[F_SERVICE].raw, &pointed));
    if (!pointed && step_sent(in) == DESK_REGISTER && said_right(c->arena, in) && in[D_AGREED].n == 1) {
        TRY(write_case(c, in, out));
        TRY(files_add(c, in, out));
        return in[D_DRAFT].given ? draft_end(c, in[D_DRAFT].text) : OK;
    }
    /* Nothing is registered yet: it is read back first. */
    out->note = S("said");
    return in[D_DRAFT].given ? form_keep(c, desk_inputs, in) : OK;
}

err answer_file(struct web *w)
{
    case_ref ref;
    bool pointed;
    TRY(file_pointed(&w->ctx, w->in[F_SERVICE].raw, &pointed));
    if (pointed) {
        web_fault(w, F_SERVICE, MSG_CASE_SERVICE_POINTED);
        return form_show(w);
    }
    if (w->receipt.ref.n == 0) {
        return step_sent(w->in) == DESK_CHANGE ? form_show(w) : show_said(w);
    }
    if (w->in[F_PAST].given && w->in[F_PAST].n == 1) {
        return answer_past(w);
    }
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(
        w, url_local(w->arena, arena_printf(w->arena, "/cases/%.*s/filed", STR_F(case_ref_digits(&ref)))));
}

/* The form, filled with what was kept; or given back; or, in another language, what was being read. */
err show_file(struct web *w)
{
    str text;
    const bool posted = w->route->write != NULL;
    if (!posted && w->in[D_DRAFT].given) {
        const err e = draft_read(&w->ctx, w->in[D_DRAFT].text, &text);
        if (e.code == ERR_NOT_FOUND) {
            return web_redirect(w, url_local(w->arena, S("/cases/new")));
        }
        TRY(e);
        form_of_text(text, w->in);
        return form_show(w);
    }
    if (posted && step_sent(w->in) == DESK_REGISTER && w->fail.message == 0 &&
        (w->faults == 0 || w->in[D_AGREED].fault.n > 0)) {
        return show_said(w);
    }
    if (posted && w->faults > 0) {
        file_consent_asked(w);
    }
    return form_show(w);
}

/* ---- kept for later ---- */

err show_keep(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/cases/new")));
}

err write_keep(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return form_begun(in) ? form_keep(c, keep_inputs, in) : OK;
}

err answer_keep(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/desk")));
}

err write_drop(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return draft_end(c, in[0].text);
}
