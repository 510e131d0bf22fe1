/* SPDX-License-Identifier: MIT */
/* The messages of a keeper while its run goes on. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_TOLD_H
#define EXRUN_RUNNER_FRONT_FRONT_TOLD_H

struct front_run;
struct wire_message;

/* WIRE_STARTED and WIRE_CHUNK, for the readers of the run's events; WIRE_READING, also for the wall time;
 * WIRE_TAKEN, and WIRE_BEAT. @run: of the keeper; NULL: it has none. Return 0, -EBADMSG if the keeper may not
 * say that, or -ENOMEM. The run can have ended afterwards. */
int front_told_start(struct front_run *run, const struct wire_message *message);
int front_told_output(struct front_run *run, const struct wire_message *message);
int front_told_reading(struct front_run *run, const struct wire_message *message);
int front_told_taken(struct front_run *run, const struct wire_message *message);
int front_told_beat(struct front_run *run, const struct wire_message *message);

#endif
