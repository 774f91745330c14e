/* The day of an event: who came, what they need, who is heard, what was answered; and what comes twice. */
#include "case_testing.h"

#include "audit.h"
#include "event_day_inside.h"

/* Run with day->v found anew, in the job that writes. */
struct day {
    str code;
    struct event_view v;
    struct day_count count;
    struct day_person person;
    struct day_margin margin;
    struct day_need need;
    struct case_new told;
    struct day_record from;
    struct day_answer answer;
    struct case_receipt receipt;
    case_ref ref;
    str text;
    int64_t no, as, women, others, told_ms;
    bool planned; /* and not opened */
};

static err run_plan(struct ctx *c, void *arg)
{
    struct day *d = arg;
    const struct event_new n = {
        .at = {.unit = S("PK52602"),
               .venue = S("School"),
               .venue_kind = S("school"),
               .day = local_day(c->now_ms),
               .from_min = 600,
               .to_min = 800,
               .female_from = SOME(INT64_C(660)),
               .female_to = SOME(INT64_C(780))},
        .kind = S("khuli_kacheri"),
        .audience = S("mixed"),
        .title = S("Open court"),
        .seating = S("chairs"),
        .chair = S("ADC"),
        .why = S("Asked for by the women of Pabbi"),
    };
    TRY(event_plan(c, &n, &d->code));
    return d->planned ? OK : event_open(c, d->code);
}

static struct day made(bool planned)
{
    struct day d = {.code = STR_NONE, .planned = planned};
    const enum err_code e = written_as(who(DESK), run_plan, &d);
    if (e != ERR_OK) {
        fail_msg("planning: %s, %s %s", err_name((err){e}), testing_now->fail.log,
                 testing_now->fail.field == NULL ? "" : testing_now->fail.field);
    }
    return d;
}

static struct day opened(void)
{
    return made(false);
}

#define DAY_RUN(name, ...)                          \
    static err run_##name(struct ctx *c, void *arg) \
    {                                               \
        struct day *d = arg;                        \
        TRY(event_find(c, d->code, &d->v));         \
        return __VA_ARGS__;                         \
    }
DAY_RUN(count, day_count(c, &d->v, &d->count))
DAY_RUN(person, day_person_add(c, &d->v, &d->person, &d->no))
DAY_RUN(remove, day_person_remove(c, &d->v, d->no))
DAY_RUN(spoke, day_person_spoke(c, &d->v, d->no, true))
DAY_RUN(margin, day_margin(c, &d->v, &d->margin))
DAY_RUN(need, day_need_add(c, &d->v, &d->need, &d->no))
DAY_RUN(plus, day_need_plus(c, &d->v, d->no, d->women, d->others, &d->from))
DAY_RUN(hands, day_need_hands(c, &d->v, d->no, d->women))
DAY_RUN(same, day_need_same(c, &d->v, d->no, d->as))
DAY_RUN(take, day_token_take(c, &d->v, d->text, &d->no))
DAY_RUN(set, day_token_set(c, &d->v, d->no, d->text))
DAY_RUN(capture, day_capture(c, &d->v, &d->told, d->no, &d->from, &d->receipt))
DAY_RUN(answer, day_answer(c, &d->v, &d->ref, &d->answer))
DAY_RUN(hers, day_her_answer(c, &d->v, &d->ref, d->text, &d->from))
DAY_RUN(bring, day_bring(c, d->code, S("D7K3Q"), d->told_ms))
DAY_RUN(same_person, day_person_same(c, &d->v, d->no, d->as))
DAY_RUN(apart, day_person_apart(c, &d->v, d->no, d->as))
DAY_RUN(lease, day_tokens_lease(c, &d->v, S("D7K3Q"), 5, &d->no))
DAY_RUN(token, day_token_bring(c, &d->v, &d->from, d->no, S("woman"), S("heard")))
#define DO_AS(w, d, name) written_as(who(w), run_##name, d)
#define DO(d, name) DO_AS(DESK, d, name)

static enum err_code counted(struct day *d, const char *role, const char *sex, int64_t people, int64_t spoke)
{
    d->count = (struct day_count){
        .role = str_of(role), .sex = str_of(sex), .people = people, .spoke = spoke, .from = d->from};
    return DO(d, count);
}

static struct ctx reader_at(struct day *d, enum testing_who w)
{
    struct ctx c = reading_as(who(w));
    assert_err(event_find(&c, d->code, &d->v), ok);
    return c;
}

static struct event_cells cells_of(struct day *d)
{
    struct event_cells cells;
    struct ctx c = reader_at(d, DESK);
    assert_err(event_cells(&c, d->v.row.home, d->v.row.id, &cells), ok);
    return cells;
}

static int64_t women_of(struct day *d)
{
    return cells_of(d).at[EVENT_role_citizen][EVENT_sex_woman].people;
}

/* ---- the roster ---- */

static void one_more_and_one_less(void **state)
{
    (void)state;
    struct day d = opened();
    for (int i = 0; i < 3; i++) {
        assert_done(counted(&d, "citizen", "woman", 1, 0));
    }
    assert_done(counted(&d, "citizen", "woman", -1, 0));
    assert_done(counted(&d, "citizen", "woman", 0, 1));
    assert_done(counted(&d, "official", "man", 1, 0));
    const struct event_cells cells = cells_of(&d);
    assert_int_equal(cells.at[EVENT_role_citizen][EVENT_sex_woman].people, 2);
    assert_int_equal(cells.at[EVENT_role_citizen][EVENT_sex_woman].spoke, 1);
    assert_int_equal(cells.all.people, 3);
    assert_refused(counted(&d, "citizen", "man", -1, 0), CONFLICT, DAY_COUNT_NONE);
    assert_refused(counted(&d, "citizen", "woman", -2, 0), CONFLICT, DAY_SPOKE_MORE);
    assert_refused(counted(&d, "citizen", "woman", 0, 2), CONFLICT, DAY_SPOKE_MORE);
    assert_refused(counted(&d, "citizen", "woman", 0, 0), INVALID, DAY_COUNT_ODD);
    assert_refused(counted(&d, "citizen", "woman", 201, 0), INVALID, DAY_COUNT_ODD);
    assert_refused(counted(&d, "minister", "woman", 1, 0), INVALID, DAY_ROLE_NEEDED);
    assert_int_equal(cells_of(&d).all.people, 3);
}

static void by_sight_nobody_is_called_transgender(void **state)
{
    (void)state;
    struct day d = opened();
    assert_refused(counted(&d, "citizen", "transgender", 1, 0), INVALID, DAY_SIGHT_ONLY);
    assert_refused(counted(&d, "citizen", "", 1, 0), INVALID, DAY_SIGHT_ONLY);
    assert_done(counted(&d, "citizen", "not_stated", 1, 0));
}

static void two_tablets_add_up_and_a_record_counts_once(void **state)
{
    (void)state;
    struct day d = opened();
    assert_done(counted(&d, "citizen", "woman", 5, 0));
    d.from = (struct day_record){S("tablet-1"), S("01JZ0000000000000000000001")};
    assert_done(counted(&d, "citizen", "woman", 7, 0));
    assert_done(counted(&d, "citizen", "woman", 7, 0)); /* sent again */
    assert_int_equal(women_of(&d), 12);
    assert_refused(counted(&d, "citizen", "woman", 8, 0), CONFLICT, DAY_RECORD_OTHER);
    d.from = (struct day_record){S("tablet-2"), S("01JZ0000000000000000000002")};
    assert_done(counted(&d, "citizen", "woman", 1, 0));
    assert_int_equal(women_of(&d), 13);
    d.from = (struct day_record){S("tablet-2"), S("01JZ0000000000000000000003")};
    assert_refused(counted(&d, "citizen", "woman", -2, 0), CONFLICT,
                   DAY_COUNT_NONE); /* others counted those */
    assert_int_equal(women_of(&d), 13);
}

static void only_an_open_day_is_recorded_and_by_whom(void **state)
{
    (void)state;
    struct day d = opened();
    d.count = (struct day_count){.role = S("citizen"), .sex = S("woman"), .people = 1};
    assert_int_equal(DO_AS(OFFICER, &d, count), ERR_NOT_FOUND);
    assert_int_equal(DO_AS(OTHER_DESK, &d, count), ERR_NOT_FOUND);
    assert_int_equal(DO_AS(ADMIN, &d, count), ERR_NOT_FOUND);
    assert_done(DO_AS(SUPERVISOR, &d, count));
    run_script("update flow set flow_state = 2 where kind_no = 3");
    assert_refused(DO(&d, count), CONFLICT, EVENT_NOT_OPEN);
    assert_int_equal(women_of(&d), 1);
}

static void named(struct day *d, const char *name, const char *number)
{
    d->person = (struct day_person){.role = S("citizen"), .sex = S("woman"), .name = str_of(name)};
    if (number != NULL) {
        assert_err(phone_of(testing_now->arena, str_of(number), &d->person.phone), ok);
    }
}

static void names_are_counted_and_only_the_desk_reads_them(void **state)
{
    (void)state;
    struct day d = opened();
    assert_done(counted(&d, "citizen", "woman", 9, 0));
    named(&d, "Zarmina Canary", "0300 7654321");
    assert_done(DO(&d, person));
    assert_int_equal(women_of(&d), 1); /* from names now */
    assert_refused(counted(&d, "citizen", "woman", 1, 0), CONFLICT, DAY_COUNT_NAMED);
    assert_refused(DO(&d, person), CONFLICT, DAY_PERSON_THERE);
    named(&d, " ", NULL);
    assert_refused(DO(&d, person), INVALID, DAY_NAME_NEEDED);

    struct day_name *rows;
    size_t n;
    struct ctx c = reader_at(&d, DESK);
    assert_err(day_people(&c, &d.v, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].name.n, 0); /* the look was not recorded */
    c.may_show_identity = true;
    assert_err(day_people(&c, &d.v, &rows, &n), ok);
    assert_true(str_eq(rows[0].name, S("Zarmina Canary")));
    assert_true(str_eq(rows[0].phone, S("+923007654321")));
    c = reader_at(&d, SUPERVISOR);
    c.may_show_identity = true;
    assert_err(day_people(&c, &d.v, &rows, &n), ok);
    assert_int_equal(rows[0].name.n + rows[0].phone.n, 0);
    assert_false(file_holds("sunwai.db", S("Canary")));

    d.no = 1;
    assert_done(DO(&d, spoke));
    assert_int_equal(cells_of(&d).at[EVENT_role_citizen][EVENT_sex_woman].spoke, 1);
    assert_done(DO(&d, remove));
    assert_int_equal(count_of("select count(*) from event_person_index"), 0);
    assert_int_equal(women_of(&d), 9); /* the counted ones again */
}

static void what_is_told_in_private_never_exceeds_those_who_came(void **state)
{
    (void)state;
    struct day d = opened();
    assert_done(counted(&d, "citizen", "woman", 2, 0));
    d.margin =
        (struct day_margin){.role = S("citizen"), .margin = S("age"), .value = S("18_29"), .people = 1};
    assert_done(DO(&d, margin));
    d.margin.value = S("60_over");
    assert_done(DO(&d, margin));
    assert_refused(DO(&d, margin), CONFLICT, DAY_MARGIN_MORE);
    assert_refused(counted(&d, "citizen", "woman", -1, 0), CONFLICT, DAY_MARGIN_KEEPS);
    d.margin =
        (struct day_margin){.role = S("citizen"), .margin = S("disability"), .value = S("yes"), .people = 2};
    assert_done(DO(&d, margin)); /* another kind of thing */
    d.margin.people = -3;
    assert_refused(DO(&d, margin), CONFLICT, DAY_COUNT_NONE);
    d.margin.value = S("lame");
    assert_refused(DO(&d, margin), INVALID, DAY_MARGIN_NEEDED);
    d.margin =
        (struct day_margin){.role = S("official"), .margin = S("minority"), .value = S("yes"), .people = 1};
    assert_refused(DO(&d, margin), CONFLICT, DAY_MARGIN_MORE);
}

/* ---- needs ---- */

static void needed(struct day *d, const char *words, int64_t women)
{
    d->need = (struct day_need){.words = str_of(words), .women = women};
    assert_done(DO(d, need));
}

static void needs_are_ranked_by_the_women(void **state)
{
    (void)state;
    struct day d = opened();
    struct q_event_need_list *rows;
    size_t n;
    needed(&d, "Street lights", 3);
    needed(&d, "Water", 8);
    needed(&d, "A tap near the school", 11);
    d.no = 1;
    d.others = 40;
    assert_done(DO(&d, plus)); /* forty men weigh less than one woman more */
    struct ctx c = reader_at(&d, DESK);
    assert_err(day_needs(&c, &d.v, &rows, &n), ok);
    assert_int_equal(rows[0].need_no, 3);
    assert_int_equal(rows[2].need_no, 1);
    d.no = 3;
    d.as = 2;
    assert_done(DO(&d, same));
    c = reader_at(&d, DESK);
    assert_err(day_needs(&c, &d.v, &rows, &n), ok);
    assert_int_equal(rows[0].need_no, 2);
    assert_int_equal(rows[0].women_n, 11); /* not 19: the same hands may have been raised */
    assert_int_equal(rows[1].need_no, 3);
    assert_int_equal(rows[1].head_no, 2);
    d.as = 3;
    d.no = 2;
    assert_refused(DO(&d, same), CONFLICT, DAY_NEED_ITSELF);
    d.as = 77;
    assert_refused(DO(&d, same), INVALID, DAY_NEED_UNKNOWN);
    d.women = 14;
    d.others = 0;
    assert_done(DO(&d, hands));
    d.women = -15;
    assert_refused(DO(&d, plus), CONFLICT, DAY_COUNT_NONE);
    d.need = (struct day_need){.words = S("Help"), .service = S("N-DV")};
    assert_refused(DO(&d, need), INVALID, CASE_SERVICE_POINTED);
}

static void what_comes_twice_is_told_its_own_number(void **state)
{
    (void)state;
    struct day d = opened();
    d.need = (struct day_need){.words = S("Water"), .women = 2, .from = {S("tablet-1"), S("01JZ1")}};
    assert_done(DO(&d, need));
    needed(&d, "Street lights", 3);
    d.need = (struct day_need){.words = S("Water"), .women = 2, .from = {S("tablet-1"), S("01JZ1")}};
    assert_done(DO(&d, need));
    assert_int_equal(d.no, 1);
    d.person = (struct day_person){
        .role = S("cso"), .sex = S("woman"), .name = S("Gul"), .from = {S("tablet-1"), S("01JZ2")}};
    assert_done(DO(&d, person));
    d.person.name = S("Shah");
    d.person.from.record = S("01JZ3");
    assert_done(DO(&d, person));
    assert_int_equal(d.no, 2);
    d.person.name = S("Gul");
    d.person.from.record = S("01JZ2");
    assert_done(DO(&d, person));
    assert_int_equal(d.no, 1);
}

/* Whoever has the database could try all telephone numbers against a hash without a key. */
static void what_was_brought_cannot_be_guessed_from_its_hash(void **state)
{
    (void)state;
    struct day d = opened();
    d.count = (struct day_count){.role = S("citizen"),
                                 .sex = S("woman"),
                                 .people = 3,
                                 .from = {S("tablet-1"), S("01JZ0000000000000000000001")}};
    assert_done(DO(&d, count));
    SCOPED(buf_free) struct buf b = buf_new(1000), sql = buf_new(1000);
    const str texts[DAY_TEXTS] = {S("citizen"), S("woman")};
    const int64_t numbers[DAY_NUMBERS] = {3, 0};
    hashed_text(&b, S("count"));
    for (size_t i = 0; i < DAY_TEXTS; i++) {
        hashed_text(&b, texts[i]);
    }
    for (size_t i = 0; i < DAY_NUMBERS; i++) {
        hashed_number(&b, numbers[i]);
    }
    const struct seal plain = seal_of(&b);
    buf_printf(&sql, "select count(*) from event_record where content_code like '%.*s%%'", SEAL_LEN,
               plain.hex);
    buf_putc(&sql, 0);
    assert_int_equal(count_of("select count(*) from event_record"), 1);
    assert_int_equal(count_of(sql.p), 0);
}

/* ---- tokens ---- */

static void tokens_go_on_in_order(void **state)
{
    (void)state;
    struct day d = opened();
    struct day_tokens t;
    d.text = S("woman");
    for (int64_t i = 1; i <= 3; i++) {
        assert_done(DO(&d, take));
        assert_int_equal(d.no, i);
    }
    struct ctx c = reader_at(&d, DESK);
    assert_err(day_tokens(&c, &d.v, &t), ok);
    assert_int_equal(t.now, 1);
    assert_int_equal(t.next, 2);
    d.no = 1;
    d.text = S("left");
    assert_done(DO(&d, set));
    d.no = 2;
    d.text = S("heard");
    assert_done(DO(&d, set));
    c = reader_at(&d, DESK);
    assert_err(day_tokens(&c, &d.v, &t), ok);
    assert_int_equal(t.now, 3);
    assert_int_equal(t.next, 0);
    assert_int_equal(t.heard, 1);
    d.no = 1;
    d.text = S("waiting"); /* she is back */
    assert_done(DO(&d, set));
    d.text = S("gone");
    assert_refused(DO(&d, set), INVALID, DAY_TOKEN_UNKNOWN);
    d.no = 9;
    d.text = S("heard");
    assert_int_equal(DO(&d, set), ERR_NOT_FOUND);
}

/* ---- matters ---- */

static void taken_down(struct day *d)
{
    d->told = told("M-WAT-01", "PK52602", "No water for a week");
    d->no = 4;
    assert_done(DO(d, capture));
    d->ref = d->receipt.ref;
}

static void a_matter_is_filed_once_and_belongs_to_the_event(void **state)
{
    (void)state;
    struct day d = opened();
    struct q_event_case_list *rows;
    struct day_filed filed;
    size_t n;
    d.from = (struct day_record){S("tablet-1"), S("01JZ0000000000000000000009")};
    taken_down(&d);
    const case_ref first = d.ref;
    taken_down(&d);
    assert_true(str_eq(case_ref_digits(&first), case_ref_digits(&d.ref)));
    d.told.words = S("Other words");
    assert_refused(DO(&d, capture), CONFLICT, DAY_RECORD_OTHER);
    assert_int_equal(count_of("select count(*) from cases where channel_code = 'event'"), 1);
    struct ctx c = reader_at(&d, DESK);
    assert_err(day_cases(&c, &d.v, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].token_no.v, 4);
    assert_err(day_filed(&c, &d.v, &filed), ok);
    assert_int_equal(filed.by_sex[EVENT_sex_woman], 1);
    d.from = (struct day_record){.device = STR_NONE};
    d.told = told("N-DV", "PK52602", "canary of a secret");
    assert_refused(DO(&d, capture), INVALID, CASE_SERVICE_POINTED);
    d.told = told("M-WAT-01", "PK51101", "Elsewhere");
    assert_refused(DO(&d, capture), INVALID, CASE_UNIT_ELSEWHERE);
}

static void women_come_first_in_their_hours(void **state)
{
    (void)state;
    struct day d = opened();
    struct q_event_case_list *rows;
    size_t n;
    d.told = told("M-WAT-01", "PK52602", "His");
    d.told.sex = S("man");
    d.no = 1;
    assert_done(DO(&d, capture));
    taken_down(&d);
    struct ctx c = reader_at(&d, DESK); /* noon: within eleven to one */
    assert_err(day_cases(&c, &d.v, &rows, &n), ok);
    assert_true(str_eq(rows[0].sex_code, S("woman")));
    clock_fix(clock_now_ms() + 2 * HOUR_MS);
    c = reader_at(&d, DESK);
    assert_err(day_cases(&c, &d.v, &rows, &n), ok);
    assert_true(str_eq(rows[0].sex_code, S("man")));
}

static void solved_on_the_spot_needs_her_word(void **state)
{
    (void)state;
    struct day d = opened();
    taken_down(&d);
    d.answer = (struct day_answer){.answer = S("solved_now")};
    assert_refused(DO(&d, answer), INVALID, DAY_ANSWER_WORDS);
    d.answer.words = S("The valve is open");
    d.answer.office = S("PK526-WFD");
    assert_refused(DO(&d, answer), DENIED, CASE_OWN_WORK);
    d.answer.office = S("PK511-DC");
    assert_refused(DO(&d, answer), INVALID, DAY_OFFICE_UNKNOWN);
    d.answer.office = S("PK52602-TMA");
    assert_int_equal(DO_AS(OFFICER, &d, answer), ERR_NOT_FOUND);
    assert_done(DO(&d, answer));
    assert_int_equal(state_of(&d.ref), CASE_AWAITING_ANSWER);
    d.text = S("solved");
    assert_refused(DO_AS(SUPERVISOR, &d, hers), DENIED, FLOW_NOT_YOURS);
    assert_done(DO(&d, hers));
    assert_int_equal(state_of(&d.ref), CASE_SOLVED);
    const case_ref outside = file_water();
    d.ref = outside;
    assert_int_equal(DO(&d, answer), ERR_NOT_FOUND); /* no matter of this event */
}

static void a_promise_is_a_date_to_tell_her(void **state)
{
    (void)state;
    struct day d = opened();
    taken_down(&d);
    d.answer = (struct day_answer){.answer = S("promised"), .post = S("Assistant Engineer")};
    assert_refused(DO(&d, answer), INVALID, DAY_ANSWER_DAY);
    d.answer.day = 20260604;
    assert_refused(DO(&d, answer), INVALID, DAY_ANSWER_DAY);
    d.answer.day = 20260620;
    assert_done(DO(&d, answer));
    assert_int_equal(state_of(&d.ref), CASE_REGISTERED); /* a promise is no solution */
    assert_int_equal(
        count_of("select count(*) from call_back where call_code = 'next' and due_day = 20260620"), 1);
    assert_int_equal(count_of("select answer_day from event_case"), 20260620);
    d.answer = (struct day_answer){.answer = S("not_possible"), .words = S("No money"), .day = 20260701};
    assert_refused(DO(&d, answer), INVALID, CASE_REASON_NEEDED);
    d.answer.reason = S("no_funds");
    assert_done(DO(&d, answer));
    assert_int_equal(state_of(&d.ref), CASE_AWAITING_ANSWER);
    d.answer = (struct day_answer){.answer = S("not_ours"), .words = S("The electricity company")};
    assert_done(DO(&d, answer)); /* the last one counts */
    assert_int_equal(count_of("select count(*) from event_case where answer_code = 'not_ours'"), 1);
    d.answer.answer = S("never");
    assert_refused(DO(&d, answer), INVALID, DAY_ANSWER_NEEDED);
}

/* ---- two tablets, one roster ---- */

static size_t twins_of(struct day *d)
{
    struct day_name *rows;
    struct day_twin *twins;
    size_t n;
    size_t twins_n;
    struct ctx c = reader_at(d, DESK);
    c.may_show_identity = true;
    assert_err(day_people(&c, &d->v, &rows, &n), ok);
    assert_err(day_twins(&c, &d->v, rows, n, &twins, &twins_n), ok);
    return twins_n;
}

static void brought_name(struct day *d, const char *name, const char *number, const char *record)
{
    named(d, name, number);
    d->person.from = (struct day_record){S("tablet-1"), str_of(record)};
    assert_done(DO(d, person));
}

static void one_person_on_two_tablets_is_shown_and_put_together(void **state)
{
    (void)state;
    struct day d = opened();
    brought_name(&d, "Zarmina Bibi", NULL, "01JZ31");
    brought_name(&d, "zarmina  BIBI", "0300 7654321", "01JZ32");
    brought_name(&d, "Z. Bibi", "0300 7654321", "01JZ33"); /* a device's is not refused */
    brought_name(&d, "Gul", NULL, "01JZ34");
    assert_int_equal(women_of(&d), 4);
    assert_int_equal(twins_of(&d), 2);
    d.no = 2;
    assert_done(DO(&d, spoke));
    d.as = 2;
    assert_refused(DO(&d, same_person), INVALID, DAY_TWIN_NEITHER);
    d.as = 1;
    assert_done(DO(&d, same_person));
    const struct event_cells cells = cells_of(&d);
    assert_int_equal(cells.at[EVENT_role_citizen][EVENT_sex_woman].people, 3);
    assert_int_equal(cells.at[EVENT_role_citizen][EVENT_sex_woman].spoke, 1);
    assert_int_equal(count_of("select count(*) from event_person_same where person_no = 2 and head_no = 1"),
                     1);
    assert_int_equal(twins_of(&d), 1); /* the first has the number of the second now */
    d.no = 3;
    assert_done(DO(&d, apart));
    assert_int_equal(twins_of(&d), 0);
    assert_int_equal(women_of(&d), 3);
    named(&d, "Shah", NULL);
    assert_done(DO(&d, person));
    assert_int_equal(d.no, 5); /* no number is given twice */
    d.no = 1; /* who wants to be on no list is on none: with all rows that she was written in */
    assert_done(DO(&d, remove));
    assert_int_equal(count_of("select count(*) from event_person_same"), 0);
    assert_int_equal(count_of("select count(*) from event_person_apart"), 0);
}

/* ---- where there was no signal ---- */

static void what_a_device_recorded_on_its_day_opens_it(void **state)
{
    (void)state;
    struct day d = made(true);
    const char *const steps = "select count(*) from flow_step where detail_code = 'device=D7K3Q'";
    assert_done(DO(&d, lease)); /* before it goes where there is no signal */
    assert_int_equal(d.no, 1);
    d.from = (struct day_record){S("D7K3Q"), S("01JZ0000000000000000000021")};
    d.told_ms = clock_now_ms() - 24 * HOUR_MS; /* not on its day */
    assert_done(DO(&d, bring));
    assert_refused(counted(&d, "citizen", "woman", 3, 0), CONFLICT, EVENT_NOT_OPEN);
    d.told_ms = clock_now_ms() - HOUR_MS;
    assert_int_equal(DO_AS(OTHER_DESK, &d, bring), ERR_NOT_FOUND);
    assert_int_equal(count_of(steps), 0);
    assert_done(DO(&d, bring));
    assert_done(DO(&d, bring)); /* it is open already */
    assert_int_equal(count_of(steps), 1);
    assert_done(counted(&d, "citizen", "woman", 3, 0));
    assert_int_equal(women_of(&d), 3);
    assert_int_equal(count_of("select count(*) from event_record where later_flag = 1"), 0);
}

static void approve(void)
{
    const char *const hash = on_pg() ? "'\\x00'::bytea" : "x'00'";
    char sql[900];
    (void)snprintf(
        sql, sizeof sql,
        "insert into sheet (home, id, sheet_kind_code, event_id, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n) select home, id, 'event', id,"
        " event_day, event_day, 1, event_day, '', '', '', '', 0 from event;"
        "insert into sheet_version (home, sheet_id, version_no, content_text, content_hash, approved_ms,"
        " unlock_text) select home, id, 1, '', %s, 1, '' from event",
        hash);
    run_script(sql);
}

static void what_comes_after_closing_is_taken_once_and_marked_until_the_sheet_is_approved(void **state)
{
    (void)state;
    struct day d = opened();
    const char *const later = "select count(*) from event_record where later_flag = 1";
    assert_done(DO(&d, lease));
    assert_done(counted(&d, "citizen", "woman", 5, 0));
    run_script("update flow set flow_state = 2 where kind_no = 3");
    assert_refused(counted(&d, "citizen", "woman", 7, 0), CONFLICT, EVENT_NOT_OPEN); /* at the desk's pages */
    d.from = (struct day_record){S("D7K3Q"), S("01JZ0000000000000000000022")};
    assert_done(counted(&d, "citizen", "woman", 7, 0));
    assert_done(counted(&d, "citizen", "woman", 7, 0)); /* sent again */
    assert_int_equal(women_of(&d), 12);
    d.from.record = S("01JZ0000000000000000000023");
    d.no = 2;
    assert_done(DO(&d, token));
    assert_done(DO(&d, token));
    assert_int_equal(count_of("select count(*) from event_token where token_code = 'heard'"), 1);
    assert_int_equal(count_of(later), 2);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'event.later'"), 2);
    approve();
    d.from.record = S("01JZ0000000000000000000024");
    assert_refused(counted(&d, "citizen", "woman", 1, 0), CONFLICT, DAY_LATER_SHEET);
    run_script("update sheet_version set unlock_text = 'A tablet came back'");
    assert_done(counted(&d, "citizen", "woman", 1, 0));
    assert_int_equal(women_of(&d), 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(one_more_and_one_less),
        FEATURE_TEST(by_sight_nobody_is_called_transgender),
        FEATURE_TEST(two_tablets_add_up_and_a_record_counts_once),
        FEATURE_TEST(only_an_open_day_is_recorded_and_by_whom),
        FEATURE_TEST(names_are_counted_and_only_the_desk_reads_them),
        FEATURE_TEST(what_is_told_in_private_never_exceeds_those_who_came),
        FEATURE_TEST(needs_are_ranked_by_the_women),
        FEATURE_TEST(what_comes_twice_is_told_its_own_number),
        FEATURE_TEST(what_was_brought_cannot_be_guessed_from_its_hash),
        FEATURE_TEST(tokens_go_on_in_order),
        FEATURE_TEST(a_matter_is_filed_once_and_belongs_to_the_event),
        FEATURE_TEST(women_come_first_in_their_hours),
        FEATURE_TEST(solved_on_the_spot_needs_her_word),
        FEATURE_TEST(a_promise_is_a_date_to_tell_her),
        FEATURE_TEST(one_person_on_two_tablets_is_shown_and_put_together),
        FEATURE_TEST(what_a_device_recorded_on_its_day_opens_it),
        FEATURE_TEST(what_comes_after_closing_is_taken_once_and_marked_until_the_sheet_is_approved),
    };
    return FEATURE_TESTS(tests);
}
