/* track_pages.c: looking a complaint up with number and PIN, and what the complainant may do there. */
#include "track_pages.h"

#include "case_evidence_pages.h"
#include "case_write.h"
#include "clock.h"
#include "evidence_take.h"
#include "fold.h"
#include "track.html.h"
#include "random.h"
#include "web.h"

enum { T_REF, T_PIN };

const struct input track_inputs[TRACK_INPUTS] = {
    /* A mistyped number, an unknown one and a wrong PIN are answered alike, so neither is checked before the
       other. */
    [T_REF] = {"ref", IN_LINE, MSG_NEW_REF, .required = true},
    [T_PIN] = {"pin", IN_LINE, MSG_NEW_PIN, .required = true},
};

err show_track(struct web *w)
{
    struct track_view m = {.ref = web_field(w, T_REF, MSG_TRACK_REF_HINT),
                           .pin = web_field(w, T_PIN, MSG_TRACK_PIN_HINT)};
    m.ref.inputmode = m.pin.inputmode = S("numeric");
    m.ref.dir = m.pin.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_TITLE_LOOK);
    w->page.form_id = w->page.staff ? STR_NONE : S("track");
    w->page.back = url_local(w->arena, S("/"));
    if (str_eq(w->receipt.note, S("away"))) {
        m.note = page_msg(&w->page, MSG_TRACK_NOT_HERE);
    } else if (str_eq(w->receipt.note, S("barred"))) {
        m.note = page_msg(&w->page, MSG_TRACK_BARRED);
    }
    track_page(&w->page, &m);
    return web_html(w, w->page.faults_n > 0 ? 422 : 200);
}

/* Whoever works here does not answer in a complainant's place, however he came by her PIN. */
static err not_staff(struct ctx *c)
{
    return c->actor.user_id == 0 ? OK : fail_set(c->fail, ERR_DENIED, MSG_TRACK_STAFF, NULL);
}

/* Who hears her is somebody else then. */
static err goes_past(struct ctx *c, const case_ref *ref, bool *out)
{
    struct case_view v;
    TRY(case_find(c, ref, &v));
    return case_past_desk(c, &v, out);
}

/* Six digits as people type them; anything else is a PIN that is wrong. */
static str pin_typed(struct ctx *c, str typed)
{
    SCOPED(buf_free) struct buf digits = buf_new(PIN_LEN + 1);
    const str ascii = digits_ascii(c->arena, typed);
    for (size_t i = 0; i < ascii.n; i++) {
        if (ascii.p[i] >= '0' && ascii.p[i] <= '9') {
            buf_putc(&digits, ascii.p[i]);
        }
    }
    return arena_str(c->arena, buf_str(&digits));
}

/* A number with a wrong check digit is nobody's. It goes the way of one that nobody has, under a number made
 * from it that nobody can have, so that each mistyped one is counted for itself. */
static case_ref nobodys(str typed)
{
    case_ref ref;
    uint8_t hash[32];
    content_hash(typed, hash);
    for (size_t i = 0; i < sizeof ref.digits; i++) {
        ref.digits[i] = (char)('0' + hash[i] % 10);
    }
    const char check = damm_digit((str){ref.digits, sizeof ref.digits - 1});
    ref.digits[sizeof ref.digits - 1] = check == '9' ? '0' : (char)(check + 1);
    return ref;
}

/* A wrong PIN is counted, so looking is a write; the answer to it is no failure of that write. */
err write_track(struct ctx *c, const struct given *in, struct receipt *out)
{
    static const str notes[] = {[CASE_PIN_WRONG] = S_INIT("wrong"),
                                [CASE_PIN_RIGHT] = S_INIT("open"),
                                [CASE_PIN_AWAY] = S_INIT("away"),
                                [CASE_PIN_BARRED] = S_INIT("barred")};
    enum case_opened opened = CASE_PIN_WRONG;
    TRY(not_staff(c));
    case_ref ref = nobodys(in[T_REF].text);
    const bool well_formed = case_ref_of(c->arena, in[T_REF].text, &ref).code == ERR_OK;
    const err e = case_open_by_pin(c, &ref, pin_typed(c, in[T_PIN].text), &opened);
    if (e.code == ERR_LIMIT) {
        out->note = S("wait");
        return OK;
    }
    TRY(e);
    out->note = notes[well_formed ? opened : CASE_PIN_WRONG];
    out->ref = arena_str(c->arena, case_ref_digits(&ref));
    return OK;
}

/* ---- what she may do there ---- */

const struct input say_inputs[SAY_INPUTS] = {
    [0] = {"case", IN_SIGNED, MSG_NEW_REF, .required = true, .missing = MSG_TRACK_EXPIRED},
    [1] = {"outcome", IN_CHOICE, MSG_TRACK_ANSWER_TITLE, .choices = case_outcome_codes},
    [2] = {"back", IN_FLAG, MSG_NONE}, /* it was not meant */
};

const struct input opened_inputs[OPENED_INPUTS] = {
    [0] = {"case", IN_SIGNED, MSG_NEW_REF},
    [1] = {"thanks", IN_FLAG, MSG_NONE},
};

static const char *const choices_her_action[] = {"answer", "amend", "reopen", "withdraw", "comment", NULL};

const struct input status_inputs[STATUS_INPUTS] = {
    [P_CASE] = {"case", IN_SIGNED, MSG_NEW_REF, .required = true, .missing = MSG_TRACK_EXPIRED},
    [P_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_her_action},
    [P_OUTCOME] = {"outcome", IN_CHOICE, MSG_TRACK_ANSWER_TITLE, .choices = case_outcome_codes},
    [P_ANSWER_WORDS] = {"answer_words", IN_WORDS, MSG_TRACK_ANSWER_WORDS, CASE_WORDS_MAX},
    [P_INFO] = {"info", IN_WORDS, MSG_TRACK_INFO_WORDS, CASE_WORDS_MAX},
    [P_REOPEN] = {"reopen_words", IN_WORDS, MSG_TRACK_REOPEN_WORDS, CASE_WORDS_MAX},
    [P_WITHDRAW] = {"withdraw_words", IN_WORDS, MSG_TRACK_WITHDRAW_WORDS, CASE_WORDS_MAX},
    [P_COMMENT] = {"comment_words", IN_WORDS, MSG_TRACK_COMMENT_WORDS, CASE_WORDS_MAX},
    [P_VOICE] = {"voice", IN_FILES, MSG_NEW_VOICE, 1, .takes = FILES_TAKE(VOICE)},
    [P_PHOTOS] = {"photos", IN_FILES, MSG_NEW_PHOTOS, 3, .takes = FILES_TAKE(PHOTO)},
    [P_PDF] = {"pdf", IN_FILES, MSG_EVIDENCE_PDF, 1, .takes = FILES_TAKE(PDF)},
};

/* The case stands on a page of its own, which may be loaded again and turned into another language. */
static err to_status(struct web *w, str key, bool thanks)
{
    struct url u = url_local(w->arena, S("/track/case"));
    u = url_with(w->arena, u, S("case"), web_sign(w, S("case"), key, CASE_TOKEN_SECONDS));
    return web_redirect(w, thanks ? url_with(w->arena, u, S("thanks"), S("1")) : u);
}

err answer_track(struct web *w)
{
    if (str_eq(w->receipt.note, S("away")) || str_eq(w->receipt.note, S("barred"))) {
        return show_track(w);
    }
    if (!str_eq(w->receipt.note, S("open"))) {
        web_fault(w, T_PIN, str_eq(w->receipt.note, S("wait")) ? MSG_CASE_PIN_WAIT : MSG_CASE_PIN_WRONG);
        return show_track(w);
    }
    case_ref ref;
    str key;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    TRY(case_key(&w->ctx, &ref, &key));
    return to_status(w, key, false);
}

/* What she has before her eyes can no longer be taken back as if nobody had seen it. */
err her_case(struct ctx *c, const struct given *in, case_ref *out)
{
    TRY(not_staff(c));
    if (!in[0].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(case_of_key(c, in[0].text, out));
    return case_admit(c, out);
}

static bool her_unseen(struct ctx *c, const struct given *in)
{
    case_ref ref;
    struct ctx her = *c;
    return her_case(&her, in, &ref).code == ERR_OK && case_unseen(&her, &ref);
}

static err her_note(struct ctx *c, const struct given *in)
{
    case_ref ref;
    TRY(her_case(c, in, &ref));
    return case_seen(c, &ref);
}

const struct seen_fns opened_seen = {.unseen = her_unseen, .note = her_note};

err show_opened(struct web *w)
{
    case_ref ref;
    if (!w->in[0].given || case_of_key(&w->ctx, w->in[0].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    TRY(not_staff(&w->ctx));
    return show_status(w, &ref, w->in[1].given && w->in[1].n == 1 ? MSG_TRACK_THANKS : MSG_NONE);
}

err show_track_start(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/track")));
}

/* The words of each action stand under a name of their own, for they stand on one page. */
static size_t words_of(str action)
{
    static const struct {
        str action;
        size_t input;
    } words[] = {
        {S_INIT("answer"), P_ANSWER_WORDS}, {S_INIT("amend"), P_INFO},      {S_INIT("reopen"), P_REOPEN},
        {S_INIT("withdraw"), P_WITHDRAW},   {S_INIT("comment"), P_COMMENT},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_eq(words[i].action, action)) {
            return words[i].input;
        }
    }
    return P_COMMENT;
}

err prepare_status(struct web *w)
{
    TRY(evidence_take(w, P_VOICE));
    TRY(evidence_take(w, P_PHOTOS));
    return evidence_take(w, P_PDF);
}

/* What she adds belongs to the step. Voice or picture without words is enough: the desk types it later. */
static err her_files(struct ctx *c, const struct given *in, const case_ref *ref, bool alone)
{
    for (size_t i = P_VOICE; i <= P_PDF; i++) {
        TRY(case_evidence_put(c, ref, EVIDENCE_NO_PAIR, alone, evidence_taken(&in[i])));
    }
    return OK;
}

err write_status(struct ctx *c, const struct given *in, struct receipt *out)
{
    case_ref ref;
    struct case_receipt done;
    const struct given *words = &in[words_of(in[P_ACTION].text)];
    struct case_act act = {
        .words = words->given ? words->text : STR_NONE,
        .outcome = in[P_OUTCOME].given ? in[P_OUTCOME].text : STR_NONE,
        .via = S("public"),
    };
    const bool alone = act.words.n == 0 && in[P_VOICE].n + in[P_PHOTOS].n > 0;
    bool past;
    TRY(not_staff(c));
    if (case_of_key(c, in[P_CASE].text, &ref).code != ERR_OK) {
        return fail_set(c->fail, ERR_INVALID, MSG_TRACK_EXPIRED, "case");
    }
    TRY(flow_action_of(&complaint_kind, in[P_ACTION].text, &act.action));
    TRY(case_admit(c, &ref));
    TRY(goes_past(c, &ref, &past));
    act.words = alone ? case_evidence_alone(c, past) : act.words;
    TRY(case_do(c, &ref, &act, &done));
    TRY(her_files(c, in, &ref, alone));
    receipt_of(c, &done, out);
    return OK;
}

/* One touch chose her answer; this page asks whether it is meant, and takes words with it. */
static err say_show(struct web *w, const case_ref *ref, str token, str outcome,
                    const struct field_view *words)
{
    const struct given *back = w->route->inputs == status_inputs ? w->in : NULL;
    bool past;
    TRY(case_admit(&w->ctx, ref));
    TRY(goes_past(&w->ctx, ref, &past));
    static const struct {
        str outcome;
        enum msg text;
        str icon;
    } said[] = {
        {S_INIT("solved"), MSG_TRACK_SOLVED, S_INIT("solved")},
        {S_INIT("partly"), MSG_TRACK_PARTLY, S_INIT("partly")},
        {S_INIT("not_solved"), MSG_TRACK_NOT_SOLVED, S_INIT("notsolved")},
    };
    struct say_view m = {.case_token = token, .outcome = outcome, .words = *words};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (str_eq(said[i].outcome, outcome)) {
            m.text = page_msg(&w->page, said[i].text);
            m.icon = said[i].icon;
        }
    }
    m.words.optional = true;
    m.voice = files_field(w, &status_inputs[P_VOICE], back == NULL ? NULL : &back[P_VOICE],
                          past ? MSG_NEW_VOICE_PAST : MSG_NEW_VOICE_HINT);
    m.photos =
        files_field(w, &status_inputs[P_PHOTOS], back == NULL ? NULL : &back[P_PHOTOS], MSG_NEW_PHOTOS_HINT);
    m.pdf = files_field(w, &status_inputs[P_PDF], back == NULL ? NULL : &back[P_PDF], MSG_NONE);
    w->page.title = page_msg(&w->page, MSG_TITLE_LOOK);
    w->page.form_id = S("say");
    say_page(&w->page, &m);
    return web_html(w, 200);
}

err show_say(struct web *w)
{
    case_ref ref;
    TRY(not_staff(&w->ctx));
    if (!w->in[0].given || case_of_key(&w->ctx, w->in[0].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    if (!w->in[1].given || w->in[2].given) {
        return show_status(w, &ref, MSG_NONE);
    }
    const struct input *in = &status_inputs[P_ANSWER_WORDS];
    const struct field_view words = {
        .name = str_of(in->name), .label = page_msg(&w->page, in->label), .dir = S("auto")};
    return say_show(w, &ref, w->in[0].raw, w->in[1].text, &words);
}

err show_status_again(struct web *w)
{
    case_ref ref;
    if (!w->in[P_CASE].given || case_of_key(&w->ctx, w->in[P_CASE].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    const bool rule = w->fail.message != MSG_NONE && w->fail.field != NULL;
    if (!rule && w->in[P_OUTCOME].given &&
        str_eq(w->in[P_ACTION].text, S("answer"))) { /* another language, too many words, a file */
        const struct field_view words = web_field(w, P_ANSWER_WORDS, MSG_NONE);
        return say_show(w, &ref, w->in[P_CASE].raw, w->in[P_OUTCOME].text, &words);
    }
    if (rule) { /* they call them "words" */
        const bool outcome = str_eq(str_of(w->fail.field), S("outcome"));
        if (outcome) { /* the rule speaks to the desk */
            web_fault(w, P_OUTCOME, MSG_TRACK_OUTCOME_MISSING);
        } else {
            web_fault(w, words_of(w->in[P_ACTION].text), (enum msg)w->fail.message);
        }
    }
    return show_status(w, &ref, MSG_NONE);
}

err answer_status(struct web *w)
{
    return to_status(w, w->in[P_CASE].text,
                     true); /* what came, also when it is sent again under an old PIN */
}
