/* SPDX-License-Identifier: MIT */
/* The steps between clone and exec, as one list.
 *
 * A cell comes into being in four phases. PID 1 *makes* the place it stands in, and clones the program's
 * process. That *settles*: it joins the cell's groups, becomes the program's user and gives up all power, for
 * good; then it waits. PID 1 gives up what it has left and *watches*. The start message *releases* the
 * program: its limits are lowered to the request's, the visitor's files are written by the user and under the
 * limits that the program has, and it is executed. So no process of a cell that was
 * waited for has power when a request arrives; in a one-shot run the program may begin while PID 1 is still
 * giving up its own. Each phase walks the same list and takes the steps that are its own. The order is the
 * security: each step may rely on those above it and undoes nothing of them.
 *
 * Everything here runs between clone and exec: system calls only, no allocation. If a step fails, the cell
 * ends, and reports the step by its place in the list. */
#ifndef EXRUN_SANDBOX_INSIDE_STEPS_H
#define EXRUN_SANDBOX_INSIDE_STEPS_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/inside/identity.h"
#include "sandbox/inside/root.h"
#include "sandbox/inside/start_message.h"

enum inside_phase {
    PHASE_MAKE = 1 << 0,
    PHASE_SETTLE = 1 << 1,
    PHASE_RELEASE = 1 << 2,
    PHASE_WATCH = 1 << 3,
};

/* All that the inside works from. The descriptors are the outside's, inherited by the clone. */
struct inside {
    struct root root;
    struct identity identity;
    const struct sock_fprog *filter; /* NULL: no policy */
    bool may_name_calls;             /* ask for a listener with the filter */
    uid_t program_uid, init_uid;
    bool may_exec; /* programs in the workspace */
    int control;   /* packet socket to the outside */
    int lease;     /* kept open, so that the slot is taken while the cell lives */
    int streams[3];
    int listener;                        /* of the program's process */
    int joins[N_JOINS];                  /* with the first message */
    struct start_rlimit most[N_RLIMITS]; /* the highest limits that a start message may bring */
    struct start *start;                 /* with the start message */
    const char *fault;                   /* name of a step that is to fail, in builds for tests; NULL: none */
};

enum inside_step_id {
    STEP_CGROUP,
    STEP_CGROUP_VIEW,
    STEP_NAMES,
    STEP_SCHEDULING,
    STEP_NETWORK,
    STEP_ROOT,
    STEP_FDS,
    STEP_LOWER,
    STEP_SESSION,
    STEP_OOM,
    STEP_MOST_RLIMITS,
    STEP_PROGRAM_USER,
    STEP_INIT_USER,
    STEP_TETHER,
    STEP_LANDLOCK,
    STEP_POLICY,
    STEP_RLIMITS,
    STEP_FILES,
    STEP_EXEC,
    N_STEPS,
};

struct inside_step {
    const char *name;
    unsigned int phases;
    int (*take)(struct inside *inside);
    const char *stops; /* what a program could do if the step were not there */
};

extern const struct inside_step inside_steps[N_STEPS];

/* Takes the steps of @phase in their order. 0, or -errno with the failed step in *ret_step. PHASE_RELEASE
 * returns on failure only. */
int inside_take(struct inside *inside, enum inside_phase phase, unsigned int *ret_step);

#endif
