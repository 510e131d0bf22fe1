/* SPDX-License-Identifier: MIT */
/* The warden: starts the other processes of the service, and starts them again if they end.
 *
 * It has all the privileges, so it reads nothing that a visitor sent: it opens the listening sockets, forks
 * one keeper for each slot and one front, and hands the sockets over. A child without privileges reads the
 * profiles for it (warden/load.h). A process that ends soon after its start is started again with a growing
 * pause. One that hangs is killed: a keeper says until when it may be busy, and the front sends a pulse. If
 * the warden ends, the kernel ends all others (PR_SET_PDEATHSIG). */
#ifndef EXRUN_SANDBOX_WARDEN_WARDEN_H
#define EXRUN_SANDBOX_WARDEN_WARDEN_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
#include "sandbox/run/host.h"

enum warden_event {
    WARDEN_IS_UP,
    WARDEN_KEEPER_ENDED, /* @number: wait status */
    WARDEN_KEEPER_HANGS, /* it is killed */
    WARDEN_FRONT_ENDED,  /* @number: wait status */
    WARDEN_FRONT_HANGS,  /* likewise */
    WARDEN_CANT_START,   /* @number: errno */
    WARDEN_CANT_RELOAD,  /* SIGHUP has come */
    WARDEN_IS_DRAINING,
};

/* The work of the other side. @load: writes settings and profiles to @fd, in a child without privileges
 * (load.h).
 * @front: the work of the front, in its own confined process; returns its exit status. @told: reports an
 * event, and for a keeper its slot. */
struct warden_calls {
    int (*load)(void *arg, int fd);
    int (*front)(void *arg, int socket);
    void (*told)(void *arg, enum warden_event event, unsigned int slot, int number);
    void *arg;
};

/* Everything is borrowed. */
struct warden_config {
    const struct host *host;
    struct warden_calls calls;
};

/* Serves until SIGTERM or SIGINT. Returns 0, or -errno with a fault if the service can't start:
 * FAULT_LISTENER, FAULT_PROFILES, FAULT_SERVICE. */
int warden_work(const struct warden_config *config, struct fault *fault);

#endif
