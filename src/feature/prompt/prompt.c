/* prompt.c: keeping recorded questions. */
#include "prompt.h"

#include "audit.h"
#include "clock.h"

#define PROMPT_ROW(key, words) {S_INIT(key), words},
#define PROMPT_CODE(key, words) key,
const struct prompt_key prompt_keys[PROMPTS_N] = {PROMPT_KEYS(PROMPT_ROW)};
const char *const prompt_codes[PROMPTS_N + 1] = {PROMPT_KEYS(PROMPT_CODE) NULL};

enum { HASH_DIGITS_FROM = 16 /* bytes of the hash that stand in an address */ };

static err note(struct ctx *c, str event, str key, str lang, int64_t version)
{
    const struct audit_entry e = {.event = event,
                                  .home = c->actor.home,
                                  .detail = arena_printf(c->arena, "prompt=%.*s lang=%.*s version=%lld",
                                                         STR_F(key), STR_F(lang), (long long)version)};
    return audit_add(c, &e);
}

static err stands_no_more(struct ctx *c, str key, str lang, int64_t *out_n)
{
    const struct q_prompt_end_in in = {.ended_ms = SOME(c->now_ms), .prompt_key = key, .lang_code = lang};
    return q_prompt_end(c->db, &in, out_n);
}

static err sound_check(struct ctx *c, const struct evidence_pieces *files)
{
    if (files == NULL || files->n != 1 || files->v[0].kind != FILE_VOICE) {
        return fail_set(c->fail, ERR_INVALID, MSG_PROMPT_NO_SOUND, "sound");
    }
    return files->v[0].waiting ? fail_set(c->fail, ERR_BUSY, MSG_LIBRARY_FILE_LATER, NULL) : OK;
}

static str hash_text(struct ctx *c, const struct blob *b)
{
    SCOPED(buf_free) struct buf hex = buf_new((size_t)2 * HASH_DIGITS_FROM + 1);
    for (size_t i = 0; i < HASH_DIGITS_FROM; i++) {
        buf_printf(&hex, "%02x", b->hash[i]);
    }
    return arena_str(c->arena, buf_str(&hex));
}

static err may(const struct ctx *c)
{
    const enum role r = c->actor.role;
    return r == ROLE_ADMIN || r == ROLE_MANAGER || r == ROLE_SYSTEM ? OK : FAIL(DENIED);
}

/* It takes the place of the one before it. */
static err stand(struct ctx *c, struct q_prompt_add_in *in, const struct blob *sound)
{
    struct q_prompt_last last;
    int64_t ended = 0;
    in->hash_code = hash_text(c, sound);
    in->home = c->actor.home;
    in->sound_secret = arena_str(c->arena, (str){(const char *)sound->key, BLOB_KEY_LEN});
    in->bytes_n = (int64_t)sound->sealed.n;
    in->made_by_id = (struct opt_i64){c->actor.user_id != 0, c->actor.user_id};
    in->made_ms = c->now_ms;
    TRY(q_prompt_last(c->db, c->arena, in->prompt_key, in->lang_code, &last));
    in->version_no = last.last_n + 1;
    TRY(blob_put(c, in->home, sound, &in->sound_id));
    TRY(stands_no_more(c, in->prompt_key, in->lang_code, &ended));
    TRY(q_prompt_add(c->db, in, NULL));
    return note(c, S("prompt.put"), in->prompt_key, in->lang_code, in->version_no);
}

err prompt_put(struct ctx *c, const struct prompt_new *n)
{
    TRY(may(c));
    TRY(sound_check(c, n->files));
    const struct evidence_piece *p = &n->files->v[0];
    struct q_prompt_add_in in = {.prompt_key = n->key,
                                 .lang_code = n->lang,
                                 .type_code = str_of(p->type),
                                 .seconds_n = p->seconds,
                                 .machine_flag = n->machine,
                                 .speaker_text = n->speaker.n > 0 ? n->speaker : S("")};
    return stand(c, &in, &p->shown);
}

err prompt_bring(struct ctx *c, const struct prompt_brought *b)
{
    SCOPED(blob_free) struct blob sound = {.sealed = buf_new(0)};
    struct q_prompt_add_in in = {.prompt_key = b->key,
                                 .lang_code = b->lang,
                                 .type_code = b->type,
                                 .seconds_n = b->seconds,
                                 .machine_flag = b->machine,
                                 .speaker_text = b->speaker.n > 0 ? b->speaker : S("")};
    TRY(may(c));
    TRY(blob_seal(b->sound, &sound));
    return stand(c, &in, &sound);
}

err prompt_fill(struct ctx *c, const struct prompt_brought *b, bool *out_put)
{
    struct q_prompt_standing *rows;
    size_t n;
    bool known = false;
    bool stands = false;
    for (size_t i = 0; i < PROMPTS_N; i++) {
        known = known || str_eq(prompt_keys[i].key, b->key);
    }
    if (!known) {
        return FAIL(INVALID);
    }
    TRY(prompt_standing(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        stands = stands || (str_eq(rows[i].prompt_key, b->key) && str_eq(rows[i].lang_code, b->lang));
    }
    *out_put = !stands;
    return stands ? OK : prompt_bring(c, b);
}

err prompt_take_away(struct ctx *c, str key, str lang)
{
    struct q_prompt_last last;
    int64_t ended = 0;
    TRY(may(c));
    TRY(stands_no_more(c, key, lang, &ended));
    if (ended == 0) {
        return FAIL(NOT_FOUND);
    }
    TRY(q_prompt_last(c->db, c->arena, key, lang, &last));
    return note(c, S("prompt.taken_away"), key, lang, last.last_n);
}

err prompt_standing(struct ctx *c, struct q_prompt_standing **out, size_t *out_n)
{
    return q_prompt_standing(c->db, c->arena, out, out_n);
}

err prompt_sound(struct ctx *c, str hash, struct buf *out, str *out_type)
{
    struct q_prompt_by_hash row;
    uint8_t key[BLOB_KEY_LEN];
    TRY(q_prompt_by_hash(c->db, c->arena, hash, &row));
    if (row.sound_secret.n != BLOB_KEY_LEN) {
        return FAIL(IO);
    }
    memcpy(key, row.sound_secret.p, BLOB_KEY_LEN);
    TRY(blob_read(c, row.home, row.sound_id, key, out));
    *out_type = row.type_code;
    return OK;
}
