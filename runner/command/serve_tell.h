/* SPDX-License-Identifier: MIT */
/* The messages of the service on standard error.
 *
 * The warden must go on if nobody reads that, so a line that can't be taken at once is lost, and the next one
 * that can says how many were. */
#ifndef EXRUN_RUNNER_COMMAND_SERVE_TELL_H
#define EXRUN_RUNNER_COMMAND_SERVE_TELL_H

#include <stdbool.h>

#include "runner/text/error.h"
#include "sandbox/warden/calls.h"

/* Starts as {0}. @n_lost: lines since the last one. @is_draining: no process is started again. */
struct serve_voice {
    unsigned int n_lost;
    bool is_draining;
};

/* Says why something failed. It is lost if it can't be taken at once. */
void serve_say_error(const struct error *err);

/* Says a line, without its beginning "exrun: " and its end. */
__attribute__((format(printf, 2, 3))) void serve_say(struct serve_voice *voice, const char *format, ...);

/* Says what an event of the warden is, if it is worth a line. */
void serve_tell(struct serve_voice *voice, enum warden_event event, unsigned int slot, int number);

#endif
