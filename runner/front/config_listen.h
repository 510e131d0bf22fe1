/* SPDX-License-Identifier: MIT */
/* Reads one element of the configuration's "listen": a socket and who may connect to it. */
#ifndef EXRUN_RUNNER_FRONT_CONFIG_LISTEN_H
#define EXRUN_RUNNER_FRONT_CONFIG_LISTEN_H

#include <stdbool.h>

#include "runner/text/json.h"

enum { CONFIG_LISTENER_MODE = 0660 };

/* The texts are owned by the listener. */
struct config_listener {
    char *path; /* of the Unix socket; absolute, and fits sockaddr_un */
    unsigned int mode;
    char *group;   /* owns the socket; NULL: the service's own group */
    bool is_admin; /* takes the operator's calls too */
};

/* Reads a listener into @target, a struct config_listener. The caller must call config_listener_deinit() even
 * on failure. */
int config_listener_read(struct json_in *in, const json_t *value, void *target);

void config_listener_deinit(struct config_listener *listener);

#endif
