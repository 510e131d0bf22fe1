/* SPDX-License-Identifier: MIT */
/* Finds out whether a program waits for input.
 *
 * A program waits if the pipe of its stdin is empty, all of its threads sleep, and one of them is in read(2)
 * or readv(2) of that pipe, under whatever number. The kernel reports no event for that, so exrun looks, for
 * the first time after 20 ms in which the program used no CPU time and wrote nothing. The pauses grow to
 * 250 ms, and looking takes at most 2 % of the time. A program that waits goes on waiting while it uses less
 * than an eighth of a CPU, because a runtime can have threads of its own that wake now and then.
 *
 * A program that waits in poll(2) or select(2) is not noticed, because their arguments are in the program's
 * memory, which exrun never reads. */
#ifndef EXRUN_SANDBOX_RUN_READING_H
#define EXRUN_SANDBOX_RUN_READING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cgroup.h"

/* @timer: becomes readable when it is time to look. @pipe, @device: inode of the program's stdin. @is_on: the
 * program waits. @seen_ns: time of the last look that found that (CLOCK_MONOTONIC). @looked_ns, @cost_ns:
 * time of the last look, and how long it took. @cpu_us: CPU time of the program at that look, and @used_us
 * since the look before. @next_ms: pause after the next look. */
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
