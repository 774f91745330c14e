#include "check.h"

#include <stdlib.h>

#include "log.h"

void check_failed(const char *file, int line, const char *condition)
{
    ERROR("check.failed", log_text("file", str_of(file)), log_i64("line", line),
          log_text("condition", str_of(condition)));
    abort();
}
