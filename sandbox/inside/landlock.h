/* SPDX-License-Identifier: MIT */
/* The second protection of files: Landlock (landlock(7)), if the kernel supports it.
 *
 * The root shows a program only the files that it may see, through read-only mounts. Landlock enforces the
 * same in another part of the kernel. Below the paths that the profile lists, and in /prepared, the program
 * may read and execute. Below its own directories it may do everything, except that it may not create device
 * nodes, and may not execute files if @may_exec is false. In /etc it may read, in /proc and /dev read and
 * write existing files, and it may list /. It may do nothing else, even if a mistake in a mount shows it
 * more. If the kernel supports it, Landlock also refuses TCP, and signals and abstract sockets to the
 * outside. It is permanent and inherited.
 *
 * Version 2 (Linux 5.19) is required, because the first version refuses every rename between directories. */
#ifndef EXRUN_SANDBOX_INSIDE_LANDLOCK_H
#define EXRUN_SANDBOX_INSIDE_LANDLOCK_H

#include <stdbool.h>

#include "sandbox/inside/root.h"

enum { LANDLOCK_LEAST = 2 };

/* Returns the version that this kernel supports; 0: not supported, or disabled. */
int landlock_version(void);

/* Restricts the calling process, which must have set no-new-privs and entered @root. @may_exec: the
 * program may execute its own files. Returns 0 (also if the kernel lacks version 2) or -errno. Allocates
 * nothing. */
int landlock_enter(const struct root *root, bool may_exec);

#endif
