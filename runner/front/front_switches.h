/* SPDX-License-Identifier: MIT */
/* The operator's switches at work: the calls that change them, and the runs that they refuse. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_SWITCHES_H
#define EXRUN_RUNNER_FRONT_FRONT_SWITCHES_H

#include <stdbool.h>

struct connection;
struct front;
struct wire_message;

#define FRONT_SWITCHES_PROFILES "/v1/profiles/" /* followed by a name */

/* Answers a request for a new run with 503 if the switches do not allow one of @profile. Returns true if
 * it is answered. */
bool front_switches_refuse(struct connection *connection, const char *profile);

/* POST /v1/maintenance and POST /v1/profiles/NAME. */
void front_switches_post_maintenance(struct connection *connection);
void front_switches_post_profile(struct connection *connection);

/* Takes the switches of the last front. If they are not valid, none is set. Returns 0 or -ENOMEM. */
int front_switches_take(struct front *front, struct wire_message *message);

#endif
