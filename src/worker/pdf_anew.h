/* pdf_anew.h: a PDF written anew, without what its author's programs wrote beside the paper.
 *
 * Only what its pages lead to is written: what an earlier state of the file held, under a black bar too,
 * stays behind. Left out are author, title, dates and program (Info), XMP wherever it hangs, private data of
 * programs, small pictures of pages, the ids of the file, signatures (they would not fit any more), who wrote
 * a comment and when, and what cameras wrote into the pictures inside. What is seen on the pages stays:
 * words, comments, pictures. Not looked into: fonts, and pictures that stand within the drawing of a page
 * itself.
 *
 * Every PDF has its own idea of being broken; this one mends what readers mend, so that all of them read the
 * same afterwards. By libqpdf (its C interface), in a child of the worker.
 */
#ifndef SUNWAI_PDF_ANEW_H
#define SUNWAI_PDF_ANEW_H

#include "answering.h"

enum { PDF_OBJECTS_MAX = 1 << 18 };

/* Objects stand plainly in what is made, none packed, so that it can be looked at. ACTIVE: it is under a
 * password; BROKEN: it cannot be written anew; TOO_BIG: too many pages or objects. *out is of no use then. */
enum wire_why pdf_anew(str input, struct buf *out, uint32_t *out_pages);

#endif
