/* SPDX-License-Identifier: MIT */
/* Slots, and who owns one.
 *
 * A cell needs names that nobody else uses: two user ids and a cgroup's name. A slot is such a set. It is
 * taken by a lock on the slot's file, which the kernel drops with the last process that has it open, also
 * after SIGKILL and a power cut; the cell's PID 1 holds it as well, so a slot stays taken for as long as
 * anything of its cell lives. Age and process ids are never asked: both repeat. Whoever holds the lease may
 * remove whatever bears the slot's name. */
#ifndef EXRUN_SANDBOX_CELL_LEASE_H
#define EXRUN_SANDBOX_CELL_LEASE_H

#include <sys/types.h>

/* Where the lock files are; also where a cell's root is mounted, in the cell's own mount namespace only. */
#define LEASE_RUNTIME "/run/exrun"

enum {
    LEASE_N_SLOTS = 4096,
    /* systemd's table of user ids leaves this range to nobody (https://systemd.io/UIDS-GIDS/). */
    LEASE_FIRST_UID = 1900000000,
};

/* Outcome of lease_take(). */
enum { LEASE_E_NONE_FREE = 1 };

struct lease {
    int fd; /* the locked file; -1: none held */
    unsigned int slot;
};

/* Takes the first free slot. LEASE_E_NONE_FREE where all are in use. */
int lease_take(struct lease *lease);
void lease_release(struct lease *lease);

/* The program's user and group id, and those of the cell's PID 1. */
uid_t lease_program_uid(const struct lease *lease);
uid_t lease_init_uid(const struct lease *lease);

/* The name of the slot's cgroup. */
void lease_cgroup_name(const struct lease *lease, char name[32]);

#endif
