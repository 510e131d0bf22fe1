/* SPDX-License-Identifier: MIT */
/* The service manager that started the service, if one did: systemd's protocol, as in sd_notify(3),
 * sd_watchdog_enabled(3) and sd_listen_fds(3).
 *
 * exrun speaks it itself, because Debian has libsystemd as a shared library only, and exrun is a static
 * program. */
#ifndef EXRUN_RUNNER_COMMAND_MANAGER_H
#define EXRUN_RUNNER_COMMAND_MANAGER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "runner/text/error.h"
#include "sandbox/warden/calls.h"
#include "sandbox/warden/load.h"

enum { MANAGER_NAME_ROOM = 64 };

/* @address_size: 0: nobody wants to be notified. @watchdog_ns: longest time between two signs of life; 0:
 * none are expected. @fds, @names: listening sockets that the manager has opened, and the names of their
 * units. */
struct manager {
    struct sockaddr_un address;
    socklen_t address_size;
    uint64_t watchdog_ns;
    int fds[LOAD_MOST_LISTENERS];
    char names[LOAD_MOST_LISTENERS][MANAGER_NAME_ROOM];
    size_t n_fds;
};

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID, LISTEN_FDS, LISTEN_PID and LISTEN_FDNAMES, and removes
 * them from the environment, so that no child takes them for its own. The descriptors get FD_CLOEXEC. Fails
 * with EX_CONFIG. */
int manager_read(struct manager *ret, struct error *err);

/* Reports that clients are served, on @n_listeners sockets. Returns 0 or -errno; also the other one. */
int manager_note_up(const struct manager *manager, size_t n_listeners);

/* Reports an event, if the manager wants to know of it. */
int manager_note(const struct manager *manager, enum warden_event event);

/* Describes why the descriptor with this index can't be used. @error: as of FAULT_INHERITED. Returns it. */
int manager_refuse(const struct manager *manager, size_t index, int error, struct error *err);

#endif
