#include "msg.h"

#include <string.h>

#include "arena.h"
#include "format.h"
#include "msg_table.h"

/* The language along the fallbacks that has the text; en.po has every one (msggen sees to it). */
enum lang msg_lang(enum lang lang, enum msg id)
{
    if ((unsigned)lang >= LANG_N || (unsigned)id >= MSG_N) {
        return LANG_EN;
    }
    for (unsigned steps = 0; steps < LANG_N && msg_texts[lang][id] == NULL; steps++) {
        lang = lang_table[lang].fallback;
    }
    return msg_texts[lang][id] != NULL ? lang : LANG_EN;
}

static str text_of(enum lang real, enum msg id, int64_t n)
{
    if ((unsigned)id >= MSG_N || msg_texts[real][id] == NULL) {
        return S("");
    }
    const uint64_t count = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    return msg_texts[real][id][msg_rows[id].plural ? msg_plurals[real](count) : 0];
}

str msg_text(enum lang lang, enum msg id)
{
    const enum lang real = msg_lang(lang, id);
    return (unsigned)id < MSG_N && msg_texts[real][id] != NULL ? msg_texts[real][id][0] : S("");
}

const char *msg_key(enum msg id)
{
    return (unsigned)id < MSG_N ? msg_rows[id].key : "";
}

bool msg_of_key(str key, enum msg *out)
{
    size_t from = MSG_NONE + 1;
    size_t to = MSG_N;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const int order = str_cmp(key, str_of(msg_rows[middle].key));
        if (order == 0) {
            *out = (enum msg)middle;
            return true;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return false;
}

struct msg_walk msg_walk(enum lang lang, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    const enum lang real = msg_lang(lang, id);
    return (struct msg_walk){
        .lang = real, .rest = text_of(real, id, n), .n = n, .args = args, .args_n = args_n};
}

/* In the digits of the language that the sentence is really in. */
static str count_of(struct msg_walk *w)
{
    struct arena *a = arena_open(512);
    const str digits = format_number(a, w->lang, w->n);
    const size_t n = digits.n < sizeof w->number ? digits.n : 0;
    if (n > 0) {
        memcpy(w->number, digits.p, n);
    }
    arena_free(a);
    return (str){w->number, n};
}

static bool value_of(struct msg_walk *w, str name, str *out)
{
    for (size_t i = 0; i < w->args_n; i++) {
        if (str_eq(name, str_of(w->args[i].name))) {
            *out = w->args[i].value;
            return true;
        }
    }
    if (!str_eq(name, S("n"))) {
        return false;
    }
    *out = count_of(w);
    return true;
}

bool msg_walk_next(struct msg_walk *w, str *out_piece, bool *out_filled)
{
    if (w->rest.n == 0) {
        return false;
    }
    const char *open = memchr(w->rest.p, '{', w->rest.n);
    const size_t before = open != NULL ? (size_t)(open - w->rest.p) : w->rest.n;
    *out_filled = false;
    if (before > 0) {
        *out_piece = (str){w->rest.p, before};
        w->rest = (str){w->rest.p + before, w->rest.n - before};
        return true;
    }
    /* msggen lets no { through that has no } */
    const char *close = memchr(w->rest.p, '}', w->rest.n);
    const size_t whole = close != NULL ? (size_t)(close - w->rest.p) + 1 : w->rest.n;
    *out_piece = (str){w->rest.p, whole};
    w->rest = (str){w->rest.p + whole, w->rest.n - whole};
    *out_filled = close != NULL && value_of(w, (str){out_piece->p + 1, whole - 2}, out_piece);
    return true;
}

void msg_put(struct buf *b, enum lang lang, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    struct msg_walk w = msg_walk(lang, id, n, args, args_n);
    str piece;
    bool filled;
    while (msg_walk_next(&w, &piece, &filled)) {
        buf_put(b, piece);
    }
}
