/* SPDX-License-Identifier: MIT */
/* The cgroup of one cell: the part that v1 and v2 share. */
#include "sandbox/cell/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define KILL_ROUNDS 10000 /* of a millisecond each */

static void pause_ms(void)
{
    const struct timespec moment = {.tv_nsec = 1000 * 1000};

    nanosleep(&moment, NULL);
}

static bool is_empty(int dir)
{
    _cleanup_(fd_closep) int fd = openat(dir, "cgroup.procs", O_RDONLY | O_CLOEXEC);
    char byte;

    return fd < 0 || read(fd, &byte, 1) <= 0;
}

/* Kills until all groups are empty: what forks between a look and a kill is met in the next round. */
static int kill_all(const struct cgroup *cgroup)
{
    for (int round = 0; round < KILL_ROUNDS; round++) {
        bool all_empty = true;

        for (int part = 0; part < N_CGROUP_PARTS; part++)
            all_empty &= cgroup->dirs[part] < 0 || is_empty(cgroup->dirs[part]);
        if (all_empty)
            return 0;
        cgroup->tree->ops->kill(cgroup);
        pause_ms();
    }
    return -EBUSY;
}

/* A process that has just died can keep its group busy for a moment longer. */
static int remove_directory(int parent, const char *name)
{
    for (int round = 0; round < KILL_ROUNDS; round++) {
        if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
            return 0;
        if (errno != EBUSY)
            return -errno;
        pause_ms();
    }
    return -EBUSY;
}

static void close_all(struct cgroup *cgroup)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        fd_closep(&cgroup->dirs[part]);
        fd_closep(&cgroup->joins[part]);
    }
    fd_closep(&cgroup->cpu);
    fd_closep(&cgroup->memory_events);
    fd_closep(&cgroup->events);
}

int cgroup_remove(struct cgroup *cgroup)
{
    int worst = 0;

    if (!cgroup->tree || !cgroup->tree->ops)
        return 0;
    worst = kill_all(cgroup);
    close_all(cgroup);
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        int r =
            cgroup->tree->parents[part] < 0 ? 0 : remove_directory(cgroup->tree->parents[part], cgroup->name);

        if (r < 0)
            worst = r;
    }
    return worst;
}

int cgroup_exists(const struct cgroup_tree *tree, const char *name)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (tree->parents[part] >= 0 && faccessat(tree->parents[part], name, F_OK, 0) == 0)
            return 1;
    return 0;
}

static int open_directories(struct cgroup *cgroup)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (cgroup->tree->parents[part] >= 0)
            cgroup->dirs[part] =
                openat(cgroup->tree->parents[part], cgroup->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return 0;
}

/* Whoever calls holds the slot's lease, so what stands under its name is a dead owner's. */
static int discard_leftover(struct cgroup *cgroup)
{
    if (!cgroup_exists(cgroup->tree, cgroup->name))
        return 0;
    open_directories(cgroup);
    return cgroup_remove(cgroup);
}

static int make_directories(struct cgroup *cgroup)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        int parent = cgroup->tree->parents[part];

        if (parent < 0)
            continue;
        /* Where two controllers share a hierarchy, the second finds it made. */
        if (mkdirat(parent, cgroup->name, 0755) < 0 && errno != EEXIST)
            return -errno;
        cgroup->dirs[part] = openat(parent, cgroup->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (cgroup->dirs[part] < 0)
            return -errno;
        if (part == CGROUP_UNIFIED)
            continue;
        cgroup->joins[part] = openat(cgroup->dirs[part], "tasks", O_WRONLY | O_CLOEXEC);
        if (cgroup->joins[part] < 0)
            return -errno;
    }
    return 0;
}

int cgroup_make(struct cgroup *cgroup, const struct cgroup_tree *tree, const char *name,
                const struct limits *limits)
{
    int r;

    *cgroup = (struct cgroup)CGROUP_NONE;
    cgroup->tree = tree;
    snprintf(cgroup->name, sizeof(cgroup->name), "%s", name);
    if (!tree->ops)
        return 0;
    r = discard_leftover(cgroup);
    if (r == 0)
        r = make_directories(cgroup);
    if (r == 0)
        r = tree->ops->limit(cgroup, limits);
    if (r == 0)
        r = tree->ops->open_counters(cgroup);
    if (r < 0)
        cgroup_remove(cgroup);
    return r;
}

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

void cgroup_read(const struct cgroup *cgroup, struct cgroup_facts *ret_facts)
{
    *ret_facts = (struct cgroup_facts){0};
    if (!cgroup->tree->ops)
        return;
    ret_facts->oom_kills = cgroup_oom_kills(cgroup);
    cgroup->tree->ops->read(cgroup, ret_facts);
}

uint64_t cgroup_number(const struct cgroup *cgroup, enum cgroup_part part, const char *file,
                       const char *field, uint64_t otherwise)
{
    _cleanup_(fd_closep) int fd =
        cgroup->dirs[part] < 0 ? -1 : openat(cgroup->dirs[part], file, O_RDONLY | O_CLOEXEC);
    uint64_t number = otherwise;
    int r = -ENOENT;

    if (fd >= 0)
        r = field ? fd_read_field(fd, field, &number) : fd_read_number(fd, &number);
    return r < 0 ? otherwise : number;
}

void cgroup_read_cpu_stat(const struct cgroup *cgroup, struct cgroup_facts *facts)
{
    facts->cpu_us = cgroup_number(cgroup, CGROUP_UNIFIED, "cpu.stat", "usage_usec", 0);
    facts->user_us = cgroup_number(cgroup, CGROUP_UNIFIED, "cpu.stat", "user_usec", 0);
    facts->system_us = cgroup_number(cgroup, CGROUP_UNIFIED, "cpu.stat", "system_usec", 0);
}
