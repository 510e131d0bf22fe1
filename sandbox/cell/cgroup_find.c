/* SPDX-License-Identifier: MIT */
/* Finds cgroup hierarchies. */
#include "sandbox/cell/cgroup_find.h"

#include <errno.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stores a copy of @path in *found, unless a path was found before. Returns 0 or -ENOMEM. */
static int note(char **found, const char *path)
{
    if (!*found)
        *found = strdup(path);
    return *found ? 0 : -ENOMEM;
}

int cgroup_find(const char *const controllers[], size_t n, char *ret_v1[], char **ret_unified)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    int r = mounts || errno == ENOENT ? 0 : -errno;
    struct mntent room, *mount;
    char text[4096];

    for (size_t i = 0; i < n; i++)
        ret_v1[i] = NULL;
    *ret_unified = NULL;
    while (r == 0 && mounts && (mount = getmntent_r(mounts, &room, text, sizeof(text)))) {
        if (strcmp(mount->mnt_type, "cgroup2") == 0)
            r = note(ret_unified, mount->mnt_dir);
        for (size_t i = 0; r == 0 && strcmp(mount->mnt_type, "cgroup") == 0 && i < n; i++)
            if (hasmntopt(mount, controllers[i]))
                r = note(&ret_v1[i], mount->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
    return r;
}
