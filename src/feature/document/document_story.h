/* document_story.h: what people wrote (narrative.h) and said (quote.h) for one document. */
#ifndef SUNWAI_DOCUMENT_STORY_H
#define SUNWAI_DOCUMENT_STORY_H

#include "narrative.h"
#include "paper.h"
#include "quote.h"

struct document_story {
    bool written;   /* sections can stand in it: else there are none for such a document */
    enum lang lang; /* of the sections */
    struct narrative_text sections[STORY_section_n];
    struct quote_printed *quotes;
    size_t quotes_n;
};
/* What a person wrote or said into a paper, paragraph by paragraph; nothing of it is cut off. */
void document_said_put(struct paper_draft *d, enum lang lang, str words);

#endif
