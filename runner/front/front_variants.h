/* SPDX-License-Identifier: MIT */
/* Variants: commands of a profile other than its usual one, for which interpreters wait, too.
 *
 * An interpreter that waits has read its arguments and its environment, so it can serve only runs with the
 * same ones. A command that was asked for several times in a minute becomes a variant, with parked cells of
 * its own and a key of the pool. A profile has a bounded number of them; the one that was asked for least
 * recently gives way. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_VARIANTS_H
#define EXRUN_RUNNER_FRONT_FRONT_VARIANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/plan/parked.h"

struct front;
struct front_run;

enum { VARIANTS_ROOM = 64, VARIANTS_OF_PROFILE = 8, VARIANTS_CANDIDATES = 64, VARIANTS_ASKED = 3 };

/* @command: owned; without argv, the place is free. @order: room for a struct wire_make, and then the job
 * that has this command (plan/order.h); owned. @is_ending: it has given way, and its cells are being dropped.
 * @is_off: its interpreters can't be parked. */
struct variant {
    unsigned int profile;
    struct parked_command command;
    char *order;
    size_t order_size;
    uint64_t asked_ns;
    bool is_ending, is_off;
};

/* A command that is not a variant yet. @digest: of profile, arguments and environment. @asked_ns: the last
 * times; the first is the oldest. */
struct variant_candidate {
    uint64_t digest, asked_ns[VARIANTS_ASKED];
};

/* @n: of @items, all further ones are free. */
struct variants {
    struct variant items[VARIANTS_ROOM];
    unsigned int n;
    struct variant_candidate candidates[VARIANTS_CANDIDATES];
};

/* Returns the index of the variant that has the command of @run, also of one that is off, or -1. */
int front_variants_find(const struct front *front, const struct front_run *run);

/* Notes a run that can have a parked cell. If it has another than the usual command, that can become a
 * variant; if the run can have no other cell, it does so at once. */
void front_variants_note(struct front *front, const struct front_run *run);

/* Notes that the interpreters of a variant can't be parked. */
void front_variants_give_up(struct front *front, const struct variant *variant);

/* Frees the places of variants that have given way and have no cells any more. */
void front_variants_tidy(struct front *front);

/* Forgets all. */
void front_variants_deinit(struct variants *variants);

#endif
