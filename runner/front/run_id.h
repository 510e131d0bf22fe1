/* SPDX-License-Identifier: MIT */
/* IDs of runs that have none. */
#ifndef EXRUN_RUNNER_FRONT_RUN_ID_H
#define EXRUN_RUNNER_FRONT_RUN_ID_H

enum { RUN_ID_ROOM = 65 };

/* Stores 128 random bits as text, so that nobody guesses another client's run. Returns 0, or -EIO if there
 * are no random numbers. */
int run_id_make(char ret[RUN_ID_ROOM]);

#endif
