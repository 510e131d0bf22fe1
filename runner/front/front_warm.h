/* SPDX-License-Identifier: MIT */
/* Parked cells, as the front sees them: for which languages they work, and which runs can have one.
 *
 * A profile that asks for them gets them only after a keeper has run its check program in a parked cell and
 * in another one, and both ended alike. It loses them if they fail several times in a row. If a file changes
 * that its interpreter reads, the check is repeated, and until then no interpreter waits. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_WARM_H
#define EXRUN_RUNNER_FRONT_FRONT_WARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/front/warm_state.h"
#include "runner/text/error.h"
#include "sandbox/keeper/wire.h"

struct front;
struct front_keeper;
struct front_run;

/* Returns true if the interpreters of the profile wait in cells. */
bool front_warm_is_on(const struct front *front, unsigned int profile);

/* Describes in @err why they don't, if the state is FRONT_WARM_OFF. */
void front_warm_tell(const struct front *front, unsigned int profile, struct error *err);

/* Returns how the run could use a parked cell of its profile. Reads its sources. */
enum front_fit front_warm_fit(const struct front_run *run);

/* Returns true if the profile is about to be checked, so that its cells would be of the wrong kind. */
bool front_warm_is_patient(const struct front *front, unsigned int profile);

/* Notes a check that found out nothing. @fault: the reason; FAULT_NONE: its keeper has ended. */
void front_warm_note_unknown(struct front *front, unsigned int profile, const struct fault *fault);

/* Asks a keeper to check a profile, if one is to be checked. Returns true if it did. */
bool front_warm_ask(struct front *front);

/* Takes the answer of @keeper. */
void front_warm_take(struct front_keeper *keeper, const struct wire_checked *checked);

/* Compares the files with those that were checked. @fingerprint: 0: it is not known. */
void front_warm_compare(struct front *front, unsigned int profile, uint64_t fingerprint);

/* Lets the profile be checked again. */
void front_warm_renew(struct front *front, unsigned int profile);

/* Notes that interpreters of the profile could not be parked, the last one for the reason @fault. */
void front_warm_end(struct front *front, unsigned int profile, const struct fault *fault);

#endif
