/* local_names.c: see local_names.h. */
#include "local_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <unistd.h>

size_t local_name_address(struct arena *a, str name, uint8_t out[16])
{
    const char *text = arena_cstr(a, name);
    if (text != NULL && inet_pton(AF_INET, text, out) == 1) {
        return 4;
    }
    return text != NULL && inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

/* Letters, digits and hyphens between dots (RFC 1123 2.1). */
static bool host_name(str s)
{
    if (s.n == 0 || s.n > LOCAL_NAME_LEN || s.p[0] == '-' || s.p[0] == '.') {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (!plain && (c != '.' || i + 1 == s.n || s.p[i - 1] == '.')) {
            return false;
        }
    }
    return true;
}

static str lower(struct arena *a, str s)
{
    char *copy = (char *)(uintptr_t)arena_str(a, s).p;
    for (size_t i = 0; copy != NULL && i < s.n; i++) {
        copy[i] = copy[i] >= 'A' && copy[i] <= 'Z' ? (char)(copy[i] - 'A' + 'a') : copy[i];
    }
    return (str){copy, copy != NULL ? s.n : 0};
}

static bool add(struct arena *a, struct local_names *io, str name)
{
    uint8_t bytes[16];
    name = lower(a, name);
    if (local_name_address(a, name, bytes) == 0 && !host_name(name)) {
        return false;
    }
    for (size_t i = 0; i < io->n; i++) {
        if (str_eq(io->name[i], name)) {
            return true;
        }
    }
    if (io->n == LOCAL_NAMES_MAX) {
        return false;
    }
    io->name[io->n++] = name;
    return true;
}

static void add_addresses(struct arena *a, struct local_names *io)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0) {
        return;
    }
    for (const struct ifaddrs *i = all; i != NULL; i = i->ifa_next) {
        char text[INET6_ADDRSTRLEN];
        if (i->ifa_addr == NULL || (i->ifa_flags & IFF_LOOPBACK) != 0 || (i->ifa_flags & IFF_UP) == 0) {
            continue;
        }
        const void *bytes = NULL;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        if (i->ifa_addr->sa_family == AF_INET) {
            memcpy(&v4, i->ifa_addr, sizeof v4);
            bytes = &v4.sin_addr;
        } else if (i->ifa_addr->sa_family == AF_INET6) {
            memcpy(&v6, i->ifa_addr, sizeof v6);
            bytes = IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr) ? NULL : &v6.sin6_addr; /* means nothing in a URL */
        }
        if (bytes != NULL && inet_ntop(i->ifa_addr->sa_family, bytes, text, sizeof text) != NULL) {
            (void)add(a, io, str_of(text));
        }
    }
    freeifaddrs(all);
}

static void add_loopback(struct arena *a, struct local_names *io)
{
    (void)add(a, io, S("localhost"));
    (void)add(a, io, S("127.0.0.1"));
    (void)add(a, io, S("::1"));
}

void local_names_find(struct arena *a, struct local_names *out)
{
    struct local_names found = {.n = 0};
    char host[LOCAL_NAME_LEN + 1] = "";
    if (gethostname(host, sizeof host - 1) == 0 && host[0] != '\0') {
        size_t at;
        /* Telephones find the second one without a name server (multicast DNS). */
        if (!str_find(str_of(host), '.', &at)) {
            (void)add(a, &found, arena_printf(a, "%s.local", host));
        }
        (void)add(a, &found, str_of(host));
    }
    add_addresses(a, &found);
    add_loopback(a, &found);
    *out = found;
}

bool local_names_read(struct arena *a, str list, struct local_names *out, str *out_wrong)
{
    struct local_names found = {.n = 0};
    str one;
    while (str_word(&list, &one)) {
        if (!add(a, &found, one)) {
            *out_wrong = one;
            return false;
        }
    }
    add_loopback(a, &found);
    *out = found;
    return true;
}
