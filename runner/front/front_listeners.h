/* SPDX-License-Identifier: MIT */
/* The sockets of the service: from the command line, from the configuration, or the usual ones. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_LISTENERS_H
#define EXRUN_RUNNER_FRONT_FRONT_LISTENERS_H

#include "runner/front/config.h"
#include "runner/text/error.h"
#include "sandbox/warden/load.h"

/* @listen: of the command line, or NULL. @config_path: for messages. */
struct front_addresses {
    char *const *listen;
    const char *admin_socket, *config_path;
};

/* Adds the sockets to @settings, the admin socket as the last one. Returns 0, or -errno with the reason in
 * @err. */
int front_listeners_add(struct load_settings *settings, const struct config *config,
                        const struct front_addresses *addresses, struct error *err);

#endif
