/* SPDX-License-Identifier: MIT */
/* Signals that end what we do, as a descriptor that can be waited for. */
#ifndef EXRUN_RUNNER_COMMAND_CANCELS_H
#define EXRUN_RUNNER_COMMAND_CANCELS_H

#include <signal.h>
#include <stddef.h>

#include "sandbox/base/error.h"

/* @signals: they are blocked, and can be read here; -1: not yet. */
struct cancels {
    int signals;
    sigset_t before;
};

#define CANCELS_NONE   \
    {                  \
        .signals = -1, \
    }

/* From here on they wait for whoever polls @signals. cancels_close() in any case. */
int cancels_open(struct cancels *cancels, struct error *err);

/* What came is answered by what was done: the next one counts anew. */
void cancels_answer(struct cancels *cancels);

/* Writes all of @text to stdout. Returns 0, -errno, or -EINTR after a signal if the reader takes nothing for
 * a second; otherwise a signal comes too late to do anything. */
int cancels_write(struct cancels *cancels, const char *text, size_t size);

/* Signals end us again as everywhere, and one that waits for an answer does so now. */
void cancels_close(struct cancels *cancels);

#endif
