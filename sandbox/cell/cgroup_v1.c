/* SPDX-License-Identifier: MIT */
/* cgroup v1: one hierarchy for each controller, and, if the machine has one, the v2 tree in addition.
 *
 * The memsw file limits memory and swap together. It may never be below the limit of memory itself, so the
 * memory limit is written first. The kernel reports an out-of-memory event through an eventfd that is
 * registered with memory.oom_control. If there is a v2 tree, its cgroup.kill kills the processes. On pure
 * v1, pids.max = 0 prevents further forks, and then all members are killed one by one; because no fork can
 * succeed, no process is missed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cgroup_ops.h"

#define MOST_MEMBERS 64

static int limit_memory(int dir, uint64_t bytes)
{
    int r = fd_write_number(dir, "memory.limit_in_bytes", bytes);

    /* The new memory limit is above the old memsw limit, so memsw must be raised first. */
    if (r == -EINVAL && fd_write_number(dir, "memory.memsw.limit_in_bytes", bytes) == 0)
        return fd_write_number(dir, "memory.limit_in_bytes", bytes);
    if (r < 0)
        return r;
    r = fd_write_number(dir, "memory.memsw.limit_in_bytes", bytes);
    /* Without swap accounting, this file does not exist. Then swappiness 0 keeps this group from being
     * swapped. */
    return r == -ENOENT ? fd_write_number(dir, "memory.swappiness", 0) : r;
}

static int limit_v1(const struct cgroup *cgroup, const struct limits *limits)
{
    int r = 0;

    if (cgroup->dirs[CGROUP_MEMORY] >= 0)
        r = limit_memory(cgroup->dirs[CGROUP_MEMORY], limits->memory_bytes);
    if (r == 0 && cgroup->dirs[CGROUP_PIDS] >= 0)
        r = fd_write_number(cgroup->dirs[CGROUP_PIDS], "pids.max", limits->processes);
    return r;
}

static int watch_memory(struct cgroup *cgroup)
{
    char text[48];

    cgroup->memory_events = openat(cgroup->dirs[CGROUP_MEMORY], "memory.oom_control", O_RDONLY | O_CLOEXEC);
    if (cgroup->memory_events < 0)
        return -errno;
    cgroup->events = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    cgroup->events_mask = POLLIN;
    if (cgroup->events < 0)
        return -errno;
    snprintf(text, sizeof(text), "%d %d", cgroup->events, cgroup->memory_events);
    /* If the kernel accepts no registration, the sample timer checks for kills instead (run/watch.c). */
    if (fd_write_file(cgroup->dirs[CGROUP_MEMORY], "cgroup.event_control", text) < 0)
        fd_closep(&cgroup->events);
    return 0;
}

static int open_counters_v1(struct cgroup *cgroup)
{
    if (cgroup->dirs[CGROUP_UNIFIED] >= 0)
        cgroup->cpu = openat(cgroup->dirs[CGROUP_UNIFIED], "cpu.stat", O_RDONLY | O_CLOEXEC);
    else if (cgroup->dirs[CGROUP_CPU] >= 0)
        cgroup->cpu = openat(cgroup->dirs[CGROUP_CPU], "cpuacct.usage", O_RDONLY | O_CLOEXEC);
    cgroup_open_counters(cgroup);
    return cgroup->dirs[CGROUP_MEMORY] < 0 ? 0 : watch_memory(cgroup);
}

static int cpu_us_v1(const struct cgroup *cgroup, uint64_t *ret)
{
    int r;

    if (cgroup->dirs[CGROUP_UNIFIED] >= 0)
        return fd_read_field(cgroup->cpu, "usage_usec", ret);
    r = fd_read_number(cgroup->cpu, ret);
    *ret = r < 0 ? 0 : *ret / 1000;
    return r;
}

/* cpuacct.usage is exact, but cpuacct.stat counts in ticks. So the sum is exact, and it is divided between
 * user and system in the ratio of the ticks. */
static void read_cpuacct(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    uint64_t user = cgroup_number(cgroup, CGROUP_CPU, "cpuacct.stat", "user", 0);
    uint64_t system = cgroup_number(cgroup, CGROUP_CPU, "cpuacct.stat", "system", 0);

    facts->cpu_us = cgroup_number(cgroup, CGROUP_CPU, "cpuacct.usage", NULL, 0) / 1000;
    facts->user_us =
        user + system ? (uint64_t)((double)facts->cpu_us * (double)user / (double)(user + system)) : 0;
    facts->system_us = facts->cpu_us - facts->user_us;
}

static void read_v1(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    if (cgroup->dirs[CGROUP_UNIFIED] >= 0)
        cgroup_read_cpu_stat(cgroup, facts);
    else
        read_cpuacct(cgroup, facts);
    cgroup_read_peaks(cgroup, facts);
}

/* The members of a group, at most MOST_MEMBERS. */
struct members {
    int ids[MOST_MEMBERS];
    size_t n;
};

static void read_members(int dir, struct members *ret)
{
    _cleanup_(file_closep) FILE *file = NULL;
    int fd = openat(dir, "cgroup.procs", O_RDONLY | O_CLOEXEC), id;

    ret->n = 0;
    file = fd < 0 ? NULL : fdopen(fd, "re");
    if (!file) {
        fd_closep(&fd);
        return;
    }
    /* 0 is a process outside exrun's PID namespace. The cgroup limits it, but it has no ID here. */
    while (ret->n < MOST_MEMBERS && fscanf(file, "%d", &id) == 1)
        if (id > 1)
            ret->ids[ret->n++] = id;
}

static bool is_member(const struct members *members, int id)
{
    for (size_t i = 0; i < members->n; i++)
        if (members->ids[i] == id)
            return true;
    return false;
}

/* By now, an ID that was read can belong to another process. If the ID is still a member after its pidfd
 * was opened, the pidfd refers to that member, or to a process that is dead. The next round kills the
 * rest. */
static void kill_members(int dir)
{
    struct members before, now;
    int fds[MOST_MEMBERS];

    read_members(dir, &before);
    for (size_t i = 0; i < before.n; i++)
        fds[i] = (int)syscall(SYS_pidfd_open, before.ids[i], 0);
    read_members(dir, &now);
    for (size_t i = 0; i < before.n; i++) {
        if (fds[i] >= 0 && is_member(&now, before.ids[i]))
            syscall(SYS_pidfd_send_signal, fds[i], SIGKILL, NULL, 0);
        fd_closep(&fds[i]);
    }
}

static void kill_v1(const struct cgroup *cgroup)
{
    if (cgroup_kill_whole(cgroup))
        return;
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (cgroup->dirs[part] >= 0)
            kill_members(cgroup->dirs[part]);
}

/* Without cgroup.kill, members can fork between two reads of the list, so each read would find new ones. */
static void shut_v1(const struct cgroup *cgroup)
{
    if (cgroup->dirs[CGROUP_UNIFIED] < 0 && cgroup->dirs[CGROUP_PIDS] >= 0)
        fd_write_file(cgroup->dirs[CGROUP_PIDS], "pids.max", "0");
}

/* Only pages of files keep a removed group; its kernel memory goes to its parent. memory.stat can miss some:
 * the kernel doesn't add up the last hundred pages of each group, and lists new ones later. So it only saves
 * tries in vain, a millisecond each, and the number of groups has a bound that doesn't need it. */
static bool is_one_too_many(const struct cgroup *cgroup)
{
    uint64_t n = cgroup_count_dying(cgroup);

    return n > UINT64_C(2) * CGROUP_MOST_DYING ||
           (n > CGROUP_MOST_DYING && cgroup_file_bytes(cgroup, CGROUP_MEMORY) > 0);
}

/* Source: Documentation/admin-guide/cgroup-v1/memory.rst, 5.1. */
static void drop_caches_v1(const struct cgroup *cgroup)
{
    uint64_t kernel = cgroup_number(cgroup, CGROUP_MEMORY, "memory.kmem.usage_in_bytes", NULL, 0);

    if ((cgroup_caches_much(kernel, 0) &&
         cgroup_caches_much(kernel, cgroup_file_bytes(cgroup, CGROUP_MEMORY))) ||
        is_one_too_many(cgroup))
        fd_write_file(cgroup->dirs[CGROUP_MEMORY], "memory.force_empty", "0");
}

const struct cgroup_ops cgroup_ops_v1 = {
    .counters = {[CGROUP_PROCESSES_NOW] = {CGROUP_PIDS, "pids.current"},
                 [CGROUP_MEMORY_NOW] = {CGROUP_MEMORY, "memory.usage_in_bytes"},
                 [CGROUP_MEMORY_PEAK] = {CGROUP_MEMORY, "memory.max_usage_in_bytes"},
                 [CGROUP_PROCESSES_PEAK] = {CGROUP_PIDS, "pids.peak"},
                 [CGROUP_PROCESSES_REFUSED] = {CGROUP_PIDS, "pids.events", "max"}},
    .limit = limit_v1,
    .open_counters = open_counters_v1,
    .cpu_us = cpu_us_v1,
    .read = read_v1,
    .kill = kill_v1,
    .shut = shut_v1,
    .drop_caches = drop_caches_v1,
};
