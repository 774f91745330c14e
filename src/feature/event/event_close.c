/* event_close.c: counts beside the paper sheet, signatures, closing. */
#include "event_close.h"

#include "buf.h"
#include "clock.h"
#include "event_inside.h"

enum { SEALED_MAX = 64 * 1024 };

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                            \
    const char *const close_##name##_codes[CLOSE_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word close_##name##_words[CLOSE_##name##_n] = {LIST(WORD)};
CLOSE_SETS(DEFINE)

/* ---- the paper sheet ---- */

static err cell_add(struct ctx *c, const struct event_view *v, size_t role, size_t sex, int64_t people)
{
    const struct q_close_paper_add_in row = {.home = v->row.home,
                                             .event_id = v->row.id,
                                             .role_code = event_role_words[role].code,
                                             .sex_code = event_sex_words[sex].code,
                                             .people_n = people};
    return q_close_paper_add(c->db, &row, NULL);
}

err close_paper_set(struct ctx *c, struct event_view *v, const struct close_paper *paper, str explained)
{
    TRY(event_recordable(c, v));
    TRY(q_close_paper_clear(c->db, v->row.home, v->row.id, NULL));
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            if (paper->at[r][s].given) {
                TRY(cell_add(c, v, r, s, paper->at[r][s].v));
            }
        }
    }
    const struct q_close_explain_in said = {
        .explained_text = event_some(str_trim(explained)), .home = v->row.home, .id = v->row.id};
    TRY(q_close_explain(c->db, &said, NULL));
    return event_step(c, v, EVENT_RECORD, S("paper"), STR_NONE);
}

err close_minutes_set(struct ctx *c, struct event_view *v, str words)
{
    TRY(event_recordable(c, v));
    const struct q_close_minutes_in row = {
        .minutes_text = str_trim(words), .home = v->row.home, .id = v->row.id};
    TRY(q_close_minutes(c->db, &row, NULL));
    return event_step(c, v, EVENT_RECORD, S("minutes"), STR_NONE);
}

/* ---- signatures ---- */

err close_sign(struct ctx *c, struct event_view *v, str post, str how)
{
    struct q_close_sign_list *rows;
    size_t n;
    TRY(event_recordable(c, v));
    if (str_trim(post).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_CLOSE_POST_MISSING, "post");
    }
    if (case_word_of(close_how_words, CLOSE_how_n, how) == MSG_NONE) {
        return fail_set(c->fail, ERR_INVALID, MSG_CLOSE_HOW_MISSING, "how");
    }
    TRY(q_close_sign_list(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    if (n >= CLOSE_SIGNATURES_MAX) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_CLOSE_SIGNS_ENOUGH, "post");
    }
    const struct q_close_sign_add_in row = {.home = v->row.home,
                                            .event_id = v->row.id,
                                            .sign_no = n == 0 ? 1 : rows[n - 1].sign_no + 1,
                                            .post_text = str_trim(post),
                                            .how_code = how,
                                            .signed_ms = c->now_ms};
    TRY(q_close_sign_add(c->db, &row, NULL));
    return event_step(c, v, EVENT_RECORD, S("signature"), STR_NONE);
}

err close_unsign(struct ctx *c, struct event_view *v, int64_t no)
{
    int64_t gone = 0;
    const struct q_close_sign_remove_in row = {.home = v->row.home, .event_id = v->row.id, .sign_no = no};
    TRY(event_recordable(c, v));
    TRY(q_close_sign_remove(c->db, &row, &gone));
    if (gone == 0) {
        return FAIL(NOT_FOUND);
    }
    return event_step(c, v, EVENT_RECORD, S("signature"), STR_NONE);
}

/* ---- how it stands ---- */

static size_t index_of(const struct case_word *words, size_t n, str code)
{
    size_t i = 0;
    while (i < n && !str_eq(words[i].code, code)) {
        i++;
    }
    return i;
}

static err paper_read(struct ctx *c, const struct event_view *v, struct close_state *m)
{
    struct q_close_paper_list *rows;
    size_t n;
    TRY(q_close_paper_list(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const size_t r = index_of(event_role_words, EVENT_role_n, rows[i].role_code);
        const size_t s = index_of(event_sex_words, EVENT_sex_n, rows[i].sex_code);
        if (r < EVENT_role_n && s < EVENT_sex_n) {
            m->paper.at[r][s] = SOME(rows[i].people_n);
            m->paper_all += rows[i].people_n;
        }
    }
    m->on_paper = n > 0;
    return OK;
}

/* What does not stand on the paper is none there. */
static int64_t differ_count(const struct close_state *m)
{
    int64_t n = 0;
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            n += m->cells.at[r][s].people != m->paper.at[r][s].v;
        }
    }
    return n;
}

err close_state(struct ctx *c, const struct event_view *v, struct close_state *out)
{
    struct close_state m = {.on_paper = false};
    struct q_close_open_ends ends;
    struct q_close_later later;
    struct follow_row *rows;
    size_t n;
    TRY(event_cells(c, v->row.home, v->row.id, &m.cells));
    TRY(paper_read(c, v, &m));
    m.differ_n = m.on_paper ? differ_count(&m) : 0;
    TRY(q_close_sign_list(c->db, c->arena, v->row.home, v->row.id, &m.signs, &m.signs_n));
    TRY(q_close_open_ends(c->db, c->arena, v->row.home, v->row.id, &ends));
    m.unanswered = ends.cases_n;
    m.waiting = ends.tokens_n;
    TRY(q_close_later(c->db, c->arena, v->row.home, v->row.id, &later));
    m.later = later.records_n;
    m.later_ms = later.last_at_ms;
    TRY(follow_list(c, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        m.owed += rows[i].owed;
    }
    *out = m;
    return OK;
}

/* ---- closing ---- */

err close_seal(struct ctx *c, const struct event_view *v, struct seal *out)
{
    struct close_state m;
    struct q_event_get row;
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    TRY(close_state(c, v, &m));
    TRY(q_event_get(c->db, c->arena, v->row.home, v->row.id, &row));
    hashed_text(&b, row.event_code);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            hashed_number(&b, m.cells.at[r][s].people);
            hashed_number(&b, m.cells.at[r][s].spoke);
            hashed_option(&b, m.paper.at[r][s]);
        }
    }
    for (size_t i = 0; i < m.signs_n; i++) {
        hashed_text(&b, m.signs[i].post_text);
        hashed_text(&b, m.signs[i].how_code);
    }
    hashed_text(&b, row.explained_text);
    hashed_text(&b, row.minutes_text);
    *out = seal_of(&b);
    return OK;
}

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_CONFLICT, (int)m, field);
}

err close_event(struct ctx *c, struct event_view *v, bool sure)
{
    struct close_state m;
    struct seal figures;
    TRY(event_recordable(c, v));
    TRY(close_state(c, v, &m));
    if (!m.on_paper && v->row.explained_text.n == 0) {
        return refuse(c, MSG_CLOSE_NO_PAPER, "explained");
    }
    if (m.differ_n > 0 && v->row.explained_text.n == 0) {
        return refuse(c, MSG_CLOSE_DIFFERS, "explained");
    }
    if (m.owed > 0) {
        return refuse(c, MSG_CLOSE_OWED, "follow");
    }
    if (m.signs_n == 0) {
        return refuse(c, MSG_CLOSE_UNSIGNED, "post");
    }
    if ((m.unanswered > 0 || m.waiting > 0) && !sure) {
        return refuse(c, MSG_CLOSE_OPEN_ENDS, "sure");
    }
    TRY(close_seal(c, v, &figures));
    return event_step(c, v, EVENT_CLOSE, arena_printf(c->arena, "figures=%.*s", STR_F(seal_text(&figures))),
                      STR_NONE);
}

err close_reopen(struct ctx *c, struct event_view *v, str why)
{
    struct q_close_sheet_stands sheet;
    if (str_trim(why).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACT_REASON_MISSING, "why");
    }
    TRY(q_close_sheet_stands(c->db, c->arena, v->row.home, v->row.id, &sheet));
    if (sheet.sheets_n > 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_CLOSE_SHEET_STANDS, "why");
    }
    return event_step(c, v, EVENT_REOPEN, STR_NONE, str_trim(why));
}
