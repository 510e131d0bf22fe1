/* SPDX-License-Identifier: MIT */
/* Who a process of a cell is: nobody.
 *
 * A cell has two user ids, the program's and its PID 1's, so that the program can neither signal nor trace
 * nor renice the process that watches it. Both own no file of the host. Capabilities go from every set, the
 * securebits are locked so that no exec brings them back, no-new-privs is set; then the kernel is asked
 * whether all that is so. Runs between clone and exec: the sets are made before, set*id are raw system calls,
 * since libc's would signal threads that do not exist there. Sources: capabilities(7), credentials(7),
 * prctl(2). */
#ifndef EXRUN_SANDBOX_CELL_IDENTITY_H
#define EXRUN_SANDBOX_CELL_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/capability.h>
#include <sys/types.h>

/* The sets of capabilities, made before the clone. */
struct identity {
    cap_t none;        /* what a program has */
    cap_t lower;       /* what the cell's PID 1 keeps until its program runs */
    bool keeps_groups; /* a user namespace with one id lets nobody drop the groups of its user */
};

/* How many ids from @first on this process's user namespace has: all, where it is the machine's own. */
uint64_t identity_mapped(uid_t first);

/* How many ids there are for cells here, as struct lease counts them. Root's are not looked for. */
unsigned int identity_count(void);

int identity_init(struct identity *identity);
void identity_deinit(struct identity *identity);

/* PID 1: no supplementary groups, no bounding set, securebits locked, no-new-privs, few capabilities; still
 * uid 0. */
int identity_lower(const struct identity *identity);

/* Becomes @uid for good, after identity_lower(). */
int identity_drop(const struct identity *identity, uid_t uid);

/* Asks the kernel whether the calling process is @uid and nothing more. -EPERM where it is not. */
int identity_verify(const struct identity *identity, uid_t uid);

#endif
