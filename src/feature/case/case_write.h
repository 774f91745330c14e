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
    F_KIND,
    F_BEHALF,
    F_ANONYMOUS,
    F_ALIAS,
    F_SMS,
    F_WHEN,
    F_SPOKEN,
    F_AGE,
    F_MINORITY,
    F_SEEING,
    F_HEARING,
    F_WALKING,
    F_REMEMBERING,
    F_SELF_CARE,
    F_SPEAKING,
    F_CONSENT_RECORD,
    F_CONSENT_CALL,
    F_CONSENT_HAND_OVER,
    F_CONSENT_FIGURES,
    F_SIGNATORIES,
    F_DOCUMENTS,
    F_PAST,
    F_ASKED,
    F_ADDRESS = F_ASKED,
    F_LANG,
    F_CHANNEL,
    F_CNIC,
    F_RELATION,
    F_RELATION_NAME,
    F_SAME_AS,
    F_ROOM,
    F_N
};

/* `of_her` stands before the names of what is about her; `must`: what is needed is asked for on the spot (a
 * step of a form asks for it in its own time). */
#define FILE_CHOICE(index, name_, label_, set) \
    [index] = {name_, IN_CHOICE, label_, .choices = case_##set##_codes}
#define FILE_INPUTS_ASKED(of_her, must)                                                                    \
    [F_SERVICE] = {"service", IN_CODE, MSG_NEW_SERVICE, .required = (must),                                \
                   .missing = MSG_NEW_SERVICE_MISSING},                                                    \
    [F_UNIT] = {"unit", IN_CODE, MSG_NEW_UNIT_LABEL, .required = (must), .missing = MSG_NEW_UNIT_MISSING}, \
    [F_WORDS] = {"description",  IN_WORDS,           MSG_NEW_WORDS_LABEL,                                  \
                 CASE_WORDS_MAX, .required = (must), .missing = MSG_NEW_WORDS_MISSING},                    \
    [F_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE},                                                         \
    [F_NAME] = {of_her "name", IN_LINE, MSG_NEW_NAME, CASE_NAME_MAX},                                      \
    [F_PHONE] = {of_her "phone", IN_PHONE, MSG_NEW_PHONE},                                                 \
    FILE_CHOICE(F_WHOSE, of_her "whose_phone", MSG_NEW_WHOSE, whose),                                      \
    [F_SAFE] = {of_her "safe_call", IN_FLAG, MSG_NEW_SAFE_CALL},                                           \
    [F_SEX] = {of_her "sex",                                                                               \
               IN_CHOICE,                                                                                  \
               MSG_NEW_SEX,                                                                                \
               .required = (must),                                                                         \
               .missing = MSG_NEW_SEX_MISSING,                                                             \
               .choices = case_sex_codes},                                                                 \
    FILE_CHOICE(F_KIND, "kind", MSG_NEW_KIND, kind),                                                       \
    FILE_CHOICE(F_BEHALF, of_her "brought_by", MSG_NEW_BEHALF, behalf),                                    \
    [F_ANONYMOUS] = {of_her "anonymous", IN_FLAG, MSG_NEW_ANONYMOUS},                                      \
    [F_ALIAS] = {of_her "alias", IN_LINE, MSG_NEW_ALIAS, 60},                                              \
    [F_SMS] = {of_her "safe_sms", IN_FLAG, MSG_NEW_SAFE_SMS},                                              \
    FILE_CHOICE(F_WHEN, of_her "call_when", MSG_NEW_WHEN, when),                                           \
    FILE_CHOICE(F_SPOKEN, of_her "spoken", MSG_NEW_SPOKEN, spoken),                                        \
    FILE_CHOICE(F_AGE, of_her "age", MSG_NEW_AGE, age),                                                    \
    FILE_CHOICE(F_MINORITY, of_her "minority", MSG_NEW_MINORITY, minority),                                \
    FILE_CHOICE(F_SEEING, of_her "seeing", MSG_NEW_SEEING, difficulty),                                    \
    FILE_CHOICE(F_HEARING, of_her "hearing", MSG_NEW_HEARING, difficulty),                                 \
    FILE_CHOICE(F_WALKING, of_her "walking", MSG_NEW_WALKING, difficulty),                                 \
    FILE_CHOICE(F_REMEMBERING, of_her "remembering", MSG_NEW_REMEMBERING, difficulty),                     \
    FILE_CHOICE(F_SELF_CARE, of_her "self_care", MSG_NEW_SELF_CARE, difficulty),                           \
    FILE_CHOICE(F_SPEAKING, of_her "speaking", MSG_NEW_SPEAKING, difficulty),                              \
    FILE_CHOICE(F_CONSENT_RECORD, of_her "consent_record", MSG_PURPOSE_RECORD, yes_no),                    \
    FILE_CHOICE(F_CONSENT_CALL, of_her "consent_call", MSG_PURPOSE_CALL, yes_no),                          \
    FILE_CHOICE(F_CONSENT_HAND_OVER, of_her "consent_hand_over", MSG_PURPOSE_HAND_OVER, yes_no),           \
    FILE_CHOICE(F_CONSENT_FIGURES, of_her "consent_figures", MSG_PURPOSE_FIGURES, yes_no),                 \
    [F_SIGNATORIES] = {"signatories", IN_LIST, MSG_NEW_SIGNATORIES, CASE_SIGNED_MAX},                      \
    [F_DOCUMENTS] = {"documents", IN_LIST, MSG_NEW_DOCUMENTS, 30},                                         \
    [F_PAST] = {"past_desk", IN_FLAG, MSG_NEW_PAST_DESK}
#define FILE_INPUTS_TOLD(of_her)                                                                 \
    [F_ADDRESS] = {of_her "address", IN_LINE, MSG_DESK_ADDRESS},                                 \
    [F_LANG] = {"language", IN_CHOICE, MSG_DESK_LANG, .choices = case_lang_codes},               \
    [F_CHANNEL] = {"channel", IN_CHOICE, MSG_DESK_CHANNEL, .choices = case_channel_codes},       \
    [F_CNIC] = {of_her "cnic", IN_LINE, MSG_NEW_CNIC, 60},                                       \
    FILE_CHOICE(F_RELATION, of_her "relation", MSG_NEW_RELATION, relation),                      \
    [F_RELATION_NAME] = {of_her "relation_name", IN_LINE, MSG_NEW_RELATION_NAME, CASE_NAME_MAX}, \
    [F_SAME_AS] = {"same_as", IN_REF, MSG_NEW_SAME_AS}, [F_ROOM] = {"room", IN_CODE, MSG_DESK_ROOM}

err write_case(struct ctx *c, const struct given *in, struct receipt *out);
/* What the inputs say, for whoever has something to add before case_file(). Public ones end at F_ASKED. */
void told_of(const struct given *in, bool everything, struct case_new *out);

/* ---- acting ---- */

enum act_input {
    A_REF,
    A_ACTION,
    A_STEP,
    A_TO,
    A_WORDS,
    A_RESULT,
    A_OUTCOME,
    A_VIA,
    A_DESCRIPTION,
    A_SERVICE,
    A_UNIT,
    A_PHONE,
    A_REASON,
    A_NEXT,
    A_CONSENT_RECORD,
    A_CONSENT_CALL,
    A_CONSENT_HAND_OVER,
    A_CONSENT_FIGURES,
    A_WHOSE,
    A_SAFE,
    A_SMS,
    A_WHEN,
    A_DOCUMENTS,
    A_TOLD,
    A_N
};
#define ACT_INPUTS                                                                                           \
    [A_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},                                                \
    [A_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_action},       \
    [A_STEP] = {"step", IN_NUMBER, MSG_ACT_STEP}, [A_TO] = {"to", IN_CODE, MSG_ACT_ASSIGN_TO},               \
    [A_WORDS] = {"words", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},                                  \
    [A_RESULT] = {"result", IN_CHOICE, MSG_ACT_RESULT, .choices = case_report_codes},                        \
    [A_OUTCOME] = {"outcome", IN_CHOICE, MSG_ACT_OUTCOME, .choices = case_outcome_codes},                    \
    [A_VIA] = {"taken_via", IN_CHOICE, MSG_ACT_VIA, .choices = case_via_codes},                              \
    [A_DESCRIPTION] = {"description", IN_WORDS, MSG_ACT_AMEND_DESCRIPTION, CASE_WORDS_MAX},                  \
    [A_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE}, [A_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT},       \
    [A_PHONE] = {"phone", IN_PHONE,                                                                          \
                 MSG_ACT_AMEND_PHONE}, /* Of what is not possible now a code of CASE_REASONS, which the rule \
                                          checks; of anything else words. */                                 \
        [A_REASON] = {"reason", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},                                   \
    [A_NEXT] = {"next_date", IN_DAY, MSG_ACT_NEXT_DATE},                                                     \
    FILE_CHOICE(A_CONSENT_RECORD, "consent_record", MSG_PURPOSE_RECORD, yes_no),                             \
    FILE_CHOICE(A_CONSENT_CALL, "consent_call", MSG_PURPOSE_CALL, yes_no),                                   \
    FILE_CHOICE(A_CONSENT_HAND_OVER, "consent_hand_over", MSG_PURPOSE_HAND_OVER, yes_no),                    \
    FILE_CHOICE(A_CONSENT_FIGURES, "consent_figures", MSG_PURPOSE_FIGURES, yes_no),                          \
    FILE_CHOICE(A_WHOSE, "whose_phone", MSG_NEW_WHOSE, whose),                                               \
    [A_SAFE] = {"safe_call", IN_FLAG, MSG_CASE_SAFE}, [A_SMS] = {"safe_sms", IN_FLAG, MSG_CASE_SAFE_SMS},    \
    FILE_CHOICE(A_WHEN, "call_when", MSG_CASE_WHEN, when),                                                   \
    [A_DOCUMENTS] = {"documents", IN_LIST, MSG_ACT_AMEND_DOCUMENTS, 30},                                     \
    [A_TOLD] = {"told", IN_CHOICE, MSG_CALL_TOLD, .choices = choices_told}

extern const char *const choices_action[]; /* all but "file" */
extern const char *const choices_told[];   /* calls that end with a note of what came of them */
extern const char *const choices_state[];  /* as in complaint_kind */

/* in[A_REF] .. in[A_N - 1]; what stands behind is the caller's own. */
void act_of(const struct given *in, struct case_act *out);
void receipt_of(struct ctx *c, const struct case_receipt *done, struct receipt *out);
/* Whose identity a page shows whose first input is the reference: for the audit chain. */
err look_case(struct ctx *c, const struct given *in, struct audit_entry *io);
/* Who reads there how the case stands has seen it: the last step is not taken back behind her. */
extern const struct seen_fns case_seen_fns;

#endif
