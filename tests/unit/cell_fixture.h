/* SPDX-License-Identifier: MIT */
/* Cells that are made without a request, for the tests of their life. */
#ifndef EXRUN_TESTS_UNIT_CELL_FIXTURE_H
#define EXRUN_TESTS_UNIT_CELL_FIXTURE_H

#include "runner/text/error.h"
#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/reclaim.h"
#include "unit.h"

extern const struct cell_cancel no_cancels[CELL_N_CANCELS];

/* A cell that runs a shell, and the inputs from which it is made. */
struct fixture {
    struct profile_mount mounts[4];
    struct cell_config config;
    struct cgroup_tree tree;
    struct plan_stage stage;
    struct plan_file file;
    struct bytes content;
    struct cell cell;
    struct fault fault;
    struct error err;
};

/* Set up and tear down a test for cmocka. If the user is not root, enters a user namespace, or skips the
 * tests if the machine forbids it. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

struct fixture *fixture_of(void **state);

/* Makes the fixture's cell, and waits until it is ready. */
void fixture_make(struct fixture *fixture);

/* Sets the limits that the plan would set for the stage. */
void fixture_plan_rlimits(struct fixture *fixture);

/* Starts the fixture's stage, receives the cell's reports until it ends, and checks that the program
 * succeeded. */
void fixture_run(struct fixture *fixture);

/* Checks that the kernel enforces @limits, and that the cell stores them. */
void check_bounds(const struct cell *cell, const struct limits *limits);

/* Stores the host's process IDs of PID 1 and of its only child. */
void processes_of(const struct cell *cell, pid_t ret_pids[2]);

/* Returns the content of the file @name in /proc of the process. The caller frees it. */
char *file_of(pid_t pid, const char *name);

#endif
