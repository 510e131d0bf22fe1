/* SPDX-License-Identifier: MIT */
/* Finds the mount points of cgroup hierarchies. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIND_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIND_H

#include <stddef.h>

/* Stores the mount point of the v1 hierarchy of each of the @n @controllers, and of a v2 tree, with or
 * without controllers; NULL if it is not mounted. The caller frees the strings. Returns 0, or -errno if
 * the mounts can't be read, because then a hierarchy that was not found can still exist. */
int cgroup_find(const char *const controllers[], size_t n, char *ret_v1[], char **ret_unified);

#endif
