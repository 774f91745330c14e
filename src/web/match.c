#include "match.h"

#include "check.h"

struct node {
    str segment;
    struct node *next;  /* sibling, static ones only */
    struct node *first; /* static children */
    struct node *any;   /* the child that takes any segment */
    const struct route *routes[MATCH_METHODS];
    size_t numbers[MATCH_METHODS];
};

struct matcher {
    struct node root;
};

static bool is_part(str segment)
{
    return segment.n >= 3 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

static struct node *node_new(str segment)
{
    struct node *n = mem_new(sizeof *n);
    n->segment = segment;
    return n;
}

static struct node *child_static(const struct node *n, str segment)
{
    struct node *c = n->first;
    while (c != NULL && !str_eq(c->segment, segment)) {
        c = c->next;
    }
    return c;
}

static struct node *child_for(struct node *n, str segment)
{
    if (is_part(segment)) {
        if (n->any == NULL) {
            n->any = node_new(segment);
        }
        return n->any;
    }
    struct node *c = child_static(n, segment);
    if (c == NULL) {
        c = node_new(segment);
        c->next = n->first;
        n->first = c;
    }
    return c;
}

static void add(struct node *root, const struct route *route, size_t number)
{
    str rest = str_of(route->pattern);
    CHECK(rest.n > 0 && rest.p[0] == '/' && (rest.n == 1 || !str_ends(rest, S("/"))));
    CHECK(route->method == HTTP_GET || route->method == HTTP_POST);
    rest = str_sub(rest, 1, rest.n);
    struct node *n = root;
    size_t depth = 0;
    size_t parts = 0;
    while (rest.p != NULL && rest.n > 0) {
        const str segment = str_cut(&rest, '/');
        CHECK(segment.n > 0 && ++depth < MATCH_DEPTH);
        parts += is_part(segment);
        n = child_for(n, segment);
    }
    CHECK(parts <= MATCH_PARTS);
    CHECK(n->routes[route->method] == NULL);
    n->routes[route->method] = route;
    n->numbers[route->method] = number;
}

struct matcher *match_open(const struct route *const *routes, size_t n)
{
    struct matcher *m = mem_new(sizeof *m);
    for (size_t i = 0; i < n; i++) {
        add(&m->root, routes[i], i);
    }
    return m;
}

static void free_below(struct node *n)
{
    while (n->first != NULL) {
        struct node *c = n->first;
        n->first = c->next;
        free_below(c);
        mem_free(c);
    }
    if (n->any != NULL) {
        free_below(n->any);
        mem_free(n->any);
    }
}

void match_close(struct matcher *m)
{
    if (m == NULL) {
        return;
    }
    free_below(&m->root);
    mem_free(m);
}

static bool has_routes(const struct node *n)
{
    return n->routes[HTTP_GET] != NULL || n->routes[HTTP_POST] != NULL;
}

/* Walks down; goes back from a static segment to {name} when it led nowhere. The depth is that of the
 * patterns. */
static const struct node *walk(const struct node *n, str rest, struct match *m)
{
    if (rest.p == NULL) {
        return has_routes(n) ? n : NULL;
    }
    const str segment = str_cut(&rest, '/');
    if (segment.n == 0) {
        return NULL;
    }
    const struct node *c = child_static(n, segment);
    const struct node *found = c == NULL ? NULL : walk(c, rest, m);
    if (found != NULL || n->any == NULL) {
        return found;
    }
    const size_t mark = m->values_n;
    m->values[m->values_n++] = segment;
    found = walk(n->any, rest, m);
    if (found == NULL) {
        m->values_n = mark;
    }
    return found;
}

err match_find(const struct matcher *m, enum http_method method, str path, struct match *out)
{
    if (path.n == 0 || path.p[0] != '/') {
        return FAIL(NOT_FOUND);
    }
    struct match found = {0};
    const str rest = path.n == 1 ? STR_NONE : str_sub(path, 1, path.n);
    const struct node *n = walk(&m->root, rest, &found);
    if (n == NULL) {
        return FAIL(NOT_FOUND);
    }
    for (int i = 0; i < MATCH_METHODS; i++) {
        found.allowed[i] = n->routes[i] != NULL;
    }
    const enum http_method row = method == HTTP_HEAD ? HTTP_GET : method;
    if (row == HTTP_GET || row == HTTP_POST) {
        found.route = n->routes[row];
        found.number = n->numbers[row];
    }
    *out = found;
    return OK;
}

str match_part_name(const struct route *route, size_t number)
{
    str rest = str_of(route->pattern);
    while (rest.p != NULL) {
        const str segment = str_cut(&rest, '/');
        if (is_part(segment) && number-- == 0) {
            return str_sub(segment, 1, segment.n - 2);
        }
    }
    return STR_NONE;
}
