/* SPDX-License-Identifier: MIT */
/* Blocks SIGPIPE while a program does not read its input. */
#ifndef EXRUN_RUNNER_LIBRARY_PIPE_GUARD_H
#define EXRUN_RUNNER_LIBRARY_PIPE_GUARD_H

#include <signal.h>
#include <stdbool.h>

/* If a program closes its input, SIGPIPE must not end the caller. The signal is blocked in this
 * thread, and a new pending one is discarded. This is not needed if the caller handles or ignores
 * SIGPIPE. */
struct pipe_guard {
    sigset_t before;
    bool is_needed, was_pending;
};

/* Until pipe_guard_close(), SIGPIPE in this thread does not end the process. pipe_guard_close()
 * restores everything. */
void pipe_guard_open(struct pipe_guard *guard);
void pipe_guard_close(const struct pipe_guard *guard);

#endif
