/* SPDX-License-Identifier: MIT */
/* Packs the start message and sends it. */
#include "sandbox/cell/start_send.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/strv.h"

#define ALIGNMENT 16

/* The layout of the message. It is computed once with @base NULL, to find the size, and once more to fill
 * it. The contents of files follow behind it. They are never copied here, because they can be as large as
 * a request. */
struct packing {
    char *base;
    size_t at, contents_at;
};

static size_t reserve(struct packing *packing, size_t size)
{
    size_t at = (packing->at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    packing->at = at + size;
    return at;
}

static void *put(struct packing *packing, const void *data, size_t size)
{
    size_t at = reserve(packing, size);

    if (packing->base && size > 0)
        memcpy(packing->base + at, data, size);
    return (void *)(uintptr_t)at;
}

static char **put_strings(struct packing *packing, char *const *list, size_t n)
{
    size_t at = reserve(packing, (n + 1) * sizeof(char *));

    for (size_t i = 0; i < n; i++) {
        char *text = put(packing, list[i], strlen(list[i]) + 1);

        if (packing->base)
            memcpy(packing->base + at + i * sizeof(char *), &text, sizeof(text));
    }
    return (char **)(uintptr_t)at;
}

static struct start_file *put_files(struct packing *packing, const struct plan_stage *stage)
{
    size_t at = reserve(packing, stage->n_files * sizeof(struct start_file));

    for (size_t i = 0; i < stage->n_files; i++) {
        const struct plan_file *from = &stage->files[i];
        struct start_file file = {.path = put(packing, from->path, strlen(from->path) + 1),
                                  .data = (char *)(uintptr_t)packing->contents_at,
                                  .size = from->content.size,
                                  .mode = from->is_executable ? 0755 : 0644};

        packing->contents_at += file.size;
        if (packing->base)
            memcpy(packing->base + at + i * sizeof(file), &file, sizeof(file));
    }
    return (struct start_file *)(uintptr_t)at;
}

static void lay_out(struct packing *packing, const struct plan_stage *stage)
{
    struct start start = {.joins_outputs = stage->joins_outputs,
                          .parks = stage->parks,
                          .n_files = stage->n_files,
                          .n_argv = strv_length(stage->argv),
                          .n_env = strv_length(stage->env)};

    for (int i = 0; i < N_RLIMITS; i++)
        start.rlimits[i] = (struct start_rlimit){rlimits_rows[i].resource, stage->rlimits[i]};
    reserve(packing, sizeof(start));
    start.program = put(packing, stage->program, strlen(stage->program) + 1);
    start.argv = put_strings(packing, stage->argv, start.n_argv);
    start.env = put_strings(packing, stage->env, start.n_env);
    start.files = put_files(packing, stage);
    if (packing->base)
        memcpy(packing->base, &start, sizeof(start));
}

/* Returns a memfd with the packed @stage, and its size in bytes in *@ret_size; or -errno. The caller
 * closes it. */
static int pack(const struct plan_stage *stage, uint64_t *ret_size)
{
    _cleanup_(fd_closep) int fd = memfd_create("start", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    _cleanup_(freep) char *base = NULL;
    struct packing packing = {0};
    size_t size;
    int r;

    if (fd < 0)
        return -errno;
    lay_out(&packing, stage);
    size = packing.at;
    base = calloc(1, size);
    if (!base)
        return -ENOMEM;
    packing = (struct packing){.base = base, .contents_at = size};
    lay_out(&packing, stage);
    /* Written instead of mapped, because the seal fails if another thread's clone has inherited a writable
     * mapping. */
    r = fd_write_all(fd, base, size);
    for (size_t i = 0; i < stage->n_files && r == 0; i++)
        r = fd_write_all(fd, stage->files[i].content.data, stage->files[i].content.size);
    if (r < 0)
        return r;
    if (fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
        return -errno;
    *ret_size = packing.contents_at;
    return fd_steal(&fd);
}

int start_send_joins(int control, const int joins[N_JOINS])
{
    int fds[N_JOINS];
    size_t n = 0;
    uint32_t has = 0; /* one bit for each join that is sent */

    for (int join = 0; join < N_JOINS; join++) {
        if (joins[join] < 0)
            continue;
        has |= 1U << join;
        fds[n++] = joins[join];
    }
    return fd_send_fds(control, &has, sizeof(has), fds, n);
}

int start_send(int control, const struct plan_stage *stage)
{
    uint64_t size;
    _cleanup_(fd_closep) int message = pack(stage, &size);

    return message < 0 ? message : fd_send_fds(control, &size, sizeof(size), &message, 1);
}
