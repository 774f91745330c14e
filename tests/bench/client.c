/* client.c: the load of the benchmarks. It checks every answer, and it can be open-loop: then an answer's
 * time counts from the moment at which its request was due, so that a server that stalls cannot hide the
 * requests that would have come meanwhile.
 *
 * client HOST:PORT PLAN [--connections N] [--rate R[,R…]] [--seconds S] [--seed N] [--acked FILE]
 * [--timeline] Without --rate each connection runs one script after the other. With it, scripts begin at that
 * rate, S seconds for each rate given; those that find no free connection wait for one.
 *
 * A plan is a text file of scripts; one is drawn for each run:
 *   script                    begins one
 *   step NAME METHOD PATH STATUS
 *   head Name: value          body TEXT (the rest of the line)
 *   want TEXT                 must stand in head or body
 *   take NAME BEFORE|BEHIND   keeps what stands between the two texts
 *   note NAME                 when the step went well, writes what was kept to --acked
 * @{NAME} in path, head, body and want is what was kept; @{n} a number of this run of the script, never twice
 * in one process; @{r} a random number below a million, the same within the run.
 *
 * Prints one line for each step name and one for all of it: counts, and times in microseconds. Ends with 1
 * when an answer was wrong.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    LINE_MAX_LEN = 64 * 1024,
    REQUEST_MAX = 64 * 1024,
    ANSWER_MAX = 4 * 1024 * 1024,
    VALUE_MAX = 2048,
    TAKES_MAX = 12,
    WANTS_MAX = 8,
    STEPS_MAX = 12,
    NAMES_MAX = 32,
    CONNECTIONS_MAX = 4096,
    BUCKETS = 4096, /* 64 for each power of two of microseconds */
    GIVE_UP_S = 30
};

#define NORETURN __attribute__((noreturn))
#define PRINTF __attribute__((format(printf, 1, 2)))

static NORETURN PRINTF void die(const char *form, ...)
{
    va_list args;
    va_start(args, form);
    (void)fputs("client: ", stderr);
    (void)vfprintf(stderr, form, args);
    (void)fputc('\n', stderr);
    va_end(args);
    exit(2);
}

static void *more(void *old, size_t n)
{
    void *p = realloc(old, n);
    if (p == NULL) {
        die("no memory");
    }
    return p;
}

static char *kept_text(const char *from, size_t n)
{
    char *p = more(NULL, n + 1);
    memcpy(p, from, n);
    p[n] = '\0';
    return p;
}

static int64_t now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static uint64_t dice = 88172645463325252u;

static uint64_t draw(void)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice;
}

/* ---- plan ---- */

struct take {
    int name;
    char *before, *behind;
};

struct step {
    int name; /* of the step: under what it is counted */
    int status;
    char *method, *path, *heads, *body;
    char *wants[WANTS_MAX];
    int wants_n;
    struct take takes[TAKES_MAX];
    int takes_n;
    int note; /* -1: nothing */
};

struct script {
    struct step steps[STEPS_MAX];
    int steps_n;
};

static struct script *scripts;
static size_t scripts_n;
static char *names[NAMES_MAX]; /* of steps, and of what is kept */
static int names_n;
static const char *host;

static int name_of(const char *text, size_t n)
{
    for (int i = 0; i < names_n; i++) {
        if (strlen(names[i]) == n && memcmp(names[i], text, n) == 0) {
            return i;
        }
    }
    if (names_n == NAMES_MAX) {
        die("more than %d names", NAMES_MAX);
    }
    names[names_n] = kept_text(text, n);
    return names_n++;
}

static char *word(char **line)
{
    char *from = *line + strspn(*line, " ");
    const size_t n = strcspn(from, " ");
    *line = from + n + (from[n] == ' ');
    from[n] = '\0';
    return from;
}

static void step_read(struct script *s, char *rest)
{
    if (s->steps_n == STEPS_MAX) {
        die("more than %d steps", STEPS_MAX);
    }
    struct step *p = &s->steps[s->steps_n++];
    *p = (struct step){.note = -1};
    const char *name = word(&rest);
    p->name = name_of(name, strlen(name));
    const char *method = word(&rest);
    p->method = kept_text(method, strlen(method));
    const char *path = word(&rest);
    p->path = kept_text(path, strlen(path));
    p->status = atoi(word(&rest));
    p->heads = kept_text("", 0);
}

static void part_read(struct step *p, const char *kind, char *rest)
{
    const size_t n = strlen(rest);
    if (strcmp(kind, "head") == 0) {
        const size_t had = strlen(p->heads);
        p->heads = more(p->heads, had + n + 3);
        memcpy(p->heads + had, rest, n);
        memcpy(p->heads + had + n, "\r\n", 3);
    } else if (strcmp(kind, "body") == 0) {
        p->body = kept_text(rest, n);
    } else if (strcmp(kind, "want") == 0 && p->wants_n < WANTS_MAX) {
        p->wants[p->wants_n++] = kept_text(rest, n);
    } else if (strcmp(kind, "take") == 0 && p->takes_n < TAKES_MAX) {
        const char *name = word(&rest);
        const char *bar = strchr(rest, '|');
        if (bar == NULL) {
            die("take %s: no |", name);
        }
        p->takes[p->takes_n++] = (struct take){.name = name_of(name, strlen(name)),
                                               .before = kept_text(rest, (size_t)(bar - rest)),
                                               .behind = kept_text(bar + 1, strlen(bar + 1))};
    } else if (strcmp(kind, "note") == 0) {
        p->note = name_of(rest, n);
    } else {
        die("what is '%s'?", kind);
    }
}

static void plan_read(const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = more(NULL, LINE_MAX_LEN);
    if (f == NULL) {
        die("%s: %s", path, strerror(errno));
    }
    while (fgets(line, LINE_MAX_LEN, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *rest = line;
        if (line[0] == '\0') {
            continue;
        }
        const char *kind = word(&rest);
        if (strcmp(kind, "script") == 0) {
            scripts = more(scripts, (scripts_n + 1) * sizeof *scripts);
            scripts[scripts_n++] = (struct script){.steps_n = 0};
            continue;
        }
        struct script *s = scripts_n == 0 ? NULL : &scripts[scripts_n - 1];
        if (s == NULL || (s->steps_n == 0 && strcmp(kind, "step") != 0)) {
            die("'%s' before any step", kind);
        }
        if (strcmp(kind, "step") == 0) {
            step_read(s, rest);
        } else {
            part_read(&s->steps[s->steps_n - 1], kind, rest);
        }
    }
    (void)fclose(f);
    free(line);
    if (scripts_n == 0) {
        die("%s: no script", path);
    }
}

/* ---- what came of it ---- */

struct count {
    int64_t good, refused, wrong, worst_us;
    int64_t buckets[BUCKETS];
};

static struct count counts[NAMES_MAX + 1]; /* the last: all */
static int64_t errors, scripts_over;       /* errors: connections that broke or gave no answer */
static int shown;

static int bucket_of(int64_t us)
{
    if (us < 64) {
        return us < 0 ? 0 : (int)us;
    }
    const int power = 63 - __builtin_clzll((unsigned long long)us); /* 6 or more */
    const int at = (power - 5) * 64 + (int)((us >> (power - 6)) & 63);
    return at < BUCKETS ? at : BUCKETS - 1;
}

static int64_t bucket_us(int at)
{
    if (at < 64) {
        return at;
    }
    const int power = at / 64 + 5;
    return ((int64_t)(64 + at % 64) << (power - 6)) + ((int64_t)1 << (power - 6)) - 1;
}

static int64_t percentile(const struct count *c, double share)
{
    int64_t all = 0, seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        all += c->buckets[i];
    }
    const int64_t want = (int64_t)((double)all * share + 0.5);
    for (int i = 0; i < BUCKETS; i++) {
        seen += c->buckets[i];
        if (seen >= want && seen > 0) {
            return bucket_us(i) < c->worst_us ? bucket_us(i) : c->worst_us;
        }
    }
    return 0;
}

static void count_time(struct count *c, int64_t us)
{
    c->good++;
    c->buckets[bucket_of(us)]++;
    c->worst_us = us > c->worst_us ? us : c->worst_us;
}

static void count_print(const char *name, const struct count *c, double seconds)
{
    (void)printf("step=%s good=%lld refused=%lld wrong=%lld rate=%.1f p50_us=%lld p95_us=%lld p99_us=%lld "
                 "max_us=%lld\n",
                 name, (long long)c->good, (long long)c->refused, (long long)c->wrong,
                 (double)c->good / seconds, (long long)percentile(c, 0.50), (long long)percentile(c, 0.95),
                 (long long)percentile(c, 0.99), (long long)c->worst_us);
}

/* By second of the run: what was answered in it, and how late the latest was. */
struct second {
    int64_t good, refused, wrong, worst_us;
};
static struct second *seconds_of;
static size_t seconds_n;
static bool timeline;
static int64_t began_us;

static struct second *second_now(int64_t at)
{
    const size_t i = (size_t)((at - began_us) / 1000000);
    if (i >= seconds_n) {
        seconds_of = more(seconds_of, (i + 1) * sizeof *seconds_of);
        memset(seconds_of + seconds_n, 0, (i + 1 - seconds_n) * sizeof *seconds_of);
        seconds_n = i + 1;
    }
    return &seconds_of[i];
}

/* ---- connections ---- */

struct connection {
    int fd;
    bool open, busy;
    const struct script *script;
    int at;         /* which step */
    int64_t number; /* of the run */
    int64_t random;
    int64_t due_us; /* from when the step's time counts */
    int64_t sent_us;
    char request[REQUEST_MAX];
    size_t request_n, request_sent;
    char *answer;
    size_t answer_n, answer_room;
    char *values[NAMES_MAX];
};

static struct connection **connections;
static int connections_n = 1;
static int epoll;
static struct sockaddr_in address;
static int64_t runs;
static FILE *acked;
static volatile bool stopping;

static void connection_close(struct connection *c)
{
    if (c->open) {
        (void)close(c->fd);
        c->open = false;
    }
}

static void connection_open(struct connection *c)
{
    const int yes = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) {
        die("socket: %s", strerror(errno));
    }
    (void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(c->fd, (const struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS) {
        die("connect: %s", strerror(errno));
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e) != 0) {
        die("epoll: %s", strerror(errno));
    }
    c->open = true;
}

static size_t put(char *to, size_t at, size_t room, const char *text, size_t n)
{
    if (at + n + 1 > room) {
        die("a request is longer than %zu bytes", room);
    }
    memcpy(to + at, text, n);
    to[at + n] = '\0';
    return at + n;
}

/* The text with what stands for its names. */
static size_t put_filled(const struct connection *c, char *to, size_t at, size_t room, const char *text)
{
    for (const char *p = strstr(text, "@{"); p != NULL; p = strstr(text, "@{")) {
        char number[24];
        const char *end = strchr(p, '}');
        const char *value = number;
        if (end == NULL) {
            break;
        }
        at = put(to, at, room, text, (size_t)(p - text));
        const size_t n = (size_t)(end - p - 2);
        if (n == 1 && (p[2] == 'n' || p[2] == 'r')) {
            (void)snprintf(number, sizeof number, "%lld", (long long)(p[2] == 'n' ? c->number : c->random));
        } else {
            value = c->values[name_of(p + 2, n)];
        }
        value = value == NULL ? "" : value;
        at = put(to, at, room, value, strlen(value));
        text = end + 1;
    }
    return put(to, at, room, text, strlen(text));
}

static void request_build(struct connection *c)
{
    const struct step *s = &c->script->steps[c->at];
    static char body[REQUEST_MAX / 2];
    const size_t body_n = s->body == NULL ? 0 : put_filled(c, body, 0, sizeof body, s->body);
    char front[200];
    size_t n = put(c->request, 0, REQUEST_MAX, s->method, strlen(s->method));
    n = put(c->request, n, REQUEST_MAX, " ", 1);
    n = put_filled(c, c->request, n, REQUEST_MAX, s->path);
    (void)snprintf(front, sizeof front, " HTTP/1.1\r\nHost: %s\r\n", host);
    n = put(c->request, n, REQUEST_MAX, front, strlen(front));
    n = put_filled(c, c->request, n, REQUEST_MAX, s->heads);
    if (s->body != NULL) {
        (void)snprintf(front, sizeof front, "Content-Length: %zu\r\n", body_n);
        n = put(c->request, n, REQUEST_MAX, front, strlen(front));
    }
    n = put(c->request, n, REQUEST_MAX, "\r\n", 2);
    c->request_n = put(c->request, n, REQUEST_MAX, s->body == NULL ? "" : body, body_n);
}

static void request_write(struct connection *c)
{
    while (c->busy && c->open && c->request_sent < c->request_n) {
        const ssize_t n =
            send(c->fd, c->request + c->request_sent, c->request_n - c->request_sent, MSG_NOSIGNAL);
        if (n < 0) {
            return; /* EAGAIN: told when there is room; anything else: told by the read */
        }
        c->request_sent += (size_t)n;
    }
}

static void step_begin(struct connection *c, int64_t due_us)
{
    c->due_us = due_us;
    c->answer_n = 0;
    c->request_sent = 0;
    request_build(c);
    c->sent_us = now_us();
    if (!c->open) {
        connection_open(c);
    }
    request_write(c);
}

static void run_begin(struct connection *c, int64_t due_us)
{
    c->busy = true;
    c->script = &scripts[scripts_n == 1 ? 0 : draw() % scripts_n];
    c->at = 0;
    c->number = ++runs;
    c->random = 100000 + (int64_t)(draw() % 900000);
    step_begin(c, due_us);
}

/* ---- answers ---- */

/* Where it ends, once it is all there; 0 until then. */
static size_t answer_whole(const struct connection *c, size_t *out_head)
{
    const char *end = memmem(c->answer, c->answer_n, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    *out_head = (size_t)(end - c->answer) + 4;
    static const char name[] = "\r\nContent-Length: ";
    const char *length = memmem(c->answer, *out_head, name, sizeof name - 1);
    size_t n = length == NULL ? 0 : strtoul(length + sizeof name - 1, NULL, 10);
    n += *out_head;
    return c->answer_n >= n ? n : 0;
}

static bool has(const struct connection *c, const char *text)
{
    return memmem(c->answer, c->answer_n, text, strlen(text)) != NULL;
}

static bool keep(struct connection *c, const struct take *t)
{
    const char *from = memmem(c->answer, c->answer_n, t->before, strlen(t->before));
    if (from == NULL) {
        return false;
    }
    from += strlen(t->before);
    const size_t left = c->answer_n - (size_t)(from - c->answer);
    const char *to = memmem(from, left, t->behind, strlen(t->behind));
    if (to == NULL || to - from >= VALUE_MAX) {
        return false;
    }
    free(c->values[t->name]);
    c->values[t->name] = kept_text(from, (size_t)(to - from));
    return true;
}

/* Why the answer is not what the plan says; NULL when it is. */
static const char *fault_of(struct connection *c, const struct step *s, int status)
{
    static char wanted[VALUE_MAX];
    if (status != s->status) {
        return "status";
    }
    for (int i = 0; i < s->wants_n; i++) {
        (void)put_filled(c, wanted, 0, sizeof wanted, s->wants[i]);
        if (!has(c, wanted)) {
            return s->wants[i];
        }
    }
    for (int i = 0; i < s->takes_n; i++) {
        if (!keep(c, &s->takes[i])) {
            return s->takes[i].before;
        }
    }
    return NULL;
}

static void run_over(struct connection *c)
{
    c->busy = false;
    scripts_over++;
}

static void complain(const struct connection *c, const struct step *s, const char *why)
{
    if (shown++ < 3) {
        (void)fprintf(stderr, "client: %s %s: %s\n%.1500s\n", names[s->name], s->path, why,
                      c->answer_n > 0 ? c->answer : "");
    }
}

static void answer_done(struct connection *c, int64_t at)
{
    const struct step *s = &c->script->steps[c->at];
    const int status = c->answer_n > 12 ? atoi(c->answer + 9) : 0;
    const char *why = fault_of(c, s, status);
    struct count *mine = &counts[s->name], *all = &counts[NAMES_MAX];
    struct second *second = second_now(at);
    if (has(c, "\r\nConnection: close")) {
        connection_close(c);
    }
    if (why != NULL) {
        const bool refused = status == 503 && has(c, "\r\nRetry-After: ");
        mine->refused += refused;
        all->refused += refused;
        second->refused += refused;
        mine->wrong += !refused;
        all->wrong += !refused;
        second->wrong += !refused;
        if (!refused) {
            complain(c, s, why);
        }
        run_over(c);
        return;
    }
    const int64_t us = at - c->due_us;
    count_time(mine, us);
    count_time(all, us);
    second->good++;
    second->worst_us = us > second->worst_us ? us : second->worst_us;
    if (s->note >= 0 && acked != NULL) {
        (void)fprintf(acked, "%s\n", c->values[s->note] == NULL ? "" : c->values[s->note]);
    }
    if (++c->at < c->script->steps_n) {
        step_begin(c, at);
        return;
    }
    run_over(c);
}

static void connection_broke(struct connection *c)
{
    connection_close(c);
    if (c->busy) {
        errors++;
        second_now(now_us())->wrong++;
        complain(c, &c->script->steps[c->at], "no answer");
        run_over(c);
    }
}

static void answer_read(struct connection *c)
{
    while (c->open) {
        if (c->answer_n + 65536 > c->answer_room) {
            c->answer_room = c->answer_room == 0 ? 131072 : c->answer_room * 2;
            if (c->answer_room > ANSWER_MAX) {
                die("an answer is longer than %d bytes", ANSWER_MAX);
            }
            c->answer = more(c->answer, c->answer_room);
        }
        const ssize_t n = recv(c->fd, c->answer + c->answer_n, c->answer_room - c->answer_n - 1, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        if (n <= 0) {
            connection_broke(c);
            return;
        }
        c->answer_n += (size_t)n;
        c->answer[c->answer_n] = '\0';
        size_t head;
        const size_t whole = c->busy ? answer_whole(c, &head) : 0;
        if (whole > 0) {
            answer_done(c, now_us());
        }
    }
}

/* ---- the run ---- */

static double rates[64];
static int rates_n;
static double seconds = 5;

/* Open loop: how many runs have begun. */
static int64_t begun;

static int64_t due_at(int64_t k, int64_t *out_all)
{
    double at = 0;
    int64_t before = 0;
    for (int i = 0; i < rates_n; i++) {
        const int64_t n = (int64_t)(rates[i] * seconds + 0.5);
        if (k < before + n) {
            *out_all = 0;
            return began_us + (int64_t)((at + (double)(k - before) / rates[i]) * 1e6);
        }
        before += n;
        at += seconds;
    }
    *out_all = before;
    return INT64_MAX;
}

static struct connection *idle_one(void)
{
    static int from;
    for (int i = 0; i < connections_n; i++) {
        struct connection *c = connections[(from + i) % connections_n];
        if (!c->busy) {
            from = (from + i + 1) % connections_n;
            return c;
        }
    }
    return NULL;
}

static bool any_busy(void)
{
    for (int i = 0; i < connections_n; i++) {
        if (connections[i]->busy) {
            return true;
        }
    }
    return false;
}

/* Begins what is due; gives the milliseconds until something is. */
static int begin_due(int64_t now, int64_t until)
{
    struct connection *c;
    int64_t all;
    if (rates_n == 0) {
        while (now < until && (c = idle_one()) != NULL) {
            run_begin(c, now_us());
        }
        return 100;
    }
    int64_t due = due_at(begun, &all);
    while (due <= now && (c = idle_one()) != NULL) {
        run_begin(c, due);
        due = due_at(++begun, &all);
    }
    const int64_t left = due > now ? (due - now) / 1000 : 1;
    return left > 100 ? 100 : (int)left;
}

static void events(int wait_ms)
{
    struct epoll_event got[256];
    const int n = epoll_wait(epoll, got, 256, wait_ms);
    for (int i = 0; i < n; i++) {
        struct connection *c = got[i].data.ptr;
        if ((got[i].events & EPOLLOUT) != 0) {
            request_write(c);
        }
        if ((got[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0) {
            answer_read(c);
        }
    }
}

static double run_all(void)
{
    began_us = now_us();
    int64_t all = 0;
    const int64_t until = began_us + (int64_t)(seconds * 1e6) * (rates_n == 0 ? 1 : rates_n);
    const int64_t give_up = until + (int64_t)GIVE_UP_S * 1000000;
    for (;;) {
        const int64_t now = now_us();
        const int wait_ms = begin_due(now, until);
        const bool over = rates_n == 0 ? now >= until : due_at(begun, &all) == INT64_MAX;
        if ((over && !any_busy()) || now > give_up) {
            break;
        }
        events(wait_ms);
    }
    for (int i = 0; i < connections_n; i++) {
        if (connections[i]->busy) {
            connection_broke(connections[i]);
        }
    }
    return (double)(now_us() - began_us) / 1e6;
}

static void arguments(int n, char **given)
{
    for (int i = 3; i + 1 < n || (i < n && strcmp(given[i], "--timeline") == 0); i += 2) {
        if (strcmp(given[i], "--timeline") == 0) {
            timeline = true;
            i--;
        } else if (strcmp(given[i], "--connections") == 0) {
            connections_n = atoi(given[i + 1]);
        } else if (strcmp(given[i], "--seconds") == 0) {
            seconds = atof(given[i + 1]);
        } else if (strcmp(given[i], "--seed") == 0) {
            dice ^= (uint64_t)atoll(given[i + 1]) * 0x9e3779b97f4a7c15u;
            runs = atoll(given[i + 1]) * 1000000000;
        } else if (strcmp(given[i], "--acked") == 0) {
            acked = fopen(given[i + 1], "a");
        } else if (strcmp(given[i], "--rate") == 0) {
            for (char *p = given[i + 1]; *p != '\0' && rates_n < 64; p += *p == ',') {
                rates[rates_n++] = strtod(p, &p);
            }
        } else {
            die("what is %s?", given[i]);
        }
    }
    if (connections_n < 1 || connections_n > CONNECTIONS_MAX || seconds <= 0) {
        die("1 to %d connections, some seconds", CONNECTIONS_MAX);
    }
}

static void address_read(char *where)
{
    host = kept_text(where, strlen(where));
    char *colon = strrchr(where, ':');
    if (colon == NULL) {
        die("%s: no port", where);
    }
    *colon = '\0';
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(colon + 1))};
    if (inet_pton(AF_INET, where, &address.sin_addr) != 1) {
        die("%s: no address", where);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        die("client HOST:PORT PLAN [--connections N] [--rate R,R…] [--seconds S] [--seed N] [--acked FILE]");
    }
    address_read(argv[1]);
    arguments(argc, argv);
    plan_read(argv[2]);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    connections = more(NULL, (size_t)connections_n * sizeof *connections);
    for (int i = 0; i < connections_n; i++) {
        connections[i] = more(NULL, sizeof **connections);
        memset(connections[i], 0, sizeof **connections);
    }
    const double took = run_all();
    for (int i = 0; i < names_n; i++) {
        if (counts[i].good + counts[i].refused + counts[i].wrong > 0) {
            count_print(names[i], &counts[i], took);
        }
    }
    count_print("all", &counts[NAMES_MAX], took);
    for (size_t i = 0; timeline && i < seconds_n; i++) {
        (void)printf("second=%zu good=%lld refused=%lld wrong=%lld max_us=%lld\n", i,
                     (long long)seconds_of[i].good, (long long)seconds_of[i].refused,
                     (long long)seconds_of[i].wrong, (long long)seconds_of[i].worst_us);
    }
    (void)printf("runs=%lld errors=%lld took=%.3f\n", (long long)scripts_over, (long long)errors, took);
    if (acked != NULL && (fflush(acked) != 0 || fclose(acked) != 0)) {
        die("what was acknowledged could not be written");
    }
    return errors > 0 || counts[NAMES_MAX].wrong > 0 ? 1 : 0;
}
