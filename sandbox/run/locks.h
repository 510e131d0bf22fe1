/* SPDX-License-Identifier: MIT */
/* File locks belong to the workspace.
 *
 * A lock needs no right to write, and hangs on the inode. Files that are lent to a cell are the host's
 * inodes, and all eventfd, epoll, timerfd, signalfd and pidfd descriptors of a machine share one: whoever
 * closes any of them walks its list of locks under a spinlock (fs/locks.c, locks_remove_posix), so locks in
 * one cell slow down the whole host, and tell other cells things. So a lock traps, its descriptor is looked
 * at, and any file outside of the cell's workspace has none to give (ENOLCK).
 *
 * A flock(2) belongs to the open file, so exrun takes it on a copy of the descriptor (pidfd_getfd(2),
 * Linux 5.6): there is nothing to race for. A record lock belongs to the process, which must take it itself,
 * and another thread can put a lent file behind the number in between (dup2(2)). So the last descriptors are
 * looked at once more: a lock on another file ends the run.
 *
 * How many locks a cell holds is bounded, since each close walks them, after SIGKILL too: locks times open
 * files times processes are at most 2^24 list entries, 4 to 9 ns each. They are counted in /proc
 * (locks_held.h) each time that as many were taken as may be held. While a count would take more than a fifth
 * of the time, calls wait. The CPU time that all this takes is the run's. Pipes are the cell's own, too:
 * programs lock their output to write whole lines. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_H
#define EXRUN_SANDBOX_RUN_LOCKS_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cell.h"
#include "sandbox/run/locks_held.h"

enum { LOCKS_MOST_WAITING = 512, LOCKS_N_LAST = 8 };

/* A call that waits: for its turn, as flock(2) does, or for the next count. */
struct locks_waiting {
    struct seccomp_notif call;
    int fd; /* for flock(2), a copy of its descriptor; owned. -1: none yet */
};

/* A record lock that was let through, by a number that may lead elsewhere by now. */
struct locks_last {
    pid_t tid; /* 0: none */
    int fd;
};

struct locks {
    const struct cell *cell;
    bool has_devices, wakes_in_turn;
    struct locks_devices own;
    uint64_t most;          /* locks that may be held */
    uint64_t taken;         /* held when they were last counted, and taken since */
    uint64_t next_look_ns;  /* not before this */
    uint64_t next_try_ns;   /* likewise, for those that wait */
    uint64_t cpu_ns;        /* of ours, for this cell's locks: it is billed to the run */
    unsigned int n_refused; /* for files that are not the cell's own */
    bool is_raced;          /* a lock was seen on such a file */
    struct locks_last last[LOCKS_N_LAST];
    unsigned int at_last;
    bool has_news;        /* one came since the last was looked at */
    unsigned int n_tries; /* of those that wait, since one was last answered */
    unsigned int n_waiting;
    struct locks_waiting waiting[LOCKS_MOST_WAITING];
};

/* The most locks that a cell with these limits may hold: at least one. */
uint64_t locks_most(uint64_t files, uint64_t processes);

/* @cell is borrowed. locks_deinit() lets go of those that wait. */
void locks_init(struct locks *locks, const struct cell *cell, const struct limits *limits);
void locks_deinit(struct locks *locks);

/* Answers the trapped syscall @call, which is fcntl(2) or flock(2), now or later. Returns false if the run is
 * to be ended: too many were refused, or a lock is where none belongs. */
bool locks_answer(struct locks *locks, const struct seccomp_notif *call);

/* Looks again at what was let through last. Returns false likewise. */
bool locks_check(struct locks *locks);

/* The milliseconds after which locks_retry() should be called; -1: no call waits. */
int locks_patience_ms(const struct locks *locks);

/* Tries once more for each call that waits. Returns false likewise. */
bool locks_retry(struct locks *locks);

#endif
