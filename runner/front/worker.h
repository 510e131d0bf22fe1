/* SPDX-License-Identifier: MIT */
/* A thread for work that would hold up the loop: large requests are parsed there, and large answers written.
 *
 * A piece of work belongs to one thread at a time: to the loop until worker_give(), then to the worker, and
 * from its `done` on to the loop again. */
#ifndef EXRUN_RUNNER_FRONT_WORKER_H
#define EXRUN_RUNNER_FRONT_WORKER_H

#include <event2/event.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/queue.h>

/* A part of the struct that the two functions work on. @act: in the worker. @done: in the loop, afterwards.
 */
struct work {
    STAILQ_ENTRY(work) entry;
    void (*act)(struct work *work);
    void (*done)(struct work *work);
};

STAILQ_HEAD(works, work);

struct worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct works waiting, finished;
    int signal; /* eventfd(2): something is finished */
    struct event *event;
    bool is_started, runs, ends;
};

/* Starts the thread, and waits until it runs: its start makes system calls that a filter may forbid later.
 * Returns 0 or -errno. The caller must call worker_close() even on failure. */
int worker_open(struct worker *worker, struct event_base *base);

/* Hands @work over. */
void worker_give(struct worker *worker, struct work *work);

/* Ends the thread after the work that it has begun. The rest is not done: nobody waits for it any more. */
void worker_close(struct worker *worker);

#endif
