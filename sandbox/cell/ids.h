/* SPDX-License-Identifier: MIT */
/* Which user ids there are for cells, and what of exrun's own identity a cell starts with. */
#ifndef EXRUN_SANDBOX_CELL_IDS_H
#define EXRUN_SANDBOX_CELL_IDS_H

#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/lease.h"
#include "sandbox/inside/identity.h"

/* How many ids from @first on this process's user namespace has: all, where it is the machine's own. */
uint64_t ids_mapped(uid_t first);

/* How many ids there are for cells here, as struct lease counts them. Root's are not looked for. */
unsigned int ids_count(void);

/* The program's user and group ID, and those of the cell's PID 1: two of the slot's, or our own for both. */
uid_t ids_program(const struct lease *lease);
uid_t ids_init(const struct lease *lease);

/* What identity_lower() and identity_verify() of a cell's processes go by. */
void ids_prepare(struct identity *identity);

#endif
