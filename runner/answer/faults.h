/* SPDX-License-Identifier: MIT */
/* Turns codes from the privileged side into a sentence, a hint and an exit status. */
#ifndef EXRUN_RUNNER_ANSWER_FAULTS_H
#define EXRUN_RUNNER_ANSWER_FAULTS_H

#include <stdbool.h>

#include "runner/language/language.h"
#include "runner/text/error.h"
#include "sandbox/base/fault.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/host.h"

/* The subject of a fault. A member is NULL if it was not known yet. Faults that are about a member
 * occur only when it is known. */
struct fault_context {
    const struct job *job;
    const struct language *language;
    const struct plan *plan;
    const struct host *host;
    bool can_ask_for_userns; /* a library's caller, who has not asked for a user namespace yet */
};

/* Describes @fault in @err, which may be NULL. Returns @fault->error. */
int fault_tell(const struct fault *fault, const struct fault_context *context, struct error *err);

#endif
