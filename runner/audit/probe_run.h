/* SPDX-License-Identifier: MIT */
/* Runs and checks probes, several at a time. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_RUN_H
#define EXRUN_RUNNER_AUDIT_PROBE_RUN_H

#include "runner/audit/canary.h"
#include "runner/audit/probe_check.h"
#include "runner/language/language.h"

/* A request that another process runs. @cell: the kind of cell that it asks for; NULL: any. @cancel: as in
 * struct probe_runs. @answer: the result; NULL: there is none, and @finding says why. The caller frees it. */
struct probe_post {
    const char *request, *cell;
    int cancel;
    char *answer;
    struct probe_finding finding;
};

/* The settings of all runs. @directory: with profiles, or NULL. @profile: the profile for all runs;
 * NULL: each probe runs under the profile for its ending. @cancel: becomes readable when the audit
 * must end; -1: not used. @post: runs a request elsewhere, with @arg; it returns 0, or -errno with the reason
 * in @err, which ends the audit. NULL: the probes run in cells of this process. */
struct probe_runs {
    struct canary *canary;
    const char *directory, *profile;
    int cancel;
    int (*post)(const void *arg, struct probe_post *post, struct error *err);
    const void *arg;
};

/* The result of a probe. @cell: the kind of cell that it must have; NULL: any. Constant. @profile: the
 * profile under which it ran; "" if no profile has its ending. If @finding has a reason before the start, it
 * is not run. */
struct probe_run {
    const struct probe *probe;
    const char *cell;
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
