/* SPDX-License-Identifier: MIT */
/* Finds out whether a program waits for input.
 *
 * The kernel has no event for that, so exrun looks: after 20 ms in which the program used no CPU time and
 * wrote nothing, and then less and less often, and so that looking takes 2 % of the time at most. A program
 * that waits goes on to wait while it uses less than an eighth of a CPU, because a runtime can have threads
 * of its own that wake now and then. A program waits for input if the pipe of its stdin is empty,
 * all of its threads sleep, and one of them is in read(2) or readv(2) of that pipe, under whatever number.
 * /proc/PID/syscall says so (proc_pid_syscall(5), Linux 2.6.27; needs CAP_SYS_PTRACE). A program that waits
 * in poll(2) or select(2) is not noticed, because their arguments are in the program's memory, and that is
 * never read. */
#ifndef EXRUN_SANDBOX_RUN_READING_H
#define EXRUN_SANDBOX_RUN_READING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cgroup.h"

/* @used_us: CPU time of the program between the last two looks. @looked_ns: when the last one was. @cost_ns:
 * how long it took. @timer: becomes readable when it is time to look. @pipe, @device: inode of the program's
 * stdin. @is_on: the program waits. @seen_ns: when that was seen last (CLOCK_MONOTONIC). @cpu_us: of the
 * program at the last look.
 * @next_ms: until the next look but one. */
struct reading {
    const struct cgroup *cgroup;
    int timer;
    ino_t pipe;
    dev_t device;
    bool is_on;
    uint64_t seen_ns, cpu_us, used_us, looked_ns, cost_ns;
    unsigned int next_ms;
};

#define READING_NONE \
    {                \
        .timer = -1  \
    }

/* Begins to look. @pipe: an end of it; borrowed. Returns 0 or -errno. The caller calls reading_close() even
 * on failure. */
int reading_open(struct reading *reading, const struct cgroup *cgroup, int pipe);

/* The program has written something, or has got input, so it does not wait. Returns 0 or -errno. */
int reading_disturb(struct reading *reading);

/* Looks. @pipe: exrun's end. @is_fed: all input that there is was written to it. Returns 0 or -errno. */
int reading_look(struct reading *reading, int pipe, bool is_fed);

void reading_close(struct reading *reading);

#endif
