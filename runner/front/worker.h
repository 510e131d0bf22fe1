/* SPDX-License-Identifier: MIT */
/* A thread for work that would hold up the loop: large requests are parsed there, and large answers written.
 *
 * The work is done in a fair order, although nobody knows yet whose requests they are: a connection has one
 * piece of work at a time, so it is taken for the client. Each piece is done as if all that wait were done at
 * the same time, and each connection got the same share of the thread. So a small request does not wait for
 * the large ones that came before it, only for one that has begun. A large one waits at most until each of
 * the other connections has had as many bytes as it asks for (self-clocked fair queueing: Golestani, INFOCOM
 * 1994).
 *
 * A piece of work belongs to one thread at a time: to the loop until worker_give(), then to the worker, and
 * from its `done` on to the loop again. */
#ifndef EXRUN_RUNNER_FRONT_WORKER_H
#define EXRUN_RUNNER_FRONT_WORKER_H

#include <event2/event.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

/* A part of the struct that the two functions work on. @act: in the worker. @done: in the loop, afterwards.
 * @end: the worker's own; when it would be done if all were done at the same time. */
struct work {
    STAILQ_ENTRY(work) entry;
    void (*act)(struct work *work);
    void (*done)(struct work *work);
    uint64_t end;
};

STAILQ_HEAD(works, work);

struct worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct works waiting, finished;
    uint64_t clock; /* @end of the last piece that was begun */
    int signal;     /* eventfd(2): something is finished */
    struct event *event;
    bool is_started, runs, ends;
};

/* Starts the thread, and waits until it runs: its start makes system calls that a filter may forbid later.
 * Returns 0 or -errno. The caller must call worker_close() even on failure. */
int worker_open(struct worker *worker, struct event_base *base);

/* Hands @work over. @bytes: its size, by which it waits. */
void worker_give(struct worker *worker, struct work *work, uint64_t bytes);

/* Ends the thread after the work that it has begun. The rest is not done: nobody waits for it any more. */
void worker_close(struct worker *worker);

#endif
