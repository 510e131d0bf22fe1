/* SPDX-License-Identifier: MIT */
/* The product of a compile stage: can it be started at all?
 *
 * A visitor can make a compiler leave a library, an archive, a program for another loader, or gigabytes. That
 * is a fault of the program, found before the product is kept or a cell is made for it. */
#ifndef EXRUN_SANDBOX_RUN_PRODUCT_H
#define EXRUN_SANDBOX_RUN_PRODUCT_H

#include "sandbox/base/fault.h"
#include "sandbox/plan/plan.h"

enum product_state {
    PRODUCT_FINE,
    PRODUCT_ABSENT,    /* the compiler left nothing */
    PRODUCT_LIBRARY,   /* without an entry point: a library or an archive */
    PRODUCT_FOREIGN,   /* for another loader or another machine */
    PRODUCT_TOO_LARGE, /* for the run's disk or memory, or for exrun */
};

/* The product is kept in exrun's own memory, outside any cell's limits. */
#define PRODUCT_MOST_BYTES (UINT64_C(64) << 20)

/* Returns the size in bytes of the largest product that the run stage can get. */
uint64_t product_most_bytes(const struct plan *plan);

/* Judges @product. Looks into it only if the run stage executes it; an interpreter judges its own files. */
enum product_state product_check(const struct plan *plan, const struct bytes *product);

/* Returns the state that explains @fault of the run stage, or PRODUCT_FINE if the product did not cause it.
 */
enum product_state product_of_fault(const struct plan *plan, const struct fault *fault);

#endif
