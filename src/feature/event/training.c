/* training.c: people by number, and what they knew before and after. */
#include "dialogue.h"
#include "digits.h"
#include "event_inside.h"
#include "msg.h"

static err open_find(struct ctx *c, str code, struct event_view *out)
{
    TRY(event_find(c, code, out));
    if (c->actor.role != ROLE_DESK) {
        return fail_set(c->fail, ERR_DENIED, MSG_TRAINING_DESK_ONLY, NULL);
    }
    return event_recordable(c, out);
}

/* So many of one cell, behind the last number. The record's name is its number: numbering again adds nobody.
 */
static err cell_number(struct ctx *c, const struct event_view *v, const struct q_event_counted *cell,
                       int64_t *io_no)
{
    for (int64_t i = 0; i < cell->people_n; i++) {
        const int64_t no = ++*io_no;
        if (no > TRAINING_PEOPLE_MAX) {
            return FAIL(LIMIT);
        }
        const struct q_training_person_add_in row = {
            .home = v->row.home,
            .event_id = v->row.id,
            .person_no = no,
            .role_code = cell->role_code,
            .sex_code = cell->sex_code,
            .spoke_flag = i < cell->spoke_n,
            .record_code = arena_printf(c->arena, "number-%lld", (long long)no),
        };
        TRY(q_training_person_add(c->db, &row, NULL));
    }
    return OK;
}

static bool role_named(const struct q_event_named *named, size_t n, str role)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(named[i].role_code, role)) {
            return true;
        }
    }
    return false;
}

err training_number(struct ctx *c, str code)
{
    struct event_view v;
    struct q_event_named *named;
    struct q_event_counted *counted;
    struct q_training_last_no last;
    size_t named_n;
    size_t counted_n;
    TRY(open_find(c, code, &v));
    TRY(q_event_named(c->db, c->arena, v.row.home, v.row.id, &named, &named_n));
    TRY(q_event_counted(c->db, c->arena, v.row.home, v.row.id, &counted, &counted_n));
    TRY(q_training_last_no(c->db, c->arena, v.row.home, v.row.id, &last));
    const int64_t before = last.last_no;
    for (size_t i = 0; i < counted_n; i++) {
        if (!role_named(named, named_n, counted[i].role_code)) {
            TRY(cell_number(c, &v, &counted[i], &last.last_no));
        }
    }
    if (last.last_no == before) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_TRAINING_NOBODY, NULL);
    }
    return event_step(c, &v, EVENT_RECORD, S("numbers"), STR_NONE);
}

/* ---- scores ---- */

/* In the digits of any language; a dash, or nothing: there is none. */
static bool number_of(str word, struct opt_i64 *out)
{
    enum { DIGITS_MAX = 4 };
    char digits[DIGITS_MAX];
    size_t n = 0;
    int64_t v = 0;
    if (!digits_typed(word, S(""), digits, DIGITS_MAX, &n, NULL)) {
        return false;
    }
    *out = n > 0 && str_i64((str){digits, n}, &v) ? SOME(v) : NONE_I64;
    return true;
}

static bool score_of(str word, struct opt_i64 *out)
{
    return number_of(word, out) && (!out->given || out->v <= TRAINING_SCORE_MAX);
}

static str word_next(str *io)
{
    *io = str_trim(*io);
    return str_cut(io, ' ');
}

/* "12 40 75" */
static bool line_of(str line, struct training_score *out)
{
    struct opt_i64 no = NONE_I64;
    str rest = line;
    const bool number = number_of(word_next(&rest), &no) && no.given;
    const bool scores = score_of(word_next(&rest), &out->before) && score_of(word_next(&rest), &out->after);
    out->person_no = no.v;
    return number && scores && str_trim(rest).n == 0;
}

err training_scores(struct ctx *c, str code, str lines)
{
    struct event_view v;
    TRY(open_find(c, code, &v));
    for (str rest = lines; rest.n > 0;) {
        struct training_score s = {0};
        int64_t changed = 0;
        const str line = str_trim(str_cut(&rest, '\n'));
        if (line.n == 0) {
            continue;
        }
        if (line_of(line, &s)) {
            const struct q_training_score_set_in row = {.before_n = s.before,
                                                        .after_n = s.after,
                                                        .home = v.row.home,
                                                        .event_id = v.row.id,
                                                        .person_no = s.person_no};
            TRY(q_training_score_set(c->db, &row, &changed));
        }
        if (changed == 0) {
            c->fail->args[0] = (struct fail_arg){"line", line};
            return fail_set(c->fail, ERR_INVALID, MSG_TRAINING_LINE_WRONG, "scores");
        }
    }
    return event_step(c, &v, EVENT_RECORD, S("scores"), STR_NONE);
}

err training_of(struct ctx *c, const struct event_view *v, struct training *out)
{
    struct event_cells cells;
    struct training t = {.both = 0};
    const bool desk = c->actor.role == ROLE_DESK;
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    TRY(q_training_people(c->db, c->arena, v->row.home, v->row.id, &t.people, &t.people_n));
    for (size_t i = 0; i < t.people_n; i++) {
        const struct q_training_people *p = &t.people[i];
        if (!p->before_n.given || !p->after_n.given) {
            continue;
        }
        t.both++;
        t.before_sum += p->before_n.v;
        t.after_sum += p->after_n.v;
        t.better += p->after_n.v > p->before_n.v;
    }
    const int64_t numbered = (int64_t)t.people_n;
    if (!desk && t.both > 0 && t.both < TRAINING_SHOWN_MIN) {
        t = (struct training){.few = true};
    }
    if (!desk) {
        t.people = NULL;
        t.people_n = 0;
    }
    t.came = cells.all.people;
    t.numbered = numbered;
    *out = t;
    return OK;
}
