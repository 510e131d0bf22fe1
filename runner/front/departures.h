/* SPDX-License-Identifier: MIT */
/* Notices that the clients of some connections have left, while nothing is read from them.
 *
 * libevent's EV_CLOSED is not enough. If a client resets its connection, or leaves with an answer unread, the
 * kernel reports EPOLLERR with the end, and libevent 2.1 then tells readers and writers only. So the
 * connections that wait have an epoll instance of their own, which libevent's loop watches: epoll(7). */
#ifndef EXRUN_RUNNER_FRONT_DEPARTURES_H
#define EXRUN_RUNNER_FRONT_DEPARTURES_H

#include <event2/event.h>

struct connection;

/* @fd: epoll instance; -1: it is not open. */
struct departures {
    int fd;
    struct event *event;
};

#define DEPARTURES_NONE \
    {                   \
        .fd = -1        \
    }

/* Returns 0 or -errno. The caller must call departures_close() even on failure. */
int departures_open(struct departures *departures, struct event_base *base);
void departures_close(struct departures *departures);

/* Closes @connection with connection_close() as soon as its client has left, also if that has only shut down
 * its side. Ends with departures_forget(), which must come before the connection is freed. Returns 0 or
 * -errno. */
int departures_expect(struct departures *departures, struct connection *connection);
void departures_forget(struct departures *departures, const struct connection *connection);

#endif
