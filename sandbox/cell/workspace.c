/* SPDX-License-Identifier: MIT */
/* The directory tree that a program may write to. */
#include "sandbox/cell/workspace.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/vfs.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/inside/filesystem.h"

#define LEAST_INODES 256
#define BYTES_PER_INODE 4096

/* The options that limit a tmpfs. */
struct bounds {
    char size[24], inodes[24];
};

uint64_t workspace_most_files(uint64_t disk_bytes)
{
    uint64_t inodes = disk_bytes / BYTES_PER_INODE;

    return inodes < LEAST_INODES ? LEAST_INODES : inodes;
}

static struct bounds bounds_of(uint64_t disk_bytes)
{
    struct bounds bounds;

    if (layer_off("disk"))
        disk_bytes = 1U << 30;
    snprintf(bounds.size, sizeof(bounds.size), "%llu", (unsigned long long)disk_bytes);
    snprintf(bounds.inodes, sizeof(bounds.inodes), "%llu",
             (unsigned long long)workspace_most_files(disk_bytes));
    return bounds;
}

int workspace_make(uint64_t disk_bytes, bool may_exec)
{
    const struct bounds bounds = bounds_of(disk_bytes);
    const struct filesystem_option options[] = {{"source", WORKSPACE_SOURCE},
                                                {"size", bounds.size},
                                                {"nr_inodes", bounds.inodes},
                                                {"mode", "0755"},
                                                {NULL, NULL}};

    return filesystem_new("tmpfs", options,
                          MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (may_exec ? 0 : MOUNT_ATTR_NOEXEC));
}

int workspace_resize(int workspace, uint64_t disk_bytes)
{
    const struct bounds bounds = bounds_of(disk_bytes);
    _cleanup_(fd_closep) int context = fspick(workspace, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH);

    if (context < 0 || fsconfig(context, FSCONFIG_SET_STRING, "size", bounds.size, 0) < 0 ||
        fsconfig(context, FSCONFIG_SET_STRING, "nr_inodes", bounds.inodes, 0) < 0 ||
        fsconfig(context, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) < 0)
        return -errno;
    return 0;
}

int workspace_measure(int workspace, struct workspace_usage *ret_usage)
{
    struct statfs fs;

    if (fstatfs(workspace, &fs) < 0)
        return -errno;
    ret_usage->bytes = (uint64_t)(fs.f_blocks - fs.f_bfree) * (uint64_t)fs.f_bsize;
    ret_usage->lacks_blocks = fs.f_bfree == 0;
    ret_usage->lacks_inodes = fs.f_ffree == 0;
    return 0;
}
