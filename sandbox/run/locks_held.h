/* SPDX-License-Identifier: MIT */
/* How many file locks a cell holds, as /proc shows them. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_HELD_H
#define EXRUN_SANDBOX_RUN_LOCKS_HELD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cgroup.h"

struct locks_count {
    uint64_t n;
    bool has_foreign; /* one is on a file that is not the cell's own */
};

/* Where a cell's own files are: their device numbers. */
struct locks_devices {
    dev_t workspace, pipes;
};

/* Counts the locks that all tasks of @cgroup hold, up to @most. A lock that several descriptors lead to
 * counts for each. An open file can live on without a descriptor, and its flock(2) with it: each mapping of a
 * file of the workspace counts as one, but for a few that a program has of its own segments, and so does each
 * file that a blocked call like poll(2) holds. A file on its way in a message, or a socket that no descriptor
 * leads to, makes the count @most; so does whatever can't be looked at within 0.1 s of CPU time.
 *
 * /proc/locks would tell it at once, but stops all locking of the machine for up to 44 ms. */
struct locks_count locks_held(const struct cgroup *cgroup, const struct locks_devices *own, uint64_t most);

/* Returns true if the descriptor @fd of task @tid leads to a lock on a file that is not the cell's own. */
bool locks_are_foreign(pid_t tid, int fd, const struct locks_devices *own);

#endif
