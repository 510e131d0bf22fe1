/* SPDX-License-Identifier: MIT */
/* PID 1 of a cell, and the program's process until exec. Both report over one socket, and exec closes its end
 * in the cell, so the program's process itself sends its seccomp listener and the reason of a failure. The
 * program's process does not share PID 1's memory, because the kernel charges pages to the owner of the
 * memory for which they are touched. */
#include "sandbox/inside/init.h"

#include <errno.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/timing.h"
#include "sandbox/inside/release.h"
#include "sandbox/inside/report.h"

#define EXIT_FAILED 70

static void __attribute__((noreturn)) leave(int status)
{
    for (;;)
        syscall(SYS_exit_group, status);
}

/* Sends the report. If the other end is closed, the outside is dead, and this cell will be in a moment, so
 * the process leaves. Returns 0 or -ETOOMANYREFS, because otherwise only sending @fd can fail. */
static int report(const struct inside *inside, struct init_report message, int fd)
{
    int r = report_send(inside->control, &message, fd);

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

/* Receives the joins. Leaves if the outside has closed the socket, because then the cell isn't needed any
 * more. */
static void receive_joins(struct inside *inside)
{
    int r = start_receive_joins(inside->control, inside->joins);

    if (r == -EPIPE)
        leave(0);
    if (r < 0)
        fail(inside, STEP_CGROUP, r);
}

static int be_program(struct inside *inside, unsigned int *ret_step)
{
    int r = inside_take(inside, PHASE_SETTLE, ret_step);

    if (r < 0)
        return r;
    *ret_step = STEP_POLICY;
    r = report_send(inside->control, &(struct init_report){.event = INIT_READY, .time_ns = timing_now_ns()},
                    inside->listener);
    if (r < 0)
        return r;
    fd_closep(&inside->listener);
    *ret_step = STEP_FILES;
    r = release_receive(inside->control, &inside->start);
    if (r == -EPIPE)
        leave(0);
    return r < 0 ? r : inside_take(inside, PHASE_RELEASE, ret_step);
}

/* Clones a child that is in the cell's v2 group from its first instruction. It joins the v1 groups in its
 * first step. */
static pid_t clone_program(struct inside *inside)
{
    struct clone_args args = {.flags = CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD};
    pid_t pid;

    if (inside->joins[JOIN_INTO] >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)inside->joins[JOIN_INTO];
    }
    pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
    if (pid < 0)
        fail(inside, errno == EACCES ? STEP_CGROUP : STEP_EXEC, -errno);
    if (pid == 0) {
        unsigned int step;
        int r = be_program(inside, &step);

        fail(inside, step, r);
    }
    return pid;
}

static void on_child(int number)
{
    (void)number;
}

/* Lets the end of a child interrupt the wait in watch(), and nothing else. If the caller ignores SIGCHLD, PID
 * 1 has inherited that in spite of CLONE_CLEAR_SIGHAND, and it would discard the wait statuses. The program's
 * process resets the signal mask and the handler. */
static void hear_of_children(const struct inside *inside)
{
    const struct sigaction answer = {.sa_handler = on_child};
    sigset_t children;

    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &children, NULL) < 0 || sigaction(SIGCHLD, &answer, NULL) < 0)
        fail(inside, STEP_TETHER, -errno);
}

static void reap(const struct inside *inside, pid_t program)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
        if (pid != program)
            continue;
        report(inside,
               (struct init_report){.event = INIT_ENDED, .status = status, .time_ns = timing_now_ns()}, -1);
        sched_yield(); /* the outside, which was just woken, may be next on this processor, and the end takes
                          long */
        leave(0);
    }
}

/* Reaps every process that ends. If the program ends, the cell ends: PID 1 reports it and leaves, and the
 * kernel kills all others before it releases PID 1 (pid_namespaces(7)). The cell ends as well if the outside
 * ends. The signal of inside_tether() alone is not enough. It reports the end of one thread of the outside,
 * and that thread might have died before the signal was set. inside_tether() does not notice this if another
 * cell, which is just being created, holds a copy of the socket's other end. Here PID 1 notices when the last
 * copy is closed. */
static void __attribute__((noreturn)) watch(const struct inside *inside, pid_t program)
{
    sigset_t none;

    sigemptyset(&none);
    for (;;) {
        struct pollfd outside = {.fd = inside->control};

        reap(inside, program);
        if (ppoll(&outside, 1, NULL, &none) > 0)
            leave(0);
    }
}

void init_main(struct inside *inside)
{
    pid_t program;

    take(inside, PHASE_MAKE);
    receive_joins(inside);
    hear_of_children(inside);
    program = clone_program(inside);
    /* The program's process settles at the same time. */
    take(inside, PHASE_WATCH);
    report(inside, (struct init_report){.event = INIT_CONFINED, .time_ns = timing_now_ns()}, -1);
    watch(inside, program);
}
