/* device_said_pages.c: what a record that was stopped holds, as people say it: names of services and places,
 * choices in words, each fault beside its field. */
#include "device_stopped_pages.h"

#include "case_words.h"
#include "catalogue.h"
#include "event_words.h"
#include "place.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The words of every set of choices, found by the codes that an input takes. */
#define CASE_ROW(name, LIST) {case_##name##_codes, case_##name##_words, CASE_##name##_n},
#define EVENT_ROW(name, LIST) {event_##name##_codes, event_##name##_words, EVENT_##name##_n},
static const struct {
    const char *const *codes;
    const struct case_word *words;
    size_t n;
} sets[] = {CASE_SETS(CASE_ROW) EVENT_SETS(EVENT_ROW)};

static str choice_words(struct web *w, const struct input *input, str code)
{
    for (size_t i = 0; i < COUNT(sets); i++) {
        const enum msg m =
            input->choices == sets[i].codes ? case_word_of(sets[i].words, sets[i].n, code) : MSG_NONE;
        if (m != MSG_NONE) {
            return page_msg(&w->page, m);
        }
    }
    return code;
}

/* What is in no list stands as it came. */
static err named(struct web *w, const struct input *input, str code, str *out)
{
    struct q_service_by_code service;
    struct q_place_by_code place;
    const bool is_service = str_eq(str_of(input->name), S("service"));
    const err e = is_service ? catalogue_find(&w->ctx, code, &service) : place_find(&w->ctx, code, &place);
    *out = code;
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    return is_service ? label_find(&w->ctx, S("service"), service.id, out) : place_name(&w->ctx, &place, out);
}

static err value_words(struct web *w, const struct input *input, str raw, str *out)
{
    const str name = str_of(input->name);
    if (str_eq(name, S("service")) || str_eq(name, S("unit"))) {
        return named(w, input, raw, out);
    }
    if (input->type == IN_FLAG) {
        *out = page_msg(&w->page, str_eq(raw, S("1")) ? MSG_CASE_YES : MSG_CASE_NO);
        return OK;
    }
    *out = input->choices != NULL ? choice_words(w, input, raw) : raw;
    return OK;
}

err stopped_said(struct web *w, const struct opened *o, struct stopped_one *m)
{
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, o->inputs_n + 1);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < o->inputs_n; i++) {
        const struct given *g = &o->in[i];
        str value = g->raw;
        if (g->raw.n == 0 && g->fault.n == 0) {
            continue;
        }
        TRY(g->fault.n > 0 ? OK : value_words(w, &o->inputs[i], g->raw, &value));
        if (g->fault.n > 0) {
            value = arena_printf(w->arena, "%.*s\n(%.*s)", STR_F(g->raw), STR_F(g->fault));
        }
        f[n++] = (struct fact_view){.name = page_msg(&w->page, o->inputs[i].label),
                                    .value = value,
                                    .dir = o->inputs[i].type == IN_PHONE ? S("ltr") : S("auto")};
    }
    m->said = (struct facts_view){f, n};
    m->readable = true;
    return OK;
}
