/* event_follow.c: directions given on the day, and a follow-up event's answers to those of its parent. */
#include "event_close.h"
#include "event_inside.h"

err close_direction(struct ctx *c, struct event_view *v, const struct direction_new *n, int64_t *out_no)
{
    struct direction_new given = *n;
    TRY(event_recordable(c, v));
    given.home = v->row.home;
    given.event_id = v->row.id;
    given.unit_id = v->row.unit_id;
    given.tehsil_id = v->row.tehsil_id;
    return direction_give(c, &given, out_no);
}

static bool over(const struct direction_view *d)
{
    return !flow_open(&direction_kind, d->state);
}

err follow_list(struct ctx *c, const struct event_view *v, struct follow_row **out, size_t *out_n)
{
    struct direction_view *of;
    struct q_follow_answer_list *answers;
    size_t of_n = 0, answers_n, kept = 0;
    TRY(q_follow_answer_list(c->db, c->arena, v->row.home, v->row.id, &answers, &answers_n));
    if (v->row.parent_id.given) {
        TRY(direction_of_event(c, v->row.home, v->row.parent_id.v, &of, &of_n));
    }
    struct follow_row *rows = arena_array_of(c->arena, struct follow_row, of_n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < of_n; i++) {
        struct follow_row row = {.direction = of[i], .answer = S(""), .words = S(""), .owed = true};
        for (size_t k = 0; k < answers_n; k++) {
            if (answers[k].direction_id == of[i].row.id) {
                row.answer = answers[k].answer_code;
                row.words = answers[k].words_text;
                row.women = answers[k].women_agree_flag;
                row.owed = false;
            }
        }
        /* Carried on, called off or answered elsewhere before: nothing is left to be said here. */
        if (row.owed && over(&of[i])) {
            continue;
        }
        rows[kept++] = row;
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

static err find(struct ctx *c, const struct event_view *v, int64_t no, struct direction_view *out)
{
    struct follow_row *rows;
    size_t n;
    TRY(follow_list(c, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].direction.row.direction_no == no) {
            *out = rows[i].direction;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

/* The same order again, from this event on, with a new date. */
static err carry_on(struct ctx *c, struct event_view *v, const struct direction_view *old,
                    const struct follow_answer *n, int64_t *out_id)
{
    int64_t no;
    struct direction_view again;
    const struct direction_new given = {.side = old->row.side_code,
                                        .office_id = old->row.body_id,
                                        .post = old->row.post_text,
                                        .vacant = old->row.vacant_flag != 0,
                                        .horizon = old->row.horizon_code,
                                        .words = old->row.words_text,
                                        .case_id = old->row.case_id,
                                        .due_day = n->due_day};
    TRY(close_direction(c, v, &given, &no));
    TRY(direction_find(c, v->row.event_code, no, &again));
    *out_id = again.row.id;
    return OK;
}

err follow_answer(struct ctx *c, struct event_view *v, const struct follow_answer *n)
{
    struct direction_view old;
    struct direction_answer a = {.answer = n->answer, .words = n->words};
    TRY(event_recordable(c, v));
    TRY(find(c, v, n->no, &old));
    if (case_word_of(close_agree_words, CLOSE_agree_n, n->women) == MSG_NONE) {
        return fail_set(c->fail, ERR_INVALID, MSG_CLOSE_AGREE_MISSING, "women_agree");
    }
    if (!str_eq(n->women, S("not_asked"))) {
        a.women = SOME(str_eq(n->women, S("yes")));
    }
    if (str_eq(n->answer, S("carried_on"))) {
        TRY(carry_on(c, v, &old, n, &a.again_id));
    }
    TRY(direction_answered(c, &old, &a));
    const struct q_follow_answer_put_in row = {.home = v->row.home,
                                               .event_id = v->row.id,
                                               .direction_id = old.row.id,
                                               .answer_code = n->answer,
                                               .words_text =
                                                   str_trim(n->words).n > 0 ? str_trim(n->words) : S(""),
                                               .women_agree_flag = a.women};
    TRY(q_follow_answer_put(c->db, &row, NULL));
    return event_step(c, v, EVENT_RECORD, S("follow"), STR_NONE);
}
