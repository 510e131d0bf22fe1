/* SPDX-License-Identifier: MIT */
/* "exrun serve --check": reads the configuration and the profiles as the service does, and ends. */
#ifndef EXRUN_RUNNER_COMMAND_SERVE_CHECK_H
#define EXRUN_RUNNER_COMMAND_SERVE_CHECK_H

#include "runner/front/front_load.h"
#include "runner/text/error.h"

/* Prints that all is fine, and warnings to standard error. Returns 0, or -errno with the reason in @err. */
int serve_check(const struct front_source *source, struct error *err);

#endif
