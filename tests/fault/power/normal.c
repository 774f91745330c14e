/* normal.c: the negative control of the power cuts, loaded before SQLite: FULL is asked for, NORMAL is set.
 *
 * The program insists on synchronous=FULL and looks whether it holds, so both the asking and the looking are
 * changed here. Says on standard error that it did, for a control that does nothing proves nothing.
 */
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int exec_fn(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
typedef int prepare_fn(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *arg,
                 char **why)
{
    exec_fn *next = (exec_fn *)dlsym(RTLD_NEXT, "sqlite3_exec");
    const int rc = next(db, sql, row, arg, why);
    if (rc == SQLITE_OK && strstr(sql, "synchronous = full")) {
        fprintf(stderr, "CONTROL synchronous=NORMAL\n");
        return next(db, "pragma synchronous = normal", NULL, NULL, NULL);
    }
    return rc;
}

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int n, sqlite3_stmt **out, const char **tail)
{
    prepare_fn *next = (prepare_fn *)dlsym(RTLD_NEXT, "sqlite3_prepare_v2");
    return next(db, strcmp(sql, "pragma synchronous") == 0 ? "select 2" : sql, n, out, tail);
}
