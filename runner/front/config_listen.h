/* SPDX-License-Identifier: MIT */
/* Reads one element of the configuration's "listen": a socket and who may use it. */
#ifndef EXRUN_RUNNER_FRONT_CONFIG_LISTEN_H
#define EXRUN_RUNNER_FRONT_CONFIG_LISTEN_H

#include <stdbool.h>

#include "runner/text/json.h"

enum { CONFIG_LISTENER_MODE = 0660, CONFIG_ADMIN_MODE = 0600 };

/* Everything is owned by the listener. @address: one of address_read(). @mode, @group: of a Unix socket;
 * @group: NULL: the service's own. @is_admin: takes the operator's calls too. @has_metrics: clients can
 * read the metrics. @has_page: it serves the files of the page. @tokens_file: clients need one of its tokens;
 * NULL: they need none. @hosts: names that clients may call it by, in addition to its address.
 * @origins: of the pages whose scripts may use it. */
struct config_listener {
    char *address;
    unsigned int mode;
    char *group;
    bool is_admin, has_metrics, has_page;
    char *tokens_file;
    char **hosts, **origins;
};

/* Reads a listener into @target, a struct config_listener. The caller must call config_listener_deinit() even
 * on failure. */
int config_listener_read(struct json_in *in, const json_t *value, void *target);

void config_listener_deinit(struct config_listener *listener);

#endif
