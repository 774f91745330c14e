/* event_need.c: what those present need, in words, put together and ranked by the women; and whose turn it
 * is. */
#include "clock.h"
#include "event_day_inside.h"
#include "msg.h"

/* ---- needs ---- */

static bool hands_odd(int64_t women, int64_t others, int64_t least)
{
    return women < least || others < least || women > DAY_PEOPLE_MAX || others > DAY_PEOPLE_MAX;
}

err day_need_add(struct ctx *c, const struct event_view *v, const struct day_need *n, int64_t *out_no)
{
    const str words = str_trim(n->words);
    const struct day_content content = {"need", {words, n->service}, {n->women, n->others}};
    struct q_event_need_last last;
    struct day_became became;
    if (words.n == 0) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_NEED_MISSING, "words");
    }
    if (hands_odd(n->women, n->others, 0)) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_COUNT_ODD, "women");
    }
    TRY(day_begin(c, v, &n->from, &content, &became));
    if (became.again) {
        *out_no = became.no.v;
        return OK;
    }
    TRY(q_event_need_last(c->db, c->arena, v->row.home, v->row.id, &last));
    if (last.last_no >= DAY_NEEDS_MAX) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_ENOUGH, "words");
    }
    *out_no = last.last_no + 1;
    became.no = SOME(*out_no);
    struct q_event_need_add_in row = {.home = v->row.home,
                                      .event_id = v->row.id,
                                      .need_no = *out_no,
                                      .words_text = words,
                                      .women_n = n->women,
                                      .others_n = n->others};
    TRY(day_service(c, n->service, &row.service_id));
    TRY(q_event_need_add(c->db, &row, NULL));
    TRY(day_take(c, v, &n->from, &content, &became));
    return day_audit(c, v, S("event.need"), arena_printf(c->arena, "no=%lld", (long long)*out_no));
}

static err need_find(struct ctx *c, const struct event_view *v, int64_t no, struct q_event_need_get *out)
{
    const struct q_event_need_get_in in = {v->row.home, v->row.id, no};
    TRY(event_recordable(c, v));
    return q_event_need_get(c->db, c->arena, &in, out);
}

static err need_put(struct ctx *c, const struct event_view *v, const struct q_event_need_get *n)
{
    const struct q_event_need_set_in row = {.service_id = n->service_id,
                                            .same_as_no = n->same_as_no,
                                            .women_n = n->women_n,
                                            .others_n = n->others_n,
                                            .home = v->row.home,
                                            .event_id = v->row.id,
                                            .need_no = n->need_no};
    TRY(q_event_need_set(c->db, &row, NULL));
    return day_audit(c, v, S("event.need"),
                     arena_printf(c->arena, "no=%lld women=%lld others=%lld", (long long)n->need_no,
                                  (long long)n->women_n, (long long)n->others_n));
}

err day_need_plus(struct ctx *c, const struct event_view *v, int64_t no, int64_t women, int64_t others,
                  const struct day_record *from)
{
    const struct day_content content = {"hands", .numbers = {no, women, others}};
    struct q_event_need_get n;
    struct day_became became;
    if ((women == 0 && others == 0) || hands_odd(women, others, -DAY_STEP_MAX) || women > DAY_STEP_MAX ||
        others > DAY_STEP_MAX) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_COUNT_ODD, "women");
    }
    TRY(day_begin(c, v, from, &content, &became));
    if (became.again) {
        return OK;
    }
    const struct q_event_need_get_in at = {v->row.home, v->row.id, no};
    TRY(q_event_need_get(c->db, c->arena, &at, &n));
    n.women_n += women;
    n.others_n += others;
    if (hands_odd(n.women_n, n.others_n, 0)) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_COUNT_NONE, "women");
    }
    TRY(need_put(c, v, &n));
    return day_take(c, v, from, &content, &became);
}

err day_need_hands(struct ctx *c, const struct event_view *v, int64_t no, int64_t women)
{
    struct q_event_need_get n;
    TRY(need_find(c, v, no, &n));
    if (hands_odd(women, 0, 0)) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_COUNT_ODD, "women");
    }
    n.women_n = women;
    return need_put(c, v, &n);
}

err day_need_service(struct ctx *c, const struct event_view *v, int64_t no, str service)
{
    struct q_event_need_get n;
    TRY(need_find(c, v, no, &n));
    TRY(day_service(c, service, &n.service_id));
    return need_put(c, v, &n);
}

err day_need_same(struct ctx *c, const struct event_view *v, int64_t no, int64_t as)
{
    struct q_event_need_get n;
    struct q_event_need_get head;
    TRY(need_find(c, v, no, &n));
    if (as == 0) {
        n.same_as_no = NONE_I64;
        return need_put(c, v, &n);
    }
    const err known = need_find(c, v, as, &head);
    if (known.code == ERR_NOT_FOUND) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_NEED_UNKNOWN, "same_as");
    }
    TRY(known);
    if (head.same_as_no.given) { /* it stands below another one itself: that is meant */
        TRY(need_find(c, v, head.same_as_no.v, &head));
    }
    if (head.need_no == no) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_NEED_ITSELF, "same_as");
    }
    const struct q_event_need_move_in move = {
        .same_as_no = SOME(head.need_no), .home = v->row.home, .event_id = v->row.id, .need_no = no};
    TRY(q_event_need_move(c->db, &move, NULL));
    n.same_as_no = SOME(head.need_no);
    TRY(need_put(c, v, &n));
    head.women_n = n.women_n > head.women_n ? n.women_n : head.women_n;
    head.others_n = n.others_n > head.others_n ? n.others_n : head.others_n;
    head.service_id = head.service_id.given ? head.service_id : n.service_id;
    return need_put(c, v, &head);
}

err day_needs(struct ctx *c, const struct event_view *v, struct q_event_need_list **out, size_t *out_n)
{
    const struct q_event_need_list_in in = {
        .home = v->row.home, .event_id = v->row.id, .lang_code = lang_table[c->lang].code};
    return q_event_need_list(c->db, c->arena, &in, out, out_n);
}

/* ---- tokens ---- */

err day_token_take(struct ctx *c, const struct event_view *v, str sex, int64_t *out_no)
{
    struct q_event_token_last last;
    if (day_index(event_sight_words, EVENT_sight_n, sex) == EVENT_sight_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_SIGHT_ONLY, "sex");
    }
    TRY(event_recordable(c, v));
    TRY(q_event_token_last(c->db, c->arena, v->row.home, v->row.id, &last));
    if (last.last_no >= DAY_TOKENS_MAX) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_ENOUGH, "sex");
    }
    *out_no = last.last_no + 1;
    const struct q_event_token_add_in row = {.home = v->row.home,
                                             .event_id = v->row.id,
                                             .token_no = *out_no,
                                             .sex_code = sex,
                                             .taken_ms = c->now_ms};
    TRY(q_event_token_add(c->db, &row, NULL));
    return day_audit(c, v, S("event.token"), arena_printf(c->arena, "no=%lld taken", (long long)*out_no));
}

err day_token_put(struct ctx *c, const struct event_view *v, int64_t no, str code)
{
    static const str codes[] = {S_INIT("waiting"), S_INIT("heard"), S_INIT("left")};
    struct q_event_token_get token;
    const struct q_event_token_get_in in = {v->row.home, v->row.id, no};
    bool known = false;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        known = known || str_eq(codes[i], code);
    }
    if (!known) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_TOKEN_UNKNOWN, "state");
    }
    TRY(q_event_token_get(c->db, c->arena, &in, &token));
    if (str_eq(token.token_code, code)) {
        return OK;
    }
    const struct q_event_token_set_in row = {.token_code = code,
                                             .heard_ms =
                                                 str_eq(code, S("waiting")) ? NONE_I64 : SOME(c->now_ms),
                                             .home = v->row.home,
                                             .event_id = v->row.id,
                                             .token_no = no};
    TRY(q_event_token_set(c->db, &row, NULL));
    return day_audit(c, v, S("event.token"),
                     arena_printf(c->arena, "no=%lld %.*s", (long long)no, STR_F(code)));
}

err day_token_set(struct ctx *c, const struct event_view *v, int64_t no, str code)
{
    TRY(event_recordable(c, v));
    return day_token_put(c, v, no, code);
}

/* Of a day that is open, or that is planned and so near that a tablet may be away when it comes. */
static bool is_near(const struct ctx *c, const struct event_view *v)
{
    const int64_t today = local_day(c->now_ms);
    return v->state == EVENT_PLANNED && event_may(c, v, EVENT_BRING) && v->row.event_day >= today &&
           v->row.event_day <= day_add(today, DAY_AHEAD_DAYS);
}

err day_tokens_lease(struct ctx *c, const struct event_view *v, str device, int64_t n, int64_t *out_first)
{
    struct q_event_token_last last;
    TRY(is_near(c, v) ? OK : event_recordable(c, v));
    TRY(q_event_token_last(c->db, c->arena, v->row.home, v->row.id, &last));
    if (n < 1 || n > DAY_TOKENS_MAX - last.last_no) {
        return day_refuse(c, ERR_CONFLICT, MSG_DAY_ENOUGH, "tokens");
    }
    const struct q_event_token_block_add_in row = {.home = v->row.home,
                                                   .event_id = v->row.id,
                                                   .first_no = last.last_no + 1,
                                                   .last_no = last.last_no + n,
                                                   .device_code = device,
                                                   .leased_ms = c->now_ms};
    TRY(q_event_token_block_add(c->db, &row, NULL));
    *out_first = row.first_no;
    return day_audit(
        c, v, S("event.tokens_leased"),
        arena_printf(c->arena, "from=%lld to=%lld", (long long)row.first_no, (long long)row.last_no));
}

err day_token_bring(struct ctx *c, const struct event_view *v, const struct day_record *from, int64_t no,
                    str sex, str code)
{
    const struct day_content content = {"token", {sex, code}, {no}};
    struct day_became became;
    struct q_event_token_block_of block;
    struct q_event_token_get was;
    const struct q_event_token_block_of_in at = {v->row.home, v->row.id, no};
    const struct q_event_token_get_in in = {v->row.home, v->row.id, no};
    if (day_index(event_sight_words, EVENT_sight_n, sex) == EVENT_sight_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_SIGHT_ONLY, "sex");
    }
    TRY(day_begin(c, v, from, &content, &became));
    if (became.again) {
        return OK;
    }
    err e = q_event_token_block_of(c->db, c->arena, &at, &block);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !str_eq(block.device_code, from->device))) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_TOKEN_UNKNOWN, "no");
    }
    TRY(e);
    e = q_event_token_get(c->db, c->arena, &in, &was);
    if (e.code == ERR_NOT_FOUND) {
        const struct q_event_token_add_in row = {.home = v->row.home,
                                                 .event_id = v->row.id,
                                                 .token_no = no,
                                                 .sex_code = sex,
                                                 .taken_ms = c->now_ms};
        TRY(q_event_token_add(c->db, &row, NULL));
        TRY(day_audit(c, v, S("event.token"), arena_printf(c->arena, "no=%lld taken", (long long)no)));
    } else {
        TRY(e);
    }
    TRY(day_token_put(c, v, no, code));
    return day_take(c, v, from, &content, &became);
}

err day_tokens(struct ctx *c, const struct event_view *v, struct day_tokens *out)
{
    struct day_tokens t = {.n = 0};
    TRY(q_event_token_list(c->db, c->arena, v->row.home, v->row.id, &t.rows, &t.n));
    for (size_t i = 0; i < t.n; i++) {
        const bool waits = str_eq(t.rows[i].token_code, S("waiting"));
        t.waiting += waits;
        t.heard += str_eq(t.rows[i].token_code, S("heard"));
        t.left += str_eq(t.rows[i].token_code, S("left"));
        if (waits && t.now == 0) {
            t.now = t.rows[i].token_no;
        } else if (waits && t.next == 0) {
            t.next = t.rows[i].token_no;
        }
    }
    *out = t;
    return OK;
}
