/* SPDX-License-Identifier: MIT */
/* Slots, and who owns one.
 *
 * A cell needs names that nobody else uses: two user ids and a cgroup's name. A slot is such a set. It is
 * taken by a lock on the slot's file, which the kernel drops with the last process that has it open, also
 * after SIGKILL and a power cut; the cell's PID 1 holds it as well, so a slot stays taken for as long as
 * anything of its cell lives. Age and process ids are never asked: both repeat. Whoever holds the lease may
 * remove whatever bears the slot's name.
 *
 * The file is there while the slot is taken, and after its owner died without a word. It says in one line who
 * took it: the boot's id, the process's id and when. That is for people; another boot's id says besides that
 * no lock can be meant any more. */
#ifndef EXRUN_SANDBOX_CELL_LEASE_H
#define EXRUN_SANDBOX_CELL_LEASE_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

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

/* Takes the first free slot from @first on. LEASE_E_NONE_FREE where all are in use. */
int lease_take(struct lease *lease, unsigned int first);

/* Takes the slot @slot, where nobody has it: then what bears its name is a dead owner's. LEASE_E_NONE_FREE
 * where somebody has. */
int lease_take_slot(struct lease *lease, unsigned int slot);

/* Lets it go, and its file with it. */
void lease_release(struct lease *lease);

/* The same, but the file stays. */
void lease_leave(struct lease *lease);

/* When the slot's file was written; false where there is none. Not a sign of life or death. */
bool lease_time(const struct lease *lease, time_t *ret);

/* Which slots have a file: a bit set of LEASE_N_SLOTS bits that the caller owns. 0 or -errno. */
int lease_list(unsigned char **ret);

/* The program's user and group id, and those of the cell's PID 1. */
uid_t lease_program_uid(const struct lease *lease);
uid_t lease_init_uid(const struct lease *lease);

/* The name of the slot's cgroup, and back: false where @name is none. */
void lease_cgroup_name(const struct lease *lease, char name[32]);
bool lease_slot_of(const char *name, unsigned int *ret);

#endif
