/* SPDX-License-Identifier: MIT */
/* Listening sockets. */
#include "sandbox/warden/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define BACKLOG 1024
#define SCHEME "unix:"
/* A peer whose cable was pulled acknowledges nothing, and sends no end. While exrun has nothing to send, the
 * kernel asks it (tcp(7)). */
#define USER_TIMEOUT_MS 20000
#define KEEPALIVE_IDLE_S 10
#define KEEPALIVE_INTERVAL_S 5

/* The path of a Unix socket, or NULL. */
static const char *path_of(const char *address)
{
    return strncmp(address, SCHEME, strlen(SCHEME)) == 0 ? address + strlen(SCHEME) : NULL;
}

bool listener_is_address(const char *address)
{
    const char *path = path_of(address);

    return path ? *path == '/' : strrchr(address, ':') != NULL;
}

static int address_of(const char *path, struct sockaddr_un *ret)
{
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(ret->sun_path))
        return -ENAMETOOLONG;
    memcpy(ret->sun_path, path, strlen(path) + 1);
    return 0;
}

/* Returns LISTENER_E_DEAD if the process of the socket has ended, because a killed service leaves its own.
 * Returns 0 if there is nothing, -EEXIST if it is something else, or -EADDRINUSE if a process listens. */
static int look(const struct sockaddr_un *address)
{
    _cleanup_(fd_closep) int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct stat st;

    if (lstat(address->sun_path, &st) < 0)
        return errno == ENOENT ? 0 : -errno;
    if (!S_ISSOCK(st.st_mode))
        return -EEXIST;
    if (probe < 0)
        return -errno;
    if (connect(probe, (const struct sockaddr *)address, sizeof(*address)) == 0 || errno != ECONNREFUSED)
        return -EADDRINUSE;
    return LISTENER_E_DEAD;
}

static int discard(const struct sockaddr_un *address, bool is_dry)
{
    int r = look(address);

    return r == LISTENER_E_DEAD && !is_dry && unlink(address->sun_path) < 0 ? -errno : r;
}

static int bind_with(int fd, const struct sockaddr_un *address, const struct listener_config *config)
{
    /* Until the owner and the mode are right, nobody can connect. */
    const mode_t before = umask(0777);
    int r = bind(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 ? -errno : 0;

    umask(before);
    if (r < 0)
        return r;
    if (config->group != (gid_t)-1 && lchown(address->sun_path, (uid_t)-1, config->group) < 0)
        return -errno;
    return chmod(address->sun_path, config->mode) < 0 || listen(fd, BACKLOG) < 0 ? -errno : 0;
}

static int open_unix(const char *path, const struct listener_config *config)
{
    _cleanup_(fd_closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_un address;
    int r = fd < 0 ? -errno : address_of(path, &address);

    if (r == 0)
        r = discard(&address, false);
    if (r >= 0)
        r = bind_with(fd, &address, config);
    return r < 0 ? r : fd_steal(&fd);
}

/* Splits "IP:PORT". Returns the size of the socket address, or -EINVAL. */
static int parse_tcp(const char *text, struct sockaddr_storage *ret)
{
    const char *colon = strrchr(text, ':');
    const bool is_v6 = *text == '[' && colon > text && colon[-1] == ']';
    size_t size = colon ? (size_t)(colon - text) - (is_v6 ? 2 : 0) : 0;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret;
    struct sockaddr_in *v4 = (struct sockaddr_in *)ret;
    char ip[INET6_ADDRSTRLEN];
    unsigned long port;

    if (size == 0 || size >= sizeof(ip))
        return -EINVAL;
    memcpy(ip, text + is_v6, size);
    ip[size] = '\0';
    port = strtoul(colon + 1, NULL, 10);
    if (port == 0 || port > UINT16_MAX)
        return -EINVAL;
    *ret = (struct sockaddr_storage){.ss_family = is_v6 ? AF_INET6 : AF_INET};
    if (is_v6)
        v6->sin6_port = htons((uint16_t)port);
    else
        v4->sin_port = htons((uint16_t)port);
    if (inet_pton(ret->ss_family, ip, is_v6 ? (void *)&v6->sin6_addr : (void *)&v4->sin_addr) != 1)
        return -EINVAL;
    return is_v6 ? sizeof(*v6) : sizeof(*v4);
}

/* Accepted connections inherit the options (tcp(7)), so the front needs no call for them. */
static int set_options(int fd)
{
    static const int on = 1, timeout_ms = USER_TIMEOUT_MS, idle_s = KEEPALIVE_IDLE_S,
                     interval_s = KEEPALIVE_INTERVAL_S;

    return setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)) < 0 ||
                   setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof(idle_s)) < 0 ||
                   setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof(interval_s)) < 0 ||
                   setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) < 0 ||
                   setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms, sizeof(timeout_ms)) < 0
               ? -errno
               : 0;
}

static int set_options_of_bind(int fd, int family)
{
    static const int on = 1;

    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0)
        return -errno;
    /* So that 0.0.0.0 and [::] can have the same port. */
    if (family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) < 0)
        return -errno;
    return 0;
}

static int open_tcp(const struct listener_config *config)
{
    _cleanup_(fd_closep) int fd = -1;
    struct sockaddr_storage address;
    int size = parse_tcp(config->address, &address), r;

    if (size < 0)
        return size;
    fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    r = set_options(fd);
    if (r == 0)
        r = set_options_of_bind(fd, address.ss_family);
    if (r < 0)
        return r;
    if (bind(fd, (const struct sockaddr *)&address, (socklen_t)size) < 0 || listen(fd, BACKLOG) < 0)
        return -errno;
    return fd_steal(&fd);
}

int listener_open(const struct listener_config *config)
{
    const char *path = path_of(config->address);

    return path ? open_unix(path, config) : open_tcp(config);
}

static bool is_same_v4(const struct sockaddr_storage *a, const struct sockaddr_storage *b)
{
    struct sockaddr_in one, other;

    memcpy(&one, a, sizeof(one));
    memcpy(&other, b, sizeof(other));
    return one.sin_port == other.sin_port && one.sin_addr.s_addr == other.sin_addr.s_addr;
}

static bool is_same_v6(const struct sockaddr_storage *a, const struct sockaddr_storage *b)
{
    struct sockaddr_in6 one, other;

    memcpy(&one, a, sizeof(one));
    memcpy(&other, b, sizeof(other));
    return one.sin6_port == other.sin6_port && IN6_ARE_ADDR_EQUAL(&one.sin6_addr, &other.sin6_addr);
}

/* Returns true if the socket has the address of the listener. @size: of its own address. */
static bool has_address(const struct listener_config *config, const struct sockaddr_storage *own,
                        socklen_t size)
{
    const char *path = path_of(config->address);
    struct sockaddr_storage address = {0};

    if (path) {
        const struct sockaddr_un *un = (const struct sockaddr_un *)own;
        const size_t room = size - offsetof(struct sockaddr_un, sun_path);

        return un->sun_family == AF_UNIX && size > offsetof(struct sockaddr_un, sun_path) &&
               strnlen(un->sun_path, room) == strlen(path) && memcmp(un->sun_path, path, strlen(path)) == 0;
    }
    if (parse_tcp(config->address, &address) < 0 || address.ss_family != own->ss_family)
        return false;
    return address.ss_family == AF_INET ? is_same_v4(&address, own) : is_same_v6(&address, own);
}

static bool has_option(int fd, int option, int value)
{
    socklen_t size = sizeof(int);
    int found;

    return getsockopt(fd, SOL_SOCKET, option, &found, &size) == 0 && found == value;
}

/* Returns 0, or -EPERM if users can make operators' calls that the mode leaves out: all who can write to the
 * file can connect (unix(7)). */
static int check_mode(const struct listener_config *config)
{
    const char *path = path_of(config->address);
    struct stat st;

    if (!path || !config->is_admin)
        return 0;
    if (lstat(path, &st) < 0)
        return -errno;
    return st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH) & ~config->mode ? -EPERM : 0;
}

int listener_adopt(const struct listener_config *config, int fd)
{
    struct sockaddr_storage own = {.ss_family = AF_UNSPEC};
    socklen_t size = sizeof(own);

    if (!has_option(fd, SO_ACCEPTCONN, 1) || !has_option(fd, SO_TYPE, SOCK_STREAM) ||
        getsockname(fd, (struct sockaddr *)&own, &size) < 0)
        return -ENOTSOCK;
    if (!has_address(config, &own, size))
        return -EADDRNOTAVAIL;
    if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
        return -errno;
    return own.ss_family == AF_UNIX ? check_mode(config) : set_options(fd);
}

void listener_update(const struct listener_config *config)
{
    const char *path = path_of(config->address);

    /* Narrow first, so that nobody is let in between who may not enter before or after. */
    if (!path || chmod(path, 0) < 0)
        return;
    if (config->group == (gid_t)-1 || lchown(path, (uid_t)-1, config->group) == 0)
        chmod(path, config->mode);
}

int listener_discard(const char *path, bool is_dry)
{
    struct sockaddr_un address;
    int r = address_of(path, &address);

    if (r == 0)
        r = discard(&address, is_dry);
    return r == -EEXIST || r == -EADDRINUSE ? 0 : r;
}

void listener_remove(const struct listener_config *config)
{
    const char *path = path_of(config->address);

    if (path)
        unlink(path);
}

int listener_open_directory(const char *path)
{
    struct stat st;

    if (mkdir(path, 0755) < 0 && errno != EEXIST)
        return -errno;
    if (lstat(path, &st) < 0)
        return -errno;
    if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid())
        return -EPERM;
    return chmod(path, 0755) < 0 ? -errno : 0;
}
