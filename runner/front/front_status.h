/* SPDX-License-Identifier: MIT */
/* Counts what the front does, and describes what the service is doing. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_STATUS_H
#define EXRUN_RUNNER_FRONT_FRONT_STATUS_H

#include <stdint.h>

#include "runner/answer/result.h"
#include "runner/front/latency.h"
#include "runner/front/top_list.h"
#include "sandbox/keeper/wire.h"

struct front;
struct front_run;
struct status;

/* @hello: as the warden sent it: the restarts before this front, and the start of the service.
 * @keepers_ended: keepers that ended with a failure since then. @unreclaimed: cells. @latency: of requests.
 * @reclaims: of cells. @examples: by their runs that have ended. */
struct front_tally {
    struct latency latency, reclaims;
    struct top_list examples;
    uint64_t verdicts[N_VERDICTS];
    struct wire_hello hello;
    uint64_t keepers_ended, unreclaimed;
};

/* Counts a run that has ended. Its time counts only if somebody waits for the answer. */
void front_status_note(struct front *front, const struct front_run *run, enum verdict verdict);

/* Describes the service as it is now. Returns 0 or -ENOMEM. The caller must call status_deinit() even on
 * failure. */
int front_status(const struct front *front, struct status *ret);

#endif
