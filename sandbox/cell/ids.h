/* SPDX-License-Identifier: MIT */
/* The user IDs that are available for cells, and the capabilities and groups that a cell keeps from exrun at
 * its start. */
#ifndef EXRUN_SANDBOX_CELL_IDS_H
#define EXRUN_SANDBOX_CELL_IDS_H

#include <stdint.h>
#include <sys/types.h>

#include "sandbox/cell/lease.h"
#include "sandbox/inside/identity.h"

/* Returns how many consecutive user IDs, starting at @first, are mapped in this process's user namespace.
 * In the machine's initial user namespace, these are all IDs. */
uint64_t ids_mapped(uid_t first);

/* Returns how many IDs are available for cells, counted as in struct lease. If exrun runs as root, the map
 * is not checked. */
unsigned int ids_count(void);

/* Returns the user ID, which is also the group ID, of the front of the service: the last one, which no cell
 * gets, or exrun's own ID if fewer than three are mapped. */
uid_t ids_front(void);

/* Return the user ID, which is also the group ID, of the program and of the cell's PID 1: two IDs of the
 * slot, or exrun's own ID for both. */
uid_t ids_program(const struct lease *lease);
uid_t ids_init(const struct lease *lease);

/* Fills the input of identity_lower() and identity_verify() for a cell's processes. */
void ids_prepare(struct identity *identity);

#endif
