/* staff_pages.h: the routes of /staff, for the feature's table, and what the pages of this feature share. */
#ifndef SUNWAI_STAFF_PAGES_H
#define SUNWAI_STAFF_PAGES_H

#include "account.h"
#include "web.h"

extern const struct input staff_inputs[], staff_new_inputs[], staff_user_inputs[], staff_code_inputs[];
enum { STAFF_INPUTS_N = 2, STAFF_NEW_INPUTS_N = 7, STAFF_USER_INPUTS_N = 2, STAFF_CODE_INPUTS_N = 2 };

err staff_show(struct web *w);     /* GET /staff */
err staff_new_show(struct web *w); /* /staff/new */
err staff_new_prepare(struct web *w);
err staff_new_write(struct ctx *c, const struct given *in, struct receipt *out);
err staff_user_show(struct web *w); /* /staff/user/{login} */
err staff_code_prepare(struct web *w);
err staff_code_write(struct ctx *c, const struct given *in, struct receipt *out);
/* The slip with a new code, once; the user's page when there is none to show. */
err staff_code_answer(struct web *w);
err staff_disable_write(struct ctx *c, const struct given *in, struct receipt *out);
err staff_enable_write(struct ctx *c, const struct given *in, struct receipt *out);
err staff_sign_out_write(struct ctx *c, const struct given *in, struct receipt *out);
err staff_user_answer(struct web *w);

/* account_pages.c */
str role_text(const struct page *p, enum role r);
/* The name of her office, else of her unit; may be empty. */
err place_text(struct ctx *c, int64_t unit_id, int64_t office_id, str *out);
err account_facts(struct web *w, const struct q_account_get *u, struct facts_view *out);
str phone_normal(const struct given *in);
str cnic_normal(const struct given *in);
struct field_view phone_field(struct web *w, size_t input);
struct field_view cnic_field(struct web *w, size_t input);

#endif
