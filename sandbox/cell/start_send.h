/* SPDX-License-Identifier: MIT */
/* The start message, as it is sent. */
#ifndef EXRUN_SANDBOX_CELL_START_SEND_H
#define EXRUN_SANDBOX_CELL_START_SEND_H

#include "sandbox/inside/start_message.h"
#include "sandbox/plan/plan.h"

/* Sends what the program's process enters the cell's groups by, over the packet socket @control. */
int start_send_joins(int control, const int joins[N_JOINS]);

/* Packs @stage and sends it. */
int start_send(int control, const struct plan_stage *stage);

#endif
