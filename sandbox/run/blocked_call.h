/* SPDX-License-Identifier: MIT */
/* The system call in which a thread sleeps: /proc/PID/syscall, see proc_pid_syscall(5); Linux 2.6.27. */
#ifndef EXRUN_SANDBOX_RUN_BLOCKED_CALL_H
#define EXRUN_SANDBOX_RUN_BLOCKED_CALL_H

#include <stdint.h>
#include <sys/types.h>

/* @number: -1: the thread sleeps outside of a system call. @args: the first two. */
struct blocked_call {
    long number;
    uint64_t args[2];
};

/* Returns 0, -EAGAIN if the thread runs, -ESRCH if it has ended, or another -errno. The caller needs
 * CAP_SYS_PTRACE. */
int blocked_call_read(pid_t thread, struct blocked_call *ret);

#endif
