/* event_file_pages.c: the files of an event: seen, added, shown to others, taken away. */
#include "clock.h"
#include "event_day_pages.h"
#include "event_file.h"
#include "event_file.html.h"
#include "event_file_feature.h"
#include "evidence_take.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Files stand last: only what adds them takes them. */
enum file_input {
    FI_CODE,
    FI_PAPER,
    FI_SEEN,
    FI_AGREED,
    FI_PIECE,
    FI_NOW_SEEN,
    FI_NOW_AGREED,
    FI_GONE,
    FI_WHY,
    FI_FILES,
    FI_N
};

static const struct input inputs[FI_N] = {
    [FI_CODE] = EVENT_CODE_INPUT,
    [FI_PAPER] = {"paper", IN_CHOICE, MSG_EVENT_FILE_PAPER, .choices = event_file_paper_codes},
    [FI_SEEN] = {"seen", IN_CHOICE, MSG_EVENT_FILE_SEEN, .choices = event_file_seen_codes},
    [FI_AGREED] = {"agreed", IN_FLAG, MSG_EVENT_FILE_AGREED},
    [FI_PIECE] = {"piece", IN_NUMBER, MSG_EVENT_FILE_WHICH, EVIDENCE_PIECES_MAX},
    [FI_NOW_SEEN] = {"now_seen", IN_CHOICE, MSG_EVENT_FILE_SEEN, .choices = event_file_seen_codes},
    [FI_NOW_AGREED] = {"now_agreed", IN_FLAG, MSG_EVENT_FILE_AGREED},
    [FI_GONE] = {"gone", IN_NUMBER, MSG_EVENT_FILE_WHICH, EVIDENCE_PIECES_MAX},
    [FI_WHY] = {"why", IN_LINE, MSG_EVENT_FILE_WHY, EVENT_FILE_WHY_MAX},
    [FI_FILES] = {"files", IN_FILES, MSG_EVENT_FILE_FILES, FILES_MAX,
                  .takes = FILES_TAKE(PHOTO) | FILES_TAKE(PDF)},
};
static const struct input one_inputs[] = {
    EVENT_CODE_INPUT,
    {"piece", IN_NUMBER, MSG_EVIDENCE_NUMBER, EVIDENCE_PIECES_MAX, .required = true},
};

/* ---- the list ---- */

static str with_number(struct web *w, enum msg m, int64_t no, str what)
{
    const struct msg_arg args[] = {{"n", format_number(w->arena, w->lang, no)}, {"what", what}};
    return page_msg_args(&w->page, m, 0, args, what.n > 0 ? 2 : 1);
}

static str title_of(struct web *w, const struct evidence_row *r)
{
    return with_number(
        w, MSG_EVENT_FILE_TITLE, r->at.piece_no,
        event_words_of(&w->page, event_file_paper_words, EVENT_FILE_paper_n, r->at.paper_code));
}

/* "3 March 2026 · desk.nowshera" */
static err when_of(struct web *w, const struct evidence_row *r, str *out)
{
    const str day = format_day(w->arena, w->lang, local_day(r->at.created_ms));
    struct q_account_get who;
    *out = day;
    if (!r->at.by_id.given) {
        return OK;
    }
    const err e = q_account_get(w->ctx.db, w->arena, r->at.by_id.v, &who);
    if (e.code == ERR_OK) {
        *out =
            arena_printf(w->arena, "%.*s · %.*s", STR_F(day), STR_F(page_isolate(&w->page, who.login_code)));
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static str said_of(struct web *w, const struct evidence_row *r)
{
    const str code = r->at.piece_code;
    if (str_eq(code, S("removed"))) {
        const struct msg_arg why = {"why", page_isolate_words(&w->page, r->at.gone_text)};
        return page_msg_args(&w->page, MSG_EVENT_FILE_REMOVED, 0, &why, 1);
    }
    return r->may ? S("")
                  : page_msg(&w->page, str_eq(code, S("waiting"))   ? MSG_EVIDENCE_WAITING
                                       : str_eq(code, S("refused")) ? MSG_EVIDENCE_REFUSED
                                                                    : MSG_EVENT_FILE_CLOSED);
}

static err row_fill(struct web *w, const struct event_view *v, const struct evidence_row *r,
                    struct event_file_row *out)
{
    char hex[DIGEST_HEX + 1];
    const bool gone = str_eq(r->at.piece_code, S("removed"));
    *out = (struct event_file_row){.title = title_of(w, r), .said = said_of(w, r)};
    TRY(when_of(w, r, &out->when));
    if (r->at.received_hash.n == DIGEST_LEN) {
        digest_hex((const uint8_t *)r->at.received_hash.p, hex);
        out->hash = arena_str(w->arena, (str){hex, DIGEST_HEX});
    }
    if (!gone) {
        out->seen = event_words_of(&w->page, event_file_seen_words, EVENT_FILE_seen_n, r->at.seen_code);
    }
    if (r->may) {
        out->held = event_file_held(r);
        out->open_words = with_number(w, MSG_EVENT_FILE_OPEN, r->at.piece_no, S(""));
        out->open = event_url(
            w, v->row.event_code,
            arena_printf(w->arena, "/files/%lld%s", (long long)r->at.piece_no, out->held ? "/held" : ""));
    }
    return OK;
}

/* Those that stand, to choose from. */
static void choose_from(struct web *w, const struct evidence_row *rows, size_t n, struct choice_view *out,
                        size_t *io_n)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].at.piece_code, S("removed"))) {
            out[(*io_n)++] =
                (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)rows[i].at.piece_no),
                                     .text = title_of(w, &rows[i])};
        }
    }
}

static err pieces_choose(struct web *w, size_t input, const struct evidence_row *rows, size_t n,
                         struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    out->choices_n = 0;
    choose_from(w, rows, n, c, &out->choices_n);
    web_choose(w, input, c, out->choices_n, STR_NONE);
    out->choices = c;
    return OK;
}

static err list_fill(struct web *w, const struct event_view *v, struct event_files_view *m)
{
    struct evidence_row *rows;
    size_t n;
    int64_t counted;
    int64_t no;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    struct event_file_row *out = arena_array_of(w->arena, struct event_file_row, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(w, v, &rows[i], &out[i]));
    }
    TRY(event_file_counted(&w->ctx, v, &counted, &no));
    m->counted = counted > 0;
    m->rows = out;
    m->rows_n = n;
    TRY(pieces_choose(w, FI_PIECE, rows, n, &m->piece));
    TRY(pieces_choose(w, FI_GONE, rows, n, &m->gone));
    m->may_keep = event_file_keeps(&w->ctx) && m->piece.choices_n > 0;
    return OK;
}

static err fields_fill(struct web *w, struct event_files_view *m)
{
    const str desk = S("desk");
    m->files = (struct field_view){.name = str_of(inputs[FI_FILES].name),
                                   .label = page_msg(&w->page, MSG_EVENT_FILE_FILES),
                                   .hint = page_msg(&w->page, MSG_EVENT_FILE_FILES_HINT),
                                   .fault = w->route->inputs_n > FI_FILES ? w->in[FI_FILES].fault : STR_NONE,
                                   .accept = S("image/*,application/pdf"),
                                   .several = true};
    m->paper = web_field(w, FI_PAPER, MSG_NONE);
    m->seen = web_field(w, FI_SEEN, MSG_EVENT_FILE_SEEN_HINT);
    m->agreed = web_field(w, FI_AGREED, MSG_NONE);
    m->now_seen = web_field(w, FI_NOW_SEEN, MSG_NONE);
    m->now_agreed = web_field(w, FI_NOW_AGREED, MSG_NONE);
    m->why = web_field(w, FI_WHY, MSG_NONE);
    m->paper.optional = m->seen.optional = m->now_seen.optional = m->why.optional = false;
    TRY(choices_words(w, FI_PAPER, event_file_paper_words, EVENT_FILE_paper_n, STR_NONE, &m->paper));
    TRY(choices_words(w, FI_SEEN, event_file_seen_words, EVENT_FILE_seen_n, desk, &m->seen));
    return choices_words(w, FI_NOW_SEEN, event_file_seen_words, EVENT_FILE_seen_n, STR_NONE, &m->now_seen);
}

static err show_files(struct web *w)
{
    struct event_view v;
    TRY(event_of(w, FI_CODE, MSG_EVENT_TAB_FILES, &v));
    struct event_files_view m = {.add = event_url(w, v.row.event_code, S("/files")),
                                 .change = event_url(w, v.row.event_code, S("/files-shown")),
                                 .remove = event_url(w, v.row.event_code, S("/files-removed")),
                                 .may_add = event_file_may_add(&w->ctx, &v)};
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(list_fill(w, &v, &m));
    TRY(fields_fill(w, &m));
    m.changing = m.piece.fault.n + m.now_seen.fault.n + m.now_agreed.fault.n > 0;
    m.removing = m.gone.fault.n + m.why.fault.n > 0;
    event_files_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- writing ---- */

static err prepare_files(struct web *w)
{
    TRY(evidence_take(w, FI_FILES));
    if (w->in[FI_FILES].n == 0 && w->faults == 0) {
        web_fault(w, FI_FILES, MSG_EVIDENCE_NO_FILE);
    }
    return OK;
}

static bool ticked(const struct given *g)
{
    return g->given && g->n == 1;
}

static err write_files(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    TRY(day_event(c, in, &v));
    out->note = in[FI_CODE].text;
    return event_file_add(c, &v, day_given(&in[FI_PAPER]), day_given(&in[FI_SEEN]), ticked(&in[FI_AGREED]),
                          evidence_taken(&in[FI_FILES]));
}

static err write_shown(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    TRY(day_event(c, in, &v));
    out->note = in[FI_CODE].text;
    return event_file_show_to(c, &v, in[FI_PIECE].given ? in[FI_PIECE].n : 0, day_given(&in[FI_NOW_SEEN]),
                              ticked(&in[FI_NOW_AGREED]));
}

static err write_removed(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    TRY(day_event(c, in, &v));
    out->note = in[FI_CODE].text;
    return event_file_remove(c, &v, in[FI_GONE].given ? in[FI_GONE].n : 0, day_given(&in[FI_WHY]));
}

static err answer_files(struct web *w)
{
    return day_back(w, S("/files"));
}

/* ---- one file ---- */

/* Closed, taken away and not there are all the same to whoever asks. */
static err show_file(struct web *w)
{
    SCOPED(buf_free) struct buf bytes = buf_new(BLOB_MAX);
    struct event_view v;
    str type;
    TRY(day_event(&w->ctx, w->in, &v));
    const err e = evidence_open(&w->ctx, &v.subject, w->in[1].n, EVIDENCE_SHOWN, &bytes, &type);
    if (e.code == ERR_DENIED) {
        return FAIL(NOT_FOUND);
    }
    TRY(e);
    const bool pdf = str_eq(type, S("application/pdf"));
    return web_bytes(w, type, pdf ? S("paper.pdf") : STR_NONE, &bytes);
}

/* A look at what nobody holds back, or at what is not there, is none. */
static err look_file(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct event_view v;
    struct evidence_row *rows;
    size_t n;
    TRY(day_event(c, in, &v));
    TRY(evidence_list(c, &v.subject, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].at.piece_no == in[1].n && rows[i].may && event_file_held(&rows[i])) {
            return look_event(c, in, io);
        }
    }
    return FAIL(NOT_FOUND);
}

static const struct route routes[] = {
    {HTTP_GET, "/events/{code}/files", P_EVENT_READ, 0, .inputs = inputs, .inputs_n = FI_FILES,
     .show = show_files, .doc = MSG_DOC_EVENT_FILES},
    {HTTP_POST, "/events/{code}/files", P_EVENT_RECORD, 0, INPUTS(inputs), .show = show_files,
     .prepare = prepare_files, .write = write_files, .answer = answer_files, .doc = MSG_DOC_EVENT_FILES_ADD},
    {HTTP_POST, "/events/{code}/files-shown", P_IDENTITY_VIEW, 0, .inputs = inputs, .inputs_n = FI_FILES,
     .show = show_files, .write = write_shown, .answer = answer_files, .doc = MSG_DOC_EVENT_FILES_SHOWN},
    {HTTP_POST, "/events/{code}/files-removed", P_IDENTITY_VIEW, 0, .inputs = inputs, .inputs_n = FI_FILES,
     .show = show_files, .write = write_removed, .answer = answer_files, .doc = MSG_DOC_EVENT_FILES_REMOVED},
    {HTTP_GET, "/events/{code}/files/{piece}", P_EVENT_READ, ROUTE_SLOW, INPUTS(one_inputs),
     .show = show_file, .doc = MSG_DOC_EVENT_FILE},
    {HTTP_GET, "/events/{code}/files/{piece}/held", P_IDENTITY_VIEW, ROUTE_IDENTITY | ROUTE_SLOW,
     INPUTS(one_inputs), .show = show_file, .look = look_file, .doc = MSG_DOC_EVENT_FILE_HELD},
};

const struct feature event_file_feature = {.name = "event_file", .routes = routes, .routes_n = COUNT(routes)};
