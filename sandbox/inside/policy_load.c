/* SPDX-License-Identifier: MIT */
/* Loading the policy: seccomp(2). */
#include "sandbox/inside/policy_load.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Linux 5.19: only a fatal signal ends a trapped syscall after it was received. */
#define WAIT_KILLABLE_RECV (1UL << 5)

int policy_load(const struct sock_fprog *program, bool wants_listener)
{
    unsigned long flags = wants_listener ? SECCOMP_FILTER_FLAG_NEW_LISTENER | WAIT_KILLABLE_RECV : 0;
    long r = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program);

    if (r < 0 && errno == EINVAL && wants_listener)
        r = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
    return r < 0 ? -errno : (int)r;
}
