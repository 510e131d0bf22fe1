/* SPDX-License-Identifier: MIT */
/* Checks the faults that keepers report. */
#include "runner/front/front_fault.h"

#include "runner/front/front.h"
#include "runner/front/front_run.h"

#define MOST_ERRNO 4095

/* Returns the number of the profile's own rules for system calls. */
static size_t count_calls(const struct front_keeper *keeper)
{
    const struct front_run *run = keeper->run;

    if (run)
        return run->load->languages[run->profile].profile.n_calls;
    if (keeper->profile == FRONT_NO_PROFILE || front_keeper_is_outdated(keeper))
        return 0;
    return keeper->front->load->languages[keeper->profile].profile.n_calls;
}

bool front_fault_is_fine(const struct fault *fault, const struct front_keeper *keeper)
{
    if (fault->error > 0 || fault->error < -MOST_ERRNO || fault->kind >= N_FAULT_KINDS)
        return false;
    /* The front has made the same checks before it accepted the run. */
    if (fault->kind >= FAULT_JOB_LIMIT && fault->kind <= FAULT_JOB_ENV_SIZE)
        return false;
    switch (fault->kind) {
    case FAULT_PROGRAM:
        return fault->step <= STAGE_RUN && fault->index <= PROGRAM_DIRECTORY;
    case FAULT_MACHINE:
        return fault->index < MACHINE_N_NEEDED;
    case FAULT_RLIMIT:
        return fault->step <= STAGE_RUN && fault->index < N_RLIMITS;
    case FAULT_POLICY_NEEDED_CALL:
    case FAULT_POLICY_UNKNOWN_CALL:
    case FAULT_POLICY_CALL:
        return fault->index < count_calls(keeper);
    case FAULT_USERNS:
    case FAULT_USERNS_THREADS:
    case FAULT_USERNS_TOOL:
    case FAULT_SERVICE:
    case FAULT_LISTENER:
    case FAULT_INHERITED:
    case FAULT_PROFILES:
        return false;
    case FAULT_STEP:
        return fault->index <= STAGE_RUN;
    default:
        return true;
    }
}
