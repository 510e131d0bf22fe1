/* SPDX-License-Identifier: MIT */
/* The group that was handed over to us. */
#include "sandbox/cell/cgroup_delegated.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define LEAF "exrun-self"

/* This process's group, as a directory: the line "0::/path" of /proc/self/cgroup. NULL where it has none. */
static int own_group(const char *mount, char **ret)
{
    _cleanup_(freep) char *text = NULL;
    char *path;
    int r = fd_read_file(AT_FDCWD, "/proc/self/cgroup", 1 << 16, &text, NULL);

    *ret = NULL;
    if (r < 0 || !text)
        return r == -ENOMEM ? r : 0;
    path = strncmp(text, "0::/", 4) == 0 ? text : strstr(text, "\n0::/");
    path = path ? strchr(path, '/') : NULL;
    if (!path)
        return 0;
    path[strcspn(path, "\n")] = '\0';
    if (asprintf(ret, "%s%s", mount, path[1] ? path : "") < 0) {
        *ret = NULL;
        return -ENOMEM;
    }
    return 0;
}

/* systemd marks what it delegates, since 247 for users too. */
static bool is_marked(const char *group)
{
    static const char *const marks[] = {"trusted.delegate", "user.delegate"};
    char value[4];

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (getxattr(group, marks[i], value, sizeof(value)) == 1 && value[0] == '1')
            return true;
    return false;
}

/* Somebody gave a user who is not root a group of their own. */
static bool is_owned(const char *group)
{
    struct stat st;

    return geteuid() != 0 && stat(group, &st) == 0 && st.st_uid == geteuid() && access(group, W_OK) == 0;
}

/* Cuts @group, beneath @mount, to the nearest group from there upwards that was delegated: the next that is
 * marked, or the highest that is owned. False where none is. */
static bool cut_to_delegated(char *group, size_t mount_length)
{
    size_t owned = 0;

    for (;;) {
        char *slash;

        if (strlen(group) <= mount_length)
            break;
        if (is_marked(group))
            return true;
        if (is_owned(group))
            owned = strlen(group);
        slash = strrchr(group, '/');
        /* What lies above an owned group that is not owned itself ends the search for more of them. */
        if (owned > 0 && owned != strlen(group))
            break;
        *slash = '\0';
    }
    return owned > 0;
}

static void move_into_leaf(const char *group)
{
    _cleanup_(fd_closep) int directory = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    _cleanup_(fd_closep) int leaf = -1;

    if (directory < 0 || (mkdirat(directory, LEAF, 0755) < 0 && errno != EEXIST))
        return;
    leaf = openat(directory, LEAF, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (leaf >= 0)
        fd_write_file(leaf, "cgroup.procs", "0");
}

int cgroup_delegated(const char *mount, char **ret)
{
    _cleanup_(freep) char *own = NULL, *group = NULL;
    int r = own_group(mount, &own);

    *ret = NULL;
    if (r < 0 || !own)
        return r;
    group = strdup(own);
    if (!group)
        return -ENOMEM;
    if (!cut_to_delegated(group, strlen(mount)))
        return 0;
    if (strcmp(group, own) == 0)
        move_into_leaf(group);
    *ret = steal(group);
    return 0;
}
