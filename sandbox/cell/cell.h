/* SPDX-License-Identifier: MIT */
/* One cell's life: made, running, stopped, reclaimed.
 *
 * Making a cell is all that does not depend on the request: slot, cgroup, namespaces, root, identity.
 * Starting it hands over argv, environment and files, and lets go. Both in a row is the one-shot run; later a
 * made cell can wait for its request in between. The slot's lease is taken before anything exists and let go
 * after everything is gone, so there is no moment at which a crash leaves something that no lease covers.
 * Killing PID 1 of a PID namespace ends all that lives in it, and the kernel lets it go only when the last of
 * them is reaped (pid_namespaces(7)). */
#ifndef EXRUN_SANDBOX_CELL_CELL_H
#define EXRUN_SANDBOX_CELL_CELL_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/lease.h"
#include "sandbox/inside/report.h"
#include "sandbox/plan/plan.h"

/* CELL_STUCK: it was killed, and one of its processes would not die. */
enum cell_state { CELL_NONE, CELL_MADE, CELL_RUNNING, CELL_STUCK, CELL_STOPPED };

/* Descriptors are -1 when empty. @input, @output, @errors: our ends of the program's stdin, stdout, stderr;
 * they don't block.
 * @listener: stopped system calls. @workspace: the mount that the program writes to. */
struct cell {
    enum cell_state state;
    struct timing timing; /* of the making, until somebody adds it to a run's */
    const struct cgroup_tree *tree;
    struct lease lease;
    struct cgroup cgroup;
    struct limits limits; /* that its groups and its workspace have now */
    int pidfd;
    int control;
    int listener;
    int workspace;
    int input, output, errors;
    bool is_confined;
    bool is_ready;             /* nothing of it has power any more, and nothing is left to make */
    uint64_t started_ns;       /* CLOCK_MONOTONIC; 0: not yet */
    uint64_t cpu_us;           /* what its groups were charged with before the program began */
    struct init_report failed; /* the last, if it is INIT_FAILED */
};

#define CELL_INIT                                                                               \
    {                                                                                           \
        .lease = {.fd = -1}, .cgroup = CGROUP_NONE, .pidfd = -1, .control = -1, .listener = -1, \
        .workspace = -1, .input = -1, .output = -1, .errors = -1                                \
    }

/* What a cell is made from: nothing of a request. What is not said to live longer is borrowed for the call of
 * cell_make() alone. */
struct cell_config {
    const struct settings *settings; /* borrowed for the cell's life */
    const struct cgroup_tree *tree;  /* likewise */
    const struct profile_mount *mounts;
    size_t n_mounts;
    const struct sock_fprog *filter; /* NULL: no policy */
    bool may_name_calls;             /* a call that ends the run is reported, not killed */
    bool may_exec;                   /* programs in the workspace */
    unsigned int n_ids;              /* ids_count() */
    struct limits limits;            /* until cell_adjust() */
    uint64_t rlimits[N_RLIMITS]; /* the highest that cell_start() may bring; a process without power can only
                                    lower them */
};

/* Makes a cell; its PID 1 may still be at work when this returns. A cell belongs to the thread that made it,
 * and ends with it: the kernel's parent-death signal is one thread's (prctl(2)). Call reclaim_cell() in any
 * case. FAULT_SLOTS if all are in use. */
int cell_make(struct cell *cell, const struct cell_config *config, struct fault *fault);

/* Sets the limits of memory, processes and disk of a cell that was not started yet. FAULT_LIMIT_USED if what
 * waits in it uses more memory already. After a failure the limits are undefined until a call succeeds. */
int cell_adjust(struct cell *cell, const struct limits *limits, struct fault *fault);

/* Kills all processes of the cell and waits until they are gone. -ETIMEDOUT where one would not die; the
 * next call does not wait any more. */
int cell_kill(struct cell *cell);

#endif
