/* SPDX-License-Identifier: MIT */
/* Fetches files out of a dead cell, without trusting their paths. */
#include "sandbox/run/artifacts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/run/artifacts_find.h"

int artifacts_fetch(int workspace, const char *path, uint64_t most, struct bytes *ret,
                    enum artifact_missed *ret_missed)
{
    enum artifact_missed missed;
    _cleanup_(fd_closep) int fd = artifact_open(workspace, path, 0, &missed);
    struct stat st;
    int r = fd < 0 ? fd : 0;

    if (r == 0 && fstat(fd, &st) < 0)
        r = -errno;
    if (layer_off("artifact-size"))
        most = SIZE_MAX / 2;
    if (r < 0 && missed == ARTIFACT_THERE)
        return r;
    if (r == 0 && !S_ISREG(st.st_mode) && !layer_off("artifact-regular"))
        missed = S_ISDIR(st.st_mode) ? ARTIFACT_DIRECTORY : ARTIFACT_IRREGULAR;
    if (missed == ARTIFACT_THERE)
        r = (uint64_t)st.st_size > most ? -EFBIG : fd_read_all(fd, (size_t)most, &ret->data, &ret->size);
    if (r == -EFBIG)
        missed = ARTIFACT_TOO_LARGE;
    if (missed != ARTIFACT_THERE && ret_missed)
        *ret_missed = missed;
    return missed == ARTIFACT_THERE ? r : ARTIFACTS_E_NONE;
}

int artifacts_collect(int workspace, char *const *patterns, uint64_t most, struct artifacts *ret)
{
    int r = artifacts_find(workspace, patterns, ret);

    for (size_t i = 0; i < ret->n && r >= 0; i++) {
        struct artifact *one = &ret->items[i];

        if (one->missed != ARTIFACT_THERE)
            continue;
        r = artifacts_fetch(workspace, one->path, most, &one->content, &one->missed);
        if (r == 0)
            most -= one->content.size;
    }
    return r < 0 ? r : 0;
}

void artifacts_deinit(struct artifacts *artifacts)
{
    for (size_t i = 0; i < artifacts->n; i++) {
        free(artifacts->items[i].path);
        free(artifacts->items[i].content.data);
    }
    free(artifacts->items);
    *artifacts = (struct artifacts){0};
}
