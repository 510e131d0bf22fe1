/* SPDX-License-Identifier: MIT */
/* Prints the status of the service for people. */
#ifndef EXRUN_RUNNER_COMMAND_STATUS_REPORT_H
#define EXRUN_RUNNER_COMMAND_STATUS_REPORT_H

#include <stdio.h>

#include "runner/front/status.h"

/* Prints @status. Returns 0, or the -errno of the write. */
int status_report(const struct status *status, FILE *out);

#endif
