/* SPDX-License-Identifier: MIT */
/* Packs the start message and sends it. */
#ifndef EXRUN_SANDBOX_CELL_START_SEND_H
#define EXRUN_SANDBOX_CELL_START_SEND_H

#include "sandbox/inside/start_message.h"
#include "sandbox/plan/plan.h"

/* Sends, over the packet socket @control, the descriptors by which the program's process enters the cell's
 * groups. Returns 0 or -errno. */
int start_send_joins(int control, const int joins[N_JOINS]);

/* Packs @stage and sends it over the packet socket @control. Returns 0 or -errno. */
int start_send(int control, const struct plan_stage *stage);

#endif
