/* event_close_pages.h: the pages of the end of the day among themselves. */
#ifndef SUNWAI_EVENT_CLOSE_PAGES_H
#define SUNWAI_EVENT_CLOSE_PAGES_H

#include "event_close.h"
#include "event_pages.h"

/* Directions given at an event. */
enum event_direction_input {
    ED_CODE,
    ED_WORDS,
    ED_SIDE,
    ED_OFFICE,
    ED_POST,
    ED_VACANT,
    ED_HORIZON,
    ED_DAY,
    ED_CASE,
    ED_NEED,
    ED_DONE,
    ED_N
};
extern const struct input event_direction_inputs[ED_N];
err show_event_directions(struct web *w);
err write_event_direction(struct ctx *c, const struct given *in, struct receipt *out);
err answer_event_direction(struct web *w);

/* Closing. */
enum close_input {
    CL_CODE,
    CL_DO,
    CL_EXPLAINED,
    CL_MINUTES,
    CL_POST,
    CL_HOW,
    CL_SIGN_NO,
    CL_SURE,
    CL_WHY,
    CL_DONE,
    CL_CELLS,
    CL_N = CL_CELLS + 20
};
extern const struct input close_inputs[CL_N];
err show_close(struct web *w);
err write_close(struct ctx *c, const struct given *in, struct receipt *out);
err answer_close(struct web *w);

/* The follow-up. */
enum follow_input { FO_CODE, FO_NO, FO_ANSWER, FO_WOMEN, FO_WORDS, FO_DAY, FO_DONE, FO_N };
extern const struct input follow_inputs[FO_N];
err show_follow(struct web *w);
err write_follow(struct ctx *c, const struct given *in, struct receipt *out);
err answer_follow(struct web *w);

/* Minutes, closing sheet, data sheet and the letters of directions: as page, PDF and DOCX. */
enum { PAPER_INPUTS = 1, CLOSE_PAPERS = 4 };
extern const struct input event_paper_inputs[PAPER_INPUTS];
err show_minutes(struct web *w);
err show_minutes_pdf(struct web *w);
err show_minutes_docx(struct web *w);
err show_closing_sheet(struct web *w);
err show_closing_sheet_pdf(struct web *w);
err show_closing_sheet_docx(struct web *w);
err show_data_sheet(struct web *w);
err show_data_sheet_pdf(struct web *w);
err show_data_sheet_docx(struct web *w);
err show_direction_letters(struct web *w);
err show_direction_letters_pdf(struct web *w);
err show_direction_letters_docx(struct web *w);
/* What came when the day was closed already, in a sentence; empty: nothing did. */
str close_later_words(struct web *w, const struct close_state *s);
/* Links to the papers of an event. */
err event_paper_links(struct web *w, const struct event_view *v, const struct page_link **out, size_t *out_n);

#endif
