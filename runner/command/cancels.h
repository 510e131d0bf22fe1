/* SPDX-License-Identifier: MIT */
/* Turns the signals that end exrun into a descriptor to wait for. */
#ifndef EXRUN_RUNNER_COMMAND_CANCELS_H
#define EXRUN_RUNNER_COMMAND_CANCELS_H

#include <signal.h>
#include <stddef.h>

#include "runner/text/error.h"

/* @signals: a descriptor from which the blocked signals can be read; -1: not open yet. */
struct cancels {
    int signals;
    sigset_t before;
};

#define CANCELS_NONE   \
    {                  \
        .signals = -1, \
    }

/* Blocks the signals, which can then be polled at @signals. The caller must call cancels_close()
 * even on failure. */
int cancels_open(struct cancels *cancels, struct error *err);

/* Discards the signals that have been handled by now, so that only later ones count. */
void cancels_answer(struct cancels *cancels);

/* Writes all of @text to stdout. Returns 0, -EINTR if a signal has arrived and the reader takes
 * nothing for a second, or another -errno. If the reader takes the text, a signal has no effect. */
int cancels_write(struct cancels *cancels, const char *text, size_t size);

/* Unblocks the signals, so that they end exrun again. A pending one does so now. */
void cancels_close(struct cancels *cancels);

#endif
