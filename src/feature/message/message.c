/* message.c: the library; see message.h. */
#include "message.h"

#include "audit.h"
#include "clock.h"
#include "lang.h"
#include "made_by.h"
#include "place.h"

static bool code_in(str code, const char *const *codes)
{
    for (size_t i = 0; codes[i] != NULL; i++) {
        if (str_eq(code, str_of(codes[i]))) {
            return true;
        }
    }
    return false;
}

static err message_note(struct ctx *c, str event, int64_t id)
{
    const struct audit_entry e = {
        .event = event, .home = c->actor.home, .subject_kind = S("message"), .subject_id = id};
    return audit_add(c, &e);
}

/* Whether somebody who looks after messages works for the province of a district, or for the country. */
static err kept_above(struct ctx *c, int64_t district, bool *out)
{
    struct place_at at;
    TRY(place_ancestors(c, district, &at));
    *out = false;
    for (int level = LEVEL_COUNTRY; level <= LEVEL_PROVINCE && !*out; level++) {
        struct q_message_keepers keepers;
        const struct q_message_keepers_in in = {at.at[level], ROLE_SUPERVISOR, ROLE_ADC};
        TRY(q_message_keepers(c->db, c->arena, &in, &keepers));
        *out = keepers.keepers_n > 0;
    }
    return OK;
}

/* What holds above the one district that she works for: hers only while nobody works above. */
static bool left_to_her(struct ctx *c, int64_t unit_id)
{
    bool within = false;
    bool kept = true;
    if (c->actor.home == 0) {
        return true;
    }
    if (place_lies_in(c, unit_id, c->actor.home, &within).code != ERR_OK) {
        return false;
    }
    return within || (kept_above(c, c->actor.home, &kept).code == ERR_OK && !kept);
}

/* Her unit and the message's: one lies in the other. */
bool message_may_change(struct ctx *c, int64_t unit_id)
{
    bool below = false;
    bool above = false;
    const int64_t own = c->actor.unit_id;
    if (c->actor.role == ROLE_SYSTEM) {
        return true;
    }
    return own != 0 && place_lies_in(c, unit_id, own, &below).code == ERR_OK &&
           place_lies_in(c, own, unit_id, &above).code == ERR_OK && (below || above) &&
           left_to_her(c, unit_id);
}

err message_place(struct ctx *c, int64_t unit_id, str *out, str *out_province)
{
    struct place_at at;
    const str none = S("");
    *out_province = none;
    TRY(label_find(c, S("unit"), unit_id, out));
    TRY(place_ancestors(c, unit_id, &at));
    const int64_t province = at.at[LEVEL_PROVINCE];
    return province == 0 || province == unit_id ? OK : label_find(c, S("unit"), province, out_province);
}

static err unit_of(struct ctx *c, str code, int64_t *out)
{
    struct q_place_by_code unit;
    const err e = place_find(c, code, &unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !message_may_change(c, unit.id))) {
        return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_UNIT_WRONG, "unit");
    }
    TRY(e);
    *out = unit.id;
    return OK;
}

/* ---- what it says ---- */

/* A poster is a picture or a PDF, a recording is sound, and a text is words alone. */
static err file_check(struct ctx *c, str form, const struct message_said *s)
{
    const size_t n = s->files == NULL ? 0 : s->files->n;
    const enum file_kind kind = n > 0 ? s->files->v[0].kind : FILE_NONE;
    const bool text = str_eq(form, S("text"));
    const bool audio = str_eq(form, S("audio"));
    const bool right = text    ? n == 0
                       : audio ? n == 1 && kind == FILE_VOICE
                               : n == 1 && (kind == FILE_PHOTO || kind == FILE_PDF);
    if (!right) {
        return fail_set(c->fail, ERR_INVALID,
                        text    ? MSG_LIBRARY_FILE_TEXT
                        : audio ? MSG_LIBRARY_FILE_AUDIO
                                : MSG_LIBRARY_FILE_POSTER,
                        "file");
    }
    return n > 0 && s->files->v[0].waiting ? fail_set(c->fail, ERR_BUSY, MSG_LIBRARY_FILE_LATER, NULL) : OK;
}

static err blob_keep(struct ctx *c, int64_t home, const struct blob *b, struct opt_i64 *out_id, str *out_key)
{
    int64_t id;
    if (b->sealed.n == 0) {
        return OK;
    }
    TRY(blob_put(c, home, b, &id));
    *out_id = SOME(id);
    *out_key = arena_str(c->arena, (str){(const char *)b->key, BLOB_KEY_LEN});
    return out_key->p == NULL ? FAIL(LIMIT) : OK;
}

static err version_write(struct ctx *c, int64_t id, int64_t unit_id, str form, const struct message_said *s,
                         int64_t *out_no)
{
    struct q_version_last last;
    if (!code_in(s->lang, message_lang_codes) || s->title.n == 0 || s->words.n == 0) {
        return fail_set(c->fail, ERR_INVALID, 0, "title");
    }
    TRY(file_check(c, form, s));
    TRY(q_version_last(c->db, c->arena, id, s->lang, &last));
    struct q_version_add_in in = {.message_id = id,
                                  .lang_code = s->lang,
                                  .version_no = last.last_n + 1,
                                  .title_text = s->title,
                                  .words_text = s->words,
                                  .basis_text = s->basis.n > 0 ? s->basis : S(""),
                                  .type_code = STR_NONE,
                                  .shown_secret = STR_NONE,
                                  .small_secret = STR_NONE,
                                  .created_by_id = made_by(c),
                                  .created_ms = c->now_ms};
    if (s->files != NULL && s->files->n > 0) {
        const struct evidence_piece *p = &s->files->v[0];
        TRY(blob_keep(c, unit_id, &p->shown, &in.shown_id, &in.shown_secret));
        TRY(blob_keep(c, unit_id, &p->small, &in.small_id, &in.small_secret));
        in.type_code = str_of(p->type);
        in.seconds_n = (struct opt_i64){p->seconds > 0, p->seconds};
    }
    TRY(q_version_add(c->db, &in, NULL));
    *out_no = in.version_no;
    return OK;
}

err message_add(struct ctx *c, const struct message_new *m, str *out_code)
{
    struct q_message_top top;
    int64_t unit = 0;
    int64_t no;
    TRY(unit_of(c, m->unit, &unit));
    if (!code_in(m->topic, message_topic_codes) || !code_in(m->form, message_form_codes) ||
        !code_in(m->channel, message_channel_codes) || !code_in(m->audience, message_audience_codes) ||
        m->author.n == 0) {
        return fail_set(c->fail, ERR_INVALID, 0, "author");
    }
    TRY(q_message_top(c->db, c->arena, &top));
    if (top.top_n >= MESSAGES_MOST) {
        return FAIL(LIMIT);
    }
    const struct q_message_add_in in = {.id = id_next(c),
                                        .message_code = arena_printf(c->arena, "M-%04d", (int)top.top_n + 1),
                                        .unit_id = unit,
                                        .topic_code = m->topic,
                                        .form_code = m->form,
                                        .author_text = m->author,
                                        .channel_code = m->channel,
                                        .audience_code = m->audience,
                                        .created_by_id = made_by(c),
                                        .created_ms = c->now_ms};
    TRY(q_message_add(c->db, &in, NULL));
    TRY(version_write(c, in.id, unit, m->form, &m->said, &no));
    *out_code = in.message_code;
    return message_note(c, S("message.new"), in.id);
}

/* One that the actor may change. */
static err message_own(struct ctx *c, str code, struct q_message_by_code *out)
{
    TRY(q_message_by_code(c->db, c->arena, code, out));
    return message_may_change(c, out->unit_id) ? OK : FAIL(NOT_FOUND);
}

err message_revise(struct ctx *c, str code, const struct message_said *s, int64_t *out_version)
{
    struct q_message_by_code m;
    TRY(message_own(c, code, &m));
    TRY(version_write(c, m.id, m.unit_id, m.form_code, s, out_version));
    return message_note(c, S("message.version"), m.id);
}

err message_approve(struct ctx *c, const struct message_version *v, str post, int64_t day)
{
    struct q_message_by_code m;
    int64_t changed;
    TRY(message_own(c, v->code, &m));
    if (!day_valid(day) || day > local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_DAY_TO_COME, "day");
    }
    if (post.n == 0) {
        return fail_set(c->fail, ERR_INVALID, 0, "post");
    }
    const struct q_version_approve_in in = {.approved_text = post,
                                            .approved_day = SOME(day),
                                            .message_id = m.id,
                                            .lang_code = v->lang,
                                            .version_no = v->no};
    TRY(q_version_approve(c->db, &in, &changed));
    return changed == 1 ? message_note(c, S("message.approved"), m.id)
                        : fail_set(c->fail, ERR_CONFLICT, MSG_LIBRARY_NOT_DRAFT, NULL);
}

err message_withdraw(struct ctx *c, const struct message_version *v)
{
    struct q_message_by_code m;
    int64_t changed;
    TRY(message_own(c, v->code, &m));
    const struct q_version_withdraw_in in = {SOME(local_day(c->now_ms)), m.id, v->lang, v->no};
    TRY(q_version_withdraw(c->db, &in, &changed));
    return changed == 1 ? message_note(c, S("message.withdrawn"), m.id)
                        : fail_set(c->fail, ERR_CONFLICT, MSG_LIBRARY_GONE, NULL);
}

/* ---- whom it reached ---- */

/* The place lies in what the message holds for, or around it is the message's own. */
static err reach_unit(struct ctx *c, str code, int64_t *out)
{
    struct q_place_by_code unit;
    bool within = false;
    const int64_t around = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    const err e = place_find(c, code, &unit);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_UNIT_WRONG, "unit");
    }
    TRY(e);
    if (c->actor.role != ROLE_SYSTEM) {
        TRY(place_lies_in(c, unit.id, around, &within));
        if (!within) {
            return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_UNIT_WRONG, "unit");
        }
    }
    *out = unit.id;
    return OK;
}

static err reach_check(struct ctx *c, const struct message_reached *r, const struct q_version_all *v)
{
    if (!v->approved_day.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_LIBRARY_NOT_APPROVED, NULL);
    }
    if (!day_valid(r->day) || r->day > local_day(c->now_ms) || r->day < v->approved_day.v) {
        return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_REACH_DAY, "day");
    }
    if (r->n < 0 || r->n > REACH_MOST || !code_in(r->channel, message_channel_codes)) {
        return fail_set(c->fail, ERR_INVALID, 0, "n");
    }
    if (r->women.given && (r->women.v < 0 || r->women.v > r->n)) {
        return fail_set(c->fail, ERR_INVALID, MSG_LIBRARY_WOMEN_MORE, "women");
    }
    return OK;
}

static bool same_option(struct opt_i64 a, struct opt_i64 b)
{
    return a.given == b.given && (!a.given || a.v == b.v);
}

static err reached_before(struct ctx *c, int64_t message_id, int64_t unit, const struct message_reached *r)
{
    struct q_reach_by_record row;
    TRY(q_reach_by_record(c->db, c->arena, r->record, &row));
    const bool same = row.message_id == message_id && str_eq(row.lang_code, r->version.lang) &&
                      row.version_no == r->version.no && row.unit_id == unit && row.reach_day == r->day &&
                      str_eq(row.channel_code, r->channel) && row.reached_n == r->n &&
                      same_option(row.women_n, r->women);
    return same ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_DAY_RECORD_OTHER, "record");
}

err message_reach(struct ctx *c, const struct message_reached *r)
{
    struct q_message_by_code m;
    struct q_version_all v;
    struct q_reach_last last;
    int64_t unit = 0;
    TRY(q_message_by_code(c->db, c->arena, r->version.code, &m));
    TRY(reach_unit(c, r->unit, &unit));
    if (r->record.n > 0) {
        const err e = reached_before(c, m.id, unit, r);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    const struct q_version_get_in of = {m.id, r->version.lang, r->version.no};
    TRY(q_version_get(c->db, c->arena, &of, &v));
    TRY(reach_check(c, r, &v));
    TRY(q_reach_last(c->db, c->arena, m.id, &last));
    const struct q_reach_add_in in = {.message_id = m.id,
                                      .reach_no = last.last_n + 1,
                                      .lang_code = r->version.lang,
                                      .version_no = r->version.no,
                                      .unit_id = unit,
                                      .reach_day = r->day,
                                      .channel_code = r->channel,
                                      .reached_n = r->n,
                                      .women_n = r->women,
                                      .record_code = r->record.n > 0 ? r->record : STR_NONE,
                                      .made_by_id = made_by(c),
                                      .made_ms = c->now_ms};
    TRY(q_reach_add(c->db, &in, NULL));
    return message_note(c, S("message.reach"), m.id);
}

/* ---- reading ---- */

enum message_state message_state(struct opt_i64 approved_day, struct opt_i64 withdrawn_day)
{
    return withdrawn_day.given ? MESSAGE_WITHDRAWN : approved_day.given ? MESSAGE_APPROVED : MESSAGE_DRAFT;
}

err message_list(struct ctx *c, struct q_message_all **out, size_t *out_n)
{
    enum { VERSIONS_MOST = 4000 };
    return q_message_all(c->db, c->arena, VERSIONS_MOST, out, out_n);
}

/* How far a language is from hers: 0 is her own. */
static int distance(int hers, str code)
{
    enum lang have;
    enum lang at = (enum lang)hers;
    if (!lang_of(code, &have)) {
        return LANG_N + 1;
    }
    for (int i = 0; i < LANG_N; i++) {
        if (at == have) {
            return i;
        }
        at = lang_table[at].fallback;
    }
    return LANG_N;
}

/* Of a language the newest version that is no draft decides: when it was withdrawn, nothing older comes back.
 */
static bool decides(const struct q_message_all *row, const struct q_message_all *before)
{
    return message_state(row->approved_day, row->withdrawn_day) != MESSAGE_DRAFT &&
           (before == NULL || before->id != row->id || !str_eq(before->lang_code, row->lang_code));
}

err message_public(struct ctx *c, struct q_message_all **out, size_t *out_n)
{
    struct q_message_all *rows;
    size_t n;
    TRY(message_list(c, &rows, &n));
    struct q_message_all *kept = arena_array_of(c->arena, struct q_message_all, n + 1);
    size_t kept_n = 0;
    const struct q_message_all *before = NULL;
    if (kept == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_message_all *r = &rows[i];
        if (!decides(r, before)) {
            continue;
        }
        before = r;
        if (r->withdrawn_day.given) {
            continue;
        }
        if (kept_n == 0 || kept[kept_n - 1].id != r->id) {
            kept[kept_n++] = *r;
        } else if (distance(c->lang, r->lang_code) < distance(c->lang, kept[kept_n - 1].lang_code)) {
            kept[kept_n - 1] = *r;
        }
    }
    *out = kept;
    *out_n = kept_n;
    return OK;
}

err message_find(struct ctx *c, str code, struct q_message_by_code *out, struct q_version_all **out_versions,
                 size_t *out_n)
{
    struct q_message_by_code m;
    TRY(q_message_by_code(c->db, c->arena, code, &m));
    TRY(q_version_all(c->db, c->arena, m.id, out_versions, out_n));
    *out = m;
    return OK;
}

err message_shown(struct ctx *c, str code, struct q_message_by_code *out, struct q_version_all *out_version)
{
    struct q_version_all *rows;
    size_t n;
    const struct q_version_all *best = NULL;
    str decided = S("");
    TRY(message_find(c, code, out, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const enum message_state state = message_state(rows[i].approved_day, rows[i].withdrawn_day);
        if (state == MESSAGE_DRAFT || str_eq(decided, rows[i].lang_code)) {
            continue;
        }
        decided = rows[i].lang_code;
        if (state == MESSAGE_APPROVED &&
            (best == NULL || distance(c->lang, rows[i].lang_code) < distance(c->lang, best->lang_code))) {
            best = &rows[i];
        }
    }
    if (best == NULL) {
        return FAIL(NOT_FOUND);
    }
    *out_version = *best;
    return OK;
}

err message_file(struct ctx *c, const struct message_version *v, bool small, struct buf *out, str *out_type)
{
    struct q_message_by_code m;
    struct q_version_all row;
    uint8_t key[BLOB_KEY_LEN];
    TRY(q_message_by_code(c->db, c->arena, v->code, &m));
    const struct q_version_get_in of = {m.id, v->lang, v->no};
    TRY(q_version_get(c->db, c->arena, &of, &row));
    const bool staff = c->actor.user_id != 0;
    const struct opt_i64 id = small ? row.small_id : row.shown_id;
    const str secret = small ? row.small_secret : row.shown_secret;
    if ((message_state(row.approved_day, row.withdrawn_day) != MESSAGE_APPROVED && !staff) || !id.given ||
        secret.n != BLOB_KEY_LEN) {
        return FAIL(NOT_FOUND);
    }
    memcpy(key, secret.p, BLOB_KEY_LEN);
    TRY(blob_read(c, m.unit_id, id.v, key, out));
    *out_type = small ? S("image/jpeg") : row.type_code;
    return OK;
}
