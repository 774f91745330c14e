/* config.h: what is needed to open database, sockets and keys; all else is data of the office.
 *
 * Each setting comes from the first of: flag, environment (SUNWAI_…), INI file (--config FILE, else
 * DIR/sunwai.ini when there is one), default. A key that is not known, or a value that cannot be right, is
 * refused with the place it came from: a misspelt setting must not be silently another one.
 */
#ifndef SUNWAI_CONFIG_H
#define SUNWAI_CONFIG_H

#include "arena.h"
#include "buf.h"
#include "confine.h"
#include "flags.h"
#include "store.h"

enum { ALLOW_MAX = 64, CONFINE_READ_MAX = 16 };

struct config {
    const char *data;     /* folder; NULL: not said */
    const char *database; /* address of PostgreSQL; NULL: DIR/sunwai.db */
    const char *listen;   /* numeric address */
    int64_t port;         /* 0: any that is free */
    int64_t threads;
    int64_t node;
    int64_t backup_keys_days;  /* how long a backup's copy of the case keys may be used */
    int64_t backup_warn_hours; /* a last backup older than that is late */
    bool https;                /* people reach it over https only (a proxy ends it): cookies are Secure */
    const char *tls_cert;      /* PEM files; NULL: see certificate.h */
    const char *tls_key;       /* NULL: in the same file */
    int64_t redirect_port;     /* plain, leads to the one with TLS; -1: none; 0: any that is free */
    str metrics_token;         /* lets /metrics be read from elsewhere; empty: only from this machine */
    str helpline;              /* telephone of the desk, shown on every page; empty: none */
    str public_url; /* of the public pages, without a slash at the end: in the code on a slip; empty: none */
    str leave;      /* where "leave this page" leads */
    const char *audit_witness;        /* heads of the audit chains are kept there too; NULL: nowhere */
    const char *allow[ALLOW_MAX + 1]; /* http_config.allow: our own proxies; NULL at the end */
    enum confine_mode confine;
    const char
        *confine_read[CONFINE_READ_MAX + 1]; /* more paths that the web process may read; NULL at the end */
    const char *crowds[ALLOW_MAX + 1];       /* http_config.crowds: events behind one address */
    int64_t connections;                     /* at once, in all */
    int64_t per_address;                     /* of these, from one address */
};

/* Everything lives in a. INVALID with words in f. */
err config_load(struct arena *a, const struct flags *flags, struct config *out, struct fail *f);
/* What is in force and where it came from, one setting a line; secrets are not shown. */
err config_show(struct arena *a, const struct flags *flags, struct buf *out, struct fail *f);
struct store_config config_store(const struct config *c);

#endif
