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

#include "runner/front/config_listen.h"
#include "sandbox/base/cleanup.h"

#define SOCKET_GROUP "exrun"
#define OWNER_MODE 0600 /* of the admin socket, and of a user's */

static int add_listener(struct load_settings *settings, struct listener_config listener, struct error *err)
{
    struct listener_config *grown;

    for (size_t i = 0; i < settings->n_listeners; i++)
        if (strcmp(settings->listeners[i].path, listener.path) == 0) {
            error_set(err, -EEXIST, EX_CONFIG, listener.path, "is the path of two of the service's sockets");
            error_hint(err, "name another one; the service creates admin.sock itself");
            return -EEXIST;
        }
    grown = reallocarray(settings->listeners, settings->n_listeners + 1, sizeof(*settings->listeners));
    if (!grown || !(listener.path = strdup(listener.path))) {
        settings->listeners = grown ? grown : settings->listeners;
        return error_memory(err);
    }
    settings->listeners = grown;
    settings->listeners[settings->n_listeners++] = listener;
    return 0;
}

/* Looks the group up in /etc/group, because a static program can't ask the other sources of nsswitch.conf(5).
 * Returns false if it is not listed. */
static bool find_group(const char *name, gid_t *ret)
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
    if ((is_root && find_group(name ? name : SOCKET_GROUP, ret)) || !name)
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

/* An address of the command line, "unix:PATH". */
static int add_address(struct load_settings *settings, char *address, gid_t group, struct error *err)
{
    const struct listener_config listener = {
        .path = address + strlen("unix:"), .mode = usual_mode(), .group = group};

    if (strncmp(address, "unix:/", 6) != 0) {
        error_set(err, -EINVAL, EX_CONFIG, "--listen",
                  "\"%.100s\" is not an address that the service can listen on", address);
        error_hint(err,
                   "name a Unix socket (unix:/run/exrun/exrun.sock); TCP addresses are not supported yet");
        return -EINVAL;
    }
    return add_listener(settings, listener, err);
}

int front_listeners_add(struct load_settings *settings, const struct config *config,
                        const struct front_addresses *addresses, struct error *err)
{
    gid_t group;
    int r = group_of(NULL, "", &group, err);

    for (char *const *address = addresses->listen; address && *address && r == 0; address++)
        r = add_address(settings, *address, group, err);
    for (size_t i = 0; i < config->n_listeners && !addresses->listen && r == 0; i++) {
        const struct config_listener *listener = &config->listeners[i];
        const mode_t mode = config->has_listen ? listener->mode : usual_mode();

        r = group_of(listener->group, addresses->config_path, &group, err);
        if (r == 0)
            r = add_listener(settings,
                             (struct listener_config){listener->path, mode, group, listener->is_admin}, err);
    }
    if (r == 0)
        r = add_listener(
            settings,
            (struct listener_config){(char *)(uintptr_t)addresses->admin_socket, OWNER_MODE, (gid_t)-1, true},
            err);
    return r;
}
