/* SPDX-License-Identifier: MIT */
/* Loading the policy. */
#ifndef EXRUN_SANDBOX_INSIDE_POLICY_LOAD_H
#define EXRUN_SANDBOX_INSIDE_POLICY_LOAD_H

#include <linux/filter.h>
#include <stdbool.h>

/* Puts @program on the calling process, for good. Returns the listener's descriptor with @wants_listener,
 * else 0; or -errno. Allocates nothing. */
int policy_load(const struct sock_fprog *program, bool wants_listener);

#endif
