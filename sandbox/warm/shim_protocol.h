/* SPDX-License-Identifier: MIT */
/* How the outside talks to the shim of a parked cell, over the cell's start socket.
 *
 * The shim sends reports (inside/report.h). Its constructor sends INIT_LOADED before the interpreter's
 * main(), and waits for one packet of struct shim_orders. If the interpreter reaches the point that they
 * name, the shim sends INIT_PARKED, and waits for the start message (inside/start_message.h), as a cell's
 * process does before execve(2). It takes the same steps, sends INIT_RELEASED, closes the socket, and lets
 * the interpreter go on. If the socket is closed, it leaves; if a step fails, it sends INIT_FAILED and
 * leaves.
 *
 * The socket's descriptor is START_PARK_SOCKET, so it takes no number that the interpreter would get. A
 * process that has no packet socket there is not a parked one, and the shim does nothing in it. */
#ifndef EXRUN_SANDBOX_WARM_SHIM_PROTOCOL_H
#define EXRUN_SANDBOX_WARM_SHIM_PROTOCOL_H

#include <stdint.h>

#include "sandbox/plan/warm.h"

enum { SHIM_PATH_ROOM = 512 };

/* @point: of enum warm_point. @fresh: bits of enum warm_fresh. @threads: 1: the point is reached only if
 * there are several. @n_earlier: times at which it would be reached, but is not. @path: the whole path of the
 * entry file, which ends in a NUL. @name_at: where its name in the working directory begins. */
struct shim_orders {
    uint32_t point, fresh, threads, n_earlier, name_at;
    char path[SHIM_PATH_ROOM];
};

#endif
