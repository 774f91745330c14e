/* confine_calls.h: the list of system calls that a process may make. */
#ifndef SUNWAI_CONFINE_CALLS_H
#define SUNWAI_CONFINE_CALLS_H

#include <stdbool.h>

/* Of this thread and all that it starts. calls: CALLS_*. False when the kernel cannot; nothing is done then.
 */
bool confine_calls(unsigned calls);

#endif
