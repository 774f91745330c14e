/* narrative.c: named sections of documents, in versions; see narrative.h. */
#include "narrative.h"

#include "clock.h"
#include "narrative_seal.h"
#include "place.h"
#include "report.h"

/* ---- whose ---- */

err narrative_own_unit(struct ctx *c, str *out)
{
    struct q_place_by_id at;
    struct q_place_all *rows;
    size_t n;
    const int64_t own = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (own != 0) {
        TRY(q_place_by_id(c->db, c->arena, own, &at));
        *out = at.unit_code;
        return OK;
    }
    TRY(place_list(c, &rows, &n)); /* parents before children */
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    *out = rows[0].unit_code;
    return OK;
}

/* Such a document can be, and all of it is in reach. */
static err reached(struct ctx *c, const struct narrative_key *k, str *out_unit)
{
    struct id_set homes;
    if (!story_has(story_document_words, STORY_document_n, k->kind) ||
        !story_has(story_language_words, STORY_language_n, k->lang) ||
        k->period.from_day > k->period.to_day) {
        return FAIL(INVALID);
    }
    *out_unit = k->unit;
    if (k->unit.n == 0) {
        TRY(narrative_own_unit(c, out_unit));
    }
    return report_homes(c, *out_unit, &homes);
}

/* ---- reading ---- */

static size_t section_at(str code)
{
    size_t i = 0;
    while (i < STORY_section_n && !str_eq(story_section_words[i].code, code)) {
        i++;
    }
    return i;
}

static err rows_of(struct ctx *c, const struct narrative_key *k, struct q_narrative_all **out, size_t *out_n)
{
    struct q_narrative_all_in in = {.document_kind_code = k->kind,
                                    .from_day = k->period.from_day,
                                    .to_day = k->period.to_day,
                                    .lang_code = k->lang};
    TRY(reached(c, k, &in.unit_code));
    return q_narrative_all(c->db, c->arena, &in, out, out_n);
}

err narrative_read(struct ctx *c, const struct narrative_key *k, struct narrative_text out[STORY_section_n])
{
    struct q_narrative_all *rows;
    size_t n;
    TRY(rows_of(c, k, &rows, &n));
    for (size_t i = 0; i < STORY_section_n; i++) {
        out[i] = (struct narrative_text){
            .section = story_section_words[i].code, .title = story_section_words[i].text, .words = S("")};
    }
    for (size_t i = 0; i < n; i++) {
        const size_t at = section_at(rows[i].section_code);
        if (at < STORY_section_n) {
            out[at].words = rows[i].words_text;
            out[at].version = rows[i].version_no;
            out[at].made_ms = rows[i].made_ms;
            out[at].role = rows[i].role_no;
        }
    }
    return OK;
}

err narrative_one(struct ctx *c, const struct narrative_key *k, str section, struct narrative_text *out)
{
    struct narrative_text all[STORY_section_n];
    const size_t at = section_at(section);
    if (at == STORY_section_n) {
        return FAIL(NOT_FOUND);
    }
    TRY(narrative_read(c, k, all));
    *out = all[at];
    return OK;
}

/* The row of a section; *out_some is false when nobody wrote it. */
static err row_of(struct ctx *c, const struct narrative_key *k, str section, struct q_narrative_all *out,
                  bool *out_some)
{
    struct q_narrative_all *rows;
    size_t n;
    TRY(rows_of(c, k, &rows, &n));
    *out_some = false;
    for (size_t i = 0; i < n && !*out_some; i++) {
        if (str_eq(rows[i].section_code, section)) {
            *out = rows[i];
            *out_some = true;
        }
    }
    return OK;
}

err narrative_versions(struct ctx *c, const struct narrative_key *k, str section,
                       struct q_narrative_versions **out, size_t *out_n)
{
    struct q_narrative_all row;
    bool some;
    TRY(row_of(c, k, section, &row, &some));
    if (!some) {
        *out = NULL;
        *out_n = 0;
        return OK;
    }
    return q_narrative_versions(c->db, c->arena, row.id, NARRATIVE_VERSIONS_SHOWN, out, out_n);
}

err narrative_version(struct ctx *c, const struct narrative_key *k, str section, int64_t version,
                      struct q_narrative_version *out)
{
    struct q_narrative_all row;
    bool some;
    TRY(row_of(c, k, section, &row, &some));
    return some ? q_narrative_version(c->db, c->arena, row.id, version, out) : FAIL(NOT_FOUND);
}

bool narrative_paragraph(str *rest, str *out)
{
    str line;
    do {
        line = str_trim(str_cut(rest, '\n'));
    } while (line.n == 0 && rest->p != NULL);
    if (line.n == 0) {
        return false;
    }
    const char *begin = line.p;
    const char *end = line.p + line.n;
    while (rest->p != NULL) {
        line = str_trim(str_cut(rest, '\n'));
        if (line.n == 0) {
            break;
        }
        end = line.p + line.n;
    }
    *out = (str){begin, (size_t)(end - begin)};
    return true;
}

/* ---- writing ---- */

/* Paragraphs with one empty line between them; lines within one stay. */
static err tidy(struct ctx *c, str words, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(words.n + words.n / 2 + 1);
    str rest = words;
    str paragraph;
    while (narrative_paragraph(&rest, &paragraph)) {
        buf_put(&b, b.n > 0 ? S("\n\n") : S(""));
        bool first = true;
        for (str lines = paragraph; lines.p != NULL;) {
            buf_put(&b, first ? S("") : S("\n"));
            buf_put(&b, str_trim(str_cut(&lines, '\n')));
            first = false;
        }
    }
    *out = b.n == 0 ? S("") : arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

static err version_put(struct ctx *c, int64_t id, int64_t version, str words)
{
    const struct actor *a = &c->actor;
    const struct q_narrative_version_add_in in = {.narrative_id = id,
                                                  .version_no = version,
                                                  .words_text = words,
                                                  .role_no = a->role,
                                                  .made_by_id = {a->user_id != 0, a->user_id},
                                                  .made_ms = c->now_ms};
    TRY(q_narrative_version_add(c->db, &in, NULL));
    return narrative_record(c, id, version);
}

static err first_put(struct ctx *c, const struct narrative_key *k, str section, int64_t *out_id)
{
    struct q_narrative_add_in in = {.id = id_next(c),
                                    .document_kind_code = k->kind,
                                    .from_day = k->period.from_day,
                                    .to_day = k->period.to_day,
                                    .lang_code = k->lang,
                                    .section_code = section,
                                    .version_no = 1};
    TRY(reached(c, k, &in.unit_code));
    *out_id = in.id;
    return q_narrative_add(c->db, &in, NULL);
}

static bool may_write(const struct actor *who)
{
    return who->role == ROLE_MONITOR || who->role == ROLE_MANAGER || who->role == ROLE_SYSTEM;
}

err narrative_save(struct ctx *c, const struct narrative_key *k, str section, str words, int64_t seen,
                   int64_t *out_version)
{
    struct q_narrative_all row = {.words_text = S("")};
    bool some;
    str now;
    if (!may_write(&c->actor)) {
        return FAIL(DENIED);
    }
    if (section_at(section) == STORY_section_n) {
        return FAIL(NOT_FOUND);
    }
    TRY(row_of(c, k, section, &row, &some));
    TRY(tidy(c, words, &now));
    if (str_chars(now) > NARRATIVE_CHARS_MAX) {
        return fail_set(c->fail, ERR_INVALID, MSG_NARRATIVE_TOO_LONG, "words");
    }
    *out_version = row.version_no;
    if (str_eq(now, row.words_text)) {
        return OK; /* as it stands: there is nothing to write */
    }
    if (seen != row.version_no) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_NARRATIVE_CHANGED, "words");
    }
    *out_version = row.version_no + 1;
    if (some) {
        TRY(q_narrative_set(c->db, *out_version, row.id, NULL));
    } else {
        TRY(first_put(c, k, section, &row.id));
    }
    return version_put(c, row.id, *out_version, now);
}

/* ---- lessons ---- */

/* As plans are read: hers, what it lies in, and what lies in it. */
static err near(struct ctx *c, int64_t unit)
{
    bool below = false;
    bool above = false;
    const int64_t base = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (c->actor.role == ROLE_SYSTEM) {
        return OK;
    }
    if (base == 0) {
        return FAIL(NOT_FOUND);
    }
    TRY(place_lies_in(c, unit, base, &below));
    TRY(place_lies_in(c, base, unit, &above));
    return below || above ? OK : FAIL(NOT_FOUND);
}

static err lessons_of(struct ctx *c, int64_t unit, int64_t before_day, struct narrative_lesson *out,
                      size_t *io_n)
{
    struct q_place_by_id at;
    struct q_narrative_lessons *rows;
    size_t n;
    TRY(q_place_by_id(c->db, c->arena, unit, &at));
    const struct q_narrative_lessons_in in = {.unit_code = at.unit_code,
                                              .section_code = story_section_words[STORY_section_lessons].code,
                                              .before_day = before_day,
                                              .limit = NARRATIVE_LESSONS_MAX / LEVEL_TEHSIL};
    TRY(q_narrative_lessons(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n && *io_n < NARRATIVE_LESSONS_MAX; i++) {
        out[(*io_n)++] = (struct narrative_lesson){.unit = at.unit_code, .unit_id = unit, .row = rows[i]};
    }
    return OK;
}

err narrative_lessons(struct ctx *c, int64_t unit, int64_t before_day, struct narrative_lesson **out,
                      size_t *out_n)
{
    struct place_at at;
    struct narrative_lesson *rows = arena_array_of(c->arena, struct narrative_lesson, NARRATIVE_LESSONS_MAX);
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    TRY(near(c, unit));
    TRY(place_ancestors(c, unit, &at));
    for (size_t level = LEVEL_TEHSIL; level-- > 0;) {
        if (at.at[level] != 0) {
            TRY(lessons_of(c, at.at[level], before_day, rows, &n));
        }
    }
    *out = rows;
    *out_n = n;
    return OK;
}
