/* SPDX-License-Identifier: MIT */
/* A mount namespace that contains a template's root and nothing of the host beside it.
 *
 * A cell that enters it, and takes a copy of it, has neither to copy the host's mounts nor to leave them
 * again. Leaving them costs a wait of the kernel until no processor can still be looking at them
 * (fs/namespace.c, namespace_unlock), and so would a workspace that has to be attached somewhere before its
 * parts can be cloned, which only Linux 6.15 and later do without. */
#ifndef EXRUN_SANDBOX_CELL_TEMPLATE_NAMESPACE_H
#define EXRUN_SANDBOX_CELL_TEMPLATE_NAMESPACE_H

/* Makes the namespace from the mount @path of the calling process's own namespace. Returns its descriptor, or
 * -errno if a cell could not be made in it: EINVAL if the kernel can't clone a part of a tree that is not
 * attached, EPERM in a user namespace, in which a new /proc needs an old one beside it. */
int template_namespace_make(const char *path);

#endif
