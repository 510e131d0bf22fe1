/* SPDX-License-Identifier: MIT */
/* The single place that removes. */
#include "sandbox/cell/reclaim.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "sandbox/base/cleanup.h"

/* Is a file system of device @device mounted anywhere that we see? Field three of mountinfo, proc(5). */
static bool is_mounted(dev_t device)
{
    _cleanup_(file_closep) FILE *mounts = fopen("/proc/self/mountinfo", "re");
    _cleanup_(freep) char *line = NULL;
    unsigned int high, low;
    size_t room = 0;

    while (mounts && getline(&line, &room, mounts) > 0)
        if (sscanf(line, "%*d %*d %u:%u", &high, &low) == 2 && makedev(high, low) == device)
            return true;
    return false;
}

unsigned int reclaim_cell(struct cell *cell)
{
    int *const fds[] = {&cell->listener, &cell->control, &cell->input,
                        &cell->output,   &cell->errors,  &cell->workspace};
    int numbers[sizeof(fds) / sizeof(*fds)];
    struct stat workspace = {0};
    bool had_workspace = cell->workspace >= 0 && fstat(cell->workspace, &workspace) == 0;
    unsigned int left = 0;

    if (cell_kill(cell) < 0)
        left |= LEFT_PROCESSES;
    for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
        numbers[i] = *fds[i];
        fd_closep(fds[i]);
    }
    if (cgroup_remove(&cell->cgroup) < 0)
        left |= LEFT_CGROUP;
    /* Asked of the kernel, not concluded from what was done. */
    if (cell->cgroup.tree && cell->cgroup.tree->ops && cgroup_exists(cell->cgroup.tree, cell->cgroup.name))
        left |= LEFT_CGROUP;
    for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++)
        if (numbers[i] >= 0 && fcntl(numbers[i], F_GETFD) >= 0)
            left |= LEFT_DESCRIPTORS;
    if (had_workspace && is_mounted(workspace.st_dev))
        left |= LEFT_MOUNTS;
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
    case LEFT_DESCRIPTORS:
        return "descriptors";
    case LEFT_MOUNTS:
        return "mounts";
    }
    return "?";
}
