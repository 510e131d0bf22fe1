/* SPDX-License-Identifier: MIT */
/* Cells without a request, for the tests of their life. */
#ifndef EXRUN_TESTS_UNIT_CELL_FIXTURE_H
#define EXRUN_TESTS_UNIT_CELL_FIXTURE_H

#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/reclaim.h"
#include "unit.h"

extern const struct cell_cancel no_cancels[CELL_N_CANCELS];

/* A cell of a shell, and all that it is made from. */
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

/* cmocka's: who is not root enters a user namespace, or skips the tests if the machine forbids it. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

struct fixture *fixture_of(void **state);

/* Makes the fixture's cell, and waits until it is ready. */
void fixture_make(struct fixture *fixture);

/* Gives the stage the limits that the plan would have given it. */
void fixture_plan_rlimits(struct fixture *fixture);

/* Starts the fixture's stage, hears the cell to its end, and checks that the program ended well. */
void fixture_run(struct fixture *fixture);

/* Does the kernel hold what @limits says, and the cell know it? */
void check_bounds(const struct cell *cell, const struct limits *limits);

/* Finds the host's numbers of PID 1 and of its one child. */
void processes_of(const struct cell *cell, pid_t ret_pids[2]);

/* Reads the file @name of the process; the caller frees it. */
char *file_of(pid_t pid, const char *name);

#endif
