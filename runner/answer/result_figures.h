/* SPDX-License-Identifier: MIT */
/* The figures of a result, as JSON: what a run used, its limits, and the time that its parts took. Each
 * function returns a new value, or NULL if memory is short. */
#ifndef EXRUN_RUNNER_ANSWER_RESULT_FIGURES_H
#define EXRUN_RUNNER_ANSWER_RESULT_FIGURES_H

#include <jansson.h>
#include <stdint.h>

#include "sandbox/plan/limits.h"
#include "sandbox/run/run.h"

json_t *result_figures_usage(const struct run_outcome *outcome);
json_t *result_figures_limits(const struct limits *values);

/* @hit: a bit for each enum limit. */
json_t *result_figures_hit(unsigned int hit);

/* @left: enum reclaim_left. */
json_t *result_figures_left(unsigned int left);

/* Returns the word for a cell. */
const char *result_figures_cell(enum run_cell cell);

/* @run_us: time that the program took. */
json_t *result_figures_timing(const struct run_result *result, uint64_t run_us);

#endif
