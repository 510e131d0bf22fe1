/* SPDX-License-Identifier: MIT */
/* A file system of our own, attached nowhere yet: fsopen(2), fsmount(2). */
#ifndef EXRUN_SANDBOX_INSIDE_FILESYSTEM_H
#define EXRUN_SANDBOX_INSIDE_FILESYSTEM_H

struct filesystem_option {
    const char *name, *value;
};

/* Makes one of @type, with @options up to one without a name. The descriptor of its mount, or -errno.
 * Allocates nothing. */
int filesystem_new(const char *type, const struct filesystem_option *options, unsigned int attributes);

/* @attributes (MOUNT_ATTR_*) without those that a test has taken away. */
unsigned int filesystem_checked(unsigned int attributes);

#endif
