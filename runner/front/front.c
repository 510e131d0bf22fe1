/* SPDX-License-Identifier: MIT */
/* The front: the messages of the warden, and the loop. */
#include "runner/front/front.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "runner/front/connection.h"
#include "runner/front/connection_drain.h"
#include "runner/front/connection_reader.h"
#include "runner/front/front_kept.h"
#include "runner/front/front_reload.h"
#include "runner/front/front_run.h"
#include "runner/front/front_switches.h"
#include "runner/front/front_versions.h"
#include "runner/front/front_warm.h"
#include "runner/front/listening.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/warden/front_confine.h"

static void tell_warden(struct front *front, enum wire_type type)
{
    wire_send(front->warden, &(struct wire_message){.type = type, .fd = -1});
}

static int on_hello(struct front *front, struct wire_message *message)
{
    const struct wire_hello hello = WIRE_PAYLOAD(message, struct wire_hello);

    front->tally.hello = hello;
    return front->keepers.n > 0 || hello.n_slots == 0 || hello.n_slots > POOL_MOST_KEEPERS
               ? -EBADMSG
               : front_keepers_init(front, hello.n_slots);
}

/* Keeps it for the profiles. */
static int keep(struct wire_message *kept, struct wire_message *message)
{
    if (kept->size > 0)
        return -EBADMSG;
    *kept = *message;
    *message = (struct wire_message)WIRE_MESSAGE_NONE;
    return 0;
}

static int on_access(struct front *front, struct wire_message *message)
{
    return keep(&front->access, message);
}

static int on_page(struct front *front, struct wire_message *message)
{
    return keep(&front->page, message);
}

static int on_profiles(struct front *front, struct wire_message *message)
{
    _cleanup_(wire_message_deinit) struct wire_message access = front->access, page = front->page;
    struct front_load *load;
    int r;

    front->access = front->page = (struct wire_message)WIRE_MESSAGE_NONE;
    if (access.generation != message->generation ||
        (page.size > 0 && page.generation != message->generation) ||
        (front->load && message->generation <= front->load->generation))
        return -EBADMSG;
    r = front_load_read(&(struct front_load_messages){message, &access, &page}, front->config->machine,
                        &load);
    if (r < 0)
        return r;
    if (front->load) {
        front_reload(front, load);
        return 0;
    }
    front->load = load;
    queue_init(&front->queue, load->config.queue.length, load->config.queue.bytes);
    return 0;
}

static int on_listener(struct front *front, struct wire_message *message)
{
    const struct wire_listener told = WIRE_PAYLOAD(message, struct wire_listener);
    int r = listening_add(front, &told, fd_steal(&message->fd));

    if (r == 0 && told.is_last)
        tell_warden(front, WIRE_UP);
    return r;
}

static int on_keeper(struct front *front, struct wire_message *message)
{
    const struct wire_keeper keeper = WIRE_PAYLOAD(message, struct wire_keeper);

    return front_keepers_add(front, keeper.slot, keeper.generation, fd_steal(&message->fd));
}

/* Counts it. The end of its socket says the same, apart from a pause before the next start. */
static int on_keeper_gone(struct front *front, struct wire_message *message)
{
    const struct wire_keeper_gone gone = WIRE_PAYLOAD(message, struct wire_keeper_gone);

    front->tally.keepers_ended += gone.wait_status != 0;
    if (gone.pause_ms > 0)
        front_keepers_note_pause(front, gone.slot, gone.generation, gone.pause_ms);
    return 0;
}

static int on_log(struct front *front, struct wire_message *message)
{
    const struct wire_log told = WIRE_PAYLOAD(message, struct wire_log);

    front_log_set(front, &told, fd_steal(&message->fd));
    return 0;
}

static int on_event(struct front *front, struct wire_message *message)
{
    const struct wire_event event = WIRE_PAYLOAD(message, struct wire_event);

    return front_log_event(front, &event);
}

void front_check_drain(struct front *front)
{
    const struct connection *connection;

    if (!front->is_draining || !TAILQ_EMPTY(&front->runs))
        return;
    TAILQ_FOREACH(connection, &front->connections, entry)
    if (connection_drain_waits(connection))
        return;
    tell_warden(front, WIRE_DRAINED);
    event_base_loopexit(front->base, NULL);
}

static int on_drain(struct front *front, struct wire_message *message)
{
    (void)message;
    front->is_draining = true;
    listening_leave_to_next(front);
    front_pool_decide(front);
    front_check_drain(front);
    return 0;
}

static struct front_run *find_to_cancel(const struct front *front)
{
    struct front_run *run;

    TAILQ_FOREACH(run, &front->runs, entry)
    if (!run->is_deleted && !run->is_answering)
        return run;
    return NULL;
}

/* Cancels all runs. Begins again after each, because the end of one run can end others. */
static void cancel_all(struct front *front)
{
    struct front_run *run;

    while ((run = find_to_cancel(front)))
        front_run_cancel(front, run);
}

static int on_end_runs(struct front *front, struct wire_message *message)
{
    (void)message;
    front->is_draining = front->is_ending = true;
    cancel_all(front);
    front_check_drain(front);
    return 0;
}

static int (*const handlers[N_WIRE_TYPES])(struct front *front, struct wire_message *message) = {
    [WIRE_HELLO] = on_hello,
    [WIRE_ACCESS] = on_access,
    [WIRE_PAGE] = on_page,
    [WIRE_PROFILES] = on_profiles,
    [WIRE_LISTENER] = on_listener,
    [WIRE_KEEPER] = on_keeper,
    [WIRE_KEEPER_GONE] = on_keeper_gone,
    [WIRE_DRAIN] = on_drain,
    [WIRE_END_RUNS] = on_end_runs,
    [WIRE_LOG] = on_log,
    [WIRE_EVENT] = on_event,
    [WIRE_SWITCHES] = front_switches_take,
};

/* The others need the profiles. */
static const bool comes_before_load[N_WIRE_TYPES] = {
    [WIRE_HELLO] = true, [WIRE_ACCESS] = true, [WIRE_PAGE] = true,     [WIRE_PROFILES] = true,
    [WIRE_LOG] = true,   [WIRE_EVENT] = true,  [WIRE_SWITCHES] = true,
};

/* All messages make sense only after the first one, WIRE_HELLO. */
static int handle(struct front *front, struct wire_message *message)
{
    if ((message->type != WIRE_HELLO && front->keepers.n == 0) ||
        (!comes_before_load[message->type] && !front->load))
        return -EBADMSG;
    return handlers[message->type](front, message);
}

static void on_warden(evutil_socket_t fd, short what, void *arg)
{
    struct front *front = arg;
    int r = 0;

    (void)what;
    while (r == 0) {
        _cleanup_(wire_message_deinit) struct wire_message message;

        r = wire_receive(fd, WIRE_TO_FRONT, &message);
        if (r == 0)
            r = handle(front, &message);
    }
    if (r != -EAGAIN)
        event_base_loopbreak(front->base);
}

static void on_pulse(evutil_socket_t fd, short what, void *arg)
{
    struct front *front = arg;

    (void)fd;
    (void)what;
    tell_warden(front, WIRE_PULSE);
    front_log_look(front);
    connection_reader_look(front);
    if (front->keepers.n == 0)
        return;
    front_keepers_look(front);
    front_check_drain(front);
    if (front->load) {
        if (!front_versions_ask(front))
            front_warm_ask(front);
        front_kept_look(front);
    }
}

/* Raises the number of descriptors that the process may have as far as it goes. */
static void raise_fds(struct front *front)
{
    struct rlimit limit = {.rlim_cur = 1024};

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
            getrlimit(RLIMIT_NOFILE, &limit);
    }
    front->most_fds = limit.rlim_cur;
}

static int open_front(struct front *front)
{
    const struct timeval second = {.tv_sec = 1};
    unsigned int seed;
    int r;

    raise_fds(front);
    front->base = event_base_new();
    if (!front->base || fcntl(front->warden, F_SETFL, O_NONBLOCK) < 0)
        return -ENOMEM;
    TAILQ_INIT(&front->runs);
    kept_answers_init(&front->kept);
    TAILQ_INIT(&front->connections);
    TAILQ_INIT(&front->listeners);
    queue_init(&front->queue, 0, 0);
    front->of_warden = event_new(front->base, front->warden, EV_READ | EV_PERSIST, on_warden, front);
    front->pulse = event_new(front->base, -1, EV_PERSIST, on_pulse, front);
    if (!front->of_warden || !front->pulse || event_add(front->of_warden, NULL) < 0 ||
        event_add(front->pulse, &second) < 0)
        return -ENOMEM;
    /* A guessable seed would let a client choose names that all have the same hash. Threads and random
     * numbers come before the filter. */
    if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed) ||
        getrandom(front->resource_secret, RESOURCE_SECRET_BYTES, 0) != RESOURCE_SECRET_BYTES ||
        front_pool_init(front) < 0 || front_standing_open(front) < 0)
        return -ENOMEM;
    json_object_seed(seed | 1);
    r = departures_open(&front->departures, front->base);
    if (r == 0)
        r = worker_open(&front->worker, front->base);
    if (r == 0)
        r = log_writer_open(&front->log.writer);
    return r < 0 ? r : front_filter();
}

static void close_front(struct front *front)
{
    struct connection *connection;

    worker_close(&front->worker);
    while ((connection = TAILQ_FIRST(&front->connections)))
        connection_close(connection);
    kept_answers_deinit(&front->kept);
    content_unref(front->openapi);
    departures_close(&front->departures);
    listening_deinit(front);
    wire_message_deinit(&front->access);
    wire_message_deinit(&front->page);
    front_keepers_deinit(front);
    front_pool_deinit(front);
    front_variants_deinit(&front->variants);
    front_standing_close(front);
    front_load_unref(steal(front->load));
    switches_deinit(&front->switches);
    top_list_deinit(&front->tally.examples);
    metrics_deinit(front->metrics);
    if (front->of_warden)
        event_free(front->of_warden);
    if (front->pulse)
        event_free(front->pulse);
    if (front->base)
        event_base_free(front->base);
    front_log_look(front);
    log_writer_close(&front->log.writer);
}

int front_work(const struct front_config *config, int warden)
{
    static struct front front;
    static struct metrics metrics; /* not a part of front, so that only what is used takes memory */
    int r;

    front = (struct front){.config = config,
                           .warden = warden,
                           .access = WIRE_MESSAGE_NONE,
                           .page = WIRE_MESSAGE_NONE,
                           .worker = {.signal = -1},
                           .departures = DEPARTURES_NONE,
                           .log.writer = {.fd = -1, .next_fd = -1}};
    front.metrics = &metrics;
    front.started_us = timing_wall_us();
    r = open_front(&front);
    if (r == 0)
        event_base_dispatch(front.base);
    close_front(&front);
    return r < 0 ? 1 : 0;
}
