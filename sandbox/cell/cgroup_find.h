/* SPDX-License-Identifier: MIT */
/* Finding cgroup hierarchies and making groups in them, by libcgroup. It stands alone because libcgroup has a
 * "struct cgroup" of its own. For set-up only: a run works through descriptors that are open by then. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIND_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIND_H

/* Looks at what is mounted. Call it before the others; what it can't find they don't find either. */
void cgroup_find_start(void);

/* Where the hierarchy of @controller is mounted; the v2 root where it is v2's. The caller's to free; NULL:
 * nowhere. */
char *cgroup_find_mount(const char *controller);

/* Where a v2 tree is mounted, with or without controllers. The caller's to free; NULL: nowhere. */
char *cgroup_find_unified(void);

/* Makes the group "/a/b" (@name), and those above it, in the v1 hierarchy of @controller. Whether it worked
 * shows when it is opened. */
void cgroup_find_make(const char *controller, const char *name);

#endif
