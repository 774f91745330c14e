/* sockets.c: see sockets.h. */
#include "sockets.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli.h"
#include "lock.h"

enum { BACKLOG = 1024, WHERE_MAX = 80 };

/* Mostly it is the same command given twice: then the address is taken by whoever serves this folder. */
static void complain(const struct config *config, const char *where)
{
    const int why = errno;
    struct fail f = {0};
    if (why != EADDRINUSE) {
        CLI_COMPLAIN(MSG_CLI_LISTEN_FAILED, CLI_ARG("where", str_of(where)),
                     CLI_ARG("why", str_of(errno_text(why))));
    } else if (lock_look(config->data, &f).code == ERR_BUSY) {
        CLI_COMPLAIN(MSG_CLI_IN_USE, CLI_ARG("why", str_of(f.log)));
    } else {
        CLI_COMPLAIN(MSG_CLI_PORT_TAKEN, CLI_ARG("where", str_of(where)));
    }
}

static bool is_v6(const struct config *config)
{
    return strchr(config->listen, ':') != NULL;
}

static int bound(const struct addrinfo *address)
{
    const int one = 1;
    const int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        return fd;
    }
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    errno = why;
    return -1;
}

/* A listening socket, or -1 with the reason said. */
static int listen_on(const struct config *config, int64_t number)
{
    char port[8];
    char where[WHERE_MAX];
    (void)snprintf(port, sizeof port, "%d", (int)number);
    (void)snprintf(where, sizeof where, is_v6(config) ? "[%s]:%s" : "%s:%s", config->listen, port);
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *address = NULL;
    if (getaddrinfo(config->listen, port, &hints, &address) != 0) {
        complain(config, where);
        return -1;
    }
    const int fd = bound(address);
    const int why = errno;
    freeaddrinfo(address);
    errno = why;
    if (fd < 0) {
        complain(config, where);
    }
    return fd;
}

int socket_port(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } named = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t n = sizeof named;
    if (getsockname(fd, &named.any, &n) != 0) {
        return 0;
    }
    return ntohs(named.any.sa_family == AF_INET6 ? named.v6.sin6_port : named.v4.sin_port);
}

static bool everywhere(const char *address)
{
    return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
}

/* "https://desk.local:8443/"; out is left alone when there is no room. */
static void url_put(struct buf *out, bool tls, str host, int port)
{
    size_t at;
    const bool v6 = str_find(host, ':', &at);
    buf_printf(out, v6 ? "%s://[%.*s]" : "%s://%.*s", tls ? "https" : "http", STR_F(host));
    if (port != (tls ? 443 : 80)) {
        buf_printf(out, ":%d", port);
    }
    buf_putc(out, '/');
}

static void text_keep(const struct buf *b, char *out, size_t size)
{
    (void)snprintf(out, size, "%.*s", (int)b->n, b->n == 0 ? "" : b->p);
}

/* Where it listens everywhere, people know it by the names of the certificate. */
static void urls_of(const struct config *config, const struct certificate *c, struct sockets *io)
{
    const int port = socket_port(io->fd);
    SCOPED(buf_free) struct buf first = buf_new(sizeof io->url - 1);
    SCOPED(buf_free) struct buf more = buf_new(sizeof io->more - 1);
    str names = c->used && everywhere(config->listen) ? c->tls.names : str_of(config->listen);
    url_put(&first, c->used, str_cut(&names, ','), port);
    while (names.p != NULL) {
        const str name = str_trim(str_cut(&names, ','));
        if (name.n + 24 > sizeof io->more - 1 - more.n) {
            break;
        }
        if (more.n > 0) {
            buf_putc(&more, ' ');
        }
        url_put(&more, true, name, port);
    }
    text_keep(&first, io->url, sizeof io->url);
    text_keep(&more, io->more, sizeof io->more);
}

bool sockets_open(const struct config *config, const struct certificate *c, struct sockets *out)
{
    struct sockets s = {.plain_fd = -1};
    s.fd = listen_on(config, config->port);
    if (s.fd < 0) {
        return false;
    }
    if (c->used && config->redirect_port >= 0) {
        s.plain_fd = listen_on(config, config->redirect_port);
        if (s.plain_fd < 0) {
            (void)close(s.fd);
            return false;
        }
    }
    urls_of(config, c, &s);
    *out = s;
    return true;
}

void sockets_close(const struct sockets *s)
{
    (void)close(s->fd);
    if (s->plain_fd >= 0) {
        (void)close(s->plain_fd);
    }
}
