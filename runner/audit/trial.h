/* SPDX-License-Identifier: MIT */
/* Probes are run, several at a time, and judged. */
#ifndef EXRUN_RUNNER_AUDIT_TRIAL_H
#define EXRUN_RUNNER_AUDIT_TRIAL_H

#include "runner/audit/canary.h"
#include "runner/audit/judge.h"
#include "runner/language/language.h"

/* What all trials share. @directory: of profiles, or NULL. @profile: under which all are run; NULL: each
 * under that of its ending. @cancel: readable when it is to end; -1 for none. */
struct trial_court {
    struct canary *canary;
    const char *directory, *profile;
    int cancel;
};

/* One probe's. @profile: under which it ran; "" where there is none for it. */
struct trial {
    const struct probe *probe;
    char profile[72];
    struct judgement judgement;
    uint64_t took_ms;
};

/* Does @language run files that are named so? */
bool trial_is_for(const struct language *language, const char *name);

/* Runs the @n @trials, whose probes are set, @n_workers at a time. Negative where exrun itself can't run
 * anything here, or was told to end (-ECANCELED, EX_OK). */
int trials_run(const struct trial_court *court, struct trial *trials, size_t n, unsigned int n_workers,
               struct error *err);

#endif
