/* event_file.c: who may add, open and take away files of an event; see event_file.h. */
#include "event_file.h"

#include "msg.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                                      \
    const char *const event_file_##name##_codes[EVENT_FILE_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word event_file_##name##_words[EVENT_FILE_##name##_n] = {LIST(WORD)};
EVENT_FILE_SETS(DEFINE)

bool event_file_keeps(const struct ctx *c)
{
    return c->actor.role == ROLE_DESK;
}

/* The desk, and whoever of its rota records the day. */
static bool records(const struct ctx *c)
{
    return c->actor.role == ROLE_DESK || c->actor.role == ROLE_MEMBER;
}

bool event_file_may_add(const struct ctx *c, const struct event_view *v)
{
    return records(c) && v->state != EVENT_CANCELLED;
}

bool event_file_held(const struct evidence_row *row)
{
    return str_eq(row->at.seen_code, S("desk"));
}

/* The rules of a kind; `seen_field` and `agreed_field`: where the words stand. */
static err fits(struct ctx *c, str paper, str seen, bool agreed, const char *seen_field,
                const char *agreed_field)
{
    const bool people = str_eq(paper, S("photo")) || str_eq(paper, S("other"));
    if (case_word_of(event_file_seen_words, EVENT_FILE_seen_n, seen) == MSG_NONE) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_SEEN_MISSING, seen_field);
    }
    if (str_eq(seen, S("desk"))) {
        return OK;
    }
    if (str_eq(paper, S("sign_in"))) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_NAMES, seen_field);
    }
    return people && !agreed ? fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_NOT_AGREED, agreed_field) : OK;
}

err event_file_add(struct ctx *c, const struct event_view *v, str paper, str seen, bool agreed,
                   const struct evidence_pieces *p)
{
    const str shown = seen.n > 0 ? seen : S("desk");
    if (!records(c)) {
        return FAIL(DENIED);
    }
    if (!event_file_may_add(c, v)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EVENT_FILE_CANCELLED, NULL);
    }
    if (case_word_of(event_file_paper_words, EVENT_FILE_paper_n, paper) == MSG_NONE) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_PAPER_MISSING, "paper");
    }
    TRY(fits(c, paper, shown, agreed, "seen", "agreed"));
    const struct evidence_for to = {.subject = v->subject,
                                    .key_no = v->row.key_no,
                                    .from = EVIDENCE_DESK,
                                    .paper = paper,
                                    .seen = shown,
                                    .agreed = agreed};
    return evidence_add(c, &to, p);
}

/* One that stands. */
static err standing(struct ctx *c, const struct event_view *v, int64_t piece_no, const char *field,
                    struct evidence_row *out)
{
    struct evidence_row *rows;
    size_t n;
    if (!event_file_keeps(c)) {
        return FAIL(DENIED);
    }
    TRY(evidence_list(c, &v->subject, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const bool there = !str_eq(rows[i].at.piece_code, S("removed"));
        if (rows[i].at.piece_no == piece_no && there && !str_eq(rows[i].at.paper_code, S("none"))) {
            *out = rows[i];
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_NO_SUCH, field);
}

err event_file_show_to(struct ctx *c, const struct event_view *v, int64_t piece_no, str seen, bool agreed)
{
    struct evidence_row row;
    TRY(standing(c, v, piece_no, "piece", &row));
    TRY(fits(c, row.at.paper_code, seen, agreed, "now_seen", "now_agreed"));
    return evidence_show_to(c, &v->subject, piece_no, seen, agreed);
}

err event_file_remove(struct ctx *c, const struct event_view *v, int64_t piece_no, str why)
{
    struct evidence_row row;
    TRY(standing(c, v, piece_no, "gone", &row));
    if (why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_FILE_WHY_MISSING, "why");
    }
    return evidence_remove(c, &v->subject, piece_no, why);
}

err event_file_counted(struct ctx *c, const struct event_view *v, int64_t *out_n, int64_t *out_no)
{
    struct evidence_row *rows;
    size_t n;
    int64_t found = 0;
    TRY(evidence_list(c, &v->subject, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const str code = rows[i].at.piece_code;
        if (str_eq(rows[i].at.paper_code, S("count_sheet")) &&
            (str_eq(code, S("ready")) || str_eq(code, S("waiting")))) {
            found++;
            *out_no = rows[i].at.piece_no;
        }
    }
    *out_n = found;
    return OK;
}
