/* SPDX-License-Identifier: MIT */
/* The start message, as it is received. */
#include "sandbox/inside/start.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

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
    start->size = (size_t)st.st_size;
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

void start_release(struct start *start)
{
    munmap(start, start->size);
}

int start_receive(int control, struct start **ret, int ret_joins[N_JOINS])
{
    uint32_t has;
    struct iovec text = {.iov_base = &has, .iov_len = sizeof(has)};
    union start_rights rights;
    struct msghdr header = {
        .msg_iov = &text, .msg_iovlen = 1, .msg_control = rights.bytes, .msg_controllen = sizeof(rights)};
    struct cmsghdr *carrier;
    int fds[1 + N_JOINS], n = 1, r;
    ssize_t got;

    do
        got = recvmsg(control, &header, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    carrier = got == (ssize_t)sizeof(has) ? CMSG_FIRSTHDR(&header) : NULL;
    if (!carrier || carrier->cmsg_type != SCM_RIGHTS ||
        carrier->cmsg_len != CMSG_LEN((1 + (size_t)__builtin_popcount(has)) * sizeof(int)))
        return -EPIPE;
    memcpy(fds, CMSG_DATA(carrier), carrier->cmsg_len - CMSG_LEN(0));
    for (int join = 0; join < N_JOINS; join++)
        ret_joins[join] = has & 1U << join ? fds[n++] : -1;
    r = map(fds[0], ret);
    close(fds[0]);
    return r;
}
