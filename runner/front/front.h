/* SPDX-License-Identifier: MIT */
/* The front: the process of the service that speaks HTTP.
 *
 * It has no privileges (sandbox/warden/front_confine.h). The warden hands it listening sockets, the profiles
 * and a socket for each keeper. One event loop does everything: it reads requests, lets them wait in a fair
 * queue, asks the pool which keeper does what, and writes the answers. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_H
#define EXRUN_RUNNER_FRONT_FRONT_H

#include <event2/event.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "runner/front/departures.h"
#include "runner/front/front_keepers.h"
#include "runner/front/front_load.h"
#include "runner/front/front_log.h"
#include "runner/front/front_pool.h"
#include "runner/front/front_standing.h"
#include "runner/front/front_status.h"
#include "runner/front/front_variants.h"
#include "runner/front/kept_answers.h"
#include "runner/front/listening.h"
#include "runner/front/metrics.h"
#include "runner/front/pace.h"
#include "runner/front/queue.h"
#include "runner/front/resource_key.h"
#include "runner/front/switches.h"
#include "runner/front/worker.h"
#include "sandbox/plan/machine.h"

struct front_run;
struct connection;

/* @version: of exrun. @status_fd: see front_process.h. Everything is borrowed. */
struct front_config {
    const struct machine *machine;
    const char *version;
    int status_fd;
};

/* @warden: socket. @runs: those that wait or run. @n_runs: numbers given so far. */
struct front {
    const struct front_config *config;
    struct event_base *base;
    int warden;
    struct event *of_warden, *pulse;
    struct front_load *load; /* NULL: it has not come yet */
    struct pace pace;
    struct worker worker;
    struct departures departures;
    struct front_log log;
    TAILQ_HEAD(front_listeners, front_listener) listeners;
    struct wire_message access; /* for the profiles that come next; WIRE_MESSAGE_NONE: it has not come */
    struct wire_message page;   /* likewise; it never comes if no listener has a page */
    struct front_keepers keepers;
    struct front_pool pool;
    struct variants variants;
    struct front_tally tally;
    struct metrics *metrics;
    uint64_t started_us; /* of the front, since 1970 */
    struct queue queue;
    struct front_standing standing;
    struct switches switches;
    TAILQ_HEAD(front_runs, front_run) runs;
    uint64_t n_runs;
    size_t n_connections, most_fds; /* RLIMIT_NOFILE */
    uint64_t bodies_bytes;          /* of requests that are being received, or wait for the thread */
    uint64_t reserved_bytes;        /* for runs that have a keeper, and for answers that are not read yet */
    struct kept_answers kept;       /* answers of runs that have ended */
    unsigned char resource_secret[RESOURCE_SECRET_BYTES]; /* of this process: see resource_key.h */
    TAILQ_HEAD(connections, connection) connections;
    struct content *openapi;     /* document of the API; NULL: nobody has asked for it */
    bool is_draining, is_ending; /* @is_ending: it does not wait for runs any more, but cancels them */
};

/* Works until the warden closes @warden, or until the last accepted run has ended after its message `drain`.
 * Returns the exit status of the process. */
int front_work(const struct front_config *config, int warden);

/* Looks whether a drain has come to its end. */
void front_check_drain(struct front *front);

#endif
