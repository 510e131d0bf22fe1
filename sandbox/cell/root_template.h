/* SPDX-License-Identifier: MIT */
/* A root that is filled once and then entered by one cell after the other.
 *
 * It is mounted in the mount namespace of one process, so that each cell which that process clones can have a
 * copy of it, and only adds its own workspace and /proc. The copy is read-only before a program runs, so a
 * program can't leave anything in it. Making a root anew takes the kernel 0.4 ms, which is a tenth of a short
 * run. */
#ifndef EXRUN_SANDBOX_CELL_ROOT_TEMPLATE_H
#define EXRUN_SANDBOX_CELL_ROOT_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "sandbox/inside/root.h"
#include "sandbox/plan/settings.h"

/* @path: where it is mounted; "": there can be no template. @mounts_fd: mountinfo of this namespace; it tells
 * of changes. @namespace: one that contains nothing else (template_namespace.h); -1: none. @device: of the
 * template's file system. @lacks_namespaces: a keeper can't make one here. @is_there: the template is mounted
 * and complete. @is_outdated: the host's mounts have changed since. @mounts, @etc: borrowed, of the profile
 * that it was made for. @prepared: owned. @sources: owned; which files of the host the mounts were, in their
 * order, and then @prepared. */
struct root_template {
    char path[SETTINGS_RUNTIME_ROOM + 16];
    int mounts_fd, namespace;
    dev_t device;
    bool lacks_namespaces, is_there, is_outdated;
    const struct profile_mount *mounts;
    const struct profile_etc *etc;
    char *prepared;
    uid_t uid;
    struct root_source {
        dev_t device;
        ino_t inode;
    } * sources;
    size_t n_sources;
};

/* Moves the calling process to a mount namespace of its own, which sees what is mounted in the old one later,
 * and not the other way round. @runtime: settings.runtime, where the directory of the slots exists. Returns
 * 0, or -errno, and then there is no template. */
int root_template_open(struct root_template *template, const char *runtime);

/* Makes the template for @root if it is not that already, or if the host has other files there now. Returns
 * 0, or -errno, and then there is no template. */
int root_template_renew(struct root_template *template, const struct root *root);

/* Returns true if the template is what would be made for @root now. */
bool root_template_fits(struct root_template *template, const struct root *root);

/* Adds a file to the template, and to the root of the cell that has entered it. Returns 0, or -errno, and
 * then there is no such file. */
int root_template_put(const struct root_template *template, const char *name, const char *text);

/* Removes it from both. Returns 0 or -errno. */
int root_template_take_away(const struct root_template *template, const char *name);

/* Unmounts it, so that it keeps no file system of the host in use. */
void root_template_drop(struct root_template *template);

/* Unmounts it, and frees everything. */
void root_template_close(struct root_template *template);

#endif
