/* SPDX-License-Identifier: MIT */
/* Finds the mount points of cgroup hierarchies, and creates groups in them with libcgroup. This file is
 * separate because libcgroup has its own "struct cgroup". libcgroup looks at the whole machine before it
 * does anything, which takes longer than making a cell. So it is used only if a group is missing, which is
 * the case at the first run after a boot. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIND_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIND_H

#include <stddef.h>

/* Stores the mount point of the v1 hierarchy of each of the @n @controllers, and of a v2 tree, with or
 * without controllers; NULL if it is not mounted. The caller frees the strings. Returns 0, or -errno if
 * the mounts can't be read, because then a hierarchy that was not found can still exist. */
int cgroup_find(const char *const controllers[], size_t n, char *ret_v1[], char **ret_unified);

/* Creates the group "/a/b" (@name), and the groups above it, in the v1 hierarchy of @controller. Reports
 * no error; the caller notices a failure when it opens the group. */
void cgroup_find_make(const char *controller, const char *name);

#endif
