/* pad_pages.c: the pads of a desk; one pad, whose forms are typed one after another; the addresses. */
#include "pad_pages.h"

#include "case_parts.h"
#include "clock.h"
#include "file_pages.h"
#include "format.h"
#include "pad.html.h"
#include "pad_feature.h"
#include "pad_words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct url pad_url(struct web *w, str code, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/paper/%.*s%.*s", STR_F(code), STR_F(rest)));
}

/* ---- all pads ---- */

enum { O_FORMS, O_LANGUAGE, O_N };
static const struct input order_inputs[O_N] = {
    [O_FORMS] = {"forms", IN_NUMBER, MSG_PAD_FORMS_N, 9999, .required = true},
    [O_LANGUAGE] = {"language", IN_CHOICE, MSG_PAD_LANGUAGE, .required = true, .choices = case_lang_codes},
};

static str number(struct web *w, int64_t n)
{
    return format_number(w->arena, w->lang, n);
}

static str loss_words(struct web *w, const struct q_pad_by_code *row)
{
    const enum msg how = case_word_of(pad_loss_words, PAD_loss_n, row->lost_code);
    return how == MSG_NONE ? S("") : page_msg(&w->page, how);
}

static err pads_table(struct web *w, struct table_view *out)
{
    enum { COLS = 6 };
    static const enum msg heads[COLS] = {MSG_PAD_PAD,    MSG_PAD_ORDERED,  MSG_PAD_FORMS_N,
                                         MSG_PAD_USED_N, MSG_PAD_SPOILT_N, MSG_PAD_MISSING_N};
    struct q_pad_by_code *rows;
    size_t n;
    TRY(pad_list(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * COLS];
        c[0] = (struct cell_view){.text = rows[i].pad_code,
                                  .dir = S("ltr"),
                                  .to = pad_url(w, rows[i].pad_code, S("")),
                                  .note = loss_words(w, &rows[i])};
        c[1].text = format_day(w->arena, w->lang, local_day(rows[i].made_ms));
        c[2].text = number(w, rows[i].forms_n);
        c[3].text = number(w, rows[i].used_n);
        c[4].text = number(w, rows[i].spoilt_n);
        c[5].text = number(w, pad_missing(&rows[i]));
    }
    return web_table(w, heads, COLS, cells, n, MSG_PAD_TITLE, MSG_PAD_NONE, out);
}

static err show_pads(struct web *w)
{
    struct pads_view m = {.forms = web_field(w, O_FORMS, MSG_PAD_FORMS_HINT), .registers_n = REGISTERS};
    m.language = web_field(w, O_LANGUAGE, MSG_NONE);
    TRY(choices_words(w, O_LANGUAGE, case_lang_words, CASE_lang_n, S("ur"), &m.language));
    for (size_t i = 0; i < REGISTERS; i++) {
        const struct url to =
            url_local(w->arena, arena_printf(w->arena, "/registers/%.*s", STR_F(register_names[i].code)));
        m.registers[i].to = url_with(w->arena, to, S("language"), lang_table[w->lang].code);
        m.registers[i].text = page_msg(&w->page, register_names[i].title);
    }
    TRY(pads_table(w, &m.table));
    w->page.title = page_msg(&w->page, MSG_PAD_TITLE);
    w->page.back = url_local(w->arena, S("/desk"));
    pads_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_order(struct ctx *c, const struct given *in, struct receipt *out)
{
    return pad_order(c, in[O_FORMS].n, in[O_LANGUAGE].text, &out->note);
}

static err answer_order(struct web *w)
{
    return web_redirect(w, pad_url(w, w->receipt.note, S("")));
}

/* ---- one pad ---- */

enum { P_PAD = F_N, P_NUMBER, P_DAY, P_TAKEN, P_READ, P_SPOILT, P_WHY, P_LOSS, P_INPUTS };

/* One list for the three forms of the page, so that it is shown again with what was typed; each asks for its
 * own. */
#define PAD_ROWS(use, spoil, lose)                                                                     \
    {                                                                                                  \
        FILE_INPUTS_ASKED("", use),                                                                    \
            FILE_INPUTS_TOLD(""), [P_PAD] = {"pad", IN_CODE, MSG_PAD_PAD, 40, .required = true},       \
                                  [P_NUMBER] = {"number", IN_REF, MSG_PAD_NUMBER, .required = (use)},  \
                                  [P_DAY] = {"day", IN_DAY, MSG_PAD_DAY, .required = (use)},           \
                                  [P_TAKEN] = {"taken", IN_LINE, MSG_PAD_TAKEN, PAD_TAKEN_MAX,         \
                                               .required = (use)},                                     \
                                  [P_READ] = {"read", IN_CHOICE, MSG_PAD_READ, .required = (use),      \
                                              .choices = case_yes_no_codes},                           \
                                  [P_SPOILT] = {"spoilt_number", IN_REF, MSG_PAD_NUMBER,               \
                                                .required = (spoil)},                                  \
                                  [P_WHY] = {"why", IN_CHOICE, MSG_PAD_WHY, .required = (spoil),       \
                                             .choices = pad_why_codes},                                \
                                  [P_LOSS] = {"loss", IN_CHOICE, MSG_PAD_HOW_LOST, .required = (lose), \
                                              .choices = pad_loss_codes},                              \
    }
static const struct input use_inputs[P_INPUTS] = PAD_ROWS(true, false, false);
static const struct input spoil_inputs[P_INPUTS] = PAD_ROWS(false, true, false);
static const struct input lose_inputs[P_INPUTS] = PAD_ROWS(false, false, true);

static str state_said(struct web *w, const struct q_pad_forms *row)
{
    const enum msg why = case_word_of(pad_why_words, PAD_why_n, row->why_code);
    const enum msg state = case_word_of(pad_state_words, PAD_state_n, row->form_code);
    return page_msg(&w->page, why != MSG_NONE ? why : state);
}

static err forms_table(struct web *w, const struct q_pad_forms *rows, size_t n, struct table_view *out)
{
    enum { COLS = 4 };
    static const enum msg heads[COLS] = {MSG_PAD_FORM_NO, MSG_PAD_NUMBER, MSG_PAD_STATE, MSG_PAD_DAY};
    static const str chips[] = {S_INIT("new"), S_INIT("done"), S_INIT("closed"), S_INIT("late")};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * COLS];
        case_ref ref;
        size_t state = 0;
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        while (!str_eq(pad_state_words[state].code, rows[i].form_code) && state + 1 < PAD_state_n) {
            state++;
        }
        const bool used = str_eq(rows[i].form_code, S("used"));
        c[0].text = number(w, rows[i].form_no);
        c[1] = (struct cell_view){.text = case_ref_text(w->arena, ref), .dir = S("ltr")};
        if (used) {
            c[1].to = url_local(w->arena, arena_printf(w->arena, "/cases/%.*s", STR_F(rows[i].ref_code)));
        }
        c[2] = (struct cell_view){
            .text = state_said(w, &rows[i]),
            .chip = chips[state],
            .note = used && rows[i].said_flag == 0 ? page_msg(&w->page, MSG_PAD_NOT_READ) : S("")};
        c[3].text = rows[i].paper_day.given ? format_day(w->arena, w->lang, rows[i].paper_day.v) : S("");
        c[3].note = rows[i].taken_text;
    }
    return web_table(w, heads, COLS, cells, n, MSG_PAD_FORMS, MSG_PAD_NONE, out);
}

/* What the next form most likely says: the day and the hand of the one before it. */
static void presets(struct web *w, const struct q_pad_forms *last, struct pad_view *m)
{
    if (w->in[P_DAY].raw.n == 0) {
        m->day.value = format_day_iso(
            w->arena, last != NULL && last->paper_day.given ? last->paper_day.v : local_day(w->ctx.now_ms));
    }
    if (w->in[P_TAKEN].raw.n == 0 && last != NULL) {
        m->taken.value = last->taken_text;
    }
}

static err fields_fill(struct web *w, const struct q_pad_by_code *pad, const struct q_pad_forms *last,
                       struct pad_view *m)
{
    TRY(file_form_fill(w, &m->file));
    TRY(choices_words(w, F_LANG, case_lang_words, CASE_lang_n, pad->lang_code, &m->file.lang));
    m->number = web_field(w, P_NUMBER, MSG_NONE);
    m->number.inputmode = S("numeric");
    m->day = web_field(w, P_DAY, MSG_NONE);
    m->taken = web_field(w, P_TAKEN, MSG_NONE);
    m->taken.dir = S("auto");
    m->read = web_field(w, P_READ, MSG_NONE);
    TRY(choices_words(w, P_READ, case_yes_no_words, CASE_yes_no_n, STR_NONE, &m->read));
    m->read.label = page_msg(&w->page, MSG_PAD_READ);
    m->spoilt_number = web_field(w, P_SPOILT, MSG_NONE);
    m->spoilt_number.inputmode = S("numeric");
    m->why = web_field(w, P_WHY, MSG_NONE);
    TRY(choices_words(w, P_WHY, pad_why_words, PAD_why_n, STR_NONE, &m->why));
    m->loss = web_field(w, P_LOSS, MSG_NONE);
    TRY(choices_words(w, P_LOSS, pad_loss_words, PAD_loss_n, STR_NONE, &m->loss));
    m->number.optional = m->day.optional = m->taken.optional = m->read.optional = false;
    m->spoilt_number.optional = m->why.optional = m->loss.optional = false;
    m->spoilt_open = m->spoilt_number.fault.n > 0 || m->why.fault.n > 0;
    m->lost_open = m->loss.fault.n > 0;
    presets(w, last, m);
    return OK;
}

static const struct q_pad_forms *last_typed(const struct q_pad_forms *rows, size_t n)
{
    const struct q_pad_forms *last = NULL;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].form_code, S("used")) && (last == NULL || rows[i].made_ms.v >= last->made_ms.v)) {
            last = &rows[i];
        }
    }
    return last;
}

static err show_pad(struct web *w)
{
    struct q_pad_by_code pad;
    struct q_pad_forms *rows;
    size_t n;
    TRY(pad_find(&w->ctx, w->in[P_PAD].text, &pad));
    TRY(pad_forms(&w->ctx, &pad, &rows, &n));
    struct pad_view m = {.code = pad.pad_code,
                         .print = pad_url(w, pad.pad_code, S("/print")),
                         .self = pad_url(w, pad.pad_code, S("")),
                         .spoilt = pad_url(w, pad.pad_code, S("/spoilt")),
                         .lost = pad_url(w, pad.pad_code, S("/lost")),
                         .missing = pad_missing(&pad),
                         .lost_said = loss_words(w, &pad)};
    const struct msg_arg args[] = {{"all", number(w, pad.forms_n)},
                                   {"used", number(w, pad.used_n)},
                                   {"spoilt", number(w, pad.spoilt_n)},
                                   {"missing", number(w, m.missing)}};
    m.counts = page_msg_args(&w->page, MSG_PAD_COUNTS, 0, args, COUNT(args));
    const struct q_pad_forms *last = last_typed(rows, n);
    if (last != NULL) {
        case_ref ref;
        TRY(case_ref_of(w->arena, last->ref_code, &ref));
        m.last_ref = case_ref_text(w->arena, ref);
        m.last = url_local(w->arena, arena_printf(w->arena, "/cases/%.*s", STR_F(last->ref_code)));
    }
    TRY(fields_fill(w, &pad, last, &m));
    TRY(forms_table(w, rows, n, &m.table));
    w->page.title = page_msg_args(&w->page, MSG_PAD_ONE, 0, &(struct msg_arg){"pad", pad.pad_code}, 1);
    w->page.back = url_local(w->arena, S("/paper"));
    w->page.form_id = m.missing > 0 ? S("pad") : S("");
    pad_page(&w->page, &m);
    return web_html(w, 200);
}

/* What no form may lack; and that of what is only pointed to nothing is typed. */
static err prepare_use(struct web *w)
{
    bool pointed;
    TRY(file_pointed(&w->ctx, w->in[F_SERVICE].raw, &pointed));
    if (pointed) {
        web_fault(w, F_SERVICE, MSG_PAD_POINTED);
        return OK;
    }
    file_consent_asked(w);
    return file_matter_asked(w);
}

static err write_use(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_new told;
    struct case_receipt done;
    const struct pad_fill f = {.pad = in[P_PAD].text,
                               .ref = in[P_NUMBER].as.ref,
                               .day = in[P_DAY].n,
                               .taken = in[P_TAKEN].text,
                               .read_back = str_eq(in[P_READ].text, S("yes"))};
    told_of(in, true, &told);
    TRY(pad_use(c, &f, &told, &done));
    receipt_of(c, &done, out);
    out->note = f.pad;
    return OK;
}

static err write_spoilt(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[P_PAD].text;
    return pad_spoil(c, in[P_PAD].text, &in[P_SPOILT].as.ref, in[P_WHY].text);
}

static err write_lost(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[P_PAD].text;
    return pad_lose(c, in[P_PAD].text, in[P_LOSS].text);
}

static const struct route routes[] = {
    {HTTP_GET, "/paper", P_CASE_FILE, 0, INPUTS(order_inputs), .show = show_pads, .doc = MSG_PAD_DOC_PADS},
    {HTTP_POST, "/paper", P_CASE_FILE, 0, INPUTS(order_inputs), .show = show_pads, .write = write_order,
     .answer = answer_order, .doc = MSG_PAD_DOC_ORDER},
    {HTTP_GET, "/paper/{pad}", P_CASE_FILE, 0, INPUTS(use_inputs), .show = show_pad, .doc = MSG_PAD_DOC_PAD},
    {HTTP_POST, "/paper/{pad}", P_CASE_FILE, 0, INPUTS(use_inputs), .show = show_pad, .prepare = prepare_use,
     .write = write_use, .answer = answer_order, .doc = MSG_PAD_DOC_USE},
    {HTTP_POST, "/paper/{pad}/spoilt", P_CASE_FILE, 0, INPUTS(spoil_inputs), .show = show_pad,
     .write = write_spoilt, .answer = answer_order, .doc = MSG_PAD_DOC_SPOILT},
    {HTTP_POST, "/paper/{pad}/lost", P_CASE_FILE, 0, INPUTS(lose_inputs), .show = show_pad,
     .write = write_lost, .answer = answer_order, .doc = MSG_PAD_DOC_LOST},
    {HTTP_GET, "/paper/{pad}/print", P_SLIP_PRINT, ROUTE_SLOW | ROUTE_IDENTITY, INPUTS(print_inputs),
     .show = show_pad_print, .look = look_pad, .doc = MSG_PAD_DOC_PRINT},
    {HTTP_GET, "/registers/{register}", P_EVENT_RECORD, ROUTE_SLOW, INPUTS(register_inputs),
     .show = show_register, .doc = MSG_PAD_DOC_REGISTER},
};

const struct feature paper_feature = {.name = "paper", .routes = routes, .routes_n = COUNT(routes)};
