/* SPDX-License-Identifier: MIT */
/* The steps between clone and exec, as one list.
 *
 * A cell is created in four phases. PID 1 *makes* its surroundings, and clones the program's process. That
 * process *settles*: it joins the cell's groups, becomes the program's user and gives up all power
 * permanently; then it waits. PID 1 gives up its remaining power and *watches*. The start message *releases*
 * the program: its limits are lowered to those of the request, the visitor's files are written by its user
 * and under its limits, and it is executed. So if a cell was waited for, its processes have no power when a
 * request arrives. In a one-shot run, the program can begin while PID 1 is still giving up its power. Each
 * phase walks the same list and takes its own steps. The order is the security, because each step can rely on
 * those above it and undoes nothing of them.
 *
 * Everything here runs between clone and exec, so it uses system calls only and allocates nothing. If a step
 * fails, the cell ends, and reports the step by its place in the list. */
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

/* The data that the inside works from. The descriptors belong to the outside and are inherited by the
 * clone. */
struct inside {
    struct root root;
    struct identity identity;
    const struct sock_fprog *filter; /* NULL: without a policy */
    bool may_name_calls;             /* request a listener with the filter */
    uid_t program_uid, init_uid;
    bool has_plain_signals; /* the outside ignores none, and neither does the clone */
    bool may_exec;          /* programs in the workspace may be executed */
    int control;            /* packet socket to the outside */
    int lease;              /* kept open, so that the slot stays taken while the cell exists */
    int network;            /* network namespace of the cell; -1: a new one */
    int streams[3];
    int listener;                        /* seccomp listener, in the program's process */
    int joins[N_JOINS];                  /* received with the first message */
    struct start_rlimit most[N_RLIMITS]; /* highest limits that a start message may contain */
    struct start *start;                 /* received with the start message */
    const char *fault;                   /* name of a step that a test makes fail; NULL: no step fails */
};

/* Has the calling process ignore no signal, and handle none. */
void inside_reset_signals(void);

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
    STEP_OUTPUTS,
    STEP_FILES,
    STEP_EXEC,
    N_STEPS,
};

struct inside_step {
    const char *name;
    unsigned int phases;
    int (*take)(struct inside *inside);
    const char *stops; /* things that a program could do without this step */
};

extern const struct inside_step inside_steps[N_STEPS];

/* Takes the steps of @phase in their order. Returns 0, or -errno with the failed step in *ret_step.
 * PHASE_RELEASE returns on failure only. */
int inside_take(struct inside *inside, enum inside_phase phase, unsigned int *ret_step);

#endif
