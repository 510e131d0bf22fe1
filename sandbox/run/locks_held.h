/* SPDX-License-Identifier: MIT */
/* Counts the file locks that a cell holds, as listed in /proc. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_HELD_H
#define EXRUN_SANDBOX_RUN_LOCKS_HELD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cgroup.h"

struct locks_count {
    uint64_t n;
    bool has_foreign; /* at least one lock is on a file that is not the cell's own */
};

/* The device numbers of a cell's own files. */
struct locks_devices {
    dev_t workspace, pipes;
};

/* Counts the locks that all tasks of @cgroup hold, up to @most. If several descriptors refer to one lock, it
 * is counted for each. An open file, and its flock(2), can exist without a descriptor. So each mapping of a
 * file of the workspace counts as one, except the few that a compiled program has of its own file. Each file
 * that a blocked syscall like poll(2) holds counts as one, too. A file in a message that was not received
 * yet, or a socket that no descriptor refers to, makes the count @most; so does everything that can't be
 * checked within 0.1 s of CPU time.
 *
 * /proc/locks would list all locks immediately, but reading it blocks all locking on the machine for up to
 * 44 ms. */
struct locks_count locks_held(const struct cgroup *cgroup, const struct locks_devices *own, uint64_t most);

/* Returns true if the descriptor @fd of task @tid refers to a lock on a file that is not the cell's own. */
bool locks_are_foreign(pid_t tid, int fd, const struct locks_devices *own);

#endif
