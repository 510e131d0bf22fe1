/* SPDX-License-Identifier: MIT */
/* cgroup v2: one group has all controllers. An out-of-memory event kills the whole group
 * (memory.oom.group), and cgroup.kill is atomic. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>

#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cgroup_ops.h"
#include "sandbox/plan/machine.h"

static int limit_memory(int dir, uint64_t bytes)
{
    int r = fd_write_number(dir, "memory.max", bytes);

    if (r == 0)
        r = fd_write_file(dir, "memory.oom.group", "1");
    if (r < 0)
        return r;
    r = fd_write_file(dir, "memory.swap.max", "0");
    /* If the file does not exist, the kernel has no swap accounting, and then groups have no swap either. */
    return r == -ENOENT ? 0 : r;
}

static int limit_v2(const struct cgroup *cgroup, const struct limits *limits)
{
    int dir = cgroup->dirs[CGROUP_UNIFIED], r = 0;

    if (cgroup->tree->can & CAN_MEMORY)
        r = limit_memory(dir, limits->memory_bytes);
    if (r == 0 && cgroup->tree->can & CAN_PROCESSES)
        r = fd_write_number(dir, "pids.max", limits->processes);
    return r;
}

static int open_counters_v2(struct cgroup *cgroup)
{
    int dir = cgroup->dirs[CGROUP_UNIFIED];

    cgroup->cpu = openat(dir, "cpu.stat", O_RDONLY | O_CLOEXEC);
    cgroup_open_counters(cgroup);
    if (cgroup->tree->can & CAN_MEMORY) {
        cgroup->memory_events = openat(dir, "memory.events", O_RDONLY | O_CLOEXEC);
        /* Both descriptors share one open file, because an event stays until the counters are read through
         * the file that reported it. */
        cgroup->events = fcntl(cgroup->memory_events, F_DUPFD_CLOEXEC, 0);
        cgroup->events_mask = POLLPRI;
    }
    return 0;
}

static int cpu_us_v2(const struct cgroup *cgroup, uint64_t *ret)
{
    return fd_read_field(cgroup->cpu, "usage_usec", ret);
}

static void read_v2(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    cgroup_read_cpu_stat(cgroup, facts);
    cgroup_read_peaks(cgroup, facts);
}

static void kill_v2(const struct cgroup *cgroup)
{
    cgroup_kill_whole(cgroup);
}

/* Does nothing, because cgroup.kill misses no process. */
static void shut_v2(const struct cgroup *cgroup)
{
    (void)cgroup;
}

/* The file memory.reclaim exists since Linux 5.19. Its error EAGAIN is ignored; it means that a part was
 * in use. */
static void drop_caches_v2(const struct cgroup *cgroup)
{
    uint64_t kernel = cgroup_number(cgroup, CGROUP_UNIFIED, "memory.stat", "slab", 0);

    if ((cgroup_caches_much(kernel, 0) &&
         cgroup_caches_much(kernel, cgroup_file_bytes(cgroup, CGROUP_UNIFIED))) ||
        cgroup_count_dying(cgroup) > CGROUP_MOST_DYING)
        fd_write_number(cgroup->dirs[CGROUP_UNIFIED], "memory.reclaim", cgroup_memory_bytes(cgroup));
}

const struct cgroup_ops cgroup_ops_v2 = {
    .counters = {[CGROUP_PROCESSES_NOW] = {CGROUP_UNIFIED, "pids.current"},
                 [CGROUP_MEMORY_NOW] = {CGROUP_UNIFIED, "memory.current"},
                 [CGROUP_MEMORY_PEAK] = {CGROUP_UNIFIED, "memory.peak"},
                 [CGROUP_PROCESSES_PEAK] = {CGROUP_UNIFIED, "pids.peak"},
                 [CGROUP_PROCESSES_REFUSED] = {CGROUP_UNIFIED, "pids.events", "max"}},
    .limit = limit_v2,
    .open_counters = open_counters_v2,
    .cpu_us = cpu_us_v2,
    .read = read_v2,
    .kill = kill_v2,
    .shut = shut_v2,
    .drop_caches = drop_caches_v2,
};
