/* SPDX-License-Identifier: MIT */
/* A run of the service, from its request to its answer. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_RUN_H
#define EXRUN_RUNNER_FRONT_FRONT_RUN_H

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "runner/front/connection.h"
#include "runner/front/front_cell.h"
#include "runner/front/front_input.h"
#include "runner/front/front_standing.h"
#include "runner/front/queue.h"
#include "runner/front/warm_state.h"
#include "runner/text/error.h"
#include "sandbox/base/fault.h"
#include "sandbox/plan/plan.h"

struct front;
struct front_keeper;
struct front_load;
struct run_events;

TAILQ_HEAD(front_waiters, connection);

/* @number: in messages; a new one for each start. @waiters: who gets the answer; none: they have left, so the
 * run is cancelled, unless it is asynchronous. @keeper: who has the order; NULL: the run waits in the queue,
 * or has ended. @reclaimer: who reclaims its cell after its outcome; NULL: nobody does.
 * @is_answering: the worker writes its answer. @digest: SHA-256 of the request, if it has an ID, by which it
 * is known when it comes again, with @cell; otherwise zero, because then it has no ID that could come again.
 */
struct front_run {
    struct queue_run link;
    TAILQ_ENTRY(front_run) entry;
    uint64_t number;
    char principal[CONNECTION_PRINCIPAL_ROOM]; /* whose run it is; IDs are unique within a principal */
    char id[CONNECTION_RUN_ROOM];
    struct front_load *load; /* the profiles that it is planned for; a reference */
    unsigned int profile;    /* index in @load */
    struct job job;
    char *client; /* if it was not given as a label; see queue.h */
    struct plan plan;
    struct front_waiters waiters;
    struct front_input input;
    struct front_wait wait;
    TAILQ_ENTRY(front_run) standing; /* while its program waits for input */
    struct run_events *events;       /* NULL: no client has asked for them; a reference */
    struct front_keeper *keeper, *reclaimer;
    uint64_t received_ns, sent_ns;
    uint64_t reserved_bytes; /* of the front's memory, from its start to the end of its answer */
    unsigned char digest[SHA256_DIGEST_SIZE];
    bool is_deleted, is_answering;
    unsigned int key;     /* of the cell that it got (front_keys.h) */
    enum front_cell cell; /* in which it may start */
    enum front_fit fit;   /* which parked cells can run it */
    bool is_streamed;     /* its keeper tells the events */
    bool is_kept;  /* and has the output for the answer, too, because it tells them only since some moment */
    bool is_async; /* it goes on without a waiter, and its answer is kept */
    bool is_forgotten; /* its answer is not kept */
};

/* Reads a request. Uses nothing but its arguments, so the worker can do it. Returns the run, which the caller
 * owns, or NULL with the reason in @err. */
struct front_run *front_run_read(const char *text, size_t size, struct error *err);

/* Frees a run that was not accepted. */
void front_run_drop(struct front_run *run);
void front_run_dropp(struct front_run **run);

/* Returns the run that @link belongs to. */
struct front_run *front_run_of(struct queue_run *link);

/* Returns the principal's run with this ID that waits or runs, or NULL. One that is being cancelled because
 * all its waiters have left is not found, so that they can send it again. */
struct front_run *front_run_find(struct front *front, const char *principal, const char *id);

/* Returns the value of the request's label, which is the run's, or NULL. */
const char *front_run_label(const struct front_run *run, const char *name);

/* Returns true if the run waits for a keeper. */
bool front_run_waits(const struct front_run *run);

/* Ends a run because all its waiters have left, or because it was deleted. One that waits is answered at
 * once, as cancelled, if somebody waits for the answer. */
void front_run_cancel(struct front *front, struct front_run *run);

/* Answers the run with what its keeper observed, and frees it. Returns 0, or -EBADMSG if the outcome is not
 * one, or -ENOMEM; then the run is still there. */
int front_run_end(struct front *front, struct front_run *run, char *outcome, size_t size);

/* Answers the run as one that could not be run, and frees it. @fault: the reason, or NULL: its keeper has
 * ended. */
void front_run_fail(struct front *front, struct front_run *run, const struct fault *fault);

/* Answers a waiting run as one that could not be run, because its cell can't be made. */
void front_run_give_up(struct front *front, struct front_run *run);

/* Answers all waiting runs of a profile as ones that could not be run, because its cells can't be made. */
void front_run_give_up_all(struct front *front, unsigned int profile);

/* Lets a run wait again that its keeper has not started. */
void front_run_return(struct front *front, struct front_run *run);

/* Plans a waiting run for the profiles that are in force now. If they do not allow it, answers it with the
 * reason, and frees it. */
void front_run_renew(struct front *front, struct front_run *run);

/* Ends a waiting run for now with a problem; its client can try again. */
void front_run_turn_away(struct front *front, struct front_run *run, unsigned int status, const char *detail);

/* Answers all runs that have waited for longer than they may with 503. */
void front_run_expire(struct front *front);

#endif
