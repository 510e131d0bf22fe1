/* SPDX-License-Identifier: MIT */
/* The processes that the warden starts. */
#include "sandbox/warden/children.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/pause.h"
#include "sandbox/base/timing.h"

#define IS_WELL_NS UINT64_C(60000000000)

/* Ends with the warden. Has no controlling terminal, so it does not get signals that are meant for the
 * warden's, and can't type into it (TIOCSTI of ioctl_tty(2)). */
static void begin(pid_t parent)
{
    sigset_t none;

    sigemptyset(&none);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != parent || setsid() < 0 ||
        sigprocmask(SIG_SETMASK, &none, NULL) < 0)
        _exit(1);
}

pid_t child_fork(struct child *child, int *ret_socket, int *ret_own)
{
    const pid_t parent = getpid();
    int pair[2];
    pid_t pid;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    pid = fork();
    if (pid == 0) {
        begin(parent);
        close(pair[0]);
        *ret_own = pair[1];
        return 0;
    }
    if (pid < 0) {
        pid = -errno;
        close(pair[0]);
    } else {
        child->pid = pid;
        child->is_ended = child->is_stopped = child->has_last_run = false;
        child->killed_ns = child->stuck_ns = child->leave_ns = 0;
        child->generation++;
        child->started_ns = timing_now_ns();
        *ret_socket = pair[0];
    }
    close(pair[1]);
    return pid;
}

void child_note_end(struct child *child, bool fine)
{
    uint64_t now_ns = timing_now_ns();

    child->pid = 0;
    if (fine || now_ns - child->started_ns >= IS_WELL_NS)
        child->n_failures = 0;
    child->restart_ns = now_ns;
    if (fine)
        return;
    child->n_bad_ends++;
    child->restart_ns += pause_ns(child->n_failures++);
}

uint32_t child_pause_ms(const struct child *child, uint64_t now_ns)
{
    return child->restart_ns > now_ns ? (uint32_t)((child->restart_ns - now_ns + 999999) / 1000000) : 0;
}

bool child_lives(const struct child *children, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (children[i].pid > 0)
            return true;
    return false;
}

void child_kill_one(struct child *child)
{
    kill(child->pid, SIGKILL);
    if (child->killed_ns == 0)
        child->killed_ns = timing_now_ns();
}

void child_kill(struct child *children, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (children[i].pid <= 0)
            continue;
        children[i].is_ended = true;
        child_kill_one(&children[i]);
    }
}

int child_signals(void)
{
    sigset_t set;
    int fd;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
        return -errno;
    fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}
