/* prompt_pages.c: which questions can be heard, in which language; putting and taking away; the sounds. */
#include "case_parts.h"
#include "case_evidence_pages.h"
#include "clock.h"
#include "evidence_take.h"
#include "format.h"
#include "lang.h"
#include "prompt.h"
#include "prompt.html.h"
#include "prompt_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { I_PROMPT, I_LANGUAGE, I_SPEAKER, I_MACHINE, I_SOUND, I_N };
#define PROMPT_ROWS(put)                                                                             \
    [I_PROMPT] = {"prompt", IN_CHOICE, MSG_PROMPT_WHICH, .required = true, .choices = prompt_codes}, \
    [I_LANGUAGE] = {"language", IN_CHOICE, MSG_PROMPT_LANGUAGE, .required = true,                    \
                    .choices = case_lang_codes},                                                     \
    [I_SPEAKER] = {"speaker", IN_LINE, MSG_PROMPT_SPEAKER, PROMPT_SPEAKER_MAX, .required = (put)},   \
    [I_MACHINE] = {"machine", IN_FLAG, MSG_PROMPT_MACHINE}
static const struct input put_inputs[I_N] = {
    PROMPT_ROWS(true),
    [I_SOUND] = {"sound", IN_FILES, MSG_PROMPT_SOUND, 1, .takes = FILES_TAKE(VOICE)},
};
static const struct input end_inputs[I_SOUND] = {PROMPT_ROWS(false)};

/* ---- names and addresses ---- */

static str name_of(struct arena *a, const struct q_prompt_standing *row)
{
    return arena_printf(a, "%.*s.%.*s.%.*s.%s", STR_F(row->prompt_key), STR_F(row->lang_code),
                        STR_F(row->hash_code), row->machine_flag != 0 ? "machine" : "said");
}

size_t prompt_names(struct web *w, str *out, size_t room)
{
    struct q_prompt_standing *rows;
    size_t n = 0;
    if (w->ctx.db == NULL || prompt_standing(&w->ctx, &rows, &n).code != ERR_OK) {
        return 0;
    }
    n = n < room ? n : room;
    for (size_t i = 0; i < n; i++) {
        out[i] = name_of(w->arena, &rows[i]);
    }
    return n;
}

/* "new.kind.ur.HASH.said": the part before the last. */
static str hash_of(str name)
{
    enum { DIGITS = 32 };
    const size_t end = str_ends(name, S(".said")) ? 5 : str_ends(name, S(".machine")) ? 8 : 0;
    return end > 0 && name.n > end + DIGITS ? str_sub(name, name.n - end - DIGITS, DIGITS) : S("");
}

err prompt_answer(struct web *w, str name)
{
    str type;
    SCOPED(buf_free) struct buf sound = buf_new(BLOB_MAX);
    const str hash = hash_of(name);
    if (hash.n == 0 || w->ctx.db == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(prompt_sound(&w->ctx, hash, &sound, &type));
    TRY(web_bytes(w, type, STR_NONE, &sound));
    web_for_ever(w);
    return OK;
}

/* ---- the page ---- */

static const struct q_prompt_standing *find(const struct q_prompt_standing *rows, size_t n, str key, str lang)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].prompt_key, key) && str_eq(rows[i].lang_code, lang)) {
            return &rows[i];
        }
    }
    return NULL;
}

static void said_fill(struct web *w, const struct q_prompt_standing *row, struct prompt_said_view *m)
{
    if (row == NULL) {
        return;
    }
    const struct msg_arg args[] = {{"version", format_number(w->arena, w->lang, row->version_no)},
                                   {"speaker", page_isolate_words(&w->page, row->speaker_text)},
                                   {"day", format_day(w->arena, w->lang, local_day(row->made_ms))},
                                   {"kib", format_number(w->arena, w->lang, (row->bytes_n + 1023) / 1024)}};
    m->stands = true;
    m->machine = row->machine_flag != 0;
    m->heavy = row->bytes_n > PROMPT_LIGHT;
    m->sound = url_local(w->arena, arena_printf(w->arena, "/prompts/%.*s", STR_F(name_of(w->arena, row))));
    m->about = page_msg_args(&w->page, MSG_PROMPT_ABOUT, 0, args, COUNT(args));
}

/* Every question in every language that is written, with the words to be read aloud. */
static err rows_fill(struct web *w, struct prompts_view *m)
{
    struct q_prompt_standing *rows;
    size_t n;
    int64_t missing[CASE_lang_n] = {0};
    TRY(prompt_standing(&w->ctx, &rows, &n));
    struct prompt_row_view *out = arena_array_of(w->arena, struct prompt_row_view, PROMPTS_N);
    struct prompt_said_view *said =
        arena_array_of(w->arena, struct prompt_said_view, PROMPTS_N * CASE_lang_n);
    if (out == NULL || said == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < (size_t)PROMPTS_N * CASE_lang_n; i++) {
        const struct prompt_key *key = &prompt_keys[i / CASE_lang_n];
        const struct case_word *word = &case_lang_words[i % CASE_lang_n];
        enum lang lang = LANG_EN;
        struct page in = w->page;
        IGNORE(lang_of(word->code, &lang) ? OK : FAIL(NOT_FOUND)); /* all of them are */
        in.lang = lang;
        said[i] = (struct prompt_said_view){.lang_code = word->code,
                                            .language = page_msg(&w->page, word->text),
                                            .dir = lang_table[lang].dir,
                                            .key = key->key,
                                            .title = page_msg(&w->page, key->words),
                                            .words = page_msg(&in, key->words)};
        said_fill(w, find(rows, n, key->key, word->code), &said[i]);
        missing[i % CASE_lang_n] += !said[i].stands || said[i].machine; /* a placeholder is to be replaced */
        out[i / CASE_lang_n] =
            (struct prompt_row_view){page_msg(&w->page, key->words), &said[i - i % CASE_lang_n], CASE_lang_n};
    }
    m->rows = out;
    m->rows_n = PROMPTS_N;
    const struct msg_arg args[] = {{"ur", format_number(w->arena, w->lang, missing[0])},
                                   {"ps", format_number(w->arena, w->lang, missing[1])},
                                   {"en", format_number(w->arena, w->lang, missing[2])}};
    m->missing = page_msg_args(&w->page, MSG_PROMPT_MISSING_N, 0, args, COUNT(args));
    return OK;
}

static err which_fill(struct web *w, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, PROMPTS_N);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < PROMPTS_N; i++) {
        c[i] = (struct choice_view){.value = prompt_keys[i].key,
                                    .text = page_msg(&w->page, prompt_keys[i].words)};
    }
    web_choose(w, I_PROMPT, c, PROMPTS_N, STR_NONE);
    *out = web_field(w, I_PROMPT, MSG_NONE);
    out->choices = c;
    out->choices_n = PROMPTS_N;
    return OK;
}

static err show_prompts(struct web *w)
{
    const bool back = w->route->inputs_n > I_SOUND;
    struct prompts_view m = {.speaker = web_field(w, I_SPEAKER, MSG_NONE),
                             .machine = web_field(w, I_MACHINE, MSG_NONE)};
    TRY(which_fill(w, &m.which));
    m.lang = web_field(w, I_LANGUAGE, MSG_NONE);
    TRY(choices_words(w, I_LANGUAGE, case_lang_words, CASE_lang_n, STR_NONE, &m.lang));
    m.speaker.dir = S("auto");
    m.speaker.optional = m.which.optional = m.lang.optional = false;
    m.sound = files_field(w, &put_inputs[I_SOUND], back ? &w->in[I_SOUND] : NULL, MSG_NONE);
    m.sound.optional = false;
    TRY(rows_fill(w, &m));
    w->page.title = page_msg(&w->page, MSG_PROMPT_TITLE);
    w->page.form_id = S("record");
    prompts_page(&w->page, &m);
    return web_html(w, 200);
}

static err prepare_put(struct web *w)
{
    return evidence_take(w, I_SOUND);
}

static err write_put(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct prompt_new n = {.key = in[I_PROMPT].text,
                                 .lang = in[I_LANGUAGE].text,
                                 .speaker = in[I_SPEAKER].text,
                                 .machine = in[I_MACHINE].given && in[I_MACHINE].n == 1,
                                 .files = evidence_taken(&in[I_SOUND])};
    (void)out;
    return prompt_put(c, &n);
}

static err write_end(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return prompt_take_away(c, in[I_PROMPT].text, in[I_LANGUAGE].text);
}

static err answer_prompts(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/prompts")));
}

static const struct route routes[] = {
    {HTTP_GET, "/prompts", P_PROMPT_MANAGE, ROUTE_MICROPHONE, INPUTS(end_inputs), .show = show_prompts,
     .doc = MSG_PROMPT_DOC},
    {HTTP_POST, "/prompts", P_PROMPT_MANAGE, ROUTE_MICROPHONE, INPUTS(put_inputs), .show = show_prompts,
     .prepare = prepare_put, .write = write_put, .answer = answer_prompts, .doc = MSG_PROMPT_DOC_PUT},
    {HTTP_POST, "/prompts/end", P_PROMPT_MANAGE, ROUTE_MICROPHONE, INPUTS(end_inputs), .show = show_prompts,
     .write = write_end, .answer = answer_prompts, .doc = MSG_PROMPT_DOC_END},
};

const struct feature prompt_feature = {.name = "prompt", .routes = routes, .routes_n = COUNT(routes)};
