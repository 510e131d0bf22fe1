/* SPDX-License-Identifier: MIT */
/* A fuzz target: libFuzzer's entry point (llvm.org/docs/LibFuzzer.html), which replay.c calls as
 * well. */
#ifndef EXRUN_TESTS_FUZZ_FUZZ_H
#define EXRUN_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A promise that any input must leave true. */
#define PROMISE(condition)                                                  \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                        \
        }                                                                   \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
