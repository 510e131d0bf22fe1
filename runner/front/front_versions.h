/* SPDX-License-Identifier: MIT */
/* The versions of the languages, which the keepers find out for the front.
 *
 * The front asks a keeper that has nothing else to do, for one language after the other: at the start, after
 * a reload, and when a keeper reports that a program was replaced. No run, and no cell that is to be made,
 * waits for that. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_VERSIONS_H
#define EXRUN_RUNNER_FRONT_FRONT_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct front;
struct front_keeper;
struct front_load;

/* Asks an idle keeper for the next version that is not known, if nothing else is to be done. Returns true if
 * it did. */
bool front_versions_ask(struct front *front);

/* Takes the answer of a keeper. Returns 0, or -EBADMSG if it is not one. */
int front_versions_take(struct front_keeper *keeper, const char *payload, size_t size);

/* Compares the state of the program that a keeper has seen. Returns the version if it is the version of that
 * program, or else "". Then the front asks again. */
const char *front_versions_check(struct front *front, struct front_load *load, unsigned int profile,
                                 uint64_t program);

/* Keeps the versions of @old in @load until the keepers have answered, because most profiles stay the same.
 */
void front_versions_keep(struct front_load *load, const struct front_load *old);

#endif
