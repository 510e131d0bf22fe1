/* SPDX-License-Identifier: MIT */
/* Without root: a user namespace of exrun's own, in which it may make cells.
 *
 * The kernel gives whoever makes a user namespace all capabilities over what is made in it, and none over
 * anything else (user_namespaces(7)). The user keeps their own id, so whatever exrun opens, it opens with
 * their rights. For the cells there are the ids of /etc/subuid and /etc/subgid, which newuidmap(1) and
 * newgidmap(1) map; a cell has two of its own then, as with root. Where the administrator gave none, a cell
 * has the one id that there is, the user's: then the program may not be told from its user by an id, and the
 * other walls stand alone. */
#ifndef EXRUN_SANDBOX_USERNS_USERNS_H
#define EXRUN_SANDBOX_USERNS_USERNS_H

#include <stddef.h>

#include "sandbox/base/fault.h"

/* @search_path: settings.search_path, in which the tools that map ids are looked for.
 *
 * Moves the calling process, which has one thread, into a user and a mount namespace of its own, for good.
 * Does nothing where the process is root, or has entered one before. FAULT_USERNS
 * if the machine forbids it; FAULT_USERNS_THREADS, -EINVAL; FAULT_USERNS_TOOL, -ENOEXEC, if one of the tools
 * that map ids does not do its work: then nothing can be run any more. */
int userns_enter(const char *search_path, struct fault *fault);

#define USERNS_TOOL_HINT                                                                                     \
    "%s must be set-user-ID root, or have its capability: reinstall the package uidmap, or have your lines " \
    "taken out of /etc/subuid and /etc/subgid"

/* The tool that FAULT_USERNS_TOOL names by @index. */
const char *userns_tool(unsigned int index);

/* Why the calling user has one id for all cells: which tool is not installed, or does not do its work; or ""
 * where they were given no more. */
void userns_why_alone(const char *search_path, char *ret, size_t room);

#endif
