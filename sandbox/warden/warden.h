/* SPDX-License-Identifier: MIT */
/* The warden: starts the other processes of the service, and starts them again if they end.
 *
 * It has all the privileges, or without root those of a user namespace (userns/userns.h), so it reads nothing
 * that a visitor sent: it opens the listening sockets, forks one keeper for each slot and one front, and
 * hands the sockets over. A child without privileges reads the profiles for it (warden/load.h). A process
 * that ends soon after its start is started again with a growing pause. One that hangs is killed: a keeper
 * says until when it may be busy, and the front sends a pulse. If the warden ends, the kernel ends all others
 * (PR_SET_PDEATHSIG). */
#ifndef EXRUN_SANDBOX_WARDEN_WARDEN_H
#define EXRUN_SANDBOX_WARDEN_WARDEN_H

#include "sandbox/base/fault.h"
#include "sandbox/warden/calls.h"

/* A positive result: the service can't start, and @load of the calls has reported the reason. */
enum { WARDEN_E_TOLD = 1 };

/* Serves until SIGTERM or SIGINT. Returns 0, WARDEN_E_TOLD, or -errno with a fault if the service can't
 * start: FAULT_LISTENER, FAULT_PROFILES, FAULT_SERVICE. */
int warden_work(const struct warden_config *config, struct fault *fault);

#endif
