/* quote.c: from taking one down to taking it back; see quote.h. */
#include "quote.h"

#include "audit.h"
#include "clock.h"
#include "event_words.h"
#include "made_by.h"
#include "msg.h"
#include "report.h"
#include "sheet.h"
#include "vault.h"

enum { BLOBS = 2, SECRETS_LEN = BLOBS * BLOB_KEY_LEN };
enum { SHOWN, SMALL };

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

static bool keeps(const struct actor *who)
{
    return who->role == ROLE_DESK || who->role == ROLE_MONITOR || who->role == ROLE_MANAGER;
}

static bool hers(const struct actor *who, int64_t home)
{
    return who->role == ROLE_DESK && who->home == home;
}

/* ---- what is asked ---- */

static err consent_check(struct ctx *c, const struct quote_consent *k, bool named, bool photo)
{
    if (!day_valid(k->day) || k->day > local_day(c->now_ms)) {
        return refuse(c, MSG_STORY_DAY_WRONG, "consent_day");
    }
    if (k->to.n == 0 || !story_has(story_how_words, STORY_how_n, k->how)) {
        return refuse(c, MSG_STORY_CONSENT_MISSING, "to");
    }
    if (k->purposes == 0) {
        return refuse(c, MSG_STORY_PURPOSE_MISSING, "report");
    }
    if (k->name && !named) {
        return refuse(c, MSG_STORY_NAME_MISSING, "name");
    }
    return k->photo && !photo ? refuse(c, MSG_STORY_PHOTO_MISSING, "photos") : OK;
}

static err photo_check(struct ctx *c, const struct quote_new *n)
{
    const bool some = n->photo != NULL && n->photo->n > 0;
    if (!some) {
        return str_eq(n->kind, S("photo")) ? refuse(c, MSG_STORY_PHOTO_MISSING, "photos") : OK;
    }
    if (n->photo->n != 1 || n->photo->v[0].kind != FILE_PHOTO) {
        return refuse(c, MSG_STORY_PHOTO_MISSING, "photos");
    }
    return n->photo->v[0].waiting ? fail_set(c->fail, ERR_BUSY, MSG_LIBRARY_FILE_LATER, NULL) : OK;
}

static err said_check(struct ctx *c, const struct quote_new *n)
{
    if (str_eq(n->about, S("protected"))) {
        return refuse(c, MSG_STORY_PROTECTED, "about");
    }
    if (!story_has(story_about_words, STORY_about_n, n->about)) {
        return refuse(c, MSG_STORY_ABOUT_MISSING, "about");
    }
    if (!story_has(story_kind_words, STORY_kind_n, n->kind) ||
        !story_has(story_section_words, STORY_section_n, n->section) ||
        !story_has(story_spoken_words, STORY_spoken_n, n->spoken) ||
        !story_has(event_role_words, EVENT_role_n, n->role) ||
        !story_has(event_sex_words, EVENT_sex_n, n->sex)) {
        return FAIL(INVALID);
    }
    if (n->words.n == 0 || str_chars(n->words) > QUOTE_CHARS_MAX) {
        return refuse(c, MSG_STORY_WORDS_WRONG, "words");
    }
    return !day_valid(n->day) || n->day > local_day(c->now_ms) ? refuse(c, MSG_STORY_DAY_WRONG, "day") : OK;
}

/* The district: her own, or one in reach. */
static err home_of(struct ctx *c, str unit, struct q_place_by_id *out)
{
    struct q_place_by_code at;
    bool mine;
    int64_t home = c->actor.home;
    if (unit.n > 0) {
        const err e = place_find(c, unit, &at);
        if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && at.level_no != LEVEL_DISTRICT)) {
            return refuse(c, MSG_CASE_UNIT_UNKNOWN, "unit");
        }
        TRY(e);
        home = at.id;
    }
    if (home == 0) {
        return refuse(c, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(sheet_reaches(c, home, &mine));
    if (!mine) {
        return refuse(c, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    return q_place_by_id(c->db, c->arena, home, out);
}

/* ---- taking one down ---- */

static err photo_put(struct ctx *c, const struct evidence_pieces *photo, struct q_quote_add_in *io)
{
    uint8_t secrets[SECRETS_LEN] = {0};
    if (photo == NULL || photo->n == 0) {
        return OK;
    }
    const struct blob *blobs[BLOBS] = {&photo->v[0].shown, &photo->v[0].small};
    struct opt_i64 *const ids[BLOBS] = {&io->photo_id, &io->small_id};
    for (size_t i = 0; i < BLOBS; i++) {
        int64_t id;
        if (blobs[i]->sealed.n == 0) {
            continue;
        }
        TRY(blob_put(c, io->home, blobs[i], &id));
        *ids[i] = SOME(id);
        memcpy(secrets + i * BLOB_KEY_LEN, blobs[i]->key, BLOB_KEY_LEN);
    }
    const err e = vault_seal(c, io->key_no, S("quote_photo"), (str){(const char *)secrets, sizeof secrets},
                             &io->blobs_enc);
    explicit_bzero(secrets, sizeof secrets);
    return e;
}

static err consent_add(struct ctx *c, int64_t home, int64_t id, int64_t no, const struct quote_consent *k)
{
    const struct q_quote_consent_add_in in = {.home = home,
                                              .quote_id = id,
                                              .consent_no = no,
                                              .given_day = k->day,
                                              .to_text = k->to,
                                              .how_code = k->how,
                                              .report_flag = (k->purposes & QUOTE_REPORT) != 0,
                                              .poster_flag = (k->purposes & QUOTE_POSTER) != 0,
                                              .name_flag = k->name,
                                              .photo_flag = k->photo,
                                              .made_by_id = made_by(c),
                                              .made_ms = c->now_ms};
    return q_quote_consent_add(c->db, &in, NULL);
}

static err name_put(struct ctx *c, const struct q_quote_add_in *row, str name)
{
    struct q_quote_person_add_in in = {.home = row->home, .quote_id = row->id};
    if (name.n == 0) {
        return OK;
    }
    TRY(vault_seal(c, row->key_no, S("quote_name"), name, &in.name_enc));
    return q_quote_person_add(c->db, &in, NULL);
}

static void seal_row(struct buf *b, const struct q_quote_sealed *r)
{
    const str texts[] = {r->quote_code, r->quote_kind_code, r->about_code, r->section_code,
                         r->role_code,  r->sex_code,        r->lang_code,  r->words_enc,
                         r->blobs_enc,  r->to_text,         r->how_code};
    const int64_t numbers[] = {r->said_day,    r->key_no,      r->consent_no, r->given_day,
                               r->report_flag, r->poster_flag, r->name_flag,  r->photo_flag};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        hashed_text(b, texts[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        hashed_number(b, numbers[i]);
    }
    hashed_option(b, r->photo_id);
    hashed_option(b, r->small_id);
    hashed_option(b, r->withdrawn_day);
}

err quote_says(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    enum { SEALED_MAX = 32 << 10 };
    struct q_quote_sealed row;
    struct q_quote_person person = {.name_enc = STR_NONE};
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    TRY(q_quote_sealed(c->db, c->arena, home, id, &row));
    const err e = q_quote_person(c->db, c->arena, home, id, &person);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    seal_row(&b, &row);
    hashed_text(&b, person.name_enc);
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}

/* No words: what she said stands nowhere but sealed. */
static struct flow_step_in step_of(enum quote_action action)
{
    return (struct flow_step_in){.action = action,
                                 .via = STR_NONE,
                                 .detail = STR_NONE,
                                 .reason = STR_NONE,
                                 .words = STR_NONE,
                                 .inside = true,
                                 .content = STR_NONE};
}

static err row_put(struct ctx *c, const struct quote_new *n, struct q_quote_add_in *io)
{
    TRY(vault_key_take(c, &io->key_no));
    TRY(vault_seal(c, io->key_no, S("quote_words"), n->words, &io->words_enc));
    io->blobs_enc = STR_NONE;
    TRY(photo_put(c, n->photo, io));
    TRY(q_quote_add(c->db, io, NULL));
    TRY(name_put(c, io, str_trim(n->name)));
    return consent_add(c, io->home, io->id, 1, &n->consent);
}

err quote_add(struct ctx *c, const struct quote_new *n, str *out_code)
{
    struct q_place_by_id unit = {0};
    struct q_quote_top top = {0};
    if (!keeps(&c->actor)) {
        return FAIL(DENIED);
    }
    TRY(said_check(c, n));
    TRY(home_of(c, n->unit, &unit));
    TRY(photo_check(c, n));
    TRY(consent_check(c, &n->consent, str_trim(n->name).n > 0, n->photo != NULL && n->photo->n > 0));
    TRY(q_quote_top(c->db, c->arena, unit.id, &top));
    if (top.quotes_n >= QUOTES_MAX) {
        return FAIL(LIMIT);
    }
    struct q_quote_add_in row = {
        .home = unit.id,
        .id = id_next(c),
        .quote_code = arena_printf(c->arena, "S-%.*s-%04d", STR_F(unit.unit_code), (int)top.quotes_n + 1),
        .quote_kind_code = n->kind,
        .about_code = n->about,
        .section_code = n->section,
        .role_code = n->role,
        .sex_code = n->sex,
        .lang_code = n->spoken,
        .said_day = n->day,
        .created_by_id = made_by(c),
        .created_ms = c->now_ms};
    TRY(row_put(c, n, &row));
    const struct subject s = {&quote_kind, row.home, row.id};
    const struct q_flow_get facets = {.unit_id = row.home, .due_ms = day_at_ms(DAY_OPEN, 0, 0)};
    struct flow_step_in step = step_of(QUOTE_TAKE);
    struct seal says;
    TRY(quote_says(c, row.home, row.id, &says));
    step.content = seal_text(&says);
    *out_code = row.quote_code;
    return flow_start(c, &s, QUOTE_GIVEN, &facets, &step);
}

/* ---- reading ---- */

static struct quote_consent consent_of(const struct q_quote_consents *k)
{
    return (struct quote_consent){.day = k->given_day,
                                  .to = k->to_text,
                                  .how = k->how_code,
                                  .purposes = (k->report_flag ? QUOTE_REPORT : 0U) |
                                              (k->poster_flag ? QUOTE_POSTER : 0U),
                                  .name = k->name_flag != 0,
                                  .photo = k->photo_flag != 0};
}

err quote_consents(struct ctx *c, const struct quote_view *v, struct q_quote_consents **out, size_t *out_n)
{
    return q_quote_consents(c->db, c->arena,
                            &(struct q_quote_consents_in){v->row.home, v->row.id, QUOTES_SHOWN}, out, out_n);
}

err quote_find(struct ctx *c, str code, struct quote_view *out)
{
    struct quote_view v = {.words = S("")};
    struct q_quote_consents *consents;
    struct q_quote_person person;
    size_t n;
    bool mine;
    TRY(q_quote_get(c->db, c->arena, code, &v.row));
    TRY(sheet_reaches(c, v.row.home, &mine));
    if (!mine) {
        return FAIL(NOT_FOUND);
    }
    v.subject = (struct subject){&quote_kind, v.row.home, v.row.id};
    TRY(flow_now(c, &v.subject, &v.flow));
    v.state = (enum quote_state)v.flow.flow_state;
    TRY(quote_consents(c, &v, &consents, &n));
    if (n > 0) {
        v.consent = consent_of(&consents[0]);
    }
    if (v.row.words_enc.p != NULL) {
        TRY(vault_unseal(c, v.row.key_no, S("quote_words"), v.row.words_enc, &v.words));
    }
    const err e = q_quote_person(c->db, c->arena, v.row.home, v.row.id, &person);
    v.named = e.code == ERR_OK;
    *out = v;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static int by_day(const void *a, const void *b)
{
    const struct q_quote_list *x = a;
    const struct q_quote_list *y = b;
    return x->said_day != y->said_day ? (x->said_day < y->said_day ? 1 : -1)
                                      : (x->id < y->id) - (x->id > y->id);
}

err quote_all(struct ctx *c, struct q_quote_list **out, size_t *out_n)
{
    struct id_set homes;
    size_t n = 0;
    TRY(report_homes(c, STR_NONE, &homes));
    const size_t rounds = (homes.n + ID_LIST_MAX - 1) / ID_LIST_MAX;
    struct q_quote_list *all = arena_array_of(c->arena, struct q_quote_list, rounds * QUOTES_SHOWN + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < homes.n; at += ID_LIST_MAX) {
        struct q_quote_list *rows;
        size_t some;
        const size_t few = homes.n - at < ID_LIST_MAX ? homes.n - at : ID_LIST_MAX;
        TRY(q_quote_list(c->db, c->arena, homes.ids + at, few, QUOTES_SHOWN, &rows, &some));
        for (size_t i = 0; i < some; i++) {
            all[n++] = rows[i];
        }
    }
    qsort(all, n, sizeof *all, by_day);
    *out = all;
    *out_n = n < QUOTES_SHOWN ? n : QUOTES_SHOWN;
    return OK;
}

err quote_speaker(struct ctx *c, const struct quote_view *v, str *out)
{
    struct q_quote_person person;
    *out = S("");
    if (!c->may_show_identity || !hers(&c->actor, v->row.home) || !v->named) {
        return OK;
    }
    TRY(q_quote_person(c->db, c->arena, v->row.home, v->row.id, &person));
    return vault_unseal(c, v->row.key_no, S("quote_name"), person.name_enc, out);
}

/* ---- the picture ---- */

struct picture {
    int64_t home, key_no;
    struct opt_i64 ids[BLOBS];
    str sealed;
};

static err picture_read(struct ctx *c, const struct picture *p, bool small, struct buf *out, str *out_type)
{
    const size_t which = small && p->ids[SMALL].given ? SMALL : SHOWN;
    uint8_t key[BLOB_KEY_LEN];
    str secrets;
    if (!p->ids[which].given || p->sealed.p == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(vault_unseal(c, p->key_no, S("quote_photo"), p->sealed, &secrets));
    if (secrets.n != SECRETS_LEN) {
        return fail_log(c->fail, ERR_IO, "keys of a picture are malformed");
    }
    memcpy(key, secrets.p + which * BLOB_KEY_LEN, BLOB_KEY_LEN);
    const err e = blob_read(c, p->home, p->ids[which].v, key, out);
    explicit_bzero(key, sizeof key);
    *out_type = S("image/jpeg"); /* as the worker makes all of them */
    return e;
}

err quote_picture(struct ctx *c, const struct quote_view *v, bool small, struct buf *out, str *out_type)
{
    const struct picture p = {
        v->row.home, v->row.key_no, {v->row.photo_id, v->row.small_id}, v->row.blobs_enc};
    return v->consent.photo || hers(&c->actor, v->row.home) ? picture_read(c, &p, small, out, out_type)
                                                            : FAIL(NOT_FOUND);
}

/* ---- consent, anew and taken back ---- */

static err step_take(struct ctx *c, struct quote_view *io, enum quote_action action)
{
    struct flow_step_in step = step_of(action);
    struct seal says;
    TRY(quote_says(c, io->row.home, io->row.id, &says));
    step.content = seal_text(&says);
    TRY(flow_act(c, &io->subject, &io->flow, &step));
    return quote_find(c, io->row.quote_code, io);
}

/* Her words and her name stand in finished documents, too: these go with their keys. What they were stays
 * known by its hash. */
static err kept_remove(struct ctx *c, const struct quote_view *v)
{
    struct q_quote_kept_files *rows;
    size_t n;
    TRY(q_quote_kept_files(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_quote_file_blank_in in = {
            .file_secret = S(""), .home = rows[i].home, .blob_id = rows[i].blob_id};
        TRY(blob_remove(c, rows[i].home, rows[i].blob_id));
        TRY(q_quote_file_blank(c->db, &in, NULL));
    }
    return OK;
}

/* Whether she no longer agrees to what finished documents were made with: as quote_gone() counts them. */
static bool narrower(const struct quote_consent *now, const struct quote_consent *before)
{
    const bool left = (before->purposes & QUOTE_REPORT) != 0 && (now->purposes & QUOTE_REPORT) == 0;
    return left || (before->name && !now->name) || (before->photo && !now->photo);
}

err quote_consent_put(struct ctx *c, struct quote_view *io, const struct quote_consent *consent)
{
    struct q_quote_consents *before;
    size_t n;
    if (!keeps(&c->actor)) {
        return FAIL(DENIED);
    }
    if (io->state == QUOTE_WITHDRAWN) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_STORY_GONE, "action");
    }
    TRY(consent_check(c, consent, io->named, io->row.photo_id.given));
    TRY(quote_consents(c, io, &before, &n));
    TRY(consent_add(c, io->row.home, io->row.id, n > 0 ? before[0].consent_no + 1 : 1, consent));
    if (narrower(consent, &io->consent)) {
        TRY(kept_remove(c, io));
    }
    return step_take(c, io, QUOTE_CONSENT);
}

err quote_withdraw(struct ctx *c, struct quote_view *io)
{
    const int64_t home = io->row.home;
    if (!keeps(&c->actor)) {
        return FAIL(DENIED);
    }
    if (io->state == QUOTE_WITHDRAWN) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_STORY_GONE, "action");
    }
    const struct opt_i64 blobs[BLOBS] = {io->row.photo_id, io->row.small_id};
    for (size_t i = 0; i < BLOBS; i++) {
        if (blobs[i].given) {
            TRY(blob_remove(c, home, blobs[i].v));
        }
    }
    TRY(kept_remove(c, io));
    const struct q_quote_withdraw_in in = {SOME(local_day(c->now_ms)), home, io->row.id};
    TRY(q_quote_withdraw(c->db, &in, NULL));
    TRY(q_quote_person_remove(c->db, home, io->row.id, NULL));
    TRY(vault_retire(c, io->row.key_no));
    return step_take(c, io, QUOTE_WITHDRAW);
}

/* ---- for documents ---- */

static err printed_of(struct ctx *c, const struct q_quote_printable *row, struct quote_printed *out)
{
    *out = (struct quote_printed){.row = *row, .name = S(""), .named = row->name_flag != 0};
    out->picture = S("");
    out->photo = row->photo_flag != 0 && row->photo_id.given;
    return vault_unseal(c, row->key_no, S("quote_words"), row->words_enc, &out->words);
}

static err looked(struct ctx *c, str event, const struct quote_printed *q, str document)
{
    return audit_add(
        c, &(struct audit_entry){.event = event,
                                 .home = q->row.home,
                                 .subject_kind = str_of(quote_kind.name),
                                 .subject_id = q->row.id,
                                 .detail = arena_printf(c->arena, "document=%.*s", STR_F(document))});
}

err quote_look(struct ctx *c, const struct quote_printed *rows, size_t n, str document)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].named) {
            TRY(looked(c, S("quote.named"), &rows[i], document));
        }
        if (rows[i].photo) {
            TRY(looked(c, S("quote.pictured"), &rows[i], document));
        }
    }
    return OK;
}

err quote_name(struct ctx *c, struct quote_printed *io)
{
    struct q_quote_person person;
    if (!io->named) {
        return OK;
    }
    if (!c->may_show_identity) {
        return FAIL(DENIED);
    }
    TRY(q_quote_person(c->db, c->arena, io->row.home, io->row.id, &person));
    return vault_unseal(c, io->row.key_no, S("quote_name"), person.name_enc, &io->name);
}

static int older_first(const void *a, const void *b)
{
    const struct q_quote_printable *x = a;
    const struct q_quote_printable *y = b;
    return x->said_day != y->said_day ? (x->said_day > y->said_day ? 1 : -1)
                                      : (x->id > y->id) - (x->id < y->id);
}

static err printable(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
                     enum quote_purpose purpose, struct q_quote_printable **out, size_t *out_n)
{
    const size_t rounds = (homes_n + ID_LIST_MAX - 1) / ID_LIST_MAX;
    struct q_quote_printable *all =
        arena_array_of(c->arena, struct q_quote_printable, rounds * QUOTES_PRINTED + 1);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_quote_printable *rows;
        size_t some;
        const struct q_quote_printable_in in = {.homes = homes + at,
                                                .homes_n =
                                                    homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX,
                                                .from_day = p.from_day,
                                                .to_day = p.to_day,
                                                .for_report_no = purpose == QUOTE_REPORT,
                                                .for_poster_no = purpose == QUOTE_POSTER,
                                                .limit = QUOTES_PRINTED};
        TRY(q_quote_printable(c->db, c->arena, &in, &rows, &some));
        for (size_t i = 0; i < some; i++) {
            all[n++] = rows[i];
        }
    }
    qsort(all, n, sizeof *all, older_first);
    const size_t kept = n < QUOTES_PRINTED ? n : QUOTES_PRINTED;
    *out = all + (n - kept);
    *out_n = kept;
    return OK;
}

err quote_list(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
               enum quote_purpose purpose, struct quote_printed **out, size_t *out_n)
{
    struct q_quote_printable *rows;
    size_t n;
    TRY(printable(c, homes, homes_n, p, purpose, &rows, &n));
    struct quote_printed *all = arena_array_of(c->arena, struct quote_printed, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(printed_of(c, &rows[i], &all[i]));
    }
    *out = all;
    *out_n = n;
    return OK;
}

err quote_photo(struct ctx *c, const struct quote_printed *q, bool small, struct buf *out, str *out_type)
{
    const struct picture p = {
        q->row.home, q->row.key_no, {q->row.photo_id, q->row.small_id}, q->row.blobs_enc};
    return q->photo ? picture_read(c, &p, small, out, out_type) : FAIL(NOT_FOUND);
}

err quote_hold(struct ctx *c, const struct quote_printed *rows, size_t n, str document)
{
    for (size_t i = 0; i < n; i++) {
        const struct q_quote_printable *r = &rows[i].row;
        const struct q_quote_still_in asked = {r->home, r->id, r->consent_no};
        const struct q_quote_used_add_in in = {r->home, r->id, document, c->now_ms};
        struct q_quote_still still;
        TRY(q_quote_still(c->db, c->arena, &asked, &still));
        if (still.still_n == 0) {
            return fail_set(c->fail, ERR_CONFLICT, MSG_STORY_GONE, NULL);
        }
        TRY(q_quote_used_add(c->db, &in, NULL));
    }
    return OK;
}

err quote_gone(struct ctx *c, str document, int64_t *out)
{
    struct q_quote_gone row;
    TRY(q_quote_gone(c->db, c->arena, document, &row));
    *out = row.gone_n;
    return OK;
}

err quote_documents(struct ctx *c, const struct quote_view *v, struct q_quote_documents **out, size_t *out_n)
{
    return q_quote_documents(
        c->db, c->arena, &(struct q_quote_documents_in){v->row.home, v->row.id, QUOTES_SHOWN}, out, out_n);
}
