/* SPDX-License-Identifier: MIT */
/* Who a process of a cell is: nobody.
 *
 * A cell has two user ids, the program's and its PID 1's, so that the program can neither signal nor trace
 * nor renice the process that watches it. Both own no file of the host. Capabilities go from every set, the
 * securebits are locked so that no exec brings them back, no-new-privs is set; then the kernel is asked
 * whether all that is so. set*id are raw system calls, since libc's
 * would signal threads that do not exist between clone and exec. Sources: capabilities(7), credentials(7),
 * prctl(2). */
#ifndef EXRUN_SANDBOX_INSIDE_IDENTITY_H
#define EXRUN_SANDBOX_INSIDE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* @lower: a bit for each capability that the cell's PID 1 keeps until its program runs. @keeps_groups: a user
 * namespace with one id lets nobody drop the groups of its user. */
struct identity {
    uint64_t lower;
    bool keeps_groups;
};

/* PID 1: no supplementary groups, no bounding set, securebits locked, no-new-privs, few capabilities; still
 * uid 0. */
int identity_lower(const struct identity *identity);

/* Becomes @uid for good, after identity_lower(). */
int identity_drop(uid_t uid);

/* Asks the kernel whether the calling process is @uid and nothing more. -EPERM where it is not. */
int identity_verify(const struct identity *identity, uid_t uid);

#endif
