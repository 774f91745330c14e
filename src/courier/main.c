/* main.c: the courier: takes messages out to SMS gateways, mail and other systems, away from the database.
 * Started by sunwai over a socketpair, never by a person. It may speak to the network and read what is needed
 * to find and trust those it speaks to; it writes nothing and starts nothing. */
#include "answering.h"

enum { FILES = 64 };

int main(int argc, char *argv[])
{
    static const struct confine_path reads[] = {
        {"/etc/resolv.conf", MAY_READ},
        {"/etc/hosts", MAY_READ},
        {"/etc/nsswitch.conf", MAY_READ},
        {"/etc/gai.conf", MAY_READ},
        {"/etc/host.conf", MAY_READ},
        {"/etc/services", MAY_READ},
        {"/etc/ssl/certs", MAY_READ},
        {"/usr/share/ca-certificates", MAY_READ},
        {"/usr/lib", MAY_READ},
        {"/lib", MAY_READ},
        {"/lib64", MAY_READ},
        {"/etc/ld.so.cache", MAY_READ},
        {"/run/systemd/resolve", MAY_READ},
    };
    const struct companion_role courier = {
        .program = "sunwai-courier",
        .name = S("courier"),
        .plan = {.paths = reads,
                 .paths_n = sizeof reads / sizeof reads[0],
                 .calls = CALLS_FILES | CALLS_NET,
                 .connects = true,
                 .files_max = FILES,
                 .memory_max = (size_t)256 << 20},
    };
    return companion_main(&courier, argc, argv);
}
