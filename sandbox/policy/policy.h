/* SPDX-License-Identifier: MIT */
/* The policy of a cell: the syscalls that a program may make.
 *
 * It is an allow-list, common to all languages (policy/common.c), plus the rules of a profile. A syscall
 * without a rule fails with ENOSYS, so a runtime that merely tries something newer continues without it. A
 * syscall that only an attack makes is trapped (SECCOMP_RET_USER_NOTIF): exrun reads its number and kills the
 * cell, and the result can name it. A wait status alone never reveals the syscall. The answer is "continue"
 * only for locks (run/locks.h). The memory of the program is never read, so no decision depends on data that
 * the program could change in the meantime (seccomp_unotify(2)).
 *
 * All syscalls of other architectures (i386, x32) are trapped in the same way. */
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

/* The program of the common rules with user notification, compiled when exrun was built. */
extern const struct sock_fprog policy_ready;

/* Makes the program of the common rules and those of @profile. @may_name_calls: the kernel supports user
 * notification; if not, a denied call kills the process without a name, and a lock fails with ENOLCK. Returns
 * 0 or -errno with a fault; FAULT_POLICY_UNKNOWN_CALL if the profile names a syscall that libseccomp does not
 * know. The caller must call policy_deinit() even on failure. */
int policy_make(const struct profile *profile, bool may_name_calls, struct policy *policy,
                struct fault *fault);
void policy_deinit(struct policy *policy);

/* Returns true if a trapped syscall locks a file. Such a syscall is answered and does not end the run. */
bool policy_is_lock(uint32_t arch, int number);

/* Returns the name of syscall @number of architecture @arch (AUDIT_ARCH_*) in @name, and its purpose in
 * @what. */
void policy_name_call(uint32_t arch, int number, char name[48], char what[64]);

#endif
