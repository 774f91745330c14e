/* backup_pages.h: when the last backup was made and checked, and until when old ones can still name somebody.
 */
#ifndef SUNWAI_BACKUP_PAGES_H
#define SUNWAI_BACKUP_PAGES_H

#include "web.h"

/* Before the server accepts: a last backup older than that is late. */
void backup_pages_with(int64_t warn_hours);
err backups_show(struct web *w);
/* A job: a late backup is said to the log, each time. */
err backup_watch(struct ctx *c, int64_t *out_done);
/* For /metrics: the instant of the last backup, none before the first; whether it is late. */
void backup_metrics(struct db *db, struct arena *a, int64_t now_ms, struct buf *out);

#endif
