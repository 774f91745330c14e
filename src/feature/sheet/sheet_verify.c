/* sheet_verify.c: what was approved, compared with its hashes, versions of sheets and the figures they froze,
 * and with what the audit chain says of both. */
#include "sheet_inside.h"

#include "verify.h"

enum { VERSIONS_AT_ONCE = 100 };

static bool sound(const struct q_sheet_versions_of *v)
{
    uint8_t hash[DIGEST_LEN];
    sheet_hash(v->content_text, hash);
    return str_eq(v->content_hash, (str){(const char *)hash, DIGEST_LEN});
}

static err versions_verify(struct ctx *c, int64_t home, struct sheet_report *io)
{
    struct q_sheet_versions_of_in in = {.home = home, .limit = VERSIONS_AT_ONCE};
    const struct arena_mark mark = arena_mark(c->arena);
    for (size_t n = VERSIONS_AT_ONCE; n == VERSIONS_AT_ONCE;) {
        struct q_sheet_versions_of *rows;
        TRY(q_sheet_versions_of(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            io->versions++;
            if (io->broken == NULL && !sound(&rows[i])) {
                io->broken = "sheet";
                io->broken_home = home;
                io->broken_no = rows[i].version_no;
            }
            in.after_sheet_id = SOME(rows[i].sheet_id);
            in.after_version_no = SOME(rows[i].version_no);
        }
        arena_reset(c->arena, mark);
    }
    return OK;
}

/* A hash that was made anew beside what it is of, a version or figure that is gone: the chain knows. */
static err chain_verify(struct ctx *c, const struct audit_report *chains, struct sheet_report *io)
{
    struct flow_report flow = {0};
    struct q_sheet_get row;
    const err e = flow_verify(c, &sheet_kind, chains, sheet_seal, &flow);
    if (e.code != ERR_CONFLICT || io->broken != NULL) {
        return e.code == ERR_CONFLICT ? OK : e;
    }
    io->broken = flow.broken;
    io->broken_home = flow.broken_home;
    if (q_sheet_get(c->db, c->arena, flow.broken_home, flow.broken_id, &row).code == ERR_OK) {
        io->broken_no = row.version_no;
    }
    return OK;
}

err sheet_verify(struct ctx *c, const struct audit_report *chains, struct sheet_report *out)
{
    struct q_sheet_homes *homes;
    struct sheet_report report = {0};
    size_t n;
    TRY(q_sheet_homes(c->db, c->arena, &homes, &n));
    for (size_t i = 0; i < n; i++) {
        struct snapshot_report figures;
        TRY(versions_verify(c, homes[i].home, &report));
        TRY(snapshot_verify(c, homes[i].home, &figures));
        report.figures += figures.checked;
        if (report.broken == NULL && figures.broken > 0) {
            report.broken = "figure";
            report.broken_home = homes[i].home;
            report.broken_no = figures.broken_no;
        }
    }
    TRY(chain_verify(c, chains, &report));
    *out = report;
    return report.broken == NULL ? OK : FAIL(CONFLICT);
}
