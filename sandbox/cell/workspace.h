/* SPDX-License-Identifier: MIT */
/* The directory tree that a program may write to: one tmpfs with a limit on bytes and inodes. */
#ifndef EXRUN_SANDBOX_CELL_WORKSPACE_H
#define EXRUN_SANDBOX_CELL_WORKSPACE_H

#include <stdbool.h>
#include <stdint.h>

/* The source of the mount, as mountinfo (proc(5)) calls it. */
#define WORKSPACE_SOURCE "exrun-workspace"

/* Creates a workspace that is not attached anywhere yet. Returns the descriptor of its mount, or -errno.
 * The caller closes it. If the cell's processes are dead, closing it destroys the workspace with
 * everything in it. */
int workspace_make(uint64_t disk_bytes, bool may_exec);

/* Changes the size of the workspace. Returns 0, -EINVAL if the workspace already contains more than that,
 * or another -errno. */
int workspace_resize(int workspace, uint64_t disk_bytes);

struct workspace_usage {
    uint64_t bytes;
    bool lacks_blocks, lacks_inodes; /* none is left */
};

/* Returns how many files and directories fit into a workspace of @disk_bytes. */
uint64_t workspace_most_files(uint64_t disk_bytes);

/* Measures how much of the workspace is in use. Returns 0 or -errno. */
int workspace_measure(int workspace, struct workspace_usage *ret_usage);

#endif
