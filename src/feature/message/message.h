/* message.h: the library of messages that inform people of their rights: texts, posters and recordings of the
 * commissions for public services (RTS) and for information (RTI), and of others.
 *
 * Each says whose words they are (author), what law they state (basis), and who approved them (a post, and
 * the day). Nothing is put into a commission's mouth: what nobody has approved is shown to nobody but staff.
 * A new version never replaces the old one, and an approved version is never changed; it can be withdrawn.
 * What a message states holds in a unit (a province's law, a district's desk). Whoever looks after messages
 * there, or in what lies around it or in it, may change, approve and withdraw it, else NOT_FOUND; but whoever
 * works for one district leaves what holds above it to those who work for its province or the country, as
 * soon as somebody does.
 */
#ifndef SUNWAI_MESSAGE_H
#define SUNWAI_MESSAGE_H

#include "evidence.h"
#include "message.sql.h"
#include "message_words.h"
#include "store.h"

enum { MESSAGES_MOST = 500, MESSAGE_WORDS_MAX = 3000, REACH_SHOWN = 60, REACH_MOST = 10000000 };

/* What it says, in one language. */
struct message_said {
    str lang, title, words;
    str basis;                           /* may be empty */
    const struct evidence_pieces *files; /* one of a poster or recording; none of a text */
};
struct message_new {
    str unit; /* its code */
    str topic, form, author, channel, audience;
    struct message_said said;
};
/* In a write job, as the others that change something. INVALID with the field: "unit", "file" (a poster
 * without picture or PDF, a recording without sound, a text with a file). */
err message_add(struct ctx *c, const struct message_new *m, str *out_code);
/* One more version, in the same language or another. */
err message_revise(struct ctx *c, str code, const struct message_said *s, int64_t *out_version);
struct message_version {
    str code, lang;
    int64_t no;
};
/* INVALID "day": to come. CONFLICT: it is approved or withdrawn already. */
err message_approve(struct ctx *c, const struct message_version *v, str post, int64_t day);
err message_withdraw(struct ctx *c, const struct message_version *v);

struct message_reached {
    struct message_version version;
    str unit, channel;
    int64_t day, n;
    struct opt_i64 women; /* of these */
    str record;           /* ULID of a device; STR_NONE */
};
/* INVALID: "unit", "day" (to come, or before it was approved), "women" (more than all). CONFLICT: that
 * version was not approved. */
err message_reach(struct ctx *c, const struct message_reached *r);

enum message_state { MESSAGE_DRAFT, MESSAGE_APPROVED, MESSAGE_WITHDRAWN };
enum message_state message_state(struct opt_i64 approved_day, struct opt_i64 withdrawn_day);

/* Every version, those of one message and language beside each other, the newest first. */
err message_list(struct ctx *c, struct q_message_all **out, size_t *out_n);
/* Of each message the newest approved version in the person's language, else in one that stands in for it. */
err message_public(struct ctx *c, struct q_message_all **out, size_t *out_n);
/* Of a message and one approved version; NOT_FOUND when it has none such. */
err message_shown(struct ctx *c, str code, struct q_message_by_code *out, struct q_version_all *out_version);
/* With all versions. */
err message_find(struct ctx *c, str code, struct q_message_by_code *out, struct q_version_all **out_versions,
                 size_t *out_n);
bool message_may_change(struct ctx *c, int64_t unit_id);
/* Where it holds: "Pabbi", and the province it lies in; *out_province is empty for a province and above. */
err message_place(struct ctx *c, int64_t unit_id, str *out, str *out_province);
/* The poster, the recording, or the poster small; of what is not approved only for staff. NOT_FOUND. */
err message_file(struct ctx *c, const struct message_version *v, bool small, struct buf *out, str *out_type);

#endif
