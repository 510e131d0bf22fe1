/* SPDX-License-Identifier: MIT */
/* Facts become an answer: the result object of INTERFACE.md, or the problem object of a refusal. */
#ifndef EXRUN_RUNNER_OUTPUT_RESULT_H
#define EXRUN_RUNNER_OUTPUT_RESULT_H

#include <stdio.h>

#include "sandbox/base/error.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

/* Writes the result object and a line's end. 0, -ENOMEM, or -EIO where it could not be written. */
int result_write(const struct run_result *result, const struct plan *plan, FILE *out);

/* Writes the problem object of @err. */
int result_write_problem(const struct error *err, FILE *out);

/* The same in one sentence for people: "exrun: /limits/wall_ms: ...; ...". */
void result_write_sentence(const struct error *err, FILE *out);

#endif
