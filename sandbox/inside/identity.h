/* SPDX-License-Identifier: MIT */
/* The identity of a cell's processes, which has no rights.
 *
 * A cell has two user IDs, one for the program and one for its PID 1, so the program can't signal, trace or
 * renice the process that watches it. Neither owns a file of the host. If a user without root has no
 * subordinate IDs, both are the user's own ID instead (userns/userns.h). Capabilities are removed from every
 * set, the securebits are locked so that no exec restores them, and no-new-privs is set. Then the kernel is
 * asked whether all this is true. set*id are raw system calls, because libc's would signal threads that do
 * not exist between clone and exec. Sources: capabilities(7), credentials(7), prctl(2). */
#ifndef EXRUN_SANDBOX_INSIDE_IDENTITY_H
#define EXRUN_SANDBOX_INSIDE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* @lower: a bit for each capability that the cell's PID 1 keeps until its program runs. @keeps_groups: a user
 * namespace with one ID does not let its user's groups be dropped. */
struct identity {
    uint64_t lower;
    bool keeps_groups;
};

/* Empties the bounding set, which processes inherit, and which never grows (capabilities(7)). A process that
 * makes many cells does it once, so that there is nothing left to do for each of them. Returns 0 or -errno.
 */
int identity_empty_bounding_set(void);

/* Lowers PID 1, which keeps its user ID (0 if exrun is root): no supplementary groups unless @keeps_groups,
 * no bounding set, securebits locked, no-new-privs, few capabilities. Returns 0 or -errno. */
int identity_lower(const struct identity *identity);

/* Becomes @uid permanently, after identity_lower(). Returns 0 or -errno. */
int identity_drop(uid_t uid);

/* Asks the kernel whether the calling process is @uid and has no further rights. Returns 0, or -EPERM if it
 * has. */
int identity_verify(const struct identity *identity, uid_t uid);

/* Asks the same, except for the bounding set. A process got it from the one that cloned it, which asks about
 * its own, and since then it can only have become smaller. */
int identity_verify_clone(const struct identity *identity, uid_t uid);

#endif
