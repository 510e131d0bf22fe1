/* SPDX-License-Identifier: MIT */
/* The answers that the front keeps, within the bounds of the configuration ("keep"). */
#ifndef EXRUN_RUNNER_FRONT_FRONT_KEPT_H
#define EXRUN_RUNNER_FRONT_FRONT_KEPT_H

#include "runner/front/content.h"
#include "runner/front/kept_answers.h"

struct front;
struct front_run;

/* Keeps the answer of a run that has ended, if there is room for it. */
void front_kept_add(struct front *front, const struct front_run *run, struct content *content);

/* Returns the answer that is kept of the principal's run with this ID, or NULL. It is valid until the next
 * change. */
struct kept_answer *front_kept_find(struct front *front, const char *principal, const char *id);

/* Returns the answer that is kept of the run with this ID of the first principal after @principal, by
 * strcmp(), or NULL. It is valid until the next change. */
struct kept_answer *front_kept_next(struct front *front, const char *principal, const char *id);

/* Drops the answers that are too old, or too many for the configuration. Called each second. */
void front_kept_look(struct front *front);

#endif
