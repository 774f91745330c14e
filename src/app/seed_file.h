/* seed_file.h: the files of seed/, read by the names of their columns. They are part of the program: one that
 * does not fit together is a mistake of the program, BUG. */
#ifndef SUNWAI_SEED_FILE_H
#define SUNWAI_SEED_FILE_H

#include "store.h"

enum {
    SEED_FROM_DAY = 20010814, /* places and offices: before any case there can be */
    TERM_FROM_DAY = 20220901  /* services and limits: the month of the notification */
};

struct seed_table {
    const str *head;
    size_t columns;
    const str **rows;
    size_t n;
};

/* What was written already, by its code. */
struct seed_known {
    str code;
    int64_t id, level, province_id, district_id; /* the last three of a unit */
};
struct seed_known_set {
    struct seed_known *all;
    size_t n, max;
};

/* All of them, while one write job runs. */
struct seeding {
    struct ctx *c;
    struct seed_known_set units, groups, services, documents;
};
err seeding_begin(struct ctx *c, struct seeding *out);

err seed_text(str file, str *out); /* the file as it is */
err seed_read(struct arena *a, str file, struct seed_table *out);
err seed_cell(const struct seed_table *t, size_t row, str column, str *out);
err seed_i64(const struct seed_table *t, size_t row, str column, int64_t *out);
/* NULL when there is none. Looked for from the end: what was written last is asked for most. */
const struct seed_known *seed_find(const struct seed_known_set *all, str code);
/* The one whose code stands in a column; BUG when there is none. */
err seed_ref(const struct seed_known_set *all, const struct seed_table *t, size_t row, str column,
             const struct seed_known **out);
err seed_note(struct seed_known_set *all, const struct seed_known *k);

/* Columns PREFIX_en, PREFIX_ur, PREFIX_ps as labels of a kind. An empty one is left out. Those of `drafts`
 * (bits by enum lang) still wait for a native reader. */
struct seed_labels {
    str prefix, kind;
    unsigned drafts;
};
err seed_labels_add(struct ctx *c, const struct seed_table *t, size_t row, const struct seed_labels *as,
                    int64_t id);

/* Each row of a file. */
err seed_each(struct seeding *s, str file,
              err (*add)(struct seeding *s, const struct seed_table *t, size_t row));

#endif
