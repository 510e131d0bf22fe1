/* SPDX-License-Identifier: MIT */
/* Listening sockets. */
#include "sandbox/warden/listener.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define BACKLOG 1024

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
    if (config->group != (gid_t)-1 && lchown(config->path, (uid_t)-1, config->group) < 0)
        return -errno;
    return chmod(config->path, config->mode) < 0 || listen(fd, BACKLOG) < 0 ? -errno : 0;
}

int listener_open(const struct listener_config *config)
{
    _cleanup_(fd_closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_un address;
    int r = fd < 0 ? -errno : address_of(config->path, &address);

    if (r == 0)
        r = discard(&address, false);
    if (r >= 0)
        r = bind_with(fd, &address, config);
    return r < 0 ? r : fd_steal(&fd);
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
    unlink(config->path);
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
