/* people_pages.c: candidates of a number, one of them by her name, and a new matter for her. */
#include "people_pages.h"

#include "audit.h"
#include "case_pages.h"
#include "case_parts.h"
#include "desk_models.h"
#include "file_pages.h"
#include "clock.h"
#include "format.h"
#include "people.h"
#include "people.html.h"

enum { WHO_SECONDS = 1800 };
enum { P_PHONE, P_DRAFT };
enum { O_WHO, O_NAME, O_DRAFT };
enum { N_HERS, N_DRAFT };

const struct input people_inputs[2] = {
    [P_PHONE] = {"phone", IN_PHONE, MSG_NEW_PHONE, .required = true},
    [P_DRAFT] = {"draft", IN_CODE, MSG_DESK_UNFINISHED},
};
/* A number that is still being typed is no fault. */
const struct input known_inputs[1] = {{"phone", IN_LINE, MSG_NEW_PHONE}};
const struct input open_inputs[3] = {
    [O_WHO] = {"who", IN_SIGNED, MSG_PEOPLE_WHO, .required = true, .missing = MSG_PEOPLE_WHO_MISSING},
    [O_NAME] = {"name", IN_LINE, MSG_PEOPLE_NAME, CASE_NAME_MAX, .required = true},
    [O_DRAFT] = {"draft", IN_CODE, MSG_DESK_UNFINISHED},
};
const struct input again_inputs[2] = {
    [N_HERS] = {"hers", IN_SIGNED, MSG_PEOPLE_WHO, .required = true},
    [N_DRAFT] = {"draft", IN_CODE, MSG_DESK_UNFINISHED, .required = true},
};

/* A person of a number, as a token stands for her: "4128063359 +923001234567". */
static str who_text(struct arena *a, const case_ref *key, phone number)
{
    return arena_printf(a, "%.*s %.*s", STR_F(case_ref_digits(key)), STR_F(number.e164));
}

static err who_of(struct arena *a, str text, case_ref *out_key, phone *out_number)
{
    const str digits = str_cut(&text, ' ');
    TRY(case_ref_of(a, digits, out_key));
    return phone_of(a, text, out_number);
}

/* ---- by number ---- */

static err people_show(struct web *w, struct people_view *m, int status)
{
    w->page.title = page_msg(&w->page, MSG_PEOPLE_TITLE);
    w->page.back = url_local(w->arena, S("/desk"));
    people_page(&w->page, m);
    return web_html(w, status);
}

err show_people(struct web *w)
{
    struct people_view m = {.phone = web_field(w, P_PHONE, MSG_PEOPLE_PHONE_HINT)};
    m.phone.optional = false;
    m.phone.complete = S("off");
    m.phone.focus = true;
    return people_show(w, &m, 200);
}

err write_people(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct audit_entry e = {.event = S("people.searched"), .home = c->actor.home};
    (void)in;
    (void)out;
    return audit_add(c, &e);
}

static err candidates_fill(struct web *w, phone number, struct people_view *m)
{
    struct candidate *who;
    size_t n;
    w->ctx.may_show_identity = true; /* the search is in the audit chain */
    TRY(people_find(&w->ctx, number, &who, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct msg_arg no = {"n", format_number(w->arena, w->lang, (int64_t)i + 1)};
        c[i] = (struct choice_view){
            .value = web_sign(w, S("who"), who_text(w->arena, &who[i].key, number), WHO_SECONDS),
            .text = who[i].alias.n > 0 ? who[i].alias
                                       : page_msg_args(&w->page, MSG_PEOPLE_PERSON, (int64_t)i + 1, &no, 1),
            .hint = who[i].has_name ? S("") : page_msg(&w->page, MSG_PEOPLE_NAMELESS),
            .chosen = n == 1};
    }
    m->who = (struct field_view){
        .name = S("who"), .label = page_msg(&w->page, MSG_PEOPLE_WHO), .choices = c, .choices_n = n};
    m->found = true;
    m->found_n = (int64_t)n;
    return OK;
}

err answer_people(struct web *w)
{
    struct people_view m = {
        .phone = web_field(w, P_PHONE, MSG_NONE),
        .name = {.name = S("name"), .label = page_msg(&w->page, MSG_PEOPLE_NAME), .dir = S("auto")},
        .draft = w->in[P_DRAFT].text};
    m.phone.optional = false;
    TRY(candidates_fill(w, w->in[P_PHONE].as.phone, &m));
    m.name.hint = page_msg(&w->page, MSG_PEOPLE_NAME_HINT);
    m.name.focus = m.found_n == 1;
    return people_show(w, &m, 200);
}

/* That somebody came with a number is worth knowing to whoever tries numbers: each asking is recorded. */
err write_known(struct ctx *c, const struct given *in, struct receipt *out)
{
    phone number;
    return phone_of(c->arena, in[0].text, &number).code == ERR_OK ? write_people(c, in, out) : OK;
}

err answer_known(struct web *w)
{
    bool known = false;
    phone number;
    if (phone_of(w->arena, w->in[0].text, &number).code == ERR_OK) {
        TRY(people_known(&w->ctx, number, &known));
    }
    SCOPED(buf_free) struct buf out = buf_new(1000);
    buf_put(&out, known ? page_msg(&w->page, MSG_PEOPLE_KNOWN) : S(""));
    return web_text(w, 200, S("text/plain; charset=utf-8"), &out);
}

/* ---- one of them ---- */

err write_open(struct ctx *c, const struct given *in, struct receipt *out)
{
    case_ref key;
    phone number;
    bool right;
    TRY(who_of(c->arena, in[O_WHO].text, &key, &number));
    TRY(people_open(c, &key, in[O_NAME].text, &right));
    out->note = right ? S("right") : S("wrong");
    return OK;
}

static err rows_fill(struct web *w, const case_ref *refs, size_t n, struct table_view *out)
{
    enum { COLUMNS = 4 };
    static const enum msg heads[COLUMNS] = {MSG_DESK_COL_REF, MSG_CASE_FILED, MSG_DESK_COL_SERVICE,
                                            MSG_DESK_COL_STATE};
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLUMNS);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, COLUMNS * (n + 1));
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < n; i++) {
        struct case_view v;
        struct cell_view *c = &cells[i * COLUMNS];
        TRY(case_find(&w->ctx, &refs[i], &v));
        const struct chip_view chip = state_chip(&w->page, v.state, v.flow.mark_no, true);
        c[0] = (struct cell_view){case_ref_text(w->arena, refs[i]), S("ltr"), case_url(w, &refs[i], S("")),
                                  STR_NONE};
        c[1].text = format_day(w->arena, w->lang, v.row.filed_day);
        c[2].text = v.service_name;
        c[3] = (struct cell_view){.text = chip.text, .chip = chip.kind};
        rows[i] = (struct row_view){c, COLUMNS};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_PEOPLE_CASES),
                               .caption_shown = true,
                               .columns = columns,
                               .columns_n = COLUMNS,
                               .rows = rows,
                               .rows_n = n};
    return OK;
}

/* The same page again, with what is wrong; a wrong name was counted. */
static err open_again(struct web *w, phone number)
{
    struct people_view m = {.phone = {.name = S("phone"),
                                      .label = page_msg(&w->page, MSG_NEW_PHONE),
                                      .value = phone_local(w->arena, number),
                                      .dir = S("ltr"),
                                      .type = S("tel")},
                            .draft = w->in[O_DRAFT].text};
    TRY(candidates_fill(w, number, &m));
    m.name = web_field(w, O_NAME, MSG_PEOPLE_NAME_HINT);
    m.name.optional = false;
    return people_show(w, &m, 422);
}

err answer_open(struct web *w)
{
    case_ref key;
    phone number;
    case_ref *refs;
    size_t n;
    TRY(who_of(w->arena, w->in[O_WHO].text, &key, &number));
    if (!str_eq(w->receipt.note, S("right"))) {
        web_fault(w, O_NAME, MSG_PEOPLE_NAME_WRONG);
        return open_again(w, number);
    }
    w->ctx.may_show_identity = true; /* the look is in the audit chain */
    struct case_view v;
    struct case_identity who;
    TRY(case_find(&w->ctx, &key, &v));
    TRY(case_identity(&w->ctx, &v, &who));
    TRY(people_cases(&w->ctx, &key, number, &refs, &n));
    struct person_view m = {
        .name = who.name,
        .phone = phone_local(w->arena, number),
        .hers = web_sign(w, S("hers"), who_text(w->arena, &key, number), WHO_SECONDS),
        .draft = w->in[O_DRAFT].given ? w->in[O_DRAFT].text : w->page.idem_key,
    };
    TRY(rows_fill(w, refs, n, &m.table));
    w->page.title = page_msg(&w->page, MSG_PEOPLE_TITLE);
    w->page.back = url_local(w->arena, S("/people"));
    person_page(&w->page, &m);
    return web_html(w, 200);
}

/* Nobody chosen, no name typed, or too many wrong ones. The candidates were looked at and recorded before;
 * the token that came back says so. */
err show_open(struct web *w)
{
    case_ref key;
    phone number;
    if (!w->in[O_WHO].given || who_of(w->arena, w->in[O_WHO].text, &key, &number).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/people")));
    }
    return open_again(w, number);
}

/* ---- a new matter for her ---- */

err write_again(struct ctx *c, const struct given *in, struct receipt *out)
{
    case_ref key;
    phone number;
    struct case_view v;
    struct case_identity who;
    str text;
    struct given told[F_N] = {{.given = false}};
    TRY(who_of(c->arena, in[N_HERS].text, &key, &number));
    TRY(case_find(c, &key, &v));
    const struct audit_entry e = {.event = S("identity.viewed"),
                                  .home = v.row.home,
                                  .subject_kind = S("case"),
                                  .subject_id = v.row.id,
                                  .detail = S("for=another")};
    TRY(audit_add(c, &e));
    c->may_show_identity = true;
    TRY(case_identity(c, &v, &who));
    told[F_PHONE].raw = phone_local(c->arena, number);
    told[F_NAME].raw = who.name;
    told[F_ALIAS].raw = who.alias;
    told[F_SEX].raw = v.row.sex_code;
    told[F_UNIT].raw = v.unit_code;
    told[F_WHOSE].raw = who.whose_phone;
    told[F_WHEN].raw = who.when;
    told[F_LANG].raw = v.row.lang_code;
    told[F_SPOKEN].raw = v.row.spoken_code;
    told[F_RELATION].raw = who.relation;
    told[F_RELATION_NAME].raw = who.relation_name;
    TRY(form_text(c->arena, desk_inputs, told, &text));
    out->note = in[N_DRAFT].text;
    return draft_keep(c, in[N_DRAFT].text, text);
}

err answer_again(struct web *w)
{
    return web_redirect(
        w, url_with(w->arena, url_local(w->arena, S("/cases/new")), S("draft"), w->receipt.note));
}
