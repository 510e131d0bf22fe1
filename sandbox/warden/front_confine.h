/* SPDX-License-Identifier: MIT */
/* The confinement of the front, the process that reads what strangers send.
 *
 * Before it reads a byte, it has an empty, read-only root, no network but its sockets, a user ID that nothing
 * else has (unless exrun runs without root and has too few IDs: ids_front()), no capability and no way to get
 * one, and a filter that allows only the system calls of an event loop. So a front that was taken over can
 * send messages to the keepers, and nothing else. */
#ifndef EXRUN_SANDBOX_WARDEN_FRONT_CONFINE_H
#define EXRUN_SANDBOX_WARDEN_FRONT_CONFINE_H

#include <sys/types.h>

/* What the front keeps besides the standard descriptors. @warden: socket. @status: its /proc/self/status,
 * which its root does not have, for the metrics of the process; -1: it could not be opened. */
struct front_fds {
    int warden, status;
};

/* Confines the calling process, which is a child of @parent, apart from the filter. @directory: where its
 * root is mounted. Closes all descriptors but those in @keep and standard error. Returns 0 or -errno; then
 * the process must end. */
int front_confine(pid_t parent, const char *directory, const struct front_fds *keep);

/* Loads the filter. Threads must have been started before. Returns 0 or -errno. */
int front_filter(void);

#endif
