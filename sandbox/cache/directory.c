/* SPDX-License-Identifier: MIT */
/* Opens the directory of the cache. */
#include "sandbox/cache/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

bool directory_is_ours_alone(const struct stat *st)
{
    return st->st_uid == geteuid() && (st->st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/* Creates the directory, and the one above it, which a new user does not have (~/.cache). If this fails,
 * opening it says why. */
static void create(const char *path)
{
    char above[SETTINGS_CACHE_ROOM];
    const char *slash = strrchr(path, '/');

    if (mkdir(path, 0700) == 0 || errno != ENOENT || !slash || slash == path)
        return;
    memcpy(above, path, (size_t)(slash - path));
    above[slash - path] = '\0';
    mkdir(above, 0700);
    mkdir(path, 0700);
}

int directory_open(const struct settings *settings, bool creates)
{
    const char *path = settings->cache;
    _cleanup_(fd_closep) int fd = -1;
    struct stat st;

    if (!*path || settings->cache_bytes == 0)
        return -ENODATA;
    /* It would follow a link. */
    if (path[strlen(path) - 1] == '/')
        return -ELOOP;
    if (creates)
        create(path);
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    return directory_is_ours_alone(&st) ? fd_steal(&fd) : -EPERM;
}
