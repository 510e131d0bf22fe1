/* SPDX-License-Identifier: MIT */
/* Makes an interpreter wait in its cell. */
#include "sandbox/warm/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

#include "sandbox/base/raw.h"
#include "sandbox/inside/release.h"
#include "sandbox/inside/report.h"
#include "sandbox/inside/steps.h"
#include "sandbox/warm/shim_protocol.h"

#define EXIT_FAILED 70
#define MOST_CLOCKS 8
#define THREADS "/proc/self/task"

/* Not there in a process without libc. */
extern void *dlsym(void *handle, const char *symbol) __attribute__((weak));
extern int *__errno_location(void) __attribute__((weak));
extern const void *stack_end __asm__("__libc_stack_end") __attribute__((weak));

enum shim_state { SHIM_IDLE, SHIM_WAITS, SHIM_DONE };

static struct {
    enum shim_state state;
    int socket;
    struct shim_orders orders;
    uint32_t n_reached; /* how often it has reached the point */
    int64_t *clocks[MOST_CLOCKS];
    size_t n_clocks;
    int entry;   /* of WARM_READ_ENTRY: the interpreter's descriptor of the entry file; -1: none yet */
    char *begun; /* and the placeholder, where it was read to; NULL: not yet */
    size_t n_begun;
} shim = {.socket = -1, .entry = -1};

static void __attribute__((noreturn)) leave(long status)
{
    for (;;)
        raw(SYS_exit_group, status);
}

static void __attribute__((noreturn)) fail(unsigned int step, long r)
{
    release_report(shim.socket, &(struct init_report){.event = INIT_FAILED, .step = step, .error = (int)-r});
    leave(EXIT_FAILED);
}

/* Returns the start socket; -1: this process is not a parked one. */
static int find_socket(void)
{
    int type = 0;
    uint32_t size = sizeof(type);
    long r = raw(SYS_getsockopt, START_PARK_SOCKET, SOL_SOCKET, SO_TYPE, RAW(&type), RAW(&size));

    return r == 0 && type == SOCK_SEQPACKET ? START_PARK_SOCKET : -1;
}

static const char *name_of_entry(void)
{
    return shim.orders.path + shim.orders.name_at;
}

static void receive_orders(void)
{
    long got;

    do
        got = raw(SYS_recvfrom, shim.socket, RAW(&shim.orders), sizeof(shim.orders));
    while (got == -EINTR);
    if (got == 0)
        leave(0);
    if (got != sizeof(shim.orders) || shim.orders.point >= N_WARM_POINTS ||
        shim.orders.name_at >= SHIM_PATH_ROOM || shim.orders.path[SHIM_PATH_ROOM - 1] != '\0')
        fail(STEP_EXEC, got < 0 ? got : -EBADMSG);
}

/* Returns the number of names in a directory of /proc. */
static unsigned int count(const char *path)
{
    struct name {
        uint64_t inode, offset;
        uint16_t size;
        uint8_t type;
        char name[];
    };
    static char buffer[2048] __attribute__((aligned(8))); /* one thread is here at a time */
    long fd = raw(SYS_openat, AT_FDCWD, RAW(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC), got;
    unsigned int n = 0;

    if (fd < 0)
        return 0;
    while ((got = raw(SYS_getdents64, fd, RAW(buffer), sizeof(buffer))) > 0)
        for (long at = 0; at < got; at += ((const struct name *)(buffer + at))->size)
            n += ((const struct name *)(buffer + at))->name[0] != '.';
    raw(SYS_close, fd);
    return n;
}

/* @status: the number of threads. @step: the number of descriptors, without that of the socket and the one
 * with which they were counted. */
static void report_parked(void)
{
    const struct init_report parked = {.event = INIT_PARKED,
                                       .status = (int)count(THREADS),
                                       .step = count("/proc/self/fd") - 2,
                                       .time_ns = raw_clock_ns(CLOCK_MONOTONIC),
                                       .cpu_us = raw_clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000};

    if (release_report(shim.socket, &parked) < 0)
        leave(EXIT_FAILED);
}

static void *find(const char *symbol)
{
    return dlsym ? dlsym(RTLD_DEFAULT, symbol) : NULL;
}

/* Stores once more the times that were stored when the interpreter started. */
static void store_anew(void)
{
    struct timespec now = {0, 0};
    int64_t *seconds, *start;

    raw(SYS_clock_gettime, CLOCK_REALTIME, RAW(&now));
    if (shim.orders.fresh & WARM_TIME)
        for (size_t i = 0; i < shim.n_clocks; i++)
            *shim.clocks[i] = now.tv_sec;
    if (!(shim.orders.fresh & WARM_BASH_SECONDS))
        return;
    seconds = find("shell_start_time");
    start = find("shellstart"); /* a struct timeval */
    if (seconds)
        *seconds = now.tv_sec;
    if (start) {
        start[0] = now.tv_sec;
        start[1] = now.tv_nsec / 1000;
    }
}

/* Gives an interpreter that has opened the entry file, and has read the placeholder, the program instead: by
 * the same descriptor, and its first bytes in place of the placeholder's. If the program is shorter, the rest
 * of the placeholder stays. */
static long change_entry(void)
{
    long fd, got = 1, r;

    if (shim.orders.point != WARM_READ_ENTRY)
        return 0;
    fd = raw(SYS_openat, AT_FDCWD, RAW(name_of_entry()), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fd;
    for (size_t n = 0; n < shim.n_begun && got > 0; n += (size_t)got)
        do
            got = raw(SYS_read, fd, RAW(shim.begun + n), (long)(shim.n_begun - n));
        while (got == -EINTR);
    r = got < 0 ? got : raw(SYS_dup3, fd, shim.entry, O_CLOEXEC);
    raw(SYS_close, fd);
    return r;
}

/* The same steps as before execve(2) (inside/steps.c). The placeholder goes first, because a visitor's file
 * replaces none. */
static void release(const struct start *start)
{
    const struct {
        unsigned int step;
        int (*take)(const struct start *start);
    } steps[] = {
        {STEP_RLIMITS, release_rlimits}, {STEP_OUTPUTS, release_outputs}, {STEP_FILES, release_files}};
    long changed;

    raw(SYS_unlinkat, AT_FDCWD, RAW(name_of_entry()), 0);
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        int r = steps[i].take(start);

        if (r < 0)
            fail(steps[i].step, r);
    }
    changed = change_entry();
    if (changed < 0)
        fail(STEP_FILES, changed);
}

static void park(void)
{
    struct start *start = NULL;
    int r;

    report_parked();
    r = release_receive(shim.socket, &start);
    if (r == -EPIPE)
        leave(0);
    if (r < 0)
        fail(STEP_FILES, r);
    release(start);
    raw(SYS_munmap, RAW(start), (long)start->size);
    store_anew();
    r = (int)release_begin(shim.socket);
    if (r < 0)
        leave(EXIT_FAILED);
    raw(SYS_close, shim.socket);
}

static bool is_same(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

/* Returns true if @path is the entry file, as a name in the working directory or as a whole path. */
static bool is_entry(const char *path)
{
    return path && (is_same(path, name_of_entry()) || is_same(path, shim.orders.path));
}

/* Returns true if the interpreter is on its way to @point. */
static bool awaits(enum warm_point point)
{
    return __atomic_load_n(&shim.state, __ATOMIC_ACQUIRE) == SHIM_WAITS && shim.orders.point == point;
}

/* Waits in one thread, the first that comes. */
static void reach(void)
{
    enum shim_state waits = SHIM_WAITS;
    int *place, saved = 0;

    if (!__atomic_compare_exchange_n(&shim.state, &waits, SHIM_DONE, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE))
        return;
    if ((shim.orders.threads && count(THREADS) < 2) || shim.n_reached++ < shim.orders.n_earlier) {
        __atomic_store_n(&shim.state, SHIM_WAITS, __ATOMIC_RELEASE);
        return;
    }
    place = __errno_location ? __errno_location() : &saved;
    saved = *place;
    park();
    *place = saved;
}

void shim_at_open(const char *path)
{
    if (awaits(WARM_OPEN_ENTRY) && is_entry(path))
        reach();
}

void shim_at_access(const char *path)
{
    if (awaits(WARM_READ_ENTRY) && shim.begun && path && is_same(path, WARM_BEGIN))
        reach();
}

void shim_at_stat(const char *path)
{
    if (awaits(WARM_STAT_ENTRY) && is_entry(path))
        reach();
}

int shim_was_opened(const char *path, int fd)
{
    if (awaits(WARM_READ_ENTRY) && shim.entry < 0 && is_entry(path))
        shim.entry = fd;
    return fd;
}

void shim_was_read(int fd, char *buffer, long got)
{
    if (!awaits(WARM_READ_ENTRY) || fd != shim.entry || shim.begun || got <= 0)
        return;
    shim.begun = buffer;
    shim.n_begun = (size_t)got;
}

/* A place on the stack of the caller is gone before the times are stored anew. */
static bool is_on_stack(const int64_t *place)
{
    return &stack_end == NULL ||
           ((uintptr_t)place >= (uintptr_t)__builtin_frame_address(0) && (const void *)place < stack_end);
}

void shim_note_clock(int64_t *clock)
{
    if (!is_on_stack(clock) && shim.state == SHIM_WAITS && shim.n_clocks < MOST_CLOCKS)
        shim.clocks[shim.n_clocks++] = clock;
}

static void __attribute__((constructor)) load(void)
{
    shim.socket = find_socket();
    if (shim.socket < 0)
        return;
    if (raw(SYS_fcntl, shim.socket, F_SETFD, FD_CLOEXEC) < 0 ||
        release_report(shim.socket, &(struct init_report){.event = INIT_LOADED,
                                                          .time_ns = raw_clock_ns(CLOCK_MONOTONIC)}) < 0)
        leave(EXIT_FAILED);
    receive_orders();
    shim.state = SHIM_WAITS;
}
