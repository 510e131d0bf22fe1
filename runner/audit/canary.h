/* SPDX-License-Identifier: MIT */
/* The audit's own markers: the targets of the probes, which show whether one has broken out.
 *
 * A probe does not attack anything of the machine itself. It looks for these markers, and each
 * contains a secret that nobody can guess. If a probe's output contains the secret, or one of the
 * audit's sockets receives a connection, a layer has failed, whatever the probe itself prints. The
 * audit removes its markers at its end; the next audit removes those of one that was killed. These
 * words in a probe's text are replaced:
 *
 *   @DIR@     a directory that everybody can enter: "secret" can be read by all, "open" written by all
 *   @PORT@    a TCP port on 127.0.0.1 and ::1 on which the audit listens
 *   @NAME@    the name of an abstract socket (unix(7)); the audit listens on it, and on "socket" in @DIR@
 *   @KEY@     the key of a System V shared memory segment that all can read and write
 *   @PID@     this process, whose environment contains the secret
 *
 * In addition, the machine's name must not change. A cell must not inherit any descriptor of this
 * process, because some of them lead to the secret. */
#ifndef EXRUN_RUNNER_AUDIT_CANARY_H
#define EXRUN_RUNNER_AUDIT_CANARY_H

#include "runner/text/error.h"
#include "sandbox/plan/job.h"

enum canary_door { CANARY_INET, CANARY_INET6, CANARY_ABSTRACT, CANARY_PATH, N_CANARY_DOORS };

struct canary {
    char secret[33], directory[64], name[48], host[65];
    int doors[N_CANARY_DOORS]; /* listening, non-blocking sockets; -1: not available on this machine */
    int port, key, shared, leaked;
    int lock; /* the lock on the directory, held while it is in use */
};

#define CANARY_NONE                                                        \
    {                                                                      \
        .doors = {-1, -1, -1, -1}, .shared = -1, .leaked = -1, .lock = -1, \
    }

/* Creates all markers. The caller must call canary_close() even on failure. */
int canary_open(struct canary *canary, struct error *err);
void canary_close(struct canary *canary);

/* Replaces the words in @text by the names of the markers. The caller frees *ret. Returns 0 or -ENOMEM. */
int canary_fill(const struct canary *canary, const struct bytes *text, struct bytes *ret);

/* Describes the change that was made to a marker, or returns NULL. Each change is reported once and
 * then undone. If several probes run at the same time, the report can go to any of them. */
const char *canary_touched(struct canary *canary);

#endif
