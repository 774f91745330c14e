/* permission.h: what may be done, and which roles may do it. A route names one of these; a rule asks
 * permission_of(). Scope (which district, which office, which case) is asked by the rule itself. */
#ifndef SUNWAI_PERMISSION_H
#define SUNWAI_PERMISSION_H

#include <stdbool.h>

#include "actor.h"

#define PERMISSION_ROLE(r) (1u << ROLE_##r)

/* PERMISSION(identifier, "name", roles) */
#define PERMISSIONS(PERMISSION)                                                                              \
    PERMISSION(PUBLIC, "public", ~0u)                                                                        \
    PERMISSION(SIGNED_IN, "signed-in",                                                                       \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MEMBER) | PERMISSION_ROLE(ADMIN) |                 \
                   PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER) | PERMISSION_ROLE(AWAY))              \
    PERMISSION(CASE_FILE, "case.file", PERMISSION_ROLE(DESK))                                                \
    PERMISSION(CASE_READ, "case.read",                                                                       \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MEMBER) | PERMISSION_ROLE(MONITOR) |               \
                   PERMISSION_ROLE(MANAGER))                                                                 \
    /* A list leaves the house, in a file or on paper. */                                                    \
    PERMISSION(CASE_TAKE, "case.take",                                                                       \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC))                                                                     \
    PERMISSION(CASE_ACT, "case.act",                                                                         \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MEMBER))                                           \
    PERMISSION(HAND_OVER, "case.hand-over",                                                                  \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    /* Whoever sees a PIN could answer in her place: nobody but the desk that gives it to her. */            \
    PERMISSION(SLIP_PRINT, "slip.print", PERMISSION_ROLE(DESK))                                              \
    PERMISSION(IDENTITY_VIEW, "identity.view", PERMISSION_ROLE(DESK))                                        \
    /* Of what goes past the desk: the ADC of the office that looks into it (case_calls_for). */             \
    PERMISSION(IDENTITY_CALL, "identity.call", PERMISSION_ROLE(DESK) | PERMISSION_ROLE(ADC))                 \
    /* Figures over many cases. */                                                                           \
    PERMISSION(OVERSEE, "oversee", PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                       \
    PERMISSION(DIGEST, "digest",                                                                             \
               PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                \
    /* When the last one was made; nothing of what is in it. */                                              \
    PERMISSION(BACKUPS, "backups", PERMISSION_ROLE(ADC) | PERMISSION_ROLE(ADMIN))                            \
    PERMISSION(EVENT_PLAN, "event.plan",                                                                     \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    PERMISSION(EVENT_RECORD, "event.record", PERMISSION_ROLE(DESK) | PERMISSION_ROLE(MEMBER))                \
    PERMISSION(EVENT_READ, "event.read",                                                                     \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MEMBER) | PERMISSION_ROLE(MONITOR) |               \
                   PERMISSION_ROLE(MANAGER))                                                                 \
    PERMISSION(EVENT_CLOSE, "event.close",                                                                   \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    PERMISSION(DIRECTION_ACT, "direction.act",                                                               \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC))                                                                     \
    PERMISSION(EVIDENCE_SEE, "evidence.see",                                                                 \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC))                                                                     \
    /* Hears a voice (each time recorded), opens a picture, types her words: the desk's; of what goes past   \
       the desk, those who look into it instead. Which of the two, is asked of each piece: evidence_keeps(). \
     */                                                                                                      \
    PERMISSION(EVIDENCE_KEEP, "evidence.keep", PERMISSION_ROLE(DESK) | PERMISSION_ROLE(ADC))                 \
    /* Who is on shift, and what one shift tells the next. */                                                \
    PERMISSION(ROTA_READ, "rota.read",                                                                       \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC) |                  \
                   PERMISSION_ROLE(MEMBER))                                                                  \
    PERMISSION(ROTA_MANAGE, "rota.manage", PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))               \
    PERMISSION(MESSAGE_MANAGE, "message.manage", PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))         \
    /* The questions that are read aloud are the same ones in every district: not for one of them to change. \
     */                                                                                                      \
    PERMISSION(PROMPT_MANAGE, "prompt.manage", PERMISSION_ROLE(ADMIN) | PERMISSION_ROLE(MANAGER))            \
    PERMISSION(MESSAGE_REACH, "message.reach",                                                               \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    PERMISSION(VISIT_RECORD, "visit.record", PERMISSION_ROLE(DESK) | PERMISSION_ROLE(MEMBER))                \
    PERMISSION(VISIT_FIGURES, "visit.figures",                                                               \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    /* Devices that work without a signal: who records on one, who sees those of a desk and stops one, who   \
       lets in what came from one that was stopped. */                                                       \
    PERMISSION(DEVICE_USE, "device.use", PERMISSION_ROLE(DESK) | PERMISSION_ROLE(MEMBER))                    \
    PERMISSION(DEVICE_READ, "device.read",                                                                   \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))                   \
    PERMISSION(DEVICE_MANAGE, "device.manage", PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))           \
    /* Plans, sheets, figures: who sees, who fills in, who verifies and who approves (never one's own). */   \
    PERMISSION(PLAN_READ, "plan.read",                                                                       \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC) |                  \
                   PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))                                      \
    PERMISSION(PLAN_WRITE, "plan.write", PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))                \
    PERMISSION(PLAN_APPROVE, "plan.approve", PERMISSION_ROLE(MANAGER))                                       \
    /* What stands in documents beside the figures; what people agreed to see there. */                      \
    PERMISSION(NARRATIVE_WRITE, "narrative.write", PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))      \
    PERMISSION(STORY_KEEP, "story.keep",                                                                     \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))                  \
    PERMISSION(SHEET_READ, "sheet.read",                                                                     \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC) |                  \
                   PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))                                      \
    PERMISSION(SHEET_FILL, "sheet.fill",                                                                     \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(MONITOR))               \
    PERMISSION(SHEET_VERIFY, "sheet.verify", PERMISSION_ROLE(MONITOR))                                       \
    PERMISSION(SHEET_APPROVE, "sheet.approve", PERMISSION_ROLE(MONITOR))                                     \
    PERMISSION(FIGURES_READ, "figures.read",                                                                 \
               PERMISSION_ROLE(DESK) | PERMISSION_ROLE(OFFICER) | PERMISSION_ROLE(SUPERVISOR) |              \
                   PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MONITOR) | PERMISSION_ROLE(MANAGER))               \
    /* What comes with a kit holds for every district. */                                                    \
    PERMISSION(KIT_READ, "kit.read", PERMISSION_ROLE(ADMIN) | PERMISSION_ROLE(MANAGER))                      \
    PERMISSION(KIT_MANAGE, "kit.manage", PERMISSION_ROLE(ADMIN))                                             \
    PERMISSION(READY_READ, "ready.read",                                                                     \
               PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC) | PERMISSION_ROLE(MONITOR) |               \
                   PERMISSION_ROLE(MANAGER) | PERMISSION_ROLE(ADMIN))                                        \
    PERMISSION(READY_STATE, "ready.state", PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC))               \
    /* Whose accounts, is asked by the rule: account_manages(). */                                           \
    PERMISSION(USER_MANAGE, "user.manage",                                                                   \
               PERMISSION_ROLE(SUPERVISOR) | PERMISSION_ROLE(ADC) | PERMISSION_ROLE(ADMIN))

#define PERMISSION_ENUM(id, name, roles) P_##id,
enum permission { P_UNSAID, PERMISSIONS(PERMISSION_ENUM) P_N };
#undef PERMISSION_ENUM

const char *permission_name(enum permission p);
bool permission_of(enum role r, enum permission p); /* P_UNSAID: nobody */

#endif
