/* SPDX-License-Identifier: MIT */
/* The warden's keepers: their starts and ends. */
#include "sandbox/warden/keepers.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/keeper.h"

/* A front retires keepers at once after a reload, or after their runs. */
#define RETIRE_NS (20 * SECOND_NS)

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
    warden_close_own(warden);
    _exit(keeper_work(&config));
}

static void start(struct warden *warden, unsigned int slot)
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
        warden_tell(warden, WARDEN_CANT_START, slot, (int)-pid);
        child_note_end(child, false);
        return;
    }
    /* The front's filter does not let it change flags. */
    if (fcntl(socket, F_SETFL, O_NONBLOCK) < 0) {
        child_kill_one(child);
        return;
    }
    keeper = (struct wire_keeper){slot, child->generation};
    warden_to_front(
        warden, &(struct wire_message){
                    .type = WIRE_KEEPER, .payload = (char *)&keeper, .size = sizeof(keeper), .fd = socket});
    warden_tell(warden, WARDEN_KEEPER_STARTED, slot, 0);
}

void keepers_start(struct warden *warden)
{
    uint64_t now_ns = timing_now_ns();

    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers && warden->front_socket >= 0; slot++)
        if (warden->keepers[slot].pid == 0 && now_ns >= warden->keepers[slot].restart_ns)
            start(warden, slot);
}

static bool is_fine(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == KEEPER_END_FINE;
}

static void note_end(struct warden *warden, unsigned int slot, int status)
{
    struct child *child = &warden->keepers[slot];
    struct wire_keeper_gone gone = {slot, child->generation, (uint32_t)status, 0};

    child_note_end(child, is_fine(status));
    gone.pause_ms = child_pause_ms(child, timing_now_ns());
    warden_to_front(warden,
                    &(struct wire_message){
                        .type = WIRE_KEEPER_GONE, .payload = (char *)&gone, .size = sizeof(gone), .fd = -1});
}

void keepers_note_end(struct warden *warden, pid_t pid, int status)
{
    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++) {
        if (pid != warden->keepers[slot].pid)
            continue;
        warden_tell(warden,
                    !is_fine(status) && !warden->keepers[slot].is_ended ? WARDEN_KEEPER_ENDED
                                                                        : WARDEN_KEEPER_LEFT,
                    slot, status);
        note_end(warden, slot, status);
    }
}

void keepers_note_stop(struct warden *warden, pid_t pid, bool is_stopped)
{
    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++)
        if (pid == warden->keepers[slot].pid)
            warden->keepers[slot].is_stopped = is_stopped;
}

void keepers_note_reload(struct warden *warden)
{
    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++)
        if (warden->keepers[slot].leave_ns == 0)
            warden->keepers[slot].leave_ns = timing_now_ns() + RETIRE_NS;
}

/* Returns true if a keeper has not done its step in the time that it said itself, or if it did not leave with
 * the front that it worked for: another process can have its socket, because a front can send descriptors to
 * its clients. Or if it waits, and did not leave when the front gave it up and closed its socket: it is
 * frozen, for example. */
static bool hangs(const struct warden *warden, unsigned int slot, uint64_t now_ns)
{
    const struct child *keeper = &warden->keepers[slot], *front = &warden->front;
    uint64_t until_ns = warden->busy[slot];

    return (until_ns != 0 && now_ns >= until_ns) ||
           (keeper->stuck_ns != 0 && now_ns - keeper->stuck_ns >= LEAVE_NS) ||
           (keeper->started_ns < front->started_ns && now_ns - front->started_ns >= LEAVE_NS);
}

/* Returns true if a keeper whose profiles were replaced stays: a front that was taken over need not retire
 * it. The run that it has when its time is over may end. */
static bool stays(struct warden *warden, unsigned int slot, uint64_t now_ns)
{
    struct child *keeper = &warden->keepers[slot];

    if (keeper->leave_ns == 0 || now_ns < keeper->leave_ns)
        return false;
    if (keeper->has_last_run || warden->busy[slot] <= now_ns)
        return true;
    keeper->has_last_run = true;
    keeper->leave_ns = warden->busy[slot];
    return false;
}

static void end(struct warden *warden, unsigned int slot, enum warden_event event)
{
    warden_tell(warden, event, slot, 0);
    child_kill_one(&warden->keepers[slot]);
}

static void look(struct warden *warden, unsigned int slot, uint64_t now_ns)
{
    struct child *keeper = &warden->keepers[slot];

    if (warden->busy[slot] != 0)
        keeper->stuck_ns = 0;
    if (keeper->killed_ns == 0 && hangs(warden, slot, now_ns))
        end(warden, slot, WARDEN_KEEPER_HANGS);
    else if (keeper->killed_ns == 0 && stays(warden, slot, now_ns))
        end(warden, slot, WARDEN_KEEPER_STAYS);
    else if (keeper->killed_ns != 0 && now_ns - keeper->killed_ns >= DEATH_NS) {
        /* Its slot stays leased until it ends, so the next one takes another slot. */
        warden_tell(warden, WARDEN_KEEPER_LOST, slot, 0);
        note_end(warden, slot, SIGKILL);
    }
}

void keepers_look(struct warden *warden)
{
    uint64_t now_ns = timing_now_ns();

    for (unsigned int slot = 0; slot < warden->load.settings.n_keepers; slot++)
        if (warden->keepers[slot].pid > 0)
            look(warden, slot, now_ns);
}

static void note_stuck(struct warden *warden, unsigned int slot, uint32_t generation)
{
    struct child *keeper = &warden->keepers[slot];

    if (keeper->pid <= 0 || keeper->generation != generation || keeper->killed_ns != 0)
        return;
    if (keeper->is_stopped)
        end(warden, slot, WARDEN_KEEPER_HANGS);
    else if (keeper->stuck_ns == 0)
        keeper->stuck_ns = timing_now_ns();
}

void keepers_note_stuck(struct warden *warden, const struct wire_keeper *stuck)
{
    if (stuck->slot < warden->load.settings.n_keepers)
        note_stuck(warden, stuck->slot, stuck->generation);
    keepers_look(warden);
}
