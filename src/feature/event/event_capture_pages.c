/* event_capture_pages.c: one matter in twenty seconds: what has to be typed first, what is known behind it.
 */
#include "case_evidence_pages.h"
#include "case_write.h"
#include "event_capture.html.h"
#include "event_day_pages.h"
#include "evidence_take.h"

const struct input capture_inputs[CAPTURE_INPUTS] = {
    [CP_CODE] = EVENT_CODE_INPUT,
    [CP_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE, .required = true,
                    .missing = MSG_NEW_SERVICE_MISSING},
    [CP_WORDS] = {"description", IN_WORDS, MSG_CASE_WORDS, CASE_WORDS_MAX},
    [CP_PHONE] = {"phone", IN_PHONE, MSG_NEW_PHONE},
    [CP_WHOSE] = {"whose_phone", IN_CHOICE, MSG_NEW_WHOSE, .choices = case_whose_codes},
    [CP_SAFE] = {"safe_call", IN_FLAG, MSG_DESK_SAFE},
    [CP_RECORD] = {"consent_record", IN_CHOICE, MSG_DESK_CONSENT_RECORD, .choices = case_yes_no_codes},
    [CP_TOKEN] = {"token", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
    [CP_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .required = true, .missing = MSG_NEW_SEX_MISSING,
                .choices = case_sex_codes},
    [CP_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT, .required = true, .missing = MSG_NEW_UNIT_MISSING},
    [CP_NAME] = {"name", IN_LINE, MSG_NEW_NAME, CASE_NAME_MAX},
    [CP_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE},
    [CP_FILED] = {"filed", IN_REF, MSG_NEW_REF},
    [CP_VOICE] = {"voice", IN_FILES, MSG_EVIDENCE_VOICE, 1, .takes = FILES_TAKE(VOICE)},
    [CP_PHOTOS] = {"photos", IN_FILES, MSG_EVIDENCE_PHOTOS, 3, .takes = FILES_TAKE(PHOTO)},
};

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

/* Voice or picture instead of words: typed when the day is over. */
static bool without_words(const struct given *in)
{
    return !in[CP_WORDS].given && in[CP_VOICE].n + in[CP_PHOTOS].n > 0;
}

/* As at the desk: what says who she is needs her word, and a number to call needs to be safe. */
err prepare_capture(struct web *w)
{
    const bool personal = w->in[CP_PHONE].given || w->in[CP_NAME].given;
    const bool kept = !str_eq(day_given(&w->in[CP_RECORD]), S("no"));
    if (personal && !w->in[CP_RECORD].given && w->in[CP_RECORD].fault.n == 0) {
        web_fault(w, CP_RECORD, MSG_DESK_CONSENT_MISSING);
    }
    if (w->in[CP_PHONE].given && kept && !w->in[CP_SAFE].given && w->in[CP_SAFE].fault.n == 0) {
        web_fault(w, CP_SAFE, MSG_DESK_SAFE_MISSING);
    }
    if (!w->in[CP_WORDS].given && !without_words(w->in) && w->in[CP_WORDS].fault.n == 0) {
        web_fault(w, CP_WORDS, MSG_DAY_WORDS_MISSING);
    }
    if (w->faults > 0) {
        return OK;
    }
    TRY(evidence_take(w, CP_VOICE));
    return evidence_take(w, CP_PHOTOS);
}

err write_capture(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    struct case_receipt done;
    const bool alone = without_words(in);
    const struct day_record none = {.device = S("")};
    struct case_new n = {
        .service = in[CP_SERVICE].text,
        .unit = in[CP_UNIT].text,
        .words = alone ? case_evidence_alone(c, false) : in[CP_WORDS].text,
        .place = text_or_none(&in[CP_PLACE]),
        .sex = in[CP_SEX].text,
        .name = text_or_none(&in[CP_NAME]),
        .phone = in[CP_PHONE].given ? in[CP_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .whose_phone = text_or_none(&in[CP_WHOSE]),
        .safe_call = in[CP_SAFE].given && in[CP_SAFE].n == 1,
        .lang = lang_table[c->lang].code,
    };
    n.consent[CASE_purpose_record] = text_or_none(&in[CP_RECORD]);
    TRY(day_event(c, in, &v));
    TRY(day_capture(c, &v, &n, in[CP_TOKEN].given ? in[CP_TOKEN].n : 0, &none, &done));
    TRY(case_evidence_put(c, &done.ref, EVIDENCE_NO_PAIR, alone, evidence_taken(&in[CP_VOICE])));
    TRY(case_evidence_put(c, &done.ref, EVIDENCE_NO_PAIR, alone, evidence_taken(&in[CP_PHOTOS])));
    receipt_of(c, &done, out);
    return OK;
}

err answer_capture(struct web *w)
{
    return day_back(w, arena_printf(w->arena, "/capture?filed=%.*s", STR_F(w->receipt.ref)));
}

/* ---- the form ---- */

static struct field_view asked(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.optional = false;
    f.complete = S("off");
    return f;
}

static err known_fill(struct web *w, const struct event_view *v, struct capture_view *m)
{
    struct day_tokens t;
    TRY(day_tokens(&w->ctx, v, &t));
    m->token = asked(w, CP_TOKEN);
    if (w->in[CP_TOKEN].raw.p == NULL && t.now > 0) {
        m->token.value = arena_printf(w->arena, "%d", (int)t.now);
    }
    m->sex = asked(w, CP_SEX);
    TRY(choices_words(w, CP_SEX, case_sex_words, CASE_sex_n,
                      day_womens_hours(&w->ctx, v) ? S("woman") : STR_NONE, &m->sex));
    m->unit = asked(w, CP_UNIT);
    if (w->in[CP_UNIT].raw.p == NULL) {
        w->in[CP_UNIT].raw = v->unit_code;
    }
    TRY(choices_unit(w, CP_UNIT, v->row.home, &m->unit));
    m->name = asked(w, CP_NAME);
    m->place = asked(w, CP_PLACE);
    m->more_open = m->token.fault.n + m->sex.fault.n + m->unit.fault.n + m->name.fault.n > 0 ||
                   m->name.value.n > 0 || !day_womens_hours(&w->ctx, v);
    return OK;
}

static err form_fill(struct web *w, const struct event_view *v, struct capture_view *m)
{
    static const struct case_word yes_no[] = {{S_INIT("1"), MSG_CASE_YES}, {S_INIT("0"), MSG_CASE_NO}};
    struct field_view service = asked(w, CP_SERVICE);
    service.focus = true;
    TRY(service_pick_fill(w, CP_SERVICE, service, &m->service));
    m->words = asked(w, CP_WORDS);
    m->words.rows = 2;
    const bool back = w->route->write != NULL; /* only then there are files to say something about */
    m->voice =
        files_field(w, &capture_inputs[CP_VOICE], back ? &w->in[CP_VOICE] : NULL, MSG_EVIDENCE_VOICE_HINT);
    m->photos =
        files_field(w, &capture_inputs[CP_PHOTOS], back ? &w->in[CP_PHOTOS] : NULL, MSG_NEW_PHOTOS_HINT);
    m->phone = asked(w, CP_PHONE);
    m->whose = asked(w, CP_WHOSE);
    TRY(choices_words(w, CP_WHOSE, case_whose_words, CASE_whose_n, STR_NONE, &m->whose));
    m->safe = asked(w, CP_SAFE);
    m->safe.type = S("pair");
    TRY(choices_words(w, CP_SAFE, yes_no, 2, STR_NONE, &m->safe));
    m->record = asked(w, CP_RECORD);
    m->record.type = S("pair");
    TRY(choices_words(w, CP_RECORD, case_yes_no_words, CASE_yes_no_n, STR_NONE, &m->record));
    TRY(known_fill(w, v, m));
    return points_fill(w, v->row.home, &m->points);
}

static void filed_fill(struct web *w, const struct event_view *v, struct capture_view *m)
{
    const struct given *g = &w->in[CP_FILED];
    if (w->route->write != NULL || !g->given) {
        return;
    }
    const str digits = case_ref_digits(&g->as.ref);
    m->filed = case_ref_text(w->arena, g->as.ref);
    m->slip = url_local(w->arena, arena_printf(w->arena, "/cases/%.*s/slip", STR_F(digits)));
    m->open = event_url(w, v->row.event_code, arena_printf(w->arena, "/cases/%.*s", STR_F(digits)));
}

err show_capture(struct web *w)
{
    struct event_view v;
    struct capture_view m = {.filed = S("")};
    TRY(day_top(w, MSG_DAY_CAPTURE_TITLE, &v, &m.top));
    m.post = event_url(w, v.row.event_code, S("/capture"));
    filed_fill(w, &v, &m);
    TRY(form_fill(w, &v, &m));
    capture_page(&w->page, &m);
    return web_html(w, 200);
}
