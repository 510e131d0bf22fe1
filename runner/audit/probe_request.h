/* SPDX-License-Identifier: MIT */
/* Writes the request that runs a probe. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_REQUEST_H
#define EXRUN_RUNNER_AUDIT_PROBE_REQUEST_H

#include "runner/audit/canary.h"
#include "runner/audit/probe.h"
#include "runner/language/language.h"

/* Returns the JSON, which the caller frees, or NULL if memory is short. The limits of the probe are kept
 * within those of @language. @copy: the number of the copy. */
char *probe_request(const struct probe *probe, const struct canary *canary, const struct language *language,
                    unsigned int copy);

#endif
