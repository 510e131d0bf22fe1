/* SPDX-License-Identifier: MIT */
/* PID 1 of a cell.
 *
 * The program's process shares the table of descriptors with PID 1 until exec (CLONE_FILES, and CLONE_VFORK,
 * so that PID 1 stands still meanwhile): so the seccomp listener that it gets with its filter lands in PID
 * 1's table, and no descriptor has to be sent through a filter that forbids sending. Memory is its own: the
 * kernel bills pages to the owner of the memory that they are touched for. */
#include "sandbox/inside/init.h"

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/fd.h"
#include "sandbox/base/timing.h"

#define EXIT_FAILED 70

static void __attribute__((noreturn)) leave(int status)
{
    for (;;)
        syscall(SYS_exit_group, status);
}

/* The other end is gone only where the outside is dead; then so is this cell in a moment. What can fail
 * otherwise is @fd alone. */
static int report(const struct inside *inside, struct init_report message, int fd)
{
    struct iovec part = {.iov_base = &message, .iov_len = sizeof(message)};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } rights = {0};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    int r;

    if (fd >= 0) {
        struct cmsghdr *carrier;

        header.msg_control = rights.bytes;
        header.msg_controllen = sizeof(rights.bytes);
        carrier = CMSG_FIRSTHDR(&header);
        carrier->cmsg_level = SOL_SOCKET;
        carrier->cmsg_type = SCM_RIGHTS;
        carrier->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(carrier), &fd, sizeof(fd));
    }
    r = fd_send(inside->control, &header);
    if (r < 0 && r != -ETOOMANYREFS)
        leave(EXIT_FAILED);
    return r;
}

static void __attribute__((noreturn)) fail(const struct inside *inside, unsigned int step, int r)
{
    report(inside, (struct init_report){.event = INIT_FAILED, .step = step, .error = -r}, -1);
    leave(EXIT_FAILED);
}

static void take(struct inside *inside, enum inside_phase phase)
{
    unsigned int step = 0;
    int r = inside_take(inside, phase, &step);

    if (r < 0)
        fail(inside, step, r);
}

/* The end of the socket is the end of the cell: nobody will want it any more. */
static void receive_start(struct inside *inside)
{
    int r = start_receive(inside->control, &inside->start, inside->joins);

    if (r == -EPIPE)
        leave(0);
    if (r < 0)
        fail(inside, STEP_FILES, r);
}

/* A child in the cell's v2 group from its first instruction; the v1 groups it joins by its first step. */
static pid_t clone_child(const struct inside *inside, uint64_t flags)
{
    struct clone_args args = {.flags = flags, .exit_signal = SIGCHLD};

    if (inside->joins[JOIN_INTO] >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)inside->joins[JOIN_INTO];
    }
    return (pid_t)syscall(SYS_clone3, &args, sizeof(args));
}

static pid_t start_program(struct inside *inside)
{
    struct inside_told *told = inside->told;
    pid_t pid = clone_child(inside, CLONE_VFORK | CLONE_FILES);

    if (pid < 0)
        fail(inside, errno == EACCES ? STEP_CGROUP : STEP_EXEC, -errno);
    if (pid == 0) {
        told->r = inside_take(inside, PHASE_PROGRAM, &told->step);
        leave(EXIT_FAILED);
    }
    if (told->r < 0)
        fail(inside, told->step, told->r);
    /* Killed by the kernel before it got to exec: the files alone take more memory than the cell may have. */
    if (told->started_ns == 0)
        fail(inside, STEP_FILES, -ENOMEM);
    return pid;
}

/* Reaps whatever ends. The end of the program is the end of the cell: PID 1 reports it and leaves, and the
 * kernel kills all others before it lets go of PID 1 (pid_namespaces(7)). */
static void __attribute__((noreturn)) watch(const struct inside *inside, pid_t program)
{
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, __WALL);

        if (pid == program) {
            report(inside,
                   (struct init_report){.event = INIT_ENDED, .status = status, .time_ns = timing_now_ns()},
                   -1);
            leave(0);
        }
        if (pid < 0 && errno != EINTR)
            pause();
    }
}

void init_main(struct inside *inside)
{
    const struct inside_told *told = inside->told;
    pid_t program;
    int r;

    take(inside, PHASE_MAKE);
    report(inside, (struct init_report){.event = INIT_READY, .time_ns = timing_now_ns()}, -1);
    receive_start(inside);
    program = start_program(inside);
    start_release(inside->start);
    inside->start = NULL;
    take(inside, PHASE_WATCH);
    r = report(
        inside,
        (struct init_report){.event = INIT_STARTED, .time_ns = told->started_ns, .cpu_us = told->cpu_us},
        told->listener);
    if (r < 0)
        fail(inside, STEP_POLICY, r);
    if (told->listener >= 0)
        close(told->listener);
    watch(inside, program);
}
