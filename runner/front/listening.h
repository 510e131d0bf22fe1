/* SPDX-License-Identifier: MIT */
/* The front's listeners: sockets that the warden has opened, and the connections that they accept. */
#ifndef EXRUN_RUNNER_FRONT_LISTENING_H
#define EXRUN_RUNNER_FRONT_LISTENING_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "sandbox/keeper/wire.h"

struct front;

/* @n_connections: that it has accepted and that are open. @event: NULL: it accepts no more, and is freed with
 * its last connection. @is_told: the warden has named it since the last reload. @is_inherited: as in struct
 * wire_listener. */
struct front_listener {
    TAILQ_ENTRY(front_listener) entry;
    struct front *front;
    char address[WIRE_ADDRESS_ROOM];
    bool is_admin, is_inherited, is_told;
    int fd;
    struct event *event;
    size_t n_connections;
};

/* Adds the listener that the warden names, unless it is there. After the last one, closes those that were not
 * named since the one before. Returns 0 or -errno. */
int listening_add(struct front *front, const struct wire_listener *told, int fd /* takes */);

/* Accepts no more on the listeners that a service manager keeps, so that the next service gets the clients
 * that come now. */
void listening_leave_to_next(struct front *front);

/* Counts the end of one of its connections. */
void listening_leave(struct front_listener *listener);

void listening_deinit(struct front *front);

#endif
