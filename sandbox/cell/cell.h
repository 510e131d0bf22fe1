/* SPDX-License-Identifier: MIT */
/* The life of one cell: made, running, stopped, reclaimed.
 *
 * Making a cell sets up everything that does not depend on the request: slot, cgroup, namespaces, root,
 * identity. Starting it passes argv, environment and files to PID 1 and releases the program. A one-shot run
 * does both in a row. A cell that was made ahead of time can wait for its request in between.
 *
 * The slot's lease is taken before anything else exists and released after everything else is gone. So if
 * exrun crashes, a lease covers everything that it leaves behind. If PID 1 of a PID namespace is killed,
 * the kernel kills all other processes in it, and keeps PID 1 until the last of them is reaped
 * (pid_namespaces(7)). */
#ifndef EXRUN_SANDBOX_CELL_CELL_H
#define EXRUN_SANDBOX_CELL_CELL_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/kept.h"
#include "sandbox/cell/lease.h"
#include "sandbox/inside/report.h"
#include "sandbox/plan/plan.h"

/* CELL_STUCK: the cell was killed, but at least one of its processes did not exit in time. CELL_STOPPED: none
 * of the program's processes is left. */
enum cell_state { CELL_NONE, CELL_MADE, CELL_RUNNING, CELL_STUCK, CELL_STOPPED };

/* A descriptor that is not open is -1. @input, @output, @errors: exrun's ends of the program's stdin,
 * stdout and stderr; non-blocking. @listener: receives trapped syscalls (seccomp_unotify(2)). @workspace:
 * the mount that the program writes to. */
struct cell {
    enum cell_state state;
    struct timing timing; /* times of making the cell, until a run adds them to its own */
    const struct cgroup_tree *tree;
    struct kept *lender; /* its lease is of this one; NULL: the lease is the cell's own */
    struct lease lease;
    struct cgroup cgroup;
    struct limits limits; /* current limits of its groups and its workspace */
    int pidfd;
    int control;
    int listener;
    int workspace;
    int input, output, errors;
    bool is_confined;          /* PID 1 has no privileges left (INIT_CONFINED) */
    bool is_ready;             /* the program's process is confined and waits (INIT_READY) */
    uint64_t started_ns;       /* CLOCK_MONOTONIC; 0: not started yet */
    uint64_t cpu_us;           /* CPU time charged to its groups before the program started */
    struct init_report failed; /* the last report with INIT_FAILED */
    struct init_report shim;   /* the last report of the shim of a parked cell; zeroed: none */
};

#define CELL_INIT                                                                               \
    {                                                                                           \
        .lease = {.fd = -1}, .cgroup = CGROUP_NONE, .pidfd = -1, .control = -1, .listener = -1, \
        .workspace = -1, .input = -1, .output = -1, .errors = -1                                \
    }

/* The inputs of cell_make(). They do not depend on a request. Pointers are borrowed for the duration of
 * cell_make(), unless noted otherwise. */
struct cell_config {
    const struct settings *settings; /* borrowed until the cell is reclaimed */
    const struct cgroup_tree *tree;  /* likewise */
    const struct profile_mount *mounts;
    size_t n_mounts;
    const struct profile_etc *etc;
    size_t n_etc;
    const char *prepared; /* directory of the host that the cell gets as /prepared; NULL: none */
    bool prepares;        /* the cell gets an empty, writable /prepared instead */
    bool has_proc_files;  /* with @limits.memory_bytes, which they keep */
    bool has_large_pipes; /* in every slot, because exrun's user may have any number of pages in pipes */
    const struct sock_fprog *filter; /* NULL: no policy */
    bool may_name_calls;  /* a syscall that ends the run is reported; false: the kernel kills the program */
    bool may_exec;        /* allows programs to be executed in the workspace */
    struct kept *kept;    /* for a free lease, the network and the root; borrowed until reclaim; NULL: none */
    bool renews_root;     /* fills the kept root if it is not this cell's */
    bool has_own_network; /* not the kept one */
    unsigned int n_ids;   /* ids_count() */
    struct limits limits; /* until cell_adjust() changes them */
    uint64_t rlimits[N_RLIMITS]; /* highest values for cell_start(), because an unprivileged process can only
                                    lower its limits */
};

/* Makes a cell. PID 1 can still be setting it up when this returns. A cell belongs to the thread that made it
 * and ends with that thread, because the kernel's parent-death signal is bound to a thread (prctl(2)). The
 * caller must call reclaim_cell() even on failure. Returns 0 or -errno; fails with FAULT_SLOTS if all slots
 * are in use. */
int cell_make(struct cell *cell, const struct cell_config *config, struct fault *fault);

/* Sets the memory, process and disk limits of a cell that has not been started yet. On v1, fails with
 * FAULT_LIMIT_USED if the waiting process already uses more memory; on v2, the kernel kills that process
 * instead. If a call fails, the limits are undefined until another call succeeds. */
int cell_adjust(struct cell *cell, const struct limits *limits, struct fault *fault);

/* Gives the cell a lease of its own: its lender (kept.h) leaves it that, and takes another one, for its next
 * cell. So a cell can wait while others come and go. */
void cell_own_lease(struct cell *cell);

/* Kills all processes of the cell and waits until the program's are gone, so that nothing of it can execute
 * any more. PID 1 may still be ending. Returns the same values as cell_kill(). */
int cell_stop(struct cell *cell);

/* Kills all processes of the cell and waits until they are gone, PID 1 too. Returns 0, -ETIMEDOUT if PID 1
 * does not exit within 5 s, or another -errno. After a timeout, later calls do not wait again. */
int cell_kill(struct cell *cell);

#endif
