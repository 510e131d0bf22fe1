/* SPDX-License-Identifier: MIT */
/* A thread for work that would hold up the loop. */
#include "runner/front/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

/* Returns the piece that ends first; of equal ones, the one that came first. */
static struct work *find_next(const struct worker *worker)
{
    struct work *next = STAILQ_FIRST(&worker->waiting), *other;

    STAILQ_FOREACH(other, &worker->waiting, entry)
    if (other->end < next->end)
        next = other;
    return next;
}

/* Returns the next piece of work, or NULL if the thread ends. */
static struct work *take(struct worker *worker)
{
    struct work *work = NULL;

    pthread_mutex_lock(&worker->lock);
    while (!worker->ends && STAILQ_EMPTY(&worker->waiting))
        pthread_cond_wait(&worker->filled, &worker->lock);
    if (!worker->ends) {
        work = find_next(worker);
        STAILQ_REMOVE(&worker->waiting, work, work, entry);
        worker->clock = work->end;
    }
    pthread_mutex_unlock(&worker->lock);
    return work;
}

static void *run(void *arg)
{
    struct worker *worker = arg;
    const uint64_t one = 1;
    struct work *work;

    pthread_mutex_lock(&worker->lock);
    worker->runs = true;
    pthread_cond_signal(&worker->filled);
    pthread_mutex_unlock(&worker->lock);
    while ((work = take(worker))) {
        work->act(work);
        pthread_mutex_lock(&worker->lock);
        STAILQ_INSERT_TAIL(&worker->finished, work, entry);
        pthread_mutex_unlock(&worker->lock);
        /* The counter can't be full: the loop empties it. */
        if (write(worker->signal, &one, sizeof(one)) < 0 && errno != EAGAIN)
            return NULL;
    }
    return NULL;
}

static void on_finished(evutil_socket_t fd, short what, void *arg)
{
    struct worker *worker = arg;
    struct works finished = STAILQ_HEAD_INITIALIZER(finished);
    struct work *work;
    uint64_t n;

    (void)what;
    if (read(fd, &n, sizeof(n)) < 0)
        return;
    pthread_mutex_lock(&worker->lock);
    STAILQ_CONCAT(&finished, &worker->finished);
    pthread_mutex_unlock(&worker->lock);
    while ((work = STAILQ_FIRST(&finished))) {
        STAILQ_REMOVE_HEAD(&finished, entry);
        work->done(work);
    }
}

int worker_open(struct worker *worker, struct event_base *base)
{
    int r;

    *worker = (struct worker){.lock = PTHREAD_MUTEX_INITIALIZER,
                              .filled = PTHREAD_COND_INITIALIZER,
                              .signal = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    STAILQ_INIT(&worker->waiting);
    STAILQ_INIT(&worker->finished);
    if (worker->signal < 0)
        return -errno;
    worker->event = event_new(base, worker->signal, EV_READ | EV_PERSIST, on_finished, worker);
    if (!worker->event || event_add(worker->event, NULL) < 0)
        return -ENOMEM;
    r = pthread_create(&worker->thread, NULL, run, worker);
    worker->is_started = r == 0;
    pthread_mutex_lock(&worker->lock);
    while (worker->is_started && !worker->runs)
        pthread_cond_wait(&worker->filled, &worker->lock);
    pthread_mutex_unlock(&worker->lock);
    return -r;
}

void worker_give(struct worker *worker, struct work *work, uint64_t bytes)
{
    pthread_mutex_lock(&worker->lock);
    work->end = worker->clock + bytes;
    STAILQ_INSERT_TAIL(&worker->waiting, work, entry);
    pthread_cond_signal(&worker->filled);
    pthread_mutex_unlock(&worker->lock);
}

void worker_close(struct worker *worker)
{
    if (worker->is_started) {
        pthread_mutex_lock(&worker->lock);
        worker->ends = true;
        pthread_cond_signal(&worker->filled);
        pthread_mutex_unlock(&worker->lock);
        pthread_join(worker->thread, NULL);
    }
    if (worker->event)
        event_free(worker->event);
    fd_closep(&worker->signal);
    worker->is_started = false;
}
