/* period_words.c: the kinds of periods, each with its words. */
#include "period_words.h"

#include "format.h"
#include "msg.h"

enum { WORDS_MAX = 240 };

static str filled(struct arena *a, enum lang lang, enum msg text, const struct msg_arg *args, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, lang, text, 1, args, n);
    return arena_str(a, buf_str(&b));
}

static str spanned(struct arena *a, enum lang lang, str from, str to)
{
    const struct msg_arg args[] = {{"from", from}, {"to", to}};
    return filled(a, lang, MSG_PERIOD_SPAN, args, sizeof args / sizeof args[0]);
}

str period_words(struct arena *a, enum lang lang, struct period p)
{
    const int64_t fiscal = period_year_of(p.from_day);
    if (period_same(p, period_all())) {
        return msg_text(lang, MSG_PERIOD_ALL);
    }
    if (period_same(p, period_fiscal(fiscal))) {
        const struct msg_arg year = {
            "year", arena_printf(a, "\u2066%d-%02d\u2069", (int)fiscal, (int)((fiscal + 1) % 100))};
        return filled(a, lang, MSG_PERIOD_FISCAL, &year, 1);
    }
    if (p.from_day % 10000 == 101 && p.to_day == p.from_day / 10000 * 10000 + 1231) {
        const struct msg_arg year = {"year", arena_printf(a, "%d", (int)(p.from_day / 10000))};
        return filled(a, lang, MSG_PERIOD_CALENDAR, &year, 1);
    }
    if (!period_whole_months(p)) {
        return spanned(a, lang, format_day(a, lang, p.from_day), format_day(a, lang, p.to_day));
    }
    const str from = format_month(a, lang, p.from_day / 100);
    return p.from_day / 100 == p.to_day / 100 ? from
                                              : spanned(a, lang, from, format_month(a, lang, p.to_day / 100));
}
