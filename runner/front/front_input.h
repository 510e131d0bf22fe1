/* SPDX-License-Identifier: MIT */
/* Input for a run's stdin that clients send while the run waits or runs.
 *
 * The front keeps what the program's pipe has not taken, and sends it to the keeper piece by piece: at most
 * WIRE_STDIN_WINDOW bytes that are not taken, and a small piece only if nothing else is under way, so that
 * many small requests can't fill the keeper's socket. If the keeper dies before the program has started, the
 * next one gets it all. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_INPUT_H
#define EXRUN_RUNNER_FRONT_FRONT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/growing.h"

struct front_run;

/* Bytes that a run can have unread. */
enum { FRONT_INPUT_MOST_BYTES = 1 << 20 };

/* Zeroed, nothing has come. @bytes, from @from on: what was not taken. @n_sent: how many of those the keeper
 * has. @n_taken: bytes before them. @has_ended: clients can't send more. @told_end: the keeper knows that. */
struct front_input {
    struct growing bytes;
    size_t from, n_sent;
    uint64_t n_taken;
    bool has_ended, told_end;
};

/* Returns the number of bytes that are not taken. */
size_t front_input_unread(const struct front_input *input);

/* Returns the offset of the next byte that a client can send. */
uint64_t front_input_next(const struct front_input *input);

/* Adds what a client has sent. @ends: nothing follows. Returns 0 or -ENOMEM. */
int front_input_add(struct front_input *input, const char *bytes, size_t size, bool ends);

/* Sends what can be sent to the run's keeper, if it has one. If that one is gone, the run ends here. */
void front_input_send(struct front_run *run);

/* The keeper has put @n bytes into the program's pipe. Returns 0, or -EBADMSG if it never had so many. */
int front_input_take(struct front_input *input, size_t n);

/* The keeper is gone, so the next one starts again with what was not taken. */
void front_input_return(struct front_input *input);

void front_input_deinit(struct front_input *input);

#endif
