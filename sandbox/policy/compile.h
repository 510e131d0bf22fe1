/* SPDX-License-Identifier: MIT */
/* Compiling rules into the BPF program that the kernel loads. */
#ifndef EXRUN_SANDBOX_POLICY_COMPILE_H
#define EXRUN_SANDBOX_POLICY_COMPILE_H

#include <linux/filter.h>
#include <stdbool.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/profile.h"

/* Compiles the common rules and those of @profile, as policy_make() does if the ready program does not fit.
 * The caller frees ret_program->filter. Returns 0 or -errno with a fault. */
int policy_compile(const struct profile *profile, bool may_name_calls, struct sock_fprog *ret_program,
                   struct fault *fault);

#endif
