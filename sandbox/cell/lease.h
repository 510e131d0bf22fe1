/* SPDX-License-Identifier: MIT */
/* Slots and their leases.
 *
 * A cell needs names that no other cell uses: two user IDs and a cgroup name. A slot is such a set. A slot is
 * leased by locking its file. The kernel releases the lock when the last process that has the file open
 * exits, even after SIGKILL or a power failure. The cell's PID 1 also keeps the file open, and no process of
 * the cell outlives PID 1. exrun never uses timestamps or process IDs to decide whether an owner is alive,
 * because both can repeat. The holder of a lease may remove everything that has the slot's name, except
 * groups that are locked (cgroup.h), because a lease file can be lost, and its lock then protects nothing.
 *
 * The file exists while the slot is leased, and remains if its owner crashes. It contains one line: the
 * boot ID, the process ID and the time, which are for people, and the parent group of the cell's cgroup,
 * if one was configured, because a dead owner's leftovers are in that group. */
#ifndef EXRUN_SANDBOX_CELL_LEASE_H
#define EXRUN_SANDBOX_CELL_LEASE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    LEASE_N_SLOTS = 4096,
    LEASE_N_IDS = 2 * LEASE_N_SLOTS + 1, /* two for each slot, and one for the front of the service */
    /* systemd leaves this range of user IDs unassigned (https://systemd.io/UIDS-GIDS/). */
    LEASE_FIRST_UID = 1900000000,
};

/* Outcome of lease_take() and lease_take_slot(). */
enum { LEASE_E_NONE_FREE = 1 };

struct lease {
    int fd;              /* the locked file; -1: no lease is held */
    const char *runtime; /* settings.runtime, borrowed; the lock files are in its directory "slots" */
    unsigned int slot;
    unsigned int n_ids; /* available IDs from LEASE_FIRST_UID on, two for each slot; 1: only exrun's own ID is
                           available */
};

/* Returns the number of slots for @n_ids IDs, which are counted as in struct lease. */
unsigned int lease_n_slots(unsigned int n_ids);

/* Leases the first free slot that has user IDs, starting at @first. Skips a slot if its file is not a
 * regular file, or can't be opened because of its type or permissions. Returns 0, LEASE_E_NONE_FREE if all
 * slots are in use, the -errno of a skipped slot if no other slot is free, or another -errno. */
int lease_take(struct lease *lease, unsigned int first);

/* Leases @slot if it is free. Anything that still has the slot's name then belongs to a dead owner. If the
 * slot has no file, the file is created if @makes; otherwise this returns 0 and @lease holds nothing.
 * Returns 0, LEASE_E_NONE_FREE if the slot is in use, or -errno. */
int lease_take_slot(struct lease *lease, unsigned int slot, bool makes);

/* Writes the owner into the slot's file. @parent is cgroup_tree.parent. */
void lease_sign(const struct lease *lease, const char *parent);

/* Reads the parent group that the slot's previous owner wrote into the file. Returns false if the file has
 * no valid record, or if the parent group does not fit into @room bytes. */
bool lease_parent(const struct lease *lease, char *ret, size_t room);

/* Releases the lease and deletes its file. */
void lease_release(struct lease *lease);

/* Releases the lease but keeps its file. */
void lease_leave(struct lease *lease);

/* Returns when the slot's file was written, in milliseconds since 1970, or 0 if no lease is held. This
 * does not show whether the owner is alive. */
uint64_t lease_time_ms(const struct lease *lease);

/* Stores in *ret the slots that have a file, as a bit set of LEASE_N_SLOTS bits. The caller frees it, even
 * on failure. If @makes, creates the directories if they are missing. Returns 0 or -errno. */
int lease_list(const char *runtime, bool makes, unsigned char **ret);

/* Locks the directory of the slots, which only exrun's user can open, and creates it if it is missing. Waits
 * while another process has the lock, which is not needed for leases: it protects the sockets of the service
 * (warden/listener.h). Returns a descriptor; the lock ends when it is closed. Or returns -errno. */
int lease_lock(const char *runtime);

/* Convert a slot to the name of its cgroup, and back. lease_slot_of() returns false if @name is not the
 * name of a slot's cgroup. */
void lease_cgroup_name(const struct lease *lease, char name[32]);
bool lease_slot_of(const char *name, unsigned int *ret);

#endif
