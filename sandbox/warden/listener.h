/* SPDX-License-Identifier: MIT */
/* Listening sockets. */
#ifndef EXRUN_SANDBOX_WARDEN_LISTENER_H
#define EXRUN_SANDBOX_WARDEN_LISTENER_H

#include <stdbool.h>
#include <sys/types.h>

/* Room for an address and its NUL: a path of sockaddr_un and "unix:" before it, or an IP address and a port.
 */
enum { LISTENER_ADDRESS_ROOM = 128 };

/* @address: "unix:/PATH", "IPV4:PORT" or "[IPV6]:PORT", owned by whoever has the struct. @mode, @group: of a
 * Unix socket; (gid_t)-1: exrun's own group. @is_admin: operators' calls are allowed. */
struct listener_config {
    char *address;
    mode_t mode;
    gid_t group;
    bool is_admin;
};

/* Returns true if @address has one of the three forms. The rest of it is checked when it is opened. */
bool listener_is_address(const char *address);

/* Makes the directory of the sockets, or opens it to everybody: whoever may use a socket must be able to
 * reach it, and the slots have a directory of their own. Returns 0, -EPERM if it is another user's, or
 * another -errno. */
int listener_open_directory(const char *path);

/* Opens the socket. Replaces a Unix socket that nobody listens on any more; the caller must hold the lock
 * (lease_lock()). The socket does not block. Returns it, -EADDRINUSE if another process listens there, or
 * another -errno. */
int listener_open(const struct listener_config *config);

/* Prepares @fd, a socket that somebody else opened for the listener; its owner and mode stay as they are.
 * Returns 0, -EADDRNOTAVAIL if it has another address, -ENOTSOCK if it does not wait for connections of
 * streams, -EPERM if it is for administrators and its file lets more users in than the listener's mode, or
 * another -errno. @fd stays the caller's. */
int listener_adopt(const struct listener_config *config, int fd);

/* A positive result of listener_discard(): no process listens on the socket. */
enum { LISTENER_E_DEAD = 1 };

/* Removes the socket @path if no process listens on it, or only looks if @is_dry. The caller must hold the
 * lock (lease_lock()), because a service that is starting replaces such a socket, and begins to listen later.
 * Returns LISTENER_E_DEAD if it was, or would be, removed, 0 if there is none, or -errno. */
int listener_discard(const char *path, bool is_dry);

/* Gives an open Unix socket the group and the mode of @config, as far as that is possible. */
void listener_update(const struct listener_config *config);

/* Removes a Unix socket from the file system. */
void listener_remove(const struct listener_config *config);

#endif
