/* SPDX-License-Identifier: MIT */
/* What a visitor is told: one sentence a verdict, kind and without exrun's own words. */
#ifndef EXRUN_RUNNER_OUTPUT_SENTENCES_H
#define EXRUN_RUNNER_OUTPUT_SENTENCES_H

#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

/* The caller's to free; NULL where there is no memory. */
char *sentences_of(const struct run_result *result, const struct plan *plan);

/* "SIGSEGV" for 11; NULL for what is no signal. */
const char *sentences_signal(int number);

#endif
