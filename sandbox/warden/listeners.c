/* SPDX-License-Identifier: MIT */
/* The warden's listening sockets. */
#include "sandbox/warden/listeners.h"

#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/lease.h"
#include "sandbox/warden/listener.h"

_Static_assert((int)LISTENER_ADDRESS_ROOM == (int)WIRE_ADDRESS_ROOM, "an address fits into a message");

int listeners_open(struct warden *warden, struct fault *fault)
{
    const struct load_settings *settings = &warden->load.settings;
    const char *runtime = warden->config->host->settings.runtime;
    int r = listener_open_directory(runtime);
    _cleanup_(fd_closep) int lock = r < 0 ? r : lease_lock(runtime);

    if (lock < 0)
        return fault_set(fault, FAULT_LEASE, lock);
    for (size_t i = 0; i < settings->n_listeners; i++) {
        warden->listeners[i] = listener_open(&settings->listeners[i]);
        if (warden->listeners[i] < 0)
            return fault_set_index(fault, FAULT_LISTENER, warden->listeners[i], i);
    }
    return 0;
}

/* Returns the index of the open listener with this address, or -1. */
static int find(const struct warden *warden, const char *address)
{
    const struct load_settings *settings = &warden->load.settings;

    for (size_t i = 0; i < settings->n_listeners; i++)
        if (strcmp(settings->listeners[i].address, address) == 0)
            return (int)i;
    return -1;
}

/* Opens those that are new; the others get -1. */
static int open_new(const struct warden *warden, const struct load_settings *settings, int *fds,
                    unsigned int *ret_index)
{
    for (size_t i = 0; i < settings->n_listeners; i++) {
        const struct listener_config *listener = &settings->listeners[i];

        int fd;

        if (find(warden, listener->address) >= 0) {
            listener_update(listener);
            continue;
        }
        fd = listener_open(listener);
        if (fd < 0) {
            *ret_index = (unsigned int)i;
            return fd;
        }
        fds[i] = fd;
    }
    return 0;
}

int listeners_renew(struct warden *warden, const struct load_settings *settings, unsigned int *ret_index)
{
    _cleanup_(fd_closep) int lock = lease_lock(warden->config->host->settings.runtime);
    int fds[LOAD_MOST_LISTENERS], r;

    memset(fds, -1, sizeof(fds));
    *ret_index = 0;
    r = lock < 0 ? lock : open_new(warden, settings, fds, ret_index);
    for (size_t i = 0; i < settings->n_listeners && r < 0; i++)
        if (fds[i] >= 0) {
            fd_closep(&fds[i]);
            listener_remove(&settings->listeners[i]);
        }
    if (r < 0)
        return r;
    for (size_t i = 0; i < settings->n_listeners; i++) {
        int old = find(warden, settings->listeners[i].address);

        if (old >= 0)
            fds[i] = fd_steal(&warden->listeners[old]);
    }
    listeners_remove(warden);
    for (size_t i = 0; i < LOAD_MOST_LISTENERS; i++)
        fd_closep(&warden->listeners[i]);
    memcpy(warden->listeners, fds, sizeof(fds));
    return 0;
}

void listeners_send(const struct warden *warden)
{
    const struct load_settings *settings = &warden->load.settings;

    for (size_t i = 0; i < settings->n_listeners; i++) {
        struct wire_listener told = {.is_admin = settings->listeners[i].is_admin,
                                     .is_last = i + 1 == settings->n_listeners};

        memcpy(told.address, settings->listeners[i].address, strlen(settings->listeners[i].address) + 1);
        warden_to_front(warden, &(struct wire_message){.type = WIRE_LISTENER,
                                                       .payload = (char *)&told,
                                                       .size = sizeof(told),
                                                       .fd = warden->listeners[i]});
    }
}

void listeners_remove(const struct warden *warden)
{
    for (size_t i = 0; i < warden->load.settings.n_listeners; i++)
        if (warden->listeners[i] >= 0)
            listener_remove(&warden->load.settings.listeners[i]);
}
