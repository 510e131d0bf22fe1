/* SPDX-License-Identifier: MIT */
/* Writes a status as JSON, by the table that the reader has, too (status_groups.h). */
#ifndef EXRUN_RUNNER_FRONT_STATUS_WRITE_H
#define EXRUN_RUNNER_FRONT_STATUS_WRITE_H

#include <jansson.h>

#include "runner/front/status.h"

/* Returns the object, or NULL if memory is short. The caller frees it. */
json_t *status_json(const struct status *status);

#endif
