/* SPDX-License-Identifier: MIT */
/* The keepers, as the front sees them.
 *
 * A keeper is in one of the states below. The table `permitted` of the source says which message may come in
 * which state; any other one is a fault of the keeper: its socket is closed, and its run ends as an error.
 * The pool (front_pool.h) decides what the keepers do next. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_KEEPERS_H
#define EXRUN_RUNNER_FRONT_FRONT_KEEPERS_H

#include <event2/event.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/front/front_log.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/plan/warm.h"

struct front;
struct front_run;

/* FRONT_KEEPER_STARTING: the order was sent, and its outcome has not come. FRONT_KEEPER_RECLAIMING: the
 * outcome has come, or a drop was sent. FRONT_KEEPER_ASKED: it finds out a version, or whether interpreters
 * can wait in its cells. FRONT_KEEPER_LEAVING: it was retired, because its profiles are replaced, and the
 * next one is about to come. */
enum front_keeper_state {
    FRONT_KEEPER_ABSENT,
    FRONT_KEEPER_EMPTY,
    FRONT_KEEPER_MAKING,
    FRONT_KEEPER_READY,
    FRONT_KEEPER_STARTING,
    FRONT_KEEPER_RECLAIMING,
    FRONT_KEEPER_ASKED,
    FRONT_KEEPER_LEAVING,
    N_FRONT_KEEPER_STATES,
};

#define FRONT_NO_PROFILE UINT_MAX

/* @profiles: generation of those that it has: the newest ones when it was started. @profile: of the cell that
 * it makes or has, as an index in the front's profiles; FRONT_NO_PROFILE: they do not have it. @since_ns:
 * time of the last change of the state. @billed_bytes: memory of its cell, as it was told last; 0: it has
 * none. @parks: the cell is a parked one. @run: the order that it has; borrowed. @logged: of the run whose
 * cell it reclaims. @deadline_ns: when it counts as stuck. @back_ns: until when the warden waits before it
 * starts the next one; 0: it does not. */
struct front_keeper {
    struct front *front;
    unsigned int slot;
    uint32_t generation, profiles;
    int socket;
    struct event *event;
    enum front_keeper_state state;
    unsigned int profile, key;
    bool parks;
    enum wire_type question; /* of FRONT_KEEPER_ASKED */
    uint64_t since_ns, deadline_ns, back_ns, billed_bytes;
    struct front_run *run;
    struct front_log_pending logged;
};

struct front_keepers {
    struct front_keeper *items;
    size_t n;
    size_t n_running, n_async; /* @n_async: of those, the asynchronous ones, see queue.h */
    uint64_t memory_running;
    uint64_t n_starts[N_RUN_CELLS]; /* of runs that have ended, since the front's start */
};

/* Makes room for @n keepers, all of them absent. Returns 0 or -ENOMEM. */
int front_keepers_init(struct front *front, size_t n);
void front_keepers_deinit(struct front *front);

/* Takes the socket of a keeper that the warden has started, which does not wait. Returns 0 or -errno. */
int front_keepers_add(struct front *front, unsigned int slot, uint32_t generation, int socket /* takes */);

/* Returns true if the keeper has other profiles than the front. */
bool front_keeper_is_outdated(const struct front_keeper *keeper);

/* Notes that the next keeper of the slot comes after @pause_ms, because @generation ended badly. */
void front_keepers_note_pause(struct front *front, unsigned int slot, uint32_t generation,
                              unsigned int pause_ms);

/* Numbers the profiles of the keepers' cells again. @map: from an old index to a new one, or
 * FRONT_NO_PROFILE. */
void front_keepers_renumber(struct front *front, const unsigned int *map);

/* Changes the state of the keeper, which counts as stuck if it stays in it for longer than @patience_ns; 0:
 * it may. */
void front_keeper_change(struct front_keeper *keeper, enum front_keeper_state state, uint64_t patience_ns);

/* Ends the connection to a keeper that has ended, or that sent what it may not send. A run that was not
 * started yet waits again. */
void front_keeper_lose(struct front_keeper *keeper);

/* Looks for keepers that do not answer, and tells the warden. Called each second. */
void front_keepers_look(struct front *front);

#endif
