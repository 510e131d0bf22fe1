/* SPDX-License-Identifier: MIT */
/* Asks the service of the calling user for its status. */
#ifndef EXRUN_RUNNER_COMMAND_ASK_STATUS_H
#define EXRUN_RUNNER_COMMAND_ASK_STATUS_H

#include "runner/front/status.h"
#include "runner/text/error.h"

/* Returns 0, or -errno with the reason in @err, as ask(). The caller must call status_deinit() even on
 * failure. */
int ask_status(struct status *ret, struct error *err);

/* Returns what @status says about the profile @name, or NULL. */
const struct status_profile *ask_status_of(const struct status *status, const char *name);

#endif
