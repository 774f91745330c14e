#include "err.h"

#include <stdarg.h>
#include <stdio.h>

const char *err_name(err e)
{
    static const char *const names[] = {"ok",   "not_found", "denied", "invalid",   "conflict",
                                        "busy", "limit",     "io",     "uncertain", "bug"};
    return names[e.code];
}

err fail_set(struct fail *f, enum err_code code, int message, const char *field)
{
    f->message = message;
    f->field = field;
    return (err){code};
}

err fail_log(struct fail *f, enum err_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(f->log, sizeof f->log, format, args);
    va_end(args);
    if (n < 0) {
        f->log[0] = '\0';
    }
    return (err){code};
}

const char *errno_text(int number)
{
    const char *text = strerrordesc_np(number);
    return text != NULL ? text : "unknown";
}
