/* SPDX-License-Identifier: MIT */
/* The file tree that a program sees.
 *
 * A small tmpfs becomes the root. It contains: the parts of the host that the profile lists, and what was
 * prepared for its toolchain, each a clone that is read-only, nosuid and nodev at every level before it is
 * attached anywhere (mount_setattr, Linux 5.12); the cell's own /proc; five device nodes; and the workspace,
 * a tmpfs with limits on bytes and inodes. The workspace is seen as /box, /tmp and /dev/shm, so one limit
 * covers everything that can be written and one unmount frees it. Then the old root is unmounted, if there is
 * one, and the new root becomes read-only. Mounts are handled by descriptor, and attached below a root that
 * no other process can see, so no path of the host can be exchanged in between. */
#ifndef EXRUN_SANDBOX_INSIDE_ROOT_H
#define EXRUN_SANDBOX_INSIDE_ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "sandbox/inside/proc.h"
#include "sandbox/plan/profile.h"

/* @base: a directory of the host, over which the new root is mounted in this mount namespace. @template: a
 * mount that root_fill() has filled and that this namespace has a copy of, to be entered instead; NULL: none.
 * It must not be in use by another cell at the same time. @namespace: a mount namespace whose root is that
 * mount, to be entered with a copy of its own; -1: none. @device: the file system of @template. @prepared: a
 * directory of the host for /prepared; NULL: none. @prepares: /prepared is a writable part of the workspace.
 * @workspace: from workspace_make(). @passwd, @group: the cell's files of these names. @uid: the program's
 * user ID. @host: inode of the mount namespace that must not be touched. */
struct root {
    const char *base, *template;
    int namespace;
    dev_t device;
    const struct profile_mount *mounts;
    size_t n_mounts;
    const struct profile_etc *etc;
    size_t n_etc;
    const char *prepared;
    bool prepares;
    int workspace;
    char passwd[160], group[80];
    struct proc proc;
    uid_t uid;
    ino_t host;
};

/* Returns the inode of the caller's mount namespace; 0 if it can't be found. */
ino_t root_namespace(void);

/* Makes the file system of a root, which is empty and not attached yet. Returns its descriptor, or -errno. */
int root_new(void);

/* Fills the root @fd, which is attached somewhere, with everything that does not end with a cell: all except
 * the workspace and /proc. Returns 0 or -errno. Allocates nothing. */
int root_fill(const struct root *root, int fd);

/* Makes the root @fd that of this mount namespace, in which nothing else stays mounted. Returns 0 or
 * -errno. Allocates nothing. */
int root_leave_old(int fd);

/* Enters a copy of root->namespace, and opens its root, which the caller must close. Returns 0, -EPERM if
 * that is not the template, or another -errno. The calling process has touched no mount then. Allocates
 * nothing. */
int root_enter_namespace(const struct root *root, int *ret_fd);

/* Builds the root and enters it. Returns -EPERM before it touches a mount if the process is in the host's
 * mount namespace, or if that can't be found out, because a flag that was forgotten at the clone must not
 * affect the machine; a process that enters root->namespace is not in the host's any more. Otherwise returns
 * 0 or another -errno. Allocates nothing. */
int root_enter(const struct root *root);

#endif
