/* SPDX-License-Identifier: MIT */
/* Input for a program's stdin that arrives while the program runs. */
#ifndef EXRUN_SANDBOX_RUN_LIVE_INPUT_H
#define EXRUN_SANDBOX_RUN_LIVE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So much can wait for the program: as much as a pipe takes. */
enum { LIVE_INPUT_BYTES = 65536 };

/* Zeroed, it is empty. @from, @size: in @bytes, what waits. @has_ended: nothing more comes, so the program
 * gets an end of file. @still_ms: how long the wall time may stand still altogether while the program waits
 * for input; it can be lowered at any time. */
struct live_input {
    uint64_t still_ms;
    bool has_ended;
    size_t from, size;
    char bytes[LIVE_INPUT_BYTES];
};

/* Adds bytes. Returns 0, or -ENOBUFS if they are more than there is room for, or -EPIPE after the end. */
int live_input_add(struct live_input *input, const char *bytes, size_t size);

/* Removes up to @size bytes from the beginning. Returns their number. */
size_t live_input_take(struct live_input *input, char *ret, size_t size);

#endif
