/* document.c: asked for, made, kept. */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "check.h"
#include "lang.h"
#include "msg.h"
#include "place.h"
#include "quote.h"
#include "report.h"

const str document_forms[FILES_AS] = {
    [FILE_AS_PDF] = S_INIT("pdf"), [FILE_AS_DOCX] = S_INIT("docx"), [FILE_AS_XLSX] = S_INIT("xlsx"),
    [FILE_AS_CSV] = S_INIT("csv"), [FILE_AS_JSON] = S_INIT("json"), [FILE_AS_IATI] = S_INIT("iati")};

bool document_form_of(str name, enum document_form *out)
{
    for (enum document_form f = 0; f < FILES_AS; f++) {
        if (str_eq(name, document_forms[f])) {
            *out = f;
            return true;
        }
    }
    return false;
}

static err noted(struct ctx *c, const char *event, int64_t home, int64_t id)
{
    return audit_add(
        c, &(struct audit_entry){
               .event = str_of(event), .home = home, .subject_kind = S("document"), .subject_id = id});
}

bool document_may_make(const struct ctx *c)
{
    return c->actor.role == ROLE_MONITOR || c->actor.role == ROLE_MANAGER;
}

/* ---- asked for ---- */

/* Where it lies, and the code of what it is of: a unit by itself, a group where she works. */
static err place_of(struct ctx *c, const struct document_new *n, int64_t *out_home, str *out_code)
{
    struct q_place_by_code unit;
    struct q_place_names *own;
    size_t own_n;
    struct id_set homes;
    const int64_t mine = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    const err reach = report_homes(c, n->unit, &homes);
    if (reach.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_INVALID, MSG_DOCUMENT_NO_UNIT, "unit");
    }
    TRY(reach);
    TRY(place_names(c, &mine, 1, &own, &own_n));
    if (own_n == 0) {
        return FAIL(DENIED);
    }
    *out_home = mine;
    *out_code = n->unit.n > 0 ? n->unit : own[0].unit_code;
    if (n->unit.n > 0 && place_find(c, n->unit, &unit).code == ERR_OK) {
        *out_home = unit.id;
    }
    return OK;
}

err document_order(struct ctx *c, const struct document_new *n, str *out_code)
{
    struct q_kept_document_last last;
    struct q_kept_document_add_in in = {.document_kind_code = n->kind,
                                        .from_day = n->period.from_day,
                                        .to_day = n->period.to_day,
                                        .lang_code = lang_table[n->lang].code,
                                        .files_n = FILES_AS,
                                        .due_ms = c->now_ms,
                                        .by_id = c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
                                        .by_role_no = (int64_t)c->actor.role,
                                        .asked_ms = c->now_ms};
    if (!document_may_make(c)) {
        return FAIL(DENIED);
    }
    if (!period_whole_months(n->period)) {
        return fail_set(c->fail, ERR_INVALID, MSG_DOCUMENT_PERIOD_WRONG, "period");
    }
    TRY(place_of(c, n, &in.home, &in.unit_code));
    const struct q_kept_document_last_in of = {.home = in.home,
                                               .document_kind_code = in.document_kind_code,
                                               .unit_code = in.unit_code,
                                               .from_day = in.from_day,
                                               .to_day = in.to_day};
    TRY(q_kept_document_last(c->db, c->arena, &of, &last));
    if (last.waiting_n >= DOCUMENTS_WAITING) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_DOCUMENT_TOO_MANY, NULL);
    }
    in.id = id_next(c);
    in.since_ms = last.since_ms;
    in.document_no = last.last_no + 1;
    struct q_place_names *named;
    size_t named_n;
    TRY(place_names(c, &in.home, 1, &named, &named_n));
    const bool annual = str_eq(n->kind, S("annual"));
    in.document_code =
        arena_printf(c->arena, "%s-%.*s-%lld", annual ? "AR" : "AD",
                     STR_F(named_n > 0 ? named[0].unit_code : in.unit_code), (long long)in.document_no);
    TRY(q_kept_document_add(c->db, &in, NULL));
    TRY(noted(c, "document.ordered", in.home, in.id));
    *out_code = in.document_code;
    return OK;
}

/* ---- read ---- */

err document_find(struct ctx *c, str code, struct q_kept_document_get *out)
{
    struct q_kept_document_get row;
    struct id_set homes;
    TRY(q_kept_document_get(c->db, c->arena, code, &row));
    TRY(report_homes(c, row.unit_code, &homes));
    *out = row;
    return OK;
}

err document_cancel(struct ctx *c, str code)
{
    struct q_kept_document_get d;
    if (!document_may_make(c)) {
        return FAIL(DENIED);
    }
    TRY(document_find(c, code, &d));
    TRY(q_kept_document_end(
        c->db, &(struct q_kept_document_end_in){.making_code = S("cancelled"), .home = d.home, .id = d.id},
        NULL));
    return noted(c, "document.cancel", d.home, d.id);
}

static int newest_first(const void *a, const void *b)
{
    const struct q_kept_document_get *x = a;
    const struct q_kept_document_get *y = b;
    return (x->asked_ms < y->asked_ms) - (x->asked_ms > y->asked_ms);
}

/* Units in which a document of hers may lie: those down to districts. */
static err drawers(struct ctx *c, int64_t **out, size_t *out_n)
{
    struct q_place_all *all;
    size_t n;
    const int64_t mine = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    TRY(mine == 0 ? place_list(c, &all, &n) : place_list_below(c, mine, &all, &n));
    int64_t *ids = arena_array_of(c->arena, int64_t, n + 1);
    size_t kept = 0;
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].level_no <= LEVEL_DISTRICT) {
            ids[kept++] = all[i].id;
        }
    }
    *out = ids;
    *out_n = kept;
    return OK;
}

err document_list(struct ctx *c, struct q_kept_document_get **out, size_t *out_n)
{
    int64_t *ids;
    size_t ids_n;
    size_t kept = 0;
    TRY(drawers(c, &ids, &ids_n));
    struct q_kept_document_get *all =
        arena_array_of(c->arena, struct q_kept_document_get, (ids_n / ID_LIST_MAX + 1) * DOCUMENTS_SHOWN);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < ids_n; at += ID_LIST_MAX) {
        struct q_kept_document_get *rows;
        size_t n;
        const size_t few = ids_n - at < ID_LIST_MAX ? ids_n - at : ID_LIST_MAX;
        TRY(q_kept_document_list(c->db, c->arena, ids + at, few, DOCUMENTS_SHOWN, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            struct id_set homes;
            if (report_homes(c, rows[i].unit_code, &homes).code == ERR_OK) {
                all[kept++] = rows[i];
            }
        }
    }
    if (kept > 1) {
        qsort(all, kept, sizeof *all, newest_first);
    }
    *out = all;
    *out_n = kept < DOCUMENTS_SHOWN ? kept : DOCUMENTS_SHOWN;
    return OK;
}

err document_files(struct ctx *c, const struct q_kept_document_get *d, struct q_kept_file_list **out,
                   size_t *out_n)
{
    return q_kept_file_list(c->db, c->arena, d->home, d->id, out, out_n);
}

err document_file(struct ctx *c, const struct q_kept_document_get *d, enum document_form form,
                  struct buf *out)
{
    struct q_kept_file_list *rows;
    size_t n;
    uint8_t key[BLOB_KEY_LEN];
    int64_t gone;
    TRY(quote_gone(c, d->document_code, &gone));
    TRY(document_files(c, d, &rows, &n));
    for (size_t i = 0; i < n && gone == 0; i++) {
        if (str_eq(rows[i].form_code, document_forms[form]) && rows[i].file_secret.n == BLOB_KEY_LEN) {
            memcpy(key, rows[i].file_secret.p, BLOB_KEY_LEN);
            return blob_read(c, d->home, rows[i].blob_id, key, out);
        }
    }
    return FAIL(NOT_FOUND);
}

/* ---- made ---- */

err document_due(struct ctx *c, struct q_kept_document_get *out)
{
    return q_kept_document_due(c->db, c->arena, c->now_ms, out);
}

err document_try(struct ctx *c, const struct q_kept_document_get *d)
{
    int64_t changed;
    TRY(q_kept_document_try(c->db, d->home, d->id, &changed));
    return changed == 0 ? FAIL(CONFLICT) : OK;
}

err document_step(struct ctx *c, const struct q_kept_document_get *d, int64_t done)
{
    int64_t changed;
    const struct q_kept_document_step_in in = {.done_n = done, .home = d->home, .id = d->id};
    TRY(q_kept_document_step(c->db, &in, &changed));
    return changed == 0 ? FAIL(CONFLICT) : OK;
}

err document_wait(struct ctx *c, const struct q_kept_document_get *d)
{
    const struct q_kept_document_wait_in in = {
        .due_ms = c->now_ms + (DOCUMENT_RETRY_MS << d->tries_n), .home = d->home, .id = d->id};
    return q_kept_document_wait(c->db, &in, NULL);
}

err document_fail(struct ctx *c, const struct q_kept_document_get *d)
{
    const struct q_kept_document_end_in in = {.making_code = S("failed"), .home = d->home, .id = d->id};
    TRY(q_kept_document_end(c->db, &in, NULL));
    return noted(c, "document.failed", d->home, d->id);
}

static err file_keep(struct ctx *c, const struct q_kept_document_get *d, const struct document_kept *k,
                     enum document_form form)
{
    int64_t blob;
    TRY(blob_put(c, d->home, &k->files[form], &blob));
    const struct q_kept_file_add_in in = {
        .home = d->home,
        .document_id = d->id,
        .form_code = document_forms[form],
        .content_hash = {(const char *)k->hashes[form], DIGEST_LEN},
        .bytes_n = k->bytes[form],
        .blob_id = blob,
        .file_secret = {(const char *)k->files[form].key, BLOB_KEY_LEN},
    };
    return q_kept_file_add(c->db, &in, NULL);
}

err document_keep(struct ctx *c, const struct q_kept_document_get *d, const struct document_kept *k)
{
    int64_t changed;
    const struct q_kept_document_ready_in in = {.standing_code = k->standing,
                                                .ready_ms = SOME(c->now_ms),
                                                .content_hash = k->hash,
                                                .home = d->home,
                                                .id = d->id};
    TRY(q_kept_document_ready(c->db, &in, &changed));
    if (changed == 0) {
        return FAIL(CONFLICT);
    }
    for (enum document_form f = 0; f < FILES_AS; f++) {
        if (k->bytes[f] > 0) {
            TRY(file_keep(c, d, k, f));
        }
    }
    for (size_t i = 0; i < k->quarters_n; i++) {
        const struct q_kept_quarter_list *q = &k->quarters[i];
        const struct q_kept_quarter_add_in row = {.home = d->home,
                                                  .document_id = d->id,
                                                  .district_id = q->district_id,
                                                  .from_day = q->from_day,
                                                  .to_day = q->to_day,
                                                  .sheet_version_no = q->sheet_version_no,
                                                  .snapshot_no = q->snapshot_no,
                                                  .content_hash = q->content_hash};
        TRY(q_kept_quarter_add(c->db, &row, NULL));
    }
    return noted(c, "document.kept", d->home, d->id);
}
