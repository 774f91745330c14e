/* document.h: documents that were made and are kept.
 *
 * A monitor or manager asks for one of a place and a period in a language; it is made beside the pages, file
 * by file, and can be cancelled until it is ready. What is ready never changes: its files are known by their
 * SHA-256, and it says from which approved quarters they were made. Asking again makes another one, which
 * tells what changed since. Whoever reaches all districts of a place reads its documents; NOT_FOUND outside.
 * When somebody whose words or picture it holds takes back her consent, its files are destroyed: what stays
 * is that it was made, from what, and their hashes.
 */
#ifndef SUNWAI_DOCUMENT_H
#define SUNWAI_DOCUMENT_H

#include "blob.h"
#include "digest.h"
#include "document.sql.h"
#include "period.h"

enum { DOCUMENTS_WAITING = 8, DOCUMENTS_SHOWN = 200, DOCUMENT_RETRY_MS = 20 * 1000, DOCUMENT_TRIES = 5 };

enum document_form {
    FILE_AS_PDF,
    FILE_AS_DOCX,
    FILE_AS_XLSX,
    FILE_AS_CSV,
    FILE_AS_JSON,
    FILE_AS_IATI,
    FILES_AS
};
extern const str document_forms[FILES_AS]; /* "pdf", … */
bool document_form_of(str name, enum document_form *out);

struct document_new {
    str kind; /* "achievement", "annual" */
    struct period period;
    str unit; /* empty: where she works */
    int lang; /* enum lang: en or ur */
};
/* In a write job. DENIED: not her role; INVALID, field period or unit; CONFLICT: too many of this place wait.
 */
err document_order(struct ctx *c, const struct document_new *n, str *out_code);
/* In a write job. What is ready, or was cancelled, stays so. */
err document_cancel(struct ctx *c, str code);
bool document_may_make(const struct ctx *c);

err document_find(struct ctx *c, str code, struct q_kept_document_get *out);
/* In her reach, the newest first. */
err document_list(struct ctx *c, struct q_kept_document_get **out, size_t *out_n);
err document_files(struct ctx *c, const struct q_kept_document_get *d, struct q_kept_file_list **out,
                   size_t *out_n);
/* Appended to *out. NOT_FOUND: it is not ready, or has no such form. */
err document_file(struct ctx *c, const struct q_kept_document_get *d, enum document_form form,
                  struct buf *out);

/* ---- while it is made ---- */

/* What is due; NOT_FOUND: nothing is. */
err document_due(struct ctx *c, struct q_kept_document_get *out);
/* In a write job: it is begun, once more. CONFLICT: it was cancelled meanwhile. */
err document_try(struct ctx *c, const struct q_kept_document_get *d);
/* In a write job: so many files are made. CONFLICT: it was cancelled meanwhile. */
err document_step(struct ctx *c, const struct q_kept_document_get *d, int64_t done);
/* In a write job: tried again in DOCUMENT_RETRY_MS, and each time after twice as long. */
err document_wait(struct ctx *c, const struct q_kept_document_get *d);
/* In a write job: it cannot be made. */
err document_fail(struct ctx *c, const struct q_kept_document_get *d);

struct document_kept {
    struct blob files[FILES_AS]; /* sealed.n 0: there is no such file */
    uint8_t hashes[FILES_AS][DIGEST_LEN];
    int64_t bytes[FILES_AS];
    const struct q_kept_quarter_list *quarters;
    size_t quarters_n;
    str standing;
    str hash; /* DIGEST_LEN bytes; STR_NONE: nothing is approved */
};
/* In a write job. CONFLICT: it was cancelled meanwhile. */
err document_keep(struct ctx *c, const struct q_kept_document_get *d, const struct document_kept *k);

#endif
