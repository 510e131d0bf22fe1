/* SPDX-License-Identifier: MIT */
/* The threads of a program and its children. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_TASKS_H
#define EXRUN_SANDBOX_CELL_CGROUP_TASKS_H

#include <stddef.h>
#include <sys/types.h>

#include "sandbox/cell/cgroup.h"

/* @ids: as exrun sees them; owned. */
struct cgroup_tasks {
    pid_t *ids;
    size_t n;
};

/* Lists all threads in the group. Some of them can have ended since then. Returns 0 or -errno. */
int cgroup_tasks_list(const struct cgroup *cgroup, struct cgroup_tasks *ret);

void cgroup_tasks_deinit(struct cgroup_tasks *tasks);

#endif
