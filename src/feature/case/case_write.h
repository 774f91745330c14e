/* case_write.h: the two writes of this feature, shared by API, desk and public pages: filing and acting.
 *
 * Each way in has its own names for the same inputs, in the same order; so there is one write function for
 * all.
 */
#ifndef SUNWAI_CASE_WRITE_H
#define SUNWAI_CASE_WRITE_H

#include "case.h"
#include "case_words.h"
#include "route.h"

/* ---- filing: what everybody is asked, and behind it what only the desk and programs tell ---- */

enum file_input {
    F_SERVICE,
    F_UNIT,
    F_WORDS,
    F_PLACE,
    F_NAME,
    F_PHONE,
    F_WHOSE,
    F_SAFE,
    F_SEX,
    F_ASKED,
    F_ADDRESS = F_ASKED,
    F_LANG,
    F_CHANNEL,
    F_N
};

/* `of_her` stands before the names of what is about her; `must`: what is needed is asked for on the spot (a
 * step of a form asks for it in its own time). */
#define FILE_INPUTS_ASKED(of_her, must)                                                                    \
    [F_SERVICE] = {"service", IN_CODE, MSG_NEW_SERVICE, .required = (must),                                \
                   .missing = MSG_NEW_SERVICE_MISSING},                                                    \
    [F_UNIT] = {"unit", IN_CODE, MSG_NEW_UNIT_LABEL, .required = (must), .missing = MSG_NEW_UNIT_MISSING}, \
    [F_WORDS] = {"description",  IN_WORDS,           MSG_NEW_WORDS_LABEL,                                  \
                 CASE_WORDS_MAX, .required = (must), .missing = MSG_NEW_WORDS_MISSING},                    \
    [F_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE}, [F_NAME] = {of_her "name", IN_LINE, MSG_NEW_NAME},      \
    [F_PHONE] = {of_her "phone", IN_PHONE, MSG_NEW_PHONE},                                                 \
    [F_WHOSE] = {of_her "whose_phone", IN_CHOICE, MSG_NEW_WHOSE, .choices = case_whose_codes},             \
    [F_SAFE] = {of_her "safe_call", IN_FLAG, MSG_NEW_SAFE_CALL},                                           \
    [F_SEX] = {of_her "sex",                                                                               \
               IN_CHOICE,                                                                                  \
               MSG_NEW_SEX,                                                                                \
               .required = (must),                                                                         \
               .missing = MSG_NEW_SEX_MISSING,                                                             \
               .choices = case_sex_codes}
#define FILE_INPUTS_TOLD(of_her)                                                   \
    [F_ADDRESS] = {of_her "address", IN_LINE, MSG_DESK_ADDRESS},                   \
    [F_LANG] = {"language", IN_CHOICE, MSG_DESK_LANG, .choices = case_lang_codes}, \
    [F_CHANNEL] = {"channel", IN_CHOICE, MSG_DESK_CHANNEL, .choices = case_channel_codes}

err write_case(struct ctx *c, const struct given *in, struct receipt *out);
/* From the public page: the actor is nobody, and only what everybody is asked is there. */
err write_case_public(struct ctx *c, const struct given *in, struct receipt *out);

/* ---- acting ---- */

enum act_input {
    A_REF,
    A_ACTION,
    A_TO,
    A_WORDS,
    A_RESULT,
    A_OUTCOME,
    A_VIA,
    A_DESCRIPTION,
    A_SERVICE,
    A_UNIT,
    A_PHONE,
    A_N
};
#define ACT_INPUTS                                                                                     \
    [A_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},                                          \
    [A_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_action}, \
    [A_TO] = {"to", IN_CODE, MSG_ACT_ASSIGN_TO},                                                       \
    [A_WORDS] = {"words", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},                            \
    [A_RESULT] = {"result", IN_CHOICE, MSG_ACT_RESULT, .choices = case_report_codes},                  \
    [A_OUTCOME] = {"outcome", IN_CHOICE, MSG_ACT_OUTCOME, .choices = case_outcome_codes},              \
    [A_VIA] = {"taken_via", IN_CHOICE, MSG_ACT_VIA, .choices = case_via_codes},                        \
    [A_DESCRIPTION] = {"description", IN_WORDS, MSG_ACT_AMEND_DESCRIPTION, CASE_WORDS_MAX},            \
    [A_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE}, [A_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT}, \
    [A_PHONE] = {"phone", IN_PHONE, MSG_ACT_AMEND_PHONE}

extern const char *const choices_action[]; /* all but "file" */
extern const char *const choices_state[];  /* as in complaint_kind */

/* in[A_REF] .. in[A_N - 1]; what stands behind is the caller's own. */
void act_of(const struct given *in, struct case_act *out);
void receipt_of(struct ctx *c, const struct case_receipt *done, struct receipt *out);
/* Whose identity a page shows whose first input is the reference: for the audit chain. */
err look_case(struct ctx *c, const struct given *in, struct audit_entry *io);

#endif
