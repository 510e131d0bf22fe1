/* SPDX-License-Identifier: MIT */
/* The warden's reload of settings and profiles. */
#include "sandbox/warden/reload.h"

#include "sandbox/base/cleanup.h"
#include "sandbox/warden/event_log.h"
#include "sandbox/warden/front_start.h"
#include "sandbox/warden/keepers.h"
#include "sandbox/warden/listeners.h"

/* The child's work. It does not need the sockets. */
static int load(void *arg, const struct load_fds *fds)
{
    struct warden *warden = arg;
    const struct warden_calls *calls = &warden->config->calls;

    warden_close_own(warden);
    warden_unmap_busy(warden);
    return calls->load(calls->arg, fds);
}

void reload_begin(struct warden *warden)
{
    int r;

    if (warden->is_draining) {
        event_log_renew(warden);
        warden_tell(warden, WARDEN_WONT_RELOAD, 0, 0);
        return;
    }
    warden->loads_again = warden->loading.pid > 0;
    if (warden->loads_again)
        return;
    warden_tell(warden, WARDEN_RELOADS, 0, 0);
    r = load_begin(load, warden, &warden->loading);
    if (r < 0) {
        event_log_renew(warden);
        warden_tell(warden, WARDEN_CANT_RELOAD, 0, -r);
    }
}

static void put_into_force(struct warden *warden, struct load *load /* takes */)
{
    const uint64_t n_keepers = warden->load.settings.n_keepers;
    unsigned int index;
    int r = listeners_renew(warden, &load->settings, &index);

    if (r != 0) {
        load_deinit(load);
        event_log_renew(warden);
        warden_tell(warden, r < 0 ? WARDEN_CANT_LISTEN : WARDEN_KEEPS_SOCKET, index, r < 0 ? -r : 0);
        warden_tell(warden, WARDEN_CANT_RELOAD, 0, 0);
        return;
    }
    if (load->settings.n_keepers != n_keepers)
        warden_tell(warden, WARDEN_KEEPS_KEEPERS, 0, (int)n_keepers);
    load->settings.n_keepers = n_keepers;
    load_deinit(&warden->load);
    warden->load = *load;
    /* The group was there at the start. If it can't be limited now, the old limit stays. */
    cgroup_tree_limit_own(&warden->config->host->tree, warden->load.settings.own_bytes);
    warden->profiles_generation++;
    event_log_renew(warden);
    keepers_note_reload(warden);
    front_send_profiles(warden);
    warden_tell(warden, WARDEN_RELOADED, 0, 0);
}

void reload_note_end(struct warden *warden, int status)
{
    struct load load;
    int r = load_end(&warden->loading, status, &load);

    /* Even if the configuration is wrong, logrotate(8) can have renamed the log. */
    if (warden->is_draining || r != 0)
        event_log_renew(warden);
    if (warden->is_draining)
        load_deinit(&load);
    else if (r == 0)
        put_into_force(warden, &load);
    else
        warden_tell_reason(warden, WARDEN_CANT_RELOAD, r < 0 ? -r : 0, warden->loading.reason);
    if (warden->loads_again)
        reload_begin(warden);
}
