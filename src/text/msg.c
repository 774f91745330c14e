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

/* Numbers are written in the digits of the language that the sentence is really in. */
static void put_count(struct buf *b, enum lang real, int64_t n)
{
    struct arena *a = arena_open(512);
    buf_put(b, format_number(a, real, n));
    arena_free(a);
}

static void put_value(struct buf *b, enum lang real, str name, int64_t n, const struct msg_arg *args, size_t args_n)
{
    for (size_t i = 0; i < args_n; i++) {
        if (str_eq(name, str_of(args[i].name))) {
            buf_put(b, args[i].value);
            return;
        }
    }
    if (str_eq(name, S("n"))) {
        put_count(b, real, n);
        return;
    }
    buf_putc(b, '{');
    buf_put(b, name);
    buf_putc(b, '}');
}

void msg_put(struct buf *b, enum lang lang, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    const enum lang real = msg_lang(lang, id);
    str rest = text_of(real, id, n);
    while (rest.n > 0) {
        const char *open = memchr(rest.p, '{', rest.n);
        const char *close = open != NULL ? memchr(open, '}', rest.n - (size_t)(open - rest.p)) : NULL;
        if (close == NULL) {
            buf_put(b, rest);
            return;
        }
        const size_t before = (size_t)(open - rest.p);
        buf_put(b, (str){rest.p, before});
        put_value(b, real, (str){open + 1, (size_t)(close - open) - 1}, n, args, args_n);
        rest = (str){close + 1, rest.n - before - (size_t)(close - open) - 1};
    }
}
