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
    bool may_enter_userns; /* a library's caller has not asked for its own user namespace */
};

/* Describes @fault in @err, which may be NULL. Returns @fault->error. */
int fault_tell(const struct fault *fault, const struct fault_context *context, struct error *err);

#endif
