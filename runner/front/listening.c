/* SPDX-License-Identifier: MIT */
/* The front's listeners. */
#include "runner/front/listening.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runner/front/connection.h"
#include "runner/front/front.h"
#include "sandbox/base/cleanup.h"

#define ACCEPTS_AT_ONCE 16

/* Keeps the IP address of a client; all Unix sockets have none. Of an IPv6 address, it is the network of 64
 * bits, because a client has all addresses of it. */
static struct connection_peer peer_of(const struct sockaddr_storage *address)
{
    struct connection_peer peer = {.is_tcp = address->ss_family == AF_INET || address->ss_family == AF_INET6};

    if (address->ss_family == AF_INET)
        memcpy(peer.ip, &((const struct sockaddr_in *)address)->sin_addr, sizeof(struct in_addr));
    if (address->ss_family == AF_INET6)
        memcpy(peer.ip, &((const struct sockaddr_in6 *)address)->sin6_addr, 8);
    peer.ip[sizeof(peer.ip) - 1] = (unsigned char)address->ss_family;
    return peer;
}

static void on_accept(evutil_socket_t fd, short what, void *arg)
{
    struct front_listener *listener = arg;

    (void)what;
    for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
        struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
        socklen_t size = sizeof(address);
        int client = accept4(fd, (struct sockaddr *)&address, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        struct connection_peer peer;

        if (client < 0)
            return;
        peer = peer_of(&address);
        connection_open(listener, &peer, client);
    }
}

static struct front_listener *find(const struct front *front, const char *address)
{
    struct front_listener *listener;

    TAILQ_FOREACH(listener, &front->listeners, entry)
    if (listener->event && strcmp(listener->address, address) == 0)
        return listener;
    return NULL;
}

static void end_if_unused(struct front_listener *listener)
{
    if (listener->event || listener->n_connections > 0)
        return;
    TAILQ_REMOVE(&listener->front->listeners, listener, entry);
    free(listener);
}

static void stop(struct front_listener *listener)
{
    if (listener->event)
        event_free(steal(listener->event));
    fd_closep(&listener->fd);
    end_if_unused(listener);
}

static int add(struct front *front, const struct wire_listener *told, int fd /* takes */)
{
    struct front_listener *listener = calloc(1, sizeof(*listener));

    if (!listener) {
        close(fd);
        return -ENOMEM;
    }
    *listener = (struct front_listener){.front = front,
                                        .is_admin = told->is_admin != 0,
                                        .is_inherited = told->is_inherited != 0,
                                        .is_told = true,
                                        .fd = fd};
    memcpy(listener->address, told->address, sizeof(listener->address));
    TAILQ_INSERT_TAIL(&front->listeners, listener, entry);
    listener->event = event_new(front->base, fd, EV_READ | EV_PERSIST, on_accept, listener);
    if (listener->event && event_add(listener->event, NULL) == 0)
        return 0;
    stop(listener);
    return -ENOMEM;
}

/* Closes those that were not named, and begins a new round. */
static void close_others(struct front *front)
{
    struct front_listener *next;

    for (struct front_listener *listener = TAILQ_FIRST(&front->listeners); listener; listener = next) {
        next = TAILQ_NEXT(listener, entry);
        if (listener->is_told)
            listener->is_told = false;
        else if (listener->event)
            stop(listener);
    }
}

int listening_add(struct front *front, const struct wire_listener *told, int fd /* takes */)
{
    struct front_listener *listener;
    int r = 0;

    if (!memchr(told->address, '\0', sizeof(told->address))) {
        close(fd);
        return -EBADMSG;
    }
    listener = find(front, told->address);
    if (listener) {
        listener->is_admin = told->is_admin != 0;
        listener->is_told = true;
        close(fd);
    } else {
        r = add(front, told, fd);
    }
    if (r == 0 && told->is_last)
        close_others(front);
    return r;
}

void listening_leave_to_next(struct front *front)
{
    struct front_listener *listener;

    TAILQ_FOREACH(listener, &front->listeners, entry)
    if (listener->event && listener->is_inherited)
        event_del(listener->event);
}

void listening_leave(struct front_listener *listener)
{
    listener->n_connections--;
    end_if_unused(listener);
}

void listening_deinit(struct front *front)
{
    struct front_listener *listener;

    while ((listener = TAILQ_FIRST(&front->listeners))) {
        listener->n_connections = 0;
        stop(listener);
    }
}
