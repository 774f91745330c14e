/* tls.c: see tls.h. */
#include "tls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

enum { FILE_MAX = 256 * 1024, NAMES_MAX = 4096, NAMES_N = 64, NAME_MAX_BYTES = 256, SHA256_BYTES = 32 };

static str file_text(struct arena *a, int fd)
{
    SCOPED(buf_free) struct buf b = buf_new(FILE_MAX);
    char part[4096];
    ssize_t n;
    while ((n = read(fd, part, sizeof part)) > 0) {
        buf_put(&b, (str){part, (size_t)n});
    }
    const str text = n < 0 || b.full ? STR_NONE : (str){arena_cstr(a, buf_str(&b)), b.n};
    explicit_bzero(part, sizeof part);
    explicit_bzero(b.p, b.n);
    return text;
}

/* With a zero behind. STR_NONE: errno says why. */
static str file_read(struct arena *a, const char *path, bool *out_open)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return STR_NONE;
    }
    struct stat s;
    const bool known = fstat(fd, &s) == 0;
    *out_open = !known || (s.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    const str text = known ? file_text(a, fd) : STR_NONE;
    (void)close(fd);
    return text;
}

static void put_name(struct buf *b, unsigned type, const char *name, size_t n)
{
    char text[INET6_ADDRSTRLEN] = "";
    const bool address = type == GNUTLS_SAN_IPADDRESS;
    if (address && inet_ntop(n == 4 ? AF_INET : AF_INET6, name, text, sizeof text) == NULL) {
        return;
    }
    if (!address && type != GNUTLS_SAN_DNSNAME) {
        return;
    }
    if (b->n > 0) {
        buf_put(b, S(", "));
    }
    buf_put(b, address ? str_of(text) : (str){name, n});
}

static str names_of(struct arena *a, gnutls_x509_crt_t crt)
{
    SCOPED(buf_free) struct buf b = buf_new(NAMES_MAX);
    for (unsigned i = 0; i < NAMES_N; i++) {
        char name[NAME_MAX_BYTES];
        size_t n = sizeof name;
        const int type = gnutls_x509_crt_get_subject_alt_name(crt, i, name, &n, NULL);
        if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
            break;
        }
        if (type >= 0) {
            put_name(&b, (unsigned)type, name, n);
        }
    }
    return arena_str(a, buf_str(&b));
}

static bool describe(struct arena *a, gnutls_x509_crt_t crt, struct tls *io)
{
    unsigned char hash[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    size_t n = sizeof hash;
    size_t hex_n = sizeof hex;
    const time_t from = gnutls_x509_crt_get_activation_time(crt);
    const time_t until = gnutls_x509_crt_get_expiration_time(crt);
    if (from == (time_t)-1 || until == (time_t)-1 ||
        gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, hash, &n) != GNUTLS_E_SUCCESS ||
        gnutls_hex_encode(&(gnutls_datum_t){hash, (unsigned)n}, hex, &hex_n) != GNUTLS_E_SUCCESS) {
        return false;
    }
    io->from_ms = (int64_t)from * 1000;
    io->until_ms = (int64_t)until * 1000;
    io->names = names_of(a, crt);
    io->fingerprint = arena_str(a, str_of(hex));
    return true;
}

static gnutls_datum_t datum(str s)
{
    return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)s.p, .size = (unsigned)s.n};
}

bool tls_describe(struct arena *a, str pem, struct tls *io)
{
    const gnutls_datum_t text = datum(pem);
    gnutls_x509_crt_t crt;
    if (gnutls_x509_crt_init(&crt) != GNUTLS_E_SUCCESS) {
        return false;
    }
    const bool good =
        gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM) == GNUTLS_E_SUCCESS && describe(a, crt, io);
    gnutls_x509_crt_deinit(crt);
    return good;
}

/* The library's own check is the one that counts: it is what the server will do with them. */
static enum tls_fault pair_fault(str certificate, str key, str *out_why)
{
    gnutls_certificate_credentials_t both;
    gnutls_x509_privkey_t alone;
    const gnutls_datum_t cert_text = datum(certificate);
    const gnutls_datum_t key_text = datum(key);
    if (gnutls_certificate_allocate_credentials(&both) != GNUTLS_E_SUCCESS) {
        return TLS_KEY_BROKEN;
    }
    int code = gnutls_x509_privkey_init(&alone);
    if (code == GNUTLS_E_SUCCESS) {
        code = gnutls_x509_privkey_import2(alone, &key_text, GNUTLS_X509_FMT_PEM, NULL, 0);
        gnutls_x509_privkey_deinit(alone);
    }
    enum tls_fault fault = code == GNUTLS_E_SUCCESS ? TLS_FINE : TLS_KEY_BROKEN;
    if (fault == TLS_FINE) {
        code =
            gnutls_certificate_set_x509_key_mem2(both, &cert_text, &key_text, GNUTLS_X509_FMT_PEM, NULL, 0);
        fault = code == GNUTLS_E_CERTIFICATE_KEY_MISMATCH ? TLS_MISMATCH
                : code < 0                                ? TLS_CERTIFICATE_BROKEN
                                                          : TLS_FINE;
    }
    if (fault != TLS_FINE) {
        *out_why = str_of(gnutls_strerror(code));
    }
    gnutls_certificate_free_credentials(both);
    return fault;
}

enum tls_fault tls_read(struct arena *a, const char *certificate_path, const char *key_path, struct tls *out,
                        str *out_why)
{
    bool others_read;
    *out_why = S("");
    const str certificate = file_read(a, certificate_path, &others_read);
    if (certificate.p == NULL) {
        *out_why = str_of(errno_text(errno));
        return TLS_NO_CERTIFICATE;
    }
    const str key = file_read(a, key_path, &others_read);
    if (key.p == NULL) {
        *out_why = str_of(errno_text(errno));
        return TLS_NO_KEY;
    }
    if (others_read) {
        return TLS_KEY_OPEN;
    }
    struct tls t = {.certificate = certificate.p, .key = key.p};
    if (!tls_describe(a, certificate, &t)) {
        return TLS_CERTIFICATE_BROKEN;
    }
    const enum tls_fault fault = pair_fault(certificate, key, out_why);
    if (fault == TLS_FINE) {
        *out = t;
    }
    return fault;
}

void tls_forget(struct tls *t)
{
    if (t->key != NULL) {
        explicit_bzero((char *)(uintptr_t)t->key, strlen(t->key));
        explicit_bzero((char *)(uintptr_t)t->certificate, strlen(t->certificate)); /* may hold the key too */
        t->key = t->certificate = NULL;
    }
}
