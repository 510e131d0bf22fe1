/* SPDX-License-Identifier: MIT */
/* How long a client may take to read an answer.
 *
 * An answer takes memory until it is read. A client that reads a few bytes at a time would hold that for as
 * long as it likes, because each of them ends the time-out of one that reads nothing. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_READER_H
#define EXRUN_RUNNER_FRONT_CONNECTION_READER_H

#include <stdint.h>

struct connection;
struct front;

/* From now on, the client has 30 s, and a second for each 16 KiB, to read the last @bytes of an answer. */
void connection_reader_begin(struct connection *connection, uint64_t bytes);

/* The answer is read. */
void connection_reader_end(struct connection *connection);

/* Closes the connections whose clients take too long. Called each second. */
void connection_reader_look(struct front *front);

#endif
