/* SPDX-License-Identifier: MIT */
/* Did the wall hold? A probe's answer against what its head says. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_CHECK_H
#define EXRUN_RUNNER_AUDIT_PROBE_CHECK_H

#include "runner/audit/probe.h"

/* From the best to the worst; what has no place in the order stands first. */
enum probe_outcome {
    PROBE_ABSENT,   /* not run: this machine lacks the language */
    PROBE_HELD,     /* it ended as its head says, and nothing came out */
    PROBE_FAILED,   /* it ended otherwise: it hung, flooded, broke, or was stopped by another layer */
    PROBE_BREACHED, /* a marker was seen */
    N_PROBE_OUTCOMES,
};

/* @why: for people, one line that a terminal can show; "" where it held. */
struct probe_finding {
    enum probe_outcome outcome;
    char why[240];
};

/* Sets @why, made printable. */
void probe_finding_set(struct probe_finding *finding, enum probe_outcome outcome, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

/* Checks @answer, a result object as text. @secret: must not be in it. 0 or -ENOMEM; an answer that is no
 * result is PROBE_FAILED. */
int probe_check(const struct probe *probe, const char *answer, const char *secret, struct probe_finding *ret);

#endif
