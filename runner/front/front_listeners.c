/* SPDX-License-Identifier: MIT */
/* The sockets of the service: from the command line, from the configuration, or the usual ones. */
#include "runner/front/front_listeners.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/front/address.h"
#include "runner/front/config_listen.h"
#include "runner/front/front_access.h"
#include "runner/front/tokens.h"
#include "sandbox/base/cleanup.h"

#define SOCKET_GROUP "exrun"
#define OWNER_MODE 0600 /* of the admin socket, and of a user's */

static int add_listener(struct load_settings *settings, struct listener_config listener, struct error *err)
{
    struct listener_config *grown;

    for (size_t i = 0; i < settings->n_listeners; i++)
        if (strcmp(settings->listeners[i].address, listener.address) == 0) {
            error_set(err, -EEXIST, EX_CONFIG, listener.address,
                      "is the address of two of the service's sockets");
            error_hint(err, "name another one; the service creates admin.sock itself");
            return -EEXIST;
        }
    grown = reallocarray(settings->listeners, settings->n_listeners + 1, sizeof(*settings->listeners));
    if (!grown || !(listener.address = strdup(listener.address))) {
        settings->listeners = grown ? grown : settings->listeners;
        return error_memory(err);
    }
    settings->listeners = grown;
    settings->listeners[settings->n_listeners++] = listener;
    return 0;
}

bool front_listeners_find_group(const char *name, gid_t *ret)
{
    _cleanup_(file_closep) FILE *file = fopen("/etc/group", "re");
    const struct group *group;

    while (file && (group = fgetgrent(file)))
        if (strcmp(group->gr_name, name) == 0) {
            *ret = group->gr_gid;
            return true;
        }
    return false;
}

/* Finds the group of a socket; @name: NULL: none is configured. A user's sockets keep the user's group,
 * because no other group is mapped in the user namespace. */
static int group_of(const char *name, const char *path, gid_t *ret, struct error *err)
{
    const bool is_root = geteuid() == 0;

    *ret = (gid_t)-1;
    if ((is_root && front_listeners_find_group(name ? name : SOCKET_GROUP, ret)) || !name)
        return 0;
    if (is_root) {
        error_set(err, -EINVAL, EX_CONFIG, path, "the group \"%.60s\" is not in /etc/group", name);
        error_hint(err, "create it (groupadd), or name another one");
        return -EINVAL;
    }
    error_set(err, -EPERM, EX_CONFIG, path, "only root can give a socket to the group \"%.60s\"", name);
    error_hint(err, "leave \"group\" out, or start the service as root");
    return -EPERM;
}

/* Returns the mode of a socket if nothing is configured. A user's group can have members that the user does
 * not know. */
static mode_t usual_mode(void)
{
    return geteuid() == 0 ? CONFIG_LISTENER_MODE : OWNER_MODE;
}

/* Adds a listener of the configuration, or one that is made up like it. */
static int add_configured(struct front_listeners *ret, const struct config_listener *listener, mode_t mode,
                          const char *place, struct error *err)
{
    gid_t group;
    int r = group_of(listener->group, place, &group, err);

    if (r == 0)
        r = add_listener(ret->settings,
                         (struct listener_config){listener->address, mode, group, listener->is_admin}, err);
    return r < 0 ? r : front_access_add(ret->access, listener, err);
}

static const struct config_listener *find_configured(const struct config *config, const char *address)
{
    for (size_t i = 0; i < config->n_listeners; i++)
        if (strcmp(config->listeners[i].address, address) == 0)
            return &config->listeners[i];
    return NULL;
}

/* Adds an address of the command line. If the configuration has the same one, that says who may use it.
 * Otherwise a TCP address needs a token of the usual file. */
static int add_address(struct front_listeners *ret, const struct config *config, const char *text,
                       struct error *err)
{
    char address[LISTENER_ADDRESS_ROOM], file[] = TOKENS_FILE;
    struct config_listener listener = {.address = address};
    const struct config_listener *configured;
    const char *fault = address_read(text, address);

    if (fault) {
        error_set(err, -EINVAL, EX_CONFIG, "--listen", "\"%.100s\" %s", text, fault);
        error_hint(
            err,
            "name a Unix socket (unix:/run/exrun/exrun.sock), or an IP address and a port (127.0.0.1:7878)");
        return -EINVAL;
    }
    configured = find_configured(config, address);
    if (configured)
        return add_configured(ret, configured, config->has_listen ? configured->mode : usual_mode(),
                              "--listen", err);
    if (address_is_tcp(address))
        listener.tokens_file = file;
    return add_configured(ret, &listener, usual_mode(), "--listen", err);
}

int front_listeners_add(struct front_listeners *ret, const struct config *config,
                        const struct front_addresses *addresses, struct error *err)
{
    const struct config_listener admin = {.address = (char *)(uintptr_t)addresses->admin_address,
                                          .is_admin = true};
    int r = 0;

    for (char *const *address = addresses->listen; address && *address && r == 0; address++)
        r = add_address(ret, config, *address, err);
    for (size_t i = 0; i < config->n_listeners && !addresses->listen && r == 0; i++) {
        const struct config_listener *listener = &config->listeners[i];

        r = add_configured(ret, listener, config->has_listen ? listener->mode : usual_mode(),
                           addresses->config_path, err);
    }
    if (r == 0)
        r = add_listener(ret->settings, (struct listener_config){admin.address, OWNER_MODE, (gid_t)-1, true},
                         err);
    return r < 0 ? r : front_access_add(ret->access, &admin, err);
}
