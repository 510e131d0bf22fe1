/* SPDX-License-Identifier: MIT */
/* What a program may write to. */
#include "sandbox/cell/workspace.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/vfs.h>

#include "sandbox/base/hole.h"
#include "sandbox/inside/filesystem.h"

#define LEAST_INODES 256
#define BYTES_PER_INODE 4096

int workspace_make(uint64_t disk_bytes, bool may_exec)
{
    uint64_t inodes = disk_bytes / BYTES_PER_INODE;
    char size[24], count[24];
    const struct filesystem_option options[] = {
        {"size", size}, {"nr_inodes", count}, {"mode", "0755"}, {NULL, NULL}};

    if (hole("disk")) {
        disk_bytes = 1U << 30;
        inodes = disk_bytes / BYTES_PER_INODE;
    }
    snprintf(size, sizeof(size), "%llu", (unsigned long long)disk_bytes);
    snprintf(count, sizeof(count), "%llu",
             (unsigned long long)(inodes < LEAST_INODES ? LEAST_INODES : inodes));
    return filesystem_new("tmpfs", options,
                          MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (may_exec ? 0 : MOUNT_ATTR_NOEXEC));
}

int workspace_measure(int workspace, struct workspace_usage *ret_usage)
{
    struct statfs fs;

    if (fstatfs(workspace, &fs) < 0)
        return -errno;
    ret_usage->bytes = (uint64_t)(fs.f_blocks - fs.f_bfree) * (uint64_t)fs.f_bsize;
    ret_usage->is_full = fs.f_bfree == 0 || fs.f_ffree == 0;
    return 0;
}
