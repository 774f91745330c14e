/* mutate.c: sends mutated requests, and reads what comes back.
 *
 * mutate PORT SEEDS FIRST COUNT BADDIR: request number i is made from number i alone (a seed of the file,
 * mutated by a generator that starts from i), so that one that harmed can be sent again: mutate PORT SEEDS i
 * 1 BADDIR. SEEDS holds requests one behind another, each after a line with its length. Each request has a
 * connection of its own, which is half closed behind it. An answer that is no HTTP, or says 5xx other than
 * 501 and 505 (of a coding or version that is none), is bad; its request is written into BADDIR. A connection
 * on which nothing moves for HANG_MS is hung. Prints one line of counts; 1 when anything was bad or hung.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
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
    ANSWERED_MS = 250,
    AT_ONCE = 48,
    REQUEST_MAX = 65536,
    REPLY_MAX = 512,
    SEEDS_MAX = 20000,
    HANG_MS = 20000
};

struct seed {
    const char *p;
    size_t n;
};

struct visit {
    int fd;
    uint64_t no;
    size_t n, sent, got;
    int64_t moved_ms;
    char reply[REPLY_MAX];
    char request[REQUEST_MAX];
};

static struct seed seeds[SEEDS_MAX];
static size_t seeds_n;
static struct visit visits[AT_ONCE];
static uint64_t by_class[10], not_there[2], silent, bad, hung, refused;
static const char *bad_dir;
static struct sockaddr_in to;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- mutations -------------------------------------------------------------------------------------------
 */

static uint64_t state;

static uint64_t dice(uint64_t below)
{
    state += 0x9E3779B97F4A7C15ULL; /* splitmix64 */
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return (z ^ (z >> 31)) % below;
}

static const char *const words[] = {
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    ";",
    "%00",
    "%",
    "%zz",
    "%ff",
    "%0d%0a",
    "&",
    "=",
    "?",
    "#",
    "/",
    "//",
    "/../",
    "%2e%2e/",
    "%2f",
    "\\",
    "\"",
    "'",
    "<",
    ">",
    "{",
    "}",
    "[",
    "]",
    ",",
    "0",
    "-1",
    "99999999999999999999",
    "4294967296",
    "1e999",
    "0x10",
    "Host: b\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: xchunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Upgrade: h2c\r\n",
    "Content-Type: application/json\r\n",
    "Content-Type: multipart/form-data; boundary=a\r\n",
    "Cookie: ;=;a=b;;\r\n",
    "Accept-Language: ur;q=0.000001,*;q=9\r\n",
    "Authorization: Bearer \r\n",
    "If-None-Match: *\r\n",
    "Range: bytes=0-\r\n",
    "X-Forwarded-For: 1, 2\r\n",
    "--a\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
    "HTTP/1.0",
    "HTTP/1.1",
    "HTTP/9.9",
    "GET ",
    "POST ",
    "HEAD ",
    "OPTIONS ",
    "0\r\n\r\n",
    "ffffffff\r\n",
    "true",
    "null",
    "[[[[[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "\\u0000",
    "\\ud800",
    "\xE2\x80\xAE",
    "\xF0\x9F\x98\x80",
    "\xC0\xAF",
    "\xED\xA0\x80",
    "\xD8\xB3\xD9\x86",
    "\xFF",
    "' OR 1=1--",
    "<script>",
    "=1+1",
    "../../etc/passwd",
    "lang=ps",
    "_key=",
    "_token=",
    "step=",
    "ref=",
};

static void put(struct visit *v, size_t at, const char *p, size_t n)
{
    if (v->n + n > REQUEST_MAX) {
        return;
    }
    memmove(v->request + at + n, v->request + at, v->n - at);
    memcpy(v->request + at, p, n);
    v->n += n;
}

static void cut(struct visit *v, size_t at, size_t n)
{
    n = n < v->n - at ? n : v->n - at;
    memmove(v->request + at, v->request + at + n, v->n - at - n);
    v->n -= n;
}

/* As zzuf does it: each bit of a stretch with a small chance. */
static void flip_some(struct visit *v)
{
    const uint64_t rarely = 50 + dice(1000);
    for (size_t i = 0; i < v->n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            if (dice(rarely) == 0) {
                v->request[i] = (char)((unsigned char)v->request[i] ^ (1U << bit));
            }
        }
    }
}

static void change_digit(struct visit *v, size_t at)
{
    for (size_t i = 0; i < v->n; i++) {
        char *c = &v->request[(at + i) % v->n];
        if (*c >= '0' && *c <= '9') {
            *c = (char)('0' + dice(10));
            return;
        }
    }
}

static void repeat(struct visit *v, size_t at)
{
    char piece[256];
    size_t n = 1 + dice(sizeof piece);
    n = n < v->n - at ? n : v->n - at;
    memcpy(piece, v->request + at, n);
    for (uint64_t times = dice(20) == 0 ? 1 + dice(60) : 1; times > 0; times--) {
        put(v, at, piece, n);
    }
}

static void mutate_once(struct visit *v)
{
    const size_t at = dice(v->n + 1);
    const size_t in = at < v->n ? at : v->n - 1;
    const char *word = words[dice(sizeof words / sizeof words[0])];
    const struct seed *other = &seeds[dice(seeds_n)];
    const size_t from = dice(other->n);
    switch (dice(12)) {
    case 0:
        v->request[in] = (char)((unsigned char)v->request[in] ^ (1U << dice(8)));
        break;
    case 1:
        v->request[in] = (char)dice(256);
        break;
    case 2:
        cut(v, at, 1 + dice(8));
        break;
    case 3:
        cut(v, at, 1 + dice(v->n));
        break;
    case 4:
        repeat(v, in);
        break;
    case 5:
        put(v, at, other->p + from, dice(other->n - from) + 1);
        break;
    case 6:
        flip_some(v);
        break;
    case 7:
        change_digit(v, in);
        break;
    default:
        put(v, at, word, strlen(word));
    }
}

static void make(struct visit *v, uint64_t no)
{
    state = no * 0xD1342543DE82EF95ULL + 1;
    const struct seed *s = &seeds[dice(seeds_n)];
    v->no = no;
    v->n = s->n;
    memcpy(v->request, s->p, s->n);
    for (uint64_t times = 1 + dice(dice(4) == 0 ? 12 : 2); times > 0 && v->n > 0; times--) {
        mutate_once(v);
    }
}

/* ---- connections -----------------------------------------------------------------------------------------
 */

static void keep(const struct visit *v, const char *why)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%llu.request", bad_dir, (unsigned long long)v->no);
    FILE *f = fopen(path, "we");
    if (f != NULL) {
        fwrite(v->request, 1, v->n, f);
        fclose(f);
    }
    printf("  %s: request %llu: %.60s\n", why, (unsigned long long)v->no, v->reply);
}

static void judge(struct visit *v)
{
    v->reply[v->got < REPLY_MAX ? v->got : REPLY_MAX - 1] = '\0';
    if (v->got == 0) {
        silent++;
        return;
    }
    const int status = v->got > 12 && strncmp(v->reply, "HTTP/1.", 7) == 0 ? atoi(v->reply + 9) : 0;
    if (status == 501 || status == 505) {
        not_there[status == 505]++;
        return;
    }
    if (status < 100 || status > 499) {
        bad++;
        keep(v, "bad");
        return;
    }
    by_class[status / 100]++;
}

static bool start(struct visit *v, int epoll, uint64_t no)
{
    static const int on = 1;
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0}; /* a million ports would wait otherwise */
    make(v, no);
    v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (v->fd < 0) {
        return false;
    }
    setsockopt(v->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    setsockopt(v->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    const struct sockaddr_in from = {.sin_family = AF_INET,
                                     .sin_addr.s_addr = htonl(0x7F010001U + (uint32_t)(no % 60000))};
    v->sent = v->got = 0;
    v->moved_ms = now_ms();
    if (bind(v->fd, (const struct sockaddr *)&from, sizeof from) != 0 ||
        (connect(v->fd, (const struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)) {
        refused++;
        close(v->fd);
        return false;
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = v};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, v->fd, &e) == 0;
}

/* True when it is over. */
static bool move(struct visit *v)
{
    while (v->sent < v->n) {
        const ssize_t n = send(v->fd, v->request + v->sent, v->n - v->sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN && errno != ENOTCONN) {
                v->sent = v->n; /* it was closed before it had all: what it said is read all the same */
            }
            break;
        }
        v->sent += (size_t)n;
        v->moved_ms = now_ms();
        if (v->sent == v->n) {
            shutdown(v->fd, SHUT_WR);
        }
    }
    for (;;) {
        char waste[16384];
        const ssize_t n = recv(v->fd, waste, sizeof waste, 0);
        if (n < 0 && (errno == EAGAIN || errno == ENOTCONN)) {
            return false;
        }
        if (n <= 0) {
            return true;
        }
        v->moved_ms = now_ms();
        if (v->got < REPLY_MAX - 1) {
            const size_t room = REPLY_MAX - 1 - v->got;
            memcpy(v->reply + v->got, waste, (size_t)n < room ? (size_t)n : room);
        }
        v->got += (size_t)n;
    }
}

static void run(uint64_t first, uint64_t count)
{
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    uint64_t next = first, over = 0;
    int tries = 0;
    while (over < count) {
        for (int i = 0; i < AT_ONCE && next < first + count; i++) {
            if (visits[i].fd < 0 && start(&visits[i], epoll, next)) {
                next++;
                tries = 0;
            } else if (visits[i].fd >= 0) {
                continue;
            } else if (++tries > 1000) {
                hung++;
                return;
            }
        }
        struct epoll_event events[AT_ONCE];
        const int n = epoll_wait(epoll, events, AT_ONCE, 200);
        for (int i = 0; i < n; i++) {
            struct visit *v = events[i].data.ptr;
            if (v->fd >= 0 && move(v)) {
                judge(v);
                close(v->fd);
                v->fd = -1;
                over++;
            }
        }
        const int64_t now = now_ms();
        for (int i = 0; i < AT_ONCE; i++) {
            const bool answered = visits[i].got > 0; /* and kept open: that is no fault */
            if (visits[i].fd >= 0 && now - visits[i].moved_ms > (answered ? ANSWERED_MS : HANG_MS)) {
                if (answered) {
                    judge(&visits[i]);
                } else {
                    keep(&visits[i], "hung");
                    hung++;
                }
                close(visits[i].fd);
                visits[i].fd = -1;
                over++;
            }
        }
    }
    close(epoll);
}

static bool read_seeds(const char *path)
{
    FILE *f = fopen(path, "re");
    unsigned long n;
    while (f != NULL && seeds_n < SEEDS_MAX && fscanf(f, "%lu%*1[\n]", &n) == 1 && n > 0 &&
           n < REQUEST_MAX / 2) {
        char *p = malloc(n);
        if (p == NULL || fread(p, 1, n, f) != n) {
            return false;
        }
        seeds[seeds_n++] = (struct seed){p, n};
    }
    return f != NULL && fclose(f) == 0 && seeds_n > 0;
}

int main(int argc, char **argv)
{
    if (argc != 6 || !read_seeds(argv[2])) {
        fprintf(stderr, "mutate PORT SEEDS FIRST COUNT BADDIR\n");
        return 64;
    }
    to = (struct sockaddr_in){.sin_family = AF_INET,
                              .sin_port = htons((uint16_t)atoi(argv[1])),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bad_dir = argv[5];
    for (int i = 0; i < AT_ONCE; i++) {
        visits[i].fd = -1;
    }
    const uint64_t first = strtoull(argv[3], NULL, 10), count = strtoull(argv[4], NULL, 10);
    run(first, count);
    printf("seeds=%zu sent=%llu 1xx=%llu 2xx=%llu 3xx=%llu 4xx=%llu 501=%llu 505=%llu silent=%llu bad=%llu "
           "hung=%llu\n",
           seeds_n, (unsigned long long)count, (unsigned long long)by_class[1],
           (unsigned long long)by_class[2], (unsigned long long)by_class[3], (unsigned long long)by_class[4],
           (unsigned long long)not_there[0], (unsigned long long)not_there[1], (unsigned long long)silent,
           (unsigned long long)bad, (unsigned long long)hung);
    return bad + hung == 0 ? 0 : 1;
}
