/* SPDX-License-Identifier: MIT */
/* Sets the operator's switches of the service, and says what holds now. */
#ifndef EXRUN_RUNNER_COMMAND_SWITCH_H
#define EXRUN_RUNNER_COMMAND_SWITCH_H

#include <stdbool.h>

#include "runner/text/error.h"

/* Starts or ends maintenance. @message: for clients; NULL: the service's own. Fails like ask(). */
int switch_maintenance(bool is_on, const char *message, struct error *err);

/* Disables or enables the profile @name. Fails like ask(). */
int switch_profile(const char *name, bool is_disabled, struct error *err);

#endif
