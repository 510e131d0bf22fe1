/* SPDX-License-Identifier: MIT */
/* The warden. */
#include "sandbox/warden/warden.h"

#include <errno.h>
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
#include "sandbox/cell/reclaim.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/warden/event_log.h"
#include "sandbox/warden/front_start.h"
#include "sandbox/warden/keepers.h"
#include "sandbox/warden/listeners.h"
#include "sandbox/warden/reload.h"
#include "sandbox/warden/state.h"

static void reap(struct warden *warden)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)) > 0) {
        if (WIFSTOPPED(status) || WIFCONTINUED(status))
            keepers_note_stop(warden, pid, WIFSTOPPED(status));
        else if (pid == warden->front.pid)
            front_note_end(warden, status);
        else if (pid == warden->loading.pid)
            reload_note_end(warden, status);
        else
            keepers_note_end(warden, pid, status);
    }
}

/* Lets the front cancel the runs that are left, answer them, and leave. */
static void end_runs(struct warden *warden)
{
    if (warden->is_ending || warden->front.pid == 0)
        return;
    warden->is_ending = true;
    warden_tell(warden, WARDEN_ENDS_RUNS, 0, 0);
    warden->end_ns = timing_now_ns() + LEAVE_NS;
    warden_to_front(warden, &(struct wire_message){.type = WIRE_END_RUNS, .fd = -1});
}

/* Ends the service after the accepted runs. A second signal ends the runs. A third one kills the front, so
 * the keepers cancel their runs, reclaim, and leave, and nobody is answered. */
static void drain(struct warden *warden)
{
    if (warden->is_ending)
        child_kill(&warden->front, 1);
    if (warden->is_draining) {
        end_runs(warden);
        return;
    }
    warden->is_draining = true;
    warden->loads_again = false;
    if (warden->loading.pid > 0)
        kill(warden->loading.pid, SIGKILL);
    warden->drain_end_ns = timing_now_ns() + warden->load.settings.drain_ms * 1000000;
    warden->end_ns = warden->drain_end_ns + LEAVE_NS;
    warden_tell(warden, WARDEN_IS_DRAINING, 0, 0);
    warden_to_front(warden, &(struct wire_message){.type = WIRE_DRAIN, .fd = -1});
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
            reload_begin(warden);
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
    warden->is_up |= message.type == WIRE_UP;
    if (message.type == WIRE_SWITCHED)
        front_keep_switches(warden, &message);
    if (message.type == WIRE_STUCK) {
        const struct wire_keeper stuck = WIRE_PAYLOAD(&message, struct wire_keeper);

        keepers_note_stuck(warden, &stuck);
    }
}

static void tell_up(struct warden *warden)
{
    if (!warden->is_up || warden->is_told_up ||
        !child_lives(warden->keepers, warden->load.settings.n_keepers))
        return;
    warden->is_told_up = true;
    warden->config->calls.up(warden->config->calls.arg, &warden->load.settings);
}

/* A service whose front does not work is as good as dead, although the warden lives. */
static void tell_life(struct warden *warden)
{
    const uint64_t watchdog_ns = warden->config->watchdog_ns, now_ns = timing_now_ns();

    if (watchdog_ns == 0 || now_ns < warden->sign_ns || !front_pulses(warden))
        return;
    warden->sign_ns = now_ns + watchdog_ns / 2;
    warden_tell(warden, WARDEN_LIVES, 0, 0);
}

static void start_missing(struct warden *warden)
{
    if (!warden->is_draining && warden->front.pid == 0 && timing_now_ns() >= warden->front.restart_ns)
        front_start(warden);
    /* While it is draining, too: accepted runs can wait for keepers that have the newest profiles. */
    keepers_start(warden);
}

/* Processes of a killed keeper's cells get this process as their parent, are killed by the kernel, and hold
 * the leases of their slots until they have ended. */
static void wait_for_orphans(void)
{
    uint64_t until_ns = timing_now_ns() + LEAVE_NS;
    int r;

    while ((r = waitpid(-1, NULL, WNOHANG)) > 0 || (r == 0 && timing_now_ns() < until_ns))
        if (r == 0)
            poll(NULL, 0, 1);
}

static void kill_all(struct warden *warden)
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
        tell_up(warden);
        tell_life(warden);
        if (timing_now_ns() >= next_look_ns) {
            next_look_ns = timing_now_ns() + SECOND_NS;
            front_look(warden);
            keepers_look(warden);
        }
        if (warden->is_draining && timing_now_ns() >= warden->drain_end_ns)
            end_runs(warden);
        if (warden->end_ns != 0 && timing_now_ns() >= warden->end_ns)
            kill_all(warden);
    }
}

/* Reclaims the cells of keepers that were killed, if none was started again in their slots. */
static void reclaim_rest(const struct warden *warden)
{
    const struct host *host = warden->config->host;
    const struct reclaim_wish wish = {.runtime = host->settings.runtime};
    struct reclaim_count removed[N_RECLAIM_KINDS];
    int r;

    wait_for_orphans();
    r = reclaim_stale(&host->tree, &wish, removed);

    if (r != 0)
        warden_tell(warden, WARDEN_CANT_RECLAIM, 0, r);
}

static int prepare(struct warden *warden, struct fault *fault)
{
    const struct warden_config *config = warden->config;
    const struct load_settings *settings = &warden->load.settings;
    void *shared;
    int r = load_profiles(config->calls.load, config->calls.arg, &warden->load, fault);

    if (r != 0)
        return r == LOAD_E_TOLD ? WARDEN_E_TOLD : r;
    r = cgroup_tree_limit_own(&config->host->tree, settings->own_bytes);
    if (r < 0)
        return fault_set(fault, FAULT_CGROUPS, r);
    warden->keepers = calloc(settings->n_keepers, sizeof(*warden->keepers));
    if (!warden->keepers)
        return fault_memory(fault);
    shared = mmap(NULL, settings->n_keepers * sizeof(*warden->busy), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return fault_set(fault, FAULT_SERVICE, -errno);
    warden->busy = shared;
    r = listeners_open(warden, fault);
    if (r < 0)
        return r;
    r = event_log_open(warden);
    if (r < 0)
        return fault_set(fault, FAULT_SERVICE, r);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
        return fault_set(fault, FAULT_SERVICE, -errno);
    r = warden->signals = child_signals();
    return r < 0 ? fault_set(fault, FAULT_SERVICE, r) : 0;
}

static void warden_deinit(struct warden *warden)
{
    listeners_remove(warden);
    warden_close_own(warden);
    if (warden->busy)
        warden_unmap_busy(warden);
    free(warden->keepers);
    load_deinit(&warden->load);
}

int warden_work(const struct warden_config *config, struct fault *fault)
{
    struct warden_log events = {.fd = -1};
    _cleanup_(warden_deinit) struct warden warden = {.config = config,
                                                     .log = &events,
                                                     .started_ns = timing_now_ns(),
                                                     .profiles_generation = 1,
                                                     .load = LOAD_NONE,
                                                     .loading = LOADING_NONE,
                                                     .signals = -1,
                                                     .front_socket = -1};
    int r;

    memset(warden.listeners, -1, sizeof(warden.listeners));
    r = prepare(&warden, fault);
    if (r != 0)
        return r;
    loop(&warden);
    reclaim_rest(&warden);
    event_log_end(&warden);
    return 0;
}
