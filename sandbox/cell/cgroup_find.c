/* SPDX-License-Identifier: MIT */
/* Finding cgroup hierarchies, and making groups in them by libcgroup. */
#include "sandbox/cell/cgroup_find.h"

#include <libcgroup.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keeps @path where nothing was found before. Without memory for it, it counts as not found. */
static void note(char **found, const char *path)
{
    if (!*found)
        *found = strdup(path);
}

void cgroup_find(const char *const controllers[], size_t n, char *ret_v1[], char **ret_unified)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    struct mntent *mount;

    for (size_t i = 0; i < n; i++)
        ret_v1[i] = NULL;
    *ret_unified = NULL;
    while (mounts && (mount = getmntent(mounts))) {
        if (strcmp(mount->mnt_type, "cgroup2") == 0)
            note(ret_unified, mount->mnt_dir);
        for (size_t i = 0; strcmp(mount->mnt_type, "cgroup") == 0 && i < n; i++)
            if (hasmntopt(mount, controllers[i]))
                note(&ret_v1[i], mount->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
}

void cgroup_find_make(const char *controller, const char *name)
{
    struct cgroup *group;

    if (cgroup_init() != 0)
        return;
    group = cgroup_new_cgroup(name + 1);
    if (!group)
        return;
    if (cgroup_add_controller(group, controller))
        cgroup_create_cgroup(group, 1);
    cgroup_free(&group);
}
