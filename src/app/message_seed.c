#include "message_seed.h"

#include "message.h"

/* One more language of the message before, or the next message. */
struct message_rows {
    str key, code;
};

static err cells(const struct seed_table *t, size_t row, struct message_new *out)
{
    out->form = S("text");
    TRY(seed_cell(t, row, S("unit"), &out->unit));
    TRY(seed_cell(t, row, S("topic"), &out->topic));
    TRY(seed_cell(t, row, S("channel"), &out->channel));
    TRY(seed_cell(t, row, S("audience"), &out->audience));
    TRY(seed_cell(t, row, S("author"), &out->author));
    TRY(seed_cell(t, row, S("basis"), &out->said.basis));
    TRY(seed_cell(t, row, S("lang"), &out->said.lang));
    TRY(seed_cell(t, row, S("title"), &out->said.title));
    return seed_cell(t, row, S("words"), &out->said.words);
}

err messages_write(struct seeding *s)
{
    struct seed_table t;
    struct message_rows at = {S(""), S("")};
    TRY(seed_read(s->c->arena, S("messages.csv"), &t));
    for (size_t i = 0; i < t.n; i++) {
        struct message_new m = {.unit = STR_NONE};
        str key;
        int64_t no;
        TRY(seed_cell(&t, i, S("key"), &key));
        TRY(cells(&t, i, &m));
        if (str_eq(key, at.key)) {
            TRY(message_revise(s->c, at.code, &m.said, &no));
        } else {
            TRY(message_add(s->c, &m, &at.code));
        }
        at.key = key;
    }
    return OK;
}
