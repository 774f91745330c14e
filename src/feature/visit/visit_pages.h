/* visit_pages.h: the pages of this feature among themselves. */
#ifndef SUNWAI_VISIT_PAGES_H
#define SUNWAI_VISIT_PAGES_H

#include "visit.h"
#include "web.h"

/* A field over a closed set; `preset` is chosen when nothing was sent. */
err visit_field(struct web *w, size_t input, const struct visit_word *words, size_t n, str preset,
                enum msg hint, struct field_view *out);
/* The words for a stored code; empty for none. */
str visit_words(const struct page *p, const struct visit_word *words, size_t n, str code);
/* A ULID from a device, or STR_NONE. */
str given_text(const struct given *g);
err desk_name(struct web *w, const struct visit_desk *d, enum lang lang, str *out);

enum { NOW_INPUTS = 2, EXIT_INPUTS = 4, TOKEN_INPUTS = 3, MATERIAL_INPUTS = 8, FIGURE_INPUTS = 2 };
extern const struct input now_inputs[NOW_INPUTS];
extern const struct input exit_inputs[EXIT_INPUTS];
extern const struct input token_inputs[TOKEN_INPUTS];
err show_now(struct web *w);
err show_door(struct web *w);
err show_exit(struct web *w);
err write_exit(struct ctx *c, const struct given *in, struct receipt *out);
err answer_exit(struct web *w);
err show_token(struct web *w);

extern const struct input material_inputs[MATERIAL_INPUTS];
extern const struct input material_move_inputs[MATERIAL_INPUTS];
err show_materials(struct web *w);
err write_material(struct ctx *c, const struct given *in, struct receipt *out);
err write_material_move(struct ctx *c, const struct given *in, struct receipt *out);
err answer_material(struct web *w);

extern const struct input figure_inputs[FIGURE_INPUTS];
err show_figures(struct web *w);
err show_figures_file(struct web *w);

#endif
