/* SPDX-License-Identifier: MIT */
/* The messages of a keeper while its run goes on: WIRE_STARTED, WIRE_CHUNK. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_TOLD_H
#define EXRUN_RUNNER_FRONT_FRONT_TOLD_H

struct front_run;
struct wire_message;

/* Tell the readers of the run's events. @run: of the keeper; NULL: it has none. Return 0, -EBADMSG if the
 * keeper may not say that, or -ENOMEM. */
int front_told_start(struct front_run *run, const struct wire_message *message);
int front_told_output(struct front_run *run, const struct wire_message *message);

#endif
