/* SPDX-License-Identifier: MIT */
/* Takes the way of an order before there is one. */
#ifndef EXRUN_SANDBOX_KEEPER_REHEARSE_H
#define EXRUN_SANDBOX_KEEPER_REHEARSE_H

#include "sandbox/plan/machine.h"
#include "sandbox/plan/profile.h"

/* Reads, checks and plans an empty order. PID 1 of a cell has shared the keeper's memory since it was cloned,
 * so the first write to a page copies it, and that should not happen when a request waits. */
void rehearse(const struct profile *profile, const struct machine *machine);

#endif
