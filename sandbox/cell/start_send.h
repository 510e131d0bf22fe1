/* SPDX-License-Identifier: MIT */
/* The start message, as it is sent. */
#ifndef EXRUN_SANDBOX_CELL_START_SEND_H
#define EXRUN_SANDBOX_CELL_START_SEND_H

#include "sandbox/inside/start.h"
#include "sandbox/plan/plan.h"

/* Packs @step and sends it over the packet socket @control, with @joins: see cgroup_joins(). */
int start_send(int control, const struct plan_step *step, const int joins[N_JOINS]);

#endif
