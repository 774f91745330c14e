/* file_given.h: a file that a command was given to read. */
#ifndef SUNWAI_FILE_GIVEN_H
#define SUNWAI_FILE_GIVEN_H

#include "commands.h"

/* The whole of it, in the call's arena. The process confines itself before it reads a byte. False when it has
 * said why not. */
bool file_given(const struct call *call, str name, size_t most, str *out);
/* The next n bytes; false when there are not as many. */
bool file_read(int fd, void *to, size_t n);

#endif
