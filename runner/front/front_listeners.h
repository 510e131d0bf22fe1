/* SPDX-License-Identifier: MIT */
/* The sockets of the service: from the command line, from the configuration, or the usual ones. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_LISTENERS_H
#define EXRUN_RUNNER_FRONT_FRONT_LISTENERS_H

#include "runner/front/access.h"
#include "runner/front/config.h"
#include "runner/text/error.h"
#include "sandbox/warden/load.h"

/* @listen: addresses that replace those of the configuration; NULL: none. @admin_address: of the
 * administrator's socket. @config_path: where the configuration was read, for errors. */
struct front_addresses {
    char *const *listen;
    const char *admin_address, *config_path;
};

/* Both halves of the listeners: for the warden, and for the front. Borrowed. */
struct front_listeners {
    struct load_settings *settings;
    struct access_list *access;
};

/* Adds the listeners, and the administrator's as the last one. Fails with EX_CONFIG. */
int front_listeners_add(struct front_listeners *ret, const struct config *config,
                        const struct front_addresses *addresses, struct error *err);

/* Looks the group up in /etc/group, because a static program can't ask the other sources of nsswitch.conf(5).
 * Returns false if it is not listed. */
bool front_listeners_find_group(const char *name, gid_t *ret);

#endif
