/* SPDX-License-Identifier: MIT */
/* Loading the policy. */
#ifndef EXRUN_SANDBOX_INSIDE_POLICY_LOAD_H
#define EXRUN_SANDBOX_INSIDE_POLICY_LOAD_H

#include <linux/filter.h>
#include <stdbool.h>

/* Loads @program for the calling process, permanently. Returns the listener's descriptor if @wants_listener,
 * otherwise 0; or -errno. Allocates nothing. */
int policy_load(const struct sock_fprog *program, bool wants_listener);

#endif
