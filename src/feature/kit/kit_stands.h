/* kit_stands.h: rows that stand, by the code of a kit's entry; shared by reading and taking. */
#ifndef SUNWAI_KIT_STANDS_H
#define SUNWAI_KIT_STANDS_H

#include "kit.h"

/* The local id of what an entry of a kit means here; 0: there is none. */
struct kit_here {
    enum kit_kind kind;
    str code;
    int64_t id, service_id, unit_id, from_day;
};
struct kit_index {
    struct kit_here *all;
    size_t n;
};
const struct kit_here *kit_here_find(const struct kit_index *x, enum kit_kind kind, str code);
/* As kit_stands() on a day, with the index. */
err kit_stands_indexed(struct ctx *c, str unit, int64_t day, struct kit *out, struct kit_index *out_index);

/* Names of a kind: fields PREFIX.LANG, and PREFIX.LANG.draft while nobody has reviewed them. */
struct kit_names {
    str prefix, kind;
};
extern const struct kit_names kit_group_names, kit_document_names, kit_service_names, kit_term_names[3],
    kit_ready_names, kit_portal_names[2];
/* "outcome1" … of a portal, in order, with its words: outcome1.LANG. */
enum { KIT_OUTCOMES_MAX = 9 };
str kit_outcome_field(struct arena *a, size_t i);
/* As kit_entry_put(), without the pieces of a recording: its checksum stands for them. */
void kit_entry_kept(const struct kit_entry *e, struct buf *out);

/* A kit that waited is decided. CONFLICT: it is already. */
err kit_decided(struct ctx *c, int64_t no, str state, struct opt_i64 from_day, size_t n);

#endif
