/* SPDX-License-Identifier: MIT */
/* What a program may write to: one tmpfs with a bound on bytes and inodes. */
#ifndef EXRUN_SANDBOX_CELL_WORKSPACE_H
#define EXRUN_SANDBOX_CELL_WORKSPACE_H

#include <stdbool.h>
#include <stdint.h>

/* A new workspace, attached nowhere yet: the descriptor of its mount, or -errno. Closing it, once the cell's
 * processes are dead, is its end, with all that is in it. */
int workspace_make(uint64_t disk_bytes, bool may_exec);

/* Sets another size. -EINVAL if more than that is in it. */
int workspace_resize(int workspace, uint64_t disk_bytes);

struct workspace_usage {
    uint64_t bytes;
    bool is_full; /* neither a byte nor an inode is left */
};

/* What the workspace holds now. */
int workspace_measure(int workspace, struct workspace_usage *ret_usage);

#endif
