/* new_pages.c: filing in small steps. Every answer so far travels along in the form; nothing is kept before
 * "send". */
#include "new_pages.h"

#include "case_parts.h"
#include "case_write.h"
#include "new.html.h"
#include "web.h"

enum { DONE_SECONDS = 900 };

enum { N_STEP = F_ASKED, N_TO, N_INPUTS };

const struct input new_inputs[NEW_INPUTS] = {
    FILE_INPUTS_ASKED("", false),
    [N_STEP] = {"step", IN_NUMBER, MSG_NONE, STEP_CHECK},
    [N_TO] = {"to", IN_NUMBER, MSG_NONE, STEP_CHECK},
};
const struct input send_inputs[SEND_INPUTS] = {FILE_INPUTS_ASKED("", true)};
const struct input done_inputs[DONE_INPUTS] = {{"done", IN_SIGNED, MSG_NONE}};
_Static_assert((int)N_INPUTS == NEW_INPUTS && (int)F_ASKED == SEND_INPUTS, "as the header says");

/* Which question each answer belongs to, and what is said when it is missing there. */
static const struct {
    enum new_step step;
    enum msg missing; /* MSG_NONE: it may be left out */
} questions[F_ASKED] = {
    [F_SERVICE] = {STEP_SERVICE, MSG_NEW_SERVICE_MISSING},
    [F_UNIT] = {STEP_UNIT, MSG_NEW_UNIT_MISSING},
    [F_PLACE] = {STEP_UNIT, MSG_NONE},
    [F_WORDS] = {STEP_WORDS, MSG_NEW_WORDS_MISSING},
    [F_SEX] = {STEP_YOU, MSG_NEW_SEX_MISSING},
    [F_NAME] = {STEP_YOU, MSG_NONE},
    [F_PHONE] = {STEP_YOU, MSG_NONE},
    [F_WHOSE] = {STEP_YOU, MSG_NONE},
    [F_SAFE] = {STEP_YOU, MSG_NONE},
};

/* The first step, up to `last`, in which something is wrong or missing; 0 when none is. Notes what is
 * missing. */
static int64_t step_at_fault(struct web *w, int64_t last)
{
    int64_t first = 0;
    for (size_t i = 0; i < F_ASKED; i++) {
        const int64_t at = questions[i].step;
        if (at == 0 || at > last) {
            continue;
        }
        if (questions[i].missing != MSG_NONE && !w->in[i].given && w->in[i].fault.n == 0) {
            web_fault(w, i, questions[i].missing);
        }
        if (w->in[i].fault.n > 0 && (first == 0 || at < first)) {
            first = at;
        }
    }
    return first;
}

/* A fault of another question is not said on this page. */
static void faults_of_step(struct web *w, int64_t step)
{
    struct page_fault *kept = arena_array_of(w->arena, struct page_fault, w->page.faults_n + 1);
    size_t n = 0;
    for (size_t i = 0; kept != NULL && i < w->page.faults_n; i++) {
        bool other = false;
        for (size_t k = 0; k < F_ASKED; k++) {
            other = other || (str_eq(w->page.faults[i].field, str_of(w->route->inputs[k].name)) &&
                              questions[k].step != step);
        }
        if (!other) {
            kept[n++] = w->page.faults[i];
        }
    }
    w->page.faults = kept;
    w->page.faults_n = kept == NULL ? 0 : n;
}

static err hidden_fill(struct web *w, struct new_view *m)
{
    struct hidden_view *rows = arena_array_of(w->arena, struct hidden_view, F_ASKED);
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < F_ASKED; i++) {
        if (questions[i].step != m->step && w->in[i].raw.n > 0) {
            rows[n++] = (struct hidden_view){str_of(w->route->inputs[i].name), w->in[i].raw};
        }
    }
    m->hidden = rows;
    m->hidden_n = n;
    return OK;
}

static err check_fill(struct web *w, struct new_view *m)
{
    enum { FACTS = 10 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    struct q_service_by_code service;
    struct q_place_by_code unit;
    str service_name = S("");
    str unit_name = S("");
    const struct given *in = w->in;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    if (catalogue_find(&w->ctx, in[F_SERVICE].text, &service).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("service"), service.id, &service_name));
    }
    if (place_find(&w->ctx, in[F_UNIT].text, &unit).code == ERR_OK) {
        TRY(place_name(&w->ctx, &unit, &unit_name));
    }
    const str none = page_msg(&w->page, MSG_NEW_NOT_GIVEN);
    const struct url to_service = {S("1")};
    const struct url to_unit = {S("2")};
    const struct url to_words = {S("3")};
    const struct url to_you = {S("4")};
    size_t n = 0;
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_SERVICE), service_name, STR_NONE, to_service};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_UNIT), unit_name, STR_NONE, to_unit};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_PLACE),
                                in[F_PLACE].given ? in[F_PLACE].text : none, S("auto"), to_unit};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WORDS), in[F_WORDS].text, S("auto"), to_words};
    f[n++] =
        (struct fact_view){page_msg(&w->page, MSG_NEW_SEX),
                           in[F_SEX].given ? sex_words(&w->page, in[F_SEX].text) : none, STR_NONE, to_you};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_NAME), in[F_NAME].given ? in[F_NAME].text : none,
                                S("auto"), to_you};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_PHONE),
                                in[F_PHONE].given ? phone_local(w->arena, in[F_PHONE].as.phone) : none,
                                in[F_PHONE].given ? S("ltr") : STR_NONE, to_you};
    if (in[F_PHONE].given) { /* what decides whether anybody calls there */
        f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WHOSE),
                                    in[F_WHOSE].given ? whose_words(&w->page, in[F_WHOSE].text) : none,
                                    STR_NONE, to_you};
        const bool safe = in[F_SAFE].given && in[F_SAFE].n == 1;
        f[n++] =
            (struct fact_view){page_msg(&w->page, MSG_NEW_SAFE_CALL),
                               page_msg(&w->page, safe ? MSG_CASE_YES : MSG_NEW_SAFE_NO), STR_NONE, to_you};
    }
    m->facts = (struct facts_view){f, n};
    return OK;
}

/* Said by herself, "not stated" is that she does not want to say. */
static err choices_of_sex(struct web *w, struct field_view *out)
{
    struct case_word words[CASE_sex_n];
    for (size_t i = 0; i < CASE_sex_n; i++) {
        words[i] = case_sex_words[i];
        if (str_eq(words[i].code, S("not_stated"))) {
            words[i].text = MSG_NEW_SEX_NOT_STATED;
        }
    }
    return choices_words(w, F_SEX, words, CASE_sex_n, STR_NONE, out);
}

static err show_step(struct web *w, int64_t step)
{
    struct new_view m = {.step = step};
    w->page.title = page_msg(&w->page, MSG_TITLE_FORM);
    w->page.form_id = S("new");
    w->page.back = step == STEP_SERVICE ? url_local(w->arena, S("/")) : (struct url){STR_NONE};
    faults_of_step(w, step);
    TRY(hidden_fill(w, &m));
    if (step == STEP_SERVICE) {
        m.service = web_field(w, F_SERVICE, MSG_NONE);
        m.service.heading = true;
        m.service.optional = false;
        TRY(choices_service(w, F_SERVICE, &m.service));
    } else if (step == STEP_UNIT) {
        m.unit = web_field(w, F_UNIT, MSG_NONE);
        m.unit.optional = false;
        TRY(choices_unit(w, F_UNIT, 0, &m.unit));
        m.place = web_field(w, F_PLACE, MSG_NEW_PLACE_HINT);
    } else if (step == STEP_WORDS) {
        m.words = web_field(w, F_WORDS, MSG_NEW_WORDS_HINT);
        m.words.optional = false;
    } else if (step == STEP_YOU) {
        m.sex = web_field(w, F_SEX, MSG_NEW_SEX_HINT);
        m.sex.optional = false;
        TRY(choices_of_sex(w, &m.sex));
        m.name = web_field(w, F_NAME, MSG_NEW_NAME_HINT);
        m.name.complete = S("name");
        m.phone = web_field(w, F_PHONE, MSG_NEW_PHONE_HINT);
        m.whose = web_field(w, F_WHOSE, MSG_NONE);
        TRY(choices_words(w, F_WHOSE, case_whose_words, CASE_whose_n, STR_NONE, &m.whose));
        m.safe = web_field(w, F_SAFE, MSG_NONE);
    } else {
        TRY(check_fill(w, &m));
    }
    new_page(&w->page, &m);
    return web_html(w, 200);
}

err show_new(struct web *w)
{
    return show_step(w, STEP_SERVICE);
}

/* One step was sent: look at it, and show the next one. */
err show_new_step(struct web *w)
{
    const int64_t sent = w->in[N_STEP].given && w->in[N_STEP].n > 0 ? w->in[N_STEP].n : STEP_SERVICE;
    if (w->in[N_TO].given && w->in[N_TO].n > 0) {
        return show_step(w, w->in[N_TO].n);
    }
    if (w->step && w->faults == 0) { /* it is wanted in another language, nothing else */
        return show_step(w, sent);
    }
    /* What is wrong is said at its own question, together with what is missing there. */
    const int64_t at_fault = step_at_fault(w, sent);
    return show_step(w, at_fault > 0 ? at_fault : sent < STEP_CHECK ? sent + 1 : STEP_CHECK);
}

err show_new_again(struct web *w)
{
    const int64_t at_fault = step_at_fault(w, STEP_CHECK);
    return show_step(w, at_fault > 0 ? at_fault : STEP_CHECK);
}

/* Her number and PIN stand on a page of their own, which may be loaded again and turned into another
 * language; its address says nothing and is good for a short while. */
err answer_new(struct web *w)
{
    const str token = web_sign(w, S("done"), w->receipt.ref, DONE_SECONDS);
    return web_redirect(w, url_with(w->arena, url_local(w->arena, S("/new/done")), S("done"), token));
}

err show_new_done(struct web *w)
{
    case_ref ref;
    char pin[PIN_LEN];
    struct case_view v;
    if (!w->in[0].given) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    TRY(case_ref_of(w->arena, w->in[0].text, &ref));
    TRY(case_pin(&w->ctx, &ref, pin));
    TRY(case_admit(&w->ctx, &ref));
    TRY(case_find(&w->ctx, &ref, &v));
    const struct done_view m = {
        .panel = {page_msg(&w->page, MSG_NEW_DONE_TITLE), case_ref_text(w->arena, ref),
                  arena_str(w->arena, (str){pin, PIN_LEN})},
        .due = due_words(w, v.flow.due_ms),
    };
    w->page.title = page_msg(&w->page, MSG_TITLE_NUMBER);
    w->page.script = true;
    done_page(&w->page, &m);
    return web_html(w, 200);
}

err show_new_start(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/new")));
}
