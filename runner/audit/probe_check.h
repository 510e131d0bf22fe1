/* SPDX-License-Identifier: MIT */
/* Compares a probe's answer with its head to decide whether the layer held. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_CHECK_H
#define EXRUN_RUNNER_AUDIT_PROBE_CHECK_H

#include "runner/audit/probe.h"

/* From the best to the worst. PROBE_ABSENT is outside this order. */
enum probe_outcome {
    PROBE_ABSENT,   /* not run: the language is not installed */
    PROBE_HELD,     /* it ended as its head expects, and no marker was seen */
    PROBE_FAILED,   /* it ended otherwise: it hung, flooded, broke, or was stopped by another layer */
    PROBE_BREACHED, /* a marker was seen */
    N_PROBE_OUTCOMES,
};

/* @why: one printable line for people; "" if it held. */
struct probe_finding {
    enum probe_outcome outcome;
    char why[240];
};

/* Sets @outcome and @why, made printable. */
void probe_finding_set(struct probe_finding *finding, enum probe_outcome outcome, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

/* Checks @answer, the text of a result object, which must not contain @secret. Returns 0 or
 * -ENOMEM; an answer that is not a result is PROBE_FAILED. */
int probe_check(const struct probe *probe, const char *answer, const char *secret, struct probe_finding *ret);

/* Checks the kind of the cell, "parked", in which the run was whose @finding is that of probe_check(): if it
 * held in another one, it failed. A program that was not compiled had none. Returns 0 or -ENOMEM. */
int probe_check_cell(const char *answer, const char *cell, struct probe_finding *finding);

#endif
