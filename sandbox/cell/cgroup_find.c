/* SPDX-License-Identifier: MIT */
/* Finding cgroup hierarchies and making groups in them, by libcgroup. */
#include "sandbox/cell/cgroup_find.h"

#include <libcgroup.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cgroup_find_start(void)
{
    /* Fails where no hierarchy is mounted; then nothing is found below. */
    cgroup_init();
}

char *cgroup_find_mount(const char *controller)
{
    char *path = NULL;

    return cgroup_get_subsys_mount_point(controller, &path) == 0 ? path : NULL;
}

/* libcgroup knows a v2 tree by its controllers only, and beside v1 hierarchies it has none. */
char *cgroup_find_unified(void)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    struct mntent *mount;
    char *path = NULL;

    while (mounts && !path && (mount = getmntent(mounts)))
        if (strcmp(mount->mnt_type, "cgroup2") == 0)
            path = strdup(mount->mnt_dir);
    if (mounts)
        endmntent(mounts);
    return path;
}

void cgroup_find_make(const char *controller, const char *name)
{
    struct cgroup *group = cgroup_new_cgroup(name + 1);

    if (!group)
        return;
    if (cgroup_add_controller(group, controller))
        cgroup_create_cgroup(group, 1);
    cgroup_free(&group);
}
