/* SPDX-License-Identifier: MIT */
/* Running without root: exrun's own user namespace, in which it may create cells.
 *
 * The kernel gives the creator of a user namespace all capabilities over objects that are created in it, and
 * none over others (user_namespaces(7)). The user keeps their own ID, so exrun opens files with the user's
 * rights. The cells use the IDs of /etc/subuid and /etc/subgid, which newuidmap(1) and newgidmap(1) map; a
 * cell then has two IDs, as with root, and the front of the service has one. If the administrator assigned
 * none, a cell has only the user's own ID. Then the program and its user can't be distinguished by an ID, and
 * only the other layers protect. */
#ifndef EXRUN_SANDBOX_USERNS_USERNS_H
#define EXRUN_SANDBOX_USERNS_USERNS_H

#include <stdbool.h>

#include "sandbox/base/fault.h"

/* Moves the calling process, which must have one thread, permanently into its own user and mount namespace.
 * @search_path: settings.search_path, the directories in which to look for the tools that map IDs.
 *
 * Does nothing if the process is root or has CAP_SYS_ADMIN, for example because it has entered a namespace
 * before. Returns 0 or -errno with a fault: FAULT_USERNS if the machine forbids it; FAULT_USERNS_THREADS with
 * -EINVAL if there are more threads; FAULT_USERNS_TOOL with -ENOEXEC if only one of the tools that map IDs
 * works. In that last case the process can't run anything any more. */
int userns_enter(const char *search_path, struct fault *fault);

enum { USERNS_N_TOOLS = 2 };

/* Returns the name of a tool that maps IDs. FAULT_USERNS_TOOL means it by @index. */
const char *userns_tool(unsigned int index);

/* The reason why the calling user has one ID for all cells. If IDs are assigned and no tool is missing, the
 * tools failed to map them. */
struct userns_alone {
    bool is_assigned_ids;
    bool is_missing[USERNS_N_TOOLS];
};

struct userns_alone userns_why_alone(const char *search_path);

#endif
