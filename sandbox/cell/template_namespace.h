/* SPDX-License-Identifier: MIT */
/* A mount namespace that contains a template's root and nothing of the host beside it.
 *
 * A cell that enters it, and takes a copy of it, has neither to copy the host's mounts nor to leave them
 * again. Leaving them costs a wait of the kernel until no processor can still be looking at them
 * (fs/namespace.c, namespace_unlock), and so would a workspace that has to be attached somewhere before its
 * parts can be cloned, which only Linux 6.15 and later do without. */
#ifndef EXRUN_SANDBOX_CELL_TEMPLATE_NAMESPACE_H
#define EXRUN_SANDBOX_CELL_TEMPLATE_NAMESPACE_H

#include <sys/types.h>

/* Makes the namespace from the mount @path of the calling process's own namespace, with the file system
 * @device, and does for a trial in it what a cell does. Returns its descriptor, or -errno, and then cells can
 * still leave the host by themselves: EINVAL if the kernel can't clone a part of a tree that is not attached;
 * EPERM without CAP_SYS_CHROOT (setns(2)), in a user namespace, in which a new /proc needs an old one beside
 * it, and if the process's root is not that of its namespace; ETIMEDOUT after 2 s. */
int template_namespace_make(const char *path, dev_t device);

#endif
