/* narrative_seal.c: see narrative_seal.h. */
#include "narrative_seal.h"

#include "audit_said.h"
#include "narrative.h"

enum { SEALED_MAX = 64 * 1024 };

/* A form with one reading only: what stands in the detail is compared as a whole. */
static err detail_of(struct ctx *c, const struct q_narrative_sealed *r, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    hashed_text(&b, r->document_kind_code);
    hashed_text(&b, r->unit_code);
    hashed_number(&b, r->from_day);
    hashed_number(&b, r->to_day);
    hashed_text(&b, r->lang_code);
    hashed_text(&b, r->section_code);
    hashed_number(&b, r->narrative_id);
    hashed_number(&b, r->version_no);
    hashed_text(&b, r->words_text);
    hashed_number(&b, r->role_no);
    hashed_option(&b, r->made_by_id);
    hashed_number(&b, r->made_ms);
    const struct seal row = seal_of(&b);
    *out = arena_printf(c->arena, "section=%.*s version=%lld row=%.*s", STR_F(r->section_code),
                        (long long)r->version_no, SEAL_LEN, row.hex);
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

err narrative_record(struct ctx *c, int64_t id, int64_t version)
{
    struct q_narrative_sealed row;
    struct audit_entry e = {.event = S("narrative.saved"),
                            .home = c->actor.home,
                            .subject_kind = S("narrative"),
                            .subject_id = id};
    TRY(q_narrative_sealed(c->db, c->arena, id, version, &row));
    TRY(detail_of(c, &row, &e.detail));
    return audit_add(c, &e);
}

/* ---- comparing ---- */

/* The number behind "section=lessons version="; 0: there is none. */
static int64_t version_of(str detail)
{
    int64_t version = 0;
    (void)str_cut(&detail, ' ');
    const str word = str_cut(&detail, ' ');
    const str name = S("version=");
    return str_starts(word, name) && str_i64(str_sub(word, name.n, word.n), &version) ? version : 0;
}

/* Of one audit row: what of its version does not fit. */
static err said_check(struct ctx *c, const struct q_audit_said *said, void *arg, bool *out_stop)
{
    struct narrative_report *io = arg;
    struct q_narrative_sealed row;
    str detail;
    const int64_t version = version_of(said->detail_text);
    const err e = q_narrative_sealed(c->db, c->arena, said->about_id, version, &row);
    if (e.code == ERR_NOT_FOUND) {
        io->broken = "missing";
        io->broken_no = version;
        *out_stop = true;
        return OK;
    }
    TRY(e);
    TRY(detail_of(c, &row, &detail));
    io->broken = !str_eq(detail, said->detail_text) ? "content"
                 : row.newest_no != row.last_no     ? "state"
                                                    : NULL;
    if (io->broken == NULL) {
        io->versions++;
        return OK;
    }
    *out_stop = true;
    io->section = row.section_code;
    io->unit = row.unit_code;
    io->broken_no = version;
    return OK;
}

err narrative_verify(struct ctx *c, const struct audit_report *chains, struct narrative_report *out)
{
    struct narrative_report report = {.section = S(""), .unit = S("")};
    struct q_narrative_count there; /* before the chains: what is saved meanwhile is no version too many */
    TRY(q_narrative_count(c->db, c->arena, &there));
    TRY(audit_said_each(c, chains, S("narrative.saved"), said_check, &report));
    if (report.broken == NULL && there.versions_n > report.versions) {
        report.broken = "content"; /* one that nobody saved */
    }
    *out = report;
    return report.broken == NULL ? OK
                                 : fail_log(c->fail, ERR_CONFLICT,
                                            "version %lld of a narrative does not fit the audit chain: %s",
                                            (long long)report.broken_no, report.broken);
}
