/* SPDX-License-Identifier: MIT */
/* The numbers of a status, as a table that the writer and the reader (status.h) share. */
#ifndef EXRUN_RUNNER_FRONT_STATUS_GROUPS_H
#define EXRUN_RUNNER_FRONT_STATUS_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An object of numbers. @offset: of the first one; the others follow it. @words: names of the members, or
 * NULL for the verdicts'. @may_lack: a member that is null instead of 0. */
struct status_group {
    const char *name; /* "": the numbers are members of the document */
    size_t offset;
    const char *const *words;
    size_t n;
    const char *may_lack;
};

enum { STATUS_N_GROUPS = 10 };

extern const struct status_group status_groups[STATUS_N_GROUPS], status_group_of_profile,
    status_group_of_example;

/* Returns the name of the group's member @i. */
const char *status_group_word(const struct status_group *group, size_t i);

/* Returns true if the member is null instead of 0. */
bool status_group_may_lack(const struct status_group *group, size_t i);

/* Returns the number of the member in @base, the struct that has the group. */
uint64_t *status_group_number(void *base, const struct status_group *group, size_t i);

#endif
