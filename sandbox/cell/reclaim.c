/* SPDX-License-Identifier: MIT */
/* The single place that removes. */
#include "sandbox/cell/reclaim.h"

#include "sandbox/base/cleanup.h"

unsigned int reclaim_cell(struct cell *cell)
{
    unsigned int left = 0;

    if (cell_kill(cell) < 0)
        left |= LEFT_PROCESSES;
    fd_closep(&cell->listener);
    fd_closep(&cell->control);
    fd_closep(&cell->input);
    fd_closep(&cell->output);
    fd_closep(&cell->errors);
    fd_closep(&cell->workspace);
    if (cgroup_remove(&cell->cgroup) < 0)
        left |= LEFT_CGROUP;
    /* Asked of the kernel, not concluded from what was done. */
    if (cell->cgroup.tree && cell->cgroup.tree->ops && cgroup_exists(cell->cgroup.tree, cell->cgroup.name))
        left |= LEFT_CGROUP;
    if (left == 0)
        lease_release(&cell->lease);
    cell->state = CELL_NONE;
    return left;
}

const char *reclaim_word(enum reclaim_left left)
{
    switch (left) {
    case LEFT_PROCESSES:
        return "processes";
    case LEFT_CGROUP:
        return "cgroup";
    }
    return "?";
}
