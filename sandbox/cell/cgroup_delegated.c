/* SPDX-License-Identifier: MIT */
/* The group that is delegated to exrun. */
#include "sandbox/cell/cgroup_delegated.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"

#define LEAF "exrun-self"

/* Stores the directory of this process's v2 group in *ret, from the line "0::/path" of /proc/self/cgroup;
 * NULL if it has no such group. The caller frees *ret. Returns 0 or -ENOMEM. */
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

/* systemd marks groups that it delegates; since version 247 also those of users. */
static bool is_marked(const char *group)
{
    static const char *const marks[] = {"trusted.delegate", "user.delegate"};
    char value[4];

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (getxattr(group, marks[i], value, sizeof(value)) == 1 && value[0] == '1')
            return true;
    return false;
}

/* Returns true if exrun's user is not root and owns the group. */
static bool is_owned(const char *group)
{
    struct stat st;

    return geteuid() != 0 && stat(group, &st) == 0 && st.st_uid == geteuid() && access(group, W_OK) == 0;
}

static bool is_at(char *group, size_t length, bool (*is_so)(const char *group))
{
    char next = group[length];
    bool answer;

    group[length] = '\0';
    answer = is_so(group);
    group[length] = next;
    return answer;
}

/* Returns the length of the path of the nearest delegated group, from @group upwards: the first one that
 * is marked, or the highest of those that are owned without a gap. The mount, which has @mount_length
 * bytes, is not considered. Returns 0 if no group is delegated. */
static size_t find_delegated(char *group, size_t mount_length)
{
    size_t owned = 0;

    for (size_t length = strlen(group); length > mount_length; length--) {
        if (group[length] && group[length] != '/')
            continue;
        if (is_at(group, length, is_marked))
            return length;
        if (is_at(group, length, is_owned))
            owned = length;
        else if (owned > 0)
            break;
    }
    return owned;
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
    _cleanup_(freep) char *own = NULL;
    int r = own_group(mount, &own);
    size_t length;

    *ret = NULL;
    if (r < 0 || !own)
        return r;
    length = find_delegated(own, strlen(mount));
    if (length == 0)
        return 0;
    if (!own[length])
        move_into_leaf(own);
    own[length] = '\0';
    *ret = steal(own);
    return 0;
}

int cgroup_limit_leaf(const char *cells, uint64_t bytes)
{
    _cleanup_(freep) char *own = NULL;
    _cleanup_(fd_closep) int directory = -1;
    char leaf[PATH_MAX];
    const char *name = strrchr(cells, '/');
    int r = own_group("", &own);
    size_t length;

    if (r < 0 || !own || !*own || !name)
        return r;
    if (snprintf(leaf, sizeof(leaf), "%.*s/" LEAF, (int)(name - cells), cells) >= (int)sizeof(leaf))
        return -ENAMETOOLONG;
    /* The one path has the mount in front, the other has not. */
    length = strlen(leaf);
    if (length < strlen(own) || strcmp(leaf + length - strlen(own), own) != 0)
        return 0;
    directory = open(leaf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return directory < 0 ? -errno : fd_write_number(directory, "memory.max", bytes);
}
