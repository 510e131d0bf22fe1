/* SPDX-License-Identifier: MIT */
/* The warden. */
#include "sandbox/warden/warden.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/keeper.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/warden/children.h"
#include "sandbox/warden/front_confine.h"
#include "sandbox/warden/load.h"

#define SECOND_NS UINT64_C(1000000000)
#define PULSE_NS (15 * SECOND_NS)
/* A keeper ends a run within this time after the front has gone. */
#define LEAVE_NS (10 * SECOND_NS)

/* @busy: a page that is shared with the keepers, a number for each. @pulse_ns: time of the front's last
 * message.
 * @end_ns: time at which the processes that are left are killed; 0: the service is not ending. @is_up: the
 * front said so. */
struct warden {
    const struct warden_config *config;
    struct load load;
    uint32_t profiles_generation;
    int listeners[LOAD_MOST_LISTENERS];
    int signals, front_socket;
    struct child front, *keepers;
    volatile uint64_t *busy;
    uint64_t started_ns, pulse_ns, end_ns;
    bool is_draining, is_up;
};

static void tell(const struct warden *warden, enum warden_event event, unsigned int slot, int number)
{
    warden->config->calls.told(warden->config->calls.arg, event, slot, number);
}

/* Sends a message to the front. A front whose buffer is full does not work any more. */
static void to_front(const struct warden *warden, const struct wire_message *message)
{
    int r = warden->front_socket >= 0 ? wire_send(warden->front_socket, message) : 0;

    if (r < 0 && r != -EPIPE && warden->front.pid > 0)
        kill(warden->front.pid, SIGKILL);
}

/* Closes the descriptors that only the warden needs, so that no keeper and no front has them. */
static void close_own(struct warden *warden)
{
    fd_closep(&warden->signals);
    fd_closep(&warden->front_socket);
    for (size_t i = 0; i < LOAD_MOST_LISTENERS; i++)
        fd_closep(&warden->listeners[i]);
}

static void become_keeper(struct warden *warden, unsigned int slot, int socket)
{
    const struct keeper_config config = {.host = warden->config->host,
                                         .profiles = warden->load.profiles,
                                         .n_profiles = warden->load.n_profiles,
                                         .profiles_generation = warden->profiles_generation,
                                         .generation = warden->keepers[slot].generation + 1,
                                         .socket = socket,
                                         .busy_until_ns = &warden->busy[slot]};

    prctl(PR_SET_NAME, "exrun-keeper", 0, 0, 0);
    close_own(warden);
    _exit(keeper_work(&config));
}

static void start_keeper(struct warden *warden, unsigned int slot)
{
    _cleanup_(fd_closep) int socket = -1;
    struct child *child = &warden->keepers[slot];
    struct wire_keeper keeper;
    int own = -1;
    pid_t pid;

    warden->busy[slot] = 0;
    pid = child_fork(child, &socket, &own);
    if (pid == 0)
        become_keeper(warden, slot, own);
    if (pid < 0) {
        tell(warden, WARDEN_CANT_START, slot, (int)-pid);
        child_note_end(child, false);
        return;
    }
    keeper = (struct wire_keeper){slot, child->generation};
    to_front(warden,
             &(struct wire_message){
                 .type = WIRE_KEEPER, .payload = (char *)&keeper, .size = sizeof(keeper), .fd = socket});
}

static void unmap_busy(const struct warden *warden)
{
    munmap((void *)(uintptr_t)warden->busy, warden->load.settings.n_keepers * sizeof(*warden->busy));
}

static void become_front(struct warden *warden, int socket)
{
    const struct warden_calls *calls = &warden->config->calls;
    int r;

    prctl(PR_SET_NAME, "exrun-front", 0, 0, 0);
    close_own(warden);
    /* It could write there that a keeper hangs, or that none does. */
    unmap_busy(warden);
    r = front_confine(getppid(), warden->config->host->settings.runtime, socket);
    _exit(r < 0 ? 1 : calls->front(calls->arg, socket));
}

static void greet_front(const struct warden *warden)
{
    struct wire_hello hello = {.n_slots = (uint32_t)warden->load.settings.n_keepers,
                               .n_front_restarts = warden->front.generation - 1,
                               .started_ns = warden->started_ns};

    for (uint32_t slot = 0; slot < hello.n_slots; slot++)
        hello.n_keeper_ends += warden->keepers[slot].n_bad_ends;
    to_front(warden, &(struct wire_message){
                         .type = WIRE_HELLO, .payload = (char *)&hello, .size = sizeof(hello), .fd = -1});
    to_front(warden, &(struct wire_message){.type = WIRE_PROFILES,
                                            .generation = warden->profiles_generation,
                                            .payload = warden->load.bytes,
                                            .size = warden->load.size,
                                            .fd = -1});
    for (size_t i = 0; i < warden->load.settings.n_listeners; i++)
        to_front(warden, &(struct wire_message){
                             .type = WIRE_LISTENER, .generation = (uint32_t)i, .fd = warden->listeners[i]});
}

static void start_front(struct warden *warden)
{
    int own = -1;
    pid_t pid = child_fork(&warden->front, &warden->front_socket, &own);

    if (pid == 0)
        become_front(warden, own);
    if (pid < 0) {
        tell(warden, WARDEN_CANT_START, 0, (int)-pid);
        child_note_end(&warden->front, false);
        return;
    }
    fcntl(warden->front_socket, F_SETFL, O_NONBLOCK);
    warden->pulse_ns = timing_now_ns();
    warden->is_up = false;
    greet_front(warden);
}

static void note_keeper_end(struct warden *warden, unsigned int slot, int status)
{
    struct child *child = &warden->keepers[slot];
    bool fine = WIFEXITED(status) && WEXITSTATUS(status) == KEEPER_END_FINE;
    struct wire_keeper_gone gone = {slot, child->generation, (uint32_t)status, 0};

    child_note_end(child, fine);
    if (!fine)
        tell(warden, WARDEN_KEEPER_ENDED, slot, status);
    gone.pause_ms = child_pause_ms(child, timing_now_ns());
    to_front(warden, &(struct wire_message){
                         .type = WIRE_KEEPER_GONE, .payload = (char *)&gone, .size = sizeof(gone), .fd = -1});
}

static void note_front_end(struct warden *warden, int status)
{
    bool fine = WIFEXITED(status) && WEXITSTATUS(status) == 0;

    child_note_end(&warden->front, fine);
    fd_closep(&warden->front_socket);
    if (!fine || !warden->is_draining)
        tell(warden, WARDEN_FRONT_ENDED, 0, status);
    if (warden->is_draining)
        warden->end_ns = timing_now_ns() + LEAVE_NS;
}

static void reap(struct warden *warden)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == warden->front.pid)
            note_front_end(warden, status);
        for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++)
            if (pid == warden->keepers[slot].pid)
                note_keeper_end(warden, slot, status);
    }
}

/* Ends the service after the accepted runs. A second signal ends the front, so the keepers cancel their runs
 * and reclaim. */
static void drain(struct warden *warden)
{
    if (warden->is_draining) {
        if (warden->front.pid > 0)
            kill(warden->front.pid, SIGKILL);
        return;
    }
    warden->is_draining = true;
    warden->end_ns = timing_now_ns() + warden->load.settings.drain_ms * 1000000 + LEAVE_NS;
    tell(warden, WARDEN_IS_DRAINING, 0, 0);
    to_front(warden, &(struct wire_message){.type = WIRE_DRAIN, .fd = -1});
}

static void on_signal(struct warden *warden)
{
    struct signalfd_siginfo info;

    while (read(warden->signals, &info, sizeof(info)) == sizeof(info)) {
        if (info.ssi_signo == SIGCHLD)
            reap(warden);
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT)
            drain(warden);
        if (info.ssi_signo == SIGHUP)
            tell(warden, WARDEN_CANT_RELOAD, 0, 0);
    }
}

/* Returns true if a keeper has not done its step in the time that it said itself, or if it did not leave with
 * the front that it worked for: another process can have its socket, because a front can send descriptors to
 * its clients. */
static bool hangs(const struct warden *warden, unsigned int slot, uint64_t now_ns)
{
    const struct child *keeper = &warden->keepers[slot], *front = &warden->front;
    uint64_t until_ns = warden->busy[slot];

    return keeper->pid > 0 &&
           ((until_ns != 0 && now_ns >= until_ns) ||
            (keeper->started_ns < front->started_ns && now_ns - front->started_ns >= LEAVE_NS));
}

static void look_for_hangs(struct warden *warden)
{
    uint64_t now_ns = timing_now_ns();

    if (warden->front.pid > 0 && now_ns - warden->pulse_ns > PULSE_NS) {
        tell(warden, WARDEN_FRONT_HANGS, 0, 0);
        kill(warden->front.pid, SIGKILL);
        warden->pulse_ns = now_ns;
    }
    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++) {
        if (!hangs(warden, slot, now_ns))
            continue;
        tell(warden, WARDEN_KEEPER_HANGS, slot, 0);
        kill(warden->keepers[slot].pid, SIGKILL);
        warden->busy[slot] = 0;
    }
}

static void on_front(struct warden *warden)
{
    _cleanup_(wire_message_deinit) struct wire_message message;
    int r = wire_receive(warden->front_socket, WIRE_FROM_FRONT, &message);

    if (r == -EAGAIN)
        return;
    if (r < 0) {
        /* One that ends by itself is not hurt by it: its exit status is already decided. */
        fd_closep(&warden->front_socket);
        if (warden->front.pid > 0)
            kill(warden->front.pid, SIGKILL);
        return;
    }
    warden->pulse_ns = timing_now_ns();
    if (message.type == WIRE_UP && !warden->is_up)
        tell(warden, WARDEN_IS_UP, 0, 0);
    warden->is_up |= message.type == WIRE_UP;
    /* The front may be wrong, or lie: what the keeper itself said counts. */
    if (message.type == WIRE_STUCK)
        look_for_hangs(warden);
}

static void start_missing(struct warden *warden)
{
    uint64_t now_ns = timing_now_ns();

    if (warden->is_draining)
        return;
    if (warden->front.pid == 0 && now_ns >= warden->front.restart_ns)
        start_front(warden);
    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers && warden->front_socket >= 0; slot++)
        if (warden->keepers[slot].pid == 0 && now_ns >= warden->keepers[slot].restart_ns)
            start_keeper(warden, slot);
}

static void kill_all(const struct warden *warden)
{
    child_kill(&warden->front, 1);
    child_kill(warden->keepers, warden->load.settings.n_keepers);
}

static void loop(struct warden *warden)
{
    uint64_t next_look_ns = 0;

    while (!warden->is_draining || child_lives(&warden->front, 1) ||
           child_lives(warden->keepers, warden->load.settings.n_keepers)) {
        struct pollfd fds[] = {{.fd = warden->signals, .events = POLLIN},
                               {.fd = warden->front_socket, .events = POLLIN}};

        start_missing(warden);
        fds[1].fd = warden->front_socket;
        if (poll(fds, 2, 100) < 0 && errno != EINTR)
            return;
        if (fds[0].revents)
            on_signal(warden);
        if (fds[1].revents && warden->front_socket >= 0)
            on_front(warden);
        if (timing_now_ns() >= next_look_ns) {
            next_look_ns = timing_now_ns() + SECOND_NS;
            look_for_hangs(warden);
        }
        if (warden->end_ns != 0 && timing_now_ns() >= warden->end_ns)
            kill_all(warden);
    }
}

static int open_listeners(struct warden *warden, struct fault *fault)
{
    for (size_t i = 0; i < warden->load.settings.n_listeners; i++) {
        warden->listeners[i] = listener_open(&warden->load.settings.listeners[i]);
        if (warden->listeners[i] < 0)
            return fault_set_index(fault, FAULT_LISTENER, warden->listeners[i], i);
    }
    return 0;
}

static int prepare(struct warden *warden, struct fault *fault)
{
    const struct warden_config *config = warden->config;
    const struct load_settings *settings = &warden->load.settings;
    void *shared;
    int r = load_profiles(config->calls.load, config->calls.arg, &warden->load, fault);

    if (r < 0)
        return r;
    warden->keepers = calloc(settings->n_keepers, sizeof(*warden->keepers));
    if (!warden->keepers)
        return fault_memory(fault);
    shared = mmap(NULL, settings->n_keepers * sizeof(*warden->busy), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return fault_set(fault, FAULT_SERVICE, -errno);
    warden->busy = shared;
    r = listener_open_directory(config->host->settings.runtime);
    if (r < 0)
        return fault_set(fault, FAULT_LEASE, r);
    r = open_listeners(warden, fault);
    if (r < 0)
        return r;
    r = warden->signals = child_signals();
    return r < 0 ? fault_set(fault, FAULT_SERVICE, r) : 0;
}

static void warden_deinit(struct warden *warden)
{
    for (size_t i = 0; i < warden->load.settings.n_listeners; i++)
        if (warden->listeners[i] >= 0)
            listener_remove(&warden->load.settings.listeners[i]);
    close_own(warden);
    if (warden->busy)
        unmap_busy(warden);
    free(warden->keepers);
    load_deinit(&warden->load);
}

int warden_work(const struct warden_config *config, struct fault *fault)
{
    _cleanup_(warden_deinit) struct warden warden = {.config = config,
                                                     .started_ns = timing_now_ns(),
                                                     .profiles_generation = 1,
                                                     .signals = -1,
                                                     .front_socket = -1};
    int r;

    memset(warden.listeners, -1, sizeof(warden.listeners));
    r = prepare(&warden, fault);
    if (r < 0)
        return r;
    loop(&warden);
    return 0;
}
