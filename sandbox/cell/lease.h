/* SPDX-License-Identifier: MIT */
/* Slots, and who owns one.
 *
 * A cell needs names that nobody else uses: two user ids and a cgroup's name. A slot is such a set. It is
 * taken by a lock on the slot's file, which the kernel drops with the last process that has it open, also
 * after SIGKILL and a power cut; the cell's PID 1, with which all of the cell ends, holds it as well. Age and
 * process ids are never asked: both repeat. Whoever holds the lease may remove whatever bears the slot's
 * name, but for groups that somebody holds (cgroup.h): a lock is worth as much as its file, which can be
 * lost.
 *
 * The file is there while the slot is taken, and after its owner died without a word. It says in one line who
 * took it: the boot's id, the process's id and when, which is for people, and the parent group that was given
 * for the cell's, if any: what a dead owner left lies there. */
#ifndef EXRUN_SANDBOX_CELL_LEASE_H
#define EXRUN_SANDBOX_CELL_LEASE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/base/error.h"

enum {
    LEASE_N_SLOTS = 4096,
    /* systemd's table of user ids leaves this range to nobody (https://systemd.io/UIDS-GIDS/). */
    LEASE_FIRST_UID = 1900000000,
};

/* Outcome of lease_take(). */
enum { LEASE_E_NONE_FREE = 1 };

struct lease {
    int fd;              /* the locked file; -1: none held */
    const char *runtime; /* settings.runtime, borrowed: the lock files are in "slots" below it */
    unsigned int slot;
    unsigned int n_ids; /* from LEASE_FIRST_UID on, two for a slot; 1: our own id is the only one */
};

/* Takes the first free slot from @first on that has ids; one whose file is none, or none of ours, is passed
 * over. LEASE_E_NONE_FREE where all are in use. */
int lease_take(struct lease *lease, unsigned int first);

/* Takes the slot @slot, where nobody has it: then what bears its name is a dead owner's. LEASE_E_NONE_FREE
 * where somebody has. @makes: else a slot without a file is nobody's, and stays without one: @lease holds
 * nothing then. */
int lease_take_slot(struct lease *lease, unsigned int slot, bool makes);

/* Writes down who has it. @parent: cgroup_tree.parent. */
void lease_sign(const struct lease *lease, const char *parent);

/* The parent that was written down by whoever had the slot before. False where nobody had. */
bool lease_parent(const struct lease *lease, char *ret, size_t room);

/* Lets it go, and its file with it. */
void lease_release(struct lease *lease);

/* The same, but the file stays. */
void lease_leave(struct lease *lease);

/* When the slot's file was written, in milliseconds since 1970; 0 where there is none. Not a sign of life or
 * death. */
uint64_t lease_time_ms(const struct lease *lease);

/* Which slots have a file: a bit set of LEASE_N_SLOTS bits that the caller owns. 0 or -errno. @makes: the
 * directories, where they are missing. */
int lease_list(const char *runtime, bool makes, unsigned char **ret);

/* The name of the slot's cgroup, and back: false where @name is none. */
void lease_cgroup_name(const struct lease *lease, char name[32]);
bool lease_slot_of(const char *name, unsigned int *ret);

#endif
