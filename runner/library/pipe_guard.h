/* SPDX-License-Identifier: MIT */
/* SIGPIPE, held back while a program reads no more. */
#ifndef EXRUN_RUNNER_LIBRARY_PIPE_GUARD_H
#define EXRUN_RUNNER_LIBRARY_PIPE_GUARD_H

#include <signal.h>
#include <stdbool.h>

/* A program that reads no more must not end its caller: SIGPIPE is held back in this thread, and one that
 * came meanwhile is taken away. A caller who has an answer to it of his own needs none of that. */
struct pipe_guard {
    sigset_t before;
    bool is_needed, was_pending;
};

/* From here on no SIGPIPE of this thread ends the process; pipe_guard_close() puts all back. */
void pipe_guard_open(struct pipe_guard *guard);
void pipe_guard_close(const struct pipe_guard *guard);

#endif
