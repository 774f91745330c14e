/* prompt_models.h: what the template of recorded questions shows. */
#ifndef SUNWAI_PROMPT_MODELS_H
#define SUNWAI_PROMPT_MODELS_H

#include "page.h"

struct prompt_said_view { /* of one question, in one language */
    str lang_code, language, dir;
    str key, title; /* the question, in the language of the page */
    str words;      /* … as it is read aloud */
    bool stands, machine, heavy;
    struct url sound;
    str about; /* version, whose voice, day, how long and how heavy */
};
struct prompt_row_view { /* a question */
    str words;
    const struct prompt_said_view *said;
    size_t said_n;
};
struct prompts_view {
    str missing; /* how many, in each language */
    const struct prompt_row_view *rows;
    size_t rows_n;
    struct field_view which, lang, speaker, machine, sound;
};

#endif
