/* SPDX-License-Identifier: MIT */
/* The cgroup of one cell: code that v1 and v2 share. */
#include "sandbox/cell/cgroup_ops.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"

#define PATIENCE 2000 /* for exrun's own groups, in rounds of a millisecond each */

static void pause_ms(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};

    nanosleep(&moment, NULL);
}

static bool is_empty(int dir)
{
    _cleanup_(fd_closep) int fd = openat(dir, "cgroup.procs", O_RDONLY | O_CLOEXEC);
    char byte;

    return fd < 0 || read(fd, &byte, 1) <= 0;
}

/* Kills until all groups are empty. If a process forks between the check and the kill, the next round
 * kills its child. Returns 0, or -EBUSY if the groups are not empty after @rounds. */
static int kill_all(const struct cgroup *cgroup, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        bool all_empty = true;

        for (int part = 0; part < N_CGROUP_PARTS; part++)
            all_empty &= cgroup->dirs[part] < 0 || is_empty(cgroup->dirs[part]);
        if (all_empty)
            return 0;
        cgroup->tree->ops->shut(cgroup);
        cgroup->tree->ops->kill(cgroup);
        pause_ms();
    }
    return -EBUSY;
}

/* Retries, because a process that has just died can keep its group busy for a moment. */
static int remove_directories(const struct cgroup *cgroup, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        int worst = 0;

        for (int part = 0; part < N_CGROUP_PARTS; part++) {
            int parent = cgroup->tree->parents[part];

            if (parent < 0 || unlinkat(parent, cgroup->name, AT_REMOVEDIR) == 0 || errno == ENOENT)
                continue;
            worst = -errno;
        }
        if (worst != -EBUSY)
            return worst;
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
    for (int i = 0; i < N_CGROUP_COUNTERS; i++)
        fd_closep(&cgroup->counters[i]);
    fd_closep(&cgroup->kill);
    fd_closep(&cgroup->events);
}

/* Returns true if the groups of a cell that was stopped could be removed at once. The kernel refuses to
 * remove a group that has processes. */
static bool remove_empty(const struct cgroup *cgroup)
{
    cgroup->tree->ops->drop_caches(cgroup);
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (cgroup->dirs[part] >= 0 &&
            unlinkat(cgroup->tree->parents[part], cgroup->name, AT_REMOVEDIR) < 0 && errno != ENOENT)
            return false;
    return true;
}

static int remove_within(struct cgroup *cgroup, int rounds)
{
    int killed, removed;

    if (!cgroup->tree || !cgroup->tree->ops)
        return 0;
    if (cgroup_is_empty(cgroup) && remove_empty(cgroup)) {
        close_all(cgroup);
        return 0;
    }
    killed = kill_all(cgroup, rounds);
    if (killed == 0)
        cgroup->tree->ops->drop_caches(cgroup);
    close_all(cgroup);
    removed = remove_directories(cgroup, killed < 0 ? 1 : rounds);
    return killed < 0 ? killed : removed;
}

bool cgroup_kill_whole(const struct cgroup *cgroup)
{
    return cgroup->kill >= 0 && write(cgroup->kill, "1", 1) == 1;
}

void cgroup_kill(const struct cgroup *cgroup)
{
    if (cgroup->tree && cgroup->tree->ops)
        cgroup->tree->ops->kill(cgroup);
}

int cgroup_remove(struct cgroup *cgroup)
{
    return remove_within(cgroup, PATIENCE);
}

bool cgroup_exists(const struct cgroup_tree *tree, const char *name)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (tree->parents[part] >= 0 && faccessat(tree->parents[part], name, F_OK, 0) == 0)
            return true;
    return false;
}

/* Returns the descriptor by which a process enters the group of @part. This one is locked, because the
 * cell's processes inherit it and keep it open until they exit. */
static int gate(const struct cgroup *cgroup, int part)
{
    return part == CGROUP_UNIFIED ? cgroup->dirs[part] : cgroup->joins[part];
}

/* Ignores errors other than EWOULDBLOCK. If the file system has no locks, only the lease protects the
 * groups. */
static int lock(const struct cgroup *cgroup, int how)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (gate(cgroup, part) >= 0 && flock(gate(cgroup, part), how | LOCK_NB) < 0 && errno == EWOULDBLOCK)
            return -EWOULDBLOCK;
    return 0;
}

/* Opens the existing groups called @name. The caller closes @ret with cgroup_remove() or close_all(). */
static void find(struct cgroup *ret, const struct cgroup_tree *tree, const char *name)
{
    *ret = (struct cgroup)CGROUP_NONE;
    ret->tree = tree;
    snprintf(ret->name, sizeof(ret->name), "%s", name);
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        if (tree->parents[part] >= 0)
            ret->dirs[part] = openat(tree->parents[part], name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (ret->dirs[part] >= 0 && part != CGROUP_UNIFIED)
            ret->joins[part] = openat(ret->dirs[part], "tasks", O_WRONLY | O_CLOEXEC);
    }
    if (tree->ops)
        cgroup_open_counters(ret);
}

int cgroup_discard(const struct cgroup_tree *tree, const char *name, int patience)
{
    struct cgroup cgroup;

    if (!tree->ops || !cgroup_exists(tree, name))
        return 0;
    find(&cgroup, tree, name);
    if (lock(&cgroup, LOCK_EX) < 0) {
        close_all(&cgroup);
        return -EWOULDBLOCK;
    }
    return remove_within(&cgroup, patience);
}

static uint64_t count_members(int dir)
{
    _cleanup_(freep) char *text = NULL;
    uint64_t n = 0;

    if (fd_read_file(dir, "cgroup.procs", 1 << 20, &text, NULL) < 0)
        return 0;
    for (const char *c = text; *c; c++)
        n += *c == '\n';
    return n;
}

/* v1 and v2 have different names for the memory in use. A group has one of the two files. */
static uint64_t count_bytes(int dir)
{
    static const char *const files[] = {"memory.current", "memory.usage_in_bytes"};
    uint64_t bytes = 0;

    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        _cleanup_(fd_closep) int fd = openat(dir, files[i], O_RDONLY | O_CLOEXEC);

        if (fd >= 0 && fd_read_number(fd, &bytes) == 0)
            return bytes;
    }
    return 0;
}

void cgroup_look(const struct cgroup_tree *tree, const char *name, struct cgroup_leftover *ret)
{
    struct cgroup cgroup;

    *ret = (struct cgroup_leftover){0};
    find(&cgroup, tree, name);
    ret->is_held = lock(&cgroup, LOCK_EX) < 0;
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        int dir = cgroup.dirs[part];
        uint64_t members;
        struct stat st;

        if (dir < 0 || fstat(dir, &st) < 0)
            continue;
        ret->is_there = true;
        members = count_members(dir);
        if (members > ret->processes)
            ret->processes = members;
        ret->bytes += count_bytes(dir);
        if (fd_changed_ms(&st) > ret->changed_ms)
            ret->changed_ms = fd_changed_ms(&st);
    }
    close_all(&cgroup);
}

void cgroup_each(const struct cgroup_tree *tree, void (*tell)(void *arg, const char *name), void *arg)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        _cleanup_(dir_closep) DIR *directory = NULL;
        int fd = tree->parents[part] < 0
                     ? -1
                     : openat(tree->parents[part], ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct dirent *entry;

        directory = fd < 0 ? NULL : fdopendir(fd);
        if (!directory)
            fd_closep(&fd);
        while (directory && (entry = readdir(directory)))
            if (entry->d_type == DT_DIR && *entry->d_name != '.')
                tell(arg, entry->d_name);
    }
}

/* Returns true if an earlier part has just created this group, because two v1 controllers can share one
 * hierarchy. */
static bool is_made(const struct cgroup *cgroup, int part)
{
    struct stat here, there;

    if (fstat(cgroup->tree->parents[part], &here) < 0)
        return false;
    for (int earlier = 0; earlier < part; earlier++)
        if (cgroup->dirs[earlier] >= 0 && fstat(cgroup->dirs[earlier], &there) == 0 &&
            there.st_dev == here.st_dev)
            return true;
    return false;
}

/* Removes the groups that were created so far and kills no process. Leaves the groups of another exrun,
 * which keeps its leases elsewhere, as they are. */
static int give_up(struct cgroup *cgroup, int r)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (cgroup->dirs[part] >= 0)
            unlinkat(cgroup->tree->parents[part], cgroup->name, AT_REMOVEDIR);
    close_all(cgroup);
    *cgroup = (struct cgroup)CGROUP_NONE;
    /* The group existed already, or another exrun mistook it for a leftover and removed it. */
    return r == -ENOENT || r == -ENODEV || r == -EWOULDBLOCK ? -EEXIST : r;
}

static int make_directories(struct cgroup *cgroup)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        int parent = cgroup->tree->parents[part];

        if (parent < 0)
            continue;
        if (mkdirat(parent, cgroup->name, 0755) < 0 && (errno != EEXIST || !is_made(cgroup, part)))
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

int cgroup_make(struct cgroup *cgroup, const struct cgroup_tree *tree, const char *name)
{
    int r;

    *cgroup = (struct cgroup)CGROUP_NONE;
    cgroup->tree = tree;
    snprintf(cgroup->name, sizeof(cgroup->name), "%s", name);
    if (!tree->ops)
        return 0;
    r = make_directories(cgroup);
    if (r == 0)
        r = lock(cgroup, LOCK_SH);
    if (r < 0)
        return give_up(cgroup, r);
    r = tree->ops->open_counters(cgroup);
    if (r == -ENOENT || r == -ENODEV)
        return give_up(cgroup, r);
    if (r < 0)
        cgroup_remove(cgroup);
    return r;
}

int cgroup_limit(const struct cgroup *cgroup, const struct limits *limits)
{
    int r = cgroup->tree->ops ? cgroup->tree->ops->limit(cgroup, limits) : 0;

    /* Another exrun mistook the group for a leftover and removed it. */
    return r == -ENOENT || r == -ENODEV ? -EEXIST : r;
}

void cgroup_joins(const struct cgroup *cgroup, int ret_joins[N_JOINS])
{
    _Static_assert(N_JOINS == (int)N_CGROUP_PARTS, "a join for each part");
    ret_joins[JOIN_INTO] = cgroup->dirs[CGROUP_UNIFIED];
    for (int part = 0, join = JOIN_TASKS; part < N_CGROUP_PARTS; part++)
        if (part != CGROUP_UNIFIED)
            ret_joins[join++] = cgroup->joins[part];
}
