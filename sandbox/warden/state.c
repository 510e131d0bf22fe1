/* SPDX-License-Identifier: MIT */
/* The warden's state, and what its parts share. */
#include "sandbox/warden/state.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/warden/event_log.h"

static void tell(const struct warden *warden, struct wire_event event)
{
    const struct warden_calls *calls = &warden->config->calls;

    event.at_ms = timing_wall_us() / 1000;
    calls->told(calls->arg, event.event, event.slot, (int)event.number);
    event_log_note(warden, &event);
}

void warden_tell(const struct warden *warden, enum warden_event event, unsigned int slot, int number)
{
    tell(warden, (struct wire_event){.event = event, .slot = slot, .number = (uint32_t)number});
}

void warden_tell_reason(const struct warden *warden, enum warden_event event, int number, const char *reason)
{
    struct wire_event full = {.event = event, .number = (uint32_t)number};
    size_t length = strnlen(reason, sizeof(full.reason) - 1);

    memcpy(full.reason, reason, length);
    tell(warden, full);
}

void warden_to_front(const struct warden *warden, const struct wire_message *message)
{
    int r = warden->front_socket >= 0 ? wire_send(warden->front_socket, message) : 0;

    if (r < 0 && r != -EPIPE && warden->front.pid > 0)
        kill(warden->front.pid, SIGKILL);
}

void warden_close_own(struct warden *warden)
{
    event_log_close(warden);
    fd_closep(&warden->signals);
    fd_closep(&warden->front_socket);
    load_fds_close(&warden->loading.fds);
    load_fds_close(&warden->load.fds);
    for (size_t i = 0; i < LOAD_MOST_LISTENERS; i++)
        fd_closep(&warden->listeners[i]);
}

void warden_unmap_busy(const struct warden *warden)
{
    munmap((void *)(uintptr_t)warden->busy, warden->load.settings.n_keepers * sizeof(*warden->busy));
}
