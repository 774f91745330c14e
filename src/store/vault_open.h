/* vault_open.h: the vault's coming and going, and the key file, for the files of store/ only. */
#ifndef SUNWAI_VAULT_OPEN_H
#define SUNWAI_VAULT_OPEN_H

#include "random.h"
#include "vault.h"

struct vault *vault_open(const uint8_t master[VAULT_KEY_LEN]);
void vault_close(struct vault *v); /* wipes; takes NULL */
const uint8_t *vault_wrap_key(const struct vault *v);
/* What the database keeps to know its key file by. */
void vault_check_value(const uint8_t master[VAULT_KEY_LEN], char out[HEX_OF_32]);

/* DIR/key: 64 hexadecimal digits and a newline. NOT_FOUND: no such file. INVALID: not a key. */
err keyfile_read(const char *dir, uint8_t out[VAULT_KEY_LEN], struct fail *f);
/* The same of a file of any name: a saved one. */
err keyfile_read_at(const char *path, uint8_t out[VAULT_KEY_LEN], struct fail *f);
/* Makes it from fresh random bytes, durably; CONFLICT when there is one. */
err keyfile_create(const char *dir, struct fail *f);
err keyfile_write(const char *dir, const uint8_t key[VAULT_KEY_LEN], struct fail *f);

#endif
