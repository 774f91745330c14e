/* evidence.c: adding, listing, opening; see evidence.h. */
#include "evidence.h"

#include "evidence_inside.h"
#include "msg.h"
#include "vault.h"

static const struct blob *blob_of(const struct evidence_piece *p, size_t i)
{
    const struct blob *all[EVIDENCE_BLOBS] = {&p->shown, &p->small, &p->kept};
    return all[i]->sealed.n > 0 ? all[i] : NULL;
}

void evidence_pieces_free(struct evidence_pieces *p)
{
    for (size_t i = 0; i < p->n; i++) {
        blob_free(&p->v[i].shown);
        blob_free(&p->v[i].small);
        blob_free(&p->v[i].kept);
    }
    p->n = 0;
}

str evidence_kind_name(int64_t kind_no)
{
    static const char *const names[] = {"", "case", "direction", "event"};
    const bool known = kind_no > 0 && kind_no < (int64_t)(sizeof names / sizeof names[0]);
    return str_of(names[known ? kind_no : 0]);
}

err evidence_store(struct ctx *c, int64_t home, int64_t key_no, const struct evidence_piece *p,
                   struct evidence_stored *out)
{
    uint8_t secrets[EVIDENCE_SECRETS_LEN] = {0};
    const uint8_t *hashes[EVIDENCE_BLOBS] = {NULL};
    struct evidence_stored stored = {.shown = NONE_I64, .small = NONE_I64, .kept = NONE_I64};
    struct opt_i64 *const ids[EVIDENCE_BLOBS] = {&stored.shown, &stored.small, &stored.kept};
    for (size_t i = 0; i < EVIDENCE_BLOBS; i++) {
        const struct blob *b = blob_of(p, i);
        int64_t id;
        if (b == NULL) {
            continue;
        }
        TRY(blob_put(c, home, b, &id));
        *ids[i] = SOME(id);
        memcpy(secrets + i * BLOB_KEY_LEN, b->key, BLOB_KEY_LEN);
        hashes[i] = b->hash;
    }
    const err e =
        vault_seal(c, key_no, S("evidence"), (str){(const char *)secrets, sizeof secrets}, &stored.secret);
    explicit_bzero(secrets, sizeof secrets);
    TRY(e);
    stored.bytes = evidence_bytes_seal(hashes);
    *out = stored;
    return OK;
}

static str media_code(enum file_kind kind)
{
    return kind == FILE_VOICE ? S("voice") : kind == FILE_PDF ? S("pdf") : S("photo");
}

static struct opt_i64 positive(int64_t n)
{
    return n > 0 ? SOME(n) : NONE_I64;
}

static struct q_evidence_add_in row_of(struct ctx *c, const struct evidence_for *to,
                                       const struct evidence_piece *p, int64_t piece_no,
                                       const struct evidence_stored *s)
{
    static const char *const whose[] = {"complainant", "desk", "officer"};
    static const char *const pairs[] = {"none", "before", "after"};
    const bool of_event = to->paper.n > 0;
    return (struct q_evidence_add_in){
        .home = to->subject.home,
        .kind_no = to->subject.kind->kind_no,
        .subject_id = to->subject.id,
        .piece_no = piece_no,
        .step_no = to->step_no,
        .media_code = media_code(p->kind),
        .from_code = str_of(whose[to->from]),
        .keeper_id = to->keeper,
        .pair_code = str_of(pairs[to->pair]),
        .piece_code = p->waiting ? S("waiting") : S("ready"),
        .type_code = str_of(p->type),
        .kept_type_code = s->kept.given ? str_of(p->received) : STR_NONE,
        .received_hash = {(const char *)p->received_hash, DIGEST_LEN},
        .key_no = to->key_no,
        .secret_enc = s->secret,
        .shown_id = s->shown,
        .small_id = s->small,
        .kept_id = s->kept,
        .bytes_n = p->bytes,
        .wide_n = positive(p->wide),
        .high_n = positive(p->high),
        .seconds_n = positive(p->seconds),
        .open_flag =
            of_event ? !str_eq(to->seen, S("desk")) : to->from == EVIDENCE_OFFICER && p->kind != FILE_VOICE,
        .typed_code = to->alone && p->kind != FILE_PDF ? S("to_type") : S("not_needed"),
        .paper_code = of_event ? to->paper : S("none"),
        .seen_code = of_event ? to->seen : S("none"),
        .agreed_flag = to->agreed,
        .change_no = 1,
        .by_id = positive(c->actor.user_id),
        .created_ms = c->now_ms,
    };
}

static err row_read(struct ctx *c, const struct subject *s, int64_t piece_no, struct q_evidence_get *out)
{
    const struct q_evidence_get_in in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .piece_no = piece_no};
    return q_evidence_get(c->db, c->arena, &in, out);
}

/* … unless it came with a step that was taken back. */
static err row_standing(struct ctx *c, const struct subject *s, int64_t piece_no, struct q_evidence_get *out)
{
    struct q_evidence_taken_back gone;
    const struct q_evidence_taken_back_in in = {.undo_no = s->kind->undo,
                                                .home = s->home,
                                                .kind_no = s->kind->kind_no,
                                                .subject_id = s->id,
                                                .piece_no = piece_no};
    const err e = q_evidence_taken_back(c->db, c->arena, &in, &gone);
    if (e.code != ERR_NOT_FOUND) {
        return e.code == ERR_OK ? FAIL(NOT_FOUND) : e;
    }
    return row_read(c, s, piece_no, out);
}

static err piece_add(struct ctx *c, const struct evidence_for *to, const struct evidence_piece *p,
                     int64_t piece_no)
{
    struct evidence_stored stored;
    struct q_evidence_get back;
    TRY(evidence_store(c, to->subject.home, to->key_no, p, &stored));
    const struct q_evidence_add_in row = row_of(c, to, p, piece_no, &stored);
    TRY(q_evidence_add(c->db, &row, NULL));
    TRY(row_read(c, &to->subject, piece_no, &back));
    return evidence_record(c, S("evidence.added"), str_of(to->subject.kind->name), &back, &stored.bytes);
}

static err last_number(struct ctx *c, const struct subject *s, int64_t *out)
{
    struct q_evidence_top top = {0};
    const struct q_evidence_top_in in = {.home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    const err e = q_evidence_top(c->db, c->arena, &in, &top);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out = e.code == ERR_OK ? top.piece_no : 0;
    return OK;
}

err evidence_add(struct ctx *c, const struct evidence_for *to, const struct evidence_pieces *p)
{
    int64_t last;
    if (p->n == 0) {
        return OK;
    }
    TRY(last_number(c, &to->subject, &last));
    if (last + (int64_t)p->n > EVIDENCE_PIECES_MAX) {
        return fail_set(c->fail, ERR_LIMIT, MSG_EVIDENCE_TOO_MANY, NULL);
    }
    for (size_t i = 0; i < p->n; i++) {
        TRY(piece_add(c, to, &p->v[i], last + 1 + (int64_t)i));
    }
    return OK;
}

/* ---- who may see what ---- */

bool evidence_keeps(const struct actor *who, struct opt_i64 keeper)
{
    return keeper.given ? who->role == ROLE_ADC && who->office_id == keeper.v : who->role == ROLE_DESK;
}

/* A file of an event that whoever asks reaches: the desk sees all of them; a district's, whoever works there;
 * the programme's, its manager too. */
static bool may_of_event(enum role r, str seen)
{
    const bool there =
        r == ROLE_OFFICER || r == ROLE_SUPERVISOR || r == ROLE_ADC || r == ROLE_MEMBER || r == ROLE_MONITOR;
    const bool wide = str_eq(seen, S("programme")) || str_eq(seen, S("public"));
    return r == ROLE_DESK || (there && !str_eq(seen, S("desk"))) || (r == ROLE_MANAGER && wide);
}

/* Without the one condition that belongs to a request: whether the look at a voice, or at what is the desk's
 * alone, has been audited. */
static bool may(const struct ctx *c, str piece_code, str media, str from, struct opt_i64 keeper,
                int64_t open_flag, str seen)
{
    const enum role r = c->actor.role;
    if (!str_eq(piece_code, S("ready"))) {
        return false;
    }
    if (!str_eq(seen, S("none"))) {
        return may_of_event(r, seen);
    }
    if (evidence_keeps(&c->actor, keeper)) {
        return true;
    }
    if (r == ROLE_PUBLIC) { /* whom her PIN let in: what the office shows her, and what she said herself */
        return str_eq(media, S("voice"))
                   ? str_eq(from, S("complainant"))
                   : open_flag == 1 && str_eq(media, S("photo")) && str_eq(from, S("officer"));
    }
    const bool staff = r == ROLE_DESK || r == ROLE_OFFICER || r == ROLE_SUPERVISOR || r == ROLE_ADC;
    return staff && open_flag == 1 && !str_eq(media, S("voice"));
}

err evidence_list(struct ctx *c, const struct subject *s, struct evidence_row **out, size_t *out_n)
{
    struct q_evidence_list *rows;
    size_t n;
    const struct q_evidence_list_in in = {
        .undo_no = s->kind->undo, .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    TRY(q_evidence_list(c->db, c->arena, &in, &rows, &n));
    struct evidence_row *list = arena_array_of(c->arena, struct evidence_row, n + 1);
    if (list == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        list[i] =
            (struct evidence_row){.at = rows[i],
                                  .may = may(c, rows[i].piece_code, rows[i].media_code, rows[i].from_code,
                                             rows[i].keeper_id, rows[i].open_flag, rows[i].seen_code)};
    }
    *out = list;
    *out_n = n;
    return OK;
}

err evidence_open(struct ctx *c, const struct subject *s, int64_t piece_no, enum evidence_what what,
                  struct buf *out, str *out_type)
{
    struct q_evidence_get row;
    str secrets;
    TRY(row_standing(c, s, piece_no, &row));
    const bool held = str_eq(row.media_code, S("voice")) || str_eq(row.seen_code, S("desk"));
    if (!str_eq(row.piece_code, S("ready"))) {
        return FAIL(NOT_FOUND);
    }
    if (!may(c, row.piece_code, row.media_code, row.from_code, row.keeper_id, row.open_flag, row.seen_code) ||
        (held && !c->may_show_identity)) {
        return FAIL(DENIED);
    }
    const struct opt_i64 ids[EVIDENCE_BLOBS] = {row.shown_id, row.small_id, row.kept_id};
    if (!ids[what].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(vault_unseal(c, row.key_no, S("evidence"), row.secret_enc, &secrets));
    if (secrets.n != EVIDENCE_SECRETS_LEN) {
        return fail_log(c->fail, ERR_IO, "keys of a piece of evidence are malformed");
    }
    const uint8_t *key = (const uint8_t *)secrets.p + (size_t)what * BLOB_KEY_LEN;
    TRY(blob_read(c, s->home, ids[what].v, key, out));
    *out_type = what == EVIDENCE_SMALL  ? S("image/jpeg")
                : what == EVIDENCE_KEPT ? row.kept_type_code
                                        : row.type_code;
    return OK;
}

err evidence_let_see(struct ctx *c, const struct subject *s, int64_t piece_no, bool open)
{
    struct q_evidence_get row;
    TRY(row_standing(c, s, piece_no, &row));
    if (!evidence_keeps(&c->actor, row.keeper_id)) {
        return FAIL(DENIED);
    }
    if (str_eq(row.media_code, S("voice"))) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EVIDENCE_VOICE_CLOSED, NULL);
    }
    if ((row.open_flag == 1) == open) {
        return OK;
    }
    const struct q_evidence_let_see_in in = {.open_flag = open,
                                             .home = s->home,
                                             .kind_no = s->kind->kind_no,
                                             .subject_id = s->id,
                                             .piece_no = piece_no};
    TRY(q_evidence_let_see(c->db, &in, NULL));
    row.open_flag = open;
    row.change_no++;
    return evidence_record(c, open ? S("evidence.opened") : S("evidence.closed"), str_of(s->kind->name), &row,
                           NULL);
}

/* ---- files of events ---- */

static err row_of_event(struct ctx *c, const struct subject *s, int64_t piece_no, struct q_evidence_get *out)
{
    TRY(row_standing(c, s, piece_no, out));
    const bool stands = !str_eq(out->seen_code, S("none")) && !str_eq(out->piece_code, S("removed"));
    return stands ? OK : FAIL(NOT_FOUND);
}

err evidence_show_to(struct ctx *c, const struct subject *s, int64_t piece_no, str seen, bool agreed)
{
    struct q_evidence_get row;
    TRY(row_of_event(c, s, piece_no, &row));
    const struct q_evidence_show_to_in in = {.seen_code = seen,
                                             .agreed_flag = agreed,
                                             .open_flag = !str_eq(seen, S("desk")),
                                             .home = s->home,
                                             .kind_no = s->kind->kind_no,
                                             .subject_id = s->id,
                                             .piece_no = piece_no};
    TRY(q_evidence_show_to(c->db, &in, NULL));
    TRY(row_read(c, s, piece_no, &row));
    return evidence_record(c, S("evidence.shown_to"), str_of(s->kind->name), &row, NULL);
}

err evidence_remove(struct ctx *c, const struct subject *s, int64_t piece_no, str why)
{
    const uint8_t *none[EVIDENCE_BLOBS] = {NULL};
    struct q_evidence_get row;
    TRY(row_of_event(c, s, piece_no, &row));
    const struct opt_i64 ids[EVIDENCE_BLOBS] = {row.shown_id, row.small_id, row.kept_id};
    const struct q_evidence_removed_in in = {.gone_text = why,
                                             .home = s->home,
                                             .kind_no = s->kind->kind_no,
                                             .subject_id = s->id,
                                             .piece_no = piece_no};
    TRY(q_evidence_removed(c->db, &in, NULL));
    for (size_t i = 0; i < EVIDENCE_BLOBS; i++) {
        if (ids[i].given) {
            TRY(blob_remove(c, s->home, ids[i].v));
        }
    }
    TRY(row_read(c, s, piece_no, &row));
    const struct seal bytes = evidence_bytes_seal(none);
    return evidence_record(c, S("evidence.removed"), str_of(s->kind->name), &row, &bytes);
}

/* ---- to be typed ---- */

/* As the queue knows a keeper: 0 stands for the desk, -1 for nobody. */
static int64_t kept_by(const struct actor *who)
{
    return who->role == ROLE_DESK ? 0 : who->role == ROLE_ADC && who->office_id != 0 ? who->office_id : -1;
}

err evidence_untyped(struct ctx *c, const struct flow_kind *kind, int64_t home, int64_t limit,
                     struct q_evidence_untyped **out, size_t *out_n)
{
    const struct q_evidence_untyped_in in = {.undo_no = kind->undo,
                                             .home = home,
                                             .kind_no = kind->kind_no,
                                             .kept_by_id = kept_by(&c->actor),
                                             .limit = limit};
    return q_evidence_untyped(c->db, c->arena, &in, out, out_n);
}

err evidence_untyped_count(struct ctx *c, const struct flow_kind *kind, int64_t home, int64_t *out)
{
    struct q_evidence_untyped_count row;
    const struct q_evidence_untyped_count_in in = {
        .undo_no = kind->undo, .home = home, .kind_no = kind->kind_no, .kept_by_id = kept_by(&c->actor)};
    TRY(q_evidence_untyped_count(c->db, c->arena, &in, &row));
    *out = row.untyped_n;
    return OK;
}

err evidence_typed(struct ctx *c, const struct subject *s, int64_t step_no)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(c, s, &rows, &n));
    const struct q_evidence_typed_in in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .step_no = step_no};
    TRY(q_evidence_typed(c->db, &in, NULL));
    for (size_t i = 0; i < n; i++) {
        struct q_evidence_get row;
        if (rows[i].at.step_no == step_no && str_eq(rows[i].at.typed_code, S("to_type"))) {
            TRY(row_read(c, s, rows[i].at.piece_no, &row));
            TRY(evidence_record(c, S("evidence.typed"), str_of(s->kind->name), &row, NULL));
        }
    }
    return OK;
}

err evidence_untyped_step(struct ctx *c, const struct subject *s, int64_t *out)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(c, s, &rows, &n));
    *out = 0;
    for (size_t i = 0; i < n && *out == 0; i++) {
        *out = str_eq(rows[i].at.typed_code, S("to_type")) ? rows[i].at.step_no : 0;
    }
    return OK;
}
