/* SPDX-License-Identifier: MIT */
/* Where cgroup hierarchies are mounted, and making groups in them by libcgroup. It stands alone because
 * libcgroup has a "struct cgroup" of its own. libcgroup looks at the whole machine before it does anything,
 * which takes longer than a cell, so it is asked only where a group is missing: at the first run after a
 * boot. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIND_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIND_H

#include <stddef.h>

/* Where the v1 hierarchy of each of the @n @controllers is mounted, and where a v2 tree is, with or without
 * controllers. The caller's to free; NULL: nowhere. 0 or -errno: what could not be looked at is not absent.
 */
int cgroup_find(const char *const controllers[], size_t n, char *ret_v1[], char **ret_unified);

/* Makes the group "/a/b" (@name), and those above it, in the v1 hierarchy of @controller. Whether it worked
 * shows when it is opened. */
void cgroup_find_make(const char *controller, const char *name);

#endif
