/* SPDX-License-Identifier: MIT */
/* Facts become an answer: the result object of INTERFACE.md, or the problem object of a refusal. */
#ifndef EXRUN_RUNNER_ANSWER_RESULT_H
#define EXRUN_RUNNER_ANSWER_RESULT_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/text/json_write.h"
#include "sandbox/base/error.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

/* Writes the result object piece by piece. @message: sentences_of() it. Returns 0, the sink's -errno, or
 * -ENOMEM. */
int result_write(const struct run_result *result, const struct plan *plan, const char *message,
                 const struct json_sink *sink);

/* Returns the result object, or NULL without memory; the caller frees it. */
char *result_text(const struct run_result *result, const struct plan *plan, const char *message);

/* The problem object of @err, likewise. */
char *result_problem_text(const struct error *err);

/* Writes the same in one sentence for people: "exrun: /limits/wall_ms: ...; ...". */
void result_write_sentence(const struct error *err, FILE *out);

/* How every command ends that could not do its work: the sentence on stderr and, @is_json, the object as a
 * line on stdout. Returns the exit status. */
int result_refuse(const struct error *err, bool is_json);

#endif
