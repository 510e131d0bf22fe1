/* SPDX-License-Identifier: MIT */
/* The warden's listening sockets. */
#include "sandbox/warden/listeners.h"

#include <errno.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/lease.h"
#include "sandbox/warden/listener.h"

_Static_assert((int)LISTENER_ADDRESS_ROOM == (int)WIRE_ADDRESS_ROOM, "an address fits into a message");

/* Takes one socket of the service manager. Returns 0, or -errno as of FAULT_INHERITED. */
static int take(struct warden *warden, int fd)
{
    const struct load_settings *settings = &warden->load.settings;

    for (size_t i = 0; i < settings->n_listeners; i++) {
        int r = listener_adopt(&settings->listeners[i], fd);

        if (r == -EADDRNOTAVAIL)
            continue;
        if (r == 0 && warden->is_inherited[i])
            return -EADDRINUSE;
        if (r < 0)
            return r;
        warden->listeners[i] = fd;
        warden->is_inherited[i] = true;
        return 0;
    }
    return -EADDRNOTAVAIL;
}

static int take_inherited(struct warden *warden, struct fault *fault)
{
    for (size_t i = 0; i < warden->config->n_inherited; i++) {
        int r = take(warden, warden->config->inherited[i]);

        if (r < 0)
            return fault_set_index(fault, FAULT_INHERITED, r, i);
    }
    return 0;
}

int listeners_open(struct warden *warden, struct fault *fault)
{
    const struct load_settings *settings = &warden->load.settings;
    const char *runtime = warden->config->host->settings.runtime;
    int r = listener_open_directory(runtime);
    _cleanup_(fd_closep) int lock = r < 0 ? r : lease_lock(runtime);

    if (lock < 0)
        return fault_set(fault, FAULT_LEASE, lock);
    r = take_inherited(warden, fault);
    if (r < 0)
        return r;
    for (size_t i = 0; i < settings->n_listeners; i++) {
        if (warden->is_inherited[i])
            continue;
        warden->listeners[i] = listener_open(&settings->listeners[i]);
        if (warden->listeners[i] < 0)
            return fault_set_index(fault, FAULT_LISTENER, warden->listeners[i], i);
    }
    return 0;
}

/* Returns the index of the listener with this address, or -1. */
static int find(const struct load_settings *settings, const char *address)
{
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
        int old, fd;

        old = find(&warden->load.settings, listener->address);
        if (old >= 0) {
            if (!warden->is_inherited[old])
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

/* Returns true, and the index in *ret, if a listener of the service manager is missing in @settings. */
static bool find_kept(const struct warden *warden, const struct load_settings *settings, unsigned int *ret)
{
    for (unsigned int i = 0; i < warden->load.settings.n_listeners; i++)
        if (warden->is_inherited[i] && find(settings, warden->load.settings.listeners[i].address) < 0) {
            *ret = i;
            return true;
        }
    return false;
}

int listeners_renew(struct warden *warden, const struct load_settings *settings, unsigned int *ret_index)
{
    _cleanup_(fd_closep) int lock = lease_lock(warden->config->host->settings.runtime);
    bool is_inherited[LOAD_MOST_LISTENERS] = {false};
    int fds[LOAD_MOST_LISTENERS], r;

    if (find_kept(warden, settings, ret_index))
        return LISTENERS_E_KEPT;
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
        int old = find(&warden->load.settings, settings->listeners[i].address);

        if (old < 0)
            continue;
        fds[i] = fd_steal(&warden->listeners[old]);
        is_inherited[i] = warden->is_inherited[old];
    }
    listeners_remove(warden);
    for (size_t i = 0; i < LOAD_MOST_LISTENERS; i++)
        fd_closep(&warden->listeners[i]);
    memcpy(warden->listeners, fds, sizeof(fds));
    memcpy(warden->is_inherited, is_inherited, sizeof(is_inherited));
    return 0;
}

void listeners_send(const struct warden *warden)
{
    const struct load_settings *settings = &warden->load.settings;

    for (size_t i = 0; i < settings->n_listeners; i++) {
        struct wire_listener told = {.is_admin = settings->listeners[i].is_admin,
                                     .is_inherited = warden->is_inherited[i],
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
        if (warden->listeners[i] >= 0 && !warden->is_inherited[i])
            listener_remove(&warden->load.settings.listeners[i]);
}
