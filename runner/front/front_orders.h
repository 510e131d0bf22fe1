/* SPDX-License-Identifier: MIT */
/* Sends orders to a keeper. If it can't be told, the keeper is lost, and its run has ended. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_ORDERS_H
#define EXRUN_RUNNER_FRONT_FRONT_ORDERS_H

#include "runner/front/front_keepers.h"

/* Do what the pool decided: send the order of a waiting run, make a cell of @key, drop one, replace the
 * keeper. */
void front_keeper_start(struct front_keeper *keeper, struct front_run *run);
void front_keeper_make(struct front_keeper *keeper, unsigned int key);
void front_keeper_drop(struct front_keeper *keeper);
void front_keeper_retire(struct front_keeper *keeper);

/* Asks an empty keeper WIRE_VERSION (front_versions.h) or WIRE_CHECK (front_warm.h). */
void front_keeper_ask(struct front_keeper *keeper, unsigned int profile, enum wire_type question);

/* Sends a message of @type; its payload and its run are in @message. Returns 0, or -errno if the keeper is
 * gone; then its run has ended. */
int front_keeper_tell(struct front_keeper *keeper, enum wire_type type, struct wire_message message);

/* Tells the keeper to cancel its run. */
void front_keepers_cancel(struct front_keeper *keeper);

#endif
