/* SPDX-License-Identifier: MIT */
/* Runs and checks probes, several at a time. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_RUN_H
#define EXRUN_RUNNER_AUDIT_PROBE_RUN_H

#include "runner/audit/canary.h"
#include "runner/audit/probe_check.h"
#include "runner/language/language.h"

/* The settings of all runs. @directory: with profiles, or NULL. @profile: the profile for all runs;
 * NULL: each probe runs under the profile for its ending. @cancel: becomes readable when the audit
 * must end; -1: not used. */
struct probe_runs {
    struct canary *canary;
    const char *directory, *profile;
    int cancel;
};

/* The result of a probe. @profile: the profile under which it ran; "" if no profile has its ending. */
struct probe_run {
    const struct probe *probe;
    char profile[72];
    struct probe_finding finding;
    uint64_t took_ms;
};

/* Returns true if @language runs files with the ending of @name. */
bool probe_is_for(const struct language *language, const char *name);

/* Runs the @n @runs, whose probes must be set, @n_workers at a time. Fails if exrun itself can't
 * run anything here, or was cancelled (-ECANCELED, EX_OK). */
int probe_runs_do(const struct probe_runs *shared, struct probe_run *runs, size_t n, unsigned int n_workers,
                  struct error *err);

#endif
