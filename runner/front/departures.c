/* SPDX-License-Identifier: MIT */
/* Notices that clients have left. */
#include "runner/front/departures.h"

#include <errno.h>
#include <sys/epoll.h>

#include "runner/front/connection.h"
#include "sandbox/base/cleanup.h"

/* One at a time, because the end of one connection can end another. */
static void on_departure(evutil_socket_t fd, short what, void *arg)
{
    struct epoll_event event;

    (void)what;
    (void)arg;
    while (epoll_wait(fd, &event, 1, 0) == 1)
        connection_close(event.data.ptr);
}

int departures_open(struct departures *departures, struct event_base *base)
{
    departures->fd = epoll_create1(EPOLL_CLOEXEC);
    if (departures->fd < 0)
        return -errno;
    departures->event = event_new(base, departures->fd, EV_READ | EV_PERSIST, on_departure, NULL);
    return departures->event && event_add(departures->event, NULL) == 0 ? 0 : -ENOMEM;
}

void departures_close(struct departures *departures)
{
    if (departures->event)
        event_free(steal(departures->event));
    fd_closep(&departures->fd);
}

/* EPOLLERR and EPOLLHUP need not be asked for. */
int departures_expect(struct departures *departures, struct connection *connection)
{
    struct epoll_event event = {.events = EPOLLRDHUP, .data.ptr = connection};

    return epoll_ctl(departures->fd, EPOLL_CTL_ADD, bufferevent_getfd(connection->stream), &event) < 0
               ? -errno
               : 0;
}

/* Fails if it was not expected, and then there is nothing to do. */
void departures_forget(struct departures *departures, const struct connection *connection)
{
    epoll_ctl(departures->fd, EPOLL_CTL_DEL, bufferevent_getfd(connection->stream), NULL);
}
