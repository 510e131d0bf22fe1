/* SPDX-License-Identifier: MIT */
/* Did the wall hold? A probe's answer against what its head says. */
#ifndef EXRUN_RUNNER_AUDIT_JUDGE_H
#define EXRUN_RUNNER_AUDIT_JUDGE_H

#include "runner/audit/probe.h"

/* From the best to the worst; what has no place in the order stands first. */
enum judge_outcome {
    JUDGE_ABSENT,   /* not run: this machine lacks the language */
    JUDGE_HELD,     /* it ended as its head says, and nothing came out */
    JUDGE_FAILED,   /* it ended otherwise: it hung, flooded, broke, or was stopped by another layer */
    JUDGE_BREACHED, /* a marker was seen */
    N_JUDGE_OUTCOMES,
};

/* @why: for people, one line that a terminal can show; "" where it held. */
struct judgement {
    enum judge_outcome outcome;
    char why[240];
};

/* Sets @why, made printable. */
void judge_say(struct judgement *judgement, enum judge_outcome outcome, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

/* Judges @answer, a result object as text. @secret: must not be in it. 0 or -ENOMEM; an answer that is no
 * result is JUDGE_FAILED. */
int judge(const struct probe *probe, const char *answer, const char *secret, struct judgement *ret);

#endif
