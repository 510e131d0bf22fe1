/* SPDX-License-Identifier: MIT */
/* The auditor's own markers: what probes aim at, and where it shows that one has come through.
 *
 * A probe attacks nothing of the machine's. It looks for these, and each has a secret in it that nobody can
 * guess: where the secret is among what a probe brought out, or somebody has come to a door of ours, a wall
 * is open, whatever the probe itself says. They go with the auditor; those of one that was killed go with the
 * next one. In a probe's text stand for them:
 *
 *   @DIR@     a directory, open to all: "secret" can be read by all, "open" written by all
 *   @PORT@    a TCP port on 127.0.0.1 and ::1 at which we listen
 *   @NAME@    the abstract socket (unix(7)) of this name, and "socket" in the directory: likewise
 *   @KEY@     the key of a shared memory segment of System V that all may read and write
 *   @PID@     this process, in whose environment the secret stands
 *
 * Beside them the machine's name must stay what it is, and each descriptor that a cell inherits from this
 * process could be one to the secret: some are. */
#ifndef EXRUN_RUNNER_AUDIT_CANARY_H
#define EXRUN_RUNNER_AUDIT_CANARY_H

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

enum canary_door { CANARY_INET, CANARY_INET6, CANARY_ABSTRACT, CANARY_PATH, N_CANARY_DOORS };

struct canary {
    char secret[33], directory[64], name[48], host[65];
    int doors[N_CANARY_DOORS]; /* listen and do not block; -1: this machine has none of that kind */
    int port, key, shared, leaked;
    int lock; /* the directory's, held as long as it is in use */
};

#define CANARY_NONE                                                        \
    {                                                                      \
        .doors = {-1, -1, -1, -1}, .shared = -1, .leaked = -1, .lock = -1, \
    }

/* Makes them all. canary_close() in any case. */
int canary_open(struct canary *canary, struct error *err);
void canary_close(struct canary *canary);

/* Puts what they are called in the place of their words. *ret is the caller's to free. 0 or -ENOMEM. */
int canary_fill(const struct canary *canary, const struct bytes *text, struct bytes *ret);

/* What somebody did to them, in words; NULL: nothing. Told once: it is put right. Runs at the same time share
 * the blame. */
const char *canary_touched(struct canary *canary);

#endif
