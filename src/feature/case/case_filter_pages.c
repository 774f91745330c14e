/* case_filter_pages.c: from inputs to a filter, from a filter to an address and to words. */
#include "case_filter.h"

#include "case_list.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *const choices_list_state[] = {
    "open",        "any",        "registered",         "assigned",
    "in_progress", "info_asked", "awaiting_answer",    "solved",
    "partly",      "not_solved", "closed_unconfirmed", "reopened",
    "withdrawn",   "rejected",   "handed_over",        NULL,
};
enum { STATE_OPEN, STATE_ANY, STATE_FIRST };
const char *const choices_list_reason[] = {"any",           "no_funds", "court_stay", "higher_approval",
                                           "not_technical", NULL};
const char *const choices_list_due[] = {"late", "today", "week", NULL};
const char *const choices_list_sort[] = {"due", "newest", NULL};

static const struct {
    const char *code;
    enum case_mark bit;
    enum msg text;
} marks[] = {
    {"asked", MARK_ASKED, MSG_LIST_MARK_ASKED},
    {"answered", MARK_ANSWERED, MSG_LIST_MARK_ANSWERED},
    {"reopened", MARK_REOPENED, MSG_LIST_MARK_REOPENED},
    {"handed_over", MARK_HANDED_OVER, MSG_LIST_MARK_HANDED_OVER},
    {"rejected", MARK_REJECTED, MSG_LIST_MARK_REJECTED},
    {"reported_by_programme", MARK_REPORTED, MSG_STATE_REPORTED},
};
const char *const choices_list_mark[] = {
    "asked", "answered", "reopened", "handed_over", "rejected", "reported_by_programme", NULL};

err filter_of(struct web *w, bool open_first, struct case_filter *out)
{
    const struct given *in = w->in;
    int64_t after[2] = {0, 0};
    if (in[L_AFTER].given) {
        TRY(web_cursor_keys(w, L_AFTER, after, COUNT(after)));
    }
    const bool state_asked = in[L_STATE].given;
    *out = (struct case_filter){
        .state = {state_asked && in[L_STATE].n >= STATE_FIRST, in[L_STATE].n - STATE_FIRST},
        .kind = in[L_KIND].text,
        .service = in[L_SERVICE].text,
        .unit = in[L_UNIT].text,
        .office = in[L_OFFICE].text,
        .officer = in[L_OFFICER].text,
        .reason = in[L_REASON].text,
        .sex = in[L_SEX].text,
        .words = in[L_WORDS].text,
        .open = state_asked ? in[L_STATE].n == STATE_OPEN : open_first && !in[L_WORDS].given,
        .due = in[L_DUE].given ? DUE_LATE + (enum case_due)in[L_DUE].n : DUE_ANY,
        .unassigned = in[L_UNASSIGNED].n == 1,
        .returned = in[L_RETURNED].n == 1,
        .unseen = in[L_NEW].n == 1,
        .marks = in[L_MARK].given ? (unsigned)marks[in[L_MARK].n].bit : 0,
        .from_month = in[L_FROM].n,
        .to_month = in[L_TO].n,
        .min_age_days = in[L_OLDER].n,
        .newest = in[L_SORT].given && in[L_SORT].n == 1,
        .after_due_ms = after[0],
        .after_id = after[1],
    };
    return OK;
}

bool filter_is_phone(struct arena *a, str typed)
{
    phone number;
    case_ref ref;
    return typed.n > 0 && case_ref_of(a, typed, &ref).code != ERR_OK &&
           phone_of(a, typed, &number).code == ERR_OK;
}

/* ---- as an address ---- */

static struct url with_text(struct arena *a, struct url u, const char *name, str value)
{
    return value.n > 0 ? url_with(a, u, str_of(name), value) : u;
}

static struct url with_number(struct arena *a, struct url u, const char *name, int64_t value)
{
    return value != 0 ? url_with(a, u, str_of(name), arena_printf(a, "%lld", (long long)value)) : u;
}

static str state_code(const struct case_filter *f)
{
    const size_t at = f->state.given ? (size_t)(STATE_FIRST + f->state.v) : f->open ? STATE_OPEN : STATE_ANY;
    return str_of(choices_list_state[at]);
}

static enum case_due due_of(const struct case_filter *f)
{
    return f->late ? DUE_LATE : f->due;
}

struct url filter_url(struct arena *a, str path, const struct case_filter *f)
{
    struct url u = url_local(a, path);
    u = with_text(a, u, "q", f->words);
    u = with_text(a, u, "status", state_code(f));
    u = with_text(a, u, "kind", f->kind);
    u = with_text(a, u, "service", f->service);
    u = with_text(a, u, "unit", f->unit);
    u = with_text(a, u, "office", f->office);
    u = with_text(a, u, "officer", f->officer);
    u = with_text(a, u, "reason", f->reason);
    u = with_text(a, u, "sex", f->sex);
    if (due_of(f) != DUE_ANY) {
        u = with_text(a, u, "due", str_of(choices_list_due[due_of(f) - DUE_LATE]));
    }
    u = with_number(a, u, "older", f->min_age_days);
    u = with_number(a, u, "unassigned", f->unassigned);
    u = with_number(a, u, "returned", f->returned);
    u = with_number(a, u, "new", f->unseen);
    for (size_t i = 0; i < COUNT(marks); i++) {
        u = with_text(a, u, "mark", (f->marks & marks[i].bit) != 0 ? str_of(marks[i].code) : STR_NONE);
    }
    u = with_number(a, u, "from", f->from_month);
    u = with_number(a, u, "to", f->to_month);
    return with_text(a, u, "sort", f->newest ? S("newest") : STR_NONE);
}

struct url filter_next(struct web *w, struct url u, const struct q_case_list *last)
{
    const int64_t keys[] = {last->due_ms, last->subject_id};
    return url_with(w->arena, u, S("after"), web_cursor(w, keys, COUNT(keys)));
}

/* ---- in words ---- */

static str set_words(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg text = case_word_of(words, n, code);
    return text == MSG_NONE ? S("") : page_msg(p, text);
}

str reason_words(const struct page *p, str code)
{
    return set_words(p, case_reason_words, CASE_reason_n, code);
}

str kind_words(const struct page *p, str code)
{
    return set_words(p, case_kind_words, CASE_kind_n, code);
}

bool filter_asks(const struct case_filter *f)
{
    return f->words.n > 0 || f->service.n > 0 || f->unit.n > 0 || f->kind.n > 0 || f->office.n > 0 ||
           f->officer.n > 0 || f->reason.n > 0 || f->sex.n > 0 || due_of(f) != DUE_ANY ||
           f->min_age_days > 0 || f->unassigned || f->returned || f->unseen || f->marks != 0 ||
           f->from_month != 0 || f->to_month != 0 || f->state.given;
}

static void add(struct web *w, str *io, str more)
{
    if (more.n > 0) {
        *io = io->n == 0 ? more : arena_printf(w->arena, "%.*s · %.*s", STR_F(*io), STR_F(more));
    }
}

static void add_if(struct web *w, str *io, bool given, enum msg text)
{
    if (given) {
        add(w, io, page_msg(&w->page, text));
    }
}

static err add_names(struct web *w, const struct case_filter *f, str *io)
{
    struct q_service_by_code service;
    struct q_place_by_code unit;
    struct q_office_by_code office;
    struct account officer;
    str name;
    if (f->service.n > 0 && catalogue_find(&w->ctx, f->service, &service).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("service"), service.id, &name));
        add(w, io, name);
    }
    if (f->unit.n > 0 && place_find(&w->ctx, f->unit, &unit).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("unit"), unit.id, &name));
        add(w, io, name);
    }
    if (f->office.n > 0 &&
        q_office_by_code(w->ctx.db, w->arena, f->office, local_day(w->ctx.now_ms), &office).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("body"), office.id, &name));
        add(w, io, name);
    }
    if (f->officer.n > 0 && account_find(&w->ctx, f->officer, &officer).code == ERR_OK) {
        add(w, io, officer.name);
    }
    return OK;
}

static void add_months(struct web *w, const struct case_filter *f, str *io)
{
    const struct msg_arg args[] = {{"from", format_month(w->arena, w->lang, f->from_month)},
                                   {"to", format_month(w->arena, w->lang, f->to_month)}};
    if (f->from_month != 0 && f->to_month != 0) {
        add(w, io, page_msg_args(&w->page, MSG_LIST_MONTHS, 0, args, COUNT(args)));
    } else if (f->from_month != 0) {
        add(w, io, page_msg_args(&w->page, MSG_LIST_MONTHS_SINCE, 0, &args[0], 1));
    } else if (f->to_month != 0) {
        add(w, io, page_msg_args(&w->page, MSG_LIST_MONTHS_UNTIL, 0, &args[1], 1));
    }
}

err filter_words(struct web *w, const struct case_filter *f, str *out)
{
    static const enum msg dues[] = {
        [DUE_LATE] = MSG_LIST_DUE_LATE, [DUE_TODAY] = MSG_LIST_DUE_TODAY, [DUE_WEEK] = MSG_LIST_DUE_WEEK};
    const struct page *p = &w->page;
    const bool any_reason = str_eq(f->reason, S("any"));
    str words = f->state.given ? state_words(p, (unsigned)f->state.v, 0, true)
                : f->open      ? page_msg(p, MSG_DESK_FILTER_OPEN)
                               : S("");
    add(w, &words, kind_words(p, f->kind));
    TRY(add_names(w, f, &words));
    if (due_of(f) != DUE_ANY) {
        add(w, &words, page_msg(p, dues[due_of(f)]));
    }
    if (f->min_age_days > 0) {
        const struct msg_arg days = {"days", format_number(w->arena, w->lang, f->min_age_days)};
        add(w, &words, page_msg_args(p, MSG_LIST_OLDER_THAN, f->min_age_days, &days, 1));
    }
    add(w, &words, any_reason ? page_msg(p, MSG_LIST_REASON_ANY) : reason_words(p, f->reason));
    add(w, &words, sex_words(p, f->sex));
    add_if(w, &words, f->unassigned, MSG_LIST_UNASSIGNED);
    add_if(w, &words, f->returned, MSG_LIST_RETURNED);
    add_if(w, &words, f->unseen, MSG_LIST_NEW);
    for (size_t i = 0; i < COUNT(marks); i++) {
        add_if(w, &words, (f->marks & marks[i].bit) != 0, marks[i].text);
    }
    add_months(w, f, &words);
    if (f->words.n > 0) {
        const struct msg_arg said = {"words", page_isolate(p, f->words)};
        add(w, &words, page_msg_args(p, MSG_LIST_WORDS, 0, &said, 1));
    }
    *out = words.n > 0 ? words : page_msg(p, MSG_DESK_FILTER_ANY);
    return OK;
}
