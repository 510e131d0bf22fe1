/* SPDX-License-Identifier: MIT */
/* Opens files with openat2(2), and explains why one can't be opened. */
#include "sandbox/run/artifact_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"

/* Errors that a path or file made by the program can cause. Any other error is exrun's own failure. */
static const struct {
    int error;
    const char *why;
} obstacles[] = {
    {ENOENT, "there is no such file"},
    {ENOTDIR, "there is no such file"},
    {ELOOP, "is, or lies behind, a symbolic link"},
    {EXDEV, "lies outside of /box"},
    {ENXIO, "is not a regular file"},
    {ENAMETOOLONG, "has too long a path"},
};

static const char *obstacle(int r)
{
    for (size_t i = 0; i < sizeof(obstacles) / sizeof(*obstacles); i++)
        if (obstacles[i].error == -r)
            return obstacles[i].why;
    return NULL;
}

int artifact_open(int workspace, const char *path, int flags, const char **ret_why)
{
    _cleanup_(freep) char *below = NULL;
    struct open_how how = {.flags = (uint64_t)(flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY),
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS |
                                      RESOLVE_NO_XDEV};
    long fd;

    if (layer_off("artifact-links"))
        how.resolve = 0;
    if (asprintf(&below, "box/%s", path) < 0) {
        below = NULL;
        return -ENOMEM;
    }
    fd = syscall(SYS_openat2, workspace, below, &how, sizeof(how));
    if (fd >= 0)
        return (int)fd;
    *ret_why = obstacle(-errno);
    return -errno;
}
