/* offline_models.h: what offline.html shows: the fields of the desk and of an event's day, empty. */
#ifndef SUNWAI_OFFLINE_MODELS_H
#define SUNWAI_OFFLINE_MODELS_H

#include "desk_models.h"
#include "page.h"

struct offline_word { /* of a closed set */
    str code;
    str name;
};

/* What is read and given to her, in one language: {service} and {unit} are filled in on the device. */
struct offline_said {
    str lang, dir;
    str complaint, application, suggestion;
    str facts_title;
    const struct fact_view *facts; /* name, and as its value the input that fills it */
    size_t facts_n;
    str none, anonymous, yes, no, ask;
    const struct offline_word *whens; /* when it is safe to call */
    size_t whens_n;
    str months; /* their names, with | between them */
    str slip, day, help, how, free, demo, pin, apart;
};

struct offline_view {
    int64_t women_most, token_most; /* what a field takes, and what is said when it is more */
    str women_odd, token_odd;
    struct file_view file;
    struct field_view safe, record; /* side by side: for rapid capture */
    struct field_view token, sex, role, spoke, need, women, matter, answer, answered, by_day, reason;
    const struct offline_word *roles, *sights, *kinds; /* of an event */
    size_t roles_n, sights_n, kinds_n;
    const struct offline_said *said; /* one for each language */
    size_t said_n;
    str months; /* their names, with | between them */
};

#endif
