/* case_evidence_pages.c: photos, voice and PDFs of a case: seen, heard, added, opened to the department; and
 * what waits to be typed. */
#include "case_evidence_pages.h"

#include "case_evidence.html.h"
#include "case_pages.h"
#include "case_scope.h"
#include "clock.h"
#include "evidence_take.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TYPE_ROWS = 6, UNTYPED_MAX = 100 };

static const char *const choices_pair[] = {"before", "after", NULL};

const struct input evidence_inputs[EVIDENCE_INPUTS] = {
    [E_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [E_PHOTOS] = {"photos", IN_FILES, MSG_EVIDENCE_PHOTOS, FILES_MAX, .takes = FILES_TAKE(PHOTO)},
    [E_PAIR] = {"pair", IN_CHOICE, MSG_EVIDENCE_PAIR, .choices = choices_pair},
    [E_VOICE] = {"voice", IN_FILES, MSG_EVIDENCE_VOICE, 1, .takes = FILES_TAKE(VOICE)},
    [E_PDF] = {"pdf", IN_FILES, MSG_EVIDENCE_PDF, 2, .takes = FILES_TAKE(PDF)},
    [E_WORDS] = {"words", IN_LINE, MSG_EVIDENCE_WORDS, .required = true,
                 .missing = MSG_EVIDENCE_WORDS_MISSING},
};
const struct input piece_inputs[PIECE_INPUTS] = {
    [PIECE_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [PIECE_NO] = {"piece", IN_NUMBER, MSG_EVIDENCE_NUMBER, EVIDENCE_PIECES_MAX, .required = true},
    [PIECE_OPEN] = {"open", IN_FLAG, MSG_EVIDENCE_OPEN},
};
const struct input typed_inputs[TYPED_INPUTS] = {
    [TYPED_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [TYPED_WORDS] = {"typed", IN_WORDS, MSG_EVIDENCE_TYPED, CASE_WORDS_MAX, .required = true,
                     .missing = MSG_EVIDENCE_TYPED_MISSING},
    [TYPED_STEP] = {"step", IN_NUMBER, MSG_NONE, .required = true},
};

struct field_view files_field(struct web *w, const struct input *in, const struct given *g, enum msg hint)
{
    static const char *const kinds[] = {"image/*", "audio/*", "application/pdf"};
    const size_t kind = (in->takes & FILES_TAKE(PHOTO)) != 0   ? 0
                        : (in->takes & FILES_TAKE(VOICE)) != 0 ? 1
                                                               : 2;
    return (struct field_view){
        .name = str_of(in->name),
        .label = page_msg(&w->page, in->label),
        .hint = hint == MSG_NONE ? STR_NONE : page_msg(&w->page, hint),
        .fault = g == NULL ? STR_NONE : g->fault,
        .accept = str_of(kinds[kind]),
        .several = in->max > 1,
        .capture = kind == 1, /* a telephone opens its recorder at once; a picture may also be an old one */
        .optional = true,
    };
}

/* ---- the page ---- */

static enum msg what_of(str media)
{
    return str_eq(media, S("photo"))   ? MSG_EVIDENCE_A_PHOTO
           : str_eq(media, S("voice")) ? MSG_EVIDENCE_A_VOICE
                                       : MSG_EVIDENCE_A_PDF;
}

static str title_of(struct web *w, const struct q_evidence_list *r)
{
    const struct page *p = &w->page;
    const enum msg taken = !r->keeper_id.given ? MSG_EVIDENCE_FROM_DESK : MSG_EVIDENCE_FROM_ABOVE;
    const enum msg from = str_eq(r->from_code, S("complainant")) ? MSG_EVIDENCE_FROM_HER
                          : str_eq(r->from_code, S("desk"))      ? taken
                                                                 : MSG_EVIDENCE_FROM_OFFICE;
    const bool pair = !str_eq(r->pair_code, S("none"));
    const enum msg when = str_eq(r->pair_code, S("before")) ? MSG_EVIDENCE_BEFORE : MSG_EVIDENCE_AFTER;
    const struct msg_arg args[] = {{"what", page_msg(p, what_of(r->media_code))},
                                   {"n", format_number(w->arena, w->lang, r->piece_no)},
                                   {"from", page_msg(p, from)},
                                   {"when", page_msg(p, when)}};
    return page_msg_args(p, pair ? MSG_EVIDENCE_PIECE_PAIR : MSG_EVIDENCE_PIECE, 0, args, pair ? 4 : 3);
}

static str seconds_words(struct web *w, struct opt_i64 seconds)
{
    if (!seconds.given) {
        return STR_NONE;
    }
    const struct msg_arg arg = {"n", format_number(w->arena, w->lang, seconds.v)};
    return page_msg_args(&w->page, MSG_EVIDENCE_SECONDS, seconds.v, &arg, 1);
}

static struct url piece_url(struct web *w, const case_ref *ref, str place, int64_t no, str form)
{
    return case_url(w, ref,
                    arena_printf(w->arena, "/%.*s/%lld%.*s", STR_F(place), (long long)no, STR_F(form)));
}

static void shown_fill(struct web *w, const case_ref *ref, const struct q_evidence_list *r,
                       struct piece_view *x)
{
    const bool photo = str_eq(r->media_code, S("photo"));
    char hex[DIGEST_HEX + 1];
    if (r->received_hash.n == DIGEST_LEN) {
        digest_hex((const uint8_t *)r->received_hash.p, hex);
        x->hash = arena_str(w->arena, str_of(hex));
    }
    if (str_eq(r->media_code, S("voice"))) {
        x->play = piece_url(w, ref, S("voice"), r->piece_no, S(""));
        return;
    }
    x->full = piece_url(w, ref, S("evidence"), r->piece_no, S(""));
    if (photo) {
        x->small = piece_url(w, ref, S("evidence"), r->piece_no, S("/small"));
    }
    if (evidence_keeps(&w->ctx.actor, r->keeper_id) && !str_eq(r->from_code, S("officer"))) {
        x->number = arena_printf(w->arena, "%lld", (long long)r->piece_no);
        x->open = r->open_flag == 1;
    }
}

static struct piece_view piece_of(struct web *w, const case_ref *ref, const struct evidence_row *row)
{
    const struct q_evidence_list *r = &row->at;
    struct piece_view x = {.title = title_of(w, r),
                           .when = format_day(w->arena, w->lang, local_day(r->created_ms)),
                           .length = seconds_words(w, r->seconds_n)};
    if (str_eq(r->piece_code, S("waiting"))) {
        x.said = page_msg(&w->page, MSG_EVIDENCE_WAITING);
    } else if (str_eq(r->piece_code, S("refused"))) {
        x.said = page_msg(&w->page, MSG_EVIDENCE_REFUSED);
    } else if (!row->may) {
        const bool voice = str_eq(r->media_code, S("voice"));
        const bool desk = !r->keeper_id.given;
        const enum msg heard = desk ? MSG_EVIDENCE_VOICE_HERS : MSG_EVIDENCE_VOICE_ABOVE;
        const enum msg closed = desk ? MSG_EVIDENCE_CLOSED : MSG_EVIDENCE_CLOSED_ABOVE;
        x.said = page_msg(&w->page, voice ? heard : closed);
    } else {
        shown_fill(w, ref, r, &x);
    }
    return x;
}

static err pieces_fill(struct web *w, const struct case_view *v, const case_ref *ref, struct evidence_view *m)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    struct piece_view *pieces = arena_array_of(w->arena, struct piece_view, n + 1);
    if (pieces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        pieces[i] = piece_of(w, ref, &rows[i]);
    }
    m->pieces = pieces;
    m->pieces_n = n;
    return OK;
}

static err pair_choose(struct web *w, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, 2);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    c[0] = (struct choice_view){.value = S("before"), .text = page_msg(&w->page, MSG_EVIDENCE_BEFORE)};
    c[1] = (struct choice_view){.value = S("after"), .text = page_msg(&w->page, MSG_EVIDENCE_AFTER)};
    if (w->route->inputs == evidence_inputs) {
        web_choose(w, E_PAIR, c, 2, STR_NONE);
    }
    *out = (struct field_view){.name = S("pair"),
                               .label = page_msg(&w->page, MSG_EVIDENCE_PAIR),
                               .choices = c,
                               .choices_n = 2,
                               .optional = true};
    return OK;
}

static err adding_fill(struct web *w, struct evidence_view *m)
{
    const bool back = w->route->inputs == evidence_inputs;
    m->photos =
        files_field(w, &evidence_inputs[E_PHOTOS], back ? &w->in[E_PHOTOS] : NULL, MSG_EVIDENCE_PHOTOS_HINT);
    m->voice =
        files_field(w, &evidence_inputs[E_VOICE], back ? &w->in[E_VOICE] : NULL, MSG_EVIDENCE_VOICE_HINT);
    m->pdf = files_field(w, &evidence_inputs[E_PDF], back ? &w->in[E_PDF] : NULL, MSG_NONE);
    m->words = (struct field_view){.name = S("words"),
                                   .label = page_msg(&w->page, MSG_EVIDENCE_WORDS),
                                   .dir = S("auto"),
                                   .value = back ? w->in[E_WORDS].raw : STR_NONE,
                                   .fault = back ? w->in[E_WORDS].fault : STR_NONE};
    return w->ctx.actor.role == ROLE_OFFICER ? pair_choose(w, &m->pair) : OK;
}

static str typed_title(struct web *w, const case_ref *ref)
{
    const struct msg_arg arg = {"ref", page_isolate(&w->page, case_ref_text(w->arena, *ref))};
    return page_msg_args(&w->page, MSG_EVIDENCE_TITLE, 0, &arg, 1);
}

/* Which of the pieces above are meant. */
static err said_fill(struct web *w, const struct case_view *v, struct evidence_view *m)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    str *titles = arena_array_of(w->arena, str, n + 1);
    if (titles == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].at.step_no == m->to_type && str_eq(rows[i].at.typed_code, S("to_type")) && rows[i].may) {
            titles[m->to_type_of_n++] = title_of(w, &rows[i].at);
        }
    }
    m->to_type_of = titles;
    m->to_type = m->to_type_of_n > 0 ? m->to_type : 0; /* somebody else types them */
    return OK;
}

err show_evidence(struct web *w)
{
    struct case_view v;
    if (!w->in[E_REF].given) {
        return FAIL(NOT_FOUND);
    }
    const case_ref *ref = &w->in[E_REF].as.ref;
    const bool typing = w->route->inputs == typed_inputs;
    TRY(case_find(&w->ctx, ref, &v));
    struct evidence_view m = {.title = typed_title(w, ref),
                              .to = case_url(w, ref, S("/evidence")),
                              .see = case_url(w, ref, S("/evidence-see")),
                              .typing = case_url(w, ref, S("/evidence-typed")),
                              .may_add = case_evidence_may(&w->ctx, &v)};
    w->page.title = m.title;
    w->page.form_id = S("evidence");
    w->page.back = case_url(w, ref, S(""));
    TRY(pieces_fill(w, &v, ref, &m));
    TRY(adding_fill(w, &m));
    if (permission_of(w->ctx.actor.role, P_EVIDENCE_KEEP)) {
        TRY(evidence_untyped_step(&w->ctx, &v.subject, &m.to_type));
        TRY(said_fill(w, &v, &m));
    }
    m.typed = (struct field_view){.name = S("typed"),
                                  .label = page_msg(&w->page, MSG_EVIDENCE_TYPED),
                                  .dir = S("auto"),
                                  .rows = TYPE_ROWS,
                                  .value = typing ? w->in[TYPED_WORDS].raw : STR_NONE,
                                  .fault = typing ? w->in[TYPED_WORDS].fault : STR_NONE};
    evidence_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- adding ---- */

err prepare_evidence(struct web *w)
{
    TRY(evidence_take(w, E_PHOTOS));
    TRY(evidence_take(w, E_VOICE));
    TRY(evidence_take(w, E_PDF));
    const int64_t files = w->in[E_PHOTOS].n + w->in[E_VOICE].n + w->in[E_PDF].n;
    if (files == 0 && w->faults == 0) {
        web_fault(w, E_PHOTOS, MSG_EVIDENCE_NO_FILE);
    }
    return OK;
}

err write_evidence(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_receipt done;
    const case_ref *ref = &in[E_REF].as.ref;
    const struct case_act act = {.action = CASE_COMMENT, .words = in[E_WORDS].text};
    const enum evidence_pair pair = !in[E_PAIR].given                      ? EVIDENCE_NO_PAIR
                                    : str_eq(in[E_PAIR].text, S("before")) ? EVIDENCE_BEFORE
                                                                           : EVIDENCE_AFTER;
    TRY(case_do(c, ref, &act, &done));
    TRY(case_evidence_put(c, ref, pair, false, evidence_taken(&in[E_PHOTOS])));
    TRY(case_evidence_put(c, ref, EVIDENCE_NO_PAIR, false, evidence_taken(&in[E_VOICE])));
    TRY(case_evidence_put(c, ref, EVIDENCE_NO_PAIR, false, evidence_taken(&in[E_PDF])));
    receipt_of(c, &done, out);
    return OK;
}

err answer_evidence(struct web *w)
{
    return web_redirect(w, case_url(w, &w->in[0].as.ref, S("/evidence")));
}

/* ---- one piece ---- */

/* Out of reach, closed and not there are all the same to whoever asks. */
static err piece_give(struct web *w, const struct subject *s, enum evidence_what what)
{
    SCOPED(buf_free) struct buf bytes = buf_new(BLOB_MAX);
    str type;
    const err e = evidence_open(&w->ctx, s, w->in[PIECE_NO].n, what, &bytes, &type);
    if (e.code == ERR_DENIED) {
        return FAIL(NOT_FOUND);
    }
    TRY(e);
    const bool pdf = str_eq(type, S("application/pdf"));
    return web_bytes(w, type, pdf ? S("paper.pdf") : STR_NONE, &bytes);
}

static err show_what(struct web *w, enum evidence_what what)
{
    struct case_view v;
    TRY(case_find(&w->ctx, &w->in[PIECE_REF].as.ref, &v));
    return piece_give(w, &v.subject, what);
}

err show_piece(struct web *w)
{
    return show_what(w, EVIDENCE_SHOWN);
}

err show_piece_small(struct web *w)
{
    return show_what(w, EVIDENCE_SMALL);
}

/* A look at what is not hers to hear is none. */
err look_voice(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct case_view v;
    struct evidence_row *rows;
    size_t n;
    TRY(case_find(c, &in[PIECE_REF].as.ref, &v));
    TRY(evidence_list(c, &v.subject, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].at.piece_no == in[PIECE_NO].n && rows[i].may) {
            return look_case(c, in, io);
        }
    }
    return FAIL(NOT_FOUND);
}

err write_see(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_view v;
    TRY(case_find(c, &in[PIECE_REF].as.ref, &v));
    out->ref = arena_str(c->arena, case_ref_digits(&in[PIECE_REF].as.ref));
    const bool open = in[PIECE_OPEN].given && in[PIECE_OPEN].n == 1;
    const err e = evidence_let_see(c, &v.subject, in[PIECE_NO].n, open);
    return e.code == ERR_DENIED ? FAIL(NOT_FOUND) : e; /* somebody else keeps it */
}

/* ---- typing what she said ---- */

err write_typed(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->ref = arena_str(c->arena, case_ref_digits(&in[TYPED_REF].as.ref));
    return case_evidence_typed(c, &in[TYPED_REF].as.ref, in[TYPED_STEP].n, in[TYPED_WORDS].text);
}

/* What somebody else may not reach is not in her queue either. */
static err untyped_row(struct web *w, int64_t home, const struct q_evidence_untyped *r,
                       struct untyped_row_view *out, bool *out_is)
{
    struct q_case_get row;
    struct case_view v;
    case_ref ref;
    *out_is = false;
    TRY(q_case_get(w->ctx.db, w->arena, home, r->subject_id, &row));
    TRY(case_ref_of(w->arena, row.ref_code, &ref));
    const err found = case_find(&w->ctx, &ref, &v);
    if (found.code != ERR_OK) {
        return found.code == ERR_NOT_FOUND ? OK : found;
    }
    const str what = page_msg(&w->page, what_of(r->media_code));
    const str length = seconds_words(w, r->seconds_n);
    const struct msg_arg args[] = {{"what", what}, {"length", length}};
    *out = (struct untyped_row_view){
        .to = case_url(w, &ref, S("/evidence")),
        .ref = case_ref_text(w->arena, ref),
        .what = length.n > 0 ? page_msg_args(&w->page, MSG_EVIDENCE_WHAT_LONG, 0, args, 2) : what,
        .since = format_day(w->arena, w->lang, local_day(r->created_ms)),
    };
    *out_is = true;
    return OK;
}

/* Of one district, behind what is there. */
static err untyped_of(struct web *w, int64_t home, struct untyped_view *m, struct untyped_row_view *list)
{
    struct q_evidence_untyped *rows;
    struct q_evidence_untyped last = {.subject_id = 0};
    size_t n;
    TRY(evidence_untyped(&w->ctx, &complaint_kind, home, UNTYPED_MAX, &rows, &n));
    for (size_t i = 0; i < n && m->rows_n < UNTYPED_MAX; i++) {
        bool is = false;
        if (rows[i].subject_id != last.subject_id || rows[i].step_no != last.step_no) {
            TRY(untyped_row(w, home, &rows[i], &list[m->rows_n], &is));
        }
        last = rows[i];
        m->rows_n += is;
    }
    return OK;
}

err show_untyped(struct web *w)
{
    struct scope of;
    struct untyped_view m = {.rows = NULL};
    struct untyped_row_view *list = arena_array_of(w->arena, struct untyped_row_view, UNTYPED_MAX);
    if (list == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(&w->ctx, &of));
    for (size_t i = 0; i < of.homes_n; i++) {
        TRY(untyped_of(w, of.homes[i], &m, list));
    }
    m.rows = list;
    w->page.title = page_msg(&w->page, MSG_EVIDENCE_UNTYPED_TITLE);
    w->page.back = url_local(w->arena, w->ctx.actor.role == ROLE_DESK ? S("/desk") : S("/overview"));
    untyped_page(&w->page, &m);
    return web_html(w, 200);
}

err untyped_words(struct web *w, str *out)
{
    struct scope of;
    int64_t all = 0;
    *out = S("");
    if (!permission_of(w->ctx.actor.role, P_EVIDENCE_KEEP)) {
        return OK;
    }
    TRY(scope_of(&w->ctx, &of));
    for (size_t i = 0; i < of.homes_n; i++) {
        int64_t n;
        TRY(evidence_untyped_count(&w->ctx, &complaint_kind, of.homes[i], &n));
        all += n;
    }
    const struct msg_arg arg = {"n", format_number(w->arena, w->lang, all)};
    *out = all > 0 ? page_msg_args(&w->page, MSG_TODAY_UNTYPED, all, &arg, 1) : S("");
    return OK;
}
