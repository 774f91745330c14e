/* kit_pages.c: kits that came, the difference, what is taken of it, and the routes. */
#include "audit.h"
#include "clock.h"
#include "format.h"
#include "kit.h"
#include "kit.html.h"
#include "kit_feature.h"
#include "kit_pages.h"
#include "kit_sound.h"
#include "random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PRINT_MAX = 60, KITS_MOST = 1000000 };
/* Of one kind; with all of a kit's values a page stays within its bound. */
enum { ROWS_MAX = 700 };

enum keep_input { KK_PRINT, KK_FILE, KK_N };
static const struct input keep_page_inputs[KK_FILE] = {
    [KK_PRINT] = {"print", IN_LINE, MSG_KIT_PRINT, PRINT_MAX}};
static const struct input keep_inputs[KK_N] = {
    [KK_PRINT] = {"print", IN_LINE, MSG_KIT_PRINT, PRINT_MAX},
    [KK_FILE] = {"file", IN_FILES, MSG_KIT_FILE, 1, .required = true, .takes = FILES_TAKE(TABLE)},
};

static const char *const do_codes[] = {"take", "leave", NULL};
static const char *const how_codes[] = {"leave", "new", "all", NULL};
enum take_input { KT_NO, KT_DO, KT_DAY, KT_SEEN, KT_HOW, KT_N = KT_HOW + KIT_KINDS };
/* clang-format off */
#define HOW(kind, name, label) [KT_HOW + (kind)] = {name, IN_CHOICE, label, .choices = how_codes}
/* clang-format on */
static const struct input take_inputs[KT_N] = {
    [KT_NO] = {"no", IN_NUMBER, MSG_KIT_NO, KITS_MOST, .required = true},
    [KT_DO] = {"do", IN_CHOICE, MSG_KIT_TAKE, .required = true, .choices = do_codes},
    [KT_DAY] = {"day", IN_DAY, MSG_KIT_DAY},
    [KT_SEEN] = {"seen", IN_CODE, MSG_KIT_CHANGE, SEAL_LEN},
    HOW(KIT_GROUP, "group", MSG_KIT_KIND_GROUP),
    HOW(KIT_DOCUMENT, "document", MSG_KIT_KIND_DOCUMENT),
    HOW(KIT_SERVICE, "service", MSG_KIT_KIND_SERVICE),
    HOW(KIT_TERM, "term", MSG_KIT_KIND_TERM),
    HOW(KIT_MESSAGE, "message", MSG_KIT_KIND_MESSAGE),
    HOW(KIT_BYLAW, "bylaw", MSG_KIT_KIND_BYLAW),
    HOW(KIT_READY, "ready", MSG_KIT_KIND_READY),
    HOW(KIT_CURRICULUM, "curriculum", MSG_KIT_KIND_CURRICULUM),
    HOW(KIT_PROMPT, "prompt", MSG_KIT_KIND_PROMPT),
    HOW(KIT_PORTAL, "portal", MSG_KIT_KIND_PORTAL),
};
enum { KS_NO, KS_HASH, KS_N };
static const struct input sound_inputs[KS_N] = {
    [KS_NO] = {"no", IN_NUMBER, MSG_KIT_NO, KITS_MOST, .required = true},
    [KS_HASH] = {"hash", IN_CODE, MSG_KIT_F_HASH, HEX_OF_32, .required = true},
};
static const enum msg kind_words[KIT_KINDS] = {
    [KIT_GROUP] = MSG_KIT_KIND_GROUP,     [KIT_DOCUMENT] = MSG_KIT_KIND_DOCUMENT,
    [KIT_SERVICE] = MSG_KIT_KIND_SERVICE, [KIT_TERM] = MSG_KIT_KIND_TERM,
    [KIT_MESSAGE] = MSG_KIT_KIND_MESSAGE, [KIT_BYLAW] = MSG_KIT_KIND_BYLAW,
    [KIT_READY] = MSG_KIT_KIND_READY,     [KIT_CURRICULUM] = MSG_KIT_KIND_CURRICULUM,
    [KIT_PROMPT] = MSG_KIT_KIND_PROMPT,   [KIT_PORTAL] = MSG_KIT_KIND_PORTAL};

static struct url kit_url(struct web *w, int64_t no)
{
    return url_local(w->arena, arena_printf(w->arena, "/kit/%lld", (long long)no));
}

static void state_put(struct web *w, str state, struct cell_view *out)
{
    const bool waits = str_eq(state, S("waiting"));
    const bool taken = str_eq(state, S("taken"));
    out->chip = waits ? S("wait") : taken ? S("done") : S("closed");
    out->text = page_msg(&w->page, waits   ? MSG_KIT_STATE_WAITING
                                   : taken ? MSG_KIT_STATE_TAKEN
                                           : MSG_KIT_STATE_LEFT);
}

static str print_of(struct web *w, str key)
{
    char print[KIT_PRINT_LEN];
    return kit_print(key, print) ? arena_str(w->arena, (str){print, sizeof print}) : S("");
}

/* ---- the list, and another one ---- */

enum { L_NO, L_UNIT, L_DAY, L_STATE, L_COLS };

static err kits_fill(struct web *w, struct table_view *out)
{
    static const enum msg heads[L_COLS] = {
        [L_NO] = MSG_KIT_NO, [L_UNIT] = MSG_KIT_FOR, [L_DAY] = MSG_KIT_CAME_DAY, [L_STATE] = MSG_KIT_STATE};
    struct q_kit_list *rows;
    size_t n;
    TRY(kit_all(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * L_COLS];
        c[L_NO] = (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].kit_no),
                                     .to = kit_url(w, rows[i].kit_no)};
        c[L_UNIT] = (struct cell_view){.text = rows[i].unit_code, .dir = S("ltr")};
        c[L_DAY].text = format_day(w->arena, w->lang, local_day(rows[i].made_ms));
        state_put(w, rows[i].kit_state_code, &c[L_STATE]);
    }
    return web_table(w, heads, L_COLS, cells, n, MSG_KIT_CAME, MSG_KIT_NONE, out);
}

static err show_kits(struct web *w)
{
    struct kits_view m = {.file = {.name = S("file"),
                                   .label = page_msg(&w->page, MSG_KIT_FILE),
                                   .hint = page_msg(&w->page, MSG_KIT_FILE_HINT),
                                   .fault = w->route->inputs_n > KK_FILE ? w->in[KK_FILE].fault : S(""),
                                   .accept = S(".kit,.txt,text/plain")}};
    TRY(kits_fill(w, &m.kits));
    m.print = web_field(w, KK_PRINT, MSG_KIT_PRINT_HINT);
    m.print.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_KIT_TITLE);
    w->page.form_id = S("kit");
    m.takes = permission_of(w->ctx.actor.role, P_KIT_MANAGE);
    kits_page(&w->page, &m);
    return web_html(w, 200);
}

/* The file goes to the write job as text. */
static err prepare_kit(struct web *w)
{
    struct given *g = &w->in[KK_FILE];
    if (g->n != 1 || g->files[0].bytes.n > KIT_BYTES_MAX) {
        web_fault(w, KK_FILE, MSG_KIT_NO_KIT);
        return OK;
    }
    g->text = arena_str(w->arena, g->files[0].bytes);
    return g->text.p == NULL ? FAIL(LIMIT) : OK;
}

static err write_kit(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    TRY(kit_keep(c, in[KK_FILE].text, in[KK_PRINT].given ? in[KK_PRINT].text : S(""), &no));
    out->due_ms = no;
    return OK;
}

static err answer_kit(struct web *w)
{
    return web_redirect(w, kit_url(w, w->receipt.due_ms));
}

/* ---- one kit ---- */

struct rows {
    struct web *w;
    int64_t kit;
    struct cell_view *cells; /* of one kind */
    size_t n, left;          /* shown, and for which there is no room */
};
enum { D_FIELD, D_OURS, D_THEIRS, D_COLS };

static const enum msg change_words[KIT_CHANGES] = {[KIT_ADDED] = MSG_KIT_ADDED,
                                                   [KIT_CHANGED] = MSG_KIT_CHANGED,
                                                   [KIT_OURS] = MSG_KIT_OURS,
                                                   [KIT_ENDED] = MSG_KIT_ENDED};
static const str change_chips[KIT_CHANGES] = {[KIT_ADDED] = S_INIT("new"),
                                              [KIT_CHANGED] = S_INIT("busy"),
                                              [KIT_OURS] = S_INIT("wait"),
                                              [KIT_ENDED] = S_INIT("closed")};

static struct cell_view *row_put(struct rows *r, str field, str ours, str theirs)
{
    if (r->n == ROWS_MAX) {
        r->left++;
        return NULL;
    }
    struct cell_view *c = &r->cells[r->n++ * D_COLS];
    c[D_FIELD].text = kit_field_word(r->w, field);
    c[D_OURS] = (struct cell_view){.text = kit_field_said(r->w, field, ours), .dir = S("auto")};
    c[D_THEIRS] = (struct cell_view){.text = kit_field_said(r->w, field, theirs), .dir = S("auto")};
    return c;
}

/* A recording is heard, not read. */
static void sound_put(struct rows *r, const struct kit_entry *e)
{
    int64_t bytes = 0;
    IGNORE(str_i64(kit_value(e, S("bytes")), &bytes) ? OK : FAIL(INVALID)); /* kit_right() has looked */
    const struct msg_arg size = {"kib", format_number(r->w->arena, r->w->lang, (bytes + 1023) / 1024)};
    struct cell_view *c =
        row_put(r, S("sound"), S(""), page_msg_args(&r->w->page, MSG_KIT_LISTEN, 0, &size, 1));
    if (c != NULL) {
        const str at = arena_printf(r->w->arena, "/kit/%lld/sounds/%.*s", (long long)r->kit,
                                    STR_F(kit_value(e, S("hash"))));
        c[D_THEIRS].to = url_local(r->w->arena, at);
    }
}

/* Every field that is not the same on both sides; of what is added or ended, all of them. */
static void fields_put(struct rows *r, const struct kit_difference *d)
{
    const struct kit_entry *t = d->theirs;
    const struct kit_entry *o = d->ours;
    if (t != NULL && t->kind == KIT_PROMPT) {
        sound_put(r, t);
    }
    for (size_t i = 0; t != NULL && i < t->fields_n; i++) {
        const str ours = o != NULL ? kit_value(o, t->fields[i].name) : S("");
        const bool sound = t->kind == KIT_PROMPT && kit_sound_field(t->fields[i].name);
        if (!sound && !str_eq(ours, t->fields[i].value)) {
            (void)row_put(r, t->fields[i].name, ours, t->fields[i].value);
        }
    }
    for (size_t i = 0; o != NULL && i < o->fields_n; i++) {
        if (t == NULL || kit_value(t, o->fields[i].name).n == 0) {
            (void)row_put(r, o->fields[i].name, o->fields[i].value, S(""));
        }
    }
}

static err entry_fill(struct rows *r, const struct kit_difference *d, struct kit_entry_view *out)
{
    static const enum msg heads[D_COLS] = {
        [D_FIELD] = MSG_KIT_FIELD, [D_OURS] = MSG_KIT_HERE, [D_THEIRS] = MSG_KIT_IN_KIT};
    const size_t from = r->n;
    fields_put(r, d);
    if (r->n == from) {
        return OK; /* for it there was no room */
    }
    const struct kit_entry *e = d->theirs != NULL ? d->theirs : d->ours;
    out->name = kit_entry_name(r->w, e);
    out->code = e->kind == KIT_PROMPT ? S("") : e->code;
    out->change = (struct chip_view){.kind = change_chips[d->change],
                                     .text = page_msg(&r->w->page, change_words[d->change])};
    TRY(web_table(r->w, heads, D_COLS, &r->cells[from * D_COLS], r->n - from, MSG_KIT_FIELD, MSG_KIT_SAME,
                  &out->fields));
    out->fields.caption = out->name.n > 0 ? out->name : out->code;
    return OK;
}

static err rows_fill(struct web *w, int64_t no, const struct kit_plan *p, enum kit_kind kind,
                     struct kit_group_view *out)
{
    struct rows r = {
        .w = w, .kit = no, .cells = arena_array_of(w->arena, struct cell_view, (size_t)ROWS_MAX * D_COLS)};
    struct kit_entry_view *entries = arena_array_of(w->arena, struct kit_entry_view, p->n + 1);
    size_t n = 0;
    if (r.cells == NULL || entries == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < p->n; i++) {
        const size_t before = r.n;
        if (p->rows[i].kind == kind) {
            TRY(entry_fill(&r, &p->rows[i], &entries[n]));
            n += r.n > before;
        }
    }
    const struct msg_arg left = {"n", format_number(w->arena, w->lang, (int64_t)r.left)};
    out->more = r.left > 0 ? page_msg_args(&w->page, MSG_KIT_ROWS_MORE, 0, &left, 1) : S("");
    out->entries = entries;
    out->entries_n = n;
    return OK;
}

static str counts_said(struct web *w, const size_t count[KIT_CHANGES])
{
    const struct msg_arg args[] = {{"added", format_number(w->arena, w->lang, (int64_t)count[KIT_ADDED])},
                                   {"changed", format_number(w->arena, w->lang, (int64_t)count[KIT_CHANGED])},
                                   {"ours", format_number(w->arena, w->lang, (int64_t)count[KIT_OURS])},
                                   {"ended", format_number(w->arena, w->lang, (int64_t)count[KIT_ENDED])}};
    return page_msg_args(&w->page, MSG_KIT_COUNTS, 0, args, COUNT(args));
}

static err how_fill(struct web *w, enum kit_kind kind, struct field_view *out)
{
    static const enum msg words[] = {MSG_KIT_HOW_LEAVE, MSG_KIT_HOW_NEW, MSG_KIT_HOW_ALL};
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, COUNT(words));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(words); i++) {
        c[i] = (struct choice_view){.value = str_of(how_codes[i]), .text = page_msg(&w->page, words[i])};
    }
    web_choose(w, KT_HOW + kind, c, COUNT(words), S("new"));
    *out = web_field(w, KT_HOW + kind, MSG_NONE);
    const struct msg_arg what = {"what", page_msg(&w->page, kind_words[kind])};
    out->label = page_msg_args(&w->page, MSG_KIT_HOW, 0, &what, 1);
    out->optional = false;
    out->choices = c;
    out->choices_n = COUNT(words);
    return OK;
}

static size_t changes_of(const size_t count[KIT_CHANGES])
{
    size_t n = 0;
    for (enum kit_change c = 0; c < KIT_CHANGES; c++) {
        n += count[c];
    }
    return n;
}

static err groups_fill(struct web *w, const struct q_kit_get *row, struct kit_view *m)
{
    struct kit_plan plan;
    struct kit_group_view *groups = arena_array_of(w->arena, struct kit_group_view, KIT_KINDS);
    size_t n = 0;
    TRY(groups == NULL ? FAIL(LIMIT) : kit_compare(&w->ctx, row->kit_text, &plan));
    for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
        if (changes_of(plan.count[k]) == 0) {
            continue;
        }
        groups[n].title = page_msg(&w->page, kind_words[k]);
        groups[n].said = counts_said(w, plan.count[k]);
        TRY(how_fill(w, k, &groups[n].how));
        TRY(rows_fill(w, row->kit_no, &plan, k, &groups[n]));
        n++;
    }
    m->groups = groups;
    m->groups_n = n;
    m->same = n == 0;
    m->seen = kit_mark(&w->ctx, &plan);
    return OK;
}

static err facts_fill(struct web *w, const struct q_kit_get *k, struct facts_view *out)
{
    enum { FACTS = 5 };
    const struct page *p = &w->page;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    struct cell_view state = {.text = S("")};
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    state_put(w, k->kit_state_code, &state);
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_KIT_STATE), .value = state.text};
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_KIT_FOR), .value = k->unit_code, .dir = S("ltr")};
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_KIT_CAME_DAY),
                                .value = format_day(w->arena, w->lang, local_day(k->made_ms))};
    f[n++] = (struct fact_view){
        .name = page_msg(p, MSG_KIT_PRINT_SHORT), .value = print_of(w, k->key_text), .dir = S("ltr")};
    if (k->from_day.given) {
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_KIT_DAY),
                                    .value = format_day(w->arena, w->lang, k->from_day.v)};
    }
    *out = (struct facts_view){f, n};
    return OK;
}

static err show_kit(struct web *w)
{
    struct kit_view m = {.waits = false};
    struct q_kit_get k;
    TRY(kit_waiting(&w->ctx, w->in[KT_NO].n, &k));
    TRY(facts_fill(w, &k, &m.facts));
    m.post = kit_url(w, k.kit_no);
    m.waits = str_eq(k.kit_state_code, S("waiting"));
    m.takes = permission_of(w->ctx.actor.role, P_KIT_MANAGE);
    if (m.waits) {
        TRY(groups_fill(w, &k, &m));
        m.day = web_field(w, KT_DAY, MSG_KIT_DAY_HINT);
        m.day.type = S("date");
        m.day.dir = S("ltr");
        m.day.optional = true;
    }
    const struct msg_arg no = {"n", format_number(w->arena, w->lang, k.kit_no)};
    w->page.title = page_msg_args(&w->page, MSG_KIT_ONE, 0, &no, 1);
    w->page.back = url_local(w->arena, S("/kit"));
    w->page.form_id = S("kit");
    kit_page(&w->page, &m);
    return web_html(w, 200);
}

/* A recording of a kit that waits, to be heard before it is taken. */
static err show_sound(struct web *w)
{
    SCOPED(buf_free) struct buf sound = buf_new(KIT_SOUND_MAX);
    struct q_kit_get k;
    struct kit_plan plan;
    TRY(kit_waiting(&w->ctx, w->in[KS_NO].n, &k));
    TRY(str_eq(k.kit_state_code, S("waiting")) ? kit_compare(&w->ctx, k.kit_text, &plan) : FAIL(NOT_FOUND));
    for (size_t i = 0; i < plan.theirs.n; i++) {
        const struct kit_entry *e = &plan.theirs.entries[i];
        if (e->kind == KIT_PROMPT && str_eq(kit_value(e, S("hash")), w->in[KS_HASH].text)) {
            TRY(kit_sound_get(e, &sound));
            return web_bytes(w, kit_value(e, S("type")), STR_NONE, &sound);
        }
    }
    return FAIL(NOT_FOUND);
}

static err write_take(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct kit_choice how = {.from_day = in[KT_DAY].given ? in[KT_DAY].n : 0,
                             .seen = in[KT_SEEN].given ? in[KT_SEEN].text : S("")};
    size_t taken;
    out->due_ms = in[KT_NO].n;
    if (in[KT_DO].n != 0) {
        return kit_leave(c, in[KT_NO].n);
    }
    for (enum kit_kind k = 0; k < KIT_KINDS; k++) {
        how.how[k] = in[KT_HOW + k].given ? (enum kit_how)in[KT_HOW + k].n : KIT_NEW;
    }
    return kit_take(c, in[KT_NO].n, &how, &taken);
}

static const struct route routes[] = {
    {HTTP_GET, "/kit", P_KIT_READ, 0, INPUTS(keep_page_inputs), .show = show_kits, .doc = MSG_KIT_TITLE},
    {HTTP_POST, "/kit", P_KIT_MANAGE, ROUTE_SLOW, INPUTS(keep_inputs), .show = show_kits,
     .prepare = prepare_kit, .write = write_kit, .answer = answer_kit, .doc = MSG_KIT_TAKE_ONE},
    {HTTP_GET, "/kit/{no}", P_KIT_READ, ROUTE_SLOW, INPUTS(take_inputs), .show = show_kit,
     .doc = MSG_KIT_LOOK},
    {HTTP_GET, "/kit/{no}/sounds/{hash}", P_KIT_READ, ROUTE_SLOW, INPUTS(sound_inputs), .show = show_sound,
     .doc = MSG_KIT_DOC_SOUND},
    {HTTP_POST, "/kit/{no}", P_KIT_MANAGE, ROUTE_SLOW, INPUTS(take_inputs), .show = show_kit,
     .write = write_take, .answer = answer_kit, .doc = MSG_KIT_TAKE},
};

const struct feature kit_feature = {.name = "kit", .routes = routes, .routes_n = COUNT(routes)};
