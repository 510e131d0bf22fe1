/* SPDX-License-Identifier: MIT */
/* Opens files with openat2(2), and reports why one can't be opened. */
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
static enum artifact_missed obstacle(int error)
{
    static const struct {
        int error;
        enum artifact_missed missed;
    } rows[] = {
        {ENOENT, ARTIFACT_ABSENT}, {ENOTDIR, ARTIFACT_ABSENT},  {ELOOP, ARTIFACT_BEHIND_LINK},
        {EXDEV, ARTIFACT_OUTSIDE}, {ENXIO, ARTIFACT_IRREGULAR}, {ENAMETOOLONG, ARTIFACT_LONG_PATH},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].error == error)
            return rows[i].missed;
    return ARTIFACT_THERE;
}

int artifact_open(int workspace, const char *path, int flags, enum artifact_missed *ret_missed)
{
    _cleanup_(freep) char *below = NULL;
    struct open_how how = {.flags = (uint64_t)(flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY),
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS |
                                      RESOLVE_NO_XDEV};
    long fd;

    if (layer_off("artifact-links"))
        how.resolve = 0;
    *ret_missed = ARTIFACT_THERE;
    if (asprintf(&below, "box/%s", path) < 0) {
        below = NULL;
        return -ENOMEM;
    }
    fd = syscall(SYS_openat2, workspace, below, &how, sizeof(how));
    if (fd >= 0)
        return (int)fd;
    *ret_missed = obstacle(errno);
    return -errno;
}
