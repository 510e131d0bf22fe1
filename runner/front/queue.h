/* SPDX-License-Identifier: MIT */
/* The queue: runs that are accepted and wait for a keeper, in an order that is fair between clients.
 *
 * The clients that have a waiting run form a ring, and the runs of one client wait in the order of their
 * arrival. A run starts from the first client of the ring, which then goes to the end. So a client with a
 * thousand waiting runs delays the single run of another client by at most one start. The order is strict:
 * if the first run can't start yet, all others wait too, because otherwise large runs would never start.
 *
 * Asynchronous runs have a ring of their own, because nobody holds a connection for them. Synchronous ones
 * start first; but if runs of both kinds wait, every eighth start is an asynchronous one's, so that these get
 * on too. The kind of a run is that of the request that brought it, and never changes: a later request for
 * the same run waits as long as the first one.
 *
 * Nothing is allocated here. The links are part of each run, and a client is represented by its first run, so
 * there are never more clients than runs. All functions are O(1) on average unless they say otherwise. The
 * time is a parameter.
 *
 * A client is a text that its principal chose, or missing. All runs of a principal without one count as one
 * client. */
#ifndef EXRUN_RUNNER_FRONT_QUEUE_H
#define EXRUN_RUNNER_FRONT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QUEUE_N_BUCKETS = 1024, QUEUE_ASYNC_EVERY = 8, QUEUE_N_KINDS = 2 };

/* Refusals of queue_push() and queue_grow(). */
enum {
    QUEUE_E_LENGTH = 1, /* as many runs wait as may wait */
    QUEUE_E_BYTES,      /* the waiting runs would have more bytes than they may have */
};

struct queue_link {
    struct queue_link *previous, *next;
};

/* A part of each run. The caller sets the first six members before queue_push(), and does not change them
 * while the run waits. */
struct queue_run {
    const char *client;    /* borrowed; NULL: it has none */
    const char *principal; /* borrowed; whose run it is */
    uint64_t bytes;        /* its body, and input that arrived later; see queue_grow() */
    uint64_t deadline_ns;  /* end of its wait; UINT64_MAX: it has none */
    bool is_async;         /* its request did not wait for the answer */
    bool is_choosy;        /* it starts in one kind of cell only, so it can hold up nobody */
    /* The queue's own. @turn and @bucket are only linked in the first run of a client and kind. */
    struct queue_link beside; /* circle of the client's runs of this kind */
    struct queue_link turn;   /* ring of clients */
    struct queue_link bucket; /* clients of similar hash */
    struct queue_link due;    /* runs by deadline */
};

/* Synchronous runs, or asynchronous ones. */
struct queue_kind {
    size_t n;
    struct queue_link ring;
};

/* The addresses of its members are in its runs, so it must not be moved. The caller may read @n,
 * @n_choosy and @bytes, and may change the bounds at any time. @n_passed: how many synchronous runs have
 * started in turn while an asynchronous one waited, up to one less than QUEUE_ASYNC_EVERY. */
struct queue {
    size_t most;         /* runs that may wait */
    uint64_t most_bytes; /* bytes that they may have together */
    size_t n, n_choosy;
    uint64_t bytes;
    unsigned int n_passed;
    struct queue_kind kinds[QUEUE_N_KINDS]; /* by is_async */
    struct queue_link due, buckets[QUEUE_N_BUCKETS];
};

void queue_init(struct queue *queue, size_t most, uint64_t most_bytes);

/* Returns true if both runs are of one client. Neither has to wait. */
bool queue_is_same_client(const struct queue_run *run, const struct queue_run *other);

/* Appends @run to its client's runs of its kind; a client without waiting runs goes to the end of the ring.
 * The queue borrows @run until it leaves. Returns 0, QUEUE_E_LENGTH or QUEUE_E_BYTES. Takes as many steps as
 * there are waiting runs with a later deadline. */
int queue_push(struct queue *queue, struct queue_run *run);

/* Returns the run that a full queue should give up for @run, which does not wait: the last one of the client
 * that has the most, if that client has at least two more than @run's; of both kinds, the last asynchronous
 * one. Otherwise returns NULL. O(waiting runs). */
struct queue_run *queue_surplus(struct queue *queue, const struct queue_run *run);

/* Puts back a run that queue_start() removed, because its keeper died before it started. It is the next run
 * to start, since its client lost its turn by no fault of its own. Does not check the bounds, because the run
 * was accepted before. The caller bounds how often one run can come back. Takes as many steps as
 * queue_push(). */
void queue_return(struct queue *queue, struct queue_run *run);

/* Adds @bytes to a waiting run, for input that arrived before its start. Returns 0 or QUEUE_E_BYTES. */
int queue_grow(struct queue *queue, struct queue_run *run, uint64_t bytes);

/* Removes @run, which starts. Its client goes to the end of the ring. */
void queue_start(struct queue *queue, struct queue_run *run);

/* Removes @run, which won't start. Its client keeps its place, unless this was its only run. */
void queue_remove(struct queue *queue, struct queue_run *run);

/* Stores in @ret the first runs in the fair order, at most @most, and returns their number. That order
 * assumes that no run arrives: it does not change if its runs start one after the other. @most_async: further
 * asynchronous runs have no place now. They are left out, and hold up nobody, but the next place that they
 * can have is theirs. O(@most). */
size_t queue_order(const struct queue *queue, struct queue_run **ret, size_t most, size_t most_async);

/* Returns the position of a waiting run in the fair order, as if asynchronous runs always had a place; 1: it
 * is the next. O(waiting runs). */
size_t queue_position(const struct queue *queue, const struct queue_run *run);

/* Returns the earliest deadline, or UINT64_MAX if no run has one. */
uint64_t queue_deadline_ns(const struct queue *queue);

/* Returns the run with the earliest deadline if this is not later than @now_ns, otherwise NULL. The run still
 * waits. A caller that removes it can ask for the next one. */
struct queue_run *queue_overdue(const struct queue *queue, uint64_t now_ns);

#endif
