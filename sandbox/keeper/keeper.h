/* SPDX-License-Identifier: MIT */
/* The keeper: one process of the service that runs one program at a time.
 *
 * It makes a cell before anyone asks for it, runs the order that comes in it, answers as soon as nothing of
 * the run can execute any more, and only then reclaims the cell. Everything is done by the same code as a
 * one-shot run, one step after the other, so a crash ends one run, and the kernel's parent-death signal ends
 * the cell of a keeper that was killed.
 *
 * The front, which sends the orders, reads what strangers send, so the keeper does not trust it: a message
 * must fit its row and the keeper's state (keeper/wire.h), an order is checked as a whole and against its
 * profile (plan/order.h, plan/job_check.h), and the keeper plans it itself. If the front closes its socket,
 * the keeper cancels its run, reclaims, and ends. */
#ifndef EXRUN_SANDBOX_KEEPER_KEEPER_H
#define EXRUN_SANDBOX_KEEPER_KEEPER_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/plan/profile.h"
#include "sandbox/run/host.h"

/* Everything is borrowed. @busy_until_ns: where the keeper writes until when it may be busy with its current
 * step (CLOCK_MONOTONIC); 0: it waits for a message. */
struct keeper_config {
    const struct host *host;
    const struct profile *profiles;
    size_t n_profiles;
    uint32_t profiles_generation, generation;
    int socket;
    volatile uint64_t *busy_until_ns;
};

/* The exit statuses of a keeper. */
enum keeper_end {
    KEEPER_END_FINE = 0,
    KEEPER_END_MESSAGE = 1,     /* the front sent something that it may not send */
    KEEPER_END_UNRECLAIMED = 2, /* something of a cell is left, so its slot stays leased */
    KEEPER_END_SOCKET = 3,
};

/* Works until the front closes the socket, or retires the keeper. */
enum keeper_end keeper_work(const struct keeper_config *config);

#endif
