/* draft.c: unfinished forms. */
#include "audit.h"
#include "desk.h"
#include "vault.h"

#define DRAFT_FIELD S("draft")

/* That a form was begun and how it ended; not what is in it. */
static err draft_note(struct ctx *c, str event)
{
    const struct audit_entry e = {.event = event, .home = c->actor.home};
    return audit_add(c, &e);
}

static err draft_destroy(struct ctx *c, int64_t account, str code, int64_t key_no)
{
    TRY(q_draft_remove(c->db, account, code, NULL));
    TRY(vault_retire(c, key_no));
    return draft_note(c, S("draft.ended"));
}

/* Room for one more. */
static err drafts_bound(struct ctx *c)
{
    struct q_draft_list *rows;
    size_t n;
    TRY(draft_list(c, &rows, &n));
    for (size_t i = DRAFTS_KEPT - 1; i < n; i++) {
        TRY(draft_destroy(c, c->actor.user_id, rows[i].draft_code, rows[i].key_no));
    }
    return OK;
}

err draft_keep(struct ctx *c, str code, str content)
{
    struct q_draft_get was;
    struct q_draft_put_in row = {
        .account_id = c->actor.user_id, .draft_code = code, .created_ms = c->now_ms, .updated_ms = c->now_ms};
    if (content.n > DRAFT_MAX) {
        return FAIL(LIMIT);
    }
    const err e = q_draft_get(c->db, c->arena, c->actor.user_id, code, &was);
    if (e.code == ERR_NOT_FOUND) {
        TRY(drafts_bound(c));
        TRY(vault_key_take(c, &row.key_no));
        TRY(draft_note(c, S("draft.begun")));
    } else {
        TRY(e);
        row.key_no = was.key_no;
    }
    TRY(vault_seal(c, row.key_no, DRAFT_FIELD, content, &row.content_enc));
    return q_draft_put(c->db, &row, NULL);
}

err draft_read(struct ctx *c, str code, str *out_content)
{
    struct q_draft_get row;
    TRY(q_draft_get(c->db, c->arena, c->actor.user_id, code, &row));
    return vault_unseal(c, row.key_no, DRAFT_FIELD, row.content_enc, out_content);
}

err draft_list(struct ctx *c, struct q_draft_list **out, size_t *out_n)
{
    return q_draft_list(c->db, c->arena, c->actor.user_id, out, out_n);
}

err draft_end(struct ctx *c, str code)
{
    struct q_draft_get row;
    const err e = q_draft_get(c->db, c->arena, c->actor.user_id, code, &row);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    return draft_destroy(c, c->actor.user_id, code, row.key_no);
}

err draft_expire(struct ctx *c, int64_t *out_done)
{
    enum { AT_ONCE = 200 };
    struct q_draft_old *rows;
    size_t n;
    TRY(q_draft_old(c->db, c->arena, c->now_ms - (int64_t)DRAFT_DAYS * 86400000, AT_ONCE, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(draft_destroy(c, rows[i].account_id, rows[i].draft_code, rows[i].key_no));
    }
    *out_done = (int64_t)n;
    return OK;
}
