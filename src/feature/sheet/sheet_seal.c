/* sheet_seal.c: what a sheet says, bound to the audit chain (see flow/seal.h): its row, what was answered to
 * warnings, what stands on it, its approved versions, and the figures that its approval froze, each with its
 * place in the district's chain. So content that is rewritten together with its own hash, and a chain of
 * figures that is cut at its end, differ from what the approval's row of the audit chain says. */
#include "sheet_inside.h"

#include "buf.h"

enum { SAID_MAX = 4 << 20 };

static void put_row(struct buf *b, const struct q_sheet_get *r)
{
    hashed_number(b, r->home);
    hashed_number(b, r->id);
    hashed_text(b, r->sheet_kind_code);
    hashed_option(b, r->event_id);
    hashed_option(b, r->plan_home_id);
    hashed_option(b, r->action_id);
    hashed_number(b, r->from_day);
    hashed_number(b, r->to_day);
    hashed_number(b, r->version_no);
    hashed_number(b, r->due_day);
    hashed_option(b, r->first_day);
    hashed_text(b, r->progress_code);
    hashed_option(b, r->began_day);
    hashed_option(b, r->ended_day);
    hashed_text(b, r->why_text);
    hashed_text(b, r->done_text);
    hashed_text(b, r->narrative_text);
    hashed_option(b, r->author_id);
    hashed_option(b, r->author_ms);
    hashed_option(b, r->verifier_id);
    hashed_option(b, r->verifier_ms);
    hashed_option(b, r->approver_id);
    hashed_option(b, r->approver_ms);
    hashed_text(b, r->content_hash);
}

static err put_findings(struct ctx *c, struct buf *b, int64_t home, int64_t id)
{
    struct q_sheet_sealed_findings *rows;
    size_t n;
    TRY(q_sheet_sealed_findings(c->db, c->arena, home, id, &rows, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_text(b, rows[i].rule_code);
        hashed_text(b, rows[i].place_code);
        hashed_text(b, rows[i].severity_code);
        hashed_option(b, rows[i].left_n);
        hashed_option(b, rows[i].right_n);
        hashed_text(b, rows[i].why_text);
        hashed_option(b, rows[i].why_by_id);
        hashed_option(b, rows[i].why_ms);
    }
    return OK;
}

/* What stands on the sheet of an activity: events, values that nothing computes, what is to follow. */
static err put_entries(struct ctx *c, struct buf *b, int64_t home, int64_t id)
{
    struct q_sheet_sealed_events *events;
    struct q_sheet_sealed_values *values;
    struct q_sheet_sealed_follows *follows;
    size_t n;
    TRY(q_sheet_sealed_events(c->db, c->arena, home, id, &events, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, events[i].event_id);
    }
    TRY(q_sheet_sealed_values(c->db, c->arena, home, id, &values, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, values[i].plan_home_id);
        hashed_number(b, values[i].indicator_id);
        hashed_text(b, values[i].role_code);
        hashed_text(b, values[i].sex_code);
        hashed_number(b, values[i].num_n);
        hashed_number(b, values[i].den_n);
        hashed_text(b, values[i].means_text);
        hashed_option(b, values[i].said_by_id);
        hashed_option(b, values[i].said_ms);
    }
    TRY(q_sheet_sealed_follows(c->db, c->arena, home, id, &follows, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, follows[i].follow_no);
        hashed_text(b, follows[i].words_text);
        hashed_text(b, follows[i].post_text);
        hashed_number(b, follows[i].due_day);
        hashed_option(b, follows[i].done_day);
    }
    return OK;
}

static err put_versions(struct ctx *c, struct buf *b, int64_t home, int64_t id)
{
    struct q_sheet_sealed_versions *rows;
    size_t n;
    TRY(q_sheet_sealed_versions(c->db, c->arena, home, id, &rows, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, rows[i].version_no);
        hashed_text(b, rows[i].content_hash);
        hashed_number(b, rows[i].approved_ms);
        hashed_text(b, rows[i].unlock_text);
        hashed_option(b, rows[i].unlocked_by_id);
        hashed_option(b, rows[i].unlocked_ms);
    }
    return OK;
}

/* Their cells and rows are held against content_hash by snapshot_verify(). */
static err put_figures(struct ctx *c, struct buf *b, int64_t home, int64_t id)
{
    struct q_sheet_sealed_figures *rows;
    size_t n;
    TRY(q_sheet_sealed_figures(c->db, c->arena, home, id, &rows, &n));
    hashed_number(b, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, rows[i].id);
        hashed_number(b, rows[i].snapshot_no);
        hashed_text(b, rows[i].indicator_code);
        hashed_number(b, rows[i].from_day);
        hashed_number(b, rows[i].to_day);
        hashed_number(b, rows[i].version_no);
        hashed_number(b, rows[i].last_flag);
        hashed_number(b, rows[i].sheet_version_no);
        hashed_option(b, rows[i].approver_id);
        hashed_number(b, rows[i].made_ms);
        hashed_text(b, rows[i].content_hash);
        hashed_text(b, rows[i].chain_hash);
    }
    return OK;
}

err sheet_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct q_sheet_get row;
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    TRY(q_sheet_get(c->db, c->arena, home, id, &row));
    put_row(&b, &row);
    TRY(put_findings(c, &b, home, id));
    TRY(put_entries(c, &b, home, id));
    TRY(put_versions(c, &b, home, id));
    TRY(put_figures(c, &b, home, id));
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}
