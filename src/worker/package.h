/* package.h: documents that are XML files in a zip: their parts, put together so that the same parts are the
 * same bytes (no times, no names of who made them). */
#ifndef SUNWAI_PACKAGE_H
#define SUNWAI_PACKAGE_H

#include "buf.h"
#include "err.h"

struct package_part {
    const char *name; /* "xl/workbook.xml" */
    const struct buf *bytes;
};

/* LIMIT: a part is full, out is, or there is no memory. */
err package_of(const struct package_part *parts, size_t n, struct buf *out);

/* A character as it may stand in XML, in text and between double quotes. */
void package_escape(struct buf *out, uint32_t c);

#define PACKAGE_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PACKAGE_RELATIONS \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define PACKAGE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

#endif
