/* SPDX-License-Identifier: MIT */
/* Has a process of the cell as many files open as it may? */
#include "sandbox/run/fd_limit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cgroup_figures.h"

#define MOST_PROCESSES 8
/* Where more fork at the same time, the list of them is waited for longer than a run may be late: up to 0.3 s
 * with 512 on two processors. */
#define MOST_TASKS 64

uint64_t fd_limit_entries(const char *directory)
{
    _cleanup_(dir_closep) DIR *entries = opendir(directory);
    struct dirent *entry;
    uint64_t n = 0;

    while (entries && (entry = readdir(entries)))
        n += entry->d_name[0] != '.';
    return n;
}

/* The size of /proc/PID/fd is the number of descriptors since Linux 6.2 (Documentation/filesystems/proc.rst);
 * before, it is 0. */
static uint64_t count(long pid)
{
    char path[48];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%ld/fd", pid);
    if (stat(path, &st) < 0)
        return 0;
    return st.st_size > 0 ? (uint64_t)st.st_size : fd_limit_entries(path);
}

/* The members of a group that is small enough to be looked at; -1 for another. */
static int open_members(const struct cgroup *cgroup)
{
    enum cgroup_part part = cgroup->dirs[CGROUP_PIDS] >= 0 ? CGROUP_PIDS : CGROUP_UNIFIED;

    if (cgroup->dirs[part] < 0 || cgroup_number(cgroup, part, "pids.current", NULL, 0) > MOST_TASKS)
        return -1;
    return openat(cgroup->dirs[part], "cgroup.procs", O_RDONLY | O_CLOEXEC);
}

bool fd_limit_exhausted(const struct cgroup *cgroup, uint64_t files)
{
    _cleanup_(fd_closep) int fd = open_members(cgroup);
    char text[256], *at = text, *end;
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

    if (got <= 0)
        return false;
    text[got] = '\0';
    for (int i = 0; i < MOST_PROCESSES; i++) {
        long pid = strtol(at, &end, 10);

        if (end == at)
            return false;
        if (count(pid) >= files)
            return true;
        at = end;
    }
    return false;
}
