/* match.h: finds the row for an address. Patterns are compiled once into a tree of segments; a static segment
 * is tried before a {name}, which takes any one segment, whatever the method. Read-only after match_open(),
 * so shared by all threads. */
#ifndef SUNWAI_MATCH_H
#define SUNWAI_MATCH_H

#include "route.h"

enum { MATCH_PARTS = 6, MATCH_DEPTH = 16, MATCH_METHODS = 2 };

struct match {
    const struct route *route; /* NULL: the address exists, but not for this method */
    size_t number;             /* of the route, in the order of the tables */
    str values[MATCH_PARTS];   /* of the {parts}, in the pattern's order; borrowed from the path */
    size_t values_n;
    bool allowed[MATCH_METHODS]; /* which methods this address has, by enum http_method */
};

struct matcher;

/* Aborts on two rows for one method and address and on a malformed pattern: mistakes of the program. */
struct matcher *match_open(const struct route *const *routes, size_t n);
void match_close(struct matcher *m); /* takes NULL */
/* NOT_FOUND: no such address. */
err match_find(const struct matcher *m, enum http_method method, str path, struct match *out);
/* The name of the {part} with this number; the pattern has it. */
str match_part_name(const struct route *route, size_t number);

#endif
