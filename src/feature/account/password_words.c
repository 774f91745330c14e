/* password_words.c: passwords that many people have, and those made of nothing but words of this house.
 *
 * words/frequent.txt: frequent passwords of broken-into sites, small letters, sorted by bytes: those of ten
 * characters and more, and the most frequent shorter ones, for people put a year behind them.
 * words/house.txt: what stands on our own doors. Neither says anything about which characters a password has.
 */
#include "account_inside.h"
#include "buf.h"
#include "wordlist.h"

enum { AROUND_MAX = 9, WORD_MIN = 4 }; /* a date of eight digits and a dash are no secret either */

static str list_named(str name)
{
    for (size_t i = 0; i < wordlists_n; i++) {
        if (str_eq(wordlists[i].name, name)) {
            return wordlists[i].plain;
        }
    }
    return STR_NONE;
}

/* In lines sorted by bytes, each with its line feed. */
static bool among(str lines, str word)
{
    size_t from = 0;
    size_t to = lines.n;
    while (from < to) {
        size_t begin = from + (to - from) / 2;
        while (begin > from && lines.p[begin - 1] != '\n') {
            begin--;
        }
        str rest = str_sub(lines, begin, to - begin);
        const str line = str_cut(&rest, '\n');
        const int order = str_cmp(word, line);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            to = begin;
        } else {
            from = begin + line.n + 1;
        }
    }
    return false;
}

/* Letters of other scripts are bytes above ASCII. */
static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* What is left without digits and signs before and behind. */
static str core_of(str text)
{
    size_t from = 0;
    size_t to = text.n;
    while (from < to && !letter(text.p[from])) {
        from++;
    }
    while (to > from && !letter(text.p[to - 1])) {
        to--;
    }
    return str_sub(text, from, to - from);
}

static size_t longest_beginning(str lines, str text)
{
    size_t most = 0;
    while (lines.n > 0) {
        const str word = str_cut(&lines, '\n');
        most = word.n > most && str_starts(text, word) ? word.n : most;
    }
    return most;
}

static bool of_house_words_only(str text)
{
    const str house = list_named(S("house.txt"));
    size_t others = 0;
    size_t words = 0;
    for (size_t i = 0; i < text.n;) {
        const size_t word = longest_beginning(house, str_sub(text, i, text.n));
        if (word == 0 && letter(text.p[i])) {
            return false;
        }
        words += word > 0;
        others += word == 0;
        i += word > 0 ? word : 1;
    }
    return words > 0 && others <= AROUND_MAX;
}

bool password_is_frequent(str password)
{
    SCOPED(buf_free) struct buf small = buf_new(password.n + 1);
    for (size_t i = 0; i < password.n; i++) {
        const char c = password.p[i];
        buf_putc(&small, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    const str text = buf_str(&small);
    const str frequent = list_named(S("frequent.txt"));
    const str core = core_of(text);
    const bool word = core.n >= WORD_MIN && text.n - core.n <= AROUND_MAX && among(frequent, core);
    const bool found = word || among(frequent, text) || of_house_words_only(text);
    explicit_bzero(small.p, small.n);
    return found;
}
