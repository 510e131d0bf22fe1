/* SPDX-License-Identifier: MIT */
/* The start message, as it is received. */
#include "sandbox/inside/start.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
static void relocate(char *base, void *pointer)
{
    uintptr_t offset;

    memcpy(&offset, pointer, sizeof(offset));
    offset += (uintptr_t)base;
    memcpy(pointer, &offset, sizeof(offset));
}

static int map(int fd, struct start **ret)
{
    struct stat st;
    struct start *start;
    char *base;

    if (fstat(fd, &st) < 0)
        return -errno;
    if ((size_t)st.st_size < sizeof(*start))
        return -EBADMSG;
    base = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    if (base == MAP_FAILED)
        return -errno;
    start = (struct start *)(void *)base;
    relocate(base, &start->program);
    relocate(base, &start->argv);
    relocate(base, &start->env);
    relocate(base, &start->files);
    for (size_t i = 0; i < start->n_argv; i++)
        relocate(base, &start->argv[i]);
    for (size_t i = 0; i < start->n_env; i++)
        relocate(base, &start->env[i]);
    for (size_t i = 0; i < start->n_files; i++) {
        relocate(base, &start->files[i].path);
        relocate(base, &start->files[i].data);
    }
    *ret = start;
    return 0;
}

int start_receive_joins(int control, int ret_joins[N_JOINS])
{
    int fds[N_JOINS], n = 0, r;
    uint32_t has;

    r = fd_receive_fds(control, &has, sizeof(has), fds, N_JOINS);
    for (int join = 0; r == 0 && join < N_JOINS; join++)
        ret_joins[join] = has & 1U << join ? fds[n++] : -1;
    return r;
}

int start_receive(int control, struct start **ret)
{
    int fd, r;
    uint32_t none;

    r = fd_receive_fds(control, &none, sizeof(none), &fd, 1);
    if (r < 0)
        return r;
    r = map(fd, ret);
    fd_closep(&fd);
    return r;
}
