#include "bylaw.h"

#include "clock.h"
#include "lang.h"
#include "made_by.h"
#include "msg.h"

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

static err reaches(struct ctx *c, int64_t home)
{
    int64_t *homes;
    size_t n;
    TRY(place_reach(c, &homes, &n));
    for (size_t i = 0; i < n; i++) {
        if (homes[i] == home) {
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

err bylaw_all(struct ctx *c, struct q_bylaw_list **out, size_t *out_n)
{
    int64_t *homes;
    size_t homes_n;
    size_t n = 0;
    struct q_bylaw_list *all = arena_array_of(c->arena, struct q_bylaw_list, BYLAWS_SHOWN);
    TRY(all == NULL ? FAIL(LIMIT) : place_reach(c, &homes, &homes_n));
    for (size_t at = 0; at < homes_n && n < BYLAWS_SHOWN; at += ID_LIST_MAX) {
        const struct q_bylaw_list_in in = {.kind_no = bylaw_kind.kind_no,
                                           .homes = homes + at,
                                           .homes_n = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX,
                                           .limit = (int64_t)(BYLAWS_SHOWN - n)};
        struct q_bylaw_list *rows;
        size_t some;
        TRY(q_bylaw_list(c->db, c->arena, &in, &rows, &some));
        for (size_t i = 0; i < some; i++) {
            all[n++] = rows[i];
        }
    }
    *out = all;
    *out_n = n;
    return OK;
}

err bylaw_find(struct ctx *c, str code, struct bylaw_view *out)
{
    struct bylaw_view v;
    TRY(q_bylaw_get(c->db, c->arena, code, &v.row));
    TRY(reaches(c, v.row.home));
    v.subject = (struct subject){&bylaw_kind, v.row.home, v.row.id};
    TRY(flow_now(c, &v.subject, &v.flow));
    v.state = (enum bylaw_state)v.flow.flow_state;
    TRY(q_bylaw_texts(c->db, c->arena, v.row.home, v.row.id, &v.texts, &v.texts_n));
    v.model = NULL;
    v.model_n = 0;
    if (v.row.model_id.given) {
        TRY(q_bylaw_model_texts(c->db, c->arena, v.row.model_id.v, &v.model, &v.model_n));
    }
    *out = v;
    return OK;
}

/* ---- what it says ---- */

err bylaw_says(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    enum { SEALED_MAX = 128 << 10 };
    struct q_bylaw_sealed r;
    struct q_bylaw_texts *texts;
    size_t n;
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    TRY(q_bylaw_sealed(c->db, c->arena, home, id, &r));
    TRY(q_bylaw_texts(c->db, c->arena, home, id, &texts, &n));
    hashed_text(&b, r.bylaw_code);
    hashed_number(&b, r.unit_id);
    hashed_option(&b, r.model_id);
    hashed_option(&b, r.consulted_day);
    hashed_text(&b, r.consulted_text);
    hashed_text(&b, r.event_code);
    hashed_option(&b, r.adopted_day);
    hashed_text(&b, r.adopted_no_text);
    const struct opt_i64 seats[] = {r.seats_n, r.women_n, r.committee_n, r.committee_women_n};
    for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++) {
        hashed_option(&b, seats[i]);
    }
    for (size_t i = 0; i < n; i++) {
        hashed_text(&b, texts[i].lang_code);
        hashed_number(&b, texts[i].version_no);
        hashed_text(&b, texts[i].title_text);
        hashed_text(&b, texts[i].words_text);
    }
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}

static struct flow_step_in step_of(enum bylaw_action action, const struct seal *says)
{
    return (struct flow_step_in){.action = action,
                                 .via = STR_NONE,
                                 .detail = STR_NONE,
                                 .reason = STR_NONE,
                                 .words = STR_NONE,
                                 .inside = true,
                                 .content = seal_text(says)};
}

static err step_take(struct ctx *c, struct bylaw_view *io, enum bylaw_action action)
{
    struct seal says;
    TRY(bylaw_says(c, io->row.home, io->row.id, &says));
    const struct flow_step_in step = step_of(action, &says);
    TRY(flow_act(c, &io->subject, &io->flow, &step));
    return bylaw_find(c, io->row.bylaw_code, io);
}

/* Before anything is written: whether the step is hers, and may be taken now. */
static err may_step(struct ctx *c, const struct bylaw_view *v, enum bylaw_action action)
{
    unsigned to;
    const err e = flow_next(&bylaw_kind, v->state, action, FLOW_ANY_RESULT, c->actor.role, &to);
    return e.code == ERR_CONFLICT ? fail_set(c->fail, ERR_CONFLICT, MSG_BYLAW_NOT_NOW, NULL) : e;
}

static err version_put(struct ctx *c, const struct bylaw_view *v, const struct bylaw_words *w)
{
    int64_t no = 0;
    for (size_t i = 0; i < v->texts_n; i++) {
        no = str_eq(v->texts[i].lang_code, w->lang) ? v->texts[i].version_no : no;
    }
    const struct q_bylaw_version_add_in in = {.home = v->row.home,
                                              .bylaw_id = v->row.id,
                                              .lang_code = w->lang,
                                              .version_no = no + 1,
                                              .title_text = w->title,
                                              .words_text = w->words,
                                              .made_by_id = made_by(c),
                                              .made_ms = c->now_ms};
    return q_bylaw_version_add(c->db, &in, NULL);
}

/* ---- the steps ---- */

static err place_of(struct ctx *c, str code, struct q_place_by_code *out)
{
    const err e = place_find(c, code, out);
    if (e.code == ERR_NOT_FOUND) {
        return refuse(c, MSG_BYLAW_UNIT_WRONG, "unit");
    }
    TRY(e);
    const bool council = out->level_no == LEVEL_TEHSIL || out->level_no == LEVEL_COUNCIL;
    const err mine = out->district_id.given ? reaches(c, out->district_id.v) : FAIL(NOT_FOUND);
    return council && mine.code == ERR_OK ? OK : refuse(c, MSG_BYLAW_UNIT_WRONG, "unit");
}

static err model_of(struct ctx *c, str code, struct opt_i64 *out)
{
    struct q_bylaw_model_on row;
    *out = (struct opt_i64){.given = false};
    if (code.n == 0) {
        return OK;
    }
    const err e = q_bylaw_model_on(c->db, c->arena, code, local_day(c->now_ms), &row);
    if (e.code == ERR_NOT_FOUND) {
        return refuse(c, MSG_BYLAW_MODEL_WRONG, "model");
    }
    TRY(e);
    *out = SOME(row.id);
    return OK;
}

/* It begins with the words of the model, in each language that a by-law may have. */
static err model_copy(struct ctx *c, const struct q_bylaw_add_in *row)
{
    struct q_bylaw_model_texts *texts;
    size_t n = 0;
    if (row->model_id.given) {
        TRY(q_bylaw_model_texts(c->db, c->arena, row->model_id.v, &texts, &n));
    }
    const struct bylaw_view v = {.row = {.home = row->home, .id = row->id}};
    for (size_t i = 0; i < n; i++) {
        const str lang = texts[i].lang_code;
        if (str_eq(lang, S("en")) || str_eq(lang, S("ur")) || str_eq(lang, S("ps"))) {
            const struct bylaw_words w = {lang, texts[i].title_text, texts[i].words_text};
            TRY(version_put(c, &v, &w));
        }
    }
    return OK;
}

err bylaw_draft(struct ctx *c, str unit, str model, str *out_code)
{
    struct q_place_by_code at;
    struct q_place_by_id district;
    struct q_bylaw_top top;
    struct opt_i64 model_id;
    TRY(place_of(c, unit, &at));
    TRY(model_of(c, model, &model_id));
    TRY(q_place_by_id(c->db, c->arena, at.district_id.v, &district));
    TRY(q_bylaw_top(c->db, c->arena, district.id, &top));
    const struct q_bylaw_add_in row = {
        .home = district.id,
        .id = id_next(c),
        .bylaw_code =
            arena_printf(c->arena, "BL-%.*s-%03d", STR_F(district.unit_code), (int)top.bylaws_n + 1),
        .unit_id = at.id,
        .model_id = model_id,
        .created_by_id = made_by(c),
        .created_ms = c->now_ms};
    TRY(q_bylaw_add(c->db, &row, NULL));
    TRY(model_copy(c, &row));
    const struct subject s = {&bylaw_kind, row.home, row.id};
    const struct q_flow_get facets = {.unit_id = row.unit_id, .due_ms = day_at_ms(DAY_OPEN, 0, 0)};
    struct seal says;
    TRY(bylaw_says(c, row.home, row.id, &says));
    const struct flow_step_in step = step_of(BYLAW_DRAFT, &says);
    *out_code = row.bylaw_code;
    return flow_start(c, &s, BYLAW_DRAFTED, &facets, &step);
}

err bylaw_write(struct ctx *c, struct bylaw_view *io, const struct bylaw_words *w)
{
    TRY(may_step(c, io, BYLAW_WRITE));
    if (w->title.n == 0 || str_chars(w->title) > BYLAW_TITLE_MAX) {
        return refuse(c, MSG_BYLAW_TITLE_MISSING, "title");
    }
    if (w->words.n == 0 || str_chars(w->words) > BYLAW_WORDS_MAX) {
        return refuse(c, MSG_BYLAW_WORDS_MISSING, "words");
    }
    if (!str_eq(w->lang, S("en")) && !str_eq(w->lang, S("ur")) && !str_eq(w->lang, S("ps"))) {
        return FAIL(INVALID);
    }
    TRY(version_put(c, io, w));
    return step_take(c, io, BYLAW_WRITE);
}

static err event_check(struct ctx *c, const struct bylaw_view *v, const struct bylaw_meeting *m)
{
    struct q_bylaw_event event;
    if (m->event.n == 0) {
        return m->at.n > 0 ? OK : refuse(c, MSG_BYLAW_MEETING_MISSING, "at");
    }
    const err e = q_bylaw_event(c->db, c->arena, m->event, &event);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && event.home != v->row.home)) {
        return refuse(c, MSG_BYLAW_EVENT_WRONG, "event");
    }
    return e;
}

static bool left_open(str words)
{
    const str blank = S("___");
    for (size_t i = 0; i + blank.n <= words.n; i++) {
        if (str_eq(str_sub(words, i, blank.n), blank)) {
            return true;
        }
    }
    return false;
}

/* Women are asked about all of it: what a model leaves to the council is filled in before. */
static err blanks_check(struct ctx *c, const struct bylaw_view *v)
{
    for (size_t i = 0; i < v->texts_n; i++) {
        enum lang lang;
        const str code = v->texts[i].lang_code;
        if (!left_open(v->texts[i].words_text)) {
            continue;
        }
        const err e = refuse(c, MSG_BYLAW_BLANKS, "words");
        c->fail->args[0] = (struct fail_arg){"lang", lang_of(code, &lang) ? lang_table[lang].own_name : code};
        return e;
    }
    return OK;
}

err bylaw_consult(struct ctx *c, struct bylaw_view *io, const struct bylaw_meeting *m)
{
    TRY(may_step(c, io, BYLAW_CONSULT));
    if (io->texts_n == 0) {
        return refuse(c, MSG_BYLAW_WORDS_MISSING, "words");
    }
    TRY(blanks_check(c, io));
    if (!day_valid(m->day) || m->day > local_day(c->now_ms)) {
        return refuse(c, MSG_BYLAW_DAY_WRONG, "consulted_day");
    }
    TRY(event_check(c, io, m));
    const struct q_bylaw_consulted_in in = {.consulted_day = SOME(m->day),
                                            .consulted_text = m->at,
                                            .event_code = m->event,
                                            .home = io->row.home,
                                            .id = io->row.id};
    TRY(q_bylaw_consulted(c->db, &in, NULL));
    return step_take(c, io, BYLAW_CONSULT);
}

static err resolution_check(struct ctx *c, const struct bylaw_view *v, const struct bylaw_resolution *r)
{
    const int64_t from = v->row.consulted_day.given ? v->row.consulted_day.v : 0;
    if (!day_valid(r->day) || r->day > local_day(c->now_ms) || r->day < from) {
        return refuse(c, MSG_BYLAW_ADOPTED_DAY_WRONG, "adopted_day");
    }
    if (r->no.n == 0) {
        return refuse(c, MSG_BYLAW_NUMBER_MISSING, "number");
    }
    if (r->seats < 1 || r->women > r->seats) {
        return refuse(c, MSG_BYLAW_SEATS_WRONG, "women");
    }
    return r->committee < 1 || r->committee_women > r->committee
               ? refuse(c, MSG_BYLAW_SEATS_WRONG, "committee_women")
               : OK;
}

err bylaw_adopt(struct ctx *c, struct bylaw_view *io, const struct bylaw_resolution *r)
{
    TRY(may_step(c, io, BYLAW_ADOPT));
    TRY(resolution_check(c, io, r));
    const struct q_bylaw_adopted_in in = {.adopted_day = SOME(r->day),
                                          .adopted_no_text = r->no,
                                          .seats_n = SOME(r->seats),
                                          .women_n = SOME(r->women),
                                          .committee_n = SOME(r->committee),
                                          .committee_women_n = SOME(r->committee_women),
                                          .home = io->row.home,
                                          .id = io->row.id};
    TRY(q_bylaw_adopted(c->db, &in, NULL));
    return step_take(c, io, BYLAW_ADOPT);
}

err bylaw_drop(struct ctx *c, struct bylaw_view *io)
{
    TRY(may_step(c, io, BYLAW_DROP));
    return step_take(c, io, BYLAW_DROP);
}

/* ---- line by line ---- */

static size_t lines_of(str text, str lines[BYLAW_LINES_MAX + 1])
{
    size_t n = 0;
    while (text.p != NULL && n <= BYLAW_LINES_MAX) {
        const str line = str_trim(str_cut(&text, '\n'));
        if (line.n > 0) {
            lines[n++] = line;
        }
    }
    return n;
}

/* The longest run of lines that both have, in order: how long it is from each pair of lines on. */
static void common_fill(uint8_t *common, const str *a, size_t n, const str *b, size_t m)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = m; k-- > 0;) {
            const size_t at = i * (m + 1) + k;
            const uint8_t below = common[at + m + 1];
            const uint8_t beside = common[at + 1];
            common[at] = str_eq(a[i], b[k]) ? (uint8_t)(common[at + m + 2] + 1)
                         : below > beside   ? below
                                            : beside;
        }
    }
}

err bylaw_lines(struct arena *a, str model, str own, struct bylaw_line **out, size_t *out_n)
{
    str *x = arena_array_of(a, str, BYLAW_LINES_MAX + 1);
    str *y = arena_array_of(a, str, BYLAW_LINES_MAX + 1);
    if (x == NULL || y == NULL) {
        return FAIL(LIMIT);
    }
    const size_t n = lines_of(model, x);
    const size_t m = lines_of(own, y);
    uint8_t *common = arena_try(a, (n + 1) * (m + 1));
    struct bylaw_line *lines = arena_array_of(a, struct bylaw_line, n + m + 1);
    if (n > BYLAW_LINES_MAX || m > BYLAW_LINES_MAX || common == NULL || lines == NULL) {
        return FAIL(LIMIT);
    }
    common_fill(common, x, n, y, m);
    size_t count = 0;
    for (size_t i = 0, k = 0; i < n || k < m;) {
        if (i < n && k < m && str_eq(x[i], y[k])) {
            lines[count++] = (struct bylaw_line){x[i++], y[k++]};
        } else if (k == m || (i < n && common[(i + 1) * (m + 1) + k] >= common[i * (m + 1) + k + 1])) {
            lines[count++] = (struct bylaw_line){x[i++], STR_NONE};
        } else {
            lines[count++] = (struct bylaw_line){STR_NONE, y[k++]};
        }
    }
    *out = lines;
    *out_n = count;
    return OK;
}
