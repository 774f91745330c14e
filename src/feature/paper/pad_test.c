/* Pads of paper forms: their numbers, what becomes of each form, and whom they are closed to. */
#include "feature_testing.h"

#include "case.h"
#include "pad.h"

struct testing_pad {
    int64_t forms;
    str code, why;
    case_ref ref;
    int64_t day;
    const char *service;
    struct case_receipt receipt;
};

static err run_order(struct ctx *c, void *arg)
{
    struct testing_pad *p = arg;
    return pad_order(c, p->forms, S("ps"), &p->code);
}
static err run_use(struct ctx *c, void *arg)
{
    struct testing_pad *p = arg;
    const struct pad_fill f = {
        .pad = p->code, .ref = p->ref, .day = p->day, .taken = S("M2"), .read_back = true};
    const struct case_new n = {.service = str_of(p->service),
                               .unit = S("PK52601"),
                               .words = S("No water"),
                               .lang = S("ps"),
                               .channel = S("desk"),
                               .sex = S("woman")};
    return pad_use(c, &f, &n, &p->receipt);
}
static err run_spoil(struct ctx *c, void *arg)
{
    const struct testing_pad *p = arg;
    return pad_spoil(c, p->code, &p->ref, p->why);
}
static err run_lose(struct ctx *c, void *arg)
{
    const struct testing_pad *p = arg;
    return pad_lose(c, p->code, p->why);
}

static struct testing_pad ordered(void)
{
    struct testing_pad p = {.forms = 10, .day = 20260601, .service = "M-WAT-01", .why = S("damaged")};
    assert_int_equal(written_as(who(DESK), run_order, &p), ERR_OK);
    p.code = arena_str(testing_now->arena, p.code);
    return p;
}

static struct q_pad_by_code pad_of(str code)
{
    struct q_pad_by_code row;
    struct ctx c = reading_as(who(DESK));
    assert_err(pad_find(&c, code, &row), ok);
    return row;
}

static case_ref form(str code, size_t at)
{
    struct q_pad_forms *rows;
    size_t n;
    case_ref ref;
    struct ctx c = reading_as(who(DESK));
    const struct q_pad_by_code row = pad_of(code);
    assert_err(pad_forms(&c, &row, &rows, &n), ok);
    assert_int_equal(n, 10);
    assert_err(case_ref_of(testing_now->arena, rows[at].ref_code, &ref), ok);
    return ref;
}

static err open_it(struct ctx *c, void *arg)
{
    struct testing_pad *p = arg;
    char pin[PIN_LEN];
    enum case_opened opened = CASE_PIN_WRONG;
    case_held_pin(c, &p->ref, pin);
    TRY(case_open_by_pin(c, &p->ref, (str){pin, PIN_LEN}, &opened));
    p->day = opened;
    return OK;
}

/* The number on the paper is the case's, and the PIN on her slip opens it, but not before it was typed. */
static void a_form_becomes_the_case_of_its_number(void **state)
{
    (void)state;
    struct testing_pad p = ordered();
    struct testing_pad her = p;
    p.ref = her.ref = form(p.code, 2);
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, open_it, &her), ERR_OK);
    assert_int_equal(her.day, CASE_PIN_AWAY);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_OK);
    assert_true(str_eq(case_ref_digits(&p.receipt.ref), case_ref_digits(&p.ref)));
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, open_it, &her), ERR_OK);
    assert_int_equal(her.day, CASE_PIN_RIGHT);
    assert_int_equal(count_of("select count(*) from cases where filed_day = 20260601"), 1);
    assert_int_equal(
        count_of("select count(*) from pad_form where form_code = 'used' and paper_day = 20260601 "
                 "and taken_text = 'M2' and form_no = 3"),
        1);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_CONFLICT); /* typed twice */
    assert_int_equal(written_as(who(DESK), run_spoil, &p), ERR_CONFLICT);
    assert_int_equal(pad_missing(&(struct q_pad_by_code){.forms_n = 10, .used_n = pad_of(p.code).used_n}), 9);

    p.ref = form(p.code, 3);
    p.day = 20260606; /* tomorrow */
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_INVALID);
    p.day = 20250101; /* too long ago to count from: filed today, the paper's day is kept */
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_OK);
    assert_int_equal(count_of("select count(*) from cases where filed_day = 20260605"), 1);
    assert_int_equal(count_of("select count(*) from pad_form where paper_day = 20250101"), 1);
    p.ref = form(p.code, 4);
    p.service = "N-DV"; /* of what is only pointed to nothing is typed */
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_INVALID);
    assert_int_equal(pad_of(p.code).used_n, 2);
}

static void what_is_struck_out_or_lost_is_nobodys(void **state)
{
    (void)state;
    struct testing_pad p = ordered();
    struct testing_pad q = ordered();
    p.ref = form(q.code, 0);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_INVALID); /* another pad's */
    p.ref = form(p.code, 0);
    assert_int_equal(written_as(who(DESK), run_spoil, &p), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_INVALID);
    p.ref = form(p.code, 1);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_OK);
    p.why = S("stolen");
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, open_it, &p), ERR_OK);
    assert_int_equal(p.day, 1);
    assert_int_equal(written_as(who(DESK), run_lose, &p), ERR_OK);
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, open_it, &p), ERR_OK);
    assert_int_equal(p.day, 0); /* whoever has the pad may have read its PINs */
    p.day = 20260601;
    assert_int_equal(written_as(who(DESK), run_lose, &p), ERR_CONFLICT);
    p.ref = form(p.code, 2);
    assert_int_equal(written_as(who(DESK), run_use, &p), ERR_INVALID);
    const struct q_pad_by_code row = pad_of(p.code);
    assert_int_equal(row.used_n, 1);
    assert_int_equal(row.spoilt_n, 1);
    assert_int_equal(row.lost_n, 8);
    assert_int_equal(pad_missing(&row), 0);
    assert_int_equal(count_of("select count(*) from case_ref_held where barred_ms is not null"), 9);
    assert_int_equal(count_of("select count(*) from audit where event_name like 'pad.%'"), 5);
}

static void pads_are_their_desks(void **state)
{
    (void)state;
    struct testing_pad p = {.forms = 9};
    struct q_pad_by_code row;
    assert_int_equal(written_as(who(DESK), run_order, &p), ERR_INVALID);
    p.forms = 101;
    assert_int_equal(written_as(who(DESK), run_order, &p), ERR_INVALID);
    p = ordered();
    for (enum testing_who i = 0; i < PEOPLE; i++) {
        struct ctx c = reading_as(who(i));
        const bool hers = i == DESK || i == DESK_2;
        assert_int_equal(pad_find(&c, p.code, &row).code == ERR_OK, hers);
    }
    p.ref = form(p.code, 0);
    assert_int_equal(written_as(who(OTHER_DESK), run_use, &p), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(OFFICER), run_use, &p), ERR_DENIED);
    /* Forms that nobody accounted for are bounded. */
    p.forms = 100;
    for (int i = 0; i < 9; i++) {
        assert_int_equal(written_as(who(DESK), run_order, &p), ERR_OK);
    }
    assert_int_equal(written_as(who(DESK), run_order, &p), ERR_LIMIT);
}

static const char *broken_by(const char *sql)
{
    struct ctx c = reading_as(who(DESK));
    struct audit_report chains;
    struct pad_report report;
    run_script(sql);
    assert_int_equal(audit_verify(&c, &chains).code, ERR_OK);
    const err e = pad_verify(&c, &chains, &report);
    assert_int_equal(e.code, report.broken == NULL ? ERR_OK : ERR_CONFLICT);
    return report.broken == NULL ? "" : report.broken;
}

/* Each change is taken back by the second script; the last two are not. */
static void numbers_of_a_pad_are_bound_to_the_chain(void **state)
{
    (void)state;
    static const struct {
        const char *change, *back, *found;
    } tampers[] = {
        {"update pad_form set ref_code = '0000000000' || ref_code where form_no = 3",
         "update pad_form set ref_code = substr(ref_code, 11) where form_no = 3", "numbers"},
        {"update pad_form set form_no = 99 where form_no = 1",
         "update pad_form set form_no = 1 where form_no = 99", "numbers"},
        {"update pad set forms_n = forms_n + 1", "update pad set forms_n = forms_n - 1", "numbers"},
        {"update pad set pad_code = 'X-' || pad_code", "update pad set pad_code = substr(pad_code, 3)",
         "numbers"},
        {"insert into pad select home, id + 1, 'more', pad_no + 1, desk_id, lang_code, forms_n, used_n,"
         " spoilt_n, lost_n, lost_code, lost_ms, made_by_id, made_ms from pad",
         "delete from pad where pad_code = 'more'", "unrecorded"},
        {"delete from pad_form where form_no = 10", "select 1", "numbers"},
        {"delete from pad_form; delete from pad", "select 1", "missing"},
    };
    enum { TAMPERS = sizeof tampers / sizeof tampers[0] };
    assert_string_equal(broken_by("select 1"), "");
    struct testing_pad p = ordered();
    assert_string_equal(broken_by("select 1"), "");
    p.ref = form(p.code, 1); /* what became of a form changes none of its numbers */
    assert_int_equal(written_as(who(DESK), run_spoil, &p), ERR_OK);
    assert_string_equal(broken_by("select 1"), "");
    for (size_t i = 0; i < TAMPERS; i++) {
        const char *found = broken_by(tampers[i].change);
        if (strcmp(found, tampers[i].found) != 0) {
            fail_msg("%s: found \"%s\"", tampers[i].change, found);
        }
        assert_true(i + 2 >= TAMPERS || *broken_by(tampers[i].back) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_form_becomes_the_case_of_its_number),
        FEATURE_TEST(what_is_struck_out_or_lost_is_nobodys),
        FEATURE_TEST(pads_are_their_desks),
        FEATURE_TEST(numbers_of_a_pad_are_bound_to_the_chain),
    };
    return FEATURE_TESTS(tests);
}
