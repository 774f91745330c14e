/* authority.c: see authority.h. ECDSA on P-256: small, and known to every device that knows TLS 1.2. */
#include "authority.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "clock.h"
#include "random.h"

enum { PEM_MAX = 32 * 1024, SERIAL_BYTES = 16, KEY_ID_BYTES = 32, TEXT_MAX = 64 };

/* A clock that is a little behind must not find it too young. */
#define EARLIER_S 3600

static err made(int code, struct fail *f)
{
    return code < 0 ? fail_log(f, ERR_BUG, "GnuTLS: %s", gnutls_strerror(code)) : OK;
}

static gnutls_datum_t datum(str s)
{
    return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)s.p, .size = (unsigned)s.n};
}

static str kept(struct arena *a, gnutls_datum_t *d)
{
    const str s = arena_str(a, (str){(const char *)d->data, d->size});
    gnutls_memset(d->data, 0, d->size);
    gnutls_free(d->data);
    return s;
}

/* ---- what both kinds have ---- */

static err key_new(gnutls_x509_privkey_t key, struct fail *f)
{
    return made(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                             GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0),
                f);
}

static err frame(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, str name, int64_t days, struct fail *f)
{
    uint8_t serial[SERIAL_BYTES];
    uint8_t id[KEY_ID_BYTES];
    size_t id_n = sizeof id;
    const time_t now = (time_t)(clock_now_ms() / 1000);
    random_bytes(serial, sizeof serial);
    serial[0] = (uint8_t)((serial[0] & 0x3f) | 0x40); /* positive, and as long as it looks */
    TRY(made(gnutls_x509_crt_set_version(crt, 3), f));
    TRY(made(gnutls_x509_crt_set_serial(crt, serial, sizeof serial), f));
    TRY(made(gnutls_x509_crt_set_activation_time(crt, now - EARLIER_S), f));
    TRY(made(gnutls_x509_crt_set_expiration_time(crt, now - EARLIER_S + (time_t)(days * 86400)), f));
    TRY(made(gnutls_x509_crt_set_key(crt, key), f));
    TRY(made(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name.p,
                                           (unsigned)(name.n < TEXT_MAX ? name.n : TEXT_MAX)),
             f));
    TRY(made(gnutls_x509_crt_get_key_id(crt, 0, id, &id_n), f));
    TRY(made(gnutls_x509_crt_set_subject_key_id(crt, id, id_n < 20 ? id_n : 20), f));
    return made(gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0), f);
}

static err pem_of(struct arena *a, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, struct authority *out,
                  struct fail *f)
{
    gnutls_datum_t text;
    TRY(made(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &text), f));
    out->certificate = kept(a, &text);
    TRY(made(gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &text), f));
    out->key = kept(a, &text);
    return arena_full(a) ? FAIL(LIMIT) : OK;
}

/* ---- the authority ---- */

static const char *const private_names[] = {"local", "lan", "internal", "home.arpa"};
static const char *const private_networks[] = {"10.0.0.0/8",    "172.16.0.0/12", "192.168.0.0/16",
                                               "100.64.0.0/10", "127.0.0.0/8",   "169.254.0.0/16",
                                               "fc00::/7",      "fe80::/10",     "::1/128"};

static err permit_name(gnutls_x509_name_constraints_t nc, str name, struct fail *f)
{
    const gnutls_datum_t d = datum(name);
    return made(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_DNSNAME, &d), f);
}

static err permit_network(gnutls_x509_name_constraints_t nc, const char *cidr, struct fail *f)
{
    gnutls_datum_t d;
    TRY(made(gnutls_x509_cidr_to_rfc5280(cidr, &d), f));
    const err e = made(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_IPADDRESS, &d), f);
    gnutls_free(d.data);
    return e;
}

static err permit_all(struct arena *a, gnutls_x509_name_constraints_t nc, const struct local_names *names,
                      struct fail *f)
{
    for (size_t i = 0; i < sizeof private_names / sizeof *private_names; i++) {
        TRY(permit_name(nc, str_of(private_names[i]), f));
    }
    for (size_t i = 0; i < sizeof private_networks / sizeof *private_networks; i++) {
        TRY(permit_network(nc, private_networks[i], f));
    }
    for (size_t i = 0; i < names->n; i++) {
        uint8_t bytes[16];
        const size_t n = local_name_address(a, names->name[i], bytes);
        if (n == 0) {
            TRY(permit_name(nc, names->name[i], f));
        } else {
            TRY(permit_network(nc, arena_printf(a, "%.*s/%d", STR_F(names->name[i]), n == 4 ? 32 : 128).p,
                               f));
        }
    }
    return OK;
}

static err constrain(struct arena *a, gnutls_x509_crt_t crt, const struct local_names *names, struct fail *f)
{
    gnutls_x509_name_constraints_t nc;
    TRY(made(gnutls_x509_name_constraints_init(&nc), f));
    err e = permit_all(a, nc, names, f);
    if (e.code == ERR_OK) {
        e = made(gnutls_x509_crt_set_name_constraints(crt, nc, 1), f);
    }
    gnutls_x509_name_constraints_deinit(nc);
    return e;
}

static err authority_fill(struct arena *a, str name, const struct local_names *names, gnutls_x509_crt_t crt,
                          gnutls_x509_privkey_t key, struct authority *out, struct fail *f)
{
    TRY(key_new(key, f));
    /* Never the name of a server: that would look as if it had signed itself. */
    TRY(frame(crt, key, arena_printf(a, "Sunwai %.*s", STR_F(name)), INT64_C(365) * AUTHORITY_YEARS + 2, f));
    TRY(made(gnutls_x509_crt_set_basic_constraints(crt, 1, 0), f));
    TRY(made(gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN), f));
    TRY(constrain(a, crt, names, f));
    TRY(made(gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0), f));
    return pem_of(a, crt, key, out, f);
}

/* A certificate and a key, empty or read, and both let go again. */
struct pair {
    gnutls_x509_crt_t crt;
    gnutls_x509_privkey_t key;
};

static err pair_open(struct pair *out, struct fail *f)
{
    struct pair p;
    TRY(made(gnutls_x509_crt_init(&p.crt), f));
    const err e = made(gnutls_x509_privkey_init(&p.key), f);
    if (e.code != ERR_OK) {
        gnutls_x509_crt_deinit(p.crt);
        return e;
    }
    *out = p;
    return OK;
}

static void pair_close(struct pair *p)
{
    gnutls_x509_crt_deinit(p->crt);
    gnutls_x509_privkey_deinit(p->key);
}

err authority_make(struct arena *a, str name, const struct local_names *names, struct authority *out,
                   struct fail *f)
{
    struct pair p;
    TRY(pair_open(&p, f));
    const err e = authority_fill(a, name, names, p.crt, p.key, out, f);
    pair_close(&p);
    return e;
}

/* ---- what it vouches for ---- */

static err pair_read(const struct authority *from, struct pair *io, struct fail *f)
{
    const gnutls_datum_t crt = datum(from->certificate);
    const gnutls_datum_t key = datum(from->key);
    uint8_t of_crt[KEY_ID_BYTES];
    uint8_t of_key[KEY_ID_BYTES];
    size_t n = sizeof of_crt;
    size_t m = sizeof of_key;
    if (gnutls_x509_crt_import(io->crt, &crt, GNUTLS_X509_FMT_PEM) < 0 ||
        gnutls_x509_privkey_import2(io->key, &key, GNUTLS_X509_FMT_PEM, NULL, 0) < 0 ||
        gnutls_x509_crt_get_key_id(io->crt, 0, of_crt, &n) < 0 ||
        gnutls_x509_privkey_get_key_id(io->key, 0, of_key, &m) < 0 || n != m ||
        memcmp(of_crt, of_key, n) != 0) {
        return fail_log(f, ERR_INVALID, "the authority's key is not its certificate's");
    }
    return OK;
}

static err put_names(struct arena *a, gnutls_x509_crt_t crt, const struct local_names *names, struct fail *f)
{
    for (size_t i = 0; i < names->n; i++) {
        uint8_t bytes[16];
        const size_t n = local_name_address(a, names->name[i], bytes);
        const str text = names->name[i];
        TRY(made(gnutls_x509_crt_set_subject_alt_name(crt, n > 0 ? GNUTLS_SAN_IPADDRESS : GNUTLS_SAN_DNSNAME,
                                                      n > 0 ? (const void *)bytes : (const void *)text.p,
                                                      (unsigned)(n > 0 ? n : text.n), GNUTLS_FSAN_APPEND),
                 f));
    }
    return OK;
}

static err issuer_id(gnutls_x509_crt_t crt, gnutls_x509_crt_t by, struct fail *f)
{
    uint8_t id[KEY_ID_BYTES];
    size_t n = sizeof id;
    TRY(made(gnutls_x509_crt_get_subject_key_id(by, id, &n, NULL), f));
    return made(gnutls_x509_crt_set_authority_key_id(crt, id, n), f);
}

static err check_read(gnutls_x509_trust_list_t list, gnutls_x509_crt_t crt, str pem, gnutls_x509_crt_t by,
                      struct fail *f)
{
    const gnutls_datum_t text = datum(pem);
    unsigned status = GNUTLS_CERT_INVALID;
    TRY(made(gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM), f));
    TRY(made(gnutls_x509_trust_list_add_cas(list, &by, 1, 0), f));
    TRY(made(gnutls_x509_trust_list_verify_crt(list, &crt, 1, 0, &status, NULL), f));
    return status == 0 ? OK : fail_log(f, ERR_CONFLICT, "not what the authority may vouch for: %x", status);
}

/* As a browser would, from the text: signature, days, and the names that the authority may vouch for. */
static err check(str pem, gnutls_x509_crt_t by, struct fail *f)
{
    gnutls_x509_trust_list_t list;
    gnutls_x509_crt_t crt;
    TRY(made(gnutls_x509_trust_list_init(&list, 0), f));
    err e = made(gnutls_x509_crt_init(&crt), f);
    if (e.code == ERR_OK) {
        e = check_read(list, crt, pem, by, f);
        gnutls_x509_crt_deinit(crt);
    }
    gnutls_x509_trust_list_deinit(list, 0);
    return e;
}

static err vouch(struct arena *a, const struct pair *by, const struct pair *own,
                 const struct local_names *names, str *out_pem, struct fail *f)
{
    struct authority text;
    TRY(key_new(own->key, f));
    TRY(frame(own->crt, own->key, names->name[0], SERVER_DAYS, f));
    TRY(put_names(a, own->crt, names, f));
    TRY(made(gnutls_x509_crt_set_basic_constraints(own->crt, 0, -1), f));
    TRY(made(gnutls_x509_crt_set_key_usage(own->crt, GNUTLS_KEY_DIGITAL_SIGNATURE), f));
    TRY(issuer_id(own->crt, by->crt, f));
    TRY(made(gnutls_x509_crt_sign2(own->crt, by->crt, by->key, GNUTLS_DIG_SHA256, 0), f));
    TRY(pem_of(a, own->crt, own->key, &text, f));
    TRY(check(text.certificate, by->crt, f));
    *out_pem = arena_printf(a, "%.*s%.*s", STR_F(text.certificate), STR_F(text.key));
    return arena_full(a) ? FAIL(LIMIT) : OK;
}

err authority_vouch(struct arena *a, const struct authority *by, const struct local_names *names,
                    str *out_pem, struct fail *f)
{
    struct pair signer;
    struct pair own;
    TRY(pair_open(&signer, f));
    err e = pair_read(by, &signer, f);
    if (e.code == ERR_OK) {
        e = pair_open(&own, f);
        if (e.code == ERR_OK) {
            e = vouch(a, &signer, &own, names, out_pem, f);
            pair_close(&own);
        }
    }
    pair_close(&signer);
    return e;
}

str authority_der(struct arena *a, str pem)
{
    const gnutls_datum_t text = datum(pem);
    gnutls_datum_t der = {0};
    gnutls_x509_crt_t crt;
    if (gnutls_x509_crt_init(&crt) < 0) {
        return STR_NONE;
    }
    const bool good = gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM) >= 0 &&
                      gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der) >= 0;
    gnutls_x509_crt_deinit(crt);
    return good ? kept(a, &der) : STR_NONE;
}
