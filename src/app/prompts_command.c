/* prompts_command.c: `sunwai prompts placeholders`: a machine voice for each question that nobody recorded
 * yet. All of it is spoken before anything is written, and written as a whole. */
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "commands.h"
#include "hands.h"
#include "order.h"
#include "prompt.h"
#include "spoken.h"
#include "work.h"

enum { ANSWER_MAX = 32 * 1024, LIST_MAX = ORDER_MAX - 4096, MS_PER_SECOND = 1000 };

struct speaking {
    const struct call *call;
    const struct q_prompt_standing *rows; /* what stands */
    size_t rows_n;
    struct buf *list;    /* of the order */
    size_t made, silent; /* silent: languages without a voice */
};

/* All languages, or the one that was asked for. */
static bool lang_asked(const struct call *call, enum lang lang)
{
    const str asked = call->flags->value[FLAG_LANG];
    enum lang one;
    return asked.p == NULL || (lang_of(asked, &one) && one == lang);
}

bool prompts_complete(const struct call *call)
{
    const struct flags *f = call->flags;
    enum lang lang;
    if (f->words_n != 1 || !str_eq(f->words[0], S("placeholders"))) {
        CLI_COMPLAIN(MSG_CLI_PROMPTS_WHAT);
        return false;
    }
    if (f->value[FLAG_LANG].p != NULL && !lang_of(f->value[FLAG_LANG], &lang)) {
        CLI_COMPLAIN(MSG_CLI_REPORT_LANG, CLI_ARG("lang", f->value[FLAG_LANG]));
        return false;
    }
    return true;
}

/* Also in DIR/prompts, where recordings count as long as none stands in the database. */
static bool recorded(const struct speaking *s, str key, str lang)
{
    static const char *const ends[] = {"ogg", "mp3"};
    for (size_t i = 0; i < s->rows_n; i++) {
        if (str_eq(s->rows[i].prompt_key, key) && str_eq(s->rows[i].lang_code, lang)) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct arena *a = s->call->arena;
        const str path = arena_printf(a, "%s/prompts/%.*s.%.*s.%s", s->call->config->data, STR_F(key),
                                      STR_F(lang), ends[i]);
        if (access(arena_cstr(a, path), F_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* One question: spoken, made by the worker into what recordings are, and written down for the order. */
static err speak_one(struct speaking *s, const struct prompt_key *key, enum lang lang)
{
    SCOPED(buf_free) struct buf wav = buf_new(SPOKEN_MAX + 1);
    struct work_done done = {0};
    const str code = lang_table[lang].code;
    if (recorded(s, key->key, code) || msg_lang(lang, key->words) != lang) {
        return OK;
    }
    TRY(spoken_wav(lang == LANG_EN ? S("en-gb") : code, msg_text(lang, key->words), &wav));
    TRY(work_do(WORK_SOUND, buf_str(&wav), &done));
    buf_printf(s->list, "%.*s %.*s %lld %zu\n", STR_F(key->key), STR_F(code),
               (long long)((done.a + MS_PER_SECOND - 1) / MS_PER_SECOND), done.made[0].n);
    buf_put(s->list, buf_str(&done.made[0]));
    work_free(&done);
    s->made++;
    return s->list->full ? FAIL(LIMIT) : OK;
}

/* A language that espeak-ng does not speak is told of, and left as it is. */
static err speak_all(struct speaking *s)
{
    for (enum lang lang = 0; lang < LANG_N; lang++) {
        err e = OK;
        for (size_t i = 0; i < PROMPTS_N && e.code == ERR_OK && lang_asked(s->call, lang); i++) {
            e = speak_one(s, &prompt_keys[i], lang);
        }
        if (e.code == ERR_NOT_FOUND) {
            CLI_COMPLAIN(MSG_CLI_PROMPTS_NO_VOICE, CLI_ARG("lang", lang_table[lang].code));
            s->silent++;
        } else if (e.code != ERR_OK) {
            CLI_COMPLAIN(MSG_CLI_PROMPTS_NOT_MADE, CLI_ARG("lang", lang_table[lang].code));
            return e;
        }
    }
    return OK;
}

static err standing_read(struct speaking *s, struct fail *f)
{
    struct store_config config = config_store(s->call->config);
    struct store *store = NULL;
    struct q_prompt_standing *rows = NULL;
    config.read_only = true;
    TRY(store_open(&config, &store, f));
    struct ctx c = {.arena = s->call->arena,
                    .db = store_reader(store),
                    .store = store,
                    .fail = f,
                    .actor = {.role = ROLE_SYSTEM},
                    .now_ms = clock_now_ms(),
                    .writer = -1};
    const err e = c.db == NULL ? FAIL(IO) : prompt_standing(&c, &rows, &s->rows_n);
    s->rows = rows;
    store_close(store);
    return e;
}

static int placeholders_give(const struct speaking *s)
{
    SCOPED(buf_free) struct buf answer = buf_new(ANSWER_MAX);
    const struct order o = {.kind = ORDER_PLACEHOLDERS, .field = {[IMPORT_TEXT] = buf_str(s->list)}};
    if (s->made == 0) {
        if (s->silent == 0) {
            CLI_SAY(MSG_CLI_PROMPTS_NONE);
        }
        return s->silent == 0 ? EXIT_FINE : EXIT_FAILED;
    }
    const err e = order_give(s->call->config, &o, &answer);
    if (e.code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", str_trim(buf_str(&answer))));
        return EXIT_FAILED;
    }
    CLI_SAY(MSG_CLI_AS_IT_IS, CLI_ARG("text", buf_str(&answer)));
    CLI_SAY(MSG_CLI_PROMPTS_DONE);
    return EXIT_FINE;
}

int prompts_command(const struct call *call)
{
    SCOPED(buf_free) struct buf list = buf_new(LIST_MAX);
    struct speaking s = {.call = call, .list = &list};
    struct hands hands;
    struct fail f = {0};
    if (!spoken_there()) {
        CLI_COMPLAIN(MSG_CLI_PROMPTS_NO_SPEAKER);
        return EXIT_FAILED;
    }
    const bool ready = hands_open(&hands, call->config); /* it forks: before there is any thread */
    const err e = ready ? standing_read(&s, &f) : FAIL(BUSY);
    const err spoken = e.code == ERR_OK ? speak_all(&s) : e;
    hands_close(&hands);
    if (!ready) {
        CLI_COMPLAIN(MSG_CLI_REPORT_NO_WORKER);
    } else if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
    }
    return spoken.code == ERR_OK ? placeholders_give(&s) : EXIT_FAILED;
}
