/* SPDX-License-Identifier: MIT */
/* The status of the service, as a value. */
#include "runner/front/status.h"

#include <stdlib.h>

const char *const status_words[N_STATUS_STATES] = {
    [STATUS_ABSENT] = "absent", [STATUS_EMPTY] = "empty",     [STATUS_MAKING] = "making",
    [STATUS_READY] = "ready",   [STATUS_RUNNING] = "running", [STATUS_RECLAIMING] = "reclaiming",
};

void status_deinit(struct status *status)
{
    free(status->profiles);
    free(status->examples);
}
