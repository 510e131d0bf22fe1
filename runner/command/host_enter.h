/* SPDX-License-Identifier: MIT */
/* Gets this machine ready for cells that a command makes itself. */
#ifndef EXRUN_RUNNER_COMMAND_HOST_ENTER_H
#define EXRUN_RUNNER_COMMAND_HOST_ENTER_H

#include "runner/text/error.h"
#include "sandbox/run/host.h"

/* Reads the environment, enters a user namespace if this user needs one, and looks the machine up. Afterwards
 * the profiles in @directories can still be read. @host: HOST_NONE before. Returns 0 or -errno. The caller
 * must call host_close() even on failure. */
int host_enter(char *const *directories, struct host *host, struct error *err);

#endif
