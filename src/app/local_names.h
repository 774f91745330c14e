/* local_names.h: by what names and addresses this machine is known in its network. */
#ifndef SUNWAI_LOCAL_NAMES_H
#define SUNWAI_LOCAL_NAMES_H

#include "arena.h"

enum { LOCAL_NAMES_MAX = 32, LOCAL_NAME_LEN = 253 };

struct local_names {
    str name[LOCAL_NAMES_MAX]; /* host names in lower case, then numeric addresses */
    size_t n;
};

/* The machine's own: host name, HOST.local, addresses of its interfaces, localhost. */
void local_names_find(struct arena *a, struct local_names *out);
/* Those written in a list (spaces or commas between them), and localhost; false: *out_wrong is neither name
 * nor address, or one too many. */
bool local_names_read(struct arena *a, str list, struct local_names *out, str *out_wrong);
/* As bytes, 4 or 16; 0: it is a host name. */
size_t local_name_address(struct arena *a, str name, uint8_t out[16]);

#endif
