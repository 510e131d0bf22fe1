/* SPDX-License-Identifier: MIT */
/* The output of a run, which its keeper tells as it comes, or has for the answer, or both. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_STREAM_H
#define EXRUN_RUNNER_FRONT_FRONT_STREAM_H

struct content;
struct front;
struct front_run;
struct run_result;

/* Asks the keeper of @run for the events of a run that has begun without them. If there is no memory for
 * them, they get the output when the run has ended. */
void front_stream_ask(struct front *front, struct front_run *run);

/* The run has ended: stores the output that its events have in @result, or completes the events with that of
 * @result. Returns 0, -EBADMSG if the events have more, or -ENOMEM. */
int front_stream_end(const struct front_run *run, struct run_result *result);

/* The answer of the run is written: tells the readers of its events the rest, and @content, its result. If
 * the keeper has told them nothing, the rest is all of the output. @content: NULL: memory was short, and they
 * get nothing. @lean: the lean result; NULL: nobody had asked for events when the answer was begun. */
void front_stream_answer(const struct front_run *run, const struct run_result *result,
                         struct content *content, struct content *lean);

#endif
