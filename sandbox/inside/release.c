/* SPDX-License-Identifier: MIT */
/* The release of a program. */
#include "sandbox/inside/release.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/layer_off.h"
#include "sandbox/base/raw.h"
#include "sandbox/inside/report.h"

#define LONGEST_NAME 255

static void close_fd(long fd)
{
    if (fd >= 0)
        raw(SYS_close, fd);
}

/* Receives one message with one descriptor: the memfd, and its size in bytes. Returns the descriptor, -EPIPE
 * if the other end is closed, -EBADMSG for any other message, or another -errno. */
static long receive_memfd(int control, uint64_t *ret_size)
{
    struct iovec part = {.iov_base = ret_size, .iov_len = sizeof(*ret_size)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } rights = {0};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof(rights)};
    long got;

    do
        got = raw(SYS_recvmsg, control, RAW(&message), MSG_CMSG_CLOEXEC);
    while (got == -EINTR);
    if (got <= 0)
        return got < 0 ? got : -EPIPE;
    if (got != sizeof(*ret_size) || message.msg_controllen < sizeof(struct cmsghdr) ||
        rights.header.cmsg_type != SCM_RIGHTS || rights.header.cmsg_len != CMSG_LEN(sizeof(int)))
        return -EBADMSG;
    return *(int *)(void *)CMSG_DATA(&rights.header);
}

/* Turns an offset of the message into a pointer. */
#define RELOCATE(base, pointer) ((pointer) = (void *)((base) + (uintptr_t)(pointer)))

static void relocate(struct start *start)
{
    char *base = (char *)start;

    RELOCATE(base, start->program);
    RELOCATE(base, start->argv);
    RELOCATE(base, start->env);
    RELOCATE(base, start->files);
    for (size_t i = 0; i < start->n_argv; i++)
        RELOCATE(base, start->argv[i]);
    for (size_t i = 0; i < start->n_env; i++)
        RELOCATE(base, start->env[i]);
    for (size_t i = 0; i < start->n_files; i++) {
        RELOCATE(base, start->files[i].path);
        RELOCATE(base, start->files[i].data);
    }
}

int release_receive(int control, struct start **ret)
{
    uint64_t size = 0;
    long fd = receive_memfd(control, &size), at;

    if (fd < 0)
        return (int)fd;
    at = size < sizeof(struct start)
             ? -EBADMSG
             : raw(SYS_mmap, 0, (long)size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    close_fd(fd);
    if ((unsigned long)at > -4096UL) /* the kernel's errors are above all addresses */
        return (int)at;
    *ret = (struct start *)at;
    relocate(*ret);
    return 0;
}

/* Returns true if a test wants this limit to stay as the caller had it. */
static bool is_left(size_t i)
{
    static const char *const layers[N_RLIMITS] = {
        [RLIMITS_CORE] = "rlimit-core",         [RLIMITS_MEMLOCK] = "rlimit-memlock",
        [RLIMITS_MSGQUEUE] = "rlimit-msgqueue", [RLIMITS_RTPRIO] = "rlimit-rtprio",
        [RLIMITS_NICE] = "rlimit-nice",         [RLIMITS_SIGPENDING] = "rlimit-sigpending",
        [RLIMITS_STACK] = "rlimit-stack",       [RLIMITS_NOFILE] = "rlimit-nofile",
        [RLIMITS_FSIZE] = "rlimit-fsize",       [RLIMITS_NPROC] = "rlimit-nproc",
        [RLIMITS_CPU] = "rlimit-cpu",           [RLIMITS_AS] = "rlimit-as",
        [RLIMITS_DATA] = "rlimit-data"};

    return layer_off(layers[i]);
}

/* Sets the soft and the hard limit to the same value. */
int release_rlimits(const struct start *start)
{
    for (size_t i = 0; i < N_RLIMITS; i++) {
        const struct start_rlimit *row = &start->rlimits[i];
        struct rlimit limit = {row->value, row->value};
        long r;

        if (is_left(i) && raw(SYS_prlimit64, 0, row->resource, 0, RAW(&limit)) == 0)
            limit.rlim_cur = limit.rlim_max;
        r = raw(SYS_prlimit64, 0, row->resource, RAW(&limit), 0);
        if (r < 0)
            return (int)r;
    }
    return 0;
}

int release_outputs(const struct start *start)
{
    long r = start->joins_outputs ? raw(SYS_dup3, STDOUT_FILENO, STDERR_FILENO, 0) : 0;

    return r < 0 ? (int)r : 0;
}

/* Returns the length of the first part of @path. @ret_is_last: no other part follows. */
static size_t part_length(const char *path, bool *ret_is_last)
{
    size_t length = 0;

    while (path[length] && path[length] != '/')
        length++;
    *ret_is_last = !path[length];
    return length;
}

/* Opens the directory @part in @directory, and creates it if it is missing. Closes @directory. */
static long enter(long directory, const char *part, size_t length)
{
    char name[LONGEST_NAME + 1];
    long r = -ENAMETOOLONG;

    if (length <= LONGEST_NAME) {
        for (size_t i = 0; i < length; i++)
            name[i] = part[i];
        name[length] = '\0';
        r = raw(SYS_mkdirat, directory, RAW(name), 0755);
    }
    if (r == 0 || r == -EEXIST)
        r = raw(SYS_openat, directory, RAW(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    close_fd(directory);
    return r;
}

static long write_all(long fd, const char *data, size_t size)
{
    while (size > 0) {
        long written = raw(SYS_write, fd, RAW(data), (long)size);

        if (written == -EINTR)
            continue;
        if (written < 0)
            return written;
        data += written;
        size -= (size_t)written;
    }
    return 0;
}

/* Goes part by part, so the kernel never walks a visitor's path as a whole. */
static long write_file(const struct start_file *file)
{
    long directory = raw(SYS_openat, AT_FDCWD, RAW("."), O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd, r;
    const char *part = file->path;
    size_t length;
    bool is_last;

    for (length = part_length(part, &is_last); directory >= 0 && !is_last;
         length = part_length(part, &is_last)) {
        directory = enter(directory, part, length);
        part += length + 1;
    }
    if (directory < 0)
        return directory;
    fd = raw(SYS_openat, directory, RAW(part), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
             (long)file->mode);
    close_fd(directory);
    if (fd < 0)
        return fd;
    r = write_all(fd, file->data, file->size);
    close_fd(fd);
    return r;
}

int release_files(const struct start *start)
{
    for (size_t i = 0; i < start->n_files; i++) {
        long r = write_file(&start->files[i]);

        if (r < 0)
            return (int)r;
    }
    return 0;
}

static uint64_t clock_ns(long clock)
{
    struct {
        long seconds, nanoseconds;
    } now = {0, 0};

    raw(SYS_clock_gettime, clock, RAW(&now));
    return (uint64_t)now.seconds * 1000000000U + (uint64_t)now.nanoseconds;
}

/* Sends the last report, because exec closes this end of the socket. */
static long report_released(int control)
{
    struct init_report released = {.event = INIT_RELEASED,
                                   .cpu_us = clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000,
                                   .time_ns = clock_ns(CLOCK_MONOTONIC)};
    struct iovec part = {.iov_base = &released, .iov_len = sizeof(released)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    long r;

    do
        r = raw(SYS_sendmsg, control, RAW(&message), MSG_NOSIGNAL);
    while (r == -EINTR);
    return r;
}

int release_exec(int control, const struct start *start)
{
    long r = report_released(control);

    return (int)(r < 0 ? r : raw(SYS_execve, RAW(start->program), RAW(start->argv), RAW(start->env)));
}
