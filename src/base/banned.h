/* banned.h: functions that do not exist here. Included by the compiler before every source file of src/. */
#ifndef SUNWAI_BANNED_H
#define SUNWAI_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef strtok_r

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok strtok_r atoi atol atoll
#pragma GCC poison gmtime localtime ctime asctime mktemp tmpnam setlocale rand srand system popen
/* Not for many threads: errno_text() of err.h is. */
#pragma GCC poison strerror

#endif
