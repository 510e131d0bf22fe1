/* SPDX-License-Identifier: MIT */
/* File locks belong to the workspace.
 *
 * A lock needs no right to write, and hangs on the inode. Files that are lent to a cell are the host's
 * inodes, and all eventfd, epoll, timerfd, signalfd and pidfd descriptors of a machine share one: whoever
 * closes any of them walks its list of locks under a spinlock (fs/locks.c, locks_remove_posix), so locks in
 * one cell slow down the whole host, and tell other cells things. So a lock stops in the kernel, its
 * descriptor is looked at, and any file outside of the cell's workspace has none to give (ENOLCK).
 *
 * A flock(2) belongs to the open file, so exrun takes it on a copy of the descriptor (pidfd_getfd(2),
 * Linux 5.6): there is nothing to race for. A record lock belongs to the process, which must take it itself:
 * another thread may put another file behind the number in between (dup2(2)), which is bounded by what
 * follows.
 *
 * How many locks a cell holds is bounded, since each close walks them, after SIGKILL too: locks times open
 * files times processes are at most 2^24 list entries, 4 to 9 ns each. Held locks are counted in
 * /proc/PID/fdinfo, each time that as many were taken as may be held. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_H
#define EXRUN_SANDBOX_RUN_LOCKS_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cell.h"

enum { LOCKS_MOST_WAITING = 64 };

/* A flock(2) that waits for its turn. */
struct locks_waiting {
    uint64_t id; /* of the notification */
    int fd;      /* the copy; owned */
    int operation;
};

struct locks {
    const struct cell *cell;
    bool has_workspace, wakes_in_turn;
    dev_t workspace;
    uint64_t most;  /* locks that may be held */
    uint64_t taken; /* held when they were last counted, and taken since */
    uint64_t
        n_read; /* files of /proc that were read to count them: time of ours, that no cell is billed for */
    uint64_t next_look_ns; /* not before this */
    unsigned int n_refused;
    unsigned int n_tries; /* of those that wait, since the last one got its lock */
    unsigned int n_waiting;
    struct locks_waiting waiting[LOCKS_MOST_WAITING];
};

/* The most locks that a cell with these limits may hold: at least one. */
uint64_t locks_most(uint64_t files, uint64_t processes);

/* @cell is borrowed. locks_deinit() lets go of those that wait. */
void locks_init(struct locks *locks, const struct cell *cell, const struct limits *limits);
void locks_deinit(struct locks *locks);

/* Answers the trapped syscall @call, which is fcntl(2) or flock(2), now or later. Returns false, without an
 * answer, if too many were refused and the run is to be ended. */
bool locks_answer(struct locks *locks, const struct seccomp_notif *call);

/* The milliseconds after which locks_retry() should be called; -1: no call waits. */
int locks_patience_ms(const struct locks *locks);

/* Tries once more for each call that waits. */
void locks_retry(struct locks *locks);

#endif
