/* handover_pages.c: handing a case over, following it, and the list of what is out. */
#include "handover_pages.h"

#include "case_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "handover.html.h"
#include "handover_feature.h"
#include "table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct url handover_url(struct web *w, const case_ref *ref, int64_t no, str rest)
{
    return case_url(w, ref, arena_printf(w->arena, "/hand-over/%d%.*s", (int)no, STR_F(rest)));
}

/* ---- handing over ---- */

const struct input give_inputs[G_N] = {
    [G_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [G_PORTAL] = {"portal", IN_CODE, MSG_HANDOVER_WHERETO, .required = true,
                  .missing = MSG_HANDOVER_PORTAL_UNKNOWN},
    [G_CONSENT] = {"consent", IN_CHOICE, MSG_HANDOVER_CONSENT, .choices = case_yes_no_codes},
    [G_ACCOUNT] = {"account", IN_CHOICE, MSG_HANDOVER_ACCOUNT, .choices = handover_account_codes},
    [G_PHONE] = {"account_phone", IN_PHONE, MSG_HANDOVER_PHONE},
    [G_CNIC] = {"account_cnic", IN_CNIC, MSG_HANDOVER_CNIC},
    [G_CODE_TAKEN] = {"code_taken", IN_FLAG, MSG_HANDOVER_CODE_TAKEN},
    [G_NUMBER] = {"number", IN_LINE, MSG_HANDOVER_NUMBER, HANDOVER_NUMBER_MAX},
    [G_WARM] = {"warm", IN_FLAG, MSG_HANDOVER_WARM},
    [G_RECEIVER] = {"receiver", IN_LINE, MSG_HANDOVER_RECEIVER, 120},
};

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

err write_give(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct handover_receipt done;
    struct handover_new n = {
        .portal = in[G_PORTAL].text,
        .consent = text_or_none(&in[G_CONSENT]),
        .account = text_or_none(&in[G_ACCOUNT]),
        .phone = in[G_PHONE].given ? in[G_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .code_taken = in[G_CODE_TAKEN].given && in[G_CODE_TAKEN].n == 1,
        .number = text_or_none(&in[G_NUMBER]),
        .warm = in[G_WARM].given && in[G_WARM].n == 1,
        .receiver = text_or_none(&in[G_RECEIVER]),
    };
    if (in[G_CNIC].given) {
        n.cnic = in[G_CNIC].as.cnic;
    }
    TRY(handover_give(c, &in[G_REF].as.ref, &n, &done));
    receipt_of(c, &done.done, out);
    out->note = arena_printf(c->arena, "%d", (int)done.no);
    return OK;
}

int64_t receipt_no(const struct receipt *r)
{
    int64_t no = 0;
    return str_i64(r->note, &no) ? no : 0;
}

static struct portal_view portal_to(struct web *w, const case_ref *ref, const struct portal *p)
{
    const struct url page = case_url(w, ref, S("/hand-over"));
    return (struct portal_view){.to = url_with(w->arena, page, S("portal"), p->code),
                                .name = p->name,
                                .place = p->place,
                                .helpline = p->helpline,
                                .verify = p->verify};
}

static err give_choices(struct web *w, const case_ref *ref, const struct case_view *v, struct give_view *m)
{
    struct portal *all;
    size_t n;
    TRY(portals_for(&w->ctx, v, &all, &n));
    struct portal_view *tiles = arena_array_of(w->arena, struct portal_view, n + 1);
    if (tiles == NULL) {
        return FAIL(LIMIT);
    }
    size_t fits = 0; /* they stand first */
    for (size_t i = 0; i < n; i++) {
        tiles[i] = portal_to(w, ref, &all[i]);
        fits += all[i].fits;
    }
    m->fits = tiles;
    m->fits_n = fits;
    m->fit_any = fits > 0;
    m->others = tiles + fits;
    m->others_n = n - fits;
    return OK;
}

static str state_of(struct web *w, const struct handover_row *r)
{
    const struct page *p = &w->page;
    return r->out ? page_msg(p, r->escalated ? MSG_HANDOVER_LATE : MSG_HANDOVER_OUT)
                  : page_msg(p, case_word_of(handover_result_words, HANDOVER_result_n, r->outcome));
}

static err give_sofar(struct web *w, const case_ref *ref, const struct case_view *v, struct give_view *m)
{
    struct handover_row *rows;
    size_t n;
    TRY(handover_of(&w->ctx, v, &rows, &n));
    struct given_view *given = arena_array_of(w->arena, struct given_view, n + 1);
    if (given == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        given[i] = (struct given_view){.to = handover_url(w, ref, rows[i].no, S("")),
                                       .name = rows[i].portal,
                                       .number = rows[i].number,
                                       .state = state_of(w, &rows[i])};
    }
    m->given = given;
    m->given_n = n;
    return OK;
}

static err give_fields(struct web *w, const struct case_view *v, const struct portal *p, struct give_view *m)
{
    struct q_service_by_id service;
    str recorded[CASE_purpose_n];
    TRY(q_service_by_id(w->ctx.db, w->arena, v->row.service_id, &service));
    TRY(case_consents(&w->ctx, v, recorded));
    const bool private = str_eq(service.sensitivity_code, S("P"));
    m->consent = web_field(w, G_CONSENT,
                           private      ? MSG_HANDOVER_CONSENT_HINT
                           : p->account ? MSG_HANDOVER_CONSENT_HINT_ACCOUNT
                                        : MSG_HANDOVER_CONSENT_HINT_N);
    TRY(choices_words(w, G_CONSENT, case_yes_no_words, CASE_yes_no_n, recorded[CASE_purpose_hand_over],
                      &m->consent));
    m->account = web_field(w, G_ACCOUNT, MSG_NONE);
    /* The desk's own is no choice; without an account only where none is asked for. */
    const size_t accounts = p->account ? HANDOVER_account_n - 2 : HANDOVER_account_n - 1;
    TRY(choices_words(w, G_ACCOUNT, handover_account_words, accounts, STR_NONE, &m->account));
    m->phone = web_field(w, G_PHONE, MSG_HANDOVER_CHECK_HINT);
    m->cnic = web_field(w, G_CNIC, MSG_NONE);
    m->code_taken = web_field(w, G_CODE_TAKEN, MSG_NONE);
    m->number = web_field(w, G_NUMBER, MSG_HANDOVER_NUMBER_HINT);
    m->warm = web_field(w, G_WARM, MSG_NONE);
    m->receiver = web_field(w, G_RECEIVER, MSG_HANDOVER_RECEIVER_HINT);
    m->consent.optional = m->account.optional = false;
    m->phone.complete = m->cnic.complete = S("off");
    m->number.dir = S("ltr");
    return OK;
}

static err show_give(struct web *w)
{
    struct case_view v;
    struct portal p;
    const case_ref *ref = &w->in[G_REF].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    struct give_view m = {.ref = case_ref_text(w->arena, *ref),
                          .may = handover_may(&w->ctx, &v),
                          .post = case_url(w, ref, S("/hand-over")),
                          .again = case_url(w, ref, S("/hand-over"))};
    const struct msg_arg arg = {"ref", page_isolate(&w->page, m.ref)};
    w->page.title = page_msg_args(&w->page, MSG_HANDOVER_TITLE, 0, &arg, 1);
    w->page.back = case_url(w, ref, S(""));
    /* She said no: said where the case stays. */
    if (!w->step && str_eq(w->in[G_CONSENT].text, S("no")) && !w->in[G_PORTAL].given) {
        m.notice = page_msg(&w->page, MSG_HANDOVER_CONSENT_NO);
    }
    TRY(give_sofar(w, ref, &v, &m));
    if (m.may && w->in[G_PORTAL].given && portal_find(&w->ctx, &v, w->in[G_PORTAL].text, &p).code == ERR_OK) {
        m.chosen = portal_to(w, ref, &p);
        m.portal = p.code;
        m.accounts = p.account;
        w->page.form_id = S("give");
        w->page.back = m.again;
        TRY(give_fields(w, &v, &p, &m));
    } else {
        TRY(give_choices(w, ref, &v, &m));
    }
    give_page(&w->page, &m);
    return web_html(w, 200);
}

static err answer_give(struct web *w)
{
    case_ref ref;
    const int64_t no = receipt_no(&w->receipt);
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    if (no == 0) {
        return web_redirect(w, url_with(w->arena, case_url(w, &ref, S("/hand-over")), S("consent"), S("no")));
    }
    return web_redirect(w, url_with(w->arena, handover_url(w, &ref, no, S("")), S("done"), S("1")));
}

/* ---- one of them ---- */

enum { O_REF, O_NO, O_DO, O_NUMBER, O_NEXT, O_OUTCOME, O_WORDS, O_DONE };
static const char *const choices_do[] = {"number", "look_up", "outcome", NULL};
enum { DO_NUMBER, DO_LOOK, DO_OUTCOME };

static const struct input one_inputs[] = {
    [O_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [O_NO] = {"no", IN_NUMBER, MSG_HANDOVER_NO, HANDOVER_OUT_MAX, .required = true},
    [O_DO] = {"do", IN_CHOICE, MSG_HANDOVER_DO, .required = true, .choices = choices_do},
    [O_NUMBER] = {"number", IN_LINE, MSG_HANDOVER_NUMBER, HANDOVER_NUMBER_MAX},
    [O_NEXT] = {"next_date", IN_DAY, MSG_HANDOVER_NEXT_DATE},
    [O_OUTCOME] = {"outcome", IN_CHOICE, MSG_HANDOVER_OUTCOME, .choices = handover_result_codes},
    [O_WORDS] = {"words", IN_WORDS, MSG_HANDOVER_THEIRS, HANDOVER_WORDS_MAX},
    [O_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
};

static void fact(struct facts_view *f, struct fact_view *rows, str name, str value, str dir)
{
    if (value.n > 0) {
        rows[f->rows_n++] = (struct fact_view){name, value, dir, {STR_NONE}};
    }
}

static str day_of(struct web *w, int64_t day)
{
    return day == 0 ? S("") : format_day(w->arena, w->lang, day);
}

static err one_facts(struct web *w, const struct case_view *v, const struct handover_row *r,
                     struct facts_view *out)
{
    enum { FACTS = 15 };
    const struct page *p = &w->page;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct facts_view){f, 0};
    fact(out, f, page_msg(p, MSG_HANDOVER_LINE_OURS), case_ref_text(w->arena, w->in[O_REF].as.ref), S("ltr"));
    fact(out, f, page_msg(p, MSG_HANDOVER_COL_SERVICE), v->service_name, STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_COL_NUMBER),
         r->number.n > 0 ? r->number : page_msg(p, MSG_HANDOVER_NUMBER_LATER),
         r->number.n > 0 ? S("ltr") : STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_COL_GIVEN), day_of(w, r->given_day), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_COL_DAYS), format_number(w->arena, w->lang, r->days), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_NEXT), r->out ? day_of(w, r->next_day) : S(""), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_LOOKED), day_of(w, r->looked_day), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_BACK), r->outcome_text, S("auto"));
    fact(out, f, page_msg(p, MSG_HANDOVER_BACK_DAY), day_of(w, r->outcome_day), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_NAMED), page_msg(p, r->named ? MSG_CASE_YES : MSG_CASE_NO),
         STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_ACCOUNT),
         page_msg(p, case_word_of(handover_account_words, HANDOVER_account_n, r->account)), STR_NONE);
    if (!str_eq(r->account, S("none"))) {
        fact(out, f, page_msg(p, MSG_HANDOVER_CODE_TAKEN),
             page_msg(p, r->code_taken ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
    }
    fact(out, f, page_msg(p, MSG_HANDOVER_WARM), page_msg(p, r->warm ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
    fact(out, f, page_msg(p, MSG_HANDOVER_RECEIVER), r->receiver, S("auto"));
    return OK;
}

/* What may be said to have come back: in their words, with ours beside them where they differ. */
static err one_outcomes(struct web *w, const struct handover_row *r, struct field_view *out)
{
    struct portal p;
    struct portal_word *words;
    size_t n;
    TRY(portal_known(&w->ctx, r->portal_code, &p));
    TRY(portal_words(&w->ctx, p.id, &words, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, HANDOVER_result_n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < HANDOVER_result_n; i++) {
        const str ours = page_msg(&w->page, handover_result_words[i].text);
        c[i] = (struct choice_view){.value = handover_result_words[i].code, .text = ours};
        for (size_t k = 0; k < n; k++) {
            if (str_eq(words[k].code, c[i].value)) {
                c[i].text = words[k].text;
                c[i].hint = ours;
            }
        }
    }
    web_choose(w, O_OUTCOME, c, HANDOVER_result_n, STR_NONE);
    out->choices = c;
    out->choices_n = HANDOVER_result_n;
    return OK;
}

static err one_fields(struct web *w, const struct handover_row *r, struct one_view *m)
{
    const bool sent = w->in[O_DO].given && (w->step || w->page.faults_n > 0);
    m->number = web_field(w, O_NUMBER, MSG_HANDOVER_NUMBER_HINT);
    m->number.dir = S("ltr");
    m->next = web_field(w, O_NEXT, MSG_HANDOVER_NEXT_DATE_HINT);
    m->next.type = S("date");
    m->outcome = web_field(w, O_OUTCOME, MSG_HANDOVER_OUTCOME_HINT);
    m->words = web_field(w, O_WORDS, MSG_NONE);
    m->number.optional = m->outcome.optional = false;
    m->number_open = sent ? w->in[O_DO].n == DO_NUMBER : r->number.n == 0;
    m->look_open = sent && w->in[O_DO].n == DO_LOOK;
    m->outcome_open = sent && w->in[O_DO].n == DO_OUTCOME;
    return one_outcomes(w, r, &m->outcome);
}

static err show_one(struct web *w)
{
    struct case_view v;
    struct handover_row r;
    const case_ref *ref = &w->in[O_REF].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    TRY(handover_find(&w->ctx, &v, w->in[O_NO].n, &r));
    const bool done = !w->step && w->in[O_DONE].given && w->in[O_DONE].n == 1;
    struct one_view m = {
        .title = r.portal,
        .recorded =
            done ? page_msg(&w->page, r.out && r.number.n == 0 ? MSG_HANDOVER_GIVEN : MSG_CASE_RECORDED)
                 : STR_NONE,
        .chip = {r.out ? r.escalated ? S("late") : S("wait") : S("done"), state_of(w, &r)},
        .sheet = handover_url(w, ref, r.no, S("/sheet")),
        .post = handover_url(w, ref, r.no, S("")),
        .out = r.out,
    };
    w->page.title = r.portal;
    w->page.back = case_url(w, ref, S(""));
    TRY(one_facts(w, &v, &r, &m.facts));
    TRY(one_fields(w, &r, &m));
    one_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_one(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_receipt done;
    const case_ref *ref = &in[O_REF].as.ref;
    const int64_t no = in[O_NO].n;
    const str number = text_or_none(&in[O_NUMBER]);
    switch (in[O_DO].n) {
    case DO_NUMBER:
        TRY(handover_number(c, ref, no, number, &done));
        break;
    case DO_LOOK:
        TRY(handover_look(c, ref, no, in[O_NEXT].given ? in[O_NEXT].n : 0, &done));
        break;
    default:
        TRY(handover_outcome(c, ref, no, text_or_none(&in[O_OUTCOME]), text_or_none(&in[O_WORDS]), &done));
        break;
    }
    receipt_of(c, &done, out);
    out->note = arena_printf(c->arena, "%d", (int)no);
    return OK;
}

err write_back(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_receipt done;
    TRY(handover_outcome(c, &in[B_REF].as.ref, in[B_NO].n, text_or_none(&in[B_OUTCOME]),
                         text_or_none(&in[B_WORDS]), &done));
    receipt_of(c, &done, out);
    out->note = arena_printf(c->arena, "%d", (int)in[B_NO].n);
    return OK;
}

/* ---- the list ---- */

enum { LIST_ROWS = 30, FILE_ROWS = 1000, FILE_BYTES_MAX = 4 << 20 };
static const struct input list_inputs[] = {{"after", IN_CURSOR, MSG_DESK_MORE}};

/* One row of the list with its names. */
struct out_row {
    const struct q_external_out *row;
    case_ref ref;
    str service, portal;
    int64_t days;
};

static err out_rows(struct web *w, int64_t limit, struct out_row **out, size_t *out_n, bool *out_more)
{
    struct q_external_out *rows;
    struct handover_list in = {.limit = limit};
    int64_t after[2];
    if (w->in[0].given) {
        TRY(web_cursor_keys(w, 0, after, 2));
        in.after_day = after[0];
        in.after_id = after[1];
    }
    TRY(handover_out(&w->ctx, &in, &rows, out_n, out_more));
    struct out_row *r = arena_array_of(w->arena, struct out_row, *out_n + 1);
    if (r == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < *out_n; i++) {
        struct portal p;
        r[i].row = &rows[i];
        TRY(case_ref_of(w->arena, rows[i].ref_code, &r[i].ref));
        TRY(label_find(&w->ctx, S("service"), rows[i].service_id, &r[i].service));
        TRY(portal_known(&w->ctx, rows[i].system_code, &p));
        r[i].portal = p.name;
        r[i].days = days_between(rows[i].given_day, local_day(w->ctx.now_ms));
    }
    *out = r;
    return OK;
}

enum { COL_REF, COL_LOOK, COL_PORTAL, COL_NUMBER, COL_SERVICE, COL_DAYS, COLS };
static const enum msg col_words[COLS] = {
    [COL_REF] = MSG_HANDOVER_COL_REF,         [COL_LOOK] = MSG_HANDOVER_COL_LOOK,
    [COL_PORTAL] = MSG_HANDOVER_COL_PORTAL,   [COL_NUMBER] = MSG_HANDOVER_COL_NUMBER,
    [COL_SERVICE] = MSG_HANDOVER_COL_SERVICE, [COL_DAYS] = MSG_HANDOVER_COL_DAYS,
};

static void out_cells(struct web *w, const struct out_row *r, struct cell_view *c)
{
    const bool due = r->row->check_day <= local_day(w->ctx.now_ms);
    const str number = r->row->number_text.p == NULL ? S("") : r->row->number_text;
    c[COL_REF] = (struct cell_view){.text = case_ref_text(w->arena, r->ref),
                                    .dir = S("ltr"),
                                    .to = handover_url(w, &r->ref, r->row->ref_no, S(""))};
    c[COL_LOOK] = (struct cell_view){.text = format_day(w->arena, w->lang, r->row->check_day),
                                     .chip = due ? S("late") : STR_NONE};
    c[COL_PORTAL] = (struct cell_view){.text = r->portal};
    c[COL_NUMBER] =
        (struct cell_view){.text = number.n > 0 ? number : page_msg(&w->page, MSG_HANDOVER_NUMBER_LATER),
                           .dir = number.n > 0 ? S("ltr") : STR_NONE};
    c[COL_SERVICE] = (struct cell_view){.text = r->service};
    c[COL_DAYS] = (struct cell_view){.text = format_number(w->arena, w->lang, r->days)};
}

static err show_list(struct web *w)
{
    struct out_row *rows;
    size_t n;
    bool more;
    TRY(out_rows(w, LIST_ROWS, &rows, &n, &more));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    if (cells == NULL || views == NULL || columns == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < COLS; k++) {
        columns[k] = (struct column_view){.text = page_msg(&w->page, col_words[k]), .end = k == COL_DAYS};
    }
    for (size_t i = 0; i < n; i++) {
        views[i] = (struct row_view){&cells[i * COLS], COLS};
        out_cells(w, &rows[i], &cells[i * COLS]);
    }
    w->page.title = page_msg(&w->page, MSG_HANDOVER_LIST);
    struct out_view m = {.table = {.caption = w->page.title,
                                   .columns = columns,
                                   .columns_n = COLS,
                                   .rows = views,
                                   .rows_n = n,
                                   .empty = page_msg(&w->page, MSG_HANDOVER_LIST_NONE)},
                         .file = url_local(w->arena, S("/hand-overs.csv"))};
    if (more) {
        const int64_t keys[] = {rows[n - 1].row->check_day, rows[n - 1].row->id};
        m.table.more = url_with(w->arena, url_local(w->arena, S("/hand-overs")), S("after"),
                                web_cursor(w, keys, COUNT(keys)));
    }
    out_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_file(struct web *w)
{
    static const struct column columns[COLS] = {
        [COL_REF] = {S_INIT("ref"), MSG_HANDOVER_COL_REF, COLUMN_TEXT},
        [COL_LOOK] = {S_INIT("look"), MSG_HANDOVER_COL_LOOK, COLUMN_TEXT},
        [COL_PORTAL] = {S_INIT("portal"), MSG_HANDOVER_COL_PORTAL, COLUMN_TEXT},
        [COL_NUMBER] = {S_INIT("number"), MSG_HANDOVER_COL_NUMBER, COLUMN_TEXT},
        [COL_SERVICE] = {S_INIT("service"), MSG_HANDOVER_COL_SERVICE, COLUMN_TEXT},
        [COL_DAYS] = {S_INIT("given"), MSG_HANDOVER_COL_GIVEN, COLUMN_TEXT},
    };
    struct out_row *rows;
    size_t n;
    bool more;
    TRY(out_rows(w, FILE_ROWS, &rows, &n, &more));
    struct cell *cells = arena_array_of(w->arena, struct cell, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell *c = &cells[i * COLS];
        c[COL_REF].text = case_ref_text(w->arena, rows[i].ref);
        c[COL_LOOK].text = format_day_iso(w->arena, rows[i].row->check_day);
        c[COL_PORTAL].text = rows[i].portal;
        c[COL_NUMBER].text = rows[i].row->number_text;
        c[COL_SERVICE].text = rows[i].service;
        c[COL_DAYS].text = format_day_iso(w->arena, rows[i].row->given_day);
    }
    const struct table t = {.columns = columns, .columns_n = COLS, .cells = cells, .rows_n = n};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("hand-overs.csv"), &out);
}

static const struct route routes[] = {
    {HTTP_GET, "/hand-overs", P_HAND_OVER, 0, INPUTS(list_inputs), .show = show_list,
     .doc = MSG_DOC_HANDOVER_LIST},
    {HTTP_GET, "/hand-overs.csv", P_HAND_OVER, ROUTE_SLOW | ROUTE_TAKEN, INPUTS(list_inputs),
     .show = show_file, .doc = MSG_DOC_HANDOVER_LIST},
    {HTTP_GET, "/cases/{ref}/hand-over", P_HAND_OVER, 0, INPUTS(give_inputs), .show = show_give,
     .doc = MSG_DOC_HANDOVER_NEW},
    {HTTP_POST, "/cases/{ref}/hand-over", P_HAND_OVER, 0, INPUTS(give_inputs), .show = show_give,
     .write = write_give, .answer = answer_give, .doc = MSG_DOC_HANDOVER_NEW},
    {HTTP_GET, "/cases/{ref}/hand-over/{no}", P_HAND_OVER, 0, INPUTS(one_inputs), .show = show_one,
     .doc = MSG_DOC_HANDOVER_ONE},
    {HTTP_POST, "/cases/{ref}/hand-over/{no}", P_HAND_OVER, 0, INPUTS(one_inputs), .show = show_one,
     .write = write_one, .answer = answer_give, .doc = MSG_DOC_HANDOVER_ONE},
    {HTTP_GET, "/cases/{ref}/hand-over/{no}/sheet", P_HAND_OVER, ROUTE_IDENTITY, INPUTS(sheet_inputs),
     .show = show_sheet, .look = look_case, .doc = MSG_DOC_HANDOVER_SHEET},
};

const struct feature handover_feature = {.name = "handover",
                                         .routes = routes,
                                         .routes_n = COUNT(routes),
                                         .api = handover_api_routes,
                                         .api_n = HANDOVER_API_ROUTES};
