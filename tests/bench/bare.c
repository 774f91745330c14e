/* bare.c: one page of BYTES bytes from libmicrohttpd with two threads and nothing else: the ceiling for
 * pages.
 *
 * bare BYTES: prints its port and answers until its input ends.
 */
#include <microhttpd.h>
#include <stdio.h>
#include <unistd.h>

enum { THREADS = 2, BYTES_MAX = 1024 * 1024 };

static struct MHD_Response *page;

static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_n, void **state)
{
    (void)arg, (void)url, (void)method, (void)version, (void)body, (void)body_n;
    if (*state == NULL) { /* answered before the request is whole, the connection would be closed */
        *state = page;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, page);
}

int main(int argc, char **argv)
{
    static char bytes[BYTES_MAX];
    char in;
    FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;
    const size_t n = f == NULL ? 0 : fread(bytes, 1, sizeof bytes, f);
    if (n == 0) {
        (void)fputs("bare FILE\n", stderr);
        return 2;
    }
    (void)fclose(f);
    page = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_PERSISTENT);
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, &answer, NULL,
                                            MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_END);
    if (page == NULL || d == NULL) {
        (void)fputs("bare: cannot start\n", stderr);
        return 2;
    }
    (void)printf("%u\n", (unsigned)MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port);
    (void)fflush(stdout);
    while (read(STDIN_FILENO, &in, 1) > 0) {
    }
    MHD_stop_daemon(d);
    MHD_destroy_response(page);
    return 0;
}
