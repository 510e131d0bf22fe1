/* SPDX-License-Identifier: MIT */
/* Blocks SIGPIPE for a while. */
#include "runner/library/pipe_guard.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

static void pipe_signal(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGPIPE);
}

void pipe_guard_open(struct pipe_guard *guard)
{
    sigset_t pipe, pending;
    struct sigaction answer;

    guard->is_needed = sigaction(SIGPIPE, NULL, &answer) < 0 || answer.sa_handler == SIG_DFL;
    if (!guard->is_needed)
        return;
    pipe_signal(&pipe);
    sigemptyset(&pending);
    sigpending(&pending);
    guard->was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &guard->before);
}

void pipe_guard_close(const struct pipe_guard *guard)
{
    static const struct timespec at_once;
    sigset_t pipe;

    if (!guard->is_needed)
        return;
    pipe_signal(&pipe);
    while (!guard->was_pending && sigtimedwait(&pipe, NULL, &at_once) < 0 && errno == EINTR)
        ;
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}
