/* fuzz.h: what each fuzz_X.c here defines and libFuzzer or replay.c calls. It returns 0; what must not be, it
 * says with CHECK(). */
#ifndef SUNWAI_FUZZ_H
#define SUNWAI_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
