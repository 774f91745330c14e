/* document_job.h: the job that makes what was asked for (feature.h, `beside`). */
#ifndef SUNWAI_DOCUMENT_JOB_H
#define SUNWAI_DOCUMENT_JOB_H

#include "store.h"

enum { DOCUMENT_JOB_MS = 2000 };
err document_job(struct ctx *c, int64_t *out_done);

#endif
