/* filer PORT TOKEN ROUND: files complaints from four clients at once until the power goes.
 *
 * For each 201 it writes "ACK KEY REF" on standard output (a serial line) after the answer was read, in one
 * write. Anything else that is not a closed connection ends it with words. Waits up to a minute for the
 * server. Built static: nothing in that machine is needed.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 4, ANSWER_MAX = 16384, START_TRIES = 600 };

static int reach(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < START_TRIES; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
            return fd;
        }
        close(fd);
        usleep(100000);
    }
    dprintf(STDOUT_FILENO, "ODD no server\n");
    exit(1);
}

static void put_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        const ssize_t put = write(fd, p, n);
        if (put <= 0) {
            dprintf(STDOUT_FILENO, "ODD the connection broke\n");
            exit(1);
        }
        p += put;
        n -= (size_t)put;
    }
}

/* Reads one answer whole: the head, and as much as its Content-Length says. */
static void take(int fd, char answer[ANSWER_MAX])
{
    size_t have = 0;
    for (;;) {
        const ssize_t got = read(fd, answer + have, ANSWER_MAX - 1 - have);
        if (got <= 0) {
            dprintf(STDOUT_FILENO, "ODD no answer\n");
            exit(1);
        }
        have += (size_t)got;
        answer[have] = '\0';
        const char *end = strstr(answer, "\r\n\r\n");
        const char *length = strcasestr(answer, "\r\nContent-Length: ");
        if (end && length && have >= (size_t)(end + 4 - answer) + strtoul(length + 18, NULL, 10)) {
            return;
        }
    }
}

static void file_for_ever(int port, const char *token, const char *round, int client)
{
    static char answer[ANSWER_MAX], body[500], head[1000];
    const int fd = reach(port);
    for (long i = 0;; i++) {
        char key[60];
        (void)snprintf(key, sizeof key, "r%s-%d-%ld", round, client, i);
        const int n = snprintf(body, sizeof body,
                               "{\"service\":\"M-WAT-01\",\"unit\":\"PK52601\",\"description\":\"Cut %s\","
                               "\"complainant\":{\"sex\":\"woman\",\"name\":\"Name %s\"}}",
                               key, key);
        const int h =
            snprintf(head, sizeof head,
                     "POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
                     "Content-Type: application/json\r\nIdempotency-Key: %s\r\n"
                     "Content-Length: %d\r\n\r\n",
                     token, key, n);
        put_all(fd, head, (size_t)h);
        put_all(fd, body, (size_t)n);
        take(fd, answer);
        const char *ref = strstr(answer, "\"ref\":\"");
        if (strncmp(answer, "HTTP/1.1 201", 12) != 0 || !ref) {
            dprintf(STDOUT_FILENO, "ODD %.300s\n", answer);
            exit(1);
        }
        char line[120];
        const int l = snprintf(line, sizeof line, "ACK %s %.12s\n", key, ref + 7);
        put_all(STDOUT_FILENO, line, (size_t)l);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 64;
    }
    for (int i = 0; i < CLIENTS; i++) {
        if (fork() == 0) {
            file_for_ever(atoi(argv[1]), argv[2], argv[3], i);
        }
    }
    while (wait(NULL) > 0) {
    }
    return 0;
}
