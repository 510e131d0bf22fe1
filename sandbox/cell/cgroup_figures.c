/* SPDX-License-Identifier: MIT */
/* Reads the kernel's counters: code that v1 and v2 share. */
#include "sandbox/cell/cgroup_figures.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cgroup_ops.h"

uint64_t cgroup_cpu_us(const struct cgroup *cgroup)
{
    uint64_t us;

    return cgroup->cpu >= 0 && cgroup->tree->ops->cpu_us(cgroup, &us) == 0 ? us : 0;
}

uint64_t cgroup_oom_kills(const struct cgroup *cgroup)
{
    uint64_t kills;

    return cgroup->memory_events >= 0 && fd_read_field(cgroup->memory_events, "oom_kill", &kills) == 0 ? kills
                                                                                                       : 0;
}

void cgroup_read_peaks(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    facts->memory_peak_bytes = cgroup_count(cgroup, CGROUP_MEMORY_PEAK, 0);
    facts->processes_peak = cgroup_count(cgroup, CGROUP_PROCESSES_PEAK, 0);
    facts->processes_refused = cgroup_count(cgroup, CGROUP_PROCESSES_REFUSED, 0);
}

static void raise_without_peak(const struct cgroup *cgroup, enum cgroup_counter peak, enum cgroup_counter now,
                               uint64_t *most)
{
    const uint64_t number = cgroup->counters[peak] < 0 ? cgroup_count(cgroup, now, 0) : 0;

    if (number > *most)
        *most = number;
}

void cgroup_look_for_peaks(const struct cgroup *cgroup, struct cgroup_facts *most)
{
    raise_without_peak(cgroup, CGROUP_PROCESSES_PEAK, CGROUP_PROCESSES_NOW, &most->processes_peak);
    raise_without_peak(cgroup, CGROUP_MEMORY_PEAK, CGROUP_MEMORY_NOW, &most->memory_peak_bytes);
}

void cgroup_read(const struct cgroup *cgroup, struct cgroup_facts *ret_facts)
{
    *ret_facts = (struct cgroup_facts){0};
    if (!cgroup->tree->ops)
        return;
    ret_facts->oom_kills = cgroup_oom_kills(cgroup);
    cgroup->tree->ops->read(cgroup, ret_facts);
}

void cgroup_open_counters(struct cgroup *cgroup)
{
    const int unified = cgroup->dirs[CGROUP_UNIFIED];

    for (int i = 0; i < N_CGROUP_COUNTERS; i++) {
        const struct cgroup_counter_file *file = &cgroup->tree->ops->counters[i];

        if (cgroup->dirs[file->part] >= 0)
            cgroup->counters[i] = openat(cgroup->dirs[file->part], file->name, O_RDONLY | O_CLOEXEC);
    }
    if (unified >= 0)
        cgroup->kill = openat(unified, "cgroup.kill", O_WRONLY | O_CLOEXEC);
}

static int read_field(int fd, const char *field, uint64_t *ret)
{
    return field ? fd_read_field(fd, field, ret) : fd_read_number(fd, ret);
}

uint64_t cgroup_count(const struct cgroup *cgroup, enum cgroup_counter counter, uint64_t otherwise)
{
    uint64_t number = 0;
    int r = -ENOENT;

    if (cgroup->counters[counter] >= 0)
        r = read_field(cgroup->counters[counter], cgroup->tree->ops->counters[counter].field, &number);
    return r < 0 ? otherwise : number;
}

uint64_t cgroup_number(const struct cgroup *cgroup, enum cgroup_part part, const char *file,
                       const char *field, uint64_t otherwise)
{
    _cleanup_(fd_closep) int fd =
        cgroup->dirs[part] < 0 ? -1 : openat(cgroup->dirs[part], file, O_RDONLY | O_CLOEXEC);
    uint64_t number = otherwise;
    int r = -ENOENT;

    if (fd >= 0)
        r = read_field(fd, field, &number);
    return r < 0 ? otherwise : number;
}

uint64_t cgroup_memory_bytes(const struct cgroup *cgroup)
{
    return cgroup_count(cgroup, CGROUP_MEMORY_NOW, 0);
}

uint64_t cgroup_file_bytes(const struct cgroup *cgroup, enum cgroup_part part)
{
    return cgroup_number(cgroup, part, "memory.stat", "inactive_file", 0) +
           cgroup_number(cgroup, part, "memory.stat", "active_file", 0);
}

bool cgroup_is_empty(const struct cgroup *cgroup)
{
    return cgroup_count(cgroup, CGROUP_PROCESSES_NOW, UINT64_MAX) == 0;
}

bool cgroup_is_counted(const struct cgroup *cgroup)
{
    return cgroup_count(cgroup, CGROUP_PROCESSES_NOW, UINT64_MAX) != UINT64_MAX;
}

/* Ordinary programs leave 60 to 460 KiB, and programs that start many others leave 1 MiB. Dropping all caches
 * costs 0.2 to 2 ms and drops pages of files as well. If a program is the first to read a compiler from the
 * disk, the pages help all later runs, so they are kept. Such a program leaves eight times as many bytes in
 * pages as in names. */
#define CACHES_MUCH_BYTES (512 << 10)
#define PAGES_A_NAME 8

bool cgroup_caches_much(uint64_t kernel_bytes, uint64_t file_bytes)
{
    return kernel_bytes > CACHES_MUCH_BYTES && kernel_bytes > file_bytes / PAGES_A_NAME;
}

/* Returns the number of memory groups on the machine, including those that are removed but not freed: the
 * third word of a line of /proc/cgroups (cgroups(7)). Returns 0 if it can't be read. */
static uint64_t count_v1_groups(void)
{
    _cleanup_(freep) char *text = NULL;
    char *line, *end;

    if (fd_read_file(AT_FDCWD, "/proc/cgroups", 4096, &text, NULL) < 0)
        return 0;
    line = strstr(text, "\nmemory\t");
    if (!line)
        return 0;
    strtoul(line + strlen("\nmemory\t"), &end, 10);
    return strtoul(end, NULL, 10);
}

/* Returns the number of groups below the parent of the cells that are removed but not freed. */
static uint64_t count_v2_dying(const struct cgroup *cgroup)
{
    _cleanup_(fd_closep) int fd =
        openat(cgroup->tree->parents[CGROUP_UNIFIED], "cgroup.stat", O_RDONLY | O_CLOEXEC);
    uint64_t number;

    return fd >= 0 && fd_read_field(fd, "nr_dying_descendants", &number) == 0 ? number : 0;
}

uint64_t cgroup_count_dying(const struct cgroup *cgroup)
{
    return cgroup->dirs[CGROUP_MEMORY] >= 0 ? count_v1_groups() : count_v2_dying(cgroup);
}

void cgroup_read_cpu_stat(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    const struct fd_field fields[] = {
        {"usage_usec", &facts->cpu_us}, {"user_usec", &facts->user_us}, {"system_usec", &facts->system_us}};

    if (cgroup->cpu >= 0)
        fd_read_fields(cgroup->cpu, fields, sizeof(fields) / sizeof(*fields));
}
