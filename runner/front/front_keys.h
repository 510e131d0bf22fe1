/* SPDX-License-Identifier: MIT */
/* The keys of the pool (pool.h): which cells are alike.
 *
 * A profile has one for cells that any of its runs can have, and one for cells in which its interpreter waits
 * for its usual command. Each variant (front_variants.h) has one. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_KEYS_H
#define EXRUN_RUNNER_FRONT_FRONT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct front;
struct front_run;
struct variant;

/* The meaning of a key. @parks: interpreters wait in its cells. @variant: NULL: for the usual command.
 * Borrowed.
 */
struct front_key {
    unsigned int profile;
    bool parks;
    const struct variant *variant;
};

/* Return a key of the profile's, and that of the variant with this index. */
unsigned int front_keys_of_profile(unsigned int profile, bool parks);
unsigned int front_keys_of_variant(const struct front *front, unsigned int index);

/* Returns the key of the cells that wait for the profile's usual runs: the parked ones, if there are any. */
unsigned int front_keys_usual(const struct front *front, unsigned int profile);

size_t front_keys_count(const struct front *front);
struct front_key front_keys_meaning(const struct front *front, unsigned int key);

/* Returns true if cells of this key may be made. */
bool front_keys_allow(const struct front *front, unsigned int key);

/* Stores the keys of the cells that can run @run, the best first, in @ret, which has room for
 * POOL_KEYS_OF_RUN. Returns their number, at least one unless it asks for a kind of cell that is not there.
 */
size_t front_keys_of_run(const struct front *front, const struct front_run *run, unsigned int *ret);

/* Returns true if a keeper makes or has a cell of this key. */
bool front_keys_are_used(const struct front *front, unsigned int key);

#endif
