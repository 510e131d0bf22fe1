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

#define LONGEST_NAME 255

static void close_fd(long fd)
{
    if (fd >= 0)
        raw(SYS_close, fd);
}

int release_report(int control, const struct init_report *report)
{
    struct iovec part = {.iov_base = (void *)(uintptr_t)report, .iov_len = sizeof(*report)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    long r;

    do
        r = raw(SYS_sendmsg, control, RAW(&message), MSG_NOSIGNAL);
    while (r == -EINTR);
    return r < 0 ? (int)r : 0;
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
    (*ret)->size = size;
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

/* Returns the limit of CPU time for the time from now on. The kernel counts from the start of the process,
 * and an interpreter that was started ahead has used some, so the limit is raised as far as it can be. */
static rlim_t from_now(const struct start_rlimit *row)
{
    const rlim_t used = raw_clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000000000;
    struct rlimit now = {0};

    if (used == 0 || raw(SYS_prlimit64, 0, row->resource, 0, RAW(&now)) < 0)
        return row->value;
    return now.rlim_max - used < row->value ? now.rlim_max : row->value + used;
}

/* Sets the soft and the hard limit to the same value. */
int release_rlimits(const struct start *start)
{
    for (size_t i = 0; i < N_RLIMITS; i++) {
        const struct start_rlimit *row = &start->rlimits[i];
        const rlim_t value = i == RLIMITS_CPU ? from_now(row) : row->value;
        struct rlimit limit = {value, value};
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

/* The directory in which the last file was written: the first @length bytes of @path, up to and including a
 * slash; "": the workspace. */
struct place {
    long directory;
    const char *path;
    size_t length;
};

/* Only names are looked up in these directories. Landlock walks from a directory that is opened for reading
 * to the root, so a path of n parts would cost n * n steps. */
#define FLAGS_OF_PLACE (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static long move(struct place *place, const char *name)
{
    long next = raw(SYS_openat, place->directory, RAW(name), FLAGS_OF_PLACE);

    if (next < 0)
        return next;
    close_fd(place->directory);
    place->directory = next;
    return 0;
}

/* Goes up to the directory that @path has in common with the place. */
static long leave(struct place *place, const char *path)
{
    size_t common = 0;
    long r = 0;

    for (size_t i = 0; i < place->length && path[i] == place->path[i]; i++)
        if (path[i] == '/')
            common = i + 1;
    for (size_t i = common; i < place->length && r == 0; i++)
        if (place->path[i] == '/')
            r = move(place, "..");
    place->length = common;
    return r;
}

/* Goes down to the directory @part of @length bytes, and creates it if it is missing. */
static long enter(struct place *place, const char *part, size_t length)
{
    char name[LONGEST_NAME + 1];
    long r;

    if (length > LONGEST_NAME)
        return -ENAMETOOLONG;
    for (size_t i = 0; i < length; i++)
        name[i] = part[i];
    name[length] = '\0';
    r = raw(SYS_mkdirat, place->directory, RAW(name), 0755);
    return r < 0 && r != -EEXIST ? r : move(place, name);
}

/* Goes part by part, so the kernel never walks a visitor's path as a whole. */
static long go_to(struct place *place, const char *path)
{
    size_t start;
    long r = leave(place, path);

    place->path = path;
    start = place->length;
    for (size_t i = start; path[i] && r == 0; i++)
        if (path[i] == '/') {
            r = enter(place, path + start, i - start);
            start = place->length = i + 1;
        }
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

static long write_file(struct place *place, const struct start_file *file)
{
    long fd, r = go_to(place, file->path);

    if (r < 0)
        return r;
    fd = raw(SYS_openat, place->directory, RAW(file->path + place->length),
             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (long)file->mode);
    if (fd < 0)
        return fd;
    r = write_all(fd, file->data, file->size);
    close_fd(fd);
    return r;
}

int release_files(const struct start *start)
{
    struct place place = {.directory = raw(SYS_openat, AT_FDCWD, RAW("."), FLAGS_OF_PLACE)};
    long r = place.directory < 0 ? place.directory : 0;

    for (size_t i = 0; i < start->n_files && r == 0; i++)
        r = write_file(&place, &start->files[i]);
    if (place.directory >= 0)
        close_fd(place.directory);
    return (int)r;
}

/* It is the last report, because exec closes this end of the socket. */
int release_begin(int control)
{
    const struct init_report released = {.event = INIT_RELEASED,
                                         .cpu_us = raw_clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000,
                                         .time_ns = raw_clock_ns(CLOCK_MONOTONIC)};

    return release_report(control, &released);
}

static int keep_control(int control)
{
    long r = raw(SYS_dup3, control, START_PARK_SOCKET, 0);

    return r < 0 ? (int)r : 0;
}

int release_exec(int control, const struct start *start)
{
    int r = start->parks ? keep_control(control) : release_begin(control);

    return r < 0 ? r : (int)raw(SYS_execve, RAW(start->program), RAW(start->argv), RAW(start->env));
}
