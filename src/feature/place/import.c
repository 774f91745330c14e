#include "import.h"

#include "fold.h"
#include "import.sql.h"

static void say(struct import *i, enum msg words, str value)
{
    char line[24];
    if (i->report->faults++ >= IMPORT_FAULTS_SAID) {
        return;
    }
    (void)snprintf(line, sizeof line, "%zu", i->csv.line);
    const struct msg_arg args[] = {{"value", value}, {"line", str_of(line)}};
    struct buf *said = &i->report->said;
    msg_put(said, LANG_EN, MSG_CLI_IMPORT_LINE, 0, &args[1], 1);
    buf_putc(said, ' ');
    msg_put(said, LANG_EN, words, 0, args, 1);
    buf_putc(said, '\n');
}

err import_begin(struct ctx *c, str text, const char *const *columns, struct import_report *report,
                 struct import *out)
{
    struct import i = {.c = c, .report = report, .csv = csv_read(text)};
    buf_clear(&report->said);
    *report = (struct import_report){.said = report->said};
    i.ids = arena_array_of(c->arena, int64_t, IMPORT_ROWS_MAX);
    if (i.ids == NULL) {
        return FAIL(LIMIT);
    }
    if (csv_row(&i.csv, c->arena, &i.head, &i.columns).code != ERR_OK) {
        say(&i, MSG_CLI_IMPORT_NO_HEAD, STR_NONE);
        return import_end(&i);
    }
    for (size_t k = 0; columns[k] != NULL; k++) {
        size_t at;
        if (csv_column(i.head, i.columns, str_of(columns[k]), &at).code != ERR_OK) {
            say(&i, MSG_CLI_IMPORT_COLUMN, str_of(columns[k]));
        }
    }
    *out = i;
    return import_end(&i);
}

err import_next(struct import *i)
{
    size_t n;
    const err e = csv_row(&i->csv, i->c->arena, &i->row, &n);
    if (e.code == ERR_INVALID) {
        say(i, MSG_CLI_IMPORT_ROW, STR_NONE);
    }
    return e;
}

str import_cell(struct import *i, str column)
{
    size_t at;
    str text;
    if (csv_column(i->head, i->columns, column, &at).code != ERR_OK) {
        return S("");
    }
    if (text_nfc(i->c->arena, str_trim(i->row[at]), &text).code != ERR_OK) {
        return S("");
    }
    return text;
}

void import_fault(struct import *i, enum msg words, str value)
{
    say(i, words, value);
}

err import_end(struct import *i)
{
    if (i->report->faults == 0) {
        return OK;
    }
    return fail_set(i->c->fail, ERR_INVALID, MSG_CLI_IMPORT_NOTHING, NULL);
}

bool import_code(struct import *i, str column, str *out)
{
    enum { CODE_MAX = 40 };
    const str code = import_cell(i, column);
    bool fine = code.n > 0 && code.n <= CODE_MAX;
    for (size_t k = 0; k < code.n; k++) {
        const char ch = code.p[k];
        fine = fine && ((ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') ||
                        ch == '.' || ch == '-' || ch == '_');
    }
    if (!fine) {
        import_fault(i, MSG_CLI_IMPORT_CODE, code);
    }
    *out = code;
    return fine;
}

bool import_flag(struct import *i, str column, int64_t *out)
{
    const str text = import_cell(i, column);
    const bool yes = str_eq(text, S("1")) || str_eq(text, S("yes"));
    if (!yes && text.n > 0 && !str_eq(text, S("0")) && !str_eq(text, S("no"))) {
        import_fault(i, MSG_CLI_IMPORT_FLAG, text);
        return false;
    }
    *out = yes;
    return true;
}

bool import_words(struct import *i, const str columns[LANG_N], struct import_names *out)
{
    bool fine = true;
    for (unsigned lang = 0; lang < LANG_N; lang++) {
        const str name = import_cell(i, columns[lang]);
        out->by_lang[lang] = name;
        if (text_check(name, false) != TEXT_OK || str_chars(name) > IMPORT_NAME_MAX) {
            import_fault(i, MSG_CLI_IMPORT_NAME_WRONG, columns[lang]);
            fine = false;
        }
    }
    return fine;
}

bool import_names(struct import *i, struct import_names *out)
{
#define NAME_COLUMN(id, code, ...) [LANG_##id] = S_INIT("name_" code),
    static const str columns[LANG_N] = {LANG_LIST(NAME_COLUMN)};
    bool fine = import_words(i, columns, out);
    if (out->by_lang[LANG_EN].n == 0) {
        import_fault(i, MSG_CLI_IMPORT_NAME_MISSING, STR_NONE);
        fine = false;
    }
    return fine;
}

err import_labels(struct import *i, str kind, int64_t id, const struct import_names *names, bool *io_changed)
{
    struct db *db = i->c->db;
    for (unsigned lang = 0; lang < LANG_N; lang++) {
        const struct q_import_label_get_in at = {
            .label_kind_code = kind, .id = id, .lang_code = lang_table[lang].code};
        struct q_import_label_get there = {.label_text = S("")};
        const err e = q_import_label_get(db, i->c->arena, &at, &there);
        if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
            return e;
        }
        const str name = names->by_lang[lang];
        if (name.n == 0 || str_eq(there.label_text, name)) { /* a name that a list leaves out stays */
            continue;
        }
        const struct q_import_label_put_in in = {.label_kind_code = kind,
                                                 .id = id,
                                                 .lang_code = at.lang_code,
                                                 .label_text = name,
                                                 .draft_flag = lang == LANG_PS};
        TRY(q_import_label_put(db, &in, NULL));
        *io_changed = true;
    }
    return OK;
}

err import_twice(struct import *i, int64_t id, bool *out)
{
    bool there = false;
    for (size_t k = 0; !there && k < i->ids_n; k++) {
        there = i->ids[k] == id;
    }
    if (!there && i->ids_n == IMPORT_ROWS_MAX) {
        return FAIL(LIMIT);
    }
    if (!there) {
        i->ids[i->ids_n++] = id;
    }
    *out = there;
    return OK;
}
