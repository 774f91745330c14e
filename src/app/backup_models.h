/* backup_models.h: what backup.html shows. */
#ifndef SUNWAI_BACKUP_MODELS_H
#define SUNWAI_BACKUP_MODELS_H

#include "page.h"

struct backups_view {
    bool elsewhere; /* the database is PostgreSQL, which has tools of its own */
    bool late;
    str state; /* how it stands, in a sentence */
    str names; /* until when a deleted name can be read, in a sentence */
    struct table_view table;
};

#endif
