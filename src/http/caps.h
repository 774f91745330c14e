/* caps.h: how many connections one address may hold.
 *
 * An IPv4 address counts by itself (also when mapped into IPv6), an IPv6 address with its /64, for a person
 * there has the whole network. Our own proxies and the addresses of crowds (all phones of
 * an event come from one) are not counted. Any thread.
 */
#ifndef SUNWAI_CAPS_H
#define SUNWAI_CAPS_H

#include <sys/socket.h>

#include "err.h"

enum { ADDRESS_TEXT_MAX = 64 };

struct address {
    bool counted; /* false: a local socket */
    uint8_t bytes[16];
};

enum caps_place {
    CAPS_FREE, /* within the cap */
    CAPS_OVER, /* a few above it: to be told 503; holds a place too */
    CAPS_FULL  /* to be closed; no place taken */
};

struct caps;

/* Both lists end with NULL and may be NULL. */
err caps_open(unsigned per_address_max, const char *const *proxies, const char *const *crowds,
              struct caps **out, struct fail *f);
void caps_close(struct caps *c); /* takes NULL */
enum caps_place caps_take(struct caps *c, const struct address *a);
void caps_give(struct caps *c, const struct address *a); /* gives back a FREE or OVER place */

/* Whether that very address (as address_text() writes it) is a proxy of ours: what it says of others is
 * believed. Here an IPv6 address counts by itself. */
bool caps_trust(const struct caps *c, str text);

struct address address_of(const struct sockaddr *sa);
/* As text, without port; returns its length. */
size_t address_text(const struct sockaddr *sa, char out[ADDRESS_TEXT_MAX]);
/* An address that somebody wrote, as address_text() would write it; 0: it is none. */
size_t address_read(str text, char out[ADDRESS_TEXT_MAX]);

#endif
