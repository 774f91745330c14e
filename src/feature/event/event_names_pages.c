/* event_names_pages.c: the roster by names, which only the desk of the district reads. */
#include "event_day.html.h"
#include "event_day_pages.h"
#include "format.h"
#include "paper.h"

const struct input names_inputs[NAMES_INPUTS] = {
    [N_CODE] = EVENT_CODE_INPUT,
    [N_NAME] = {"name", IN_LINE, MSG_DAY_NAMES_NAME, CASE_NAME_MAX},
    [N_ROLE] = {"role", IN_CHOICE, MSG_DAY_ROSTER_WHO, .choices = event_role_codes},
    [N_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .choices = event_sex_codes},
    [N_PHONE] = {"phone", IN_PHONE, MSG_DAY_NAMES_PHONE},
    [N_OFFICE] = {"office", IN_CODE, MSG_DAY_OFFICE},
    [N_SPOKE] = {"spoke", IN_FLAG, MSG_DAY_SPOKE},
    [N_SPOKE_NO] = {"spoke_no", IN_NUMBER, MSG_DAY_SPOKE, DAY_NAMES_MAX},
    [N_REMOVE_NO] = {"remove_no", IN_NUMBER, MSG_DAY_NAMES_REMOVE, DAY_NAMES_MAX},
    [N_DEVICE] = {"device", IN_CODE, MSG_DAY_DEVICE, DAY_DEVICE_MAX},
    [N_RECORD] = {"record", IN_CODE, MSG_DAY_RECORD, 64},
    [N_SAME_NO] = {"same_no", IN_NUMBER, MSG_DAY_TWIN_SAME, DAY_NAMES_MAX},
    [N_APART_NO] = {"apart_no", IN_NUMBER, MSG_DAY_TWIN_TWO, DAY_NAMES_MAX},
    [N_AS_NO] = {"as_no", IN_NUMBER, MSG_DAY_TWIN_SAME, DAY_NAMES_MAX},
};

err write_name(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no;
    const struct day_person n = {
        .role = day_given(&in[N_ROLE]),
        .sex = day_given(&in[N_SEX]),
        .name = day_given(&in[N_NAME]),
        .phone = in[N_PHONE].given ? in[N_PHONE].as.phone : (phone){.e164 = STR_NONE},
        .office = day_given(&in[N_OFFICE]),
        .spoke = in[N_SPOKE].given && in[N_SPOKE].n == 1,
        .from = {day_given(&in[N_DEVICE]), day_given(&in[N_RECORD])},
    };
    (void)out;
    TRY(day_event(c, in, &v));
    return day_person_add(c, &v, &n, &no);
}

err write_name_change(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    (void)out;
    TRY(day_event(c, in, &v));
    if (in[N_SAME_NO].given && in[N_AS_NO].given) {
        return day_person_same(c, &v, in[N_SAME_NO].n, in[N_AS_NO].n);
    }
    if (in[N_APART_NO].given && in[N_AS_NO].given) {
        return day_person_apart(c, &v, in[N_APART_NO].n, in[N_AS_NO].n);
    }
    if (in[N_REMOVE_NO].given) {
        return day_person_remove(c, &v, in[N_REMOVE_NO].n);
    }
    return in[N_SPOKE_NO].given ? day_person_spoke(c, &v, in[N_SPOKE_NO].n, true) : OK;
}

err answer_names(struct web *w)
{
    return day_back(w, S("/names"));
}

static err twins_fill(struct web *w, const struct event_view *v, const struct day_name *names,
                      struct names_view *m)
{
    struct day_twin *found;
    struct q_event_person_same_list *same;
    size_t n;
    size_t same_n;
    TRY(day_twins(&w->ctx, v, names, m->rows_n, &found, &n));
    TRY(q_event_person_same_list(w->ctx.db, w->arena, v->row.home, v->row.id, &same, &same_n));
    struct twin_row *twins = arena_array_of(w->arena, struct twin_row, n + 1);
    str *lines = arena_array_of(w->arena, str, same_n + 1);
    if (twins == NULL || lines == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        twins[i] = (struct twin_row){m->rows[found[i].first], m->rows[found[i].second]};
    }
    for (size_t i = 0; i < same_n; i++) {
        const struct msg_arg args[] = {{"no", format_number(w->arena, w->lang, same[i].person_no)},
                                       {"head", format_number(w->arena, w->lang, same[i].head_no)}};
        lines[i] = page_msg_args(&w->page, MSG_DAY_TWIN_IS, 0, args, 2);
    }
    m->twins = twins;
    m->twins_n = n;
    m->same = lines;
    m->same_n = same_n;
    m->may_twins = m->top.may || (v->state == EVENT_CLOSED && event_may(&w->ctx, v, EVENT_BRING));
    return OK;
}

static err rows_fill(struct web *w, const struct event_view *v, struct names_view *m)
{
    struct day_name *names;
    size_t n;
    TRY(day_people(&w->ctx, v, &names, &n));
    struct name_row *rows = arena_array_of(w->arena, struct name_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct day_name *from = &names[i];
        const phone number = {.e164 = from->phone};
        rows[i] = (struct name_row){
            .no = from->row.person_no,
            .name = from->name,
            .phone = from->phone.n > 0 ? phone_local(w->arena, number) : S(""),
            .role = event_words_of(&w->page, event_role_words, EVENT_role_n, from->row.role_code),
            .sex = event_words_of(&w->page, event_sex_words, EVENT_sex_n, from->row.sex_code),
            .office = from->row.office_text,
            .spoke = from->row.spoke_flag != 0,
        };
    }
    m->rows = rows;
    m->rows_n = n;
    m->hidden = n > 0 && !w->ctx.may_show_identity;
    return twins_fill(w, v, names, m);
}

static err form_fill(struct web *w, const struct event_view *v, struct names_view *m)
{
    m->name = web_field(w, N_NAME, MSG_NONE);
    m->name.focus = true;
    m->name.optional = false;
    m->phone = web_field(w, N_PHONE, MSG_NONE);
    m->role = web_field(w, N_ROLE, MSG_NONE);
    m->sex = web_field(w, N_SEX, MSG_NONE);
    m->office = web_field(w, N_OFFICE, MSG_NONE);
    m->spoke = web_field(w, N_SPOKE, MSG_NONE);
    m->role.optional = m->sex.optional = false;
    TRY(choices_words(w, N_ROLE, event_role_words, EVENT_role_n, S("citizen"), &m->role));
    TRY(choices_words(w, N_SEX, event_sex_words, EVENT_sex_n, S("woman"), &m->sex));
    return day_offices(w, v, N_OFFICE, &m->office);
}

err show_names(struct web *w)
{
    struct event_view v;
    struct names_view m = {.hidden = false};
    TRY(day_top(w, MSG_DAY_NAMES_TITLE, &v, &m.top));
    m.post = event_url(w, v.row.event_code, S("/names"));
    m.change = event_url(w, v.row.event_code, S("/names/change"));
    m.print = event_url(w, v.row.event_code, S("/names/print"));
    w->page.back = event_url(w, v.row.event_code, S("/roster"));
    TRY(rows_fill(w, &v, &m));
    TRY(form_fill(w, &v, &m));
    names_page(&w->page, &m);
    return web_html(w, 200);
}

/* A sheet to sign: who is on the roster, and lines for those who come later. */
static void sheet_rows(struct web *w, struct paper_draft *d, const struct names_view *m)
{
    enum { EMPTY_LINES = 15, COLUMNS = 4 };
    struct paper_words heads[COLUMNS] = {
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_SHEET_NO)),
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_NAMES_NAME)),
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_ROSTER_WHO)),
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_SHEET_SIGNATURE)),
    };
    heads[1].share = heads[3].share = 4;
    heads[2].share = 3;
    paper_table(d, heads, COLUMNS);
    for (size_t i = 0; i < m->rows_n + EMPTY_LINES; i++) {
        const bool there = i < m->rows_n;
        const struct paper_words cells[COLUMNS] = {
            paper_figure(w->lang, format_number(w->arena, w->lang, (int64_t)i + 1)),
            paper_said(w->lang, there ? m->rows[i].name : S("")),
            paper_in(w->lang, there ? m->rows[i].role : S("")),
            paper_in(w->lang, S("")),
        };
        paper_row(d, cells, COLUMNS);
    }
}

err show_names_print(struct web *w)
{
    struct event_view v;
    struct names_view m = {.hidden = false};
    struct paper_draft d;
    const struct paper *sheet;
    TRY(day_top(w, MSG_DAY_NAMES_TITLE, &v, &m.top));
    TRY(rows_fill(w, &v, &m));
    paper_begin(&d, w->arena, w->lang, PAPER_A4, 0, page_msg(&w->page, MSG_DAY_SHEET_TITLE));
    TRY(day_paper_facts(w, &v, &d));
    sheet_rows(w, &d, &m);
    TRY(paper_done(&d, &sheet));
    TRY(paper_html(&w->page, sheet, &(struct paper_ways){.pdf = {S("")}}));
    w->page.back = event_url(w, v.row.event_code, S("/names"));
    return web_html(w, 200);
}
