/* sqlgen: named queries in X.sql become typed C functions; see tools/README.md and sqlgen.h. */
#include "sqlgen.h"

struct options {
    const char *types;
    const char *schema;
    const char *root;
    const char *out;
    str *listings; /* folders whose queries may be listings */
    size_t listings_n;
    int files; /* index of the first in argv */
};

static struct options options_read(int argc, char **argv)
{
    struct options o = {0};
    int at = 1;
    while (at < argc && argv[at][0] == '-') {
        const char *value = NULL;
        if ((value = option(argc, argv, &at, "--types")) != NULL) {
            o.types = value;
        } else if ((value = option(argc, argv, &at, "--schema")) != NULL) {
            o.schema = value;
        } else if ((value = option(argc, argv, &at, "--root")) != NULL) {
            o.root = value;
        } else if ((value = option(argc, argv, &at, "--out")) != NULL) {
            o.out = value;
        } else if ((value = option(argc, argv, &at, "--listings")) != NULL) {
            PUSH(o.listings, o.listings_n) = str_of(value);
        } else {
            refuse("sqlgen", 0, "unknown option %s", argv[at]);
        }
    }
    if (o.types == NULL || o.schema == NULL || o.root == NULL || o.out == NULL) {
        refuse("sqlgen", 0,
               "usage: sqlgen --types F --schema FOLDER --root FOLDER --out FOLDER [--listings "
               "FOLDER]… X.sql …");
    }
    o.files = at;
    return o;
}

/* One name, one query in the whole program. */
static void check_unique(const struct query_file *files, size_t files_n, const struct query *q)
{
    for (size_t i = 0; i < files_n; i++) {
        for (size_t k = 0; k < files[i].n; k++) {
            const struct query *other = &files[i].queries[k];
            if (other == q) {
                return;
            }
            if (str_eq(other->name, q->name)) {
                query_refuse(q, q->at, "the name is taken at %s:%zu", other->source->path,
                             source_line(other->source, other->at));
            }
        }
    }
}

/* What is run by name is found in the array of its folder, or never. */
static void check_listing(const struct options *o, const struct query_file *f, const struct query *q)
{
    bool found = !q->listing;
    for (size_t i = 0; i < o->listings_n && !found; i++) {
        found = str_starts(f->below, str_c(str_printf("%.*s/", STR_F(o->listings[i]))));
    }
    if (!found) {
        query_refuse(q, q->at, "a listing stands in a folder that --listings names");
    }
}

int main(int argc, char **argv)
{
    const struct options o = options_read(argc, argv);
    const struct types *types = types_read(o.types);
    const struct schema schema = schema_read(o.schema, types);
    struct query_file *files = NULL;
    size_t n = 0, number = 0, slot = 0;
    for (int i = o.files; i < argc; i++) {
        const struct query_file f = query_file_read(argv[i], o.root, types);
        PUSH(files, n) = f;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i].n; k++) {
            struct query *q = &files[i].queries[k];
            check_unique(files, n, q);
            check_listing(&o, &files[i], q);
            query_make_forms(q);
            query_check(q, &schema, types);
            query_check_row(&files[i], q);
            q->number = number++;
            q->slot = slot;
            slot += q->forms_n;
        }
    }
    for (size_t i = 0; i < n; i++) {
        emit_queries(&files[i], o.out);
    }
    for (size_t i = 0; i < o.listings_n; i++) {
        emit_listings(files, n, o.listings[i], o.out);
    }
    emit_all_queries(files, n, o.out);
    emit_migrations(&schema, o.out);
    return 0;
}
