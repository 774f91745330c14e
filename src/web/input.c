#include "input.h"

#include "clock.h"
#include "fold.h"

enum {
    MAX_LINE = 200,
    MAX_WORDS = 3000,
    MAX_CODE = 500,
    MAX_LIST = 30,
    MAX_SIGNED = 3000,
    MAX_NUMBER = 999999999,
    WORDS_BYTES = 2000
};

str input_words(struct arena *a, enum lang lang, enum msg id, const struct msg_arg *args, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(WORDS_BYTES);
    msg_put(&b, lang, id, 1, args, n);
    return arena_str(a, buf_str(&b));
}

/* `name`, when given, is the one placeholder of the message. */
static void fault(const struct input_desk *desk, struct given *g, enum msg id, const char *name, str value)
{
    const struct msg_arg arg = {name, value};
    g->fault = input_words(desk->arena, desk->lang, id, &arg, name == NULL ? 0 : 1);
    g->given = false;
}

static uint32_t max_of(const struct input *input)
{
    if (input->max > 0) {
        return input->max;
    }
    switch (input->type) {
    case IN_WORDS:
        return MAX_WORDS;
    case IN_LIST:
        return MAX_LIST;
    case IN_CODE:
    case IN_CURSOR:
        return MAX_CODE;
    case IN_SIGNED:
        return MAX_SIGNED;
    case IN_NUMBER:
        return MAX_NUMBER;
    case IN_LINE:
    case IN_PHONE:
    case IN_CNIC:
    case IN_REF:
    case IN_PIN:
    case IN_CHOICE:
    case IN_DAY:
    case IN_FLAG:
    case IN_SECRET:
        break;
    case IN_FILES:
        return FILES_MAX;
    }
    return MAX_LINE;
}

/* Browsers end lines with CRLF, others with CR or LF: one of them is stored. */
static str lines_lf(struct arena *a, str s)
{
    size_t at;
    if (!str_find(s, '\r', &at)) {
        return s;
    }
    char *out = arena_try(a, s.n);
    if (out == NULL) {
        return STR_NONE;
    }
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\r') {
            out[n++] = s.p[i];
        } else if (i + 1 == s.n || s.p[i + 1] != '\n') {
            out[n++] = '\n';
        }
    }
    return (str){out, n};
}

/* ---- the types: each looks at g->text and fills in the rest; MSG_NONE when it is right ---- */

static enum msg check_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const bool good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          c == '.' || c == '_' || c == '-';
        if (!good) {
            return MSG_WEB_FAULT_CODE;
        }
    }
    return MSG_NONE;
}

static enum msg check_pin(struct arena *a, struct given *g)
{
    const str typed = digits_ascii(a, g->text);
    char digits[6];
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        const char c = typed.p[i];
        if (c == ' ' || c == '-') {
            continue;
        }
        if (c < '0' || c > '9' || n == sizeof digits) {
            return MSG_WEB_FAULT_PIN;
        }
        digits[n++] = c;
    }
    if (n != sizeof digits) {
        return MSG_WEB_FAULT_PIN;
    }
    g->text = arena_str(a, (str){digits, n});
    return MSG_NONE;
}

static enum msg check_day(struct arena *a, struct given *g)
{
    const str s = digits_ascii(a, g->text);
    int64_t year, month, day;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !str_i64(str_sub(s, 0, 4), &year) ||
        !str_i64(str_sub(s, 5, 2), &month) || !str_i64(str_sub(s, 8, 2), &day)) {
        return MSG_WEB_FAULT_DAY;
    }
    if (year < 0 || month < 1 || day < 1 || !day_valid(year * 10000 + month * 100 + day)) {
        return MSG_WEB_FAULT_DAY;
    }
    g->n = year * 10000 + month * 100 + day;
    g->text = s;
    return MSG_NONE;
}

static enum msg check_flag(struct given *g)
{
    static const str yes[] = {S_INIT("1"), S_INIT("on"), S_INIT("true"), S_INIT("yes")};
    static const str no[] = {S_INIT("0"), S_INIT("off"), S_INIT("false"), S_INIT("no")};
    for (size_t i = 0; i < 4; i++) {
        if (str_eq(g->text, yes[i])) {
            g->n = 1;
            return MSG_NONE;
        }
        if (str_eq(g->text, no[i])) {
            g->n = 0;
            return MSG_NONE;
        }
    }
    return MSG_WEB_FAULT_FLAG;
}

static enum msg check_choice(const struct input *input, struct given *g)
{
    for (int64_t i = 0; input->choices != NULL && input->choices[i] != NULL; i++) {
        if (str_eq(g->text, str_of(input->choices[i]))) {
            g->n = i;
            return MSG_NONE;
        }
    }
    return MSG_WEB_FAULT_CHOICE;
}

static enum msg check_number(struct arena *a, const struct input *input, struct given *g)
{
    g->text = digits_ascii(a, g->text);
    int64_t n;
    if (!str_i64(g->text, &n) || n < 0 || n > (int64_t)max_of(input)) {
        return MSG_WEB_FAULT_NUMBER;
    }
    g->n = n;
    return MSG_NONE;
}

/* Each text trimmed, empty ones left out. */
static enum msg check_list(const struct input_desk *desk, const struct input *input, struct given *g)
{
    SCOPED(buf_free) struct buf lines = buf_new(g->text.n + 1);
    int64_t n = 0;
    for (str rest = g->text; rest.n > 0;) {
        const str line = str_trim(str_cut(&rest, '\n'));
        if (line.n == 0) {
            continue;
        }
        if (str_chars(line) > MAX_LINE) {
            return MSG_WEB_FAULT_LIST_LINE;
        }
        if (n++ > 0) {
            buf_putc(&lines, '\n');
        }
        buf_put(&lines, line);
    }
    if (n > (int64_t)max_of(input)) {
        return MSG_WEB_FAULT_LIST;
    }
    g->text = arena_str(desk->arena, buf_str(&lines));
    g->n = n;
    return MSG_NONE;
}

static enum msg check_type(const struct input_desk *desk, const struct input *input, struct given *g)
{
    struct arena *a = desk->arena;
    switch (input->type) {
    case IN_LINE:
    case IN_WORDS:
    case IN_SECRET:
        return MSG_NONE;
    case IN_LIST:
        return check_list(desk, input, g);
    case IN_PHONE:
        return phone_of(a, g->text, &g->as.phone).code == ERR_OK ? MSG_NONE : MSG_WEB_FAULT_PHONE;
    case IN_CNIC:
        return cnic_of(a, g->text, &g->as.cnic).code == ERR_OK ? MSG_NONE : MSG_WEB_FAULT_CNIC;
    case IN_REF:
        return case_ref_of(a, g->text, &g->as.ref).code == ERR_OK ? MSG_NONE : MSG_WEB_FAULT_REF;
    case IN_PIN:
        return check_pin(a, g);
    case IN_CODE:
        return check_code(g->text);
    case IN_CHOICE:
        return check_choice(input, g);
    case IN_NUMBER:
        return check_number(a, input, g);
    case IN_DAY:
        return check_day(a, g);
    case IN_FLAG:
        return check_flag(g);
    case IN_CURSOR: {
        const err e =
            token_unseal(a, desk->token_key, desk->cursor_purpose, g->text, desk->now_ms / 1000, &g->text);
        return e.code == ERR_OK ? MSG_NONE : MSG_WEB_FAULT_CURSOR;
    }
    case IN_SIGNED: {
        const str purpose = arena_printf(a, "sign/%s", input->name);
        const err e = token_unseal(a, desk->token_key, purpose, g->text, desk->now_ms / 1000, &g->text);
        return e.code == ERR_OK ? MSG_NONE : MSG_WEB_FAULT_SIGNED;
    }
    case IN_FILES: /* never sent as text: input_files() */
        break;
    }
    return MSG_WEB_FAULT_CHOICE;
}

/* ---- before the type: kind, characters, length ---- */

/* JSON says itself what kind a value is; a form cannot. */
static bool kind_fits(enum input_type type, enum raw_kind kind, str *out_wanted)
{
    if (kind == RAW_FORM) {
        return true;
    }
    if (type == IN_FLAG) {
        *out_wanted = S("boolean");
        return kind == RAW_FLAG;
    }
    if (type == IN_NUMBER) {
        *out_wanted = S("integer");
        return kind == RAW_NUMBER;
    }
    if (type == IN_LIST) {
        *out_wanted = S("array of strings");
        return kind == RAW_LIST || kind == RAW_TEXT;
    }
    *out_wanted = S("string");
    return kind == RAW_TEXT;
}

static enum msg characters(str s, bool several)
{
    switch (text_check(s, several)) {
    case TEXT_OK:
        return MSG_NONE;
    case TEXT_NOT_UTF8:
        return MSG_WEB_FAULT_NOT_UTF8;
    case TEXT_NUL:
    case TEXT_CONTROL:
        return MSG_WEB_FAULT_CONTROL;
    case TEXT_BIDI:
        return MSG_WEB_FAULT_BIDI;
    }
    return MSG_WEB_FAULT_CONTROL;
}

static void too_long(const struct input_desk *desk, const struct input *input, size_t chars, struct given *g)
{
    const struct msg_arg args[] = {
        {"length", arena_printf(desk->arena, "%zu", chars)},
        {"max", arena_printf(desk->arena, "%u", max_of(input))},
    };
    g->fault = input_words(desk->arena, desk->lang, MSG_WEB_FAULT_LONG, args, 2);
}

static void check_value(const struct input_desk *desk, const struct input *input, str value, struct given *g)
{
    const bool several = input->type == IN_WORDS || input->type == IN_LIST;
    const bool secret = input->type == IN_SECRET;
    const enum msg bad = characters(value, several);
    if (bad != MSG_NONE) {
        g->raw = secret ? STR_NONE : text_clean(desk->arena, value, several);
        fault(desk, g, bad, NULL, STR_NONE);
        return;
    }
    g->raw = secret ? STR_NONE : value;
    const size_t chars = str_chars(value);
    const bool bounded = input->type != IN_NUMBER && input->type != IN_LIST;
    if (bounded && chars > max_of(input)) {
        too_long(desk, input, chars, g);
        return;
    }
    if (text_nfc(desk->arena, value, &g->text).code != ERR_OK) {
        fault(desk, g, MSG_WEB_FAULT_NOT_UTF8, NULL, STR_NONE);
        return;
    }
    const enum msg wrong = check_type(desk, input, g);
    if (wrong != MSG_NONE) {
        g->text = STR_NONE;
        g->n = 0;
        fault(desk, g, wrong, wrong == MSG_WEB_FAULT_NUMBER || wrong == MSG_WEB_FAULT_LIST ? "max" : NULL,
              arena_printf(desk->arena, "%u", max_of(input)));
        return;
    }
    g->given = true;
}

static void check_missing(const struct input_desk *desk, const struct input *input, struct given *g)
{
    if (!input->required || desk->missing_is_fine) {
        return;
    }
    if (input->missing != MSG_NONE) {
        fault(desk, g, input->missing, NULL, STR_NONE);
        return;
    }
    const str label = input->label == MSG_NONE ? str_of(input->name) : msg_text(desk->lang, input->label);
    fault(desk, g, MSG_WEB_FAULT_MISSING, "label", label);
}

/* ---- files ---- */

static size_t bytes_max(enum file_kind kind)
{
    static const size_t most[FILE_KINDS] = {[FILE_PHOTO] = FILES_PHOTO_MAX,
                                            [FILE_VOICE] = FILES_VOICE_MAX,
                                            [FILE_PDF] = FILES_PDF_MAX,
                                            [FILE_TABLE] = FILES_TABLE_MAX};
    return most[kind];
}

static void too_heavy(const struct input_desk *desk, enum file_kind kind, struct given *g)
{
    static const enum msg says[FILE_KINDS] = {[FILE_NONE] = MSG_WEB_FAULT_FILE_HEAVY,
                                              [FILE_PHOTO] = MSG_WEB_FAULT_FILE_PHOTO,
                                              [FILE_VOICE] = MSG_WEB_FAULT_FILE_VOICE,
                                              [FILE_PDF] = MSG_WEB_FAULT_FILE_PDF,
                                              [FILE_TABLE] = MSG_WEB_FAULT_FILE_TABLE};
    const size_t most = kind == FILE_NONE ? FILES_BYTES_MAX : bytes_max(kind);
    fault(desk, g, says[kind], "max", arena_printf(desk->arena, "%zu", most >> 20));
}

/* False: what is wrong with it is noted. */
static bool file_take(const struct input_desk *desk, const struct input *input, const struct input_file *from,
                      struct file *out, struct given *g)
{
    const enum sniffed is = sniff(from->content);
    const bool tables = (input->takes & FILES_TAKE(TABLE)) != 0;
    const enum file_kind kind = is == SNIFF_OTHER && tables ? FILE_TABLE : sniff_kind(is);
    if (kind == FILE_NONE || (input->takes & (1u << kind)) == 0) {
        fault(desk, g,
              tables             ? MSG_WEB_FAULT_FILE_NO_TABLE
              : is == SNIFF_HEIC ? MSG_WEB_FAULT_FILE_HEIC
                                 : MSG_WEB_FAULT_FILE_KIND,
              NULL, STR_NONE);
        return false;
    }
    if (from->cut || from->content.n > bytes_max(kind)) {
        too_heavy(desk, from->whole_form ? FILE_NONE : kind, g);
        return false;
    }
    *out = (struct file){.kind = kind, .is = is, .bytes = from->content};
    return true;
}

err input_files(const struct input_desk *desk, const struct input *input, const struct input_file *files,
                size_t files_n, struct given *out)
{
    struct given g = {0};
    const uint32_t most = max_of(input);
    struct file *taken = arena_array_of(desk->arena, struct file, (size_t)most + 1);
    if (taken == NULL) {
        return FAIL(LIMIT);
    }
    int64_t n = 0;
    for (size_t i = 0; i < files_n && g.fault.n == 0; i++) {
        if (!str_eq(files[i].name, str_of(input->name)) || (files[i].content.n == 0 && !files[i].cut)) {
            continue; /* left alone: a browser sends it all the same */
        }
        if (n == (int64_t)most) {
            fault(desk, &g, MSG_WEB_FAULT_FILES, "max", arena_printf(desk->arena, "%u", most));
        } else if (file_take(desk, input, &files[i], &taken[n], &g)) {
            n++;
        }
    }
    if (g.fault.n == 0 && n == 0) {
        check_missing(desk, input, &g);
    }
    if (g.fault.n == 0 && n > 0) {
        g.files = taken;
        g.n = n;
        g.given = true;
    }
    if (arena_full(desk->arena)) {
        return FAIL(LIMIT);
    }
    *out = g;
    return OK;
}

err input_check(const struct input_desk *desk, const struct input *input, const struct raw *raw,
                struct given *out)
{
    struct given g = {0};
    str wanted = STR_NONE;
    if (raw == NULL || raw->kind == RAW_NULL) {
        check_missing(desk, input, &g);
    } else if (!kind_fits(input->type, raw->kind, &wanted)) {
        fault(desk, &g, MSG_WEB_FAULT_KIND, "kind", wanted);
    } else {
        str value = input->type == IN_WORDS || input->type == IN_LIST ? lines_lf(desk->arena, raw->value)
                                                                      : raw->value;
        value = input->type == IN_SECRET ? value : str_trim(value);
        g.raw = input->type == IN_SECRET ? STR_NONE : value;
        if (value.n == 0) {
            check_missing(desk, input, &g);
        } else {
            check_value(desk, input, value, &g);
        }
    }
    if (arena_full(desk->arena)) {
        return FAIL(LIMIT);
    }
    *out = g;
    return OK;
}
