/* SPDX-License-Identifier: MIT */
/* The file tree that a program sees.
 *
 * A small tmpfs becomes the root; into it come the parts of the host that the profile lists, each a clone
 * that is read-only, nosuid and nodev all the way down before it is attached anywhere (mount_setattr,
 * Linux 5.12); a /proc that shows the cell's own processes only; five device nodes; and the workspace, one
 * tmpfs with a bound on bytes and inodes that is seen as /box, /tmp and /dev/shm, so that one limit covers
 * all that can be written and one unmount reclaims it. Then the old root is let go and the new one made
 * read-only. Mounts are handled by descriptor, and attached below a root that nobody else can see, so no path
 * of the host can be exchanged underway. */
#ifndef EXRUN_SANDBOX_INSIDE_ROOT_H
#define EXRUN_SANDBOX_INSIDE_ROOT_H

#include <stddef.h>
#include <sys/types.h>

#include "sandbox/plan/profile.h"

/* @base: a directory of the host, over which the new root is mounted in this mount namespace. @workspace:
 * from workspace_make(). @passwd, @group: the cell's files of these names. @uid: the program's. @host: inode
 * of the mount namespace that must not be touched. */
struct root {
    const char *base;
    const struct profile_mount *mounts;
    size_t n_mounts;
    int workspace;
    char passwd[160], group[80];
    uid_t uid;
    ino_t host;
};

/* The inode of the caller's mount namespace; 0 where it can't be told. */
ino_t root_namespace(void);

/* Builds the root and enters it. In the host's mount namespace, or where that can't be told, it refuses with
 * -EPERM before it touches a mount: a flag that was forgotten at the clone must not hit the machine.
 * Allocates nothing. */
int root_enter(const struct root *root);

#endif
