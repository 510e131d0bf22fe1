/* SPDX-License-Identifier: MIT */
/* The warden's reload of settings and profiles. */
#include "sandbox/warden/reload.h"

#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/warden/front_start.h"
#include "sandbox/warden/keepers.h"

/* The child's work. It needs none of the sockets. */
static int load(void *arg, int fd)
{
    struct warden *warden = arg;
    const struct warden_calls *calls = &warden->config->calls;

    warden_close_own(warden);
    warden_unmap_busy(warden);
    return calls->load(calls->arg, fd);
}

void reload_begin(struct warden *warden)
{
    int r;

    if (warden->is_draining) {
        warden_tell(warden, WARDEN_WONT_RELOAD, 0, 0);
        return;
    }
    warden->loads_again = warden->loading.pid > 0;
    if (warden->loads_again)
        return;
    r = load_begin(load, warden, &warden->loading);
    if (r < 0)
        warden_tell(warden, WARDEN_CANT_RELOAD, 0, -r);
}

static bool have_same_listeners(const struct load_settings *one, const struct load_settings *other)
{
    if (one->n_listeners != other->n_listeners)
        return false;
    for (size_t i = 0; i < one->n_listeners; i++) {
        const struct listener_config *a = &one->listeners[i], *b = &other->listeners[i];

        if (strcmp(a->path, b->path) != 0 || a->mode != b->mode || a->group != b->group ||
            a->is_admin != b->is_admin)
            return false;
    }
    return true;
}

/* Keeps those of the old settings that can't change. */
static void keep_settings(const struct warden *warden, struct load_settings *old, struct load_settings *new)
{
    const struct load_settings given = *new;

    if (new->n_keepers != old->n_keepers)
        warden_tell(warden, WARDEN_KEEPS_KEEPERS, 0, (int)old->n_keepers);
    if (!have_same_listeners(old, new))
        warden_tell(warden, WARDEN_KEEPS_LISTENERS, 0, 0);
    new->n_keepers = old->n_keepers;
    new->listeners = old->listeners;
    new->n_listeners = old->n_listeners;
    old->listeners = given.listeners;
    old->n_listeners = given.n_listeners;
}

static void put_into_force(struct warden *warden, struct load *load /* takes */)
{
    keep_settings(warden, &warden->load.settings, &load->settings);
    load_deinit(&warden->load);
    warden->load = *load;
    warden->profiles_generation++;
    keepers_note_reload(warden);
    front_send_profiles(warden);
    warden_tell(warden, WARDEN_RELOADED, 0, 0);
}

void reload_note_end(struct warden *warden, int status)
{
    struct load load;
    int r = load_end(&warden->loading, status, &load);

    if (warden->is_draining)
        load_deinit(&load);
    else if (r == 0)
        put_into_force(warden, &load);
    else
        warden_tell(warden, WARDEN_CANT_RELOAD, 0, r < 0 ? -r : 0);
    if (warden->loads_again)
        reload_begin(warden);
}
