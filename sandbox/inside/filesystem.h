/* SPDX-License-Identifier: MIT */
/* A new file system that is not attached anywhere yet: fsopen(2), fsmount(2). */
#ifndef EXRUN_SANDBOX_INSIDE_FILESYSTEM_H
#define EXRUN_SANDBOX_INSIDE_FILESYSTEM_H

struct filesystem_option {
    const char *name, *value;
};

/* Creates a file system of @type. @options ends with an option without a name. Returns the descriptor of its
 * mount, or -errno. Allocates nothing. */
int filesystem_new(const char *type, const struct filesystem_option *options, unsigned int attributes);

/* Attaches the mount to the path @target, which is relative to @directory. Returns 0 or -errno. */
int filesystem_attach(int mount_fd, int directory, const char *target);

/* Sets @options of the file system that is mounted at @mount_fd. Returns 0 or -errno. Allocates nothing. */
int filesystem_change(int mount_fd, const struct filesystem_option *options);

/* Returns @attributes (MOUNT_ATTR_*) without those that a test has disabled. */
unsigned int filesystem_checked(unsigned int attributes);

#endif
