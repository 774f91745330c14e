/* The look: every part in every language, as a page of its own. What is checked: elements are balanced, ids
 * are single, nothing a person typed becomes markup, no message is missing. With SUNWAI_GALLERY=DIR the pages
 * are written there, beside the assets, to be looked at in a browser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assets.h"
#include "facts.html.h"
#include "field.html.h"
#include "format.h"
#include "layout.html.h"
#include "page.h"
#include "parts.html.h"
#include "slip.html.h"
#include "table.html.h"
#include "timeline.html.h"

#define HOSTILE "</textarea></title>\"><script>alert(1)</script>&amp;'"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PAGE_MAX = 256 * 1024, OPEN_MAX = 64, IDS_MAX = 128 };

/* Texts of the samples, as the catalogue and a feature would give them. */
struct words {
    str question, tap, tap_hint, drain, light, other, phone, tehsil, what, told, agree, fault;
    str done, solved, partly, not_solved, asked;
    str stage[5], state[6], about, where, who, cases, due, number;
    str save, more;
};

static const struct words words_of[LANG_N] =
    {
        [LANG_EN] =
            {
                .question = S_INIT("What is your complaint about?"),
                .tap = S_INIT("Water supply"),
                .tap_hint = S_INIT("No water, low pressure"),
                .drain = S_INIT("Drains and sewerage"),
                .light = S_INIT("Street lights"),
                .other = S_INIT("Something else"),
                .phone = S_INIT("Mobile number"),
                .tehsil = S_INIT("Tehsil"),
                .what = S_INIT("What happened?"),
                .told = S_INIT("No water in our street for 3 days. Ward 12, near the school."),
                .agree = S_INIT("You may leave a message at this number"),
                .fault = S_INIT("Choose what it is about"),
                .done = S_INIT("We have your complaint"),
                .solved = S_INIT("Solved"),
                .partly = S_INIT("Partly solved"),
                .not_solved = S_INIT("Not solved"),
                .asked = S_INIT("Is your problem solved?"),
                .stage = {S_INIT("Received"), S_INIT("Under review"), S_INIT("In progress"),
                          S_INIT("Answered"), S_INIT("Closed")},
                .state = {S_INIT("Received"), S_INIT("In progress"), S_INIT("Waiting for you"),
                          S_INIT("Late by 3 days"), S_INIT("Solved"), S_INIT("Closed")},
                .about = S_INIT("About"),
                .where = S_INIT("Where"),
                .who = S_INIT("Women Facilitation Desk"),
                .cases = S_INIT("Cases to answer"),
                .due = S_INIT("Due date"),
                .number = S_INIT("Number"),
                .save = S_INIT("Save"),
                .more = S_INIT("Continue"),
            },
        [LANG_UR] =
            {
                .question = S_INIT("آپ کی شکایت کس بارے میں ہے؟"),
                .tap = S_INIT("پانی کی فراہمی"),
                .tap_hint = S_INIT("نل میں پانی نہیں آتا"),
                .drain = S_INIT("نالیاں اور سیوریج"),
                .light = S_INIT("گلی کی بتیاں"),
                .other = S_INIT("کچھ اور"),
                .phone = S_INIT("موبائل نمبر"),
                .tehsil = S_INIT("تحصیل"),
                .what = S_INIT("کیا ہوا؟"),
                .told = S_INIT("ہماری گلی میں 3 دن سے پانی نہیں آ رہا۔ Ward 12، سکول کے قریب۔"),
                .agree = S_INIT("اس نمبر پر پیغام چھوڑا جا سکتا ہے"),
                .fault = S_INIT("مسئلے کی قسم منتخب کریں"),
                .done = S_INIT("آپ کی شکایت موصول ہو گئی"),
                .solved = S_INIT("مسئلہ حل ہو گیا"),
                .partly = S_INIT("کچھ حل ہوا"),
                .not_solved = S_INIT("حل نہیں ہوا"),
                .asked = S_INIT("کیا آپ کا مسئلہ حل ہو گیا؟"),
                .stage = {S_INIT("موصول ہو گئی"), S_INIT("جائزہ لیا جا رہا ہے"), S_INIT("کارروائی جاری ہے"),
                          S_INIT("جواب آ گیا"), S_INIT("بند کر دی گئی")},
                .state = {S_INIT("موصول ہو گئی"), S_INIT("کارروائی جاری ہے"), S_INIT("آپ کے جواب کا انتظار"),
                          S_INIT("3 دن کی تاخیر"), S_INIT("مسئلہ حل ہو گیا"), S_INIT("بند کر دی گئی")},
                .about = S_INIT("کس بارے میں"),
                .where = S_INIT("کہاں"),
                .who = S_INIT("خواتین سہولت ڈیسک"),
                .cases = S_INIT("جواب طلب شکایات"),
                .due = S_INIT("آخری تاریخ"),
                .number = S_INIT("نمبر"),
                .save = S_INIT("محفوظ کریں"),
                .more = S_INIT("جاری رکھیں"),
            },
        [LANG_PS] =
            {
                .question = S_INIT("ستاسو شکایت د څه په اړه دی؟"),
                .tap = S_INIT("د اوبو رسول"),
                .tap_hint = S_INIT("په نل کې اوبه نه راځي"),
                .drain = S_INIT("نالۍ او سیوریج"),
                .light = S_INIT("د کوڅې څراغونه"),
                .other = S_INIT("بل څه"),
                .phone = S_INIT("د موبایل شمېره"),
                .tehsil = S_INIT("تحصیل"),
                .what = S_INIT("څه وشول؟"),
                .told = S_INIT("زموږ په کوڅه کې له ۳ ورځو راهیسې اوبه نشته. Ward 12."),
                .agree = S_INIT("په دې شمېره پیغام پرېښودل کېدای شي"),
                .fault = S_INIT("د ستونزې ډول وټاکئ"),
                .done = S_INIT("ستاسو شکایت ترلاسه شو"),
                .solved = S_INIT("ستونزه حل شوه"),
                .partly = S_INIT("لږ حل شوه"),
                .not_solved = S_INIT("حل نه شوه"),
                .asked = S_INIT("ایا ستاسو ستونزه حل شوه؟"),
                .stage = {S_INIT("ترلاسه شوه"), S_INIT("تر غور لاندې ده"), S_INIT("کار پرې روان دی"),
                          S_INIT("ځواب راغی"), S_INIT("وتړل شوه")},
                .state = {S_INIT("ترلاسه شوه"), S_INIT("کار پرې روان دی"), S_INIT("ستاسو ځواب ته انتظار"),
                          S_INIT("۳ ورځې ځنډ"), S_INIT("ستونزه حل شوه"), S_INIT("وتړل شوه")},
                .about = S_INIT("د څه په اړه"),
                .where = S_INIT("چېرته"),
                .who = S_INIT("د ښځو د اسانتیا ډیسک"),
                .cases = S_INIT("د ځواب وړ شکایتونه"),
                .due = S_INIT("وروستۍ نېټه"),
                .number = S_INIT("شمېره"),
                .save = S_INIT("خوندي کړئ"),
                .more = S_INIT("دوام ورکړئ"),
            },
};

/* ---- what a page must be ----------------------------------------------------------------------------------
 */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_void(str tag)
{
    static const char *const tags[] = {"meta", "link", "input", "br", "img", "path", "circle"};
    for (size_t i = 0; i < COUNT(tags); i++) {
        if (str_eq(tag, str_of(tags[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether each element is closed in its place; quotes are respected, so that a typed '>' cannot hide one. */
static bool balanced(str html)
{
    str open[OPEN_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < html.n; i++) {
        if (html.p[i] != '<' || (i + 1 < html.n && html.p[i + 1] == '!')) {
            continue;
        }
        const bool closing = i + 1 < html.n && html.p[i + 1] == '/';
        const size_t from = i + (closing ? 2 : 1);
        size_t to = from;
        while (to < html.n && name_char(html.p[to])) {
            to++;
        }
        const str tag = str_sub(html, from, to - from);
        bool quoted = false;
        for (i = to; i < html.n && (quoted || html.p[i] != '>'); i++) {
            quoted = html.p[i] == '"' ? !quoted : quoted;
        }
        if (tag.n == 0 || i == html.n) {
            return false;
        }
        if (closing) {
            if (depth == 0 || !str_eq(open[--depth], tag)) {
                return false;
            }
        } else if (!is_void(tag)) {
            if (depth == OPEN_MAX) {
                return false;
            }
            open[depth++] = tag;
        }
    }
    return depth == 0;
}

static size_t count(str html, const char *part)
{
    size_t n = 0;
    const size_t part_n = strlen(part);
    for (size_t i = 0; i + part_n <= html.n; i++) {
        n += memcmp(html.p + i, part, part_n) == 0;
    }
    return n;
}

static bool ids_single(str html)
{
    str ids[IDS_MAX];
    size_t ids_n = 0;
    static const char mark[] = " id=\"";
    for (size_t i = 0; i + sizeof mark < html.n; i++) {
        if (memcmp(html.p + i, mark, sizeof mark - 1) != 0) {
            continue;
        }
        str rest = str_sub(html, i + sizeof mark - 1, html.n);
        const str id = str_cut(&rest, '"');
        for (size_t k = 0; k < ids_n; k++) {
            if (str_eq(ids[k], id)) {
                return false;
            }
        }
        if (ids_n == IDS_MAX) {
            return false;
        }
        ids[ids_n++] = id;
    }
    return true;
}

/* A href="#x" or a *-describedby names an id that is there. */
static bool refs_found(str html, const char *mark)
{
    const size_t mark_n = strlen(mark);
    for (size_t i = 0; i + mark_n < html.n; i++) {
        if (memcmp(html.p + i, mark, mark_n) != 0) {
            continue;
        }
        str rest = str_sub(html, i + mark_n, html.n);
        str ids = str_cut(&rest, '"');
        while (ids.n > 0) {
            const str id = str_cut(&ids, ' ');
            char wanted[80];
            (void)snprintf(wanted, sizeof wanted, " id=\"%.*s\"", STR_F(id));
            if (id.n > 0 && count(html, wanted) != 1) {
                return false;
            }
        }
    }
    return true;
}

static void write_file(const char *dir, const char *name, str text)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
}

static void page_check(const struct page *p, const char *name)
{
    const str html = buf_str(p->out);
    assert_false(p->out->full);
    assert_false(arena_full(p->arena));
    const char *dir = getenv("SUNWAI_GALLERY");
    if (dir != NULL) {
        char file[96];
        (void)snprintf(file, sizeof file, "%s-%.*s.html", name, STR_F(lang_table[p->lang].code));
        write_file(dir, file, html);
    }
    assert_true(str_utf8(html));
    assert_true(balanced(html));
    assert_true(ids_single(html));
    assert_true(refs_found(html, "href=\"#"));
    assert_true(refs_found(html, "describedby=\""));
    assert_true(refs_found(html, "labelledby=\""));
    assert_int_equal(count(html, "<h1"), 1);
    assert_int_equal(count(html, "<main"), 1);
    assert_int_equal(count(html, "alert(1)</script>"), 0);
    assert_int_equal(count(html, " style="), 0);
    assert_int_equal(count(html, "{"), 0); /* a placeholder without its value */
}

static struct page page_sample(struct arena *a, struct buf *out, enum lang lang)
{
    return (struct page){
        .out = out,
        .arena = a,
        .lang = lang,
        .path = S("/new?about=M-WAT-01&lang=en"),
        .form_token = S("t0ken"),
        .idem_key = S("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        .helpline = S("1050"),
        .call = {S("tel:1050")},
        .back = {S("/")},
    };
}

/* ---- the pages of the gallery -----------------------------------------------------------------------------
 */

static void raw(struct page *p, const char *markup)
{
    put_raw(p, str_of(markup));
}

static void start_page(struct page *p, const struct words *w)
{
    p->title = w->question;
    p->demo = true;
    p->back = (struct url){STR_NONE};
    layout_open(p);
    raw(p, "<h1>");
    put_text(p, w->question);
    raw(p, "</h1><ul class=\"tiles\">");
    const str icons[] = {S("plus"), S("search"), S("phone"), S("desk")};
    const str texts[] = {w->tap, w->light, w->phone, w->tehsil};
    for (size_t i = 0; i < COUNT(icons); i++) {
        raw(p,
            i == 0 ? "<li><a class=\"tile first\" href=\"/new\">" : "<li><a class=\"tile\" href=\"/new\">");
        icon(p, icons[i]);
        put_text(p, texts[i]);
        raw(p, "</a></li>");
    }
    raw(p, "</ul><a class=\"quiet\" href=\"/help\">");
    icon(p, S("shield"));
    put_text(p, w->other);
    raw(p, "</a>");
    layout_close(p);
}

static void form_page(struct page *p, const struct words *w, bool wrong)
{
    const struct choice_view choices[] = {
        {.value = S("wat"), .text = w->tap, .hint = w->tap_hint, .icon = S("tap"), .chosen = !wrong},
        {.value = S("sew"), .text = w->drain, .icon = S("drain")},
        {.value = S("lgt"), .text = w->light, .icon = S("light")},
        {.value = S("oth"), .text = w->other, .icon = S("other")},
    };
    const struct page_fault faults[] = {{S("about"), w->fault}, {S("phone"), w->fault}, {STR_NONE, w->fault}};
    const str fault = wrong ? w->fault : STR_NONE;
    p->title = w->question;
    p->form_id = S("complaint");
    p->faults = faults;
    p->faults_n = wrong ? COUNT(faults) : 0;
    layout_open(p);
    step_of(p, 1, 5);
    raw(p, "<form id=\"complaint\" method=\"post\" action=\"/new\" novalidate>");
    form_hidden(p);
    field_choices(p, &(struct field_view){.name = S("about"),
                                          .label = w->question,
                                          .heading = true,
                                          .fault = fault,
                                          .choices = choices,
                                          .choices_n = COUNT(choices)});
    field_line(p, &(struct field_view){.name = S("phone"),
                                       .label = w->phone,
                                       .hint = w->tap_hint,
                                       .fault = fault,
                                       .value = wrong ? S(HOSTILE) : S("0300 1234567"),
                                       .type = S("tel"),
                                       .inputmode = S("tel"),
                                       .complete = S("tel"),
                                       .dir = S("ltr")});
    field_select(p, &(struct field_view){.name = S("tehsil"),
                                         .label = w->tehsil,
                                         .fault = fault,
                                         .choices = choices,
                                         .choices_n = COUNT(choices)});
    field_words(p, &(struct field_view){.name = S("what"),
                                        .label = w->what,
                                        .value = wrong ? S(HOSTILE) : w->told,
                                        .fault = fault,
                                        .optional = true,
                                        .rows = 3});
    field_checkbox(
        p, &(struct field_view){.name = S("message"), .label = w->agree, .value = S("1"), .fault = fault});
    raw(p, "<div class=\"buttons\"><button type=\"submit\" class=\"button\">");
    put_text(p, w->more);
    raw(p, "</button></div></form>");
    layout_close(p);
}

static void done_page(struct page *p, const struct words *w)
{
    const struct choice_view faces[] = {
        {.value = S("yes"), .text = w->solved, .icon = S("solved")},
        {.value = S("partly"), .text = w->partly, .icon = S("partly")},
        {.value = S("no"), .text = w->not_solved, .icon = S("notsolved")},
    };
    p->title = w->done;
    p->script = true;
    layout_open(p);
    panel_show(p, &(struct panel_view){.title = w->done, .ref = S("412-806-3357"), .pin = S("482913")});
    raw(p, "<p class=\"note\">");
    put_text(p, w->told);
    raw(p, "</p><div class=\"buttons\">");
    print_button(p);
    raw(p, "</div><form method=\"post\" action=\"/feedback\">");
    form_hidden(p);
    field_choices(p, &(struct field_view){.name = S("answer"),
                                          .label = w->asked,
                                          .type = S("faces"),
                                          .choices = faces,
                                          .choices_n = COUNT(faces)});
    field_choices(p, &(struct field_view){.name = S("more"),
                                          .label = w->asked,
                                          .type = S("checkbox"),
                                          .choices = faces,
                                          .choices_n = COUNT(faces)});
    raw(p, "<button type=\"submit\" class=\"button\">");
    put_text(p, w->more);
    raw(p, "</button></form>");
    layout_close(p);
}

static const str kinds[] = {S_INIT("new"),  S_INIT("busy"), S_INIT("wait"),
                            S_INIT("late"), S_INIT("done"), S_INIT("closed")};

static void track_page(struct page *p, const struct words *w)
{
    struct step_view stages[5];
    for (size_t i = 0; i < COUNT(stages); i++) {
        stages[i] = (struct step_view){.text = w->stage[i], .past = i < 2, .here = i == 2};
    }
    const struct fact_view facts[] = {
        {.name = w->about, .value = w->tap, .change = {S("/new?step=1")}},
        {.name = w->what, .value = S(HOSTILE), .dir = S("auto"), .change = {S("/new?step=2&x=\"")}},
        {.name = w->phone, .value = S("0300 1234567"), .dir = S("ltr")},
    };
    const struct timeline_row events[] = {
        {.when = format_time(p->arena, p->lang, 1773500400000),
         .what = w->stage[2],
         .who = w->who,
         .words = w->told},
        {.when = format_time(p->arena, p->lang, 1773400000000), .what = w->stage[1], .who = w->who},
        {.when = format_time(p->arena, p->lang, 1773300000000),
         .what = w->stage[0],
         .who = STR_NONE,
         .words = S(HOSTILE)},
    };
    p->title = w->about;
    layout_open(p);
    raw(p, "<h1>");
    put_text(p, w->number);
    raw(p, " <bdi class=\"ref\" dir=\"ltr\">412-806-3357</bdi></h1><p class=\"chips\">");
    for (size_t i = 0; i < COUNT(kinds); i++) {
        chip_show(p, &(struct chip_view){kinds[i], w->state[i]});
    }
    raw(p, "</p>");
    steps_show(p, &(struct steps_view){stages, COUNT(stages)});
    facts_show(p, &(struct facts_view){facts, COUNT(facts)});
    timeline_show(p, &(struct timeline_view){events, COUNT(events)});
    layout_close(p);
}

static void staff_page(struct page *p, const struct words *w, size_t rows_n)
{
    const struct page_link nav[] = {
        {.to = {S("/desk")}, .text = w->who},
        {.to = {S("/cases")}, .text = w->cases, .here = true},
        {.to = {S("/reports")}, .text = w->number},
    };
    const struct column_view columns[] = {
        {.text = w->number},
        {.text = w->about, .sort = {S("/cases?sort=about")}},
        {.text = w->where},
        {.text = w->asked, .end = true},
        {.text = w->due, .sort = {S("/cases?sort=due")}, .sorted = S("ascending")}};
    struct cell_view cells[6][5];
    struct row_view rows[6];
    for (size_t i = 0; i < COUNT(rows); i++) {
        cells[i][0] =
            (struct cell_view){.text = S("412-806-3357"), .dir = S("ltr"), .to = {S("/case/4128063357")}};
        cells[i][1] = (struct cell_view){.text = w->tap};
        cells[i][2] = (struct cell_view){.text = i == 3 ? S(HOSTILE) : w->drain, .dir = S("auto")};
        cells[i][3] = (struct cell_view){.text = w->state[i], .chip = kinds[i]};
        cells[i][4] = (struct cell_view){.text = format_day(p->arena, p->lang, 20260314 + (int64_t)i)};
        rows[i] = (struct row_view){cells[i], COUNT(cells[i])};
    }
    p->title = w->cases;
    p->staff = true;
    p->back = (struct url){STR_NONE};
    p->nav = nav;
    p->nav_n = COUNT(nav);
    p->sign_out = (struct url){S("/sign-out")};
    p->user_name = S("Shazia <b>Bibi</b>");
    p->user_office = w->who;
    layout_open(p);
    raw(p, "<h1>");
    put_text(p, w->cases);
    raw(p, "</h1>");
    table_show(p, &(struct table_view){.caption = w->cases,
                                       .columns = columns,
                                       .columns_n = COUNT(columns),
                                       .rows = rows,
                                       .rows_n = rows_n,
                                       .more = {S("/cases?after=x")}});
    raw(p, "<form method=\"post\" action=\"/desk\"><div class=\"row\">");
    field_line(
        p, &(struct field_view){.name = S("phone"), .label = w->phone, .type = S("tel"), .dir = S("ltr")});
    field_line(p,
               &(struct field_view){.name = S("name"), .label = w->who, .value = w->who, .dir = S("auto")});
    field_select(p, &(struct field_view){.name = S("tehsil"), .label = w->tehsil});
    raw(p, "</div><div class=\"buttons\"><button type=\"submit\" class=\"button\">");
    put_text(p, w->save);
    raw(p, " <kbd>Ctrl+Enter</kbd></button></div></form>");
    layout_close(p);
}

static void receipt_page(struct page *p, const struct words *w, str paper)
{
    slip_page(p, &(struct slip_view){.paper = paper,
                                     .office = w->who,
                                     .ref = S("412-806-3357"),
                                     .pin = S("482913"),
                                     .day = format_day(p->arena, p->lang, 20260314),
                                     .due = format_day(p->arena, p->lang, 20260321),
                                     .qr_path = S("M0 0h10v10H0z"),
                                     .qr_size = 10});
}

enum sample { START, FORM, WRONG, DONE, TRACK, STAFF, EMPTY, SLIP_58, SLIP_80, SLIP_A6, SAMPLES };

static const char *const sample_names[SAMPLES] = {"start", "form",  "wrong",  "done",   "track",
                                                  "staff", "empty", "slip58", "slip80", "slipa6"};

static void sample_write(struct page *p, enum sample s)
{
    const struct words *w = &words_of[p->lang];
    switch (s) {
    case START:
        start_page(p, w);
        break;
    case FORM:
        form_page(p, w, false);
        break;
    case WRONG:
        form_page(p, w, true);
        break;
    case DONE:
        done_page(p, w);
        break;
    case TRACK:
        track_page(p, w);
        break;
    case STAFF:
        staff_page(p, w, 6);
        break;
    case EMPTY:
        staff_page(p, w, 0);
        break;
    case SLIP_58:
        receipt_page(p, w, S("w58"));
        break;
    case SLIP_80:
        receipt_page(p, w, S("w80"));
        break;
    case SLIP_A6:
        receipt_page(p, w, S("a6"));
        break;
    case SAMPLES:
        break;
    }
}

/* ---- tests ------------------------------------------------------------------------------------------------
 */

struct fixture {
    struct arena *arena;
    struct buf out;
};

static int setup(void **state)
{
    struct fixture *f = mem_new(sizeof *f);
    f->arena = arena_open(1024 * 1024);
    f->out = buf_new(PAGE_MAX);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    buf_free(&f->out);
    mem_free(f);
    return 0;
}

static str sample_of(struct fixture *f, enum lang lang, enum sample s)
{
    arena_clear(f->arena);
    buf_clear(&f->out);
    struct page p = page_sample(f->arena, &f->out, lang);
    sample_write(&p, s);
    page_check(&p, sample_names[s]);
    return buf_str(&f->out);
}

static void every_page_is_sound(void **state)
{
    for (enum lang lang = LANG_EN; lang < LANG_N; lang++) {
        for (enum sample s = START; s < SAMPLES; s++) {
            (void)sample_of(*state, lang, s);
        }
    }
}

static void checks_find_what_is_wrong(void **state)
{
    (void)state;
    assert_true(balanced(S("<p a=\">\">x<input></p>")));
    assert_false(balanced(S("<p><b></p></b>")));
    assert_false(balanced(S("<p>")));
    assert_false(balanced(S("</p>")));
    assert_false(ids_single(S("<p id=\"a\"></p><p id=\"a\"></p>.")));
    assert_false(refs_found(S("<a href=\"#b\"></a><p id=\"a\"></p>."), "href=\"#"));
}

static void page_says_its_language(void **state)
{
    assert_int_equal(count(sample_of(*state, LANG_EN, FORM), "<html lang=\"en\" dir=\"ltr\">"), 1);
    assert_int_equal(count(sample_of(*state, LANG_UR, FORM), "<html lang=\"ur\" dir=\"rtl\">"), 1);
    const str ps = sample_of(*state, LANG_PS, FORM);
    assert_int_equal(count(ps, "<html lang=\"ps\" dir=\"rtl\">"), 1);
    assert_int_equal(count(ps, " - سنوايي</title>"), 1);
}

/* Enter in a field presses the first button of the form: that must not be a change of language. */
static void language_switch_keeps_what_was_typed(void **state)
{
    const str form = sample_of(*state, LANG_UR, FORM);
    assert_int_equal(
        count(form, "<button type=\"submit\" form=\"complaint\" name=\"_lang\" value=\"en\" formnovalidate"),
        1);
    assert_int_equal(count(form, "name=\"_lang\" value=\"ur\""), 0);
    assert_int_equal(count(form, "?lang="), 0);
    const char *first = memmem(form.p, form.n, "<button", 7);
    assert_non_null(first);
    assert_memory_equal(first, "<button type=\"submit\" form=\"complaint\" class=\"away\" tabindex=\"-1\"",
                        64);
    const str track = sample_of(*state, LANG_UR, TRACK);
    assert_int_equal(count(track, "href=\"/new?about=M-WAT-01&amp;lang=ps\""), 1);
    assert_int_equal(count(track, "_lang"), 0);
}

static void fault_is_linked_and_described(void **state)
{
    const str html = sample_of(*state, LANG_EN, WRONG);
    assert_int_equal(count(html, "<title>Problem: What is your complaint about? - Sunwai</title>"), 1);
    assert_int_equal(count(html, "<a href=\"#about\">Choose what it is about</a>"), 1);
    assert_int_equal(count(html, "aria-describedby=\"phone-hint phone-fault\" aria-invalid=\"true\""), 1);
    assert_int_equal(count(html, "aria-describedby=\"phone-hint\""), 0);
    assert_int_equal(count(html, "value=\"&lt;/textarea&gt;&lt;/title&gt;&quot;&gt;&lt;script&gt;"), 1);
    assert_int_equal(count(html, "/assets/app.js?v="), 1);
    assert_int_equal(count(sample_of(*state, LANG_EN, FORM), "aria-invalid"), 0);
}

static void form_carries_its_token_and_key(void **state)
{
    const str html = sample_of(*state, LANG_EN, FORM);
    assert_int_equal(count(html, "<input type=\"hidden\" name=\"_token\" value=\"t0ken\">"), 1);
    assert_int_equal(
        count(html, "<input type=\"hidden\" name=\"_key\" value=\"01ARZ3NDEKTSV4RRFFQ69G5FAV\">"), 1);
    assert_int_equal(count(html, " checked"), 2);
    assert_int_equal(count(html, "<script"), 0);
    /* signing out is a form too, without a key: doing it twice is no harm */
    assert_int_equal(count(sample_of(*state, LANG_EN, STAFF), "name=\"_token\""), 1);
}

static void state_is_told_in_words_and_shape(void **state)
{
    const str html = sample_of(*state, LANG_UR, TRACK);
    assert_int_equal(count(html, "class=\"chip late\"><svg"), 1);
    assert_int_equal(count(html, "#late\""), 1);
    assert_int_equal(count(html, "aria-current=\"step\""), 1);
    assert_int_equal(count(html, "class=\"past\""), 2);
}

static void table_names_its_cells(void **state)
{
    const str html = sample_of(*state, LANG_PS, STAFF);
    assert_int_equal(count(html, "<th scope=\"row\">"), 6);
    assert_int_equal(count(html, "data-label=\"وروستۍ نېټه\""), 6);
    assert_int_equal(count(html, "aria-sort=\"ascending\""), 1);
    assert_int_equal(count(html, "aria-current=\"page\""), 1);
    assert_int_equal(count(html, "Shazia &lt;b&gt;"), 1);
    const str empty = sample_of(*state, LANG_PS, EMPTY);
    assert_int_equal(count(empty, "<table"), 0);
    assert_int_equal(count(empty, "class=\"empty\""), 1);
}

static void receipt_tells_nothing_of_the_matter(void **state)
{
    const str html = sample_of(*state, LANG_EN, SLIP_58);
    assert_int_equal(count(html, "412-806-3357</bdi>"), 1);
    assert_int_equal(count(html, "1050"), 1);
    assert_int_equal(count(html, "Water"), 0);
    assert_int_equal(count(html, "data-print hidden"), 1);
}

static void addresses_carry_a_tag(void **state)
{
    struct fixture *f = *state;
    struct page p = page_sample(f->arena, &f->out, LANG_EN);
    assert_true(str_starts(page_asset(&p, S("site.css")).s, S("/assets/site.css?v=")));
    assert_true(page_asset(&p, S("site.css")).s.n > sizeof "/assets/site.css?v=");
    assert_true(str_eq(page_asset(&p, S("no such")).s, S("/")));
    p.path = S("/?lang=en");
    assert_true(str_eq(page_in(&p, LANG_UR).s, S("/?lang=ur")));
    p.path = S("/a?lang=en&x=1&language=2&&lang=ps");
    assert_true(str_eq(page_in(&p, LANG_UR).s, S("/a?x=1&language=2&lang=ur")));
    p.path = S("//evil.example/");
    assert_true(str_eq(page_in(&p, LANG_UR).s, S("/?lang=ur")));
    p.path = STR_NONE;
    assert_true(str_eq(page_in(&p, LANG_UR).s, S("/?lang=ur")));
}

static str asset_of(const char *name)
{
    for (size_t i = 0; i < assets_n; i++) {
        if (str_eq(assets[i].name, str_of(name))) {
            return assets[i].plain;
        }
    }
    return STR_NONE;
}

/* Every icon that the parts name is in the sprite. */
static void sprite_has_the_icons(void **state)
{
    const str sprite = asset_of("icons.svg");
    static const char mark[] = "icons.svg?v=";
    for (enum sample s = START; s < SAMPLES; s++) {
        const str html = sample_of(*state, LANG_EN, s);
        for (size_t i = 0; i + sizeof mark < html.n; i++) {
            if (memcmp(html.p + i, mark, sizeof mark - 1) != 0) {
                continue;
            }
            str rest = str_sub(html, i, 200);
            (void)str_cut(&rest, '#');
            const str id = str_cut(&rest, '"');
            char wanted[64];
            (void)snprintf(wanted, sizeof wanted, "<symbol id=\"%.*s\"", STR_F(id));
            assert_int_equal(count(sprite, wanted), 1);
        }
    }
}

/* First paint on a slow phone: page, style sheet, icons and favicon together. */
static void first_page_is_small(void **state)
{
    size_t bytes = sample_of(*state, LANG_UR, START).n; /* not even compressed */
    static const char *const names[] = {"site.css", "icons.svg", "favicon.svg"};
    for (size_t i = 0; i < COUNT(names); i++) {
        for (size_t k = 0; k < assets_n; k++) {
            if (str_eq(assets[k].name, str_of(names[i]))) {
                bytes += assets[k].gzip.n > 0 ? assets[k].gzip.n : assets[k].plain.n;
            }
        }
    }
    assert_in_range(bytes, 4000, 20 * 1024);
}

static void style_has_no_sides(void **state)
{
    (void)state;
    static const char *const banned[] = {
        "margin-left",  "margin-right",   "padding-left", "padding-right",    "border-left",
        "border-right", " left:",         " right:",      "text-align: left", "text-align: right",
        "float:",       "letter-spacing", "italic",       ":lang(",           "url("};
    const str css = asset_of("site.css");
    assert_true(css.n > 1000);
    for (size_t i = 0; i < COUNT(banned); i++) {
        assert_int_equal(count(css, banned[i]), 0);
    }
}

/* ---- contrast (WCAG 2.2, 1.4.3 and 1.4.11) ----------------------------------------------------------------
 */

static double channel(const char *hex)
{
    const char digits[3] = {hex[0], hex[1], '\0'};
    const double c = (double)strtol(digits, NULL, 16) / 255;
    /* x^2.4 for c in [0, 1] by way of x^2 * x^(2/5): five Newton steps for the fifth root of x^2 */
    if (c <= 0.04045) {
        return c / 12.92;
    }
    const double x = (c + 0.055) / 1.055;
    double root = 1;
    for (int i = 0; i < 40; i++) {
        root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root);
    }
    return x * x * root;
}

static double luminance(const char *hex)
{
    return 0.2126 * channel(hex) + 0.7152 * channel(hex + 2) + 0.0722 * channel(hex + 4);
}

static double contrast(const char *a, const char *b)
{
    const double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static void colours_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *front, *back;
        double least;
    } pairs[] = {
        {"17211d", "f8f5ee", 7},   {"17211d", "e4f0ea", 7},   {"4c5a54", "f8f5ee", 4.5},
        {"4c5a54", "ffffff", 4.5}, {"4c5a54", "e4f0ea", 4.5}, {"0b5c44", "f8f5ee", 4.5},
        {"0b5c44", "e4f0ea", 4.5}, {"ffffff", "0b5c44", 4.5}, {"ffffff", "064634", 4.5},
        {"ffffff", "a3182a", 4.5}, {"a3182a", "f8f5ee", 4.5}, {"3f2d00", "ffe9a8", 4.5},
        {"3a4540", "efece4", 4.5}, {"14406f", "e7eff8", 4.5}, {"6a4400", "fdf1d3", 4.5},
        {"8b1322", "fce9e8", 4.5}, {"17211d", "ffdf6b", 4.5}, {"66736c", "ffffff", 3},
        {"66736c", "f8f5ee", 3},   {"0b5c44", "d9d3c5", 3},
    };
    assert_true(contrast("000000", "ffffff") > 20.99 && contrast("000000", "ffffff") < 21.01);
    assert_true(contrast("777777", "ffffff") < 4.5);
    const str css = asset_of("site.css");
    for (size_t i = 0; i < COUNT(pairs); i++) {
        assert_true(contrast(pairs[i].front, pairs[i].back) >= pairs[i].least);
        assert_true(count(css, pairs[i].front) + count(css, "#fff") > 0);
    }
}

static void assets_are_beside_the_gallery(void **state)
{
    (void)state;
    const char *dir = getenv("SUNWAI_GALLERY");
    for (size_t i = 0; i < assets_n; i++) {
        assert_true(assets[i].plain.n > 0);
        if (dir != NULL) {
            char name[128];
            (void)snprintf(name, sizeof name, "assets/%.*s", STR_F(assets[i].name));
            write_file(dir, name, assets[i].plain);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(assets_are_beside_the_gallery),
        TEST(checks_find_what_is_wrong),
        TEST(every_page_is_sound),
        TEST(page_says_its_language),
        TEST(language_switch_keeps_what_was_typed),
        TEST(fault_is_linked_and_described),
        TEST(form_carries_its_token_and_key),
        TEST(state_is_told_in_words_and_shape),
        TEST(table_names_its_cells),
        TEST(receipt_tells_nothing_of_the_matter),
        TEST(addresses_carry_a_tag),
        TEST(sprite_has_the_icons),
        TEST(first_page_is_small),
        TEST(style_has_no_sides),
        TEST(colours_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
