/* fuzz_import: lists of a district's own, as files come: the first byte chooses which. Refused with every
 * wrong line named, or taken, and then the same file again changes nothing. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue_import.h"
#include "check.h"
#include "clock.h"
#include "fuzz.h"
#include "log.h"
#include "place_import.h"
#include "reference.h"
#include "store.h"

static char dir[] = "/tmp/sunwai-fuzz-import.XXXXXX";
static struct store *store;
static struct arena *arena;

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static void close_all(void)
{
    store_close(store);
    arena_free(arena);
    (void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void open_all(void)
{
    struct fail f = {0};
    CHECK(mkdtemp(dir) != NULL);
    const struct store_config config = {.dir = dir};
    log_to(-1);
    clock_fix(INT64_C(1780642800000));
    CHECK(store_init(&config, &f).code == ERR_OK && reference_fill(&config, &f).code == ERR_OK);
    CHECK(store_open(&config, &store, &f).code == ERR_OK);
    arena = arena_open(64 << 20);
    CHECK(atexit(close_all) == 0);
}

struct import_job {
    struct write_job base; /* first */
    int which;
    str text;
};

static err import(struct ctx *c, const struct import_job *job, struct import_report *io)
{
    const struct council_days days = {0};
    return job->which == 0   ? place_import_councils(c, job->text, &days, io)
           : job->which == 1 ? place_import_localities(c, job->text, io)
                             : catalogue_import_offices(c, job->text, 0, io);
}

static err run(struct ctx *c, struct write_job *base)
{
    const struct import_job *job = (const struct import_job *)base;
    struct import_report first = {.said = buf_new(16 * 1024)};
    struct import_report again = {.said = buf_new(16 * 1024)};
    const err e = import(c, job, &first);
    if (e.code == ERR_OK) {
        CHECK(first.faults == 0);
        CHECK(import(c, job, &again).code == ERR_OK && again.faults == 0);
        CHECK(again.added == 0 && again.ended == 0);
        CHECK(again.changed + again.same == first.added + first.changed + first.same);
    } else {
        CHECK(first.faults > 0 || e.code != ERR_INVALID || c->fail->message != 0);
        CHECK(e.code != ERR_BUG);
    }
    buf_free(&first.said);
    buf_free(&again.said);
    return FAIL(INVALID); /* nothing of it stays */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 8192) {
        return 0;
    }
    if (store == NULL) {
        open_all();
    }
    arena_clear(arena);
    struct import_job job = {.base = {.run = run, .arena = arena, .actor = {.role = ROLE_SYSTEM}},
                             .which = data[0] % 3,
                             .text = {(const char *)data + 1, size - 1}};
    CHECK(store_write(store, &job.base).code != ERR_OK);
    return 0;
}
