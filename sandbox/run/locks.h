/* SPDX-License-Identifier: MIT */
/* File locks are limited to the workspace and to pipes.
 *
 * Locking a file needs no write permission, and the lock belongs to the inode. Files that are lent to a cell
 * are the host's inodes, and all eventfd, epoll, timerfd, signalfd and pidfd descriptors of a machine share
 * one inode. Every process that closes such a descriptor walks its list of locks under a spinlock
 * (fs/locks.c, locks_remove_posix). So locks in one cell would slow down the whole host, and carry
 * information to other cells. Therefore syscalls that lock are trapped, and exrun checks the descriptor. If
 * the file is neither in the cell's workspace nor a pipe, they fail with ENOLCK.
 *
 * A flock(2) belongs to the open file, so exrun takes it on a copy of the descriptor (pidfd_getfd(2), Linux
 * 5.6), which allows no race. A record lock belongs to the process, which must take it itself, and another
 * thread can replace the descriptor with a lent file in between (dup2(2)). So exrun checks the last
 * descriptors once more: if a lock is on another file, it ends the run.
 *
 * The number of locks that a cell holds is limited, because each close walks them, even after SIGKILL:
 * locks times open files times processes are at most 2^24 list entries, which take 4 to 9 ns each. Locks
 * are counted in /proc (locks_held.h) each time that as many were taken as may be held. If counting again
 * would take more than a fifth of the time, syscalls wait. The CPU time of all this is charged to the run.
 * Pipes are the cell's own, too, because programs lock their output to write whole lines. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_H
#define EXRUN_SANDBOX_RUN_LOCKS_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/cell.h"
#include "sandbox/run/locks_held.h"

enum { LOCKS_MOST_WAITING = 512, LOCKS_N_LAST = 8 };

/* A syscall that waits: for its lock, as flock(2) does, or for the next count. */
struct locks_waiting {
    struct seccomp_notif call;
    int fd; /* for flock(2), an owned copy of its descriptor; -1: no copy yet */
};

/* A record lock that was allowed. Its descriptor can refer to another file by now. */
struct locks_last {
    pid_t tid; /* 0: unused */
    int fd;
};

struct locks {
    const struct cell *cell;
    bool has_devices, wakes_in_turn;
    struct locks_devices own;
    uint64_t most;          /* number of locks that may be held */
    uint64_t taken;         /* locks held at the last count, and taken since then */
    uint64_t next_look_ns;  /* earliest time of the next count */
    uint64_t next_try_ns;   /* earliest time to try again for waiting syscalls */
    uint64_t cpu_ns;        /* exrun's CPU time for this cell's locks, charged to the run */
    unsigned int n_refused; /* syscalls refused because the file is not the cell's own */
    bool is_raced;          /* a lock on such a file was found */
    struct locks_last last[LOCKS_N_LAST];
    unsigned int at_last;
    bool has_news;        /* a record lock was allowed since the last check */
    unsigned int n_tries; /* tries for waiting syscalls since one of them was last answered */
    unsigned int n_waiting;
    struct locks_waiting *waiting; /* owned; LOCKS_MOST_WAITING, from the first that has to wait */
};

/* Prepare and release @locks. @cell is borrowed. locks_deinit() forgets waiting syscalls without an
 * answer. */
void locks_init(struct locks *locks, const struct cell *cell, const struct limits *limits);
void locks_deinit(struct locks *locks);

/* Answers the trapped syscall @call, which is fcntl(2) or flock(2), now or later. Returns false if the run
 * must be ended, because too many were refused, or because a file that is not the cell's own is locked. */
bool locks_answer(struct locks *locks, const struct seccomp_notif *call);

/* Checks the last record locks again. Returns false if the run must be ended. */
bool locks_check(struct locks *locks);

/* Returns after how many milliseconds locks_retry() should be called, or -1 if no syscall waits. */
int locks_patience_ms(const struct locks *locks);

/* Tries again for each syscall that waits. Returns false if the run must be ended. */
bool locks_retry(struct locks *locks);

#endif
