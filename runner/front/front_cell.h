/* SPDX-License-Identifier: MIT */
/* The kind of cell that a request asks for with the header Exrun-Cell.
 *
 * Only an administrator can ask. Such a run starts in a cell of this kind and in no other. While there is
 * none, the run holds up nobody, and the pool makes one even if the floor is 0. A run that can't ever have
 * such a cell is refused. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_CELL_H
#define EXRUN_RUNNER_FRONT_FRONT_CELL_H

#include <stdbool.h>

#include "runner/front/http_target.h"
#include "runner/text/error.h"

struct front;
struct front_run;

/* FRONT_CELL_COLD: a new one. FRONT_CELL_READY: one that was made ahead, in which no interpreter waits. */
enum front_cell { FRONT_CELL_ANY, FRONT_CELL_COLD, FRONT_CELL_READY, FRONT_CELL_PARKED, N_FRONT_CELLS };

/* Each refusal by front_cell_check() begins with these words. */
#define FRONT_CELL_REFUSED "Exrun-Cell can't be "

/* Returns the kind that the value of the header names; FRONT_CELL_ANY: it names none, or was not given. */
enum front_cell front_cell_read(struct http_slice text);

/* Returns 0 if the run, which is planned, can have a cell of its kind, now or later. Otherwise fails with
 * EX_DATAERR and the pointer of the member that is against it. */
int front_cell_check(const struct front *front, const struct front_run *run, struct error *err);

/* Returns true if a cell of its kind is there for the run, which waits. */
bool front_cell_is_there(const struct front *front, const struct front_run *run);

/* Refuses the runs that wait for a parked cell of the profile, because no interpreter waits any more. */
void front_cell_refuse_parked(struct front *front, unsigned int profile);

#endif
