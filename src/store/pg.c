/* pg.c: the engine of a province, PostgreSQL through libpq, which is loaded only when an address asks for it.
 *
 * A writing transaction is SERIALIZABLE and durable when COMMIT returns; a connection lost in COMMIT leaves
 * its outcome unknown (UNCERTAIN). Values go both ways in binary, statements are prepared once for each
 * connection under names of their own. Server words go no further than db_error(), without the DETAIL line,
 * which quotes values.
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <endian.h>
#include <postgresql/libpq-fe.h>
#include <pthread.h>

#include "arena.h"
#include "buf.h"
#include "check.h"
#include "engine.h"

/* clang-format off */
#define LIBPQ(X)                                                                                              \
    X(PQconnectdbParams) X(PQstatus) X(PQfinish) X(PQerrorMessage) X(PQprepare) X(PQexecPrepared) X(PQexec)   \
    X(PQdescribePrepared) X(PQresultStatus) X(PQresultErrorField) X(PQclear) X(PQntuples) X(PQnfields)        \
    X(PQftype) X(PQgetisnull) X(PQgetvalue) X(PQgetlength) X(PQcmdTuples) X(PQnparams) X(PQparamtype)         \
    X(PQsetNoticeProcessor) X(PQcmdStatus)
/* clang-format on */

static struct {
#define MEMBER(name) __typeof__(&name) name;
    LIBPQ(MEMBER)
#undef MEMBER
    bool loaded;
} pq;

static pthread_once_t loaded = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return;
    }
    pq.loaded = true;
#define FIND(name)                                  \
    {                                               \
        void *address = dlsym(library, #name);      \
        memcpy(&pq.name, &address, sizeof pq.name); \
        pq.loaded = pq.loaded && address != NULL;   \
    }
    LIBPQ(FIND)
#undef FIND
}

/* Object numbers of the server's types, fixed since its first versions (pg_type.dat). */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043 };

enum { CLAIM_CLASS = 0x53756e77 }; /* our own space of advisory locks */

struct pg_db {
    struct db db;
    PGconn *conn;
    bool *prepared; /* by slot + form */
    size_t prepared_n;
};

static struct pg_db *of(struct db *db)
{
    return (struct pg_db *)(void *)db;
}

static void clear(PGresult **r)
{
    pq.PQclear(*r); /* takes NULL */
}

/* ---- failures ---- */

struct state_row {
    const char *state; /* SQLSTATE, or its first two characters */
    enum err_code code;
    enum db_cause cause;
};

/* PostgreSQL documentation, appendix A. The first row that fits counts. */
static const struct state_row states[] = {
    {"40001", ERR_BUSY, DB_CAUSE_RETRY},     {"40P01", ERR_BUSY, DB_CAUSE_RETRY},
    {"55P03", ERR_BUSY, DB_CAUSE_RETRY},     {"23505", ERR_CONFLICT, DB_CAUSE_UNIQUE},
    {"23503", ERR_CONFLICT, DB_CAUSE_OTHER}, {"23P01", ERR_CONFLICT, DB_CAUSE_OTHER},
    {"53100", ERR_IO, DB_CAUSE_FULL},        {"57014", ERR_LIMIT, DB_CAUSE_OTHER},
    {"53", ERR_BUSY, DB_CAUSE_OTHER},        {"57P", ERR_IO, DB_CAUSE_LOST},
    {"08", ERR_IO, DB_CAUSE_LOST},           {"25P03", ERR_IO, DB_CAUSE_LOST},
    {"58", ERR_IO, DB_CAUSE_OTHER},          {"XX", ERR_IO, DB_CAUSE_OTHER},
    {"54", ERR_LIMIT, DB_CAUSE_OTHER},
};

static err failed(struct pg_db *p, const PGresult *r, const char *what)
{
    const char *state = r != NULL ? pq.PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    if (pq.PQstatus(p->conn) != CONNECTION_OK || state == NULL) {
        return db_note(&p->db, ERR_IO, DB_CAUSE_LOST, "%s: connection lost%s%s", what,
                       state != NULL ? ", " : "", state != NULL ? state : "");
    }
    const char *words = pq.PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    words = words != NULL ? words : "";
    /* A writer that finds itself on a standby after a switch-over must look for the new primary. */
    if (p->db.writable && strcmp(state, "25006") == 0) {
        return db_note(&p->db, ERR_IO, DB_CAUSE_LOST, "%s: %s (25006)", what, words);
    }
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strncmp(state, states[i].state, strlen(states[i].state)) == 0) {
            return db_note(&p->db, states[i].code, states[i].cause, "%s: %s (%s)", what, words, state);
        }
    }
    return db_note(&p->db, ERR_BUG, DB_CAUSE_OTHER, "%s: %s (%s)", what, words, state);
}

static err command(struct pg_db *p, const char *sql)
{
    SCOPED(clear) PGresult *r = pq.PQexec(p->conn, sql);
    if (r == NULL || (pq.PQresultStatus(r) != PGRES_COMMAND_OK && pq.PQresultStatus(r) != PGRES_TUPLES_OK)) {
        return failed(p, r, sql);
    }
    return OK;
}

/* ---- statements ---- */

enum { STATEMENT_NAME_MAX = 16 };

static void name_of(size_t slot, char out[STATEMENT_NAME_MAX])
{
    (void)snprintf(out, STATEMENT_NAME_MAX, "s%zu", slot);
}

static Oid oid_of(enum value_type t)
{
    return t == VALUE_I64 ? OID_INT8 : t == VALUE_BLOB ? OID_BYTEA : OID_TEXT;
}

static err statement(struct pg_db *p, const struct query *q, unsigned form, char out_name[STATEMENT_NAME_MAX])
{
    CHECK(form < q->forms_n && q->forms[form].use_n <= PARAMS_MAX);
    const size_t slot = (size_t)q->slot + form;
    name_of(slot, out_name);
    if (slot >= p->prepared_n) {
        const size_t more = (slot + 64) & ~(size_t)63;
        p->prepared = mem_grow(p->prepared, more * sizeof p->prepared[0]);
        memset(p->prepared + p->prepared_n, 0, (more - p->prepared_n) * sizeof p->prepared[0]);
        p->prepared_n = more;
    }
    if (p->prepared[slot]) {
        return OK;
    }
    const struct query_form *f = &q->forms[form];
    Oid types[PARAMS_MAX];
    for (int i = 0; i < f->use_n; i++) {
        types[i] = oid_of(q->params[f->use[i]]);
    }
    SCOPED(clear) PGresult *r = pq.PQprepare(p->conn, out_name, f->pg, f->use_n, types);
    if (r == NULL || pq.PQresultStatus(r) != PGRES_COMMAND_OK) {
        return failed(p, r, q->name);
    }
    p->prepared[slot] = true;
    return OK;
}

static bool type_fits(Oid oid, enum value_type t)
{
    switch (t) {
    case VALUE_I64:
        return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2;
    case VALUE_TEXT:
        return oid == OID_TEXT || oid == OID_VARCHAR;
    case VALUE_BLOB:
        return oid == OID_BYTEA;
    case VALUE_NULL:
        break;
    }
    return false;
}

static err columns_fit(struct pg_db *p, const struct query *q, const PGresult *r, enum err_code code)
{
    if (pq.PQnfields(r) != q->columns_n) {
        return db_note(&p->db, code, DB_CAUSE_OTHER, "%s: %d columns, promised %d", q->name, pq.PQnfields(r),
                       q->columns_n);
    }
    for (int i = 0; i < q->columns_n; i++) {
        if (!type_fits(pq.PQftype(r, i), q->columns[i])) {
            return db_note(&p->db, code, DB_CAUSE_OTHER, "%s: column %d is of type %u", q->name, i + 1,
                           pq.PQftype(r, i));
        }
    }
    return OK;
}

static int64_t integer(const char *bytes, int n)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (n) {
    case 2:
        memcpy(&two, bytes, 2);
        return (int16_t)be16toh(two);
    case 4:
        memcpy(&four, bytes, 4);
        return (int32_t)be32toh(four);
    default:
        memcpy(&eight, bytes, 8);
        return (int64_t)be64toh(eight);
    }
}

static err row_of(struct pg_db *p, const struct query *q, const PGresult *r, int at, struct value *columns)
{
    for (int i = 0; i < q->columns_n; i++) {
        struct value *v = &columns[i];
        *v = (struct value){.type = VALUE_NULL};
        if (pq.PQgetisnull(r, at, i) != 0) {
            if (!q->nullable[i]) {
                return db_note(&p->db, ERR_BUG, DB_CAUSE_OTHER, "%s: column %d is null", q->name, i + 1);
            }
            continue;
        }
        v->type = q->columns[i];
        const char *bytes = pq.PQgetvalue(r, at, i);
        const int n = pq.PQgetlength(r, at, i);
        if (v->type == VALUE_I64) {
            v->i = integer(bytes, n);
        } else {
            v->s = (str){bytes, (size_t)n};
        }
    }
    return OK;
}

static err rows(struct pg_db *p, const struct query *q, const PGresult *r, row_fn row, void *arg)
{
    struct value columns[COLUMNS_MAX];
    CHECK(q->columns_n <= COLUMNS_MAX);
    TRY(columns_fit(p, q, r, ERR_BUG));
    for (int at = 0; row != NULL && at < pq.PQntuples(r); at++) {
        TRY(row_of(p, q, r, at, columns));
        TRY(row(arg, columns));
    }
    return OK;
}

struct bound {
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX];
    int formats[PARAMS_MAX];
    uint64_t numbers[PARAMS_MAX];
};

static void bind_value(struct bound *b, int at, const struct value *v)
{
    b->formats[at] = 1;
    b->values[at] = NULL;
    b->lengths[at] = 0;
    if (v->type == VALUE_I64) {
        b->numbers[at] = htobe64((uint64_t)v->i);
        b->values[at] = (const char *)&b->numbers[at];
        b->lengths[at] = 8;
        return;
    }
    if (v->type != VALUE_NULL) {
        b->values[at] = v->s.p;
        b->lengths[at] = (int)v->s.n;
    }
}

static err run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
               void *arg, int64_t *out_changed)
{
    struct pg_db *p = of(db);
    char name[STATEMENT_NAME_MAX];
    TRY(statement(p, q, form, name));
    const struct query_form *f = &q->forms[form];
    struct bound b;
    for (int i = 0; i < f->use_n; i++) {
        if (params[f->use[i]].s.n > INT32_MAX) {
            return db_note(db, ERR_LIMIT, DB_CAUSE_OTHER, "%s: value too long", q->name);
        }
        bind_value(&b, i, &params[f->use[i]]);
    }
    SCOPED(clear) PGresult *r = pq.PQexecPrepared(p->conn, name, f->use_n, b.values, b.lengths, b.formats, 1);
    const ExecStatusType status = r != NULL ? pq.PQresultStatus(r) : PGRES_FATAL_ERROR;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return failed(p, r, q->name);
    }
    if (status == PGRES_TUPLES_OK) {
        TRY(rows(p, q, r, row, arg));
    }
    int64_t changed = 0;
    changed = q->writes && str_i64(str_of(pq.PQcmdTuples(r)), &changed) ? changed : 0;
    db->rows += changed;
    if (out_changed != NULL) {
        *out_changed = changed;
    }
    return OK;
}

static err describe(struct db *db, const struct query *q, unsigned form)
{
    struct pg_db *p = of(db);
    char name[STATEMENT_NAME_MAX];
    TRY(statement(p, q, form, name));
    SCOPED(clear) PGresult *r = pq.PQdescribePrepared(p->conn, name);
    if (r == NULL || pq.PQresultStatus(r) != PGRES_COMMAND_OK) {
        return failed(p, r, q->name);
    }
    const struct query_form *f = &q->forms[form];
    if (pq.PQnparams(r) != f->use_n) {
        return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: %d parameters, promised %d", q->name,
                       pq.PQnparams(r), f->use_n);
    }
    for (int i = 0; i < f->use_n; i++) {
        if (pq.PQparamtype(r, i) != oid_of(q->params[f->use[i]])) {
            return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: parameter %d is of type %u", q->name, i + 1,
                           pq.PQparamtype(r, i));
        }
    }
    return columns_fit(p, q, r, ERR_INVALID);
}

/* ---- transactions ---- */

static err begin(struct db *db)
{
    TRY(command(of(db), db->writable ? "begin isolation level serializable read write"
                                     : "begin isolation level repeatable read read only"));
    db->in_tx = true;
    return OK;
}

static err rollback(struct db *db)
{
    db->in_tx = false;
    db->failed = ERR_OK;
    return command(of(db), "rollback");
}

static err commit(struct db *db)
{
    struct pg_db *p = of(db);
    SCOPED(clear) PGresult *r = pq.PQexec(p->conn, "commit");
    const err e = r != NULL && pq.PQresultStatus(r) == PGRES_COMMAND_OK ? OK : failed(p, r, "commit");
    db->in_tx = false;
    if (e.code == ERR_OK && strcmp(pq.PQcmdStatus(r), "COMMIT") != 0) {
        return db_note(db, ERR_BUG, DB_CAUSE_OTHER, "commit: the transaction had failed");
    }
    if (e.code != ERR_OK && db->cause == DB_CAUSE_LOST) {
        return FAIL(UNCERTAIN);
    }
    return e;
}

static err savepoint(struct db *db)
{
    return command(of(db), "savepoint job");
}

static err release(struct db *db)
{
    return command(of(db), "release savepoint job");
}

static err rollback_to(struct db *db)
{
    db->failed = ERR_OK;
    TRY(command(of(db), "rollback to savepoint job"));
    return command(of(db), "release savepoint job");
}

static err tidy(struct db *db)
{
    (void)db; /* the server looks after itself */
    return OK;
}

/* ---- opening, closing ---- */

static err script(struct db *db, const char *sql)
{
    return command(of(db), sql);
}

static err number(struct pg_db *p, const char *sql, int64_t *out)
{
    SCOPED(clear) PGresult *r = pq.PQexec(p->conn, sql);
    if (r == NULL || pq.PQresultStatus(r) != PGRES_TUPLES_OK) {
        return failed(p, r, sql);
    }
    if (pq.PQntuples(r) != 1 || !str_i64(str_of(pq.PQgetvalue(r, 0, 0)), out)) {
        return db_note(&p->db, ERR_BUG, DB_CAUSE_OTHER, "%s: no number", sql);
    }
    return OK;
}

static err version(struct db *db, int64_t *out)
{
    int64_t there = 0;
    TRY(number(of(db), "select count(*) from pg_class where oid = to_regclass('migration')", &there));
    if (there == 0) {
        *out = 0;
        return OK;
    }
    return number(of(db), "select coalesce(max(migration_no), 0) from migration", out);
}

err pg_claim(struct db *db, int64_t chain)
{
    char sql[80];
    /* Waits up to lock_timeout: a connection that just ended may still be on its way out at the server. */
    (void)snprintf(sql, sizeof sql, "select pg_advisory_lock(%d, %d)", CLAIM_CLASS, (int)chain);
    const err e = command(of(db), sql);
    if (e.code == ERR_BUSY) {
        return db_note(db, ERR_BUSY, DB_CAUSE_RETRY,
                       "writer %lld of this database is held by another process", (long long)chain);
    }
    return e;
}

static void finish(struct db *db)
{
    struct pg_db *p = of(db);
    pq.PQfinish(p->conn);
    mem_free(p->prepared);
    mem_free(p);
}

static const struct db_engine pg_engine = {
    .name = "postgres",
    .run = run,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .release = release,
    .rollback_to = rollback_to,
    .describe = describe,
    .script = script,
    .version = version,
    .tidy = tidy,
    .close = finish,
};

static void silent(void *arg, const char *notice)
{
    (void)arg;
    (void)notice;
}

static err prepare(struct pg_db *p)
{
    TRY(command(p, "set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '60s'"));
    if (!p->db.writable) {
        return command(p, "set default_transaction_read_only = on; set statement_timeout = '20s'");
    }
    TRY(command(p, "set statement_timeout = '60s'"));
    int64_t durable = 0;
    TRY(number(p,
               "select (current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off')"
               "::integer",
               &durable));
    return durable == 1
               ? OK
               : db_note(&p->db, ERR_IO, DB_CAUSE_OTHER,
                         "the server does not keep what it acknowledges: fsync or synchronous_commit is off");
}

err pg_open(const char *conninfo, enum db_access access, struct db **out, struct fail *f)
{
    pthread_once(&loaded, load);
    if (!pq.loaded) {
        return fail_log(f, ERR_IO, "a postgres address needs libpq.so.5: install libpq5");
    }
    const bool writing = access == DB_WRITE;
    /* The address is expanded first; what follows it overrides. */
    const char *const names[] = {
        "dbname",           "client_encoding", "application_name",     "connect_timeout",
        "tcp_user_timeout", "keepalives_idle", "target_session_attrs", NULL};
    const char *const values[] = {
        conninfo, "UTF8", "sunwai", "5", "10000", "10", writing ? "read-write" : "any", NULL};
    struct pg_db *p = mem_new(sizeof *p);
    p->db.engine = &pg_engine;
    p->db.writable = writing;
    p->conn = pq.PQconnectdbParams(names, values, 1);
    err e = OK;
    if (pq.PQstatus(p->conn) != CONNECTION_OK) {
        str first = str_of(pq.PQerrorMessage(p->conn));
        const str line = str_cut(&first, '\n');
        e = db_note(&p->db, ERR_IO, DB_CAUSE_LOST, "%.*s", STR_F(line));
    }
    if (e.code == ERR_OK) {
        (void)pq.PQsetNoticeProcessor(p->conn, silent, NULL);
        e = prepare(p);
    }
    if (e.code != ERR_OK) {
        (void)fail_log(f, e.code, "postgres: %s", p->db.error);
        finish(&p->db);
        return e;
    }
    *out = &p->db;
    return OK;
}
