/* SPDX-License-Identifier: MIT */
/* Checks whether a process of the cell has as many files open as it may. */
#include "sandbox/run/fd_limit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cgroup_figures.h"

#define MOST_PROCESSES 8
/* If more tasks than this fork at the same time, reading their list can take too long, and a limit would end
 * the run too late. With 512 tasks on two CPUs it takes up to 0.3 s. */
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

/* Returns how many descriptors the process has open, or 0 if it is gone. Since Linux 6.2, the size of
 * /proc/PID/fd is this number (Documentation/filesystems/proc.rst); before, the size is 0, so the entries
 * are counted. */
static uint64_t count(long pid)
{
    char path[48];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%ld/fd", pid);
    if (stat(path, &st) < 0)
        return 0;
    return st.st_size > 0 ? (uint64_t)st.st_size : fd_limit_entries(path);
}

/* Opens the list of members of a group. Returns -1 if the group has more than MOST_TASKS tasks, or if the
 * list can't be opened. */
static int open_members(const struct cgroup *cgroup)
{
    enum cgroup_part part = cgroup->dirs[CGROUP_PIDS] >= 0 ? CGROUP_PIDS : CGROUP_UNIFIED;

    if (cgroup->dirs[part] < 0 || cgroup_count(cgroup, CGROUP_PROCESSES_NOW, 0) > MOST_TASKS)
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
