/* SPDX-License-Identifier: MIT */
/* The law of a cell: which system calls a program may make.
 *
 * An allow-list, common to all languages (policy_common.c) and what a profile adds. A call that nobody names
 * fails with ENOSYS, so that a runtime which merely tries something newer goes on without it. A call that
 * only an attack makes stops in the kernel and asks us (SECCOMP_RET_USER_NOTIF): its number is read, the cell
 * is killed, and the result can name it. A wait status alone never tells the call. The answer is never "go
 * on" but for record locks (run/locks.h); and memory of the program is never looked at, so nothing is decided
 * by what it could change meanwhile (seccomp_unotify(2)).
 * Calls of other architectures (i386, x32) are treated alike. */
#ifndef EXRUN_SANDBOX_POLICY_POLICY_H
#define EXRUN_SANDBOX_POLICY_POLICY_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/profile.h"

struct policy {
    struct sock_fprog program;
    bool is_owned;
};

/* The program of the common rules with user notification, as it was compiled when exrun was built. */
extern const struct sock_fprog policy_ready;

/* The program of the common rules and those of @profile. @may_name_calls: the kernel knows user notification;
 * else what it would have named is killed without a name. FAULT_POLICY_UNKNOWN_CALL if it names
 * a call that libseccomp does not know.
 * policy_deinit() in any case. */
int policy_make(const struct profile *profile, bool may_name_calls, struct policy *policy,
                struct fault *fault);
void policy_deinit(struct policy *policy);

/* Returns true if a trapped syscall locks a file: it is answered, and does not end the run. */
bool policy_is_lock(uint32_t arch, int number);

/* What is told of call @number of architecture @arch (AUDIT_ARCH_*): its name, and what it is for. */
void policy_name_call(uint32_t arch, int number, char name[48], const char **ret_what);

#endif
