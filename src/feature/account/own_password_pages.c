/* own_password_pages.c: /account/password. */
#include "account.h"
#include "account_password.html.h"
#include "account_views.h"
#include "sign_in_pages.h"

enum { OLD, NEW, AGAIN };
const struct input change_inputs[] = {
    [OLD] = {.name = "old",
             .type = IN_SECRET,
             .label = MSG_ACCOUNT_PASSWORD_OLD,
             .max = PASSWORD_MAX,
             .required = true},
    [NEW] = {.name = "password",
             .type = IN_SECRET,
             .label = MSG_ACCOUNT_PASSWORD_FIRST,
             .max = PASSWORD_MAX,
             .required = true},
    [AGAIN] = {.name = "again",
               .type = IN_SECRET,
               .label = MSG_ACCOUNT_PASSWORD_AGAIN,
               .max = PASSWORD_MAX,
               .required = true},
};

struct field_view password_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.complete = S("new-password");
    return f;
}

static err show(struct web *w, int status)
{
    struct change_view m = {
        .to = url_local(w->arena, S("/account/password")),
        .old = web_field(w, OLD, MSG_NONE),
        .password = password_field(w, NEW),
        .again = password_field(w, AGAIN),
    };
    m.password.hint = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_HINT);
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_CHANGE);
    w->page.back = url_local(w->arena, S("/account"));
    w->page.form_id = S("own-password");
    account_change(&w->page, &m);
    return web_html(w, status);
}

err change_show(struct web *w)
{
    return show(w, 200);
}

/* What the write job needs takes the place of the three passwords: what was found out about the old one and
 * what stands for it, the new one's hash, the session that stays. */
err change_prepare(struct web *w)
{
    struct given *in = w->in;
    uint8_t mark[PASSWORD_MARK_LEN];
    enum sign_in_verdict verdict;
    TRY(password_new_check(&w->ctx, in[OLD].text, in[NEW].text, in[AGAIN].text));
    TRY(password_hash(&w->ctx, in[NEW].text, &in[NEW].text));
    TRY(password_check(&w->ctx, in[OLD].text, &verdict, mark));
    in[OLD].n = (int64_t)verdict;
    in[OLD].text = arena_str(w->arena, (str){(const char *)mark, sizeof mark});
    in[AGAIN].text = (str){(const char *)w->who.secret, sizeof w->who.secret};
    return arena_full(w->arena) ? FAIL(LIMIT) : OK;
}

static str verdict_text(enum sign_in_verdict v)
{
    return v == SIGN_IN_OK ? S("password") : v == SIGN_IN_WAIT ? S("wait") : S("wrong");
}

/* A wrong old password is counted, and so it is no failure here: the receipt says what the answer is. */
err change_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct password_change p = {.checked = (enum sign_in_verdict)in[OLD].n,
                                      .mark = (const uint8_t *)in[OLD].text.p,
                                      .secret = (const uint8_t *)in[AGAIN].text.p,
                                      .encoded = in[NEW].text};
    enum sign_in_verdict verdict;
    TRY(password_change(c, &p, &verdict));
    out->status = verdict_text(verdict);
    return OK;
}

err change_answer(struct web *w)
{
    if (str_eq(w->receipt.status, S("password"))) {
        return own_answer(w);
    }
    const bool wait = str_eq(w->receipt.status, S("wait"));
    web_fault(w, wait ? SIZE_MAX : (size_t)OLD, wait ? MSG_ACCOUNT_WAIT : MSG_ACCOUNT_PASSWORD_OLD_WRONG);
    return show(w, wait ? 429 : 422);
}
