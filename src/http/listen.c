#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http.h"

enum { BACKLOG = 1024 };

static err bind_and_listen(int fd, const struct addrinfo *a, int *out_port)
{
    const int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, a->ai_addr, a->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
        return FAIL(IO);
    }
    struct sockaddr_storage bound;
    socklen_t n = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &n) != 0) {
        return FAIL(IO);
    }
    static_assert(offsetof(struct sockaddr_in6, sin6_port) == offsetof(struct sockaddr_in, sin_port),
                  "the port stands in the same place in both");
    in_port_t port_n;
    memcpy(&port_n, (const char *)&bound + offsetof(struct sockaddr_in, sin_port), sizeof port_n);
    *out_port = ntohs(port_n);
    return OK;
}

static err listen_on(const struct addrinfo *a, int *out_fd, int *out_port)
{
    const int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol);
    if (fd < 0) {
        return FAIL(IO);
    }
    const err e = bind_and_listen(fd, a, out_port);
    if (e.code != ERR_OK) {
        const int why = errno;
        close(fd);
        errno = why;
        return e;
    }
    *out_fd = fd;
    return OK;
}

err http_listen(const char *host, int port, int *out_fd, int *out_port, struct fail *f)
{
    const bool any = host == NULL || host[0] == '\0';
    const char *shown = any ? "every address" : host;
    if (port < 0 || port > 65535) {
        return fail_log(f, ERR_INVALID, "http: %d is no port", port);
    }
    char service[8];
    (void)snprintf(service, sizeof service, "%d", port);
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found;
    const int no = getaddrinfo(any ? NULL : host, service, &hints, &found);
    if (no != 0) {
        return fail_log(f, ERR_INVALID, "http: cannot listen on %s: %s", shown, gai_strerror(no));
    }
    err e = FAIL(IO);
    errno = EADDRNOTAVAIL;
    for (const struct addrinfo *a = found; a != NULL && e.code != ERR_OK; a = a->ai_next) {
        e = listen_on(a, out_fd, out_port);
        if (e.code != ERR_OK && errno == EADDRINUSE) {
            break;
        }
    }
    const int why = errno;
    freeaddrinfo(found);
    if (e.code == ERR_OK) {
        return OK;
    }
    if (why == EADDRINUSE) {
        return fail_log(f, ERR_IO, "http: port %d on %s is taken by another program", port, shown);
    }
    return fail_log(f, ERR_IO, "http: cannot listen on %s port %d: %s", shown, port, errno_text(why));
}
