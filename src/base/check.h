/* check.h: invariants that stand in release builds too. A broken one aborts with its place, so that the
 * supervisor restarts a process that no longer knows what it does. Not for what a user can cause. */
#ifndef SUNWAI_CHECK_H
#define SUNWAI_CHECK_H

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

_Noreturn void check_failed(const char *file, int line, const char *condition);

#endif
