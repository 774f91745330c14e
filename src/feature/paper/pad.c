/* pad.c: ordering pads, using, striking out and losing their forms. */
#include "pad.h"

#include "audit.h"
#include "clock.h"
#include "made_by.h"
#include "msg.h"

enum { SEALED_MAX = 16 * 1024 };

err pad_desk_own(struct ctx *c, struct pad_desk *out)
{
    struct q_pad_desk row;
    if (c->actor.role != ROLE_DESK || c->actor.home == 0 || c->actor.office_id == 0) {
        return FAIL(DENIED);
    }
    const err e = q_pad_desk(c->db, c->arena, c->actor.office_id, local_day(c->now_ms), &row);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && row.home != c->actor.home)) {
        return FAIL(DENIED);
    }
    TRY(e);
    *out = (struct pad_desk){.home = row.home, .id = row.id, .code = row.body_code};
    return OK;
}

static err note(struct ctx *c, str event, int64_t home, int64_t pad_id, str detail)
{
    const struct audit_entry e = {
        .event = event, .home = home, .subject_kind = S("pad"), .subject_id = pad_id, .detail = detail};
    return audit_add(c, &e);
}

/* ---- ordering ---- */

static struct seal refs_seal(const struct q_pad_add_in *pad, const case_ref *refs)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    hashed_number(&b, pad->home);
    hashed_number(&b, pad->id);
    hashed_text(&b, pad->pad_code);
    hashed_number(&b, pad->desk_id);
    for (int64_t i = 0; i < pad->forms_n; i++) {
        hashed_text(&b, case_ref_digits(&refs[i]));
    }
    return seal_of(&b);
}

err pad_seal(struct ctx *c, const struct q_pad_by_code *pad, struct seal *out)
{
    struct q_pad_forms *rows;
    size_t n;
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    TRY(pad_forms(c, pad, &rows, &n));
    hashed_number(&b, pad->home);
    hashed_number(&b, pad->id);
    hashed_text(&b, pad->pad_code);
    hashed_number(&b, pad->desk_id);
    for (size_t i = 0; i < n; i++) {
        hashed_text(&b, rows[i].ref_code);
    }
    *out = seal_of(&b);
    return OK;
}

/* Its numbers, held for it, in the order of its forms. */
static err numbers_draw(struct ctx *c, const struct q_pad_add_in *pad)
{
    case_ref refs[PAD_FORMS_MOST];
    const struct case_hold by = {.home = pad->home, .holder = CASE_HELD_PAD, .id = pad->id};
    TRY(case_refs_hold(c, &by, (size_t)pad->forms_n, refs));
    for (int64_t i = 0; i < pad->forms_n; i++) {
        const struct q_pad_form_add_in form = {
            .home = pad->home, .pad_id = pad->id, .form_no = i + 1, .ref_code = case_ref_digits(&refs[i])};
        TRY(q_pad_form_add(c->db, &form, NULL));
    }
    const struct seal sealed = refs_seal(pad, refs);
    return note(c, S("pad.ordered"), pad->home, pad->id,
                pad_order_detail(c, pad->pad_code, pad->forms_n, &sealed));
}

err pad_order(struct ctx *c, int64_t forms, str lang, str *out_code)
{
    struct pad_desk d;
    struct q_pad_last last;
    struct q_pad_blank blank;
    TRY(pad_desk_own(c, &d));
    if (forms < PAD_FORMS_LEAST || forms > PAD_FORMS_MOST) {
        return fail_set(c->fail, ERR_INVALID, MSG_PAD_FORMS_WRONG, "forms");
    }
    TRY(q_pad_blank(c->db, c->arena, d.id, &blank));
    if (blank.blank_n + forms > PAD_BLANK_MOST) {
        return fail_set(c->fail, ERR_LIMIT, MSG_PAD_TOO_MANY, NULL);
    }
    TRY(q_pad_last(c->db, c->arena, d.id, &last));
    const struct q_pad_add_in pad = {
        .home = d.home,
        .id = id_next(c),
        .pad_code = arena_printf(c->arena, "%.*s-P%lld", STR_F(d.code), (long long)last.last_n + 1),
        .pad_no = last.last_n + 1,
        .desk_id = d.id,
        .lang_code = lang,
        .forms_n = forms,
        .made_by_id = made_by(c),
        .made_ms = c->now_ms};
    TRY(q_pad_add(c->db, &pad, NULL));
    TRY(numbers_draw(c, &pad));
    *out_code = pad.pad_code;
    return OK;
}

/* ---- finding ---- */

err pad_find(struct ctx *c, str code, struct q_pad_by_code *out)
{
    struct pad_desk d;
    struct q_pad_by_code row;
    TRY(pad_desk_own(c, &d));
    TRY(q_pad_by_code(c->db, c->arena, code, &row));
    if (row.desk_id != d.id || row.home != d.home) {
        return FAIL(NOT_FOUND);
    }
    *out = row;
    return OK;
}

err pad_list(struct ctx *c, struct q_pad_by_code **out, size_t *out_n)
{
    struct pad_desk d;
    TRY(pad_desk_own(c, &d));
    return q_pad_list(c->db, c->arena, d.id, PADS_SHOWN, out, out_n);
}

err pad_forms(struct ctx *c, const struct q_pad_by_code *pad, struct q_pad_forms **out, size_t *out_n)
{
    return q_pad_forms(c->db, c->arena, pad->home, pad->id, out, out_n);
}

int64_t pad_missing(const struct q_pad_by_code *pad)
{
    return pad->forms_n - pad->used_n - pad->spoilt_n - pad->lost_n;
}

/* ---- forms ---- */

/* A form of this pad that is neither typed nor struck out nor lost. */
static err form_find(struct ctx *c, str pad, const case_ref *ref, struct q_pad_form_by_ref *out)
{
    struct q_pad_by_code of;
    struct q_pad_form_by_ref row;
    TRY(pad_find(c, pad, &of));
    const err e = q_pad_form_by_ref(c->db, c->arena, case_ref_digits(ref), &row);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && (row.home != of.home || row.pad_id != of.id))) {
        return fail_set(c->fail, ERR_INVALID, MSG_PAD_NOT_OF_IT, "number");
    }
    TRY(e);
    if (str_eq(row.form_code, S("used"))) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_PAD_TYPED, "number");
    }
    if (!str_eq(row.form_code, S("blank"))) {
        return fail_set(c->fail, ERR_INVALID, MSG_PAD_STRUCK, "number");
    }
    *out = row;
    return OK;
}

/* When it was told: the day of the paper at noon, as far as it may be counted from; 0: now. */
static int64_t told_ms(const struct ctx *c, int64_t day)
{
    const int64_t ago = days_between(day, local_day(c->now_ms));
    return ago <= 0 || ago > CASE_LATE_DAYS ? 0 : day_at_ms(day, 12, 0);
}

err pad_use(struct ctx *c, const struct pad_fill *f, const struct case_new *told, struct case_receipt *out)
{
    struct q_pad_form_by_ref form;
    struct case_new n = *told;
    TRY(form_find(c, f->pad, &f->ref, &form));
    if (f->day > local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_INVALID, MSG_PAD_DAY_LATER, "day");
    }
    const struct case_hold by = {.home = form.home, .holder = CASE_HELD_PAD, .id = form.pad_id};
    n.hold = &by;
    n.ref = f->ref;
    n.filed_ms = told_ms(c, f->day);
    TRY(case_file(c, &n, out));
    const struct q_pad_form_set_in set = {.form_code = S("used"),
                                          .why_code = S(""),
                                          .paper_day = SOME(f->day),
                                          .taken_text = f->taken.n > 0 ? f->taken : S(""),
                                          .said_flag = f->read_back,
                                          .made_by_id = made_by(c),
                                          .made_ms = SOME(c->now_ms),
                                          .home = form.home,
                                          .pad_id = form.pad_id,
                                          .form_no = form.form_no};
    TRY(q_pad_form_set(c->db, &set, NULL));
    const struct q_pad_count_in count = {.used_n = 1, .spoilt_n = 0, .home = form.home, .id = form.pad_id};
    TRY(q_pad_count(c->db, &count, NULL));
    return note(c, S("pad.form_used"), form.home, form.pad_id,
                arena_printf(c->arena, "form=%lld day=%lld", (long long)form.form_no, (long long)f->day));
}

err pad_spoil(struct ctx *c, str pad, const case_ref *ref, str why)
{
    struct q_pad_form_by_ref form;
    TRY(form_find(c, pad, ref, &form));
    const struct case_hold by = {.home = form.home, .holder = CASE_HELD_PAD, .id = form.pad_id};
    TRY(case_ref_bar(c, &by, ref));
    const struct q_pad_form_set_in set = {.form_code = S("spoilt"),
                                          .why_code = why,
                                          .paper_day = NONE_I64,
                                          .taken_text = S(""),
                                          .said_flag = 0,
                                          .made_by_id = made_by(c),
                                          .made_ms = SOME(c->now_ms),
                                          .home = form.home,
                                          .pad_id = form.pad_id,
                                          .form_no = form.form_no};
    TRY(q_pad_form_set(c->db, &set, NULL));
    const struct q_pad_count_in count = {.used_n = 0, .spoilt_n = 1, .home = form.home, .id = form.pad_id};
    TRY(q_pad_count(c->db, &count, NULL));
    return note(c, S("pad.form_spoilt"), form.home, form.pad_id,
                arena_printf(c->arena, "form=%lld why=%.*s", (long long)form.form_no, STR_F(why)));
}

/* A form that was still blank: nobody's number any more. */
static err form_lose(struct ctx *c, const struct q_pad_by_code *pad, const struct q_pad_forms *form)
{
    case_ref ref;
    const struct case_hold by = {.home = pad->home, .holder = CASE_HELD_PAD, .id = pad->id};
    TRY(case_ref_of(c->arena, form->ref_code, &ref));
    TRY(case_ref_bar(c, &by, &ref));
    const struct q_pad_form_set_in set = {.form_code = S("lost"),
                                          .why_code = S(""),
                                          .paper_day = NONE_I64,
                                          .taken_text = S(""),
                                          .said_flag = 0,
                                          .made_by_id = made_by(c),
                                          .made_ms = SOME(c->now_ms),
                                          .home = pad->home,
                                          .pad_id = pad->id,
                                          .form_no = form->form_no};
    return q_pad_form_set(c->db, &set, NULL);
}

/* A form that is a case: its slip may have been read by others. */
static err pin_retire(struct ctx *c, const struct q_pad_forms *form)
{
    case_ref ref;
    TRY(case_ref_of(c->arena, form->ref_code, &ref));
    return case_pin_retire(c, &ref);
}

err pad_lose(struct ctx *c, str pad, str how)
{
    struct q_pad_by_code row;
    struct q_pad_forms *forms;
    size_t n;
    TRY(pad_find(c, pad, &row));
    if (row.lost_ms.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_PAD_LOST_BEFORE, NULL);
    }
    TRY(pad_forms(c, &row, &forms, &n));
    const bool read = !str_eq(how, S("destroyed"));
    for (size_t i = 0; i < n; i++) {
        TRY(str_eq(forms[i].form_code, S("blank")) ? form_lose(c, &row, &forms[i]) : OK);
        TRY(read && str_eq(forms[i].form_code, S("used")) ? pin_retire(c, &forms[i]) : OK);
    }
    const struct q_pad_lose_in set = {
        .lost_code = how, .lost_ms = SOME(c->now_ms), .home = row.home, .id = row.id};
    TRY(q_pad_lose(c->db, &set, NULL));
    return note(c, S("pad.lost"), row.home, row.id,
                arena_printf(c->arena, "how=%.*s forms=%lld", STR_F(how), (long long)pad_missing(&row)));
}
