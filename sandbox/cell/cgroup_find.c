/* SPDX-License-Identifier: MIT */
/* Finding cgroup hierarchies, and making groups in them by libcgroup. */
#include "sandbox/cell/cgroup_find.h"

#include <libcgroup.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first mount of @type, with @option where one is given. */
static char *find_mount(const char *type, const char *option)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    struct mntent *mount;
    char *path = NULL;

    while (mounts && !path && (mount = getmntent(mounts)))
        if (strcmp(mount->mnt_type, type) == 0 && (!option || hasmntopt(mount, option)))
            path = strdup(mount->mnt_dir);
    if (mounts)
        endmntent(mounts);
    return path;
}

char *cgroup_find_v1(const char *controller)
{
    return find_mount("cgroup", controller);
}

char *cgroup_find_unified(void)
{
    return find_mount("cgroup2", NULL);
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
