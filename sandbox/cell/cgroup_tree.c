/* SPDX-License-Identifier: MIT */
/* Hierarchies and parent groups. */
#include "sandbox/cell/cgroup_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fault.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cgroup_delegated.h"
#include "sandbox/cell/cgroup_find.h"
#include "sandbox/cell/cgroup_ops.h"
#include "sandbox/plan/machine.h"

#define PARENT "/exrun"
#define MARK "trusted.exrun" /* set on each group that exrun created, so that `clean` may remove it */

static const char *const controllers[N_CGROUP_PARTS] = {
    [CGROUP_MEMORY] = "memory", [CGROUP_PIDS] = "pids", [CGROUP_CPU] = "cpuacct"};

/* Returns true if the kernel file @file in @directory contains @word. */
static bool has_word(const char *directory, const char *file, const char *word)
{
    _cleanup_(fd_closep) int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    _cleanup_(freep) char *text = NULL;
    char *rest, *one;

    if (fd < 0 || fd_read_file(fd, file, 4096, &text, NULL) < 0)
        return false;
    for (one = strtok_r(text, " \n", &rest); one; one = strtok_r(NULL, " \n", &rest))
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

/* Delegates memory, pids and cpu from @directory to its children, as far as it has them itself. */
static void hand_down(struct cgroup_tree *tree, const char *directory)
{
    static const char *const words[] = {"+memory", "+pids", "+cpu"};
    _cleanup_(fd_closep) int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (size_t i = 0; fd >= 0 && i < sizeof(words) / sizeof(*words); i++)
        if (!has_word(directory, "cgroup.subtree_control", words[i] + 1) &&
            fd_write_file(fd, "cgroup.subtree_control", words[i]) == -EBUSY && !tree->busy)
            tree->busy = strdup(directory);
}

/* Creates every level of the group @name below @mount, from the root down. Reports no error; the caller
 * notices a failure when it opens the group. In a v2 tree, a controller that one level does not delegate is
 * missing in all levels below. */
static void make_levels(struct cgroup_tree *tree, enum cgroup_part part, const char *mount, const char *name)
{
    _cleanup_(freep) char *path = NULL;
    size_t length = strlen(mount);

    if (asprintf(&path, "%s%s/", mount, name) < 0) {
        path = NULL;
        return;
    }
    for (char *slash = strchr(path + length, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (slash > path + length && mkdir(path, 0755) < 0 && errno != EEXIST)
            return;
        if (part == CGROUP_UNIFIED)
            hand_down(tree, path);
        *slash = '/';
    }
}

/* Opens the parent group of @part. If it is missing and @makes, creates it first. If the group can't be used,
 * its descriptor stays -1. Returns 0, or -errno if exrun lacks memory or descriptors. */
static int open_parent(struct cgroup_tree *tree, enum cgroup_part part, const char *mount, const char *name,
                       bool makes)
{
    if (asprintf(&tree->paths[part], "%s%s", mount, name) < 0) {
        tree->paths[part] = NULL;
        return -ENOMEM;
    }
    if (makes && access(tree->paths[part], F_OK) < 0) {
        make_levels(tree, part, mount, name);
        setxattr(tree->paths[part], MARK, "1", 1, 0);
    }
    if (access(tree->paths[part], W_OK) < 0)
        return 0;
    tree->parents[part] = open(tree->paths[part], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* A shortage in this process does not mean that the machine has no such controller, so it is an error. */
    return tree->parents[part] < 0 && fault_is_shortage(errno) ? -errno : 0;
}

/* Opens the parent groups in the v1 hierarchies, which are mounted at @mounts, and in a v2 tree at
 * @unified. NULL: not mounted. */
static int open_v1(struct cgroup_tree *tree, char *const mounts[], const char *unified, const char *name,
                   bool makes)
{
    static const unsigned int can[N_CGROUP_PARTS] = {[CGROUP_MEMORY] = CAN_MEMORY,
                                                     [CGROUP_PIDS] = CAN_PROCESSES,
                                                     [CGROUP_CPU] = CAN_CPU,
                                                     [CGROUP_UNIFIED] = CAN_CPU};
    int r = 0;

    tree->ops = &cgroup_ops_v1;
    if (unified)
        r = open_parent(tree, CGROUP_UNIFIED, unified, name, makes);
    for (int part = 0; part < CGROUP_UNIFIED && r == 0; part++) {
        /* If there is a v2 tree, it counts CPU time more exactly than the v1 hierarchy. */
        if (!mounts[part] || (part == CGROUP_CPU && tree->parents[CGROUP_UNIFIED] >= 0))
            continue;
        r = open_parent(tree, (enum cgroup_part)part, mounts[part], name, makes);
    }
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (tree->parents[part] >= 0)
            tree->can |= can[part];
    return r;
}

static int open_v2(struct cgroup_tree *tree, const char *mount, const char *name, bool makes)
{
    int r = open_parent(tree, CGROUP_UNIFIED, mount, name, makes);

    tree->ops = &cgroup_ops_v2;
    if (r < 0 || tree->parents[CGROUP_UNIFIED] < 0)
        return r;
    /* If a group that delegates pids or cpu contains processes, it becomes the root of a threaded subtree.
     * Then no process may be in a group below it (cgroups(7), thread mode). */
    if (!has_word(tree->paths[CGROUP_UNIFIED], "cgroup.type", "domain") ||
        has_word(tree->paths[CGROUP_UNIFIED], "cgroup.type", "invalid")) {
        fd_closep(&tree->parents[CGROUP_UNIFIED]);
        if (!tree->busy)
            tree->busy = strdup(mount);
        return 0;
    }
    /* The group can be older than exrun, and its ancestors might not delegate a controller. */
    if (makes && (!has_word(tree->paths[CGROUP_UNIFIED], "cgroup.subtree_control", "memory") ||
                  !has_word(tree->paths[CGROUP_UNIFIED], "cgroup.subtree_control", "pids")))
        make_levels(tree, CGROUP_UNIFIED, mount, name);
    tree->can = CAN_CPU;
    if (has_word(tree->paths[CGROUP_UNIFIED], "cgroup.subtree_control", "memory"))
        tree->can |= CAN_MEMORY;
    if (has_word(tree->paths[CGROUP_UNIFIED], "cgroup.subtree_control", "pids"))
        tree->can |= CAN_PROCESSES;
    return 0;
}

int cgroup_tree_open(struct cgroup_tree *tree, const char *parent, bool makes)
{
    _cleanup_(freep) char *unified = NULL, *delegated = NULL;
    const char *name = *parent ? parent : PARENT;
    char *mounts[CGROUP_UNIFIED];
    bool is_v1 = false;
    int r;

    *tree = (struct cgroup_tree)CGROUP_TREE_NONE;
    snprintf(tree->parent, sizeof(tree->parent), "%s", parent);
    r = cgroup_find(controllers, CGROUP_UNIFIED, mounts, &unified);
    for (int part = 0; part < CGROUP_UNIFIED; part++)
        is_v1 |= mounts[part] != NULL;
    if (r == 0 && is_v1)
        r = open_v1(tree, mounts, unified, name, makes);
    else if (r == 0 && unified && !*parent)
        r = cgroup_delegated(unified, &delegated);
    if (r == 0 && !is_v1 && unified)
        r = open_v2(tree, delegated ? delegated : unified, name, makes);
    for (int part = 0; part < CGROUP_UNIFIED; part++)
        free(mounts[part]);
    return r;
}

int cgroup_tree_limit_own(const struct cgroup_tree *tree, uint64_t bytes)
{
    const char *cells = tree->paths[CGROUP_UNIFIED];

    return tree->ops == &cgroup_ops_v2 && cells && !*tree->parent ? cgroup_limit_leaf(cells, bytes) : 0;
}

/* Returns true if something might be mounted over the hierarchy of @path, which ends in @name. */
static bool is_hidden(const char *path, const char *name)
{
    _cleanup_(freep) char *members = NULL;

    if (asprintf(&members, "%.*s/cgroup.procs", (int)(strlen(path) - strlen(name)), path) < 0) {
        members = NULL;
        return true;
    }
    return access(members, F_OK) < 0;
}

const char *cgroup_tree_unseen(const struct cgroup_tree *tree)
{
    const char *name = *tree->parent ? tree->parent : PARENT;

    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        const char *path = tree->paths[part];

        if (path && tree->parents[part] < 0 && (access(path, F_OK) == 0 || is_hidden(path, name)))
            return path;
    }
    return tree->ops ? NULL : "/sys/fs/cgroup";
}

const char *cgroup_tree_version(const struct cgroup_tree *tree)
{
    if (!tree->ops)
        return "none";
    if (tree->ops == &cgroup_ops_v2)
        return "v2";
    return tree->parents[CGROUP_UNIFIED] >= 0 ? "hybrid" : "v1";
}

bool cgroup_tree_counts_swap(const struct cgroup_tree *tree)
{
    bool is_v2 = tree->ops == &cgroup_ops_v2;
    int dir = tree->parents[is_v2 ? CGROUP_UNIFIED : CGROUP_MEMORY];

    return dir >= 0 &&
           faccessat(dir, is_v2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes", F_OK, 0) == 0;
}

void cgroup_tree_close(struct cgroup_tree *tree)
{
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        fd_closep(&tree->parents[part]);
        free(steal(tree->paths[part]));
    }
    free(steal(tree->busy));
    tree->ops = NULL;
}
