#include "kacheri_ics.h"

#include "clock.h"

enum { LINE_MAX_BYTES = 8 * 1024 };

/* Where a line may be cut: not inside a character of UTF-8. */
static bool cut_here(str line, size_t at)
{
    return ((unsigned char)line.p[at] & 0xC0U) != 0x80U;
}

/* One content line. The first piece holds 75 octets, the others 74 behind their space (RFC 5545 3.1). */
static void line_put(struct buf *out, str line)
{
    size_t room = ICS_LINE_MAX;
    while (line.n > room) {
        size_t at = room;
        while (at > 1 && !cut_here(line, at)) {
            at--;
        }
        buf_put(out, str_sub(line, 0, at));
        buf_put(out, S("\r\n "));
        line = str_sub(line, at, line.n - at);
        room = ICS_LINE_MAX - 1;
    }
    buf_put(out, line);
    buf_put(out, S("\r\n"));
}

/* A text value: backslash, semicolon, comma and line end are escaped (RFC 5545 3.3.11). */
static void text_line(struct buf *out, const char *name, str value)
{
    SCOPED(buf_free) struct buf b = buf_new(LINE_MAX_BYTES);
    buf_put(&b, str_of(name));
    buf_putc(&b, ':');
    for (size_t i = 0; i < value.n; i++) {
        const char c = value.p[i];
        if (c == '\n') {
            buf_put(&b, S("\\n"));
        } else if (c != '\r') {
            if (c == '\\' || c == ';' || c == ',') {
                buf_putc(&b, '\\');
            }
            buf_putc(&b, c);
        }
    }
    line_put(out, buf_str(&b));
}

static void time_line(struct buf *out, const char *name, int64_t ms)
{
    const struct local_time t = local_of(ms - LOCAL_OFFSET_MS); /* the calendar of UTC */
    SCOPED(buf_free) struct buf b = buf_new(LINE_MAX_BYTES);
    buf_printf(&b, "%s:%04d%02d%02dT%02d%02d%02dZ", name, t.year, t.month, t.day, t.hour, t.minute, t.second);
    line_put(out, buf_str(&b));
}

void ics_put(struct buf *out, const struct ics_event *e)
{
    SCOPED(buf_free) struct buf b = buf_new(LINE_MAX_BYTES);
    line_put(out, S("BEGIN:VCALENDAR"));
    line_put(out, S("VERSION:2.0"));
    line_put(out, S("PRODID:-//Sunwai//Events//EN"));
    line_put(out, S("METHOD:PUBLISH"));
    line_put(out, S("BEGIN:VEVENT"));
    buf_printf(&b, "UID:%.*s@sunwai", STR_F(e->uid));
    line_put(out, buf_str(&b));
    time_line(out, "DTSTAMP", e->stamp_ms);
    time_line(out, "LAST-MODIFIED", e->stamp_ms);
    buf_clear(&b);
    buf_printf(&b, "SEQUENCE:%lld", (long long)e->sequence);
    line_put(out, buf_str(&b));
    time_line(out, "DTSTART", e->from_ms);
    time_line(out, "DTEND", e->to_ms);
    line_put(out, e->cancelled ? S("STATUS:CANCELLED") : S("STATUS:CONFIRMED"));
    text_line(out, "SUMMARY", e->summary);
    text_line(out, "LOCATION", e->location);
    text_line(out, "DESCRIPTION", e->description);
    line_put(out, S("END:VEVENT"));
    line_put(out, S("END:VCALENDAR"));
}
