/* SPDX-License-Identifier: MIT */
/* The start message. */
#include "sandbox/cell/start.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/strv.h"

#define ALIGNMENT 16

/* What is laid out: once with no @base, to learn the size, and once more to fill it. The contents of files
 * follow behind it, and are never copied here: they can weigh as much as a request. */
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

static struct start_file *put_files(struct packing *packing, const struct plan_step *step)
{
    size_t at = reserve(packing, step->n_files * sizeof(struct start_file));

    for (size_t i = 0; i < step->n_files; i++) {
        const struct plan_file *from = &step->files[i];
        struct start_file file = {.path = put(packing, from->path, strlen(from->path) + 1),
                                  .data = (char *)(uintptr_t)packing->contents_at,
                                  .size = from->content->size,
                                  .mode = from->is_executable ? 0755 : 0644};

        packing->contents_at += file.size;
        if (packing->base)
            memcpy(packing->base + at + i * sizeof(file), &file, sizeof(file));
    }
    return (struct start_file *)(uintptr_t)at;
}

static void lay_out(struct packing *packing, const struct plan_step *step)
{
    struct start start = {
        .n_files = step->n_files, .n_argv = strv_length(step->argv), .n_env = strv_length(step->env)};

    memcpy(start.rlimits, step->rlimits, sizeof(start.rlimits));
    reserve(packing, sizeof(start));
    start.program = put(packing, step->program, strlen(step->program) + 1);
    start.argv = put_strings(packing, step->argv, start.n_argv);
    start.env = put_strings(packing, step->env, start.n_env);
    start.files = put_files(packing, step);
    if (packing->base)
        memcpy(packing->base, &start, sizeof(start));
}

/* The memfd that holds @step, or -errno. */
static int pack(const struct plan_step *step)
{
    _cleanup_(fd_closep) int fd = memfd_create("start", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    _cleanup_(freep) char *base = NULL;
    struct packing packing = {0};
    size_t size;
    int r;

    if (fd < 0)
        return -errno;
    lay_out(&packing, step);
    size = packing.at;
    base = calloc(1, size);
    if (!base)
        return -ENOMEM;
    packing = (struct packing){.base = base, .contents_at = size};
    lay_out(&packing, step);
    /* Written, not mapped: a mapping that another thread's clone took along would forbid the seal. */
    r = fd_write_all(fd, base, size);
    for (size_t i = 0; i < step->n_files && r == 0; i++)
        r = fd_write_all(fd, step->files[i].content->data, step->files[i].content->size);
    if (r < 0)
        return r;
    if (fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
        return -errno;
    return fd_steal(&fd);
}

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

/* Room for the memfd and every gate. */
union rights {
    struct cmsghdr align;
    char bytes[CMSG_SPACE((1 + N_CGROUP_PARTS) * sizeof(int))];
};

int start_send(int control, const struct plan_step *step, const int gates[N_CGROUP_PARTS])
{
    _cleanup_(fd_closep) int message = pack(step);
    int fds[1 + N_CGROUP_PARTS] = {message}, n = 1;
    uint32_t parts = 0; /* a bit for each part whose gate is among the descriptors */
    struct iovec text = {.iov_base = &parts, .iov_len = sizeof(parts)};
    union rights rights = {0};
    struct msghdr header = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = rights.bytes};
    struct cmsghdr *carrier;

    if (message < 0)
        return message;
    for (int part = 0; part < N_CGROUP_PARTS; part++) {
        if (gates[part] < 0)
            continue;
        parts |= 1U << part;
        fds[n++] = gates[part];
    }
    header.msg_controllen = CMSG_SPACE((size_t)n * sizeof(int));
    carrier = CMSG_FIRSTHDR(&header);
    carrier->cmsg_level = SOL_SOCKET;
    carrier->cmsg_type = SCM_RIGHTS;
    carrier->cmsg_len = CMSG_LEN((size_t)n * sizeof(int));
    memcpy(CMSG_DATA(carrier), fds, (size_t)n * sizeof(int));
    return fd_send(control, &header);
}

int start_receive(int control, struct start **ret, int ret_gates[N_CGROUP_PARTS])
{
    uint32_t parts;
    struct iovec text = {.iov_base = &parts, .iov_len = sizeof(parts)};
    union rights rights;
    struct msghdr header = {
        .msg_iov = &text, .msg_iovlen = 1, .msg_control = rights.bytes, .msg_controllen = sizeof(rights)};
    struct cmsghdr *carrier;
    int fds[1 + N_CGROUP_PARTS], n = 1, r;
    ssize_t got;

    do
        got = recvmsg(control, &header, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    carrier = got == (ssize_t)sizeof(parts) ? CMSG_FIRSTHDR(&header) : NULL;
    if (!carrier || carrier->cmsg_type != SCM_RIGHTS ||
        carrier->cmsg_len != CMSG_LEN((1 + (size_t)__builtin_popcount(parts)) * sizeof(int)))
        return -EPIPE;
    memcpy(fds, CMSG_DATA(carrier), carrier->cmsg_len - CMSG_LEN(0));
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        ret_gates[part] = parts & 1U << part ? fds[n++] : -1;
    r = map(fds[0], ret);
    close(fds[0]);
    return r;
}
