/* training_pages.c: people of a training by number, and what they knew before and after. */
#include "curriculum_pages.h"
#include "dialogue.html.h"
#include "dialogue_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { SCORES_TEXT_MAX = 12000 };

const struct input training_inputs[TR_N] = {
    [TR_CODE] = EVENT_CODE_INPUT,
    [TR_SCORES] = {"scores", IN_WORDS, MSG_TRAINING_SCORES, SCORES_TEXT_MAX},
};

enum { COL_NO, COL_ROLE, COL_SEX, COL_BEFORE, COL_AFTER, COLS };

static str score_words(struct web *w, struct opt_i64 score)
{
    return score.given ? format_number(w->arena, w->lang, score.v) : S("–");
}

static err people_table(struct web *w, const struct training *t, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_NO] = MSG_DIRECTION_COL_NO,
                                         [COL_ROLE] = MSG_TRAINING_ROLE,
                                         [COL_SEX] = MSG_TRAINING_SEX,
                                         [COL_BEFORE] = MSG_TRAINING_BEFORE,
                                         [COL_AFTER] = MSG_TRAINING_AFTER};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, t->people_n * COLS + 1);
    const struct page *p = &w->page;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t->people_n; i++) {
        const struct q_training_people *r = &t->people[i];
        struct cell_view *c = &cells[i * COLS];
        c[COL_NO] =
            (struct cell_view){.text = format_number(w->arena, w->lang, r->person_no), .dir = S("ltr")};
        c[COL_ROLE].text = event_words_of(p, event_role_words, EVENT_role_n, r->role_code);
        c[COL_SEX].text = event_words_of(p, event_sex_words, EVENT_sex_n, r->sex_code);
        c[COL_BEFORE] = (struct cell_view){.text = score_words(w, r->before_n), .dir = S("ltr")};
        c[COL_AFTER] = (struct cell_view){.text = score_words(w, r->after_n), .dir = S("ltr")};
    }
    return web_table(w, heads, COLS, cells, t->people_n, MSG_TRAINING_PEOPLE, MSG_TRAINING_PEOPLE_NONE, out);
}

/* A mean in whole points, rounded half up: the scores are no finer than that. */
static int64_t mean(int64_t sum, int64_t n)
{
    return n == 0 ? 0 : (2 * sum + n) / (2 * n);
}

/* What they knew: of those with both scores; in words why it is not said, when they are too few. */
static str learnt_words(struct web *w, const struct training *t)
{
    const struct msg_arg args[] = {{"before", format_number(w->arena, w->lang, mean(t->before_sum, t->both))},
                                   {"after", format_number(w->arena, w->lang, mean(t->after_sum, t->both))},
                                   {"n", format_number(w->arena, w->lang, t->both)},
                                   {"better", format_number(w->arena, w->lang, t->better)},
                                   {"few", format_number(w->arena, w->lang, TRAINING_SHOWN_MIN)}};
    const enum msg text = t->few        ? MSG_TRAINING_FEW
                          : t->both > 0 ? MSG_TRAINING_MEANS
                                        : MSG_TRAINING_NONE_BOTH;
    return page_msg_args(&w->page, text, 0, args, COUNT(args));
}

static err facts_fill(struct web *w, const struct event_view *v, const struct training *t,
                      struct facts_view *out)
{
    enum { FACTS = 3 + SERIES_FACTS };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_TRAINING_CAME),
                                .value = format_number(w->arena, w->lang, t->came)};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_TRAINING_NUMBERED),
                                .value = format_number(w->arena, w->lang, t->numbered)};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_TRAINING_LEARNT), .value = learnt_words(w, t)};
    TRY(series_facts(w, v, f, &n));
    *out = (struct facts_view){f, n};
    return OK;
}

static str typed(struct web *w, struct opt_i64 score)
{
    return score.given ? arena_printf(w->arena, "%lld", (long long)score.v) : S("-");
}

/* Who still lacks a score, a line each, to be filled in; empty: nobody. */
static str lines_left(struct web *w, const struct training *t)
{
    enum { LINE_MAX = 24 };
    struct buf b = buf_new(t->people_n * LINE_MAX + 1);
    for (size_t i = 0; i < t->people_n; i++) {
        const struct q_training_people *p = &t->people[i];
        if (!p->before_n.given || !p->after_n.given) {
            buf_printf(&b, "%lld %.*s %.*s\n", (long long)p->person_no, STR_F(typed(w, p->before_n)),
                       STR_F(typed(w, p->after_n)));
        }
    }
    const str out = arena_str(w->arena, buf_str(&b));
    buf_free(&b);
    return out;
}

err show_training(struct web *w)
{
    struct event_view v;
    struct training t;
    TRY(event_of(w, TR_CODE, MSG_EVENT_TAB_TRAINING, &v));
    TRY(training_of(&w->ctx, &v, &t));
    struct training_page_view m = {.curriculum =
                                       v.row.curriculum_text.p == NULL ? S("") : v.row.curriculum_text,
                                   .desk = w->ctx.actor.role == ROLE_DESK,
                                   .open = v.state == EVENT_OPEN,
                                   .unnumbered = t.numbered < t.came,
                                   .number = event_url(w, v.row.event_code, S("/numbers")),
                                   .score = event_url(w, v.row.event_code, S("/scores")),
                                   .scores = web_field(w, TR_SCORES, MSG_TRAINING_SCORES_HINT)};
    m.scores.optional = false;
    m.scores.dir = S("ltr");
    m.scores.rows = 8;
    if (m.scores.value.p == NULL) {
        m.scores.value = lines_left(w, &t);
    }
    TRY(curriculum_words(w, &v.row, &m.taught));
    TRY(curriculum_topics(w, &v.row, &m.topics));
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(facts_fill(w, &v, &t, &m.facts));
    TRY(people_table(w, &t, &m.people));
    training_page(&w->page, &m);
    return web_html(w, 200);
}

err write_number(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[TR_CODE].text;
    return training_number(c, in[TR_CODE].text);
}

err write_scores(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[TR_CODE].text;
    return training_scores(c, in[TR_CODE].text, in[TR_SCORES].given ? in[TR_SCORES].text : S(""));
}

err answer_training(struct web *w)
{
    return web_redirect(w, event_url(w, w->receipt.note, S("/training")));
}
