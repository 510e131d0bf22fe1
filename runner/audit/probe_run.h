/* SPDX-License-Identifier: MIT */
/* Probes are run, several at a time, and checked. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_RUN_H
#define EXRUN_RUNNER_AUDIT_PROBE_RUN_H

#include "runner/audit/canary.h"
#include "runner/audit/probe_check.h"
#include "runner/language/language.h"

/* What all runs share. @directory: of profiles, or NULL. @profile: under which all are run; NULL: each
 * under that of its ending. @cancel: readable when it is to end; -1 for none. */
struct probe_runs {
    struct canary *canary;
    const char *directory, *profile;
    int cancel;
};

/* One probe's. @profile: under which it ran; "" where there is none for it. */
struct probe_run {
    const struct probe *probe;
    char profile[72];
    struct probe_finding finding;
    uint64_t took_ms;
};

/* Does @language run files that are named so? */
bool probe_is_for(const struct language *language, const char *name);

/* Runs the @n @runs, whose probes are set, @n_workers at a time. Negative where exrun itself can't run
 * anything here, or was told to end (-ECANCELED, EX_OK). */
int probe_runs_do(const struct probe_runs *shared, struct probe_run *runs, size_t n, unsigned int n_workers,
                  struct error *err);

#endif
