/* log.h: one JSON object a line on standard error.
 *
 * An event is an identifier ("case.filed"), the rest are typed pairs. No personal data, no words a person
 * wrote, no secrets: whoever logs decides that, for the log cannot. A line is written whole or not at all,
 * from any thread, at most 4096 bytes long (pairs that no longer fit are left out: "cut":true).
 * LOG("http.start", log_i64("port", 8080), log_text("host", S("127.0.0.1"))).
 */
#ifndef SUNWAI_LOG_H
#define SUNWAI_LOG_H

#include "err.h"

struct log_pair {
    const char *key;
    bool is_number;
    int64_t number;
    str text;
};

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_pair log_i64(const char *key, int64_t v);
/* Invalid bytes are replaced; cut at 300 bytes. v is borrowed. */
struct log_pair log_text(const char *key, str v);
void log_line(enum log_level level, const char *event, const struct log_pair *pairs, size_t n);
/* Of what happens thousands of times a second and can be missed: the line waits for others, until the next
 * log_line() or log_flush(). The process that lets lines wait calls log_flush() a few times a second; one
 * that is killed takes at most 4096 bytes of them with it. */
void log_later(const char *event, const struct log_pair *pairs, size_t n);
void log_flush(void);
void log_to(int fd); /* default 2; -1 is silent (tests) */

#define LOG_PAIRS(...)                                         \
    (const struct log_pair[]){log_i64("v", 1), ##__VA_ARGS__}, \
        sizeof((const struct log_pair[]){log_i64("v", 1), ##__VA_ARGS__}) / sizeof(struct log_pair)
#define LOG_AT(level, event, ...) log_line((level), (event), LOG_PAIRS(__VA_ARGS__))
#define LOG_LATER(event, ...) log_later((event), LOG_PAIRS(__VA_ARGS__))
#define LOG(event, ...) LOG_AT(LOG_INFO, event, ##__VA_ARGS__)
#define WARN(event, ...) LOG_AT(LOG_WARN, event, ##__VA_ARGS__)
#define ERROR(event, ...) LOG_AT(LOG_ERROR, event, ##__VA_ARGS__)

#endif
