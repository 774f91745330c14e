/* msggen: .po files to message tables.
 *
 *     msggen --out build/gen/text [--check] [--report] src/text/en.po src/text/ur.po …
 *
 * writes msg_ids.h (enum msg, and the placeholders of each message) and messages.c (the texts and plural
 * rules). en.po decides the keys and is complete. What cannot be shown safely or filled in is refused: other
 * placeholders than en.po's, unbalanced braces, markup, bidi controls but whole isolates, numbers that turn
 * about where one reads from the right, white space at either end.
 * --report says on standard error what each language lacks; --check ends with 1 when anything is missing.
 */
#include "lex.h"

enum { FORMS_MAX = 6, NAMES_MAX = 8, TEXT_MAX = 4000 };

/* ---- a .po file as it stands ----------------------------------------------------------------------------
 */

struct entry {
    const char *at; /* its msgid, for what is said about it */
    struct out id, plural, forms[FORMS_MAX];
    size_t forms_n;
    bool is_plural, fuzzy;
};

struct catalogue {
    const struct source *src;
    str lang; /* "ur" */
    struct entry **entries;
    size_t n;
    struct entry *header;
    size_t forms_n; /* nplurals */
    struct expr *rule;
};

enum part { PART_NONE, PART_ID, PART_PLURAL, PART_TEXT };

struct reader {
    struct catalogue *c;
    struct entry *now;
    struct out *into; /* where a string on a line of its own goes on */
    enum part part;
    bool fuzzy;
};

/* One quoted string of a line, unescaped, behind which nothing may stand. */
static void read_string(const struct reader *r, str line)
{
    str s = str_trim(line);
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"') {
        refuse_at(r->c->src, line.p, "a string in double quotes was expected");
    }
    s = (str){s.p + 1, s.n - 2};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') {
            refuse_at(r->c->src, line.p, "a quote inside a string is written \\\"");
        }
        if (s.p[i] != '\\') {
            out_char(r->into, s.p[i]);
            continue;
        }
        i++;
        const char *from = "n\"\\t", *to = "\n\"\\\t";
        const char *found = i < s.n ? strchr(from, s.p[i]) : NULL;
        if (found == NULL || *found == '\0') {
            refuse_at(r->c->src, line.p, "only \\n, \\t, \\\" and \\\\ are known behind a backslash");
        }
        out_char(r->into, to[found - from]);
    }
}

static void read_id(struct reader *r, str line)
{
    if (r->now != NULL && r->part != PART_TEXT) {
        refuse_at(r->c->src, r->now->at, "this message has no msgstr");
    }
    struct entry *e = keep(sizeof *e);
    e->at = line.p;
    e->fuzzy = r->fuzzy;
    r->fuzzy = false;
    r->now = e;
    r->part = PART_ID;
    r->into = &e->id;
    PUSH(r->c->entries, r->c->n) = e;
    read_string(r, str_from(line, 5));
}

static void read_plural(struct reader *r, str line)
{
    if (r->part != PART_ID) {
        refuse_at(r->c->src, line.p, "msgid_plural stands behind msgid");
    }
    r->part = PART_PLURAL;
    r->now->is_plural = true;
    r->into = &r->now->plural;
    read_string(r, str_from(line, 12));
}

static void read_text(struct reader *r, str line)
{
    struct entry *e = r->now;
    str rest = str_from(line, 6);
    const bool numbered = rest.n > 2 && rest.p[0] == '[';
    if (r->part == PART_NONE || (r->part == PART_TEXT && !numbered) || numbered != e->is_plural) {
        refuse_at(r->c->src, line.p, "this msgstr stands behind no fitting msgid");
    }
    if (numbered) {
        if (e->forms_n == FORMS_MAX || rest.p[1] != (char)('0' + e->forms_n) || rest.p[2] != ']') {
            refuse_at(r->c->src, line.p, "msgstr[%zu] was expected", e->forms_n);
        }
        rest = str_from(rest, 3);
    }
    r->part = PART_TEXT;
    r->into = &e->forms[e->forms_n++];
    read_string(r, rest);
}

static void read_line(struct reader *r, str line)
{
    if (line.n == 0) {
        return;
    }
    if (line.p[0] == '#') {
        r->fuzzy = r->fuzzy || (str_starts(line, "#,") && str_find(line, "fuzzy", NULL));
        return;
    }
    if (line.p[0] == '"' && r->into != NULL) {
        read_string(r, line);
        return;
    }
    if (str_starts(line, "msgid ") || str_starts(line, "msgid\"")) {
        read_id(r, line);
        return;
    }
    if (str_starts(line, "msgid_plural")) {
        read_plural(r, line);
        return;
    }
    if (str_starts(line, "msgstr")) {
        read_text(r, line);
        return;
    }
    refuse_at(r->c->src, line.p, "neither msgid, msgid_plural, msgstr, a string nor a comment");
}

/* ---- plural rules ---------------------------------------------------------------------------------------
 */

enum op { OP_NUMBER, OP_N, OP_NOT, OP_IF, OP_BINARY };

struct expr {
    enum op op;
    const char *word; /* of a binary operator */
    uint64_t number;
    struct expr *a, *b, *c;
};

struct rule_reader {
    const struct catalogue *c;
    str rest;
    int depth;
};

static const struct {
    const char *word;
    int strength;
} operators[] = {{"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<=", 4}, {">=", 4}, {"<", 4},
                 {">", 4},  {"+", 5},  {"-", 5},  {"*", 6},  {"/", 6},  {"%", 6}};

_Noreturn static void rule_refuse(const struct rule_reader *r)
{
    refuse_at(r->c->src, r->c->header->at, "Plural-Forms: the rule cannot be read at \"%.*s\"",
              STR_F(r->rest));
}

static bool rule_takes(struct rule_reader *r, const char *word)
{
    r->rest = str_trim(r->rest);
    if (!str_starts(r->rest, word)) {
        return false;
    }
    r->rest = str_from(r->rest, strlen(word));
    return true;
}

static struct expr *expr_new(enum op op, struct expr *a, struct expr *b, struct expr *c)
{
    struct expr *e = keep(sizeof *e);
    *e = (struct expr){.op = op, .a = a, .b = b, .c = c};
    return e;
}

static struct expr *rule_if(struct rule_reader *r);

static struct expr *rule_single(struct rule_reader *r)
{
    if (++r->depth > 100) {
        rule_refuse(r);
    }
    if (rule_takes(r, "(")) {
        struct expr *inner = rule_if(r);
        if (!rule_takes(r, ")")) {
            rule_refuse(r);
        }
        return inner;
    }
    if (rule_takes(r, "!")) {
        return expr_new(OP_NOT, rule_single(r), NULL, NULL);
    }
    if (rule_takes(r, "n")) {
        return expr_new(OP_N, NULL, NULL, NULL);
    }
    struct expr *e = expr_new(OP_NUMBER, NULL, NULL, NULL);
    size_t digits = 0;
    while (digits < r->rest.n && digits < 6 && is_digit(r->rest.p[digits])) {
        e->number = e->number * 10 + (uint64_t)(r->rest.p[digits++] - '0');
    }
    if (digits == 0) {
        rule_refuse(r);
    }
    r->rest = str_from(r->rest, digits);
    return e;
}

static struct expr *rule_binary(struct rule_reader *r, int strength)
{
    struct expr *left = rule_single(r);
    for (size_t i = 0; i < sizeof operators / sizeof *operators;) {
        if (operators[i].strength < strength || !rule_takes(r, operators[i].word)) {
            i++;
            continue;
        }
        struct expr *right = rule_binary(r, operators[i].strength + 1);
        left = expr_new(OP_BINARY, left, right, NULL);
        left->word = operators[i].word;
        i = 0;
    }
    return left;
}

static struct expr *rule_if(struct rule_reader *r)
{
    struct expr *condition = rule_binary(r, 1);
    if (!rule_takes(r, "?")) {
        return condition;
    }
    struct expr *yes = rule_if(r);
    if (!rule_takes(r, ":")) {
        rule_refuse(r);
    }
    return expr_new(OP_IF, condition, yes, rule_if(r));
}

static uint64_t binary_value(const struct catalogue *c, const char *word, uint64_t a, uint64_t b)
{
    if ((word[0] == '/' || word[0] == '%') && b == 0) {
        refuse_at(c->src, c->header->at, "Plural-Forms: the rule divides by zero");
    }
    switch (word[0]) {
    case '|':
        return a != 0 || b != 0;
    case '&':
        return a != 0 && b != 0;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '<':
        return word[1] == '=' ? a <= b : a < b;
    case '>':
        return word[1] == '=' ? a >= b : a > b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    case '/':
        return a / b;
    default:
        return a % b;
    }
}

static uint64_t expr_value(const struct catalogue *c, const struct expr *e, uint64_t n)
{
    switch (e->op) {
    case OP_NUMBER:
        return e->number;
    case OP_N:
        return n;
    case OP_NOT:
        return expr_value(c, e->a, n) == 0;
    case OP_IF:
        return expr_value(c, expr_value(c, e->a, n) != 0 ? e->b : e->c, n);
    case OP_BINARY:
    default:
        return binary_value(c, e->word, expr_value(c, e->a, n), expr_value(c, e->b, n));
    }
}

static void expr_write(struct out *o, const struct expr *e)
{
    switch (e->op) {
    case OP_NUMBER:
        out_printf(o, "%lluu", (unsigned long long)e->number);
        return;
    case OP_N:
        out_c(o, "n");
        return;
    case OP_NOT:
        out_c(o, "(uint64_t)!(");
        expr_write(o, e->a);
        out_c(o, ")");
        return;
    case OP_IF:
        out_c(o, "((");
        expr_write(o, e->a);
        out_c(o, ") != 0 ? (uint64_t)(");
        expr_write(o, e->b);
        out_c(o, ") : (uint64_t)(");
        expr_write(o, e->c);
        out_c(o, "))");
        return;
    case OP_BINARY:
    default:
        out_c(o, "(uint64_t)(");
        expr_write(o, e->a);
        out_printf(o, " %s ", e->word);
        expr_write(o, e->b);
        out_c(o, ")");
        return;
    }
}

/* The value of a header line "Name: value"; empty when there is none. */
static str header_value(const struct catalogue *c, const char *name)
{
    str rest = out_text(&c->header->forms[0]);
    while (rest.n > 0) {
        const str line = str_cut(&rest, '\n');
        const size_t n = strlen(name);
        if (str_starts(line, name) && line.n > n && line.p[n] == ':') {
            return str_trim(str_from(line, n + 1));
        }
    }
    return S("");
}

static void read_rule(struct catalogue *c)
{
    str value = header_value(c, "Plural-Forms");
    str count = str_cut(&value, ';');
    struct rule_reader r = {.c = c, .rest = count};
    const bool counted = rule_takes(&r, "nplurals") && rule_takes(&r, "=");
    r.rest = str_trim(r.rest);
    if (!counted || r.rest.n != 1 || r.rest.p[0] < '1' || r.rest.p[0] > '0' + FORMS_MAX) {
        refuse_at(c->src, c->header->at,
                  "Plural-Forms: \"nplurals=N; plural=RULE;\" with N from 1 to %d is needed", FORMS_MAX);
    }
    c->forms_n = (size_t)(r.rest.p[0] - '0');
    r.rest = value;
    if (!rule_takes(&r, "plural") || !rule_takes(&r, "=")) {
        rule_refuse(&r);
    }
    c->rule = rule_if(&r);
    (void)rule_takes(&r, ";");
    if (str_trim(r.rest).n > 0) {
        rule_refuse(&r);
    }
    for (uint64_t n = 0; n < 1200; n++) {
        if (expr_value(c, c->rule, n) >= c->forms_n) {
            refuse_at(c->src, c->header->at, "Plural-Forms: %llu has a form that nplurals has not",
                      (unsigned long long)n);
        }
    }
}

/* ---- what a text may hold -------------------------------------------------------------------------------
 */

struct names {
    str name[NAMES_MAX];
    size_t n;
};

static bool names_hold(const struct names *names, str name)
{
    for (size_t i = 0; i < names->n; i++) {
        if (str_eq(names->name[i], name)) {
            return true;
        }
    }
    return false;
}

static void names_add(struct names *names, const struct catalogue *c, const struct entry *e, str name)
{
    if (names_hold(names, name)) {
        return;
    }
    if (names->n == NAMES_MAX) {
        refuse_at(c->src, e->at, "more than %d placeholders", NAMES_MAX);
    }
    names->name[names->n++] = name;
}

/* Placeholders of one text, in order; refuses braces that do not enclose a name. */
static void names_of(const struct catalogue *c, const struct entry *e, str text, struct names *out)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '}') {
            refuse_at(c->src, e->at, "a } without its {");
        }
        if (text.p[i] != '{') {
            continue;
        }
        const str rest = str_from(text, i + 1);
        const size_t n = name_length(rest);
        if (n == 0 || n >= rest.n || rest.p[n] != '}') {
            refuse_at(c->src, e->at, "a { that no name and } follow");
        }
        const str name = {rest.p, n};
        if (!name_valid(name)) {
            refuse_at(c->src, e->at, "{%.*s}: a placeholder is a lower-case name, no word of C", STR_F(name));
        }
        names_add(out, c, e, name);
        i += n + 1;
    }
}

/* U+202A to U+202E: they reorder what stands behind them, out of a page's control. */
static bool bidi_override(str s)
{
    return s.n >= 3 && memcmp(s.p, "\xe2\x80", 2) == 0 && (unsigned char)s.p[2] >= 0xaa &&
           (unsigned char)s.p[2] <= 0xae;
}

/* 1 for U+2066 to U+2068, which begin an isolate, -1 for U+2069, which ends it, 0 for anything else. */
static int isolate_step(str s)
{
    if (s.n < 3 || memcmp(s.p, "\xe2\x81", 2) != 0) {
        return 0;
    }
    const unsigned char last = (unsigned char)s.p[2];
    return last >= 0xa6 && last <= 0xa8 ? 1 : last == 0xa9 ? -1 : 0;
}

/* Languages written from the right, by the two letters that a file can be named with. */
static bool reads_from_right(str lang)
{
    static const char *const all[] = {"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_is(lang, all[i])) {
            return true;
        }
    }
    return false;
}

/* Bytes of the digit that s begins with (0-9, U+0660.., U+06F0..), 0 when it begins with none. */
static size_t digit_length(str s)
{
    if (s.n > 0 && is_digit(s.p[0])) {
        return 1;
    }
    if (s.n < 2) {
        return 0;
    }
    const unsigned char a = (unsigned char)s.p[0], b = (unsigned char)s.p[1];
    return (a == 0xd9 && b >= 0xa0 && b <= 0xa9) || (a == 0xdb && b >= 0xb0 && b <= 0xb9) ? 2 : 0;
}

/* Bytes of what joins two groups of digits so that they may change places: spaces, slashes, any dashes. */
static size_t joint_length(str s)
{
    size_t n = 0;
    for (;;) {
        const str rest = str_from(s, n);
        const bool dash = rest.n >= 3 && memcmp(rest.p, "\xe2\x80", 2) == 0 &&
                          (unsigned char)rest.p[2] >= 0x90 && (unsigned char)rest.p[2] <= 0x95;
        const bool plain = rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '-' || rest.p[0] == '/');
        if (!dash && !plain) {
            return n;
        }
        n += dash ? 3 : 1;
    }
}

/* Behind an Arabic letter the groups of "0300-1234567" change places (UAX 9, rules W2 and W4). */
static bool turns_about(str s)
{
    const size_t first = digit_length(s), joint = joint_length(str_from(s, first));
    return first > 0 && joint > 0 && digit_length(str_from(s, first + joint)) > 0;
}

/* Isolates are whole, on one line, and hold every number that would turn about. */
static void check_direction(const struct catalogue *c, const struct entry *e, str text)
{
    const bool from_right = reads_from_right(c->lang);
    int depth = 0;
    for (size_t i = 0; i < text.n; i++) {
        const str rest = str_from(text, i);
        depth += isolate_step(rest);
        if (depth < 0) {
            refuse_at(c->src, e->at, "U+2069 without the U+2066 to U+2068 that it ends");
        }
        if (depth > 0 && text.p[i] == '\n') {
            break;
        }
        if (bidi_override(rest)) {
            refuse_at(c->src, e->at, "a bidi control character");
        }
        if (from_right && depth == 0 && turns_about(rest)) {
            refuse_at(c->src, e->at, "a number that turns about: put it between U+2066 and U+2069");
        }
    }
    if (depth > 0) {
        refuse_at(c->src, e->at, "U+2066 to U+2068 without its U+2069");
    }
}

static void check_text(const struct catalogue *c, const struct entry *e, str text)
{
    if (text.n > TEXT_MAX) {
        refuse_at(c->src, e->at, "longer than %d bytes", TEXT_MAX);
    }
    if (text.n > 0 && (is_space(text.p[0]) || is_space(text.p[text.n - 1]))) {
        refuse_at(c->src, e->at, "white space at its beginning or end");
    }
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.p[i];
        if (byte == '<') {
            refuse_at(c->src, e->at, "a text holds no markup: < is refused");
        }
        if ((byte < 0x20 && byte != '\n') || byte == 0x7f) {
            refuse_at(c->src, e->at, "a control character");
        }
    }
    check_direction(c, e, text);
}

/* Lower-case words joined by single . - or _ : "case.due-day". */
static bool key_valid(str key)
{
    if (key.n == 0 || key.n > 80 || str_is(key, "none") || str_is(key, "n")) {
        return false;
    }
    bool word = false;
    for (size_t i = 0; i < key.n; i++) {
        const char ch = key.p[i];
        const bool joins = ch == '.' || ch == '-' || ch == '_';
        if (joins ? !word : !(is_digit(ch) || (ch >= 'a' && ch <= 'z'))) {
            return false;
        }
        word = !joins;
    }
    return word;
}

static bool translated(const struct entry *e)
{
    for (size_t i = 0; i < e->forms_n; i++) {
        if (e->forms[i].n == 0) {
            return false;
        }
    }
    return true;
}

static void check_entry(const struct catalogue *c, const struct entry *e)
{
    const str id = out_text(&e->id);
    if (!key_valid(id)) {
        refuse_at(c->src, e->at, "\"%.*s\" is no key: lower-case words joined by . - or _", STR_F(id));
    }
    if (e->is_plural && !str_eq(out_text(&e->plural), id)) {
        refuse_at(c->src, e->at, "msgid_plural repeats the key");
    }
    if (e->is_plural && e->forms_n != c->forms_n) {
        refuse_at(c->src, e->at, "%zu plural forms, the header says %zu", e->forms_n, c->forms_n);
    }
    size_t given = 0;
    for (size_t i = 0; i < e->forms_n; i++) {
        check_text(c, e, out_text(&e->forms[i]));
        given += e->forms[i].n > 0;
    }
    if (given > 0 && given < e->forms_n) {
        refuse_at(c->src, e->at, "some of its plural forms are empty");
    }
}

/* ---- all languages together -----------------------------------------------------------------------------
 */

static int entry_order(const void *a, const void *b)
{
    const struct entry *const *x = a, *const *y = b;
    return str_cmp(out_text(&(*x)->id), out_text(&(*y)->id));
}

static struct catalogue *catalogue_read(const struct source *src)
{
    struct catalogue *c = keep(sizeof *c);
    c->src = src;
    c->lang = path_base(str_of(src->path));
    if (!str_ends(c->lang, ".po") || c->lang.n != 5) {
        refuse(src->path, 0, "named after its language: ur.po");
    }
    c->lang.n = 2;
    struct reader r = {.c = c};
    struct lines lines = lines_of(src);
    for (str line; lines_next(&lines, &line);) {
        read_line(&r, str_trim(line));
    }
    if (r.now == NULL || r.part != PART_TEXT) {
        refuse(src->path, lines.line, "ends without a msgstr");
    }
    c->header = c->entries[0];
    if (c->header->id.n > 0 || c->header->is_plural) {
        refuse_at(src, c->header->at, "the first entry is the header, with an empty msgid");
    }
    if (!str_find(header_value(c, "Content-Type"), "charset=UTF-8", NULL)) {
        refuse_at(src, c->header->at, "Content-Type: charset=UTF-8 is needed");
    }
    if (!str_eq(header_value(c, "Language"), c->lang)) {
        refuse_at(src, c->header->at, "Language: is not the %.*s of the file's name", STR_F(c->lang));
    }
    read_rule(c);
    c->entries++;
    c->n--;
    for (size_t i = 0; i < c->n; i++) {
        check_entry(c, c->entries[i]);
    }
    qsort(c->entries, c->n, sizeof *c->entries, entry_order);
    for (size_t i = 1; i < c->n; i++) {
        if (entry_order(&c->entries[i - 1], &c->entries[i]) == 0) {
            const bool first = c->entries[i - 1]->at < c->entries[i]->at;
            refuse_at(src, c->entries[first ? i : i - 1]->at, "this key stands here twice");
        }
    }
    return c;
}

static const struct entry *catalogue_find(const struct catalogue *c, const struct entry *wanted)
{
    struct entry *const *found = bsearch(&wanted, c->entries, c->n, sizeof *c->entries, entry_order);
    return found != NULL ? *found : NULL;
}

/* All placeholders of a message; a form may leave out {n} ("one case") and nothing else. */
static struct names entry_names(const struct catalogue *c, const struct entry *e)
{
    struct names all = {.n = 0};
    for (size_t i = 0; i < e->forms_n; i++) {
        names_of(c, e, out_text(&e->forms[i]), &all);
    }
    for (size_t i = 0; i < e->forms_n; i++) {
        struct names here = {.n = 0};
        names_of(c, e, out_text(&e->forms[i]), &here);
        for (size_t k = 0; k < all.n; k++) {
            if (!names_hold(&here, all.name[k]) && !str_is(all.name[k], "n")) {
                refuse_at(c->src, e->at, "{%.*s} is missing in a plural form", STR_F(all.name[k]));
            }
        }
    }
    if (e->is_plural) {
        names_add(&all, c, e, S("n"));
    }
    return all;
}

static void check_against(const struct catalogue *keys, const struct catalogue *c)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct entry *e = c->entries[i];
        const struct entry *of = catalogue_find(keys, e);
        if (of == NULL) {
            refuse_at(c->src, e->at, "en.po does not have this key");
        }
        if (of->is_plural != e->is_plural) {
            refuse_at(c->src, e->at, "plural here or in en.po, not in both");
        }
        if (!translated(e)) {
            continue;
        }
        const struct names want = entry_names(keys, of), have = entry_names(c, e);
        for (size_t k = 0; k < want.n; k++) {
            if (!names_hold(&have, want.name[k])) {
                refuse_at(c->src, e->at, "{%.*s} is missing; en.po has it", STR_F(want.name[k]));
            }
        }
        for (size_t k = 0; k < have.n; k++) {
            if (!names_hold(&want, have.name[k])) {
                refuse_at(c->src, e->at, "{%.*s} is not in en.po", STR_F(have.name[k]));
            }
        }
    }
}

/* ---- what is written ------------------------------------------------------------------------------------
 */

static const char *id_name(const struct entry *e)
{
    struct out o = {0};
    out_c(&o, "MSG_");
    const str id = out_text(&e->id);
    for (size_t i = 0; i < id.n; i++) {
        const char ch = id.p[i];
        out_char(&o, ch == '.' || ch == '-' ? '_' : ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch);
    }
    return str_c(out_text(&o));
}

static int name_order(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* "a.b" and "a-b" would both be MSG_A_B. */
static void check_names(const struct catalogue *keys)
{
    const char **names = keep((keys->n + 1) * sizeof *names);
    for (size_t i = 0; i < keys->n; i++) {
        names[i] = id_name(keys->entries[i]);
    }
    qsort(names, keys->n, sizeof *names, name_order);
    for (size_t i = 1; i < keys->n; i++) {
        if (strcmp(names[i - 1], names[i]) == 0) {
            refuse(keys->src->path, 0, "two keys would both be %s", names[i]);
        }
    }
}

/* No text stands here: a changed word rebuilds messages.c and nothing else. */
static void write_ids(const struct catalogue *keys, struct out *o)
{
    out_c(o, "/* Made by msggen. The ids of all messages, and for each how many placeholders it has and "
             "their names:\n"
             " * templates are compiled against them. */\n"
             "#ifndef SUNWAI_MSG_IDS_H\n#define SUNWAI_MSG_IDS_H\n\nenum msg {\n    MSG_NONE,\n");
    for (size_t i = 0; i < keys->n; i++) {
        out_printf(o, "    %s,\n", id_name(keys->entries[i]));
    }
    out_c(o, "    MSG_N\n};\n\n");
    for (size_t i = 0; i < keys->n; i++) {
        const struct names names = entry_names(keys, keys->entries[i]);
        const char *id = id_name(keys->entries[i]);
        out_c(o, "enum { ");
        for (size_t k = 0; k < names.n; k++) {
            out_printf(o, "%s__%.*s, ", id, STR_F(names.name[k]));
        }
        out_printf(o, "%s__args };\n", id);
    }
    out_c(o, "\n#endif\n");
}

static const char *lang_name(const struct catalogue *c)
{
    return str_c(str_printf("LANG_%c%c", c->lang.p[0] - 'a' + 'A', c->lang.p[1] - 'a' + 'A'));
}

static void write_texts(const struct catalogue *c, struct out *o)
{
    out_printf(o, "    [%s] = {\n        [MSG_NONE] = NULL,\n", lang_name(c));
    for (size_t i = 0; i < c->n; i++) {
        const struct entry *e = c->entries[i];
        if (!translated(e)) {
            continue;
        }
        out_printf(o, "        [%s] = (const str[]){\n", id_name(e));
        for (size_t k = 0; k < e->forms_n; k++) {
            out_c(o, "            S_INIT(");
            out_literal(o, out_text(&e->forms[k]), 12);
            out_c(o, "),\n");
        }
        out_c(o, "        },\n");
    }
    out_c(o, "    },\n");
}

static void write_tables(struct catalogue **all, size_t n, struct out *o)
{
    const struct catalogue *keys = all[0];
    out_c(o, "/* Made by msggen. */\n#include \"msg_table.h\"\n\nconst struct msg_row msg_rows[MSG_N] = {\n"
             "    [MSG_NONE] = {\"\", false},\n");
    for (size_t i = 0; i < keys->n; i++) {
        const struct entry *e = keys->entries[i];
        out_printf(o, "    [%s] = {\"%.*s\", %s},\n", id_name(e), STR_F(out_text(&e->id)),
                   e->is_plural ? "true" : "false");
    }
    out_c(o, "};\n\nconst str *const msg_texts[LANG_N][MSG_N] = {\n");
    for (size_t i = 0; i < n; i++) {
        write_texts(all[i], o);
    }
    out_c(o, "};\n");
    for (size_t i = 0; i < n; i++) {
        out_printf(o, "\nstatic size_t plural_%.*s(uint64_t n) {\n    (void)n;\n    return (size_t)(",
                   STR_F(all[i]->lang));
        expr_write(o, all[i]->rule);
        out_c(o, ");\n}\n");
    }
    out_c(o, "\nsize_t (*const msg_plurals[LANG_N])(uint64_t n) = {\n");
    for (size_t i = 0; i < n; i++) {
        out_printf(o, "    [%s] = plural_%.*s,\n", lang_name(all[i]), STR_F(all[i]->lang));
    }
    out_c(o, "};\n");
}

/* Counts what a language lacks; drafts (fuzzy) are shown to people and so not missing. */
static size_t missing_of(const struct catalogue *keys, const struct catalogue *c, bool say)
{
    size_t missing = 0, drafts = 0;
    for (size_t i = 0; i < keys->n; i++) {
        const struct entry *e = catalogue_find(c, keys->entries[i]);
        const bool there = e != NULL && translated(e);
        missing += !there;
        drafts += there && e->fuzzy;
        if (!there && say) {
            (void)fprintf(stderr, "%s: %.*s has no text\n", c->src->path,
                          STR_F(out_text(&keys->entries[i]->id)));
        }
    }
    if (say) {
        (void)fprintf(stderr, "%s: %zu of %zu missing, %zu drafts\n", c->src->path, missing, keys->n, drafts);
    }
    return missing;
}

/* Reads and checks everything; en.po comes first in the result, whatever the order on the command line. */
static struct catalogue **catalogues_read(const struct source *const *sources, size_t n)
{
    struct catalogue **all = keep((n + 1) * sizeof *all);
    size_t keys_at = n;
    for (size_t i = 0; i < n; i++) {
        all[i] = catalogue_read(sources[i]);
        keys_at = str_is(all[i]->lang, "en") ? i : keys_at;
    }
    if (keys_at == n) {
        refuse("msggen", 0, "en.po is needed: it decides the keys");
    }
    struct catalogue *keys = all[keys_at];
    all[keys_at] = all[0];
    all[0] = keys;
    check_names(keys);
    for (size_t i = 0; i < keys->n; i++) {
        if (!translated(keys->entries[i])) {
            refuse_at(keys->src, keys->entries[i]->at, "en.po is complete, but this has no text");
        }
    }
    for (size_t i = 0; i < n; i++) {
        check_against(keys, all[i]);
    }
    return all;
}

int main(int argc, char **argv)
{
    const char *folder = NULL;
    bool check = false, report = false;
    const struct source **sources = NULL;
    size_t n = 0;
    for (int i = 1; i < argc;) {
        const char *value = option(argc, argv, &i, "--out");
        if (value != NULL) {
            folder = value;
            continue;
        }
        const bool is_check = strcmp(argv[i], "--check") == 0, is_report = strcmp(argv[i], "--report") == 0;
        check = check || is_check;
        report = report || is_report;
        if (!is_check && !is_report) {
            PUSH(sources, n) = source_read(argv[i]);
        }
        i++;
    }
    if (n == 0) {
        refuse("msggen", 0, "usage: msggen [--out DIR] [--check] [--report] en.po …");
    }
    struct catalogue **all = catalogues_read(sources, n);
    size_t missing = 0;
    for (size_t i = 1; i < n; i++) {
        missing += missing_of(all[0], all[i], report || check);
    }
    if (folder != NULL) {
        struct out ids = {0}, tables = {0};
        write_ids(all[0], &ids);
        write_tables(all, n, &tables);
        out_write(&ids, str_c(str_printf("%s/msg_ids.h", folder)));
        out_write(&tables, str_c(str_printf("%s/messages.c", folder)));
    }
    return check && missing > 0 ? 1 : 0;
}
