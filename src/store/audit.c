/* audit.c: see audit.h. The hash of a row is BLAKE2b-256 over all its other columns in a form that has one
 * reading only: numbers as eight bytes, texts behind their length, a missing text unlike an empty one. */
#include "audit.h"

#include <endian.h>

#include "audit.sql.h"
#include "buf.h"
#include "random.h"
#include "store_inside.h"

enum { ROW_MAX = 16 * 1024, PAGE_ROWS = 500, HEADS_MAX = 1 << 20, CHAINS_MAX = NODES_MAX * CHAINS_PER_NODE };

void hashed_number(struct buf *b, int64_t v)
{
    const uint64_t big = htobe64((uint64_t)v);
    buf_put(b, (str){(const char *)&big, sizeof big});
}

void hashed_option(struct buf *b, struct opt_i64 v)
{
    hashed_number(b, v.given);
    hashed_number(b, v.given ? v.v : 0);
}

void hashed_text(struct buf *b, str s)
{
    hashed_number(b, s.p == NULL ? -1 : (int64_t)s.n);
    buf_put(b, s);
}

struct seal seal_of(const struct buf *b)
{
    uint8_t hash[HASH_LEN];
    char hex[2 * HASH_LEN];
    struct seal s;
    content_hash(buf_str(b), hash);
    hex_of(hash, sizeof hash, hex);
    memcpy(s.hex, hex, SEAL_LEN);
    return s;
}

str seal_text(const struct seal *s)
{
    return (str){s->hex, SEAL_LEN};
}

static err row_hash(const struct q_audit_walk *r, uint8_t out[HASH_LEN])
{
    SCOPED(buf_free) struct buf b = buf_new(ROW_MAX);
    hashed_number(&b, r->chain_no);
    hashed_number(&b, r->seq_no);
    hashed_number(&b, r->audit_ms);
    hashed_text(&b, r->event_name);
    hashed_number(&b, r->home);
    hashed_text(&b, r->actor_name);
    hashed_number(&b, r->actor_id);
    hashed_text(&b, r->about_kind);
    hashed_number(&b, r->about_id);
    hashed_text(&b, r->detail_text);
    hashed_text(&b, r->prev_hash);
    if (b.full) {
        return FAIL(LIMIT);
    }
    content_hash(buf_str(&b), out);
    return OK;
}

static str hash_str(const uint8_t hash[HASH_LEN])
{
    return (str){(const char *)hash, HASH_LEN};
}

static err head_load(struct ctx *c, struct writer *w)
{
    struct q_audit_head head;
    const err e = q_audit_head(c->db, c->arena, w->chain, &head);
    if (e.code == ERR_NOT_FOUND) {
        w->marks.head_seq = 0;
        memset(w->marks.head, 0, HASH_LEN);
        w->marks.head_known = true;
        return OK;
    }
    TRY(e);
    if (head.row_hash.n != HASH_LEN) {
        return fail_log(c->fail, ERR_IO, "head of audit chain %lld is damaged", (long long)w->chain);
    }
    w->marks.head_seq = head.seq_no;
    memcpy(w->marks.head, head.row_hash.p, HASH_LEN);
    w->marks.head_known = true;
    return OK;
}

err audit_add(struct ctx *c, const struct audit_entry *e)
{
    struct writer *w = writer_of(c);
    if (!w->marks.head_known) {
        TRY(head_load(c, w));
    }
    const struct q_audit_walk row = {
        .chain_no = w->chain,
        .seq_no = w->marks.head_seq + 1,
        .audit_ms = c->now_ms,
        .event_name = e->event,
        .home = e->home,
        .actor_name = str_of(role_name(c->actor.role)),
        .actor_id = c->actor.user_id,
        .about_kind = e->subject_kind,
        .about_id = e->subject_id,
        .detail_text = e->detail,
        .prev_hash = hash_str(w->marks.head),
    };
    uint8_t hash[HASH_LEN];
    if (row_hash(&row, hash).code != ERR_OK) {
        return fail_log(c->fail, ERR_LIMIT, "%.*s: audit detail is too long", STR_F(e->event));
    }
    TRY(q_audit_append(c->db,
                       &(struct q_audit_append_in){.chain_no = row.chain_no,
                                                   .seq_no = row.seq_no,
                                                   .audit_ms = row.audit_ms,
                                                   .event_name = row.event_name,
                                                   .home = row.home,
                                                   .actor_name = row.actor_name,
                                                   .actor_id = row.actor_id,
                                                   .about_kind = row.about_kind,
                                                   .about_id = row.about_id,
                                                   .detail_text = row.detail_text,
                                                   .prev_hash = row.prev_hash,
                                                   .row_hash = hash_str(hash)},
                       NULL));
    w->marks.head_seq = row.seq_no;
    memcpy(w->marks.head, hash, HASH_LEN);
    return OK;
}

/* ---- verification ---- */

struct walk {
    int64_t chain, seq; /* of the row last seen that fits */
    uint8_t head[HASH_LEN];
    int64_t rows;
    struct audit_report *report; /* where steps are counted */
};

/* Of the report's kinds; NULL when there are more than it can hold. */
static struct audit_kind *kind_of(struct audit_report *r, str name)
{
    for (size_t i = 0; i < r->kinds_n; i++) {
        if (str_eq(str_of(r->kinds[i].name), name)) {
            return &r->kinds[i];
        }
    }
    if (r->kinds_n == AUDIT_KINDS_MAX || name.n >= AUDIT_KIND_LEN) {
        return NULL;
    }
    struct audit_kind *k = &r->kinds[r->kinds_n++];
    *k = (struct audit_kind){.steps = 0};
    memcpy(k->name, name.p, name.n);
    return k;
}

static void step_count(struct audit_report *r, const struct q_audit_walk *row)
{
    if (row->about_kind.n == 0 || !str_starts(row->detail_text, S("step="))) {
        return;
    }
    struct audit_kind *k = kind_of(r, row->about_kind);
    r->steps++;
    if (k != NULL) {
        k->steps++;
    }
}

int64_t audit_steps(const struct audit_report *r, str kind)
{
    for (size_t i = 0; i < r->kinds_n; i++) {
        if (str_eq(str_of(r->kinds[i].name), kind)) {
            return r->kinds[i].steps;
        }
    }
    return 0;
}

/* Whether the row is the one that must follow; the walk moves on to it if so. */
static bool fits(struct walk *w, const struct q_audit_walk *r)
{
    uint8_t hash[HASH_LEN];
    if (r->seq_no != w->seq + 1 || !str_eq(r->prev_hash, hash_str(w->head)) ||
        row_hash(r, hash).code != ERR_OK || !str_eq(r->row_hash, hash_str(hash))) {
        return false;
    }
    w->seq = r->seq_no;
    memcpy(w->head, hash, HASH_LEN);
    w->rows++;
    step_count(w->report, r);
    return true;
}

static err chain_walk(struct ctx *c, struct walk *w, bool *out_whole)
{
    /* From below any number: a row put in with one that was never given is seen, too. */
    struct q_audit_walk_in in = {.chain_no = w->chain, .seq_no = INT64_MIN, .limit = PAGE_ROWS};
    for (;;) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct q_audit_walk *rows = NULL;
        size_t n = 0;
        TRY(q_audit_walk(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            if (!fits(w, &rows[i])) {
                *out_whole = false;
                return OK;
            }
        }
        in.seq_no = w->seq;
        arena_reset(c->arena, mark);
        if (n < PAGE_ROWS) {
            *out_whole = true;
            return OK;
        }
    }
}

err audit_verify(struct ctx *c, struct audit_report *out)
{
    struct audit_report report = {.heads = arena_array_of(c->arena, struct audit_head, CHAINS_MAX)};
    SCOPED(buf_free) struct buf heads = buf_new(HEADS_MAX);
    int64_t chain = INT64_MIN;
    for (;;) {
        struct q_audit_next_chain next;
        const err e = q_audit_next_chain(c->db, c->arena, chain, &next);
        if (e.code == ERR_NOT_FOUND) {
            break;
        }
        TRY(e);
        if (report.heads == NULL || report.chains == CHAINS_MAX) {
            return FAIL(LIMIT);
        }
        chain = next.chain_no;
        struct walk w = {.chain = chain, .report = &report};
        bool whole = false;
        TRY(chain_walk(c, &w, &whole));
        report.rows += w.rows;
        report.heads[report.chains] = (struct audit_head){.chain = chain, .seq = w.seq};
        memcpy(report.heads[report.chains++].hash, w.head, HASH_LEN);
        hashed_number(&heads, chain);
        hashed_number(&heads, w.seq);
        buf_put(&heads, hash_str(w.head));
        if (!whole) {
            report.broken_chain = chain;
            report.broken_seq = w.seq + 1;
            *out = report;
            return fail_log(c->fail, ERR_CONFLICT, "audit chain %lld is broken at %lld", (long long)chain,
                            (long long)w.seq + 1);
        }
    }
    uint8_t head[HASH_LEN];
    content_hash(buf_str(&heads), head);
    hex_of(head, sizeof head, report.head);
    report.head[64] = '\0';
    *out = report;
    return OK;
}
