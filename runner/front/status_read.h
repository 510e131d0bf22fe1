/* SPDX-License-Identifier: MIT */
/* Reads the JSON of a status. Strict: an answer with a member too many or too few is refused. */
#ifndef EXRUN_RUNNER_FRONT_STATUS_READ_H
#define EXRUN_RUNNER_FRONT_STATUS_READ_H

#include "runner/front/status.h"
#include "runner/text/error.h"

/* Reads the text of the object. Returns 0, or -errno with the reason in @err. The caller must call
 * status_deinit() even on failure. */
int status_read(const char *text, size_t size, struct status *ret, struct error *err);

#endif
