/* rota_pages.h: the handlers of the desk's pages among themselves. */
#ifndef SUNWAI_ROTA_PAGES_H
#define SUNWAI_ROTA_PAGES_H

#include "rota.h"
#include "web.h"

enum { ROTA_WEEKDAYS = 7 };

/* "Monday" */
str weekday_text(const struct page *p, int64_t weekday);
/* 09:05 of minutes, in the digits of the language and kept from turning about. */
str shift_clock(const struct page *p, int64_t minutes);
str post_text(const struct page *p, str code);
err rota_desk_name(struct web *w, const struct q_rota_desk *desk, str *out);

enum manage_input {
    M_DESK,
    M_DONE,
    M_DO,
    M_HOST,
    M_RUN_BY,
    M_OPERATOR,
    M_LETTER,
    M_LETTER_DAY,
    M_LETTER_BY,
    M_FUNDER,
    M_ROOM,
    M_PHONE,
    M_WEEKDAY,
    M_OPEN_FROM,
    M_OPEN_TO,
    M_CLOSED_DAY,
    M_CLOSED_WHY,
    M_POST,
    M_POST_WORKS,
    M_POST_LOGIN,
    M_NO,
    M_MEMBER,
    M_SEAT,
    M_SEAT_TO,
    M_ENDORSED,
    M_WEEK_DAY,
    M_FIRST,
    M_SECOND,
    M_THIRD,
    M_SHIFT_MEMBER,
    M_SHIFT_DAY,
    M_SHIFT_DO,
    M_SHIFT_FROM,
    M_SHIFT_TO,
    M_INSTEAD,
    MANAGE_INPUTS
};
extern const struct input manage_inputs[MANAGE_INPUTS];
err show_manage(struct web *w);
err write_manage(struct ctx *c, const struct given *in, struct receipt *out);
err answer_manage(struct web *w);

#endif
