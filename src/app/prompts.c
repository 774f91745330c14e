/* prompts.c: recorded questions, kept in memory. */
#include "prompts.h"

#include <dirent.h>

#include "log.h"
#include "prompt_feature.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 100, ARENA_BYTES = 32 * 1024 * 1024 };

/* Written before the server accepts, read by its threads. */
static struct {
    struct arena *arena;
    str names[PROMPTS_MAX];
    str bytes[PROMPTS_MAX];
    size_t n;
} prompts;

/* The media type that the ending of a name says; empty: none of ours. */
static str type_of(str name)
{
    const str end = name.n > 4 ? str_sub(name, name.n - 4, 4) : S("");
    return str_eq(end, S(".ogg")) ? S("audio/ogg") : str_eq(end, S(".mp3")) ? S("audio/mpeg") : S("");
}

static void prompt_read(const char *dir, str name)
{
    SCOPED(buf_free) struct buf path = buf_new(PATH_BYTES);
    SCOPED(buf_free) struct buf bytes = buf_new(PROMPT_BYTES);
    char piece[4096];
    size_t got;
    buf_printf(&path, "%s/%.*s", dir, STR_F(name));
    buf_putc(&path, '\0');
    FILE *file = fopen(buf_str(&path).p, "re");
    if (file == NULL) {
        return;
    }
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        buf_put(&bytes, (str){piece, got});
    }
    (void)fclose(file);
    if (bytes.full || bytes.n == 0) {
        WARN("prompts.left_out", log_text("name", name));
        return;
    }
    prompts.names[prompts.n] = arena_str(prompts.arena, name);
    prompts.bytes[prompts.n] = arena_str(prompts.arena, buf_str(&bytes));
    prompts.n += prompts.names[prompts.n].p != NULL && prompts.bytes[prompts.n].p != NULL;
}

void prompts_open(const char *dir)
{
    SCOPED(buf_free) struct buf path = buf_new(PATH_BYTES);
    buf_printf(&path, "%s/prompts", dir);
    buf_putc(&path, '\0');
    const char *folder = buf_str(&path).p;
    DIR *d = opendir(folder);
    if (d == NULL) {
        return;
    }
    prompts.arena = arena_open(ARENA_BYTES);
    const struct dirent *entry;
    while (prompts.arena != NULL && prompts.n < PROMPTS_MAX && (entry = readdir(d)) != NULL) {
        const str name = str_of(entry->d_name);
        if (name.n < NAME_BYTES && type_of(name).n > 0) {
            prompt_read(folder, name);
        }
    }
    (void)closedir(d);
    LOG("prompts.open", log_i64("n", (int64_t)prompts.n));
}

void prompts_close(void)
{
    arena_free(prompts.arena);
    prompts.arena = NULL;
    prompts.n = 0;
}

void prompts_dress(struct web *w)
{
    enum { RECORDED_MAX = 100 };
    struct page *p = &w->page;
    str *names = arena_array_of(w->arena, str, RECORDED_MAX + PROMPTS_MAX);
    if (names == NULL) {
        return;
    }
    p->prompts = names;
    p->prompts_n = prompt_names(w, names, RECORDED_MAX);
    for (size_t i = 0; i < prompts.n; i++) {
        names[p->prompts_n++] = prompts.names[i];
    }
}

err prompts_show(struct web *w)
{
    for (size_t i = 0; i < prompts.n; i++) {
        if (str_eq(prompts.names[i], w->in[0].text)) {
            SCOPED(buf_free) struct buf sound = buf_new(PROMPT_BYTES + 1);
            buf_put(&sound, prompts.bytes[i]);
            return web_text(w, 200, type_of(prompts.names[i]), &sound);
        }
    }
    return prompt_answer(w, w->in[0].text);
}
