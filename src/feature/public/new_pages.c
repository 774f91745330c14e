/* new_pages.c: filing in small steps. Every answer so far travels along in the form; nothing is kept before
 * "send". */
#include "new_pages.h"

#include "case_evidence_pages.h"
#include "catalogue.h"
#include "check.h"
#include "clock.h"
#include "evidence_take.h"
#include "new.html.h"

enum { SIMILAR_MAX = 3, SIMILAR_DAYS = 30 };

#define ANSWERS                                                                                           \
    FILE_INPUTS_ASKED("", false),                                                                         \
        [N_SAME] = {"same_as", IN_SIGNED, MSG_NONE}, [N_COUNCIL] = {"council", IN_CODE, MSG_NEW_COUNCIL}, \
        [N_GROUP] = {"group", IN_CODE, MSG_NEW_GROUP}, [N_LATER] = {"later", IN_FLAG, MSG_NEW_LATER}

const struct input new_inputs[NEW_INPUTS] = {
    ANSWERS,
    [N_STEP] = {"step", IN_NUMBER, MSG_NONE, STEP_CHECK},
    [N_TO] = {"to", IN_NUMBER, MSG_NONE, STEP_CHECK},
    [N_RETURN] = {"return", IN_FLAG, MSG_NONE},
    [N_SKIP] = {"skip", IN_FLAG, MSG_NONE},
    [N_AGREE] = {"agree", IN_FLAG, MSG_NONE},
    [N_WAS] = {"was", IN_CODE, MSG_NONE},
};
const struct input send_inputs[SEND_INPUTS] = {
    ANSWERS,
    [SEND_VOICE] = {"voice", IN_FILES, MSG_NEW_VOICE, 1, .takes = FILES_TAKE(VOICE)},
    [SEND_PHOTOS] = {"photos", IN_FILES, MSG_NEW_PHOTOS, 3, .takes = FILES_TAKE(PHOTO)},
};

/* Which question each answer belongs to, and what is said when it is missing there. */
static const struct {
    enum new_step step;
    enum msg missing; /* MSG_NONE: it may be left out */
} questions[N_ANSWERS] = {
    [F_KIND] = {STEP_KIND, MSG_NEW_KIND_MISSING},
    [N_GROUP] = {STEP_GROUP, MSG_NEW_SERVICE_MISSING},
    [F_SERVICE] = {STEP_SERVICE, MSG_NEW_SERVICE_MISSING},
    [F_UNIT] = {STEP_UNIT, MSG_NEW_UNIT_MISSING},
    [N_COUNCIL] = {STEP_PLACE, MSG_NONE},
    [F_PLACE] = {STEP_PLACE, MSG_NONE},
    [N_SAME] = {STEP_SAME, MSG_NONE},
    [F_DOCUMENTS] = {STEP_PAPERS, MSG_NONE},
    [F_WORDS] = {STEP_WORDS, MSG_NEW_WORDS_MISSING},
    [F_PAST] = {STEP_WORDS, MSG_NONE},
    [N_LATER] = {STEP_WORDS, MSG_NONE},
    [F_PHONE] = {STEP_REACH, MSG_NONE},
    [F_WHOSE] = {STEP_REACH, MSG_NONE},
    [F_SAFE] = {STEP_REACH, MSG_NONE},
    [F_SMS] = {STEP_REACH, MSG_NONE},
    [F_WHEN] = {STEP_REACH, MSG_NONE},
    [F_NAME] = {STEP_REACH, MSG_NONE},
    [F_ANONYMOUS] = {STEP_REACH, MSG_NONE},
    [F_SEX] = {STEP_YOU, MSG_NEW_SEX_MISSING},
    [F_BEHALF] = {STEP_DETAILS, MSG_NONE},
    [F_SPOKEN] = {STEP_DETAILS, MSG_NONE},
    [F_AGE] = {STEP_DETAILS, MSG_NONE},
    [F_MINORITY] = {STEP_DETAILS, MSG_NONE},
    [F_SEEING] = {STEP_DETAILS, MSG_NONE},
    [F_HEARING] = {STEP_DETAILS, MSG_NONE},
    [F_WALKING] = {STEP_DETAILS, MSG_NONE},
    [F_REMEMBERING] = {STEP_DETAILS, MSG_NONE},
    [F_SELF_CARE] = {STEP_DETAILS, MSG_NONE},
    [F_SPEAKING] = {STEP_DETAILS, MSG_NONE},
    [F_CONSENT_RECORD] = {STEP_CONSENT, MSG_NEW_CONSENT_RECORD_MISSING},
    [F_CONSENT_CALL] = {STEP_CONSENT, MSG_NEW_CONSENT_CALL_MISSING},
    [F_CONSENT_HAND_OVER] = {STEP_CONSENT, MSG_NEW_CONSENT_HAND_OVER_MISSING},
    [F_CONSENT_FIGURES] = {STEP_CONSENT, MSG_NEW_CONSENT_FIGURES_MISSING},
};

/* ---- what was answered ---- */

bool new_is(const struct web *w, size_t input, str code)
{
    return w->in[input].given && str_eq(w->in[input].text, code);
}

bool new_later(const struct given *in)
{
    return !in[F_WORDS].given && in[N_LATER].given && in[N_LATER].n == 1;
}

void new_forget(struct web *w, size_t input)
{
    w->in[input] = (struct given){.given = false};
}

static void answer_with(struct web *w, size_t input, str code)
{
    w->in[input] = (struct given){.given = true, .raw = code, .text = code};
}

/* Only what concerns her: without a name or number there is nothing to agree to about them. */
bool new_consent_asked(const struct web *w, size_t purpose)
{
    const bool anonymous = w->in[F_ANONYMOUS].given && w->in[F_ANONYMOUS].n == 1;
    const bool number = w->in[F_PHONE].given && !anonymous;
    bool figures = false;
    for (size_t i = F_AGE; i <= F_SPEAKING; i++) {
        figures = figures || w->in[i].given;
    }
    switch (purpose) {
    case CASE_purpose_record:
        return number || (w->in[F_NAME].given && !anonymous);
    case CASE_purpose_call:
        return number;
    case CASE_purpose_figures:
        return figures;
    default:
        return true;
    }
}

/* Whether a missing answer is missed. */
static bool needed(const struct web *w, size_t input)
{
    if (input == N_GROUP) {
        return !w->in[F_SERVICE].given;
    }
    if (input == F_WORDS) { /* who joins another's complaint need not say it again */
        return !w->in[N_SAME].given && !new_later(w->in);
    }
    if (input >= F_CONSENT_RECORD && input <= F_CONSENT_FIGURES) {
        return new_consent_asked(w, input - F_CONSENT_RECORD);
    }
    return questions[input].missing != MSG_NONE;
}

err new_unit(struct web *w, struct q_place_by_code *out)
{
    const struct given *council = &w->in[N_COUNCIL];
    if (council->given && place_find(&w->ctx, council->text, out).code == ERR_OK) {
        return OK;
    }
    return w->in[F_UNIT].given ? place_find(&w->ctx, w->in[F_UNIT].text, out) : FAIL(NOT_FOUND);
}

/* ---- the way through the questions ---- */

/* Open cases of the same matter in the same place. */
static err similar_find(struct web *w, int64_t service, struct new_walk *walk)
{
    struct q_place_by_code unit;
    int64_t nearer;
    bool inside = false;
    struct q_case_similar *rows;
    if (new_unit(w, &unit).code != ERR_OK || !unit.district_id.given) {
        return OK;
    }
    walk->home = unit.district_id.v;
    if (w->in[F_PLACE].given &&
        place_locality(&w->ctx, walk->home, w->in[F_PLACE].text, &nearer).code == ERR_OK) {
        TRY(place_lies_in(&w->ctx, nearer, unit.id, &inside));
    }
    const struct q_case_similar_in in = {
        .home = walk->home,
        .topic_id = service,
        .unit_id = inside ? nearer : unit.id,
        .since_ms = w->ctx.now_ms - (int64_t)SIMILAR_DAYS * MS_PER_DAY,
        .limit = SIMILAR_MAX,
    };
    TRY(q_case_similar(w->ctx.db, w->arena, &in, &rows, &walk->similar_n));
    walk->similar = rows;
    return OK;
}

err new_walk_of(struct web *w, struct new_walk *out)
{
    struct q_service_by_code service;
    struct new_walk walk = {.home = 0};
    for (int s = STEP_KIND; s <= STEP_CHECK; s++) {
        walk.has[s] = s != STEP_SAME && s != STEP_PAPERS;
    }
    if (w->in[F_SERVICE].given && catalogue_find(&w->ctx, w->in[F_SERVICE].text, &service).code == ERR_OK) {
        if (new_is(w, F_KIND, S("application"))) {
            struct q_service_documents *papers;
            size_t n;
            TRY(catalogue_documents(&w->ctx, service.id, &papers, &n));
            walk.has[STEP_PAPERS] = n > 0;
        }
        if (new_is(w, F_KIND, S("complaint"))) {
            TRY(similar_find(w, service.id, &walk));
            walk.has[STEP_SAME] = walk.similar_n > 0;
        }
    }
    *out = walk;
    return OK;
}

/* The first step, up to `last`, in which something is wrong or missing; 0 when none is. Notes what is
 * missing. */
static int64_t step_at_fault(struct web *w, int64_t last)
{
    int64_t first = 0;
    for (size_t i = 0; i < N_ANSWERS; i++) {
        const int64_t at = questions[i].step;
        if (at == 0 || at > last) {
            continue;
        }
        if (needed(w, i) && !w->in[i].given && w->in[i].fault.n == 0) {
            web_fault(w, i, questions[i].missing);
        }
        if (w->in[i].fault.n > 0 && (first == 0 || at < first)) {
            first = at;
        }
    }
    return first;
}

static bool of_step(const struct web *w, str field, int64_t step)
{
    for (size_t i = 0; i < N_ANSWERS; i++) {
        if (str_eq(field, str_of(w->route->inputs[i].name))) {
            return questions[i].step == step;
        }
    }
    return true; /* of the form as a whole */
}

/* A fault of another question is not said on this page, and none twice. */
static void faults_of_step(struct web *w, int64_t step)
{
    struct page_fault *kept = arena_array_of(w->arena, struct page_fault, w->page.faults_n + 1);
    size_t n = 0;
    for (size_t i = 0; kept != NULL && i < w->page.faults_n; i++) {
        const struct page_fault *f = &w->page.faults[i];
        bool said = !of_step(w, f->field, step);
        for (size_t k = 0; f->field.n == 0 && k < w->page.faults_n; k++) {
            said = said || (k != i && str_eq(w->page.faults[k].text, f->text));
        }
        if (!said) {
            kept[n++] = *f;
        }
    }
    w->page.faults = kept;
    w->page.faults_n = kept == NULL ? 0 : n;
}

static err hidden_fill(struct web *w, struct new_view *m)
{
    struct hidden_view *rows = arena_array_of(w->arena, struct hidden_view, N_ANSWERS);
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < N_ANSWERS; i++) {
        if (questions[i].step != m->step && w->in[i].raw.n > 0) {
            rows[n++] = (struct hidden_view){str_of(w->route->inputs[i].name), w->in[i].raw};
        }
    }
    m->hidden = rows;
    m->hidden_n = n;
    return OK;
}

/* Where this page stands among those that are asked, and which one is before it. */
static void place_fill(const struct new_walk *walk, struct new_view *m)
{
    for (int64_t s = STEP_KIND; s <= STEP_CHECK; s++) {
        m->all += walk->has[s];
        m->now += s <= m->step && walk->has[s];
        if (s < m->step && walk->has[s]) {
            m->before = s;
        }
    }
}

static int64_t step_behind(const struct new_walk *walk, int64_t step)
{
    do {
        step++;
    } while (step < STEP_CHECK && !walk->has[step]);
    return step;
}

/* One of them is needed when she wrote nothing. */
static void files_fill(struct web *w, struct new_view *m)
{
    const bool sent = w->route->inputs == send_inputs;
    m->later = new_later(w->in);
    m->voice =
        files_field(w, &send_inputs[SEND_VOICE], sent ? &w->in[SEND_VOICE] : NULL,
                    w->in[F_PAST].given && w->in[F_PAST].n == 1 ? MSG_NEW_VOICE_PAST : MSG_NEW_VOICE_HINT);
    m->photos =
        files_field(w, &send_inputs[SEND_PHOTOS], sent ? &w->in[SEND_PHOTOS] : NULL, MSG_NEW_PHOTOS_HINT);
    m->voice.optional = !m->later;
    m->photos.optional = !m->later;
}

static err show_step(struct web *w, int64_t step)
{
    struct new_walk walk;
    struct new_view m = {.step = step};
    CHECK(step <= STEP_CHECK);
    TRY(new_walk_of(w, &walk));
    /* cppcheck-suppress arrayIndexOutOfBoundsCond */
    if (step < STEP_KIND || !walk.has[step]) {
        m.step = step_behind(&walk, step);
    }
    w->page.title = page_msg(&w->page, MSG_TITLE_FORM);
    w->page.form_id = S("new");
    w->page.back = m.step == STEP_KIND ? url_local(w->arena, S("/")) : (struct url){STR_NONE};
    faults_of_step(w, m.step);
    place_fill(&walk, &m);
    m.returning = w->route->inputs == new_inputs && w->in[N_RETURN].given && w->in[N_RETURN].n == 1;
    TRY(m.step == STEP_CHECK ? new_check(w, &walk, &m) : new_ask(w, &walk, &m));
    if (m.step == STEP_CHECK) {
        files_fill(w, &m);
    }
    TRY(hidden_fill(w, &m));
    new_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one step was sent ---- */

/* The matter must fit what it is and the picture it was looked for under. */
static err service_fits(struct web *w, bool *out)
{
    struct q_service_all *rows;
    size_t n;
    *out = false;
    TRY(catalogue_list(&w->ctx, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].service_code, w->in[F_SERVICE].text)) {
            *out = (!new_is(w, F_KIND, S("application")) || rows[i].application_flag != 0) &&
                   (!w->in[N_GROUP].given || str_eq(rows[i].group_code, w->in[N_GROUP].text));
        }
    }
    return OK;
}

static err council_fits(struct web *w, bool *out)
{
    struct q_place_by_code unit;
    struct q_place_by_code council;
    *out = false;
    if (place_find(&w->ctx, w->in[F_UNIT].text, &unit).code != ERR_OK ||
        place_find(&w->ctx, w->in[N_COUNCIL].text, &council).code != ERR_OK) {
        return OK;
    }
    return place_lies_in(&w->ctx, council.id, unit.id, out);
}

/* A page of tiles that was sent without touching one: by "back", or for another language. */
static void untouched_keep(struct web *w, int64_t sent)
{
    static const size_t tiles[] = {[STEP_KIND] = F_KIND,
                                   [STEP_GROUP] = N_GROUP,
                                   [STEP_SERVICE] = F_SERVICE,
                                   [STEP_UNIT] = F_UNIT,
                                   [STEP_YOU] = F_SEX};
    const bool has = sent == STEP_YOU || (sent >= STEP_KIND && sent <= STEP_UNIT);
    if (has && w->in[N_WAS].given && !w->in[tiles[sent]].given) {
        answer_with(w, tiles[sent], w->in[N_WAS].text);
    }
}

/* An answer that was changed takes along what hung on it. */
static err answers_settle(struct web *w, int64_t sent)
{
    bool fits = true;
    if (sent <= STEP_GROUP && w->in[F_SERVICE].given) {
        TRY(service_fits(w, &fits));
        if (!fits) {
            new_forget(w, F_SERVICE);
        }
        if (!fits && sent == STEP_KIND) {
            new_forget(w, N_GROUP);
        }
    }
    if (sent == STEP_UNIT && w->in[N_COUNCIL].given) {
        TRY(council_fits(w, &fits));
        if (!fits) {
            new_forget(w, N_COUNCIL);
        }
    }
    if (sent < STEP_SAME) { /* it is asked again behind this */
        new_forget(w, N_SAME);
    }
    for (size_t i = 0; sent == STEP_DETAILS && w->in[N_SKIP].given && i < N_ANSWERS; i++) {
        if (questions[i].step == STEP_DETAILS) {
            new_forget(w, i);
        }
    }
    for (size_t p = 0; sent == STEP_CONSENT && w->in[N_AGREE].given && p < CASE_purpose_n; p++) {
        if (new_consent_asked(w, p)) {
            answer_with(w, F_CONSENT_RECORD + p, S("yes"));
        }
    }
    return OK;
}

err show_new(struct web *w)
{
    return show_step(w, STEP_KIND);
}

err show_new_step(struct web *w)
{
    struct new_walk walk;
    const int64_t sent = w->in[N_STEP].given && w->in[N_STEP].n > 0 ? w->in[N_STEP].n : STEP_KIND;
    untouched_keep(w, sent);
    if (w->in[N_TO].given && w->in[N_TO].n > 0) {
        return show_step(w, w->in[N_TO].n);
    }
    if (w->step && w->faults == 0) { /* it is wanted in another language, nothing else */
        return show_step(w, sent);
    }
    TRY(answers_settle(w, sent));
    TRY(new_walk_of(w, &walk));
    /* What is wrong is said at its own question, together with what is missing there. */
    const bool returning = w->in[N_RETURN].given && w->in[N_RETURN].n == 1;
    const int64_t next = returning ? STEP_CHECK : step_behind(&walk, sent);
    const int64_t at_fault = step_at_fault(w, returning ? STEP_CHECK : sent);
    if (at_fault > sent) { /* what an answer took along is asked anew: nothing is wrong there */
        w->page.faults_n = 0;
        for (size_t i = 0; i < N_ANSWERS; i++) {
            w->in[i].fault = w->in[i].raw.n > 0 ? w->in[i].fault : STR_NONE;
        }
    }
    return show_step(w, at_fault > 0 ? at_fault : next);
}

/* Sent at last, and refused: by an input, or by the rules, which name the input. */
err show_new_again(struct web *w)
{
    for (size_t i = 0; w->fail.message != MSG_NONE && w->fail.field != NULL && i < N_ANSWERS; i++) {
        if (str_eq(str_of(w->fail.field), str_of(w->route->inputs[i].name)) && questions[i].step != 0) {
            web_fault(w, i, (enum msg)w->fail.message);
        }
    }
    const int64_t at_fault = step_at_fault(w, STEP_CHECK);
    return show_step(w, at_fault > 0 ? at_fault : STEP_CHECK);
}

/* ---- the write ---- */

static err told_enough(struct ctx *c, const struct case_new *n)
{
    const struct {
        str told;
        enum msg missing;
        const char *field;
    } must[] = {
        {n->service, MSG_NEW_SERVICE_MISSING, "service"},
        {n->unit, MSG_NEW_UNIT_MISSING, "unit"},
        {n->words, MSG_NEW_WORDS_MISSING, "description"},
        {n->sex, MSG_NEW_SEX_MISSING, "sex"},
    };
    for (size_t i = 0; i < sizeof must / sizeof must[0]; i++) {
        if (must[i].told.n == 0) {
            return fail_set(c->fail, ERR_INVALID, (int)must[i].missing, must[i].field);
        }
    }
    return OK;
}

err prepare_new(struct web *w)
{
    TRY(evidence_take(w, SEND_VOICE));
    return evidence_take(w, SEND_PHOTOS);
}

/* The actor is nobody, and only what everybody is asked is there. */
err write_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_new n;
    struct case_receipt done;
    const struct evidence_pieces *voice = evidence_taken(&in[SEND_VOICE]);
    const struct evidence_pieces *photos = evidence_taken(&in[SEND_PHOTOS]);
    const bool alone = new_later(in) && voice->n + photos->n > 0;
    if (new_later(in) && !alone) {
        return fail_set(c->fail, ERR_INVALID, MSG_NEW_LATER_MISSING, "voice");
    }
    told_of(in, false, &n);
    c->actor = (struct actor){.role = ROLE_PUBLIC};
    n.lang = lang_table[c->lang].code;
    n.channel = S("public");
    if (in[N_COUNCIL].given) {
        n.unit = in[N_COUNCIL].text;
    }
    if (in[N_SAME].given) {
        n.same_as = in[N_SAME].text;
        n.words = n.words.n > 0 ? n.words : msg_text((enum lang)c->lang, MSG_NEW_SAME_WORDS);
    }
    if (alone) { /* until the desk has typed what she says */
        n.words = case_evidence_alone(c, n.past_desk);
    }
    TRY(told_enough(c, &n));
    TRY(case_file(c, &n, &done));
    TRY(case_evidence_put(c, &done.ref, EVIDENCE_NO_PAIR, alone, voice));
    TRY(case_evidence_put(c, &done.ref, EVIDENCE_NO_PAIR, alone, photos));
    receipt_of(c, &done, out);
    return OK;
}

err show_new_start(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/new")));
}
